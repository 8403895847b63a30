"""Every value at a glance: propositions by segments, each segment's leader marked."""

from __future__ import annotations

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.analysis.scoring import Evaluation
from valuemix.exhibits import wording
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import number, percents
from valuemix.exhibits.leaders import leaders
from valuemix.exhibits.lettering import escaped, wrapped
from valuemix.exhibits.theme import DECK_FOOT, DECK_HEIGHT, Skin, deck_top, figure_of, row_labels

__all__ = ["values_table"]


def values_table(evaluation: Evaluation) -> Exhibit:
    """Value of every proposition in every segment and overall.

    Parameters
    ----------
    evaluation : Evaluation
        What is shown.

    Returns
    -------
    Exhibit
        With one row a segment and proposition: segment, size_share, proposition, value, rank,
        partial; the overall rows last, their size_share 1.

    Examples
    --------
    >>> from valuemix.analysis.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 5]], propositions=["Express", "Green line"])
    >>> values_table(evaluate(scenario)).table.drop(columns=["segment", "partial"])
       size_share proposition  value  rank
    0         1.0     Express    5.0     1
    1         1.0  Green line    5.0     1
    2         1.0     Express    5.0     1
    3         1.0  Green line    5.0     1
    """
    by_segment = leaders(evaluation)
    scenario = evaluation.scenario
    table = evaluation.to_frame()
    shares = np.repeat([*scenario.size_shares, 1.0], len(scenario.propositions))
    table.insert(1, "size_share", shares)
    notes = ["outlined: leads the segment"]
    if evaluation.partial.any():
        notes.append("* partial value: the weight of a missing score goes to the other disciplines")
    return Exhibit(
        key="values",
        finding=by_segment.finding,
        subtitle=f"Value ({wording.scale(scenario)}) by proposition and segment, sorted by overall value",
        table=table,
        source=by_segment.source,
        notes=tuple(notes),
        alt=_alt(table, by_segment.decimals),
        decimals=by_segment.decimals,
        draw=draw,
    )


def _alt(table: pd.DataFrame, decimals: int) -> str:
    groups = []
    for segment, rows in table.groupby("segment", sort=False):
        cells = [
            f"{p} {number(v, decimals)}" for p, v in zip(rows["proposition"], rows["value"], strict=True)
        ]
        groups.append(f"{segment}: {', '.join(cells)}")
    return f"Table of values. {'; '.join(groups)}."


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Heat table drawn from the exhibit's table alone: rows by overall value, overall last."""
    table, decimals = exhibit.table, exhibit.decimals
    names = list(dict.fromkeys(table["proposition"]))
    shape = (-1, len(names))
    values = table["value"].to_numpy().reshape(shape)
    ranks = table["rank"].fillna(0).to_numpy(dtype=int).reshape(shape)
    partial = table["partial"].to_numpy().reshape(shape)
    order = sorted(range(len(names)), key=lambda p: (ranks[-1, p] or len(names) + 1, p))
    columns = len(values)
    texts = [
        [_cell(values[g, p], partial[g, p], ranks[g, p] == 1, decimals) for g in range(columns)]
        for p in order
    ]
    room = DECK_HEIGHT - deck_top(exhibit) - DECK_FOOT - 70
    row_height = min(room / len(names), 64) if skin.deck else (40 if len(names) <= 10 else 32)
    font = 16 if skin.deck and row_height > 36 else 14
    labels, left = row_labels(
        wording.short_names([names[p] for p in order], 22),
        font,
        250 if skin.deck else 170,
        2 if row_height > 36 else 1,
    )
    heat = {
        "type": "heatmap", "z": values[:, order].T.tolist(), "x": list(range(columns)), "y": list(range(len(names))),
        "colorscale": [[0, skin.cold], [1, skin.warm]], "showscale": False, "xgap": 3, "ygap": 3,
        "text": texts, "texttemplate": "%{text}", "textfont": {"size": font, "color": skin.ink}, "hoverinfo": "skip",
    }  # fmt: skip
    boxes = [
        {
            "type": "rect", "x0": g - 0.47, "x1": g + 0.47, "y0": row - 0.45, "y1": row + 0.45,
            "line": {"color": skin.highlight, "width": 2},
        }
        for row, p in enumerate(order) for g in range(columns) if ranks[g, p] == 1
    ]  # fmt: skip
    rows = max(len(names), room / row_height) if skin.deck else len(names)
    return figure_of(
        exhibit, skin, [heat], height=int(row_height * len(names) + 74), left=left, shapes=boxes, margin={"t": 66},
        xaxis={
            "side": "top", "tickmode": "array", "tickvals": list(range(columns)), "ticktext": _heads(table, len(names)),
            "tickfont": {"size": 14 if skin.deck else 13}, "showgrid": False, "zeroline": False, "ticks": "",
            "fixedrange": True, "range": [-0.5, columns - 0.5], "tickangle": 0,
        },
        yaxis={
            "range": [rows - 0.5, -0.5], "tickmode": "array", "tickvals": list(range(len(names))), "ticktext": labels,
            "tickfont": {"size": font}, "showgrid": False, "zeroline": False, "ticks": "", "fixedrange": True,
            "ticklabelstandoff": 8,
        },
    )  # fmt: skip


def _cell(value: float, partial: bool, leads: bool, decimals: int) -> str:  # noqa: FBT001
    text = number(value, decimals) + ("*" if partial and value == value else "")
    return f"<b>{text}</b>" if leads else text


def _heads(table: pd.DataFrame, count: int) -> list[str]:
    """Names of the segments with their shares of size, the overall column last."""
    segments, shares = table["segment"].to_numpy()[::count], table["size_share"].to_numpy()[::count]
    sizes = percents(shares[:-1].tolist())
    heads = ["<br>".join(map(escaped, wrapped(name, 8, 2))) for name in segments]
    return [
        *(f"{head}<br>{size}" for head, size in zip(heads[:-1], sizes, strict=True)),
        f"<b>{heads[-1]}</b>",
    ]
