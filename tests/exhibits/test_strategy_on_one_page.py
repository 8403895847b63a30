"""The statement: every sentence holds of the numbers, and a person's own words take their place."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from nightly import tries
from random_scenarios import scenarios

from valuemix import exhibits
from valuemix.analysis.certainty.certainty import certainty, share_above
from valuemix.analysis.customers.balance import mean_score_draws
from valuemix.analysis.customers.discipline_check import discipline_check
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import UnknownName
from valuemix.exhibits import discipline_check as discipline_check_exhibit
from valuemix.exhibits.customers.statement import PARTS
from valuemix.exhibits.tradeoffs.nearest_change import nearest_change
from valuemix.exhibits.tradeoffs.switches import nearest_switch
from valuemix.exhibits.words.formats import number, percent
from valuemix.model.scenario import Scenario
from valuemix.model.weights import rounded_points

EXAMPLES = settings(max_examples=tries(15), deadline=None)


def said(scenario, **edited):
    table = exhibits.statement(scenario, edited).table
    assert [*table] == ["part", "sentence"]
    return dict(zip(table["part"], table["sentence"], strict=True))


def test_the_example_reads_as_a_strategy(scenario):
    scenario = scenario.with_settings(doubt={"weights_within": 2, "scores_within": 1})
    plain = {part: text.replace("\u00a0", " ") for part, text in said(scenario).items()}
    assert plain == {
        "For whom": "Enterprise and Mid-market (58 % of size), where Predictive uptime is ahead; both leads there "
        "are clear.",
        "What they get": "A value of 7.0 in Enterprise, 6.8 in Mid-market and 6.6 over all segments by size (scale 0 "
        "to 10), most of it from operational excellence (2.1) and innovation (1.9).",
        "What we lead in": "Predictive uptime leads no discipline yet and is stuck in the middle; it "
        "is strongest in innovation (8.5).",
        "What we hold": "It holds innovation (8.5), operational excellence (6.5) and customer intimacy (6.9); "
        "social purpose (4.3) stays below the threshold of 5.",
        "What we will not do": "We will not compete for the lead in social purpose, where Circular take-back is "
        "ahead at 9.3, nor lead with Named engineer, Co-design lab and three more.",
        "What would change our mind": "With innovation alone weighing 7 points less in all segments together, "
        "from 23 to 16 %, the others in proportion, Named engineer draws level; no score, size or weight in all "
        "segments together is nearer, by part of its range.",
    }


def test_own_words_take_the_place_of_a_sentence_and_blank_ones_do_not(scenario):
    exhibit = exhibits.statement(
        scenario, {"For whom": " Those who keep plants running. ", "What we hold": "  "}
    )
    own = dict(zip(exhibit.table["part"], exhibit.table["sentence"], strict=True))
    assert own["For whom"] == "Those who keep plants running."
    assert own["What we hold"] == said(scenario)["What we hold"]
    assert exhibit.notes[-1:] == ("worded by hand: for whom",)
    assert not any("by hand" in note for note in exhibits.statement(scenario).notes)


def test_an_unknown_part_is_refused_with_the_ones_there_are(scenario):
    with pytest.raises(UnknownName, match=r"unknown part 'For who'\. Did you mean 'For whom'"):
        exhibits.statement(scenario, {"For who": "All."})


def test_without_one_leader_nothing_is_claimed():
    tied = said(Scenario.from_arrays([[5, 5], [5, 5]], propositions=["A", "B"]))
    assert tied["For whom"] == "Not to be said yet: A and B tie."
    nothing = Scenario.from_arrays([[5, np.nan]], points=[0, 1])
    assert set(said(nothing).values()) == {"Not to be said yet: no proposition has an overall value."}


def test_one_proposition_has_nothing_to_give_up_or_to_fear():
    own = said(Scenario.from_arrays([[8, 5]], propositions=["Express"]))
    assert own["What we will not do"].startswith("Nothing is given up")
    assert own["What would change our mind"].startswith("Another proposition")


@given(scenarios())
@EXAMPLES
def test_for_whom_names_the_segments_where_the_leader_leads(scenario):
    result, own = evaluate(scenario), said(scenario)["For whom"]
    leaders = result.standing().leaders
    if len(leaders) != 1 or len(scenario.segments) == 1:
        return
    led = [g for g, size in enumerate(scenario.sizes) if size > 0 and result.ranks[g, leaders[0]] == 1]
    named = {scenario.segment_names.index(name) for name in re.findall(r"G\d", own)}
    assert named == set(led)
    told = re.search(r"\((.+?) of size\)", own)
    if told:
        # One segment as everywhere, in percent that sum to 100; several by the share of their sum.
        points = rounded_points(scenario.size_shares.tolist())
        whole = float(scenario.size_shares[led].sum())
        assert told[1] == percent(
            points[led[0]] if len(led) == 1 else math.floor(100 * whole + 0.5 + 1e-9), whole
        )
    shared = any((result.ranks[g] == 1).sum() > 1 for g in led)
    assert ("shares the lead" in own) == shared
    degrees = [certainty(scenario, scenario.segment_names[g]) for g in led]
    if led:
        assert ("too close" in own) == any(d.degree == "open" and len(d.leaders) == 1 for d in degrees)


@given(scenarios())
@EXAMPLES
def test_most_of_the_value_comes_from_what_is_named(scenario):
    result, exhibit = evaluate(scenario), exhibits.statement(scenario)
    own = exhibit.table["sentence"][1]
    leaders = result.standing().leaders
    told = re.search(r"(\S+)(?: over all segments by size)? \(scale", own)
    assert (told is not None) == (len(leaders) == 1)
    if not told:
        return
    assert told[1] == number(result.overall[leaders[0]], exhibit.decimals)
    for value, name in re.findall(r"(\S+) (?:in|among) (G\d)", own):
        theirs = result.values[scenario.segment_names.index(name), leaders[0]]
        assert value == number(theirs, exhibit.decimals)
    most = re.search(r"most of it from (.+)\.$", own)
    if most:
        parts = result.overall_contributions[leaders[0]]
        named = [scenario.discipline_names.index(name) for name in re.findall(r"D\d", most[1])]
        assert parts[named].sum() > result.overall[leaders[0]] / 2
        assert parts[named].min() >= np.delete(parts, named).max(initial=-np.inf) - 1e-9


@given(scenarios())
@EXAMPLES
def test_what_is_led_held_and_left_is_that_of_the_discipline_check(scenario):
    leaders = evaluate(scenario).standing().leaders
    if len(leaders) != 1:
        return
    p, own, check = leaders[0], said(scenario), discipline_check(scenario)

    def named(part):
        return {scenario.discipline_names.index(name) for name in re.findall(r"D\d", own[part])}

    led = set(check.disciplines(p, "leads"))
    assert ("no discipline yet" in own["What we lead in"]) == (not led)
    assert not led or named("What we lead in") == led
    below, held = set(check.disciplines(p, "below")), set(check.disciplines(p, "holds"))
    assert named("What we hold") == below | held
    assert ("below the threshold" in own["What we hold"]) == bool(below)
    if certainty(scenario).degree == "open":
        assert own["What we will not do"].startswith("Not to be said yet")
        return
    ahead = re.search(
        r"the lead in (D\d), where (P\d) is (probably )?ahead at (\S+?)[,.](?: |$)",
        own["What we will not do"],
    )
    behind = np.nan_to_num(check.scores - check.scores[p], nan=-np.inf)
    drawn = mean_score_draws(scenario)
    sure = np.array([[share_above(row, own, scenario.scale.width) for row, own in zip(rows, drawn[p], strict=True)]
                     for rows in drawn])  # fmt: skip
    told = (behind > 1e-9 * scenario.scale.width) & (behind == behind.max(axis=0)) & (sure >= 0.85 - 1e-9)
    if ahead:
        d, q = scenario.discipline_names.index(ahead[1]), scenario.proposition_names.index(ahead[2])
        assert behind[q, d] == pytest.approx(behind[told].max())
        assert behind[q, d] > 0
        assert ahead[3] or sure[q, d] >= 0.975 - 1e-9
        assert float(ahead[4].replace("−", "-")) == pytest.approx(check.scores[q, d], abs=0.051)
    else:
        assert not told.any()


@given(scenarios())
@settings(max_examples=tries(15), deadline=None)
def test_what_would_change_our_mind_is_the_smallest_change_of_all_kinds(scenario):
    result = tradeoffs(scenario)
    found = nearest_change(result)
    if len(result.evaluation.standing().leaders) != 1:
        assert found is None
        return
    width, sides = scenario.scale.width, []
    sides += [abs(near[0] - sweep.today_share) for sweep in result.sweeps if (near := nearest_switch(sweep))]
    for challenge in result.challenges:
        score, size = challenge.score, challenge.size
        sides += [(score.needed - score.today) / width] if score and not np.isnan(score.today) else []
        sides += [abs(size.needed_share - size.today_share)] if size else []
    # Weights that move together are told only where nothing does it alone.
    assert all(found.single and found.extent <= each + 1e-6 for each in sides)
    own = said(scenario)["What would change our mind"]
    if found:
        assert found.words in own
    if certainty(scenario).degree != "open" and found:
        assert found.words in exhibits.summary(scenario).table["sentence"][2]


def test_an_open_question_is_no_strategy():
    scenario = Scenario.from_arrays([[8, 4], [5, 6.6], [1, 1]], propositions=["A", "B", "C"])
    shown = exhibits.statement(scenario)
    assert shown.finding == (
        "The numbers do not decide yet: A is ahead overall by 0.2, too close to call with B"
    )
    own = said(scenario)
    assert own["What we will not do"] == "Not to be said yet: B stays in play. We will not lead with C."
    assert own["What would change our mind"] == (
        "It is open: taking any one weight or score as exact would not settle it. With Discipline 1 weighing 4 points "
        "less, from 50 to 46 %, B draws level; no single weight or score is nearer, by part of its range."
    )
    assert not any("recommend" in text for text in own.values())


def test_whom_it_is_for_get_their_own_value_and_what_is_too_close_there_stays_in_play():
    scores = [[[8, 9], [9, 7.8], [1, 1]], [[9, 9], [2, 2], [2, 2]], [[2, 2], [2, 2], [9, 9]]]
    scenario = Scenario.from_arrays(
        scores, sizes=[50, 40, 10], segments=["Shop", "Firm", "Farm"], propositions=["A", "B", "C"]
    )
    own = said(scenario)
    assert own["For whom"].endswith("A is ahead; the lead is too close to call in Shop, clear in Firm.")
    assert own["What they get"].startswith(
        "A value of 8.5 in Shop, 9.0 in Firm and 8.1 over all segments by size"
    )
    assert own["What we will not do"].endswith(
        "lead with C: none is ahead in any discipline. B stays in play in Shop."
    )


def estimated(scores, half):
    """Scores with 95 % intervals that reach this far to both sides, and nothing else in doubt."""
    scores = np.asarray([scores], dtype=float)
    doubt = {"weights_within": 0, "scores_within": 0, "ranges": "interval", "halo": 0}
    scenario = Scenario.from_arrays(scores, propositions=["A", "B", "C"]).with_settings(doubt=doubt)
    return scenario.with_table("low", scores - half).with_table("high", scores + half)


def test_what_is_held_and_left_to_others_is_no_surer_than_the_scores():
    scores = [[9, 5.02, 5.01], [5, 5.03, 5], [5, 5, 4.99]]
    unsure, sure = estimated(scores, 0.8), estimated(scores, 0.001)
    assert said(unsure)["What we hold"] == (
        "It holds Discipline 2 (5.02) and Discipline 3 (5.01), at or above the threshold of 5, none of them clearly."
    )
    assert said(sure)["What we hold"] == (
        "It holds Discipline 2 (5.02) and Discipline 3 (5.01), at or above the threshold of 5."
    )
    assert said(unsure)["What we will not do"] == (
        "We will not lead with B and C: none is clearly ahead in any discipline."
    )
    assert said(sure)["What we will not do"] == (
        "We will not compete for the lead in Discipline 2, where B is ahead at 5.03, nor lead with B and C."
    )
    assert "too close to call" in discipline_check_exhibit(unsure).finding


def test_what_a_leader_is_strongest_in_is_no_surer_than_the_scores():
    scores = [[6.99, 6.98, 5.01], [5, 5.3, 5], [5, 5, 5.9]]
    assert said(estimated(scores, 0.6))["What we lead in"] == (
        "A perhaps leads no discipline yet; it is strongest in Discipline 1 (6.99), "
        "too close to call with Discipline 2."
    )
    assert said(estimated(scores, 0.001))["What we lead in"] == (
        "A leads no discipline yet; it is strongest in Discipline 1 (6.99)."
    )


def test_several_disciplines_that_are_led_are_told_together():
    # Each alone would be clear, at 98 % or so; of the two together none is.
    apart = 2.1 * np.sqrt(2) * 0.3
    scores = [[8, 8, 5], [8 - apart, 8 - apart, 5], [2, 2, 5]]
    told = said(estimated(scores, 1.96 * 0.3))["What we lead in"]
    assert told == "A scores highest on Discipline 1 (8.00) and Discipline 2 (8.00), none of them clearly."


def test_where_a_leader_is_stuck_in_the_middle_the_term_is_called_contested(scenario):
    assert any("contested (Campbell-Hunt 2000)" in note for note in exhibits.statement(scenario).notes)


def test_parts_are_those_of_the_table(scenario):
    assert tuple(exhibits.statement(scenario).table["part"]) == PARTS
