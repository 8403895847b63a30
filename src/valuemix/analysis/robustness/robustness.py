"""Robustness of a scenario: how ranks hold up under what is not known of weights, scores and sizes."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Self

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.uncertainty import in_doubt, value_draws, weights_drawn
from valuemix.analysis.draws.draws import Doubt, Knowledge
from valuemix.analysis.draws.sampling import Acceptability, counted
from valuemix.analysis.draws.score_draws import ScoreDoubt, score_doubt
from valuemix.analysis.notebook import shown
from valuemix.analysis.robustness.acceptability import acceptability
from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.scoring import TIE
from valuemix.errors import EditError
from valuemix.model import parts
from valuemix.model.scenario import Scenario
from valuemix.model.weights import TOTAL_POINTS
from valuemix.typing import FloatArray

__all__ = ["SHIFTS", "Assumptions", "Robustness", "Shift", "has_ranges", "knowledge_of", "robustness"]


DEFAULT_DRAWS = 100_000
"""Where nothing is asked for, under any assumptions but the scenario's own doubt."""

Shift = Literal["shared", "own"]
SHIFTS: tuple[Shift, ...] = ("shared", "own")


@dataclass(frozen=True)
class Assumptions:
    """What is taken as uncertain.

    Attributes
    ----------
    weights : str
        ``"unknown"``, ``"order"`` (today's order of the disciplines holds) or ``"within:X"``
        (each weight within X points of today's).
    shift : {"shared", "own"}
        What ``"within:X"`` means overall: mean weights are within X points and one shift counts in
        every segment, or each segment's weights are off by themselves.
    ranges : bool
        Whether scores are drawn by their low and high ends, where the scenario has them: as hard
        limits or 95 % intervals, with errors of one proposition going together, as its doubt says.
    score_within : float
        Half width of the range of scores that have none, in units of the scale; 0 takes them as certain.
    sizes_within : float
        By what part of itself each segment's size may differ, 0.1 being 10 %.
    score_draws : bool
        Whether draws of the scores were given, which take the place of ranges.
    """

    weights: str = "unknown"
    shift: Shift = "shared"
    ranges: bool = False
    score_within: float = 0.0
    sizes_within: float = 0.0
    score_draws: bool = False

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """What the scenario's own doubt takes as uncertain: what every degree of certainty rests on."""
        doubt = scenario.doubt
        return cls(
            f"within:{np.format_float_positional(doubt.weights_within, trim='-')}",
            doubt.weights_shift,
            has_ranges(scenario),
            doubt.scores_within / 100 * scenario.scale.width,
            doubt.sizes_within / 100,
        )


@dataclass(frozen=True, eq=False)
class Robustness:
    """How ranks hold up, with names.

    Attributes
    ----------
    scenario : Scenario
    segment : str or None
        Which segment; None for the overall value.
    assumptions : Assumptions
    result : Acceptability
        Shares, central weights, confidence factors and pairwise winning indices as arrays in
        the order of the propositions.
    own_doubt : bool
        Whether the scenario's own doubt was taken, with the draws that every degree of certainty
        rests on: the shares are the same.
    """

    scenario: Scenario
    segment: str | None
    assumptions: Assumptions = field(default_factory=Assumptions)
    result: Acceptability = field(kw_only=True)
    own_doubt: bool = False

    @property
    def central_weights(self) -> FloatArray:
        """Mean weights where a proposition is first, shape (P, D); over several segments their mean by size."""
        central = self.result.central_weights
        sizes = self.scenario.size_shares if self.segment is None else np.ones(1)
        return np.asarray(np.einsum("g,pgd->pd", sizes, np.where(sizes[:, None] > 0, central, 0.0)))

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return shown(self)

    def to_frame(self) -> pd.DataFrame:
        """Tidy table of rank acceptability: proposition, rank, share, half_width.

        Returns
        -------
        DataFrame, shape (P * P, 4)
            Half widths are 0 where shares are exact.
        """
        names = self.scenario.proposition_names
        count = len(names)
        return pd.DataFrame(
            {
                "proposition": np.repeat(np.array(names, dtype=object), count),
                "rank": np.tile(np.arange(1, count + 1), count),
                "share": self.result.rank_acceptability.ravel(),
                "half_width": self.result.half_width.ravel(),
            }
        )


def robustness(
    scenario: Scenario,
    segment: str | None = None,
    *,
    weights: str = "unknown",
    shift: Shift | None = None,
    ranges: bool = False,
    score_within: float = 0.0,
    sizes_within: float = 0.0,
    score_draws: FloatArray | None = None,
    draws: int | None = None,
    seed: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Robustness:
    """Rank acceptability, central weights, confidence factors and pairwise wins (SMAA).

    Exact wherever one weight vector alone is unknown; drawn elsewhere. Overall, *unknown* means
    one weight vector that holds for every segment, *order* lets each segment's weights vary by
    themselves, and *within* shifts those of all segments alike, or each by itself.

    Parameters
    ----------
    scenario : Scenario
        G segments, P propositions, D disciplines.
    segment : str, optional
        Which segment; the overall value where it is None.
    weights, ranges, score_within, sizes_within
        As in `Assumptions`.
    shift : {"shared", "own"}, optional
        As in `Assumptions`; that of the scenario's doubt by default.
    score_draws : ndarray, shape (N, G, P, D), optional
        Draws of the scores from any distribution, on the scenario's scale, used instead of
        ranges; for one segment still with all G.
    draws : int, optional
        How many draws, where draws are needed. By default 100,000; where what is uncertain is what the
        scenario's doubt says, the very draws that degrees of certainty rest on, so that a share is one.
    seed : int, optional
        The same seed gives the same numbers; that of the scenario's settings by default.
    progress : callable, optional
        Called with the draws done and the draws in all.

    Returns
    -------
    Robustness

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    EditError
        Where an assumption or a seed cannot be, or draws have another shape.

    References
    ----------
    Lahdelma, Hokkanen and Salminen, European Journal of Operational Research 106 (1998);
    Lahdelma and Salminen, Operations Research 49 (2001); Varsi, SIAM Journal on Numerical
    Analysis 10 (1973), for exact pairwise indices.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[10, 0], [2.5, 2.5]], propositions=["Express", "Green line"])
    >>> robustness(scenario).to_frame().round(9)
      proposition  rank  share  half_width
    0     Express     1   0.75         0.0
    1     Express     2   0.25         0.0
    2  Green line     1   0.25         0.0
    3  Green line     2   0.75         0.0
    """
    seed = scenario.settings.seed if seed is None else seed
    shift = scenario.doubt.weights_shift if shift is None else shift
    _check(draws, seed, shift, score_within, sizes_within)
    assumptions = Assumptions(weights, shift, ranges, score_within, sizes_within, score_draws is not None)
    case = case_of(scenario, segment)
    doubt = _doubt(scenario, segment, assumptions, score_draws)
    usual = draws is None and seed == scenario.settings.seed and score_draws is None
    if usual and in_doubt(scenario, segment) and _is_own(scenario, segment, doubt):
        unit = scenario.scale.to_unit(value_draws(scenario, segment))
        result = counted(case, doubt, unit, weights_drawn(scenario, segment), seed)
        return Robustness(scenario, segment, assumptions, result=result, own_doubt=True)
    result = acceptability(case, doubt, draws=draws or DEFAULT_DRAWS, seed=seed, progress=progress)
    return Robustness(scenario, segment, assumptions, result=result)


def has_ranges(scenario: Scenario) -> bool:
    """Whether any score has a low or high end."""
    return scenario.low is not None or scenario.high is not None


def _check(draws: int | None, seed: int, shift: str, score_within: float, sizes_within: float) -> None:
    if shift not in SHIFTS:
        raise EditError(f"a shift of weights must be {' or '.join(SHIFTS)}, got {shift!r}")
    if draws is not None and draws < 1:
        raise EditError(f"draws must be 1 or more, got {draws}")
    if seed < 0:
        raise EditError(f"a seed must be 0 or more, got {seed}")
    if not 0 <= score_within < math.inf:
        raise EditError(f"scores can be within 0 or more of today's, got {score_within:g}")
    if not 0 <= sizes_within <= 1:
        raise EditError(f"sizes can be within 0 to 100 % of today's, got {100 * sizes_within:g} %")


def knowledge_of(text: str) -> Knowledge:
    """What is known of weights, from the words of the command line.

    Raises
    ------
    EditError
        Where the words are no such knowledge.

    Examples
    --------
    >>> knowledge_of("within:5")
    Knowledge(kind='within', within_share=0.05)
    """
    if text == "unknown":
        return Knowledge("unknown")
    if text == "order":
        return Knowledge("order")
    found = re.fullmatch(r"within:([0-9]+(?:\.[0-9]+)?)", text)
    points = float(found[1]) if found else -1.0
    if not 0 <= points <= TOTAL_POINTS:
        raise EditError(
            f"knowledge of weights must be unknown, order or within:X with X points from 0 to "
            f"{TOTAL_POINTS}, got {text!r}"
        )
    return Knowledge("within", points / TOTAL_POINTS)


def _doubt(
    scenario: Scenario, segment: str | None, assumptions: Assumptions, score_draws: FloatArray | None
) -> Doubt:
    knowledge, rows = knowledge_of(assumptions.weights), scenario.rows(segment)
    scores = None if score_draws is not None else _scores(scenario, assumptions)
    return Doubt(
        knowledge,
        together=segment is None and knowledge.kind == "unknown",
        shared=segment is None and knowledge.kind == "within" and assumptions.shift == "shared",
        scores=None if scores is None else scores.only(rows),
        score_draws=None if score_draws is None else _unit_draws(scenario, score_draws)[:, rows],
        sizes_within=assumptions.sizes_within if segment is None else 0.0,
    )


def _is_own(scenario: Scenario, segment: str | None, doubt: Doubt) -> bool:
    """Whether what is uncertain is what the scenario's own doubt says, in whatever words."""
    own = _doubt(scenario, segment, Assumptions.of(scenario), None)
    several = segment is None and len(scenario.segments) > 1
    return (
        (doubt.weights, doubt.shared and several) == (own.weights, own.shared and several)
        and (doubt.sizes_within == own.sizes_within or not several)
        and _same_scores(doubt.scores, own.scores)
    )


def _same_scores(one: ScoreDoubt | None, other: ScoreDoubt | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(
        np.allclose(getattr(one, end), getattr(other, end), rtol=0, atol=TIE, equal_nan=True)
        for end in ("low", "high")
    ) and bool((one.ranged == other.ranged).all())


def _scores(scenario: Scenario, assumptions: Assumptions) -> ScoreDoubt | None:
    """How far scores may be off, or None where all are certain."""
    within = min(100 * assumptions.score_within / scenario.scale.width, 100)
    doubt = parts.Doubt(**{**dict(scenario.doubt), "scores_within": within})
    scores = score_doubt(scenario, doubt, ranges=assumptions.ranges)
    return None if scores.certain else scores


def _unit_draws(scenario: Scenario, score_draws: FloatArray) -> FloatArray:
    shape = scenario.array("scores").shape
    if score_draws.ndim != 4 or score_draws.shape[1:] != shape:
        raise EditError(f"draws of scores must have the shape (draws, {shape[0]}, {shape[1]}, {shape[2]})")
    unit = scenario.scale.to_unit(score_draws)
    if np.nanmin(unit) < 0 or np.nanmax(unit) > 1:
        raise EditError("draws of scores must lie on the scenario's scale")
    return np.asarray(unit, dtype=np.float64)
