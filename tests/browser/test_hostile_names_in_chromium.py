"""Names that hold markup, links, images and formulas stand on every page as they were typed."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from running_app import RunningApp, settled
from sample_scenarios import hostile, hostile_names, saved_in

LIVE = (
    "a[href*='8765'], a[href^='javascript'], a[href*='example'], a[href^='mailto'], a[href*='127.0.0.1/x'], "
    "img, iframe, object, embed, .katex, svg a"
)
"""What none of the names may become."""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Where the links and images of the names lead: nobody may come."""
    with socket.create_server(("127.0.0.1", 8765)) as server:
        server.settimeout(0)
        yield server


@pytest.fixture
def hostile_page(
    page: Page, started: Callable[[Path], RunningApp], tmp_path: Path, listener: socket.socket
) -> Iterator[Page]:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    running = started(saved_in(tmp_path / "scenarios", hostile()))
    page.goto(running.url)
    settled(page)
    yield page
    assert dialogs == []
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert "Traceback" not in running.log


def check(page: Page) -> None:
    settled(page)
    assert page.evaluate("window.__pwn") is None
    found = page.get_by_test_id("stMain").locator(LIVE)
    assert found.count() == 0, found.first.evaluate("element => element.outerHTML")


def text_of(page: Page, test_id: str) -> str:
    text = " ".join(page.get_by_test_id(test_id).all_inner_texts()).replace("\u2060", "")
    return " ".join(text.split())


def test_hostile_names_are_shown_literally_on_the_balance_page(hostile_page: Page) -> None:
    page, scenario = hostile_page, hostile()
    check(page)
    table = text_of(page, "stTable")
    assert [name for name in hostile_names() if name not in table] == []
    assert [name for name in scenario.segment_names if name not in table] == []
    assert [name for name in scenario.segment_names if name not in text_of(page, "stButtonGroup")] == []
    assert [name for name in scenario.discipline_names if name not in text_of(page, "stSlider")] == []


def test_hostile_names_stay_literal_while_weights_are_changed_and_saved(hostile_page: Page) -> None:
    page, scenario = hostile_page, hostile()
    for name in ("Sizes of the segments", "Advanced"):
        page.get_by_text(name).click()
    page.get_by_test_id("stButtonGroup").first.get_by_role("radio").nth(2).click()
    expect(page.get_by_text("Weights, all segments together")).not_to_be_visible()
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("End")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    check(page)
    page.get_by_test_id("stMenuButtonButton").click()
    expect(page.get_by_text("Saved weights")).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    for help_icon in page.get_by_test_id("stTooltipIcon").all()[:4]:
        help_icon.hover()
        check(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_test_id("stToast")).to_be_visible()
    assert scenario.name in text_of(page, "stToast")
    check(page)


def test_hostile_names_are_harmless_on_the_data_page(hostile_page: Page) -> None:
    hostile_page.get_by_test_id("stTopNavLink").filter(has_text="Data").click()
    expect(hostile_page).to_have_url(re.compile("/data"))
    hostile_page.wait_for_timeout(1500)
    assert hostile_page.evaluate("window.__pwn") is None
    assert hostile_page.get_by_test_id("stMain").locator(LIVE).count() == 0
