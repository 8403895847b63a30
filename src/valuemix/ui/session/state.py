"""What one browser session holds: the only file that knows Streamlit's session state.

The scenario is the truth. A widget is bound to it before it is drawn (`bind`) and commits
to it in its callback, which is one of the methods of `Session`.
"""

from __future__ import annotations

import functools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from valuemix.analysis.value.scoring import Evaluation
from valuemix.errors import EditError, StorageError, ValuemixError
from valuemix.exhibits.request import evaluated
from valuemix.files.scenarios.store import Conflict, Draft, Entry, Saved, Store
from valuemix.model.scenario import Scenario
from valuemix.model.weights import equal_points, led_by, rounded_points
from valuemix.ui.session.drafts import Drafting, work_of
from valuemix.ui.session.history import History, Work
from valuemix.ui.session.person import Person, person
from valuemix.ui.session.sliders import ALL, SIZES, Anchor, points_by_name, with_moved_size, with_moved_weight
from valuemix.ui.session.start import empty_start, listed, opening, scenario_folder

__all__ = ["ALL", "SIZES", "Session", "bind", "evaluated", "kept", "session", "value"]

_KEY = "valuemix"
_SHOWN, _LABELS = "valuemix shown", "valuemix labels"
T = TypeVar("T")
PAUSE_SECONDS = 2.0
"""After a longer pause the next move of a slider is a step of its own."""


def bind(key: str, content: Any, label: str = "") -> str:
    """Give a widget its value before it is drawn; returns the key.

    A widget that shows the value already is left alone, so that nothing moves under the user's fingers;
    unless it shows it by another label than the one given now.
    """
    labels = st.session_state.setdefault(_LABELS, {})
    relabelled = labels.get(key, label) != label
    labels[key] = label
    shown = st.session_state.setdefault(_SHOWN, {}).setdefault(key, deque(maxlen=8))
    if not shown or shown[-1] != content:
        shown.append(content)
    if key not in st.session_state or st.session_state[key] != content or relabelled:
        st.session_state[key] = content
    return key


def is_outdated(key: str) -> bool:
    """Whether a widget came along with a value that it was given earlier, and nobody touched it.

    The browser sends what all widgets hold. While keys are pressed faster than answers arrive,
    those that follow the moved one still hold what they showed before.
    """
    shown: dict[str, deque[Any]] = st.session_state.get(_SHOWN, {})
    changed = [k for k in shown if k in st.session_state and st.session_state[k] != shown[k][-1]]
    return len(changed) > 1 and key in shown and value(key) in shown[key]


def value(key: str) -> Any:
    """What a widget holds, for callbacks."""
    return st.session_state.get(key)


def session() -> Session:
    """The session of this browser tab; made on the first call."""
    return kept(_KEY, lambda: Session.opened(Store(scenario_folder())))


def kept(key: str, make: Callable[[], T]) -> T:
    """Object that lives as long as the browser tab; made on the first call."""
    if key not in st.session_state:
        st.session_state[key] = make()
    found: T = st.session_state[key]
    return found


def action(method: Callable[..., None]) -> Callable[..., None]:
    """Make a method a callback: a user's mistake becomes a message, and a bug stays loud in the log."""

    @functools.wraps(method)
    def guarded(self: Session, *args: Any, **kwargs: Any) -> None:
        self.message = self.done = ""
        try:
            method(self, *args, **kwargs)
        except ValuemixError as error:
            self.message = str(error)

    return guarded


@dataclass
class Session:
    """One person's work in one browser tab.

    Attributes
    ----------
    store : Store
        The folder of scenarios.
    history : History
        Every step since the tab was opened, and where it stands.
    drafting : Drafting
        Keeps unsaved work on disk.
    person : Person
        Who saves.
    segment : str or None
        The segment in view; None for all of them.
    compared : tuple of str
        Ids of the scenarios that the open one is compared with.
    message, done : str
        What to tell the user: a mistake, and something that worked.
    touched : str
        Key of the slider or box that the user moved last.
    slide : int
        Place of the slide of the deck that is looked at.
    """

    store: Store
    history: History
    drafting: Drafting
    person: Person
    segment: str | None = None
    compared: tuple[str, ...] = ()
    locked: dict[str, frozenset[int]] = field(default_factory=dict)
    anchor: Anchor | None = None
    gesture: int = 0
    moved_at: float = 0.0
    message: str = ""
    done: str = ""
    conflict: Conflict | None = None
    touched: str = ""
    slide: int = 0

    # ------------------------------------------------------------------ opening

    @classmethod
    def opened(cls, store: Store) -> Session:
        """Session on the scenario that the link names, or the one saved last, or an empty start."""
        address = st.query_params
        history, message = opening(store, address)
        who = person()
        drafting = Drafting(store, address.get("tab", ""), who)
        return cls(store, history, drafting, who, message=message)

    @action
    def open(self, key: str) -> None:
        """Open another scenario of the folder; what was edited stays in the undo steps."""
        self._show(Work.on(self.store.open(value(key))))

    @action
    def load(self, scenario_id: str) -> None:
        """Open a scenario of the folder as it stands there now."""
        self._show(Work.on(self.store.open(scenario_id)))
        self.done = f"Opened {self.scenario.name}"

    @action
    def take_up(self, draft: Draft) -> None:
        """Go on with unsaved work; what was open stays in the undo steps."""
        self._show(work_of(self.store, draft))
        self.follow()
        self.drafting.flush()
        if not self.drafting.failed:
            self.drafting.took(draft)

    @action
    def discard(self, draft: Draft) -> None:
        """Move unsaved work to the trash, from where it can be restored."""
        self.drafting.settle(draft)
        self.done = "Moved to the trash of the Scenarios page"

    @action
    def import_scenario(self, scenario: Scenario) -> None:
        """Make an imported scenario the present one, not saved yet; the old one is an undo away."""
        self._show(Work(scenario, None, scenario))
        self.done = f"Imported {scenario.name}; save it to keep it"

    @action
    def import_over(self, scenario_id: str, scenario: Scenario) -> None:
        """Make an imported scenario an unsaved edit of a saved one; what was open is an undo away."""
        saved = self.store.open(scenario_id)
        self._show(Work(scenario, saved, saved.scenario))
        later = "save it to keep the import" if self.changed else "the import says the same"
        self.done = f"Opened {saved.scenario.name}; {later}"

    def _show(self, work: Work) -> None:
        self.locked, self.conflict = {}, None
        self._go(self.history.step(work))

    def _go(self, history: History) -> None:
        before = self.scenario
        self.history, self.anchor = history, None
        # Sliders are held by place, which means something else once segments or disciplines differ.
        if (before.segment_names, before.discipline_ids) != (
            self.scenario.segment_names,
            self.scenario.discipline_ids,
        ):
            self.locked = {}
        if self.segment not in self.scenario.segment_names:
            self.segment = None
        if self.conflict is not None and (not self.saved or self.saved.id != self.conflict.theirs.id):
            self.conflict = None

    def follow(self) -> None:
        """Keep unsaved work as a draft, and the address in step, which the links between pages empty."""
        self.drafting.follow(self.history.present, unsaved=self.changed and self.scenario != empty_start())
        wanted = {"scenario": self.saved.id if self.saved else "", "tab": self.drafting.address, "w": ""}
        for name, text in wanted.items():
            if text and st.query_params.get(name) != text:
                st.query_params[name] = text
            elif not text and name in st.query_params:
                del st.query_params[name]

    # ------------------------------------------------------------------ what is in view

    @property
    def scenario(self) -> Scenario:
        """The scenario as edited."""
        return self.history.present.scenario

    @property
    def saved(self) -> Saved | None:
        """The scenario as it stands on disk; None where it was never saved."""
        return self.history.present.saved

    @property
    def baseline(self) -> Scenario:
        """What changes are shown against: the saved scenario, or the imported one."""
        return self.history.present.baseline

    @property
    def edited(self) -> bool:
        """Whether the scenario differs from what it started from."""
        return self.scenario != self.baseline

    @property
    def changed(self) -> bool:
        """Whether there is anything to save."""
        return self.edited or self.saved is None

    @property
    def entries(self) -> list[Entry]:
        """Scenarios in the folder, those with a problem included; none where it cannot be read."""
        return listed(self.store)

    @property
    def now(self) -> Evaluation:
        """Evaluation of the scenario as edited."""
        return evaluated(self.scenario)

    @property
    def before(self) -> Evaluation:
        """Evaluation of the saved scenario."""
        return evaluated(self.baseline)

    @property
    def row(self) -> str:
        """Which sliders are in view: a segment's place, or all."""
        return ALL if self.segment is None else str(self.scenario.segment_index(self.segment))

    def points(self) -> list[int]:
        """Whole points of the sliders in view; for all segments, the mean by size."""
        return self._points(self.row)

    def _points(self, row: str) -> list[int]:
        if self.anchor is not None and self.anchor.slider[0] == row:
            return self.anchor.shown
        if row == ALL:
            return rounded_points(list(self.scenario.size_shares @ self.scenario.weights))
        return rounded_points(list(self.scenario.points[int(row)]))

    def size_points(self) -> list[int]:
        """Whole size shares of the segments, in points of 100."""
        if self.anchor is not None and self.anchor.slider[0] == SIZES:
            return self.anchor.shown
        return rounded_points(list(self.scenario.sizes))

    @action
    def choose_compared(self, key: str) -> None:
        """Compare the open scenario with others, by their ids."""
        self.compared = tuple(value(key) or ())

    @action
    def choose_segment(self, key: str) -> None:
        """Bring a segment into view, by its place; all of them for −1."""
        place = value(key)
        self.segment = None if place is None or place < 0 else self.scenario.segment_names[place]

    # ------------------------------------------------------------------ edits

    def commit(self, scenario: Scenario, name: str = "") -> None:
        """Make an edited scenario the present one; a step that can be undone."""
        self._go(self.history.edited(scenario, name))

    @action
    def move_weight(self, row: str, moved: int, key: str) -> None:
        """Move one slider of a segment, or of all; the others make room."""
        if not self._moved(key):
            return
        locked = self.locked.get(row, frozenset())
        anchor = self._anchored((row, moved), locked, self.scenario.points, self._points(row))
        self._commit_move(anchor, key, *with_moved_weight(self.scenario, anchor, value(key)))

    @action
    def move_size(self, moved: int, key: str) -> None:
        """Move the size share of one segment; the others make room in proportion."""
        if not self._moved(key):
            return
        anchor = self._anchored((SIZES, moved), frozenset(), self.scenario.sizes, self.size_points())
        self._commit_move(anchor, key, *with_moved_size(self.scenario, anchor, value(key)))

    def _moved(self, key: str) -> bool:
        """Whether the user moved this slider or box; see `is_outdated` for what else can arrive."""
        if key != self.touched and is_outdated(key):
            return False
        self.touched = key
        return True

    def _anchored(
        self, slider: tuple[str, int], locked: frozenset[int], start: NDArray[np.float64], shown: list[int]
    ) -> Anchor:
        """The anchor of the slider in motion; a new one where another slider was moved last."""
        kept = self.anchor
        if kept is not None and (kept.slider, kept.locked) == (slider, locked):
            return kept
        return Anchor(slider, locked, start, shown, shown)

    def _commit_move(self, anchor: Anchor, key: str, edited: Scenario, shown: list[int]) -> None:
        self.commit(edited, f"{anchor.slider} {self._gesture(key)}")
        self.anchor = replace(anchor, shown=shown)

    def _gesture(self, key: str) -> int:
        """Number of the gesture that a move belongs to: one drag is one step to undo, one entry another."""
        now = time.monotonic()
        if key.endswith("-exact") or now - self.moved_at > PAUSE_SECONDS:
            self.gesture += 1
        self.moved_at = now
        return self.gesture

    @action
    def lock(self, row: str, key: str) -> None:
        """Hold some sliders of a segment; two at least stay free."""
        chosen = frozenset(value(key) or ())
        count = len(self.scenario.disciplines)
        if len(chosen) > count - 2:
            raise EditError(f"At most {count - 2} of {count} weights can be held, or nothing could move.")
        self.locked[row] = chosen
        self.moved_at = 0.0

    @action
    def preset(self, row: str, key: str) -> None:
        """Set the weights in view to a preset; locks are let go."""
        chosen = value(key)
        if chosen is None:
            return
        self.locked.pop(row, None)
        count = len(self.scenario.disciplines)
        points = self.scenario.points.copy()
        rows: slice | int = slice(None) if row == ALL else int(row)
        if chosen == "equal":
            points[rows] = equal_points(count)
        elif chosen == "saved":
            points[rows] = points_by_name(self.baseline, self.scenario)[rows]
        else:
            points[rows] = led_by(int(chosen), count)
        self.commit(self.scenario.with_points(points))

    @action
    def change_setting(self, name: str, key: str) -> None:
        """Set compensation, fairness, one of the bars or the seed."""
        self.commit(self.scenario.with_settings(**{name: value(key)}), f"settings {name}")

    @action
    def change_doubt(self, field: str, key: str) -> None:
        """Set one thing of what is in doubt; the rest stays as it is assumed or set."""
        doubt = self.scenario.doubt.model_copy(update={field: value(key)})
        self.commit(self.scenario.with_settings(doubt=doubt), f"doubt {field}")

    @action
    def edit(self, change: Callable[[Scenario], Scenario], told: str = "") -> None:
        """Change the scenario as it is at this moment; a step that can be undone."""
        self.commit(change(self.scenario))
        self.done = told

    @action
    def choose_slide(self, key: str) -> None:
        """Look at another slide of the deck, by its place."""
        chosen = value(key)
        # A list that was drawn before the deck changed sends a label that is gone.
        self.slide = chosen if isinstance(chosen, int) else self.slide

    @action
    def move_slide(self, change: Callable[[Scenario], Scenario], place: int) -> None:
        """Change the order of the slides, and go on looking at the one in this place."""
        self.commit(change(self.scenario))
        self.slide = place

    @action
    def write(self, change: Callable[[Scenario, str], Scenario], key: str) -> None:
        """Change the scenario by what was typed into a box."""
        self.commit(change(self.scenario, str(value(key) or "")), f"text {key}")

    @action
    def adopt(self, scenario: Scenario, told: str) -> None:
        """Make a scenario that a page worked out the present one; a step that can be undone."""
        self.commit(scenario)
        self.done = told

    @action
    def carry_out(self, change: Callable[[], str]) -> None:
        """Do something to the folder; what it returns is told."""
        self.done = change()

    def saved_elsewhere(self, before: Saved, after: Saved, edit: Callable[[Scenario], Scenario]) -> None:
        """Follow a change that this person made to a file beside the work on it, if that is open as it was."""
        if self.saved is not None and (self.saved.id, self.saved.hash) == (before.id, before.hash):
            self._go(self.history.rebased(after).edited(edit(self.scenario)))

    @action
    def undo(self) -> None:
        """Take one step back."""
        self._go(self.history.undo())

    @action
    def redo(self) -> None:
        """Take one step forward again."""
        self._go(self.history.redo())

    @action
    def reset(self) -> None:
        """Go back to the saved scenario, as a step that can be undone."""
        self.commit(self.baseline)

    # ------------------------------------------------------------------ saving

    @action
    def sign(self, key: str) -> None:
        """Save under the name that was typed from now on."""
        self._sign(key)

    def _sign(self, key: str) -> None:
        if key:
            self.person.sign(str(value(key) or ""))

    @action
    def save(self, person_key: str = "") -> None:
        """Save the scenario under its name; tell who saved in between, if anyone did.

        Where the person was asked for a name, it is in the box of the key.
        """
        self._sign(person_key)
        if self.saved is None:
            self.store.make_folder()
            name = self.scenario.name
            if self.store.free_name(name) != name:
                raise StorageError(
                    f"There is another scenario {name}; Save as new keeps this one under a name of its own."
                )
            self._keep(self.store.save_new(self.scenario, by=self.person.name))
            return
        self._save_over(self.saved.id, self.saved.hash)

    def _save_over(self, scenario_id: str, expected: str) -> None:
        try:
            self._keep(self.store.save(scenario_id, self.scenario, by=self.person.name, expected=expected))
        except Conflict as conflict:
            self.conflict = conflict

    @action
    def save_new(self, name_key: str, box_key: str, person_key: str = "") -> None:
        """Save as a new scenario under the name that was typed; then close the box it was typed in."""
        self._sign(person_key)
        name = str(value(name_key) or "").strip()
        if not name:
            raise StorageError("A scenario needs a name: type one, then save.")
        self._save_as(name)
        bind(name_key, "")
        bind(box_key, content=False)

    @action
    def save_mine_as_new(self) -> None:
        """Settle a conflict: save mine as a new scenario under the next free name; theirs stays as it is."""
        self._save_as(self.store.free_name(self.scenario.name))

    def _save_as(self, name: str) -> None:
        if self.saved is None:
            self.store.make_folder()
        saved = self.store.save_new(self.scenario.renamed(name), by=self.person.name)
        self.drafting.drop(self.history.present)
        self._show(Work.on(saved))
        self.done = _told_of(saved)

    def _keep(self, saved: Saved) -> None:
        self.conflict = None
        self.drafting.drop(self.history.present)
        self._go(self.history.rebased(saved))
        self.done = _told_of(saved)

    @action
    def take_theirs(self) -> None:
        """Settle a conflict: open what the other one saved; mine stays one undo step away."""
        if self.conflict is not None:
            self._show(Work.on(self.conflict.theirs))

    @action
    def replace_theirs(self) -> None:
        """Settle a conflict: save mine over theirs, which stays in the history on disk."""
        if self.conflict is not None and self.saved is not None:
            self._save_over(self.saved.id, self.conflict.theirs.hash)


def _told_of(saved: Saved) -> str:
    return f"Saved as {saved.scenario.name}" + (f"; {saved.notice}" if saved.notice else "")
