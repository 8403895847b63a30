"""The linked sliders of the Balance page: they sum to 100 whatever is done to them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from balance_screen import Screen
from nightly import NIGHTLY, sampled, tries
from sample_scenarios import made

from valuemix.model.carried_weights import weights_code
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal

# The laws are those of model.weights, asserted there: here on all segments together, at night on two of them.
SEGMENTS = [None, *(pytest.param(name, marks=pytest.mark.nightly) for name in ("Enterprise", "Distributors"))]


@pytest.mark.parametrize("segment", SEGMENTS)
def test_the_sliders_sum_to_100_and_the_moved_one_stands_where_it_was_put(
    base: Screen, segment: str | None
) -> None:
    base.segment(segment)
    assert sum(base.points()) == 100
    for place, to in [(0, 71), (2, 100), (1, 0), (3, 57)][: tries(4, 2)]:
        base.move(place, to)
        assert base.points()[place] == to
        assert sum(base.points()) == 100


@pytest.mark.nightly  # a drag goes out and back below
@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_drag_to_100_and_back_restores_every_slider(base: Screen, segment: str | None) -> None:
    start = base.segment(segment).points()
    for to in (50, 100, 0, start[0]):
        base.move(0, to)
    assert base.points() == start


@pytest.mark.nightly  # asserted below with a held weight, of all segments together
@pytest.mark.parametrize("segment", [None, "Enterprise"])
def test_the_others_never_move_the_same_way_as_the_moved_slider(base: Screen, segment: str | None) -> None:
    before = base.segment(segment).points()
    for to in range(before[0] + 1, 101, 3):
        after = base.move(0, to).points()
        assert all(b >= a for b, a in zip(before[1:], after[1:], strict=True)), (before, after)
        before = after


def test_points_are_typed_exactly(base: Screen) -> None:
    base.segment("Enterprise").move(1, 40.5)
    assert base.points() == [27.3, 40.5, 11.3, 20.9]
    assert sum(base.points()) == 100
    assert base.scenario.points[0].tolist() == base.points()


def test_weights_of_other_segments_stay_when_one_is_moved(base: Screen) -> None:
    before = base.scenario.weights
    base.segment("Mid-market").move(0, 80)
    changed = np.any(base.scenario.weights != before, axis=1)
    assert [*changed] == [False, True, False, False, False]


@pytest.mark.nightly  # one is held in all segments together below
@pytest.mark.parametrize("segment", SEGMENTS)
def test_a_held_weight_does_not_move(base: Screen, segment: str | None) -> None:
    base.segment(segment)
    held = base.points()[1]
    base.hold(1)
    for place, to in [(0, 90), (0, 5), (2, 60), (3, 1), (2, 0)]:
        base.move(place, to)
        assert base.points()[1] == held
        assert sum(base.points()) == 100


def test_a_slider_takes_at_most_what_held_ones_leave(base: Screen) -> None:
    base.segment("Enterprise").hold(1, 2)
    base.move(0, 100)
    assert base.points() == [60, 26, 14, 0]


def test_two_weights_at_least_stay_free(base: Screen) -> None:
    base.segment("Enterprise").hold(0, 1).hold(0, 1, 2)
    assert "At most 2 of 4" in base.at.error[0].value
    assert base.desk.held("0") == [0, 1]


def test_locks_belong_to_the_segment_they_were_set_in(base: Screen) -> None:
    base.segment("Enterprise").hold(0)
    assert base.segment("Mid-market").desk.held("1") == []
    assert base.segment("Enterprise").desk.held("0") == [0]


@pytest.mark.parametrize("segment", SEGMENTS)
def test_equal_weights_everywhere_after_the_equal_preset(base: Screen, segment: str | None) -> None:
    base.segment(segment).preset("equal")
    assert base.points() == [25, 25, 25, 25]


def test_a_preset_is_led_by_its_discipline(base: Screen) -> None:
    base.segment("Public sector").preset("1")
    assert base.points() == [15, 55, 15, 15]


def test_the_preset_of_saved_weights_brings_one_segment_back_and_leaves_the_others(base: Screen) -> None:
    saved = base.scenario.points
    base.segment("Enterprise").preset("equal").segment("Mid-market").preset("equal").preset("saved")
    assert np.array_equal(base.scenario.points[1], saved[1])
    assert [*base.scenario.points[0]] == [25, 25, 25, 25]


@pytest.mark.nightly  # a preset is taken above, and holds are let go in test_data_page.py
def test_a_preset_lets_go_of_locks(base: Screen) -> None:
    base.segment("Enterprise").hold(0).preset("equal")
    assert base.desk.held("0") == []


def test_weights_sent_as_a_code_are_one_step_to_undo_that_says_whose_they_are(base: Screen) -> None:
    saved = base.scenario
    sent = saved.with_weights("Enterprise", innovation=61)
    base.at.text_input(key="balance-code").set_value(f" {weights_code(sent)}~by=Ms%20B.")
    base.press("code-take")
    assert base.scenario == sent
    assert base.at.toast[0].value == literal("Weights from Ms B. are in; Undo brings back what you had")
    assert base.at.button(key="balance-undo").help == f"Takes back: {literal('Weights from Ms B.')}"
    assert base.press("undo").scenario == saved
    assert not base.at.button(key="balance-undo").help


def test_a_code_of_other_segments_or_disciplines_is_refused(base: Screen) -> None:
    saved = base.scenario
    for code, told in ((weights_code(made(3, 2)), "other segments or disciplines"), ("hello", "no code")):
        base.at.text_input(key="balance-code").set_value(code)
        assert told in base.press("code-take").at.error[0].value
        assert base.scenario == saved


def test_all_segments_move_together_and_keep_their_order(base: Screen) -> None:
    before = base.segment(None).scenario.weights
    base.move(2, 60)
    after = base.scenario.weights
    assert abs(base.scenario.size_shares @ after[:, 2] - 0.6) <= 0.0005
    points = base.scenario.points
    np.testing.assert_allclose(points.round(1), points, atol=1e-9)
    assert max(len(number) for number in weights_code(base.scenario).replace("~", "_").split("_")[1:]) <= 4
    assert [*np.argsort(before[:, 2])] == [*np.argsort(after[:, 2])]
    assert np.all(after[:, 2] > before[:, 2])


def test_sizes_sum_to_100_keep_their_total_and_change_the_overall_values(base: Screen) -> None:
    total, overall = base.scenario.sizes.sum(), base.session.edits.now.values_in(None)
    base.move(2, 70, "size")
    assert base.points("size")[2] == 70
    assert sum(base.points("size")) == 100
    assert np.isclose(base.scenario.sizes.sum(), total)
    assert not np.allclose(base.session.edits.now.values_in(None), overall)


@pytest.mark.nightly  # a size goes out and back below
def test_a_drag_of_a_size_to_100_and_back_restores_every_size(base: Screen) -> None:
    sizes = base.scenario.sizes
    for to in (100, 20, 34):
        base.move(0, to, "size")
    assert np.allclose(base.scenario.sizes, sizes)


def test_twelve_disciplines_have_twelve_sliders(tab_on: Callable[[Scenario], Screen]) -> None:
    screen = tab_on(made(4, 2, 12)).segment("Segment 1").hold(*range(10))
    assert len(screen.points()) == 12
    screen.move(10, 100)
    assert sum(screen.points()) == 100


@pytest.mark.nightly  # shares are laws of the model; four and twelve disciplines move here
def test_two_disciplines_share_what_there_is(tab_on: Callable[[Scenario], Screen]) -> None:
    screen = tab_on(made(3, 2, 2)).segment("Segment 1").move(0, 12)
    assert screen.points() == [12, 88]


def test_one_segment_has_the_points_that_its_sliders_show(tab_on: Callable[[Scenario], Screen]) -> None:
    screen = tab_on(made(3, 1)).move(0, 44)
    assert screen.points()[0] == 44
    assert screen.scenario.points[0].tolist() == screen.points()


def test_what_was_taken_once_is_not_taken_again(base: Screen) -> None:
    """A commit holds all that is not acknowledged: what came earlier comes along once more."""
    desk = base.segment("Enterprise").desk
    first = desk.moved("0", 0, 50)
    base.send(first)
    second = base.desk.moved("0", 1, 30)
    base.send(second | {"items": first["items"] + second["items"]})
    assert base.points()[1] == 30
    base.press("undo")
    assert base.points()[0] == 50
    base.send(second)
    assert base.points()[0] == 50


def test_undo_pressed_in_the_run_of_a_move_takes_that_move_back(base: Screen) -> None:
    """Callbacks run in the order of widgets: the button's comes before the desk's."""
    base.segment("Enterprise")
    start = base.scenario
    base.move(0, 50)
    moved = base.desk.moved("0", 1, 30)
    base.at.button(key="balance-undo").click()
    base.send(moved)
    assert base.points()[0] == 50
    assert base.press("undo").scenario == start


def test_a_move_for_another_scenario_is_dropped(base: Screen) -> None:
    moved = base.segment("Enterprise").desk.moved("0", 0, 90)
    base.open("green-mandate")
    opened = base.scenario
    base.send(moved)
    assert base.scenario == opened
    assert base.segment("Enterprise").move(0, 70).points()[0] == 70


def test_what_no_desk_of_ours_sends_changes_nothing(base: Screen) -> None:
    items: list[dict[str, object]] = [
        {"kind": "points", "row": "99", "points": [[100, 0, 0, 0]], "shown": [100, 0, 0, 0]},
        {"kind": "points", "row": "all", "points": [[100, 0, 0, 0]], "shown": [100, 0, 0, 0]},
        {"kind": "points", "row": "0", "points": [[-1, 0, 0, 101]], "shown": []},
        {"kind": "points", "row": "../0", "points": [], "shown": []},
        {"kind": "delete"},
    ]
    start = base.scenario
    for item in items:
        base.send(base.desk.commit(**item))
        assert base.scenario == start, item


@pytest.mark.parametrize(("key", "first"), [("undo", 25), ("redo", 50)])
def test_undo_and_redo_by_key_follow_what_was_moved_before(base: Screen, key: str, first: int) -> None:
    base.segment("Enterprise").preset("equal")
    base.move(0, 50)
    if key == "redo":
        base.press("undo")
    base.send(base.desk.commit(kind=key))
    assert base.points()[0] == first


@pytest.mark.nightly  # moves one after the other are taken above
def test_a_follower_can_be_moved_back_at_once(base: Screen) -> None:
    base.segment("Enterprise").move(0, 50).move(1, 26)
    assert base.points()[1] == 26


# A move a point is a run of the page: one scenario in the suite, more at night.
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in (1, 2, 3))])
def test_a_held_weight_shows_the_same_and_no_other_moves_the_wrong_way_in_all_segments_together(
    tab_on: Callable[[Scenario], Screen], seed: int
) -> None:
    screen = tab_on(made(3, 5, 4, seed=seed)).hold(1)
    held, before = screen.points()[1], screen.points()
    for to in range(before[0] + 1, 100 - held, 2 if NIGHTLY else 20):
        after = screen.move(0, to).points()
        assert after[0] == to
        assert after[1] == held
        assert after[2] <= before[2]
        assert after[3] <= before[3]
        before = after
    assert screen.move(2, 7).points()[1] == held


@pytest.mark.parametrize("segment", sampled([None, "Bay Area residents"]))
def test_a_drag_back_to_where_it_began_leaves_nothing_to_save(
    tab: Callable[..., Screen], segment: str | None
) -> None:
    """The points of the file need not be whole; they come back all the same."""
    screen = tab("airport-survey-sfo-2017").segment(segment)
    start = screen.points()[0]
    screen.move(0, 90).move(0, start)
    assert not screen.session.edits.edited
    start = screen.points("size")[1]
    screen.move(1, 90, "size").move(1, start, "size")
    assert not screen.session.edits.edited


@pytest.mark.nightly  # shares of sizes are laws of the model
def test_small_segments_keep_their_proportions_when_a_size_moves(
    tab_on: Callable[[Scenario], Screen],
) -> None:
    scenario = made(3, 3).with_sizes({"Segment 1": 1000, "Segment 2": 2, "Segment 3": 1})
    screen = tab_on(scenario).move(0, 50, "size")
    assert np.allclose(screen.scenario.size_shares, [0.5, 1 / 3, 1 / 6])
