"""Decisions held against the scenario of today: standing, nearer, reversed, or due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np

from valuemix.analysis.decisions.reopening import Reopening, reopening
from valuemix.analysis.decisions.reversal import is_reversed, loss
from valuemix.analysis.decisions.reversing_changes import ReversingChange, reversing_changes
from valuemix.analysis.decisions.sets import SetChoice, broken
from valuemix.analysis.evidence.wave_leads import LeadsOfPair, leads_of_pair
from valuemix.decisions.folder import Kept
from valuemix.decisions.notes import Note, notes_in
from valuemix.decisions.outlook import Found, came_true, would_be_found
from valuemix.decisions.record import Chosen, Decision
from valuemix.errors import UnknownName, ValuemixError, shorten
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario

__all__ = [
    "Reviewed",
    "ReviewedChoice",
    "State",
    "answers_since",
    "reversed_in",
    "review",
    "reviewed_in",
    "said_of",
    "taken_on",
    "unamended",
]

State = Literal["stands", "nearer", "reversed", "unknown"]

_WORST: Sequence[State] = ("reversed", "unknown", "nearer", "stands")


@dataclass(frozen=True)
class ReviewedChoice:
    """One choice of a decision today.

    Attributes
    ----------
    chosen : Chosen
    state : {"stands", "nearer", "reversed", "unknown"}
        Nearer: it stands, and less than on the day of the decision would reverse it. Unknown: the scenario has no
        such proposition or segment any more, or no value for it.
    lost : float
        Value lost by it today against the best; NaN where that is unknown.
    nearest : ReversingChange or None
        The smallest single change that would reverse it now; None where it is reversed, or nothing would.
    then : float
        Distance of the smallest one on the day of the decision; NaN where there was none.
    answers : Reopening or None
        What the waves of answers since the decision say of its lead over the best rival of that day; None where
        the decision does not rest on answers, was not the best, or no wave came since.
    found : Found or None
        How likely waves like that of the decision find that its lead is gone; None where that is near 1.
    broken : tuple of str
        Rules that a set breaks now, in words.
    """

    chosen: Chosen
    state: State
    lost: float
    nearest: ReversingChange | None
    then: float
    answers: Reopening | None = None
    found: Found | None = None
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reviewed:
    """A decision today.

    Attributes
    ----------
    decision : Decision
    choices : tuple of ReviewedChoice
    due : bool
        Whether its review date has come.
    expected : tuple of int
        Places of the expectations whose date has come.
    came_true : tuple of bool or None
        Whether each of these did: by the numbers where it is about a lead, else as people said; None where nobody did.
    """

    decision: Decision
    choices: tuple[ReviewedChoice, ...]
    due: bool
    expected: tuple[int, ...]
    came_true: tuple[bool | None, ...] = ()

    @property
    def state(self) -> State:
        """The worst state of its choices."""
        states = {each.state for each in self.choices}
        return next(state for state in _WORST if state in states)


def review(
    decision: Decision, scenario: Scenario, today: str = "", said: Mapping[str, bool] | None = None
) -> Reviewed:
    """Whether a decision still stands in the scenario of today, evaluated whole, whatever moved in it.

    Parameters
    ----------
        decision : Decision
        scenario : Scenario
            Of today.
        today : str
            Date against which reviews and expectations are due; the date of today by default.
        said : mapping of str to bool, optional
            Whether something expected came true, as people said, by its words.

    Examples
    --------
    >>> from valuemix.decisions.record import decide
    >>> then = Scenario.from_arrays([[8, 2, 5, 5], [7, 4, 5, 5]], propositions=["Express", "Green line"])
    >>> decision = decide(then, "Green line", "2027-06-30", decided="2027-01-31")
    >>> review(decision, then).state, review(decision, then.with_weights(innovation=90)).state
    ('stands', 'reversed')
    """
    day, told = today or date.today().isoformat(), said or {}
    due = tuple(place for place, each in enumerate(decision.expects) if each.due <= day)
    texts = [decision.expects[place].text for place in due]
    judged = [came_true(text, decision.chosen, scenario) for text in texts]
    return Reviewed(
        decision,
        tuple(_choice(decision, each, scenario) for each in decision.chosen_on(scenario)),
        decision.review <= day,
        due,
        tuple(told.get(text) if found is None else found for text, found in zip(texts, judged, strict=True)),
    )


def answers_since(decision: Decision, chosen: Chosen, scenario: Scenario) -> Reopening | None:
    """What waves of answers after a decision say of the lead it was taken for; None where there are none.

    Waves count from the day after the decision, and by the dates that they bear. The bar is a lead of 0, never
    the estimate of that day.
    """
    if chosen.lost or not chosen.rival or decision.scenario.evidence is None or scenario.evidence is None:
        return None
    try:
        error = float(_leads_over_rival(chosen, decision.scenario).errors[-1])
        waves = _leads_over_rival(chosen, scenario)
    except UnknownName:
        return None
    return _reopening_since(decision.decided, waves, error)


def _leads_over_rival(chosen: Chosen, scenario: Scenario) -> LeadsOfPair:
    """Lead of a choice over the best rival of its day, in every wave of a scenario."""
    pair = scenario.proposition_index(chosen.proposition), scenario.proposition_index(chosen.rival)
    return leads_of_pair(scenario, chosen.segment or None, pair)


def _reopening_since(day: str, waves: LeadsOfPair, error: float) -> Reopening | None:
    """What waves after a day say of a lead whose error was known that day; None where none of them says anything."""
    later = np.array([asked > day for asked in waves.asked], dtype=bool)
    after = np.flatnonzero(later & np.isfinite(waves.leads) & (waves.errors > 0))
    if not len(after) or not error > 0:
        return None
    covariance = None if waves.covariance is None else waves.covariance[np.ix_(after, after)]
    leads, errors, degrees = (each[after] for each in (waves.leads, waves.errors, waves.degrees))
    return reopening(leads, errors, degrees, error, covariance=covariance)


def reviewed_in(
    kept: Sequence[Kept], folder: Path, scenario: Scenario | None = None
) -> list[tuple[Kept, Reviewed | str]]:
    """Reviews of the decisions of a folder, each with why there is none where there is not.

    Parameters
    ----------
    kept : sequence of Kept
        As `kept_in` gives them; a record that another one amends is left out.
    folder : Path
        Where they are: a decision's own scenario is looked for beside it, and in a folder ``scenarios`` there.
    scenario : Scenario, optional
        What all are held against, in place of their own.
    """
    notes = notes_in(folder)
    return [(each, _reviewed(each, folder, scenario, said_of(each, notes))) for each in unamended(kept)]


def said_of(record: Kept, notes: Sequence[Note]) -> dict[str, bool]:
    """What people said last of the expectations of a record, by their words."""
    return {
        note.expected: note.came_true
        for note in notes
        if note.decision == record.path.name and note.expected and note.came_true is not None
    }


def unamended(kept: Sequence[Kept]) -> list[Kept]:
    """Records that no other one amends: what holds today."""
    amended = {each.decision.amends for each in kept if each.decision}
    return [each for each in kept if each.path.name not in amended]


def taken_on(kept: Sequence[Kept], file: str, scenarios: Sequence[Scenario]) -> tuple[Kept, ...]:
    """Decisions that hold and were taken on some scenarios: on that of a file, or on one of these as it was.

    Parameters
    ----------
    kept : sequence of Kept
        As `kept_in` gives them.
    file : str
        Name of the file of the scenario; blank where it has none.
    scenarios : sequence of Scenario
        Known by their names.
    """
    names = {each.name for each in scenarios}
    return tuple(
        each
        for each in unamended(kept)
        if each.decision and ((file and each.decision.case == file) or each.decision.scenario.name in names)
    )


def reversed_in(decision: Decision, scenario: Scenario) -> tuple[Chosen, ...]:
    """Choices of a decision that a scenario reverses.

    Examples
    --------
    >>> from valuemix.decisions.record import decide
    >>> then = Scenario.from_arrays([[8, 2, 5, 5], [7, 4, 5, 5]], propositions=["Express", "Green line"])
    >>> decision = decide(then, "Green line", "2027-06-30", decided="2027-01-31")
    >>> [each.proposition for each in reversed_in(decision, then.with_weights(innovation=90))]
    ['Green line']
    """
    return tuple(
        each for each in decision.chosen_on(scenario) if is_reversed(scenario, each.choice, each.accepted)
    )


def _reviewed(
    kept: Kept, folder: Path, scenario: Scenario | None, said: Mapping[str, bool]
) -> Reviewed | str:
    if kept.decision is None:
        return kept.problem
    if scenario is not None:
        return review(kept.decision, scenario, said=said)
    name = Path(kept.decision.case).name
    beside = folder.resolve().parent
    found = next(
        (path for path in (beside / name, beside / "scenarios" / name) if name and path.is_file()), None
    )
    if found is None:
        return f"its scenario {shorten(name)!r} is not beside the folder; name it with --case"
    try:
        return review(kept.decision, load(found), said=said)
    except ValuemixError as error:
        return str(error).splitlines()[0]


def _choice(decision: Decision, chosen: Chosen, scenario: Scenario) -> ReviewedChoice:
    choice, accepted = chosen.choice, chosen.accepted
    then = float("nan") if chosen.nearest is None else chosen.nearest
    gone = is_reversed(scenario, choice, accepted)
    if gone is None:
        return ReviewedChoice(chosen, "unknown", float("nan"), None, then)
    lost, answers = loss(scenario, choice), answers_since(decision, chosen, scenario)
    found = would_be_found(decision.scenario, chosen)
    if gone:
        rules = tuple(broken(scenario, choice)) if isinstance(choice, SetChoice) else ()
        return ReviewedChoice(chosen, "reversed", lost, None, then, answers, found, rules)
    nearest = next(iter(reversing_changes(scenario, choice, accepted)), None)
    nearer = nearest is not None and not min(nearest.distance, 1.0) >= then - 1e-9
    return ReviewedChoice(chosen, "nearer" if nearer else "stands", lost, nearest, then, answers, found)
