"""Every exhibit by name: what it is called, what it can show, and how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from valuemix import exhibits
from valuemix.analysis.preference import SENSITIVITY
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.orders import Order, evaluated
from valuemix.exhibits.statement import PARTS

__all__ = ["CATALOGUE", "Recipe", "compares", "options_of"]


@dataclass(frozen=True)
class Recipe:
    """How one kind of exhibit is made.

    Attributes
    ----------
    label : str
        What it is called in lists.
    page : str
        Where it stands in the app.
    options : tuple of str
        What a slide of it can say.
    make : callable
        Makes it from an order.
    """

    label: str
    page: str
    options: tuple[str, ...]
    make: Callable[[Order], Exhibit]


def _change(order: Order) -> Exhibit:
    before = evaluated(order.find(order.others[0]))
    return exhibits.change(before, order.evaluation, order.segment)


def _scores(order: Order) -> Exhibit:
    return exhibits.scores(order.scenario, order.segment)


def _tradeoff(order: Order) -> Exhibit:
    return exhibits.tradeoff(order.tradeoffs, order.named("discipline", order.scenario.discipline_ids))


def _levers(order: Order) -> Exhibit:
    """By the amounts named, else by those that the exhibit itself chooses."""
    given = {
        "weight_share": order.amount("weight_points", 0.0) / 100,
        "score_step": order.amount("score_step", 0.0),
        "size_share": order.amount("size_percent", 0.0) / 100,
    }
    return exhibits.levers(order.scenario, order.segment, **{name: x for name, x in given.items() if x})


def _leader_map(order: Order) -> Exhibit:
    ids = order.scenario.discipline_ids
    first, second = order.named("discipline", ids), order.named("second_discipline", ids[1:])
    return exhibits.leader_map(order.scenario, first, second, order.segment)


def _bridge(order: Order) -> Exhibit:
    compared = order.comparison
    proposition = order.named("proposition", compared.propositions)
    return exhibits.bridge(compared, proposition, order.options.get("other"))


def _focus(order: Order) -> Exhibit:
    return exhibits.focus(
        order.scenario, "segments" if order.options.get("of") == "segments" else "propositions"
    )


def _evenness(order: Order) -> Exhibit:
    """At the fairness named, else as the exhibit itself chooses."""
    eps = order.amount("fairness", 0.0) if "fairness" in order.options else None
    return exhibits.evenness(order.evaluation, eps)


_OF_SEVERAL_VIEWS = frozenset(
    "perception cover_stories led_by_view delivery_chain delivery_levers weights".split()
)
"""Exhibits that set views side by side, or rest on no scores."""


def _statement(order: Order) -> Exhibit:
    sentences = {part: text for part, text in order.options.items() if part in PARTS}
    return exhibits.statement(order.evaluation, sentences)


def _perception(order: Order) -> Exhibit:
    given = order.options
    return exhibits.perception(
        order.scenario, order.segment, given.get("proposition"), by=given.get("by", "score")
    )


def _cover_stories(order: Order) -> Exhibit:
    given = order.options
    return exhibits.cover_stories(
        order.scenario, order.segment, given.get("proposition"), by=given.get("by", "score")
    )


def _delivery_chain(order: Order) -> Exhibit:
    given = order.options
    return exhibits.delivery_chain(
        order.scenario, given.get("proposition"), order.segment, by=given.get("by", "function")
    )


def _value_map(order: Order) -> Exhibit:
    given = order.options
    before = order.find(order.others[0]) if "scenarios" in given else None
    return exhibits.value_map(order.scenario, order.segment, given.get("proposition"), baseline=before)


_GAPS = ("segment", "proposition", "by")
_ROBUST = ("segment", "weights", "shift", "ranges", "score_within", "sizes_within", "draws")
_OTHER = ("scenarios", "other")

CATALOGUE: Mapping[str, Recipe] = MappingProxyType(
    {
        "summary": Recipe("Summary in three sentences", "Export", (), lambda o: exhibits.summary(o.evaluation)),
        "ranking": Recipe(
            "Ranking", "Balance", ("segment",),
            lambda o: exhibits.ranking(o.evaluation, o.segment),
        ),
        "leaders": Recipe(
            "Leaders by segment", "Balance", (), lambda o: exhibits.leaders(o.evaluation)
        ),
        "values": Recipe(
            "Values by segment", "Balance", (),
            lambda o: exhibits.values_table(o.evaluation),
        ),
        "change": Recipe("Change against another scenario", "Balance", ("segment", "scenarios"), _change),
        "tradeoff": Recipe("Trade-off of one weight", "Trade-offs", ("segment", "discipline", "mover"), _tradeoff),
        "stability": Recipe(
            "Stability intervals", "Trade-offs", ("segment", "mover"), lambda o: exhibits.stability(o.tradeoffs)
        ),
        "challenges": Recipe(
            "What would change the leader", "Trade-offs", ("segment",), lambda o: exhibits.challenges(o.tradeoffs)
        ),
        "leader_map": Recipe(
            "Who leads over two weights", "Trade-offs", ("segment", "discipline", "second_discipline"), _leader_map
        ),
        "levers": Recipe(
            "Levers", "Trade-offs", ("segment", "weight_points", "score_step", "size_percent"), _levers
        ),
        "acceptability": Recipe(
            "Rank acceptability", "Robustness", _ROBUST, lambda o: exhibits.acceptability(o.robustness)
        ),
        "central_weights": Recipe(
            "Central weights", "Robustness", _ROBUST, lambda o: exhibits.central_weights(o.robustness)
        ),
        "pairwise": Recipe("Pairwise wins", "Robustness", _ROBUST, lambda o: exhibits.pairwise(o.robustness)),
        "ranks_across": Recipe(
            "Ranks across scenarios", "Compare", ("scenarios",), lambda o: exhibits.ranks_across(o.comparison)
        ),
        "value_changes": Recipe(
            "Values and their changes", "Compare", _OTHER,
            lambda o: exhibits.value_changes(o.comparison, o.options.get("other")),
        ),
        "bridge": Recipe("Why one moved", "Compare", (*_OTHER, "proposition"), _bridge),
        "input_differences": Recipe(
            "What differs in the inputs", "Compare", _OTHER,
            lambda o: exhibits.input_differences(o.comparison, o.options.get("other")),
        ),
        "regret": Recipe("Regret", "Compare", ("scenarios",), lambda o: exhibits.regret(o.comparison)),
        "path": Recipe(
            "The way between two scenarios", "Compare", _OTHER,
            lambda o: exhibits.path(o.comparison, o.options.get("other")),
        ),
        "statement": Recipe(
            "The strategy on one page", "Customer view", PARTS, _statement
        ),
        "focus": Recipe("Focus", "Customer view", ("of",), _focus),
        "discipline_check": Recipe(
            "Discipline check", "Customer view", ("segment",),
            lambda o: exhibits.discipline_check(o.scenario, o.segment),
        ),
        "fit": Recipe("Fit to the segments", "Customer view", (), lambda o: exhibits.fit(o.scenario)),
        "evenness": Recipe("Evenness over the segments", "Customer view", ("fairness",), _evenness),
        "dials": Recipe("Who leads over both dials", "Customer view", (), lambda o: exhibits.dials(o.scenario)),
        "preference_share": Recipe(
            "Preference share", "Customer view", ("segment", "sensitivity"),
            lambda o: exhibits.preference_share(o.evaluation, o.segment, o.amount("sensitivity", SENSITIVITY)),
        ),
        "alignment": Recipe(
            "Customers, employees and partners", "Customer view", (), lambda o: exhibits.alignment(o.evaluation)
        ),
        "perception": Recipe("What we believe against what is felt", "Customer view", _GAPS, _perception),
        "cover_stories": Recipe("Cover stories", "Customer view", _GAPS, _cover_stories),
        "led_by_view": Recipe(
            "Leaders by promised, believed and felt", "Customer view", ("segment",),
            lambda o: exhibits.led_by_view(o.scenario, o.segment),
        ),
        "delivery_chain": Recipe(
            "Delivery chain", "Customer view", ("proposition", "segment", "by"), _delivery_chain
        ),
        "delivery_levers": Recipe(
            "What fixes in delivery return", "Customer view", ("segment",),
            lambda o: exhibits.delivery_levers(o.scenario, o.segment),
        ),
        "value_map": Recipe("Customer value map", "Customer view", ("segment", "proposition", "scenarios"), _value_map),
        "net_value": Recipe(
            "Value after burden", "Customer view", ("segment",),
            lambda o: exhibits.net_value(o.evaluation, o.segment),
        ),
        "service": Recipe(
            "Who serves whom", "Customer view", ("proposition",),
            lambda o: exhibits.service(o.evaluation, o.options.get("proposition")),
        ),
        "terms": Recipe(
            "Short and long term", "Customer view", ("segment",), lambda o: exhibits.terms(o.scenario, o.segment)
        ),
        "weights": Recipe("Weights and sizes", "Data", (), lambda o: exhibits.weights(o.scenario)),
        "scores": Recipe("Scores", "Data", ("segment",), _scores),
    }
)  # fmt: skip
"""Every exhibit that a slide can show, in the order of the pages."""


def compares(exhibit: str) -> bool:
    """Whether an exhibit needs other scenarios beside the open one.

    Examples
    --------
    >>> compares("regret"), compares("value_map")
    (True, False)
    """
    return CATALOGUE[exhibit].page == "Compare" or exhibit == "change"


def options_of(exhibit: str) -> tuple[str, ...]:
    """What a slide of an exhibit can say.

    Examples
    --------
    >>> options_of("tradeoff")
    ('segment', 'discipline', 'mover', 'view')
    """
    recipe = CATALOGUE[exhibit]
    one_view = compares(exhibit) or exhibit in _OF_SEVERAL_VIEWS
    return recipe.options if one_view else (*recipe.options, "view")
