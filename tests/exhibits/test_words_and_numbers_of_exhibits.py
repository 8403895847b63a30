"""Numbers as they are printed, names as they are cut."""

import math

from hypothesis import given
from hypothesis import strategies as st

from valuemix.exhibits.formats import decimals_for, gap, number, percents, rounded, signed
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
def test_two_values_that_differ_look_different_where_three_decimals_allow(one, other):
    decimals = decimals_for(10, [(one, other)])
    assert 1 <= decimals <= 3
    if abs(one - other) > 0.001:
        assert rounded(one, decimals) != rounded(other, decimals)


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
