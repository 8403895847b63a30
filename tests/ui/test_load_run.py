"""The load run finds what it looks for: a lost update where there is one, and none where there is none."""

import sys

import pytest
from running_app import RunningApp
from sample_scenarios import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

import load

# The load run is run by hand, and what shows that it can be trusted with it: two servers take long to start.
pytestmark = pytest.mark.nightly


@pytest.mark.parametrize("careless", [False, True], ids=["careful", "careless"])
def test_an_edit_that_a_save_took_away_is_found(tmp_path, monkeypatch, careless):
    monkeypatch.setattr(load, "PAUSE", (0, 0))
    store = load.shared_folder(tmp_path / "scenarios", 2)
    script = load.script_in(tmp_path, careless=careless)
    with RunningApp(store.folder, script=script, log=tmp_path / "server.log") as app:
        people = [load.Person(number, app.url) for number in range(2)]
        tabs = [person.arrive() for person in people]
        for person, tab in zip(people, tabs, strict=True):
            person.tune(tab)
        for person, tab in zip(people, tabs, strict=True):
            person.save(tab)
            tab.close()
    assert [person.told for person in people] == [1, 1]
    lost = load.lost_updates(store, people)
    if careless:
        assert lost == ["Person 0 was told of 1 saves; Shared 0 holds 0, the log 1"]
    else:
        assert people[1].conflicts == 1
        assert lost == []
