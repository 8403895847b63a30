"""Tables that were read become a scenario, and what the model refuses is told at its cell."""

from __future__ import annotations

import dataclasses
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from valuemix.errors import InvalidFile, InvalidScenario, Place, Problem, shorten
from valuemix.files.tables.reading.tables import MAX_SCORES, Table
from valuemix.files.tables.sheets.attribute_notices import tell_attributes
from valuemix.files.tables.sheets.cells import Draft, Path, column_key
from valuemix.files.tables.sheets.part_sheets import read_parts, read_weighing, tell_scaling
from valuemix.files.tables.sheets.score_tables import ScoreCells, read_scores
from valuemix.files.tables.sheets.setting_sheet import read_settings
from valuemix.model.names import forbidden_character, name_key
from valuemix.model.parts import DEFAULT_DISCIPLINES, Proposition
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import LISTS, SHEETS, TABLES_BY_PROPOSITION, WEIGHINGS

__all__ = ["Imported", "assembled"]

_MOST_PROBLEMS = 500
_MOST_COMPARISONS = 50_000
"""Unknown names times known ones, each pair compared for a typing error."""

_ABSENT = ("INCOMPLETE", "EMPTY")
_CONSEQUENCE = "its weight goes to the other disciplines, and results that rest on it are marked partial"

Scores = Mapping[str, Mapping[str, Mapping[str, float | None]]]


@dataclass(frozen=True)
class Imported:
    """A scenario that came in, and what was read otherwise than it stood.

    Parameters
    ----------
    scenario : Scenario
        Valid and complete.
    notices : tuple of Problem
        Sorted by place.
    """

    scenario: Scenario
    notices: tuple[Problem, ...]


def assembled(draft: Draft, tables: Mapping[str, Table], title: str) -> Imported:
    """Make a scenario of tables.

    Parameters
    ----------
    draft : Draft
        With what was found so far.
    tables : mapping of str to Table
        By the names of the sheets.
    title : str
        Name of the scenario where the settings give none.

    Returns
    -------
    Imported

    Raises
    ------
    InvalidFile
        With every problem in the order of its place, notices among them.
    """
    scenario = _scenario(draft, _filled(draft, tables), title)
    order = {(table.file, table.sheet): i for i, table in enumerate(tables.values())}
    problems = _limited(_in_order(draft.problems, order))
    if scenario is None or draft.is_broken:
        raise InvalidFile(problems)
    return Imported(scenario, tuple(problems))


def _filled(draft: Draft, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Tables with rows; an optional table may be left blank below its header."""
    for name in (sheet.name for sheet in SHEETS.values() if sheet.needed):
        if name in tables and len(tables[name].rows) == 1:
            place = Place(file=tables[name].file, sheet=tables[name].sheet)
            draft.problem("EMPTY", "the table has no rows below its header", "Fill it in", place)
    return {name: table for name, table in tables.items() if len(table.rows) > 1}


def _scenario(draft: Draft, tables: Mapping[str, Table], title: str) -> Scenario | None:
    """Scenario, or None with the reasons in the draft."""
    fields: dict[str, Any] = {"name": _plain_title(title), "disciplines": DEFAULT_DISCIPLINES}
    if "settings" in tables:
        fields |= read_settings(draft, tables["settings"])
    if "disciplines" in tables:
        fields["disciplines"] = read_parts(draft, tables["disciplines"], SHEETS["disciplines"], {})
        if not fields["disciplines"]:
            return None
    cells = ScoreCells()
    fields |= _read(draft, tables, fields["disciplines"], cells)
    if not _fits(draft, fields, cells):
        return None
    scores = cells.tables(draft, [segment.name for segment in fields["segments"]])
    made = {attribute.discipline for attribute in fields.get("attributes", ())}
    _tell_blanks(draft, scores.get("scores", {}), made)
    if not fields["segments"] or "scores" not in scores:
        return None
    scenario = _checked(draft, {**fields, **scores}, cells)
    if scenario and not draft.is_broken:
        tell_scaling(draft, fields["segments"])
        _tell_absent(draft, scenario, made)
        tell_attributes(draft, scenario)
    return scenario


def _read(
    draft: Draft, tables: Mapping[str, Table], disciplines: Sequence[Any], cells: ScoreCells
) -> dict[str, Any]:
    """Fields of lists and of points beside those of today; scores go to the cells."""
    keys = _discipline_keys(disciplines)
    fields: dict[str, Any] = {"segments": [], "propositions": []}
    here = [sheet for sheet in SHEETS.values() if sheet.name in tables]
    for sheet in here:
        if sheet.part and sheet.name != "disciplines":
            fields[sheet.field] = read_parts(draft, tables[sheet.name], sheet, keys)
    made = {attribute.discipline for attribute in fields.get("attributes", ())}
    for sheet in here:
        if sheet.is_scores:
            read_scores(draft, sheet, tables[sheet.name], keys, cells, made)
    fields |= {
        sheet.field: read_weighing(draft, tables[sheet.name], sheet, keys, fields["segments"])
        for sheet in WEIGHINGS
        if sheet.name in tables
    }
    if not fields["propositions"]:
        fields["propositions"] = [Proposition(name=name) for name in cells.propositions(draft)]
    return fields


def _discipline_keys(disciplines: Sequence[Any]) -> dict[str, str]:
    """Id of each discipline by the keys that it goes by."""
    # Ids last, so that one goes before the label of another discipline that reads the same.
    return {column_key(getattr(d, field)): d.id for field in ("name", "id") for d in disciplines}


def _fits(draft: Draft, fields: Mapping[str, Any], cells: ScoreCells) -> bool:
    """Whether the scenario is small enough to check, and most names are known."""
    counts = [len(fields[name]) for name in ("segments", "propositions", "disciplines")]
    if math.prod(counts) > MAX_SCORES:
        message = "{:,} segments, {:,} propositions and {:,} disciplines".format(*counts)
        message += f" make {math.prod(counts):,} scores, at most {MAX_SCORES:,}"
        draft.problem("TOO_LARGE", message, "Bring in what is compared, or merge segments", Place())
        return False
    for thing, used in (("segments", _segments_named(fields, cells)), ("propositions", {*cells.spellings})):
        unknown = sorted(used.difference(part.name for part in fields[thing]))
        if len(unknown) * len(fields[thing]) > _MOST_COMPARISONS:
            message = f"{len(unknown):,} {thing} in other sheets are not in the sheet {thing.capitalize()}"
            such = f"{message}, such as {shorten(unknown[0])!r}"
            draft.problem("UNKNOWN", such, "Write them alike", Place())
            return False
    return True


def _segments_named(fields: Mapping[str, Any], cells: ScoreCells) -> set[str]:
    """Segments that rows of other things name."""
    columns = [(sheet.field, c.field) for sheet in LISTS for c in sheet.columns if c.of == "segments"]
    return {
        *(segment for _, segment, _, _ in cells.cells if segment),
        *(name for sheet in WEIGHINGS for name in fields.get(sheet.field) or ()),
        *(
            name
            for sheet, field in columns
            for part in fields.get(sheet, ())
            if (name := getattr(part, field))
        ),
    }


def _plain_title(title: str) -> str:
    """Name of a scenario made of a file name."""
    plain = "".join(character for character in title if not forbidden_character(character)).strip()
    return plain[:200] or "Imported scenario"


def _checked(draft: Draft, fields: Mapping[str, Any], cells: ScoreCells) -> Scenario | None:
    """Scenario by the rules of the model, whose problems are told at their cells."""
    try:
        return Scenario(**fields)
    except InvalidScenario as error:
        found = error.problems
    segments = {segment.name: i for i, segment in enumerate(fields["segments"])}
    wrong_names = {p.place.path[1] for p in found if p.place.path[0] == "propositions"}
    lost = {p.name for i, p in enumerate(fields["propositions"]) if i in wrong_names}
    told = _Told.of(draft, found, lost)
    for problem in found:
        if not told.implies(problem):
            place = _place(draft, problem.place.path, cells, segments)
            mend = _mixed_letters(problem) or problem.mend
            message = problem.message + _other_row(draft, problem, fields)
            draft.problems.append(dataclasses.replace(problem, place=place, message=message, mend=mend))
    return None


def _other_row(draft: Draft, problem: Problem, fields: Mapping[str, Any]) -> str:
    """Where the first of two like names stands; a person may have typed that one last."""
    if problem.code not in ("DUPLICATE", "NAME_CLASH") or len(problem.place.path) != 3:
        return ""
    table, later, field = problem.place.path
    names = [name_key(getattr(part, str(field))) for part in fields[str(table)]]
    first = names.index(names[int(later)])
    place = draft.places.get((table, first, field))
    return f"; the first is on row {place.row}" if place and place.row and first != later else ""


@dataclass(frozen=True)
class _Told:
    """What was told already, so that what merely follows from it is not."""

    cells: Set[Path]
    above: Set[Path]
    rows_lost: bool
    wrong_names: Set[str]
    scale: bool

    @classmethod
    def of(cls, draft: Draft, problems: Sequence[Problem], wrong_names: Set[str]) -> _Told:
        """What the draft and the problems of the model tell."""
        above = {path[:length] for path in draft.spoilt for length in range(1, len(path) + 1)}
        unknown = any(problem.code == "UNKNOWN" for problem in problems)
        scale = ("scale",) in above or any(p.place.path[:1] == ("scale",) for p in problems)
        return cls(draft.spoilt, above, draft.lost_rows or unknown, wrong_names, scale)

    def implies(self, problem: Problem) -> bool:
        """Whether this follows from it: an absence from what was not read, a range from a wrong scale."""
        path = problem.place.path
        if problem.code in _ABSENT:
            lost = self.rows_lost or not self.wrong_names.isdisjoint(map(str, path))
            return lost or path in self.above
        on_scale = problem.code == "RANGE" and path[0] in (*TABLES_BY_PROPOSITION, "settings")
        return path in self.cells or (self.scale and on_scale)


def _place(draft: Draft, path: Path, cells: ScoreCells, segments: Mapping[str, int]) -> Place:
    """Cell behind a path inside the scenario: its own, or that of the name that it is about."""
    if path in draft.places:
        return draft.places[path]
    if path[0] in TABLES_BY_PROPOSITION and len(path) >= 3 and path[2] in cells.spellings:
        return cells.spellings[str(path[2])][0]
    if path[0] in TABLES_BY_PROPOSITION and len(path) == 2 and path[1] in segments:
        return draft.places["segments", segments[str(path[1])], "name"]
    return _place(draft, path[:-1], cells, segments) if len(path) > 1 else Place()


def _mixed_letters(problem: Problem) -> str:
    """Way out where a proposition seems to lack scores because one of its letters only looks like Latin."""
    if problem.code != "INCOMPLETE" or len(problem.place.path) < 3:
        return ""
    letters = filter(str.isalpha, str(problem.place.path[2]))
    alphabets = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    mixed = sorted(alphabets & {"LATIN", "CYRILLIC", "GREEK"})
    return (
        f"Its letters mix {' and '.join(map(str.title, mixed))}; type the name again"
        if len(mixed) > 1
        else ""
    )


def _tell_blanks(draft: Draft, scores: Scores, made: Set[str]) -> None:
    """Name every score whose cell is blank; where a whole row is blank, the row; where all are, the table.

    Disciplines that are made of attributes have none.
    """
    own = [(path, value) for path, value in _each(scores) if path[3] not in made]
    blank = [path for path, value in own if value is None and path not in draft.spoilt]
    rows = Counter(path[:3] for path, _ in own)
    unscored = {row for row, count in Counter(path[:3] for path in blank).items() if count == rows[row]}
    if blank and unscored == rows.keys():
        message = "nothing is scored yet: every score is blank"
        draft.notice(
            "MISSING", message, dataclasses.replace(draft.places[blank[0]], row=None, column="", cell="")
        )
        return
    for path in blank:
        if path[:3] not in unscored:
            draft.notice("MISSING", f"{_which(path)} is blank; {_CONSEQUENCE}", draft.places[path])
    first = {path[:3]: path for path in reversed(blank)}
    for row in filter(unscored.__contains__, rows):
        _tell_blank_row(draft, first[row])


def _tell_blank_row(draft: Draft, path: Path) -> None:
    """Name a proposition that is not scored in a segment, at the row of this cell."""
    segment, proposition = (shorten(str(part)) for part in path[1:3])
    message = f"{proposition} is not scored in {segment} yet, so it has no value there"
    draft.notice("MISSING", message, dataclasses.replace(draft.places[path], column="", cell=""))


def _tell_absent(draft: Draft, scenario: Scenario, made: Set[str]) -> None:
    """Name every score that has no cell at all; of what is made of attributes, see `tell_attributes`."""
    for path, value in _each(scenario.scores):
        if value is None and path not in draft.places and path[3] not in made:
            draft.notice("INCOMPLETE", f"{_which(path)} is not there; {_CONSEQUENCE}", Place())


def _which(path: Path) -> str:
    _, segment, proposition, discipline = (shorten(str(part)) for part in path)
    return f"the score of {proposition}, {segment}, {discipline}"


def _each(scores: Scores) -> Iterator[tuple[Path, float | None]]:
    for segment, block in scores.items():
        for proposition, row in block.items():
            for discipline, value in row.items():
                yield ("scores", segment, proposition, discipline), value


def _in_order(problems: Sequence[Problem], order: Mapping[tuple[str, str], int]) -> list[Problem]:
    """Problems by file, sheet and row, each thing said once a cell, each notice once a table."""
    said: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        place = problem.place
        where = (place.file, place.sheet) if problem.notice else place
        said.setdefault((problem.code, problem.message, where), problem)
    return sorted(
        said.values(), key=lambda p: (order.get((p.place.file, p.place.sheet), -1), p.place.row or 0)
    )


def _limited(problems: list[Problem]) -> list[Problem]:
    """At most some hundred problems, those that stop the import before notices."""
    if len(problems) <= _MOST_PROBLEMS:
        return problems
    kept = sorted(problems, key=lambda problem: problem.notice)[:_MOST_PROBLEMS]
    rest = len(problems) - len(kept)
    stops = any(not problem.notice for problem in kept)
    return [*kept, Problem("MORE", f"and {rest:,} more of these", notice=not stops)]
