"""Words that exhibits of several scenarios share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import CLEAR, LIKELY, Certainty, Degree, certainty, share_above
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.compare.compare import Comparison
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import change_decimals, decimals_of, how_often, number, share
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = [
    "both",
    "decimals",
    "degrees",
    "every_scenario",
    "figure_or_none",
    "leads",
    "led_by",
    "most_sure",
    "only_one",
    "other_place",
    "proposition_words",
    "scale_note",
    "scenario_words",
    "short_of",
    "source",
    "sure_notes",
    "unshared_notes",
    "value_decimals",
]


MOST_TOLD = 3
"""Scenarios whose leads a note tells one by one."""


def decimals(comparison: Comparison) -> int:
    """Decimals of values beside their changes, of all scenarios that stand on the baseline's scale."""
    return change_decimals(*_alike(comparison))


def value_decimals(comparison: Comparison) -> int:
    """Decimals of values that stand by themselves, as they do elsewhere, of the same scenarios."""
    return decimals_of(*_alike(comparison))


def _alike(comparison: Comparison) -> list[Scenario]:
    each = zip(comparison.scenarios, comparison.same_scale, strict=True)
    return [scenario for scenario, same in each if same]


def scenario_words(comparison: Comparison) -> list[str]:
    """Name of every scenario as it stands inside a sentence."""
    return wording.short_names(comparison.names, 16)


def proposition_words(comparison: Comparison) -> list[str]:
    """Name of every proposition as it stands inside a sentence."""
    return wording.short_names(comparison.propositions)


def other_place(comparison: Comparison, other: str | None) -> int | None:
    """Place of the scenario that is compared with the baseline: the first other one where none is named.

    None where there is no other. Raises UnknownName where it is not compared.
    """
    if other is not None:
        return comparison.index(other)
    return 1 if len(comparison.names) > 1 else None


def only_one(comparison: Comparison) -> str:
    """What is true of a single scenario."""
    found, names = certainty(comparison.baseline), led_by(comparison, 0)
    alone = f"{scenario_words(comparison)[0]} is the only scenario chosen"
    if not found.leaders:
        return f"{alone}, and no proposition has a value in it"
    who = wording.joined([names[p] for p in found.leaders])
    if len(found.leaders) > 1:
        return f"{alone}; {who} {claims.tie(comparison.baseline, None)} in it overall"
    return f"{alone}; {claims.lead_first(found, who, None, inside=True)}{claims.contest(found, names)}"


def led_by(comparison: Comparison, k: int) -> list[str]:
    """Propositions of a scenario as they are spoken where they lead: partial values are called so."""
    return claims.called(comparison.evaluations[k], None)


def degrees(comparison: Comparison, places: Sequence[int]) -> list[Degree]:
    """How sure the lead is in each of some scenarios, those aside in which several tie."""
    every = leads(comparison)
    return [every[k].degree for k in places if len(every[k].leaders) == 1]


def leads(comparison: Comparison) -> list[Certainty]:
    """How sure the leads of all scenarios are, which are told together."""
    return grading.together([certainty(scenario) for scenario in comparison.scenarios])


def sure_notes(comparison: Comparison, places: Sequence[int]) -> list[str]:
    """What the degrees of the leads in some scenarios rest on."""
    scenarios = [comparison.scenarios[k] for k in places]
    if all(len(scenario.propositions) == 1 for scenario in scenarios):
        return []
    if not any(map(in_doubt, scenarios)):
        return [grounds.NOTHING_IN_DOUBT]
    taken = grounds.taken_in(scenarios)
    led = [k for k in places if not np.isnan(certainty(comparison.scenarios[k]).above).all()]
    if len(led) > MOST_TOLD:
        rule = f"a lead is probable where it holds in {share(LIKELY)} of the cases held possible"
        return [f"{rule}, clear from {share(CLEAR, 1)} {grounds.MORE_TOGETHER}, {taken}"]
    alone = [*map(certainty, scenarios)]
    asked = f"told together, a lead is clear from more than {share(CLEAR, 1)} (Holm's procedure)"
    less_sure = len(places) > 1 and grading.together(alone) != alone
    return ([f"{_ahead_in(comparison, led)}, {taken}"] if led else []) + [asked] * less_sure


def _ahead_in(comparison: Comparison, led: Sequence[int]) -> str:
    """How often the leaders of some scenarios are above their closest rivals."""
    if len(comparison.names) == 1:
        return _ahead(comparison, 0)
    words = scenario_words(comparison)
    return ", ".join(f"{_ahead(comparison, k, first=k == led[0])} in {words[k]}" for k in led)


def _ahead(comparison: Comparison, k: int, *, first: bool = True) -> str:
    """How often the leader of one scenario is above its closest rival; in few words after the first."""
    found, names = certainty(comparison.scenarios[k]), led_by(comparison, k)
    closest = min(range(len(names)), key=lambda p: (found.above[p] != found.above[p], found.above[p]))
    of = " of the cases held possible" if first else ""
    return f"{names[found.leaders[0]]}{' is' if first else ''} above {names[closest]} in {how_often(found.least)}{of}"


def most_sure(drawn: FloatArray, those: Sequence[int], width: float) -> float:
    """Share of draws in which those that are said to have the most of something have more than any other.

    Parameters
    ----------
    drawn : ndarray, shape (P, N)
        NaN where there is nothing.
    those : sequence of int
        Which of the P.
    width : float
        Differences of no more than 1e-9 of it are ties, which count half.

    Returns
    -------
    float
        The least share over each of those and each other; 1 where there is no other.
    """
    others = [p for p in range(len(drawn)) if p not in those and not np.isnan(drawn[p]).all()]
    return min((share_above(drawn[p], drawn[q], width) for p in those for q in others), default=1.0)


def every_scenario(count: int) -> str:
    """All of them: "both scenarios", "all three scenarios"."""
    return wording.some_of(count, count, "scenario")


def source(comparison: Comparison, places: Sequence[int] | None = None) -> str:
    """Source line: where the data come from, and the scenarios that are shown."""
    chosen = range(len(comparison.names)) if places is None else places
    own = [" ".join(comparison.scenarios[k].source.split()).rstrip(".;") for k in chosen]
    sources = [text for text in dict.fromkeys(own) if text]
    names = wording.joined([comparison.names[k] for k in chosen], 6)
    return "; ".join([*sources, f"scenario{'s' if len(own) > 1 else ''} {names}"])


def unshared_notes(comparison: Comparison, kinds: Sequence[str] = ()) -> list[str]:
    """What not every scenario has, one note a kind."""
    notes = []
    for kind in kinds or ("proposition", "segment", "discipline"):
        groups: dict[tuple[str, ...], list[str]] = {}
        for item in comparison.unshared:
            if item.kind == kind:
                groups.setdefault(item.scenarios, []).append(item.name)
        listed = [
            f"{wording.joined(wording.short_names(names))} {_having(comparison, having)}"
            for having, names in groups.items()
        ]
        if listed:
            notes.append(f"{kind}s not in every scenario: {'; '.join(listed)}")
    return notes


def short_of(comparison: Comparison) -> dict[str, str]:
    """Each proposition with its name as it stands inside a sentence."""
    return dict(zip(comparison.propositions, proposition_words(comparison), strict=True))


def both(k: int) -> list[int]:
    """Places of the baseline and of the scenario that it is compared with, once where they are the same."""
    return [0, k] if k else [0]


def scale_note(comparison: Comparison) -> list[str]:
    """That the values stand on several scales, where they do."""
    if all(comparison.same_scale):
        return []
    words = scenario_words(comparison)
    scales = [f"{word} {wording.scale(s)}" for word, s in zip(words, comparison.scenarios, strict=True)]
    return [f"values stand on different scales and are not subtracted: {', '.join(scales)}"]


def figure_or_none(value: float, decimals: int) -> str:
    """Value for an alternative text."""
    return number(value, decimals) if value == value else "none"


def _having(comparison: Comparison, scenarios: Sequence[str]) -> str:
    """Which scenarios have something: "in Base case only"."""
    words = dict(zip(comparison.names, scenario_words(comparison), strict=True))
    lacking = [name for name in comparison.names if name not in scenarios]
    if len(lacking) == 1 and len(scenarios) > 1:
        return f"in all but {words[lacking[0]]}"
    return f"in {wording.joined([words[name] for name in scenarios])} only"
