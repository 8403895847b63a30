"""The Decide page tells whom planned decisions help and cost, with what was decided on where there is a decision."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from valuemix.decisions.folder import keep
from valuemix.decisions.record import decide
from valuemix.exhibits import impact
from valuemix.files.scenarios.scenario_file import load, save


def test_the_plan_and_the_picked_decision_are_told_for_what_was_decided_on(
    folder: Path, tmp_path: Path
) -> None:
    script = tmp_path / "decide_alone.py"
    script.write_text("from valuemix.ui.pages import decide\ndecide.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.query_params.update({"scenario": "base-case", "part": "Impact"})

    def findings() -> list[str]:
        at.run()
        assert not at.exception, at.exception
        return [heading.value.replace("\\", "") for heading in at.subheader]

    scenario = load(folder / "base-case.json")
    assert findings() == [impact(scenario).finding, impact(scenario, planned="Remote first").finding]
    chosen = "48-hour parts"
    keep(decide(scenario, chosen, "2027-06-30", case="base-case.json"), folder / "decisions")
    at.selectbox(key="decide-planned").set_value("One price list")
    one = impact(scenario, planned="One price list", proposition=chosen)
    assert findings() == [impact(scenario, proposition=chosen).finding, one.finding]


def test_without_plans_one_line_says_where_they_are_typed(folder: Path, tmp_path: Path) -> None:
    base = load(folder / "base-case.json")
    save(base.replace(planned_changes=()), folder / "base-case.json", overwrite=True)
    script = tmp_path / "decide_alone.py"
    script.write_text("from valuemix.ui.pages import decide\ndecide.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.query_params.update({"scenario": "base-case", "part": "Impact"})
    at.run()
    assert not at.exception
    assert sum("fill in the table Decisions planned" in line.value for line in at.caption) == 1
    assert not at.subheader
