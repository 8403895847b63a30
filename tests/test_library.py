"""The public names, as a person at a prompt uses them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pydantic
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


def test_exhibits_take_a_scenario_as_well_as_its_evaluation(scenario: vm.Scenario) -> None:
    later, result = scenario.with_weights(discipline_1=20), vm.evaluate(scenario)
    show = vm.exhibits
    for made, same in (
        (show.ranking(scenario, baseline=later), show.ranking(result, baseline=vm.evaluate(later))),
        (show.leaders(scenario), show.leaders(result)),
        (show.values_table(scenario), show.values_table(result)),
        (show.change(scenario, later), show.change(result, vm.evaluate(later))),
    ):
        assert made.finding == same.finding
        assert made.table.equals(same.table)


def test_the_exhibits_list_public_names_only() -> None:
    assert dir(vm.exhibits) == sorted(vm.exhibits.__all__)


@pytest.mark.parametrize(
    "name", ["Scenario", "Segment", "Proposition", "Discipline", "Scale", "Settings", "Doubt"]
)
def test_what_a_scenario_is_made_of_lists_no_name_of_the_library_underneath(name: str) -> None:
    part = getattr(vm, name)
    public = {word for word in dir(part) if not word.startswith("_")}
    assert public.isdisjoint(dir(pydantic.BaseModel))
    assert set(part.model_fields) <= public


def test_a_scenario_lists_its_fields_edits_and_arrays(scenario: vm.Scenario) -> None:
    public = {word for word in dir(scenario) if not word.startswith("_")}
    assert public == {word for word in dir(vm.Scenario) if not word.startswith("_")}
    assert {"segments", "scores", "weights", "with_points", "to_frames", "from_frames", "diff"} <= public


@pytest.mark.nightly  # import-linter holds Plotly out of what computes
def test_an_exhibit_is_computed_without_plotly_which_loads_with_the_first_figure() -> None:
    program = (
        "import sys, valuemix as vm\n"
        "found = vm.exhibits.ranking(vm.Scenario.from_arrays([[8, 6], [6, 5]]))\n"
        "before = 'plotly' in sys.modules\n"
        "found.figure\n"
        "print(before, 'plotly' in sys.modules)"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["False", "True"]
