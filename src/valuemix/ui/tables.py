"""Small read-only tables on pages."""

from __future__ import annotations

import numpy as np
import streamlit as st

from valuemix.analysis.scoring import Evaluation
from valuemix.exhibits import theme
from valuemix.ui.text import literal

__all__ = ["values_grid"]


def values_grid(result: Evaluation) -> None:
    """Values of every proposition in every segment, each segment's leader marked."""
    scenario = result.scenario
    columns: dict[str, list[str]] = {
        "Proposition": [literal(scenario.proposition_names[p]) for p in _order(result)]
    }
    for segment in (*scenario.segment_names, None):
        ranks, values, partial = (
            result.ranks_in(segment),
            result.values_in(segment),
            result.partial_in(segment),
        )
        columns[literal(segment or "Overall")] = [
            _cell(values[p], leads=ranks[p] == 1, partial=bool(partial[p])) for p in _order(result)
        ]
    st.table(
        columns,
        border="horizontal",
        hide_index=True,
        alt="Values by proposition and segment; leaders are marked",
    )


def _order(result: Evaluation) -> list[int]:
    ranks = result.overall_ranks
    return sorted(range(len(ranks)), key=lambda p: (ranks[p] or len(ranks) + 1, p))


def _cell(value: float, *, leads: bool, partial: bool) -> str:
    if np.isnan(value):
        return "–"
    text = theme.value(value) + ("\\*" if partial else "")
    return f":green-background[**{text}**]" if leads else text
