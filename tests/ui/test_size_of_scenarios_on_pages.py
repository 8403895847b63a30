"""How large a scenario the pages take: one page opens at the limit, and beyond it says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from balance_screen import Screen
from streamlit.testing.v1 import AppTest

from valuemix.files.scenarios.scenario_file import save
from valuemix.model.scenario import Scenario
from valuemix.ui.session.size_limit import MOST_NAMES, MOST_SCORES, size_problem

PAGES = ("balance", "tradeoffs", "robustness", "compare", "customers", "data", "export")


def of_size(segments: int, propositions: int, disciplines: int, name: str = "Every shop") -> Scenario:
    draw = np.random.default_rng(7)
    return Scenario.from_arrays(
        draw.uniform(0, 10, (segments, propositions, disciplines)).round(1),
        points=draw.integers(1, 100, (segments, disciplines)),
        name=name,
    )


def errors(at: AppTest) -> list[str]:
    return [error.value for error in at.error]


@pytest.mark.nightly  # it takes seconds; that the limit lets it through is asserted in the next
def test_a_page_opens_at_the_limit(tab_on: Callable[[Scenario], Screen]) -> None:
    scenario = of_size(41, MOST_NAMES, 4)
    assert MOST_SCORES - 4 * MOST_NAMES < scenario.array("scores").size <= MOST_SCORES
    assert size_problem(scenario) == ""
    screen = tab_on(scenario)
    assert not errors(screen.at)
    assert "Proposition" in screen.findings()[0]


def test_a_scenario_beyond_the_limit_is_told_and_others_open(
    tab: Callable[..., Screen], folder: Path
) -> None:
    save(of_size(61, 100, 2), folder / "every-shop.json")
    screen = tab("every-shop")
    (told,) = errors(screen.at)
    assert size_problem(of_size(41, MOST_NAMES, 4)) == ""
    for words in ("61 segments, 100 propositions and 12,200 scores", "at most 60 segments", "10,000 scores",
                  "command line", "library"):  # fmt: skip
        assert words in told
    assert not screen.findings()
    assert not errors(screen.open("base-case").at)
    assert screen.findings()


@pytest.mark.parametrize("page", PAGES)
def test_every_page_but_the_list_of_scenarios_ends_with_the_sentence(page: str, folder: Path) -> None:
    save(of_size(1, MOST_NAMES + 1, 2), folder / "every-shop.json")
    at = page_of(page)
    at.query_params["scenario"] = "every-shop"
    (told,) = errors(at.run())
    assert "it has 61 propositions, and they take at most" in told
    assert [heading.value for heading in at.subheader] == []


def test_the_list_of_scenarios_holds_those_that_are_too_large(folder: Path) -> None:
    save(of_size(MOST_NAMES + 1, 2, 2), folder / "every-shop.json")
    at = page_of("scenarios")
    at.query_params["scenario"] = "every-shop"
    assert not errors(at.run())
    assert any("Every shop" in text.value for text in at.markdown)


def test_a_scenario_that_is_too_large_is_not_compared(folder: Path) -> None:
    save(of_size(MOST_NAMES + 1, 2, 2), folder / "every-shop.json")
    at = page_of("compare")
    at.query_params["scenario"] = "base-case"
    at.run()
    at.multiselect(key="compare-with").set_value(["every-shop"])
    (told,) = errors(at.run())
    assert "it has 61 segments, and they take at most 60 segments" in told


def page_of(name: str) -> AppTest:
    at = AppTest.from_string(f"from valuemix.ui.pages import {name}\n{name}.page()", default_timeout=180)
    at.context = {"theme": "light"}
    return at
