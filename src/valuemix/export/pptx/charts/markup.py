"""Pieces of chart markup: colours of the theme, lines, fonts, labels and references to cells."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from valuemix.exhibits.words.formats import number, rounded, share
from valuemix.export.pptx.charts.chart_data import SHEET
from valuemix.export.pptx.page.colors import GROUND, INK, Paint
from valuemix.export.pptx.page.text import clean

__all__ = [
    "Format",
    "Label",
    "Stroke",
    "Word",
    "attribute",
    "fill",
    "font",
    "label_of",
    "labels",
    "line",
    "name_of",
    "numbers",
    "paragraph",
    "strings",
]


@dataclass(frozen=True)
class Format:
    """How numbers are printed: with decimals, or as a percentage.

    Examples
    --------
    >>> Format(1).code, Format(0, percent=True).text(0.161)
    ('#,##0.0;"−"#,##0.0', '16\\xa0%')
    """

    decimals: int
    percent: bool = False

    @property
    def code(self) -> str:
        """Number format of Office, with a true minus sign."""
        digits = "0" + "." * (self.decimals > 0) + "0" * self.decimals
        one = f'{digits}"\u00a0"%' if self.percent else f"#,##{digits}"
        return f'{one};"−"{one}'

    def text(self, value: float) -> str:
        """The number as the exhibit prints it."""
        return share(value, self.decimals) if self.percent else number(value, self.decimals)

    def prints(self, value: float, text: str) -> bool:
        """Whether the number format makes this text of the value: not of what rounds to minus zero."""
        if math.isnan(value):
            return False
        scaled = 100 * value if self.percent else value
        return text == self.text(value) and (value >= 0 or rounded(scaled, self.decimals) != 0)


@dataclass(frozen=True)
class Word:
    """Text in one style; size in points."""

    text: str
    size: float
    paint: Paint = INK
    bold: bool = False


@dataclass(frozen=True)
class Label:
    """Label of a point: its lines, each of words, and where it stands.

    Attributes
    ----------
    lines : tuple of tuples of Word
    place : str
        In the terms of Office: "ctr", "l", "r", "t", "b", "inBase", "inEnd", "outEnd".
    boxed : bool
        Whether it stands on the ground of the slide, to be read upon any mark.
    """

    lines: tuple[tuple[Word, ...], ...]
    place: str
    boxed: bool = False


def label_of(
    text: str | Sequence[str], size: float, place: str, paint: Paint = INK, *, bold: bool = False
) -> Label | None:
    """Label in one style, of one line or several; None where there is no text."""
    texts = [text] if isinstance(text, str) else text
    found = tuple((Word(each, size, paint, bold),) for each in texts if each)
    return Label(found, place) if found else None


@dataclass(frozen=True)
class Stroke:
    """A line; width in points."""

    paint: Paint
    width: float
    dash: str = "solid"
    arrow: bool = False


# ---------------------------------------------------------------------- colours, lines, fonts


def _color(paint: Paint, *, fades: bool) -> str:
    """Colour of the theme; a lighter text colour fades into the ground instead, be that light or dark."""
    if fades and paint.theme == INK.theme and paint.brightness > 0:
        alpha = f'<a:alpha val="{round(100_000 * (1 - paint.brightness))}"/>'
        return f'<a:schemeClr val="{paint.theme.xml_value}">{alpha}</a:schemeClr>'
    return paint.xml()


def fill(paint: Paint | None, *, fades: bool = False) -> str:
    """Fill of a mark, or none.

    Examples
    --------
    >>> fill(None), fill(INK)
    ('<a:noFill/>', '<a:solidFill><a:schemeClr val="tx1"></a:schemeClr></a:solidFill>')
    """
    return "<a:noFill/>" if paint is None else f"<a:solidFill>{_color(paint, fades=fades)}</a:solidFill>"


def line(stroke: Stroke | None, *, fades: bool = True) -> str:
    """A line, or none."""
    if stroke is None:
        return "<a:ln><a:noFill/></a:ln>"
    end = '<a:tailEnd type="triangle" w="med" len="med"/>' if stroke.arrow else ""
    return (
        f'<a:ln w="{round(stroke.width * 12_700)}" cap="flat">{fill(stroke.paint, fades=fades)}'
        f'<a:prstDash val="{stroke.dash}"/><a:round/>{end}</a:ln>'
    )


LEAST = 900
"""Smallest font size on a slide, in hundredths of a point."""


def _style(tag: str, word: Word) -> str:
    bold = f' b="{int(word.bold)}"'
    language = ' lang="en-GB"' if tag == "a:rPr" else ""
    size = max(round(word.size * 100), LEAST)
    return f'<{tag}{language} sz="{size}"{bold}>{fill(word.paint)}</{tag}>'


def font(word: Word, *, wrap: bool = True) -> str:
    """Style of the texts of an axis, a legend or labels; the text of the word is not used."""
    body = '<a:bodyPr rot="0" vert="horz"/>' if wrap else '<a:bodyPr rot="0" wrap="none" anchor="ctr"/>'
    style = _style("a:defRPr", word)
    return (
        f'<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>{style}</a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


# ---------------------------------------------------------------------- labels

_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_PLAIN = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
_ALIGN = {"l": "r", "r": "l"}
"""Lines of a label at the left of its point end there, those at the right begin there."""


def labels(values: Sequence[float], found: Sequence[Label | None], form: Format | None = None) -> str:
    """Labels of a series; nothing where it has none.

    Where the number format alone gives a label's text it stays live: it follows the number when
    the chart is edited. Any other text is written out.

    Parameters
    ----------
    values : sequence of float
        Of the points.
    found : sequence of Label or None
        One a point.
    form : Format, optional
        How most of the labels print their values.
    """
    first = next((each for each in found if each is not None), None)
    if first is None:
        return ""
    live = form is not None
    points = "".join(
        _point(i, v, label, form) for i, (v, label) in enumerate(zip(values, found, strict=True))
    )
    numbers_ = f'<c:numFmt formatCode="{attribute(form.code)}" sourceLinked="0"/>' if form else ""
    style = font(first.lines[0][0], wrap=False)
    end = f'{style}<c:dLblPos val="{first.place}"/>{_SHOWN.format(value=int(live))}'
    return f"<c:dLbls>{points}{numbers_}{_PLAIN}{end}</c:dLbls>"


def _point(index: int, value: float, label: Label | None, form: Format | None) -> str:
    start = f'<c:dLbl><c:idx val="{index}"/>'
    if label is None:
        return f'{start}<c:delete val="1"/></c:dLbl>'
    word = label.lines[0][0]
    end = f'<c:dLblPos val="{label.place}"/>{_SHOWN.format(value=1)}</c:dLbl>'
    if form and len(label.lines) == len(label.lines[0]) == 1 and form.prints(value, word.text):
        code = f'<c:numFmt formatCode="{attribute(form.code)}" sourceLinked="0"/>'
        return f"{start}{code}{_PLAIN}{font(word, wrap=False)}{end}"
    paragraphs = "".join(paragraph(words, label.place) for words in label.lines)
    text = (
        f'<c:tx><c:rich><a:bodyPr rot="0" wrap="none" anchor="ctr"/><a:lstStyle/>{paragraphs}</c:rich></c:tx>'
    )
    ground = f"<c:spPr>{fill(GROUND)}<a:ln><a:noFill/></a:ln></c:spPr>" if label.boxed else _PLAIN
    return f"{start}{text}{ground}{end}"


def paragraph(words: Sequence[Word], place: str) -> str:
    """A line of words, aligned for a label that stands at this place of its point."""
    runs = "".join(f"<a:r>{_style('a:rPr', word)}<a:t>{_text(word.text)}</a:t></a:r>" for word in words)
    return f'<a:p><a:pPr algn="{_ALIGN.get(place, "ctr")}"/>{runs}</a:p>'


# ---------------------------------------------------------------------- references to cells


def _text(text: str) -> str:
    return escape(clean(text))


def attribute(text: str) -> str:
    """Text as the value of an attribute."""
    return escape(text, {'"': "&quot;"})


def _points(values: Sequence[str | None]) -> str:
    points = [f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values) if v is not None]
    return f'<c:ptCount val="{len(values)}"/>{"".join(points)}'


def numbers(values: Sequence[float], column: str, row: int, code: str = "General") -> str:
    """Reference to numbers below each other, with their values; those that are NaN are left out."""
    shown = [None if math.isnan(v) else repr(float(v)) for v in values]
    place = f"{SHEET}!${column}${row}:${column}${row + len(values) - 1}"
    format_ = f"<c:formatCode>{escape(code)}</c:formatCode>"
    return f"<c:numRef><c:f>{place}</c:f><c:numCache>{format_}{_points(shown)}</c:numCache></c:numRef>"


def strings(texts: Sequence[str], column: str, row: int) -> str:
    """Reference to texts below each other."""
    place = f"{SHEET}!${column}${row}" + (f":${column}${row + len(texts) - 1}" if len(texts) > 1 else "")
    cache = _points([_text(text) for text in texts])
    return f"<c:strRef><c:f>{place}</c:f><c:strCache>{cache}</c:strCache></c:strRef>"


def name_of(name: str, column: str, row: int) -> str:
    """Name of a series, in a cell."""
    return f"<c:tx>{strings([name], column, row)}</c:tx>"
