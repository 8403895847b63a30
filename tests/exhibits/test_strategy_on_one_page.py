"""The statement: every sentence holds of the numbers, and a person's own words take their place."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from random_scenarios import scenarios

from valuemix import exhibits
from valuemix.analysis.discipline_check import discipline_check
from valuemix.analysis.scoring import evaluate
from valuemix.analysis.tradeoffs import tradeoffs
from valuemix.errors import UnknownName
from valuemix.exhibits.formats import number, percent
from valuemix.exhibits.statement import PARTS
from valuemix.model.scenario import Scenario
from valuemix.model.weights import rounded_points

EXAMPLES = settings(max_examples=30, deadline=None)


def said(scenario, **edited):
    table = exhibits.statement(scenario, edited).table
    assert [*table] == ["part", "sentence"]
    return dict(zip(table["part"], table["sentence"], strict=True))


def test_the_example_reads_as_a_strategy(scenario):
    plain = {part: text.replace("\u00a0", " ") for part, text in said(scenario).items()}
    assert plain == {
        "For whom": "Enterprise and Mid-market (58 % of size), where Predictive uptime leads.",
        "What they get": "A value of 6.6 over all segments by size (scale 0 to 10), most of it from "
        "operational excellence (2.1) and innovation (1.9).",
        "What we lead in": "Predictive uptime leads no discipline yet; it is strongest in innovation (8.5).",
        "What we hold": "It holds innovation (8.5), operational excellence (6.5) and customer intimacy (6.9); "
        "social purpose (4.3) stays below the threshold of 5.",
        "What we will not do": "We will not compete for the lead in social purpose, where Circular take-back is "
        "ahead at 9.3, nor lead with Named engineer, Co-design lab and three more.",
        "What would change our mind": "With innovation 7 points down, from 23 to 16 %, Named engineer would "
        "lead; it is the change of one weight nearest to today.",
    }


def test_own_words_take_the_place_of_a_sentence_and_blank_ones_do_not(scenario):
    exhibit = exhibits.statement(
        scenario, {"For whom": " Those who keep plants running. ", "What we hold": "  "}
    )
    own = dict(zip(exhibit.table["part"], exhibit.table["sentence"], strict=True))
    assert own["For whom"] == "Those who keep plants running."
    assert own["What we hold"] == said(scenario)["What we hold"]
    assert exhibit.notes == ("worded by hand: for whom",)
    assert not exhibits.statement(scenario).notes


def test_an_unknown_part_is_refused_with_the_ones_there_are(scenario):
    with pytest.raises(UnknownName, match=r"unknown part 'For who'\. Did you mean 'For whom'"):
        exhibits.statement(scenario, {"For who": "All."})


def test_without_one_leader_nothing_is_claimed():
    tied = said(Scenario.from_arrays([[5, 5], [5, 5]], propositions=["A", "B"]))
    assert tied["For whom"] == "Not to be said yet: A and B share the lead."
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
        points = rounded_points(scenario.size_shares.tolist())
        assert told[1] == percent(sum(points[g] for g in led), float(scenario.size_shares[led].sum()))
    shared = any((result.ranks[g] == 1).sum() > 1 for g in led)
    assert ("shares the lead" in own) == shared


@given(scenarios())
@EXAMPLES
def test_most_of_the_value_comes_from_what_is_named(scenario):
    result, exhibit = evaluate(scenario), exhibits.statement(scenario)
    own = exhibit.table["sentence"][1]
    leaders = result.standing().leaders
    told = re.search(r"A value of (\S+?)(?: over| \(scale)", own)
    assert (told is not None) == (len(leaders) == 1)
    if not told:
        return
    assert told[1] == number(result.overall[leaders[0]], exhibit.decimals)
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
    ahead = re.search(r"the lead in (D\d), where (P\d) is ahead at (\S+),", own["What we will not do"])
    behind = np.nan_to_num(check.scores - check.scores[p], nan=-np.inf)
    if ahead:
        d, q = scenario.discipline_names.index(ahead[1]), scenario.proposition_names.index(ahead[2])
        assert behind[q, d] == pytest.approx(behind.max())
        assert behind[q, d] > 0
        assert float(ahead[3].replace("−", "-")) == pytest.approx(check.scores[q, d], abs=0.051)
    else:
        assert behind.max() <= 1e-9 * scenario.scale.width


@given(scenarios())
@EXAMPLES
def test_the_weight_that_would_change_our_mind_changes_the_leader(scenario):
    result = tradeoffs(scenario)
    own = said(scenario)["What would change our mind"]
    told = re.match(r"With (D\d) (.+?) (up|down), from (\S+) to (\S+)\s%, (.+?) would lead", own)
    if not told:
        return
    d = scenario.discipline_names.index(told[1])
    sweep = result.sweeps[d]
    there = float(told[5]) / 100
    ends = [sweep.leader_interval[0] if told[3] == "down" else sweep.leader_interval[1]]
    assert there == pytest.approx(ends[0], abs=0.0051)
    everyone = [abs(end - s.today_share) for s in result.sweeps for end in s.leader_interval if 0 < end < 1]
    assert abs(ends[0] - sweep.today_share) <= min(everyone, default=1) + 1e-9
    beyond = [piece for piece in sweep.pieces if set(piece.leaders) != set(sweep.leaders)]
    led = {scenario.proposition_names[p] for piece in beyond for p in piece.leaders}
    assert set(re.findall(r"P\d", told[6])) <= led


def test_parts_are_those_of_the_table(scenario):
    assert tuple(exhibits.statement(scenario).table["part"]) == PARTS
