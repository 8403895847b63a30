"""A table on a page: every text of the chart once, escaped, with heads that a screen reader tells."""

from __future__ import annotations

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from valuemix.charts.roles import depth
from valuemix.charts.table import Cell, Column, Table, named, shaded
from valuemix.screen.html.table import table_css, table_html
from valuemix.screen.skins import SKINS

texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=30)


@given(st.lists(texts, min_size=1, max_size=4), texts, texts)
def test_any_text_is_shown_literally_at_its_place(names: list[str], heading: str, caption: str) -> None:
    table = Table((named(heading, names), Column(heading, [Cell(name) for name in names], "right")))
    found = lxml.html.fragment_fromstring(table_html(table, caption))
    assert found.findtext(".//caption", "") == caption
    assert [th.text_content() for th in found.findall(".//thead//th")] == [heading] * 2
    assert [th.text_content() for th in found.findall(".//tbody//th")] == names
    assert [td.text_content() for td in found.findall(".//td")] == names


def test_heads_have_their_scope_and_the_total_its_place() -> None:
    cells = [shaded("5.5", 1.0, strong=True)]
    table = Table((named("Proposition", ["A"]), Column("Overall", cells, "center", note="100 %", total=True)))
    found = lxml.html.fragment_fromstring(table_html(table, "Values"))
    assert [(th.get("scope"), th.text_content()) for th in found.iter("th")] == [
        ("col", "Proposition"), ("col", "Overall100 %"), ("row", "A"),
    ]  # fmt: skip
    (cell,) = found.iter("td")
    assert {"center", "total", "bold", "marked"} == set(cell.get("class").split())
    for skin in ("light", "dark"):
        assert SKINS[skin].ground_of(depth(1.0)) in cell.get("style")
        assert SKINS[skin].ink in table_css()
