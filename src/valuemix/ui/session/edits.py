"""What is edited in a browser tab: the scenario, step by step, and what the desk sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.errors import EditError, ValuemixError
from valuemix.files.scenarios.store import Saved
from valuemix.model.carried_weights import points_by_name, weights_sender, with_weights_code
from valuemix.model.scenario import Scenario
from valuemix.model.weights import equal_points, led_by
from valuemix.screen.desk import ALL
from valuemix.ui.session.history import History, Work
from valuemix.ui.session.sliders import Desk, Held, Item, Moved, Stepped, Viewed, with_moved
from valuemix.ui.session.state import value
from valuemix.ui.session.view import Told, View, action

__all__ = ["DESK", "Edits"]

DESK = "desk"
"""Key of the desk on the Balance page."""


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
    desk : Desk
        What was agreed on with the desk in the browser.
    """

    history: History
    view: View
    locked: dict[str, frozenset[int]] = field(default_factory=dict)
    desk: Desk = field(default_factory=Desk)

    def __post_init__(self) -> None:
        """Have every action hear the desk first."""
        self.told.first = self.drain

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
        before, self.history, self.desk.shown = self.scenario, history, {}
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
    def ever_edited(self) -> bool:
        """Whether anything was edited in this tab, even if it was taken back."""
        return any(work.scenario != work.baseline for work in self.history.steps)

    @property
    def now(self) -> Evaluation:
        """Evaluation of the scenario as edited."""
        return evaluate(self.scenario)

    @property
    def before(self) -> Evaluation:
        """Evaluation of the saved scenario."""
        return evaluate(self.baseline)

    @property
    def changed_from(self) -> Evaluation | None:
        """What changes are shown against; None where nothing changed, or nothing was scored before."""
        return self.before if self.edited and self.baseline.scored().any() else None

    @property
    def row(self) -> str:
        """Which sliders are in view: a segment's place, or all."""
        return ALL if self.view.segment is None else str(self.scenario.segment_index(self.view.segment))

    def commit(self, scenario: Scenario, name: str = "") -> None:
        """Make an edited scenario the present one; a step that can be undone."""
        self.go(self.history.edited(scenario, name))

    def drain(self) -> None:
        """Take what the desk sent and was not taken yet, a step to undo for each gesture.

        Safe at any time, and done before anything else reads or changes the scenario.
        """
        for item in self.desk.fresh(value(DESK)):
            self.follow_desk()
            try:
                self._take(item)
            except ValuemixError as error:
                self.told.message = str(error)

    def _take(self, item: Item) -> None:
        match item:
            case Moved():
                self.commit(with_moved(self.scenario, item))
                self.desk.shown = {item.row: [*item.shown]}
            case Held():
                self._hold(item.row, frozenset(item.held))
            case Viewed():
                names = dict(enumerate(self.scenario.segment_names))
                self.view.segment = None if item.row == ALL else names.get(int(item.row))
            case Stepped():
                self.go(self.history.undo() if item.kind == "undo" else self.history.redo())
                return  # news to the desk, which does not know the steps
        self.desk.knows(self._on_desk)

    def _hold(self, row: str, held: frozenset[int]) -> None:
        count = len(self.scenario.disciplines)
        if len(held) > count - 2:
            raise EditError(f"At most {count - 2} of {count} weights can be held, or nothing could move.")
        self.locked[row] = held

    def follow_desk(self) -> None:
        """Let the desk know of a scenario opened, or of a change that it did not make."""
        scenario = self.scenario
        opened = self.saved.id if self.saved else "", scenario.segment_names, scenario.discipline_ids
        self.desk.follow(opened, self._on_desk)

    @property
    def _on_desk(self) -> object:
        scenario = self.scenario
        return scenario.points.tobytes(), scenario.sizes.tobytes(), {**self.locked}, self.view.segment

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
    def take_code(self, key: str) -> str:
        """Take weights that somebody sent as a code; a step of its own, that says whose they are."""
        code = str(value(key) or "")
        sent, sender = with_weights_code(self.scenario, code), weights_sender(code)
        if sent == self.scenario:
            return "These are the weights that you have already"
        whose = f"Weights from {sender}" if sender else "Weights sent as a code"
        self.go(self.history.edited(sent, step=whose))
        return f"{whose} are in; Undo brings back what you had"

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
