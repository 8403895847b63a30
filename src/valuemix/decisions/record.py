"""A decision as it is kept: what was chosen for whom, on which scenario, and what would reverse it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from valuemix.analysis.decisions.reversal import ACCEPTED_SHARE
from valuemix.analysis.decisions.sets import SetChoice
from valuemix.decisions.chosen import Chosen, Reversing, choices_among, reversing_of
from valuemix.errors import EditError, shorten
from valuemix.model.names import clean_name
from valuemix.model.parts import Part, Text
from valuemix.model.scenario import Scenario

__all__ = [
    "Chosen",
    "Decision",
    "Expectation",
    "Reversing",
    "choices_among",
    "decide",
    "expected",
    "reversing_of",
]


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(f"a date is written as 2027-03-31, got {shorten(text)!r}") from None


Day = Annotated[str, AfterValidator(_day), Field(json_schema_extra={"format": "date"})]


class Expectation(Part):
    """What is expected to happen, so that a review can hold it against what did.

    Attributes
    ----------
    text : str
        In words.
    due : str
        By when.
    """

    text: Text
    due: Day


class Decision(Part):
    """A decision, with the whole scenario that it was taken on.

    Attributes
    ----------
    decided, review : str
        Dates of the decision, and of the day when it is looked at again.
    by : str
        Who decided.
    chosen : sequence of Chosen
        At least one.
    gives_up : str
        What is given up, and whom it does not serve.
    note : str
        Why, and why not the alternatives.
    expects : sequence of Expectation
    reversing : sequence of Reversing
        What would have reversed it, the nearest first.
    case : str
        Name of the scenario's file when it was taken, without its folder.
    amends : str
        Name of the record that this one replaces; a record itself is never changed.
    scenario : Scenario
        As it was, whole.
    """

    decided: Day
    review: Day
    by: Text = ""
    chosen: Annotated[tuple[Chosen, ...], Field(strict=False, min_length=1)]
    gives_up: Text = ""
    note: Text = ""
    expects: Annotated[tuple[Expectation, ...], Field(strict=False)] = ()
    reversing: Annotated[tuple[Reversing, ...], Field(strict=False)] = ()
    case: Text = ""
    amends: Text = ""
    scenario: Scenario

    def chosen_on(self, scenario: Scenario) -> tuple[Chosen, ...]:
        """The choices as they are held against another scenario.

        A loss that was accepted on another scale is accepted as the same share of that one.
        """
        wider = scenario.scale.width / self.scenario.scale.width
        return tuple(each.model_copy(update={"accepted": each.accepted * wider}) for each in self.chosen)


def expected(due: str, text: str) -> Expectation:
    """What is expected by a date.

    Raises
    ------
    EditError
        Where the date is none.

    Examples
    --------
    >>> expected("2027-06-30", "Families' lead is above 0.2").due
    '2027-06-30'
    """
    try:
        return Expectation(text=text, due=_day(due))
    except ValueError as error:
        raise EditError(f"what is expected ({shorten(text)!r}): {error}") from None


def decide(
    scenario: Scenario,
    proposition: str | Mapping[str, str] | SetChoice,
    review: str,
    *,
    segments: tuple[str, ...] = (),
    by: str = "",
    decided: str = "",
    gives_up: str = "",
    note: str = "",
    expects: tuple[Expectation, ...] = (),
    accepted_share: float = ACCEPTED_SHARE,
    case: str = "",
    amends: str = "",
) -> Decision:
    """Record of a decision for a proposition, one by segment or a set of them, with what would reverse it.

    Parameters
    ----------
    scenario : Scenario
        That it is taken on.
    proposition : str or mapping of str to str or SetChoice
        What is chosen: it need not be the best. One by segment as a mapping of segments to propositions; a set with
        the limits that it is chosen within.
    review : str
        Date, such as "2027-03-31", on which it is looked at again.
    segments : tuple of str
        Whom it is chosen for; all of them where there is none, those of the mapping where there is one, and all of
        them of a set.
    by, gives_up, note, expects, case, amends
        As in `Decision`.
    decided : str
        Date; today by default.
    accepted_share : float
        By how much a loss that was accepted may grow, as a share of the scale.

    Raises
    ------
    UnknownName
        Where the scenario has no such proposition or segment.
    EditError
        Where the proposition has no value there, the set breaks a rule, or a date is none or in the wrong order.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 4]], propositions=["Express", "Green line"])
    >>> found = decide(scenario, "Green line", "2027-06-30", decided="2027-01-31")
    >>> found.chosen[0].accepted, found.reversing[0].rival
    (0.0, 'Express')
    """
    day = decided or date.today().isoformat()
    for text in (day, review):
        try:
            _day(text)
        except ValueError as error:
            raise EditError(str(error)) from None
    if review < day:
        raise EditError(f"the review on {review} is before the decision on {day}; choose a later date")
    found = [
        (each, reversing_of(scenario, each.choice, each.accepted))
        for each in choices_among(scenario, proposition, segments, accepted_share)
    ]
    return Decision(
        decided=day,
        review=review,
        by=clean_name(by),
        chosen=tuple(
            each.model_copy(update={"nearest": changes[0].distance if changes else None})
            for each, changes in found
        ),
        gives_up=gives_up,
        note=note,
        expects=expects,
        reversing=tuple(
            sorted(
                (each for _, changes in found for each in changes), key=lambda each: round(each.distance, 9)
            )
        ),
        case=case,
        amends=amends,
        scenario=scenario,
    )
