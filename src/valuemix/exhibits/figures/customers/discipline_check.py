"""Table of scores shaded by standing, the verdicts and what turns them beside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.heat_table import heat_trace
from valuemix.exhibits.figures.rows import Rows, rows_of
from valuemix.exhibits.figures.theme import Skin, deck_room, figure_of
from valuemix.exhibits.figures.value_changes import column_axis, outlines
from valuemix.exhibits.words.formats import number, rounded, signed
from valuemix.exhibits.words.lettering import escaped, wrapped

__all__ = ["draw", "turn_text"]

HEADS = 48
"""Pixels that the heads of the columns take above the cells."""

SPARE = 40
"""Pixels that the narrowest screen has beyond those that its heads are broken for."""

DEPTHS = {"leads": 2.0, "holds": 1.0, "below": 0.0, "": np.nan}


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """One row a proposition, drawn from the exhibit's table alone."""
    table = exhibit.table
    count = table["discipline"].nunique()
    first = table.iloc[::count]
    rows = rows_of(first["proposition"].tolist(), skin, deck_room(exhibit) - HEADS)
    rows = rows if skin.deck else replace(rows, height=68)
    right = 330 if skin.deck else 200
    depths = np.array([DEPTHS[s] for s in table["standing"]]).reshape(-1, count)
    texts = np.array(
        [
            _cell(number(score, exhibit.decimals) + ("*" if partial else ""), standing)
            for score, partial, standing in zip(
                table["score"], table["partial"], table["standing"], strict=True
            )
        ]
    )
    cells = {
        **heat_trace(depths, texts.reshape(-1, count).tolist(), rows, skin),
        "zmin": 0, "zmax": 2, "colorscale": [[0, skin.ground], [0.5, skin.cold], [1, skin.warm]],
    }  # fmt: skip
    axis = column_axis(table["discipline"].tolist()[:count], rows.left + right - SPARE, skin)
    axis["ticktext"][-1] = axis["ticktext"][-1].removeprefix("<b>").removesuffix("</b>")
    return figure_of(
        exhibit, skin, [cells], height=int(rows.height * len(first) + HEADS + 16), left=rows.left,
        margin={"t": HEADS + 8, "r": right}, shapes=outlines(depths == DEPTHS["leads"], skin),
        xaxis=axis, yaxis=rows.axis(above=0.53, bold=(first["verdict"] == "leads").tolist()),
        annotations=_verdicts(first, exhibit.decimals, rows, right, skin),
    )  # fmt: skip


def _cell(text: str, standing: str) -> str:
    """Score with its standing in signs as well: bold where it leads, an arrow where it is below."""
    return f"<b>{text}</b>" if standing == "leads" else f"{text} ↓" if standing == "below" else text


def _verdicts(first: pd.DataFrame, decimals: int, rows: Rows, right: int, skin: Skin) -> list[dict[str, Any]]:
    small = rows.font - (3 if skin.deck else 2)
    room = (right - 22) / small / 1.06
    result = []
    for row, (verdict, change, discipline, then) in enumerate(
        zip(*(first[c] for c in ("verdict", "turn_change", "turn_discipline", "turn_verdict")), strict=True)
    ):
        turn = turn_text(change, discipline, then, decimals)
        lines = [escaped(line) for line in wrapped(turn, room, 2 if rows.height > 4.2 * small else 1)]
        below = f'<br><span style="color:{skin.muted};font-size:{small}px">{"<br>".join(lines)}</span>'
        text = f"<b>{verdict}</b>{below if rows.height >= 2.6 * small else ''}"
        result.append(
            {
                "xref": "paper", "x": 1, "xanchor": "left", "xshift": 14, "yref": "y", "y": row,
                "yanchor": "middle", "align": "left", "showarrow": False, "text": text, "borderpad": 0,
                "font": {"size": rows.font - 1, "color": skin.bad if verdict == "stuck in the middle" else skin.ink},
            }
        )  # fmt: skip
    return result


def turn_text(change: float, discipline: str, verdict: str, decimals: int) -> str:
    """What turns a verdict, in words.

    Examples
    --------
    >>> turn_text(-0.5, "Innovation", "holds", 1), turn_text(0.0, "Innovation", "holds", 1)
    ('−0.5 on Innovation: holds', 'any drop on Innovation: holds')
    >>> turn_text(-0.02, "Innovation", "holds", 1)
    'a drop of less than 0.1 on Innovation: holds'
    """
    if not verdict:
        return "no single score turns it"
    moved = "any drop" if abs(change) <= TIE else signed(change, decimals)
    if abs(change) > TIE and not rounded(change, decimals):
        moved = f"a {'rise' if change > 0 else 'drop'} of less than {number(10.0**-decimals, decimals)}"
    return f"{moved} on {discipline}: {verdict}"
