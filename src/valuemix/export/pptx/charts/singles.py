"""Sorted single bars, one highlighted, with words behind their figures: preference shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.slide import Slide

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.figures.customers.preference_share import first_choices, shown_shares
from valuemix.export.pptx.charts.bars import Bar, bars
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.charts.markup import Format, Label, Word
from valuemix.export.pptx.charts.rows import rows_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.colors import CONTEXT, HIGHLIGHT, INK, MUTED
from valuemix.export.pptx.page.text import cut_to, points_of

__all__ = ["Single", "draw_preference_share", "singles"]

NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Single:
    """One bar: its name, its length, whether it is the one, and what is said behind its figure."""

    name: str
    value: float
    lit: bool
    words: str = ""


def draw_preference_share(slide: Slide, exhibit: Exhibit, box: Box) -> None:
    """Preference shares, drawn from the exhibit's table alone."""
    table = exhibit.table
    shares = shown_shares(table, exhibit.decimals)
    rows = zip(table.to_dict("records"), shares, first_choices(table), strict=True)
    found = [
        Single(row["proposition"], part, _is(row["share_rank"], 1), _choice(row, first))
        for row, part, first in rows
    ]
    singles(slide, exhibit, box, "Preference share", found, Format(exhibit.decimals, percent=True))


def _is(rank: Any, wanted: int) -> bool:
    return str(rank) == str(wanted)


def _choice(row: dict[Any, Any], first: str) -> str:
    """First choice and rank by value; marked where shares say otherwise."""
    rank = str(row["rank"])
    other = " ≠" if row["disagrees"] else ""
    return f"first choice {first}, value rank {'–' if rank == '<NA>' else rank}{other}"


def singles(
    slide: Slide, exhibit: Exhibit, box: Box, title: str, found: Sequence[Single], form: Format
) -> None:
    """Add a chart of single bars in the order given.

    Parameters
    ----------
    slide, exhibit, box
        Where, and of what.
    title : str
        What the bars are, in the workbook.
    found : sequence of Single
        The bars; one without a value is NaN.
    form : Format
        How figures are printed.
    """
    rows = rows_of([single.name for single in found], box.height_points)
    inside = Inside(rows.width + 12, 0, 2, box.height_points - rows.pitch * len(found))
    width, small = inside.width(box), rows.size - 2
    texts = [_figure(single, form) for single in found]
    figures = max(points_of(text, rows.size + 1, bold=True) for text in texts) + 12
    behind = min(max(points_of(single.words, small) for single in found), 0.64 * width)
    unit = (width - figures - behind) / (max([s.value for s in found if s.value > 0], default=1.0))
    values = [single.value for single in found]
    labels = [
        _label(text, cut_to(single.words, behind + 2, small, 1), rows.size, bold=single.lit)
        for text, single in zip(texts, found, strict=True)
    ]
    # A bar without a value has no end to stand at: its label stands at 0.
    ends = [0.0 if math.isnan(value) else value for value in values]
    series = [
        Bar(title, values, [HIGHLIGHT if single.lit else CONTEXT for single in found]),
        Bar("Label", [max(end, 1 / unit) for end in ends], [None], labels),
    ]
    gap = 50 if rows.pitch > 24 else 28
    bars(
        slide,
        box,
        exhibit,
        rows.names,
        series,
        (0.0, width / unit),
        inside,
        form=form,
        size=rows.size,
        gap=gap,
    )


def _figure(single: Single, form: Format) -> str:
    return "no value" if math.isnan(single.value) else form.text(single.value)


def _label(text: str, words: str, size: float, *, bold: bool) -> Label:
    found = [Word(text, size + 1, INK, bold=bold)]
    if words:
        found.append(Word(NO_BREAK * 3 + words, size - 2, MUTED))
    return Label((tuple(found),), "inBase")
