"""A budget over disciplines and moments: against a linear program, against grids, and where none is offered."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from moment_samples import in_hours_and_euros, two_segments_at_faults
from nightly import tries
from scipy.optimize import linprog

from valuemix import exhibits
from valuemix.analysis.customers.moment_scores import MomentScores
from valuemix.analysis.customers.spread import Spread, costs_of_points, spread
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError, NothingToShow
from valuemix.model.moments.parts import Moment, MomentScore
from valuemix.model.scenario import Scenario


def _case(seed: int, compensation: object = 1.0, moments: int = 2, fairness: object = 0.0) -> Scenario:
    """Two segments, one proposition, two disciplines; most points have a cost."""
    rng = np.random.default_rng(seed)
    base = Scenario.from_arrays(
        rng.integers(0, 11, (2, 1, 2)), points=rng.integers(1, 60, (2, 2)), sizes=[3, 1]
    )
    ids, names = base.discipline_ids, [f"Moment {k}" for k in range(moments)]
    return base.replace(
        moments=[
            Moment(name=m, share=float(rng.integers(1, 9)), costs={i: float(rng.integers(1, 9)) for i in own})
            for m, own in zip(names, (ids, ids[:1], ids), strict=False)
        ],
        moment_scores=[
            MomentScore(segment=s, moment=m, proposition="Proposition 1", scores={ids[0]: float(rng.integers(0, 11))})
            for s in base.segment_names for m in names
        ],
        settings={"compensation": compensation, "fairness": fairness},
    )  # fmt: skip


def _value_with(scenario: Scenario, points: np.ndarray) -> float:
    """Overall value with scores raised by these points, by an evaluation of the scenario itself."""
    raised = np.minimum(scenario.moment_means.scores[:, :, 0] + points, 10)
    rows = [
        MomentScore(
            segment=s, moment=m, proposition="Proposition 1",
            scores=dict(zip(scenario.discipline_ids, raised[g, j].tolist(), strict=True)),
        )
        for g, s in enumerate(scenario.segment_names) for j, m in enumerate(scenario.moment_names)
    ]  # fmt: skip
    return float(evaluate(scenario.replace(moment_scores=rows)).overall[0])


def _holds(scenario: Scenario, found: Spread, budget: float) -> None:
    """It spends no more than there is, on what has a cost, and adds what an evaluation says."""
    costs = costs_of_points(scenario)
    assert (found.points[np.isnan(costs)] == 0).all()
    assert float(np.nansum(costs * found.points)) == pytest.approx(found.spent)
    assert found.spent <= budget * (1 + 1e-9)
    assert _value_with(scenario, found.points) - evaluate(scenario).overall[0] == pytest.approx(
        found.gain, abs=1e-9
    )


@settings(max_examples=tries(60, 8), deadline=None)
@given(st.integers(0, 2**20), st.floats(0, 120))
def test_where_values_are_sums_it_is_the_optimum_of_a_linear_program(seed: int, budget: float) -> None:
    scenario = _case(seed)
    found, case, costs = spread(scenario, 0, budget), MomentScores.of(scenario, 0), costs_of_points(scenario)
    _holds(scenario, found, budget)
    # Variables: points of each cell, and the rise of each segment's score, which is neither more nor beyond the end.
    cells, segments = costs.size, len(case.sizes)
    weights = (case.sizes[:, None, None] * case.shares[..., None] * case.mixes).reshape(segments, cells)
    below = [np.r_[-row, np.zeros(g * cells), row, np.zeros((segments - 1 - g) * cells)]
             for g in range(segments) for row in np.eye(cells)]  # fmt: skip
    best = linprog(
        np.r_[np.zeros(cells), -weights.ravel()],
        A_ub=[*below, np.r_[np.nan_to_num(costs).ravel(), np.zeros(segments * cells)]],
        b_ub=[*np.zeros(len(below)), budget],
        bounds=[
            *((0, 0 if np.isnan(c) else 10) for c in costs.ravel()),
            *((0, r) for r in 10 * (1 - case.unit).ravel()),
        ],
    )
    assert found.gap == 0
    assert found.gain == pytest.approx(-best.fun, abs=1e-7)


@settings(max_examples=tries(30, 4), deadline=None)
@given(
    st.integers(0, 2**20), st.sampled_from([(0.5, 0.0), (0.0, 0.0), (-1.0, 1.0), ("min", 0.0), (1.0, "max")])
)
def test_where_it_is_concave_no_grid_beats_it_by_more_than_the_gap(
    seed: int, means: tuple[object, object]
) -> None:
    scenario = _case(seed, means[0], 1, means[1])
    found, case, costs = spread(scenario, 0, 12), MomentScores.of(scenario, 0), costs_of_points(scenario)
    _holds(scenario, found, 12)
    assert found.gap < 0.01
    steps = [np.linspace(0, 10, 41) if c == c else [0.0] for c in costs.ravel()]
    grid = [
        np.reshape(x, costs.shape) for x in itertools.product(*steps) if np.nansum(costs.ravel() * x) <= 12
    ]
    most = max(case.value(np.minimum(case.unit + x / 10, 1)) for x in grid)
    assert 10 * (most - case.value(case.unit)) <= found.gain + found.gap + 1e-9


def test_above_1_and_without_costs_none_is_offered_and_it_is_said_why() -> None:
    convex = _case(1).with_settings(compensation=2.0)
    with pytest.raises(NothingToShow, match="above 1"):
        spread(convex, 0, 10)
    assert "compensation is above 1" in " ".join(exhibits.returns(convex).notes)
    assert exhibits.returns(convex).table["points"].isna().all()
    with pytest.raises(NothingToShow, match="no point has a cost"):
        spread(two_segments_at_faults(), 0, 10)
    assert "what a point costs is not counted" in exhibits.returns(two_segments_at_faults()).notes
    with pytest.raises(EditError, match="0 or more"):
        spread(_case(1), 0, -1)


def test_the_exhibit_tells_what_a_budget_buys() -> None:
    made = exhibits.returns(in_hours_and_euros(), proposition="Named engineer", budget=9)
    bought = made.table[made.table["points"] > 0]
    assert bought[["moment", "discipline", "points", "cost"]].to_numpy().tolist() == [
        ["Fault", "Speed", 3.0, 3.0]
    ]
    assert "a budget of 9 is best spent on Speed at Fault (+3.0)" in made.finding
    assert "the spread is exact" in made.notes[2]
    assert made.chart.columns[2].cells[2].text.endswith("(+3.0)")
    own = exhibits.returns(in_hours_and_euros(), proposition="Named engineer")
    assert "; an example budget of " in own.finding
    assert "a tenth of what would raise every score" in own.notes[-1]
