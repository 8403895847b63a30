"""The main job in a real browser: weigh, see who leads while a weight moves, save, come back."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from desk_page import DeskPage
from nightly import tries
from playwright.sync_api import Locator, Page, expect
from running_app import Profiles, RunningApp, column, settled
from sample_scenarios import ROOT

LEADER_OVERALL = "Predictive uptime"
KEYS = tries(30, 12)


@pytest.fixture(scope="module")
def opened(profiles: Profiles, app: RunningApp) -> Iterator[Page]:
    """The Balance page, opened once for all tests by day."""
    with profiles.lent() as page:
        page.goto(f"{app.url}/?scenario=base-case")
        settled(page)
        yield page


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Iterator[DeskPage]:
    """The desk with all segments together and nothing edited; the tests of the night have a page each."""
    alone = request.node.get_closest_marker("nightly")
    page: Page = request.getfixturevalue("balance" if alone else "opened")
    desk = DeskPage(page)
    yield desk
    if alone:
        return
    reset, together = (
        page.get_by_role("button", name="Reset", exact=True),
        desk.root.locator(".segments button").first,
    )
    if reset.is_enabled():
        reset.click()
        expect(page.get_by_text("Unsaved changes")).not_to_be_visible()
    together.click()
    expect(page.get_by_text("Weights, all segments together")).to_be_visible()
    settled(page)


def finding(page: Page) -> Locator:
    return page.get_by_test_id("stHeading").first


def test_a_drag_is_answered_while_the_mouse_is_held_down(desk: DeskPage) -> None:
    """Every place of the mouse: the sum is 100, the order follows, saved marks stay to compare with."""
    told, before = finding(desk.page).inner_text(), desk.shown()
    x, y, a_point = desk.grab(1)
    seen = []
    for by in range(4, 61, 4):
        desk.page.mouse.move(x + by * a_point, y)
        desk.page.wait_for_timeout(30)
        seen.append(desk.shown())
    assert all(sum(each["points"]) == 100 for each in seen)
    assert all(each["exact"] == [str(points) for points in each["points"]] for each in seen)
    assert [each["points"][1] for each in seen] == sorted({each["points"][1] for each in seen})
    now = seen[-1]
    assert now["moving"]
    assert before["leader"] == LEADER_OVERALL
    assert now["leader"] == now["order"][0] == "48-hour parts"
    assert before["marks"] == 0
    assert now["marks"] == len(now["order"])
    assert now["segments"][0] == "48-hour parts"
    assert finding(desk.page).inner_text() == told
    desk.page.mouse.up()
    desk.taken()
    assert desk.shown()["points"] == now["points"]
    expect(finding(desk.page)).to_contain_text("48-hour parts")
    desk.page.get_by_role("button", name="Undo").click()
    desk.shows(before["points"])
    expect(desk.page.get_by_text("Unsaved changes")).not_to_be_visible()


@pytest.mark.nightly  # out and back in tests/ui; the drag above is by a mouse
def test_a_drag_back_restores_every_weight_and_leaves_nothing_to_save(desk: DeskPage) -> None:
    before = desk.points
    x, y, a_point = desk.grab(0)
    for by in (70, -30, 40, 0):
        desk.page.mouse.move(x + by * a_point, y, steps=4)
    desk.page.mouse.up()
    desk.taken()
    assert desk.points == before
    expect(desk.page.get_by_text("Unsaved changes")).not_to_be_visible()


@pytest.mark.nightly  # test_desk_in_a_file_in_chromium.py holds a weight on the same desk
def test_a_held_weight_stays_and_the_others_make_room(desk: DeskPage) -> None:
    desk.choose("Enterprise")
    before = desk.points
    desk.slider(2).focus()
    desk.page.keyboard.press("l")
    expect(desk.root.get_by_role("button", name="Hold Social purpose")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(desk.slider(2)).to_be_disabled()
    desk.press(0, "End")
    desk.taken()
    assert desk.points == [100 - before[2], 0, before[2], 0]
    desk.root.get_by_role("button", name="Hold Innovation").click()
    expect(desk.root.get_by_role("button", name="Hold Customer intimacy")).to_be_disabled()


@pytest.mark.nightly  # test_desk_in_a_file_in_chromium.py types exact weights on the same desk
def test_digits_type_an_exact_weight_with_a_decimal(desk: DeskPage) -> None:
    desk.choose("Enterprise")
    desk.slider(1).focus()
    desk.page.keyboard.type("40.5")
    expect(desk.exact(1)).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.taken()
    assert desk.points[1] == 40.5
    assert round(sum(desk.points), 9) == 100
    desk.exact(0).fill("77")
    desk.page.keyboard.press("Escape")
    expect(desk.exact(0)).not_to_have_value("77")
    expect(desk.slider(0)).to_be_focused()


@pytest.mark.nightly  # test_desk_in_a_file_in_chromium.py undoes by keys on the same desk
def test_keys_undo_and_the_mix_is_read_aloud(desk: DeskPage) -> None:
    before = desk.points
    desk.press(0, "PageUp", 2)
    desk.press(0, "ArrowLeft")
    expect(desk.slider(0)).to_have_value(f"{before[0] + 19:g}")
    said = desk.slider(0).get_attribute("aria-valuetext")
    assert said is not None
    assert said.startswith(
        f"{before[0] + 19:g} points; Innovation {before[0] + 19:g}, Operational excellence"
    )
    desk.page.keyboard.press("Control+z")
    expect(desk.slider(0)).to_have_value(f"{before[0]:g}")
    desk.page.keyboard.press("Control+Shift+Z")
    expect(desk.slider(0)).to_have_value(f"{before[0] + 19:g}")
    desk.press(1, "End")
    expect(desk.root.locator(".told")).to_contain_text("48-hour parts now first overall")


@pytest.mark.nightly  # a key races with the server in the next test, a drag of many moves in the first
@pytest.mark.parametrize(
    "segment", [pytest.param("Enterprise", marks=pytest.mark.nightly), "all segments together"]
)
def test_keys_in_a_row_lose_none_and_come_back(desk: DeskPage, segment: str) -> None:
    if segment == "Enterprise":
        desk.choose(segment)
    before = desk.points
    for pause, key, expected in ((0, "ArrowRight", before[2] + KEYS), (40, "ArrowLeft", before[2])):
        desk.slider(2).focus()
        for _ in range(KEYS):
            desk.page.keyboard.press(key)
            desk.page.wait_for_timeout(pause)
        assert desk.points[2] == expected
        desk.taken()
        assert desk.points[2] == expected
    assert desk.points == before


def test_undo_right_after_a_key_takes_that_key_back(desk: DeskPage) -> None:
    desk.choose("Enterprise")
    before = desk.points
    desk.press(0, "End")
    desk.taken()
    # One key: of several that a busy machine takes apart, one undo takes back the last ones alone.
    desk.press(1, "ArrowRight")
    desk.page.get_by_role("button", name="Undo").click()
    expect(desk.slider(0)).to_have_value("100")
    desk.taken()
    desk.page.get_by_role("button", name="Undo").click()
    desk.shows(before)


@pytest.mark.nightly  # undo right after a key races in the same way; tests/ui opens another after an edit
def test_another_scenario_opened_right_after_a_key_shows_its_own_weights(
    desk: DeskPage, app: RunningApp
) -> None:
    desk.page.goto(f"{app.url}/?scenario=green-mandate")
    settled(desk.page)
    wanted = desk.points
    desk.page.goto(f"{app.url}/?scenario=base-case")
    settled(desk.page)
    desk.press(0, "End")
    desk.page.get_by_role("combobox", name="Scenario").click()
    desk.page.get_by_role("option", name="Green mandate").click()
    desk.shows(wanted)
    desk.page.get_by_role("button", name="Undo").click()
    expect(desk.slider(0)).to_have_value("100")


@pytest.mark.nightly  # test_desk_in_a_file_in_chromium.py moves a size on the same desk
def test_sizes_are_sliders_of_the_same_kind(desk: DeskPage) -> None:
    desk.page.get_by_text("Sizes of the segments").click()
    desk.slider(1, "size").focus()
    before = desk.shown()["values"]
    desk.page.keyboard.press("End")
    assert desk.shown()["values"] != before
    assert [desk.slider(i, "size").input_value() for i in range(5)] == ["0", "100", "0", "0", "0"]


@pytest.mark.nightly  # tests/ui/test_balance_saving.py asserts the same without a browser
def test_changed_weights_are_saved_as_a_new_scenario_and_still_there_after_a_reload(
    desk: DeskPage, app: RunningApp
) -> None:
    balance = desk.page
    desk.choose("Public sector")
    desk.press(2, "End")
    expect(balance.get_by_text("Unsaved changes")).to_be_visible()
    balance.get_by_role("button", name="Save as new").click()
    balance.get_by_label("Name of the new scenario").fill("Purpose only")
    balance.get_by_test_id("stPopoverBody").get_by_role("button", name="Save as new").click()
    expect(balance.get_by_role("combobox", name="Scenario")).to_have_value("Purpose only")
    expect(balance.get_by_test_id("stToast")).to_contain_text("Saved as Purpose only")
    expect(balance.get_by_text("Unsaved changes")).not_to_be_visible()
    expect(balance.get_by_test_id("stPopoverBody")).not_to_be_visible()
    assert re.search(r"scenario=purpose-only-\w{8}", balance.url)
    assert len([*app.scenarios.glob("purpose-only-*.json")]) == 1
    balance.reload()
    settled(balance)
    expect(balance.get_by_role("combobox", name="Scenario")).to_have_value("Purpose only")
    desk.choose("Public sector")
    assert desk.points == [0, 0, 100, 0]


@pytest.mark.nightly  # test_lost_connections_in_chromium.py goes to Data and back with a move that is harder to keep
@pytest.mark.parametrize("page_name", ["Data"])
def test_work_that_is_not_saved_survives_a_visit_to_another_page(desk: DeskPage, page_name: str) -> None:
    balance = desk.page
    desk.choose("Enterprise")
    desk.press(0, "End")
    expect(balance.get_by_text("Unsaved changes")).to_be_visible()
    balance.get_by_test_id("stTopNavLink").filter(has_text=page_name).click()
    expect(balance).to_have_url(re.compile(page_name.lower()))
    balance.get_by_test_id("stTopNavLink").filter(has_text="Balance").click()
    expect(desk.slider(0)).to_have_value("100")
    assert desk.points == [100, 0, 0, 0]


@pytest.mark.nightly  # tests/ui/test_bringing_tables_in.py brings it in without a browser
def test_the_airport_workbook_is_imported_and_opens_on_the_balance_page(balance: Page) -> None:
    links = balance.get_by_test_id("stTopNavLink")
    links.filter(has_text="Data").click()
    balance.get_by_text("Bring in a file or copied cells").click()
    balance.locator("input[type=file]").set_input_files(ROOT / "scenarios" / "sfo_2017.xlsx")
    expect(balance.get_by_text("Read and valid.")).to_be_visible()
    balance.get_by_role("button", name="Import as new").click()
    expect(balance.get_by_text("Not saved yet")).to_be_visible()
    links.filter(has_text="Balance").click()
    expect(finding(balance)).to_contain_text(
        "No leader can be told overall: Boarding Area D is ahead by 0.04 over Boarding Area E"
    )
    assert sum(DeskPage(balance).points) == 100


@pytest.mark.nightly  # test_report_in_chromium.py sorts with the same script
def test_a_table_is_sorted_by_its_names(balance: Page, app: RunningApp) -> None:
    balance.goto(f"{app.url}/robustness?scenario=base-case")
    settled(balance)
    before = column(balance, 0)
    assert before != sorted(before)
    balance.locator(".vm-table thead button").first.click()
    assert column(balance, 0) == sorted(before)
