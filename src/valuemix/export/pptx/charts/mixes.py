"""Bars of 100 % in the colours of the disciplines: central weights, focus."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.robustness.assumptions import share_text
from valuemix.exhibits.words.formats import number, percents
from valuemix.export.pptx.charts.bars import Bar, bars
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.legend import Named, add_key, key_height
from valuemix.export.pptx.charts.markup import Format, Label, Word, label_of
from valuemix.export.pptx.charts.rows import Rows, rows_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import GROUND, INK, MUTED, discipline
from valuemix.export.pptx.page.text import points_of

__all__ = ["draw_central_weights", "draw_focus", "mixes"]

FloatArray = NDArray[np.float64]
Fact = tuple[tuple[str, bool], ...]
"""Words beside a bar, and which of them are bold."""

TODAY = "Today's weights"


def draw_central_weights(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Favourable mixes below today's, drawn from the exhibit's table alone."""
    table = exhibit.table
    disciplines = list(dict.fromkeys(table["discipline"]))
    central = table["central_weight_share"].to_numpy(dtype=float).reshape(-1, len(disciplines))
    today = table["today_weight_share"].to_numpy(dtype=float)[: len(disciplines)]
    facts = table.iloc[:: len(disciplines)]
    names = [TODAY, *dict.fromkeys(table["proposition"])]
    mixes(slide, exhibit, box, names, disciplines, np.vstack([today, central]), [(), *_firsts(facts)])


def _firsts(facts: pd.DataFrame) -> list[Fact]:
    """How often first, and the confidence factor where it is not 100 % everywhere."""
    sure = bool((facts["confidence"] == 1).all())
    found: list[Fact] = []
    for first, confidence in zip(facts["first_share"], facts["confidence"], strict=True):
        words: Fact = (("first in ", False), (share_text(first) or "0\u00a0%", True))
        if not sure:
            words += ((", confidence ", False), (share_text(confidence) or "0\u00a0%", True))
        found.append(words)
    return found


def draw_focus(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Profiles with their effective numbers, drawn from the exhibit's table alone."""
    table = exhibit.table
    disciplines = list(dict.fromkeys(table["discipline"]))
    first = table.iloc[:: len(disciplines)]
    shares = table["share"].to_numpy(dtype=float).reshape(len(first), -1)
    facts: list[Fact] = [
        (("as if on ", False), (number(value, exhibit.decimals), True)) for value in first["effective_number"]
    ]
    mixes(slide, exhibit, box, first["name"].tolist(), disciplines, shares, facts)


def mixes(
    slide: Slide,
    exhibit: Exhibit,
    box: Box,
    names: list[str],
    disciplines: list[str],
    shares: FloatArray,
    facts: list[Fact],
) -> None:
    """Add a chart of bars of 100 %.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    names, disciplines : list of str
        Of the bars, and of their parts.
    shares : array of shape (len(names), len(disciplines))
        NaN where there is none.
    facts : list
        What stands beside each bar.
    """
    named = [Named(name) for name in disciplines]
    top = key_height(named, box.width_points)
    rows = rows_of(names, box.height_points - top)
    inside = Inside(rows.width + 12, top, 2, box.height_points - top - rows.pitch * len(shares))
    words = [_words(fact, rows.size) for fact in facts]
    right = max(sum(points_of(w.text, w.size, bold=w.bold) for w in own) for own in words) + 8
    unit = inside.width(box) - right
    known = np.nan_to_num(shares)
    add_key(slide, box, named, inside, (known[0] * unit).tolist())
    series = [
        Bar(name, shares[:, d].tolist(), [discipline(d)], _labels(known, d, unit, rows))
        for d, name in enumerate(disciplines)
    ]
    beside = [Label((tuple(own),), "inBase") if own else None for own in words]
    series.append(Bar("Sum", [float(total) or 0.01 for total in known.sum(axis=1)], [None], beside))
    bars(
        slide, box, exhibit, rows.names, series, (0.0, inside.width(box) / unit), inside,
        form=Format(0, percent=True), size=rows.size, gap=50 if rows.pitch > 24 else 28,
    )  # fmt: skip


def _labels(shares: FloatArray, d: int, unit: float, rows: Rows) -> list[Label | None]:
    """Shares in whole percent that sum to 100, where there is room."""
    size, found = rows.size - 1, []
    for mix in shares:
        text = percents(mix.tolist())[d] if mix.any() else ""
        fits = points_of(text, size, bold=True) + 2 <= mix[d] * unit
        found.append(label_of(text if fits else "", size, "ctr", GROUND, bold=True))
    return found


def _words(fact: Fact, size: float) -> list[Word]:
    """Words with blanks that renderers keep."""
    return [
        Word(text.replace(" ", "\u00a0"), size if bold else size - 1, INK if bold else MUTED, bold=bold)
        for text, bold in fact
    ]
