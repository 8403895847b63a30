"""Two versions of a scenario meet the same errors, wherever their names stand."""

from __future__ import annotations

import numpy as np
import pytest

from valuemix.analysis.certainty.uncertainty import value_draws
from valuemix.analysis.compare.changes import common_draws, rising
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

SCORES = np.array([[[8, 2, 5], [4, 5, 6], [7, 7, 1]], [[3, 9, 5], [6, 6, 2], [1, 4, 8]]], dtype=float)


def made(propositions="ABC", segments="XY", disciplines=("Speed", "Care", "Price"), **more):
    g, p, d = (
        ["XY".index(name) for name in segments],
        ["ABC".index(name) for name in propositions],
        [["Speed", "Care", "Price"].index(name) for name in disciplines],
    )
    points = np.array([[50, 30, 20], [20, 20, 60]], dtype=float)
    return Scenario.from_arrays(
        SCORES[np.ix_(g, p, d)],
        points=points[np.ix_(g, d)],
        sizes=np.array([60.0, 40.0])[g],
        segments=[*segments],
        propositions=[*propositions],
        disciplines=[*disciplines],
        **more,
    )


@pytest.mark.parametrize(
    "other",
    [
        made("CAB"),
        made(segments="YX"),
        made(disciplines=("Price", "Speed", "Care")),
        made("CB", "YX", ("Care", "Price", "Speed")),
        made().with_settings(seed=9),
    ],
)
def test_what_stands_elsewhere_is_off_by_the_same(other):
    assert dict(rising(made(), other)) == pytest.approx(dict.fromkeys(other.proposition_names, 0.5))


def test_a_scenario_beside_itself_has_its_own_draws():
    drawn = common_draws([made(), made()])
    assert np.array_equal(drawn[0], value_draws(made()))
    assert np.array_equal(drawn[0], drawn[1])


def test_what_a_scenario_lacks_has_no_draws():
    drawn = common_draws([made("AB"), made("BC")])
    assert drawn.shape[:2] == (2, 3)
    assert np.isnan(drawn[0, 2]).all()
    assert np.isnan(drawn[1, 0]).all()
    assert np.isnan(common_draws([made(), made(segments="X")], "Y")[1]).all()
    assert set(rising(made("AB"), made("BC"))) == {"B"}


def test_errors_that_both_versions_have_leave_a_difference_sure():
    better = made().with_scores("A", speed=8.1)
    shares = rising(made(), better)
    assert shares["A"] == 1.0
    assert (shares["B"], shares["C"]) == (0.5, 0.5)


@pytest.mark.parametrize("segment", [None, "X"])
def test_weights_that_differ_are_shifted_by_the_same(segment):
    other = made().with_points([[30, 30, 40], [30, 35, 35]])
    one, two = common_draws([made(), other], segment)
    for p in range(3):
        assert np.corrcoef(one[p], two[p])[0, 1] > 0.9


def measured(scores, ranges="interval", halo=0.0):
    scores = np.asarray(scores, dtype=float)
    doubt = Doubt(weights_within=0, scores_within=0, ranges=ranges, halo=halo)
    ranged = Scenario.from_arrays(scores, points=[50, 50]).with_table("low", scores - 1)
    return ranged.with_table("high", scores + 1).with_settings(doubt=doubt)


@pytest.mark.parametrize("halo", [0.0, 0.5])
def test_another_estimate_has_errors_of_its_own(halo):
    before, after = (
        measured([[[5, 6]], [[4, 3]]], halo=halo),
        measured([[[5.5, 6.5]], [[4.5, 3.5]]], halo=halo),
    )
    one, two = common_draws([before, after])
    assert abs(np.corrcoef(one[0], two[0])[0, 1]) < 0.06
    assert two[0].std() == pytest.approx(one[0].std(), rel=0.03)


def test_what_people_judge_is_off_by_the_same_though_it_differs():
    one, two = common_draws([measured([[[5, 6]]], "limits"), measured([[[5.5, 6.5]]], "limits")])
    assert np.corrcoef(one[0], two[0])[0, 1] > 0.99


def test_a_score_that_is_the_same_is_one_unknown_whatever_stands_beside_it():
    # The same in all segments before: there one draw counts, and still does where nothing differs.
    before, after = measured([[[5, 6]], [[5, 6]]]), measured([[[5, 6]], [[5.5, 6]]])
    same, other = (common_draws([before, after], name) for name in before.segment_names)
    assert np.array_equal(same[0], same[1])
    assert 0.3 < np.corrcoef(other[0, 0], other[1, 0])[0, 1] < 0.7


def test_a_third_version_has_the_estimate_of_whichever_it_shares():
    first, second, third = common_draws([measured([[[s, s]]]) for s in (5, 6, 6)])
    assert np.array_equal(second, third)
    assert abs(np.corrcoef(first[0], third[0])[0, 1]) < 0.06
