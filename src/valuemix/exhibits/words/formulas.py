"""Formulas that several kinds of exhibit share, each in a sentence or two."""

from __future__ import annotations

__all__ = ["BURDEN", "COMPARED", "DELIVERY", "GAPS", "ONE_WEIGHT", "RANKS", "VALUE"]

VALUE = (
    "Value of a proposition in a segment: weighted mean of its scores with the segment's weights; overall: "
    "mean over segments by size. Compensation is the exponent of the first mean, fairness that of the second "
    "(1 − fairness)."
)
ONE_WEIGHT = (
    "One weight goes from 0 to 100\u00a0%, the others keep their proportions; where values are straight lines, "
    "crossovers are solved in closed form."
)
RANKS = (
    "Stochastic multicriteria acceptability analysis: share of all weights, scores and sizes that are held "
    "possible for which a proposition takes a rank (Lahdelma, Hokkanen and Salminen, 1998; Lahdelma and "
    "Salminen, 2001)."
)
COMPARED = "Scenarios are matched by the names of segments and propositions and the ids of disciplines."

GAPS = (
    "Gap: the promised or believed score minus the felt one, where there are both; means are by the size of the "
    "segment and the weight of the discipline there."
)
DELIVERY = (
    "The promised score of each discipline, on the scale from 0 to 1, is multiplied by the share that survives "
    "each function, and valued like any score."
)
BURDEN = (
    "Burden: mean of time, worry, effort and money by their weights, each as a share of the amount that nobody "
    "bears. Net value = (1 − b) × value + b × (lowest + highest score − "
    "burden), b being the weight of burden in the segment (Zeithaml, 1988)."
)
