"""What is promised or believed against what is felt, and where a promise is lost on its way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.customers.delivery import Delivery, delivery
from valuemix.analysis.customers.perception import cover_stories, perception
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.model.parts import Function
from valuemix.model.scenario import Scenario

ANY_SCENARIO = st.from_type(Scenario)
DRAWN = settings(
    max_examples=tries(25),
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def case(*, rho: float = 1.0, eps: float = 0.0) -> Scenario:
    """Two segments of sizes 3 and 1, two propositions, two disciplines, all views complete."""
    base = Scenario.from_arrays(
        [[[6, 2], [5, 5]], [[2, 8], [4, 6]]],
        points=[[75, 25], [40, 60]],
        sizes=[3, 1],
        segments=["Families", "Staff"],
        propositions=["Express", "Green line"],
        disciplines=["Speed", "Care"],
    )
    return (
        base.with_table("promised", [[[9, 4], [6, 8]], [[8, 8], [5, 9]]])
        .with_table("believed", [[[7, 1], [6, 5]], [[3, 8], [4, 7]]])
        .replace(
            delivery=[
                Function(name="Sales", survives={"speed": 0.9, "care": 0.5}),
                Function(name="Service", survives={"speed": None, "care": 0.8}),
            ]
        )
        .with_settings(compensation=rho, fairness=eps)
    )


# ---------------------------------------------------------------------- perception


def test_the_gap_of_a_proposition_is_that_of_its_value() -> None:
    scenario = case()
    felt, believed = evaluate(scenario), evaluate(scenario.seen_as("believed"))
    gaps = {gap.proposition: gap for gap in perception(scenario).by("proposition")}
    for p, name in enumerate(scenario.proposition_names):
        assert gaps[name].felt == pytest.approx(felt.overall[p])
        assert gaps[name].seen == pytest.approx(believed.overall[p])


def test_gaps_by_discipline_and_segment_are_weighted_means_by_hand() -> None:
    both = perception(case(), "promised")
    # Speed: weight 0.75 * 0.75 = 0.5625 for Families, 0.25 * 0.4 = 0.1 for Staff; gaps 3, 1, 6, 1.
    speed = next(gap for gap in both.by("discipline") if gap.discipline == "Speed")
    assert speed.gap == pytest.approx((0.5625 * (3 + 1) + 0.1 * (6 + 1)) / (2 * 0.6625))
    # Families: 0.75 on gaps 3 and 1, 0.25 on gaps 2 and 3.
    families = next(gap for gap in both.by("segment") if gap.segment == "Families")
    assert families.gap == pytest.approx((0.75 * 4 + 0.25 * 5) / 2)


def test_missing_weights_are_passed_on_within_the_segment_as_in_values() -> None:
    felt = Scenario.from_arrays([[[5, 5]], [[5, 5]]], points=[[1, 1], [1, 1]])
    both = perception(felt.with_table("promised", [[[9, np.nan]], [[5, 5]]]), "promised")
    assert both.by("proposition")[0].gap == 2.0
    assert {gap.segment: gap.gap for gap in both.by("segment")} == {"Segment 1": 4.0, "Segment 2": 0.0}


def test_one_weighting_holds_for_every_mean_of_gaps() -> None:
    both = perception(case(), "believed")
    (weighed,) = (g for g in both.cells() if (g.proposition, g.discipline) == ("Express", "Speed"))
    counts = both.scenario.size_shares * both.scenario.weights[:, 0]
    assert weighed.gap == pytest.approx(counts @ both.gaps[:, 0, 0] / counts.sum())


def test_the_largest_gap_stands_first_whatever_its_sign() -> None:
    gaps = [abs(gap.gap) for gap in perception(case(), "believed").cells()]
    assert gaps == sorted(gaps, reverse=True)
    assert len(gaps) == 4


@DRAWN
@given(ANY_SCENARIO)
def test_gaps_stand_only_where_both_views_have_a_score(scenario: Scenario) -> None:
    assume(scenario.believed is not None)
    both = perception(scenario)
    frame = both.to_frame()
    here = ~np.isnan(scenario.array("scores")) & ~np.isnan(scenario.array("believed"))
    assert len(frame) == here.sum()
    np.testing.assert_allclose(frame["gap"], frame["believed"] - frame["felt"], atol=1e-12)


def test_a_promise_at_the_bar_is_a_cover_story_and_one_below_is_not() -> None:
    scenario = case()
    # Express on Speed: by 3 among Families, size times weight 0.75 * 0.75; by 6 among Staff, 0.25 * 0.4.
    found = {(g.proposition, g.discipline): g.gap for g in cover_stories(scenario)}
    express = (0.5625 * 3 + 0.1 * 6) / 0.6625
    assert found == pytest.approx({("Express", "Speed"): express, ("Green line", "Care"): 3.0})
    assert len(cover_stories(scenario.with_settings(cover_story_bar=3.0))) == 2
    assert len(cover_stories(scenario.with_settings(cover_story_bar=3.01))) == 1
    assert {(g.segment, g.gap) for g in cover_stories(scenario, "Staff")} == {("Staff", 6.0), ("Staff", 3.0)}


@pytest.mark.parametrize("view", ["promised", "believed"])
def test_a_scenario_without_the_table_says_which_sheet_to_fill_in(view: str) -> None:
    with pytest.raises(EditError, match=f"there are no {view} scores; fill in the sheet {view.capitalize()}"):
        perception(case().replace(promised=None, believed=None), view)


# ---------------------------------------------------------------------- delivery


def test_losses_by_hand_in_one_segment() -> None:
    chain = delivery(case(), "Families")
    # Express promises 9 and 4 at weights 0.75 and 0.25: Sales takes 0.9 and 2, Service takes 0.4 of the 2 left.
    assert chain.promised[0] == pytest.approx(7.75)
    np.testing.assert_allclose(chain.losses[0], [[0.75 * 0.9, 0.25 * 2], [0, 0.25 * 0.4]])
    assert chain.delivered[0] == pytest.approx(0.75 * 8.1 + 0.25 * 1.6)
    assert chain.felt[0] == pytest.approx(5.0)
    assert chain.unexplained[0] == pytest.approx(5.0 - 6.475)


def test_the_largest_fix_stands_first_and_returns_what_it_says() -> None:
    chain = delivery(case())
    assert [fix.function for fix in chain.fixes] == ["Sales", "Service"]
    mended = case().replace(
        delivery=[Function(name="Sales", survives={}), Function(name="Service", survives={"care": 0.8})]
    )
    np.testing.assert_allclose(chain.fixes[0].gains, delivery(mended).delivered - chain.delivered)
    assert [(fix.function, fix.discipline) for fix in chain.single_fixes] == [
        ("Sales", "Care"),
        ("Sales", "Speed"),
        ("Service", "Care"),
    ]


@DRAWN
@given(ANY_SCENARIO, st.booleans())
def test_steps_sum_from_promised_to_felt_at_any_compensation_and_fairness(
    scenario: Scenario, one: bool
) -> None:
    assume(scenario.promised is not None and scenario.delivery)
    chain = delivery(scenario, scenario.segment_names[0] if one else None)
    near = {"atol": 1e-9 * scenario.scale.width, "rtol": 1e-12}
    np.testing.assert_allclose(chain.promised - chain.losses.sum(axis=(1, 2)), chain.delivered, **near)
    np.testing.assert_allclose(chain.delivered + chain.unexplained, chain.felt, **near)
    assert (np.nan_to_num(chain.losses) >= -near["atol"]).all()
    for p, rows in chain.to_frame().groupby("proposition", sort=False):
        lost = rows.loc[rows["step"] == "lost", "value"].sum()
        values = rows.set_index("step")["value"]
        np.testing.assert_allclose(values["promised"] + lost, values["delivered"], err_msg=str(p), **near)


@DRAWN
@given(ANY_SCENARIO)
def test_no_fix_ever_lowers_what_is_delivered(scenario: Scenario) -> None:
    assume(scenario.promised is not None and scenario.delivery)
    chain = delivery(scenario)
    for fix in (*chain.fixes, *chain.single_fixes):
        assert (np.nan_to_num(fix.gains) >= -1e-9 * scenario.scale.width).all()


def test_a_chain_that_loses_nothing_delivers_the_promise() -> None:
    scenario = case(rho=0.5, eps=2.0).replace(delivery=[Function(name="Sales", survives={})])
    chain: Delivery = delivery(scenario)
    np.testing.assert_allclose(chain.delivered, evaluate(scenario.seen_as("promised")).overall)
    np.testing.assert_allclose(chain.felt, evaluate(scenario).overall)
    assert not chain.losses.any()
    assert chain.single_fixes == ()


def test_a_score_that_is_not_promised_takes_no_part_on_either_side() -> None:
    promised = np.array(case().array("promised"))
    promised[:, 0, 1] = np.nan
    chain = delivery(case().with_table("promised", promised))
    assert chain.partial.tolist() == [True, False]
    assert chain.felt[0] == pytest.approx((3 * 6 + 2) / 4)  # Speed alone


@pytest.mark.parametrize(
    ("without", "sheet"), [({"delivery": ()}, "Delivery"), ({"promised": None}, "Promised")]
)
def test_a_missing_sheet_is_named(without: dict[str, object], sheet: str) -> None:
    with pytest.raises(EditError, match=f"fill in the sheet {sheet}"):
        delivery(case().replace(**without))
