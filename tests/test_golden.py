"""What the shipped scenarios say, to the word and to a part in ten million, is what it was said to be.

Where a sentence or a number is meant to change, ``python tests/support/golden.py`` writes it anew.
"""

from __future__ import annotations

import golden
import pytest

pytestmark = pytest.mark.slow


ALIKE = {"green-mandate", "margin-squeeze"}
"""Variants of the base case that say what it says of other figures: compared with it by day, read in full at night."""
BY_DAY = {"when-and-where": ("burdens", "simplify", "returns")}
"""What only this scenario has is read by day, in what else it says at night."""
NAMES = [
    pytest.param(name, marks=[pytest.mark.nightly] * (name in ALIKE or name in BY_DAY))
    for name in golden.NAMES
]


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_table_document_and_slide_is_as_it_was_kept(name: str) -> None:
    changed = [*golden.differences(golden.kept(name), golden.all_of(name))]
    assert not changed, f"{len(changed)} differences, such as:\n" + "\n".join(changed[:10])


@pytest.mark.parametrize("name", BY_DAY)
def test_exhibits_that_only_one_scenario_has_are_as_they_were_kept(name: str) -> None:
    kept = {key: golden.kept(name)["exhibits"][key] for key in BY_DAY[name]}
    assert not [*golden.differences(kept, golden.exhibits(name, BY_DAY[name]))]


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
