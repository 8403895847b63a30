"""Numbers as they are printed, names as they are cut."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nightly import tries
from random_scenarios import scenarios

from valuemix.exhibits import leaders, ranking, values_table
from valuemix.exhibits.words.formats import (
    ahead,
    apportioned,
    decimals_of,
    gap,
    number,
    percents,
    rounded,
    signed,
)
from valuemix.exhibits.words.lettering import escaped, text_width, wrapped
from valuemix.exhibits.words.wording import short_names
from valuemix.model.scenario import Scenario

NAMES = st.lists(
    st.text("ab Ä予<&", min_size=1, max_size=200).map(str.strip).filter(bool),
    min_size=1,
    max_size=8,
    unique=True,
)


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_a_printed_number_is_the_rounded_one_and_never_minus_zero(value, decimals):
    text = number(value, decimals)
    assert abs(float(text.replace("−", "-").replace(",", "")) - value) <= 0.5 * 10**-decimals + 1e-6
    assert "-" not in text
    assert not text.startswith("−0") or any(digit in text for digit in "123456789")


@given(st.floats(0, 10), st.floats(0, 10), st.integers(1, 3))
def test_a_gap_is_the_difference_of_the_figures_printed(one, other, decimals):
    difference = float(number(one, decimals)) - float(number(other, decimals))
    assert math.isclose(gap(one, other, decimals), difference, abs_tol=1e-9)
    assert signed(gap(one, other, decimals), decimals).startswith("+") == (gap(one, other, decimals) > 0)


@given(st.floats(0, 10), st.floats(0, 10), st.integers(1, 3))
def test_a_lead_is_the_difference_of_the_figures_printed_or_less_than_one_unit(one, other, decimals):
    lower, higher = sorted((one, other))
    text, between = ahead(higher, lower, decimals), gap(higher, lower, decimals)
    assert text == (
        number(between, decimals) if between else f"less than {number(10.0**-decimals, decimals)}"
    )
    assert abs(between - (higher - lower)) <= 10.0**-decimals + 1e-8


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=8), st.integers(0, 3), st.integers(-1, 1))
def test_printed_parts_sum_to_the_printed_whole(parts, decimals, off):
    """The whole is the sum of the parts, or a unit off, as a difference of two printed figures may be."""
    unit = 10.0**-decimals
    whole = rounded(sum(parts), decimals) + off * unit
    shown = apportioned(parts, whole, decimals)
    assume(any(abs(part) > 1e-12 for part in parts))
    assert sum(shown) == pytest.approx(whole, abs=1e-9)
    assert all(told == 0 for part, told in zip(parts, shown, strict=True) if part == 0)
    assert max(abs(a - b) for a, b in zip(parts, shown, strict=True)) <= (1 if not off else 2) * unit + 1e-8


@given(scenarios(), st.data())
@settings(max_examples=tries(100))
def test_decimals_do_not_change_when_weights_or_sizes_move(scenario, data):
    groups, disciplines = scenario.points.shape
    row = st.lists(st.integers(1, 100), min_size=disciplines, max_size=disciplines)
    points = data.draw(st.lists(row, min_size=groups, max_size=groups))
    moved = scenario.with_points(points)
    assert decimals_of(moved) == decimals_of(scenario)
    for make in (ranking, leaders, values_table):
        assert make(moved).decimals == make(scenario).decimals == decimals_of(scenario)


@pytest.mark.parametrize(
    ("scores", "scale", "decimals"),
    [
        ([[8, 2], [6, 5]], (0, 10), 1),
        ([[8.5, 2.5], [6, 5]], (0, 10), 1),
        ([[8.25, 2], [6, 5]], (0, 10), 2),
        ([[3.91237, 2.5], [3, 4]], (1, 5), 2),
        ([[3.9, 2.5], [3, 4]], (1, 5), 1),
        ([[70, 25], [30, 41]], (0, 100), 1),
        ([[7000, 2500], [3000, 4100]], (0, 10_000), 0),
        ([[0.5, 0.25], [1, 0]], (0, 1), 2),
    ],
)
def test_decimals_are_fixed_by_the_scale_and_by_how_finely_scores_are_given(scores, scale, decimals):
    assert decimals_of(Scenario.from_arrays(scores, scale=scale)) == decimals


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=12))
def test_percentages_of_a_whole_add_up_to_a_hundred(sizes):
    texts = percents([size / sum(sizes) for size in sizes])
    whole = [0 if "<" in text else 100 if ">" in text else int(text[:-2]) for text in texts]
    assert sum(whole) == 100
    assert "0\u00a0%" not in texts


@given(NAMES, st.floats(4, 30))
def test_cut_names_stay_different_from_each_other(names, width):
    short = short_names(names, width)
    assert len(set(short)) == len(set(names))
    assert all(text_width(s) <= max(width, text_width(n)) + 3 for s, n in zip(short, names, strict=True))


@given(st.text(max_size=300), st.floats(3, 40), st.integers(1, 3))
def test_wrapping_keeps_to_lines_and_width(text, width, lines):
    broken = wrapped(text, width, lines)
    assert len(broken) <= lines
    assert all(text_width(line) <= width + 1 for line in broken)


def test_what_plotly_would_read_is_written_as_entities():
    assert (
        escaped("<a href='x'>$x$</a>\nR&D %{y}") == "&lt;a href='x'&gt;&#36;x&#36;&lt;/a&gt; R&amp;D &#37;{y}"
    )
