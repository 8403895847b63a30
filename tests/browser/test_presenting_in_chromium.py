"""Presenting in a real browser: slides step in the browser, the desk comes last, Escape goes back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from desk_page import DeskPage
from nightly import NIGHTLY
from playwright.sync_api import Locator, Page, expect
from running_app import Profiles, RunningApp, settled

LAST = 13
"""The usual slides of the illustrative case with two title slides, and the desk."""
SEEN = """() => [...document.querySelectorAll('[class*=st-key-presentation-slide-], .st-key-presentation-desk')]
    .filter(each => each.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map(each => each.className.match(/st-key-presentation-(slide-\\d+|desk)/)[1])"""
AXE = "() => axe.run({include: '.st-key-presentation'}, {resultTypes: ['violations']})"
FINGER = """([from, to]) => [['pointerdown', from], ['pointerup', to]].forEach(([name, x]) => document.dispatchEvent(
    new PointerEvent(name, { pointerType: 'touch', isPrimary: true, clientX: x, clientY: 400 })))"""


@pytest.fixture(scope="module")
def shown(profiles: Profiles, app: RunningApp) -> Iterator[Page]:
    """A browser for all tests here, each of which opens the page anew."""
    with profiles.lent() as page:
        page.goto(f"{app.url}/export?scenario=base-case")
        settled(page)
        yield page


def count(page: Page) -> Locator:
    return page.locator("nav.bar .count")


def opened(page: Page, app: RunningApp, **address: str) -> None:
    words = "&".join(f"{name}={text}" for name, text in {"scenario": "base-case", **address}.items())
    page.goto(f"{app.url}/present?{words}")
    expect(count(page)).to_have_text(re.compile(rf"\d+ of {LAST}"))


def test_keys_step_through_the_slides_and_escape_goes_back_to_where_it_was_opened(shown: Page) -> None:
    shown.get_by_role("button", name="Present").click()
    expect(count(shown)).to_have_text(f"1 of {LAST}")
    expect(shown.get_by_test_id("stTopNavLink").first).not_to_be_visible()
    assert shown.evaluate(SEEN) == ["slide-0"]
    for key, place in (
        ("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3), ("PageUp", 2), ("Home", 1),
        ("ArrowLeft", 1), ("End", LAST), ("ArrowRight", LAST), ("ArrowLeft", LAST - 1), ("Home", 1),
        ("ArrowRight", 2),
    ):  # fmt: skip
        shown.keyboard.press(key)
        assert count(shown).inner_text() == f"{place} of {LAST}"
        assert shown.evaluate(SEEN) == ["desk" if place == LAST else f"slide-{place - 1}"]
    expect(shown.get_by_role("status").filter(has_text=f"2 of {LAST}")).to_have_count(1)
    shown.keyboard.press("Escape")
    expect(shown).to_have_url(re.compile(r"/export\?scenario=base-case$"))
    settled(shown)
    expect(shown.get_by_test_id("stTopNavLink").first).to_be_visible()


@pytest.fixture(scope="module")
def third(shown: Page, app: RunningApp) -> Page:
    """The third slide, opened once for the tests that follow, from a page that there is none of."""
    opened(shown, app, slide="3", **{"from": "elsewhere"})
    return shown


def test_a_slide_fills_the_window_at_its_proportion_and_is_still_there_after_a_reload(third: Page) -> None:
    page = third.locator(".st-key-presentation-page-2")
    for width, height, expected in ((1440, 1000, (1440, 810)), (1920, 800, (1422, 800))):
        third.set_viewport_size({"width": width, "height": height})
        box = page.bounding_box()
        assert box is not None
        assert (round(box["width"]), round(box["height"])) == expected
        assert abs(box["x"] - (width - box["width"]) / 2) < 1
        chart = page.locator(".js-plotly-plot")
        scale = chart.evaluate("each => each.getBoundingClientRect().width / each.offsetWidth")
        assert abs(scale - box["width"] / 1280) < 0.01
    third.set_viewport_size({"width": 1440, "height": 1000})


def test_slides_and_desk_have_no_barriers(third: Page) -> None:
    third.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    for key in ("ArrowLeft", "ArrowRight", "End") if NIGHTLY else ("ArrowLeft", "End"):
        third.keyboard.press(key)
        violations = third.evaluate(AXE)["violations"]
        assert [f"{rule['id']}: {node['html']}" for rule in violations for node in rule["nodes"]] == []


@pytest.mark.nightly  # tests/ui/test_present_page.py asserts the same without a browser
def test_a_weight_moved_on_the_desk_at_the_end_is_on_the_slides_and_still_there_after_leaving(
    third: Page,
) -> None:
    third.keyboard.press("End")
    desk = DeskPage(third)
    desk.press(1, "PageUp", 3)
    assert count(third).inner_text() == f"{LAST} of {LAST}"
    expect(third.locator(".st-key-presentation-slide-2")).to_contain_text("48-hour parts")
    moved = desk.points
    desk.press(1, "ArrowRight")
    third.keyboard.press("Escape")
    settled(third)
    expect(desk.slider(1)).to_have_value(f"{moved[1] + 1:g}")
    expect(third.get_by_text("Unsaved changes")).to_be_visible()
    third.get_by_role("button", name="Reset", exact=True).click()
    expect(third.get_by_text("Unsaved changes")).not_to_be_visible()
    settled(third)


@pytest.mark.nightly  # they step by what the keys step by
def test_buttons_swipes_and_taps_step_too_and_the_bar_fades(shown: Page, app: RunningApp) -> None:
    opened(shown, app)
    shown.get_by_role("button", name="Next slide").click()
    assert count(shown).inner_text() == f"2 of {LAST}"
    for finger, place in (((700, 500), 3), ((500, 700), 2), ((1200, 1200), 3), ((100, 100), 2)):
        shown.evaluate(FINGER, finger)
        assert count(shown).inner_text() == f"{place} of {LAST}"
    bar = shown.locator("nav.bar")
    shown.keyboard.press("ArrowRight")
    shown.mouse.move(300, 300)
    expect(bar).to_have_css("opacity", "1")
    expect(bar).to_have_css("opacity", "0")
    shown.get_by_role("button", name="Leave the presentation").click()
    expect(shown).to_have_url(f"{app.url}/?scenario=base-case")  # no page said that it had opened this one
