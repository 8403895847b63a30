"""The desk in a file on a disk, without a server or a network: it answers, goes back, and sends a code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from desk_page import DeskPage
from playwright.sync_api import Browser, Page, expect
from sample_scenarios import ROOT, hostile

from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits import leaders, ranking
from valuemix.export.report.desk import make_desk
from valuemix.export.report.report import make_report
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.carried_weights import weights_code, weights_sender, with_weights_code
from valuemix.model.scenario import Scenario


@pytest.fixture(scope="module")
def base() -> Scenario:
    return load(ROOT / "scenarios" / "base-case.json")


@pytest.fixture(scope="module")
def files(base: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "desk.html").write_bytes(make_desk(base))
    (folder / "hostile.html").write_bytes(make_desk(hostile()))
    (folder / "report.html").write_bytes(make_report([ranking(base)]))
    return folder


@pytest.fixture(scope="module")
def offline(chromium: Browser) -> Iterator[Page]:
    """A page without a network; the module fails where it complains, or asks for anything but itself."""
    context = chromium.new_context(
        reduced_motion="reduce", viewport={"width": 1440, "height": 1000}, offline=True
    )
    told: list[str] = []
    context.on("request", lambda r: None if r.is_navigation_request() else told.append(r.url))
    context.on("console", lambda message: told.append(message.text))
    context.on("weberror", lambda error: told.append(str(error.error)))
    context.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    yield context.new_page()
    context.close()
    assert told == []


@pytest.fixture
def desk(offline: Page, files: Path) -> DeskPage:
    return opened(offline, files / "desk.html")


def opened(page: Page, path: Path) -> DeskPage:
    page.goto(path.as_uri())
    expect(page.locator("section.desk .row").first).to_be_visible()
    expect(page.locator("section.desk .leader")).not_to_be_empty()
    return DeskPage(page)


def sending(desk: DeskPage, name: str) -> str:
    """The code that stands in the file, once it is asked for."""
    desk.page.get_by_label("Your name").fill(name)
    desk.page.get_by_role("button", name="Copy the weights as a code").click()
    expect(desk.page.get_by_role("status")).not_to_be_empty()
    return desk.page.get_by_label("Weights as a code").input_value()


def test_leads_of_respondents_have_the_digits_that_every_page_gives_them(offline: Page, files: Path) -> None:
    heard = load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    (files / "heard.html").write_bytes(make_desk(heard))
    desk, leads = opened(offline, files / "heard.html"), leaders(evaluate(heard)).table["lead"]
    assert desk.page.locator(".segments .gap").all_inner_texts()[1:] == [f"+{lead:.3f}" for lead in leads]


def test_a_drag_is_answered_in_the_file_and_who_leads_is_as_sure_as_what_was_sent(desk: DeskPage) -> None:
    page, before = desk.page, desk.shown()
    expect(desk.root.locator(".degree")).to_have_text("probably leads")
    x, y, a_point = desk.grab(1)
    page.mouse.move(x + 30 * a_point, y, steps=5)
    expect(desk.root.locator(".leader")).to_have_text("48-hour parts")
    expect(desk.root.locator(".degree")).to_have_text("is ahead now")
    now = desk.shown()
    assert now["moving"]
    assert sum(now["points"]) == 100
    assert now["order"][0] == "48-hour parts" != before["order"][0]
    assert now["marks"] == len(now["order"])
    page.mouse.up()
    expect(page.locator("section.desk:not(.moving)")).to_be_visible()
    expect(desk.root.locator(".degree")).to_have_text("is ahead now")
    expect(page.get_by_text("As sent: Predictive uptime probably leads")).to_be_visible()


def test_undo_goes_back_a_gesture_and_reset_to_what_was_sent(desk: DeskPage) -> None:
    page, before = desk.page, desk.points
    desk.press(1, "PageUp")
    desk.press(2, "PageUp")
    expect(desk.slider(2)).to_have_value("24")
    page.keyboard.press("Control+z")
    expect(desk.slider(1)).to_have_value(f"{before[1] + 10:g}")
    page.keyboard.press("Control+Shift+z")
    expect(desk.slider(2)).to_have_value("24")
    page.get_by_role("button", name="Weights as sent").click()
    desk.shows(before)
    expect(desk.root.locator(".degree")).to_have_text("probably leads")
    expect(page.get_by_role("button", name="Weights as sent")).to_be_disabled()
    page.get_by_role("button", name="Undo").click()
    expect(desk.slider(2)).to_have_value("24")
    for _ in range(2):
        page.get_by_role("button", name="Undo").click()
    desk.shows(before)
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()


def test_a_segment_has_its_own_word_and_holds_are_kept(desk: DeskPage, base: Scenario) -> None:
    desk.root.locator(".segments button").nth(2).click()
    expect(desk.page.get_by_text(f"Weights, {base.segment_names[1]}")).to_be_visible()
    desk.root.locator(".hold").nth(0).click()
    expect(desk.slider(0)).to_be_disabled()
    kept = desk.points[0]
    desk.press(1, "PageUp")
    desk.page.get_by_role("button", name="Weights as sent").click()
    assert desk.points[0] == kept
    expect(desk.slider(0)).to_be_disabled()
    desk.exact(1).fill("95")
    desk.exact(1).press("Enter")
    expect(
        desk.root.get_by_text(f"{100 - kept:g} at most: the rest is held", exact=True).first
    ).to_be_visible()


def test_the_code_carries_what_was_moved_exactly_with_sizes_and_sender(
    desk: DeskPage, base: Scenario
) -> None:
    assert sending(desk, "") == weights_code(base)
    desk.press(1, "PageUp")
    desk.exact(2).fill("12.5")
    desk.exact(2).press("Enter")
    shown = desk.points
    code = sending(desk, "Ms Bjørk <b>")
    found = with_weights_code(base, code)
    assert weights_sender(code) == "Ms Bjørk <b>"
    np.testing.assert_allclose(100 * found.size_shares @ found.weights, shown, atol=0.5)
    assert np.array_equal(found.sizes, base.sizes)
    desk.page.get_by_text("Sizes of the segments").click()
    desk.slider(0, "size").press("PageUp")
    expect(desk.page.locator("section.desk:not(.moving)")).to_be_visible()
    found = with_weights_code(base, sending(desk, ""))
    np.testing.assert_allclose(found.size_shares[0], base.size_shares[0] + 0.1, atol=0.006)


def test_it_fits_every_width_in_light_and_dark(desk: DeskPage) -> None:
    paint = "() => getComputedStyle(document.querySelector('#desk').shadowRoot.querySelector('.bar')).backgroundImage"
    light = desk.page.evaluate(paint)
    for width in (1024, 390, 1440):
        desk.page.set_viewport_size({"width": width, "height": 900})
        assert desk.page.evaluate("document.documentElement.scrollWidth") == width
    desk.page.emulate_media(color_scheme="dark")
    assert desk.page.evaluate(paint) != light
    assert desk.page.pdf().startswith(b"%PDF-")
    desk.page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_rows_come_to_stand_in_the_order_of_their_values(
    desk: DeskPage, motion: Literal["no-preference", "reduce"]
) -> None:
    desk.page.emulate_media(reduced_motion=motion)
    before = desk.shown()["order"]
    desk.press(0, "End")
    places = """() => [...document.querySelector('#desk').shadowRoot.querySelectorAll('.row')]
        .map(row => [Number(row.style.transform.match(/[0-9.]+/)[0]), Number(row.dataset.rank)])
        .every(([y, rank], p, all) => y === rank * Math.max(...all.map(each => each[0])) / (all.length - 1))"""
    desk.page.wait_for_function(places)
    assert desk.shown()["order"] != before


def test_hostile_names_stand_in_it_as_they_were_typed(offline: Page, files: Path) -> None:
    desk = opened(offline, files / "hostile.html")
    desk.press(0, "End")
    expect(offline.locator("section.desk:not(.moving)")).to_be_visible()
    sending(desk, "<img src=x onerror=alert(1)>")
    assert offline.evaluate("window.__pwn") is None
    assert offline.locator("img, iframe, object, form, a").count() == 0
    titles = desk.root.locator("[title]").evaluate_all("all => all.map(each => each.title)")
    shown = " ".join(" ".join([desk.root.text_content() or "", *titles]).split())
    names = [*hostile().segment_names, *hostile().discipline_names, *hostile().proposition_names]
    assert [name for name in names if " ".join(name.split()) not in shown] == []


def test_the_report_carries_the_desk_on_the_screen_and_prints_what_was_sent(
    offline: Page, files: Path
) -> None:
    desk = opened(offline, files / "report.html")
    desk.press(1, "PageUp")
    expect(offline.get_by_text("As sent:")).to_be_visible()
    expect(offline.locator(".chart .main-svg").first).to_be_visible()
    assert offline.evaluate("document.documentElement.scrollWidth") == 1440
    offline.emulate_media(media="print")
    expect(desk.root).not_to_be_visible()
    offline.emulate_media(media="screen")


def test_partial_values_are_marked_and_nothing_is_bold_where_nothing_is_scored(
    offline: Page, tmp_path: Path
) -> None:
    gap, path = float("nan"), tmp_path / "partial.html"
    partial = Scenario.from_arrays([[[8, 2, gap], [7, 7, 7]], [[8, 2, 4], [7, gap, 6]]])
    partial = partial.with_weights(partial.segment_names[0], discipline_1=60, discipline_2=40, discipline_3=0)
    path.write_bytes(make_desk(partial))
    found = opened(offline, path)
    marked = [value.endswith("*") for value in found.shown()["values"]]
    assert marked == evaluate(partial).overall_partial.tolist() == [False, True]
    expect(found.root.locator(".leader")).to_have_text("Proposition 2 (partial value)")
    path.write_bytes(make_desk(Scenario.from_arrays([[gap, gap], [gap, gap]])))
    offline.goto(path.as_uri())
    for place in range(2):
        expect(offline.locator("section.desk .row .name").nth(place)).to_have_css("font-weight", "400")
