"""The report as a file on a disk, opened without a network: every chart drawn, nothing asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from running_app import column
from sample_scenarios import ROOT, hostile

from valuemix.charts.table import Table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.slides import exhibits_of
from valuemix.exhibits.words.formats import number
from valuemix.export.report.report import make_report
from valuemix.files.scenarios.scenario_file import load

DRAWN = "() => [...document.querySelectorAll('.chart')].every(c => c.querySelector('.main-svg'))"
TOO_WIDE = """() => [...document.querySelectorAll('.chart')].filter(chart =>
    chart.querySelector('.main-svg').getBoundingClientRect().width
    > chart.parentElement.getBoundingClientRect().width + 1).length"""


@pytest.fixture(scope="module")
def exhibits() -> list[Exhibit]:
    scenarios = [load(ROOT / "scenarios" / f"{name}.json") for name in ("base-case", "green-mandate")]
    return exhibits_of(scenarios[0], scenarios[1:])


@pytest.fixture(scope="module")
def offline(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without a network; the module fails where a page complains or asks for anything but itself."""
    context = chromium.new_context(
        reduced_motion="reduce", viewport={"width": 1440, "height": 1000}, offline=True
    )
    told: list[str] = []
    context.on("request", lambda r: None if r.is_navigation_request() else told.append(r.url))
    context.on("console", lambda message: told.append(message.text))
    context.on("weberror", lambda error: told.append(str(error.error)))
    yield context
    context.close()
    assert [line for line in told if not line.startswith(("blob:", "data:"))] == []


@pytest.fixture(scope="module")
def report(exhibits: list[Exhibit], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(make_report(exhibits))
    return path


def opened(context: BrowserContext, path: Path) -> Page:
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function(DRAWN)
    return page


@pytest.fixture(scope="module")
def page(offline: BrowserContext, report: Path) -> Page:
    """The report, opened once: each test leaves it as it was."""
    return opened(offline, report)


def test_every_chart_is_drawn_at_every_width(page: Page, exhibits: list[Exhibit]) -> None:
    tables = sum(isinstance(exhibit.chart, Table) for exhibit in exhibits)
    assert page.locator(".vm-table").count() == tables > 0
    assert page.locator(".chart").count() == len(exhibits) - tables - 1
    for width in (1024, 390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => document.documentElement.scrollWidth === width", arg=width)
        if width != 390:
            page.wait_for_function(f"() => !({TOO_WIDE})()")


def first_number(text: str) -> float:
    return float(text.split()[0])


def test_a_table_is_sorted_from_the_largest_then_from_the_smallest_then_as_it_was(page: Page) -> None:
    before = column(page, -1)
    head = page.locator(".vm-table").first.locator("thead th").last
    head.locator("button").click()
    assert column(page, -1) == sorted(before, key=first_number, reverse=True)
    assert head.get_attribute("aria-sort") == "descending"
    head.locator("button").press("Enter")
    assert column(page, -1) == sorted(before, key=first_number)
    head.locator("button").click()
    assert column(page, -1) == before
    assert head.get_attribute("aria-sort") is None


def test_figures_follow_dark_mode_and_are_light_on_paper(page: Page) -> None:
    ink = "() => document.querySelector('.chart')._fullLayout.font.color"
    assert page.evaluate(ink) == "#1F2933"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{ink} === '#F0F2F5'")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(ink) == "#1F2933"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(ink) == "#F0F2F5"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{ink} === '#1F2933'")


def test_charts_fit_the_paper_and_the_screen_again(page: Page) -> None:
    for paper in ("A4", "Letter"):
        assert page.pdf(format=paper).startswith(b"%PDF-")
    sizes = """() => [...document.querySelectorAll('.chart')].map(chart => {
        const box = chart.querySelector('.main-svg').getBoundingClientRect();
        return [Math.round(box.width), Math.round(box.height)];
    })"""
    on_screen = page.evaluate(sizes)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert {width for width, _ in page.evaluate(sizes)} <= {669, 670, 671}
    assert max(height for _, height in page.evaluate(sizes)) <= 781
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(sizes) == on_screen


def test_every_digit_of_a_table_is_one_tick_away(page: Page, exhibits: list[Exhibit]) -> None:
    section = page.locator("section.finding").first
    shown = next(e for e in exhibits if e.key != "summary")
    value = float(shown.table["value"].iloc[0])
    usual = number(value, shown.decimals + 3)
    expect(section.locator("tbody data").first).not_to_be_visible()
    section.get_by_text("Numbers", exact=True).click()
    expect(section.locator("tbody data").first).to_have_text(usual)
    section.get_by_label("Every digit").check()
    expect(section.locator("tbody data").first).to_have_text(repr(value))
    section.get_by_label("Every digit").uncheck()
    expect(section.locator("tbody data").first).to_have_text(usual)
    section.get_by_text("Numbers", exact=True).click()


def test_a_chart_downloads_as_a_picture_and_is_shared_with_nobody(page: Page) -> None:
    chart = page.locator(".chart").first
    chart.hover()
    assert page.locator("[data-attr='sendChartToCloud'], [data-title*='hare']").count() == 0
    with page.expect_download() as download:
        chart.locator(".modebar-btn[data-title*='ownload']").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


@pytest.mark.nightly  # tests/export/test_report_in_html.py reads the same file
def test_hostile_names_take_no_effect(offline: BrowserContext, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    path.write_bytes(make_report(exhibits_of(hostile())))
    page = opened(offline, path)
    assert page.evaluate("window.__pwn") is None
    assert page.locator("main img, main iframe, main object, main form, svg a, .katex").count() == 0
