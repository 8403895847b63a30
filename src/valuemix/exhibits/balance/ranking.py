"""Who leads in a segment, by how much, and why: sorted bars of contributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.value.scoring import TIE, Evaluation, evaluate
from valuemix.exhibits.balance.ranking_chart import ranking_chart
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import (
    add_up_note,
    apportioned,
    change_decimals,
    decimals_of,
    gap,
    lead_printed,
    number,
    rounded,
)
from valuemix.exhibits.words.pairs import earlier
from valuemix.exhibits.words.respondents import heard_of, lead_interval
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["lead_sentence", "ranking"]


@exhibit_kind(
    "Ranking",
    "Balance",
    ("segment",),
    formulas.VALUE + " A contribution is weight times score.",
)
def ranking(
    evaluation: Evaluation,
    segment: str | None = None,
    *,
    baseline: Evaluation | Scenario | None = None,
    points: Sequence[int] | None = None,
) -> Exhibit:
    """Propositions by value in a segment, split into the contributions of the disciplines.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        What is shown.
    segment : str, optional
        Name of the segment; all segments by size where it is None.
    baseline : Evaluation or Scenario, optional
        Result of the scenario as it was, or of another one; its values are marked where they differ.
    points : sequence of int, optional
        Whole points of each discipline that sliders beside the chart show, printed as its weights.

    Returns
    -------
    Exhibit
        With one row a proposition and discipline: segment, proposition, rank, value, partial,
        discipline, weight_share, contribution, weight_points where points are given, and
        baseline_value where a baseline is given.
        Without the columns of disciplines where a value is no sum of contributions.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10],
    ...                                 propositions=["Express", "Green line"], segments=["Families"])
    >>> ranking(evaluate(scenario), "Families").finding
    'Express leads Families by 1.0 over Green line: operational excellence adds 0.6'
    """
    baseline = None if baseline is None else evaluate(baseline)
    scenario = evaluation.scenario
    parts = evaluation.contributions_in(segment)
    before = _baseline_values(evaluation, segment, baseline)
    decimals = decimals_of(scenario)
    split = "" if parts is None else " by discipline"
    table = _table(evaluation, segment, parts, before, points)
    return Exhibit(
        finding=lead_sentence(evaluation, segment),
        subtitle=f"Value ({wording.scale(scenario)}){split}, {wording.population(scenario, segment)}",
        table=table,
        notes=tuple(_notes(evaluation, segment, baseline, before)),
        alt=_alt(evaluation, segment, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=ranking_chart(
            table, decimals, change_decimals(scenario), mean=segment is None and len(scenario.segments) > 1
        ),
    )


# ---------------------------------------------------------------------- table


def _table(
    evaluation: Evaluation,
    segment: str | None,
    parts: FloatArray | None,
    before: FloatArray | None,
    points: Sequence[int] | None,
) -> pd.DataFrame:
    scenario, rows = evaluation.scenario, wording.best_first(evaluation, segment)
    repeat = 1 if parts is None else len(scenario.disciplines)
    rank = evaluation.ranks_in(segment)[rows].repeat(repeat)
    columns: dict[str, Any] = {
        "segment": wording.segment_name(scenario, segment),
        "proposition": [name for p in rows for name in [scenario.proposition_names[p]] * repeat],
        "rank": pd.arrays.IntegerArray(rank, mask=rank == 0),
        "value": evaluation.values_in(segment)[rows].repeat(repeat),
        "partial": evaluation.partial_in(segment)[rows].repeat(repeat),
    }
    if parts is not None:
        columns["discipline"] = [*scenario.discipline_names] * len(rows)
        columns["weight_share"] = np.tile(_weights(evaluation, segment), len(rows))
        columns["contribution"] = parts[rows].ravel()
        if points is not None:
            # Sliders keep the whole points that a person moved them to, which the weights, rounded
            # anew, may miss by one; a chart must not contradict the slider beside it.
            columns["weight_points"] = np.tile(np.array(points, dtype=np.int64), len(rows))
    if before is not None:
        columns["baseline_value"] = before[rows].repeat(repeat)
    return pd.DataFrame(columns)


def _weights(evaluation: Evaluation, segment: str | None) -> FloatArray:
    """Weights of a segment, or their mean by size, shape (D,)."""
    scenario = evaluation.scenario
    result: FloatArray = (
        scenario.size_shares @ scenario.weights
        if segment is None
        else scenario.weights[scenario.segment_index(segment)]
    )
    return result


def _baseline_values(
    evaluation: Evaluation, segment: str | None, baseline: Evaluation | None
) -> FloatArray | None:
    """Values of the same propositions in the baseline, or None where it cannot be compared."""
    if baseline is None or baseline.scenario.scale != evaluation.scenario.scale:
        return None
    if segment is not None:
        segment = evaluation.scenario.segment_names[evaluation.scenario.segment_index(segment)]
        if segment not in baseline.scenario.segment_names:
            return None
    known = dict(zip(baseline.scenario.proposition_names, baseline.values_in(segment), strict=True))
    return np.array([known.get(name, np.nan) for name in evaluation.scenario.proposition_names])


# ---------------------------------------------------------------------- words


def lead_sentence(evaluation: Evaluation, segment: str | None = None) -> str:
    """Who leads, by how much and why, as sure as it is: the finding of `ranking`."""
    scenario, standing = evaluation.scenario, evaluation.standing(segment)
    decimals = decimals_of(scenario)
    names = wording.short_names(scenario.proposition_names)
    values, leaders = evaluation.values_in(segment), standing.leaders
    where = wording.where(segment)
    if not leaders:
        return claims.unvalued(scenario, segment)
    best = number(values[leaders[0]], decimals)
    if len(names) == 1:
        return f"{names[0]}, the only proposition, has a value of {best} {where}"
    called = claims.called(evaluation, segment)
    if len(standing.order) == 1:
        return f"{called[leaders[0]]} is the only proposition with a value {where}: {best}"
    led = [called[p] for p in leaders]
    if standing.runner_up is None:
        who = wording.joined(led) if len(led) <= 3 else wording.every(len(led), "proposition")
        return f"{who} tie {where} at {best}"
    lead = lead_printed(values[leaders[0]], values[standing.runner_up], scenario)
    if len(led) > 1:
        found, seconds = (
            claims.behind_tie(scenario, segment),
            _seconds(evaluation, segment, standing.runner_up),
        )
        of = f" of {wording.joined([names[p] for p in seconds])}"
        who = wording.joined(led) if len(led) <= 3 else f"{wording.count(len(led)).capitalize()} propositions"
        if found.degree == "open":
            of = "" if {*seconds} <= {*found.close[: claims.NAMED]} else of
            return f"{who} tie {where} at {best}, {lead} ahead{of}{claims.contest(found, names)}"
        return f"{who} share the lead {where} at {best}, {claims.probably(found)}{lead} ahead{of}"
    return _lead(evaluation, segment, standing.runner_up, lead, decimals)


def _lead(evaluation: Evaluation, segment: str | None, runner_up: int, lead: str, decimals: int) -> str:
    """Sentence on one leader, as sure as it is."""
    scenario, found = evaluation.scenario, certainty(evaluation.scenario, segment)
    names = wording.short_names(scenario.proposition_names)
    (leader,), seconds = found.leaders, _seconds(evaluation, segment, runner_up)
    start = claims.lead_first(found, names[leader], segment)
    over = f"by {lead} over {wording.joined([names[p] for p in seconds])}"
    partial = ""
    if evaluation.partial_in(segment)[leader]:
        partial = f"its value is partial: {_missing(evaluation, segment, leader)}"
    if found.degree == "open":
        return f"{start} {over}{claims.contest_beside(found, names, seconds)}" + (
            f"; {partial}" if partial else ""
        )
    comma, whatever = "," if found.degree == "likely" else "", claims.whatever(scenario, found)
    told = f"{start}{comma} {over}" + (f", {whatever}" if whatever else "")
    return (
        f"{told}, but {partial}"
        if partial
        else told + _reason(evaluation, segment, leader, seconds, decimals)
    )


def _seconds(evaluation: Evaluation, segment: str | None, runner_up: int) -> list[int]:
    ranks = evaluation.ranks_in(segment)
    return [int(p) for p in np.flatnonzero(ranks == ranks[runner_up])]


def _reason(
    evaluation: Evaluation, segment: str | None, leader: int, seconds: Sequence[int], decimals: int
) -> str:
    """Largest difference of contributions for the leader, and what works against it where that is much.

    All differences sum to the lead as they are shown.
    """
    parts = evaluation.contributions_in(segment)
    if parts is None or len(seconds) > 1 or evaluation.partial_in(segment)[seconds[0]]:
        return ""
    gaps = _gaps(parts, evaluation.values_in(segment), (leader, seconds[0]), decimals)
    largest, exact = max(gaps), parts[leader] - parts[seconds[0]]
    named = np.flatnonzero(exact >= exact.max() - TIE * evaluation.scenario.scale.width).tolist()
    if len(named) > 2 or largest <= 0 or any(gaps[d] != largest for d in named):
        return ""
    words = wording.discipline_words(evaluation.scenario)
    verb, each = ("adds", "") if len(named) == 1 else ("add", " each")
    told = f": {wording.joined([words[d] for d in named])} {verb} {number(largest, decimals)}{each}"
    return told + _against(gaps, named, words, decimals)


def _gaps(parts: FloatArray, values: FloatArray, pair: tuple[int, int], decimals: int) -> list[float]:
    """Differences of the contributions of two as they are printed."""
    first, second = (apportioned(parts[p], values[p], decimals) for p in pair)
    return [gap(a, b, decimals) for a, b in zip(first, second, strict=True)]


def _against(gaps: Sequence[float], named: Sequence[int], words: Sequence[str], decimals: int) -> str:
    """What works against the reasons named for a lead, where that is much, and what is left then."""
    if -sum(min(part, 0) for part in gaps) <= sum(gaps[d] for d in named) / 2:
        return ""
    worst = gaps.index(min(gaps))
    rest = rounded(sum(part for d, part in enumerate(gaps) if d not in (*named, worst)), decimals)
    told = f", {words[worst]} takes {number(-gaps[worst], decimals)}"
    if not rest:
        return told
    return f"{told}, the rest {'adds ' if rest > 0 else ''}{number(abs(rest), decimals)}"


def _missing(evaluation: Evaluation, segment: str | None, proposition: int) -> str:
    """Which scores with weight are missing: "no score on social purpose"."""
    scenario = evaluation.scenario
    if segment is None:
        return "some of its scores are missing"
    row = scenario.segment_index(segment)
    missing = np.isnan(scenario.array("scores")[row, proposition]) & (scenario.weights[row] > 0)
    words = wording.discipline_words(scenario)
    return f"no score on {wording.joined([words[d] for d in np.flatnonzero(missing)])}"


def _notes(
    evaluation: Evaluation,
    segment: str | None,
    baseline: Evaluation | None,
    before: FloatArray | None,
) -> list[str]:
    names = wording.short_names(evaluation.scenario.proposition_names)
    partial = [p for p in wording.best_first(evaluation, segment) if evaluation.partial_in(segment)[p]]
    listed = wording.joined([f"{names[p]} ({_missing(evaluation, segment, p)})" for p in partial] or [""])
    return [
        grounds.how_sure(evaluation.scenario, segment),
        f"* partial value: {listed}; the weight of a missing score goes to the other disciplines"
        if partial
        else "",
        _why_not_split(evaluation) if evaluation.contributions_in(segment) is None else "",
        "" if baseline is None else _marks(evaluation, segment, baseline, before),
        _add_up(evaluation, segment),
        lead_interval(evaluation, segment),
    ]


def _add_up(evaluation: Evaluation, segment: str | None) -> str:
    """That weights, and parts of values that are estimates, are rounded to their sum, where one is."""
    parts, scenario = evaluation.contributions_in(segment), evaluation.scenario
    if parts is None:
        return ""
    rows, decimals = scenario.rows(segment), decimals_of(scenario)
    shares = scenario.size_shares @ scenario.weights if segment is None else scenario.weights[rows[0]]
    told = add_up_note([shares.tolist()], mean=len(rows) > 1)
    each = zip(parts.tolist(), evaluation.values_in(segment).tolist(), strict=True)
    if heard_of(scenario, segment).scores == "none" or all(
        apportioned(own, value, decimals) == [rounded(part, decimals) for part in own]
        for own, value in each
        if value == value
    ):
        return told
    return f"{'weights and ' if told else ''}parts of values are rounded to add up"


def _marks(
    evaluation: Evaluation, segment: str | None, baseline: Evaluation, before: FloatArray | None
) -> str:
    """What the marks of the values before are, or why there are none; blank where nothing has changed."""
    was = earlier(baseline.scenario.name, evaluation.scenario.name)
    if before is None:
        return f"no comparison with {was}: it has another scale or not this segment"
    return f"upright marks show the value in {was}" if _differs(evaluation, segment, before) else ""


def _why_not_split(evaluation: Evaluation) -> str:
    if not evaluation.additive:
        return "not split by discipline: with a compensation other than 1 a value is no sum of contributions"
    if evaluation.scenario.settings.eps:
        return "not split by discipline: with fairness above 0 an overall value is no sum of contributions"
    return "not split by discipline: a proposition has no value in one of the segments"


def _differs(evaluation: Evaluation, segment: str | None, before: FloatArray) -> bool:
    """Whether any value has changed, as changes are printed."""
    decimals = change_decimals(evaluation.scenario)
    pairs = zip(evaluation.values_in(segment), before, strict=True)
    return any(v == v and b == b and gap(v, b, decimals) != 0 for v, b in pairs)


def _alt(evaluation: Evaluation, segment: str | None, decimals: int) -> str:
    """Every value, and for the first two what they are made of."""
    names = evaluation.scenario.proposition_names
    values, parts = evaluation.values_in(segment), evaluation.contributions_in(segment)
    words = [wording.discipline_word(n) for n in evaluation.scenario.discipline_names]
    items = []
    for place, p in enumerate(wording.best_first(evaluation, segment)):
        text = f"{names[p]} {'no value' if np.isnan(values[p]) else number(values[p], decimals)}"
        if parts is not None and place < 2:
            made_of = zip(words, apportioned(parts[p], values[p], decimals), strict=True)
            text += f" ({', '.join(f'{word} {number(c, decimals)}' for word, c in made_of)})"
        items.append(text)
    kind = "Bars of values" if parts is None else "Stacked bars of contributions"
    return f"{kind}, best first: {'; '.join(items)}."
