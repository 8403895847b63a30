"""The best set of propositions within limits: whom it leaves out, what each step brings, and its core."""

from __future__ import annotations

import math

import streamlit as st

from valuemix import exhibits
from valuemix.analysis.portfolio.choose import choose
from valuemix.errors import ValuemixError
from valuemix.exhibits.decisions.choosing import set_text
from valuemix.exhibits.portfolio.words import best_choice
from valuemix.exhibits.slides import slide_of
from valuemix.exhibits.words.costs import cost_head
from valuemix.glossary import meaning
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import number_of
from valuemix.ui.session.deciding import Deciding
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.assumptions import DrawsBar
from valuemix.ui.widgets.components import exhibit, missing_scores
from valuemix.ui.widgets.exhibit_cache import shown_on, without_deck

__all__ = ["sets"]


def sets(now: Session, work: Deciding) -> None:
    """Limits, and the exhibits of the best set within them."""
    if missing_scores(now):
        return
    has_costs = any(part.cost for part in now.scenario.propositions)
    if not has_costs:
        st.caption(
            "With what each proposition costs, this shows the best set under a budget and what each step of the "
            "budget brings: fill in the column cost of the table Propositions on the Data page."
        )
    limits = _limits(now)
    said = {name: f"{limit:.10g}" for name, limit in limits.items()}
    for name in ("coverage", *(("frontier",) if has_costs else ())):
        slide = slide_of(name, **said)
        exhibit(shown_on(now, slide), f"decide-{name}", slide)
        if name == "coverage":
            _decide(now, work, limits)
    _core(now, limits, said)


def _decide(now: Session, work: Deciding, limits: dict[str, float]) -> None:
    """The button that drafts a decision on the best set; none where there is no best set."""
    try:
        found = choose(
            without_deck(now.scenario),
            limits.get("budget"),
            people=limits.get("people"),
            at_most=int(limits["at_most"]) if "at_most" in limits else None,
        )
    except ValuemixError:
        return
    if not found.best.members:
        return
    st.button(
        "Decide on this set",
        key="decide-take-set",
        on_click=work.take_set,
        args=(set_text(best_choice(found)),),
        help="Drafts a decision on it: whom it leaves out, and what would reverse it.",
    )


def _limits(now: Session) -> dict[str, float]:
    """What a set may take and how many propositions it may hold, where that is less than all."""
    parts, budget = now.scenario.propositions, cost_head(now.scenario, "Budget")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = {
            "budget": _limit(now, budget, "decide-budget", [part.cost or 0.0 for part in parts]),
            "people": _limit(now, "People", "decide-people", [part.people or 0.0 for part in parts]),
            "at_most": st.number_input(
                "At most, propositions",
                1,
                len(parts),
                width=180,
                **number_of(now, "decide-at-most", len(parts), 1, len(parts)),
            ),
        }
    if chosen["at_most"] == len(parts):
        chosen["at_most"] = None
    return {name: float(limit) for name, limit in chosen.items() if limit is not None}


def _limit(now: Session, label: str, key: str, amounts: list[float]) -> float | None:
    """What is chosen up to the sum of some amounts; None for all of it, and where there is nothing to limit."""
    total = math.fsum(amounts)
    if not total:
        return None
    limit = st.number_input(
        literal(label),
        0.0,
        total,
        step=10.0 ** math.floor(math.log10(total) - 1),
        format="%.10g",
        width=180,
        **number_of(now, key, total, 0.0, total),
    )
    return None if limit == total else limit


def _core(now: Session, limits: dict[str, float], said: dict[str, str]) -> None:
    """The core of these limits and this scenario, once it was asked for; else the button that asks for it."""
    scenario = without_deck(now.scenario)
    asked = " ".join([scenario.content_hash[:12], *(f"{name} {limit}" for name, limit in said.items())])
    if now.view.chosen.get("decide-core") == asked:
        bar = st.empty()
        shown = exhibits.core(scenario, **limits, progress=DrawsBar(bar))
        bar.empty()
        exhibit(shown, "decide-core-shown", slide_of("core", **said))
    else:
        st.button(
            "Work out the core",
            key="decide-core-work",
            help=meaning("core"),
            on_click=now.view.chosen.update,
            args=({"decide-core": asked},),
        )
