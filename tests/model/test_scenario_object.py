"""The scenario as an object: frozen, comparable, hashable, and edited by making another one."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nightly import tries
from pydantic import ValidationError

from valuemix.errors import EditError, InvalidScenario, UnknownName
from valuemix.model.scenario import Scenario

ANY_SCENARIO = st.from_type(Scenario)
DRAWN = settings(max_examples=tries(40), deadline=None, suppress_health_check=[HealthCheck.too_slow])
IDS = ("innovation", "operational_excellence", "social_purpose", "customer_intimacy")


@pytest.fixture
def base() -> Scenario:
    return Scenario.from_arrays(
        [[[8, 9, 6, 9], [7, 7, np.nan, 7]], [[1, 2, 3, 4], [5, 6, 7, 8]]],
        points=[[40, 30, 20, 10], [0, 0, 50, 50]],
        sizes=[300, 100],
        segments=["Enterprise", "Families"],
        propositions=["Green line", "Express"],
        name="Base case",
    )


# ---------------------------------------------------------------------- frozen and comparable


def test_nothing_of_a_scenario_can_be_changed_in_place(base: Scenario) -> None:
    anything: Any = base
    with pytest.raises(ValidationError, match="frozen"):
        anything.name = "Other"
    with pytest.raises(ValidationError, match="frozen"):
        anything.segments[0].size = 7.0
    for mapping in (
        base.segments[0].points,
        base.scores,
        base.scores["Families"],
        base.scores["Families"]["Express"],
    ):
        with pytest.raises(TypeError):
            mapping["innovation"] = 1.0  # type: ignore[index]


def test_arrays_are_read_only(base: Scenario) -> None:
    for array in (base.array("scores"), base.array("low"), base.unit_scores, base.points, base.weights,
                  base.sizes, base.size_shares):  # fmt: skip
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_what_a_scenario_was_made_of_may_change_afterwards(base: Scenario) -> None:
    scores = {s: {p: dict(row) for p, row in block.items()} for s, block in base.scores.items()}
    made = base.replace(scores=scores)
    scores["Families"]["Express"]["innovation"] = 0.0
    assert made == base


@DRAWN
@given(ANY_SCENARIO)
def test_a_pickled_or_copied_scenario_is_the_same_one(scenario: Scenario) -> None:
    assert scenario.weights.shape == scenario.points.shape
    for again in (pickle.loads(pickle.dumps(scenario)), copy.deepcopy(scenario)):  # noqa: S301  our own bytes
        assert again == scenario
        assert hash(again) == hash(scenario)
        assert again.content_hash == scenario.content_hash


@DRAWN
@given(ANY_SCENARIO, ANY_SCENARIO)
def test_the_content_hash_is_equal_where_the_scenarios_are(one: Scenario, other: Scenario) -> None:
    assert (one.content_hash == other.content_hash) == (one == other)


def test_the_content_hash_is_the_same_in_every_process() -> None:
    scenario = Scenario.from_arrays([[1, 2, 3, 4]], name="Fixed")
    assert len(scenario.content_hash) == 64
    assert scenario.content_hash == Scenario.from_arrays([[1, 2, 3, 4]], name="Fixed").content_hash
    assert scenario.content_hash != scenario.with_scores("Proposition 1", innovation=1.0000001).content_hash


def test_minus_zero_is_zero() -> None:
    one, other = (Scenario.from_arrays([[zero, 1, 2, 3]]) for zero in (0.0, -0.0))
    assert one == other
    assert one.content_hash == other.content_hash


def test_a_table_with_blanks_left_out_is_the_same_as_one_with_blanks(base: Scenario) -> None:
    scores = {
        s: {p: {d: v for d, v in row.items() if v is not None} for p, row in b.items()}
        for s, b in base.scores.items()
    }
    assert base.replace(scores=scores) == base


def test_names_are_kept_composed_and_without_blanks_around(base: Scenario) -> None:
    assert base.renamed("  Cafe\u0301\u00a0").name == "Café"


# ---------------------------------------------------------------------- names and arrays


def test_arrays_stand_in_the_order_segment_proposition_discipline(base: Scenario) -> None:
    assert base.array("scores").shape == (2, 2, 4)
    assert base.array("scores")[1, 0].tolist() == [1, 2, 3, 4]
    assert np.isnan(base.array("scores")[0, 1, 2])
    assert np.isnan(base.array("believed")).all()
    assert base.weights.tolist() == [[0.4, 0.3, 0.2, 0.1], [0, 0, 0.5, 0.5]]
    assert base.size_shares.tolist() == [0.75, 0.25]


def test_unit_scores_map_the_scale_to_0_to_1() -> None:
    scenario = Scenario.from_arrays([[-5, 0, 5, np.nan]], scale=(-5, 5))
    assert scenario.unit_scores[0, 0].tolist() == pytest.approx([0, 0.5, 1, np.nan], nan_ok=True)


def test_names_are_found_whatever_their_capitals_and_disciplines_by_label_too(base: Scenario) -> None:
    assert base.segment_index(" families ") == 1
    assert base.proposition_index("EXPRESS") == 1
    for name in ("social_purpose", "Social purpose", "SOCIAL PURPOSE", "social-purpose"):
        assert base.discipline_index(name) == 2


@pytest.mark.parametrize("kind", ["segment", "proposition", "discipline"])
def test_an_unknown_name_is_told_with_the_near_miss_and_the_known_ones(base: Scenario, kind: str) -> None:
    known = {"segment": "Families", "proposition": "Express", "discipline": "innovation"}[kind]
    with pytest.raises(UnknownName, match=f"unknown {kind} .* Did you mean '{known}'\\? Known: ") as caught:
        getattr(base, f"{kind}_index")(known[:-1])
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  our own bytes
    assert str(again) == str(caught.value)


def test_bars_stand_at_70_and_50_percent_of_the_scale_unless_set() -> None:
    scenario = Scenario.from_arrays([[2, 3, 4, 5]], scale=(2, 12))
    assert (scenario.lead_bar, scenario.threshold) == (9, 7)
    tuned = scenario.with_settings(lead_bar=4.0, threshold=3.0)
    assert (tuned.lead_bar, tuned.threshold) == (4, 3)


# ---------------------------------------------------------------------- edits


@DRAWN
@given(ANY_SCENARIO)
def test_edits_that_put_back_what_is_there_change_nothing(scenario: Scenario) -> None:
    assert scenario.with_points(scenario.points) == scenario
    assert scenario.with_table("scores", scenario.array("scores")) == scenario
    assert scenario.with_sizes(dict(zip(scenario.segment_names, scenario.sizes, strict=True))) == scenario
    assert scenario.renamed(scenario.name) == scenario
    assert scenario.with_settings() == scenario


def test_an_edit_makes_another_scenario_and_leaves_the_first(base: Scenario) -> None:
    before = base.content_hash
    edited = base.with_weights("Families", innovation=50).with_scores("Express", social_purpose=1)
    assert base.content_hash == before
    assert edited != base


def test_named_weights_get_their_points_and_the_others_share_the_rest_as_before(base: Scenario) -> None:
    edited = base.with_weights("Enterprise", social_purpose=40)
    assert edited.weights[0].tolist() == pytest.approx([0.3, 0.225, 0.4, 0.075])
    assert edited.weights[1].tolist() == base.weights[1].tolist()
    everywhere = base.with_weights(social_purpose=40)
    assert everywhere.weights[:, 2].tolist() == pytest.approx([0.4, 0.4])


def test_the_rest_is_shared_equally_where_the_others_have_nothing(base: Scenario) -> None:
    edited = base.with_weights("Families", social_purpose=20, customer_intimacy=20)
    assert edited.weights[1].tolist() == pytest.approx([0.3, 0.3, 0.2, 0.2])


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ({"innovation": -1.0}, "points must be 0 or more"),
        ({"innovation": 60.0, "social_purpose": 50.0}, "add up to 110, more than 100"),
        (dict.fromkeys(IDS, 0.0), "give at least one discipline a point"),
    ],
)
def test_weights_that_cannot_be_are_refused(base: Scenario, points: dict[str, float], message: str) -> None:
    with pytest.raises(EditError, match=message):
        base.with_weights("Families", points)


def test_scores_are_edited_in_one_segment_or_in_all(base: Scenario) -> None:
    one = base.with_scores("Express", "Families", innovation=None)
    assert np.isnan(one.array("scores")[1, 1, 0])
    assert one.array("scores")[0, 1, 0] == 7
    both = base.with_scores("Express", scores={"Innovation": 3.0})
    assert both.array("scores")[:, 1, 0].tolist() == [3, 3]


def test_an_edit_that_breaks_a_rule_is_refused(base: Scenario) -> None:
    with pytest.raises(InvalidScenario, match="score must be from 0 to 10, got 11"):
        base.with_scores("Express", innovation=11)
    with pytest.raises(InvalidScenario, match="sizes of all segments add up to 0"):
        base.with_sizes(Enterprise=0, Families=0)
    with pytest.raises(InvalidScenario, match="name is blank"):
        base.renamed(" ")
    with pytest.raises(UnknownName, match="unknown segment"):
        base.with_sizes(Famlies=3)


def test_an_optional_table_can_be_added_and_taken_away(base: Scenario) -> None:
    promised = base.with_table("promised", np.full((2, 2, 4), 9.0))
    assert promised.array("promised").min() == 9
    assert promised.with_table("promised", None) == base


# ---------------------------------------------------------------------- plain arrays and text


def test_one_table_of_scores_makes_one_segment() -> None:
    scenario = Scenario.from_arrays([[1, 2, 3], [3, 2, 1]], disciplines=["Price & Value", "Qualität", "Nähe"])
    assert scenario.segment_names == ("Segment 1",)
    assert scenario.discipline_ids == ("price_value", "qualitat", "nahe")
    assert scenario.weights[0].tolist() == pytest.approx([1 / 3] * 3)


def test_a_scenario_shows_its_shape_weights_and_gaps(base: Scenario) -> None:
    assert repr(base).splitlines() == [
        "Scenario 'Base case': 2 propositions, 2 segments, 4 disciplines, scores from 0 to 10 (1 of 16 missing)",
        "  Enterprise (customer, 75 % of size): Innovation 40 %, Operational excellence 30 %, "
        "Social purpose 20 %, Customer intimacy 10 %",
        "  Families (customer, 25 % of size): Innovation 0 %, Operational excellence 0 %, "
        "Social purpose 50 %, Customer intimacy 50 %",
    ]
    assert str(base) == repr(base)


def test_labels_of_any_script_make_disciplines_of_their_own() -> None:
    labels = ["D1", "D11", "d_11", "绿色", "Segment", "2nd", "discipline_4"]
    scenario = Scenario.from_arrays([[1.0] * 7], disciplines=labels)
    assert scenario.discipline_names == tuple(labels)
    assert scenario.discipline_ids[:2] == ("d1", "d11")
    assert len(set(scenario.discipline_ids)) == 7
