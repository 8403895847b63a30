"""Where a promise leaks: what is left of it after each function, and what customers feel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among, degree_of, share_above
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.customers.delivery import Delivery, delivery
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.errors import EditError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import (
    ahead,
    apportioned,
    decimals_of,
    gap,
    number,
    rounded,
    share,
    signed,
    usual_decimals,
)
from valuemix.exhibits.words.steps import shown_changes, waterfall
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["delivery_chain"]

BY = {"function": 1, "discipline": 0}
"""What a step can stand for, and the axis of the losses (function, discipline) that is summed for it."""


@exhibit_kind(
    "Delivery chain",
    "Customer view",
    ("proposition", "segment", "by"),
    formulas.DELIVERY + " Losses are taken one after the other, in the order of the sheet.",
    several_views=True,
)
def delivery_chain(
    scenario: Scenario, segment: str | None = None, *, proposition: str | None = None, by: str = "function"
) -> Exhibit:
    """Promised value of a proposition, what is lost on the way, what should arrive and what is felt.

    Parameters
    ----------
    scenario : Scenario
        With promised scores and a delivery chain.
    proposition : str, optional
        Name of the proposition; the leader by felt value where it is None.
    segment : str, optional
        Name of the segment; all segments by size where it is None.
    by : {"function", "discipline"}
        What a step of the way is.

    Returns
    -------
    Exhibit
        With one row a step: proposition, step, start, end, change, full. Full steps are values, the
        others the changes between them; the last change is what the chain does not explain.

    Raises
    ------
    EditError
        Where there are no promised scores or no delivery chain; the message names the sheet to fill in.
    UnknownName
        Where there is no such proposition or segment.

    Examples
    --------
    >>> from valuemix.model.parts import Function
    >>> base = Scenario.from_arrays([[5, 5]], propositions=["Express"]).with_table("promised", [[[10, 6]]])
    >>> chain = base.replace(delivery=[Function(name="Sales", survives={"discipline_1": 0.8})])
    >>> delivery_chain(chain).finding
    'Of the 8.0 that Express promises overall, 7.0 should arrive: Sales takes 1.0; customers feel 5.0, 2.0 less'
    """
    if by not in BY:
        raise EditError(f"the way can be shown by function or discipline, not by {by!r}")
    found = delivery(scenario, segment)
    p = _place(found, proposition)
    steps = (
        found.functions if by == "function" else [*map(wording.discipline_word, scenario.discipline_names)]
    )
    lost = found.losses[p].sum(axis=BY[by])
    ends = np.array([found.promised[p], found.delivered[p], found.felt[p]])
    decimals, sure = decimals_of(scenario), _sureness(found, p, lost, by)
    name = scenario.proposition_names[p]
    table = _table(name, steps, ends, lost)
    return Exhibit(
        finding=_finding(found, p, sure, steps, ends, lost, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) of {wording.short_names([name])[0]} from promise to customer, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=tuple(_notes(found, p, sure, steps)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=waterfall(table, decimals),
    )


def _place(found: Delivery, proposition: str | None) -> int:
    if proposition is not None:
        return found.scenario.proposition_index(proposition)
    order = evaluate(found.scenario).standing(found.segment).order
    followed = [p for p in order if not np.isnan(found.promised[p])]
    return (followed or [0])[0]


def _is_near(width: float, ends: FloatArray) -> bool:
    """Whether what is felt is so near to what should arrive that no board would count the difference."""
    apart = float(ends[2] - ends[1])
    return apart == apart and rounded(apart, usual_decimals(width)) == 0


@dataclass(frozen=True)
class Sureness:
    """How sure it is which step takes most, and in which share of draws more or less is felt than should arrive."""

    most: Certainty
    side: float


def _sureness(found: Delivery, p: int, lost: FloatArray, by: str) -> Sureness:
    scenario, drawn = found.scenario, found.step_draws(p)
    taken = -np.diff(drawn[:-1], axis=0).reshape(*found.losses[p].shape, -1).sum(axis=BY[by])
    away = np.sign(found.unexplained[p]) * (drawn[-1] - drawn[-2])
    return Sureness(
        certainty_among(lost, taken, scenario.scale.width), share_above(away, 0.0, scenario.scale.width)
    )


def _table(name: str, steps: Sequence[str], ends: FloatArray, lost: FloatArray) -> pd.DataFrame:
    promised, delivered, felt = ends.tolist()
    left = promised - np.cumsum(lost)
    starts = [promised, *left[:-1].tolist()]
    return pd.DataFrame(
        {
            "proposition": name,
            "step": ["Promised", *steps, "Should arrive", "Unexplained", "Felt"],
            "start": [0.0, *starts, 0.0, delivered, 0.0],
            "end": [promised, *left.tolist(), delivered, felt, felt],
            "change": [np.nan, *(-lost + 0.0).tolist(), np.nan, felt - delivered, np.nan],
            "full": [True, *[False] * len(steps), True, False, True],
        }
    )


# ---------------------------------------------------------------------- words


def _finding(
    found: Delivery,
    p: int,
    sure: Sureness,
    steps: Sequence[str],
    ends: FloatArray,
    lost: FloatArray,
    decimals: int,
) -> str:
    name = wording.short_names(found.scenario.proposition_names)[p]
    where = wording.where(found.segment)
    if np.isnan(ends).any():
        return f"{name} has no value {where} that is both promised and felt, so nothing can be followed"
    promised, delivered = (number(v, decimals) for v in ends[:2])
    width = found.scenario.scale.width
    felt = f"{wording.served(found.scenario, found.segment)} feel {_felt(ends, sure, decimals, width)}"
    if abs(ends[0] - ends[1]) <= TIE * width:
        return f"Nothing of the {promised} that {name} promises {where} is lost on the way; {felt}"
    taken = _taken(steps, sure.most, lost, gap(ends[0], ends[1], decimals), decimals, width)
    return f"Of the {promised} that {name} promises {where}, {delivered} should arrive: {taken}; {felt}"


def _taken(
    steps: Sequence[str], most: Certainty, lost: FloatArray, whole: float, decimals: int, width: float
) -> str:
    """Which steps take most."""
    names = wording.short_names(steps)
    # As the chart does it, from the changes: a remainder that ties falls on the same step.
    shown = [-change for change in apportioned(-lost, -whole, decimals)]
    first = np.flatnonzero(lost >= lost.max() - TIE * width).tolist()
    amount = number(shown[first[0]], decimals)
    if len(lost) == 1:
        return f"{names[0]} takes {amount}"
    alone = len(first) == 1
    if alone and (np.delete(lost, first[0]) <= TIE * width).all():
        return f"{names[first[0]]} alone takes {amount}"
    who = wording.joined([names[i] for i in first])
    if len({shown[i] for i in first}) > 1:
        return f"{who} take most, and the same"
    if not alone:
        return f"{who} take most, {amount} each"
    close = ", too close to call" if most.degree == "open" else ""
    return f"{who} {claims.probably(most)}takes most, {amount}{close}"


def _felt(ends: FloatArray, sure: Sureness, decimals: int, width: float) -> str:
    if abs(ends[2] - ends[1]) <= TIE * width:
        return "just that"
    if _is_near(width, ends):
        return f"nearly that, {number(ends[2], decimals)}"
    low, high = sorted((float(ends[1]), float(ends[2])))
    side = "more" if ends[2] > ends[1] else "less"
    apart, degree = ahead(high, low, decimals, ""), degree_of(sure.side)
    probably, close = (
        ("probably " if degree == "likely" else ""),
        (", not clearly" if degree == "open" else ""),
    )
    return f"{number(ends[2], decimals)}, {probably}{apart} {side}{close}"


def _notes(found: Delivery, p: int, sure: Sureness, steps: Sequence[str]) -> list[str]:
    notes = ["unexplained: felt minus what should arrive after all functions"]
    if in_doubt(found.scenario, found.segment) and found.unexplained[p] == found.unexplained[p]:
        side = "more" if found.unexplained[p] > 0 else "less"
        served = wording.served(found.scenario, found.segment)
        often = f"{served} feel {side} than should arrive in {share(sure.side)}"
        if len(steps) > 1 and sure.most.leaders:
            often = f"{grounds.ahead_of(sure.most, wording.short_names(steps), 'costlier than')}; {often}"
        known = "promises and chain as known"
        notes.append(f"{often}; {known}, {grounds.taken(found.scenario, found.segment)}")
    if found.partial[p]:
        notes.append("scores that are not both promised and felt take no part")
    return notes


def _alt(table: pd.DataFrame, decimals: int) -> str:
    steps = [
        f"{step} {number(end, decimals) if full else signed(change, decimals)}"
        for step, end, change, full in zip(
            table["step"], table["end"], shown_changes(table, decimals), table["full"], strict=True
        )
    ]
    return f"Waterfall of {table['proposition'].iloc[0]}: {'; '.join(steps)}."
