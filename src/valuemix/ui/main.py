"""The interface: pages and their order."""

from __future__ import annotations

# Imported before the first session is served: ten sessions that import pandas at the same
# moment on a cold server find it half made.
import openpyxl  # noqa: F401
import pandas as pd  # noqa: F401
import plotly.graph_objects as go  # noqa: F401
import streamlit as st

from valuemix.ui import icon
from valuemix.ui.pages import balance, compare, customers, data, export, robustness, scenarios, tradeoffs

__all__ = ["main"]


def main() -> None:
    """Draw the page that the browser asks for."""
    st.set_page_config(
        page_title="valuemix", page_icon=icon.PATH, layout="wide", initial_sidebar_state="collapsed"
    )
    pages = [
        st.Page(
            balance.page,
            title="Balance",
            icon=":material/balance:",
            url_path="balance",
            default=True,
            help="Tune the weights of each segment and see who leads, by how much and why.",
        ),
        st.Page(
            tradeoffs.page,
            title="Trade-offs",
            icon=":material/trending_up:",
            url_path="trade-offs",
            help="How far each weight can move before the leader changes, and what would change it.",
        ),
        st.Page(
            robustness.page,
            title="Robustness",
            icon=":material/query_stats:",
            url_path="robustness",
            help="How sure the ranking is under what is not known of weights, scores and sizes.",
        ),
        st.Page(
            compare.page,
            title="Compare",
            icon=":material/compare_arrows:",
            url_path="compare",
            help="Saved scenarios side by side: ranks, values, why one moved, regret, and the way between two.",
        ),
        st.Page(
            customers.page,
            title="Customer view",
            icon=":material/diversity_3:",
            url_path="customer-view",
            help="What is promised, believed and felt; where value leaks, what it costs customers, who serves whom.",
        ),
        st.Page(
            scenarios.page,
            title="Scenarios",
            icon=":material/folder_open:",
            url_path="scenarios",
            help="Every saved scenario: who leads, who saved it and when, its history, the trash.",
        ),
        st.Page(
            data.page,
            title="Data",
            icon=":material/table_chart:",
            url_path="data",
            help="Edit every table, import a workbook or csv files, download the template.",
        ),
        st.Page(
            export.page,
            title="Export",
            icon=":material/slideshow:",
            url_path="export",
            help="Order the slides that were collected, see them, and make the deck, workbook, report or pictures.",
        ),
    ]
    st.navigation(pages, position="top").run()
