"""Numbers that an exhibit prints: in its figure, and on its native slide."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from deck_charts import BODY
from pptx import Presentation

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import number, share
from valuemix.export.pptx.registry import forms_of

__all__ = ["in_figure", "on_slides"]

_NUMBER = re.compile(r"[<>+−]?\d[\d,]*(?:\.\d+)?")
_TITLE_SIZES = (28, 25, 22, 19, 17)
"""Of the title inside a figure of the deck's skin."""


def in_figure(exhibit: Exhibit) -> set[str]:
    """Numbers of the figure without its title, source and axes of percents."""
    figure = exhibit.figure.to_plotly_json()
    layout = figure["layout"]
    notes = [each for each in layout.get("annotations", ()) if not _is_frame(each)]
    axes = {name: axis for name, axis in layout.items() if "axis" in name}
    return _numbers([*_texts(figure["data"]), *_texts(notes), *(t for a in axes.values() for t in _ticks(a))])


def on_slides(exhibit: Exhibit) -> set[str]:
    """Numbers of the bodies of its slides without axes."""
    texts: list[str] = []
    for form in forms_of(exhibit, BODY, 1.08):
        presentation = Presentation()
        slide = presentation.slides.add_slide(presentation.slide_layouts[6])
        form(slide, exhibit, BODY)
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
            if shape.has_chart:
                texts += _of_chart(shape.chart._chartSpace)
    return _numbers(texts)


def _numbers(texts: list[str]) -> set[str]:
    plain = (html.unescape(re.sub(r"<[^<>]*>", " ", text)).replace("\u00a0", " ") for text in texts)
    return {found.strip() for text in plain for found in _NUMBER.findall(text)}


def _is_frame(note: dict[str, Any]) -> bool:
    top = note.get("xref") == "paper" and note.get("yanchor") == "top"
    title = top and note.get("font", {}).get("size") in _TITLE_SIZES
    return title or str(note.get("text", "")).startswith("Source")


def _texts(found: Any, key: str = "") -> Iterator[str]:
    if isinstance(found, dict):
        for name, each in found.items():
            yield from _texts(each, name)
    elif isinstance(found, list | tuple) or type(found).__name__ == "ndarray":
        for each in found:
            yield from _texts(each, key)
    elif isinstance(found, str) and key == "text":
        yield found


def _ticks(axis: dict[str, Any]) -> list[str]:
    """Words at an axis; those of an axis of percents are left out."""
    texts = [str(text) for text in axis.get("ticktext") or ()]
    return [] if texts and all(re.fullmatch(r"\d+\u00a0%", text) for text in texts) else texts


def _of_chart(space: Any) -> Iterator[str]:
    for series in space.xpath(".//c:ser"):
        values = {
            int(p.get("idx")): float(p.xpath("c:v")[0].text) for p in series.xpath("c:val//c:pt|c:yVal//c:pt")
        }
        own = {int(label.xpath("c:idx/@val")[0]): label for label in series.xpath(".//c:dLbl")}
        for label in own.values():
            yield "".join(f"{text.text or ''}" for text in label.xpath(".//a:t"))
        for code in series.xpath("c:dLbls/c:numFmt/@formatCode"):
            decimals = code.split(";")[0].partition(".")[2].count("0")
            for place, value in values.items():
                label = own.get(place)
                if label is None or not (label.xpath("c:delete") or label.xpath(".//a:t")):
                    yield share(value, decimals) if "%" in code else number(value, decimals)
    yield from (text.text or "" for text in space.xpath(".//c:cat//c:v"))
