"""Exhibits about profiles as tables: fit to segments, standing in the disciplines."""

from __future__ import annotations

import numpy as np

from valuemix.charts.roles import depth
from valuemix.charts.table import Cell, Column
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.customers.discipline_check import turn_text
from valuemix.exhibits.words.formats import number, share

__all__ = ["discipline_check_columns", "fit_columns"]

_DEPTHS = {"leads": 0.5, "holds": 0.2, "below": 0.0}


def fit_columns(exhibit: Exhibit) -> list[Column]:
    """Fit of every proposition to every segment, overall last; the best of each is outlined."""
    table = exhibit.table
    lowest, highest = table["fit_share"].min(), table["fit_share"].max()
    span = (highest - lowest) or 1.0
    columns = []
    for segment, rows in table.groupby("segment", sort=False):
        pairs = zip(rows["fit_share"], rows["best"], strict=True)
        cells = [_fit(fit, (fit - lowest) / span, exhibit.decimals, best=bool(best)) for fit, best in pairs]
        columns.append(Column(str(segment), cells, "center"))
    names = [Cell(name) for name in dict.fromkeys(table["proposition"])]
    return [Column("Proposition", names), *columns]


def discipline_check_columns(exhibit: Exhibit) -> list[Column]:
    """Scores shaded by standing, the verdict and what turns it; leads are outlined, an arrow stands below."""
    table, decimals = exhibit.table, exhibit.decimals
    disciplines = list(dict.fromkeys(table["discipline"]))
    first = table.iloc[:: len(disciplines)]
    leads = (first["verdict"] == "leads").tolist()
    names = [Cell(name, bold=lead) for name, lead in zip(first["proposition"], leads, strict=True)]
    columns = [
        Column(
            str(name),
            [
                _score(*each, decimals)
                for each in zip(rows["score"], rows["standing"], rows["partial"], strict=True)
            ],
            "center",
        )
        for name, rows in table.groupby("discipline", sort=False)
    ]
    turns = zip(first["turn_change"], first["turn_discipline"], first["turn_verdict"], strict=True)
    return [
        Column("Proposition", names),
        *columns,
        Column("Verdict", [Cell(verdict, bold=True) for verdict in first["verdict"]]),
        Column("What turns it", [Cell(turn_text(*turn, decimals), role="muted") for turn in turns], lines=3),
    ]


def _fit(fit: float, deep: float, decimals: int, *, best: bool) -> Cell:
    if np.isnan(fit):
        return Cell("–")
    return Cell(share(fit, decimals), best, ground=depth(deep), marked=best)


def _score(score: float, standing: str, partial: bool, decimals: int) -> Cell:
    """Score with its standing in signs as well; a star where a segment lacks one."""
    ground = depth(_DEPTHS[standing]) if standing in _DEPTHS else None
    text = number(score, decimals) + ("*" if partial else "") + (" ↓" if standing == "below" else "")
    return Cell(text, standing == "leads", ground=ground, marked=standing == "leads")
