"""A scenario as one JSON file: the same scenario gives the same bytes, and one change is one line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from valuemix.errors import InvalidFile, InvalidScenario, Place, Problem, StorageError, closest, shorten
from valuemix.files.atomic import write_atomic
from valuemix.model.rules import TABLES
from valuemix.model.scenario import Scenario

__all__ = ["FORMAT", "VERSION", "dumps", "json_schema", "load", "loads", "save"]

FORMAT = "valuemix scenario"
VERSION = 1
MAX_BYTES = 10_000_000
MAX_DEPTH = 20

# How deep a block is written with one line an entry; what lies deeper stands on one line.
_LINE_DEPTH = {"disciplines": 1, "segments": 1, "propositions": 1} | dict.fromkeys(TABLES, 2)


def dumps(scenario: Scenario) -> str:
    """Text of a scenario file: UTF-8 JSON in a stable order, one readable line a row.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    str
        ``loads(dumps(scenario)) == scenario``, and equal scenarios give equal text.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7.5]], segments=["Linda"])
    >>> print(dumps(scenario))
    {
     "format": "valuemix scenario",
     "version": 1,
     "name": "Scenario",
     ...
     "scores": {
      "Linda": {
       "Proposition 1": {"innovation": 8, ..., "customer_intimacy": 9},
       "Proposition 2": {"innovation": 7, ..., "customer_intimacy": 7.5}
      }
     },
     ...
    }
    """
    content = scenario.model_dump()
    optional = [table for table in TABLES if content[table] is None]
    fields = {name: value for name, value in content.items() if name not in optional}
    return _laid_out({"format": FORMAT, "version": VERSION, **fields}) + "\n"


def loads(data: str | bytes, file: str = "") -> Scenario:
    """Read the text of a scenario file.

    Parameters
    ----------
    data : str or bytes
        Content; bytes are UTF-8, with or without a byte order mark.
    file : str
        Name for messages.

    Returns
    -------
    Scenario

    Raises
    ------
    InvalidFile
        If it is no scenario file, is damaged, or comes from a newer valuemix.
    InvalidScenario
        If it breaks a rule; each problem with the path inside the file.
    """
    document = _parsed(data, file)
    version = document.pop("version", None)
    found = document.pop("format", FORMAT)
    if found != FORMAT or type(version) is not int or not 1 <= version <= VERSION:
        raise InvalidFile([_version_problem(found, version, file)])
    misspelt = [_unknown_key(key, file) for key in document if key not in Scenario.model_fields]
    if misspelt:
        raise InvalidFile(misspelt)
    try:
        return Scenario(**document)
    except InvalidScenario as error:
        raise InvalidScenario(_in_file(problem, file) for problem in error.problems) from None


def load(path: str | Path) -> Scenario:
    """Read a scenario file.

    Raises
    ------
    StorageError
        If there is no such file or it cannot be read.
    InvalidFile, InvalidScenario
        As `loads`.
    """
    return loads(read_bytes(Path(path)), Path(path).name)


def save(scenario: Scenario, path: str | Path, *, overwrite: bool = False) -> Path:
    """Write a scenario file, whole or not at all.

    Parameters
    ----------
    scenario : Scenario
        What to save.
    path : str or Path
        Where to.
    overwrite : bool
        Whether a file that is there may be replaced; off, so that nothing is lost silently.

    Returns
    -------
    Path
        Where it was saved.

    Raises
    ------
    StorageError
        If there is a file already, or the system refuses; what was there is untouched then.
    """
    write_atomic(Path(path), dumps(scenario).encode(), overwrite=overwrite)
    return Path(path)


@cache
def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a scenario file, as shipped in the package."""
    text = resources.files("valuemix.files").joinpath("scenario.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def make_json_schema() -> dict[str, Any]:
    """JSON Schema made from the model; a test keeps the shipped file equal to it."""
    schema = Scenario.model_json_schema()
    schema["properties"] = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        **schema["properties"],
    }
    schema["required"] = ["version", *schema["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "valuemix scenario"}


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Content of a regular file of limited size.

    Raises
    ------
    StorageError
        If it is missing, no regular file, not readable, or too large.
    """
    if not path.exists():
        raise StorageError(f"{path}: there is no such file; check the name and the folder")
    if not path.is_file():
        raise StorageError(f"{path}: this is not a file; give the path of a file")
    try:
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise StorageError(f"{path} could not be read: {error.strerror or error}") from error
    if len(data) > limit:
        problem = Problem(
            "TOO_LARGE", f"the file has more than {limit / 1e6:.0f} MB", "Split it", Place(file=path.name)
        )
        raise InvalidFile([problem])
    return data


# ---------------------------------------------------------------------- writing


def _laid_out(value: Any, depth: int = 0, line_depth: int = 9) -> str:
    """JSON with one entry a line down to `line_depth`, and on one line below it."""
    if not isinstance(value, (dict, list, tuple)) or not value or depth > line_depth:
        return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False)
    inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, dict):
        entries = [
            f"{json.dumps(key, ensure_ascii=False)}: "
            + _laid_out(item, depth + 1, _LINE_DEPTH.get(key, 1) if depth == 0 else line_depth)
            for key, item in value.items()
        ]
        return "{" + inner + f",{inner}".join(entries) + outer + "}"
    return (
        "[" + inner + f",{inner}".join(_laid_out(item, depth + 1, line_depth) for item in value) + outer + "]"
    )


def _plain(value: Any) -> Any:
    """Whole numbers without the .0, as people write them."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


# ---------------------------------------------------------------------- reading


def _refused(code: str, message: str, mend: str, file: str, path: tuple[str | int, ...] = ()) -> InvalidFile:
    return InvalidFile([Problem(code, message, mend, Place(file=file, path=path))])


def _parsed(data: str | bytes, file: str) -> dict[str, Any]:
    text = _decoded(data, file)
    _check_text(text, file)
    try:
        document = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_constant=str,
            parse_float=_finite_or_text,
            parse_int=_short_integer,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        message = f"damaged at {place}: {error.msg[0].lower()}{error.msg[1:]}"
        raise _refused("DAMAGED", message, "Mend that line, or open an older version", file) from None
    except _TooLong as error:
        raise _refused("DAMAGED", str(error), "Write a plain number", file) from None
    if not isinstance(document, _Pairs):
        kind = "a list" if isinstance(document, list) else "a single value"
        raise _refused(
            "SCHEMA", f"a scenario is an object in braces, this is {kind}", "Choose another file", file
        )
    repeated = list(_repeated_keys(document, ()))
    if repeated:
        raise InvalidFile(
            Problem(
                "DUPLICATE",
                f"{shorten(path[-1])!r} stands twice",
                "Delete one of them",
                Place(file=file, path=path),
            )
            for path in repeated
        )
    thawed: dict[str, Any] = _thawed(document)
    return thawed


def _decoded(data: str | bytes, file: str) -> str:
    if isinstance(data, str):
        return data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _refused("ENCODING", "the file is UTF-16", "Save it as UTF-8", file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise _refused("ENCODING", f"line {line} is not UTF-8", "Save it as UTF-8", file) from None


def _check_text(text: str, file: str) -> None:
    if not text.strip():
        raise _refused("EMPTY", "the file is empty", "Open an older version, or another file", file)
    if "\0" in text:
        raise _refused(
            "DAMAGED", "the file holds NUL bytes, as after a power cut", "Open an older version", file
        )
    if text.startswith("<<<<<<<") or "\n<<<<<<<" in text:
        line = text[: text.index("<<<<<<<")].count("\n") + 1
        raise _refused(
            "DAMAGED", f"line {line} holds git conflict marks", "Settle the conflict, then open it", file
        )
    if _depth(text) > MAX_DEPTH:
        raise _refused("DAMAGED", f"nested more than {MAX_DEPTH} deep", "Choose another file", file)


def _depth(text: str) -> int:
    """Nesting of brackets, by a bound that is cheap: brackets inside strings do not count."""
    deepest = depth = 0
    inside = escaped = False
    for character in text:
        if inside:
            inside = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


class _TooLong(Exception):
    """A number of more digits than any score has."""


class _Pairs(list[tuple[str, Any]]):
    """An object as it stands in the file, repeated keys included."""


def _short_integer(text: str) -> int | float:
    if len(text) > 40:
        raise _TooLong(f"a number of {len(text):,} digits")
    return int(text)


def _finite_or_text(text: str) -> float | str:
    """A float, or its text where it overflows, so that the message can show what was written."""
    number = float(text)
    return text if abs(number) == float("inf") else number


def _repeated_keys(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, _Pairs):
        seen: set[str] = set()
        for key, item in value:
            if key in seen:
                yield (*path, key)
            seen.add(key)
            yield from _repeated_keys(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _repeated_keys(item, (*path, str(i)))


def _thawed(value: Any) -> Any:
    if isinstance(value, _Pairs):
        return {key: _thawed(item) for key, item in value}
    return [_thawed(item) for item in value] if isinstance(value, list) else value


def _version_problem(found: object, version: object, file: str) -> Problem:
    place = Place(file=file, path=("version",))
    if found != FORMAT:
        return Problem(
            "SCHEMA",
            f"this is no valuemix scenario (format {shorten(str(found))!r})",
            "Choose another file",
            Place(file=file, path=("format",)),
        )
    if version is None:
        return Problem(
            "VERSION", "the file names no version", f'Add "version": {VERSION} if it is a scenario', place
        )
    if type(version) is int and version > VERSION:
        return Problem(
            "VERSION",
            f"written by a newer valuemix (version {version}, this one reads up to {VERSION})",
            "Update valuemix",
            place,
        )
    return Problem(
        "VERSION", f"version must be a whole number from 1 to {VERSION}, got {version!r}", "Correct it", place
    )


def _unknown_key(key: str, file: str) -> Problem:
    near = closest(key, [*Scenario.model_fields])
    guess = f"Did you mean {near!r}?" if near else "Delete it"
    return Problem("SCHEMA", f"unknown key {shorten(key)!r}", guess, Place(file=file, path=(key,)))


def _in_file(problem: Problem, file: str) -> Problem:
    place = Place(file=file, path=problem.place.path)
    return Problem(problem.code, problem.message, problem.mend, place, problem.notice)
