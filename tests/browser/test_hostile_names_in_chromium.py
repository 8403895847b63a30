"""Names that hold markup, links, images and formulas stand on every page as they were typed."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from nightly import NIGHTLY
from playwright.sync_api import Dialog, Page, expect
from running_app import Profiles, RunningApp, go, settled
from sample_scenarios import hostile, saved_in

from valuemix.model.scenario import Scenario

LIVE = "a[href^='http'], a[href^='javascript'], a[href^='mailto'], img, iframe, object, embed, .katex, svg a"
"""What none of the names may become."""
FEW = ("Export",)
"""What a day goes to beside Balance: slides. Others are made of its figures and tables, or are tried in tests/ui."""


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    """Where the links and images of the names lead: nobody may come."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


@pytest.fixture(scope="module")
def scenario(listener: socket.socket) -> Scenario:
    return hostile(listener.getsockname()[1])


@pytest.fixture(scope="module")
def running(scenario: Scenario, app: RunningApp) -> Iterator[RunningApp]:
    """The app with the scenario among the others."""
    saved_in(app.scenarios, scenario, "hostile")
    yield app
    (app.scenarios / "hostile.json").unlink()


@pytest.fixture(scope="module")
def hostile_page(profiles: Profiles, running: RunningApp, listener: socket.socket) -> Iterator[Page]:
    """The Balance page, opened once: the tests go on from it in their order."""
    with profiles.lent() as page:
        yield from _watched(page, running, listener)


def _watched(page: Page, running: RunningApp, listener: socket.socket) -> Iterator[Page]:
    dialogs: list[str] = []
    told_before = len(running.log)

    def told(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", told)
    page.goto(f"{running.url}/?scenario=hostile")
    settled(page)
    yield page
    page.remove_listener("dialog", told)
    assert dialogs == []
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert "Traceback" not in running.log[told_before:]


def check(page: Page) -> None:
    settled(page)
    assert page.evaluate("window.__pwn") is None
    found = page.get_by_test_id("stMain").locator(LIVE)
    assert found.count() == 0, found.first.evaluate("element => element.outerHTML")


def text_of(page: Page, test_id: str) -> str:
    text = " ".join(page.get_by_test_id(test_id).all_inner_texts()).replace("\u2060", "")
    return " ".join(text.split())


def test_hostile_names_are_shown_literally_on_the_balance_page(
    hostile_page: Page, scenario: Scenario
) -> None:
    page = hostile_page
    check(page)
    table = text_of(page, "stTable")
    assert [name for name in scenario.proposition_names if name not in table] == []
    assert [name for name in scenario.segment_names if name not in table] == []
    desk = " ".join((page.locator("section.desk").text_content() or "").split())
    names = [*scenario.segment_names, *scenario.discipline_names, *scenario.proposition_names[:1]]
    assert [name for name in names if " ".join(name.split()) not in desk] == []


@pytest.mark.nightly  # tests/ui/test_balance_page.py shows them without a browser
def test_hostile_names_stay_literal_while_weights_are_changed_and_saved(
    hostile_page: Page, scenario: Scenario
) -> None:
    page = hostile_page
    for name in ("Sizes of the segments", "Advanced"):
        page.get_by_text(name).click()
    page.locator(".desk .segments button").nth(2).click()
    expect(page.get_by_text("Weights, all segments together")).not_to_be_visible()
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("End")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    check(page)
    page.get_by_test_id("stMenuButtonButton").click()
    expect(page.get_by_text("As before")).to_be_visible()
    check(page)
    page.keyboard.press("Escape")
    for help_icon in page.get_by_test_id("stTooltipIcon").all()[:4]:
        help_icon.hover()
        check(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_test_id("stToast")).to_be_visible()
    assert scenario.name in text_of(page, "stToast")
    check(page)


def test_hostile_names_are_harmless_on_other_pages(hostile_page: Page) -> None:
    # The Export page has something to show.
    hostile_page.get_by_role("button", name="To deck").first.click()
    expect(hostile_page.get_by_test_id("stToast")).to_be_visible()
    links = hostile_page.get_by_test_id("stTopNavLink").all_inner_texts()
    for title in [text.split()[-1] for text in links] if NIGHTLY else FEW:
        go(hostile_page, title)
        check(hostile_page)
        assert hostile_page.get_by_test_id("stException").count() == 0
