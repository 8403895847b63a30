"""Every exhibit by name: what it is called, what it can show, and how it is made for a slide."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from valuemix import exhibits
from valuemix.analysis.compare import Comparison, compare
from valuemix.analysis.preference import SENSITIVITY
from valuemix.analysis.robustness import DEFAULT_DRAWS, Assumptions, Robustness, robustness
from valuemix.analysis.scoring import Evaluation, evaluate
from valuemix.analysis.tradeoffs import Tradeoffs, tradeoffs
from valuemix.errors import EditError, UnknownName, ValuemixError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.inputs import shared_scores
from valuemix.exhibits.statement import PARTS
from valuemix.model.parts import FELT, VIEWS, Slide
from valuemix.model.scenario import Scenario

__all__ = [
    "CATALOGUE",
    "Order",
    "Recipe",
    "compares",
    "default_slides",
    "exhibit_of",
    "exhibits_of",
    "finder",
    "options_of",
    "slide_of",
    "titled",
    "untitled",
]

WITHIN = "within:10"
"""What is known of weights on a slide that does not say."""

Find = Callable[[str], Scenario]


@dataclass(frozen=True)
class Order:
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

    @property
    def segment(self) -> str | None:
        """Which segment; None for all of them."""
        return self.options.get("segment")

    @property
    def evaluation(self) -> Evaluation:
        """Result of the scenario."""
        return _evaluated(self.scenario)

    @property
    def decimals(self) -> int:
        """Decimals that every exhibit of the scenario can be shown with."""
        return exhibits.decimals_of(self.evaluation, self.segment)

    @property
    def tradeoffs(self) -> Tradeoffs:
        """Trade-offs in the segment."""
        return _traded_off(self.scenario, self.segment)

    @property
    def robustness(self) -> Robustness:
        """Robustness under the assumptions of the slide."""
        given = self.options
        taken = Assumptions(
            given.get("weights", WITHIN),
            given.get("ranges") == "yes",
            self.amount("score_within", 0.0),
            self.amount("sizes_within", 0.0),
        )
        return _shaken(self.scenario, self.segment, taken, int(self.amount("draws", DEFAULT_DRAWS)))

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
        return _compared(self.scenario, *(self.find(name) for name in self.others))

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
    before = _evaluated(order.find(order.others[0]))
    return exhibits.change(before, order.evaluation, order.segment, decimals=order.decimals)


def _scores(order: Order) -> Exhibit:
    return exhibits.scores(order.scenario, order.segment)


def _tradeoff(order: Order) -> Exhibit:
    return exhibits.tradeoff(order.tradeoffs, order.named("discipline", order.scenario.discipline_ids))


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
_ROBUST = ("segment", "weights", "ranges", "score_within", "sizes_within", "draws")
_OTHER = ("scenarios", "other")

CATALOGUE: Mapping[str, Recipe] = MappingProxyType(
    {
        "summary": Recipe("Summary in three sentences", "Export", (), lambda o: exhibits.summary(o.evaluation)),
        "ranking": Recipe(
            "Ranking", "Balance", ("segment",),
            lambda o: exhibits.ranking(o.evaluation, o.segment, decimals=o.decimals),
        ),
        "leaders": Recipe(
            "Leaders by segment", "Balance", (), lambda o: exhibits.leaders(o.evaluation, decimals=o.decimals)
        ),
        "values": Recipe(
            "Values by segment", "Balance", (),
            lambda o: exhibits.values_table(o.evaluation, decimals=o.decimals),
        ),
        "change": Recipe("Change against another scenario", "Balance", ("segment", "scenarios"), _change),
        "tradeoff": Recipe("Trade-off of one weight", "Trade-offs", ("segment", "discipline"), _tradeoff),
        "stability": Recipe(
            "Stability intervals", "Trade-offs", ("segment",), lambda o: exhibits.stability(o.tradeoffs)
        ),
        "challenges": Recipe(
            "What would change the leader", "Trade-offs", ("segment",), lambda o: exhibits.challenges(o.tradeoffs)
        ),
        "leader_map": Recipe(
            "Who leads over two weights", "Trade-offs", ("segment", "discipline", "second_discipline"), _leader_map
        ),
        "levers": Recipe(
            "Levers", "Trade-offs", ("segment",), lambda o: exhibits.levers(o.scenario, o.segment)
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
            "The strategy on one page", "Customer view", PARTS, lambda o: exhibits.statement(o.evaluation, o.options)
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


def slide_of(exhibit: str, **options: str | None) -> Slide:
    """Slide of an exhibit; options that are None or blank are left out.

    Examples
    --------
    >>> slide_of("ranking", segment="Families", other=None)
    Slide(exhibit='ranking', options=immutabledict({'segment': 'Families'}), title='', source='')
    """
    return Slide(exhibit=exhibit, options={name: text for name, text in options.items() if text})


def exhibit_of(scenario: Scenario, slide: Slide, find: Find) -> Exhibit:
    """Exhibit that a slide shows, under the slide's own title and source where it has them.

    Parameters
    ----------
    scenario : Scenario
        What it is made from.
    slide : Slide
        Which exhibit, and of what.
    find : callable
        Gives the scenario of a name, for comparisons; raises ValuemixError where there is none.

    Raises
    ------
    UnknownName
        Where there is no such exhibit, segment, discipline, proposition or scenario.
    EditError
        Where an option cannot be.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 7]], propositions=["Express", "Green line"])
    >>> exhibit_of(scenario, slide_of("values"), find=lambda name: scenario).finding
    'Green line leads overall at 7.0, and so it does in the only segment'
    """
    return titled(untitled(scenario, slide, find), slide)


def untitled(scenario: Scenario, slide: Slide, find: Find) -> Exhibit:
    """Exhibit that a slide shows, under the exhibit's own title; as `exhibit_of`."""
    recipe = CATALOGUE.get(slide.exhibit)
    if recipe is None:
        raise UnknownName("exhibit", slide.exhibit, [*CATALOGUE])
    known = options_of(slide.exhibit)
    unknown = [option for option in slide.options if option not in known]
    if unknown:
        raise UnknownName(f"option of {slide.exhibit}", unknown[0], known or ["none"])
    view = slide.options.get("view", FELT)
    if view not in VIEWS:
        raise UnknownName("view", view, VIEWS)
    made = recipe.make(Order(scenario.seen_as(view), slide.options, find))
    return made if view == FELT else _seen_as(made, view)


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
    ('segment', 'discipline', 'view')
    """
    recipe = CATALOGUE[exhibit]
    one_view = compares(exhibit) or exhibit in _OF_SEVERAL_VIEWS
    return recipe.options if one_view else (*recipe.options, "view")


def _seen_as(exhibit: Exhibit, view: str) -> Exhibit:
    """Exhibit that says whose scores count, where customers' own do not."""
    return replace(
        exhibit,
        finding=f"Where {view} scores count: {exhibit.finding}",
        subtitle=f"{exhibit.subtitle}; {view} scores in place of felt ones",
    )


def titled(exhibit: Exhibit, slide: Slide) -> Exhibit:
    """Exhibit under the title and source of its slide, where the slide has them."""
    return replace(exhibit, finding=slide.title or exhibit.finding, source=slide.source or exhibit.source)


def exhibits_of(
    scenario: Scenario, others: Sequence[Scenario] = (), slides: Iterable[Slide] | None = None
) -> list[Exhibit]:
    """Exhibits of a whole deck.

    Parameters
    ----------
    scenario : Scenario
        What the deck is about; the baseline of comparisons.
    others : sequence of Scenario
        What it is compared with.
    slides : iterable of Slide, optional
        Which exhibits; those kept with the scenario by default, or `default_slides` where it keeps none.

    Raises
    ------
    ValuemixError
        Where a slide cannot be made; the message says which.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 7]], propositions=["Express", "Green line"])
    >>> [exhibit.key for exhibit in exhibits_of(scenario)][:3]
    ['summary', 'ranking', 'values']
    """
    chosen = list(slides if slides is not None else scenario.deck) or default_slides(scenario, others)
    find = finder(others)
    result = []
    for place, slide in enumerate(chosen, start=1):
        try:
            result.append(exhibit_of(scenario, slide, find))
        except ValuemixError as error:
            raise EditError(f"slide {place} ({slide.exhibit}): {error}") from error
    return result


def finder(others: Sequence[Scenario]) -> Find:
    """Finds the first of some scenarios by its name."""

    def find(name: str) -> Scenario:
        for other in others:
            if other.name == name:
                return other
        raise UnknownName("scenario", name, [other.name for other in others] or ["none"])

    return find


def default_slides(scenario: Scenario, others: Sequence[Scenario] = ()) -> list[Slide]:
    """What a board wants to see where nothing was chosen: the answer, how safe it is, the inputs.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2]], [[7, 7]]])
    >>> [slide.exhibit for slide in default_slides(scenario)]
    ['summary', 'ranking', 'leaders', 'weights', 'scores', 'scores']
    """
    several, choice = len(scenario.segments) > 1, len(scenario.propositions) > 1
    slides = [slide_of("summary"), slide_of("ranking")]
    slides += [slide_of("leaders")] if several else []
    slides += [slide_of("values")] if choice else []
    if choice:
        nearest = exhibits.stability(_traded_off(scenario, None)).table["discipline"].iloc[0]
        discipline = scenario.discipline_ids[scenario.discipline_names.index(nearest)]
        slides += [slide_of("tradeoff", discipline=discipline), slide_of("stability"), slide_of("challenges")]
        slides += [slide_of("acceptability", weights=WITHIN)]
    if others:
        names = "\n".join(other.name for other in others)
        slides += [slide_of(key, scenarios=names) for key in ("ranks_across", "value_changes", "regret")]
    slides += [slide_of("weights")]
    shared = not several or shared_scores(scenario)
    return slides + [
        slide_of("scores", segment=name) for name in ([None] if shared else scenario.segment_names)
    ]


@functools.lru_cache(maxsize=32)
def _evaluated(scenario: Scenario) -> Evaluation:
    return evaluate(scenario)


@functools.lru_cache(maxsize=32)
def _traded_off(scenario: Scenario, segment: str | None) -> Tradeoffs:
    return tradeoffs(scenario, segment)


@functools.lru_cache(maxsize=16)
def _shaken(scenario: Scenario, segment: str | None, taken: Assumptions, draws: int) -> Robustness:
    return robustness(
        scenario,
        segment,
        weights=taken.weights,
        ranges=taken.ranges,
        score_within=taken.score_within,
        sizes_within=taken.sizes_within,
        draws=draws,
    )


@functools.lru_cache(maxsize=16)
def _compared(*scenarios: Scenario) -> Comparison:
    return compare(*scenarios)
