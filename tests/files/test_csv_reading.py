"""Csv in every dialect comes to the same text; numbers are plain or refused."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuemix.errors import InvalidFile
from valuemix.files.tables.reading.csv_tables import read_csv
from valuemix.files.tables.reading.numbers import decimal_sign, parse_number
from valuemix.files.tables.reading.tables import MAX_BYTES

# csv itself cannot keep a lone carriage return apart from other line ends.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), min_size=1, max_size=20)
CELLS = TEXTS.filter(lambda text: text.strip() != "")


@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6),
    separator=st.sampled_from(",;\t"),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    sep_line=st.booleans(),
)
def test_every_dialect_comes_to_the_same_text(
    rows: list[tuple[str, ...]], separator: str, line_end: str, encoding: str, sep_line: bool
) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerow(("proposition", "segment", "discipline"))
    writer.writerows(rows)
    text = (f"sep={separator}{line_end}" if sep_line else "") + stream.getvalue()
    table = read_csv(text.encode(encoding), "scores.csv")
    assert [row.texts for row in table.rows[1:]] == [*rows]
    assert all(problem.notice for problem in table.problems)
    told = {problem.code for problem in table.problems}
    expected = {"DIALECT"} if separator != "," or sep_line else set()
    assert told == expected | ({"ENCODING"} if encoding == "utf-16" else set())


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([".", ","]))
def test_every_number_that_python_writes_is_read_back(value: float, sign: str) -> None:
    assert parse_number(repr(value).replace(".", sign), sign) == value


@given(st.text(max_size=8))
def test_what_is_read_as_a_number_is_one_for_python_too(text: str) -> None:
    value = parse_number(text)
    assert value is None or value == float(text.strip())


@pytest.mark.parametrize(
    "text", ["", " ", "1_0", "nan", "inf", "1e999", "٣", "1,5", "0x1A", "1e", ".", "+-1", "1 000"]
)
def test_what_is_no_plain_number_is_none(text: str) -> None:
    assert parse_number(text) is None


def test_minus_zero_is_zero() -> None:
    assert str(parse_number("-0.0")) == "0.0"


@pytest.mark.parametrize(
    ("texts", "sign"),
    [
        (["7,5", "3"], ","),
        (["7.5", "3"], "."),
        (["3", "name"], "."),
        (["7.5", "7,5", "2.5"], "."),
        (["4,074", "4,1"], ","),
        (["1.000", "7,5"], ","),
        (["1,000", "2,500"], "?"),
        (["4.074", "3.999"], "?"),
        (["0,125"], ","),
    ],
)
def test_clear_numbers_decide_the_decimal_sign(texts: list[str], sign: str) -> None:
    assert decimal_sign(texts) == sign


def test_a_row_is_named_by_the_line_that_it_begins_on() -> None:
    table = read_csv(b'name,note\n\nA,"two\nlines"\n,\nB,one\n', "x.csv")
    assert [(row.number, row.texts[0]) for row in table.rows] == [(1, "name"), (3, "A"), (6, "B")]


def test_a_quote_that_swallows_the_rest_is_named_where_it_opens() -> None:
    with pytest.raises(InvalidFile, match=r"row 2: the quote opened on row 2 is never closed"):
        read_csv(b'name,note\nA,"open\nB,"x" y\n', "x.csv")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Scale: 1 = poor; 5 = good; 0 = none\n,Speed,Care\nA,3,5\nB,4,2\n", ("A", "3", "5")),
        ("Sites, 2026\nSite;Rent;Reach\nA;7,5;8,5\nB;6,5;9,5\n", ("A", "7,5", "8,5")),
        ("name;value\nA;1,234,567\nB;2,345,678\n", ("A", "1,234,567")),
    ],
)
def test_the_separator_is_the_one_that_divides_lines_alike(text: str, row: tuple[str, ...]) -> None:
    assert row in {each.texts for each in read_csv(text.encode(), "x.csv").rows}


def test_nothing_but_a_separator_line_has_no_rows() -> None:
    with pytest.raises(InvalidFile, match="no rows"):
        read_csv(b"sep=;", "x.csv")


def test_utf8_with_one_bad_byte_is_refused_not_read_as_gibberish() -> None:
    data = "name\nCrème\nCr".encode() + b"\xe8me\n"
    with pytest.raises(InvalidFile, match=r"row 3: byte 0xE8"):
        read_csv(data, "x.csv")


def test_text_in_wide_characters_without_a_mark_is_refused() -> None:
    with pytest.raises(InvalidFile, match="binary data"):
        read_csv("name,size\nA,1\n".encode("utf-16-le"), "x.csv")


def test_more_bytes_than_an_upload_may_have_are_refused() -> None:
    with pytest.raises(InvalidFile, match="more than 10 MB"):
        read_csv(b"a" * (MAX_BYTES + 1), "x.csv")
