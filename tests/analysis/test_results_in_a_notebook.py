"""Results in a notebook: a true sentence and a small table, whatever the names hold."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

import valuemix as vm
from valuemix.exhibits.words.notebook_page import MOST_ROWS
from valuemix.model.scenario import Scenario

HOSTILE = "<script>alert(1)</script> & $x$ \"'"
TAGS = {"div", "p", "strong", "small", "table", "thead", "tbody", "tr", "th", "td"}


class Reader(HTMLParser):
    """Tags and text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(result: Any) -> Reader:
    return Reader(result._repr_html_())


@pytest.fixture
def hostile() -> Scenario:
    return Scenario.from_arrays(
        [[[8, 2, 6], [4, 5, np.nan]], [[1, 2, 3], [9, 9, 9]]],
        propositions=[HOSTILE, f"{HOSTILE} 2"],
        segments=[f"G {HOSTILE}", f"H {HOSTILE}"],
        disciplines=[f"{HOSTILE} {i}" for i in range(3)],
        name=f"N {HOSTILE}",
    )


def test_every_result_and_exhibit_shows_itself_and_no_name_becomes_markup(hostile: Scenario) -> None:
    result = vm.evaluate(hostile)
    for shown in (
        result,
        vm.tradeoffs(hostile),
        vm.tradeoffs(hostile, f"G {HOSTILE}"),
        vm.robustness(hostile, draws=100),
        vm.compare(hostile, hostile.with_sizes({f"G {HOSTILE}": 9}).renamed("Other")),
        vm.exhibits.ranking(result),
    ):
        found = read(shown)
        assert found.tags <= TAGS
        assert "<script>alert(1)</script> & $x$" in found.text
        assert 'class="tex2jax_ignore' in shown._repr_html_()


def test_every_result_says_the_sentence_and_the_notes_of_its_exhibit() -> None:
    base = Scenario.from_arrays([[8, 2], [4, 5]], points=[60, 40], propositions=["Express", "Green line"])
    other = base.with_weights(discipline_1=10).renamed("Purpose-led")
    for result, exhibit in (
        (vm.evaluate(base), vm.exhibits.ranking(base)),
        (vm.tradeoffs(base), vm.exhibits.stability(vm.tradeoffs(base))),
        (vm.robustness(base), vm.exhibits.acceptability(vm.robustness(base))),
        (vm.compare(base, other), vm.exhibits.ranks_across(vm.compare(base, other))),
    ):
        text = read(result).text
        assert text.startswith(exhibit.finding)
        assert exhibit.notes
        assert all(note in text for note in exhibit.notes)


def test_a_lead_is_told_as_sure_as_it_is() -> None:
    sure, open_, tied = (
        Scenario.from_arrays(scores, propositions=["Express", "Green line"])
        for scores in ([[9, 9], [2, 2]], [[5.1, 5], [5, 5]], [[5, 5], [5, 5]])
    )
    assert read(vm.evaluate(sure)).text.startswith("Express leads overall by 7.0")
    assert "No leader can be told overall: Express is ahead by" in read(vm.evaluate(open_)).text
    assert "in 5" in read(vm.evaluate(open_)).text.replace("\u00a0", " ").partition("is above Green line ")[2]
    assert read(vm.evaluate(tied)).text.startswith("Express and Green line tie overall at 5.0")


def test_numbers_have_the_decimals_of_the_screen_and_weights_their_one_printed_value() -> None:
    base = Scenario.from_arrays(
        [[8, 2, 5], [4, 5, 5]], points=[1, 1, 1], propositions=["Express", "Green line"]
    )
    found = read(vm.evaluate(base)).text.split()
    assert "5.0" in found
    assert "4.7" in found
    traded = read(vm.tradeoffs(base)).text.replace("\u00a0", " ")
    assert "33.4 %" in traded
    assert traded.count("33.3 %") >= 2


def test_a_large_result_is_cut_and_says_so() -> None:
    large = Scenario.from_arrays(np.random.default_rng(1).uniform(0, 10, (12, 50, 4)))
    found = read(vm.evaluate(large))
    assert f"{50 - MOST_ROWS} more rows" in found.text
    assert "4 more segments" in found.text
    assert "Segment 9" not in found.text


def test_an_exhibit_shows_its_finding_and_its_source() -> None:
    exhibit = vm.exhibits.ranking(vm.evaluate(vm.Scenario.from_arrays([[8, 2], [4, 5]])))
    text = read(exhibit).text
    assert exhibit.finding in text
    assert exhibit.subtitle in text
    assert f"Source: {exhibit.source}" in text
