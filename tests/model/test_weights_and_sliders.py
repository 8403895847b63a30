"""Points and weights: sliders that always sum to 100 and never surprise."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuemix.errors import EditError
from valuemix.model.weights import apportion, equal_points, led_by, move_slider, rounded_points, shares

AMOUNT = st.floats(0, 1e12, allow_subnormal=False)
AMOUNTS = st.lists(AMOUNT, min_size=2, max_size=12).filter(any)
PARTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


@st.composite
def sliders(draw: st.DrawFn) -> list[int]:
    """Whole points that sum to 100."""
    count = draw(st.integers(2, 12))
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=count - 1, max_size=count - 1)))
    return [high - low for low, high in pairwise([0, *cuts, 100])]


@st.composite
def moves(draw: st.DrawFn) -> tuple[list[int], int, set[int]]:
    """Sliders, one of them to move, and some others that are locked."""
    points = draw(sliders())
    order = draw(st.permutations(range(len(points))))
    locked = set(order[2 : 2 + draw(st.integers(0, len(points) - 2))])
    return points, order[0], locked


# ---------------------------------------------------------------------- shares


@given(AMOUNTS)
def test_weights_sum_to_one_in_the_proportions_of_the_points(points: list[float]) -> None:
    weights = shares(points)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert (weights >= 0).all()
    assert weights * sum(points) == pytest.approx(np.array(points), rel=1e-9)


@given(AMOUNTS.filter(lambda points: max(points) > 1e-200), st.integers(-300, 290))
def test_weights_do_not_depend_on_the_unit_of_the_points(points: list[float], power: int) -> None:
    scaled = [point * 2.0**power for point in points]
    assert shares(scaled) == pytest.approx(shares(points), abs=1e-12)


def test_points_of_any_magnitude_make_weights() -> None:
    assert shares([1e308, 1e308]).tolist() == [0.5, 0.5]
    assert shares([5e-324, 5e-324]).tolist() == [0.5, 0.5]


def test_points_that_add_up_to_nothing_make_no_weights() -> None:
    with pytest.raises(EditError, match="give at least one discipline a point"):
        shares([[1, 1], [0, 0]])


# ---------------------------------------------------------------------- whole points


@given(st.integers(0, 300), PARTS)
def test_apportioned_parts_sum_to_the_total(total: int, proportions: list[int]) -> None:
    parts = apportion(total, proportions)
    assert sum(parts) == total
    if any(proportions):
        assert all(part == 0 for part, share in zip(parts, proportions, strict=True) if share == 0)


@given(st.integers(0, 200), PARTS)
def test_one_more_point_to_split_takes_none_from_anybody(total: int, proportions: list[int]) -> None:
    before, after = apportion(total, proportions), apportion(total + 1, proportions)
    assert all(b >= a for a, b in zip(before, after, strict=True))


@given(st.integers(0, 200), PARTS)
def test_a_larger_proportion_never_gets_less(total: int, proportions: list[int]) -> None:
    parts = apportion(total, proportions)
    order = sorted(range(len(parts)), key=lambda i: proportions[i])
    assert all(parts[a] <= parts[b] for a, b in pairwise(order) if proportions[a] < proportions[b])


@given(sliders())
def test_what_sums_to_the_total_already_is_left_as_it_is(points: list[int]) -> None:
    assert apportion(100, points) == points
    assert rounded_points(points) == points


@given(AMOUNTS)
def test_rounded_points_sum_to_100_and_lie_within_one_of_the_exact_ones(points: list[float]) -> None:
    rounded = rounded_points(points)
    assert sum(rounded) == 100
    assert all(
        abs(whole - exact * 100) < 1 + 1e-9 for whole, exact in zip(rounded, shares(points), strict=True)
    )


@given(st.integers(2, 12))
def test_presets_sum_to_100(count: int) -> None:
    equal = equal_points(count)
    assert sum(equal) == 100
    assert max(equal) - min(equal) <= 1
    for leader in range(count):
        points = led_by(leader, count)
        assert (sum(points), points[leader], len(points)) == (100, 55, count)
        assert max(p for i, p in enumerate(points) if i != leader) < 55


# ---------------------------------------------------------------------- linked sliders


@given(moves(), st.floats(-50, 150))
def test_linked_sliders_always_sum_to_100_and_never_move_a_locked_one(
    move: tuple[list[int], int, set[int]], to: float
) -> None:
    points, moved, locked = move
    after = move_slider(points, moved, to, locked=locked)
    assert sum(after) == 100
    assert all(0 <= point <= 100 for point in after)
    assert all(after[i] == points[i] for i in locked)


@given(moves(), st.integers(0, 100))
def test_the_moved_slider_goes_where_it_was_put_as_far_as_the_locked_ones_let_it(
    move: tuple[list[int], int, set[int]], to: int
) -> None:
    points, moved, locked = move
    room = 100 - sum(points[i] for i in locked)
    assert move_slider(points, moved, to, locked=locked)[moved] == min(to, room)


@given(moves(), st.integers(0, 100), st.integers(0, 100))
def test_a_slider_that_goes_up_never_takes_another_one_with_it(
    move: tuple[list[int], int, set[int]], one: int, other: int
) -> None:
    points, moved, locked = move
    low, high = sorted((one, other))
    below = move_slider(points, moved, low, locked=locked)
    above = move_slider(points, moved, high, locked=locked)
    assert all(above[i] <= below[i] for i in range(len(points)) if i != moved)


@given(moves(), st.lists(st.integers(0, 100), max_size=6))
def test_a_drag_to_100_and_back_restores_every_slider_whatever_path_it_took(
    move: tuple[list[int], int, set[int]], path: list[int]
) -> None:
    points, moved, locked = move
    now: list[float] = [*points]
    for to in (*path, 100, points[moved]):
        now = move_slider(now, moved, to, anchor=points, locked=locked)
    assert now == points


@given(moves())
def test_a_slider_that_stays_moves_nothing(move: tuple[list[int], int, set[int]]) -> None:
    points, moved, locked = move
    assert move_slider(points, moved, points[moved], locked=locked) == points


def test_sliders_at_zero_share_what_is_freed_equally() -> None:
    assert move_slider([100, 0, 0, 0], 0, 70) == [70, 10, 10, 10]


def test_a_locked_slider_is_not_moved() -> None:
    with pytest.raises(EditError, match="unlock it first"):
        move_slider([50, 50], 0, 60, locked={0})


def test_a_slider_whose_partners_are_all_locked_has_nowhere_to_go() -> None:
    with pytest.raises(EditError, match="unlock one"):
        move_slider([50, 25, 25], 0, 60, locked={1, 2})
