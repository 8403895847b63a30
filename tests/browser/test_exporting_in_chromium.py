"""Collecting, ordering and making a deck in a real browser."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from nightly import NIGHTLY
from playwright.sync_api import Locator, Page, expect
from pptx import Presentation
from running_app import RunningApp, go, settled

PAGES = ("Trade-offs", "Customer view") if NIGHTLY else ()
"""Where exhibits are collected beside those of the Balance page; tests/ui collects them on every page."""


@pytest.mark.nightly  # tests/ui/test_export_page.py collects, orders, names and makes without one
def test_exhibits_of_some_pages_become_a_deck_that_powerpoint_can_edit(balance: Page) -> None:
    page = balance
    add = page.get_by_role("button", name="To deck")

    def added(one: Locator) -> None:
        one.click()
        expect(page.get_by_test_id("stToast").last).to_contain_text("Added to the deck")
        settled(page)  # the toast may still be that of the one before

    added(add.nth(0))
    added(add.nth(1))
    for title in PAGES:
        go(page, title)
        added(add.first)
    go(page, "Export")
    expect(page.get_by_text(f"{2 + len(PAGES)} slides, kept with the scenario")).to_be_visible()
    page.get_by_role("button", name="Later", exact=True).click()
    expect(page.get_by_text("2. Ranking")).to_be_visible()
    settled(page)
    expect(page.get_by_label("Title", exact=True)).to_have_count(1)
    page.get_by_label("Title", exact=True).fill("What we lead with")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stRadio").get_by_text("What we lead with")).to_be_visible()
    page.get_by_role("button", name="Make the deck").click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Download base-case-deck.pptx").click()
    slides = Presentation(io.BytesIO(Path(found.value.path()).read_bytes())).slides
    titles = [slide.shapes.title.text for slide in slides]
    assert len(titles) == 3 + len(PAGES)  # the title slide, and what was collected
    assert titles[2] == "What we lead with"
    assert all(any(s.has_chart or s.has_table for s in slide.shapes) for slide in list(slides)[1:])


@pytest.mark.nightly  # tests/ui/test_export_page.py asserts the same without a browser
def test_a_deck_is_still_there_after_it_was_saved_and_the_page_was_reloaded(
    page: Page, app: RunningApp
) -> None:
    page.goto(f"{app.url}/export?scenario=margin-squeeze")
    page.get_by_role("button", name="Start with the usual slides").click()
    expect(page.get_by_text("slides, kept with the scenario")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_test_id("stToast")).to_contain_text("Saved")
    page.reload()
    expect(page.get_by_text("slides, kept with the scenario")).to_be_visible()
    expect(page.get_by_text("1. Summary")).to_be_visible()
