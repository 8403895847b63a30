"""What can be done with the scenarios of a folder: the actions of the Scenarios page."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import StorageError, ValuemixError
from valuemix.exhibits import ranking
from valuemix.files.scenarios.folder import read_saved
from valuemix.files.scenarios.store import Draft, Entry
from valuemix.model.names import clean_name
from valuemix.model.scenario import Scenario
from valuemix.ui.session.drafts import is_in_use
from valuemix.ui.session.state import Session, bind, kept, session, value

__all__ = ["Lead", "Shelf", "lead_of", "shelf", "summary"]


@dataclass(frozen=True)
class Lead:
    """Who leads a scenario overall, and the sentence that says by how much."""

    leaders: tuple[str, ...] = ()
    finding: str = ""


def lead_of(entry: Entry) -> Lead:
    """Who leads the scenario of an entry, kept by the content of its file; nobody where it cannot be read."""
    try:
        return _lead(entry.path, entry.id, entry.hash)
    except ValuemixError:
        return Lead()


@functools.lru_cache(maxsize=512)
def _lead(path: Path, scenario_id: str, _hash: str) -> Lead:
    result = evaluate(read_saved(path, scenario_id).scenario)
    names = result.scenario.proposition_names
    return Lead(tuple(names[p] for p in result.standing(None).leaders), ranking(result).finding)


def summary(entries: Sequence[Entry]) -> str:
    """How many scenarios there are, and who leads how many of them, in one sentence."""
    sound = [entry for entry in entries if entry.problem is None]
    count = f"{len(sound)} scenario{'' if len(sound) == 1 else 's'}"
    leads = Counter(" and ".join(lead_of(entry).leaders) for entry in sound)
    leads.pop("", None)
    if not leads:
        return f"{count} in this folder"
    if len(leads) == 1 and len(sound) > 1:
        return f"{count}: {next(iter(leads))} leads in every one"
    shown = [f"{name} leads in {number}" for name, number in leads.most_common(3)]
    others = sum(leads.values()) - sum(number for _, number in leads.most_common(3))
    return f"{count}: {', '.join(shown)}" + (f", others in {others}" if others else "")


@dataclass
class Shelf:
    """The Scenarios page of one browser tab.

    Attributes
    ----------
    session : Session
        Holds the folder and the open scenario, and tells what came of an action.
    asked : tuple of str
        Which dialog is open (``"rename"``, ``"note"`` or ``"history"``), and the id of its scenario;
        empty where none is.
    """

    session: Session
    asked: tuple[str, str] | tuple[()] = ()

    def choose(self, scenario_id: str, key: str) -> None:
        """Do what was chosen for a scenario, or open the dialog for it."""
        chosen = value(key)
        at_once = {"duplicate": self._duplicate, "delete": self._delete}
        if chosen in at_once:
            self.session.carry_out(lambda: at_once[chosen](scenario_id))
        elif chosen is not None:
            self.session.carry_out(lambda: self._ask(chosen, scenario_id))

    def key_of(self, dialog: str, scenario_id: str) -> str:
        """Key of what is typed or chosen in a dialog."""
        return f"scenarios-{dialog}-{scenario_id}"

    def leave(self) -> None:
        """Close the dialog."""
        self.asked = ()
        self.session.message = ""

    def rename(self, scenario_id: str, key: str) -> None:
        """Give a scenario the name that was typed."""
        name = clean_name(str(value(key) or ""))
        self.session.carry_out(
            lambda: self._edit(scenario_id, "Renamed to", lambda s: s.renamed(_needed(name)))
        )

    def write_note(self, scenario_id: str, key: str) -> None:
        """Give a scenario the note that was typed."""
        note = str(value(key) or "").strip()
        self.session.carry_out(lambda: self._edit(scenario_id, "Note saved:", lambda s: s.replace(note=note)))

    def restore_version(self, scenario_id: str, revision: int) -> None:
        """Save a version of the history again; what stands there now goes to the history."""
        self.session.carry_out(lambda: self._restore_version(scenario_id, revision))

    def restore(self, scenario_id: str) -> None:
        """Bring a scenario back from the trash."""
        self.session.carry_out(
            lambda: f"Restored {self.session.store.restore(scenario_id, by=self.session.person.name).name}"
        )

    def restore_draft(self, draft: Draft) -> None:
        """Bring discarded work back among what was left behind."""

        def restored() -> str:
            self.session.store.restore_draft(draft.session, by=self.session.person.name)
            return f"Restored the unsaved work on {draft.scenario.name}"

        self.session.carry_out(restored)

    def delete(self, scenario_id: str) -> None:
        """Move a file to the trash."""
        self.session.carry_out(lambda: self._delete(scenario_id))

    def left_behind(self) -> list[Draft]:
        """Unsaved work that no tab is at work on, this one's offers left out."""
        mine = (self.session.drafting.owner, *(draft.session for draft in self.session.drafting.offered))
        try:
            drafts = self.session.store.drafts()
        except StorageError:
            return []
        return [draft for draft in drafts if not draft.session.startswith(mine) and not is_in_use(draft)]

    def _ask(self, dialog: str, scenario_id: str) -> str:
        scenario = self.session.store.open(scenario_id).scenario
        texts = {"rename": scenario.name, "note": scenario.note}
        if dialog in texts:
            bind(self.key_of(dialog, scenario_id), texts[dialog])
        self.asked = (dialog, scenario_id)
        return ""

    def _edit(self, scenario_id: str, told: str, edit: Callable[[Scenario], Scenario]) -> str:
        store = self.session.store
        before = store.open(scenario_id)
        after = store.save(before, edit(before.scenario), by=self.session.person.name)
        self.session.saved_elsewhere(before, after, edit)
        self.asked = ()
        return f"{told} {after.scenario.name}"

    def _duplicate(self, scenario_id: str) -> str:
        copy = self.session.store.duplicate(scenario_id, by=self.session.person.name)
        return f"Duplicated as {copy.scenario.name}"

    def _delete(self, scenario_id: str) -> str:
        self.session.store.delete(scenario_id, by=self.session.person.name)
        return "Moved to the trash; it can be restored below"

    def _restore_version(self, scenario_id: str, revision: int) -> str:
        store, now = self.session.store, self.session
        version = store.open_version(scenario_id, revision)
        after = store.save(scenario_id, version.scenario, by=now.person.name)
        if now.saved is not None and now.saved.id == scenario_id and not now.edited:
            now.load(scenario_id)
        self.asked = ()
        return f"Restored revision {revision} of {after.scenario.name}; what it replaced is in the history"


def _needed(name: str) -> str:
    if not name:
        raise StorageError("A scenario needs a name: type one.")
    return name


def shelf() -> Shelf:
    """The Scenarios page of this browser tab."""
    return kept("scenarios-shelf", lambda: Shelf(session()))
