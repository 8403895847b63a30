"""What was chosen for whom, what it loses on the day, and what would reverse it, as a record keeps them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Annotated, Literal

from pydantic import Field, model_validator

from valuemix.analysis.decisions.reversal import ACCEPTED_SHARE, Choice, accepted_loss, loss
from valuemix.analysis.decisions.reversing_changes import reversing_changes
from valuemix.analysis.decisions.sets import SetChoice, broken
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.model.parts import Asked, Names, Number, Part, Share, Text
from valuemix.model.scenario import Scenario

__all__ = ["Chosen", "Reversing", "choices_among", "reversing_of"]

MOST_REVERSING = 12
"""Changes that a record keeps for a choice: the nearest ones are what a review asks about."""


class Chosen(Part):
    """What was chosen for a segment, or for all of them: a proposition, or a set of them within limits.

    Attributes
    ----------
    proposition : str
        Blank where a set was chosen.
    segment : str
        Blank where it was chosen for all segments.
    members : tuple of str
        Propositions of the set; none where a single one was chosen.
    budget, people : float, optional
        What the set may cost, and the people it may take.
    at_most : int, optional
        How many propositions it may hold.
    lost : float
        Value lost by it on that day against the best there, on the scenario's scale; 0 where it was the best.
    accepted : float
        Loss up to which the decision stands.
    rival : str
        The best of the others on that day, against which waves of answers are held; blank where there is none.
    nearest : float, optional
        Distance of the smallest single change that would have reversed it on that day; missing where none would.
    """

    proposition: Text = ""
    segment: Text = ""
    members: Names = ()
    budget: Asked = None
    people: Asked = None
    at_most: Annotated[int | None, Field(exclude_if=lambda most: most is None)] = None
    lost: Number
    accepted: Number
    rival: Text = ""
    nearest: Share | None = None

    @model_validator(mode="after")
    def _one_or_several(self) -> Chosen:
        if bool(self.proposition) == bool(self.members):
            raise ValueError("what was chosen is one proposition, or a set of them")
        return self

    @property
    def choice(self) -> Choice | SetChoice:
        """The same without the losses of the day."""
        if self.members:
            return SetChoice(self.members, self.budget, self.people, self.at_most)
        return Choice(self.proposition, self.segment or None)


class Reversing(Part):
    """One change that would have reversed a choice on the day, by itself.

    Attributes
    ----------
    kind : {"weight", "score", "size", "cost"}
    segment, proposition, discipline : str
        Whose; blank where the kind has none, or all segments move together.
    today, then : float
        The share, the score on the scale, or the cost; today is missing where the score or the cost was.
    distance : float
        As a share of the weights, of the scale, of all sizes or of all costs.
    rival : str
        What would be best then; blank where a set was chosen.
    better : tuple of str
        The set that would be best then, where one was chosen; none where it breaks a rule then.
    """

    kind: Literal["weight", "score", "size", "cost"]
    segment: Text = ""
    proposition: Text = ""
    discipline: Text = ""
    today: Number | None = None
    then: Number
    distance: Share
    rival: Text = ""
    better: Names = ()


def choices_among(
    scenario: Scenario,
    proposition: str | Mapping[str, str] | SetChoice,
    segments: tuple[str, ...] = (),
    share: float = ACCEPTED_SHARE,
) -> tuple[Chosen, ...]:
    """Choices with what they lose on the day, without what would reverse them; arguments as for `decide`."""
    if isinstance(proposition, SetChoice):
        return (_chosen_set(scenario, proposition, segments, share),)
    by_segment = (
        proposition if isinstance(proposition, Mapping) else dict.fromkeys(segments or ("",), proposition)
    )
    return tuple(
        _chosen(
            scenario,
            Choice(
                scenario.proposition_names[scenario.proposition_index(name)],
                scenario.segment_names[scenario.segment_index(segment)] if segment else None,
            ),
            share,
        )
        for segment, name in by_segment.items()
    )


def _chosen_set(scenario: Scenario, choice: SetChoice, segments: tuple[str, ...], share: float) -> Chosen:
    if segments:
        raise EditError("a set is chosen for all segments: each takes the best of it; name no segment")
    if not choice.members:
        raise EditError("no set can be decided on that holds nothing; choose at least one proposition")
    names = scenario.proposition_names
    places = sorted({scenario.proposition_index(name) for name in choice.members})
    choice = replace(choice, members=tuple(names[p] for p in places))
    if rules := broken(scenario, choice):
        raise EditError(f"the set breaks a rule: {'; '.join(rules)}. Choose another, or change the rule")
    lost = loss(scenario, choice)
    if lost != lost:
        raise EditError("the set has no value: all scores are missing; score its propositions first")
    return Chosen(**asdict(choice), lost=lost, accepted=accepted_loss(scenario, choice, share))


def _chosen(scenario: Scenario, choice: Choice, share: float) -> Chosen:
    lost = loss(scenario, choice)
    where = f"in {choice.segment}" if choice.segment else "overall"
    if lost != lost:
        raise EditError(
            f"{choice.proposition} has no value {where}: its scores are missing; score it, or choose another"
        )
    standing = evaluate(scenario).standing(choice.segment)
    others = [p for p in standing.order if p != scenario.proposition_index(choice.proposition)]
    return Chosen(
        proposition=choice.proposition,
        segment=choice.segment or "",
        lost=lost,
        accepted=accepted_loss(scenario, choice, share),
        rival=scenario.proposition_names[others[0]] if others else "",
    )


@functools.lru_cache(maxsize=64)
def reversing_of(scenario: Scenario, choice: Choice | SetChoice, accepted: float) -> tuple[Reversing, ...]:
    """Single changes that reverse a choice, as a record keeps them: the nearest ones, by their names."""
    names = scenario.proposition_names

    def named(place: int | None, of: tuple[str, ...]) -> str:
        return "" if place is None else of[place]

    return tuple(
        Reversing(
            kind=each.kind,
            segment=named(each.segment, scenario.segment_names),
            proposition=named(each.proposition, names),
            discipline=named(each.discipline, scenario.discipline_names),
            today=None if each.today != each.today else each.today,
            then=each.then,
            distance=min(each.distance, 1.0),
            rival=named(each.rival, names),
            better=tuple(names[p] for p in each.better),
        )
        for each in reversing_changes(scenario, choice, accepted)[:MOST_REVERSING]
    )
