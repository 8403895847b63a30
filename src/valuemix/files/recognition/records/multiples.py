"""Weights that a remark tells as multiples: "Appeal counts double"."""

from __future__ import annotations

import re

import numpy as np

from valuemix.files.recognition.shapes.findings import Case, Findings

__all__ = ["weigh_by_multiples"]

_TIMES = {
    2: r"double|doubled|twice|x ?2|2 ?x|doppelt|zweifach|coefficient 2|doble|dubbel|doppio|dobbelt|dubbelt",
    3: r"triple|tripled|three times|x ?3|3 ?x|dreifach|coefficient 3|drievoudig|triplo|tredobbelt|trippelt",
}
_VERBS = (
    r"counts?|is|are|weighs?|weighted|zählt|zählen|wird|werden|compte|cuenta|vale|telt|conta|räknas|tæller"
)


def weigh_by_multiples(case: Case, findings: Findings) -> None:
    """Take the weights of criteria of which a remark says that they count double or triple, where nothing tells others.

    Parameters
    ----------
    case : Case
        Gets the weights.
    findings : Findings
        Whose remarks are read, and in which it is said.
    """
    if case.weights is not None or case.proved:
        return
    weights = np.ones(len(case.criteria))
    for k, name in enumerate(case.criteria):
        for times, words in _TIMES.items():
            said = re.compile(rf"(?<!\w){re.escape(name)}(\W+({_VERBS})){{0,2}}\W+({words})(?!\w)", re.I)
            told = next((found[0] for text in findings.remarks if (found := said.search(text))), None)
            if told:
                weights[k] = times
                findings.guess(f"All criteria weigh the same, but for what a remark says: {told!r}.")
    if np.ptp(weights) > 0:
        case.weights = np.tile(weights, (len(case.segments), 1))
