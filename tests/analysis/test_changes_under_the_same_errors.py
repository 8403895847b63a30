"""Two versions of a scenario meet the same errors, wherever their names stand."""

from __future__ import annotations

import numpy as np
import pytest

from valuemix.analysis.changes import common_draws, rising
from valuemix.analysis.uncertainty import value_draws
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
