"""Exhibits by name, the summary of a deck and its inputs."""

from __future__ import annotations

import functools
import inspect
import re

import numpy as np
import pytest
from hypothesis import given, settings
from moment_samples import BY_MOMENT, in_hours_and_euros
from nightly import tries
from random_scenarios import scenarios
from respondent_tables import heard_twice as heard
from sample_scenarios import ROOT

from valuemix import exhibits
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError, UnknownName
from valuemix.exhibits.balance.scores import shared_scores
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS, method_of
from valuemix.exhibits.slides import default_slides, exhibit_of, exhibits_of, finder, slide_of
from valuemix.exhibits.words.formats import number, weights_printed
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario

BASE, GREEN, WHERE = (
    load(ROOT / "scenarios" / f"{name}.json") for name in ("base-case", "green-mandate", "when-and-where")
)


def shown(key: str) -> Scenario:
    """A scenario with the data for an exhibit."""
    if key in BY_MOMENT:
        return in_hours_and_euros()
    return heard() if KINDS[key].page == "Evidence" else BASE


@functools.cache
def made_of(key: str) -> Exhibit:
    needed = {"scenarios": GREEN.name} if "scenarios" in KINDS[key].options else {}
    return exhibit_of(shown(key), slide_of(key, **needed), finder([GREEN]))


@pytest.mark.parametrize("key", [*KINDS])
@pytest.mark.one_in(3)  # tests/test_golden.py makes each from its key
def test_every_exhibit_is_made_from_its_key_alone_and_bears_it(key: str) -> None:
    made = made_of(key)
    assert made.key == key
    assert made.finding
    assert made.scenarios[0] == shown(key)
    assert made.figure.layout.width == 1280


@pytest.mark.parametrize("key", [*KINDS])
def test_every_exhibit_says_how_it_was_worked_out(key: str) -> None:
    lines = method_of(made_of(key))
    assert any(shown(key).content_hash in line and "seed 0" in line for line in lines)


def test_every_public_exhibit_is_a_kind() -> None:
    assert {*dir(exhibits)} - {"Exhibit", "decimals_of"} == {kind.function for kind in KINDS.values()}


@pytest.mark.parametrize("name", sorted({kind.function for kind in KINDS.values()}))
def test_exhibits_take_what_they_need_then_the_segment_then_options_by_name(name: str) -> None:
    _, *others = inspect.signature(getattr(exhibits, name)).parameters.values()
    places = [each for each in others if each.kind is each.POSITIONAL_OR_KEYWORD]
    optional = [each.name for each in places if each.default is not each.empty]
    assert optional in ([], ["segment"])
    assert "eps" not in {each.name for each in others}


def test_exhibits_of_trade_offs_and_robustness_take_a_scenario_as_well() -> None:
    assert exhibits.stability(BASE).finding == exhibits.stability(tradeoffs(BASE)).finding
    own = exhibit_of(BASE, slide_of("acceptability"), finder([]))
    assert exhibits.acceptability(BASE).finding == own.finding
    assert exhibits.fit(evaluate(BASE)).finding == exhibits.fit(BASE).finding


def test_what_no_exhibit_can_be_computed_from_is_named() -> None:
    with pytest.raises(EditError, match="ranking shows a scenario or its Evaluation, got a str"):
        exhibits.ranking("scenarios/base-case.json")
    with pytest.raises(EditError, match="regret shows a Comparison, got a Scenario"):
        exhibits.regret(BASE)


def test_options_that_scripts_pass_by_their_places_are_understood() -> None:
    by_name, by_place = exhibits.ranking(BASE, baseline=GREEN), exhibits.ranking(BASE, None, GREEN)
    assert by_place.table.equals(by_name.table)
    with pytest.raises(TypeError, match="multiple values"):
        exhibits.ranking(BASE, None, GREEN, [1, 2, 3, 4], "more")


def test_a_slide_keeps_to_its_segment() -> None:
    made = exhibit_of(BASE, slide_of("ranking", segment="Enterprise"), finder([]))
    assert set(made.table["segment"]) == {"Enterprise"}


def test_a_slide_bears_its_own_title_and_source() -> None:
    slide = slide_of("leaders").model_copy(update={"title": "Ours", "source": "Us"})
    made = exhibit_of(BASE, slide, finder([]))
    assert (made.finding, made.source) == ("Ours", "Us")


def test_what_a_slide_cannot_show_is_named() -> None:
    with pytest.raises(UnknownName, match=r"rankin.*[Dd]id you mean 'ranking'"):
        exhibit_of(BASE, slide_of("rankin"), finder([]))
    with pytest.raises(UnknownName, match="colour"):
        exhibit_of(BASE, slide_of("ranking", colour="red"), finder([]))
    with pytest.raises(UnknownName, match="Nobody"):
        exhibit_of(BASE, slide_of("ranking", segment="Nobody"), finder([]))
    with pytest.raises(EditError, match="no other scenario"):
        exhibit_of(BASE, slide_of("regret"), finder([]))
    with pytest.raises(EditError, match="draws must be a number, got 'many'"):
        exhibit_of(BASE, slide_of("acceptability", draws="many"), finder([]))
    with pytest.raises(EditError, match=r"slide 2 \(bridge\)"):
        exhibits_of(BASE, slides=[slide_of("summary"), slide_of("bridge", scenarios="Gone")])


def test_the_deck_kept_with_a_scenario_comes_before_the_usual_one() -> None:
    kept = BASE.replace(deck=(slide_of("regret", scenarios=GREEN.name), slide_of("levers")))
    assert [made.key for made in exhibits_of(kept, [GREEN])] == ["regret", "levers"]
    assert exhibits_of(BASE, [GREEN])[0].key == "ranks_across"
    assert "regret" in [slide.exhibit for slide in default_slides(BASE, [GREEN])]


def test_when_and_where_stands_in_the_usual_deck_where_there_are_moments() -> None:
    keys = [slide.exhibit for slide in default_slides(WHERE)]
    assert keys.index("disciplines_by_moment") == keys.index("leaders") + 1
    # No longer than a deck without moments: a table that is looked up makes way.
    assert len(keys) == len(default_slides(BASE))
    assert "disciplines_by_moment" not in [slide.exhibit for slide in default_slides(BASE)]


@pytest.mark.slow
@given(scenarios())
@settings(max_examples=tries(15, 3))
def test_the_usual_deck_can_be_made_of_any_scenario(scenario: Scenario) -> None:
    made = exhibits_of(scenario)
    assert made[0].key == "summary"
    assert {"weights", "scores"} <= {exhibit.key for exhibit in made}
    for exhibit in made:
        exhibit.figure_in("light")


@pytest.mark.parametrize(
    ("scores", "words"),
    [
        (
            [[9, 9], [2, 2]],
            "A is the proposition to lead with overall, whatever weights and scores are held possible",
        ),
        ([[8, 4], [5, 5]], "A is the proposition to lead with overall"),
        ([[8, 4], [5, 6]], "A is probably the proposition to lead with; .+ would change that"),
        ([[8, 4], [5, 6.4]], "Too close to call between A and B: it hangs most on the weight of .+"),
        (
            [[8, 4], [5, 6.6]],
            "Too close to call between A and B: taking any one weight or score as exact would not settle it",
        ),
        ([[8, 4], [5, 7], [1, 1]], "A and B tie overall: the numbers do not decide between them"),
        ([[8, 4], [8, 4]], "Both propositions are level overall: the numbers do not decide"),
        ([[8, np.nan], [2, 2]], r"A \(partial value\) is the proposition to lead with.*"),
    ],
)
def test_the_answer_is_worded_by_how_sure_it_is(scores: list[list[float]], words: str) -> None:
    names = ["A", "B", "C"][: len(scores)]
    assert re.fullmatch(words, exhibits.summary(Scenario.from_arrays(scores, propositions=names)).finding)


@given(scenarios())
@settings(max_examples=tries(10))
def test_the_sentences_of_the_summary_are_findings_of_other_exhibits(scenario: Scenario) -> None:
    sentences = exhibits.summary(scenario).table["sentence"].tolist()
    assert sentences[0] == exhibits.ranking(scenario).finding
    assert len(sentences) == 3


@given(scenarios())
def test_the_weights_named_are_the_weights_shown(scenario: Scenario) -> None:
    shown = exhibits.weights(scenario)
    shares = shown.table["weight_share"].to_numpy().reshape(-1, len(scenario.disciplines))
    np.testing.assert_allclose(shares[:-1], scenario.weights)
    np.testing.assert_allclose(shares[-1], scenario.size_shares @ scenario.weights)
    printed = {
        text.split("\u00a0")[0]
        for row in scenario.weights
        for text in weights_printed(row.tolist(), mean=False)
    }
    names = sorted([*scenario.segment_names, *scenario.discipline_names], key=len, reverse=True)
    sentence = shown.finding
    for name in names:
        sentence = sentence.replace(name, "").replace(name[:1].lower() + name[1:], "")
    assert set(re.findall(r"([\d.<>]+)\u00a0%", sentence)) <= printed


def test_weights_that_are_alike_are_called_alike() -> None:
    alike = Scenario.from_arrays([[[8, 2]], [[7, 7]]], points=[[3, 1], [75, 25]])
    assert exhibits.weights(alike).finding == "Both segments weigh the disciplines alike"
    single = Scenario.from_arrays([[8, 2, 3]], points=[50, 30, 20], segments=["Families"])
    assert exhibits.weights(single).finding == "In Families Discipline 1 weighs most, 50\u00a0%"
    level = Scenario.from_arrays([[8, 2]], points=[1, 1], segments=["Families"])
    assert exhibits.weights(level).finding == "All disciplines weigh 50\u00a0% among Families"


def test_scores_of_segments_that_differ_are_shown_one_by_one_or_as_their_mean() -> None:
    two = Scenario.from_arrays([[[8, 2], [4, 4]], [[6, np.nan], [4, 4]]], sizes=[3, 1])
    assert not shared_scores(two)
    table = exhibits.scores(two).table
    np.testing.assert_allclose(table["score"].to_numpy(), [7.5, 2.0, 4.0, 4.0])
    second = exhibits.scores(two, two.segment_names[1])
    assert second.notes[0] == "1 of 4 scores are missing"
    assert np.isnan(second.table["score"][1])
    told = f"Propositions differ most on Discipline 1: by {number(2, 0)} from best to worst"
    assert second.finding == f"{told} in {two.segment_names[1]}"


def test_a_mean_of_scores_has_no_more_decimals_than_the_scores() -> None:
    scenario = Scenario.from_arrays([[[8.5, 2], [4, 4]], [[6, 3], [4.1, 4]]], sizes=[7, 3])
    mean = exhibits.scores(scenario)
    assert mean.decimals == 1
    assert "by 3.8 from best to worst" in mean.finding


def test_no_two_slides_of_the_usual_deck_bear_the_same_title() -> None:
    scores = [[[8, 2], [4, 4]], [[6, 2], [4, 3]]]
    scenario = Scenario.from_arrays([*scores, scores[0]], points=[[3, 1], [1, 2], [1, 1]])
    findings = [exhibit.finding for exhibit in exhibits_of(scenario)]
    assert len(set(findings)) == len(findings)


def test_scores_that_are_equal_and_a_single_proposition_have_sentences_of_their_own() -> None:
    assert (
        exhibits.scores(Scenario.from_arrays([[5, 5], [5, 5]])).finding
        == "All propositions have the same scores"
    )
    single = exhibits.scores(Scenario.from_arrays([[5, 5]], propositions=["Express"]))
    assert single.finding == "Express is the only proposition that is scored"


@pytest.mark.parametrize("weight", [0, 0.2, 0.5, 1, 98, 99.8, 100])
def test_any_weight_can_be_told(weight: float) -> None:
    rest = (100 - weight) / 2
    case = Scenario.from_arrays(
        [[[8, 2, 5], [7, 3, 6]]] * 2, points=[[weight, rest, 100 - weight - rest], [40, 30, 30]]
    )
    text = weights_printed(case.weights[0].tolist(), mean=False)[0]
    finding = exhibits.weights(case).finding
    assert f" {text} in Segment 1" in finding or "Discipline 1" not in finding
    alone = exhibits.weights(Scenario.from_arrays([[8, 2], [7, 3]], points=[weight, 100 - weight]))
    assert alone.finding.endswith(
        weights_printed([weight / 100, 1 - weight / 100], mean=False)[int(weight < 50)]
    )


def test_a_weight_below_1_percent_is_told_as_it_is_printed() -> None:
    case = Scenario.from_arrays([[[8, 2], [7, 3]]] * 2, points=[[0.2, 99.8], [60, 40]])
    assert exhibits.weights(case).finding == (
        "Segments differ most on Discipline 1: it weighs 0.2\u00a0% in Segment 1 and 60\u00a0% in Segment 2"
    )
    small = load(ROOT / "tests" / "data" / "faults" / "small-weight.json")
    assert len(exhibits_of(small)) > 3


def test_weights_of_respondents_differ_as_surely_as_they_are_known_by_those_who_weighed() -> None:
    shown = exhibits.weights(load(ROOT / "scenarios" / "airport-survey-sfo-2017.json"))
    assert (
        "cannot be told between customer intimacy and innovation: customer intimacy weighs" in shown.finding
    )
    assert "derived from 1,942 of 2,586 respondents who answered all that it takes" in shown.subtitle
    assert "halo" in shown.notes[0]


def test_a_discipline_is_not_said_to_differ_most_because_its_scores_are_the_least_known() -> None:
    array = np.array([[5.5, 5.0], [5.0, 5.4], *[[5.2, 5.2]] * 6])
    off = np.tile([2.0, 0.01], (8, 1))
    scenario = Scenario.from_arrays(array).with_table("low", [array - off]).with_table("high", [array + off])
    told = exhibits.scores(scenario).finding
    assert "cannot be told between Discipline 1 and Discipline 2: on Discipline 1 by 0.5" in told


def test_the_mean_of_scores_says_which_segments_it_stands_for() -> None:
    """They have no table of their own in the appendix of the usual deck."""
    rows = np.array([[[8.0, 2], [6, 4]], [[5, 4], [6, 4]], [[2, 6], [6, 4]]])
    scenario = Scenario.from_arrays(rows, segments=["Far up", "Middle", "Far down"])
    assert exhibits.scores(scenario).notes[0] == (
        "scores differ from this mean by up to 3.0, most in Far up; those of Middle lie within 1.0 of it"
    )
    shown = [
        dict(slide.options).get("segment") for slide in default_slides(scenario) if slide.exhibit == "scores"
    ]
    assert shown == [None, "Far up", "Far down"]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (
            8.9,
            "propositions differ most cannot be told between Discipline 1 and Discipline 2: on Discipline 1 by 4.00 ",
        ),
        (7.9, "probably differ most on Discipline 1: by 4.00"),
        (6, "differ most on Discipline 1: by 4.00"),
    ],
)
def test_on_what_propositions_differ_most_is_as_sure_as_the_scores(second: float, told: str) -> None:
    scenario = Scenario.from_arrays([[9, second], [5, 5]]).with_settings(doubt={"scores_within": 10})
    shown = exhibits.scores(scenario)
    assert told in f"{shown.finding}".replace("by 4 ", "by 4.00 ").replace("by 4.0 ", "by 4.00 ")
    assert "the spread on Discipline 1 is wider than the spread on Discipline 2 in" in shown.notes[-1]
    known = scenario.with_settings(doubt={"scores_within": 0})
    assert exhibits.scores(known).finding.startswith("Propositions differ most on Discipline 1: by 4")
    assert exhibits.scores(known).notes == ()
