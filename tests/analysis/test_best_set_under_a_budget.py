"""The best set of propositions: against every set there is, a published case, and rules that cannot all be kept."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from nightly import tries
from random_sets import costed

from valuemix.analysis.portfolio.choose import choose
from valuemix.analysis.portfolio.core import core
from valuemix.analysis.portfolio.limits import program_of
from valuemix.analysis.portfolio.program import Program
from valuemix.errors import EditError
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario


def _key(program: Program, chosen: np.ndarray) -> tuple[float, float, int]:
    return (
        round(float(np.nan_to_num(program.overall(chosen))), 8),
        -float(program.cost @ chosen),
        -int(chosen.sum()),
    )


def _best_key(program: Program) -> tuple[float, float, int] | None:
    """Best of all sets, each held against every rule by itself."""
    keys = []
    for members in itertools.product([False, True], repeat=len(program.cost)):
        chosen = np.array(members)
        if (program.rows @ chosen > program.limits + 1e-9).any() or (chosen < program.least).any():
            continue
        short = np.nan_to_num(program.taken(chosen)) < program.floors - 1e-9
        if not short.any() and not (chosen > program.most).any():
            keys.append(_key(program, chosen))
    return max(keys, default=None)


@pytest.mark.parametrize("seed", range(tries(40)))
def test_no_set_is_better_than_the_best_whatever_the_fairness(seed: int) -> None:
    scenario, budget = costed(seed, 1 + seed % 7)
    program = program_of(scenario, budget, None, None)
    wanted = _best_key(program)
    for found in (program.best(), program.solved()):
        assert (None if found is None else _key(program, found)) == wanted


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(tries(1)))
def test_no_set_of_sixteen_is_better_than_the_best(seed: int) -> None:
    scenario, budget = costed(seed, 16)
    program = program_of(scenario, budget, None, None)
    found = program.best()
    assert (None if found is None else _key(program, found)) == _best_key(program)


def _costing(scenario: Scenario, costs: dict[str, float], **more: dict[str, Any]) -> Scenario:
    parts = scenario.propositions
    return scenario.replace(
        propositions=[p.model_copy(update={"cost": costs.get(p.name), **more.get(p.name, {})}) for p in parts]
    )


OFFICES = dict(zip("ABCDEFG", [35000, 17800, 6700, 14100, 34800, 18600, 12000], strict=True))


def test_goodwin_and_wrights_offices_cost_414_and_1117_a_point() -> None:
    # Goodwin & Wright, Decision Analysis for Management Judgment: of seven offices one is taken; benefits and the
    # cost of a point from Carlisle Walk (C) to Gorton Square (G) to Addison Square (A) as printed.
    benefits = [80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2]
    base = Scenario.from_arrays(
        [[[v, v] for v in benefits]],
        propositions=[*OFFICES],
        disciplines=["benefits", "same"],
        scale=(0, 100),
    )
    frontier = choose(_costing(base, OFFICES), at_most=1).to_frame()
    # Elton Street (E) is 200 cheaper than Addison Square for 16 points less: nobody who pays for it stops there.
    assert frontier["set"].tolist() == [(), ("C",), ("G",), ("E",), ("A",)]
    efficient = frontier[frontier["cost_a_point"].notna()]
    assert efficient["set"].tolist() == [("C",), ("G",), ("A",)]
    assert efficient["cost_a_point"].round().tolist()[1:] == [414, 1117]
    assert (frontier["enters"].tolist()[2], frontier["leaves"].tolist()[2]) == (("G",), ("C",))


def _two() -> Scenario:
    """Families like Express best, Students like Hotline best; Basic does for both."""
    values = [[[8, 8], [2, 2], [6, 6]], [[2, 2], [9, 9], [6, 6]]]
    names = {"segments": ["Families", "Students"], "propositions": ["Express", "Hotline", "Basic"]}
    return _costing(
        Scenario.from_arrays(values, sizes=[3, 1], **names), {"Express": 5, "Hotline": 4, "Basic": 3}
    )


def test_a_frontier_holds_the_best_set_at_each_cost_and_says_what_enters_and_leaves() -> None:
    found = choose(_two())
    assert [(each.cost, round(each.value, 9), found.names(each)) for each in found.frontier] == [
        (0, 0, ()),
        (3, 6, ("Basic",)),
        (5, 6.5, ("Express",)),
        (7, 6.75, ("Hotline", "Basic")),
        (8, 7.5, ("Express", "Basic")),
        (9, 8.25, ("Express", "Hotline")),
    ]
    assert [choose(_two(), budget).best for budget in (3, 5, 9)] == [
        each for each in found.frontier if each.cost in (3, 5, 9)
    ]


def test_whom_a_set_leaves_out_takes_less_than_its_own_best() -> None:
    found = choose(_two(), 5)
    assert found.left_out() == [1]
    row = found.coverage().iloc[1]
    assert (row["takes"], row["value"], row["best"], row["best_value"]) == ("Express", 2, "Hotline", 9)
    assert choose(_two()).left_out() == []


def test_people_and_numbers_limit_a_set_as_well() -> None:
    crew = {name: {"people": people} for name, people in (("Express", 9), ("Hotline", 3), ("Basic", 1))}
    scenario = _costing(_two(), {}, **crew)
    assert choose(scenario, people=4).names(choose(scenario, people=4).best) == ("Hotline", "Basic")
    assert choose(scenario, at_most=1, people=9).best.members == (0,)
    with pytest.raises(EditError, match="no proposition says what it takes; fill in the column cost"):
        choose(scenario, budget=3)
    with pytest.raises(EditError, match="the budget must be 0 or more, got -1"):
        choose(_two(), budget=-1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"Express": {"choose": "must", "excludes": ("Hotline",)}, "Hotline": {"choose": "must"}},
         "'Express' must be chosen, and excludes 'Hotline', but 'Hotline' must be chosen"),
        ({"Express": {"choose": "must", "needs": ("Basic",)}, "Basic": {"choose": "must not"}},
         "'Basic' is needed by 'Express', which must be chosen, and must not be chosen"),
        ({"Express": {"choose": "must", "needs": ("Basic",)}}, "costs 8 and the budget is 7, 1 too little"),
    ],
)  # fmt: skip
def test_rules_that_cannot_all_be_kept_are_named(said: dict[str, dict[str, Any]], told: str) -> None:
    scenario = _costing(_two(), {"Express": 5, "Hotline": 4, "Basic": 3}, **said)
    with pytest.raises(EditError, match=told):
        choose(scenario, 7)


def _with_floors(*floors: float | None) -> Scenario:
    parts = zip(_two().segments, floors, strict=True)
    return _two().replace(segments=[part.model_copy(update={"floor": floor}) for part, floor in parts])


def test_floors_are_kept_and_those_that_cannot_be_are_named_with_what_is_missing() -> None:
    assert choose(_with_floors(None, 5), 5).best.members == (2,)
    with pytest.raises(EditError, match=r"'Students' gets 6, 1\.5 below its floor of 7\.5"):
        choose(_with_floors(None, 7.5), 3)
    with pytest.raises(
        EditError, match=r"all floors at once; in the nearest one '.*' gets .* below its floor"
    ):
        choose(_with_floors(7.0, 8.0), 6)


def test_of_sets_that_tie_the_cheapest_is_taken_and_then_the_smallest() -> None:
    same = Scenario.from_arrays([[5, 5]] * 3, propositions=["A", "B", "C"])
    assert choose(same).best.members == (0,)
    assert choose(_costing(same, {"A": 2, "B": 1, "C": 3})).best.members == (1,)


def test_one_proposition_and_none_with_a_value() -> None:
    one = Scenario.from_arrays([[5, 6]])
    assert choose(one).best.value == 5.5
    nothing = Scenario.from_arrays([[np.nan, np.nan]])
    assert choose(nothing).best.members == ()
    assert np.isnan(choose(nothing).best.value)


def test_the_core_counts_best_sets_and_is_whole_where_nothing_is_in_doubt() -> None:
    seen: list[tuple[int, int]] = []
    found = core(choose(_two(), 5), lambda done, total: seen.append((done, total)))
    assert (found.draws, seen[-1]) == (200, (200, 200))
    assert 0.5 < found.shares[0] <= 1
    sure = _two().with_settings(doubt=Doubt(weights_within=0, scores_within=0))
    assert core(choose(sure, 5)).shares.tolist() == [1, 0, 0]


def test_draws_in_which_no_set_reaches_a_floor_are_told_apart() -> None:
    found = core(choose(_with_floors(None, 9.0)))
    assert 0 < found.without < 200
    assert found.draws + found.without == 200
    assert found.shares[1] == 1
