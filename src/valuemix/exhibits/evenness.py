"""Who is served worst, and what unevenness over the segments costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.balance import Evenness
from valuemix.analysis.balance import evenness as evenness_of
from valuemix.analysis.certainty import Certainty, certainty, certainty_among
from valuemix.analysis.scoring import TIE, Evaluation, evaluate, ranks
from valuemix.analysis.uncertainty import segment_draws
from valuemix.exhibits import claims, wording
from valuemix.exhibits.evenness_figure import draw
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import ahead, decimals_of, number
from valuemix.model.scenario import Scenario

__all__ = ["evenness"]


def evenness(evaluation: Evaluation | Scenario, eps: float | None = None) -> Exhibit:
    """Values in every segment, and the overall value if uneven service counted.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
    eps : float, optional
        Fairness at which evenness is judged; the scenario's, or 1 where that is 0.

    Returns
    -------
    Exhibit
        With one row a proposition and segment, the highest overall value at fairness 0 first:
        proposition, segment, size_share, value, worst (whether this segment is served worst),
        mean (overall value at fairness 0), even (at `eps`), cost (their difference), atkinson
        (Atkinson's index; NaN where the mean is the lowest score), fairness (`eps`).

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[9] * 2, [6] * 2], [[4] * 2, [6] * 2]],
    ...     propositions=["Express", "Green line"], segments=["Families", "Students"])
    >>> evenness(scenario).finding
    'Express serves Students worst, at 4.0 against 9.0 for Families; unevenness costs it 0.5, level with Green line'
    """
    evaluation = evaluate(evaluation)
    scenario, found = evaluation.scenario, evenness_of(evaluation, eps)
    decimals = decimals_of(scenario)
    table, first = _table(evaluation, found), _first(found, scenario.scale.width)
    # The sentence and its note are about the leader at fairness 0, where it is one alone.
    sure = _worst(evaluation, first[0]) if len(first) == 1 else None
    fairness = "the worst-served segment alone" if np.isinf(found.eps) else f"fairness {found.eps:g}"
    return Exhibit(
        key="evenness",
        finding=_finding(evaluation, found, sure, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) in every segment, and overall at fairness 0 and at {fairness}",
        table=table,
        source=wording.source_of(scenario),
        notes=tuple(_notes(evaluation, sure)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        draw=draw,
    )


def _order(found: Evenness, width: float) -> list[int]:
    """Places of the propositions by their value at fairness 0; those without one last."""
    own = ranks(found.mean, width)
    return sorted(range(len(own)), key=lambda p: (own[p] or len(own) + 1, p))


def _table(evaluation: Evaluation, found: Evenness) -> pd.DataFrame:
    scenario = evaluation.scenario
    rows = [
        {
            "proposition": scenario.proposition_names[p],
            "segment": segment.name,
            "size_share": scenario.size_shares[g],
            "value": evaluation.values_in(segment.name)[p],
            "worst": g in found.worst[p],
            "mean": found.mean[p],
            "even": found.even[p],
            "cost": found.cost[p],
            "atkinson": found.index[p],
            "fairness": found.eps,
        }
        for p in _order(found, scenario.scale.width)
        for g, segment in enumerate(scenario.segments)
    ]
    return pd.DataFrame(rows)


def _first(found: Evenness, width: float) -> list[int]:
    return np.flatnonzero(ranks(found.mean, width) == 1).tolist()


def _finding(evaluation: Evaluation, found: Evenness, sure: Certainty | None, decimals: int) -> str:
    scenario, width = evaluation.scenario, evaluation.scenario.scale.width
    names, first = claims.called(evaluation, None), _first(found, width)
    if not first:
        return "No proposition has an overall value: every discipline with weight lacks a score"
    if (scenario.sizes > 0).sum() == 1:
        return "Only one segment counts, so no proposition serves anyone worse than another"
    if sure is None:
        return _level(found, names, first, width)
    p = first[0]
    low, high = found.lowest[p], found.highest[p]
    if high - low <= TIE * width:
        told = (
            f"{names[p]} serves every segment alike, at {number(low, decimals)}: unevenness costs it nothing"
        )
    else:
        cost = ahead(found.mean[p], found.even[p], decimals)
        close = ", too close to call" if sure.degree == "open" and len(sure.leaders) == 1 else ""
        told = (
            f"{names[p]} {claims.probably(sure)}serves {_who(scenario, found.worst[p])} worst{close}, "
            f"at {number(low, decimals)} against {number(high, decimals)} for {_who(scenario, found.best[p])}; "
            f"unevenness costs it {cost}"
        )
    return told + _instead(found, names, p, scenario)


def _worst(evaluation: Evaluation, p: int) -> Certainty:
    """How sure it is which segment a proposition serves worst; a segment of size 0 does not count."""
    scenario = evaluation.scenario
    counts = scenario.sizes > 0
    today = np.where(counts, np.asarray(evaluation.values)[:, p], np.nan)
    return certainty_among(-today, -segment_draws(scenario)[:, p], scenario.scale.width)


def _level(found: Evenness, names: list[str], first: list[int], width: float) -> str:
    """Several lead at fairness 0: which of them evenness favours."""
    who = wording.joined([names[p] for p in first])
    even = ranks(found.even[first], width)
    ahead_ = [names[p] for p, rank in zip(first, even, strict=True) if rank == 1]
    if len(ahead_) == len(first):
        return f"{who} share the lead at fairness 0, and unevenness costs them the same"
    verb = "loses" if len(ahead_) == 1 else "lose"
    return f"{who} share the lead at fairness 0; {wording.joined(ahead_)} {verb} least by unevenness"


def _who(scenario: Scenario, places: tuple[int, ...]) -> str:
    segments = wording.short_names(scenario.segment_names)
    return wording.joined([segments[g] for g in places])


def _instead(found: Evenness, names: list[str], leader: int, scenario: Scenario) -> str:
    """Who leads once unevenness counts, as it may do today, where that is not the same one."""
    led = np.flatnonzero(ranks(found.even, scenario.scale.width) == 1).tolist()
    several = len(led) > 1
    if led == [leader]:
        return ""
    leads = "would lead"
    if scenario.settings.eps == found.eps:
        leads = f"{claims.lead_verb([certainty(scenario).degree], several=several)} instead"
    others = wording.joined([names[p] for p in led if p != leader])
    return f", level with {others}" if leader in led else f", and {others} {leads}"


def _notes(evaluation: Evaluation, sure: Certainty | None) -> list[str]:
    notes = ["what unevenness costs: overall value at fairness 0 less that at the fairness named (Atkinson)"]
    if (evaluation.scenario.sizes == 0).any():
        notes.append("a segment of size 0 does not count")
    if evaluation.partial.any():
        notes.append("some values rest on missing scores")
    if sure is not None and (evaluation.scenario.sizes > 0).sum() > 1:
        segments = wording.short_names(evaluation.scenario.segment_names)
        graded = claims.graded(evaluation.scenario, sure, segments, above="served worse than")
        notes += [graded] if graded else []
    return notes


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("proposition", sort=False):
        cells = zip(rows["segment"], rows["value"], strict=True)
        own = ", ".join(f"{segment} {number(value, decimals)}" for segment, value in cells)
        mean, even = (number(rows[c].iloc[0], decimals) for c in ("mean", "even"))
        items.append(f"{name}: {own}; overall {mean}, {even} if unevenness counts")
    return f"Dots of values by segment, one row a proposition. {'. '.join(items)}."
