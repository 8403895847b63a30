"""Any order of saves, conflicts, renames, deletes, restores, damage and drafts, against a plain model of a store."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from nightly import tries

from valuemix.errors import StorageError
from valuemix.files.scenarios.store import Conflict, Saved, Store
from valuemix.model.names import name_key
from valuemix.model.scenario import Scenario

NAMES = st.sampled_from(["Base", "BASE", "Plan é", "Plan e\u0301", "../x", "CON"])
SCORES = st.sampled_from([0.0, 2.5, 7.0])
BASE = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]])


class StoreMachine(RuleBasedStateMachine):
    """What the folder must hold: the latest version of each scenario, and all of them in the history."""

    opened: Bundle[Saved] = Bundle("opened")
    deleted: Bundle[str] = Bundle("deleted")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.latest: dict[str, Saved] = {}
        self.versions: dict[str, list[Scenario]] = {}

    @property
    def store(self) -> Store:
        """A new one each time, as after a restart of the server."""
        return Store(self.folder.name)

    def teardown(self) -> None:
        self.folder.cleanup()

    def taken(self, name: str, but: str = "") -> bool:
        return any(name_key(s.scenario.name) == name_key(name) for i, s in self.latest.items() if i != but)

    def keep(self, saved: Saved) -> Saved:
        self.latest[saved.id] = saved
        self.versions.setdefault(saved.id, []).append(saved.scenario)
        return saved

    @rule(target=opened, name=NAMES, score=SCORES)
    def save_new(self, name: str, score: float) -> Saved:
        scenario = BASE.renamed(name).with_scores("Proposition 1", innovation=score)
        if self.taken(name):
            with pytest.raises(StorageError, match="already"):
                self.store.save_new(scenario)
            name = self.store.free_name(name)
        return self.keep(self.store.save_new(scenario.renamed(name)))

    @rule(target=opened, base=opened, score=SCORES)
    def save(self, base: Saved, score: float) -> Saved:
        work = base.scenario.with_scores("Proposition 2", innovation=score)
        latest = self.latest.get(base.id)
        if latest is None:
            with pytest.raises(StorageError, match="was deleted meanwhile"):
                self.store.save(base, work)
            return base
        if latest.hash != base.hash:
            with pytest.raises(Conflict) as caught:
                self.store.save(base, work)
            assert caught.value.theirs == latest
            return latest
        saved = self.store.save(base, work)
        assert saved.revision == latest.revision + (work != latest.scenario)
        return self.keep(saved) if saved.hash != latest.hash else latest

    @rule(base=opened, name=NAMES)
    def rename(self, base: Saved, name: str) -> None:
        latest = self.latest.get(base.id)
        if latest is None or self.taken(name, but=base.id):
            with pytest.raises(StorageError):
                self.store.rename(base.id, name)
        elif self.store.rename(base.id, name).hash != latest.hash:
            self.keep(self.store.open(base.id))

    @rule(target=deleted, base=opened)
    def delete(self, base: Saved) -> str:
        if base.id not in self.latest:
            with pytest.raises(StorageError):
                self.store.delete(base.id)
            return ""
        self.store.delete(base.id)
        del self.latest[base.id]
        return base.id

    @rule(target=opened, scenario_id=consumes(deleted))
    def restore(self, scenario_id: str) -> Saved:
        if scenario_id not in {entry.id for entry in self.store.trash()}:
            return self.save_new("Base", 0.0)  # type: ignore[return-value]  # a rule is called as a method
        name = self.versions[scenario_id][-1].name
        back = self.store.restore(scenario_id)
        assert (back.name == name) != self.taken(name)
        found = self.store.open(scenario_id)
        if found.scenario != self.versions[scenario_id][-1]:
            self.keep(found)
        self.latest[scenario_id] = found
        return found

    @rule(base=opened)
    def damage_and_rescue(self, base: Saved) -> None:
        latest = self.latest.get(base.id)
        if latest is None:
            return
        latest.path.write_bytes(latest.path.read_bytes()[:50])
        (entry,) = (entry for entry in self.store.entries() if entry.problem)
        good = self.store.open_version(base.id, entry.newest_good or 0)
        assert good.scenario == latest.scenario
        self.keep(self.store.save(base.id, good.scenario))

    @rule(base=opened, session=st.sampled_from(["tab1", "tab2"]))
    def save_draft(self, base: Saved, session: str) -> None:
        self.store.save_draft(session, base.scenario, base)
        found = {draft.session: (draft.scenario, draft.hash) for draft in self.store.drafts()}
        assert found[session] == (base.scenario, base.hash)

    @invariant()
    def the_folder_holds_the_latest_of_each(self) -> None:
        entries = self.store.entries()
        assert {entry.id: entry.hash for entry in entries} == {i: s.hash for i, s in self.latest.items()}
        assert all(entry.problem is None for entry in entries)
        assert len({name_key(entry.name) for entry in entries}) == len(entries)

    @invariant()
    def the_history_holds_the_newest_version_and_loses_none_of_the_last_ones(self) -> None:
        for scenario_id, saved in self.latest.items():
            history = self.store.history(scenario_id)
            revisions = [version.revision for version in history]
            assert revisions == sorted(set(revisions), reverse=True)
            assert history[0].hash == saved.hash
            kept = [
                self.store.open_version(scenario_id, v.revision).scenario for v in history if not v.problem
            ]
            assert kept[:5] == self.versions[scenario_id][::-1][: min(5, len(kept))]

    @invariant()
    def nothing_is_left_over(self) -> None:
        assert list(Path(self.folder.name).rglob(".valuemix-*")) == []


StoreMachine.TestCase.settings = settings(max_examples=tries(12, 2), stateful_step_count=20, deadline=None)
TestAnyOrderOfEvents = StoreMachine.TestCase
