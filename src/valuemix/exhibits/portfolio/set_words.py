"""How sure it is that a set is the best within its limits, in words."""

from __future__ import annotations

from valuemix.analysis.decisions.reversal import loss
from valuemix.analysis.decisions.set_certainty import set_certainty
from valuemix.analysis.decisions.sets import SetChoice, broken
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import ahead, decimals_of, how_often, number
from valuemix.model.scenario import Scenario

__all__ = ["set_gone_words", "set_note", "set_worth"]


def set_worth(scenario: Scenario, choice: SetChoice) -> str:
    """What a set is worth, and as sure as that is whether it leads all others or another is worth more.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]], propositions=["Express", "Basic", "Hotline"])
    >>> set_worth(scenario, SetChoice(("Express",), at_most=1))
    'Worth 7.0 overall; it is ahead, too close to call with the set Hotline'
    """
    own = scenario.scale.from_unit(choice.program(scenario).overall(choice.held(scenario)))
    worth = f"Worth {number(float(own), decimals_of(scenario))} overall"
    gone = broken(scenario, choice) or loss(scenario, choice) > 0
    return f"{worth}; {set_gone_words(scenario, choice) if gone else _leads(scenario, choice)}"


def _leads(scenario: Scenario, choice: SetChoice) -> str:
    """How a set that none is worth more than stands against the others."""
    found = set_certainty(scenario, choice)
    if found.closest is None:
        return "no other set keeps within its limits"
    if found.tied:
        return f"it ties with the set {_named(scenario, found.closest)}"
    if found.degree == "open":
        more = found.close - 1
        others = f" and {wording.count(more, 'more set')}" if more > 0 else ""
        return f"it is ahead, too close to call with the set {_named(scenario, found.closest)}{others}"
    verb = claims.lead_verb([found.degree], several=False)
    whatever = " whatever is in doubt" if found.degree == "certain" and found.in_doubt else ""
    return f"it {verb} all other sets within its limits{whatever}"


def set_note(scenario: Scenario, choice: SetChoice) -> str:
    """Note on what the degree of a set rests on; blank where there is nothing to be sure of.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]], propositions=["Express", "Basic", "Hotline"])
    >>> set_note(scenario, SetChoice(("Express",), at_most=1)).replace("\\xa0", " ")
    'the set is above the set Hotline in 59 % of the cases held possible, assuming ... add to it are left aside'
    """
    if broken(scenario, choice):
        return ""
    found = set_certainty(scenario, choice)
    if found.closest is None:
        return ""
    if not found.in_doubt:
        return grounds.NOTHING_IN_DOUBT
    other = f"the set {_named(scenario, found.closest)}"
    pair = (other, "it") if loss(scenario, choice) > 0 else ("the set", other)
    often = f"{pair[0]} is above {pair[1]} in {how_often(found.least)} of the cases held possible"
    looked = "" if found.every else "; of other sets those are looked at that exchange one proposition"
    aside = "" if loss(scenario, choice) > 0 else "; sets that only add to it are left aside"
    return f"{often}, {grounds.taken(scenario)}{aside}{looked}"


def set_gone_words(scenario: Scenario, choice: SetChoice) -> str:
    """Rules that a set breaks, or which set is better within the same limits, by how much, and how sure that is.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 7]], propositions=["Express", "Hotline"])
    >>> set_gone_words(scenario, SetChoice(("Express",), at_most=1))
    'the set Hotline is worth 1.0 more'
    >>> set_gone_words(scenario, SetChoice(("Express", "Hotline"), at_most=1))
    'it holds 2 propositions, and may hold 1'
    """
    if rules := broken(scenario, choice):
        return "; ".join(rules)
    lost = loss(scenario, choice)
    found = set_certainty(scenario, choice)
    if not lost or found.closest is None:
        return "no other set within its limits is worth more"
    sure = claims.sign_words(found.degree)
    return f"the set {_named(scenario, found.closest)} is {sure}worth {ahead(lost, 0.0, decimals_of(scenario))} more"


def _named(scenario: Scenario, members: tuple[int, ...]) -> str:
    names = wording.short_names(scenario.proposition_names)
    return wording.joined([names[p] for p in members], 6) if members else "of nothing"
