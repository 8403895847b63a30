"""Who is served worst, and what unevenness over the segments costs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty, certainty_among
from valuemix.analysis.certainty.uncertainty import segment_draws, value_draws
from valuemix.analysis.customers.balance import Evenness
from valuemix.analysis.customers.balance import evenness as evenness_of
from valuemix.analysis.value.scoring import TIE, Evaluation, ranks
from valuemix.charts.bars import Note
from valuemix.charts.dots import Dot, DotRow, Dots, Series
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import ahead, decimals_of, gap, number, signed
from valuemix.model.scenario import Scenario

__all__ = ["evenness"]


@exhibit_kind(
    "Evenness over the segments",
    "Customer view",
    ("fairness",),
    "Overall value at fairness 0 less that at the fairness named: the value that unevenness costs "
    "(Atkinson, 1970).",
)
def evenness(evaluation: Evaluation, *, fairness: float | None = None) -> Exhibit:
    """Values in every segment, and the overall value if uneven service counted.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
    fairness : float, optional
        Fairness at which evenness is judged; the scenario's, or 1 where that is 0.

    Returns
    -------
    Exhibit
        With one row a proposition and segment, the highest overall value at fairness 0 first:
        proposition, segment, size_share, value, worst (whether this segment is served worst),
        mean (overall value at fairness 0), even (at the fairness judged), cost (their difference), atkinson
        (Atkinson's index; NaN where the mean is the lowest score), fairness.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[9] * 2, [6] * 2], [[4] * 2, [6] * 2]],
    ...     propositions=["Express", "Green line"], segments=["Families", "Students"])
    >>> evenness(scenario).finding
    'Express serves Students worst, at 4.0 against 9.0 for Families; unevenness costs it 0.5, level with Green line'
    """
    scenario, found = evaluation.scenario, evenness_of(evaluation, fairness)
    decimals = decimals_of(scenario)
    table, first = _table(evaluation, found), _first(found, scenario.scale.width)
    # The sentence and its note are about the leader at fairness 0, where it is one alone.
    sure = _worst(evaluation, first[0]) if len(first) == 1 else None
    judged = "the worst-served segment alone" if np.isinf(found.eps) else f"fairness {found.eps:g}"
    return Exhibit(
        finding=_finding(evaluation, found, sure, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) in every segment, and overall at fairness 0 and at {judged}",
        table=table,
        notes=tuple(_notes(evaluation, found, sure)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
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


def _chart(table: pd.DataFrame, decimals: int) -> Dots:
    """A mark a segment, the worst served named; overall values beside, and what unevenness costs."""
    eps = float(table["fairness"].iloc[0])
    return Dots(
        tuple(_row(str(name), own, decimals) for name, own in table.groupby("proposition", sort=False)),
        "proposition",
        (
            Series("Segments", "circle", "context"),
            Series("Served worst", "circle", "highlight"),
            Series("Overall", "diamond", "ink", slight=True),
        ),
        ("fairness 0 (◆)", "worst only" if np.isinf(eps) else f"fairness {eps:g}", "cost"),
    )


def _row(name: str, own: pd.DataFrame, decimals: int) -> DotRow:
    mean, even = float(own["mean"].iloc[0]), float(own["even"].iloc[0])
    worst = own[own["worst"]]
    served = [Dot(float(value)) for value in worst["value"]]
    if served:  # those that tie as the worst stand at one place
        who = str(worst["segment"].iloc[0]) if len(worst) == 1 else f"{len(worst)} segments"
        served[0] = Dot(served[0].place, who)
    cost = Note("–", "muted")
    if mean == mean:
        lost = gap(even, mean, decimals)
        cost = Note(signed(lost, decimals), "loss" if lost < 0 else "muted")
    others = tuple(Dot(float(value)) for value in own["value"][~own["worst"]])
    notes = Note(number(mean, decimals)), Note(number(even, decimals)), cost
    return DotRow(name, (others, tuple(served), (Dot(mean),)), notes)


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
        return _level(scenario, found, names, first)
    p = first[0]
    valued = np.flatnonzero(~np.isnan(np.asarray(evaluation.values)[:, p]) & (scenario.sizes > 0))
    if len(valued) == 1:
        where = wording.short_names(scenario.segment_names)[valued[0]]
        return f"{names[p]} has a value in {where} only, so nothing can be said of evenness"
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
    return told + _instead(evaluation, found, p)


def _judged(scenario: Scenario, found: Evenness) -> Scenario:
    """The scenario under the fairness at which evenness is judged."""
    if scenario.settings.eps == found.eps:
        return scenario
    return scenario.with_settings(fairness="max" if np.isinf(found.eps) else found.eps)


def _worst(evaluation: Evaluation, p: int) -> Certainty:
    """How sure it is which segment a proposition serves worst; a segment of size 0 does not count."""
    scenario = evaluation.scenario
    counts = scenario.sizes > 0
    today = np.where(counts, np.asarray(evaluation.values)[:, p], np.nan)
    return certainty_among(-today, -segment_draws(scenario)[:, p], scenario.scale.width)


def _level(scenario: Scenario, found: Evenness, names: list[str], first: list[int]) -> str:
    """Several lead at fairness 0: which of them evenness favours."""
    who = wording.joined([names[p] for p in first])
    drawn = value_draws(_judged(scenario, found)) - value_draws(scenario.with_settings(fairness=0))
    sure = certainty_among(-found.cost[first], drawn[first], scenario.scale.width)
    least = [names[first[place]] for place in sure.leaders]
    level = f"{who} {claims.tie(scenario.with_settings(fairness=0), None)} at fairness 0"
    if len(least) == len(first):
        return f"{level}, and unevenness costs them the same"
    if len(least) > 1:
        return f"{level}; {wording.joined(least)} lose least by unevenness"
    close = claims.contest(sure, wording.short_names([scenario.proposition_names[p] for p in first]))
    loses = f"{claims.probably(sure)}loses least by unevenness{close}"
    return f"{level}; {least[0]} {loses}"


def _who(scenario: Scenario, places: tuple[int, ...]) -> str:
    segments = wording.short_names(scenario.segment_names)
    return wording.joined([segments[g] for g in places])


def _led(scenario: Scenario, found: Evenness) -> list[int]:
    """Who leads once unevenness counts."""
    return np.flatnonzero(ranks(found.even, scenario.scale.width) == 1).tolist()


def _instead(evaluation: Evaluation, found: Evenness, leader: int) -> str:
    """Who leads once unevenness counts, as it may do today, where that is not the same one; as sure as it is."""
    scenario, led, names = (
        evaluation.scenario,
        _led(evaluation.scenario, found),
        claims.called(evaluation, None),
    )
    if led == [leader]:
        return ""
    others = wording.joined([names[p] for p in led if p != leader])
    if leader in led:
        return f", level with {others}"
    judged = _judged(scenario, found)
    sure, would = certainty(judged), "" if judged is scenario else "would "
    told = f", and {_counted(found)} {others} {would}"
    if len(led) > 1:
        return f"{told}{claims.tie(judged, None)}"
    verb = claims.lead_verb([sure.degree])
    if would:
        verb = "be ahead" if sure.degree == "open" else f"{claims.probably(sure)}lead"
    return f"{told}{verb}{claims.contest(sure, wording.short_names(scenario.proposition_names), 2)}"


def _counted(found: Evenness) -> str:
    """How unevenness counts where it does."""
    return "by the worst-served segment alone" if np.isinf(found.eps) else f"at fairness {found.eps:g}"


def _notes(evaluation: Evaluation, found: Evenness, sure: Certainty | None) -> list[str]:
    notes = ["what unevenness costs: overall value at fairness 0 less that at the fairness named (Atkinson)"]
    if (evaluation.scenario.sizes == 0).any():
        notes.append("a segment of size 0 does not count")
    if evaluation.partial.any():
        notes.append("some values rest on missing scores")
    if sure is not None and (evaluation.scenario.sizes > 0).sum() > 1:
        segments = wording.short_names(evaluation.scenario.segment_names)
        graded = grounds.graded(evaluation.scenario, sure, segments, above="served worse than")
        notes += [graded] if graded else []
        if _instead(evaluation, found, _first(found, evaluation.scenario.scale.width)[0]) and graded:
            names = wording.short_names(evaluation.scenario.proposition_names)
            lead = grounds.briefly(certainty(_judged(evaluation.scenario, found)), names)
            notes.append(f"{_counted(found)} {lead} of these cases")
    return notes


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("proposition", sort=False):
        cells = zip(rows["segment"], rows["value"], strict=True)
        own = ", ".join(f"{segment} {number(value, decimals)}" for segment, value in cells)
        mean, even = (number(rows[c].iloc[0], decimals) for c in ("mean", "even"))
        items.append(f"{name}: {own}; overall {mean}, {even} if unevenness counts")
    return f"Dots of values by segment, one row a proposition. {'. '.join(items)}."
