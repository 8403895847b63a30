"""Exhibits of scenarios side by side: sentences, tables and charts."""

from __future__ import annotations

import itertools
import json
import math
import re

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from nightly import tries
from sample_scenarios import ROOT, hostile, large, long_names

from valuemix import exhibits
from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import certainty, degree_of
from valuemix.analysis.certainty.uncertainty import value_draws
from valuemix.analysis.compare.bridges import PARTS
from valuemix.analysis.compare.compare import compare
from valuemix.analysis.value.scoring import evaluate
from valuemix.cli import main
from valuemix.errors import UnknownName
from valuemix.exhibits.documents.documents import compare_document, compare_text
from valuemix.exhibits.words import claims
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.difference import Difference
from valuemix.model.scenario import Scenario

FILES = [ROOT / "scenarios" / f"{name}.json" for name in ("base-case", "margin-squeeze", "green-mandate")]


@pytest.fixture(scope="module")
def three():
    return compare(*map(load, FILES))


def case(name, scores, propositions="ABCD", **more):
    return Scenario.from_arrays(
        scores, propositions=[*propositions][: len(scores)], segments=["North"], name=name, **more
    )


FIELDS = ("what", "before", "after", "segment", "proposition", "discipline")


def every(both, proposition=None, other=None):
    """All exhibits of a comparison."""
    return [
        exhibits.ranks_across(both),
        exhibits.bridge(both, proposition or both.propositions[0], other),
        exhibits.value_changes(both, other),
        exhibits.regret(both),
        exhibits.path(both, other),
        exhibits.input_differences(both, other),
    ]


def read(text):
    return float(text.replace("−", "-").replace("+", "").replace(",", ""))


# ---------------------------------------------------------------------- sentences


def test_the_illustrative_scenarios_have_findings_worth_a_slide(three):
    assert [
        exhibit.finding.replace("\xa0", " ")
        for exhibit in every(three, "Circular take-back", "Green mandate")
    ] == [
        "The leader changes with every scenario: Predictive uptime, then 48-hour parts, then Circular take-back; "
        "all leads are probable",
        "Circular take-back gains 1.07 from Base case to Green mandate: weights add 0.90 (social purpose +0.67, "
        "the rest +0.23) and sizes 0.17",
        "From Base case to Green mandate, Circular take-back gains most (+1.07) and Predictive uptime loses most "
        "(−0.69) overall",
        "Predictive uptime has the smallest regret, too close to call with Named engineer and 48-hour parts: "
        "never more than 0.69 behind the best",
        "On the way from Base case to Green mandate the lead passes from Predictive uptime to Circular take-back "
        "at 60 %; both leads are probable",
        "24 inputs differ from Base case to Green mandate; the largest by itself is Enterprise, Social purpose "
        "(points 14 → 36): Circular take-back +0.22 overall; none changes who is first today by itself",
    ]


BASE = case("Base", [[6, 6], [5, 5], [3, 3]])
COPY = BASE.renamed("Copy")
REVERSED = case("Turned", [[2, 2], [5, 5], [7, 7]])
TIED = case("Tied", [[5, 5], [5, 5], [3, 3]])
OTHER_NAMES = case("Others", [[6, 6]], "X")
OTHER_SCALE = case("Scaled", [[3, 3], [4, 4], [2, 2]], scale=(1, 5))
SAME_RANKS = case("Higher", [[8, 8], [7, 7], [4, 4]])
WEAKEST = BASE.with_settings(compensation="min").renamed("Weakest")


@pytest.mark.parametrize(
    ("scenarios", "expected"),
    [
        ([BASE], "Base is the only scenario chosen; A leads overall"),
        ([TIED], "Tied is the only scenario chosen; A and B share the lead in it overall"),
        ([BASE, COPY], "Every value is the same in both scenarios; A leads at 6.0"),
        ([BASE, SAME_RANKS], "A leads in both scenarios, and every rank is the same"),
        ([BASE, REVERSED], "Turned turns the order of Base upside down: C leads instead of A"),
        ([BASE, TIED], "A leads in Base; A and B share the lead in Tied"),
        (
            [BASE, case("Bold", [[4, 4], [5, 5], [3, 3]])],
            "B leads in Bold, up from rank 2 in Base, where A leads",
        ),
        (
            [BASE, case("New", [[6, 6], [8, 8]], "AD")],
            "D leads in New, without a value in Base, where A leads",
        ),
        (
            [BASE, OTHER_NAMES],
            "Base and Others have no proposition in common: A leads in one, X leads in the other",
        ),
        (
            [BASE, SAME_RANKS, case("Bold", [[6, 6], [1, 1], [3, 3]])],
            "A leads in all three scenarios; B and C move most, by one place",
        ),
        (
            [
                case("Base", [[9, 9], [8, 8], [7, 7], [6, 6]]),
                case("Bold", [[9, 9], [5, 5], [7, 7], [6, 6]]),
            ],
            "A leads in both scenarios; B moves most: rank 2 in Base, 4 in Bold",
        ),
        ([BASE, SAME_RANKS, REVERSED], "A leads in Base and Higher; C leads in Turned"),
        (
            [BASE, SAME_RANKS, REVERSED, TIED, case("Bold", [[4, 4], [5, 5], [3, 3]])],
            "A leads in two of five scenarios; in the others, C and B lead",
        ),
    ],
)
def test_every_kind_of_ranks_has_a_true_sentence(scenarios, expected):
    assert exhibits.ranks_across(compare(*scenarios)).finding == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (COPY, "A stays at 6.00 from Base to Copy: nothing that moves it differs"),
        (SAME_RANKS, "A gains 2.00 from Base to Higher, all of it by the scores"),
        (case("New", [[6, 6]], "B"), "A is not in New, so there is no change to explain"),
        (OTHER_SCALE, "The change of A cannot be told: Scaled has another scale than Base"),
    ],
)
def test_every_kind_of_bridge_has_a_true_sentence(other, expected):
    assert exhibits.bridge(compare(BASE, other), "A").finding == expected


def test_a_part_too_small_to_show_is_no_part_of_all():
    base = Scenario.from_arrays([[8, 2]], points=[50, 50], propositions=["A"], name="Base")
    other = base.with_weights(discipline_1=60).with_scores("A", discipline_2=2.01)
    found = exhibits.bridge(compare(base, other.renamed("Bold")), "A").finding
    assert (
        found
        == "A gains 0.60 from Base to Bold, mostly by the weights (Discipline 2 +0.33, Discipline 1 +0.27)"
    )


def test_a_renamed_segment_is_told_as_segments_and_never_as_sizes():
    scores = [[[8, 2]], [[3, 6]]]
    base = Scenario.from_arrays(scores, propositions=["A"], segments=["X", "Y"], sizes=[6, 4], name="Base")
    other = Scenario.from_arrays(
        [[[8, 2]], [[3, 7]]], propositions=["A"], segments=["X", "Z"], sizes=[6, 4], name="Bold"
    )
    shown = exhibits.bridge(compare(base, other), "A")
    assert shown.finding == "A gains 0.20 from Base to Bold, all of it because the segments differ"
    assert "Y and Z, in one of the two only, count among the segments" in shown.notes
    steps = shown.table.set_index("step")["change"]
    assert (steps["sizes"], steps["segments"]) == pytest.approx((0, 0.2))
    assert "segments" not in exhibits.bridge(compare(base, base.renamed("Copy")), "A").table["step"].tolist()


def test_the_split_of_the_weights_adds_up_and_hides_nothing_that_works_against_it(three):
    for other, name in itertools.product(three.names[1:], three.propositions):
        shown = exhibits.bridge(three, name, other)
        split = shown.table.query("part_of == 'weights'")
        whole = shown.table.set_index("step").loc["weights", "change"]
        assert split["change"].sum() == pytest.approx(whole, abs=1e-9)
        assert (split["change"].abs().diff().dropna() <= 1e-12).all()
        [told] = re.findall(r"\((.*?)\)", shown.finding) or [None]
        if told is None:
            continue
        amounts = [read(amount) for amount in re.findall(r"[+−][\d.]+", told)]
        weights = read(re.search(r"weights ([+−][\d.]+)", shown.alt)[1])
        assert sum(amounts) == pytest.approx(weights, abs=1e-9)
        note = next(note for note in shown.notes if note.startswith("weights by discipline: "))
        every = [read(amount) for amount in re.findall(r"[+−][\d.]+", note)]
        assert sum(every) == pytest.approx(weights, abs=1e-9)
        along = max((a for a in every if a * weights > 0), key=abs)
        against = [a for a in every if a * weights < 0]
        if abs(sum(against)) > abs(along) / 2:
            assert max(against, key=abs) in amounts


def test_parts_that_cancel_are_told_both():
    base = Scenario.from_arrays([[8, 2]], points=[50, 50], propositions=["A"], name="Base")
    other = base.with_weights(discipline_1=75).with_scores("A", discipline_2=0, discipline_1=6 + 2 / 3)
    found = exhibits.bridge(compare(base, other.renamed("Bold")), "A").finding
    assert found == (
        "A stays at 5.00 from Base to Bold: weights add 1.58 (Discipline 2 +1.00, Discipline 1 +0.58), scores take 1.58"
    )


@pytest.mark.parametrize(
    ("scenarios", "expected"),
    [
        ([BASE], "Base is the only scenario chosen; A leads overall"),
        ([BASE, SAME_RANKS], "A leads in both scenarios, so it is the choice without regret"),
        ([TIED, TIED], "A and B share the lead in both scenarios, so they are the choice without regret"),
        ([BASE, OTHER_NAMES], "No proposition is in both scenarios, so there is no robust choice"),
        ([BASE, OTHER_SCALE], "The scenarios have different scales, so regrets cannot be compared"),
        (
            [case("P", [[7, 7], [5, 5]]), case("Q", [[5, 5], [7, 7]])],
            "A and B are equally robust: never more than 2.00 behind the best in both scenarios",
        ),
        (
            [BASE, case("Bold", [[4, 4], [8, 8], [3, 3]])],
            "B is the robust choice: never more than 1.00 behind the best, while A, which leads Base, "
            "falls up to 4.00 behind",
        ),
        (
            [BASE, case("Bold", [[5, 5], [5.5, 5.5], [3, 3]])],
            "A is probably the robust choice: never more than 0.50 behind the best, against 1.00 for B",
        ),
    ],
)
def test_every_kind_of_regret_has_a_true_sentence(scenarios, expected):
    assert exhibits.regret(compare(*scenarios)).finding == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (COPY, "Nothing moves on the way from Base to Copy: A leads all along"),
        (SAME_RANKS, "A leads all the way from Base to Higher"),
        (
            case("Level", [[7, 7], [7, 7], [3, 3]]),
            "A leads all the way from Base to Level, level with B at the end",
        ),
        (REVERSED, "On the way from Base to Turned the lead passes from A to B at 25 %, then to C at 50 %"),
        (
            OTHER_NAMES,
            "Base and Others have no proposition in common, so there is no way from one to the other",
        ),
        (OTHER_SCALE, "Base and Scaled have different scales, so there is no way from one to the other"),
        (
            WEAKEST,
            "Base and Weakest put values together in ways that cannot be mixed: their compensation or fairness differ",
        ),
    ],
)
def test_every_kind_of_path_has_a_true_sentence(other, expected):
    assert exhibits.path(compare(BASE, other)).finding.replace("\xa0", " ") == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (COPY, "Every value is the same in Base and Copy"),
        (SAME_RANKS, "No proposition loses overall from Base to Higher; A and B gain most (+2.00)"),
        (OTHER_NAMES, "Base and Others have no proposition in common, so no value can be compared"),
        (OTHER_SCALE, "Values of Base and Scaled cannot be compared: they have different scales"),
        (REVERSED, "From Base to Turned, C gains most (+4.00) and A loses most (−4.00) overall"),
    ],
)
def test_every_kind_of_change_of_values_has_a_true_sentence(other, expected):
    assert exhibits.value_changes(compare(BASE, other)).finding == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (COPY.replace(note="Only words"), "Base and Copy have the same inputs"),
        (
            BASE.with_settings(seed=7).renamed("Drawn"),
            "One input differs from Base to Drawn, and it moves no overall value",
        ),
        (
            BASE.with_scores("B", discipline_1=9).renamed("Bold"),
            "One input differs from Base to Bold: North, B, Discipline 1: score 5 → 9, B +2.00",
        ),
    ],
)
def test_every_kind_of_input_differences_has_a_true_sentence(other, expected):
    assert exhibits.input_differences(compare(BASE, other)).finding == expected


def test_unknown_names_are_refused(three):
    with pytest.raises(UnknownName, match="unknown proposition"):
        exhibits.bridge(three, "Nothing", "Green mandate")
    for exhibit in (exhibits.value_changes, exhibits.path, exhibits.input_differences):
        with pytest.raises(UnknownName, match="unknown scenario"):
            exhibit(three, "Nothing")


def test_what_is_not_shared_is_noted():
    both = compare(BASE, case("New", [[6, 6], [8, 8]], "AD"))
    assert "propositions not in every scenario: B and C in Base only; D in New only" in (
        exhibits.ranks_across(both).notes
    )
    assert exhibits.path(both).notes[-1] == "left out, being in one of the two only: B, C and D"


# ---------------------------------------------------------------------- findings against figures


@st.composite
def comparisons(draw):
    """Two to four scenarios of the same names with ties, reversals and nothing at all between them."""
    count, p = draw(st.integers(2, 4)), draw(st.integers(1, 5))
    steps = draw(st.sampled_from([2, 4, 40]))
    found = []
    for k in range(count):
        cells = draw(st.lists(st.integers(0, steps), min_size=4 * p, max_size=4 * p))
        weights = draw(st.lists(st.integers(1, 3), min_size=4, max_size=4))
        found.append(
            Scenario.from_arrays(
                np.array(cells).reshape(2, p, 2) * 10 / steps,
                points=np.array(weights).reshape(2, 2),
                sizes=draw(st.lists(st.integers(1, 3), min_size=2, max_size=2)),
                propositions=[f"P{i + 1}" for i in range(p)],
                name=f"S{k + 1}",
            )
        )
    return compare(*found)


@given(comparisons())
@effort(max_examples=tries(40))
def test_those_who_are_said_to_lead_in_a_scenario_lead_there(both):
    finding = exhibits.ranks_across(both).finding
    leaders = [{e.scenario.proposition_names[p] for p in e.standing().leaders} for e in both.evaluations]
    for who, where in re.findall(
        r"((?:P\d(?:, | and )?)+) (?:leads|share the lead) in ((?:S\d(?:, | and )?)+)", finding
    ):
        for scenario in re.findall(r"S\d", where):
            assert leaders[both.index(scenario)] == set(re.findall(r"P\d", who))
    if "every scenario" in finding:
        assert [{name} for name in re.findall(r"P\d", finding)] == leaders
    # "all leads are too close to call" says nothing of one leader everywhere.
    if re.search(r"\b(?:all \w+|both) scenarios", finding):
        assert all(led == leaders[0] for led in leaders)
    moved = re.search(r"(P\d) moves most: rank (\d) in (S\d), (\d) in (S\d)", finding)
    if moved:
        p = both.propositions.index(moved[1])
        ranks = both.ranks()
        assert ranks[both.index(moved[3]), p] == int(moved[2])
        assert ranks[both.index(moved[5]), p] == int(moved[4])
        assert np.ptp(ranks[:, p]) == np.ptp(ranks, axis=0).max() == abs(int(moved[2]) - int(moved[4]))


@given(comparisons())
@effort(max_examples=tries(40))
def test_a_bridge_says_the_difference_of_the_figures_shown_and_its_bars_end_at_the_value(both):
    for name in both.propositions:
        shown = exhibits.bridge(both, name, "S2")
        steps = shown.chart.steps
        labels = [step.text for step in steps]
        moved = re.search(r" (gains|loses) (\S+) from", shown.finding)
        difference = read(labels[-1]) - read(labels[0])
        if moved:
            assert difference == pytest.approx(read(moved[2]) * (1 if moved[1] == "gains" else -1), abs=1e-9)
        else:
            assert difference == 0
        for part in PARTS:
            said = re.search(rf"{part}(?: (?:add|take))? (\d\S*\d)", shown.finding)
            if said:
                assert abs(read(labels[1 + PARTS.index(part)])) == read(said[1].rstrip(","))
        assert steps[-2].end == pytest.approx(steps[-1].end, abs=1e-9)


@given(comparisons())
@effort(max_examples=tries(40))
def test_the_robust_choice_is_that_of_the_table(both):
    shown = exhibits.regret(both)
    table = shown.table.drop_duplicates("proposition")
    robust = table.loc[table["robust"], "proposition"].tolist()
    least = table["maximum"].min()
    assert (table.loc[table["robust"], "maximum"] <= least + 1e-8).all()
    said = re.findall(r"P\d", re.split(" (?:is|are|has|leads|probably|share) ", shown.finding)[0])
    assert said
    assert set(said) <= set(robust)
    assert len(said) == len(robust) or " more" in shown.finding
    bound = re.search(r"never more than (\S+) behind", shown.finding)
    assert bound is None or read(bound[1]) == pytest.approx(least, abs=10**-shown.decimals + 1e-9)


@given(comparisons())
@effort(max_examples=tries(30))
def test_the_lead_passes_where_the_sentence_says(both):
    shown = exhibits.path(both, "S2")
    table = shown.table
    said = [read(text) / 100 for text in re.findall(r"at (\S+)\xa0%", shown.finding)]
    crossing = sorted(set(table.loc[table["crossover"], "way_share"]))
    if " times on the way" not in shown.finding:
        assert said == pytest.approx(crossing, abs=0.006)
    ends = table.groupby("proposition", sort=False)["value"]
    own = [evaluate(s).overall for s in both.scenarios[:2]]
    for name, values in ends:
        p = both.propositions.index(name)
        assert [values.iloc[0], values.iloc[-1]] == pytest.approx([own[0][p], own[1][p]], abs=1e-9)


# ---------------------------------------------------------------------- as sure as the data

VERBS = {"leads": {"certain", "clear"}, "probably leads": {"likely"}, "is ahead": {"open"}}


@given(comparisons())
@effort(max_examples=tries(40))
def test_every_lead_is_told_as_sure_as_it_is(both):
    shown = exhibits.ranks_across(both)
    together = grading.together([certainty(scenario) for scenario in both.scenarios])
    found = dict(zip(both.names, together, strict=True))
    told = re.findall(r"P\d (leads|probably leads|is ahead) in ((?:S\d(?:, | and )?)+)", shown.finding)
    for verb, where in told:
        degrees = {found[name].degree for name in re.findall(r"S\d", where)}
        assert degrees <= VERBS[verb] or (verb == "is ahead" and "; " in shown.finding)
    rows = shown.table.query("rank == 1")
    assert rows["sure"].tolist() == [claims.sure_words(found[name]) for name in rows["scenario"]]
    if any(each.degree == "open" and len(each.leaders) == 1 for each in found.values()):
        assert re.search("too close to call|^No leader|share the lead", shown.finding)


@given(comparisons())
@effort(max_examples=tries(30))
def test_a_value_gains_or_loses_as_surely_as_the_draws_say(both):
    one, other = both.scenarios[:2]
    for p, name in enumerate(both.propositions):
        shown = exhibits.bridge(both, name, "S2")
        said = re.match(rf"{name} (probably |perhaps |)(gains|loses) ", shown.finding)
        if not said:
            continue
        moved = value_draws(other, like=one)[p] - value_draws(one)[p]
        if said[2] == "loses":
            moved = -moved
        share = (moved > 1e-8).mean() + (abs(moved) <= 1e-8).mean() / 2
        assert {"": "clear", "probably ": "likely", "perhaps ": "open"}[said[1]] == degree_of(share)


def test_scores_that_rise_under_the_same_errors_rise_surely():
    both = compare(BASE, case("Slightly", [[6.1, 6.1], [5, 5], [3, 3]]))
    assert exhibits.bridge(both, "A").finding == (
        "A gains 0.10 from Base to Slightly, all of it by the scores"
    )
    assert exhibits.value_changes(both).finding == (
        "No proposition loses overall from Base to Slightly; A gains most (+0.10)"
    )


def test_a_lead_that_is_open_is_never_told_as_one():
    near = case("Near", [[6, 6], [5.9, 5.9], [3, 3]])
    both = compare(near, near.renamed("Copy"))
    sentences = [shown.finding for shown in every(both)]
    assert sentences[0] == (
        "No leader can be told in either scenario: every value is the same in both scenarios; A is ahead at 6.0"
    )
    assert sentences[3] == (
        "No leader can be told in either scenario: A is ahead in both scenarios, without regret at the scores as they "
        "stand"
    )
    assert sentences[4] == (
        "Nothing moves on the way from Near to Copy: A is ahead all along; the lead is too close to call"
    )
    assert exhibits.ranks_across(compare(near)).finding == (
        "Near is the only scenario chosen; no leader can be told overall: A is ahead, too close to call with B"
    )


def test_a_partial_leader_is_called_partial():
    both = compare(BASE, case("Bold", [[6, 6], [9, None], [3, 3]]))
    assert "B (partial value) " in exhibits.ranks_across(both).finding


def test_notes_say_what_the_degrees_rest_on_and_never_probability(three):
    for shown in every(three, "Circular take-back", "Green mandate"):
        text = " ".join(shown.notes)
        assert "of the cases held possible" in text
        assert "assuming weights within 10 points" in text
        assert "probability" not in text
    known = BASE.with_settings(doubt={"weights_within": 0, "scores_within": 0})
    for shown in every(compare(known, SAME_RANKS.with_settings(doubt=known.settings.doubt)), "A"):
        assert "no weight, score or size is taken to be in doubt" in " ".join(shown.notes)


def test_ten_scenarios_are_told_in_a_sentence_and_a_rule():
    ten = [
        case(f"S{k}", np.roll([[8, 8], [5, 5], [3, 3], [2, 2]], k, axis=0)).renamed(f"Version {k}")
        for k in range(10)
    ]
    shown = exhibits.ranks_across(compare(*ten))
    assert shown.finding == "A leads in three of ten scenarios; in the others, B, C and D lead"
    assert shown.notes[0].startswith("a lead is probable where it holds in 85")


# ---------------------------------------------------------------------- charts


def test_slopes_join_the_places_of_one_proposition_and_circles_hold_its_values(three):
    shown = exhibits.ranks_across(three)
    [lit] = [row for row in shown.chart.rows if row.lit]
    assert [(stop.place, stop.text) for stop in lit.stops] == [(5, "5.6"), (5, "5.1"), (1, "6.7")]
    assert lit.named == [(0, 5), (2, 1)]
    assert sum(stop is not None for row in shown.chart.rows for stop in row.stops) == len(shown.table)
    first = shown.table.query("scenario == 'Base case'")
    assert first["weights"].iloc[0] == "22 · 35 · 17 · 26"
    assert first["place"].tolist() == first["rank"].tolist() == [1, 2, 3, 4, 5, 6]


def test_a_proposition_that_one_scenario_lacks_leaves_a_gap_in_its_line():
    both = compare(BASE, case("New", [[6, 6], [8, 8]], "AC"), BASE.renamed("Third"))
    shown = exhibits.ranks_across(both)
    drawn = [t for t in shown.figure.data if t.mode == "lines"]
    count = sum(x is None for t in drawn for x in t.x)
    assert count == 4  # A and C from each to the next, B from none
    assert sum(len(t.x) for t in shown.figure.data if t.mode == "markers+text") == len(shown.table) == 8


# Skins differ in their colours: at night in all.
@pytest.mark.parametrize(
    "skin", ["deck", *(pytest.param(s, marks=pytest.mark.nightly) for s in ("light", "dark"))]
)
@pytest.mark.parametrize("make", [hostile, long_names, large])
@pytest.mark.one_in(2)
def test_hostile_long_and_many_names_are_drawn_in_every_skin_and_take_no_effect(make, skin):
    scenario = make()
    turned = scenario.with_points(scenario.points[:, ::-1]).renamed("<b>$x$ %{y}")
    for shown in every(compare(scenario, turned)):
        figure = shown.figure_in(skin).to_json()
        for markup in ("<script", "<img", "<style", "<a href", "$\\\\frac", "%{y}"):
            assert markup not in figure
        assert shown.alt
        assert "\n" not in shown.finding


@pytest.mark.parametrize("other", [COPY, REVERSED, TIED, OTHER_NAMES, OTHER_SCALE, WEAKEST, None])
@pytest.mark.one_in(2)
def test_whatever_is_compared_is_drawn_in_every_skin(other):
    both = compare(BASE, other) if other else compare(BASE)
    for shown in every(both):
        for skin in ("deck", "light", "dark"):
            assert shown.figure_in(skin).layout.height > 0
        assert "nan" not in shown.finding + shown.alt + " ".join(shown.notes)


def test_where_nothing_can_be_compared_the_words_claim_no_chart():
    ranks, _, _, regret, path, differences = every(compare(BASE, OTHER_SCALE))
    assert "0 to 10 or 1 to 5" in ranks.subtitle
    for shown in (regret, path):
        assert shown.subtitle == "There is nothing to draw"
        assert not shown.figure_in("light").data
        assert "robust choice has" not in " ".join(shown.notes)
    assert "effect" not in differences.subtitle + " ".join(differences.notes)
    where, what, effect, _ = differences.chart.columns
    rows = differences.table.to_dict("records")
    told = [str(Difference(**{name: row[name] for name in FIELDS})) for row in rows]
    shown = [f"{a.text}: {b.text}" for a, b in zip(where.cells, what.cells, strict=True)]
    assert shown == [line if ": " in line else f"Whole scenario: {line}" for line in told]
    assert {cell.text for cell in effect.cells} == {"–"}


@given(st.lists(st.from_type(Scenario), min_size=2, max_size=3))
@effort(max_examples=tries(10, 1))
def test_any_scenarios_at_all_can_be_compared(chosen):
    both = compare(*chosen)
    for shown in every(both):
        assert shown.figure_in("light").layout.height > 0
    json.dumps(compare_document(both), allow_nan=False)


# ---------------------------------------------------------------------- documents


def test_the_document_has_every_figure_in_full_precision(three):
    document = compare_document(three)
    assert list(document) == ["scenarios", "values", "ranks", "bridges", "regret", "kendall_tau"]
    assert [scenario["leaders"] for scenario in document["scenarios"]] == [
        ["Predictive uptime"],
        ["48-hour parts"],
        ["Circular take-back"],
    ]
    for k, evaluation in enumerate(three.evaluations):
        rows = document["values"]["overall"]
        assert [row["by_scenario"][three.names[k]] for row in rows] == evaluation.overall.tolist()
        rows = document["ranks"]["segments"]["Enterprise"]
        assert [r["by_scenario"][three.names[k]] for r in rows] == evaluation.ranks_in("Enterprise").tolist()
    assert len(document["bridges"]) == 12
    for row in document["bridges"]:
        assert list(row) == ["proposition", "from", "to", *PARTS, "total"]
        assert math.fsum(row[part] for part in PARTS) == pytest.approx(row["total"], abs=1e-9)
    for row in document["regret"]:
        assert max(row["by_scenario"].values()) == row["maximum"]
    assert document["regret"][0]["proposition"] == "Predictive uptime"
    assert document["kendall_tau"][0] == pytest.approx([1, 1 / 3, 1 / 3])


@pytest.mark.parametrize("other", [COPY, TIED, OTHER_NAMES, OTHER_SCALE, WEAKEST])
def test_documents_hold_nothing_that_json_cannot(other):
    document = compare_document(compare(BASE, other, case("One", [[5, 5]], "Z")))
    assert json.loads(json.dumps(document, allow_nan=False)) == document
    assert "nan" not in compare_text(compare(BASE, other))


def test_the_command_prints_the_document_or_text_for_people():
    result = CliRunner().invoke(main, ["compare", *map(str, FILES), "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == compare_document(compare(*map(load, FILES)))
    text = CliRunner().invoke(main, ["compare", *map(str, FILES)]).stdout
    assert exhibits.regret(compare(*map(load, FILES))).finding in text
    assert re.search(r"Circular take-back +\+0\.90 +0\.00 +\+0\.17 +0\.00 +0\.00 +\+1\.07", text)


def test_a_file_that_cannot_be_read_is_one_message(tmp_path):
    result = CliRunner().invoke(main, ["compare", str(FILES[0]), str(tmp_path / "none.json")])
    assert result.exit_code == 1
    assert "none.json" in result.stderr
    assert result.stdout == ""
