"""What the Robustness page takes as uncertain, as a row of controls."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from valuemix.analysis.robustness.robustness import SHIFTS, Assumptions, Robustness, Shift, has_ranges
from valuemix.exhibits.request import shaken as robustness_of
from valuemix.exhibits.slides import slide_of
from valuemix.model.parts import MAX_SEED, Slide
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of, number_of
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session

__all__ = ["DrawsBar", "assumptions", "shaken", "shaken_slide"]

KNOWLEDGE = {
    "unknown": "Nothing",
    "order": "Their order",
    "within": "Within some points",
}
SHIFTED = {"shared": "Together", "own": "Each by itself"}
LONG = 1_000_000
DRAWS = ("", "10000", "100000", str(LONG))


def assumptions(now: Session) -> tuple[Assumptions, int | None]:
    """Draw the controls; all but the seed, which is the scenario's, stand in the address.

    Returns
    -------
    Assumptions
        What is uncertain.
    int or None
        How many draws; None for the usual ones.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        weights = _weights(now)
    box = st.expander("Advanced", icon=":material/settings:", key="robustness-advanced")
    with box, st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        shift = _shift(now) if weights.startswith("within") else now.scenario.doubt.weights_shift
        taken = Assumptions(weights, shift, _ranges(now), _score_within(now), _sizes_within(now))
        draws = _draws(now)
        _seed(now)
    return taken, draws


def shaken(now: Session, taken: Assumptions, draws: int | None) -> Robustness:
    """Robustness of the scenario in view; a bar shows how far a long run is."""
    bar = st.empty() if draws == LONG else None
    found = robustness_of(now.scenario, now.segment, taken, draws, DrawsBar(bar))
    if bar is not None:
        bar.empty()
    return found


def shaken_slide(now: Session, exhibit: str, taken: Assumptions, draws: int | None) -> Slide:
    """Slide of an exhibit under the assumptions of the page."""
    return slide_of(
        exhibit,
        segment=now.segment,
        weights=taken.weights,
        shift=taken.shift if taken.shift != now.scenario.doubt.weights_shift else None,
        ranges="no" if has_ranges(now.scenario) and not taken.ranges else None,
        score_within=_amount(taken.score_within),
        sizes_within=_amount(taken.sizes_within),
        draws=str(draws) if draws else None,
    )


def _amount(value: float) -> str | None:
    return f"{value:.12g}" if value else None


class DrawsBar:
    """Progress on the page; all bars are equal, so that a result is kept whichever bar showed it."""

    def __init__(self, place: DeltaGenerator | None) -> None:
        self.place = place

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        step = max(total // 50, 1)  # every move is a message to the browser
        if self.place is not None and (done == total or done // step != (done - 1) // step):
            self.place.progress(min(done / total, 1.0), f"{done:,} of {total:,} draws")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DrawsBar)

    def __hash__(self) -> int:
        return 0


def _weights(now: Session) -> str:
    kind = st.segmented_control(
        "Known of the weights",
        [*KNOWLEDGE],
        format_func=lambda k: literal(KNOWLEDGE[k]),
        required=True,
        help="Nothing: every mix is as likely as any other. Their order: what weighs more today still does. "
        "Within some points: each weight may be that far from today's.",
        **chosen_of(now, "robustness-weights", KNOWLEDGE, "within"),
    )
    if kind != "within":
        return str(kind or "unknown")
    usual = now.scenario.doubt.weights_within
    points = st.number_input(
        "Points",
        1,
        100,
        width=110,
        step=1,
        **number_of(now, f"robustness-within-{usual:g}", max(round(usual), 1), 1, 100),
    )
    return f"within:{int(points or 1)}"


def _shift(now: Session) -> Shift:
    """Whether one shift of weights counts in every segment, where that matters."""
    usual = now.scenario.doubt.weights_shift
    if now.segment is not None or len(now.scenario.segments) == 1:
        return usual
    chosen: Shift | None = st.segmented_control(
        "Segments shift",
        SHIFTS,
        format_func=lambda shift: literal(SHIFTED[shift]),
        required=True,
        **chosen_of(now, f"robustness-shift-{usual}", SHIFTS, usual),
        help="Together: who misjudges a discipline misjudges it in every segment. "
        "Each by itself: deviations of the segments have nothing to do with each other and average out.",
    )
    return chosen or usual


def _ranges(now: Session) -> bool:
    given = int(has_ranges(now.scenario))
    bound = number_of(now, "robustness-ranges", given, 0, given)
    return st.checkbox(
        "Score ranges",
        disabled=not given,
        **bound,
        help="Draw each score between its low and high end, most often near the score. "
        "The sheets Low and High hold them; add them on the Data page.",
    )


def _score_within(now: Session) -> float:
    width_ = float(now.scenario.scale.width)
    usual = round(now.scenario.doubt.scores_within / 100 * width_, 9)
    return float(
        st.number_input(
            "Other scores ±",
            0.0,
            width_,
            step=round(width_ / 20, 6),
            width=130,
            help="How far scores without a range may be off, in units of the scale. 0 takes them as certain.",
            **number_of(now, f"robustness-scores-{usual:g}", usual, 0.0, width_),
        )
        or 0.0
    )


def _sizes_within(now: Session) -> float:
    if now.segment is not None or len(now.scenario.segments) == 1:
        return 0.0
    usual = round(now.scenario.doubt.sizes_within)
    percent = st.number_input(
        "Sizes ± %",
        0,
        100,
        step=5,
        width=120,
        help="How far each segment's size may be off, in percent of itself.",
        **number_of(now, f"robustness-sizes-{usual}", usual, 0, 100),
    )
    return float(percent or 0) / 100


def _draws(now: Session) -> int | None:
    chosen = st.selectbox(
        "Draws",
        DRAWS,
        format_func=lambda n: f"{int(n):,}" if n else "Usual",
        width=140,
        help="For what cannot be computed exactly. Usual: where what is uncertain is the scenario's own doubt, the "
        "draws that every sentence about a leader rests on, so that a share is the same everywhere; else 100,000. "
        "More draws, smaller half-widths.",
        **chosen_of(now, "robustness-draws", DRAWS, ""),
    )
    return int(chosen) if chosen else None


def _seed(now: Session) -> None:
    key = bind("robustness-seed", now.scenario.settings.seed)
    st.number_input(
        "Seed",
        0,
        MAX_SEED,
        key=key,
        persist_state="session",
        step=1,
        width=120,
        on_change=now.edits.change_setting,
        args=("seed", key),
        help="The same seed gives the same numbers. It is saved with the scenario.",
    )
