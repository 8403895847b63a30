"""What pydantic found, said in the project's own way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ValidationError

from valuemix.errors import Place, Problem, closest, shorten

__all__ = ["schema_problems"]

_NUMBER = {"float_type", "float_parsing", "finite_number", "int_type", "int_parsing"}


def schema_problems(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Problems of types, missing and unknown keys, one a place.

    Parameters
    ----------
    error : pydantic.ValidationError
        What a model raised.
    model : type
        The model, for the names that are known at its top level.

    Returns
    -------
    list of Problem
    """
    known = [*model.model_fields]
    found: dict[tuple[str | int, ...], Problem] = {}
    for item in error.errors(include_url=False):
        # A union reports each of its branches under one place; pydantic adds the branch to the path.
        path = tuple(
            part
            for part in item["loc"]
            if not str(part).startswith(("literal[", "function-", "float", "[key]"))
        )
        if item["type"] == "literal_error" and path in found:
            number = found[path]
            found[path] = replace(number, mend=f"{number.mend}, or {item['ctx']['expected']}")
        found.setdefault(path, _problem(dict(item), path, known))
    return list(found.values())


def _problem(item: dict[str, Any], path: tuple[str | int, ...], known: Sequence[str]) -> Problem:
    kind, value = item["type"], item["input"]
    place = Place(path=path)
    thing = shorten(str(path[-1])) if path else "the scenario"
    if kind == "missing":
        return Problem("SCHEMA", f"{thing} is missing", "Add it", place)
    if kind == "extra_forbidden":
        near = closest(str(path[-1]), known) if len(path) == 1 else None
        guess = f"Did you mean {near!r}?" if near else "Delete it"
        return Problem("SCHEMA", f"unknown key {thing!r}", guess, place)
    if kind in _NUMBER:
        return Problem(
            "NUMBER",
            f"{thing} must be a plain number, got {_shown(value)}",
            "Write digits, such as 7.5",
            place,
        )
    if kind == "literal_error":
        message = f"{thing} must be {item['ctx']['expected']}, got {_shown(value)}"
        return Problem("SCHEMA", message, "Write one of these words", place)
    if kind == "string_unicode":
        return Problem("CHARACTER", f"{thing} holds half a surrogate pair", "Write the text again", place)
    return Problem(
        "SCHEMA", f"{thing}: {item['msg'].lower()}, got {_shown(value)}", "Write it as in the examples", place
    )


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{shorten(value)}"'
    if isinstance(value, (dict, list, tuple)):
        return f"a {'list' if isinstance(value, (list, tuple)) else 'table'} of {len(value)}"
    return shorten(str(value))
