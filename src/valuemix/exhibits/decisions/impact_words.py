"""Sentences of planned decisions: what they add and take, of value and of burden, as sure as their ranges."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.analysis.certainty.certainty import DEGREES, Degree, degree_of
from valuemix.analysis.certainty.grading import grades
from valuemix.analysis.decisions.impact import Impact
from valuemix.exhibits.words import claims, wording
from valuemix.exhibits.words.formats import number, rounded, signed
from valuemix.typing import FloatArray

__all__ = ["finding", "losers", "ranges_of_losers", "told_ends"]

VALUE, BURDEN = 0, 1

_PLAIN = {
    (VALUE, True): "adds {} of value",
    (VALUE, False): "takes {} of value",
    (BURDEN, True): "adds {} of burden",
    (BURDEN, False): "lightens the burden by {}",
}
_PROBABLY = {
    (VALUE, True): "adds value",
    (VALUE, False): "takes value",
    (BURDEN, True): "adds burden",
    (BURDEN, False): "lightens the burden",
}
_OPEN = {VALUE: "may add or take value", BURDEN: "may lighten the burden or add to it"}

_CHANCE = 1e-9
"""What is no change."""


def losers(found: Impact, changes: FloatArray, decimals: int) -> list[int]:
    """Segments whose value falls or whose burden rises as printed, by loss times size, the largest first.

    Parameters
    ----------
    found : Impact
    changes : ndarray, shape (G, 2)
        Of value and burden.
    decimals : int
        With which changes are printed.
    """
    lost = np.maximum(np.nan_to_num(-changes[:, 0]), 0.0) + np.maximum(np.nan_to_num(changes[:, 1]), 0.0)
    seen = [g for g in range(len(lost)) if rounded(float(lost[g]), decimals) > 0]
    return sorted(seen, key=lambda g: (-lost[g] * found.scenario.size_shares[g], -lost[g], g))


def told_ends(ends: Sequence[float], decimals: int) -> str:
    """Both ends of a range of changes."""
    return f"{signed(ends[0], decimals)} to {signed(ends[1], decimals)}"


def finding(found: Impact, planned: str, decimals: int) -> str:
    """What one decision, or the plan, adds and takes overall, and who loses by it.

    Parameters
    ----------
    found : Impact
    planned : str
        One decision; empty for all of them.
    decimals : int
        With which changes are printed.
    """
    place = found.decisions.index(planned) if planned else -1
    changes = found.alone[place] if planned else found.plan
    overall = found.overall(changes)
    if overall[VALUE] != overall[VALUE]:
        return "No segment is served with anything that has a value, so nothing can be told of a plan"
    several = len(found.scenario.segments) > 1
    where = "overall" if several else f"in {wording.short_names(found.scenario.segment_names)[0]}"
    told = [_told(found, place, k, float(overall[k]), decimals) for k in (VALUE, BURDEN)]
    clauses = [(words, ends) for words, ends in told if words] or [("changes nothing", "")]
    parts = [f"{words} {where if n == 0 else ''}".strip() + ends for n, (words, ends) in enumerate(clauses)]
    plain = not any(ends for _, ends in clauses)
    who = planned or (
        ("the" if plain else "The") + " plan" if len(found.decisions) > 1 else found.decisions[0]
    )
    what = f"{'At the likely changes ' if plain else ''}{who} {' and '.join(parts)}"
    return what + (_who_loses(found, place, changes, decimals, plain) if several else "")


def _told(found: Impact, place: int, what: int, change: float, decimals: int) -> tuple[str, str]:
    """Verb and amount of an overall change, and its range in brackets where its sign is in doubt; or nothing."""
    low, high = found.ranges[place, -1, what].tolist()
    shown = rounded(change, decimals)
    if change != change or not (shown or rounded(low, decimals) or rounded(high, decimals)):
        return "", ""
    rises = float(found.rises[place, -1, what])
    up = shown > 0 or (shown == 0 and rises >= 0.5)
    degree = degree_of(rises if up else 1 - rises)
    if degree == "clear" and abs(change) > _CHANCE:
        amount = number(abs(shown), decimals) if shown else f"less than {number(10.0**-decimals, decimals)}"
        return _PLAIN[what, up].format(amount), ""
    words = _OPEN[what] if degree == "open" else claims.sign_words(degree) + _PROBABLY[what, up]
    return words, f" ({signed(change, decimals)} likely, {told_ends((low, high), decimals)})"


def _who_loses(found: Impact, place: int, changes: FloatArray, decimals: int, plain: bool) -> str:
    """End of the sentence: those who lose by name, each as sure as it is, or who may where nobody is likely to."""
    lost = losers(found, changes, decimals)
    if not lost:
        may = _may_lose(found, place, (), decimals)
        if not may:
            return ", and nobody loses by it"
        names = wording.short_names(found.scenario.segment_names)
        when = "then" if plain else "at the likely changes"
        return f"; nobody loses {when}, but {wording.joined([names[g] for g in may], 4)} may"
    cases = [(g, k) for k in (VALUE, BURDEN) for g in lost if _lost(changes, g, k, decimals)]
    falls = [abs((k == VALUE) - float(found.rises[place, g, k])) for g, k in cases]
    sure = dict(zip(cases, grades(falls), strict=True))
    told = (
        _from_whom(found, changes, {g: sure[g, k] for g, what in cases if what == k}, k, decimals)
        for k in (VALUE, BURDEN)
    )
    return "".join(f"; {words}" for words in told if words)


def _lost(changes: FloatArray, g: int, what: int, decimals: int) -> float:
    """What a segment loses of value, or bears more, as printed; 0 where it does not."""
    amount = float(np.nan_to_num(changes[g, what])) * (1 if what == BURDEN else -1)
    return max(rounded(amount, decimals), 0.0)


def _from_whom(found: Impact, changes: FloatArray, sure: dict[int, Degree], what: int, decimals: int) -> str:
    """Who loses of one kind, the surest first, with one adverb for all where they are equally sure."""
    if not sure:
        return ""
    names = wording.short_names(found.scenario.segment_names)
    order = sorted(sure, key=lambda g: DEGREES.index(sure[g]), reverse=True)
    adverbs = [claims.sign_words(sure[g]) for g in order]
    alike = len({*adverbs}) == 1
    verb, way, of = (("takes", "from", " of value"), ("adds", "for", " of burden"))[what]
    told = [
        f"{'' if alike else adverb}{number(_lost(changes, g, what, decimals), decimals)}"
        f"{of if n == 0 else ''} {way} {names[g]}"
        for n, (g, adverb) in enumerate(zip(order, adverbs, strict=True))
    ]
    return f"it {adverbs[0] if alike else ''}{verb} {wording.joined(told, 4)}"


def _may_lose(found: Impact, place: int, lost: Sequence[int], decimals: int) -> list[int]:
    """Segments beside those who lose whose value may fall, or whose burden may rise, as printed."""
    ends = np.nan_to_num(found.ranges[place])
    return [
        g
        for g in range(len(found.scenario.segments))
        if g not in lost
        and (
            rounded(float(ends[g, VALUE, 0]), decimals) < 0
            or rounded(float(ends[g, BURDEN, 1]), decimals) > 0
        )
    ]


def ranges_of_losers(found: Impact, place: int, changes: FloatArray, decimals: int) -> str:
    """Between which ends those who lose lie, the largest loss times size first, then those who may lose."""
    names, lost = wording.short_names(found.scenario.segment_names), losers(found, changes, decimals)
    told = [
        f"{names[g]} {'burden ' if k else ''}{told_ends(found.ranges[place, g, k].tolist(), decimals)}"
        for g in lost
        for k in (VALUE, BURDEN)
        if _lost(changes, g, k, decimals) and found.ranges[place, g, k, 1] > found.ranges[place, g, k, 0]
    ]
    may = [names[g] for g in _may_lose(found, place, lost, decimals)] if lost else []
    return "; ".join(
        [
            *([f"those who lose, in 95\u00a0% of draws: {wording.joined(told, 4)}"] if told else []),
            *([f"{wording.joined(may, 4)} may lose as well"] if may else []),
        ]
    )
