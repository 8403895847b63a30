"""Rules of later points, burdens, delivery, links and the deck, and the scores seen with other eyes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from valuemix.errors import EditError, InvalidScenario, UnknownName
from valuemix.model.parts import Function, Link, Slide
from valuemix.model.scenario import Scenario


def base(**fields: Any) -> Scenario:
    scenario = Scenario.from_arrays(
        [[[8, 2], [4, 5]]] * 3,
        segments=["Crew", "Agents", "Guests"],
        propositions=["Express", "Green line"],
        disciplines=["Speed", "Care"],
    )
    return scenario.replace(**fields)


def link(one: str, other: str, strength: float = 0.5) -> Link:
    return Link(from_segment=one, to_segment=other, strength=strength)


LATER = {"Crew": {"speed": 1.0, "care": 1.0}, "Guests": {"speed": 1.0, "care": 3.0}}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "a segment without later points": (
        {"later": LATER},
        "/later/Agents: there are no later points of segment 'Agents'",
    ),
    "later points of nobody": (
        {"later": {**LATER, "Agents": LATER["Crew"], "Crow": LATER["Crew"]}},
        "/later/Crow: unknown segment 'Crow'. Did you mean 'Crew'?",
    ),
    "later points that add up to 0": (
        {"later": {**LATER, "Agents": {"speed": 0.0, "care": 0.0}}},
        "/later/Agents: the points of 'Agents' add up to 0",
    ),
    "a burden off the scale": (
        {"burdens": {"Crew": {"Express": {"time": 11.0}}}},
        "/burdens/Crew/Express/time: burden must be from 0 to 10, got 11",
    ),
    "a burden of another kind": (
        {"burdens": {"Crew": {"Express": {"noise": 1.0}}}},
        "/burdens/Crew/Express/noise: unknown burden 'noise'",
    ),
    "a share above 1": (
        {"delivery": [Function(name="Sales", survives={"care": 80.0})]},
        "share that survives 'Sales' must be from 0 to 1, got 80. Write 0.8, or 80 % in a workbook.",
    ),
    "a function twice": (
        {"delivery": [Function(name="Sales", survives={}), Function(name="Sales", survives={})]},
        "/delivery/1/name: function 'Sales' stands twice",
    ),
    "a function on a discipline that is not there": (
        {"delivery": [Function(name="Sales", survives={"sped": 0.5})]},
        "unknown discipline 'sped'. Did you mean 'speed'?",
    ),
    "a link from nobody": ({"links": [link("Cruw", "Guests")]}, "/links/0/from_segment: unknown segment"),
    "a link to itself": ({"links": [link("Crew", "Crew")]}, "segment 'Crew' cannot serve itself"),
    "a link twice": ({"links": [link("Crew", "Guests"), link("Crew", "Guests", 0.9)]}, "stands twice"),
    "a link without strength": ({"links": [link("Crew", "Guests", 0.0)]}, "Delete the link."),
    "links that go round": (
        {"links": [link("Crew", "Agents"), link("Agents", "Guests"), link("Guests", "Crew")]},
        "/links/0/to_segment: who serves whom goes round: Crew → Agents → Guests → Crew",
    ),
    "links without end": ({"links": [link("Nobody", "Crew")] * 501}, "there are at most 500 links, got 501"),
    "a slide of nothing": ({"deck": [Slide(exhibit="")]}, "/deck/0/exhibit: exhibit name is blank"),
    "an option that cannot be shown": (
        {"deck": [Slide(exhibit="ranking", options={"segment": "a\u200bb"})]},
        "/deck/0/options/segment: text holds the invisible character U+200B",
    ),
    "a deck without end": ({"deck": [Slide(exhibit="ranking")] * 61}, "there are at most 60 slides, got 61"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_breaks_a_rule_is_refused_with_its_place_and_way_out(case: str) -> None:
    fields, told = REFUSED[case]
    with pytest.raises(InvalidScenario) as caught:
        base(**fields)
    assert told in str(caught.value)
    assert len(caught.value.problems) == 1


def test_a_weight_of_burden_is_from_0_to_100() -> None:
    heavy = [s.model_copy(update={"burden": 101.0}) for s in base().segments[:1]]
    with pytest.raises(InvalidScenario, match=r"weight of burden of 'Crew' must be from 0 to 100, got 101"):
        base(segments=[*heavy, *base().segments[1:]])


@pytest.mark.parametrize("bar", [0.0, 10.5])
def test_a_cover_story_bar_lies_within_the_width_of_the_scale(bar: float) -> None:
    with pytest.raises(InvalidScenario, match="cover_story_bar must be above 0 and at most 10"):
        base().with_settings(cover_story_bar=bar)


def test_links_may_join_and_part_again_without_going_round() -> None:
    links = [link("Crew", "Agents"), link("Crew", "Guests"), link("Agents", "Guests")]
    assert base(links=links).links == tuple(links)


def test_nothing_is_lost_where_delivery_is_blank() -> None:
    scenario = base(delivery=[Function(name="Sales", survives={"care": 0.5})])
    assert scenario.survival_shares.tolist() == [[1.0, 0.5]]
    assert base().survival_shares.shape == (0, 2)


def test_later_weights_are_those_of_today_where_there_are_no_others() -> None:
    assert base().later_weights.tolist() == base().weights.tolist()
    assert base(later={**LATER, "Agents": LATER["Guests"]}).later_weights.tolist() == [
        [0.5, 0.5],
        [0.25, 0.75],
        [0.25, 0.75],
    ]


def test_collecting_a_slide_changes_the_scenario_but_not_what_its_numbers_are_signed_with() -> None:
    collected = base(deck=[Slide(exhibit="ranking")])
    assert collected != base()
    assert collected.content_hash == base().content_hash
    assert base(links=[link("Crew", "Guests")]).content_hash != base().content_hash


# ---------------------------------------------------------------------- seen as


def test_other_eyes_bring_their_scores_and_no_ranges() -> None:
    promised = np.full((3, 2, 2), 9.0)
    promised[0, 0, 1] = np.nan
    scenario = base().with_table("promised", promised).with_table("low", base().array("scores") - 1)
    seen = scenario.seen_as("promised")
    np.testing.assert_array_equal(seen.array("scores"), promised)
    assert seen.low is None
    assert scenario.seen_as("felt") is scenario


@pytest.mark.parametrize(
    ("view", "table", "told"),
    [
        ("believed", None, "there are no believed scores; fill in the sheet Believed"),
        (
            "promised",
            {},
            "there is no promised score of 'Express' in 'Crew'; fill it in on the sheet Promised",
        ),
        ("wanted", None, "unknown view 'wanted'"),
    ],
)
def test_eyes_that_see_nothing_are_refused(view: str, table: Any, told: str) -> None:
    scenario = base() if table is None else base(**{view: table})
    with pytest.raises((EditError, UnknownName), match=told):
        scenario.seen_as(view)
