"""Burdens in hours and euros: what they come to, what stays as it was, what is refused, and what follows a name."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moment_samples import in_hours_and_euros, two_segments_at_faults
from nightly import tries

from valuemix.analysis.customers.burden import net_value
from valuemix.analysis.customers.burden_kinds import burden_kinds, worth_of_time
from valuemix.errors import InvalidScenario
from valuemix.export.workbook import make_workbook
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.importer import import_files
from valuemix.means import power_mean
from valuemix.model.burdens.parts import BurdenLimit, MomentBurden
from valuemix.model.moments.parts import Moment
from valuemix.model.parts import BURDENS
from valuemix.model.scenario import Scenario


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Scenarios with burdens, some unknown, some in units of their own, some given by moment."""
    rng = np.random.default_rng(draw(st.integers(0, 2**20)))
    g, j, p = (draw(st.integers(1, 3)) for _ in range(3))
    base = Scenario.from_arrays(rng.integers(0, 11, (g, p, 2)), sizes=rng.integers(1, 9, g))
    amounts = np.where(rng.random((g, p, 4)) < 0.3, np.nan, rng.integers(0, 11, (g, p, 4)))
    names = [f"Moment {k}" for k in range(j)]
    worst = [None if rng.random() < 0.3 else float(rng.integers(1, 9)) for _ in BURDENS]
    weighed = rng.random() < 0.7
    return base.with_table("burdens", amounts).replace(
        moments=[Moment(name=m, share=float(rng.integers(1, 9)), counts=float(rng.integers(1, 4))) for m in names],
        burden_limits=[
            BurdenLimit(burden=k, worst=w, weight=float(rng.integers(1, 5)) if weighed else None)
            for k, w in zip(BURDENS, worst, strict=True)
        ],
        moment_burdens=[
            MomentBurden(proposition=q, segment=s, moment=m, time=float(rng.integers(0, 11)))
            for q in base.proposition_names for m in names for s in base.segment_names if rng.random() < 0.4
        ],
    )  # fmt: skip


@settings(max_examples=tries(60, 15), deadline=None)
@given(scenarios())
def test_a_burden_is_the_mean_over_moments_of_shares_of_what_nobody_bears(scenario: Scenario) -> None:
    """Worked out cell by cell from the sheets; what each of the four adds sums to it."""
    limits = {row.burden: row for row in scenario.burden_limits}
    weights = [1.0 if limits[k].weight is None else limits[k].weight for k in BURDENS]
    own = {(r.segment, r.moment, r.proposition): r.time for r in scenario.moment_burdens}
    counted = [m.contacts * m.weight for m in scenario.moments]
    means = scenario.burden_means
    for g, segment in enumerate(scenario.segment_names):
        for p, name in enumerate(scenario.proposition_names):
            in_moments = []
            for moment in scenario.moment_names:
                cells = scenario.given("burdens")[g, p].copy()
                cells[0] = own.get((segment, moment, name), cells[0])
                shares = [
                    np.minimum(a / (limits[k].worst or 10), 1) for k, a in zip(BURDENS, cells, strict=True)
                ]
                in_moments.append(power_mean(shares, weights, 1))
            expected = power_mean(in_moments, counted, 1)
            assert np.allclose(means.burdens[g, p], expected, atol=1e-12, equal_nan=True)
    known = ~np.isnan(means.burdens)
    assert np.allclose(np.nansum(means.parts, axis=-1)[known], means.burdens[known], atol=1e-12)
    assert np.allclose(
        scenario.without_moments().burden_means.burdens, means.burdens, atol=1e-12, equal_nan=True
    )
    for j, moment in enumerate(scenario.moment_names):
        alone = scenario.at_moment(moment).burden_means.burdens
        assert np.array_equal(alone, means.in_moments[:, j], equal_nan=True)


@settings(max_examples=tries(60, 15), deadline=None)
@given(scenarios())
def test_equal_weights_and_the_ends_of_the_scale_change_no_digit(scenario: Scenario) -> None:
    plain = scenario.replace(moments=(), moment_burdens=(), burden_limits=())
    usual = power_mean(np.clip(plain.array("burdens") / 10, 0, 1), 1.0, 1)
    today = net_value(plain)
    assert np.array_equal(plain.burden_means.burdens, usual, equal_nan=True)
    for limits in ({}, {"worst": 10.0}, {"weight": 3.0}, {"worst": 10.0, "weight": 1.0}):
        same = plain.replace(
            moments=scenario.moments, burden_limits=[BurdenLimit(burden=k, **limits) for k in BURDENS]
        )
        assert np.array_equal(net_value(same).net, today.net, equal_nan=True)
        assert np.array_equal(net_value(same).overall, today.overall, equal_nan=True)


def test_hours_and_euros_by_hand() -> None:
    scenario = in_hours_and_euros()
    engineer = scenario.burden_means
    # Enterprise at a fault: 4 of 8 hours and none of 400 euros, weights 2 to 1.
    assert engineer.in_moments[0, 2, 0] == pytest.approx(2 / 3 * 0.5)
    # 12 contacts a year: 60 % orders and 30 % use at an hour each, 10 % faults at four.
    assert burden_kinds(scenario, "Enterprise").a_year[0, 0] == pytest.approx(12 * (0.9 * 1 + 0.1 * 4))
    assert worth_of_time(scenario, "Enterprise") == pytest.approx((100, 100))
    assert worth_of_time(scenario) == pytest.approx((25, 100))
    assert worth_of_time(two_segments_at_faults()) is None


def test_they_come_back_from_files_and_tables() -> None:
    scenario = in_hours_and_euros()
    assert loads(dumps(scenario)) == scenario
    assert from_frames(to_frames(scenario)).scenario == scenario.renamed("Scenario")
    assert import_files({"book.xlsx": make_workbook(scenario)}).scenario == scenario


def test_rows_follow_the_names_in_them_and_differences_name_them() -> None:
    scenario = in_hours_and_euros()
    edits = GridEdits(edited_rows={0: {"segment": "Large"}})
    renamed = edit_table(scenario, "segments", edits).scenario
    assert [row.segment for row in renamed.burden_limits] == ["", "", "Large"]
    assert [row.segment for row in renamed.moment_burdens] == ["", "", "Large"]
    gone = edit_table(scenario, "moments", GridEdits(deleted_rows=[2])).scenario
    assert [row.moment for row in gone.moment_burdens] == ["Order"]
    more = edit_table(
        scenario, "segments", GridEdits(added_rows=[{"segment": "New", "size": 1, "speed": 5, "care": 5}])
    )
    assert more.scenario.given("burdens")[2, 1, 3] == 20  # a mean in euros, beyond the scale of the scores
    changed = [scenario.burden_limits[0].model_copy(update={"worst": 10}), *scenario.burden_limits[1:]]
    told = scenario.diff(scenario.replace(burden_limits=changed, moment_burdens=scenario.moment_burdens[1:]))
    assert [*map(str, told)] == [
        "worst amount of time 8 → 10",
        "Named engineer: time at Fault 4 → blank",
        "Named engineer: money at Fault 0 → blank",
    ]


def test_costs_of_a_point_are_columns_of_the_moments() -> None:
    scenario = two_segments_at_faults()
    edits = GridEdits(edited_rows={2: {"cost of a point: speed": 3}})
    costly = edit_table(scenario, "moments", edits).scenario
    assert dict(costly.moments[2].costs) == {"speed": 3.0, "care": None}
    assert loads(dumps(costly)) == costly
    renamed = edit_table(costly, "disciplines", GridEdits(edited_rows={0: {"id": "pace"}})).scenario
    assert dict(renamed.moments[2].costs) == {"pace": 3.0, "care": None}


@pytest.mark.parametrize(
    ("changes", "place", "told"),
    [
        ({"burden_limits": [BurdenLimit(burden="times")]}, ("burden_limits", 0, "burden"), "'times'"),
        ({"burden_limits": [BurdenLimit(burden="time", worst=0)]}, ("burden_limits", 0, "worst"), "above 0, got 0"),
        ({"burden_limits": [BurdenLimit(burden="time", weight=1), BurdenLimit(burden="worry")]},
         ("burden_limits", 0, "weight"), "money has no weight for 'Enterprise'"),
        ({"burden_limits": [BurdenLimit(burden=k, weight=0) for k in BURDENS]},
         ("burden_limits", 0, "weight"), "add up to 0"),
        ({"burden_limits": 2 * [BurdenLimit(burden="time")]}, ("burden_limits", 1, "burden"), "stands twice"),
        ({"burden_limits": ()}, ("burdens", "Enterprise", "48-hour parts", "money"), "from 0 to 10, got 20"),
        ({"moment_burdens": [MomentBurden(proposition="48-hour parts", moment="Faults")]},
         ("moment_burdens", 0, "moment"), "'Faults'"),
        ({"moment_burdens": [MomentBurden(proposition="48-hour parts", moment="Use", money=-1)]},
         ("moment_burdens", 0, "money"), "0 or more, got −1"),
        ({"moment_burdens": [MomentBurden(proposition="48-hour parts", moment="Use", worry=11)]},
         ("moment_burdens", 0, "worry"), "from 0 to 10, got 11"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(changes: Any, place: Any, told: str) -> None:
    scenario = in_hours_and_euros()
    with pytest.raises(InvalidScenario) as caught:
        scenario.replace(**{"moment_burdens": (), **changes})
    found = {problem.place.path: problem.message for problem in caught.value.problems}
    assert told in found[place]
