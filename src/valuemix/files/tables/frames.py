"""A scenario as tables, one a sheet of its workbook, and tables as a scenario again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from valuemix.files.tables.assembly import Imported, assembled
from valuemix.files.tables.cells import Draft
from valuemix.files.tables.tables import Kind, Row, Table, is_blank
from valuemix.model.parts import TABLES_BY_PROPOSITION
from valuemix.model.scenario import Scenario

__all__ = ["FIRST_ROW", "SHEETS", "blank_frame", "from_frames", "rows", "score_frame", "title", "to_frames"]

SHEETS = (
    *("segments", "segments later", "propositions", *TABLES_BY_PROPOSITION),
    *("delivery", "links", "disciplines", "settings"),
)
"""Names of the tables in the order in which people read them."""

_LINK_COLUMNS = ("from", "to", "strength")

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
        By the names in `SHEETS`, the optional ones only where the scenario has them; rows are
        numbered from 2, missing scores are NaN. The deck is no table.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9]], segments=["Linda"], propositions=["Laptop"])
    >>> print(to_frames(scenario)["scores"].to_string())
      proposition segment  innovation  operational_excellence  social_purpose  customer_intimacy
    2      Laptop   Linda         8.0                     9.0             6.0                9.0
    """
    ids = scenario.discipline_ids
    frames = {
        "segments": _segments(scenario),
        "propositions": _frame(
            ["proposition", "description"], [[p.name, p.description] for p in scenario.propositions]
        ),
        "disciplines": _frame(
            ["id", "name", "lowest score means", "highest score means"],
            [[d.id, d.name, d.lowest, d.highest] for d in scenario.disciplines],
        ),
        "settings": _frame(["setting", "value"], [[k, text(v)] for k, v in _settings(scenario).items()]),
    }
    for table in TABLES_BY_PROPOSITION:
        if scenario.table(table) is not None:
            frames[table] = score_frame(
                scenario.array(table),
                scenario.segment_names,
                scenario.proposition_names,
                scenario.columns(table),
            )
    if scenario.later is not None:
        cells = [[name, *points.values()] for name, points in scenario.later.items()]
        frames["segments later"] = _frame(["segment", *ids], cells)
    if scenario.delivery:
        shares = [[f.name, *map(_cell, f.survives.values())] for f in scenario.delivery]
        frames["delivery"] = _frame(["function", *ids], shares)
    if scenario.links:
        ends = [[link.from_segment, link.to_segment, link.strength] for link in scenario.links]
        frames["links"] = _frame(_LINK_COLUMNS, ends)
    return {sheet: frames[sheet] for sheet in SHEETS if sheet in frames}


def blank_frame(scenario: Scenario, sheet: str) -> pd.DataFrame:
    """Table of a scenario that has none of its rows yet: ``"delivery"`` or ``"links"``."""
    return _frame(_LINK_COLUMNS if sheet == "links" else ["function", *scenario.discipline_ids], [])


def score_frame(
    array: NDArray[np.float64], segments: Sequence[str], propositions: Sequence[str], ids: Sequence[str]
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
    return assembled(Draft(), {sheet: _table(sheet, frame) for sheet, frame in frames.items()}, name)


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


def _segments(scenario: Scenario) -> pd.DataFrame:
    """Segments; the weight of burden only where burdens are spoken of at all."""
    burden = ["burden"] if scenario.burdens is not None or any(s.burden for s in scenario.segments) else []
    return _frame(
        ["segment", "kind", "size", *scenario.discipline_ids, *burden],
        [
            [s.name, s.kind, s.size, *s.points.values(), *([s.burden] if burden else [])]
            for s in scenario.segments
        ],
    )


def _cell(value: float | None) -> float:
    return math.nan if value is None else value


def _frame(columns: Sequence[str], cells: Sequence[Sequence[object]]) -> pd.DataFrame:
    return pd.DataFrame(cells, columns=list(columns), index=rows(len(cells)))


def _settings(scenario: Scenario) -> dict[str, object]:
    return {
        **{field: getattr(scenario, field) for field in ("name", "note", "source")},
        "scale_min": scenario.scale.lowest,
        "scale_max": scenario.scale.highest,
        **scenario.settings.by_name,
    }


def _table(sheet: str, frame: pd.DataFrame) -> Table:
    cells = [(number, tuple(map(text, values))) for number, *values in frame.itertuples(name=None)]
    body = [_row(int(number), texts) for number, texts in cells if not is_blank(texts)]
    return Table(title(sheet), "", (_row(FIRST_ROW - 1, tuple(frame.columns)), *body))


def _row(number: int, texts: tuple[str, ...]) -> Row:
    kinds: tuple[Kind, ...] = (_PLAIN,) * len(texts)
    return Row(number, texts, kinds)
