"""A case with nothing scored is a case: what is missing is said, nothing is claimed."""

from __future__ import annotations

import json

import numpy as np
import pytest

import valuemix as vm
from valuemix.charts.table import Table
from valuemix.errors import InvalidScenario
from valuemix.exhibits.documents.documents import rank_text
from valuemix.exhibits.documents.robustness import robustness_document, robustness_text
from valuemix.exhibits.documents.tradeoffs import tradeoffs_text
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

NOTHING = np.full((3, 4, 4), np.nan)
CELL = NOTHING.copy()
CELL[0, 1, 2] = 7
COLUMN = NOTHING.copy()
COLUMN[:, :, 1] = [1, 4, 2, 8]
SPARSE = {
    "nothing": NOTHING,
    "one proposition": NOTHING[:, :1],
    "one segment": NOTHING[:1],
    "one cell": CELL,
    "one column": COLUMN,
}
OF_A_SCENARIO = (
    vm.exhibits.summary, vm.exhibits.ranking, vm.exhibits.leaders, vm.exhibits.values_table, vm.exhibits.stability,
    vm.exhibits.challenges, vm.exhibits.levers, vm.exhibits.acceptability, vm.exhibits.central_weights,
    vm.exhibits.pairwise, vm.exhibits.statement, vm.exhibits.focus, vm.exhibits.discipline_check, vm.exhibits.fit,
    vm.exhibits.evenness, vm.exhibits.dials, vm.exhibits.preference_share, vm.exhibits.scores,
)  # fmt: skip
CLAIMS = ("tie", "leads", "ahead", "same", "holds", "hold", "always", "level")


def case(scores: FloatArray) -> Scenario:
    return Scenario.from_arrays(scores, points=[25, 25, 25, 25], name="Our case")


@pytest.mark.parametrize("scores", SPARSE.values(), ids=SPARSE)
def test_a_sparse_case_keeps_what_it_is_in_a_file_and_in_tables(scores: FloatArray) -> None:
    scenario = case(scores)
    assert loads(dumps(scenario).encode(), "case.json") == scenario
    brought = from_frames(to_frames(scenario))
    assert brought.scenario == scenario
    assert all(notice.notice for notice in brought.notices)


def test_an_import_says_in_one_line_that_nothing_is_scored() -> None:
    [notice] = from_frames(to_frames(case(NOTHING))).notices
    assert str(notice) == "Scores: nothing is scored yet: every score is blank."


def test_an_import_names_the_rows_that_are_not_scored() -> None:
    scores = np.ones((1, 3, 4))
    scores[0, 1] = np.nan
    [notice] = from_frames(to_frames(case(scores))).notices
    assert notice.message == "Proposition 2 is not scored in Segment 1 yet, so it has no value there"


def test_scores_that_are_left_out_altogether_are_still_told() -> None:
    document = json.loads(dumps(case(NOTHING)))
    document["scores"] = {}
    with pytest.raises(InvalidScenario, match="nothing to rank"):
        loads(json.dumps(document).encode(), "case.json")


@pytest.mark.parametrize("scores", SPARSE.values(), ids=SPARSE)
@pytest.mark.one_in(3)
def test_every_exhibit_of_a_sparse_case_can_be_drawn_and_claims_nothing_of_no_score(
    scores: FloatArray,
) -> None:
    for make in OF_A_SCENARIO:
        made = make(case(scores))
        assert made.figure is not None
        if np.isnan(scores).all():
            assert not any(word in made.finding.split() for word in CLAIMS), made.finding


def test_the_only_proposition_with_a_score_is_compared_with_nothing() -> None:
    found = [
        vm.exhibits.stability, vm.exhibits.pairwise, vm.exhibits.leaders, vm.exhibits.dials, vm.exhibits.statement,
    ]  # fmt: skip
    assert {make(case(CELL)).finding.partition(",")[0] for make in found} == {
        "Proposition 2 is the only proposition that is scored"
    }


def test_what_is_not_scored_has_no_rank() -> None:
    document = robustness_document(vm.robustness(case(CELL), draws=100))
    ranks = [each["rank_acceptability"] for each in document["propositions"]]
    assert ranks == [None, [1.0, 0.0, 0.0, 0.0], None, None]
    assert robustness_text(vm.robustness(case(NOTHING), draws=100)) == "Nothing is scored yet."


def test_what_is_not_scored_has_no_verdict() -> None:
    shown = vm.exhibits.discipline_check(case(CELL)).table
    assert shown.groupby("proposition")["verdict"].first().tolist() == [
        "not scored",
        "leads",
        "not scored",
        "not scored",
    ]


def test_notes_and_texts_claim_nothing_of_what_is_not_scored() -> None:
    shown = [vm.exhibits.acceptability, vm.exhibits.pairwise, vm.exhibits.central_weights]
    notes = " ".join(note for make in shown for note in make(case(NOTHING)).notes)
    assert "level" not in notes
    assert "never first" not in notes
    assert vm.exhibits.stability(case(NOTHING)).chart == Table(())
    assert {*tradeoffs_text(case(NOTHING)).split("\n\n")} == {
        "Nothing is scored yet", *(f"Nothing is scored in Segment {i} yet" for i in (1, 2, 3))
    }  # fmt: skip
    assert rank_text(vm.evaluate(case(NOTHING))).endswith("Nothing is scored yet")
