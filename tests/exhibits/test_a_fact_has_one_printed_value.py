"""In all that is kept of a shipped scenario, in exhibits, documents and slides, one fact has one printed value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import golden
import pytest

DISCIPLINES = ("innovation", "operational excellence", "social purpose", "customer intimacy")
FACTS = {
    "the lead overall": re.compile(
        r"(?:leads overall, by|ahead overall by|told overall: [^.;|]{1,40} is ahead by|"
        r"ahead of [^.;|]{1,40} overall by|the lead of) "
        r"((?:less than )?\d[\d.]*\d)"
    ),
    "a share of cases": re.compile(
        r"(?:^|; |\()([A-Z0-9][^;:,|(]{1,40} is above (?!the set)[^;:,|(]{1,40}) in ((?:more than )?\d+ %) of the cases"
    ),
    "a switch": re.compile(
        rf"({'|'.join(DISCIPLINES)})(?: alone)?(?: is the weight nearest to a switch(?:, moved alone)?:"
        r"| is the only weight that alone changes who is first:)?"
        r"(?: \d+ points \w+)? in all segments "
        r"together,? (?:from \d+ to )?(below|above) (\d[\d.]*) %"
    ),
    "a share of size": re.compile(r"([A-Z][\w -]+?) \((\d+ %) of size\)"),
}
"""Patterns of a fact: what it is of, and last its value as it is printed."""


def texts_in(kept: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(kept, str):
        yield kept.replace("\u00a0", " ")
    elif isinstance(kept, dict | list):
        for each in kept.values() if isinstance(kept, dict) else kept:
            yield from texts_in(each)


def printed(kept: Any) -> dict[tuple[str, ...], set[str]]:
    """Values with which every fact is printed."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for text in texts_in(kept):
        for fact, pattern in FACTS.items():
            for *of, value in (each.groups() for each in pattern.finditer(text)):
                found[fact, *map(str.lower, of)].add(value)
    return found


@pytest.mark.parametrize("name", golden.NAMES)
def test_one_fact_has_one_printed_value(name: str) -> None:
    found = printed(golden.kept(name))
    assert {fact for fact, *_ in found} >= {"the lead overall", "a share of cases"}
    assert not {fact: values for fact, values in found.items() if len(values) > 1}
