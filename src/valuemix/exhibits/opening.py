"""How a deck opens, and how it is divided: the answer first, what it rests on in an appendix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.balance.summary import summary
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.words import wording

__all__ = ["APPENDIX", "SECTIONS", "Opening", "appendix_of", "opening_of", "section_of"]

APPENDIX = "Appendix"

_REFERENCE = frozenset({"input_differences", "scores", "value_changes", "values", "weights"})
"""Exhibits that are looked up rather than told; the last ones of a deck are its appendix."""

_SECTIONS = {
    "Export": "The answer",
    "Balance": "Who leads",
    "Trade-offs": "How safely",
    "Robustness": "How safely",
    "Compare": "Comparison",
    "Decide": "Decision",
    "Customer view": "Customers",
    "Evidence": "Evidence",
    "Data": "Inputs",
}
"""Parts of a deck by the pages of the app."""

SECTIONS = tuple(dict.fromkeys(_SECTIONS.values()))
"""Parts of a deck that can be asked for."""


@dataclass(frozen=True)
class Opening:
    """What a title slide says.

    Attributes
    ----------
    answer : str
        One sentence.
    safety : str
        How safe it is, in one more.
    about : str
        Names of the scenarios.
    """

    answer: str
    safety: str
    about: str


def opening_of(exhibits: Sequence[Exhibit]) -> Opening:
    """What the title slide of a deck of these exhibits says.

    A deck that opens with a comparison is opened by its finding, any other by the summary of its scenario.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        At least one.

    Examples
    --------
    >>> from valuemix.exhibits import ranking
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"], name="Base case")
    >>> opening_of([ranking(scenario)]).about
    'Base case'
    """
    first = exhibits[0]
    own = next((each for each in exhibits if each.key == "summary"), None)
    shown = own or summary(evaluate(first.scenarios[0]))
    sentences = dict(zip(shown.table["part"], shown.table["sentence"], strict=True))
    names = [scenario.name for scenario in first.scenarios]
    if first.key in KINDS and KINDS[first.key].compares and len(names) > 1:
        regret = next((each.finding for each in exhibits if each.key == "regret"), shown.finding)
        about = f"{names[0]} beside {wording.joined(wording.short_names(names[1:]), 6)}"
        return Opening(first.finding, regret, about)
    return Opening(shown.finding, sentences.get("How safely", ""), names[0])


def section_of(key: str) -> str:
    """Part of a deck that an exhibit belongs to.

    Examples
    --------
    >>> section_of("ranking"), section_of("regret")
    ('Who leads', 'Comparison')
    """
    return _SECTIONS[KINDS[key].page] if key in KINDS else "More"


def appendix_of(keys: Sequence[str]) -> int | None:
    """Place of the first exhibit of the appendix: the last ones, as far as all are for reference.

    None where there is no appendix, or nothing before it.

    Examples
    --------
    >>> appendix_of(["summary", "values", "ranking", "weights", "scores"]), appendix_of(["weights", "scores"])
    (3, None)
    """
    start = len(keys)
    while start and keys[start - 1] in _REFERENCE:
        start -= 1
    return start if 0 < start < len(keys) else None
