"""Results in a notebook: a true sentence and a small table, whatever the names hold."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import numpy as np
import pytest

import valuemix as vm
from valuemix.analysis.notebook import MOST_ROWS
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


def test_the_sentence_is_true_of_the_numbers() -> None:
    base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], propositions=["Express", "Green line"])
    assert (
        "Express has the highest overall value: 6.80 on a scale from 0 to 10." in read(vm.evaluate(base)).text
    )
    tie = Scenario.from_arrays([[5, 5], [5, 5]], propositions=["Express", "Green line"])
    assert "Express and Green line have the highest overall value: 5.00" in read(vm.evaluate(tie)).text
    even = read(vm.robustness(Scenario.from_arrays([[2, 8], [8, 2]], propositions=["Express", "Green line"])))
    assert "Express and Green line are first most often: in 50.0 % each of what is possible" in even.text
    text = read(vm.robustness(base)).text
    assert "Express is first most often: in 57.1 % of what is possible (overall; exact)." in text
    assert "Express stays first (overall) while one weight moves within" in read(vm.tradeoffs(base)).text
    other = base.with_weights(discipline_1=10).renamed("Purpose-led")
    told = "The highest overall value differs: Express in Scenario and Green line in Purpose-led."
    assert told in read(vm.compare(base, other)).text
    same = "Express has the highest overall value in every scenario."
    assert same in read(vm.compare(base, base.renamed("Again"))).text


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
