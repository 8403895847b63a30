"""Everything that valuemix refuses, and how it says so.

.. code-block:: text

    ValuemixError              a mistake that the user can mend; its text is for the screen
    ├── InvalidTemplate        a presentation that no deck can be built on
    ├── UnknownName            a segment, proposition or discipline that does not exist
    ├── EditError              an edit that cannot be made (a locked slider, the last segment)
    │   └── NothingToShow      an exhibit without anything to show, though its data are there
    ├── StorageError           a file that cannot be found, read, written or replaced
    │   ├── FileIsThere        a file that may not be replaced unless that is allowed
    │   └── Conflict           a save over what someone else saved meanwhile (files.store)
    └── ProblemsError          an input with one problem or more, all of them listed
        ├── InvalidScenario    a scenario that breaks a rule of the model
        └── InvalidFile        a file that cannot be read as what it should be

Anything else that is raised is a bug and stays loud. What a message quotes from a file, its
name included, can neither steer a terminal nor turn the reading direction: see `visible`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = [
    "EditError",
    "FileIsThere",
    "InvalidFile",
    "InvalidScenario",
    "InvalidTemplate",
    "NothingToShow",
    "Place",
    "Problem",
    "ProblemsError",
    "StorageError",
    "UnknownName",
    "ValuemixError",
    "briefly",
    "closest",
    "shorten",
    "visible",
]

# Controls (those of terminals among them), marks that turn the reading direction or stand
# unseen, line separators, and halves of surrogate pairs, which no terminal can print.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)


class ValuemixError(Exception):
    """A mistake that the user can mend; ``str`` of it is one message for the screen."""

    def __str__(self) -> str:
        return visible(super().__str__())


class EditError(ValuemixError):
    """An edit that cannot be made, with the reason."""


class NothingToShow(EditError):
    """Data are there, but nothing of what an exhibit shows: no link limits anything."""


class StorageError(ValuemixError):
    """A file that cannot be found, read, written or replaced, with the way out."""


class FileIsThere(StorageError):
    """A file that is there and may not be replaced, with how to allow it.

    Parameters
    ----------
    path : str
        The file.
    way_out : str
        What allows it, in the words of whoever asks: an argument, or an option of a command.

    Examples
    --------
    >>> print(FileIsThere("base.json"))
    base.json: there is a file of this name; choose another name, or replace it with overwrite=True
    """

    def __init__(self, path: str, way_out: str = "overwrite=True") -> None:
        super().__init__(
            f"{path}: there is a file of this name; choose another name, or replace it with {way_out}"
        )
        self.path, self.way_out = path, way_out

    def __reduce__(self) -> tuple[Any, ...]:
        return (FileIsThere, (self.path, self.way_out))


class InvalidTemplate(ValuemixError):
    """A presentation that no deck can be built on, with what to use instead."""


class UnknownName(ValuemixError):
    """A name that does not exist, with the names that do.

    Parameters
    ----------
    kind : str
        What was looked for: ``"segment"``, ``"proposition"`` or ``"discipline"``.
    name : str
        The name that was not found.
    known : sequence of str
        The names there are.

    Examples
    --------
    >>> print(UnknownName("segment", "Nordic", ["Nordics", "Iberia"]))
    unknown segment 'Nordic'. Did you mean 'Nordics'? Known: Nordics, Iberia.
    """

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        message = unknown_message(kind, name, known)
        if kind == "segment" and name.strip().casefold() == "overall":
            message += " Leave the segment out to see the overall value."
        super().__init__(message)
        self.kind, self.name, self.known = kind, name, tuple(known)

    def __reduce__(self) -> tuple[Any, ...]:
        return (UnknownName, (self.kind, self.name, self.known))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands: in a file, on a sheet, or on a path inside a scenario.

    Parameters
    ----------
    file, sheet : str
        Name of the file and of the sheet (workbooks only).
    row : int, optional
        Line of the file or row of the sheet, the header being 1.
    column : str
        Name of the column; in a workbook the cell says more.
    cell : str
        Cell of a workbook in spreadsheet notation, such as ``D3``.
    path : tuple of str or int
        Path inside a scenario, such as ``("scores", "Families", "Express")``.

    Examples
    --------
    >>> print(Place(file="scores.csv", row=3, column="score"))
    scores.csv, row 3, column score
    >>> print(Place(file="book.xlsx", sheet="Scores", row=3, column="score", cell="D3"))
    book.xlsx, Scores!D3, column score
    >>> print(Place(path=("segments", 0, "size")))
    /segments/0/size
    """

    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    cell: str = ""
    path: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        sheet = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        row = f"row {self.row}" if self.row is not None and not self.cell else ""
        column = f"column {self.column}" if self.column else ""
        path = "/" + "/".join(shorten(str(part)) for part in self.path) if self.path else ""
        return visible(", ".join(part for part in (self.file, sheet, row, column, path) if part))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input, or (a notice) read otherwise than it stands.

    Parameters
    ----------
    code : str
        The kind of problem in one capital word, such as ``"NUMBER"``.
    message : str
        What is wrong, with the value found and the rule.
    mend : str
        What to do about it.
    place : Place
        Where it stands.
    notice : bool
        True where the input was read all the same and this says how.

    Examples
    --------
    >>> print(Problem("RANGE", "weight must be 0 or more, got -5", "Write 0 or more",
    ...               Place(file="segments.csv", row=4, column="innovation")))
    segments.csv, row 4, column innovation: weight must be 0 or more, got -5. Write 0 or more.
    """

    code: str
    message: str
    mend: str = ""
    place: Place = field(default_factory=Place)
    notice: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", visible(self.message))
        object.__setattr__(self, "mend", visible(self.mend))

    def __str__(self) -> str:
        place = str(self.place)
        text = ". ".join(part.rstrip(".") for part in (self.message, self.mend) if part)
        if not text.endswith(("?", "!")):
            text += "."
        return f"{place}: {text}" if place else text


class ProblemsError(ValuemixError):
    """An input with problems; ``str`` lists all of them, one a line.

    Parameters
    ----------
    problems : iterable of Problem
        At least one; notices may stand among them.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems,))


class InvalidScenario(ProblemsError):
    """A scenario that breaks a rule of the model; no scenario was made."""


class InvalidFile(ProblemsError):
    """A file that cannot be read as what it should be; nothing was imported."""


def briefly(error: ValuemixError, names: Mapping[str, str] | None = None, most: int = 3) -> str:
    """What is wrong in a few sentences, with places inside a scenario as people name them.

    Examples
    --------
    >>> found = [Problem("RANGE", "score is above 10", place=Place(path=("scores", "Families", name, "care")))
    ...          for name in ("Express", "Basic")]
    >>> briefly(InvalidScenario(found), {"care": "Care"}, most=1)
    'Families, Express, Care: score is above 10. And 1 more.'
    """
    if not isinstance(error, ProblemsError):
        return str(error)
    told = []
    for problem in error.problems[:most]:
        where, within = problem.place, problem.place.path[1:] or problem.place.path
        inside = ", ".join(shorten((names or {}).get(str(part), str(part))) for part in within)
        place = ", ".join(filter(None, (str(replace(where, path=())), visible(inside))))
        told.append(f"{place}: {replace(problem, place=Place())}" if place else str(problem))
    more = len(error.problems) - most
    return " ".join([*told, *([f"And {more:,} more."] if more > 0 else [])])


def shorten(text: str, limit: int = 40) -> str:
    """Cut a text for a message, so that no input can flood one.

    Examples
    --------
    >>> shorten("Named engineer"), shorten("x" * 10_000)
    ('Named engineer', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…')
    """
    return text if len(text) <= limit else text[:limit] + "…"


def visible(text: str, *, keep: str = "") -> str:
    """Text from a file as a message may show it: what is unseen, or steers, stands as its code.

    Parameters
    ----------
    text : str
        Anything: a cell, a header, a file name, JSON.
    keep : str
        Characters that may stay, such as the line breaks of a table.

    Examples
    --------
    >>> print(visible("Green\\x1b[31m line\\u202e"), visible("a\\nb", keep="\\n"), sep="\\n")
    Green\\u001b[31m line\\u202e
    a
    b
    """
    return _UNSEEN.sub(
        lambda found: found[0] if found[0] in keep else f"\\u{ord(found[0]):04x}",
        text,
    )


def closest(name: str, known: Sequence[str]) -> str | None:
    """Name among the known ones that a typing error would explain, if any.

    Examples
    --------
    >>> closest("inovation", ["innovation", "social_purpose"])
    'innovation'
    """
    folded = {other.casefold(): other for other in known}
    found = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def unknown_message(kind: str, name: str, known: Sequence[str]) -> str:
    """Sentence about a name that does not exist: the near miss and the known names."""
    near = closest(name, known)
    guess = f" Did you mean {near!r}?" if near else ""
    once = list(dict.fromkeys(known))
    listed = ", ".join(shorten(other) for other in once[:12]) + (", …" if len(once) > 12 else "")
    return f"unknown {kind} {shorten(name)!r}.{guess} Known: {listed or 'none'}."
