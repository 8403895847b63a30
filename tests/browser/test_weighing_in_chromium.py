"""The main job in a real browser: weigh, see who leads, save, come back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from running_app import RunningApp, column, settled
from sample_scenarios import ROOT

SLIDERS = "[...document.querySelectorAll('input[type=range]')].map(slider => Number(slider.value))"


def sliders(page: Page) -> list[int]:
    found: list[int] = page.evaluate(SLIDERS)
    return found


def sum_to_100(page: Page) -> list[int]:
    """Where the sliders stand once the answer to a move has arrived."""
    page.wait_for_function(f"() => {SLIDERS}.reduce((sum, points) => sum + points, 0) === 100")
    return sliders(page)


def finding(page: Page) -> Locator:
    return page.get_by_test_id("stHeading").first


def press(page: Page, slider: int, key: str, times: int = 1) -> None:
    page.locator("input[type=range]").nth(slider).focus()
    for _ in range(times):
        page.keyboard.press(key)


def choose(page: Page, segment: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(segment, exact=True).first.click()
    expect(page.get_by_text(f"Weights, {segment}")).to_be_visible()
    expect(page.locator("input[type=range]")).to_have_count(4)
    settled(page)


def test_a_slider_moved_by_keyboard_changes_the_ranking_and_all_sum_to_100(balance: Page) -> None:
    choose(balance, "Enterprise")
    before, values = sliders(balance), finding(balance).inner_text()
    assert sum(before) == 100
    press(balance, 1, "ArrowRight", 5)
    expect(balance.locator("input[type=range]").nth(1)).to_have_value(str(before[1] + 5))
    sum_to_100(balance)
    press(balance, 1, "End")
    expect(finding(balance)).to_contain_text("48-hour parts leads Enterprise")
    assert finding(balance).inner_text() != values
    assert sum_to_100(balance) == [0, 100, 0, 0]
    expect(balance.get_by_test_id("stPlotlyChart").first).to_contain_text("9.1")
    press(balance, 1, "Home")
    expect(balance.locator("input[type=range]").nth(1)).to_have_value("0")
    sum_to_100(balance)


# One pace at each of the two: the others hold the same rule at other paces.
@pytest.mark.parametrize(
    ("segment", "pause"),
    [
        ("Enterprise", 40),
        ("all segments together", 0),
        *(
            pytest.param(segment, pause, marks=pytest.mark.nightly)
            for segment, pause in [
                ("Enterprise", 0),
                ("Enterprise", 120),
                ("all segments together", 40),
                ("all segments together", 120),
            ]
        ),
    ],
)
def test_a_key_held_down_counts_every_step_and_goes_back_to_the_same_mix(
    balance: Page, segment: str, pause: int
) -> None:
    if segment == "Enterprise":
        choose(balance, segment)
    before = sliders(balance)
    balance.locator("input[type=range]").nth(2).focus()
    for key, expected in (("ArrowRight", before[2] + 12), ("ArrowLeft", before[2])):
        for _ in range(12):
            balance.keyboard.press(key)
            balance.wait_for_timeout(pause)
        balance.wait_for_timeout(800)
        assert sliders(balance)[2] == expected
        sum_to_100(balance)
    assert sliders(balance) == before


def test_a_slider_dragged_with_the_mouse_moves_the_others(balance: Page) -> None:
    choose(balance, "Mid-market")
    before = sliders(balance)
    thumb = balance.locator("input[type=range]").first
    track = balance.get_by_test_id("stSlider").first.bounding_box()
    where = thumb.bounding_box()
    assert track is not None
    assert where is not None
    balance.mouse.move(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
    balance.mouse.down()
    balance.mouse.move(track["x"] + track["width"] * 0.7, where["y"], steps=8)
    balance.mouse.up()
    expect(thumb).not_to_have_value(str(before[0]))
    after = sum_to_100(balance)
    assert after[0] > before[0]
    assert all(now <= then for now, then in zip(after[1:], before[1:], strict=True))


@pytest.mark.nightly  # undo of a slider is asserted in tests/ui, its button in the browser where theirs are taken
def test_undo_brings_back_what_a_slider_changed(balance: Page) -> None:
    choose(balance, "Enterprise")
    before = sliders(balance)
    press(balance, 0, "End")
    expect(balance.get_by_text("Unsaved changes")).to_be_visible()
    balance.get_by_role("button", name="Undo").click()
    expect(balance.locator("input[type=range]").first).to_have_value(str(before[0]))
    assert sum_to_100(balance) == before


def test_changed_weights_are_saved_as_a_new_scenario_and_still_there_after_a_reload(
    balance: Page, app: RunningApp
) -> None:
    choose(balance, "Public sector")
    press(balance, 2, "End")
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
    choose(balance, "Public sector")
    assert sum_to_100(balance) == [0, 0, 100, 0]


@pytest.mark.parametrize("page_name", ["Data"])
def test_work_that_is_not_saved_survives_a_visit_to_another_page(balance: Page, page_name: str) -> None:
    choose(balance, "Enterprise")
    press(balance, 0, "End")
    expect(balance.get_by_text("Unsaved changes")).to_be_visible()
    balance.get_by_test_id("stTopNavLink").filter(has_text=page_name).click()
    expect(balance).to_have_url(re.compile(page_name.lower()))
    balance.get_by_test_id("stTopNavLink").filter(has_text="Balance").click()
    expect(balance.locator("input[type=range]").first).to_have_value("100")
    assert sum_to_100(balance) == [100, 0, 0, 0]


def test_the_airport_workbook_is_imported_and_opens_on_the_balance_page(balance: Page) -> None:
    links = balance.get_by_test_id("stTopNavLink")
    links.filter(has_text="Data").click()
    balance.get_by_text("Bring in a workbook or csv files").click()
    balance.locator("input[type=file]").set_input_files(ROOT / "scenarios" / "sfo_2017.xlsx")
    expect(balance.get_by_text("Read and valid.")).to_be_visible()
    balance.get_by_role("button", name="Open as new").click()
    expect(balance.get_by_text("Not saved yet")).to_be_visible()
    links.filter(has_text="Balance").click()
    expect(finding(balance)).to_contain_text(
        "Boarding Area D is ahead overall by 0.04, too close to call with Boarding Area E"
    )
    sum_to_100(balance)


def test_a_table_is_sorted_by_its_names(balance: Page, app: RunningApp) -> None:
    balance.goto(f"{app.url}/robustness?scenario=base-case")
    settled(balance)
    before = column(balance, 0)
    assert before != sorted(before)
    balance.locator(".vm-table thead button").first.click()
    assert column(balance, 0) == sorted(before)
