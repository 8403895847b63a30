"""Attributes: published results, laws of two levels, and the rules of their sheets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attribute_samples import two_levels, with_attributes
from hypothesis import given
from hypothesis import strategies as st

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import InvalidScenario
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.model.attributes.parts import Attribute, AttributeScore
from valuemix.model.scenario import Scenario

ORACLES = Path(__file__).parents[1] / "data" / "oracles"


def _case(
    disciplines: list[str],
    points: list[float],
    propositions: list[str],
    branches: dict[str, dict[str, float]],
    given: dict[str, list[float]],
    ends: tuple[float, float],
    scale: tuple[float, float],
) -> Scenario:
    """One segment; every discipline is a branch of attributes that are rated alike."""
    base = Scenario.from_arrays(
        np.full((len(propositions), len(disciplines)), np.nan),
        points=points, disciplines=disciplines, propositions=propositions, scale=scale,
    )  # fmt: skip
    attributes = [
        Attribute(name=name, discipline=branch, weight=weight, worst=ends[0], best=ends[1])
        for branch, members in branches.items()
        for name, weight in members.items()
    ]
    rows = [
        AttributeScore(proposition=p, attribute=name, value=value)
        for name, values in given.items()
        for p, value in zip(propositions, values, strict=True)
    ]
    return with_attributes(base, attributes, rows)


def test_goodwin_and_wrights_offices_on_the_branches_of_benefits_and_costs() -> None:
    # Goodwin & Wright, Decision Analysis for Management Judgment: office location, values 0 to 100 of seven
    # offices, weights 32, 26, 23, 10, 6, 3; benefits as printed there. Costs are dollars a year, their sum is
    # printed; 20,000 more for rent is as much as 20,000 more for power, so the weights are the ranges.
    offices = ["A", "B", "C", "D", "E", "F", "G"]
    benefits = {
        "closeness": [100, 20, 80, 70, 40, 0, 60],
        "visibility": [60, 80, 70, 50, 60, 0, 100],
        "image": [100, 10, 0, 30, 90, 70, 20],
        "size": [75, 30, 0, 55, 100, 0, 50],
        "comfort": [0, 100, 10, 30, 60, 80, 50],
        "parking": [90, 30, 100, 90, 70, 0, 80],
    }
    costs = {
        "rent": [30000, 15000, 5000, 12000, 30000, 15000, 10000],
        "cleaning": [3000, 2000, 1000, 1000, 2500, 1000, 1100],
        "electricity": [2000, 700, 500, 1100, 2300, 2600, 900],
    }
    base = Scenario.from_arrays(
        np.full((7, 2), np.nan), disciplines=["benefits", "costs"], propositions=offices, scale=(0, 100)
    )
    weights = dict(zip(benefits, (32, 26, 23, 10, 6, 3), strict=True))
    attributes = [
        Attribute(name=n, discipline="benefits", weight=w, worst=0, best=100) for n, w in weights.items()
    ]
    attributes += [
        Attribute(
            name=n, discipline="costs", weight=max(v) - min(v), worst=max(v), best=min(v), unit="dollars"
        )
        for n, v in costs.items()
    ]
    rows = [
        AttributeScore(proposition=p, attribute=name, value=float(value))
        for name, values in (benefits | costs).items()
        for p, value in zip(offices, values, strict=True)
    ]
    scores = with_attributes(base, attributes, rows).array("scores")[0]
    np.testing.assert_allclose(scores[:, 0], [80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2], atol=0.05)
    worst, best = (sum(end(v) for v in costs.values()) for end in (max, min))
    totals = worst - (worst - best) * scores[:, 1] / 100
    np.testing.assert_allclose(totals, [35000, 17700, 6500, 14100, 34800, 18600, 12000], rtol=1e-12)


def test_bests_copier_with_three_kinds_of_benefit_and_its_cost() -> None:
    # Best, Market-Based Management, figures 4-20 to 4-26: on each attribute the weight counts for each of
    # three competitors that are beaten and against for each that is better, so the share won net of the
    # share lost runs from -1 to 1. Printed: 137, 90, 140, overall 123; cost 106.67.
    branches = {
        "product": {"up time": 40, "speed": 30, "image": 20, "ease": 10},
        "service": {"repair": 60, "response": 30, "quality": 10},
        "company": {"commitment": 60, "reputation": 40},
        "cost": {"price": 40, "service cost": 30, "toner": 20, "paper": 10},
    }
    net = {
        "up time": 2 / 3, "speed": 2 / 3, "image": 0, "ease": -1, "repair": -1 / 3, "response": 1 / 3, "quality": 0,
        "commitment": 2 / 3, "reputation": 0, "price": 1 / 3, "service cost": 1 / 3, "toner": -1 / 3, "paper": -1,
    }  # fmt: skip
    scenario = _case(
        [*branches],
        [60, 30, 10, 0],
        ["Copier"],
        branches,
        {n: [v] for n, v in net.items()},
        (-1, 1),
        (0, 200),
    )
    np.testing.assert_allclose(scenario.array("scores")[0, 0], [137, 90, 140, 106.67], atol=0.34)
    assert evaluate(scenario).overall[0] == pytest.approx(123, abs=0.5)


@pytest.mark.parametrize("swapped", [False, True])
def test_both_of_gales_profiles_on_two_levels(*, swapped: bool) -> None:
    # Gale, Managing Customer Value (1994): quality of endo-surgery 232; price profile of the Acura 118.7, of
    # ratios rounded to two places as printed.
    quality = json.loads((ORACLES / "gale_endosurgery_quality_profile.json").read_text("utf-8"))
    price = json.loads((ORACLES / "gale_acura_price_profile.json").read_text("utf-8"))
    read: dict[str, Any] = {"quality": quality["inputs"], "price": price["inputs"]}
    ratios = quality["inputs"]["ratios"], price["published_outputs"]["ratios"]
    branches = {n: dict(zip(i["attributes"], i["weights"], strict=True)) for n, i in read.items()}
    given = {
        name: [value]
        for members, values in zip(branches.values(), ratios, strict=True)
        for name, value in zip(members, values, strict=True)
    }
    order = ["price", "quality"] if swapped else ["quality", "price"]
    scores = _case(order, [50, 50], ["Ours"], branches, given, (0, 4), (0, 400)).array("scores")[0, 0]
    published = {
        "quality": quality["published_outputs"]["market_perceived_quality_score"],
        "price": price["published_outputs"]["total"],
    }
    np.testing.assert_allclose(scores, [published[name] for name in order], atol=0.051)


_unit = st.floats(0, 1, allow_subnormal=False)


@given(
    st.lists(st.lists(_unit, min_size=3, max_size=3), min_size=2, max_size=4),
    st.lists(_unit, min_size=6, max_size=6),
)
def test_one_attribute_a_discipline_over_the_scale_gives_todays_values(
    cells: list[list[float]], points: list[float]
) -> None:
    scores = 10 * np.array(cells)
    base = Scenario.from_arrays([scores, scores[::-1]], points=np.reshape(points, (2, 3)) + 0.1)
    attributes = [Attribute(name=d, discipline=d, worst=0, best=10) for d in base.discipline_ids]
    rows = [
        AttributeScore(proposition=p, segment=s, attribute=d, value=float(base.array("scores")[g, i, j]))
        for g, s in enumerate(base.segment_names)
        for i, p in enumerate(base.proposition_names)
        for j, d in enumerate(base.discipline_ids)
    ]
    made = with_attributes(base, attributes, rows)
    np.testing.assert_allclose(evaluate(made).values, evaluate(base).values, atol=1e-12)


@given(_unit, _unit, st.floats(0.01, 1))
def test_an_attribute_split_in_two_with_halved_weights_changes_nothing(
    a: float, b: float, weight: float
) -> None:
    def score(members: list[tuple[str, float, float]]) -> float:
        base = Scenario.from_arrays([[5, None]], disciplines=["care", "speed"], propositions=["Express"])
        attributes = [Attribute(name=n, discipline="speed", weight=w, worst=1, best=0) for n, w, _ in members]
        rows = [AttributeScore(proposition="Express", attribute=n, value=v) for n, _, v in members]
        return float(with_attributes(base, attributes, rows).array("scores")[0, 0, 1])

    halves = [("a", weight / 2, a), ("a again", weight / 2, a), ("b", 1.0, b)]
    assert score(halves) == pytest.approx(score([("a", weight, a), ("b", 1.0, b)]), abs=1e-12)


@given(_unit, _unit)
def test_a_better_number_never_gives_a_lower_score(one: float, other: float) -> None:
    days = [20 - 15 * share for share in sorted((one, other))]
    scenario = two_levels()

    def score(value: float) -> float:
        rows = [scenario.attribute_scores[0].model_copy(update={"value": value, "low": None, "high": None})]
        after = scenario.replace(attribute_scores=[*rows, *scenario.attribute_scores[1:]])
        return float(after.array("scores")[0, 0, 0])

    assert score(days[0]) <= score(days[1]) + 1e-12


def test_scores_are_those_of_the_points_and_of_what_is_there() -> None:
    scenario = two_levels()
    found = scenario.array("scores")[:, :, 0]
    # 8 days on 20: 0, 10: 0.8, 5: 1 is 0.88; 2 of 5 % faults is 0.6; weights 60 and 40, or 60 and 20.
    expected = [[10 * (0.6 * 0.88 + 0.4 * 0.6), 10 * (0.6 * 0.4 + 0.4 * 0.9), 0.0],
                [10 * (0.75 * 0.88 + 0.25 * 0.2), 10 * (0.75 * 0.4 + 0.25 * 0.9), 0.0]]  # fmt: skip
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert scenario.missing[:, :, 0].tolist() == [[False, False, True]] * 2
    assert evaluate(scenario).partial.tolist() == [[False, False, True]] * 2


def test_the_range_of_an_attribute_is_a_range_of_the_score() -> None:
    low, high = (two_levels().array(end)[0, 0] for end in ("low", "high"))
    # 6 to 12 days: 0.96 and 0.64.
    np.testing.assert_allclose(
        [low[0], high[0]], [10 * (0.6 * 0.64 + 0.24), 10 * (0.6 * 0.96 + 0.24)], atol=1e-12
    )
    assert np.isnan([*low[1:], *high[1:]]).all()


def test_a_file_holds_attributes_and_no_scores_of_theirs() -> None:
    scenario = two_levels()
    text = dumps(scenario)
    assert json.loads(text)["scores"]["Enterprise"]["48-hour parts"] == {"speed": None, "care": 8, "price": 6}
    assert "low" not in json.loads(text)
    again = loads(text)
    assert (again, dumps(again), again.content_hash) == (scenario, text, scenario.content_hash)


def test_scores_stand_by_themselves_without_their_attributes() -> None:
    scenario = two_levels()
    alone = scenario.without_attributes()
    assert not alone.attributes
    assert alone.with_scores("Take-back", speed=9).array("scores")[0, 2, 0] == 9
    np.testing.assert_array_equal(alone.array("scores"), scenario.array("scores"))


def test_a_discipline_made_of_attributes_takes_no_score() -> None:
    scenario = two_levels()
    assert scenario.with_scores("Take-back", care=9).array("scores")[0, 2, 1] == 9
    with pytest.raises(InvalidScenario, match="Speed is made of attributes, so it has no score of its own"):
        scenario.with_scores("Take-back", speed=9)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"discipline": "sped"}, "/attributes/0/discipline: unknown discipline 'sped'"),
        ({"worst": 5.0}, "worst and best of 'Delivery' must lie apart"),
        ({"value_function": "10: 0.8, 8: 0.7"}, "its values must not fall on the way from worst to best"),
        ({"value_function": "25: 0.1"}, "its points must run from worst to best"),
        ({"value_function": "20: 0.5"}, "worst counts 0 and best counts 1"),
        ({"value_function": "ten"}, "'ten' is no point such as 10: 0.8"),
        ({"name": "Faults"}, "attribute 'Faults' stands twice"),
        ({"weight": -1.0}, "weight of 'Delivery' must be 0 or more"),
    ],
)
def test_rules_of_an_attribute(change: dict[str, Any], told: str) -> None:
    scenario = two_levels()
    first, *others = scenario.attributes
    with pytest.raises(InvalidScenario) as caught:
        scenario.replace(attributes=[first.model_copy(update=change), *others])
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"proposition": "Parts"}, "/attribute_scores/0/proposition: unknown proposition 'Parts'"),
        ({"attribute": "Delvery"}, "unknown attribute 'Delvery'"),
        ({"segment": "Enterprises"}, "unknown segment 'Enterprises'"),
        ({"low": 9.0}, "the low value must lie at or below the value 8, got 9"),
        ({"value": None}, "there is a low value of Delivery of '48-hour parts', but no value"),
        ({"attribute": "Faults"}, "the value of 48-hour parts, Faults stands twice"),
    ],
)
def test_rules_of_what_is_offered(change: dict[str, Any], told: str) -> None:
    scenario = two_levels()
    first, *others = scenario.attribute_scores
    with pytest.raises(InvalidScenario) as caught:
        scenario.replace(attribute_scores=[first.model_copy(update=change), *others])
    assert told in str(caught.value)


def test_attributes_without_any_weight_are_refused() -> None:
    scenario = two_levels()
    none = [attribute.model_copy(update={"weight": 0.0}) for attribute in scenario.attributes]
    with pytest.raises(InvalidScenario, match="the weights of the attributes of speed add up to 0"):
        scenario.replace(attributes=none)
