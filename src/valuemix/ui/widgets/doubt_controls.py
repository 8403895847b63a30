"""What is in doubt, as controls: how far weights, scores and sizes may be off, and where draws start."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from valuemix.glossary import meaning
from valuemix.model.settings import SETTINGS
from valuemix.ui.literal_text import literal
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session

__all__ = ["doubt_controls"]

SHIFTS = {"shared": "One shift in every segment", "own": "Each segment by itself"}
RANGES = {"limits": "Limits", "interval": "95\u00a0% intervals"}


def doubt_controls(now: Session) -> None:
    """Draw the controls that the scenario has a use for; each change is one step that can be undone."""
    scenario, several = now.scenario, len(now.scenario.segments) > 1
    ranged = scenario.low is not None or scenario.high is not None
    st.markdown("**What is in doubt**", help=meaning("doubt"))
    if scenario.settings.doubt is None:
        st.caption("Assumed as long as nobody says otherwise; the first change makes it yours.")
    _number(now, "weights_within", "Weights within (points)", "doubt", 1.0)
    if several:
        _choice(now, "weights_shift", "Weights are off by", SHIFTS, "shift")
    _number(now, "scores_within", "Scores without a range within (% of the scale)", "doubt", 1.0)
    if ranged:
        _choice(now, "ranges", "Low and High are", RANGES, "range")
        _number(now, "halo", "Halo", "halo", 0.05)
    if several:
        _number(now, "sizes_within", "Sizes within (%)", "doubt", 5.0)
    key = bind("balance-seed", int(scenario.settings.seed))
    st.number_input(
        "Seed",
        0,
        SETTINGS["seed"].most,
        key=key,
        persist_state="session",
        step=1,
        on_change=now.edits.change_setting,
        args=("seed", key),
        help=meaning("seed"),
    )


def _number(now: Session, field: str, label: str, term: str, step: float) -> None:
    key = bind(f"balance-doubt-{field.replace('_', '-')}", float(getattr(now.scenario.doubt, field)))
    st.number_input(
        literal(label),
        0.0,
        SETTINGS[f"doubt_{field}"].most,
        key=key,
        persist_state="session",
        step=step,
        on_change=now.edits.change_doubt,
        args=(field, key),
        help=meaning(term),
    )


def _choice(now: Session, field: str, label: str, options: Mapping[str, str], term: str) -> None:
    key = bind(f"balance-doubt-{field.replace('_', '-')}", str(getattr(now.scenario.doubt, field)))
    st.radio(
        literal(label), [*options], format_func=lambda option: literal(options[option]), horizontal=True, key=key,
        persist_state="session", on_change=now.edits.change_doubt, args=(field, key), help=meaning(term),
    )  # fmt: skip
