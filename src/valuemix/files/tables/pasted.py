"""Cells copied from a spreadsheet: read like a csv file of the name "pasted cells", and known by their shape.

A table of ours comes with its header or, where it holds scores, without; several come one below the other with a
blank line between them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import zip_longest

import numpy as np

from valuemix.errors import Place, shorten
from valuemix.files.tables.frames import table_of, to_frames
from valuemix.files.tables.name_lists import EVERYONE
from valuemix.files.tables.reading.csv_tables import read_csv
from valuemix.files.tables.reading.numbers import decimal_sign, parse_number
from valuemix.files.tables.reading.tables import Kind, Row, Table, refusal
from valuemix.files.tables.sheets.assembly import Imported, assembled
from valuemix.files.tables.sheets.cells import Draft, column_key
from valuemix.model.names import name_key
from valuemix.model.parts import DEFAULT_DISCIPLINES, Discipline
from valuemix.model.scenario import Scenario
from valuemix.model.weights import equal_points
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["PASTED", "import_pasted", "pasted_tables", "with_pasted_scores"]

PASTED = "pasted cells"
"""What the text is called in messages."""

_PLAIN: Kind = "plain"
_BLANK = re.compile(r"^[ \t,;]*$")


def import_pasted(text: str, like: Scenario | None = None) -> Imported:
    """Scenario in cells that were copied from a spreadsheet.

    Parameters
    ----------
    text : str
        Tables with tabs, commas or semicolons between their cells: scores, wide or long, and, if wanted, others with
        the headers of our sheets, such as segments.
    like : Scenario, optional
        What is open. Where it has all the propositions that are named, its disciplines, scale and segments hold for
        what the cells do not say; else the usual disciplines do, and segments are of one size.

    Returns
    -------
    Imported

    Raises
    ------
    InvalidFile
        With every problem and its row; nothing was imported.

    Examples
    --------
    >>> found = import_pasted("Express\\tFamilies\\t8\\t6\\t4\\t\\nGreen line\\tFamilies\\t3\\t8\\t6\\t4\\n")
    >>> found.scenario.proposition_names, found.scenario.segment_names
    (('Express', 'Green line'), ('Families',))
    >>> found.scenario.scores["Families"]["Express"]["innovation"]
    8.0
    """
    if not text.strip():
        message, mend = "nothing was pasted", "Copy the cells with the names beside them, then paste them"
        raise refusal("EMPTY", message, mend, Place(file=PASTED))
    found = pasted_tables(text)
    if like is not None and _is_about(like, found):
        return _imported(found, like)
    return _imported(found, None)


def _imported(found: Sequence[Table], like: Scenario | None) -> Imported:
    """Scenario in tables; what they do not say is as in the open one, where they are about that."""
    draft = Draft()
    tables = _by_sheet(draft, found, like.disciplines if like else DEFAULT_DISCIPLINES)
    if "scores" not in tables:
        what = ", ".join(tables)
        raise refusal("SHEET", f"there are no scores, only {what}", _SHAPES, Place(file=PASTED))
    if like is not None:
        tables = _settled(like) | tables
    if "segments" not in tables:
        tables["segments"] = _segments(draft, tables["scores"], like)
    return assembled(draft, tables, "Pasted case")


_SHAPES = "Paste proposition, segment and a column for each discipline, or proposition, segment, discipline and score"


def pasted_tables(text: str) -> list[Table]:
    """Tables of the text, read as csv files are; each row keeps its line of the text.

    Raises
    ------
    InvalidFile
        Where it is no text of a table, or larger than the limits.

    Examples
    --------
    >>> [table.header.texts for table in pasted_tables("a\\tb\\n1\\t2\\n\\nc;d\\n3;4\\n")]
    [('a', 'b'), ('c', 'd')]
    """
    lines, blocks = re.split(r"\r\n|\r|\n", text), list[tuple[int, list[str]]]()
    for number, line in enumerate(lines):
        if _BLANK.match(line):
            blocks.append((number + 1, []))
        else:
            blocks = blocks or [(0, [])]
            blocks[-1][1].append(line)
    # Blank lines stand before a block as in the text, so that its rows have the numbers of their lines.
    whole = [("\n" * start + "\n".join(block)).encode("utf-8", "replace") for start, block in blocks if block]
    return [read_csv(data, PASTED) for data in whole or [text.encode("utf-8", "replace")]]


def with_pasted_scores(scenario: Scenario, pasted: Scenario) -> Scenario | None:
    """The scenario with the scores of another one in place of its own; None where they do not fit it.

    They fit where it knows every name and has the same scale: a 5 of 5 is no 5 of 10. A discipline that is made of
    attributes takes no scores. A range that no longer holds the score is left out.

    Examples
    --------
    >>> mine = Scenario.from_arrays([[5, 5], [4, 4]], propositions=["Express", "Green line"])
    >>> other = Scenario.from_arrays([[8, None]], propositions=["Express"])
    >>> with_pasted_scores(mine, other).array("scores")[0].tolist()
    [[8.0, 5.0], [4.0, 4.0]]
    """
    places = _places(scenario, pasted)
    if places is None or pasted.scale != scenario.scale:
        return None
    array, new = scenario.given("scores").copy(), pasted.array("scores")
    array[places] = np.where(np.isnan(new), array[places], new)
    lost = _beyond(scenario, array)
    ends = {end: scenario.array(end) for end in ("low", "high") if scenario.table(end) is not None}
    for end, limits in ends.items():
        scenario = scenario.with_table(end, np.where(lost, np.nan, limits))
    return scenario.with_table("scores", array)


def _places(scenario: Scenario, pasted: Scenario) -> tuple[IntArray, ...] | None:
    """Where the scores of another scenario stand in this one; None where it does not know every name."""
    names = ("segment_names", "proposition_names", "discipline_ids")
    own = [{name_key(name): i for i, name in enumerate(getattr(scenario, axis))} for axis in names]
    theirs = [[name_key(name) for name in getattr(pasted, axis)] for axis in names]
    made = scenario.attribute_scoring.derived  # of attributes: it takes no scores
    own[2] = {key: d for key, d in own[2].items() if scenario.discipline_ids[d] not in made}
    pairs = [*zip(own, theirs, strict=True)]
    if not all(known.keys() >= {*wanted} for known, wanted in pairs):
        return None
    return np.ix_(*([known[name] for name in wanted] for known, wanted in pairs))


def _beyond(scenario: Scenario, scores: FloatArray) -> BoolArray:
    """Where scores lie outside the range that the scenario has for them, shape (G, P, D)."""
    beyond = np.zeros(scores.shape, dtype=bool)
    for end, outside in (("low", np.less), ("high", np.greater)):
        if scenario.table(end) is not None:
            beyond |= outside(scores, scenario.array(end))
    return beyond


# ---------------------------------------------------------------------- what a table is


def _by_sheet(draft: Draft, found: Sequence[Table], disciplines: Sequence[Discipline]) -> dict[str, Table]:
    """Tables by the sheet that each is."""
    tables: dict[str, Table] = {}
    for table in found:
        sheet, known = _known(draft, table, disciplines)
        if sheet in tables:
            place = Place(file=PASTED, row=known.rows[0].number)
            draft.problem("DUPLICATE", f"a second table of {sheet} starts here", "Paste one at a time", place)
        tables[sheet] = known
    return tables


def _known(draft: Draft, table: Table, disciplines: Sequence[Discipline]) -> tuple[str, Table]:
    """Which sheet a table is, with the header and the column of segments that it may lack."""
    header = [column_key(text) for text in table.header.texts]
    keys = {column_key(text) for d in disciplines for text in (d.id, d.name)}
    lists = {"propositions": {"proposition"}, "segments": {"segment", "size"}, "disciplines": {"id", "name"}}
    ours = [sheet for sheet, needed in lists.items() if needed <= {*header}]
    if ours and "proposition" in header and (len({*header} - {"", "description"}) > 1):
        return "scores", _with_segments(table)
    if ours:
        return ours[0], table
    if len(keys & {*header}) > 1:
        return "scores", _with_segments(_named(draft, table, keys))
    return "scores", _with_segments(_with_header(table, disciplines))


def _named(draft: Draft, table: Table, keys: Collection[str]) -> Table:
    """Table whose first columns are called otherwise, or nothing, as in a matrix with a blank corner."""
    texts, names = [*table.header.texts], ["proposition", "segment"]
    for position, text in enumerate(texts):
        if column_key(text) in keys or not names:
            break
        texts[position] = names.pop(0)
        if text.strip():
            message = f"the column {shorten(text.strip())!r} is read as {texts[position]}"
            draft.notice("HEADER", message, Place(file=PASTED, row=table.header.number))
    return _headed(table, texts, table.rows[1:])


def _with_header(table: Table, disciplines: Sequence[Discipline]) -> Table:
    """Table of names and scores under the header that it lacks."""
    decimal = decimal_sign(cell for row in table.rows for cell in row.texts)
    columns = [*zip_longest(*(row.texts for row in table.rows), fillvalue="")]
    numeric = [all(not c.strip() or parse_number(c, decimal) is not None for c in cells) for cells in columns]
    labels = numeric.index(True) if True in numeric else len(numeric)
    ids = [d.id for d in disciplines]
    shapes = {
        (1, len(ids)): ["proposition", *ids],
        (2, len(ids)): ["proposition", "segment", *ids],
        (3, 1): ["proposition", "segment", "discipline", "score"],
    }
    texts = shapes.get((labels, len(columns) - labels)) if all(numeric[labels:]) else None
    if texts is None:
        row = table.header.number
        message = f"row {row} is no header, and the cells are not names with {len(ids)} scores behind them"
        raise refusal("HEADER", message, _SHAPES, Place(file=PASTED))
    return replace(_headed(table, texts, table.rows), decimal=decimal)


def _with_segments(table: Table) -> Table:
    """Table of scores with a column of segments, blank where they hold for each."""
    texts = table.header.texts
    if {"segment", "discipline"} & {*map(column_key, texts)}:
        return table
    return _headed(table, [*texts, "segment"], [_row(row.number, [*row.texts, ""]) for row in table.rows[1:]])


def _headed(table: Table, texts: Sequence[str], rows: Sequence[Row]) -> Table:
    return replace(table, rows=(_row(table.header.number, texts), *rows))


def _row(number: int, texts: Sequence[str]) -> Row:
    return Row(number, tuple(texts), (_PLAIN,) * len(texts))


# ---------------------------------------------------------------------- what the cells do not say


def _names(table: Table, column: str) -> list[str]:
    """Names in a column, in order and each once; none where it is not there."""
    keys = [column_key(text) for text in table.header.texts]
    if column not in keys:
        return []
    place = keys.index(column)
    cells = [row.texts[place].strip() for row in table.rows[1:] if len(row.texts) > place]
    return [*dict.fromkeys(filter(None, cells))]


def _is_about(scenario: Scenario, found: Sequence[Table]) -> bool:
    """Whether a table names propositions of a scenario first in its rows, and nothing else below its first row."""
    known = {name_key(name) for name in scenario.proposition_names}
    for table in found:
        below = {name_key(row.texts[0]) for row in table.rows[1:] or table.rows}
        if known >= below:
            return True
    return False


def _settled(like: Scenario) -> dict[str, Table]:
    """Tables of the disciplines and of the scale of a scenario."""
    frames = to_frames(like)
    settings = frames["settings"]
    frames["settings"] = settings[settings["setting"].str.startswith("scale")]
    return {name: table_of(name, frames[name]) for name in ("disciplines", "settings")}


def _segments(draft: Draft, scores: Table, like: Scenario | None) -> Table:
    """The segments that the scores name; those of the open scenario where they name none, or everyone."""
    named = _names(scores, "segment")
    known = {name_key(segment.name): segment for segment in like.segments} if like else {}
    if known.keys() >= {*map(name_key, named)} and like is not None:
        frame = to_frames(like)["segments"]
        kept = [not named or name_key(name) in map(name_key, named) for name in frame["segment"]]
        return table_of("segments", frame[kept])
    ids = [d.id for d in (like.disciplines if like else DEFAULT_DISCIPLINES)]
    if named:
        message = (
            f"the cells name {len(named)} segments and no sizes: they are of one size, with equal weights"
        )
        draft.notice("SIZE", message, Place(file=PASTED))
    rows = [_row(1, ["segment", "size", *ids])]
    points = [f"{each:g}" for each in equal_points(len(ids))]
    rows += [_row(scores.header.number, [name, "1", *points]) for name in named or [EVERYONE]]
    return Table(PASTED, "", tuple(rows))
