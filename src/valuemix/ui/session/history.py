"""Undo and redo: the work of one sitting, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from valuemix.files.scenarios.store import Saved
from valuemix.model.scenario import Scenario

__all__ = ["History", "Work"]

KEPT = 200


@dataclass(frozen=True)
class Work:
    """A scenario in work and what it started from.

    Attributes
    ----------
    scenario : Scenario
        As edited.
    saved : Saved or None
        As it stands on disk; None where it was never saved.
    baseline : Scenario
        What changes are shown against: the saved one, or the imported one.
    step : str
        What was done last, where that has a name.
    """

    scenario: Scenario
    saved: Saved | None
    baseline: Scenario
    step: str = ""

    @classmethod
    def on(cls, saved: Saved) -> Work:
        """Work on a scenario as it was saved."""
        return cls(saved.scenario, saved, saved.scenario)


@dataclass(frozen=True)
class History:
    """Everything that was edited, opened or imported, in order.

    Attributes
    ----------
    steps : tuple of Work
        At most the last 200.
    at : int
        Place of the present one.
    action : str
        What made the present step; a further move of the same slider replaces it.
    """

    steps: tuple[Work, ...]
    at: int = 0
    action: str = ""

    @property
    def present(self) -> Work:
        """The work as it is now."""
        return self.steps[self.at]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is a step that was taken back."""
        return self.at < len(self.steps) - 1

    def step(self, work: Work, action: str = "") -> History:
        """History after one more step; what was undone before is dropped.

        Edits of the same named action in a row count as one step, so that a drag is undone at once.
        """
        if work == self.present:
            return self
        past = self.steps[: self.at + 1]
        if action and action == self.action:
            past = past[:-1]
        steps = (*past, work)[-KEPT:]
        return History(steps, len(steps) - 1, action)

    def edited(self, scenario: Scenario, action: str = "", step: str = "") -> History:
        """History after an edit of the present scenario, a step with a name where it has one."""
        if scenario == self.present.scenario:
            return self
        return self.step(replace(self.present, scenario=scenario, step=step), action)

    def rebased(self, saved: Saved) -> History:
        """History after the present work was saved: every step on it now starts from what is on disk."""
        old = self.present
        steps = tuple(
            replace(work, saved=saved, baseline=saved.scenario)
            if (work.saved, work.baseline) == (old.saved, old.baseline)
            else work
            for work in self.steps
        )
        return replace(self, steps=steps, action="")

    def undo(self) -> History:
        """History one step back, or as it is at the start."""
        return replace(self, at=max(self.at - 1, 0), action="")

    def redo(self) -> History:
        """History one step forward, or as it is at the end."""
        return replace(self, at=min(self.at + 1, len(self.steps) - 1), action="")
