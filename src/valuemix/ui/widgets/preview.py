"""A slide on the screen: the deck's own page, as wide as there is room, its texts as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from valuemix.export.pptx.preview import HEIGHT, WIDTH, PreviewedSlide
from valuemix.screen.frame import unframed
from valuemix.screen.html.markup import Markup, element

__all__ = ["page_frame", "slide_frame"]


def slide_frame(shown: PreviewedSlide, key: str, config: dict[str, Any]) -> None:
    """One slide, as large or small as the column is wide; a chart on it answers to the pointer."""
    with page_frame(key, shown.box):
        st.html(element("div", shown.html))
        if shown.chart is None:
            st.empty()  # takes the place of a figure that stood there before
        else:
            figure, alt = unframed(shown.chart, *shown.box[2:]), shown.chart.alt
            st.plotly_chart(figure, key=f"{key}-figure", theme=None, config=config, alt=alt)


@contextmanager
def page_frame(key: str, box: tuple[float, float, float, float] = (0, 0, WIDTH, HEIGHT)) -> Iterator[None]:
    """A page of 1280 x 720 pixels, scaled to its column, with a box for a figure on it."""
    left, top, width, height = box
    # The tangent of an angle is the one way to a ratio of lengths that all browsers know. Streamlit
    # measures what is around a figure, so that only the figure itself is made smaller.
    rules = {
        "": f"container-type:inline-size;aspect-ratio:{WIDTH}/{HEIGHT};position:relative;display:block;"
        "overflow:hidden;outline:1px solid #8888",
        ">*": "position:absolute;inset:0",
        ">:has(.js-plotly-plot)": f"left:{100 * left / WIDTH}%;top:{100 * top / HEIGHT}%;"
        f"width:{width}px;height:{height}px;max-width:none",
        " :is(.stHtml>*,.js-plotly-plot)": "transform-origin:0 0;"
        f"transform:scale(tan(atan2(100cqw,{WIDTH}px)))",
    }
    css = "".join(f".st-key-{key}{part}{{{rule}}}" for part, rule in rules.items())
    with st.container(key=key):
        st.html(element("style", Markup(css)))
        yield
