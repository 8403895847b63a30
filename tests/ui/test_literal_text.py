"""Names from data, made safe for Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_scenarios import hostile_names

from valuemix.ui.literal_text import literal


def read(text: str) -> str:
    """What a reader of Markdown sees: no backslashes before punctuation, no invisible joiners."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).replace("\u2060", "")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2060")))
def test_a_literal_text_reads_as_it_was(text: str) -> None:
    assert read(literal(text)) == text


@given(st.text())
def test_no_mark_that_could_take_effect_stands_without_a_backslash(text: str) -> None:
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", " ", literal(text)).replace(",", "")
    assert not re.search(r"[!-/:-@\[\]-`{-~]", re.sub(r"(?<=[^\W_])-(?=[^\W_])", "", bare))


def test_hyphens_inside_words_and_commas_stay_as_they_are() -> None:
    assert literal("Mid-market, Co-design") == "Mid-market, Co-design"
    assert literal("- a -- b a- -b") == "\\- a \\-\u2060\\- b a\\- \\-b"


@pytest.mark.parametrize("name", hostile_names())
def test_hostile_names_read_as_they_are(name: str) -> None:
    assert read(literal(name)) == name


@pytest.mark.parametrize(
    "live",
    "https://a.b HTTP://A.B WWW.a.b www.a.b me@a.b :smile: :streamlit: :material_x: -> <- <-> -- >= <= ~=".split(),
)
def test_what_is_found_in_plain_text_later_is_broken_by_a_joiner(live: str) -> None:
    assert live not in literal(f"a {live} b").replace("\\", "")


def test_ordinary_names_get_no_joiner() -> None:
    assert "\u2060" not in literal("48-hour parts: 5 > 3, a-b (c) = d; 10:30")


def test_control_characters_become_blanks() -> None:
    assert literal("a\nb\x00c\x1b") == "a b c "
