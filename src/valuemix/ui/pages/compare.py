"""The Compare page: saved scenarios side by side, and why they differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from valuemix import exhibits
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.compare.mix import can_mix, mixed
from valuemix.analysis.value.scoring import evaluate
from valuemix.files.scenarios.folder import slug
from valuemix.glossary import meaning
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of, number_of, question, several_of
from valuemix.ui.session.comparison_state import (
    COMPARED,
    compared_slide,
    comparison_of,
    first_moved,
    labels,
    usually_compared,
)
from valuemix.ui.session.file_building import FORMATS
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import exhibit, header, page_edge

__all__ = ["page"]


@st.fragment(key="compare")
def page() -> None:
    """Draw the page."""
    now = header("compare")
    with page_edge():
        chosen = _others(now)
        if not chosen:
            st.subheader("Nothing is compared yet", anchor=False)
            st.caption(
                "Choose at least one other scenario of this folder. The open one, as edited, is the baseline."
            )
            return
        answer = question(now, "compare", QUESTIONS)
        compared = comparison_of(now, chosen)
        answer(now, compared)
        st.download_button(
            "Download as a workbook",
            partial(_workbook, compared),
            file_name=f"{slug(now.scenario.name)}-comparison.xlsx",
            mime=FORMATS["workbook"].mime,
            key="compare-download",
            icon=":material/download:",
            on_click="ignore",
            help="Values side by side, ranks, what differs in the inputs and regret; change a value and ranks, changes "
            "and regret follow.",
        )


def _workbook(compared: Comparison) -> bytes:
    from valuemix.export.workbook.comparison import make_comparison

    return make_comparison(compared)


def _others(now: Session) -> list[str]:
    names = labels(now)
    return st.multiselect(
        "Compare with",
        [*names],
        format_func=lambda chosen: names[chosen],
        placeholder="Other scenarios of this folder",
        help=meaning("baseline"),
        **several_of(now, COMPARED, names, usually_compared(now)),
    )


def _other(now: Session, compared: Comparison) -> str | None:
    """Which of the others is looked at; no question where there is one."""
    names = compared.names[1:]
    if len(names) == 1:
        return names[0]
    return st.pills(
        "Against the baseline",
        names,
        format_func=literal,
        required=True,
        wrap=True,
        **chosen_of(now, "compare-against", names, names[0]),
    )


def _ranks(now: Session, compared: Comparison) -> None:
    exhibit(exhibits.ranks_across(compared), "compare-ranks", compared_slide("ranks_across", compared))
    other = _other(now, compared)
    slide = compared_slide("value_changes", compared, other=other)
    exhibit(exhibits.value_changes(compared, other=other), key="compare-values", slide=slide)


def _bridge(now: Session, compared: Comparison) -> None:
    other = _other(now, compared)
    proposition = st.selectbox(
        "Proposition",
        compared.propositions,
        width=420,
        help=meaning("proposition"),
        **chosen_of(now, "compare-proposition", compared.propositions, first_moved(compared, other)),
    )
    if proposition is not None:
        slide = compared_slide("bridge", compared, other=other, proposition=proposition)
        exhibit(exhibits.bridge(compared, proposition, other=other), key="compare-bridge", slide=slide)


def _differences(now: Session, compared: Comparison) -> None:
    other = _other(now, compared)
    slide = compared_slide("input_differences", compared, other=other)
    exhibit(exhibits.input_differences(compared, other=other), key="compare-differences", slide=slide)


def _regret(_now: Session, compared: Comparison) -> None:
    exhibit(exhibits.regret(compared), "compare-regret", compared_slide("regret", compared))


def _path(now: Session, compared: Comparison) -> None:
    other = _other(now, compared)
    exhibit(
        exhibits.path(compared, other=other), "compare-path", compared_slide("path", compared, other=other)
    )
    end = compared.scenarios[compared.index(str(other))]
    if can_mix(compared.baseline, end):
        _part_way(now, compared.baseline, end, str(other))


def _part_way(now: Session, start: Scenario, end: Scenario, other: str) -> None:
    """A slider from one scenario to the other, and the ranking there."""
    percent = st.slider(
        f"Part of the way to {literal(other)}",
        0,
        100,
        format="%d%%",
        help="Weights, sizes and scores between those of the two scenarios.",
        **number_of(now, "compare-way", 50, 0, 100),
    )
    between = mixed(start, end, percent / 100)
    shown = between.renamed(f"{percent} % of the way from {start.name[:80]} to {other[:80]}")
    exhibit(exhibits.ranking(evaluate(shown)), key="compare-between")
    st.button(
        "Take this mix as an edit",
        key="compare-take",
        on_click=now.edits.adopt,
        args=(between, f"Mixed, {percent} % of the way to {other}. Undo takes it back."),
    )


QUESTIONS: Mapping[str, Callable[[Session, Comparison], None]] = {
    "Ranks and values": _ranks,
    "Why one moved": _bridge,
    "What differs": _differences,
    "Regret": _regret,
    "On the way": _path,
}
