"""Ranks of all propositions in scenario after scenario: who leads where, and who moves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import NO_VALUE, degree_of, share_above
from valuemix.analysis.compare.changes import common_draws
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, comparing, formulas, wording
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.slopes import slopes_of
from valuemix.model.weights import rounded_points
from valuemix.typing import FloatArray, IntArray

__all__ = ["ranks_across"]
Leaders = tuple[int, ...]

PARTIAL = " (partial value)"

MOST_WEIGHTS = 6
"""Weights that stand under the name of a scenario at most."""


@exhibit_kind(
    "Ranks across scenarios",
    "Compare",
    ("scenarios",),
    formulas.COMPARED + " Ranks: 1 is best, ties share the best rank.",
    compares=True,
)
def ranks_across(comparison: Comparison) -> Exhibit:
    """Overall ranks and values in every scenario.

    Parameters
    ----------
    comparison : Comparison
        One scenario or more; the first is the baseline.

    Returns
    -------
    Exhibit
        With one row a scenario and proposition that has a value in it: scenario, weights (mean by size,
        in percent, in the order of the disciplines), proposition, value, rank, place (from the top, ties
        in the order of the baseline), sure (how sure the lead is, for those that lead), highlighted.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> ranks_across(compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led"))).finding
    'Purpose-led turns the order of Base case upside down: Green line leads instead of Express'
    """
    leaders = [evaluation.standing().leaders for evaluation in comparison.evaluations]
    decimals = comparing.value_decimals(comparison)
    table = _table(comparison, _highlighted(comparison, leaders))
    return Exhibit(
        finding=_finding(comparison, leaders, decimals),
        subtitle=_subtitle(comparison),
        table=table,
        source=comparing.source(comparison),
        notes=tuple(_notes(comparison)),
        alt=_alt(comparison, decimals),
        decimals=decimals,
        scenarios=comparison.scenarios,
        chart=slopes_of(table, decimals, "scenario", "weights"),
    )


# ---------------------------------------------------------------------- table


def _table(comparison: Comparison, shown: int | None) -> pd.DataFrame:
    rows = []
    values, ranks, leads = comparison.values(), comparison.ranks(), comparing.leads(comparison)
    for k, name in enumerate(comparison.names):
        valued, sure = np.flatnonzero(ranks[k]).tolist(), claims.sure_words(leads[k])
        for place, p in enumerate(sorted(valued, key=lambda p: (ranks[k, p], p)), start=1):
            rows.append(
                (
                    name,
                    _weights(comparison, k),
                    comparison.propositions[p],
                    values[k, p],
                    ranks[k, p],
                    place,
                    sure if ranks[k, p] == 1 else "",
                    p == shown,
                )
            )
    columns = ["scenario", "weights", "proposition", "value", "rank", "place", "sure", "highlighted"]
    return pd.DataFrame(rows, columns=columns)


def _disciplines(comparison: Comparison) -> dict[str, str]:
    """Label of every discipline by id, those of the baseline first."""
    labels: dict[str, str] = {}
    for scenario in comparison.scenarios:
        for discipline in scenario.disciplines:
            labels.setdefault(discipline.id, discipline.name)
    return labels


def _weights(comparison: Comparison, k: int) -> str:
    """Mean weights by size in percent: "22 · 38 · 10 · 30"; a dash for a discipline that is lacking."""
    scenario = comparison.scenarios[k]
    points = rounded_points((scenario.size_shares @ scenario.weights).tolist())
    own = dict(zip(scenario.discipline_ids, points, strict=True))
    return " · ".join(str(own.get(name, "–")) for name in _disciplines(comparison))


def _highlighted(comparison: Comparison, leaders: list[Leaders]) -> int | None:
    """Of those that lead somewhere, the one whose rank moves most; the later leader where two move alike."""
    mapped = [_mapped(comparison, k, led) for k, led in enumerate(leaders)]
    leading = [p for led in reversed(mapped) for p in led]
    ranks = comparison.ranks()
    spans = {p: np.ptp(own[own > 0]) for p in leading if (own := ranks[:, p]).any()}
    return max(leading, key=lambda p: spans[p], default=None)


def _mapped(comparison: Comparison, k: int, places: Leaders) -> Leaders:
    """Places of a scenario's propositions among those of all."""
    own = comparison.scenarios[k].proposition_names
    return tuple(sorted(comparison.propositions.index(own[p]) for p in places))


# ---------------------------------------------------------------------- words


def _finding(comparison: Comparison, leaders: list[Leaders], decimals: int) -> str:
    count, words = len(comparison.names), comparing.scenario_words(comparison)
    if count == 1:
        return comparing.only_one(comparison)
    without = [k for k, led in enumerate(leaders) if not led]
    if without:
        return f"No proposition has a value in {wording.joined([words[k] for k in without])}"
    mapped = [_mapped(comparison, k, led) for k, led in enumerate(leaders)]
    if len(set(mapped)) == 1:
        return _same_leader(comparison, mapped[0], words, decimals)
    return _leader_differs(comparison, mapped, words)


def _names(comparison: Comparison, places: Sequence[int]) -> list[str]:
    """Propositions as they are spoken where they lead in some scenarios: partial values are called so."""
    names = comparing.proposition_words(comparison)
    for k in places:
        own = comparison.evaluations[k]
        for p in own.standing().leaders:
            if own.partial_in(None)[p]:
                at = comparison.propositions.index(own.scenario.proposition_names[p])
                names[at] = f"{names[at].removesuffix(PARTIAL)}{PARTIAL}"
    return names


def _lead(comparison: Comparison, led: Leaders, places: Sequence[int]) -> str:
    """Who leads in some scenarios, as sure as it is there: "A probably leads"."""
    names = _names(comparison, places)
    who = wording.joined([names[p] for p in led])
    tie = claims.tie_in((comparison.scenarios[k], None) for k in places) if len(led) > 1 else ""
    return f"{who} {tie or _verb(comparison, places)}"


def _verb(comparison: Comparison, places: Sequence[int]) -> str:
    return claims.lead_verb(comparing.degrees(comparison, places))


def _sure(comparison: Comparison, *groups: Sequence[int]) -> str:
    """How sure the leads in groups of scenarios are, where their verbs do not tell it."""
    return claims.untold(*(comparing.degrees(comparison, places) for places in groups))


def _same_leader(comparison: Comparison, led: Leaders, words: list[str], decimals: int) -> str:
    count, names = len(words), comparing.proposition_words(comparison)
    places, every = range(count), comparing.every_scenario(count)
    who = _lead(comparison, led, places)
    degrees = comparing.degrees(comparison, places)

    def sure(told: str) -> str:
        return claims.as_sure(told, degrees, count, "scenario")

    lead = f"{who} in {every}"
    values, ranks = comparison.values(), comparison.ranks()
    if len(comparison.shared_by()) == len(comparison.propositions):
        if all(comparison.same_scale) and _ptp(values) <= TIE * comparison.baseline.scale.width:
            return wording.capital(
                sure(f"every value is the same in {every}; {who} at {number(values[0, led[0]], decimals)}")
            )
        if (ranks == ranks[0]).all():
            if len(names) == 1:
                return f"{lead}: it is the only proposition"
            same = (drawn := _drawn_ranks(comparison)) == drawn[:1]
            adverb = claims.sign_words(degree_of(float(same.all(axis=(0, 1)).mean())))
            return sure(f"{lead}, and every rank is {adverb}the same")
    return sure(lead + _largest_move(comparison, names, words))


def _ptp(values: FloatArray) -> float:
    spans = np.ptp(values, axis=0)
    return float(np.nanmax(spans)) if not np.isnan(spans).all() else 0.0


def _drawn_ranks(comparison: Comparison) -> IntArray:
    """Ranks under the same errors in every scenario, shape (K, P, N); those without a value come last."""
    drawn = np.nan_to_num(common_draws(comparison.scenarios), nan=NO_VALUE)
    ranks = 1 + (drawn.shape[1] - 1 - np.argsort(np.argsort(drawn, axis=1), axis=1))
    return np.asarray(ranks, dtype=np.int64)


def _largest_move(comparison: Comparison, names: list[str], words: list[str]) -> str:
    """The proposition whose rank among those that all scenarios have moves most, with both ranks."""
    ranks = comparison.ranks()
    spans = {p: int(np.ptp(ranks[:, p])) for p in range(len(names)) if (ranks[:, p] > 0).all()}
    largest = max(spans.values(), default=0)
    movers = [p for p, span in spans.items() if span == largest]
    if largest == 0:
        return ""
    drawn = np.ptp(_drawn_ranks(comparison), axis=0).astype(float)[[*spans]]
    at = [[*spans].index(p) for p in movers]
    adverb = claims.sign_words(degree_of(comparing.most_sure(drawn, at, 1.0)))
    if len(movers) > 1:
        places = "one place" if largest == 1 else f"{wording.count(largest)} places"
        return f"; {wording.joined([names[p] for p in movers])} {adverb}move most, by {places}"
    p = movers[0]
    best, worst = int(ranks[:, p].argmin()), int(ranks[:, p].argmax())
    first, second = sorted((best, worst))
    return (
        f"; {names[p]} {adverb}moves most: rank {ranks[first, p]} in {words[first]}, "
        f"{ranks[second, p]} in {words[second]}"
    )


def _leader_differs(comparison: Comparison, mapped: list[Leaders], words: list[str]) -> str:
    count, names = len(words), _names(comparison, range(len(words)))
    groups: dict[Leaders, list[int]] = {}
    for k, led in enumerate(mapped):
        groups.setdefault(led, []).append(k)
    alone = {*map(len, mapped)} == {1}
    if alone and count == 2:
        return _two(comparison, mapped[0][0], mapped[1][0], words)
    if alone and count == len(groups) <= 4:
        return _with_every_scenario(comparison, [names[led[0]] for led in mapped])
    if len(groups) > 3:
        return _many(comparison, groups, names)
    parts = [
        f"{_lead(comparison, led, places)} in {wording.joined([words[k] for k in places])}"
        for led, places in groups.items()
    ]
    return "; ".join(parts) + _sure(comparison, *groups.values())


def _with_every_scenario(comparison: Comparison, names: Sequence[str]) -> str:
    sure = claims.counted(comparing.degrees(comparison, range(len(names))))
    told = f"The leader changes with every scenario: {', then '.join(names)}"
    return told if sure == "all leads are clear" else f"{told}; {sure}"


def _two(comparison: Comparison, first: int, second: int, words: list[str]) -> str:
    """Leader of the second scenario, with its rank in the first."""
    before, after = (_lead(comparison, (p,), [k]) for k, p in enumerate((first, second)))
    sure = _sure(comparison, [0], [1])
    if _reversed(comparison) and (turned := degree_of(_turned(comparison))) != "open":
        names = _names(comparison, [0, 1])
        return (
            f"{words[1]} {claims.sign_words(turned)}turns the order of {words[0]} upside down: "
            f"{names[second]} leads instead of {names[first]}"
        )
    if not comparison.shared_by():
        return (
            f"{words[0]} and {words[1]} have no proposition in common: "
            f"{before} in one, {after} in the other{sure}"
        )
    rank = int(comparison.ranks()[0, second])
    place = f"up from rank {rank} in {words[0]}" if rank else f"without a value in {words[0]}"
    return f"{after} in {words[1]}, {place}, where {before}{sure}"


def _many(comparison: Comparison, groups: dict[Leaders, list[int]], names: list[str]) -> str:
    """Who leads most often; all others that lead somewhere."""
    most = max(groups, key=lambda led: len(groups[led]))
    count, places = len(comparison.names), groups[most]
    rest = [k for led in groups if led != most for k in groups[led]]
    leading = dict.fromkeys(p for led in groups for p in led if p not in most)
    times = wording.some_of(len(places), count, "scenario")
    verb = claims.lead_verb(comparing.degrees(comparison, rest), several=len(leading) > 1)
    others = f"in the others, {wording.joined([names[p] for p in leading])} {verb}" if leading else ""
    told = "; ".join([f"{_lead(comparison, most, places)} in {times}", *([others] if others else [])])
    return told + _sure(comparison, places, rest)


def _turned(comparison: Comparison) -> float:
    """Share of draws in which each neighbour in the order of either scenario stands as it does today."""
    drawn, ranks = common_draws(comparison.scenarios), comparison.ranks()
    width = comparison.baseline.scale.width
    return min(
        share_above(drawn[k, p], drawn[k, q], width)
        for k in (0, 1)
        for p, q in pairwise(np.argsort(ranks[k]).tolist())
    )


def _reversed(comparison: Comparison) -> bool:
    """Whether two scenarios of the same propositions rank them in opposite orders, without ties."""
    one, other = comparison.ranks()
    count = len(comparison.propositions)
    return sorted(one.tolist()) == list(range(1, count + 1)) and bool((one + other == count + 1).all())


def _subtitle(comparison: Comparison) -> str:
    scales = " or ".join(dict.fromkeys(map(wording.scale, comparison.scenarios)))
    text = f"Overall rank by scenario; value ({scales}) in the circle"
    labels = list(_disciplines(comparison).values())
    if len(labels) > MOST_WEIGHTS:
        return text
    initials = [label[0].upper() for label in labels]
    if len(set(initials)) == len(labels):
        return f"{text}; mean weights in % in the order {' · '.join(initials)}"
    return f"{text}; mean weights in %"


def _notes(comparison: Comparison) -> list[str]:
    notes = comparing.sure_notes(comparison, range(len(comparison.names)))
    labels = wording.short_names([wording.discipline_word(n) for n in _disciplines(comparison).values()], 16)
    if len(labels) <= MOST_WEIGHTS:
        notes.append(f"mean weights by size, in the order {', '.join(labels)}")
    if len(comparison.names) > 1:
        notes += _agreement(comparison)
    notes += _ties(comparison)
    return [*notes, *comparing.unshared_notes(comparison), *comparing.scale_note(comparison)]


def _agreement(comparison: Comparison) -> list[str]:
    """How far each other scenario agrees with the baseline."""
    words, tau = comparing.scenario_words(comparison), comparison.kendall_tau[0]
    known = [f"{words[k]} {number(tau[k], 2)}" for k in range(1, len(words)) if not np.isnan(tau[k])]
    unknown = [words[k] for k in range(1, len(words)) if np.isnan(tau[k])]
    notes = []
    if known:
        notes.append(f"agreement with the ranks of {words[0]} (Kendall's tau-b): {', '.join(known)}")
    if unknown:
        notes.append(
            f"no rank agreement of {words[0]} with {wording.joined(unknown)}: fewer than two shared propositions, "
            "or all tie"
        )
    return notes


def _ties(comparison: Comparison) -> list[str]:
    words, ranks = comparing.scenario_words(comparison), comparison.ranks()
    tied = [words[k] for k, own in enumerate(ranks) if len(set(own[own > 0].tolist())) < (own > 0).sum()]
    if not tied:
        return []
    return [f"ties share a rank and stand one below the other ({wording.joined(tied)})"]


def _alt(comparison: Comparison, decimals: int) -> str:
    values, ranks, leads = comparison.values(), comparison.ranks(), comparing.leads(comparison)
    blocks = []
    for k, name in enumerate(comparison.names):
        order = sorted(np.flatnonzero(ranks[k]).tolist(), key=lambda p: (ranks[k, p], p))
        items = [
            f"{ranks[k, p]} {comparison.propositions[p]} {number(values[k, p], decimals)}" for p in order
        ]
        sure = claims.sure_words(leads[k])
        told = ", ".join(items) or "no values"
        blocks.append(f"{name}: {told}{f' (the first {sure})' if sure else ''}")
    return f"Ranks by scenario. {'; '.join(blocks)}."
