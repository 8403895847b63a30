"""What a slide asks for: a scenario, options, and the results that exhibits are made from."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from valuemix.analysis.compare.compare import Comparison, compare
from valuemix.analysis.robustness.robustness import Assumptions, Robustness, Shift, robustness
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs, tradeoffs
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario

__all__ = [
    "RESULTS",
    "ROBUSTNESS_OPTIONS",
    "Find",
    "Request",
    "shaken",
    "side_by_side",
]

RESULTS: Mapping[str, type] = {
    result.__name__: result for result in (Tradeoffs, Robustness, Comparison, Evaluation, Scenario)
}
"""What an exhibit can be computed from, by name."""

ROBUSTNESS_OPTIONS = ("segment", "weights", "shift", "ranges", "score_within", "sizes_within", "draws")
"""What a slide about robustness can say."""

Find = Callable[[str], Scenario]


@dataclass(frozen=True)
class Request:
    """What a slide asks for.

    Attributes
    ----------
    scenario : Scenario
        The open one; the baseline where scenarios are compared.
    options : mapping of str to str
        What to show, such as the segment.
    find : callable
        Gives the scenario of a name, for comparisons.
    """

    scenario: Scenario
    options: Mapping[str, str]
    find: Find

    def result(self, wanted: str) -> Any:
        """The one of `RESULTS` that bears a name."""
        return getattr(self, wanted.lower())

    @property
    def segment(self) -> str | None:
        """Which segment; None for all of them."""
        return self.options.get("segment")

    @property
    def evaluation(self) -> Evaluation:
        """Result of the scenario."""
        return evaluate(self.scenario)

    @property
    def tradeoffs(self) -> Tradeoffs:
        """Trade-offs in the segment."""
        return tradeoffs(self.scenario, self.segment, mover=self.options.get("mover"))

    @property
    def robustness(self) -> Robustness:
        """Robustness under the assumptions of the slide; under the scenario's own doubt where it has none."""
        given, taken = self.options, Assumptions.of(self.scenario)
        if any(option in given for option in ("weights", "score_within", "sizes_within")):
            taken = replace(
                taken,
                weights=given.get("weights", taken.weights),
                score_within=self.amount("score_within", 0.0),
                sizes_within=self.amount("sizes_within", 0.0),
            )
        shift: Shift = "own" if given.get("shift", taken.shift) == "own" else "shared"
        taken = replace(taken, shift=shift, ranges=taken.ranges and given.get("ranges") != "no")
        draws = int(self.amount("draws", 0.0)) if "draws" in given else None
        return shaken(self.scenario, self.segment, taken, draws)

    @property
    def others(self) -> list[str]:
        """Names of the scenarios that the slide compares with.

        Raises
        ------
        EditError
            Where it names none.
        """
        names = [name for name in self.options.get("scenarios", "").splitlines() if name]
        if not names:
            raise EditError("no other scenario is named to compare with; choose some on the Compare page")
        return names

    @property
    def comparison(self) -> Comparison:
        """The scenario beside those that the slide names, one a line."""
        return side_by_side(self.scenario, *(self.find(name) for name in self.others))

    def named(self, option: str, known: Sequence[str]) -> str:
        """Name given for an option, or the first one known."""
        return self.options.get(option) or known[0]

    def amount(self, option: str, otherwise: float) -> float:
        """Number given for an option.

        Raises
        ------
        EditError
            Where it is no number.
        """
        text = self.options.get(option)
        if text is None:
            return otherwise
        try:
            return float(text)
        except ValueError:
            raise EditError(f"{option} must be a number, got {text!r}") from None


@functools.lru_cache(maxsize=16)
def shaken(
    scenario: Scenario,
    segment: str | None,
    taken: Assumptions,
    draws: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Robustness:
    """Robustness of a scenario, kept for those seen last."""
    return robustness(
        scenario,
        segment,
        weights=taken.weights,
        shift=taken.shift,
        ranges=taken.ranges,
        score_within=taken.score_within,
        sizes_within=taken.sizes_within,
        draws=draws,
        progress=progress,
    )


@functools.lru_cache(maxsize=16)
def side_by_side(*scenarios: Scenario) -> Comparison:
    """Comparison of scenarios with the first, kept for those seen last."""
    return compare(*scenarios)
