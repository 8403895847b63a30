"""Map of even cells, one a setting of both dials, coloured and numbered by leader."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.theme import Skin, figure_of
from valuemix.exhibits.words.lettering import escaped, wrapped
from valuemix.exhibits.words.wording import plain

__all__ = ["draw"]

Trace = dict[str, Any]

LEFT, BELOW = 104, 62
"""Pixels for the axes with their titles."""
SCREEN_HEIGHT = 340


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Cells of the map, drawn from the exhibit's table alone."""
    table = exhibit.table
    counts = table["leader"].value_counts(sort=True)
    leaders = counts.index.tolist()
    places = {name: int(table.loc[table["leader"] == name, "place"].iloc[0]) for name in leaders}
    own = skin.colors_of([p for p in dict.fromkeys(places.values()) if p >= 0])
    colors = [skin.muted if " / " in name else own.get(places[name], skin.highlight) for name in leaders]
    columns = table["compensation"].nunique()
    cells = table["leader"].map(leaders.index).to_numpy().reshape(-1, columns)
    today = divmod(int(np.flatnonzero(table["today"].to_numpy(dtype=bool))[0]), columns)
    right = 330 if skin.deck else 4
    key, above = _key(table, leaders, colors, counts.tolist(), skin)
    return figure_of(
        exhibit, skin, [_cells(cells, colors, today, skin)], height=int(SCREEN_HEIGHT + BELOW + above), left=LEFT,
        margin={"t": 8 if skin.deck else above + 8, "b": BELOW, "r": right}, showlegend=False,
        shapes=[_today(today, skin)], annotations=key,
        xaxis=_axis([_compensation(v) for v in table["compensation"].tolist()[:columns]], "Compensation", skin),
        yaxis=_axis([_fairness(v) for v in table["fairness"].tolist()[::columns]], "Fairness", skin),
    )  # fmt: skip


def _cells(cells: np.ndarray, colors: list[str], today: tuple[int, int], skin: Skin) -> Trace:
    """Numbers of the leaders, where there are several; "today" in the scenario's own setting."""
    count = len(colors)
    texts = [["" if count == 1 else str(cell + 1) for cell in line] for line in cells.tolist()]
    texts[today[0]][today[1]] = "<b>today</b>"
    edges = [(i + end) / count for i in range(count) for end in (0, 1)]
    return {
        "type": "heatmap",
        "z": cells.tolist(),
        "x": list(range(cells.shape[1])),
        "y": list(range(cells.shape[0])),
        "zmin": -0.5,
        "zmax": count - 0.5,
        "colorscale": [[edge, colors[i // 2]] for i, edge in enumerate(edges)],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": texts,
        "texttemplate": "%{text}",
        "textfont": {"size": 14 if skin.deck else 11, "color": skin.on_mark},
        "hoverinfo": "skip",
    }


def _today(today: tuple[int, int], skin: Skin) -> Trace:
    row, column = today
    return {
        "type": "rect", "x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5,
        "line": {"color": skin.ink, "width": 4},
    }  # fmt: skip


def _key(
    table: pd.DataFrame, leaders: list[str], colors: list[str], counts: list[int], skin: Skin
) -> tuple[list[Trace], float]:
    """Every leader with its number, colour and count: beside the map in a deck, above it on a screen."""
    font = (16 if len(leaders) <= 12 else 13) if skin.deck else 13
    now = table.loc[table["today"], "leader"].iloc[0]
    line = font * 1.65
    width = (300 if skin.deck else 420) / font / 1.08
    result = []
    for i, (name, color, count) in enumerate(zip(leaders, colors, counts, strict=True)):
        told = wrapped(f"{i + 1}  {name or 'no value'}, {count} of {len(table)}", width, 1)[0]
        text = f'<span style="color:{color};font-size:{font + 4}px">■</span> {escaped(told)}'
        place = (
            {"x": 1, "xshift": 22, "yshift": -i * line}
            if skin.deck
            else {"x": 0, "yshift": (len(leaders) - i) * line}
        )
        anchor = "top"
        result.append(
            {
                "xref": "paper", "yref": "paper", "y": 1, "xanchor": "left", "yanchor": anchor, "showarrow": False,
                "text": f"<b>{text}</b>" if name == now else text, "borderpad": 0,
                "font": {"size": font, "color": skin.ink, "family": skin.font}, **place,
            }
        )  # fmt: skip
    return result, len(leaders) * line


def _compensation(rho: float) -> str:
    return plain(rho) if np.isfinite(rho) else ("weakest<br>only" if rho < 0 else "best<br>only")


def _fairness(eps: float) -> str:
    return plain(eps) if np.isfinite(eps) else "worst only"


def _axis(ticks: list[str], title: str, skin: Skin) -> Trace:
    size = 14 if skin.deck else 12
    return {
        "tickmode": "array",
        "tickvals": list(range(len(ticks))),
        "ticktext": ticks,
        "tickfont": {"size": size, "color": skin.muted},
        "tickangle": 0,
        "title": {"text": title, "font": {"size": size + 1, "color": skin.muted}, "standoff": 8},
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
    }
