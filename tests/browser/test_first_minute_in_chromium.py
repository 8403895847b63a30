"""The first minute in a browser: where pages are found, and what a reload keeps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from running_app import RunningApp, settled

from valuemix.ui.main import GROUPS

LABELS = """() => [...document.querySelectorAll('[data-testid=stTopNav] > .rc-overflow-item')]
    .map(page => getComputedStyle(page, '::before').content.replaceAll('"', ''))
    .filter(label => label !== 'none')"""


def test_every_page_is_one_click_away_under_the_name_of_its_group(page: Page, app: RunningApp) -> None:
    page.goto(f"{app.url}/?scenario=base-case")
    settled(page)
    links = page.get_by_test_id("stTopNavLink")
    titles = [title for group in GROUPS.values() for _module, title, *_ in group]
    for title in titles:
        expect(links.filter(has_text=title)).to_be_in_viewport()
    assert page.evaluate(LABELS) == [*GROUPS]


@pytest.mark.nightly  # tests/ui/test_first_minute.py asserts the same without a browser
def test_the_first_line_moves_nothing_and_is_gone_for_good_from_the_next_visit_on(
    page: Page, app: RunningApp
) -> None:
    page.goto(f"{app.url}/?scenario=base-case")
    settled(page)
    line = page.get_by_text("Move a weight: who leads")
    expect(line).to_be_visible()
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("End")
    page.wait_for_function("() => document.cookie.includes('valuemix_moved')")
    expect(line).to_be_visible()
    page.goto(f"{app.url}/?scenario=base-case")
    settled(page)
    expect(line).to_be_hidden()


@pytest.mark.nightly  # tests/ui/test_choices_in_the_address.py asserts the same without a browser
def test_what_is_chosen_on_a_page_survives_a_reload(page: Page, app: RunningApp) -> None:
    page.goto(f"{app.url}/customer-view?scenario=everyone-served")
    settled(page)
    group = page.locator("[class*=st-key-customers-part-Everyone]")
    group.get_by_text("Fairness").click()
    expect(page).to_have_url(f"{app.url}/customer-view?scenario=everyone-served&part=Fairness")
    settled(page)
    heading = page.get_by_role("heading", level=3).first.inner_text()
    page.reload()
    settled(page)
    expect(page.get_by_role("heading", level=3).first).to_have_text(heading)


@pytest.mark.nightly  # only a browser changes its look while a page is open
def test_tables_and_charts_follow_a_look_that_is_changed_while_they_are_shown(
    page: Page, app: RunningApp
) -> None:
    page.goto(f"{app.url}/robustness?scenario=base-case")
    settled(page)
    head, bar = page.locator(".vm-table th").first, page.locator(".js-plotly-plot .ytick text").first
    dark = "rgb(240, 242, 245)"
    expect(bar).not_to_have_css("fill", dark)
    page.emulate_media(color_scheme="dark")
    expect(page.locator(".vm-table").first).to_have_css("color", dark)
    expect(head).to_have_css("background-color", "rgb(18, 23, 30)")
    expect(bar).to_have_css("fill", dark)
