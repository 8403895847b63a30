"""Two people on one folder, refreshes and a server that dies: in real browsers, nothing is lost."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, expect
from running_app import SECONDS, Profiles, RunningApp, go, settled
from sample_scenarios import examples_in, hostile, saved_in

from valuemix.files.scenarios.drafts import Draft
from valuemix.files.scenarios.store import Store
from valuemix.model.scenario import Scenario
from valuemix.ui.session.browser.person import COOKIE

Person = Callable[..., Page]


@pytest.fixture(scope="module")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app of these tests alone: what others leave unsaved would come in late, what is saved here is not theirs."""
    with RunningApp(examples_in(tmp_path_factory.mktemp("shared") / "scenarios")) as running:
        yield running


@pytest.fixture
def server(shared_app: RunningApp) -> Iterator[RunningApp]:
    """The app on the examples as they were shipped."""
    told = len(shared_app.log)
    shutil.rmtree(shared_app.scenarios)
    examples_in(shared_app.scenarios)
    yield shared_app
    assert "Traceback" not in shared_app.log[told:]


@pytest.fixture
def store(server: RunningApp) -> Store:
    return Store(server.scenarios)


@pytest.fixture
def person(profiles: Profiles, server: RunningApp) -> Iterator[Person]:
    """Opens the app in a browser profile of one more person."""
    with ExitStack() as lent:

        def opened(address: str = "/?scenario=base-case", name: str = "Grace") -> Page:
            page = lent.enter_context(profiles.lent(name, height=1200))
            page.goto(f"{server.url}{address}")
            settled(page)
            return page

        yield opened


def sign(page: Page, name: str) -> None:
    go(page, "Scenarios")
    page.get_by_role("textbox", name="Your name").fill(name)
    page.get_by_role("textbox", name="Your name").press("Enter")
    settled(page)
    go(page, "Balance")


def weigh(page: Page, slider: int) -> None:
    """Move one weight to the end; the edit is told as unsaved."""
    page.locator("input[type=range]").nth(slider).focus()
    page.keyboard.press("End")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    settled(page)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def drafts_of(store: Store, scenario_id: str) -> list[Draft]:
    return [draft for draft in store.drafts() if draft.id == scenario_id]


def drafted(store: Store, page: Page, count: int = 1, of: str = "base-case") -> None:
    """Wait until the work is on disk."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if len(drafts_of(store, of)) == count:
            return
        page.wait_for_timeout(100)
    raise TimeoutError(f"{len(drafts_of(store, of))} drafts, not {count}")


def more(page: Page, scenario_id: str, option: str) -> None:
    """Choose from a menu; it is opened again where the page was drawn anew and closed it."""
    settled(page)
    for _ in range(5):
        page.locator(f".st-key-scenarios-more-{scenario_id}").get_by_role("button").click()
        with suppress(BrowserError):
            page.get_by_text(option, exact=True).click(timeout=20_000)
            return
    raise TimeoutError(f"no {option} in the menu of {scenario_id}")


def led_by(scenario: Scenario, discipline: int) -> bool:
    """Whether one discipline has all the weight in every segment."""
    return bool(np.allclose(scenario.weights[:, discipline], 1))


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


# ---------------------------------------------------------------------- names


@pytest.mark.nightly  # tests/ui/test_names_of_people.py asserts the same without a browser
def test_a_name_is_asked_once_and_the_browser_keeps_it_over_a_reload(person: Person, store: Store) -> None:
    page = person("/?scenario=base-case", "")
    weigh(page, 0)
    save(page)
    page.get_by_role("textbox", name="Your name").fill("Zoë; <b>")
    button(page, "Save now")
    expect(page.get_by_text("Unsaved changes")).not_to_be_visible()
    assert store.open("base-case").saved_by == "Zoë; <b>"
    settled(page)
    # The cookie is written after the page is drawn: who leaves before is asked again.
    page.wait_for_function("name => document.cookie.includes(name)", arg=COOKIE)
    page.goto(page.url.partition("?")[0] + "?scenario=green-mandate")
    settled(page)
    weigh(page, 1)
    save(page)
    expect(page.get_by_text("Unsaved changes")).not_to_be_visible()
    assert store.open("green-mandate").saved_by == "Zoë; <b>"
    assert "Zo" not in page.url
    [cookie] = [each for each in page.context.cookies() if each["name"] == COOKIE]
    assert (cookie["sameSite"], cookie["path"]) == ("Strict", "/")


# ---------------------------------------------------------------------- conflicts


@pytest.fixture
def conflict(person: Person, store: Store) -> tuple[Page, Scenario, Scenario]:
    """The page of the second of two people, both of whom edited one scenario; what the first saved, and the base."""
    base = store.open("base-case").scenario
    first, second = person("/?scenario=base-case"), person("/?scenario=base-case")
    sign(first, "Ada")
    weigh(first, 0)
    weigh(second, 1)
    save(first)
    expect(first.get_by_text("Unsaved changes")).not_to_be_visible()
    theirs = store.open("base-case")
    assert theirs.saved_by == "Ada"
    save(second)
    expect(second.get_by_test_id("stAlert")).to_contain_text("Ada saved Base case")
    for side in ("They changed", "You changed"):
        expect(second.get_by_text(side)).to_be_visible()
    expect(second.get_by_text(re.compile("Enterprise, Innovation: points .* → 100")).first).to_be_visible()
    expect(second.get_by_text("Unsaved changes")).to_be_visible()
    return second, theirs.scenario, base


@pytest.mark.nightly  # tests/ui/test_balance_saving.py asserts the same without a browser
def test_the_second_takes_theirs_and_undo_brings_the_own_work_back(
    conflict: tuple[Page, Scenario, Scenario], store: Store
) -> None:
    page, theirs, _ = conflict
    button(page, "Load theirs")
    expect(page.get_by_text("Unsaved changes")).not_to_be_visible()
    expect(page.locator("input[type=range]").first).to_have_value("100")
    assert store.open("base-case").scenario == theirs
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("input[type=range]").nth(1)).to_have_value("100")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    drafted(store, page)  # nothing is written later into the folder of another test


@pytest.mark.nightly  # tests/ui/test_balance_saving.py asserts the same without a browser
def test_the_second_replaces_theirs_which_stays_in_the_history(
    conflict: tuple[Page, Scenario, Scenario], store: Store
) -> None:
    page, theirs, base = conflict
    button(page, "Replace theirs")
    expect(page.get_by_text("Unsaved changes")).not_to_be_visible()
    assert led_by(store.open("base-case").scenario, 1)
    kept = [store.open_version("base-case", v.revision).scenario for v in store.history("base-case")]
    assert kept[1:] == [theirs, base]


@pytest.mark.nightly  # tests/ui/test_balance_saving.py asserts the same without a browser
def test_the_second_saves_as_new_and_both_stay(
    conflict: tuple[Page, Scenario, Scenario], store: Store
) -> None:
    page, theirs, _ = conflict
    button(page, "Save mine as a new scenario")
    expect(page.get_by_role("combobox", name="Scenario")).to_have_value("Base case (2)")
    assert store.open("base-case").scenario == theirs
    [mine] = [store.open(entry.id) for entry in store.entries() if entry.name == "Base case (2)"]
    assert led_by(mine.scenario, 1)


# ---------------------------------------------------------------------- drafts


@pytest.mark.nightly  # tests/ui/test_links_and_drafts.py asserts the same without a browser
def test_a_refresh_offers_unsaved_work_and_takes_it_up(page: Page, app: RunningApp) -> None:
    # In the app of all tests, on a scenario of its own.
    store = Store(app.scenarios)
    saved_in(app.scenarios, store.open("base-case").scenario.replace(name="Refreshed"), "refreshed")
    page.goto(f"{app.url}/?scenario=refreshed")
    settled(page)
    weigh(page, 2)
    drafted(store, page, of="refreshed")
    page.reload()
    settled(page)
    expect(page.get_by_test_id("stAlert")).to_contain_text("Unsaved work on Refreshed from")
    expect(page.locator("input[type=range]").nth(2)).not_to_have_value("100")
    button(page, "Take it up")
    expect(page.locator("input[type=range]").nth(2)).to_have_value("100")
    expect(page.get_by_test_id("stAlert")).not_to_be_visible()
    save(page)
    expect(page.get_by_text("Unsaved changes")).not_to_be_visible()
    expect(page).not_to_have_url(re.compile("tab="))
    assert led_by(store.open("refreshed").scenario, 2)
    assert drafts_of(store, "refreshed") == []


@pytest.mark.nightly  # the last test here refreshes another page too; tests/ui discards what is offered
def test_a_refresh_on_another_page_offers_it_too(person: Person, store: Store) -> None:
    page = person("/?scenario=base-case")
    weigh(page, 2)
    drafted(store, page)
    go(page, "Data")
    expect(page).to_have_url(re.compile("tab="))
    page.reload()
    settled(page)
    button(page, "Discard it")
    expect(page.get_by_test_id("stAlert")).not_to_be_visible()
    assert store.drafts() == []


@pytest.mark.nightly  # a refresh takes up what is on disk; tests/files/test_store_under_faults.py kills writers
def test_a_killed_server_loses_no_work(
    page: Page, started: Callable[..., RunningApp], tmp_path: Path
) -> None:
    folder = examples_in(tmp_path / "scenarios")
    first = started(folder)
    page.goto(f"{first.url}/?scenario=base-case")
    settled(page)
    weigh(page, 3)
    drafted(Store(folder), page)
    first.kill()
    second = started(folder, port=first.port)
    page.goto(page.url)
    settled(page)
    expect(page.get_by_test_id("stAlert").first).to_contain_text("Unsaved work on Base case from")
    button(page, "Take it up")
    expect(page.locator("input[type=range]").nth(3)).to_have_value("100")
    assert "Traceback" not in second.log


@pytest.mark.nightly  # tests/ui/test_links_and_drafts.py has two tabs with one key
def test_a_duplicated_tab_does_not_take_the_draft_of_the_first(person: Person, store: Store) -> None:
    page = person("/?scenario=base-case")
    weigh(page, 0)
    drafted(store, page)
    [first] = store.drafts()
    twin = page.context.new_page()
    twin.goto(page.url)
    settled(twin)
    button(twin, "Discard it")
    expect(twin.get_by_test_id("stAlert")).not_to_be_visible()
    assert store.drafts() == [first]
    weigh(twin, 1)
    drafted(store, twin, 2)
    save(twin)
    expect(twin.get_by_text("Unsaved changes")).not_to_be_visible()
    assert store.drafts() == [first]


# ---------------------------------------------------------------------- links and the page


@pytest.mark.nightly  # tests/ui/test_links_and_drafts.py asserts the same without a browser
def test_a_link_carries_weights_to_another_person_without_saving(person: Person, store: Store) -> None:
    page = person("/?scenario=base-case")
    before = store.open("base-case")
    weigh(page, 1)
    button(page, "Link")
    links = page.get_by_test_id("stCode")
    expect(links).to_have_count(2)
    address = links.nth(1).inner_text().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?scenario=base-case&w=[0-9a-f]{8}(~[0-9_.]+)+", address)
    other = person(address[address.index("/?") :])
    expect(other.locator("input[type=range]").nth(1)).to_have_value("100")
    expect(other.get_by_text("Unsaved changes")).to_be_visible()
    other.get_by_role("button", name="Undo", exact=True).click()
    expect(other.get_by_text("Unsaved changes")).not_to_be_visible()
    assert store.open("base-case") == before


@pytest.mark.nightly  # tests/ui/test_scenarios_page.py asserts the same without a browser
def test_dialogs_rename_and_restore_in_the_browser(person: Person, store: Store) -> None:
    page = person("/?scenario=base-case")
    original = store.open("base-case").scenario
    go(page, "Scenarios")
    more(page, "base-case", "Rename")
    dialog = page.get_by_role("dialog")
    # Entered first: a click that takes the focus away redraws the button that it is about to press.
    dialog.get_by_role("textbox", name="Name").fill("The base")
    dialog.get_by_role("textbox", name="Name").press("Enter")
    settled(page)
    dialog.get_by_role("button", name="Rename").click()
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("combobox", name="Scenario")).to_have_value("The base")
    more(page, "base-case", "History")
    expect(dialog.get_by_role("combobox", name="Version")).to_have_value(re.compile("Revision 2"))
    dialog.get_by_role("combobox", name="Version").click()
    page.get_by_role("option", name=re.compile("Revision 1")).click()
    expect(dialog).to_contain_text("name 'The base' → 'Base case'")
    dialog.get_by_role("button", name="Restore this version").click()
    expect(dialog).not_to_be_visible()
    expect(page.get_by_role("combobox", name="Scenario")).to_have_value("Base case")
    assert store.open("base-case").scenario == original


@pytest.mark.nightly  # test_hostile_names_in_chromium.py goes to every page
def test_hostile_names_stay_literal_on_the_scenarios_page_and_in_offers(person: Person, store: Store) -> None:
    saved_in(store.folder, hostile())
    page = person("/?scenario=only")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    settled(page)
    weigh(page, 1)
    drafted(store, page)
    go(page, "Scenarios")
    page.reload()
    settled(page)
    expect(page.get_by_test_id("stAlert")).to_contain_text("Unsaved work on <img src=x")
    assert page.evaluate("window.__pwn") is None
    assert page.get_by_test_id("stMain").locator("a[href^='http'], img, iframe, .katex").count() == 0
    assert asked
    assert [url for url in asked if ":8765" in url] == []
