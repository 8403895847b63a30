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
from valuemix.exhibits.words.wording import joined
from valuemix.files.scenarios.folder import read_saved
from valuemix.files.scenarios.store import Draft, Entry
from valuemix.model.names import clean_name
from valuemix.model.scenario import Scenario
from valuemix.ui.session.drafts import is_in_use
from valuemix.ui.session.files import Files
from valuemix.ui.session.state import bind, kept, value
from valuemix.ui.session.tab import session
from valuemix.ui.session.view import Told, action

__all__ = ["Lead", "ScenarioActions", "lead_of", "scenario_actions", "summary"]


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
    """How many scenarios there are, and who is ahead in how many of them, in one sentence."""
    sound = [entry for entry in entries if entry.problem is None]
    count = f"{len(sound)} scenario{'' if len(sound) == 1 else 's'}"
    ahead = Counter(lead_of(entry).leaders for entry in sound)
    del ahead[()]
    if not ahead:
        return f"{count} in this folder"
    if len(ahead) == 1 and ahead.total() == len(sound) > 1:
        return f"{count}: {_ahead(next(iter(ahead)))} in every one"
    shown = ahead.most_common(3)
    others = ahead.total() - sum(number for _, number in shown)
    told = [f"{_ahead(leaders)} in {number}" for leaders, number in shown]
    return f"{count}: {', '.join(told)}" + (f", others in {others}" if others else "")


def _ahead(leaders: tuple[str, ...]) -> str:
    return f"{joined(leaders)} {'is' if len(leaders) == 1 else 'are'} ahead"


@dataclass
class ScenarioActions:
    """The Scenarios page of one browser tab.

    Attributes
    ----------
    files : Files
        The folder, and who works on it.
    asked : tuple of str
        Which dialog is open (``"rename"``, ``"note"`` or ``"history"``), and the id of its scenario;
        empty where none is.
    """

    files: Files
    asked: tuple[str, str] | tuple[()] = ()

    @property
    def told(self) -> Told:
        """What came of the last action."""
        return self.files.told

    def choose(self, scenario_id: str, key: str) -> None:
        """Do what was chosen for a scenario, or open the dialog for it."""
        chosen = value(key)
        at_once = {"duplicate": self.duplicate, "delete": self.delete}
        if chosen in at_once:
            at_once[chosen](scenario_id)
        elif chosen is not None:
            self.ask(chosen, scenario_id)

    def key_of(self, dialog: str, scenario_id: str) -> str:
        """Key of what is typed or chosen in a dialog."""
        return f"scenarios-{dialog}-{scenario_id}"

    @action
    def ask(self, dialog: str, scenario_id: str) -> None:
        """Open a dialog about a scenario."""
        scenario = self.files.store.open(scenario_id).scenario
        texts = {"rename": scenario.name, "note": scenario.note}
        if dialog in texts:
            bind(self.key_of(dialog, scenario_id), texts[dialog])
        self.asked = (dialog, scenario_id)

    def leave(self) -> None:
        """Close the dialog."""
        self.asked = ()
        self.told.message = ""

    @action
    def rename(self, scenario_id: str, key: str) -> str:
        """Give a scenario the name that was typed."""
        name = clean_name(str(value(key) or ""))
        if not name:
            raise StorageError("A scenario needs a name: type one.")
        return self._edit(scenario_id, "Renamed to", lambda s: s.renamed(name))

    @action
    def write_note(self, scenario_id: str, key: str) -> str:
        """Give a scenario the note that was typed."""
        note = str(value(key) or "").strip()
        return self._edit(scenario_id, "Note saved:", lambda s: s.replace(note=note))

    def _edit(self, scenario_id: str, told: str, edit: Callable[[Scenario], Scenario]) -> str:
        before = self.files.store.open(scenario_id)
        after = self.files.store.save(before, edit(before.scenario), by=self.files.person.name)
        self.files.saved_elsewhere(before, after, edit)
        self.asked = ()
        return f"{told} {after.scenario.name}"

    @action
    def restore_version(self, scenario_id: str, revision: int) -> str:
        """Save a version of the history again; what stands there now goes to the history."""
        files, edits = self.files, self.files.edits
        version = files.store.open_version(scenario_id, revision)
        after = files.store.save(scenario_id, version.scenario, by=files.person.name)
        if edits.saved is not None and edits.saved.id == scenario_id and not edits.edited:
            files.load(scenario_id)
        self.asked = ()
        return f"Restored revision {revision} of {after.scenario.name}; what it replaced is in the history"

    @action
    def restore(self, scenario_id: str) -> str:
        """Bring a scenario back from the trash."""
        return f"Restored {self.files.store.restore(scenario_id, by=self.files.person.name).name}"

    @action
    def restore_draft(self, draft: Draft) -> str:
        """Bring discarded work back among what was left behind."""
        self.files.store.restore_draft(draft.session, by=self.files.person.name)
        return f"Restored the unsaved work on {draft.scenario.name}"

    @action
    def duplicate(self, scenario_id: str) -> str:
        """Copy a scenario under a name of its own."""
        copy = self.files.store.duplicate(scenario_id, by=self.files.person.name)
        return f"Duplicated as {copy.scenario.name}"

    @action
    def delete(self, scenario_id: str) -> str:
        """Move a file to the trash."""
        self.files.store.delete(scenario_id, by=self.files.person.name)
        return "Moved to the trash; it can be restored below"

    def left_behind(self) -> list[Draft]:
        """Unsaved work that no tab is at work on, this one's offers left out."""
        drafting = self.files.drafting
        mine = (drafting.owner, *(draft.session for draft in drafting.offered))
        try:
            drafts = self.files.store.drafts()
        except StorageError:
            return []
        return [draft for draft in drafts if not draft.session.startswith(mine) and not is_in_use(draft)]


def scenario_actions() -> ScenarioActions:
    """The Scenarios page of this browser tab."""
    return kept("scenario-actions", lambda: ScenarioActions(session().files))
