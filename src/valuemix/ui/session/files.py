"""What is saved: the folder, who saves, drafts of what is not saved yet, and conflicts with others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from valuemix.errors import StorageError
from valuemix.files.scenarios.store import Conflict, Draft, Entry, Saved, Store
from valuemix.model.scenario import Scenario
from valuemix.ui.session.browser.person import Person
from valuemix.ui.session.drafts import Drafting, work_of
from valuemix.ui.session.edits import Edits
from valuemix.ui.session.history import Work
from valuemix.ui.session.start import empty_start, listed
from valuemix.ui.session.state import bind, value
from valuemix.ui.session.view import Told, action

__all__ = ["Files"]


@dataclass
class Files:
    """What is saved, and the ways from there to what is edited and back.

    Attributes
    ----------
    store : Store
        The folder of scenarios.
    edits : Edits
        What is edited.
    drafting : Drafting
        Keeps unsaved work on disk.
    person : Person
        Who saves.
    wanted : str
        Id of the scenario to open once it is said what becomes of the unsaved changes; mostly blank.
    """

    store: Store
    edits: Edits
    drafting: Drafting
    person: Person
    wanted: str = ""
    _conflict: Conflict | None = None

    @property
    def told(self) -> Told:
        """What came of the last action."""
        return self.edits.told

    @property
    def conflict(self) -> Conflict | None:
        """What another person saved since the open scenario was opened, as long as that is open."""
        saved, found = self.edits.saved, self._conflict
        return found if found and saved and saved.id == found.theirs.id else None

    @property
    def entries(self) -> list[Entry]:
        """Scenarios in the folder, those with a problem included; none where it cannot be read."""
        return listed(self.store)

    @property
    def is_unsaved(self) -> bool:
        """Whether there is work here that nobody could open again were another scenario opened now."""
        return self.edits.changed and self.edits.scenario != empty_start()

    @action
    def open(self, key: str) -> None:
        """Open another scenario of the folder, chosen in a list; ask first where there are unsaved changes."""
        self._ask_or_open(value(key))

    @action
    def load(self, scenario_id: str) -> str:
        """Open a scenario of the folder as it stands there now; ask first where there are unsaved changes."""
        return self._ask_or_open(scenario_id)

    def _ask_or_open(self, scenario_id: str) -> str:
        if self.is_unsaved:
            self.wanted = scenario_id
            return ""
        return self._open(scenario_id)

    def _open(self, scenario_id: str) -> str:
        self._show(Work.on(self.store.open(scenario_id)))
        return f"Opened {self.edits.scenario.name}"

    def stay(self) -> None:
        """Open no other scenario after all."""
        self.wanted = ""

    @action
    def leave_by_saving(self, person_key: str = "") -> str:
        """Save what is open, then open the other scenario; unless somebody else saved in between."""
        wanted, self.wanted = self.wanted, ""
        told = self._save(person_key)
        return f"{told}. {self._open(wanted)}" if self.conflict is None else told

    @action
    def leave_aside(self) -> str:
        """Keep the unsaved changes for later, then open the other scenario."""
        wanted, self.wanted = self.wanted, ""
        name = self.edits.scenario.name
        self.drafting.set_aside(self.edits.history.present)
        return f"{self._open(wanted)}; the changes to {name} are kept"

    @action
    def leave_behind(self) -> str:
        """Let go of the unsaved changes and open the other scenario."""
        wanted, self.wanted = self.wanted, ""
        left, told = self.edits.history.present, self._open(wanted)
        self.drafting.drop(left)
        return f"{told}; Undo brings the changes back"

    @action
    def take_up(self, draft: Draft) -> None:
        """Go on with unsaved work; changes to what was open are offered in its place."""
        self._show_instead(work_of(self.store, draft))
        self.follow()
        self.drafting.flush()
        if not self.drafting.failed:
            self.drafting.took(draft)

    @action
    def discard(self, draft: Draft) -> str:
        """Move unsaved work to the trash, from where it can be restored."""
        self.drafting.settle(draft)
        return "Moved to the trash of the Scenarios page"

    @action
    def import_scenario(self, scenario: Scenario) -> str:
        """Make an imported scenario the present one, not saved yet; the old one is an undo away."""
        self._show_instead(Work(scenario, None, scenario))
        return f"Imported {scenario.name}: Balance shows who leads. Save it to keep it"

    @action
    def start_case(self, scenario: Scenario) -> str:
        """Make a new case the present scenario, with its first segment in view; the old one is an undo away."""
        self._show_instead(Work(scenario, None, scenario))
        self.edits.view.segment = scenario.segment_names[0] if len(scenario.segments) > 1 else None
        self.edits.view.next_page = "data"
        return f"Started {scenario.name}; save it to keep it"

    @action
    def import_over(self, scenario_id: str, scenario: Scenario) -> str:
        """Make an imported scenario an unsaved edit of a saved one; what was open is an undo away."""
        saved = self.store.open(scenario_id)
        self._show_instead(Work(scenario, saved, saved.scenario))
        later = "save it to keep the import" if self.edits.changed else "the import says the same"
        return f"Opened {saved.scenario.name}; {later}"

    def _show_instead(self, work: Work) -> None:
        """Show another work without asking: changes to what is open are set aside."""
        if self.edits.edited:
            self.drafting.set_aside(self.edits.history.present)
        self._show(work)

    def _show(self, work: Work) -> None:
        self._conflict = None
        self.edits.show(work)

    def follow(self) -> None:
        """Keep unsaved work as a draft."""
        self.drafting.follow(self.edits.history.present, unsaved=self.is_unsaved)

    def keep_address(self, page: str) -> None:
        """Keep the address of the page in step, which the links between pages empty."""
        wanted = {
            "scenario": self.edits.saved.id if self.edits.saved else "",
            **self.edits.view.address(page),
            "tab": self.drafting.address,
        }
        wanted = {name: text for name, text in wanted.items() if text}
        if st.query_params.to_dict() != wanted:
            st.query_params.from_dict(wanted)

    def saved_elsewhere(self, before: Saved, after: Saved, edit: Callable[[Scenario], Scenario]) -> None:
        """Follow a change that this person made to a file beside the work on it, if that is open as it was."""
        if self.edits.saved is not None and (self.edits.saved.id, self.edits.saved.hash) == (
            before.id,
            before.hash,
        ):
            self.edits.go(self.edits.history.rebased(after).edited(edit(self.edits.scenario)))

    @action
    def sign(self, key: str) -> None:
        """Save under the name that was typed from now on."""
        self._sign(key)

    def _sign(self, key: str) -> None:
        if key:
            self.person.sign(str(value(key) or ""))

    @action
    def save(self, person_key: str = "") -> str:
        """Save the scenario under its name; tell who saved in between, if anyone did.

        Where the person was asked for a name, it is in the box of the key.
        """
        return self._save(person_key)

    def _save(self, person_key: str) -> str:
        self._sign(person_key)
        if self.edits.saved is None:
            self.store.make_folder()
            name = self.edits.scenario.name
            if self.store.free_name(name) != name:
                raise StorageError(
                    f"There is another scenario {name}; Save as new keeps this one under a name of its own."
                )
            return self._keep(self.store.save_new(self.edits.scenario, by=self.person.name))
        return self._save_over(self.edits.saved.id, self.edits.saved.hash)

    def _save_over(self, scenario_id: str, expected: str) -> str:
        try:
            return self._keep(
                self.store.save(scenario_id, self.edits.scenario, by=self.person.name, expected=expected)
            )
        except Conflict as conflict:
            self._conflict = conflict
            return ""

    @action
    def save_new(self, name_key: str, box_key: str, person_key: str = "") -> str:
        """Save as a new scenario under the name that was typed; then close the box it was typed in."""
        self._sign(person_key)
        name = str(value(name_key) or "").strip()
        if not name:
            raise StorageError("A scenario needs a name: type one, then save.")
        told = self._save_as(name)
        bind(name_key, "")
        bind(box_key, content=False)
        return told

    @action
    def save_mine_as_new(self) -> str:
        """Settle a conflict: save mine as a new scenario under the next free name; theirs stays as it is."""
        return self._save_as(self.store.free_name(self.edits.scenario.name))

    def _save_as(self, name: str) -> str:
        if self.edits.saved is None:
            self.store.make_folder()
        saved = self.store.save_new(self.edits.scenario.renamed(name), by=self.person.name)
        self.drafting.drop(self.edits.history.present)
        self._show(Work.on(saved))
        return _told_of(saved)

    def _keep(self, saved: Saved) -> str:
        self._conflict = None
        self.drafting.drop(self.edits.history.present)
        self.edits.go(self.edits.history.rebased(saved))
        return _told_of(saved)

    @action
    def take_theirs(self) -> None:
        """Settle a conflict: open what the other one saved; mine stays one undo step away."""
        if self.conflict is not None:
            self._show(Work.on(self.conflict.theirs))

    @action
    def replace_theirs(self) -> str:
        """Settle a conflict: save mine over theirs, which stays in the history on disk."""
        if self.conflict is None:
            return ""
        return self._save_over(self.conflict.theirs.id, self.conflict.theirs.hash)


def _told_of(saved: Saved) -> str:
    return f"Saved as {saved.scenario.name}" + (f"; {saved.notice}" if saved.notice else "")
