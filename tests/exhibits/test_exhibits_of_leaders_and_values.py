"""Who wins where: the table of leaders, and every value at a glance."""

import numpy as np
import pytest
from nightly import tries
from sample_scenarios import ROOT

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits import leaders, preference_share, ranking, values_table
from valuemix.exhibits.words.claims import DEGREE_WORDS
from valuemix.exhibits.words.formats import number
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario


def finding(scores, **names):
    return leaders(
        evaluate(Scenario.from_arrays(scores, propositions=[*"ABCDEF"][: len(scores[0])], **names))
    ).finding


def test_the_example_counts_segments_and_their_share_of_size(result):
    assert leaders(result).finding == (
        "No proposition is ahead everywhere: Predictive uptime is ahead in two of five segments (58\u00a0% of size), "
        "48-hour parts in two, Circular take-back in one; one lead is probable, four are too close to call"
    )


def test_a_row_holds_leader_runner_up_and_lead(result):
    row = leaders(result).table.iloc[0]
    assert (row["segment"], row["leader"], row["runner_up"]) == (
        "Enterprise",
        "Predictive uptime",
        "Co-design lab",
    )
    assert row["lead"] == pytest.approx(row["value"] - row["runner_up_value"])
    assert row["size_share"] == pytest.approx(0.34)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([[[5, 5]], [[6, 6]]], "A is the only proposition, so nothing else can lead"),
        ([[[5, 5], [4, 4]]], "A leads Segment 1, the only segment, by 1.0"),
        ([[[5, 5], [5, 5]]], "Both propositions tie in Segment 1, the only segment"),
        ([[[6, 6], [4, 4]]] * 3, "A leads all three segments by 2.0"),
        (
            [[[6, 6], [4, 4]], [[6, 6], [5, 5]]],
            "A leads both segments, by 1.0 in Segment 2 to 2.0 in Segment 1 over B",
        ),
        (
            [[[6, 6], [6, 6]], [[6, 6], [5, 5]]],
            "A is ahead or shares the lead in both segments; the lead is clear",
        ),
        ([[[6, 6], [6, 6], [1, 1]]] * 2, "A and B share the lead in both segments"),
        (
            [[[6, 6], [4, 4], [1, 1]], [[1, 1], [6, 6], [6, 6]]],
            "No proposition is ahead everywhere: A is ahead in one of two segments (50\u00a0% of size); "
            "B and C share the lead in Segment 2; the lead is clear",
        ),
    ],
)
def test_ties_single_propositions_and_single_segments_have_their_own_sentences(scores, expected):
    assert finding(scores) == expected


def test_a_segment_of_no_size_counts_as_a_segment_and_not_as_size():
    shown = finding([[[6, 6], [4, 4]], [[4, 4], [6, 6]]], sizes=[0, 1])
    assert shown == (
        "No proposition is ahead everywhere: B is ahead in one of two segments (100\u00a0% of size), A in one; "
        "both leads are clear"
    )


def test_a_compromise_is_called_so_and_the_leader_of_the_largest_segment_is_named():
    scores = [[[9, 9], [1, 1], [7, 7]], [[1, 1], [9, 9], [7, 7]]]
    assert finding(scores, sizes=[60, 40]) == (
        "C leads overall as a compromise, ahead in no segment by itself; "
        "A leads the largest, Segment 1 (60\u00a0% of size)"
    )


def test_many_leaders_are_counted_in_english():
    scores = np.full((9, 5, 2), 2.0)
    for segment, leader in enumerate([0, 0, 0, 1, 1, 2, 3, 4, 0]):
        scores[segment, leader] = 8
    assert finding(scores).startswith(
        "No proposition is ahead everywhere: A is ahead in four of nine segments (44\u00a0% of size), "
        "B in two, C in one, others in two"
    )


def test_what_a_degree_rests_on_is_noted_and_stands_in_the_table(result):
    shown = leaders(result)
    degrees = [found.degree for found in grading.in_segments(result.scenario)]
    assert shown.table["sure"].to_list() == [DEGREE_WORDS[degree] for degree in degrees]
    assert "assuming weights within 10 points" in shown.notes[0]


def test_a_rival_that_holms_procedure_alone_keeps_from_being_clear_is_probably_below():
    airport = load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    found = dict(
        zip(airport.proposition_names, certainty(airport, "Visitors from another region").above, strict=True)
    )
    names = sorted((name for name in found if found[name] < 0.9875), key=found.get)
    assert [found[name] < 0.85 for name in names] == [True, True, False, False]
    assert all(found[name] > 0.975 for name in names[2:])
    assert leaders(evaluate(airport)).table["beside"].iloc[-1] == (
        f"too close to call with {names[0]} and {names[1]}; probably above each of the others"
    )


def test_the_chart_prints_the_lead_as_the_difference_of_the_figures_shown(result):
    segment, *first = leaders(result).chart.rows[0]
    assert [cell.text for cell in (segment, *first)] == [
        "Enterprise", "34\u00a0%", "Predictive uptime", "7.0", "Co-design lab", "0.3",
        "too close to call with Co-design lab",
    ]  # fmt: skip
    assert [cell.bold for cell in first] == [False, True, True, False, False, False]


def test_who_is_no_customer_is_called_by_kind(scenario):
    staff = scenario.segments[4].model_copy(update={"kind": "partner"})
    shown = leaders(evaluate(scenario.replace(segments=(*scenario.segments[:4], staff))))
    assert shown.table["kind"].to_list()[-1] == "partner"
    assert shown.chart.rows[-1][0].text == "Distributors (partner)"


def test_a_partial_leader_is_noted_with_its_segment(scenario):
    gap = evaluate(scenario.with_scores("48-hour parts", "Distributors", innovation=None))
    assert leaders(gap).notes[1:] == ("the leader's value is partial (scores missing) in Distributors",)
    assert "48-hour parts (partial value) in two" in leaders(gap).finding


def test_every_value_is_shown_once_and_every_leader_is_outlined(result):
    shown = values_table(result)
    cells = [cell for row in shown.chart.rows for cell in row[1:]]
    assert len(shown.table) == 36
    assert sorted(cell.text for cell in cells) == sorted(
        number(v, shown.decimals) for v in shown.table["value"]
    )
    marked = [cell.marked for cell in cells]
    assert marked == [cell.bold for cell in cells]
    assert sum(marked) == 6
    assert [column.total for column in shown.chart.columns] == [False] * 6 + [True]


def test_values_are_sorted_by_the_overall_value_in_the_last_column(result):
    shown = values_table(result)
    assert [row[-1].text for row in shown.chart.rows] == [
        number(value, shown.decimals) for value in sorted(result.overall, reverse=True)
    ]


def test_the_finding_on_values_names_the_overall_leader(result):
    assert values_table(result).finding == (
        "No leader can be told overall: Predictive uptime is ahead at 6.6, too close to call with Named engineer; "
        "it is ahead in two of five segments, both too close to call"
    )


def noise(seed, segments=12, sd=0.3):
    """A survey in which all propositions are in truth level: two propositions, two disciplines."""
    means = 5 + np.random.default_rng(seed).normal(0, sd, (segments, 2, 2))
    doubt = Doubt(weights_within=0, scores_within=0, ranges="interval", halo=0)
    ranged = Scenario.from_arrays(means).with_table("low", means - 1.96 * sd)
    return ranged.with_table("high", means + 1.96 * sd).with_settings(doubt=doubt)


@pytest.mark.nightly  # a sample of worlds proves little: by day test_golden.py holds every degree of certainty
def test_in_noise_over_many_segments_hardly_ever_is_a_lead_clear():
    """Each world holds twelve leads of nothing: one by one, 5 % of them would be called clear."""
    worlds = [noise(seed) for seed in range(tries(40, 12))]
    own = [[certainty(world, name).degree for name in world.segment_names] for world in worlds]
    assert sum("clear" in degrees for degrees in own) >= 0.3 * len(worlds)
    assert sum("leads" in leaders(world).table["sure"].tolist() for world in worlds) <= 0.1 * len(worlds)
    for world in worlds:
        clear = (leaders(world).table["sure"] == "leads").sum()
        told = leaders(world).finding + values_table(world).finding
        assert clear or "clear" not in told


def test_a_lead_of_one_segment_by_itself_keeps_its_own_degree():
    world = next(w for w in map(noise, range(40)) if certainty(w, "Segment 1").degree == "clear")
    assert ranking(evaluate(world), "Segment 1").finding.split(" ")[2] == "leads"


def test_the_share_of_size_of_several_segments_is_that_of_their_sum():
    scores = np.array([[[6, 6], [5, 5]]] * 6 + [[[5, 5], [6, 6]]] * 6, float)
    assert "A is ahead in six of twelve segments (50\u00a0% of size)" in finding(scores)


def test_a_segment_has_one_share_of_size_wherever_it_is_printed():
    """Rounded one by one they would be 34, 52 and 15: 101 in all."""
    scores = [[[9, 9], [1, 1]], [[1, 1], [9, 9]], [[1, 1], [9, 9]]]
    scenario = Scenario.from_arrays(scores, sizes=[33.61, 51.64, 14.75], propositions=["A", "B"])
    sizes = ["33", "52", "15"]
    shown = [line.split(" % of size")[0].rsplit(" ", 1)[1] for line in str(scenario).splitlines()[1:]]
    assert shown == sizes
    column = leaders(scenario).chart.columns[1]
    assert (column.heading, [cell.text for cell in column.cells]) == (
        "Share of size",
        [f"{size}\u00a0%" for size in sizes],
    )
    of_three = Scenario.from_arrays(
        [[[9, 9], [5, 5], [1, 1]], [[5, 5], [9, 9], [1, 1]], [[5, 5], [1, 1], [9, 9]]],
        sizes=[33.61, 51.64, 14.75],
    )
    firsts = [row.notes[0].text for row in preference_share(of_three).chart.rows]
    assert sorted(firsts) == sorted(f"{size}\u00a0%" for size in sizes)


def test_those_who_tie_share_the_lead_only_where_the_others_are_told_from_them():
    close, far = (
        Scenario.from_arrays([[8, 6], [8, 6], last], propositions=["A", "B", "C"])
        for last in ([7.8, 6.1], [2, 2])
    )
    assert values_table(close).finding == "A and B tie overall at 7.0, too close to call with C"
    assert values_table(far).finding == "A and B share the lead overall at 7.0"
    assert leaders(close).finding == "A and B tie in Segment 1, the only segment"
    level = Scenario.from_arrays([[8, 6], [8, 6]], propositions=["A", "B"])
    assert values_table(level).finding == "A and B tie overall at 7.0"
