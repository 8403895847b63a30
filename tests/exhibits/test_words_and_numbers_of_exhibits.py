"""Numbers as they are printed, names as they are cut."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuemix.exhibits.formats import ahead, decimals_for, gap, number, percents, signed
from valuemix.exhibits.lettering import escaped, text_width, wrapped
from valuemix.exhibits.wording import short_names

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


@given(st.floats(0, 10), st.floats(0, 10))
def test_a_printed_gap_is_within_a_third_of_the_true_one_where_four_decimals_allow(one, other):
    decimals, true = decimals_for(10, [(one, other)]), abs(one - other)
    assert 1 <= decimals <= 4
    shown = abs(gap(one, other, decimals))
    if true > 0.0003:
        assert shown > 0
        assert shown == pytest.approx(true, rel=1 / 3)
    if decimals > 1:
        assert abs(abs(gap(one, other, decimals - 1)) - true) > true / 3 - 1e-9


@given(st.floats(0, 10), st.floats(0, 1e-3))
def test_a_lead_is_printed_honestly_or_as_a_bound_that_holds(lower, lead):
    higher = lower + lead
    text = ahead(higher, lower, 4)
    if text.startswith("less than"):
        bound = float(text.split()[-1])
        assert higher - lower < bound
        assert gap(higher, lower, 4) < bound
        assert bound < 0.0005
    else:
        assert float(text) == pytest.approx(higher - lower, rel=0.334)


def test_a_page_that_needs_more_decimals_gets_them():
    assert decimals_for(10, [(7.0, 6.0)], at_least=3) == 3
    assert decimals_for(10, [(7.0, 6.99999)], at_least=6) == 6


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 10)), min_size=1, max_size=6))
def test_the_largest_change_prints_as_the_largest_or_all_print_as_none(pairs):
    decimals = decimals_for(10, groups=[pairs])
    shown = [abs(gap(a, b, decimals)) for a, b in pairs]
    true = [abs(a - b) for a, b in pairs]
    if decimals < 4 and any(shown):
        assert shown[true.index(max(true))] == max(shown)


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
