"""Sentences of the Customer view where the data do not decide: contests, differences near a bar, ties, noise."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike, NDArray

from valuemix import exhibits
from valuemix.errors import NothingToShow
from valuemix.exhibits.documents.customers import customers_document
from valuemix.model.parts import Doubt, Function, Link
from valuemix.model.scenario import Scenario

INTERVALS = Doubt(weights_within=0, scores_within=0, ranges="interval", halo=0)


def estimated(scores: ArrayLike, half: float, **names: list[str]) -> Scenario:
    """Scores with 95 % intervals that reach this far to both sides, and nothing else in doubt."""
    felt = np.asarray(scores, dtype=float)
    scenario = Scenario.from_arrays(felt, **names).with_settings(doubt=INTERVALS)
    return scenario.with_table("low", felt - half).with_table("high", felt + half)


def two_kinds(scenario: Scenario) -> Scenario:
    pairs = zip(scenario.segments, ("customer", "employee"), strict=True)
    return scenario.replace(segments=[s.model_copy(update={"kind": kind}) for s, kind in pairs])


def noise(rng: np.random.Generator, propositions: int, sd: float) -> Scenario:
    """Two kinds to whom all is worth the same: every difference is an error of the survey."""
    scores: NDArray[np.float64] = 5 + rng.normal(0, sd, (2, propositions, 2))
    return two_kinds(estimated(scores, 1.96 * sd))


# ---------------------------------------------------------------------- what costs whom


@pytest.mark.nightly  # a sample of worlds proves little: by day test_golden.py holds every degree of certainty
@pytest.mark.parametrize(
    ("propositions", "sd", "worlds"),
    [
        (3, 0.6, 40),
        *(pytest.param(*each, marks=pytest.mark.nightly) for each in ((8, 0.8, 40), (40, 0.8, 12))),
    ],
)
def test_noise_is_hardly_ever_told_as_a_cost_to_a_kind(propositions: int, sd: float, worlds: int) -> None:
    rng, flat, probable = np.random.default_rng(50), 0, 0
    for _ in range(worlds):
        finding = exhibits.alignment(noise(rng, propositions, sd)).finding
        claims = [part for part in finding.split(";") if "costs" in part and "perhaps costs" not in part]
        probable += any("probably costs" in part for part in claims)
        flat += any("probably costs" not in part for part in claims)
    assert flat <= 0.05 * worlds
    assert probable <= 0.25 * worlds


def test_a_cost_is_told_flatly_where_whatever_is_best_is_far_better() -> None:
    scores = [[[9, 9], [4, 4], [4, 4]], [[3, 3], [8, 8], [7.9, 8]]]
    found = exhibits.alignment(two_kinds(estimated(scores, 0.5)))
    assert found.finding == (
        "Proposition 1, best for customers, costs employees 5.0 against their own best; "
        "Proposition 2 costs customers 5.0"
    )
    first = (
        "Proposition 2, the best of two others, is worth over 0.5 more to employees than Proposition 1 in 100"
    )
    assert found.notes[1].startswith(first)
    assert "for employees Proposition 2 above Proposition 3 in" in found.notes[1]


def test_that_no_kind_loses_is_as_sure_as_the_scores() -> None:
    alike = [[[5, 5], [4.9, 4.9]], [[4.9, 4.9], [5, 5]]]
    sure, unsure = (exhibits.alignment(two_kinds(estimated(alike, half))).finding for half in (0.1, 4.0))
    assert sure.startswith("No kind loses more than 0.5 (0.1 today) by what is best for another")
    assert unsure.startswith("Perhaps no kind loses more than 0.5 (0.1 today)")
    same = [[[5, 5], [4.9, 4.9]], [[5, 5], [4.9, 4.9]]]
    assert exhibits.alignment(two_kinds(estimated(same, 1.0))).finding == (
        "Perhaps no kind loses by what is best for another: "
        "Proposition 1 is ahead for customers and employees but too close to call"
    )


# ---------------------------------------------------------------------- gaps and bars


def near_the_bar() -> tuple[Scenario, NDArray[np.float64]]:
    """One claim far beyond the bar of 2, three just within it."""
    felt = np.full((1, 3, 3), 4.0)
    claimed = felt.copy()
    claimed[0, 0, 0], claimed[0, 1, :2], claimed[0, 2, 2] = 7.5, 5.99, 5.98
    return Scenario.from_arrays(felt), claimed


def test_that_no_other_gap_is_beyond_the_bar_is_as_sure_as_the_gaps() -> None:
    scenario, claimed = near_the_bar()
    for within, story, gaps in (
        (5.0, "one of nine promises, and others may be:", "reaches the bar of 2, and others may"),
        (0.01, "the only one of nine promises:", "reaches the bar of 2"),
    ):
        doubted = scenario.with_settings(doubt=Doubt(scores_within=within))
        told = exhibits.cover_stories(doubted.with_table("promised", claimed)).finding
        assert f"Proposition 1 on Discipline 1 is a cover story, {story}" in told
        assert exhibits.perception(doubted.with_table("believed", claimed)).finding.endswith(gaps)


def test_that_promises_are_kept_and_which_is_outdone_most_are_as_sure_as_the_gaps() -> None:
    felt = np.full((1, 2, 3), 5.0)
    felt[0, 1] = 4.5
    promised = felt - 0.02
    promised[0, 0, 0] -= 0.3
    scenario = Scenario.from_arrays(felt).with_table("promised", promised)
    found = exhibits.cover_stories(scenario)
    assert found.finding == (
        "Perhaps customers get what is promised or more, most of all Proposition 1 on Discipline 1, "
        "too close to call: promised 4.7, felt 5.0"
    )
    assert "the gap of Proposition 1 on Discipline 1 is wider than that of" in found.notes[-1]
    known = exhibits.cover_stories(scenario.with_settings(doubt=Doubt(weights_within=0, scores_within=0)))
    assert known.finding.startswith("Customers get what is promised or more, most of all Proposition 1")


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.one_in(4)
def test_gaps_that_print_alike_and_are_alike_tie_whatever_their_digits(seed: int) -> None:
    rng = np.random.default_rng(seed)
    felt = rng.integers(20, 60, (1, 2, 2)) / 10
    scenario = Scenario.from_arrays(felt)
    told = exhibits.cover_stories(scenario.with_table("promised", felt + 1.5)).finding
    assert "all four promises are missed alike, by 1.5 each, such as Proposition 1 on Discipline 1" in told
    one_less = felt + np.array([[[0.5, 1.5], [1.5, 1.5]]])
    told = exhibits.cover_stories(scenario.with_table("promised", one_less)).finding
    assert (
        "three of four promises are missed most, by 1.5 each, such as Proposition 1 on Discipline 2" in told
    )
    believed = exhibits.perception(scenario.with_table("believed", felt + 1.5)).finding
    assert believed.startswith("Four share the widest gap, 1.5, such as Proposition 1 on Discipline 1")


def test_means_by_size_and_weight_are_called_so() -> None:
    felt = np.full((2, 2, 2), 5.0)
    scenario = Scenario.from_arrays(felt, segments=["Families", "Firms"]).with_table("believed", felt + 1)
    for by, counted in (
        ("score", "by size and weight"),
        ("segment", "by weight"),
        ("proposition", "by size and weight"),
    ):
        assert f"both segments, {counted}, widest" in exhibits.perception(scenario, by=by).subtitle
    assert exhibits.perception(scenario, "Firms").subtitle.endswith("Firms, widest gap first")
    assert exhibits.ranking(scenario).subtitle.endswith("both segments, by size")


# ---------------------------------------------------------------------- who leads then, and without


def test_who_leads_once_unevenness_counts_is_as_sure_as_the_ranking_says() -> None:
    scenario = Scenario.from_arrays([[[6, 6], [5.2, 5.2]], [[4, 4], [4.7, 4.7]]])
    would = exhibits.evenness(scenario)
    assert would.finding.endswith(
        ", and at fairness 1 Proposition 2 would be ahead, too close to call with Proposition 1"
    )
    today = exhibits.evenness(scenario.with_settings(fairness=1))
    assert today.finding.endswith(
        ", and at fairness 1 Proposition 2 is ahead, too close to call with Proposition 1"
    )
    share = exhibits.ranking(scenario.with_settings(fairness=1)).notes[0].split(" in ")[1][:2]
    for found in (would, today):
        assert found.notes[-1].startswith(f"at fairness 1 Proposition 2 above Proposition 1 in {share}")


def burdened(scores: ArrayLike) -> Scenario:
    scenario = Scenario.from_arrays(scores)
    heavy = [segment.model_copy(update={"burden": 30.0}) for segment in scenario.segments]
    return scenario.replace(segments=heavy).with_table("burdens", [[[9] * 4, [1] * 4]])


def test_that_burden_changes_who_leads_is_no_surer_than_either_lead() -> None:
    assert exhibits.net_value(burdened([[5.01, 5, 5], [5, 5, 5]])).finding.replace("\u00a0", " ") == (
        "With burden at 30 % of the weight Proposition 2 leads overall at 6.20; "
        "without it Proposition 1 is ahead, too close to call"
    )
    sure = exhibits.net_value(burdened([[7, 7, 7], [5, 5, 5]])).finding
    assert "Proposition 2 leads overall" in sure
    assert "no longer Proposition 1, which is left with" in sure
    # The other way round: what leads clearly once burden counts is open without it.
    still = exhibits.net_value(burdened([[5, 5, 5], [5.01, 5, 5]])).finding
    assert still.endswith("Proposition 2 leads overall at 6.20, which is too close to call without it")


def served(half: float, guests: float = 4.99) -> Scenario:
    link = Link(from_segment="Crew", to_segment="Guests", strength=1.0)
    return estimated([[[5, 5]], [[guests, guests]]], half, segments=["Crew", "Guests"]).replace(links=[link])


def test_that_no_link_limits_is_as_sure_as_the_scores_in_the_exhibit_and_in_the_document() -> None:
    for scenario, told in (
        (served(1.0), r"^whether any value is limited by who serves whom is too close to call"),
        (served(1.0, 4.1), r"^probably no value is limited by who serves whom"),
        (served(0.001), r"^no value is limited by who serves whom"),
    ):
        with pytest.raises(NothingToShow, match=told) as raised:
            exhibits.service(scenario)
        lacks = {each["key"]: each["lacks"] for each in customers_document(scenario)["exhibits"]}
        assert lacks["service"] == str(raised.value)


# ---------------------------------------------------------------------- verdicts and means


def test_the_verdict_that_a_sentence_is_about_carries_its_own_degree() -> None:
    scores = [[7.01, 6], [4, 9], [4, 4.5]]
    told = exhibits.discipline_check(Scenario.from_arrays(scores)).finding
    assert told.startswith(
        "Only Proposition 1 both leads a discipline (Discipline 1) and holds the others, which is too close to call; "
    )
    clear = exhibits.discipline_check(Scenario.from_arrays([[9, 7], [4, 9], [3, 3]])).finding
    assert clear.startswith(
        "Only Proposition 1 both leads a discipline (Discipline 1) and holds the others; "
    )
    assert "too close" not in clear


def test_a_mean_of_scores_that_lacks_a_segment_is_marked_in_tables_and_figures_with_the_note() -> None:
    scenario = Scenario.from_arrays([[[8, 2]], [[4, np.nan]]], segments=["Families", "Students"])
    for found in (exhibits.scores(scenario), exhibits.discipline_check(scenario)):
        assert found.table["partial"].tolist() == [False, True]
        assert "* partial mean: a score is missing in Students" in found.notes
        texts = [cell.text for cell in found.chart.rows[0]]
        assert ["*" in text for text in texts[1:3]] == [False, True]
    own = exhibits.scores(scenario, "Students")
    assert not own.table["partial"].any()
    assert not any("partial mean" in note for note in own.notes)


def test_preference_shares_are_not_told_in_the_words_of_the_ranking() -> None:
    scenario = Scenario.from_arrays([[[8, 8], [7, 7]], [[0, 0], [9, 9]]], sizes=[3, 1])
    note = exhibits.preference_share(scenario).notes[-1]
    assert note.startswith("Proposition 1 is larger in preference share than Proposition 2 in ")
    assert "above" not in note


def test_verdicts_told_together_carry_the_least_of_their_degrees() -> None:
    said = [
        exhibits.discipline_check(Scenario.from_arrays([[9, low], [low, 9], [3, 3]])).finding
        for low in (5.01, 5.32, 7)
    ]
    both = "Proposition 1 and Proposition 2 each "
    assert said[0].startswith(f"{both}lead a discipline and hold the others, which is too close to call; ")
    assert said[1].startswith(f"{both}probably lead a discipline and hold the others; ")
    assert said[2].startswith(f"{both}lead a discipline and hold the others; ")


def test_what_turns_a_verdict_is_never_printed_as_no_change() -> None:
    found = exhibits.discipline_check(Scenario.from_arrays([[9, 5.01], [4, 9], [3, 3]]))
    assert "a drop of less than 0.01 on Discipline 2" not in found.alt
    assert "−0.01 on Discipline 2: leads with a gap" in found.alt
    means = [[[9, 5.1], [4, 9]], [[9, 4.9], [4, 9]]]
    close = exhibits.discipline_check(Scenario.from_arrays(means, sizes=[60, 40]))
    assert "a drop of less than 0.1 on Discipline 2: leads with a gap" in close.alt


# ---------------------------------------------------------------------- who is spoken of


def test_employees_and_partners_are_not_called_customers() -> None:
    felt = np.array([[[4.0, 6.0], [6, 5]], [[6, 3], [3, 6]]])
    base = two_kinds(
        Scenario.from_arrays(felt, segments=["Riders", "Crew"], propositions=["Express", "Local"])
    )
    half = {d.id: 0.5 for d in base.disciplines}
    base = base.replace(delivery=[Function(name="Sales", survives=half)])
    base = base.with_table("believed", felt + np.array([[[2, 0], [0, 3]]])).with_table("promised", felt + 0.1)
    told = {
        where: [
            exhibits.perception(base, where).finding,
            exhibits.delivery_chain(base, segment=where).finding,
            *exhibits.delivery_chain(base, segment=where).notes,
            exhibits.led_by_view(base, where).finding,
            exhibits.cover_stories(base.with_table("promised", felt), where).finding,
            *exhibits.led_by_view(base, where).table["meaning"],
        ]
        for where in (None, "Riders", "Crew")
    }
    said = {where: " ".join(texts).lower() for where, texts in told.items()}
    assert "customers" in said["Riders"]
    assert "employees" in said["Crew"]
    assert "customers" not in said["Crew"]
    assert "those served" in said[None]
    assert "customers" not in said[None]


# ---------------------------------------------------------------------- what a degree rests on


def test_who_leads_in_the_short_and_in_the_long_term_is_told_with_what_it_rests_on() -> None:
    base = Scenario.from_arrays([[8, 5], [6, 6]], points=[60, 40], segments=["All"])
    for there in (50.0, 5.0):
        aging = base.replace(later={"All": {"discipline_1": there, "discipline_2": 100 - there}})
        note = next(note for note in exhibits.terms(aging).notes if note.startswith("short term: "))
        assert "; long term: " in note
        assert note.endswith("assuming weights within 10 points and scores within 5\u00a0% of the scale")


def test_first_of_all_is_said_of_leaders_and_not_of_the_worst_served_or_the_costliest() -> None:
    scores = [[[5.0, 5], [5, 5]], [[5.1, 5], [5, 5]], [[5.1, 5], [5, 5]]]
    worst = " ".join(exhibits.evenness(estimated(scores, 0.5)).notes)
    assert "is served worse than" in worst
    assert ", and than any other in " in worst
    assert "first of all" not in worst


def test_on_what_a_profile_rests_most_is_as_sure_as_its_scores() -> None:
    scores = [[9, 8.99, 1], [5, 5, 5]]
    assert ", most on" not in exhibits.focus(estimated([scores], 0.8)).finding
    assert ", most on Discipline 1;" in exhibits.focus(estimated([scores], 0.001)).finding
    alone = exhibits.focus(estimated([[[5.01, 5.0]]], 0.8))
    assert alone.finding.endswith("is spread as if on 2.0 of two disciplines")


def test_in_how_many_segments_one_fits_best_is_told_of_todays_scores() -> None:
    scores = [[[8, 4], [4, 8]], [[8, 4], [4, 8]]]
    scenario = estimated(scores, 0.4).with_points([[80, 20], [60, 40]])
    assert exhibits.fit(scenario).finding.endswith("; at today's scores it fits every segment best")
