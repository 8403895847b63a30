"""The ranking: its sentence, its table, and a figure that shows the same numbers."""

import numpy as np
import pytest

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import UnknownName
from valuemix.exhibits import ranking
from valuemix.exhibits.words.formats import number
from valuemix.model.scenario import Scenario


def bars(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def totals(figure):
    return next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "text")


def test_the_example_says_who_leads_by_how_much_and_why(result):
    shown = ranking(result, "Enterprise")
    assert shown.finding == (
        "No leader can be told in Enterprise: Predictive uptime is ahead by 0.3 over Co-design lab"
    )
    assert shown.subtitle == "Value (0 to 10) by discipline, Enterprise"
    assert shown.source == "Illustrative data; 3 workshops, n = 42; scenario Base case"
    assert "Predictive uptime 7.0 (innovation 2.9, " in shown.alt


def test_overall_is_the_view_without_a_segment(result):
    shown = ranking(result)
    assert shown.finding == (
        "No leader can be told overall: Predictive uptime is ahead by 0.3 over Named engineer; it is probably above "
        "each of the others"
    )
    assert shown.subtitle == "Value (0 to 10) by discipline, all five segments, by size"


def test_an_unknown_segment_is_refused_by_name(result):
    with pytest.raises(UnknownName, match="Did you mean 'Enterprise'"):
        ranking(result, "Enterprize")


def test_the_table_holds_values_and_contributions_in_full_precision(result):
    table = ranking(result, "Enterprise").table
    sums = table.groupby("proposition")["contribution"].sum()
    values = table.drop_duplicates("proposition").set_index("proposition")["value"]
    assert sums.to_dict() == pytest.approx(values.to_dict(), abs=1e-12)
    assert values["Predictive uptime"] == pytest.approx(6.976, abs=1e-12)
    assert table["weight_share"].head(4).to_list() == pytest.approx([0.34, 0.26, 0.14, 0.26])


def test_bars_are_sorted_and_hold_the_contributions_of_the_table(result):
    shown = ranking(result, "Enterprise")
    figure = shown.figure_in("light")
    drawn = np.array([trace.x for trace in bars(figure)])
    assert np.allclose(drawn.T.ravel(), shown.table["contribution"])
    assert (np.diff(drawn.sum(axis=0)) <= 0).all()
    assert figure.layout.yaxis.ticktext[0] == "<b>Predictive uptime</b>"


def test_every_bar_carries_its_value_and_every_part_its_contribution(result):
    figure = ranking(result, "Enterprise").figure
    assert list(totals(figure).text[:2]) == ["<b>7.0</b>", "6.7"]
    assert list(bars(figure)[1].text) == ["1.7", "0.8", "1.6", "1.1", "2.4", "2.1"]


def test_a_discipline_keeps_its_colour_whatever_its_weight(result, closer):
    first, second = ({*ranking(r, "Enterprise").figure.data[2].marker.color} for r in (result, closer))
    assert first == second == {"#009E73"}


def test_names_and_weights_stand_above_the_first_bar_of_a_deck(result):
    figure = ranking(result, "Enterprise").figure
    heads = [a for a in figure.layout.annotations if a.yanchor == "bottom" and "<br>weight" in a.text]
    assert [a.text for a in heads][1] == "<b>Operational excellence</b><br>weight 26\u00a0%"
    assert [a.font.color for a in heads] == ["#005A8E", "#A84A00", "#00704F", "#9C4377"]


def test_the_saved_values_are_marked_only_where_they_differ(result, closer):
    figure = ranking(closer, "Enterprise", result).figure_in("light")
    mark = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers")
    saved = result.values_in("Enterprise")
    names = [label.replace("<b>", "").replace("</b>", "") for label in figure.layout.yaxis.ticktext]
    drawn = {names[y]: x for x, y in zip(mark.x, mark.y, strict=True)}
    expected = dict(zip(result.scenario.proposition_names, saved, strict=True))
    assert drawn == {name: pytest.approx(expected[name]) for name in drawn}
    assert len(drawn) == 6
    assert '<span style="color:#007A5E;font-size:12px">+0.36</span>' in totals(figure).text[0]


def test_an_unchanged_baseline_leaves_no_mark(result):
    shown = ranking(result, "Enterprise", result)
    assert all(trace.mode != "markers" for trace in shown.figure.data if trace.type == "scatter")
    assert not any("upright" in note for note in shown.notes)


def test_a_baseline_on_another_scale_is_not_drawn_and_the_note_says_so(result):
    other = evaluate(Scenario.from_arrays([[1, 2]], scale=(0, 5)))
    shown = ranking(result, None, other)
    assert "baseline_value" not in shown.table
    assert any("another scale" in note for note in shown.notes)


def test_a_partial_leader_is_marked_and_its_missing_score_is_named(scenario):
    gap = evaluate(scenario.with_scores("Predictive uptime", "Enterprise", social_purpose=None))
    shown = ranking(gap, "Enterprise")
    assert shown.finding.endswith("over Co-design lab, but its value is partial: no score on social purpose")
    assert any(
        note.startswith("* partial value: Predictive uptime (no score on social purpose)")
        for note in shown.notes
    )
    assert totals(shown.figure).text[0] == "<b>7.4*</b>"


@pytest.mark.parametrize(
    ("setting", "segment", "word"),
    [({"compensation": 0.0}, "Enterprise", "compensation"), ({"fairness": 1.0}, None, "fairness")],
)
def test_a_value_that_is_no_sum_is_drawn_whole_and_the_note_says_why(scenario, setting, segment, word):
    shown = ranking(evaluate(scenario.with_settings(**setting)), segment)
    assert "contribution" not in shown.table
    assert len(bars(shown.figure)) == 1
    assert list(bars(shown.figure)[0].x) == shown.table["value"].to_list()
    assert any(word in note for note in shown.notes)
    assert " adds " not in shown.finding


def test_rounding_that_shows_is_admitted_in_a_note():
    scores = [[2.4, 2.4], [1.2, 1.2]]
    shown = ranking(evaluate(Scenario.from_arrays(scores, points=[1, 3])))
    assert number(0.6, 1) in shown.alt
    assert not any("rounding" in note for note in shown.notes)


def test_scores_given_with_two_decimals_are_shown_with_them():
    close = evaluate(
        Scenario.from_arrays([[3.94, 3.94], [3.91, 3.91]], scale=(1, 5), propositions=["A", "B"])
    )
    shown = ranking(close)
    assert shown.decimals == 2
    assert shown.finding == "No leader can be told overall: A is ahead by 0.03 over B"
    assert list(totals(shown.figure).text) == ["<b>3.94</b>", "3.91"]


def test_a_lead_too_small_to_print_is_called_less_than():
    close = evaluate(Scenario.from_arrays([[5.00001, 5], [5, 5]], propositions=["A", "B"]))
    assert ranking(close).finding == "No leader can be told overall: A is ahead by less than 0.01 over B"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([[9, 9], [2, 2]], "A leads overall by 7.0 over B, whatever weights and scores are held possible"),
        ([[8, 4], [5, 5]], "A leads overall by 1.0 over B: Discipline 1 adds 1.5"),
        (
            [[8, 4], [5, 6]],
            "A probably leads overall, by 0.5 over B: Discipline 1 adds 1.5, Discipline 2 takes 1.0",
        ),
        ([[8, 4], [5, 6.6]], "No leader can be told overall: A is ahead by 0.2 over B"),
        ([[8, 4], [5, 7]], "A and B tie overall at 6.0"),
    ],
)
def test_a_sentence_is_as_sure_as_its_lead(scores, expected):
    shown = ranking(evaluate(Scenario.from_arrays(scores, propositions=["A", "B"])))
    assert shown.finding.startswith(expected)
    assert any("cases held possible" in note or "nothing held possible" in note for note in shown.notes)


def test_a_cause_is_told_with_what_works_against_it_and_all_of_it_adds_up():
    scenario = Scenario.from_arrays(
        [[9, 2, 6, 5], [5, 5, 5.5, 4]], propositions=["A", "B"], points=[40, 30, 20, 10]
    ).with_settings(doubt={"weights_within": 1, "scores_within": 1})
    assert ranking(scenario).finding == (
        "A leads overall by 0.9 over B: innovation adds 1.6, operational excellence takes 0.9, the rest adds 0.2"
    )


def test_contributions_shown_add_up_to_the_value_shown():
    """Both would read 1.3, and the value 2.5."""
    shown = ranking(evaluate(Scenario.from_arrays([[2.5, 2.5], [1.0, 1.0]], points=[1, 1])))
    bars = [trace.text[0] for trace in shown.figure.data if trace.type == "bar"]
    assert bars == ["1.3", "1.2"]
    assert "2.5 (discipline 1 1.3, discipline 2 1.2)" in shown.alt.casefold()


def test_the_weights_are_the_points_of_the_sliders_where_they_are_given(result):
    shown = ranking(result, "Enterprise", points=[33, 27, 14, 26])
    for skin in ("deck", "light"):
        texts = [a.text for a in shown.figure_in(skin).layout.annotations]
        assert any("Innovation" in text and "33\u00a0%" in text for text in texts)
    assert shown.table["weight_share"].iloc[0] == pytest.approx(0.34)


def test_values_below_zero_stand_left_of_a_line_at_zero(result):
    scores = [[3, 2], [-1, -4], [2, -3]]
    figure = ranking(evaluate(Scenario.from_arrays(scores, scale=(-5, 5)))).figure
    assert [(line.x0, line.x1) for line in figure.layout.shapes] == [(0, 0)]
    values = totals(figure)
    assert list(values.textposition) == ["middle right", "middle left", "middle left"]
    assert values.x[0] > 2.5
    assert values.x[1] < -1.5
    assert values.x[2] < -2.5
    low, high = figure.layout.xaxis.range
    assert low < min(values.x) < max(values.x) < high
    assert not ranking(result).figure.layout.shapes


def test_twenty_propositions_and_twelve_disciplines_are_all_drawn():
    scores = np.random.default_rng(1).uniform(0, 10, (20, 12))
    labels = [f"Own discipline {i}" for i in range(12)]
    figure = ranking(evaluate(Scenario.from_arrays(scores, disciplines=labels))).figure
    assert len(bars(figure)) == 12
    assert len({trace.marker.color[0] for trace in bars(figure)}) == 12
    assert len(totals(figure).text) == 20
    key = [a.text for a in figure.layout.annotations if "■" in a.text]
    assert len(key) == 12
