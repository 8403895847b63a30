"""The real app on a free port, on folders of scenarios of its own, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from running_app import BROWSER_FLAGS, SECONDS, Profiles, RunningApp, find_browser, settled
from sample_scenarios import examples_in

# Where two cores are busy, an answer takes longer than the five seconds that Playwright waits.
expect.set_options(timeout=SECONDS * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    found = find_browser()
    if found is None:
        pytest.skip("no Chromium or Chrome on this machine: install Debian's chromium to run these tests")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=BROWSER_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """The app on a copy of the examples, shared by all tests: each uses scenarios of its own."""
    with RunningApp(examples_in(tmp_path_factory.mktemp("app") / "scenarios")) as running:
        yield running


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., RunningApp]]:
    """Starts the app on another folder, for this test alone."""
    running: list[RunningApp] = []

    def start(folder: Path, port: int = 0) -> RunningApp:
        log = tmp_path / f"server-{len(running)}.log"
        running.append(RunningApp(folder, log=log, port=port).__enter__())
        return running[-1]

    yield start
    for each in running:
        each.__exit__()


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Profiles:
    return Profiles(chromium)


@pytest.fixture
def page(profiles: Profiles) -> Iterator[Page]:
    with profiles.lent() as page:
        yield page


@pytest.fixture
def balance(page: Page, app: RunningApp) -> Page:
    """The Balance page on the illustrative case."""
    page.goto(f"{app.url}/?scenario=base-case")
    settled(page)
    return page
