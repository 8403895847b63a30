"""Central weights: bars of 100 % in the colours of the disciplines, today's mix on top."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pptx.slide import Slide

from valuemix.exhibits.doubt import share_text
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import percents
from valuemix.export.deck.box import Box
from valuemix.export.deck.charts.bars import Bar, bars
from valuemix.export.deck.charts.frame import Inside
from valuemix.export.deck.charts.key import Named, add_key, key_height
from valuemix.export.deck.charts.markup import Format, Label, Word, label_of
from valuemix.export.deck.charts.rows import Rows, rows_of
from valuemix.export.deck.colors import GROUND, INK, MUTED, discipline
from valuemix.export.deck.text import points_of

__all__ = ["draw_central_weights"]

TODAY = "Today's weights"
RIGHT = 190
"""Points for what stands beside the bars."""


def draw_central_weights(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Stacked bars of weights, drawn from the exhibit's table alone."""
    table = exhibit.table
    disciplines = list(dict.fromkeys(table["discipline"]))
    mixes = table["central_weight_share"].to_numpy(dtype=float).reshape(-1, len(disciplines))
    today = table["today_weight_share"].to_numpy(dtype=float)[: len(disciplines)]
    shares = np.vstack([today, mixes])
    named = [Named(name) for name in disciplines]
    top = key_height(named, box.width_points)
    rows = rows_of([TODAY, *dict.fromkeys(table["proposition"])], box.height_points - top)
    inside = Inside(rows.width + 12, top, 2, box.height_points - top - rows.pitch * len(shares))
    unit = inside.width(box) - RIGHT
    add_key(slide, box, named, inside, (today * unit).tolist())
    series = [
        Bar(name, shares[:, d].tolist(), [discipline(d)], _labels(shares, d, unit, rows))
        for d, name in enumerate(disciplines)
    ]
    facts = table.iloc[:: len(disciplines)]
    series.append(Bar("Sum", shares.sum(axis=1).tolist(), [None], _facts(facts, rows)))
    bars(
        slide, box, exhibit, rows.names, series, (0.0, inside.width(box) / unit), inside,
        form=Format(0, percent=True), size=rows.size, gap=50 if rows.pitch > 24 else 28,
    )  # fmt: skip


def _labels(shares: NDArray[np.float64], d: int, unit: float, rows: Rows) -> list[Label | None]:
    """Weights in whole percent that sum to 100, where there is room."""
    size = rows.size - 1
    texts = [percents(mix.tolist())[d] for mix in shares]
    fits = [points_of(t, size, bold=True) + 2 <= s * unit for t, s in zip(texts, shares[:, d], strict=True)]
    return [
        label_of(t if on else "", size, "ctr", GROUND, bold=True) for t, on in zip(texts, fits, strict=True)
    ]


def _facts(facts: pd.DataFrame, rows: Rows) -> list[Label | None]:
    """Beside the bars: how often first, and the confidence factor where it is not 100 % everywhere."""
    sure = bool((facts["confidence"] == 1).all())
    found: list[Label | None] = [None]
    for first, confidence in zip(facts["first_share"], facts["confidence"], strict=True):
        words = [
            Word("first in\u00a0", rows.size - 1, MUTED),
            Word(share_text(first) or "0\u00a0%", rows.size, INK, bold=True),
        ]
        if not sure:
            sureness = share_text(confidence) or "0\u00a0%"
            words.append(Word(f",\u00a0confidence\u00a0{sureness}", rows.size - 1, MUTED))
        found.append(Label((tuple(words),), "inBase"))
    return found
