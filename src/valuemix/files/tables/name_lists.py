"""Lists of names as people type or paste them, one a line, and a case made of nothing but such lists."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.errors import InvalidFile, InvalidScenario, Place, Problem, shorten
from valuemix.files.tables.reading.numbers import parse_number
from valuemix.model.names import clean_name, name_key
from valuemix.model.parts import DEFAULT_DISCIPLINES, Discipline, Scale
from valuemix.model.scenario import Scenario
from valuemix.model.weights import equal_points

__all__ = ["ANCHORS", "EVERYONE", "Line", "NameList", "names_in", "new_case", "segments_in", "usual"]

EVERYONE = "Everyone"
"""The segment of a case that names none."""

ANCHORS = {
    "innovation": ("Nothing new", "New, and hard to copy"),
    "operational_excellence": ("Often late or faulty", "Always on time and right"),
    "social_purpose": ("Nobody is better off", "A clear good for people and planet"),
    "customer_intimacy": ("The same for everyone", "Made for each customer"),
}
"""What the lowest and the highest score mean, to start with, by id of the usual disciplines."""

# "1." and "2)" need a blank behind them, so that "3.5 tonnes" stays a name; a dash or bullet too.
_MARK = re.compile(r"(?:\(?\d{1,3}[.)]|\(?[a-zA-Z]\)|[-*+•◦▪●·–—‣])\s+")
_TAB = "\t"
_SIZE = re.compile(r"(?P<name>.*\S)\s*(?P<sign>[\t;:,|])\s*(?P<size>[^\t;:,|]*?)\s*%?\s*")
_LAST = re.compile(r"(?P<name>.*\S)\s+(?P<size>[\d.,]+)\s*%?\s*")


@dataclass(frozen=True)
class Line:
    """One name of a list, with the size behind it.

    Attributes
    ----------
    number : int
        Line of the list; the first is 1.
    name : str
    size : float or None
        None where the line has none.
    """

    number: int
    name: str
    size: float | None = None


@dataclass(frozen=True)
class NameList:
    """What a list says.

    Attributes
    ----------
    lines : tuple of Line
        The lines with a name.
    notices : tuple of str
        What was read otherwise than it stands, in whole sentences.
    problems : tuple of Problem
        What has to be mended first, each at its line.
    """

    lines: tuple[Line, ...]
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names, in order."""
        return [line.name for line in self.lines]


def names_in(text: str, thing: str = "propositions") -> NameList:
    """Names of a list with one a line; blank lines and the marks of lists are left out.

    Parameters
    ----------
    text : str
        As it was typed or pasted.
    thing : str
        What they name, for the places of problems.

    Examples
    --------
    >>> found = names_in("1. Fast delivery\\n\\n2. Green line\\n- green line\\n")
    >>> found.names
    ['Fast delivery', 'Green line']
    >>> found.notices
    ('The mark of a list before 3 names, such as 1. or -, is left out.',
     'Line 4 is left out: line 3 has the same name.')
    """
    lines, marked = [], 0
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        plain = raw.strip()
        name = _MARK.sub("", plain, count=1) if _MARK.match(plain) else plain
        marked += name != plain
        if name:
            lines.append(Line(number, clean_name(name)))
    kept, notices = _once(lines)
    if marked:
        before = "a name" if marked == 1 else f"{marked} names"
        notices.insert(0, f"The mark of a list before {before}, such as 1. or -, is left out.")
    beside = [_beside(line) for line in kept if _TAB in line.name and thing == "propositions"]
    return NameList(tuple(kept), tuple(notices), tuple(beside))


def segments_in(text: str) -> NameList:
    """Segments of a list, each with its size behind its name; everyone where there is none.

    A size stands behind a tab, comma, semicolon or colon, or behind a blank where every line has one.
    Where no line has one, all segments are of one size.

    Parameters
    ----------
    text : str
        As it was typed or pasted.

    Examples
    --------
    >>> [(line.name, line.size) for line in segments_in("Enterprise 60\\nSmall business 40 %").lines]
    [('Enterprise', 60.0), ('Small business', 40.0)]
    >>> segments_in("").names, segments_in("Top 100\\nOthers").names
    (['Everyone'], ['Top 100', 'Others'])
    >>> print(segments_in("Families: 3\\nStudents").problems[0])
    Segments, line 2: 'Students' has no size, as other lines have. Write one behind it: Students: 10.
    """
    listed = names_in(text, "segments")
    if not listed.lines:
        return NameList((Line(1, EVERYONE, 1.0),))
    split = _with_sizes(listed.lines)
    kept, notices = _once(split)
    told = (*listed.notices, *notices)
    if all(line.size is None for line in split):
        return NameList(tuple(Line(line.number, line.name, 1.0) for line in kept), told, listed.problems)
    problems = [*listed.problems, *(_no_size(line) for line in split if line.size is None)]
    if not problems and not any(line.size for line in kept):
        mend = "Give at least one segment a size"
        problems.append(Problem("WEIGHTS_ZERO", "all sizes are 0", mend, Place(file="Segments")))
    return NameList(tuple(kept), told, tuple(problems))


def _with_sizes(lines: Sequence[Line]) -> list[Line]:
    """Lines with the sizes behind their names: behind a blank where every line has a size and no name repeats."""
    split = [_sized(line, _SIZE) for line in lines]
    either = [line if line.size is not None else _sized(line, _LAST) for line in split]
    sized = {name_key(line.name) for line in either if line.size is not None}
    return either if len(sized) == len(lines) else split


def new_case(
    name: str,
    propositions: str,
    segments: str = "",
    disciplines: Sequence[tuple[str, str, str]] = (),
    scale: tuple[float, float] = (0.0, 10.0),
) -> Scenario:
    """Make a case of names alone: nothing is scored yet, and all weights are equal.

    Parameters
    ----------
    name : str
        Name of the scenario.
    propositions, segments : str
        Lists of names, one a line; segments with their sizes, blank for everyone.
    disciplines : sequence of (str, str, str)
        Name, what the lowest and what the highest score means; the usual four by default.
    scale : (float, float)
        Lowest and highest score.

    Raises
    ------
    InvalidFile
        With every line that has to be mended.

    Examples
    --------
    >>> case = new_case("Our case", "Fast delivery\\nGreen line", "Enterprise 60\\nSmall business 40")
    >>> case
    Scenario 'Our case': 2 propositions, 2 segments, 4 disciplines, scores from 0 to 10 (16 of 16 missing)
      Enterprise (customer, 60 % of size): Innovation 25 %, Operational excellence 25 %, ...
    """
    offered, served = names_in(propositions), segments_in(segments)
    problems = [*offered.problems, *served.problems]
    if not offered.lines:
        mend = "Write or paste the names of what you offer, one a line"
        problems.insert(0, Problem("EMPTY", "there is no name", mend, Place(file="Propositions")))
    rows = [row for row in disciplines or usual() if any(map(str.strip, row))]
    problems += [
        Problem("MISSING", f"discipline {i} has no name", "Give it one", Place(file="Disciplines", row=i))
        for i, row in enumerate(rows, 1)
        if not row[0].strip()
    ]
    if problems:
        raise InvalidFile(problems)
    try:
        return _unscored(name, offered, served, rows, scale)
    except InvalidScenario as error:
        lists = {"propositions": offered, "segments": served}
        raise InvalidFile([_told(problem, lists) for problem in error.problems]) from None


def _unscored(
    name: str,
    offered: NameList,
    served: NameList,
    rows: Sequence[tuple[str, str, str]],
    scale: tuple[float, float],
) -> Scenario:
    """Scenario without a score; all weights are equal."""
    bare = Scenario.from_arrays(
        np.full((len(served.lines), len(offered.lines), len(rows)), np.nan),
        points=equal_points(len(rows)),
        sizes=[line.size or 0.0 for line in served.lines],
        segments=served.names,
        propositions=offered.names,
        disciplines=[row[0] for row in rows],
        scale=Scale(lowest=scale[0], highest=scale[1]),
        name=name,
    )
    meant = zip(bare.disciplines, rows, strict=True)
    return bare.replace(
        disciplines=[
            Discipline(id=d.id, name=d.name, lowest=low, highest=high) for d, (_, low, high) in meant
        ]
    )


def usual() -> list[tuple[str, str, str]]:
    """The usual disciplines, with what their lowest and highest scores mean to start with."""
    return [(d.name, *ANCHORS[d.id]) for d in DEFAULT_DISCIPLINES]


def _once(lines: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Lines without those that repeat a name, and what is said of these."""
    first: dict[str, Line] = {}
    notices = []
    for line in lines:
        known = first.setdefault(name_key(line.name), line)
        if known is not line:
            notices.append(f"Line {line.number} is left out: line {known.number} has the same name.")
    return [*first.values()], notices


def _sized(line: Line, pattern: re.Pattern[str]) -> Line:
    """The line with the size behind its name taken off, where there is one."""
    found = pattern.fullmatch(line.name)
    size = _size(found["size"]) if found else None
    return Line(line.number, clean_name(found["name"]), size) if found and size is not None else line


def _size(text: str) -> float | None:
    found = parse_number(text)
    found = parse_number(text, ",") if found is None else found
    return None if found is None or found < 0 else found


def _no_size(line: Line) -> Problem:
    name = shorten(line.name)
    mend = f"Write one behind it: {name}: 10"
    return Problem("SIZE", f"{name!r} has no size, as other lines have", mend, _place("segments", line))


def _beside(line: Line) -> Problem:
    """A tab in a list of propositions is a second column of a sheet."""
    message = f"{shorten(line.name.split(_TAB)[0])!r} stands beside other cells"
    mend = "Paste the column of names alone; scores come after"
    return Problem("CHARACTER", message, mend, _place("propositions", line))


def _place(thing: str, line: Line) -> Place:
    return Place(file=f"{thing.capitalize()}, line {line.number}")


def _told(problem: Problem, lists: Mapping[str, NameList]) -> Problem:
    """What the model refuses, at the line that it came from."""
    thing, *rest = (*problem.place.path, "")
    place = Place(file=str(thing).capitalize())
    if thing in lists and rest[0] != "":
        place = _place(str(thing), lists[str(thing)].lines[int(rest[0])])
    elif thing == "disciplines" and rest[0] != "":
        place = Place(file="Disciplines", row=int(rest[0]) + 1)
    return dataclasses.replace(problem, place=place)
