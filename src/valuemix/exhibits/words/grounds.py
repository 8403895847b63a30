"""What the sentences of `claims` rest on: what was taken to be in doubt, and how often a claim holds then."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from valuemix.analysis.certainty.certainty import CLEAR, LIKELY, Certainty, certainty
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.compare.changes import other_estimates
from valuemix.analysis.draws.score_draws import score_doubt
from valuemix.analysis.evidence.answers import rated_one_each
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import how_often, share
from valuemix.exhibits.words.respondents import HeardOf, heard_of
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

__all__ = [
    "MORE_TOGETHER",
    "NOTHING_IN_DOUBT",
    "SHIFT_WORDS",
    "ahead_of",
    "briefly",
    "briefly_each",
    "changed",
    "doubts",
    "graded",
    "how_sure",
    "how_sure_each",
    "over_moments",
    "same_errors",
    "taken",
    "taken_in",
    "weight_of_moments",
]

SAME = 1e-12
"""Shares of moments that differ by less count alike."""

NOTHING_IN_DOUBT = "no weight, score or size is taken to be in doubt"

MORE_TOGETHER = "(Holm's procedure: more where several are told together)"
"""What is asked of several leads beyond the share from which one alone is clear."""

SHIFT_WORDS: Mapping[str, str] = MappingProxyType(
    {"shared": "one shift in every segment", "own": "each segment by itself"}
)
"""How weights of several segments are off together."""


def doubts(scenario: Scenario, segment: str | None = None, *, weighed: bool = True) -> str:
    """What is taken to be in doubt: "weights within 10 points, one shift in every segment, ...".

    Weights are left out where nothing is `weighed`.

    Examples
    --------
    >>> doubts(Scenario.from_arrays([[8, 4], [5, 6]])).replace("\\xa0", " ")
    'weights within 10 points and scores within 5 % of the scale'
    """
    heard = heard_of(scenario, segment)
    several = segment is None and len(scenario.segments) > 1
    parts = [*_assumed(scenario, heard, several=several, weighed=weighed)]
    things = [thing for thing in heard.things if weighed or not thing.startswith("weights")]
    if things:
        left = f"{wording.joined(things)} as {heard.respondents:,} respondents leave them"
        return ", ".join([*parts, left])
    return wording.joined(parts) if parts else "nothing"


def _assumed(scenario: Scenario, heard: HeardOf, *, several: bool, weighed: bool) -> Iterator[str]:
    """What is in doubt by assumption: what respondents did not say."""
    doubt = scenario.doubt
    if weighed and doubt.weights_within and heard.weights != "all":
        yield _weight_words(doubt, several=several) + _typed(heard.weights)
    if not score_doubt(scenario).certain and heard.scores != "all":
        yield f"scores within {_score_words(scenario)}{_typed(heard.scores)}"
    if doubt.sizes_within and several and not heard.sizes:
        yield f"sizes within {doubt.sizes_within:g}\u00a0%"


def _weight_words(doubt: Doubt, *, several: bool) -> str:
    points = f"{doubt.weights_within:g} point{'' if doubt.weights_within == 1 else 's'}"
    return f"weights within {points}" + (f" ({SHIFT_WORDS[doubt.weights_shift]})" if several else "")


def _overlap(scenario: Scenario, segment: str | None) -> str:
    """That nobody gave answers on two propositions, so that differences between these are between different people."""
    scored = heard_of(scenario, segment).scores != "none"
    return ", each of whom counts for one proposition" if scored and rated_one_each(scenario, segment) else ""


def _typed(heard: str) -> str:
    """To which of some numbers an assumption is confined; empty where it is for all of them."""
    return " where they were typed" if heard == "some" else ""


def how_sure(scenario: Scenario, segment: str | None = None) -> str:
    """Note on what a degree rests on; empty where there is nothing to be sure of.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 6]], propositions=["Express", "Green line"])
    >>> how_sure(scenario).replace("\\xa0", " ")
    'Express is above Green line in 92 % of the cases held possible, assuming weights within 10 points
    and scores within 5 % of the scale'
    """
    found, names = certainty(scenario, segment), wording.short_names(scenario.proposition_names)
    if not found.leaders or len(names) == 1:
        return ""
    over = evaluate(scenario).standing(segment).runner_up
    return graded(scenario, found, names, segment, over=over)


def graded(
    scenario: Scenario,
    found: Certainty,
    names: Sequence[str],
    segment: str | None = None,
    above: str = "above",
    over: int | None = None,
) -> str:
    """Note on what the degree of any order rests on: of leaders, net values, gaps, losses.

    Parameters
    ----------
    scenario : Scenario
    found : Certainty
    names : sequence of str
        Of what is compared, as it is spoken.
    segment : str, optional
        Where.
    above : str
        What the first is to the others, such as "above" or "served worse than".
    over : int, optional
        Whom the sentence says it to be ahead of, which need not be the closest.

    Returns
    -------
    str
        Empty where there is nothing to be sure of.
    """
    if not found.leaders or all(share != share for share in found.above):
        return ""
    if not found.in_doubt:
        return NOTHING_IN_DOUBT
    if found.degree == "certain":
        return f"nothing held possible changes who leads, {taken(scenario, segment)}"
    return f"{ahead_of(found, names, above, over)}, {taken(scenario, segment)}"


def taken(scenario: Scenario, segment: str | None = None, *, weighed: bool = True) -> str:
    """What a degree takes to be in doubt: "assuming" where that is our default, else "taking"."""
    taking = "taking" if scenario.settings.doubt else "assuming"
    return f"{taking} {doubts(scenario, segment, weighed=weighed)}{_overlap(scenario, segment)}"


def how_sure_each(scenario: Scenario) -> str:
    """Note on what the degrees of several leaders rest on, each in its own segment; empty without a choice.

    Examples
    --------
    >>> how_sure_each(Scenario.from_arrays([[8, 4], [5, 6]])).replace("\\xa0", " ")
    'a lead is probable where it holds in 85 % of the cases held possible, pair by pair, clear from 97.5 %, assuming
    weights within 10 points and scores within 5 % of the scale'
    """
    if len(scenario.propositions) == 1:
        return ""
    if not any(certainty(scenario, name).in_doubt for name in (None, *scenario.segment_names)):
        return NOTHING_IN_DOUBT
    several = f" {MORE_TOGETHER}" if len(scenario.segments) > 1 else ""
    return (
        f"a lead is probable where it holds in {share(LIKELY)} of the cases held possible, pair by pair, "
        f"clear from {share(CLEAR, 1)}{several}, {taken(scenario)}"
    )


def ahead_of(found: Certainty, names: Sequence[str], above: str = "above", over: int | None = None) -> str:
    """How often the leader is above its closest rival, one whom a sentence names, and all others where that differs.

    Examples
    --------
    >>> found = certainty(Scenario.from_arrays([[8, 4], [5, 6]]))
    >>> ahead_of(found, ["Express", "Green line"]).replace("\\xa0", " ")
    'Express is above Green line in 92 % of the cases held possible'
    """
    closest = _closest(found)
    who = wording.joined([names[p] for p in found.leaders])
    if len(found.leaders) > 1 and closest not in found.leaders:
        often = how_often(least := found.above[closest])
        at = "at least " if 0.005 <= least < 0.995 else ""
        return f"{who} are each {above} {names[closest]} in {at}{often} of the cases held possible"
    often = how_often(found.least)
    other = None if over in (closest, *found.leaders) else over
    if other is not None and how_often(found.above[other]) == often:
        closest, other = other, None  # of two that are as near one is enough: the one that the sentence names
    text = f"{names[found.leaders[0]]} is {above} {names[closest]} in {often} of the cases held possible"
    if other is not None:
        text += f", {above} {names[other]} in {how_often(found.above[other])}"
    return text if len(found.leaders) > 1 else text + _first_of_all(found, above)


def _first_of_all(found: Certainty, above: str) -> str:
    """How often the leader is above all others at once, where that differs, and why its degree is none the less so."""
    first = how_often(found.first)
    if first == how_often(found.least):
        return ""
    text = f", and {'than any other' if ' than' in above else 'first of all'} in {first}"
    bar = {"likely": LIKELY, "clear": CLEAR}.get(found.degree, 0.0)
    if found.first >= bar:
        return text
    told = f"probable from {share(bar)}" if found.degree == "likely" else f"clear from {share(bar, 1)}"
    return f"{text} (told rival by rival: {told})"


def briefly(found: Certainty, names: Sequence[str]) -> str:
    """`ahead_of` in few words, where several leads stand in one note.

    Examples
    --------
    >>> briefly(certainty(Scenario.from_arrays([[8, 4], [5, 6]])), ["Express", "Green line"]).replace("\\xa0", " ")
    'Express above Green line in 92 %'
    """
    return f"{names[found.leaders[0]]} above {names[_closest(found)]} in {how_often(found.above[_closest(found)])}"


def briefly_each(
    found: Mapping[str, Certainty], names: Sequence[str], scenario: Scenario, segment: str | None = None
) -> list[str]:
    """Note on what several leads rest on, each under its own heading; none where nothing is in doubt.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 4], [5, 6]])
    >>> briefly_each({"felt": certainty(base)}, ["Express", "Green line"], base)[0].replace("\\xa0", " ")
    'felt: Express above Green line in 92 % of the cases held possible, assuming weights within 10 points
    and scores within 5 % of the scale'
    """
    often = [
        f"{heading}: {briefly(own, names)}"
        for heading, own in found.items()
        if own.in_doubt and any(share == share for share in own.above)
    ]
    taking = taken(scenario, segment)
    return [f"{'; '.join(often)} of the cases held possible, {taking}"] if often else []


def _closest(found: Certainty) -> int:
    """Rival that the leader is above in the fewest draws; what ties with it and what has no value come last."""
    order = range(len(found.above))
    return min(order, key=lambda p: (math.isnan(found.above[p]), p in found.leaders, found.above[p]))


def same_errors(*scenarios: Scenario, segment: str | None = None) -> str:
    """What the degree of a change takes to be in doubt, the same errors in all versions.

    Scores that differ have errors of their own where they are measured, with 95 % intervals.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 6]], name="Base case")
    >>> same_errors(scenario, scenario).replace("\\xa0", " ")
    'the same errors in both, assuming weights within 10 points and scores within 5 % of the scale'
    """
    where = "both" if len(scenarios) == 2 else f"all {wording.count(len(scenarios))}"
    but = " but in scores that differ" if other_estimates(scenarios) else ""
    return f"the same errors in {where}{but}, {taken_in(scenarios, segment)}"


def taken_in(scenarios: Sequence[Scenario], segment: str | None = None) -> str:
    """What is taken to be in doubt in several scenarios; where that differs, in which of them."""
    names = wording.short_names([scenario.name for scenario in scenarios], 16)
    told: dict[str, list[str]] = {}
    for scenario, name in zip(scenarios, names, strict=True):
        told.setdefault(taken(scenario, segment), []).append(name)
    if len(told) == 1:
        return next(iter(told))
    return "; ".join(f"{text} in {wording.joined(having)}" for text, having in told.items())


def changed(
    before: Scenario, after: Scenario, name: str, verb: str, share_of_draws: float, segment: str | None = None
) -> str:
    """Note on what the degree of a change rests on.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 6]], name="Base case")
    >>> changed(scenario, scenario, "Express", "gains", 0.9).replace("\\xa0", " ")
    'Express gains in 90 % of the cases held possible, the same errors in both, assuming weights within
    10 points and scores within 5 % of the scale'
    """
    if not (in_doubt(before, segment) or in_doubt(after, segment)):
        return NOTHING_IN_DOUBT
    told = f"{name} {verb} in {how_often(share_of_draws)} of the cases held possible"
    return f"{told}, {same_errors(before, after, segment=segment)}"


def over_moments(scenarios: Sequence[Scenario]) -> str:
    """What a reader must know of a scenario with moments; empty for one without."""
    counts = {len(scenario.moments) for scenario in scenarios if scenario.moments}
    if not counts:
        return ""
    moments = wording.count(counts.pop(), "moment") if len(counts) == 1 else "moments"
    alike = all(map(_all_alike, scenarios))
    by = ", all counting alike" if alike else " by contacts"
    lack = any(np.isnan(scenario.moment_means.own_scores).any() for scenario in scenarios if scenario.moments)
    whole = "; what a moment lacks is that of the whole" if lack else ""
    return (
        f"weights and scores are means over {moments}{by}{whole}; "
        "where weights are in doubt, mean scores stay as they are"
    )


def weight_of_moments(scenario: Scenario) -> str:
    """What the weight of a moment is."""
    if _all_alike(scenario):
        return "all moments count alike"
    return "weight: share of contacts times how much one contact counts"


def _all_alike(scenario: Scenario) -> bool:
    """Whether all moments of each segment count alike."""
    return not scenario.moments or bool(np.ptp(scenario.moment_means.shares, axis=1).max() < SAME)


def _score_words(scenario: Scenario) -> str:
    doubt, ranged = scenario.doubt, score_doubt(scenario).ranged
    kind = "their 95\u00a0% intervals" if doubt.ranges == "interval" else "their ranges"
    within = f"{doubt.scores_within:g}\u00a0% of the scale"
    if ranged.all() or (ranged.any() and not doubt.scores_within):
        return kind
    return f"{kind} or {within}" if ranged.any() else within
