"""Pages fit the window, light and dark; at night their pictures are kept for people to look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from nightly import NIGHTLY
from playwright.sync_api import Page
from running_app import ColorScheme, Profiles, RunningApp, settled
from sample_scenarios import large, long_names, made

from valuemix.files.scenarios.scenario_file import save

PICTURES = Path(__file__).parent / "screenshots"
HARD = ["long-names"]
EASY = ["base-case", "large", "airport-survey-sfo-2017", "three"]
"""What has short names: it fits where the long ones do."""
CASES = [*HARD, *(pytest.param(name, marks=pytest.mark.nightly) for name in EASY)]
TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll('[data-testid=stMain]')]
    .some(box => box.scrollWidth > box.clientWidth)"""


@pytest.fixture(scope="module")
def shown(app: RunningApp) -> RunningApp:
    """The app with cases added that are hard to show."""
    for name, build in {"three": lambda: made(3, 2), "large": large, "long-names": long_names}.items():
        save(build(), app.scenarios / f"{name}.json")
    return app


def picture(page: Page, name: str, theme: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1300})
    if NIGHTLY:
        page.wait_for_timeout(700)  # until charts have their width
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}-{theme}-{width}.png")


# Colours change no width: the dark ones are for people who look at the pictures.
@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.nightly)])
@pytest.mark.parametrize("case", CASES)
def test_the_balance_page_fits_a_narrow_window(
    profiles: Profiles, shown: RunningApp, case: str, theme: ColorScheme
) -> None:
    with profiles.lent(theme=theme) as page:
        page.goto(f"{shown.url}/?scenario={case}")
        settled(page)
        if NIGHTLY:
            picture(page, f"balance-{case}", theme, 1440)
        page.locator(".desk .segments button").nth(1).click()
        page.get_by_text("Weights, all segments together").wait_for(state="hidden")
        settled(page)
        page.locator("input[type=range]").first.focus()
        page.keyboard.press("End")
        page.get_by_text("Unsaved changes").wait_for()
        settled(page)
        picture(page, f"balance-{case}-changed", theme, 1024)
        page.wait_for_function(f"() => !({TOO_WIDE})()")
