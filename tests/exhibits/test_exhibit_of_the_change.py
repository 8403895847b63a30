"""Change against a scenario as it was."""

import pytest

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import UnknownName
from valuemix.exhibits import change
from valuemix.model.scenario import Scenario


def case(scores, propositions="ABC", **more):
    return evaluate(
        Scenario.from_arrays(scores, propositions=[*propositions][: len(scores)], name="Saved", **more)
    )


def test_a_reversal_is_said_with_what_both_did(result, closer):
    assert change(result, closer, "Enterprise").finding == (
        "No leader can be told in Enterprise: Co-design lab is now ahead, too close to call with Named engineer and "
        "Predictive uptime: it gains 0.36 while Predictive uptime perhaps loses 0.02"
    )


def test_a_change_of_the_leader_is_as_sure_as_its_lead(result, closer):
    known = {"weights_within": 0, "scores_within": 0}
    before, after = (side.scenario.with_settings(doubt=known) for side in (result, closer))
    assert change(before, after, "Enterprise").finding == (
        "Co-design lab overtakes Predictive uptime in Enterprise: "
        "it gains 0.36 while Predictive uptime loses 0.02"
    )
    likely = Scenario.from_arrays([[8, 4], [5, 6]], propositions=["A", "B"], points=[30, 70])
    finding = change(likely, likely.with_weights(discipline_1=50)).finding
    assert finding.startswith("A probably overtakes B overall: it gains 0.80")


def test_nothing_changed_is_said_plainly(result):
    assert change(result, result).finding == "No value overall has changed against Base case as it was"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (
            case([[6, 6], [5, 5]]),
            case([[7, 7], [5, 5]]),
            "A still leads overall; the largest change is A with +1.00",
        ),
        (
            case([[6, 6], [5, 5]]),
            case([[5, 5], [5, 5]]),
            "A and B now tie overall; before, A was first",
        ),
        (
            case([[5, 5], [5, 5]]),
            case([[6, 6], [5, 5]]),
            "A now leads overall; before, A and B shared the lead",
        ),
        (
            case([[5, 5], [5, 5]]),
            case([[4, 4], [4, 4]]),
            "A and B still tie overall; the largest change is 1.00, for A and B",
        ),
        (case([[6, 6], [5, 5]]), case([[5, 5]], "B"), "B now leads overall: A, first before, is gone"),
        (
            case([[6, 6], [5, 5]]),
            case([[6, 6], [7, 7]], "AC"),
            "C now leads overall: it is new and A was first before",
        ),
        (case([[6, 6], [5, 5]]), case([[6, 6]]), "A still leads overall; B is gone"),
        (
            case([[6, 6], [5, 5]]),
            case([[6.001, 6], [5, 5]]),
            "A still leads overall; no value has changed by 0.01 or more",
        ),
        (
            case([[6, 6], [5, 5]]),
            case([[3, 3], [2, 2]], scale=(1, 5)),
            "Values cannot be compared with Saved as it was: it has another scale",
        ),
    ],
)
def test_every_kind_of_change_has_a_true_sentence(before, after, expected):
    assert change(before, after).finding == expected


def test_a_segment_of_one_side_only_is_said_and_one_of_neither_is_refused(result, scenario):
    fewer = evaluate(
        scenario.replace(
            segments=scenario.segments[:4],
            scores={name: scenario.scores[name] for name in scenario.segment_names[:4]},
        )
    )
    shown = change(fewer, result, "Distributors")
    assert shown.finding == "Distributors is not in Base case as it was, so there is nothing to compare"
    assert shown.figure.data
    assert "is in Base case as it was only" in change(result, fewer, "Distributors").finding
    with pytest.raises(UnknownName):
        change(result, fewer, "Nobody")


def test_dumbbells_go_from_the_saved_value_to_the_present_one(result, closer):
    shown = change(result, closer, "Enterprise")
    rows = shown.table
    assert [row.start for row in shown.chart.rows] == rows["value_before"].to_list()
    assert [row.end for row in shown.chart.rows] == rows["value"].to_list()
    assert (shown.chart.rows[0].remark, shown.chart.rows[0].difference) == ("2 → 1", "+0.36")


def test_gain_and_loss_are_for_changes_alone_and_never_without_a_sign(result, closer):
    for row in change(result, closer, "Enterprise").chart.rows:
        assert row.difference[:1] == {"gain": "+", "loss": "−"}.get(row.role, row.difference[:1])
        assert row.moved == (row.role != "muted") == (row.difference[:1] in "+−")


def test_what_only_one_side_has_is_drawn_and_noted():
    before, after = case([[6, 6], [5, 5]], "AB"), case([[6, 6], [7, 7]], "AC")
    shown = change(before, after)
    assert shown.table["proposition"].to_list() == ["C", "A", "B"]
    assert shown.notes[-1] == "C is new and B is gone"
    assert [(row.remark, row.difference) for row in shown.chart.rows] == [
        ("new", ""), ("1 → 2", "0.00"), ("gone", ""),
    ]  # fmt: skip
