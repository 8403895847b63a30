"""What one browser session holds: the only file that knows Streamlit's session state.

The scenario is the truth. A widget is bound to it before it is drawn (`bind`) and commits
to it in its callback, which is one of the methods of `Session`.
"""

from __future__ import annotations

import functools
import getpass
import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from valuemix.analysis.scoring import Evaluation, evaluate
from valuemix.analysis.tradeoffs import Tradeoffs, tradeoffs
from valuemix.errors import EditError, StorageError, ValuemixError
from valuemix.files.store import Conflict, Entry, Saved, Store
from valuemix.model.scenario import Scenario
from valuemix.model.weights import (
    TOTAL_POINTS,
    equal_points,
    led_by,
    move_all,
    move_slider,
    rounded_points,
    shares,
)
from valuemix.ui.history import History, Work

__all__ = ["Session", "bind", "evaluated", "kept", "scenario_folder", "session", "traded_off", "value"]

_KEY = "valuemix"
_SHOWN = "valuemix shown"
T = TypeVar("T")
ALL, SIZES = "all", "sizes"
"""Row of the sliders that move every segment together, and of those for sizes."""


def scenario_folder() -> Path:
    """Folder of the scenarios: VALUEMIX_SCENARIOS, or scenarios in the working folder."""
    return Path(os.environ.get("VALUEMIX_SCENARIOS", "scenarios"))


def bind(key: str, content: Any) -> str:
    """Give a widget its value before it is drawn; returns the key.

    A widget that shows the value already is left alone, so that nothing moves under the user's fingers.
    """
    shown = st.session_state.setdefault(_SHOWN, {}).setdefault(key, deque(maxlen=8))
    if not shown or shown[-1] != content:
        shown.append(content)
    if key not in st.session_state or st.session_state[key] != content:
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


@functools.lru_cache(maxsize=256)
def evaluated(scenario: Scenario) -> Evaluation:
    """Evaluation of a scenario, kept for the scenarios seen last."""
    return evaluate(scenario)


@functools.lru_cache(maxsize=64)
def traded_off(scenario: Scenario, segment: str | None) -> Tradeoffs:
    """Trade-offs of a scenario, kept for those seen last."""
    return tradeoffs(scenario, segment)


def session() -> Session:
    """The session of this browser tab; made on the first call."""
    return kept(_KEY, lambda: Session.opened(Store(scenario_folder())))


def kept(key: str, make: Callable[[], T]) -> T:
    """Object that lives as long as the browser tab; made on the first call."""
    if key not in st.session_state:
        st.session_state[key] = make()
    found: T = st.session_state[key]
    return found


@dataclass(frozen=True)
class Anchor:
    """What the slider in motion started from, and what all of them show now.

    What is shown is kept, and not rounded anew from the mean of all segments: then no slider
    moves the wrong way, and a held one not at all.
    """

    slider: tuple[str, int]
    locked: frozenset[int]
    start: NDArray[np.float64]
    start_shown: list[int]
    shown: list[int]


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
    segment : str or None
        The segment in view; None for all of them.
    message, done : str
        What to tell the user: a mistake, and something that worked.
    touched : str
        Key of the slider or box that the user moved last.
    """

    store: Store
    history: History
    segment: str | None = None
    locked: dict[str, frozenset[int]] = field(default_factory=dict)
    anchor: Anchor | None = None
    message: str = ""
    done: str = ""
    conflict: Conflict | None = None
    touched: str = ""

    # ------------------------------------------------------------------ opening

    @classmethod
    def opened(cls, store: Store) -> Session:
        """Session on the scenario that the link names, or the one saved last, or an empty start."""
        start = _first_scenario()
        fresh = cls(store, History((Work(start, None, start),)))
        wanted = st.query_params.get("scenario")
        newest_first = sorted(fresh.entries, key=lambda entry: entry.path.name)
        newest_first.sort(key=lambda entry: entry.saved_at or "", reverse=True)
        ids = [entry.id for entry in newest_first if not entry.problem]
        if wanted and wanted not in ids:
            reasons = {entry.id: entry.problem for entry in newest_first}
            reason = reasons.get(wanted) or "It is not in this folder."
            fresh.message = (
                f"The scenario that the link names cannot be opened; another one is open instead. {reason}"
            )
        for name in sorted(ids, key=lambda name: name != wanted):
            try:
                fresh.history = History((Work.on(store.open(name)),))
                break
            except ValuemixError as error:
                fresh.message = str(error)
        return fresh

    @action
    def open(self, key: str) -> None:
        """Open another scenario of the folder; what was edited stays in the undo steps."""
        self._show(Work.on(self.store.open(value(key))))

    @action
    def import_scenario(self, scenario: Scenario) -> None:
        """Make an imported scenario the present one, not saved yet; the old one is an undo away."""
        self._show(Work(scenario, None, scenario))
        self.done = f"Imported {scenario.name}; save it to keep it"

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
        if self.saved is not None:
            st.query_params["scenario"] = self.saved.id

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
        try:
            return self.store.entries()
        except StorageError:
            return []

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
        parts = move_slider(anchor.shown, moved, value(key), anchor=anchor.start_shown, locked=locked)
        points = anchor.start.copy()
        if parts != anchor.start_shown and row == ALL:
            whole = shares(points) * TOTAL_POINTS
            points = move_all(whole, self.scenario.sizes, moved, parts[moved], locked=locked)
        elif parts != anchor.start_shown:
            points[int(row)] = parts
        self._commit_move(self.scenario.with_points(points), anchor, parts)

    @action
    def move_size(self, moved: int, key: str) -> None:
        """Move the size share of one segment; the others make room in proportion."""
        if not self._moved(key):
            return
        scenario = self.scenario
        anchor = self._anchored((SIZES, moved), frozenset(), scenario.sizes, self.size_points())
        parts = move_slider(anchor.shown, moved, value(key), anchor=list(anchor.start))
        sizes = anchor.start
        if parts[moved] == anchor.start_shown[moved]:
            parts = anchor.start_shown
        else:
            whole = shares(sizes) * TOTAL_POINTS
            sizes = move_all([whole], [1], moved, parts[moved])[0] * sizes.sum() / TOTAL_POINTS
        edited = scenario.with_sizes(dict(zip(scenario.segment_names, map(float, sizes), strict=True)))
        self._commit_move(edited, anchor, parts)

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

    def _commit_move(self, edited: Scenario, anchor: Anchor, shown: list[int]) -> None:
        self.commit(edited, f"{anchor.slider}")
        self.anchor = replace(anchor, shown=shown)

    @action
    def lock(self, row: str, key: str) -> None:
        """Hold some sliders of a segment; two at least stay free."""
        chosen = frozenset(value(key) or ())
        count = len(self.scenario.disciplines)
        if len(chosen) > count - 2:
            raise EditError(f"At most {count - 2} of {count} weights can be held, or nothing could move.")
        self.locked[row] = chosen

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
            points[rows] = self._saved_points(rows)
        else:
            points[rows] = led_by(int(chosen), count)
        self.commit(self.scenario.with_points(points))

    def _saved_points(self, rows: slice | int) -> NDArray[np.float64]:
        """Points of the saved scenario, found by name; segments it does not have keep theirs."""
        found = self.scenario.points.copy()
        if self.baseline.discipline_ids == self.scenario.discipline_ids:
            for place, name in enumerate(self.scenario.segment_names):
                if name in self.baseline.segment_names:
                    found[place] = self.baseline.points[self.baseline.segment_index(name)]
        result: NDArray[np.float64] = found[rows]
        return result

    @action
    def change_setting(self, name: str, key: str) -> None:
        """Set compensation, fairness or one of the bars."""
        self.commit(self.scenario.with_settings(**{name: value(key)}), f"settings {name}")

    @action
    def adopt(self, scenario: Scenario, told: str) -> None:
        """Make a scenario that a page worked out the present one; a step that can be undone."""
        self.commit(scenario)
        self.done = told

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
    def save(self) -> None:
        """Save the scenario under its name; tell who saved in between, if anyone did."""
        if self.saved is None:
            self._keep(self.store.save_new(self.scenario, by=_user()))
            return
        self._save_over(self.saved.id, self.saved.hash)

    def _save_over(self, scenario_id: str, expected: str) -> None:
        try:
            self._keep(self.store.save(scenario_id, self.scenario, by=_user(), expected=expected))
        except Conflict as conflict:
            self.conflict = conflict

    @action
    def save_new(self, name_key: str, box_key: str) -> None:
        """Save as a new scenario under the name that was typed; then close the box it was typed in."""
        name = str(value(name_key) or "").strip()
        if not name:
            raise StorageError("A scenario needs a name: type one, then save.")
        saved = self.store.save_new(self.scenario.renamed(name), by=_user())
        self._show(Work.on(saved))
        bind(name_key, "")
        bind(box_key, content=False)
        self.done = f"Saved as {saved.scenario.name}"

    def _keep(self, saved: Saved) -> None:
        self.conflict = None
        self._go(self.history.rebased(saved))
        self.done = f"Saved as {saved.scenario.name}"

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


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


def _first_scenario() -> Scenario:
    """What an empty folder starts with: two propositions, one segment, every score in the middle."""
    return Scenario.from_arrays(
        np.full((1, 2, 4), 5.0),
        segments=["All customers"],
        propositions=["First proposition", "Second proposition"],
        name="New scenario",
    )
