"""Small read-only tables on pages."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from valuemix.analysis.value.scoring import OVERALL, Evaluation
from valuemix.charts.table import Table
from valuemix.exhibits.words.formats import lead_printed, number
from valuemix.exhibits.words.wording import views
from valuemix.model.difference import Difference
from valuemix.screen.html.markup import Markup, element
from valuemix.screen.html.table import table_css, table_html
from valuemix.ui.literal_text import literal
from valuemix.ui.look import page_ground

__all__ = ["differences", "html_table", "values_grid"]

MOST_DIFFERENCES = 12


def differences(found: Sequence[Difference]) -> None:
    """The first dozen differences, one a line; the rest are counted."""
    lines = [f"- {literal(str(each))}" for each in found[:MOST_DIFFERENCES]]
    more = len(found) - MOST_DIFFERENCES
    if more > 0:
        lines.append(f"- and {more} more")
    st.markdown("\n".join(lines or ["Nothing differs."]))


def values_grid(result: Evaluation, decimals: int) -> None:
    """Values of every proposition in every segment, each segment's leader marked, and its lead below.

    Parameters
    ----------
    result : Evaluation
        What to show; propositions in the order of their overall rank.
    decimals : int
        Of every figure.
    """
    scenario = result.scenario
    order = _order(result)
    names = [literal(scenario.proposition_names[p]) for p in order]
    # Propositions are the index and not a column, so that a segment may bear any name.
    columns = {}
    for segment in views(scenario):
        columns[literal(segment or OVERALL)] = [
            *_column(result, segment, order, decimals),
            _lead(result, segment),
        ]
    st.table(
        pd.DataFrame(columns, index=pd.Index([*names, "*Lead*"], name="Proposition")),
        border="horizontal",
        alt="Value of every proposition in every segment and overall; each leader is marked, its lead stands last",
    )


def _order(result: Evaluation) -> list[int]:
    ranks = result.overall_ranks
    return sorted(range(len(ranks)), key=lambda p: (ranks[p] == 0, ranks[p], p))


def _column(result: Evaluation, segment: str | None, order: list[int], decimals: int) -> list[str]:
    values, ranks, partial = result.values_in(segment), result.ranks_in(segment), result.partial_in(segment)
    cells = []
    for p in order:
        text = number(float(values[p]), decimals) + ("\\*" if partial[p] else "")
        cells.append(f":primary-background[**{text}**]" if ranks[p] == 1 else text)
    return cells


def _lead(result: Evaluation, segment: str | None) -> str:
    standing, values = result.standing(segment), result.values_in(segment)
    if len(standing.leaders) > 1:
        return "*tie*"
    if standing.runner_up is None:
        return "–"
    shown = lead_printed(
        float(values[standing.leaders[0]]), float(values[standing.runner_up]), result.scenario, "<"
    )
    return f"*{literal(shown)}*"


def html_table(table: Table, caption: str) -> None:
    """Table as HTML, which can be selected and read aloud."""
    style = element("style", Markup(table_css()))
    st.html(element("div", style, table_html(table, caption), style=page_ground()))
