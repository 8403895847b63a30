"""What is edited in a browser tab: the scenario, step by step, and the sliders in motion."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from valuemix.analysis.value.scoring import Evaluation
from valuemix.errors import EditError
from valuemix.exhibits.request import evaluated
from valuemix.files.scenarios.store import Saved
from valuemix.model.scenario import Scenario
from valuemix.model.weights import equal_points, led_by, rounded_points
from valuemix.typing import FloatArray
from valuemix.ui.session.history import History, Work
from valuemix.ui.session.sliders import ALL, SIZES, Anchor, points_by_name, with_moved_size, with_moved_weight
from valuemix.ui.session.state import is_outdated, value
from valuemix.ui.session.view import Told, View, action

__all__ = ["Edits"]

PAUSE_SECONDS = 2.0
"""After a longer pause the next move of a slider is a step of its own."""


@dataclass
class Edits:
    """What is edited.

    Attributes
    ----------
    history : History
        Every step since the tab was opened, and where it stands.
    view : View
        What is looked at.
    locked : dict of str to frozenset of int
        Sliders that are held, by their row.
    touched : str
        Key of the slider or box that the user moved last.
    """

    history: History
    view: View
    locked: dict[str, frozenset[int]] = field(default_factory=dict)
    anchor: Anchor | None = None
    gesture: int = 0
    moved_at: float = 0.0
    touched: str = ""

    @property
    def told(self) -> Told:
        """What came of the last action."""
        return self.view.told

    def show(self, work: Work) -> None:
        """Make another work the present one; what was open is an undo away."""
        self.locked = {}
        self.go(self.history.step(work))

    def go(self, history: History) -> None:
        """Stand at another step."""
        before, self.history, self.anchor = self.scenario, history, None
        after = self.scenario
        # Sliders are held by place, which means something else once segments or disciplines differ.
        if (before.segment_names, before.discipline_ids) != (after.segment_names, after.discipline_ids):
            self.locked = {}
        if self.view.segment not in after.segment_names:
            self.view.segment = None

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
        return ALL if self.view.segment is None else str(self.scenario.segment_index(self.view.segment))

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

    def commit(self, scenario: Scenario, name: str = "") -> None:
        """Make an edited scenario the present one; a step that can be undone."""
        self.go(self.history.edited(scenario, name))

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
        self, slider: tuple[str, int], locked: frozenset[int], start: FloatArray, shown: list[int]
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
    def edit(self, change: Callable[[Scenario], Scenario], told: str = "") -> str:
        """Change the scenario as it is at this moment; a step that can be undone."""
        self.commit(change(self.scenario))
        return told

    @action
    def move_slide(self, change: Callable[[Scenario], Scenario], place: int) -> None:
        """Change the order of the slides, and go on looking at the one in this place."""
        self.commit(change(self.scenario))
        self.view.slide = place

    @action
    def write(self, change: Callable[[Scenario, str], Scenario], key: str) -> None:
        """Change the scenario by what was typed into a box."""
        self.commit(change(self.scenario, str(value(key) or "")), f"text {key}")

    @action
    def adopt(self, scenario: Scenario, told: str) -> str:
        """Make a scenario that a page worked out the present one; a step that can be undone."""
        self.commit(scenario)
        return told

    @action
    def undo(self) -> None:
        """Take one step back."""
        self.go(self.history.undo())

    @action
    def redo(self) -> None:
        """Take one step forward again."""
        self.go(self.history.redo())

    @action
    def reset(self) -> None:
        """Go back to the saved scenario, as a step that can be undone."""
        self.commit(self.baseline)
