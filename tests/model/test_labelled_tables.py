"""Tables with labels: put in order by name, in any layout, and refused where a name does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.errors import EditError, InvalidScenario, UnknownName, ValuemixError
from valuemix.model.scenario import Scenario

ANY_SCENARIO = st.from_type(Scenario)
DRAWN = settings(max_examples=tries(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def base() -> Scenario:
    return Scenario.from_arrays(
        [[[8, 9, 6, 9], [7, 7, np.nan, 7]], [[1, 2, 3, 4], [5, 6, 7, 8]]],
        points=[[40, 30, 20, 10], [0, 0, 50, 50]],
        sizes=[300, 100],
        segments=["Enterprise", "Families"],
        propositions=["Green line", "Express"],
    )


def tidy(scenario: Scenario) -> pd.DataFrame:
    frame: Any = scenario.to_frames()["scores"]
    return frame.melt(ignore_index=False, var_name="discipline", value_name="score").reset_index()


@DRAWN
@given(ANY_SCENARIO)
def test_a_scenario_comes_back_from_its_frames(scenario: Scenario) -> None:
    assert Scenario.from_frames(**scenario.to_frames(), like=scenario) == scenario


def test_a_plain_scenario_comes_back_from_its_frames_alone(base: Scenario) -> None:
    assert Scenario.from_frames(**base.to_frames()) == base


def test_the_order_of_rows_and_columns_does_not_matter(base: Scenario) -> None:
    frames = base.to_frames()
    turned = {name: frame.iloc[::-1] for name, frame in frames.items()}
    turned["scores"] = turned["scores"][turned["scores"].columns[::-1]]  # type: ignore[union-attr,index]
    turned["weights"] = turned["weights"][turned["weights"].columns[::-1]]  # type: ignore[union-attr,index]
    made = Scenario.from_frames(**turned)  # type: ignore[arg-type]
    for segment in base.segment_names:
        g, h = base.segment_index(segment), made.segment_index(segment)
        assert made.sizes[h] == base.sizes[g]
        for name in base.discipline_ids:
            assert made.segments[h].points[name] == base.segments[g].points[name]
        for proposition in base.proposition_names:
            assert made.scores[segment][proposition] == base.scores[segment][proposition]


def test_a_tidy_table_says_the_same_as_a_wide_one(base: Scenario) -> None:
    frames = base.to_frames()
    shuffled = tidy(base).sample(frac=1, random_state=3).sort_values(["segment", "proposition"])
    made = Scenario.from_frames(shuffled, frames["weights"], frames["sizes"], like=base)
    assert made.replace(propositions=base.propositions, disciplines=base.disciplines) == base


def test_names_may_stand_in_columns_in_the_index_or_in_both(base: Scenario) -> None:
    frames: dict[str, Any] = base.to_frames()
    wide, weights = frames["scores"], frames["weights"]
    for scores in (wide, wide.reset_index(), wide.reset_index("segment"), wide.rename_axis([None, None])):
        made = Scenario.from_frames(scores, weights.reset_index(), frames["sizes"])
        assert made == base


def test_labels_of_disciplines_count_like_their_ids(base: Scenario) -> None:
    frames: dict[str, Any] = base.to_frames()
    spelled = {d.id: d.name.upper() for d in base.disciplines}
    frames["weights"] = frames["weights"].rename(columns=spelled)
    assert Scenario.from_frames(**frames) == base


def test_scores_without_segments_hold_for_every_segment() -> None:
    scores = pd.DataFrame({"care": [8, 2], "speed": [4, np.nan]}, index=["Express", "Green line"])
    weights = pd.DataFrame({"speed": [20, 70], "care": [80, 30]}, index=["Families", "Business"])
    made = Scenario.from_frames(scores, weights)
    assert made.segment_names == ("Families", "Business")
    assert made.scores["Families"] == made.scores["Business"]
    assert made.scores["Families"]["Green line"] == {"care": 2.0, "speed": None}
    assert made.segments[0].points == {"care": 80.0, "speed": 20.0}


def test_weights_by_discipline_hold_for_every_segment(base: Scenario) -> None:
    weights = pd.Series(
        {"customer_intimacy": 40, "innovation": 10, "social_purpose": 20, "operational_excellence": 30}
    )
    for made in (
        Scenario.from_frames(base.to_frames()["scores"], weights),  # type: ignore[arg-type]
        base.with_points(weights),
        Scenario.from_arrays(base.array("scores"), points=weights),
    ):
        assert made.points.tolist() == [[10, 30, 20, 40]] * 2


def test_from_arrays_and_edits_put_labelled_numbers_in_order(base: Scenario) -> None:
    points = pd.DataFrame(
        [[1, 2, 3, 4], [5, 6, 7, 8]], index=["Families", "Enterprise"], columns=base.discipline_ids
    )
    sizes = pd.Series({"Families": 1, "Enterprise": 9})
    made = Scenario.from_arrays(base.array("scores"), points=points, sizes=sizes, segments=base.segment_names)
    assert made.points.tolist() == [[5, 6, 7, 8], [1, 2, 3, 4]]
    assert made.sizes.tolist() == [9, 1]
    assert base.with_points(points).points.tolist() == made.points.tolist()
    assert base.with_sizes(sizes).sizes.tolist() == [9, 1]
    assert base.with_weights("Families", pd.Series({"innovation": 100})).weights[1].tolist() == [1, 0, 0, 0]
    scores: Any = base.to_frames()["scores"]
    assert base.with_table("promised", scores.iloc[::-1]).promised == base.scores
    assert base.with_scores("Express", "Families", pd.Series({"innovation": 1})).array("scores")[1, 1, 0] == 1
    assert (
        Scenario.from_arrays(scores, points=base.to_frames()["weights"], sizes=base.to_frames()["sizes"])
        == base
    )


def test_what_only_counts_from_0_is_no_label(base: Scenario) -> None:
    assert base.with_points(pd.DataFrame(base.points[::-1])).points.tolist() == base.points[::-1].tolist()
    assert Scenario.from_arrays(pd.DataFrame([[1, 2], [3, 4]])).proposition_names == (
        "Proposition 1",
        "Proposition 2",
    )


def test_optional_tables_and_later_points_are_frames_too(base: Scenario) -> None:
    frames: dict[str, Any] = base.to_frames()
    burdens = pd.DataFrame({"worry": [1, 2], "time": [3, 4]}, index=["Express", "Green line"])
    later = frames["weights"].iloc[::-1]
    made = Scenario.from_frames(**frames, promised=frames["scores"].iloc[::-1], burdens=burdens, later=later,
                                scale=(0, 20), name="In full")  # fmt: skip
    assert made.promised == made.scores
    assert made.array("burdens")[1, 1, :2].tolist() == [3, 1]
    assert made.later_weights.tolist() == base.weights.tolist()
    assert (made.name, made.scale.highest) == ("In full", 20)
    again = Scenario.from_frames(**made.to_frames(), like=made)
    assert again == made


def test_like_keeps_what_frames_do_not_say(base: Scenario) -> None:
    base = base.with_settings(fairness=2.0).replace(
        note="A note", segments=[base.segments[0].model_copy(update={"kind": "employee"}), base.segments[1]]
    )
    scores: Any = base.to_frames()["scores"]
    made = Scenario.from_frames(scores.replace(8.0, 3.0), like=base, name="Other")
    assert (made.note, made.settings, made.segments) == (base.note, base.settings, base.segments)
    assert made.name == "Other"
    assert made.array("scores")[0, 0, 0] == 3


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [
        (lambda s: s.with_points(pd.Series({"innovation": 1, "speed": 2})), UnknownName, "unknown discipline 'speed'"),
        (lambda s: s.with_points(pd.Series({"innovation": 1})), EditError,
         "points: discipline 'Operational excellence' is missing; add it"),
        (lambda s: s.with_points(pd.Series([1, 2, 3, 4, 5], [*s.discipline_ids, "Innovation"])), EditError,
         "points: discipline 'Innovation' stands twice"),
        (lambda s: Scenario.from_arrays(s.array("scores"), sizes=pd.Series({"X": 1, "Y": 2})), UnknownName,
         "unknown segment 'X'"),
        (lambda s: s.with_table("low", s.to_frames()["scores"].rename({"Express": "Expres"})), UnknownName,
         "unknown proposition 'Expres'. Did you mean 'Express'?"),
        (lambda s: s.with_table("low", pd.concat([s.to_frames()["scores"]] * 2)), EditError,
         "low: Enterprise, Green line, Innovation stands twice"),
        (lambda s: s.with_table("hight", s.array("scores")), UnknownName, "unknown table 'hight'"),
        (lambda s: Scenario.from_frames(tidy(s).assign(source="a")), EditError,
         "a tidy table has one column of numbers"),
        (lambda _: Scenario.from_frames([[1, 2]]), EditError, "Scenario.from_arrays takes arrays"),
    ],
)  # fmt: skip
def test_a_label_that_does_not_fit_is_told(
    base: Scenario, make: Any, error: type[Exception], told: str
) -> None:
    with pytest.raises(error) as refusal:
        make(base)
    assert told in str(refusal.value)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda _: Scenario.from_arrays(5), "got ()"),
        (lambda _: Scenario.from_arrays([1, 2, 3]), "got (3,)"),
        (
            lambda _: Scenario.from_arrays(np.ones((1, 1, 1, 2))),
            "(propositions, disciplines), got (1, 1, 1, 2)",
        ),
        (lambda _: Scenario.from_arrays([[1, 2], [3]]), "its rows differ in length"),
        (lambda _: Scenario.from_arrays([[1, "2"]]), "scores must be numbers, got '2'"),
        (lambda _: Scenario.from_arrays([[1, True]], points=[True, False]), "must be numbers, got True"),
        (lambda _: Scenario.from_arrays([[1, 2]], points=[1, 2, 3]), "points must have the shape (1, 2)"),
        (
            lambda _: Scenario.from_arrays([[1, 2]], sizes=[1, 2]),
            "sizes must have the shape (1,) (1 segments)",
        ),
        (lambda _: Scenario.from_arrays([[1, 2]], propositions=["A", "B"]), "2 names of propositions for 1"),
        (lambda _: Scenario.from_arrays([[1, 2]], segments=["A", "B"]), "2 names of segments for 1"),
        (lambda _: Scenario.from_arrays([[1, 2]], disciplines=["A"]), "1 names of disciplines for 2"),
        (lambda s: s.with_points([[1, 2, 3, 4]] * 3), "points must have the shape (2, 4)"),
        (lambda s: s.with_table("low", np.ones((2, 4, 2))), "low must have the shape (2, 2, 4)"),
        (lambda s: s.with_table("low", np.ones((2, 4))), "low must have the shape (2, 2, 4), got (2, 4)"),
    ],
)
def test_a_wrong_shape_is_told_in_our_words(base: Scenario, make: Any, told: str) -> None:
    with pytest.raises(ValuemixError) as refusal:
        make(base)
    assert told in str(refusal.value)


def test_a_copy_with_changes_is_checked_and_holds_no_stale_number(base: Scenario) -> None:
    assert base.weights[0].tolist() == [0.4, 0.3, 0.2, 0.1]
    turned = tuple(reversed(base.segments))
    copied = base.model_copy(update={"segments": turned})
    assert copied.weights[0].tolist() == [0.0, 0.0, 0.5, 0.5]
    assert copied.array("scores")[0, 0].tolist() == [1, 2, 3, 4]
    with pytest.raises(InvalidScenario, match="there is no proposition"):
        base.model_copy(update={"propositions": ()})
    with pytest.raises(InvalidScenario, match="unknown key 'weight'"):
        base.model_copy(update={"weight": 1})
    with pytest.raises(InvalidScenario, match="size must be a plain number"):
        base.replace(segments=[{**dict(base.segments[0]), "size": "3"}])
    with pytest.raises(ValueError, match="size"):
        base.segments[0].model_copy(update={"size": "3"})
    with pytest.raises(InvalidScenario, match="scores is missing"):
        Scenario.model_construct(name="Half")
    assert base.model_copy() == base
