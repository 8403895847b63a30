"""The core: what the best set holds, within what is in doubt."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from valuemix.analysis.certainty.uncertainty import input_draws, sizes_drawn
from valuemix.analysis.draws.drawn_values import mean_of_draws
from valuemix.analysis.portfolio.choose import Selection
from valuemix.typing import FloatArray

__all__ = ["DRAWS", "Core", "Progress", "core"]

DRAWS = 200
"""Draws of what is in doubt whose best sets are the core."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Core:
    """How often a proposition is in the best set, within what is in doubt.

    Attributes
    ----------
    selection : Selection
        The limits.
    shares : ndarray, shape (P,)
        Share of the draws whose best set holds the proposition.
    draws : int
        Draws that have a set which keeps all of the rules; 1 where nothing is in doubt.
    without : int
        Draws in which no set reaches the floors.
    """

    selection: Selection
    shares: FloatArray
    draws: int
    without: int


def core(selection: Selection, progress: Progress | None = None) -> Core:
    """Share of 200 draws of what is in doubt whose best set holds each proposition.

    The draws are the first of those that every degree of certainty rests on. It is not the share of
    non-dominated sets, which is the core index of Liesiö, Mild and Salo (European Journal of Operational
    Research 181, 2007).

    Parameters
    ----------
    selection : Selection
        What is chosen from, within which limits.
    progress : callable, optional
        Called with the draws done and all of them.

    Returns
    -------
    Core

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> from valuemix.model.scenario import Scenario
    >>> found = core(choose(Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]]), at_most=1))
    >>> found.draws, float(found.shares[1]), bool(0.5 < found.shares[0] < 1)
    (200, 0.0, True)
    """
    scenario, program = selection.scenario, selection.program
    values = [
        mean_of_draws(scores[..., :DRAWS], weights[..., :DRAWS], scenario.settings.rho)
        for weights, scores in input_draws(scenario)
    ]
    drawn = np.stack(np.broadcast_arrays(*values))
    sizes = sizes_drawn(scenario)[:, :DRAWS]
    count = max(drawn.shape[-1], sizes.shape[-1])
    drawn, sizes = (
        np.broadcast_to(drawn, (*drawn.shape[:2], count)),
        np.broadcast_to(sizes, (len(sizes), count)),
    )
    held, found = np.zeros(len(scenario.propositions)), 0
    for draw in range(count):
        best = dataclasses.replace(program, worth=drawn[..., draw], sizes=sizes[:, draw]).best()
        if best is not None:
            held, found = held + best, found + 1
        if progress:
            progress(draw + 1, count)
    return Core(selection, held / max(found, 1), found, count - found)
