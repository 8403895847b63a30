"""Decimals: one choice for all figures of a page, so that they agree and every gap named is honest."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from valuemix.analysis.comparison import Change, change
from valuemix.analysis.scoring import Evaluation
from valuemix.exhibits.formats import Pair, decimals_for, rounded

__all__ = ["change_groups", "change_pairs", "clear_decimals", "decimals_of", "lead_pairs", "reason_pairs"]


def decimals_of(
    evaluation: Evaluation, segment: str | None = None, baseline: Evaluation | None = None
) -> int:
    """Decimals with which all value exhibits of one page can be shown.

    Parameters
    ----------
    evaluation : Evaluation
        What the page is about.
    segment : str, optional
        Segment whose ranking and change are shown; all of them where it is None.
    baseline : Evaluation, optional
        Result of the saved scenario, where the page shows what has changed against it.

    Returns
    -------
    int
        Enough for the leads in all segments and overall, the reason named in this segment, and
        the largest change there.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.analysis.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> decimals_of(evaluate(Scenario.from_arrays([[8, 2], [6, 5]])))
    1
    >>> decimals_of(evaluate(Scenario.from_arrays([[8, 2.5], [5.5, 5.04]])))
    2
    """
    pairs = lead_pairs(evaluation, [*evaluation.scenario.segment_names, None])
    groups = [reason_pairs(evaluation, segment)]
    if baseline is not None:
        found = change(baseline, evaluation, segment)
        pairs += change_pairs(found)
        groups += change_groups(found)
    return decimals_for(evaluation.scenario.scale.width, pairs, groups)


def lead_pairs(evaluation: Evaluation, segments: Iterable[str | None]) -> list[Pair]:
    """Values of leader and runner-up in each of these segments that has both."""
    pairs = []
    for segment in segments:
        standing, values = evaluation.standing(segment), evaluation.values_in(segment)
        if standing.runner_up is not None:
            pairs.append((float(values[standing.leaders[0]]), float(values[standing.runner_up])))
    return pairs


def reason_pairs(evaluation: Evaluation, segment: str | None) -> list[Pair]:
    """Contributions of leader and runner-up where the leader's is higher: the reasons for its lead."""
    standing, parts = evaluation.standing(segment), evaluation.contributions_in(segment)
    if parts is None or standing.runner_up is None:
        return []
    both = zip(parts[standing.leaders[0]].tolist(), parts[standing.runner_up].tolist(), strict=True)
    return [(first, second) for first, second in both if first > second]


def change_pairs(found: Change) -> list[Pair]:
    """Values of leader and runner-up, before and now."""
    pairs = []
    for values, ranks in ((found.values_before, found.ranks_before), (found.values_after, found.ranks_after)):
        ordered = sorted(set(ranks.tolist()) - {0})[:2]
        if len(ordered) == 2:
            first, second = (float(values[np.flatnonzero(ranks == rank)[0]]) for rank in ordered)
            pairs.append((first, second))
    return pairs


def change_groups(found: Change) -> list[list[Pair]]:
    """Values now and before: of all propositions, and of each leader by itself."""
    if not found.same_scale:
        return []
    moves = list(zip(found.values_after.tolist(), found.values_before.tolist(), strict=True))
    leaders = np.flatnonzero((found.ranks_after == 1) | (found.ranks_before == 1)).tolist()
    return [moves, *([moves[p]] for p in leaders)]


def clear_decimals(width: float, pairs: Iterable[Pair], most: int = 2) -> int:
    """Fewest decimals, so many more than usual at most, with which values that differ look different.

    For values that stand side by side; where their difference is printed, it must be honest
    as well: see `decimals_for`.

    Examples
    --------
    >>> clear_decimals(10, [(7.04, 5.89)]), clear_decimals(10, [(4.1, 4.14)]), clear_decimals(10, [(5, 5.00001)])
    (1, 2, 3)
    """
    fewest = decimals_for(width)
    apart = [(float(a), float(b)) for a, b in pairs if abs(a - b) > 1e-9 * width]
    for decimals in range(fewest, fewest + most):
        if all(rounded(a, decimals) != rounded(b, decimals) for a, b in apart):
            return decimals
    return fewest + most if apart else fewest
