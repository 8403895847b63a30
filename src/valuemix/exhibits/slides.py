"""Slides: an exhibit by its key and options, made anew from a scenario whenever it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError, UnknownName, ValuemixError
from valuemix.exhibits.balance.scores import near_the_mean, shared_scores
from valuemix.exhibits.exhibit import Exhibit, Origin
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.request import Find, Request
from valuemix.exhibits.tradeoffs.stability import nearest_weight
from valuemix.model.parts import FELT, VIEWS, Slide
from valuemix.model.scenario import Scenario

__all__ = [
    "default_slides",
    "exhibit_of",
    "exhibits_of",
    "exhibits_on",
    "finder",
    "place_in_deck",
    "seen_as",
    "slide_of",
    "titled",
    "untitled",
]


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
    'Green line leads overall at 7.0'
    """
    made = titled(untitled(scenario, slide, find), slide)
    others = (find(name) for name in slide.options.get("scenarios", "").splitlines() if name)
    return replace(made, origin=Origin(slide, (scenario, *others)))


def untitled(scenario: Scenario, slide: Slide, find: Find) -> Exhibit:
    """Exhibit that a slide shows, under the exhibit's own title; as `exhibit_of`."""
    kind = KINDS.get(slide.exhibit)
    if kind is None:
        raise UnknownName("exhibit", slide.exhibit, [*KINDS])
    known = KINDS[slide.exhibit].options
    unknown = [option for option in slide.options if option not in known]
    if unknown:
        raise UnknownName(f"option of {slide.exhibit}", unknown[0], known or ["none"])
    view = slide.options.get("view", FELT)
    if view not in VIEWS:
        raise UnknownName("view", view, VIEWS)
    made = kind.make(Request(scenario.seen_as(view), slide.options, find))
    return seen_as(made, view)


def seen_as(exhibit: Exhibit, view: str) -> Exhibit:
    """Exhibit that says whose scores count, where customers' own do not."""
    if view == FELT:
        return exhibit
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
    ['summary', 'ranking', 'tradeoff']
    """
    chosen = list(slides if slides is not None else scenario.deck) or default_slides(scenario, others)
    return exhibits_on(scenario, chosen, finder(others))


def exhibits_on(scenario: Scenario, slides: Iterable[Slide], find: Find) -> list[Exhibit]:
    """Exhibits that some slides show, in their order.

    Parameters
    ----------
    scenario, find
        As for `exhibit_of`.
    slides : iterable of Slide
        Which exhibits.

    Raises
    ------
    EditError
        Where a slide cannot be made; the message says which.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 7]])
    >>> exhibits_on(scenario, [slide_of("values"), slide_of("ranking", segment="Nobody")], finder([]))
    Traceback (most recent call last):
    valuemix.errors.EditError: slide 2 (ranking): unknown segment 'Nobody'...
    """
    result = []
    for place, slide in enumerate(slides, start=1):
        try:
            result.append(exhibit_of(scenario, slide, find))
        except ValuemixError as error:
            raise EditError(f"slide {place} ({slide.exhibit}): {error}") from error
    return result


def place_in_deck(scenario: Scenario, slide: Slide, find: Find) -> int | None:
    """Place of the slide of a deck that shows the same, whatever its title and however its options say it.

    Examples
    --------
    >>> kept = slide_of("levers", weight_points="5")
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 7]]).replace(deck=(slide_of("values"), kept))
    >>> place_in_deck(scenario, slide_of("levers"), finder([]))
    1
    >>> place_in_deck(scenario, slide_of("levers", weight_points="6"), finder([]))
    """
    for place, own in enumerate(scenario.deck):
        if own.exhibit == slide.exhibit and (
            own.options == slide.options or _printed(scenario, own, find) == _printed(scenario, slide, find)
        ):
            return place
    return None


def _printed(scenario: Scenario, slide: Slide, find: Find) -> tuple[object, ...]:
    """What a slide says; that of one that cannot be made is its own alone."""
    try:
        made = untitled(scenario, slide, find)
    except ValuemixError:
        return (slide,)
    return made.finding, made.subtitle, made.notes, made.table.to_csv()


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

    Where scenarios are compared their comparison comes first. What is only looked up comes last, as an
    appendix; before it there are seven slides at most, and the title slide.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2]], [[7, 7]]])
    >>> [slide.exhibit for slide in default_slides(scenario)]
    ['summary', 'ranking', 'leaders', 'weights', 'scores', 'scores']
    """
    several, choice = len(scenario.segments) > 1, len(scenario.propositions) > 1
    answer = [slide_of("summary"), slide_of("ranking")]
    more: list[Slide] = []
    if others:
        told, more = _compared(others)
        answer = [*told, *answer, *([slide_of("stability")] if choice else [])][:_BEFORE]
    else:
        answer += [slide_of("leaders")] if several else []
        answer += [slide_of("disciplines_by_moment")] if scenario.moments else []
        answer += _safety(scenario) if choice else []
    return [
        *answer,
        *more,
        *([slide_of("values")] if choice else []),
        slide_of("weights"),
        *_scores(scenario),
    ]


_BEFORE, _SHOWN = 7, 3
"""Slides before the appendix, and scenarios whose changes stand there, at most."""


def _safety(scenario: Scenario) -> list[Slide]:
    """How safe the answer is, by the weight that is nearest to a switch first."""
    discipline = scenario.discipline_ids[nearest_weight(tradeoffs(scenario))]
    own = [slide_of("tradeoff", discipline=discipline)]
    # When and where, which stand before this, take the place of the table of all weights.
    own += [] if scenario.moments else [slide_of("stability")]
    if len(evaluate(scenario).standing().leaders) < len(scenario.propositions):
        own.append(slide_of("challenges"))
    return [*own, slide_of("acceptability")]


def _compared(others: Sequence[Scenario]) -> tuple[list[Slide], list[Slide]]:
    """The comparison with the changes of every scenario; those that are too many for the board come second."""
    names = "\n".join(other.name for other in others)
    changes = [slide_of("value_changes", scenarios=names, other=other.name) for other in others]
    told = [slide_of("ranks_across", scenarios=names), *changes[:_SHOWN], slide_of("regret", scenarios=names)]
    return told, changes[_SHOWN:]


def _scores(scenario: Scenario) -> list[Slide]:
    """Scores as few tables as say what matters: segments that score nearly alike share their mean."""
    array = scenario.array("scores")
    if len(array) == 1 or shared_scores(scenario):
        return [slide_of("scores")]
    near = near_the_mean(scenario)
    shown = [
        slide_of("scores", segment=name) for g, name in enumerate(scenario.segment_names) if g not in near
    ]
    return [slide_of("scores"), *shown] if near else shown
