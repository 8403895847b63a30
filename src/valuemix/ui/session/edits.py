"""What is edited in a browser tab: the scenario, step by step, and what the desk sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from valuemix.analysis.customers.moments import has_contacts
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.errors import EditError, ValuemixError
from valuemix.files.scenarios.store import Saved
from valuemix.model.carried_weights import points_by_name, weights_sender, with_weights_code
from valuemix.model.moments.edits import mixed_in, with_mixes_in
from valuemix.model.scenario import Scenario
from valuemix.model.weights import equal_points, led_by
from valuemix.screen.desk import ALL
from valuemix.ui.session.history import History, Work
from valuemix.ui.session.sliders import Desk, Held, Item, Moved, Stepped, Viewed, moment_at, with_moved
from valuemix.ui.session.state import value
from valuemix.ui.session.view import Told, View, action

__all__ = ["DESK", "Edits"]

DESK = "desk"
"""Key of the desk on the Balance page."""

MOMENT = "balance-moment"
"""The moment in view, among what is chosen on pages."""

of_moment = lru_cache(maxsize=16)(Scenario.at_moment)
"""One moment of a scenario, which one answer asks for several times."""


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
    def moment(self) -> str | None:
        """The moment in view; None for all of them together."""
        return self._met_in(self.scenario)

    def _met_in(self, scenario: Scenario) -> str | None:
        """The moment that was chosen, where a scenario has it and somebody is met there."""
        name, names = self.view.chosen.get(MOMENT), scenario.moment_names
        return name if name in names and has_contacts(scenario, names.index(name)) else None

    @property
    def viewed(self) -> Scenario:
        """The scenario as edited, or the moment of it that is in view."""
        return self.scenario if self.moment is None else of_moment(self.scenario, self.moment)

    @property
    def before(self) -> Evaluation | None:
        """Evaluation of the baseline, or of its moment in view; None where it has no such moment."""
        if self.moment is None:
            return evaluate(self.baseline)
        return evaluate(of_moment(self.baseline, self.moment)) if self._met_in(self.baseline) else None

    @property
    def changed_from(self) -> Evaluation | None:
        """What changes are shown against; None where nothing changed, or nothing was scored before."""
        return self.before if self.edited and self.baseline.scored().any() else None

    @property
    def mixed(self) -> tuple[str, ...]:
        """Segments in view that have points of their own in the moment in view."""
        if self.moment is None:
            return ()
        own = mixed_in(self.scenario, self.moment)
        return tuple(name for name in own if self.view.segment in (None, name))

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
                self.commit(with_moved(self.scenario, item, self.desk.start_of(item.anchor, self.scenario)))
                self.desk.shown = {item.row: [*item.shown]}
            case Held():
                self._hold(item.row, frozenset(item.held))
            case Viewed():
                names = dict(enumerate(self.scenario.segment_names))
                self.view.segment = None if item.row == ALL else names.get(int(item.row))
                wanted = moment_at(self.scenario, item.when)
                if wanted != self.moment:
                    self.view.chosen[MOMENT] = wanted or ""
                    self.desk.shown = {}
                    return  # news to the desk, which holds the points of one of them at a time
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
        seen = self.viewed
        places = {**self.locked}, self.view.segment, self.moment
        return seen.points.tobytes(), seen.sizes.tobytes(), *places

    @action
    def preset(self, row: str, key: str) -> None:
        """Set the weights in view to a preset; locks are let go."""
        chosen = value(key)
        if chosen is None:
            return
        self.locked.pop(row, None)
        count = len(self.scenario.disciplines)
        rows = slice(None) if row == ALL else slice(int(row), int(row) + 1)
        if self.moment is not None:
            names = self.scenario.segment_names[rows]
            mixes = self._saved_mixes(self.moment) if chosen == "saved" else {}
            usual = None if chosen == "saved" else _preset_points(chosen, count)
            self.commit(with_mixes_in(self.scenario, self.moment, {n: mixes.get(n, usual) for n in names}))
            return
        points = self.scenario.points.copy()
        if chosen == "saved":
            points[rows] = points_by_name(self.baseline, self.scenario)[rows]
        else:
            points[rows] = _preset_points(chosen, count)
        self.commit(self.scenario.with_points(points))

    def _saved_mixes(self, moment: str) -> dict[str, list[float]]:
        """Points of a moment's own as they were saved, by segment; none where the disciplines differ."""
        if self.baseline.discipline_ids != self.scenario.discipline_ids:
            return {}
        return {name: [*row.points.values()] for name, row in mixed_in(self.baseline, moment).items()}

    @action
    def take_segments_weights(self) -> str:
        """Let the moment in view weigh as the segments in view do elsewhere."""
        moment, segments = self.moment, self.mixed
        if moment is not None:
            self.commit(with_mixes_in(self.scenario, moment, dict.fromkeys(segments)))
        return "The moment takes the weights of its segment again; Undo brings back its own"

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


def _preset_points(chosen: str, count: int) -> list[int]:
    """Equal points, or a mix led by the discipline in a place."""
    return equal_points(count) if chosen == "equal" else led_by(int(chosen), count)
