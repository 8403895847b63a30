"""The table behind a chart of the report."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import number
from valuemix.screen.html.markup import Markup, element

__all__ = ["numbers"]


def numbers(exhibit: Exhibit) -> Markup:
    """The table behind a chart, rounded for reading, with every digit at a tick."""
    table = exhibit.table
    columns = [table[name].tolist() for name in table.columns]
    decimals = exhibit.decimals + 3
    numeric = [pd.api.types.is_float_dtype(kind) for kind in table.dtypes]
    heads = [
        element(
            "th", name.replace("_", " ").capitalize(), scope="col", class_="number" if is_number else False
        )
        for name, is_number in zip(table.columns, numeric, strict=True)
    ]
    rows = [
        element("tr", *(_cell(value, decimals, head=place == 0) for place, value in enumerate(row)))
        for row in zip(*columns, strict=True)
    ]
    caption = element("caption", f"Numbers behind: {exhibit.finding}")
    switch = element("label", element("input", type="checkbox"), " Every digit", class_="precision")
    inside = element("table", caption, element("thead", element("tr", *heads)), element("tbody", *rows))
    return element("details", element("summary", "Numbers"), switch, element("div", inside, class_="scroll"))


def _cell(value: Any, decimals: int, *, head: bool) -> Markup:
    if isinstance(value, float) and math.isfinite(value):
        return element("td", element("data", number(value, decimals), value=repr(value)), class_="number")
    text = _text(value)
    return element("th", text, scope="row") if head else element("td", text)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return "–" if pd.isna(value) else str(value)
