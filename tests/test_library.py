"""The public names, as a person at a prompt uses them."""

from __future__ import annotations

from pathlib import Path

import pytest

import valuemix as vm
from valuemix.errors import FileIsThere, StorageError


@pytest.fixture
def scenario() -> vm.Scenario:
    return vm.Scenario.from_arrays([[8, 2], [4, 5]], propositions=["Express", "Green line"])


def test_a_scale_is_given_as_a_scale_or_as_a_pair() -> None:
    scores = [[1, 5], [3, 3]]
    pair = vm.Scenario.from_arrays(scores, scale=(1, 5))
    assert vm.Scenario.from_arrays(scores, scale=vm.Scale(lowest=1, highest=5)) == pair


@pytest.mark.parametrize("name", ["", "base", "base.xlsx", "base.json.bak"])
def test_a_scenario_is_saved_under_a_name_of_a_scenario_file_only(scenario: vm.Scenario, name: str) -> None:
    with pytest.raises(StorageError, match=r"ends in \.json; choose a name such as \w[\w.]*\.json"):
        vm.save(scenario, name)


def test_a_file_that_is_there_names_the_argument_that_replaces_it(
    scenario: vm.Scenario, tmp_path: Path
) -> None:
    path = vm.save(scenario, tmp_path / "base.json")
    with pytest.raises(FileIsThere, match="replace it with overwrite=True"):
        vm.save(scenario, path)
    assert vm.save(scenario, path, overwrite=True) == path


def test_overall_is_asked_for_by_leaving_the_segment_out(scenario: vm.Scenario) -> None:
    with pytest.raises(vm.ValuemixError, match="Leave the segment out to see the overall value"):
        vm.exhibits.ranking(vm.evaluate(scenario), "overall")


def test_the_exhibits_list_public_names_only() -> None:
    assert dir(vm.exhibits) == sorted(vm.exhibits.__all__)
