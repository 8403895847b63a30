"""What is said of the best set of propositions: its limits, its members, and whom it leaves out."""

from __future__ import annotations

from valuemix.analysis.decisions.set_certainty import set_certainty
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.analysis.portfolio.choose import Offer, Selection, choose
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.costs import amount, cost_head, money
from valuemix.exhibits.words.formats import ahead, decimals_of, number, share_of_several
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import since
from valuemix.model.scenario import Scenario

__all__ = [
    "FORMULA",
    "alone_words",
    "best_choice",
    "best_words",
    "chosen",
    "cost_heads",
    "left_out_words",
    "limits",
    "members",
    "price_words",
    "step_rows",
    "unknown_costs",
]


FORMULA = (
    "A set is worth the overall value when each segment takes the best proposition in it, and the lowest of the scale "
    "where it takes nothing. The best set is exact (mixed-integer program, HiGHS); of several the cheapest."
)


def chosen(
    scenario: Scenario, budget: float | None, people: float | None, at_most: float | None
) -> Selection:
    """Best set within limits as a slide gives them."""
    return choose(scenario, budget, people=people, at_most=None if at_most is None else int(at_most))


def cost_heads(scenario: Scenario) -> tuple[str, str, str, str, str]:
    """Heads of the columns of `step_rows`.

    Examples
    --------
    >>> cost_heads(Scenario.from_arrays([[8, 2]]).with_settings(cost_unit="k€"))[:3]
    ('Cost (k€)', 'Value', 'Cost a point')
    """
    return cost_head(scenario), "Value", "Cost a point", "Enters", "Leaves"


def price_words(selection: Selection) -> str:
    """What a point of value costs at the first step of a budget and at the last, in two figures; or blank.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> from valuemix.model.parts import Proposition
    >>> scenario = Scenario.from_arrays([[8.2, 8], [6, 6]], propositions=["Express", "Basic"])
    >>> offers = [Proposition(name="Express", cost=900), Proposition(name="Basic", cost=3)]
    >>> price_words(choose(scenario.replace(propositions=offers)))
    'a point of value costs 0.5 at the first step and about 430 at the last'
    """
    known = selection.to_frame()["cost_a_point"].dropna().tolist()
    if not known:
        return ""
    scenario, told = selection.scenario, []
    for price in known:
        short = float(f"{price:.2g}")
        told.append(f"{'' if abs(short - price) <= 1e-9 * price else 'about '}{money(scenario, short)}")
    if len(told) == 1:
        return f"a point of value costs {told[0]}"
    return f"a point of value costs {told[0]} at the first step and {told[-1]} at the last"


def limits(selection: Selection) -> str:
    """Limits within which a set is chosen, blank where there are none.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> limits(choose(Scenario.from_arrays([[8, 2]]), at_most=3))
    'with at most 3 propositions'
    """
    parts = []
    if selection.budget is not None:
        parts.append(f"within a budget of {money(selection.scenario, selection.budget)}")
    if selection.people is not None:
        parts.append(f"with {amount(selection.people)} people")
    if selection.at_most is not None:
        parts.append(f"with at most {selection.at_most} proposition{'' if selection.at_most == 1 else 's'}")
    return " and ".join(parts)


def members(selection: Selection, offer: Offer) -> str:
    """Names in a set as they are spoken."""
    names = wording.short_names(selection.scenario.proposition_names)
    return wording.joined([names[p] for p in offer.members]) if offer.members else "nothing"


def best_words(selection: Selection) -> str:
    """Which set is best, as sure as that is, what it is worth and what it costs.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 7]], propositions=["Express", "Hotline"])
    >>> best_words(choose(scenario, at_most=1))
    'The best set with at most 1 proposition is Hotline, worth 6.0 overall'
    """
    best, within = selection.best, limits(selection)
    if not best.members:
        return _nothing(selection, within)
    worth = number(best.value, decimals_of(selection.scenario))
    probably, close = _sure(selection)
    named = f"{probably}{members(selection, best)}{close}"
    head = f"The best set{' ' if within else ''}{within} is {named}, worth {worth} overall"
    return f"{head}, for {money(selection.scenario, best.cost)}" if selection.has_costs else head


def _nothing(selection: Selection, within: str) -> str:
    """That no set is chosen: nothing can be afforded, and what the cheapest costs, or nothing adds value.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> from valuemix.model.parts import Proposition
    >>> offers = [Proposition(name="Express", cost=9), Proposition(name="Basic", cost=3)]
    >>> scenario = Scenario.from_arrays([[8, 8], [6, 6]], propositions=["Express", "Basic"])
    >>> best_words(choose(scenario.replace(propositions=offers), budget=2))
    'Nothing can be afforded within a budget of 2: the cheapest, Basic, costs 3'
    """
    scenario, space = selection.scenario, " " if within else ""
    costs = [each.cost or 0.0 for each in scenario.propositions]
    least = min(costs)
    if selection.budget is None or least <= selection.budget:
        return f"No set{space}{within} adds value"
    name = wording.short_names(scenario.proposition_names)[costs.index(least)]
    return f"Nothing can be afforded {within}: the cheapest, {name}, costs {money(scenario, least)}"


def alone_words(selection: Selection) -> str:
    """That one member of the set is worth nearly as much by itself, and for how much less; or blank.

    Examples
    --------
    >>> from valuemix.model.parts import Proposition
    >>> scenario = Scenario.from_arrays([[[8, 8], [2, 2]], [[6, 6], [6.4, 6.4]]], propositions=["Express", "Basic"])
    >>> offers = [Proposition(name="Express", cost=900), Proposition(name="Basic", cost=300)]
    >>> alone_words(choose(scenario.replace(propositions=offers)))
    'Express alone is worth 7.0 today, 0.2 below the set, for 900 in place of 1,200'
    """
    one, best, scenario = selection.alone, selection.best, selection.scenario
    if one is None:
        return ""
    decimals = decimals_of(scenario)
    less = f"{ahead(best.value, one.value, decimals)} below the set" if best.value > one.value else "as much"
    cost = f"for {amount(one.cost)} in place of {money(scenario, best.cost)}"
    return f"{members(selection, one)} alone is worth {number(one.value, decimals)} {since(scenario)}, {less}, {cost}"


def best_choice(selection: Selection) -> SetChoice:
    """The best set with its limits, as it would be decided on."""
    return SetChoice(selection.names(selection.best), selection.budget, selection.people, selection.at_most)


def _sure(selection: Selection) -> tuple[str, str]:
    """What stands before and after the best set as it is named, by how sure it is that it leads the others."""
    found = set_certainty(selection.scenario, best_choice(selection))
    probably = "probably " if found.degree == "likely" else ""
    return probably, f" {since(selection.scenario)}, too close to call" if found.degree == "open" else ""


def left_out_words(selection: Selection) -> str:
    """Whom the best set leaves out: segments that would get more from a proposition it does not hold.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> scenario = Scenario.from_arrays([[[8, 8], [5, 5]], [[3, 3], [6, 6]]], sizes=[3, 1],
    ...     propositions=["Express", "Hotline"], segments=["Families", "Students"])
    >>> left_out_words(choose(scenario, at_most=1)).replace("\\xa0", " ")
    'it leaves out Students (25 % of size), who would get 6.0 from Hotline and get 3.0'
    """
    scenario, places = selection.scenario, selection.left_out()
    if not selection.best.members:
        return "no segment gets anything"
    known = [g for g, worth in enumerate(selection.coverage()["best_value"]) if worth == worth]
    if not places:
        return "it holds the best proposition for every segment" if known else "no proposition has a value"
    names, decimals = wording.short_names(scenario.segment_names), decimals_of(scenario)
    size = share_of_several(scenario.size_shares.tolist(), places)
    who = f"it leaves out {wording.joined([names[g] for g in places])} ({size} of size), who"
    if len(places) > 1:
        return f"{who} would get more from other propositions"
    [row] = [*records(selection.coverage().iloc[places], "best", "best_value", "value")]
    best = wording.short_names(scenario.proposition_names)[scenario.proposition_index(row[0])]
    return f"{who} would get {number(row[1], decimals)} from {best} and get {number(row[2], decimals)}"


def step_rows(selection: Selection) -> list[list[str]]:
    """Frontier as it is printed: cost, value, cost of a point, what enters, what leaves; the cheapest set first.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> step_rows(choose(Scenario.from_arrays([[8, 2], [5, 7]], propositions=["Express", "Hotline"])))
    [['0', '6.0', '–', 'Hotline', '–']]
    """
    decimals, short = (
        decimals_of(selection.scenario),
        wording.short_names(selection.scenario.proposition_names),
    )
    called = dict(zip(selection.scenario.proposition_names, short, strict=True))
    rows = []
    for cost, value, point, *changes in records(
        selection.to_frame(), "cost", "value", "cost_a_point", "enters", "leaves"
    ):
        said = (wording.joined([called[name] for name in names]) if names else "–" for names in changes)
        each = "–" if point != point else amount(float(f"{point:.3g}"))
        rows.append([amount(cost), number(value, decimals), each, *said])
    return rows


def unknown_costs(selection: Selection) -> str:
    """Which costs are not known and count as 0; blank where all are."""
    unknown = [p.name for p in selection.scenario.propositions if p.cost is None]
    if not unknown or not selection.has_costs:
        return ""
    return f"no cost is known of {wording.joined(wording.short_names(unknown))}, which counts as 0"
