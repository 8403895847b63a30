"""How an exhibit was worked out: for speaker notes and the end of a report."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.wording import plain, scale
from valuemix.model.scenario import Scenario

__all__ = ["FORMULAS", "method_of"]

_VALUE = (
    "Value of a proposition in a segment: weighted mean of its scores with the segment's weights; overall: "
    "mean over segments by size. Compensation is the exponent of the first mean, fairness that of the second "
    "(1 − fairness)."
)
_ONE_WEIGHT = (
    "One weight goes from 0 to 100\u00a0%, the others keep their proportions; where values are straight lines, "
    "crossovers are solved in closed form."
)
_RANKS = (
    "Stochastic multicriteria acceptability analysis: share of all weights, scores and sizes that are held "
    "possible for which a proposition takes a rank (Lahdelma, Hokkanen and Salminen, 1998; Lahdelma and "
    "Salminen, 2001)."
)
_COMPARED = "Scenarios are matched by the names of segments and propositions and the ids of disciplines."

_GAPS = (
    "Gap: the promised or believed score minus the felt one, where there are both; means are by the size of the "
    "segment and the weight of the discipline there."
)
_DELIVERY = (
    "The promised score of each discipline, on the scale from 0 to 1, is multiplied by the share that survives "
    "each function, and valued like any score."
)
_BURDEN = (
    "Burden: mean of time, worry, effort and money. Net value = (1 − b) × value + b × (lowest + highest score − "
    "burden), b being the weight of burden in the segment (Zeithaml, 1988)."
)

FORMULAS: Mapping[str, str] = MappingProxyType(
    {
        "summary": _VALUE,
        "ranking": _VALUE + " A contribution is weight times score.",
        "leaders": _VALUE + " The lead is over the runner-up.",
        "values": _VALUE,
        "change": _VALUE,
        "tradeoff": _ONE_WEIGHT,
        "stability": _ONE_WEIGHT + " The interval ends where another proposition reaches the leader.",
        "challenges": "Least total weight moved (half the sum of absolute changes) for a challenger to lead "
        "everyone, by linear programming; the single score and the single segment's share at which it ties "
        "the leader.",
        "leader_map": "Two weights take all pairs of shares, the others keep their proportions; regions are "
        "where a proposition has the highest value.",
        "levers": "Each weight, score and size moves by itself, down and up; the lead is over whoever is best then.",
        "acceptability": _RANKS,
        "central_weights": _RANKS
        + " Central weights are the mean weights with which a proposition is first.",
        "pairwise": _RANKS + " A pairwise win is a higher value than the other one's; ties count half.",
        "ranks_across": _COMPARED + " Ranks: 1 is best, ties share the best rank.",
        "value_changes": _COMPARED,
        "bridge": _COMPARED
        + " The change is split over weights, scores, sizes, segments and settings by Shapley values: "
        "what each adds, averaged over all orders in which they can change.",
        "regret": _COMPARED
        + " Regret is the best value in a scenario minus the proposition's own; the robust "
        "choice has the smallest maximum.",
        "path": _COMPARED
        + " Weights, sizes and scores are mixed, (1 − t) of one scenario and t of the other.",
        "input_differences": _COMPARED + " Each difference is made alone in the baseline; its effect is the "
        "largest change of any overall value.",
        "focus": "Focus is the Herfindahl index of a profile's shares, from 0 (spread evenly) to 1 (all on one "
        "discipline); the effective number of disciplines is one over the sum of squared shares.",
        "discipline_check": "A proposition leads a discipline where it scores best of all and at or above the lead "
        "bar, and holds one at or above the threshold (Treacy and Wiersema, 1993); a verdict turns with the "
        "smallest change of one of its own scores that changes it.",
        "fit": "Fit is one less half the sum of absolute differences between a segment's weights and a "
        "proposition's scores above the lowest, both as shares.",
        "evenness": "Overall value at fairness 0 less that at the fairness named: the value that unevenness costs "
        "(Atkinson, 1970).",
        "dials": _VALUE + " Every setting of the two is evaluated.",
        "preference_share": "Preference share in a segment: exp(sensitivity × value from 0 to 1) as shares "
        "(logit; McFadden, 1974); overall: mean over segments by size. First choice: everyone takes the best, "
        "ties split. No market share.",
        "alignment": _VALUE
        + " For a kind: over its own segments. What a kind loses is the value of its own best less that "
        "of the best for another kind; above 5\u00a0% of the scale it is a conflict.",
        "statement": _VALUE
        + " Sentences are built from the values, the discipline check and the weight nearest to "
        "a switch of the leader, unless worded by hand.",
        "perception": _GAPS + " A believed score is what the company thinks customers get.",
        "cover_stories": _GAPS
        + " A promise is a cover story where it lies at or beyond the bar above the felt score.",
        "led_by_view": _VALUE + " Promised or believed scores take the place of the felt ones.",
        "delivery_chain": _DELIVERY + " Losses are taken one after the other, in the order of the sheet.",
        "delivery_levers": _DELIVERY
        + " A fix sets one share, or all of a function, to 1; its return is the rise of the delivered value.",
        "value_map": _BURDEN
        + " The fair-value line goes through the mean with the slope b / (1 − b), b being the "
        "weight of burden (Gale, 1994).",
        "net_value": _BURDEN,
        "service": "A link of strength k allows at most 1 − k × (1 − u) in the segment that is served, u being the "
        "value from 0 to 1 that those who serve receive; the lowest limit counts, and limits pass on "
        "(Heskett and others, 1994).",
        "terms": "Weights go from those of today to those of the long term, (1 − t) of the one and t of the other; "
        "sizes, scores and settings stay. Regret is the best value less the proposition's own, at most on the way.",
        "weights": "Weights are points as shares of their sum in each segment; sizes as shares of their sum.",
        "scores": "Scores as given, on the scenario's scale.",
    }
)
"""How each kind of exhibit is worked out, in a sentence or two."""


def method_of(exhibit: Exhibit) -> tuple[str, ...]:
    """Formula, settings, seed, and the name and content hash of each scenario.

    Parameters
    ----------
    exhibit : Exhibit
        Any.

    Returns
    -------
    tuple of str
        Paragraphs of plain text.

    Examples
    --------
    >>> from valuemix.exhibits import ranking
    >>> from valuemix.model.scenario import Scenario
    >>> for line in method_of(ranking(Scenario.from_arrays([[8, 2]]))):
    ...     print(line)
    Value of a proposition in a segment: weighted mean ... A contribution is weight times score.
    Scenario Scenario: scale 0 to 10, compensation 1, fairness 0, seed 0; content ...
    """
    formula = FORMULAS.get(exhibit.key, _VALUE)
    return (formula, *(_scenario_line(scenario) for scenario in exhibit.scenarios))


def _scenario_line(scenario: Scenario) -> str:
    settings = scenario.settings
    return (
        f"Scenario {scenario.name}: scale {scale(scenario)}, compensation {_setting(settings.compensation)}, "
        f"fairness {_setting(settings.fairness)}, seed {settings.seed}; content {scenario.content_hash}"
    )


def _setting(value: float | str) -> str:
    return value if isinstance(value, str) else plain(value)
