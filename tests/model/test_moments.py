"""Moments: what a value over them is, the laws that it keeps, what is refused, and how mixes move."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pytest
from attribute_samples import two_levels
from hypothesis import given, settings
from hypothesis import strategies as st
from moment_samples import in_hours_and_euros, two_segments_at_faults
from nightly import tries

from valuemix.analysis.tradeoffs.tradeoffs import case_of
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import InvalidScenario
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.means import power_mean
from valuemix.model.content import Content
from valuemix.model.moments.edits import with_mixes_in
from valuemix.model.moments.parts import Moment, MomentPoints, MomentScore, MomentShare
from valuemix.model.scenario import Scenario

EXPONENTS = st.sampled_from([1.0, 1.0, 0.5, 0.0, -1.0, 2.0, "min", "max"])


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Scenarios with moments: some with points and scores of their own, some scores missing."""
    rng = np.random.default_rng(draw(st.integers(0, 2**20)))
    g, j, p, d = (draw(st.integers(1, most)) for most in (2, 3, 3, 3))
    d += 1
    scores = np.where(rng.random((g, p, d)) < 0.1, np.nan, rng.integers(0, 11, (g, p, d)))
    base = Scenario.from_arrays(scores, points=rng.integers(1, 60, (g, d)), sizes=rng.integers(1, 9, g))
    names, ids = [f"Moment {k}" for k in range(j)], base.discipline_ids
    two = ids[:2]
    own = [(s, m) for s in base.segment_names for m in names if rng.random() < 0.5]
    cells = [(s, m, q) for s in base.segment_names for m in names for q in base.proposition_names]
    return base.replace(
        moments=[Moment(name=m, share=float(rng.integers(1, 9)), counts=float(rng.integers(1, 4))) for m in names],
        moment_shares=[MomentShare(segment=s, moment=m, share=float(rng.integers(1, 9))) for s, m in own[:1]],
        moment_points=[
            MomentPoints(segment=s, moment=m, points=dict(zip(ids, map(float, rng.integers(1, 60, d)), strict=True)))
            for s, m in own
        ],
        moment_scores=[
            MomentScore(segment=s, moment=m, proposition=q, scores={i: float(rng.integers(0, 11)) for i in two})
            for s, m, q in cells
            if rng.random() < 0.4
        ],
        settings={"compensation": draw(EXPONENTS), "compensation_over_moments": draw(EXPONENTS)},
    )  # fmt: skip


def _close(one: Scenario, other: Scenario) -> bool:
    first, second = evaluate(one), evaluate(other)
    pairs = (first.values, second.values), (first.overall, second.overall)
    return all(np.allclose(a, b, rtol=0, atol=1e-11, equal_nan=True) for a, b in pairs)


@settings(max_examples=tries(100, 20), deadline=None)
@given(scenarios())
def test_a_value_is_the_mean_over_moments_of_the_values_in_them(scenario: Scenario) -> None:
    """Worked out cell by cell from the sheets."""
    chosen = scenario.settings
    for g, segment in enumerate(scenario.segment_names):
        own = {row.moment: row.share for row in scenario.moment_shares if row.segment == segment}
        weights = [own.get(m.name, m.share or 0) * (m.counts or 0) for m in scenario.moments]
        mixes = {row.moment: row.points for row in scenario.moment_points if row.segment == segment}
        rows = {(r.moment, r.proposition): r.scores for r in scenario.moment_scores if r.segment == segment}
        for p, name in enumerate(scenario.proposition_names):
            in_moments = []
            for moment in scenario.moment_names:
                said = rows.get((moment, name), {})
                given_scores = dict(zip(scenario.discipline_ids, scenario.given("scores")[g, p], strict=True))
                scores = [given_scores[d] if said.get(d) is None else said[d] for d in given_scores]
                points = [*mixes.get(moment, scenario.segments[g].points).values()]
                in_moments.append(power_mean(np.array(scores, float) / 10, points, chosen.rho))
            value = 10 * power_mean(in_moments, weights, chosen.over_moments)
            assert np.allclose(evaluate(scenario).values[g, p], value, atol=1e-11, equal_nan=True)


@settings(max_examples=tries(100, 20), deadline=None)
@given(scenarios())
def test_means_stand_for_the_moments(scenario: Scenario) -> None:
    alone = scenario.without_moments()
    assert not alone.moments
    assert _close(scenario, alone)
    assert (evaluate(alone).partial <= evaluate(scenario).partial).all()
    parts = evaluate(scenario).contributions
    if parts is not None:
        known = ~np.isnan(evaluate(scenario).values)
        assert np.allclose(parts.sum(axis=-1)[known], evaluate(scenario).values[known], atol=1e-9)


@settings(max_examples=tries(100, 20), deadline=None)
@given(scenarios(), st.randoms())
def test_order_and_splits_of_moments_change_nothing(scenario: Scenario, order: Any) -> None:
    moments = [*scenario.moments]
    order.shuffle(moments)
    assert _close(scenario, scenario.replace(moments=moments))
    first = scenario.moments[0]
    again = first.name + " again"

    def halved(rows: tuple[Any, ...], key: str) -> list[Any]:
        half = [
            row.model_copy(update={"share": row.share / 2}) if getattr(row, key) == first.name else row
            for row in rows
        ]
        return [
            *half,
            *(row.model_copy(update={key: again}) for row in half if getattr(row, key) == first.name),
        ]

    split = scenario.replace(
        moments=halved(scenario.moments, "name"),
        moment_shares=halved(scenario.moment_shares, "moment"),
        **{
            field: [*rows, *(r.model_copy(update={"moment": again}) for r in rows if r.moment == first.name)]
            for field, rows in (
                ("moment_points", scenario.moment_points),
                ("moment_scores", scenario.moment_scores),
            )
        },
    )
    assert _close(scenario, split)


@settings(max_examples=tries(100, 20), deadline=None)
@given(scenarios(), st.integers(0, 1000))
def test_a_higher_score_lowers_no_value(scenario: Scenario, which: int) -> None:
    rows = [*scenario.moment_scores]
    if rows:
        row = rows[which % len(rows)]
        higher = {d: None if s is None else min(s + 1, 10) for d, s in row.scores.items()}
        rows[which % len(rows)] = row.model_copy(update={"scores": higher})
        before, after = evaluate(scenario).values, evaluate(scenario.replace(moment_scores=rows)).values
        assert (np.isnan(before) | (after >= before - 1e-12)).all()


@settings(max_examples=tries(100, 20), deadline=None)
@given(scenarios())
def test_moments_alike_are_as_if_there_were_none(scenario: Scenario) -> None:
    plain = scenario.replace(moments=(), moment_shares=(), moment_points=(), moment_scores=())
    alike = plain.replace(moments=scenario.moments, moment_shares=scenario.moment_shares)
    one, other = evaluate(plain), evaluate(alike)
    assert np.array_equal(one.values, other.values, equal_nan=True)
    assert np.array_equal(one.overall, other.overall, equal_nan=True)
    assert np.array_equal(plain.weights, alike.weights)
    assert np.array_equal(plain.array("scores"), alike.array("scores"), equal_nan=True)
    assert np.array_equal(one.partial, other.partial)


@settings(max_examples=tries(100, 20), deadline=None)
@given(scenarios(), st.integers(0, 2**20))
def test_moments_move_with_their_mean(scenario: Scenario, seed: int) -> None:
    target = np.random.default_rng(seed).dirichlet(np.ones(len(scenario.disciplines)), len(scenario.segments))
    moved = scenario.with_points(100 * target)
    assert np.allclose(moved.weights, target, atol=1e-9)
    assert [len(row.points) for row in moved.moment_points] == [
        len(row.points) for row in scenario.moment_points
    ]
    assert all(min(row.points.values()) >= -1e-9 for row in moved.moment_points)
    assert scenario.with_points(scenario.points) == scenario


def _of_attributes() -> Scenario:
    """Scores of attributes, with ranges, met in two moments."""
    base = two_levels()
    mix = dict(zip(base.discipline_ids, (80.0, 15.0, 5.0), strict=True))
    own = [MomentPoints(segment=base.segment_names[0], moment="Fault", points=mix)]
    return base.replace(moments=[Moment(name="Order"), Moment(name="Fault")], moment_points=own)


def _worked_out(scenario: Scenario) -> dict[str, Any]:
    """Everything that a scenario works out of its sheets, by name."""
    parts = {"": scenario, "burdens ": scenario.burden_means, "attributes ": scenario.attribute_scoring}
    parts |= {"moments ": scenario.moment_means} if scenario.moments else {}
    lists = {"attribute_scoring", "burden_means", "moment_means", "content_hash"}
    return {
        of + name: getattr(part, name)
        for of, part in parts.items()
        for name, about in {**vars(Content), **vars(type(part))}.items()
        if isinstance(about, cached_property) and hasattr(type(part), name) and name not in lists
    }


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    if isinstance(one, tuple) and len(one) == len(other):
        return all(_same(*pair) for pair in zip(one, other, strict=True))
    return bool(one == other)


@settings(max_examples=tries(200, 12), deadline=None)
@given(
    st.one_of(scenarios(), st.just(in_hours_and_euros()), st.just(_of_attributes())),
    st.lists(st.sampled_from(["points", "sizes", "mixes", "own", "scores"]), min_size=1, max_size=4),
    st.integers(0, 2**20),
)
def test_a_chain_of_edits_is_the_scenario_of_its_file_to_the_last_bit(
    scenario: Scenario, edits: list[str], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    for edit in edits:
        _worked_out(scenario)  # all of it is there to be carried along
        segment, moment = scenario.segment_names[0], scenario.moment_names[-1]
        points = rng.integers(1, 90, scenario.points.shape).astype(float)
        scenario = {
            "points": lambda at, points=points: at.with_points(points),
            "sizes": lambda at, name=segment: at.with_sizes({name: float(rng.integers(1, 9))}),
            "mixes": lambda at, mix=points[0], of=(moment, segment): with_mixes_in(at, of[0], {of[1]: mix}),
            "own": lambda at, of=(moment, segment): with_mixes_in(at, of[0], {of[1]: None}),
            "scores": lambda at: at.with_scores(at.proposition_names[0], **{at.discipline_ids[-1]: 3.0}),
        }[edit](scenario)
    fresh = loads(dumps(scenario))
    found, wanted = _worked_out(scenario), _worked_out(fresh)
    assert [name for name in wanted if not _same(found[name], wanted[name])] == []
    assert (scenario, hash(scenario), scenario.content_hash) == (fresh, hash(fresh), fresh.content_hash)


@pytest.mark.parametrize("points", [[[-1, 2], [1, 1]], [[0, 0], [1, 1]], [[1e13, 1], [1, 1]]])
def test_points_that_cannot_be_are_refused_after_a_move_as_in_a_file(points: Any) -> None:
    bare = in_hours_and_euros().replace(moment_points=())
    with pytest.raises(InvalidScenario) as moved:
        bare.with_points(points)
    segments = [
        segment.model_copy(update={"points": dict(zip(bare.discipline_ids, map(float, row), strict=True))})
        for segment, row in zip(bare.segments, points, strict=True)
    ]
    with pytest.raises(InvalidScenario) as whole:
        bare.replace(segments=segments)
    assert str(moved.value) == str(whole.value)


def test_a_rise_takes_every_moment_the_same_share_of_its_way() -> None:
    scenario = two_segments_at_faults()
    before, after = scenario.moment_means, scenario.with_weights("Enterprise", speed=80).moment_means
    share = (0.8 - before.weights[0, 0]) / (1 - before.weights[0, 0])
    expected = before.mixes[0, :, 0] + share * (1 - before.mixes[0, :, 0])
    assert np.allclose(after.mixes[0, :, 0], expected)
    assert np.array_equal(after.mixes[1], before.mixes[1])


def test_one_moment_by_itself_is_a_scenario() -> None:
    scenario = two_segments_at_faults()
    fault = scenario.at_moment("fault")
    assert np.allclose(evaluate(fault).values, 10 * scenario.moment_means.moment_values[:, 2])
    assert fault.size_shares.round(3).tolist() == [0.36, 0.64]
    assert evaluate(fault).standing().leaders == (1,)
    assert evaluate(scenario.at_moment("Use")).standing().leaders == (0,)
    assert case_of(scenario).values() == pytest.approx(evaluate(scenario).overall / 10)


def test_a_range_stands_as_far_from_a_mean_score_as_from_the_segment_s() -> None:
    scenario = two_segments_at_faults()
    low = scenario.given("scores") - 1
    ranged = scenario.with_table("low", low)
    assert np.allclose(ranged.array("low"), ranged.array("scores") - 1)
    assert np.array_equal(ranged.given("low"), low)


def test_a_scenario_file_holds_what_was_given() -> None:
    scenario = two_segments_at_faults()
    assert scenario.array("scores")[0, 0, 0] < scenario.given("scores")[0, 0, 0] == 8
    again = loads(dumps(scenario))
    assert again == scenario
    assert np.array_equal(again.given("scores"), scenario.given("scores"))
    assert again.content_hash == scenario.content_hash != scenario.without_moments().content_hash


@pytest.mark.parametrize(
    ("changes", "place", "told"),
    [
        ({"moments": [Moment(name="A", share=1), Moment(name="B")]}, ("moments", 1, "share"), "no share of contacts"),
        ({"moments": [Moment(name="A", stage="later")]}, ("moments", 0, "stage"), "before, during or after"),
        ({"moments": [Moment(name="A"), Moment(name="a")]}, ("moments", 1, "name"), "capitals"),
        ({"moments": [Moment(name="A", share=0)]}, ("moments", 0, "share"), "add up to 0"),
        ({"moments": [Moment(name="A", share=-1)]}, ("moments", 0, "share"), "0 or more"),
        ({"moment_shares": [MomentShare(segment="Enterprise", moment="B", share=1)]},
         ("moment_shares", 0, "moment"), "B"),
        ({"moments": [Moment(name="A"), Moment(name="B")],
          "moment_shares": [MomentShare(segment="Enterprise", moment="B", share=1)]},
         ("moment_shares", 0, "share"), "none for 'A'"),
        ({"moment_points": [MomentPoints(segment="Enterprise", moment="A", points={"speed": 0, "care": 0})]},
         ("moment_points", 0, "points"), "add up to 0"),
        ({"moment_scores": [MomentScore(proposition="48-hour parts", moment="A", scores={"speed": 11})]},
         ("moment_scores", 0, "scores", "speed"), "from 0 to 10"),
        ({"moment_scores": 2 * [MomentScore(proposition="48-hour parts", moment="A", scores={"speed": 1})]},
         ("moment_scores", 1, "moment"), "stands twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_place(changes: Any, place: Any, told: str) -> None:
    bare = two_segments_at_faults().replace(moment_shares=(), moment_points=(), moment_scores=())
    with pytest.raises(InvalidScenario) as caught:
        bare.replace(**{"moments": [Moment(name="A")], **changes})
    found = {problem.place.path: problem.message for problem in caught.value.problems}
    assert told in found[place]
