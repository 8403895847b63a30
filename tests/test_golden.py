"""What the shipped scenarios say, to the word and to a part in ten million, is what it was said to be.

Where a sentence or a number is meant to change, ``python tests/support/golden.py`` writes it anew.
"""

from __future__ import annotations

import golden
import pytest

pytestmark = pytest.mark.slow


IN_FULL = "base-case"
"""By day its exhibits, documents and slides are read; documents and slides of the others are made of exhibits alike."""
NAMES = [pytest.param(name, marks=[pytest.mark.nightly] * (name != IN_FULL)) for name in golden.NAMES]
BY_DAY = {
    "airport-by-places": ("journey",),
    "airport-survey-sfo-2017": None,
    "everyone-served": None,
    "when-and-where": ("burdens", "simplify", "returns"),
}
"""Exhibits that are read by day: all, or what only this scenario has. Two more are variants of the base case."""


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_table_document_and_slide_is_as_it_was_kept(name: str) -> None:
    changed = [*golden.differences(golden.kept(name), golden.all_of(name))]
    assert not changed, f"{len(changed)} differences, such as:\n" + "\n".join(changed[:10])


@pytest.mark.parametrize("name", BY_DAY)
def test_exhibits_of_scenarios_of_another_kind_are_as_they_were_kept(name: str) -> None:
    kinds, every = BY_DAY[name], golden.kept(name)["exhibits"]
    kept = {key: every[key] for key in kinds or every}
    assert not [*golden.differences(kept, golden.exhibits(name, kept))]


def test_a_number_that_moves_and_a_word_that_is_changed_are_seen() -> None:
    was = {"finding": "A leads", "table": [["value"], [1.0], [None]]}
    assert [
        *golden.differences(was, {"finding": "A leads", "table": [["value"], [1.0 + 1e-9], [None]]})
    ] == []
    now = {"finding": "B leads", "table": [["value"], [1.001], [None]]}
    assert [*golden.differences(was, now)] == [
        "/finding: 'A leads' became 'B leads'",
        "/table/1/0: 1.0 became 1.001",
    ]
