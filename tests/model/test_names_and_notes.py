"""What may stand in a name, and when two names are the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuemix.model.names import clashes, clean_name, forbidden_character, name_key, readable_id

ANY_TEXT = st.text(max_size=30)


@given(ANY_TEXT)
def test_cleaning_a_clean_name_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)


@given(ANY_TEXT)
def test_a_name_is_the_same_with_blanks_around_it_and_in_any_unicode_form(text: str) -> None:
    assert name_key(f"  {text}\u00a0") == name_key(text)
    assert name_key(unicodedata.normalize("NFD", text)) == name_key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Express", "EXPRESS"),
        ("straße", "STRASSE"),
        ("ﬁrst", "first"),
        ("Ｂase", "base"),
        ("Café", "Cafe\u0301 "),
    ],
)
def test_names_that_people_take_for_one_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert list(clashes([one, "x", other])) == [(0, 2)]


def test_names_that_differ_by_a_letter_are_two() -> None:
    assert list(clashes(["Plan A", "Plan B", "PlanA", "Plan Á"])) == []


def test_every_later_name_clashes_with_the_first_of_its_kind() -> None:
    assert list(clashes(["a", "A", "b", " a "])) == [(0, 1), (0, 3)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\nb", "a line break"),
        ("a\u2028b", "a line break"),
        ("a\0b", "the control character U+0000"),
        ("a\x85b", "the control character U+0085"),
        ("a\u200bb", "the invisible character U+200B"),
        ("\u202eevil", "the invisible character U+202E"),
        ("a\ufeffb", "the invisible character U+FEFF"),
        ("a\u00adb", "the invisible character U+00AD"),
        ("half \ud800", "the character U+D800"),
        ("a\ufffeb", "the character U+FFFE"),
        ("a\ufdd0b", "the character U+FDD0"),
        ("a\U0001fffeb", "the character U+1FFFE"),
    ],
)
def test_what_decks_and_spreadsheets_cannot_hold_is_named(text: str, found: str) -> None:
    assert forbidden_character(text) == found


@pytest.mark.parametrize(
    "text", ["日本 plan", "Café – B&B", "50 % + tax", "👩‍🚀 crew", "<b>=1+1</b>", "مرحبا", "../etc"]
)
def test_people_may_write_as_they_like(text: str) -> None:
    assert forbidden_character(text) is None


def test_notes_may_have_lines_and_names_may_not() -> None:
    assert forbidden_character("one\ntwo\tthree", line_breaks=True) is None
    assert forbidden_character("one\ntwo") == "a line break"
    assert forbidden_character("one\0", line_breaks=True) == "the control character U+0000"


@given(ANY_TEXT)
def test_an_id_is_made_of_small_letters_digits_and_underscores(text: str) -> None:
    made = readable_id(text)
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
    assert made == made.strip("_")
    assert readable_id(made) == made
