"""What exhibits of robustness share: words for what is uncertain, and shares that are told apart honestly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.draws.score_draws import score_doubt
from valuemix.analysis.robustness.robustness import Robustness, has_ranges, knowledge_of
from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.claims import lead_today
from valuemix.exhibits.words.formats import number, outward, percent, rounded, share, share_decimals
from valuemix.exhibits.words.grounds import SHIFT_WORDS, doubts, how_sure
from valuemix.exhibits.words.respondents import Thing, given, those_given
from valuemix.typing import BoolArray, FloatArray

__all__ = [
    "Unit",
    "apart",
    "cleaned",
    "considered",
    "degree_note",
    "each",
    "first_shares",
    "half_widths",
    "in_vain",
    "left_out",
    "level_words",
    "margin_of",
    "method",
    "names_of",
    "ranged",
    "rank_shares",
    "scored",
    "share_text",
    "shifts",
    "spoken",
    "spoken_apart",
    "uncertain",
    "units_of",
    "unseen_share",
]

NOISE = 1e-9
"""Shares nearer than this to 0 or 1 are 0 or 1."""

LIKELY = "all equally likely"
"""How weights are drawn from what is known of them."""

TRUSTED = 1e-6
"""How far exact shares are trusted: they are checked against expected ranks to this."""


@dataclass(frozen=True)
class Unit:
    """Propositions that always tie, or one by itself, and how often they are first.

    Attributes
    ----------
    members : tuple of int
        Places of the propositions.
    share : float
        Share in which they are first, together.
    margin : float
        How far that may be off; 0 where it is exact.
    """

    members: tuple[int, ...]
    share: float
    margin: float


# ---------------------------------------------------------------------- shares


def first_shares(result: Robustness) -> FloatArray:
    """Share of first ranks of each proposition, shape (P,): exact wherever it can be had."""
    exact = result.result.first_exact
    return cleaned(result.result.rank_acceptability[:, 0] if exact is None else exact)


def rank_shares(result: Robustness) -> tuple[list[int], FloatArray]:
    """Shares of ranks, shape (P, P), first ranks exact wherever they can be; and the order of rows.

    The most often first on top, then by mean rank; NaN where a proposition is not scored.
    """
    shares = cleaned(result.result.rank_acceptability)
    shares[:, 0] = first_shares(result)
    mean = shares @ np.arange(len(shares))
    keys = [
        (-round(float(first), 9), round(float(m), 9)) for first, m in zip(shares[:, 0], mean, strict=True)
    ]
    shares[~scored(result)] = np.nan
    return sorted(range(len(shares)), key=lambda p: (*keys[p], p)), shares


def scored(result: Robustness) -> BoolArray:
    """Whether each proposition has any score where it is ranked, shape (P,): one that has none has no rank."""
    return result.scenario.scored(result.segment)


def cleaned(shares: FloatArray) -> FloatArray:
    """Shares without the noise of arithmetic at 0 and 1."""
    clipped = np.where(shares < NOISE, 0.0, shares)
    result: FloatArray = np.where(clipped > 1 - NOISE, 1.0, clipped)
    return result


def margin_of(share: float, draws: int) -> float:
    """How far a share of draws may be off: its half-width, and at 0 or 1 the rule of three.

    Examples
    --------
    >>> round(margin_of(0.5, 10_000), 4), margin_of(1.0, 10_000), margin_of(0.5, 0)
    (0.0098, 0.0003, 0.0)
    """
    if not draws:
        return 0.0
    return max(1.96 * math.sqrt(max(share * (1 - share), 0) / draws), 3 / draws)


def units_of(result: Robustness) -> list[Unit]:
    """Propositions by how often they are first, those that always tie together."""
    shares, found = first_shares(result), result.result
    draws = 0 if found.exact or found.first_exact is not None else found.draws
    units = []
    for members in _level_groups(result):
        together = float(cleaned(shares[list(members)].sum()))
        units.append(Unit(members, together, margin_of(together, draws)))
    return sorted(units, key=lambda unit: (-round(unit.share, 9), unit.members))


def apart(one: Unit, other: Unit) -> bool:
    """Whether two shares differ by more than chance explains."""
    return abs(one.share - other.share) > max(one.margin + other.margin, TRUSTED)


def _level_groups(result: Robustness) -> list[tuple[int, ...]]:
    """Propositions that tie throughout: at any weights, and in all that was found."""
    found, values = result.result, _anywhere(result)
    groups: list[list[int]] = []
    for p in range(values.shape[1]):
        for group in groups:
            q = group[0]
            same = np.allclose(values[:, p], values[:, q], rtol=0, atol=TIE, equal_nan=True)
            if same and abs(found.pairwise[p, q] - 0.5) < NOISE and _alike(result, p, q):
                group.append(p)
                break
        else:
            groups.append([p])
    return [tuple(group) for group in groups]


def _alike(result: Robustness, p: int, q: int) -> bool:
    """Whether two propositions were found to have the same ranks and central weights."""
    found = result.result
    return all(
        np.allclose(table[p], table[q], rtol=0, atol=1e-6, equal_nan=True)
        for table in (found.rank_acceptability, found.central_weights)
    )


def _anywhere(result: Robustness) -> FloatArray:
    """Values at a few mixes of no particular kind, shape (8, P): what ties at them ties everywhere."""
    case, rng = case_of(result.scenario, result.segment), np.random.default_rng(0)
    segments, _, disciplines = case.scores.shape
    together = result.segment is None and result.assumptions.weights == "unknown"
    weights = rng.dirichlet(np.ones(disciplines), (8, 1 if together else segments))
    weights = np.broadcast_to(weights, (8, segments, disciplines))
    factors = 1 + result.assumptions.sizes_within * rng.uniform(-1, 1, (8, segments))
    sizes = case.sizes * factors
    return case.values(weights=weights, sizes=sizes / sizes.sum(axis=1, keepdims=True))


# ---------------------------------------------------------------------- words


def unseen_share(result: Robustness) -> float:
    """How large a share may be that no draw has, by the rule of three; 0 where shares are exact."""
    return 0.0 if result.result.exact or not _in_doubt(result) else 3 / result.result.draws


def share_text(value: float, unseen: float = 0.0) -> str:
    """Share as it stands in a cell: whole percent, nothing for never and where there is no share.

    Parameters
    ----------
    value : float
    unseen : float
        How large it may be where no draw has it; 0 where it is exact.

    Examples
    --------
    >>> share_text(0.2389), share_text(0.0004), share_text(0.0), share_text(0.9999)
    ('24\\xa0%', '<1\\xa0%', '', '>99\\xa0%')
    >>> share_text(0.0, 3 / 4096), share_text(1.0, 3 / 4096)
    ('<0.1\\xa0%', '>99.9\\xa0%')
    """
    if unseen and value in (0.0, 1.0):
        most = min(outward(100 * unseen, 0.0, 1), 100.0)
        return f"<{number(most, 1)}\u00a0%" if value == 0.0 else f">{number(100 - most, 1)}\u00a0%"
    return percent(int(rounded(100 * value, 0)), value) if value > 0 else ""


def spoken(value: float) -> str:
    """Share as it stands in a sentence.

    Examples
    --------
    >>> spoken(0.2389), spoken(0.0004), spoken(0.0)
    ('24\\xa0%', 'less than 1\\xa0%', 'none')
    """
    text = share_text(value) or "none"
    return text.replace("<", "less than ").replace(">", "more than ")


def spoken_apart(one: float, other: float) -> tuple[str, str]:
    """Two shares with the decimals that show which is larger.

    Examples
    --------
    >>> spoken_apart(0.257, 0.255), spoken_apart(0.25, 0.5)
    (('25.7\\xa0%', '25.5\\xa0%'), ('25\\xa0%', '50\\xa0%'))
    """
    decimals = share_decimals([(one, other)])
    if not decimals:
        return spoken(one), spoken(other)
    return share(one, decimals), share(other, decimals)


def considered(result: Robustness) -> str:
    """All that the shares are shares of, such as "all weights in today's order"; in short the scenario's own doubt."""
    if result.own_doubt:
        return "the cases held possible"
    return f"all {'' if _alone(result) else 'combinations of '}{_things(result)}"


def each(result: Robustness) -> str:
    """Where something holds throughout: "whatever the weights", or in so many draws."""
    found = result.result
    if found.exact or found.first_exact is not None:
        unknown = result.assumptions.weights == "unknown"
        return ("whatever the weights" if unknown else f"for {considered(result)}") + _at_today(result)
    if not _in_doubt(result):
        return "with nothing in doubt"
    draws = "the only draw" if found.draws == 1 else f"all {found.draws:,} draws"
    return f"in {draws} of {_things(result)}{_at_today(result)}"


def _at_today(result: Robustness) -> str:
    """What the scenario doubts and is taken as it is here, where the lead may hang on it: ", at today's scores"."""
    if certainty(result.scenario, result.segment).degree == "certain":
        return ""
    taken = _as_they_are(result)
    return f", at {wording.joined([given(result.scenario, thing) for thing in taken])}" if taken else ""


def _as_they_are(result: Robustness) -> list[Thing]:
    """What the scenario takes to be in doubt and is not varied here: its scores, its sizes."""
    scores = not _scores_uncertain(result) and not score_doubt(result.scenario).certain
    sizes = bool(result.scenario.doubt.sizes_within) and _several(result) and not _sizes(result)
    things: list[Thing] = [*(["scores"] if scores else []), *(["sizes"] if sizes else [])]  # type: ignore[list-item]
    return things


def uncertain(result: Robustness) -> str:
    """What is uncertain, and for whom, as the end of a subtitle: "over all weights, ..."."""
    several = _several(result)
    if result.own_doubt and result.scenario.evidence is not None:
        who = "" if several else f", {wording.population(result.scenario, result.segment)}"
        return f"over {doubts(result.scenario, result.segment)}{who}"
    parts = [
        _weights_words(result),
        _score_words(result) if _scores_uncertain(result) else "",
        f"sizes within {100 * result.assumptions.sizes_within:g}\u00a0%" if _sizes(result) else "",
        "" if several else wording.population(result.scenario, result.segment),
    ]
    return f"over {', '.join(filter(None, parts))}"


def _weights_words(result: Robustness) -> str:
    knowledge, segments = result.assumptions.weights, len(result.scenario.segments)
    those = those_given(result.scenario, "weights")
    if knowledge == "unknown":
        one = f", one mix for {wording.some_of(segments, segments, 'segment')}" if _several(result) else ""
        return f"all weights, {LIKELY}{one}"
    if knowledge == "order":
        own = "weights in each segment's own order" if _several(result) else _in_order(those)
        return f"all {own}, {LIKELY}"
    if not _weights(result):
        return given(result.scenario, "weights")
    shift = f" ({SHIFT_WORDS[result.assumptions.shift]})" if shifts(result) else ""
    return f"all weights within {_points(result)} of {those}{shift}, {LIKELY}"


def method(result: Robustness, *, exact: bool, half_width: float) -> str:
    """Note on how shares came about: exact, or drawn with draws, seed and half-width; and what was left out."""
    found = result.result
    vain = in_vain(result) or left_out(result)
    vain = f"; {vain}" if vain else ""
    if exact:
        return f"shares are exact, nothing was drawn{vain}"
    off = 100 * max(half_width, 3 / found.draws)
    decimals = 1 if off >= 0.1 else math.ceil(-math.log10(off))
    draws = f"{found.draws:,} draw{'' if found.draws == 1 else 's'}"
    return f"{draws}, seed {found.seed}; shares hold within ±{number(off, decimals)} points (95\u00a0%){vain}"


def degree_note(result: Robustness) -> str:
    """Note on how sure today's lead is under the scenario's own doubt, and on what that rests."""
    evaluation, segment = evaluate(result.scenario), result.segment
    sure = how_sure(result.scenario, segment)
    return f"{lead_today(evaluation, segment)}: {sure}" if sure else ""


def shifts(result: Robustness) -> bool:
    """Whether it matters if one shift of weights counts in every segment."""
    return _several(result) and result.assumptions.weights.startswith("within") and _weights(result)


def ranged(result: Robustness) -> bool:
    """Whether ranges are asked for and there are any."""
    return result.assumptions.ranges and has_ranges(result.scenario)


def in_vain(result: Robustness) -> str:
    """What was asked for and is not there, blank where there is no such thing."""
    asked = result.assumptions.ranges and not result.assumptions.score_draws
    return (
        "score ranges were asked for, but no score has a low or high end"
        if asked and not ranged(result)
        else ""
    )


def left_out(result: Robustness) -> str:
    """What the scenario has in doubt and is not used, blank where there is no such thing."""
    used = result.assumptions.ranges or result.assumptions.score_draws
    if has_ranges(result.scenario) and not used:
        return "the score ranges of the scenario are left out"
    taken = _as_they_are(result)
    return f"{wording.joined(taken)} are taken as they are" if taken else ""


def half_widths(result: Robustness) -> FloatArray:
    """Half-widths of the shares of ranks, shape (P, P); exact first ranks have none."""
    widths = result.result.half_width.copy()
    if result.result.first_exact is not None:
        widths[:, 0] = 0.0
    return widths


def names_of(result: Robustness, members: Sequence[int]) -> str:
    """Names of propositions as they are spoken."""
    names = wording.short_names(result.scenario.proposition_names)
    return wording.joined([names[p] for p in members])


def level_words(result: Robustness) -> str:
    """Propositions that always tie, group by group; those that are not scored are in none."""
    there = scored(result)
    groups = [unit.members for unit in units_of(result) if len(unit.members) > 1 and there[unit.members[0]]]
    return "; ".join(names_of(result, members) for members in groups)


def _several(result: Robustness) -> bool:
    """Whether it is about several segments together."""
    return result.segment is None and len(result.scenario.segments) > 1


def _alone(result: Robustness) -> bool:
    """Whether weights alone are uncertain."""
    return not (_scores_uncertain(result) or _sizes(result))


def _things(result: Robustness) -> str:
    knowledge = result.assumptions.weights
    those = those_given(result.scenario, "weights")
    any_weights = "weights" if _alone(result) else "any weights"
    weights = {"unknown": [any_weights], "order": [_in_order(those)]}.get(
        knowledge, [f"weights within {_points(result)} of {those}"] if _weights(result) else []
    )
    scores = ["scores"] if _scores_uncertain(result) else []
    sizes = ["sizes"] if _sizes(result) else []
    return wording.joined([*scores, *sizes, *weights]) or "the figures as they stand"


def _in_order(those: str) -> str:
    """Weights that keep an order: "weights in today's order"."""
    return f"weights in {those} order" if those.endswith(("'s", "s'")) else f"weights in the order of {those}"


def _points(result: Robustness) -> str:
    text = result.assumptions.weights.partition(":")[2]
    points = f"{float(text):g}" if text else ""
    return wording.points(points)


def _weights(result: Robustness) -> bool:
    """Whether weights are uncertain."""
    knowledge = knowledge_of(result.assumptions.weights)
    return knowledge.kind != "within" or knowledge.within_share > 0


def _in_doubt(result: Robustness) -> bool:
    return _weights(result) or not _alone(result)


def _scores_uncertain(result: Robustness) -> bool:
    assumptions = result.assumptions
    return assumptions.score_draws or assumptions.score_within > 0 or ranged(result)


def _score_words(result: Robustness) -> str:
    assumptions = result.assumptions
    if assumptions.score_draws:
        return "scores as drawn"
    others = not (ranged(result) and score_doubt(result.scenario).ranged.all())
    those = those_given(result.scenario, "scores")
    spread = assumptions.score_within > 0 and others
    within = f"within {assumptions.score_within:g} of {those}" if spread else ""
    interval = result.scenario.doubt.ranges == "interval"
    ends = "by their 95\u00a0% intervals" if interval else "between their low and high ends"
    return f"scores {' or '.join(filter(None, (ends if ranged(result) else '', within)))}"


def _sizes(result: Robustness) -> bool:
    return result.assumptions.sizes_within > 0 and result.segment is None
