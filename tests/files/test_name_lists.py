"""Lists of names, and the case that is made of them."""

from __future__ import annotations

import numpy as np
import pytest

from valuemix.errors import InvalidFile
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.files.tables.name_lists import names_in, new_case, segments_in
from valuemix.model.scenario import Scenario


def refused(*lists: str, **more: object) -> list[str]:
    with pytest.raises(InvalidFile) as caught:
        new_case("Ours", *lists, **more)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("mark", ["1. ", "12) ", "(3) ", "a) ", "- ", "* ", "• ", "– ", "\t• \t"])
def test_the_mark_of_a_list_is_no_part_of_the_name(mark: str) -> None:
    found = names_in(f"{mark}Fast delivery\nGreen line")
    assert found.names == ["Fast delivery", "Green line"]
    assert found.notices == ("The mark of a list before a name, such as 1. or -, is left out.",)


@pytest.mark.parametrize(
    "name", ["3.5 tonnes", "24/7 service", "-20 %", "=1+1", "<b>x</b>", "A-team", "1.Liga"]
)
def test_what_only_looks_like_a_mark_stays(name: str) -> None:
    assert names_in(name).names == [name]


def test_a_name_that_comes_again_is_left_out_with_both_lines() -> None:
    found = names_in("Express\r\n\r\nGreen line\rEXPRESS ")
    assert found.names == ["Express", "Green line"]
    assert found.notices == ("Line 4 is left out: line 1 has the same name.",)


@pytest.mark.parametrize("sign", ["\t", ", ", "; ", ": ", " "])
def test_a_size_stands_behind_its_segment(sign: str) -> None:
    found = segments_in(f"1. Enterprise{sign}60\n2. Small business{sign}7.5 %")
    assert [(line.name, line.size) for line in found.lines] == [("Enterprise", 60), ("Small business", 7.5)]
    assert found.problems == ()


def test_numbers_that_are_names_are_no_sizes() -> None:
    assert segments_in("Gen 1\nGen 2").names == ["Gen 1", "Gen 2"]


def test_two_hundred_names_make_a_case_with_nothing_scored_and_equal_weights() -> None:
    scenario = new_case("Ours", "\n".join(f"{i}. Offer {i}" for i in range(1, 201)))
    assert scenario.segment_names == ("Everyone",)
    assert len(scenario.propositions) == 200
    assert np.isnan(scenario.array("scores")).all()
    assert scenario.points.tolist() == [[25, 25, 25, 25]]
    assert all(d.lowest and d.highest for d in scenario.disciplines)
    assert loads(dumps(scenario).encode(), "ours.json") == scenario


def test_disciplines_of_ones_own_and_their_scale() -> None:
    scenario: Scenario = new_case(
        "Ours", "A", "", [("Speed", "slow", "fast"), ("Care", "", ""), ("", "", "")], (1, 5)
    )
    assert [(d.name, d.lowest, d.highest) for d in scenario.disciplines] == [
        ("Speed", "slow", "fast"),
        ("Care", "", ""),
    ]
    assert (scenario.scale.lowest, scenario.scale.highest) == (1, 5)


def test_every_mistake_names_its_line() -> None:
    long = "x" * 201
    assert refused("") == [
        "Propositions: there is no name. Write or paste the names of what you offer, one a line."
    ]
    assert refused("A\n\nB\tC") == [
        "Propositions, line 3: 'B' stands beside other cells. Paste the column of names alone; scores come after."
    ]
    assert [text[:21] for text in refused(f"A\n{long}\nB\u200bC")] == [
        "Propositions, line 2:",
        "Propositions, line 3:",
    ]
    assert refused("A", "Families\nOverall")[0].startswith("Segments, line 2: segment name 'Overall' is kept")
    assert refused("A", "Families 0\nStudents 0") == [
        "Segments: all sizes are 0. Give at least one segment a size."
    ]
    assert refused("A", "Families\nStudents: 4") == [
        "Segments, line 1: 'Families' has no size, as other lines have. Write one behind it: Families: 10."
    ]
    assert refused("A", "", disciplines=[("Speed", "", ""), ("speed", "", ""), ("", "a", "")])[0].startswith(
        "Disciplines, row 3: discipline 3 has no name"
    )
    assert refused("A", scale=(5, 1))[0].startswith("Scale: the highest score must lie above the lowest")
