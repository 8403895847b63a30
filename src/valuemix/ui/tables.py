"""Small read-only tables on pages."""

from __future__ import annotations

import streamlit as st

from valuemix.analysis.scoring import OVERALL, Evaluation
from valuemix.exhibits.formats import gap, number
from valuemix.ui.text import literal

__all__ = ["values_grid"]


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
    columns = {"Proposition": [*(literal(scenario.proposition_names[p]) for p in order), "*Lead*"]}
    for segment in (*scenario.segment_names, None):
        columns[literal(segment or OVERALL)] = [
            *_column(result, segment, order, decimals),
            _lead(result, segment, decimals),
        ]
    st.table(
        columns,
        border="horizontal",
        hide_index=True,
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


def _lead(result: Evaluation, segment: str | None, decimals: int) -> str:
    standing, values = result.standing(segment), result.values_in(segment)
    if len(standing.leaders) > 1:
        return "*tie*"
    if standing.runner_up is None:
        return "–"
    shown = gap(float(values[standing.leaders[0]]), float(values[standing.runner_up]), decimals)
    return f"*{number(shown, decimals)}*"
