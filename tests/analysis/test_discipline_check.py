"""Who leads, who holds, who is stuck in the middle, and what would change that."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.customers.discipline_check import discipline_check
from valuemix.errors import UnknownName
from valuemix.model.scenario import Scenario

seeds = st.integers(0, 2**32 - 1)


def made(scores, **more):
    return Scenario.from_arrays(scores, **more)


def random_scenario(seed):
    dice = np.random.default_rng(seed)
    p, d = dice.integers(1, 6), dice.integers(2, 5)
    scores = dice.integers(0, 21, (p, d)) / 2
    scores[dice.random((p, d)) < 0.1] = np.nan
    scores[:, 0] = np.nan_to_num(scores[:, 0], nan=5.0)
    return made(scores)


def test_the_four_verdicts():
    found = discipline_check(made([[9, 5, 6], [5, 9, 4.9], [6, 6, 6.5], [6, 4, 6]]))
    assert found.verdicts == ("leads", "leads with a gap", "holds", "stuck in the middle")
    assert found.standings[1] == ("holds", "leads", "below")
    assert found.disciplines(1, "below") == [2]


def test_best_of_the_set_below_the_lead_bar_does_not_lead():
    assert discipline_check(made([[6.9, 6], [5, 5]])).verdicts == ("holds", "holds")
    assert discipline_check(made([[7.0, 6], [5, 5]])).verdicts == ("leads", "holds")


def test_bars_are_settings_and_those_who_tie_lead_together():
    scenario = made([[8, 6], [8, 6]])
    assert discipline_check(scenario).verdicts == ("leads", "leads")
    assert discipline_check(scenario.with_settings(lead_bar=9.0)).verdicts == ("holds", "holds")
    strict = scenario.with_settings(threshold=6.5)
    assert discipline_check(strict).verdicts == ("leads with a gap",) * 2


def test_segments_are_checked_by_their_own_scores_and_all_of_them_by_size():
    scenario = made([[[9, 5], [6, 6]], [[1, 5], [6, 6]]], sizes=[1, 3])
    assert discipline_check(scenario, "Segment 1").verdicts == ("leads", "holds")
    assert discipline_check(scenario).scores[0] == pytest.approx([3, 5])
    assert discipline_check(scenario).verdicts[0] == "stuck in the middle"
    with pytest.raises(UnknownName, match="unknown segment 'Nordic'"):
        discipline_check(scenario, "Nordic")


def test_a_missing_score_has_no_standing_and_takes_no_part_in_the_verdict():
    found = discipline_check(made([[8, np.nan], [np.nan, 4], [6, 6]]))
    assert found.standings[0] == ("leads", "")
    assert found.verdicts == ("leads", "stuck in the middle", "holds")
    assert found.turns[1].discipline == 1


def test_the_turn_of_a_hand_computed_case():
    first, second = discipline_check(made([[8, 5.5], [6, 6]])).turns
    # The leader holds its second discipline by half a point; the other reaches the lead bar there with one.
    assert (first.discipline, first.needed, first.change, first.verdict) == (1, 5, -0.5, "leads with a gap")
    assert (second.discipline, second.needed, second.change, second.verdict) == (
        0,
        5,
        -1,
        "stuck in the middle",
    )


def test_a_verdict_on_the_edge_turns_with_any_drop():
    turn = discipline_check(made([[8, 5], [6, 6]])).turns[0]
    assert (turn.discipline, turn.change, turn.verdict) == (1, 0, "leads with a gap")


@given(seeds)
@settings(max_examples=tries(60), deadline=None)
def test_the_turn_changes_the_verdict_as_it_says_and_nothing_smaller_does(seed):
    scenario = random_scenario(seed)
    found = discipline_check(scenario)
    for p, turn in enumerate(found.turns):
        if turn is None:
            continue
        nudge = 1e-6 if turn.change > 0 or turn.needed <= 0 else -1e-6
        ends = [turn.needed + by for by in (nudge, -nudge, 0.0) if 0 <= turn.needed + by <= 10]
        assert turn.verdict in {_verdict(scenario, found, p, turn.discipline, end) for end in ends}
        if abs(turn.change) > 1e-5:
            for d, score in enumerate(found.scores[p]):
                for part in (0.0, 0.5, 0.999):
                    for side in (-1, 1):
                        tried = score + side * part * abs(turn.change)
                        if 0 <= tried <= 10:
                            assert _verdict(scenario, found, p, d, tried) == found.verdicts[p]


def _verdict(scenario, found, p, d, score):
    scores = found.scores.copy()
    scores[p, d] = score
    return discipline_check(scenario.with_table("scores", scores[None])).verdicts[p]
