"""A decision in the making, and those on record: the actions of the Decide page."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from valuemix.analysis.decisions.sets import SetChoice
from valuemix.decisions.drafts import DecisionDraft, draft_of, keep_draft
from valuemix.decisions.folder import Kept, keep, kept_in
from valuemix.decisions.notes import Note, add_note, notes_in
from valuemix.decisions.record import Chosen, Decision, Expectation, choices_among, decide, expected
from valuemix.decisions.review import Reviewed, reversed_in, review, reviewed_in, said_of, taken_on, unamended
from valuemix.errors import EditError, ValuemixError, shorten
from valuemix.exhibits.decisions.choosing import (
    chosen_in,
    chosen_words,
    leader_chosen,
    leaders_chosen,
    set_text,
)
from valuemix.files.scenarios.folder import json_files
from valuemix.model.scenario import Scenario
from valuemix.ui.session.files import Files
from valuemix.ui.session.state import kept, value
from valuemix.ui.session.tab import session
from valuemix.ui.session.view import Told, action

__all__ = ["BY_SEGMENT", "LEADER", "SET", "Deciding", "deciding"]

LEADER, BY_SEGMENT, SET = "leader", "segments", "set"
"""What a draft chooses by itself: the proposition that is ahead overall, the one ahead in each segment, or a set."""

MONTHS_TO_REVIEW = 6


@dataclass
class Deciding:
    """The Decide page of one browser tab.

    Attributes
    ----------
    files : Files
        The folder, and who works on it.
    typed : dict of str to str
        What people wrote into the draft, by field.
    expects : list of Expectation
        What the draft expects.
    amends : str
        Record that the draft takes the place of; blank where it is a decision of its own.
    case : str
        Scenario that the draft is about.
    """

    files: Files
    typed: dict[str, str] = field(default_factory=dict)
    expects: list[Expectation] = field(default_factory=list)
    amends: str = ""
    case: str = ""

    @property
    def told(self) -> Told:
        """What came of the last action."""
        return self.files.told

    @property
    def folder(self) -> Path:
        """Where decisions are kept: beside the scenarios."""
        return self.files.store.folder / "decisions"

    @property
    def file(self) -> str:
        """File of the open scenario; blank where it was never saved."""
        saved = self.files.edits.saved
        return f"{saved.id}.json" if saved else ""

    @property
    def records(self) -> tuple[Kept, ...]:
        """Decisions of the folder, the oldest first."""
        return _records(self.folder, _seen(self.folder))

    def served_with(self, scenario: Scenario) -> str:
        """The one proposition that the newest decision about the open scenario chose; blank where there is none."""
        taken = [each.decision for each in taken_on(self.records, self.file, ()) if each.decision]
        names = {each.proposition for each in taken[-1].chosen_on(scenario)} if taken else set()
        return names.pop() if len(names) == 1 else ""

    def follow(self) -> None:
        """Begin a draft anew where another scenario is open, or go on with what was typed in this tab of it."""
        if self.case != self.file:
            kept = draft_of(self.folder, self.files.drafting.tab)
            mine = kept if kept.case == self.file else DecisionDraft()
            self.typed, self.expects, self.amends = dict(mine.typed), [*mine.expects], mine.amends
            self.case = self.file
        self.files.drafting.holds = bool(self.typed or self.expects or self.amends)

    def _keep(self) -> None:
        """Keep what is typed for this tab, so that a refresh loses nothing."""
        typed = {name: text for name, text in self.typed.items() if text}
        draft = DecisionDraft(case=self.file, typed=typed, expects=tuple(self.expects), amends=self.amends)
        keep_draft(self.folder, self.files.drafting.tab, draft)
        self.files.drafting.holds = True

    def text(self, name: str, usual: str = "") -> str:
        """What a field of the draft holds."""
        return self.typed.get(name, usual)

    def day(self, name: str) -> date:
        """Day in a field of the draft: today, or half a year on for the review."""
        usual = date.today() + timedelta(days=0 if name == "decided" else 365 * MONTHS_TO_REVIEW // 12)
        return date.fromisoformat(self.typed[name]) if self.typed.get(name) else usual

    def chosen(self, scenario: Scenario, what: str, segments: list[str]) -> str:
        """What an exhibit of the draft is made with: a name, or one by segment as JSON."""
        if what == SET:
            return self.text("set")
        if what == BY_SEGMENT:
            return json.dumps(leaders_chosen(scenario), ensure_ascii=False)
        name = leader_chosen(scenario) if what == LEADER else what
        return json.dumps(dict.fromkeys(segments, name), ensure_ascii=False) if segments and name else name

    def chosen_set(self, scenario: Scenario) -> str:
        """The set that was taken, in words; blank where none was, or the scenario has it no more."""
        try:
            text = self.text("set")
            told = chosen_words(scenario, choices_among(scenario, chosen_in(text))) if text else ""
        except ValuemixError:
            return ""
        return told[:1].upper() + told[1:]

    @action
    def write(self, key: str, name: str) -> None:
        """Take what was typed or picked for a field of the draft."""
        given = value(key)
        self.typed[name] = given.isoformat() if isinstance(given, date) else str(given or "")
        self._keep()

    @action
    def expect(self, text_key: str, due_key: str) -> None:
        """Add what is expected by a day."""
        text = str(value(text_key) or "").strip()
        if not text:
            raise EditError("What is expected is missing: type it, then add it.")
        self.expects.append(expected(value(due_key).isoformat(), text))
        self._keep()

    @action
    def drop_expected(self, place: int) -> None:
        """Take out something that was expected."""
        del self.expects[place]
        self._keep()

    @action
    def record(self, chosen: str, gives_up: str) -> str:
        """Write the draft into the folder of decisions, as a record that nobody changes any more."""
        if not self.file:
            raise EditError("Save the scenario first: a decision names the scenario that it is taken on.")
        waiting = str(value("decide-expect") or "").strip()
        if waiting and waiting not in [each.text for each in self.expects]:
            raise EditError(
                f"{shorten(waiting)!r} is typed under Expected and not added: add it, or clear it."
            )
        scenario = self.files.edits.scenario
        named = chosen in scenario.proposition_names or not chosen.startswith("{")
        decision = decide(
            scenario,
            chosen if named else chosen_in(chosen),
            self.day("review").isoformat(),
            decided=self.day("decided").isoformat(),
            by=self.text("by", self.files.person.name),
            gives_up=self.text("gives_up") or gives_up,
            note=self.text("note"),
            expects=tuple(self.expects),
            case=self.file,
            amends=self.amends,
        )
        path = keep(decision, self.folder)
        self.typed, self.expects, self.amends = {}, [], ""
        self._keep()
        self.files.edits.view.chosen["decide-part"] = "Reviews"
        return f"Recorded as {path.name}; it stands under Reviews"

    @action
    def reopen(self, record: Kept) -> None:
        """Begin a draft that takes the place of a record."""
        self.follow()
        self.amends = record.path.name
        if record.decision:
            self.typed = {"by": record.decision.by, "note": record.decision.note}
            choice = record.decision.chosen[0].choice
            if isinstance(choice, SetChoice):
                self.take_set(set_text(choice))
        self._keep()
        view = self.files.edits.view
        view.chosen["decide-part"], view.next_page = "Draft", "decide"

    @action
    def take_set(self, text: str) -> None:
        """Decide on a set, with the limits that it was chosen within: the draft is about it."""
        self.typed["set"] = text
        self._keep()
        self.files.edits.view.chosen |= {"decide-part": "Draft", "decide-what": SET}

    @action
    def leave_record(self) -> None:
        """Make the draft a decision of its own again."""
        self.amends = ""
        self._keep()

    @property
    def reversed_now(self) -> list[tuple[Kept, tuple[Chosen, ...]]]:
        """Decisions on the open scenario that it reverses as edited, without those whose reversal was noted."""
        noted = {(note.decision, note.places) for note in self.notes}
        found = _reversed(self.folder, _seen(self.folder), self.file, self.files.edits.scenario)
        return [each for each in found if (each[0].path.name, _places(each[1])) not in noted]

    @property
    def notes(self) -> tuple[Note, ...]:
        """What people said of decisions, the oldest first."""
        return notes_in(self.folder)

    @action
    def note(self, record: Kept, gone: tuple[Chosen, ...]) -> str:
        """Remember that a reversal was seen: it is not told again while the same is reversed."""
        today = date.today().isoformat()
        add_note(
            self.folder,
            Note(decision=record.path.name, on=today, by=self.files.person.name, places=_places(gone)),
        )
        return "Noted; Reviews on the Decide page tells of it"

    @action
    def judge(self, record: Kept, text: str, *, came_true: bool) -> str:
        """Remember whether something expected came true."""
        today = date.today().isoformat()
        note = Note(
            decision=record.path.name, on=today, by=self.files.person.name, expected=text, came_true=came_true
        )
        add_note(self.folder, note)
        return "Noted"

    def scenario_of(self, decision: Decision) -> Scenario:
        """The scenario that a decision is about, as it is saved now."""
        return self.files.store.open(decision.case.removesuffix(".json")).scenario

    def reviews(self) -> tuple[tuple[Kept, Reviewed | str], ...]:
        """Each decision that holds, against its scenario as it is: the open one as edited."""
        today = date.today().isoformat()
        seen = _seen(self.folder), _seen(self.files.store.folder)
        return _reviews(self.folder, seen, self.notes, self.file, self.files.edits.scenario, today)


def deciding() -> Deciding:
    """The Decide page of this browser tab."""
    return kept("deciding", lambda: Deciding(session().files))


def _places(gone: tuple[Chosen, ...]) -> tuple[str, ...]:
    return tuple(each.segment for each in gone)


Seen = tuple[tuple[str, int, int], ...]
"""What tells one state of a folder from another: names, times and sizes of its files."""


def _seen(folder: Path) -> Seen:
    found = ((path.name, path.stat()) for path in json_files(folder))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


@functools.lru_cache(maxsize=8)
def _records(folder: Path, seen: Seen) -> tuple[Kept, ...]:
    return tuple(kept_in(folder)) if seen else ()


@functools.lru_cache(maxsize=64)
def _reversed(
    folder: Path, seen: Seen, file: str, scenario: Scenario
) -> tuple[tuple[Kept, tuple[Chosen, ...]], ...]:
    held = [(each, each.decision) for each in unamended(_records(folder, seen)) if file]
    found = [
        (kept, reversed_in(decision, scenario))
        for kept, decision in held
        if decision and decision.case == file
    ]
    return tuple((kept, gone) for kept, gone in found if gone)


@functools.lru_cache(maxsize=8)
def _reviews(
    folder: Path, seen: tuple[Seen, Seen], notes: tuple[Note, ...], file: str, scenario: Scenario, _today: str
) -> tuple[tuple[Kept, Reviewed | str], ...]:
    found: list[tuple[Kept, Reviewed | str]] = []
    for each in unamended(_records(folder, seen[0])):
        mine = each.decision is not None and each.decision.case == file
        told = review(_own(each), scenario, said=said_of(each, notes)) if mine else None
        found.append((each, told) if told else reviewed_in([each], folder)[0])
    return tuple(found)


def _own(record: Kept) -> Decision:
    assert record.decision is not None  # noqa: S101 - asked by the caller
    return record.decision
