"""A scenario as tables and back, and edits of one table carried through the others."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from nightly import tries
from respondent_tables import heard

from valuemix.analysis.evidence.answers import choices
from valuemix.analysis.evidence.importance import heard_importance
from valuemix.analysis.evidence.leads import heard_lead
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import InvalidFile, NothingToShow
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.sheets.assembly import Imported
from valuemix.files.tables.sheets.cells import column_key
from valuemix.model.names import name_key
from valuemix.model.parts import Discipline, Proposition, Segment
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import TABLES

SCENARIOS = st.from_type(Scenario)
DRAWN = settings(max_examples=tries(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def base() -> Scenario:
    """Two segments, two propositions, whole scores, one of them missing, with a range."""
    scores = np.array([[[8, 6, 4, 2], [3, 5, np.nan, 9]], [[2, 2, 8, 7], [5, 5, 5, 5]]])
    scenario = Scenario.from_arrays(
        scores,
        points=[[40, 30, 20, 10], [10, 20, 30, 40]],
        sizes=[3, 1],
        segments=["Families", "Staff"],
        propositions=["Express", "Green line"],
        name="Base",
    )
    return scenario.with_table("low", scores - 1).with_table("high", np.minimum(scores + 1, 10))


def edited(sheet: str, scenario: Scenario | None = None, **edits: Any) -> Imported:
    return edit_table(scenario or base(), sheet, GridEdits(**edits))


def refused(sheet: str, scenario: Scenario | None = None, **edits: Any) -> list[str]:
    """Place and code of every problem."""
    with pytest.raises(InvalidFile) as error:
        edited(sheet, scenario, **edits)
    return [f"{problem.place}: {problem.code}" for problem in error.value.problems]


# ---------------------------------------------------------------------- frames


@DRAWN
@given(SCENARIOS)
def test_a_scenario_comes_back_from_its_tables_as_it_was(scenario: Scenario) -> None:
    assume(len({column_key(i) for i in scenario.discipline_ids}) == len(scenario.disciplines))
    assert from_frames(to_frames(scenario)).scenario == scenario.replace(deck=())  # a deck is no table


def test_the_smallest_weight_of_burden_comes_back_as_it_was() -> None:
    segments = [segment.model_copy(update={"burden": 5e-324}) for segment in base().segments]
    scenario = base().replace(segments=segments)
    assert from_frames(to_frames(scenario)).scenario == scenario


@pytest.mark.parametrize(
    "labels",
    [
        {"a": "B", "b": "A"},
        {"a": "Size", "b": "Kind"},
        {"a": "Segment", "b": "Proposition"},
        {"a": "Discipline", "b": "Score"},
    ],
)
def test_disciplines_labelled_like_other_columns_come_back_as_they_were(labels: dict[str, str]) -> None:
    scores: dict[str, float | None] = {name: place for place, name in enumerate(labels)}
    scenario = Scenario(
        name="Labels",
        disciplines=[Discipline(id=i, name=label) for i, label in labels.items()],
        segments=[Segment(name="All", points={name: place + 1.0 for place, name in enumerate(labels)})],
        propositions=[Proposition(name="Express")],
        scores={"All": {"Express": scores}},
    )
    assert from_frames(to_frames(scenario)).scenario == scenario


def test_optional_tables_are_there_only_where_the_scenario_has_them() -> None:
    assert list(to_frames(base())) == [
        *("segments", "propositions", "scores", "low", "high", "disciplines", "settings")
    ]


def test_rows_are_numbered_as_in_a_spreadsheet_and_line_breaks_do_not_shift_them() -> None:
    scenario = base().replace(
        propositions=[
            Proposition(name="Express", description="one\ntwo\nthree"),
            Proposition(name="Green line"),
        ]
    )
    frames = to_frames(scenario)
    frames["propositions"].loc[3, "description"] = "x" * 3000
    with pytest.raises(InvalidFile) as error:
        from_frames(frames)
    assert str(error.value).startswith("Propositions, row 3, column description: text has 3,000 characters")


def test_of_two_rows_with_one_name_both_are_told() -> None:
    scenario = base()
    name = scenario.proposition_names[1]
    with pytest.raises(InvalidFile) as error:
        edit_table(scenario, "propositions", GridEdits(edited_rows={0: {"proposition": name}}))
    [problem] = error.value.problems
    assert str(problem).startswith(
        f"Propositions, row 3, column Proposition: proposition {name!r} stands twice; the first is on row 2."
    )


# ---------------------------------------------------------------------- edits


@DRAWN
@given(SCENARIOS, st.data())
def test_a_grid_without_edits_changes_nothing(scenario: Scenario, data: st.DataObject) -> None:
    assume(len({column_key(i) for i in scenario.discipline_ids}) == len(scenario.disciplines))
    result = edited(data.draw(st.sampled_from([*to_frames(scenario)])), scenario)
    assert (result.scenario, result.notices) == (scenario, ())


@DRAWN
@given(SCENARIOS, st.sampled_from(["segment", "proposition"]))
def test_a_renamed_row_keeps_every_number(scenario: Scenario, thing: str) -> None:
    assume(len({column_key(i) for i in scenario.discipline_ids}) == len(scenario.disciplines))
    old = getattr(scenario, f"{thing}_names")
    new = "A new name"
    assume(name_key(new) not in map(name_key, old))
    result = edited(thing + "s", scenario, edited_rows={0: {thing: new}}).scenario
    assert getattr(result, f"{thing}_names") == (new, *old[1:])
    for table in TABLES:
        np.testing.assert_array_equal(result.array(table), scenario.array(table))


@DRAWN
@given(SCENARIOS, st.sampled_from(["segment", "proposition"]))
def test_a_new_row_makes_a_valid_scenario_and_leaves_the_others_alone(scenario: Scenario, thing: str) -> None:
    assume(len({column_key(i) for i in scenario.discipline_ids}) == len(scenario.disciplines))
    old = getattr(scenario, f"{thing}_names")
    assume("a new name" not in map(name_key, old))
    row = {thing: "A new name", "size": 0, **dict.fromkeys(scenario.discipline_ids, 1)}
    result = edited(thing + "s", scenario, added_rows=[row]).scenario
    assert getattr(result, f"{thing}_names") == (*old, "A new name")
    kept = edited(thing + "s", result, deleted_rows=[len(old)]).scenario
    assert kept == scenario


def test_renaming_a_segment_renames_it_in_every_score_table() -> None:
    scenario = edited("segments", edited_rows={1: {"segment": " Our people "}}).scenario
    assert scenario.segment_names == ("Families", "Our people")
    assert list(scenario.scores) == list(scenario.low or {}) == ["Families", "Our people"]


def test_deleting_a_proposition_deletes_its_scores() -> None:
    scenario = edited("propositions", deleted_rows=[0]).scenario
    assert scenario.proposition_names == ("Green line",)
    assert scenario.array("scores")[:, 0, 0].tolist() == [3, 5]


def test_a_new_segment_starts_with_the_mean_of_the_others_by_size_and_says_so() -> None:
    row = {"segment": "Visitors", "size": 0, **dict.fromkeys(base().discipline_ids, 25)}
    result = edited("segments", added_rows=[row])
    # Sizes 3 and 1: (3 x 8 + 2) / 4 = 6.5; the score that one of the two lacks is that of the other.
    assert result.scenario.array("scores")[2].tolist() == [[6.5, 5, 5, 3.2], [3.5, 5, 5, 8]]
    assert result.scenario.array("low")[2, 0, 0] == 5.5
    assert [str(notice.place) for notice in result.notices] == [
        "Segments, new row 1",
        "Segments, new row 1, column Size",
    ]
    assert "mean of the other segments" in result.notices[0].message


def test_the_mean_is_of_the_segments_that_stay() -> None:
    row = {"segment": "Visitors", "size": 2, **dict.fromkeys(base().discipline_ids, 25)}
    scenario = edited("segments", added_rows=[row], deleted_rows=[0]).scenario
    assert scenario.array("scores")[1].tolist() == scenario.array("scores")[0].tolist()


def test_a_new_proposition_is_not_scored_yet_and_says_so() -> None:
    result = edited("propositions", added_rows=[{"proposition": "Night shuttle"}])
    assert np.isnan(result.scenario.array("scores")[:, 2]).all()
    assert result.notices[0].message == "'Night shuttle' is not scored yet"
    assert len(result.notices) == 1


def test_a_new_discipline_changes_no_value_until_it_has_points() -> None:
    result = edited("disciplines", added_rows=[{"name": "24/7 service"}])
    scenario = result.scenario
    assert scenario.discipline_ids[-1] == "own_24_7_service"
    assert np.isnan(scenario.array("scores")[..., -1]).all()
    np.testing.assert_array_equal(evaluate(scenario).values, evaluate(base()).values)
    assert "no value has changed" in result.notices[0].message


def test_a_discipline_is_renamed_and_deleted_everywhere() -> None:
    scenario = edited("disciplines", edited_rows={0: {"id": "novelty"}}, deleted_rows=[2]).scenario
    assert scenario.discipline_ids == ("novelty", "operational_excellence", "customer_intimacy")
    assert dict(scenario.segments[0].points) == {
        "novelty": 40, "operational_excellence": 30, "customer_intimacy": 10
    }  # fmt: skip
    assert scenario.array("scores")[0, 0].tolist() == [8, 6, 2]


def test_a_cleared_score_is_missing_and_told_once() -> None:
    result = edited("scores", edited_rows={0: {"innovation": None}})
    assert math.isnan(result.scenario.array("scores")[0, 0, 0])
    assert [str(notice.place) for notice in result.notices] == ["Scores, row 2, column Innovation"]


def test_settings_are_edited_as_text() -> None:
    scenario = edited("settings", edited_rows={0: {"value": "Winter"}, 5: {"value": "min"}}).scenario
    assert (scenario.name, scenario.settings.compensation) == ("Winter", "min")


# ---------------------------------------------------------------------- refusals


def test_every_problem_comes_with_the_row_and_column_that_the_grid_shows() -> None:
    assert refused("segments", edited_rows={0: {"size": -5}, 1: {"operational_excellence": "x"}}) == [
        "Segments, row 2, column Size: RANGE",
        "Segments, row 3, column Operational excellence: NUMBER",
    ]


def test_a_row_below_a_deleted_one_keeps_its_number() -> None:
    assert refused("segments", deleted_rows=[0], edited_rows={1: {"size": -5}}) == [
        "Segments, row 3, column Size: RANGE"
    ]


def test_problems_of_a_new_row_name_it() -> None:
    found = refused("propositions", added_rows=[{"proposition": "One"}, {"proposition": "EXPRESS"}])
    assert found == ["Propositions, new row 2, column Proposition: NAME_CLASH"]


def test_a_doubled_name_is_told_at_the_name_and_not_at_the_scores_that_follow() -> None:
    assert refused("segments", edited_rows={1: {"segment": "Families"}}) == [
        "Segments, row 3, column Segment: DUPLICATE"
    ]


@pytest.mark.parametrize("new_id", ["social_purpose", "size", "My Id"])
def test_an_id_that_cannot_be_is_told_on_the_table_of_the_disciplines(new_id: str) -> None:
    [found] = refused("disciplines", edited_rows={0: {"id": new_id}})
    assert found.startswith("Disciplines, row ")


def test_a_scale_that_scores_do_not_fit_is_told_at_the_scores() -> None:
    found = refused("settings", edited_rows={4: {"value": "8"}})
    assert "Scores, row 4, column Customer intimacy: RANGE" in found


@pytest.mark.parametrize("sheet", ["segments", "propositions", "disciplines"])
def test_the_last_row_cannot_be_deleted(sheet: str) -> None:
    everything = list(range(len(to_frames(base())[sheet])))
    assert refused(sheet, deleted_rows=everything) == [f"{sheet.capitalize()}: EMPTY"]


@pytest.mark.parametrize("value", [True, [1, 2], "nan", "1_000", "٣", "=1+1", 1e300])
def test_what_no_person_types_is_refused_and_never_read_as_a_score(value: object) -> None:
    assert refused("scores", edited_rows={0: {"innovation": value}})[0].startswith("Scores, row 2")


@pytest.mark.parametrize(("sheet", "column"), [("segments", "segment"), ("propositions", "proposition"),
                                               ("disciplines", "id")])  # fmt: skip
def test_what_is_renamed_keeps_what_respondents_said(sheet: str, column: str) -> None:
    scenario = heard()
    edited = edit_table(scenario, sheet, GridEdits(edited_rows={0: {column: "another"}})).scenario
    before, after = (heard_lead(each, each.segment_names[0]) for each in (scenario, edited))
    assert after.leads[0].error == pytest.approx(before.leads[0].error)
    assert choices(edited).shares.tolist() == choices(scenario).shares.tolist()
    assert heard_importance(edited).shares.tolist() == heard_importance(scenario).shares.tolist()


def test_a_segment_that_is_gone_takes_along_what_it_said() -> None:
    edited = edit_table(heard(), "segments", GridEdits(deleted_rows=[0])).scenario
    assert edited.evidence is not None
    assert edited.evidence.by_segment.keys() == {*edited.segment_names}


def test_what_was_counted_with_other_propositions_is_not_told() -> None:
    edited = edit_table(heard(), "propositions", GridEdits(added_rows=[{"proposition": "New"}])).scenario
    with pytest.raises(NothingToShow, match="read the answers again"):
        choices(edited)
