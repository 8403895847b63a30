"""The Decide page chooses a set: its limits, its exhibits, and the core when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from valuemix.exhibits import core, coverage, frontier
from valuemix.files.scenarios.scenario_file import load, save

COSTS = (260.0, 180.0, 140.0, 120.0, 90.0, 70.0)


def opened(folder: Path, tmp_path: Path, costs: tuple[float | None, ...]) -> AppTest:
    base = load(folder / "base-case.json")
    priced = zip(base.propositions, costs, strict=True)
    parts = [part.model_copy(update={"cost": cost}) for part, cost in priced]
    save(base.replace(propositions=parts), folder / "base-case.json", overwrite=True)
    script = tmp_path / "decide_alone.py"
    script.write_text("from valuemix.ui.pages import decide\ndecide.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.context = {"theme": "light"}
    at.query_params.update({"scenario": "base-case", "part": "A set"})
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


def findings(at: AppTest) -> list[str]:
    return [heading.value.replace("\\", "") for heading in at.subheader]


def test_limits_are_set_and_the_core_stays_until_they_change(folder: Path, tmp_path: Path) -> None:
    at = opened(folder, tmp_path, COSTS)
    scenario = load(folder / "base-case.json")
    assert findings(at) == [coverage(scenario).finding, frontier(scenario).finding]
    at.number_input(key="decide-budget").set_value(400.0)
    run(at).button(key="decide-core-work").click()
    within = [kind(scenario, budget=400).finding for kind in (coverage, frontier, core)]
    assert findings(run(at)) == within
    assert findings(run(at)) == within
    at.number_input(key="decide-at-most").set_value(1)
    assert findings(run(at)) == [
        kind(scenario, budget=400, at_most=1).finding for kind in (coverage, frontier)
    ]


@pytest.mark.parametrize("costs", [(None,) * 6, (0.0,) * 6])
def test_without_costs_one_line_says_where_they_are_typed(
    folder: Path, tmp_path: Path, costs: tuple[float | None, ...]
) -> None:
    at = opened(folder, tmp_path, costs)
    assert sum("fill in the column cost of the table Propositions" in line.value for line in at.caption) == 1
    assert [each.key for each in at.number_input] == ["decide-at-most"]
    assert len(findings(at)) == 1
