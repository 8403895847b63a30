"""How large a scenario the pages take; the command line and the library take any."""

from __future__ import annotations

from valuemix.errors import EditError, shorten
from valuemix.exhibits.words.wording import joined
from valuemix.model.scenario import Scenario

__all__ = ["MOST_NAMES", "MOST_SCORES", "fitting", "size_problem"]

MOST_NAMES, MOST_SCORES = 60, 10_000
"""Segments and propositions, each, and scores (segments x propositions x disciplines) that pages answer in time."""


def size_problem(scenario: Scenario) -> str:
    """One sentence on a scenario that is too large for the pages, with what still works; nothing for any other.

    Examples
    --------
    >>> size_problem(Scenario.from_arrays([[5, 5]] * 61, name="All shops"))
    'The pages cannot show All shops: it has 61 propositions, and they take at most 60 segments, 60 propositions
    and 10,000 scores; the command line (valuemix rank, customers, export) and the library work with it as it is.'
    """
    segments, propositions = len(scenario.segments), len(scenario.propositions)
    scores = segments * propositions * len(scenario.disciplines)
    beyond = [
        f"{count:,} {things}"
        for things, count, most in (
            ("segments", segments, MOST_NAMES),
            ("propositions", propositions, MOST_NAMES),
            ("scores", scores, MOST_SCORES),
        )
        if count > most
    ]
    if not beyond:
        return ""
    return (
        f"The pages cannot show {shorten(scenario.name)}: it has {joined(beyond)}, and they take at most "
        f"{MOST_NAMES} segments, {MOST_NAMES} propositions and {MOST_SCORES:,} scores; the command line "
        "(valuemix rank, customers, export) and the library work with it as it is."
    )


def fitting(scenario: Scenario) -> Scenario:
    """The scenario itself, where the pages can show it.

    Raises
    ------
    EditError
        Where it is too large for them.
    """
    told = size_problem(scenario)
    if told:
        raise EditError(told)
    return scenario
