"""A folder of decisions: one file each, written once and never changed."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from valuemix.decisions.record import Decision
from valuemix.errors import InvalidFile, InvalidScenario, Place, Problem, StorageError, ValuemixError
from valuemix.files.atomic import write_atomic
from valuemix.files.scenarios.folder import json_files, make_folder, slug
from valuemix.files.scenarios.saved_block import body_hash
from valuemix.files.scenarios.scenario_file import dumps, loads, read_bytes
from valuemix.files.scenarios.strict_json import parse_object
from valuemix.model.schema_problems import schema_problems

__all__ = ["FORMAT", "VERSION", "Kept", "keep", "kept_in", "read_decision"]

FORMAT, VERSION = "valuemix decision", 1


@dataclass(frozen=True)
class Kept:
    """A decision of a folder.

    Attributes
    ----------
    path : Path
    decision : Decision or None
        None where the file cannot be read.
    problem : str
        Why it cannot; blank where it can.
    edited : bool
        Whether someone changed the file by hand since it was written.
    """

    path: Path
    decision: Decision | None
    problem: str = ""
    edited: bool = False


def keep(decision: Decision, folder: str | Path) -> Path:
    """Write a decision into a folder, under a name of its own.

    Parameters
    ----------
    decision : Decision
    folder : str or Path
        Made where it is missing; the folder above it must be there.

    Returns
    -------
    Path
        The file: date, what was chosen, and what tells it from others of that day.

    Raises
    ------
    StorageError
        Where the system refuses.

    Examples
    --------
    >>> import tempfile
    >>> from valuemix.decisions.record import decide
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"])
    >>> decision = decide(scenario, "Green line", "2027-06-30", decided="2027-01-31")
    >>> path = keep(decision, tempfile.mkdtemp())
    >>> path.name[:-14], read_decision(path).decision == decision
    ('2027-01-31-green-line', True)
    """
    make_folder(Path(folder))
    body: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    body |= {
        key: value for key, value in decision.model_dump(mode="json", exclude={"scenario"}).items() if value
    }
    body["scenario"] = json.loads(dumps(decision.scenario))
    body["hash"] = body_hash(body)
    first = decision.chosen[0]
    what = slug(first.proposition or " ".join(first.members))
    name = f"{decision.decided}-{what}-{secrets.token_hex(4)}.json"
    text = json.dumps(body, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    write_atomic(Path(folder) / name, text.encode(), overwrite=False)
    return Path(folder) / name


def kept_in(folder: str | Path) -> list[Kept]:
    """Decisions of a folder by date, the oldest first; those that cannot be read with the reason.

    Raises
    ------
    StorageError
        Where there is no such folder.
    """
    if not Path(folder).is_dir():
        raise StorageError(
            f"{folder}: there is no such folder; give the folder that decisions were written to"
        )
    return [_entry(path) for path in json_files(Path(folder))]


def _entry(path: Path) -> Kept:
    try:
        return read_decision(path)
    except ValuemixError as error:
        return Kept(path, None, str(error).splitlines()[0])


def read_decision(path: str | Path) -> Kept:
    """Decision in a file.

    Raises
    ------
    StorageError
        Where there is no such file, or it cannot be read.
    InvalidFile, InvalidScenario
        Where it holds no decision; each problem with its place.
    """
    path = Path(path)
    document = parse_object(read_bytes(path), path.name)
    for key, wanted, way_out in (
        ("format", FORMAT, "Choose another file"),
        ("version", VERSION, "Update valuemix"),
    ):
        if document.get(key) != wanted:
            message = f"a decision has the {key} {wanted!r}, got {document.get(key)!r}"
            raise InvalidFile([Problem("SCHEMA", message, way_out, Place(file=path.name, path=(key,)))])
    body = {key: value for key, value in document.items() if key != "hash"}
    edited = document.get("hash") != body_hash(body)
    scenario = loads(json.dumps(body.pop("scenario", {})), path.name)
    fields = {key: value for key, value in body.items() if key not in ("format", "version")}
    try:
        return Kept(path, Decision(**fields, scenario=scenario), edited=edited)
    except (ValidationError, InvalidScenario) as error:
        problems = error.problems if isinstance(error, InvalidScenario) else schema_problems(error, Decision)
    raise InvalidFile(
        Problem(each.code, each.message, each.mend, Place(file=path.name, path=each.place.path))
        for each in problems
    )
