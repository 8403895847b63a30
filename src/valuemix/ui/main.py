"""The interface: pages and their order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

# Imported before the first session is served: ten sessions that import pandas at the same
# moment on a cold server find it half made.
import openpyxl  # noqa: F401
import pandas as pd  # noqa: F401
import plotly.graph_objects as go  # noqa: F401
import streamlit as st

from valuemix.ui.pages import (
    balance,
    compare,
    customers,
    data,
    decide,
    evidence,
    export,
    present,
    robustness,
    scenarios,
    tradeoffs,
)
from valuemix.ui.session.tab import session
from valuemix.ui.widgets.page_style import page_style
from valuemix.ui.widgets.presentation import PRESENT

__all__ = ["main"]

ICON = str(Path(__file__).with_name("static") / "icon.png")
"""A local file: a Material icon would be fetched from outside."""

GROUPS: Mapping[str, tuple[tuple[ModuleType, str, str, str], ...]] = {
    "Weigh": (
        (balance, "Balance", "balance", "Tune the weights of each segment and see who leads, by how much and why."),
        (
            tradeoffs, "Trade-offs", "trending_up",
            "How far each weight can move before the leader changes, and what would change it.",
        ),
        (
            robustness, "Robustness", "query_stats",
            "How sure the ranking is under what is not known of weights, scores and sizes.",
        ),
    ),
    "Listen": (
        (
            customers, "Customer view", "diversity_3",
            "What is promised, believed and felt; where value leaks, what it costs customers, who serves whom.",
        ),
        (
            evidence, "Evidence", "record_voice_over",
            "What respondents said: who leads among them, how sure that is, and how many would choose otherwise.",
        ),
    ),
    "Decide": (
        (
            compare, "Compare", "compare_arrows",
            "Saved scenarios side by side: ranks, values, why one moved, regret, and the way between two.",
        ),
        (
            decide, "Decide", "gavel",
            "What is chosen, for whom, what that gives up and what would reverse it; decisions on record.",
        ),
        (
            export, "Export", "slideshow",
            "Order the slides that were collected, see them, and make the deck, workbook, report or pictures.",
        ),
    ),
    "Case": (
        (data, "Data", "table_chart", "Edit every table, import a workbook or csv files, download the template."),
        (
            scenarios, "Scenarios", "folder_open",
            "Every saved scenario: who leads, who saved it and when, its history, the trash.",
        ),
    ),
}  # fmt: skip
"""Module, title, icon and help of each page, by what they are for, in the order of the work."""


def main() -> None:
    """Draw the page that the browser asks for."""
    st.set_page_config(
        page_title="valuemix", page_icon=ICON, layout="wide", initial_sidebar_state="collapsed"
    )
    pages = [
        st.Page(
            module.page,
            title=page_title,
            icon=f":material/{icon}:",
            url_path=page_title.lower().replace(" ", "-"),
            default=module is balance,
            help=page_help,
        )
        for group in GROUPS.values()
        for module, page_title, icon, page_help in group
    ]
    # Sections of st.navigation would be menus up here, a click further away, or a column beside the page.
    presenting = st.Page(present.page, title="Present", url_path=PRESENT, visibility="hidden")
    chosen, view = st.navigation([*pages, presenting], position="top"), session().view
    page_style({name: len(group) for name, group in GROUPS.items()})
    if view.next_page:
        wanted, view.next_page = view.next_page, ""
        st.switch_page(next(page for page in pages if page.url_path == wanted))
    chosen.run()
