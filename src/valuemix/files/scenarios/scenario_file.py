"""A scenario as one JSON file: the same scenario gives the same bytes, and one change is one line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from valuemix.errors import InvalidFile, InvalidScenario, Place, Problem, StorageError, closest, shorten
from valuemix.files.atomic import check_ending, write_atomic
from valuemix.files.scenarios.saved_block import SavedBlock, body_hash
from valuemix.files.scenarios.strict_json import MAX_BYTES, parse_object, too_large
from valuemix.model.content import RESOURCE_FIELDS
from valuemix.model.scenario import Scenario
from valuemix.model.schema_problems import schema_problems
from valuemix.model.sheets import SHEETS

__all__ = ["FORMAT", "VERSION", "ScenarioFile", "dumps", "json_schema", "load", "loads", "read", "save"]

FORMAT = "valuemix scenario"
VERSION = 1

_HEAD = ("format", "version", "saved")

# How deep a block is written with one line an entry; what lies deeper stands on one line.
_LINE_DEPTH = {"saved": 0, "deck": 1, "evidence": 4} | {
    s.field: 2 if s.is_scores else 1 for s in SHEETS.values() if s.each or s.part
}


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """What a scenario file holds.

    Parameters
    ----------
    scenario : Scenario
        What counts.
    saved : SavedBlock or None
        Who saved it and when; None in files made by hand or by `save`.
    edited : bool
        Whether someone changed the file by hand since it was saved.
    """

    scenario: Scenario
    saved: SavedBlock | None
    edited: bool


def dumps(scenario: Scenario, saved: SavedBlock | None = None) -> str:
    """Text of a scenario file: UTF-8 JSON in a stable order, one readable line a row.

    Parameters
    ----------
    scenario : Scenario
        Any.
    saved : SavedBlock, optional
        Who saved it and when, for a file in a store; its hash is worked out here.

    Returns
    -------
    str
        ``loads(dumps(scenario)) == scenario``, and equal scenarios give equal text.

    Raises
    ------
    StorageError
        If it is larger than what is read.

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
    fields = _without_absent(scenario.model_dump())
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    if saved:
        stamp = saved.model_copy(update={"hash": body_hash(_plain(head | fields))})
        head["saved"] = stamp.model_dump(exclude_defaults=True)
    text = _laid_out(head | fields) + "\n"
    told = too_large(text)
    if told:
        raise StorageError(
            f"scenario {shorten(scenario.name)!r} is too large for a file: {told}; keep fewer segments, "
            "propositions or tables in one scenario"
        )
    return text


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
    return read(data, file).scenario


def read(data: str | bytes, file: str = "") -> ScenarioFile:
    """Read the text of a scenario file with its saved block; as `loads`."""
    document = parse_object(data, file)
    unread = [*_version_problems(document, file)]
    if unread:
        raise InvalidFile(unread)
    saved = _saved_block(document["saved"], file) if "saved" in document else None
    fields = {key: value for key, value in document.items() if key not in _HEAD}
    misspelt = [_unknown_key(key, file) for key in fields if key not in Scenario.model_fields]
    if misspelt:
        raise InvalidFile(misspelt)
    try:
        scenario = Scenario(**fields)
    except InvalidScenario as error:
        raise InvalidScenario(_in_file(problem, file) for problem in error.problems) from None
    return ScenarioFile(scenario, saved, edited=saved is not None and saved.hash != body_hash(document))


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
        Where to; it ends in .json.
    overwrite : bool
        Whether a file that is there may be replaced; off, so that nothing is lost silently.

    Returns
    -------
    Path
        Where it was saved.

    Raises
    ------
    StorageError
        If there is a file already (`FileIsThere`), the name ends otherwise, or the system refuses;
        what was there is untouched then.
    """
    check_ending(Path(path), ".json", "scenario file")
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
    schema["$defs"]["SavedBlock"] = SavedBlock.model_json_schema()
    schema["properties"] = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "saved": {"$ref": "#/$defs/SavedBlock"},
        **schema["properties"],
    }
    schema["required"] = ["version", *schema["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "valuemix scenario"}


def read_bytes(path: Path, limit: int = MAX_BYTES, way_out: str = "Split it") -> bytes:
    """Content of a regular file of limited size.

    Parameters
    ----------
    path : Path
    limit : int
        Bytes that are read at most.
    way_out : str
        What to do about a file of more.

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
        told = f"the file has more than {limit / 1e6:.0f} MB"
        raise InvalidFile([Problem("TOO_LARGE", told, way_out, Place(file=path.name))])
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


def _without_absent(content: dict[str, Any]) -> dict[str, Any]:
    """What a scenario has: optional tables, a weight of burden, a bar and a doubt of one's own, or not."""
    fields = {name: value for name, value in content.items() if value not in (None, ())}
    for part, key in (
        (content["settings"], "cover_story_bar"),
        (content["settings"], "doubt"),
        *((s, "burden") for s in content["segments"]),
    ):
        if not part[key]:
            del part[key]
    if content["settings"]["compensation_over_moments"] is None:
        del content["settings"]["compensation_over_moments"]
    sparse = (
        *("attributes", "attribute_scores", "moments", "moment_scores", "moment_burdens", "burden_limits"),
        *("reasons", *RESOURCE_FIELDS),
    )
    return fields | {name: [*map(_said, content[name])] for name in sparse if content[name]}


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what it leaves blank."""
    return {
        key: _said(value) if isinstance(value, dict) else value
        for key, value in row.items()
        if value not in (None, "")
    }


def _plain(value: Any) -> Any:
    """Whole numbers without the .0, as people write them."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value


# ---------------------------------------------------------------------- reading


def _saved_block(content: object, file: str) -> SavedBlock:
    try:
        return SavedBlock.model_validate(content)
    except ValidationError as error:
        problems = schema_problems(error, SavedBlock)
    raise InvalidFile(_in_file(problem, file, "saved") for problem in problems)


def _version_problems(document: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """What says that this is no scenario file, or none that can be read; one problem at most."""
    found, version = document.get("format", FORMAT), document.get("version")
    place = Place(file=file, path=("version",))
    whole = type(version) is int
    if found != FORMAT:
        message = f"this is no valuemix scenario (format {shorten(str(found))!r})"
        yield Problem("SCHEMA", message, "Choose another file", Place(file=file, path=("format",)))
    elif version is None:
        mend = f'Add "version": {VERSION} if it is a scenario'
        yield Problem("VERSION", "the file names no version", mend, place)
    elif whole and version > VERSION:
        message = f"written by a newer valuemix (version {version}, this one reads up to {VERSION})"
        yield Problem("VERSION", message, "Update valuemix", place)
    elif not whole or version < 1:
        message = f"version must be a whole number from 1 to {VERSION}, got {version!r}"
        yield Problem("VERSION", message, "Correct it", place)


def _unknown_key(key: str, file: str) -> Problem:
    near = closest(key, [*Scenario.model_fields])
    guess = f"Did you mean {near!r}?" if near else "Delete it"
    return Problem("SCHEMA", f"unknown key {shorten(key)!r}", guess, Place(file=file, path=(key,)))


def _in_file(problem: Problem, file: str, *within: str) -> Problem:
    place = Place(file=file, path=(*within, *problem.place.path))
    return Problem(problem.code, problem.message, problem.mend, place, problem.notice)
