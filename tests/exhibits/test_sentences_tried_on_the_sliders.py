"""What a sentence says a weight does is tried on sliders of whole points, as a board member would."""

from __future__ import annotations

import re

import numpy as np
import pytest

from valuemix import exhibits
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.exhibits.tradeoffs.switches import shown_in, shown_weights
from valuemix.model.scenario import Scenario


def two(scores: list[list[float]], points: list[float]) -> Scenario:
    return Scenario.from_arrays(scores, points=points, segments=["All"], disciplines=["D1", "D2"])


@pytest.mark.parametrize(
    ("scores", "points"),
    [([[7, 6], [6.5, 7.2]], [77, 23]), ([[7, 6], [6.9, 7.9]], [97, 3]), ([[2, 8], [7.9, 9]], [1, 99])],
)
def test_one_point_beyond_the_weight_named_another_is_first(
    scores: list[list[float]], points: list[float]
) -> None:
    scenario = two(scores, points)
    finding = exhibits.stability(tradeoffs(scenario)).finding.replace("\u00a0", " ")
    found = re.search(r"from [\d.<>]+ to (below|above) ([\d.]+) %, puts (Proposition \d) first", finding)
    if found is None:
        assert "no single weight" in finding
        return
    weight = float(found[2]) + (1 if found[1] == "above" else -1)
    word = re.search(r"(D\d) is the weight", finding)
    assert word is not None
    moved = {"D1": [weight, 100 - weight], "D2": [100 - weight, weight]}[word[1]]
    best = int(np.argmax(evaluate(scenario.with_points([moved])).values_in(None)))
    assert scenario.proposition_names[best] == found[3]


@pytest.mark.parametrize(
    ("scores", "points"),
    [
        ([[7, 7, 2], [5, 5.5, 6]], [45, 45, 10]),
        ([[8, 5, 6], [6, 7, 6.5]], [60, 10, 30]),
        ([[9, 9, 2], [4, 4, 5]], [60, 38, 2]),
    ],
)
def test_a_lead_is_clear_within_fewer_points_than_put_another_first(
    scores: list[list[float]], points: list[float]
) -> None:
    result = tradeoffs(Scenario.from_arrays(scores, points=points))
    told = exhibits.summary(result.scenario).table["sentence"].iloc[-1]
    found = re.search(r"as long as no weight is more than (\d+) points? off", told)
    assert found is not None
    flips = [100 * each.lead.moved_share for each in result.challenges if each.lead.possible]
    assert int(found[1]) < min(flips)


def test_a_score_that_leaves_its_range_takes_the_range_along() -> None:
    base = Scenario.from_arrays([[6, 5], [5, 6]], name="Before")
    base = base.with_table("low", [[[5.5, 4.5], [4.5, 5.5]]]).with_table("high", [[[6.5, 5.5], [5.5, 6.5]]])
    after = Scenario.from_arrays([[7, 5], [5, 6]], name="After")
    made = exhibit_of(base, slide_of("input_differences", scenarios="After"), finder([after]))
    assert "(score 6 → 7): Proposition 1 +0.50 overall" in made.finding


def test_a_leader_that_ties_in_one_scenario_is_level_there() -> None:
    tied = Scenario.from_arrays([[6, 6], [6, 6]], name="Tied")
    after = Scenario.from_arrays([[6, 6], [8, 8]], name="After")
    made = exhibit_of(tied, slide_of("regret", scenarios="After"), finder([after]))
    assert made.finding.startswith("Proposition 2 is first in both scenarios, in Tied level with others")


def test_nobody_overtakes_whom_it_was_too_close_to_call_with() -> None:
    before = Scenario.from_arrays([[6, 6], [6.02, 6]], propositions=["A", "B"], name="Before")
    after = Scenario.from_arrays([[6.6, 6.6], [6.02, 6]], propositions=["A", "B"], name="After")
    assert exhibits.change(before, after).finding.startswith(
        "A now leads overall, which was too close to call before"
    )


def hospital() -> Scenario:
    """A leader by 0.003 with switches within a point, and weights that are no whole percentages overall."""
    scores = [
        [[7.5, 5.5, 6.0, 6.5], [8.0, 8.5, 5.0, 4.0], [3.5, 6.0, 5.5, 8.5], [4.0, 6.5, 8.0, 6.0]],
        [[8.0, 5.0, 7.0, 7.0], [6.5, 7.0, 4.5, 3.5], [4.0, 5.5, 6.0, 9.0], [3.5, 6.0, 8.5, 7.0]],
        [[6.0, 4.0, 5.5, 6.5], [6.0, 7.5, 5.0, 5.0], [4.5, 6.5, 6.0, 9.0], [4.0, 7.0, np.nan, 7.5]],
    ]
    return Scenario.from_arrays(
        scores,
        points=[[25, 45, 10, 20], [20, 25, 20, 35], [15, 30, 15, 40]],
        sizes=[41, 63, 18],
        propositions=["Home", "One stop", "Lead", "Clinic"],
        segments=["Planned", "Chronic", "Maternity"],
        disciplines=["D1", "D2", "D3", "D4"],
    )


def test_a_switch_near_todays_weight_is_printed_where_it_is() -> None:
    result = tradeoffs(hospital())
    for d, (shown, sweep) in enumerate(zip(shown_weights(result), result.sweeps, strict=True)):
        for end in sweep.leader_interval:
            if 0 < end < 1:
                assert abs(shown.at(end) - 100 * end) <= 0.05 + 1e-9, d
                assert (shown.at(end) - shown.points) * (end - sweep.today_share) > 0
    assert "from 20.9 to above 21.0 %" in exhibits.stability(result).finding.replace("\u00a0", " ")


@pytest.mark.parametrize("segment", [None, "Planned", "Chronic", "Maternity"])
@pytest.mark.one_in(2)
def test_at_what_is_said_to_be_needed_the_challenger_is_level(segment: str | None) -> None:
    """A size and a score as printed put the challenger level with the first, to the digit printed."""
    scenario = hospital()
    table = exhibits.challenges(tradeoffs(scenario, segment)).table
    tried = 0
    for _, row in table.iterrows():
        others = row["others"].replace("\u00a0", " ")
        changed = []
        if score := re.search(r"scored ([\d.]+), today", others):
            word = re.match(r"(D\d)", others)
            assert word is not None
            place = row["score_segment"] or segment
            array = scenario.array("scores").copy()
            d, p = int(word[1][1]) - 1, scenario.proposition_index(row["challenger"])
            array[scenario.segment_index(str(place)), p, d] = float(score[1])
            changed.append(scenario.with_table("scores", array))
        if size := re.search(r"(\w+) ([\d.]+) % of size", others):
            sizes = dict(zip(scenario.segment_names, scenario.size_shares * 100, strict=True))
            left = 100 - sizes[size[1]]
            share = float(size[2])
            moved = {n: share if n == size[1] else s * (100 - share) / left for n, s in sizes.items()}
            changed.append(scenario.with_sizes(moved))
        for after in changed:
            values = evaluate(after).values_in(segment)
            best = np.nanmax(np.delete(values, own := scenario.proposition_index(row["challenger"])))
            assert values[own] == pytest.approx(best, abs=0.05)
            tried += 1
    assert tried


def test_weights_are_printed_alike_by_the_sentence_and_the_chart_of_stability() -> None:
    """Also where two further crossovers have to be told apart by a decimal, which the chart does not show."""
    scores = [[9.8985, 3.8985], [7.6485, 6.1485], [7.3, 6.3], [1, 9]]  # crossovers at 50, 30.3 and 30 %
    result = tradeoffs(two(scores, [70, 30]))
    told = {weight.today: weight for weight in shown_weights(result)}
    drawn = shown_in(exhibits.stability(result).table)
    assert max(weight.decimals for weight in drawn) > 0
    assert all(told[weight.today] == weight for weight in drawn)
