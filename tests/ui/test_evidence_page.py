"""The Evidence page: what it shows of answers, and what it says without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from respondent_tables import heard_twice as heard
from sample_scenarios import examples_in
from streamlit.testing.v1 import AppTest

import valuemix as vm

SCRIPT = "from valuemix.ui.pages import evidence\nevidence.page()\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, AppTest]]:
    """The page on a scenario with answers and on one without, for tests that only look at them."""
    folder = tmp_path_factory.mktemp("evidence")
    scenarios = examples_in(folder / "scenarios")
    vm.save(heard().renamed("Heard"), scenarios / "heard.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALUEMIX_SCENARIOS", str(scenarios))
        yield {name: opened(folder, name) for name in ("heard", "base-case")}


def opened(folder: Path, scenario_id: str) -> AppTest:
    script = folder / "page.py"
    script.write_text(SCRIPT, encoding="utf-8")
    at = AppTest.from_file(str(script), default_timeout=120)
    at.query_params["scenario"] = scenario_id
    at.run()
    assert not at.exception, at.exception
    return at


def test_the_page_opens_with_who_leads_among_those_asked(pages: dict[str, AppTest]) -> None:
    findings = [heading.value for heading in pages["heard"].subheader]
    assert findings[0].startswith("Among those asked ")
    assert len(findings) == 11


def test_without_answers_the_page_says_how_to_bring_them(pages: dict[str, AppTest]) -> None:
    [heading] = pages["base-case"].subheader
    assert heading.value == "No answers of respondents are in this scenario"
    assert any("The box below brings them in" in caption.value for caption in pages["base-case"].caption)


def test_the_lead_worth_telling_is_the_readers(pages: dict[str, AppTest]) -> None:
    page = pages["heard"]
    page.number_input(key="evidence-worth").set_value(20.0).run()
    assert not page.exception
    told = [caption.value.replace("\\", "") for caption in page.caption]
    assert any("lead worth telling is 0.8, 20" in each for each in told)


def test_a_memory_over_waves_stands_under_advanced(pages: dict[str, AppTest]) -> None:
    page = pages["heard"]
    page.session_state["evidence-advanced"] = True
    page.run()
    page.slider(key="evidence-half-life").set_value(2.0).run()
    assert not page.exception
    assert any(
        each.value.startswith("With answers that count half after 2 waves ") for each in page.subheader
    )
