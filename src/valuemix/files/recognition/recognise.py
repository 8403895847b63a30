"""Any table in: what it is taken for, and the scenario that comes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from valuemix.errors import InvalidFile, Place, Problem, ValuemixError, shorten, visible
from valuemix.files.recognition.case.joined import is_alike, joined
from valuemix.files.recognition.case.making import Made, made_of
from valuemix.files.recognition.cells.frame import Frame, find_frames
from valuemix.files.recognition.cells.grid import Grid, grid_of
from valuemix.files.recognition.cells.legend import legend_in
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Proof, Question, Reading
from valuemix.files.recognition.records.lists import named_numbers
from valuemix.files.recognition.records.multiples import weigh_by_multiples
from valuemix.files.recognition.records.offers_rated import (
    RatedOffers,
    divide_points,
    offers_by_points,
    rated_offers,
)
from valuemix.files.recognition.records.overviews import Overview, overview_of, overviews_among
from valuemix.files.recognition.records.points import points_for
from valuemix.files.recognition.records.record_case import SIZE_OF_RESPONDENTS, record_case
from valuemix.files.recognition.records.side_tables import Beside, take_listed, take_segments, take_weights
from valuemix.files.recognition.records.table import Records, records_of
from valuemix.files.recognition.records.told_apart import with_segments
from valuemix.files.recognition.records.weighed_means import take_weighed_means
from valuemix.files.recognition.seen import Seen, SeenSheet, seen_sheets
from valuemix.files.recognition.shapes.findings import Block, Case, Findings
from valuemix.files.recognition.shapes.matrix import LISTED_WEIGHTS, matrix_blocks
from valuemix.files.recognition.shapes.side_by_side import split_by_groups
from valuemix.files.recognition.shapes.unranked import why_unranked
from valuemix.files.tables.reading.numbers import parse_number
from valuemix.files.tables.reading.tables import Table
from valuemix.files.tables.sheets.cells import column_key
from valuemix.model.scenario import Scenario

__all__ = ["OpenQuestions", "Recognised", "UnreadTable", "recognised"]


_MOST_IN_A_TITLE = 2
_MOST_REMARKS = 10
_COLUMNS_RATED = '; where the columns are offers that each row rates, {"columns_are": "options"}'
_UNRANKED = ("nothing to choose", "not options")


class OpenQuestions(ValuemixError):
    """A table that does not say all that a scenario needs, with what is to be answered.

    Parameters
    ----------
    questions : sequence of Question
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        thing = "question is" if len(self.questions) == 1 else "questions are"
        listed = "\n".join(f"  {question}" for question in self.questions)
        super().__init__(f"{len(self.questions)} {thing} open; nothing was imported.\n{listed}")

    def __str__(self) -> str:
        return visible(str(self.args[0]), keep="\n")


class UnreadTable(InvalidFile):
    """A table in which no scores were found.

    Parameters
    ----------
    problems : iterable of Problem
    tables : sequence of (str, Table)
        The sheets as they were read, each with its title.
    """

    def __init__(self, problems: Iterable[Problem], tables: Sequence[tuple[str, Table]] = ()) -> None:
        super().__init__(problems)
        self.tables = tuple(tables)


@dataclass(frozen=True)
class Recognised:
    """A table that was recognised.

    Parameters
    ----------
    reading : Reading
        What everything was taken for.
    make : callable
        Makes the scenario.
    notices : tuple of Problem
        What was read otherwise than it stands.
    tables : tuple of (str, Table)
        The sheets as they were read, each with its title; none where they are our own.
    blocks : tuple of Seen
        What each line of them was taken for.
    """

    reading: Reading
    make: Callable[[], Scenario]
    notices: tuple[Problem, ...] = ()
    tables: tuple[tuple[str, Table], ...] = ()
    blocks: tuple[Seen, ...] = ()

    def sheets(self, *, most_rows: int = 15, most_columns: int = 64) -> list[SeenSheet]:
        """The first rows of each sheet, with what every cell was taken for.

        Parameters
        ----------
        most_rows, most_columns : int
            Shown of a sheet; the others are counted.

        Examples
        --------
        >>> from valuemix.files.tables.reading.csv_tables import read_csv
        >>> table = read_csv(b",Speed,Care\\nWeight,60,40\\nA,3,5\\nB,4,2\\n", "offers.csv")
        >>> [sheet] = recognised([table], "offers.csv").sheets()
        >>> [row.role for row, cells in sheet.rows], [cell.role for cell in sheet.rows[2][1]]
        (['', 'weight', 'option', 'option'], ['option', 'score', 'score'])
        """
        why = {left.what: left.why for left in self.reading.left_out}
        less = {name for name, direction in self.reading.directions.items() if direction == "less"}
        words = self.reading.words
        return seen_sheets(
            self.tables, self.blocks, why, words, less, most_rows=most_rows, most_columns=most_columns
        )

    def scenario(self, *, take_guesses: bool = False) -> Scenario:
        """Scenario of the reading.

        Parameters
        ----------
        take_guesses : bool
            Whether open questions are answered by their guesses.

        Raises
        ------
        OpenQuestions
            Where a question is open.
        InvalidFile
            Where the model refuses what was read.
        """
        if self.reading.questions and not take_guesses:
            raise OpenQuestions(self.reading.questions)
        return self.make()


def recognised(tables: Sequence[Table], file: str, given: Reading | None = None) -> Recognised:
    """Recognise the tables of one file.

    Parameters
    ----------
    tables : sequence of Table
        Its sheets as they were read.
    file : str
        Its name.
    given : Reading, optional
        What the owner said; what is set there is followed.

    Returns
    -------
    Recognised

    Raises
    ------
    InvalidFile
        Where nothing in it can be read as scores, with what each column was taken for.

    Examples
    --------
    >>> from valuemix.files.tables.reading.csv_tables import read_csv
    >>> table = read_csv(b",Speed,Care,Total\\nWeight,60,40,\\nA,3,5,3.8\\nB,4,2,3.2\\n", "offers.csv")
    >>> found = recognised([table], "offers.csv")
    >>> print(found.reading.proof, found.scenario().weights)
    Your own totals agree (2 of 2). [[0.6 0.4]]
    """
    for table in filter(_is_uneven, tables):
        _refuse_split_rows(table)
    asked = given or Reading()
    findings = Findings()
    titled = [(table.sheet or Path(table.file).stem, table) for table in tables if table.rows]
    legend = legend_in([table for _, table in titled])
    grids = [grid_of(table, title, legend) for title, table in titled]
    case = _case(grids, asked, findings)
    if case is None:
        raise UnreadTable([_unread(grids, file, findings)], titled)
    source = _source(findings)
    _tell_remarks(case, findings)
    made = made_of(case, asked, findings, file)
    reading = _reading(made, asked, findings, file)
    notices = tuple(problem for table in tables for problem in table.problems if problem.notice)
    make = partial(made.scenario, Path(file).stem, file, source)
    return Recognised(reading, make, notices, tuple(titled), tuple(findings.seen))


def _source(findings: Findings) -> str:
    """What a line "Source: ..." says of where the table is from; it is taken from the remarks. Empty without one."""
    for text in dict.fromkeys(findings.remarks):
        if said := _SOURCE.fullmatch(text.strip()):
            findings.remarks = [other for other in findings.remarks if other != text]
            return said[1]
    return ""


_SOURCE = re.compile(
    r"(?:source|sources|quelle|quellen|fuente|fonte|bron|källa|kilde|出典|来源)\s*[:：]\s*(\S.*)", re.I
)


def _tell_remarks(case: Case, findings: Findings) -> None:
    """Say which titles and footers have no part; one that names a segment or rater has one."""
    named = [*case.segments, *case.raters, *(block.title for block in findings.seen)]
    uses = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in named))
    bare = [text for text in dict.fromkeys(findings.remarks) if not uses.search(text)]
    for text in bare[:_MOST_REMARKS]:
        findings.leave_out(text, "it is a title or remark, and no score")


def _is_uneven(table: Table) -> bool:
    return len({len(row.texts) for row in table.rows}) > 1


def _refuse_split_rows(table: Table) -> None:
    """Refuse rows that are longer than their names: a decimal comma among commas splits a number in two."""
    rows = [row for row in table.rows if any(parse_number(text) is not None for text in row.texts)]
    lengths = [len(row.texts) for row in rows] or [0]
    usual = max({*lengths}, key=lengths.count)
    names = next(
        (row for row in table.rows if sum(map(bool, map(str.strip, row.texts))) > _MOST_IN_A_TITLE), None
    )
    if max(lengths) > usual or (names is not None and len(names.texts) < usual):
        raise InvalidFile(p for p in table.problems if p.code == "ROW_LENGTH")


def _case(grids: Sequence[Grid], given: Reading, findings: Findings) -> Case | None:
    """Case of all sheets: records where there are any, else matrices, with what the other tables say."""
    beside = Beside()
    found = _Sorted([grid.title for grid in grids], beside, given, findings)
    found.add_all(grids)
    matrices, overviews = overviews_among(found.matrices)
    found.take_offers_by_points(matrices)
    pointed = found.take_points(matrices)
    if found.forms:
        case = _answered(found, given, findings)
    elif found.records:
        case, summed = _recorded(found, matrices, given, findings)
        overviews += summed
    elif blocks := _blocks(beside.weighed(matrices), given, findings):
        if beside.are_shared:
            findings.take_back(LISTED_WEIGHTS)
        case = joined(blocks, beside, given, findings)
        _weigh_anew(case, findings, by_points=pointed)
    else:
        return None
    beside.add_to(case, findings)
    weigh_by_multiples(case, findings)
    for overview in overviews:
        overview.prove(case, findings)
    return case if case.criteria and len(case.criteria) > 1 else None


def _weigh_anew(case: Case, findings: Findings, *, by_points: bool) -> None:
    """Without the mean weights of all respondents, where each segment has its own."""
    if by_points:
        findings.take_back(LISTED_WEIGHTS)
        case.weights, case.proved = None, False


def _answered(found: _Sorted, given: Reading, findings: Findings) -> Case:
    """Case of the answers of most respondents, with the other tables told as left out."""
    best = max(found.forms, key=lambda form: len(form.rows))
    others = [form.frame for form in found.forms if form is not best]
    case = best.case(given, findings)
    for frame in (*others, *(records.frame for records in found.records), *found.matrices):
        if not take_segments(frame, case.segments, found.beside, given, findings):
            findings.leave_out(frame.title or frame.grid.title, "the scores are in another table")
    if found.beside.has_sizes(case.segments):
        case.sizes = None
    elif case.named_segments:
        counted = "weight" if "survey weight" in best.roles.values() else "number"
        findings.guess(SIZE_OF_RESPONDENTS.format(counted))
    return case


def _recorded(
    found: _Sorted, matrices: Sequence[Frame], given: Reading, findings: Findings
) -> tuple[Case, list[Overview]]:
    """Case of the table of records that holds most, with the tables that sum it up; the others are told as left out."""
    best = max(found.records, key=lambda records: len(records.rows))
    for other in found.records:
        if other is not best:
            findings.leave_out(other.frame.title or other.frame.grid.title, "another table holds more scores")
    case = record_case(with_segments(best, matrices, given), given, findings)
    summed = []
    for frame in take_weighed_means(matrices, case, findings):
        listed = not _names_offers(frame, case.options)
        if listed and take_listed(frame, case.segments, found.beside, given, findings):
            continue
        overview = overview_of(frame, case.segments)
        if overview is not None:
            summed.append(overview)
            continue
        findings.leave_out(frame.title or frame.grid.title, "the scores are in another table")
    return case, summed


def _names_offers(frame: Frame, options: Sequence[str]) -> bool:
    """Whether options stand on a side of a table: it holds what comes of them, and is no list of segments."""
    keys = {*map(column_key, options)}
    sides = ({column_key(side.names[line]) for line in side.places} for side in (frame.rows, frame.columns))
    return any(len(keys & own) > 1 for own in sides)


def _blocks(matrices: Sequence[Frame], given: Reading, findings: Findings) -> list[Block]:
    """Blocks of the matrices; those that are none are told as left out where others are."""
    found = [(frame, matrix_blocks(frame, given, findings)) for frame in matrices]
    blocks = [block for _, of_frame in found for block in of_frame]
    _leave_out_points(blocks, findings)
    without = [frame for frame, of_frame in found if not of_frame]
    for frame in without if blocks else ():
        findings.leave_out(frame.title or frame.grid.title, "it holds no scores by two criteria or more")
    if any(all(is_alike(one, block) for block in blocks) for one in blocks if one.proved):
        findings.answer("columns_are")
    return blocks


def _leave_out_points(blocks: list[Block], findings: Findings) -> None:
    """Without tables that say again what another one says, in points between its anchors."""
    for points in [one for one in blocks if any(one.are_points_of(block) for block in blocks)]:
        findings.leave_out(points.title, "it holds the points of another table")
        blocks.remove(points)


@dataclass
class _Sorted:
    """The tables of a file by what they are; lists of segments and weights are taken at once."""

    titles: Sequence[str]
    beside: Beside
    given: Reading
    findings: Findings
    records: list[Records] = field(default_factory=list)
    matrices: list[Frame] = field(default_factory=list)
    forms: list[RatedOffers] = field(default_factory=list)
    unranked: list[tuple[Frame, str]] = field(default_factory=list)
    are_alone: bool = False

    def take_points(self, matrices: Sequence[Frame]) -> bool:
        """Take the points that respondents divide over the criteria of a matrix; the others are left out."""
        taken = False
        for frame, why in self.unranked:
            points = None if self.forms or self.records else points_for(frame, matrices)
            if any(form.frame.rows is frame.rows for form in self.forms):
                continue
            if points is None:
                self.findings.leave_out(frame.grid.title, why)
            else:
                points.give(self.beside, self.findings)
                taken = True
        return taken

    def take_offers_by_points(self, matrices: Sequence[Frame]) -> None:
        """Take points that respondents divide for a rating of offers, where the file has no other scores."""
        rated = (records for records in self.records if "option" in records.keys)
        if self.forms or len(matrices) > 1 or not all(map(divide_points, rated)):
            return
        frames = [
            *(records.frame for records in self.records),
            *(frame for frame, _ in self.unranked),
            *matrices,
        ]
        found = (offers_by_points(frame, self.given) for frame in frames)
        self.forms += [form for form in found if form is not None][:1]
        self.records = [] if self.forms else self.records
        self.matrices = [] if self.forms else self.matrices

    def add_all(self, grids: Sequence[Grid]) -> None:
        """Sort the tables of all sheets."""
        frames = [find_frames(grid) for grid in grids]
        self.are_alone = sum(map(len, frames)) == 1
        for grid, of_grid in zip(grids, frames, strict=True):
            self.add(grid, of_grid)

    def add(self, grid: Grid, frames: Sequence[Frame]) -> None:
        """Sort the tables of one sheet; the only table of a file is no list beside another."""
        self.beside.lists += named_numbers(grid)
        if not frames:
            self.findings.leave_out(grid.title, "there is no table of numbers in it")
        for frame in frames:
            self.findings.remarks += frame.remarks
            titles = [*self.titles, *(other.title for other in frames if other is not frame)]
            is_listed = any(is_named("size", name) for name in frame.columns.names.values())
            is_table = self.are_alone and not is_listed
            if is_table or not take_segments(frame, titles, self.beside, self.given, self.findings):
                self._add_scores(frame, is_alone=len(frames) == 1)

    def _add_scores(self, frame: Frame, *, is_alone: bool) -> None:
        form = rated_offers(frame, self.given)
        if form is not None:
            self.forms.append(form)
            return
        found = records_of(frame, self.given)
        if take_weights(frame, found, self.beside, self.findings):
            return
        why = "" if found and found.is_long else why_unranked(frame, self.given, is_matrix=found is None)
        if why:
            self.unranked.append((frame, why))
        elif found is not None and found.values:
            self.records.append(found)
        else:
            self._add_matrix(frame, is_alone=is_alone)

    def _add_matrix(self, frame: Frame, *, is_alone: bool) -> None:
        parts = split_by_groups(frame, self.findings)
        alone = is_alone and len(parts) == 1
        self.matrices += [_titled(part, frame.grid.title) for part in parts] if alone else parts


def _titled(frame: Frame, title: str) -> Frame:
    """A frame that is alone on its sheet is called by the sheet; what stands above it stays a note."""
    return replace(frame, title=title)


def _reading(made: Made, given: Reading, findings: Findings, file: str) -> Reading:
    case, scaling = made.case, made.scaling
    proof = None
    if findings.compared:
        proof = Proof(
            formula=findings.formula,
            agree=findings.agree,
            compared=findings.compared,
            mismatches=tuple(findings.mismatches),
        )
    return Reading(
        shape=case.shape,
        columns_are=given.columns_are or case.columns_are or None,
        roles={**findings.roles, **given.roles},
        scale=scaling.ends,
        directions=scaling.directions,
        anchors=scaling.anchors,
        words={**findings.words, **given.words},
        disciplines=made.disciplines,
        sheets_are=given.sheets_are or ("raters" if case.raters else "segments" if case.shape == 6 else None),
        sizes={} if case.sizes is None else dict(zip(case.segments, case.sizes.tolist(), strict=True)),
        file=file,
        options=tuple(case.options),
        criteria=tuple(case.criteria),
        segments=tuple(case.segments),
        raters=tuple(case.raters),
        units=dict(case.units),
        proof=proof,
        left_out=tuple(findings.left_out),
        warnings=tuple(findings.warnings),
        guesses=tuple(findings.guesses),
        questions=tuple(findings.questions),
    )


def _lone_column(grids: Sequence[Grid]) -> str:
    """Name of the column of numbers where there is one alone, beside names; else a blank."""
    frames = [frame for grid in grids for frame in find_frames(grid)]
    if (
        len(frames) != 1
        or len(frames[0].columns.places) != 1
        or len(frames[0].rows.places) < _MOST_IN_A_TITLE
    ):
        return ""
    return frames[0].columns.names[frames[0].columns.places[0]]


def _unread(grids: Sequence[Grid], file: str, findings: Findings) -> Problem:
    """What is said of a table that cannot be read: what each line was taken for."""
    unranked = [left for left in findings.left_out if left.why.endswith(_UNRANKED)]
    if unranked:
        sheet = f" in {shorten(unranked[0].what)!r}" if len(grids) > 1 else ""
        return Problem(
            "SHAPE",
            f"there is nothing to rank{sheet}: {unranked[0].why}",
            "Bring a table of options by criteria; where the rows are options all the same, say so in a map: "
            f'{{"columns_are": "criteria"}}{_COLUMNS_RATED if unranked[0].why.startswith("its rows") else ""}',
            Place(file=file),
        )
    lone = _lone_column(grids)
    if lone:
        return Problem(
            "SHAPE",
            f"{shorten(lone)!r} is the one column of numbers, so that sorting it is the whole ranking",
            "Add a second column that the options are judged by: there is nothing to weigh in one",
            Place(file=file),
        )
    taken: Mapping[str, str] = findings.roles
    seen = []
    for grid in grids[:3]:
        for frame in find_frames(grid)[:1]:
            names = [frame.columns.names[c] for c in frame.columns.places[:8]]
            told = ", ".join(f"{shorten(name)} ({taken.get(name, 'numbers')})" for name in names)
            seen.append(f"in {shorten(grid.title)!r} the columns {told}")
    found = "; ".join(seen) or "no names that stand over numbers or words"
    return Problem(
        "SHAPE",
        f"no table of options by criteria was found: {found}",
        "Scores need two criteria or more, each with a name, and a name for every option: "
        "options in rows with a row of weights, or the same turned",
        Place(file=file),
    )
