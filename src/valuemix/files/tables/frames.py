"""A scenario as tables, one a sheet of its workbook, and tables as a scenario again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from valuemix.files.tables.reading.tables import Kind, Row, Table, is_blank
from valuemix.files.tables.sheets.assembly import Imported, assembled
from valuemix.files.tables.sheets.cells import Draft
from valuemix.model.scenario import Scenario
from valuemix.model.settings import SETTINGS
from valuemix.model.sheets import LISTS, SHEETS, WEIGHINGS, Sheet
from valuemix.typing import FloatArray

__all__ = [
    "FIRST_ROW",
    "blank_frame",
    "from_frames",
    "in_grid",
    "rows",
    "score_frame",
    "stated_frames",
    "table_of",
    "title",
    "to_frames",
]

_PLAIN: Kind = "plain"

FIRST_ROW = 2
"""Number of the first row below the header, as spreadsheets count."""


def to_frames(scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Tables of a scenario, with the columns of the sheets of a workbook.

    Parameters
    ----------
    scenario : Scenario
        Any.

    Returns
    -------
    dict of str to DataFrame
        By the names of the sheets, the optional ones only where the scenario has them; rows are
        numbered from 2, missing scores are NaN. The deck is no table.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9]], segments=["Linda"], propositions=["Laptop"])
    >>> print(to_frames(scenario)["scores"].to_string())
      proposition segment  innovation  operational_excellence  social_purpose  customer_intimacy
    2      Laptop   Linda         8.0                     9.0             6.0                9.0
    """
    # Kept for the scenarios seen last: a page asks several times. Whoever writes into a copy writes there alone.
    return {sheet: frame.copy(deep=False) for sheet, frame in _made(scenario).items()}


@lru_cache(maxsize=8)
def _made(scenario: Scenario) -> dict[str, pd.DataFrame]:
    frames = {sheet.name: _parts(scenario, sheet) for sheet in LISTS if getattr(scenario, sheet.field)}
    values = [[name, text(setting.of(scenario))] for name, setting in SETTINGS.items()]
    frames["settings"] = _frame(SHEETS["settings"].headers(()), values)
    for table in scenario.tables:
        names = scenario.segment_names, scenario.proposition_names, scenario.columns(table)
        frames[table] = score_frame(scenario.given(table), *names)
    for sheet in WEIGHINGS:
        cells = [[name, *points.values()] for name, points in (getattr(scenario, sheet.field) or {}).items()]
        if cells:
            frames[sheet.name] = _frame(sheet.headers(scenario.discipline_ids), cells)
    return {sheet: frames[sheet] for sheet in SHEETS if sheet in frames}


def stated_frames(scenario: Scenario) -> dict[str, pd.DataFrame]:
    """Tables of a scenario as people state them: scores that are worked out of attributes are blank."""
    frames = to_frames(scenario)
    for name in scenario.tables:
        table = scenario.table(name)
        if table is not None and table.derived:
            frames[name][[*table.derived]] = np.nan
    return frames


def in_grid(frame: pd.DataFrame, sheet: str) -> pd.DataFrame:
    """Table with the columns that its grid has besides those that it shows, blank."""
    offered = [c for c in SHEETS[sheet].columns if c.offered and c.name not in frame]
    blanks = {c.name: pd.Series(c.start, frame.index, object if c.start == "" else float) for c in offered}
    return frame.assign(**blanks)


def blank_frame(scenario: Scenario, sheet: str) -> pd.DataFrame:
    """Table of a scenario that has none of its rows yet, such as ``"links"``."""
    return _frame(SHEETS[sheet].headers(scenario.discipline_ids), [])


def score_frame(
    array: FloatArray, segments: Sequence[str], propositions: Sequence[str], ids: Sequence[str]
) -> pd.DataFrame:
    """Score table with one row a proposition and segment.

    Parameters
    ----------
    array : ndarray, shape (G, P, D)
        Scores, NaN where missing.
    segments, propositions, ids : sequence of str
        Labels of the three axes.
    """
    cells = array.transpose(1, 0, 2).reshape(-1, len(ids))
    frame = pd.DataFrame(cells, columns=list(ids), index=rows(len(cells)))
    frame.insert(0, "proposition", np.repeat(np.array(propositions, dtype=object), len(segments)))
    frame.insert(1, "segment", np.tile(np.array(segments, dtype=object), len(propositions)))
    return frame


def from_frames(frames: Mapping[str, pd.DataFrame], name: str = "Imported scenario") -> Imported:
    """Scenario that tables hold, by the rules of the import.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        As `to_frames` makes them; cells may hold whatever a person typed. The index numbers the rows.
    name : str
        Name of the scenario where the settings give none.

    Returns
    -------
    Imported

    Raises
    ------
    InvalidFile
        With every problem; its place names the table, the row by the index, and the column.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9]], segments=["Linda"], propositions=["Laptop"])
    >>> frames = to_frames(scenario)
    >>> from_frames(frames).scenario == scenario
    True
    >>> frames["scores"].loc[2, "innovation"] = 11
    >>> from_frames(frames)
    Traceback (most recent call last):
    valuemix.errors.InvalidFile: Scores, row 2, column innovation: score must be from 0 to 10, got 11. ...
    """
    return assembled(Draft(), {sheet: table_of(sheet, frame) for sheet, frame in frames.items()}, name)


def title(sheet: str) -> str:
    """Name of a table as people read it, and as problems name it.

    Examples
    --------
    >>> title("segments")
    'Segments'
    """
    return sheet.capitalize()


def rows(count: int) -> pd.RangeIndex:
    """Numbers of the rows of a table, as spreadsheets count."""
    return pd.RangeIndex(FIRST_ROW, FIRST_ROW + count)


def text(value: object) -> str:
    """Cell as the import reads it: numbers in full precision, blank where there is nothing."""
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0")
    return str(value)


def _parts(scenario: Scenario, sheet: Sheet) -> pd.DataFrame:
    """Table with a row for each part."""
    shown = sheet.shown(scenario)
    cells = []
    for part in getattr(scenario, sheet.field):
        values = [(column, column.cell(part)) for column in shown]
        cells.append([cell for c, v in values for cell in (map(_cell, v.values()) if c.each else (v,))])
    return _frame([header for c in shown for header in c.headers(scenario.discipline_ids)], cells)


def _cell(value: float | None) -> float:
    return math.nan if value is None else value


def _frame(columns: Sequence[str], cells: Sequence[Sequence[object]]) -> pd.DataFrame:
    return pd.DataFrame(cells, columns=list(columns), index=rows(len(cells)))


def table_of(sheet: str, frame: pd.DataFrame) -> Table:
    """Table as the import reads it, of a frame as `to_frames` makes them."""
    cells = [(number, tuple(map(text, values))) for number, *values in frame.itertuples(name=None)]
    body = [_row(int(number), texts) for number, texts in cells if not is_blank(texts)]
    return Table(title(sheet), "", (_row(FIRST_ROW - 1, tuple(frame.columns)), *body))


def _row(number: int, texts: tuple[str, ...]) -> Row:
    return Row(number, texts, (_PLAIN,) * len(texts))
