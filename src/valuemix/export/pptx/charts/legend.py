"""Names of stacked parts: over the parts of the first bar where they fit, else in lines above the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide

from valuemix.exhibits.words.lettering import wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.export.pptx.charts.frame import Inside
from valuemix.export.pptx.page.box import EMU_PER_POINT, Box
from valuemix.export.pptx.page.colors import MUTED, Paint, discipline
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import BROAD, add_text, clean, points_of, write

__all__ = ["Named", "add_key", "key_height"]

SIZE = 12
LINE = 15.5
"""Points from one line to the next."""

APART = 12
"""Points between two names at least."""

FAR = 36
"""Points that a name may stand off the middle of its part."""


@dataclass(frozen=True)
class Named:
    """A part with what stands below its name, such as its weight."""

    name: str
    below: str = ""


def key_height(parts: Sequence[Named], width: float) -> float:
    """Points that the names take above a chart of a width in points.

    Examples
    --------
    >>> key_height([], 800), key_height([Named("Innovation", "weight 34 %")] * 4, 800)
    (0.0, 46.5)
    """
    if not parts:
        return 0.0
    return max(2, len(_lines(parts, width))) * LINE + LINE


def add_key(slide: Slide, box: Box, parts: Sequence[Named], inside: Inside, widths: Sequence[float]) -> None:
    """Put the names above a chart.

    Parameters
    ----------
    slide : Slide
    box : Box
        Of the chart.
    parts : sequence of Named
        In the order of their colours.
    inside : Inside
        Margins of the plot.
    widths : sequence of float
        Of the parts of the first bar in points; empty where names cannot stand over it.
    """
    if not parts:
        return
    names = [clean(part.name) for part in parts]
    for broken in ([[name] for name in names], [wrapped(name, 8.5, 2) for name in names]):
        places, halves = _over_bars(parts, broken, widths, inside.width(box))
        if places:
            _heads(slide, box, parts, broken, places, halves, inside)
            return
    _plain(slide, box, parts)


def _over_bars(
    parts: Sequence[Named], broken: Sequence[Sequence[str]], widths: Sequence[float], width: float
) -> tuple[list[float], list[float]]:
    """Centres of the names over their parts of the bar, and half their widths; no centres where they do not fit."""
    lines = [[*each, *filter(None, [part.below])] for each, part in zip(broken, parts, strict=True)]
    halves = [max(points_of(line, SIZE, bold=True) for line in each) / 2 for each in lines]
    centres = [end - part / 2 for end, part in zip(accumulate(widths), widths, strict=True)]
    fits = centres and max(map(len, lines)) <= 3
    return (_apart(centres, halves, width) if fits else []), halves


def _apart(centres: Sequence[float], halves: Sequence[float], width: float) -> list[float]:
    """Centres pushed right until nothing overlaps; empty where one must go too far."""
    places: list[float] = []
    edge = -float(APART)
    for centre, half in zip(centres, halves, strict=True):
        places.append(max(centre, edge + APART + half))
        edge = places[-1] + half
    near = all(abs(a - b) <= FAR for a, b in zip(places, centres, strict=True))
    return places if near and edge <= width else []


def _heads(
    slide: Slide,
    box: Box,
    parts: Sequence[Named],
    broken: Sequence[Sequence[str]],
    places: Sequence[float],
    halves: Sequence[float],
    inside: Inside,
) -> None:
    bottom = box.top + round((inside.top - 4) * EMU_PER_POINT)
    broader = _broader(slide)
    for place, (part, lines, x, half) in enumerate(zip(parts, broken, places, halves, strict=True)):
        # In a broad font a name may take a line more, but no word is broken.
        word = max(points_of(word, SIZE, bold=True) for word in " ".join(lines).split())
        room = max(half, word / 2 * broader) + 4
        left = box.left + round((inside.left + x - room) * EMU_PER_POINT)
        own = Box(left, box.top, round(2 * room * EMU_PER_POINT), bottom - box.top)
        shape = add_text(
            slide, own, " ".join(lines), SIZE, paint=_twin(place), bold=True, align=PP_ALIGN.CENTER,
            anchor=MSO_ANCHOR.BOTTOM, name=f"Key {place + 1}",
        )  # fmt: skip
        if part.below:
            paragraph = shape.text_frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.CENTER
            write(paragraph, part.below, SIZE, paint=_twin(place))


def _broader(slide: Slide) -> float:
    """How much broader the font of a slide is than measured."""
    return breadth(slide.slide_layout) / BROAD


def _twin(place: int) -> Paint:
    """Colour of a discipline, darker where it is text."""
    own = discipline(place)
    return Paint(own.theme, own.brightness or -0.2)


def _lines(parts: Sequence[Named], width: float) -> list[list[int]]:
    """Places of the parts in each line of the key."""
    lines: list[list[int]] = [[]]
    used = 0.0
    for place, text in enumerate(_texts(parts, width)):
        own = points_of(f"■ {text}", SIZE) + 2 * APART
        if lines[-1] and used + own > width:
            lines.append([])
            used = 0.0
        lines[-1].append(place)
        used += own
    return lines


def _texts(parts: Sequence[Named], width: float) -> list[str]:
    most = min(22.0, (width - 120) / SIZE / BROAD)
    names = short_names([clean(part.name) for part in parts], most)
    return [f"{name} {part.below}".rstrip() for name, part in zip(names, parts, strict=True)]


def _plain(slide: Slide, box: Box, parts: Sequence[Named]) -> None:
    """Squares of the colours with the names beside them, in lines."""
    width = box.width_points / _broader(slide)
    texts, lines = _texts(parts, width), _lines(parts, width)
    own = Box(box.left, box.top, box.width, round(len(lines) * LINE * EMU_PER_POINT))
    frame = add_text(slide, own, "", SIZE, name="Key").text_frame
    for number, places in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        for place in places:
            write(paragraph, "■", SIZE + 1, paint=discipline(place))
            write(paragraph, "\u00a0" + texts[place] + "\u00a0" * 6, SIZE, paint=MUTED)
