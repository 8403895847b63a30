"""What the Evidence page tells: each sentence derived anew from its table or from the answers themselves."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from respondent_tables import DISCIPLINES, heard_twice, respondents, roles, written
from sample_scenarios import ROOT
from scipy.stats import f as f_distribution

import valuemix as vm
from valuemix import exhibits
from valuemix.analysis.certainty.uncertainty import input_draws
from valuemix.analysis.customers.moments import moment_leads
from valuemix.analysis.draws.survey_errors import score_errors
from valuemix.analysis.evidence.answers import times_as_many
from valuemix.analysis.evidence.importance import segments_apart
from valuemix.analysis.evidence.leads import heard_lead
from valuemix.analysis.evidence.memory import pooled
from valuemix.analysis.evidence.switch_errors import switch_interval
from valuemix.analysis.evidence.wave_leads import lead_over_time, risen_since
from valuemix.analysis.evidence.waves import at_wave
from valuemix.analysis.tradeoffs.breakeven import break_even_scores
from valuemix.analysis.tradeoffs.tradeoffs import case_of, tradeoffs
from valuemix.analysis.value.case import swept_weights
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.exhibits.tradeoffs.nearest_change import nearest_change
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.evidence import Across, Between, Evidence, packed, packed_whole

EVIDENCE = [key for key, kind in KINDS.items() if kind.page == "Evidence"]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Families say that innovation matters more to them than Business says."""
    table = respondents(300)
    families = table["segment"] == "Families"
    moved = np.minimum(table.loc[families, "points_social_purpose"], 6)
    table.loc[families, "points_innovation"] += moved
    table.loc[families, "points_social_purpose"] -= moved
    return table


@pytest.fixture(scope="module")
def heard(rows: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> vm.Scenario:
    return vm.survey(written(rows, tmp_path_factory.mktemp("asked")), roles(), wave="2026-05-01")


def made(scenario: vm.Scenario, kind: str, **options: str) -> Exhibit:
    return exhibit_of(scenario, slide_of(kind, **options), finder([]))


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


@pytest.mark.parametrize("kind", EVIDENCE)
def test_without_answers_an_exhibit_says_how_to_bring_them(kind: str) -> None:
    with pytest.raises(vm.ValuemixError, match="read them with valuemix survey"):
        made(vm.Scenario.from_arrays([[5, 4], [3, 2]]), kind)


def test_what_people_would_choose_is_not_told_where_each_rated_one_proposition() -> None:
    airport = vm.load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    with pytest.raises(vm.ValuemixError, match="each respondent rated one proposition"):
        made(airport, "would_choose")
    told = made(airport, "asked")
    assert "is not known" in told.table["sentence"].iloc[-1]
    assert told.subtitle.startswith("What 2,586 respondents say, asked in May 2017;")


@pytest.mark.parametrize("kind", EVIDENCE)
@pytest.mark.one_in(4)
def test_an_exhibit_is_made_of_a_segment_as_of_all(kind: str) -> None:
    heard = heard_twice()
    for options in ({}, {"segment": "Families"}):
        if options and "segment" not in KINDS[kind].options:
            continue
        exhibit = made(heard, kind, **options)
        assert len(exhibit.table)
        assert "nan" not in f"{exhibit.finding} {exhibit.subtitle} {exhibit.alt} {exhibit.notes}"
        assert "2026-05-01" in f"{exhibit.finding} {exhibit.subtitle}"


def test_three_sentences_tell_the_lead_its_interval_and_who_would_choose_otherwise(
    heard: vm.Scenario,
) -> None:
    who, sure, otherwise = map(plain, exhibits.asked(heard, "Families").table["sentence"])
    found, lead = heard_lead(heard, "Families"), heard_lead(heard, "Families").leads[0]
    leader, other = (heard.proposition_names[p] for p in (found.certainty.leaders[0], lead.rival))
    word = {"clear": "leads", "likely": "probably leads", "open": "is ahead"}[found.certainty.degree]
    assert who.startswith(f"Among those asked {leader} {word}")
    values = dict(zip(heard.proposition_names, vm.evaluate(heard).values_in("Families"), strict=True))
    shown = values[leader] - values[other]
    assert sure.startswith(f"{leader} is {shown:.3f} ahead of {other} among Families")
    assert f"(95 % interval {lead.low:.3f} to {lead.high:.3f})".replace("-", "−") in sure
    assert heard.evidence is not None
    share = heard.evidence.by_segment["Families"].choose[other]
    assert otherwise == f"{100 * share:.0f} % of them would choose {other}."


def test_leads_over_every_rival_have_their_intervals(heard: vm.Scenario) -> None:
    table = exhibits.leads(heard).table
    values = dict(zip(heard.proposition_names, vm.evaluate(heard).overall, strict=True))
    for row in table.to_dict("records"):
        assert row["lead"] == pytest.approx(values[row["leader"]] - values[row["proposition"]])
        assert (row["low"] + row["high"]) / 2 == pytest.approx(row["lead"])


def test_would_choose_sums_to_all_and_is_the_mean_of_segments_by_size(heard: vm.Scenario) -> None:
    table = exhibits.would_choose(heard).table
    assert table["choose_share"].sum() == pytest.approx(1)
    own = {name: exhibits.would_choose(heard, name).table.set_index("proposition")["choose_share"]
           for name in heard.segment_names}  # fmt: skip
    mixed = sum(size * own[name] for size, name in zip(heard.size_shares, heard.segment_names, strict=True))
    first = table["proposition"][0]
    assert table["choose_share"][0] == pytest.approx(mixed[first])


def test_weights_are_those_that_were_given_whatever_was_edited_since(
    rows: pd.DataFrame, heard: vm.Scenario
) -> None:
    edited = heard.with_weights("Families", innovation=90)
    table = exhibits.importance(edited, "Families").table.set_index("discipline")
    told = rows.loc[rows["segment"] == "Families", [f"points_{name}" for name in DISCIPLINES]].mean() / 100
    np.testing.assert_allclose(table["weight_share"], told, rtol=1e-9)
    finding = plain(exhibits.importance(edited, "Families").finding)
    assert finding.startswith(
        f"Innovation matters most to those asked among Families, {100 * told.iloc[0]:.1f} % ("
    )


def test_believed_weights_cost_the_lead_of_those_asked_over_what_they_choose(heard: vm.Scenario) -> None:
    """Express is best on intimacy alone, and intimacy is what customers are believed to weigh."""
    believed = dict(zip(DISCIPLINES, (10.0, 10.0, 10.0, 70.0), strict=True))
    scenario = (
        heard.replace(low=None, high=None)
        .with_scores("Express", customer_intimacy=3.4)
        .replace(believed_weights=dict.fromkeys(heard.segment_names, believed))
    )
    values = dict(zip(scenario.proposition_names, vm.evaluate(scenario).overall, strict=True))
    told = made(scenario, "believed_weights")
    [lead] = heard_lead(scenario).leads
    lost = (
        f"costs {values['Green line'] - values['Express']:.3f} of value ({lead.low:.3f} to {lead.high:.3f})"
    )
    assert (
        plain(told.finding).replace("−", "-").startswith("Choosing Express overall, as believed weights do, ")
    )
    assert lost in plain(told.finding).replace("−", "-")
    assert told.table["believed_share"].tolist() == pytest.approx([0.1, 0.1, 0.1, 0.7])
    np.testing.assert_allclose(told.table["weight_share"], exhibits.importance(scenario).table
                               .query("segment == 'Overall'")["weight_share"])  # fmt: skip
    # Weights that were edited since change nothing: those of customers are what they said.
    edited = scenario.with_points([[25, 25, 25, 25]] * 2)
    assert made(edited, "believed_weights").finding == told.finding
    same = scenario.replace(believed_weights={s.name: s.points for s in scenario.segments})
    assert "costs nothing: by customers' own weights Green line" in made(same, "believed_weights").finding
    with pytest.raises(vm.ValuemixError, match="the sheet Believed weights is empty"):
        made(heard, "believed_weights")


def test_stated_and_derived_importance_say_who_leads_by_each(heard: vm.Scenario) -> None:
    scenario = heard_twice()
    told = made(scenario, "stated_and_derived", segment="Families")
    stated, derived = (
        part.set_index("discipline")["weight_share"]
        for _, part in told.table.groupby("importance", sort=False)
    )
    assert stated.sum() == pytest.approx(1)
    assert derived.sum() == pytest.approx(1)
    first, second, *leads = plain(told.finding).lower().split("; ")
    most = [str(shares.idxmax()).lower() for shares in (stated, derived)]
    assert first.startswith(most[0])
    assert second.startswith("it too" if most[0] == most[1] else most[1])
    by_derived = scenario.with_weights("Families", 100 * derived.set_axis([*scenario.discipline_ids]))
    leader = vm.evaluate(by_derived).standing("Families").leaders[0]
    assert scenario.proposition_names[leader].lower() in leads[0]
    with pytest.raises(vm.ValuemixError, match="not both stated and derived"):
        made(heard, "stated_and_derived")


def test_two_segments_are_tested_by_walds_f(rows: pd.DataFrame, heard: vm.Scenario) -> None:
    names = [f"points_{name}" for name in DISCIPLINES[:-1]]
    sides = [rows.loc[rows["segment"] == name, names].to_numpy() / 100 for name in heard.segment_names]
    gap = sides[0].mean(axis=0) - sides[1].mean(axis=0)
    spread = sum(np.cov(side.T, bias=True) / len(side) for side in sides) * len(rows) / (len(rows) - 1)
    statistic = gap @ np.linalg.solve(spread, gap) / 3
    found = segments_apart(heard)[0]
    assert found.statistic == pytest.approx(statistic, rel=1e-5)
    degrees = min(len(side) for side in sides) - 1
    assert found.p == pytest.approx(float(f_distribution.sf(statistic, 3, degrees)), rel=1e-4)
    assert found.differs
    told = exhibits.segments_apart(heard).finding
    assert told.startswith("Business and Families differ in what matters")
    assert ("changes no rank" in told) != found.reorders


def test_segments_that_answer_alike_do_not_differ(tmp_path_factory: pytest.TempPathFactory) -> None:
    alike = vm.survey(written(respondents(200), tmp_path_factory.mktemp("alike")), roles())
    told = exhibits.segments_apart(alike).finding
    assert told == "Business and Families do not differ in what matters, as far as these answers tell"


def test_answers_needed_follow_the_formula(heard: vm.Scenario) -> None:
    row = exhibits.answers_needed(heard, worth=2.0).table.iloc[0]
    lead = heard_lead(heard).leads[0]
    worth = 0.02 * heard.scale.width
    assert row["answers_for_worth"] == np.ceil(300 * (2.8 * lead.error / worth) ** 2)
    assert row["times_for_today"] == pytest.approx(times_as_many(lead.error, lead.lead))
    with pytest.raises(vm.ValuemixError, match="above 0"):
        exhibits.answers_needed(heard, worth=0.0)


def test_the_answers_that_a_lead_takes_are_those_of_the_lead_beside_them_and_moments_lose_no_respondent() -> (
    None
):
    """By place or in one, 374 and 165 people rated the two; an item that fewer answered does not make them fewer.

    Weights that all passengers gave rest on all of them.
    """
    for name in ("airport-by-places", "airport-survey-sfo-2017"):
        heard = vm.load(ROOT / "scenarios" / f"{name}.json")
        told = exhibits.summary(vm.evaluate(heard)).table.set_index("part")["sentence"]["How safely"]
        in_all = {"airport-by-places": ("105,000", "8,000"), "airport-survey-sfo-2017": ("43,000", "3,300")}[
            name
        ]
        assert told.endswith(
            f"takes about {in_all[0]} respondents in all, in about {in_all[1]} clusters, asked the same way; 2,586 "
            "now: 374 count for Boarding Area D, 165 for Boarding Area E"
        )
        result = vm.evaluate(heard.with_points(heard.points.round(1)))
        close = min(heard_lead(result).leads, key=lambda own: own.above)
        needed = 539 * (2.8 * close.error / close.lead) ** 2
        told = exhibits.summary(result).table.set_index("part")["sentence"]["How safely"]
        assert f"to tell a true lead of {close.lead:.3f} over Boarding Area E from chance" in told
        two, clusters = (
            round(each, (3 if f"{each:.0f}"[0] == "1" else 2) - len(f"{each:.0f}"))
            for each in (needed, needed / 539 * 198)
        )
        assert (
            f"takes about {two:,.0f} answers on the two, in about {clusters:,.0f} clusters, asked the same way; "
            "at least 539 now: 374 count for" in told
        )
        own = exhibits.leaders(result)
        assert {row[-1].text for row in own.chart.rows} == {
            "airport-by-places": {"25–43 and 81–140", "134–234 and 66–122"},
            "airport-survey-sfo-2017": {"123–140 and 39–43", "185–234 and 198–257"},
        }[name]


def test_no_leader_is_told_of_a_place_of_which_less_than_half_of_the_weight_was_asked() -> None:
    """Access and security were asked of one discipline, 37 % of the weight; the weakest place is one of the others."""
    result = vm.evaluate(vm.load(ROOT / "scenarios" / "airport-by-places.json"))
    found = {lead.place.name: lead for lead in moment_leads(result.scenario)}
    assert [name for name, lead in found.items() if not lead.told] == ["Access", "Security"]
    operational = result.scenario.discipline_ids.index("operational_excellence")
    assert found["Access"].asked == pytest.approx(found["Access"].mix[operational])
    assert found["Way to the gate"].asked == pytest.approx(1)
    first, *_, gate = exhibits.disciplines_by_moment(result).chart.columns[1:]
    assert first.cells[0].text == "(Operational excellence?: Boarding Area D?)"
    assert gate.cells[0].text == "(Operational excellence?) Boarding Area D?"
    for told in (exhibits.where(result).finding, exhibits.journey(result).finding):
        assert "three moments of which half" in told
        assert "Access" not in told


def test_answers_needed_of_a_finite_population_are_never_more_than_all(
    rows: pd.DataFrame, tmp_path: Path
) -> None:
    """The variance with n of N answers is (1 / n - 1 / N) times that of the answers, by the survey's own formula."""
    file = written(rows.assign(people=400), tmp_path)
    few, endless = vm.survey(file, roles(population="people")), vm.survey(file, roles())
    assert (few.evidence.population, endless.evidence.population) == (400, None)
    error, free = (heard_lead(each).leads[0].error for each in (few, endless))
    assert error == pytest.approx(free * np.sqrt(1 - 300 / 400), rel=1e-4)
    needed = exhibits.answers_needed(few).table["answers_for_worth"][0]
    target = (0.01 * few.scale.width / 2.8) ** 2
    variance = free**2 * 300  # of one answer, but for n - 1
    assert variance * (1 / needed - 1 / 400) <= target < variance * (1 / (needed - 1) - 1 / 400)
    assert needed < 400 < exhibits.answers_needed(endless).table["answers_for_worth"][0]


def test_weights_that_nobody_was_asked_about_are_not_shown(rows: pd.DataFrame, tmp_path: Path) -> None:
    only_rated = {key: value for key, value in roles().items() if key != "importance"}
    rated = vm.survey(written(rows, tmp_path), only_rated)
    for kind in ("importance", "segments_apart"):
        with pytest.raises(vm.ValuemixError, match="not asked what matters"):
            made(rated, kind)
    notes = made(rated, "leads").notes
    assert notes[1] == "300 respondents; intervals leave out errors of weights held as known"
    assert notes[2].endswith("(one shift in every segment), scores and sizes as 300 respondents leave them")


def test_waves_tell_how_the_lead_and_the_numbers_behind_it_moved() -> None:
    scenario = heard_twice()
    lead = made(scenario, "lead_over_time")
    then, now = lead.table["lead_words"]
    assert lead.finding.endswith(f"overall grew from {then} in 2025-05-01 to {now}")
    for row, age in zip(lead.table.itertuples(), (1, 0), strict=True):
        wave, _ = at_wave(scenario, age)
        own = heard_lead(wave)
        assert (row.lead, row.low, row.high) == pytest.approx(
            (own.leads[0].lead, own.leads[0].low, own.leads[0].high)
        )
    moves = made(scenario, "wave_moves")
    real = moves.table[moves.table["moved"]]
    assert {*real["discipline"]} == {*DISCIPLINES}
    assert {*real.loc[real["of"] == "score", "proposition"]} == {"Green line"}
    assert moves.finding.startswith("Ten of 26 numbers moved since 2025-05-01")
    parts = made(scenario, "wave_bridge").table.set_index("step")
    assert parts.loc["2026-05-01", "end"] - parts.loc["2025-05-01", "end"] == pytest.approx(
        parts.loc[["weights", "scores", "mix of those asked", "settings"], "change"].sum()
    )


def test_a_memory_pools_waves_by_answers_and_is_held_against_the_newest() -> None:
    scenario = heard_twice()
    table = made(scenario, "memory", half_life="1").table.set_index("answers")
    then, now = (row["lead"] for _, row in made(scenario, "lead_over_time").table.iterrows())
    assert table.loc["Newest", "lead"] == pytest.approx(now)
    assert then < table.loc["Memory", "lead"] < now
    told = plain(made(scenario, "memory", half_life="1").finding)
    assert told.endswith(f"less than {table['lead_words'].iloc[0]} in the newest wave alone")
    alone = made(scenario, "memory", half_life="0").table.set_index("answers")
    assert alone.loc["Memory", "lead"] == pytest.approx(now)
    with pytest.raises(vm.ValuemixError, match="a half-life is from 0 to 10 waves, got 11"):
        made(scenario, "memory", half_life="11")


def test_the_same_people_who_say_the_same_again_make_no_memory_surer() -> None:
    evidence = heard_twice().evidence
    again = evidence.alone(0).with_earlier([evidence.alone(0)], [
        Across(newer=0, older=1, first=own.segment, second=own.segment, covariance=packed_whole(own.matrix))
        for own in evidence.segments
    ])  # fmt: skip
    found = pooled(again, 2.0)
    for own, right in zip(found.evidence.segments, evidence.segments, strict=True):
        np.testing.assert_allclose(own.matrix, right.matrix, rtol=1e-5, atol=1e-12)
    np.testing.assert_allclose(
        found.with_newest[:4, :4], evidence.segments[0].matrix[:4, :4], rtol=1e-5, atol=1e-12
    )
    apart = pooled(evidence.alone(0).with_earlier([evidence.alone(0)], []), 1.0)
    np.testing.assert_allclose(
        apart.evidence.segments[0].matrix, evidence.segments[0].matrix * 5 / 9, rtol=1e-5, atol=1e-12
    )


def test_the_error_of_a_change_leaves_out_what_the_same_people_have_in_common() -> None:
    scenario = heard_twice()
    over = lead_over_time(scenario)
    then, now = (wave.error for wave in over.waves)
    assert over.error < 0.5 * np.hypot(then, now)
    apart = scenario.replace(evidence=scenario.evidence.with_earlier(scenario.evidence.earlier, []))
    assert lead_over_time(apart).error == pytest.approx(np.hypot(then, now))


def test_what_moved_the_leader_leaves_out_what_the_same_people_have_in_common() -> None:
    """The same people say the same again but for one score, which is 0.02 higher: no chance is in the change."""
    scenario = heard_twice()
    newest = scenario.evidence.alone(0)
    own, *others = newest.segments
    p = heard_lead(scenario).certainty.leaders[0]
    name = scenario.proposition_names[p]
    estimates = [
        each.model_copy(update={"mean": each.mean - 0.02})
        if (each.of, each.proposition, each.discipline) == ("score", name, DISCIPLINES[0])
        else each
        for each in own.estimates
    ]
    then = newest.alone(
        0, segments=(own.model_copy(update={"estimates": tuple(estimates)}), *others), asked="2025"
    )
    across = [
        Across(
            newer=0, older=1, first=each.segment, second=each.segment, covariance=packed_whole(each.matrix)
        )
        for each in newest.segments
    ]
    across += [
        Across(newer=0, older=1, first=one, second=other, covariance=covariance)
        for pair in newest.between
        for one, other, covariance in (
            (pair.first, pair.second, pair.covariance),
            (pair.second, pair.first, packed_whole(_turned(newest, pair))),
        )
    ]
    together = scenario.replace(evidence=newest.with_earlier([then], across))
    assert risen_since(together, p).sure > 1 - 1e-9
    found = made(together, "wave_bridge")
    assert "less what the same people or clusters have in common" in found.notes[0]
    apart = scenario.replace(evidence=newest.with_earlier([then], []))
    rise = risen_since(apart, p)
    assert 0.5 < rise.sure < 0.85
    assert not rise.together
    told = made(apart, "wave_bridge")
    assert "the waves taken as independent" in told.notes[0]
    assert "perhaps" in told.finding


def _turned(evidence: Evidence, pair: Between) -> np.ndarray:
    shape = [len(evidence.by_segment[name].estimates) for name in (pair.first, pair.second)]
    return pair.matrix((shape[0], shape[1])).T


def test_numbers_changed_by_hand_are_the_same_in_all_waves() -> None:
    edited = heard_twice().with_weights("Families", social_purpose=60)
    wave, held = at_wave(edited, 1)
    g = edited.segment_index("Families")
    np.testing.assert_allclose(wave.weights[g], edited.weights[g])
    assert not held
    assert wave.weights[1 - g, 0] != pytest.approx(edited.weights[1 - g, 0])


def test_the_nearest_change_of_what_respondents_gave_is_the_nearest_in_standard_errors() -> None:
    heard = load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    scenario = heard.with_points(heard.points.round(1))
    change = nearest_change(tradeoffs(scenario))
    errors, needed = score_errors(scenario), break_even_scores(case_of(scenario), 4)
    away = (needed - scenario.unit_scores[:, 4]) * scenario.scale.width / errors[:, 4]
    assert change.errors == pytest.approx(np.nanmin(away))
    assert change.beside is not None
    assert math.isnan(change.beside.errors)
    assert change.short.startswith("Boarding Area E scored 3.98 on customer intimacy")


def test_a_score_that_is_a_mean_of_moments_is_called_so_where_it_is_said_to_move() -> None:
    scenario = load(ROOT / "scenarios" / "airport-by-places.json")
    change = nearest_change(tradeoffs(scenario))
    assert "(3.80 as the mean of five moments, two of them asked in May 2017, 1.5 of" in change.words


def test_settings_and_weights_that_nobody_was_asked_of_are_those_entered() -> None:
    scenario = load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    dials = made(scenario, "dials")
    assert "as entered: compensation 1, fairness 0" in dials.notes
    assert "entered" in {text for row in dials.chart.texts for text in row}
    entered = scenario.with_weights("Bay Area residents", innovation=90).renamed("Other")
    assert "as surveyed by itself" in exhibits.input_differences(vm.compare(scenario, entered)).finding


def test_a_switch_of_the_leader_is_as_sure_as_the_scores_at_which_two_are_level() -> None:
    heard, d = load(ROOT / "scenarios" / "airport-survey-sfo-2017.json"), 2
    scenario = heard.with_points(heard.points.round(1))
    told = made(scenario, "tradeoff", discipline="social_purpose").finding
    assert "Boarding Area E (the two are told apart at no weight)" in told
    surer = [
        own.model_copy(update={"covariance": packed(own.matrix / 100)}) for own in scenario.evidence.segments
    ]
    scenario = scenario.replace(
        evidence=scenario.evidence.model_copy(update={"segments": tuple(surer), "between": ()})
    )
    result = tradeoffs(scenario)
    switch = result.sweeps[d].leader_interval[1]
    ends = switch_interval(result, d, switch, (3, 4))
    assert ends[0] < switch < ends[1]
    assert f"(95 % interval {100 * ends[0]:.0f} to" in plain(made(scenario, "stability").finding)
    drawn = np.stack([scores[3] - scores[4] for _, scores in input_draws(scenario)])
    weights = swept_weights(case_of(scenario), d, np.array(ends), [0, 1])
    apart = np.einsum("g,tgd,gdn->tn", scenario.size_shares, weights, drawn)
    assert (apart > 0).mean(axis=1) == pytest.approx([0.975, 0.025], abs=0.01)


def test_weights_of_respondents_say_what_was_rated_for_each_discipline():
    heard = vm.load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    head, *each = exhibits.weights(heard).chart.below
    assert head.cells[0].text == "a score of 1"
    assert [column.cells[0].text for column in each] == [own.lowest for own in heard.disciplines]
    assert not exhibits.weights(heard.replace(evidence=None)).chart.below


@pytest.mark.parametrize("count", [20, 60, 300])
def test_the_interval_told_of_a_lead_is_that_of_the_page_of_leads_and_never_at_odds_with_the_degree(
    count: int, tmp_path: Path
) -> None:
    scenario = vm.survey(written(respondents(count, seed=count), tmp_path), roles())
    found, shown = heard_lead(scenario), exhibits.leads(scenario).table.iloc[0]
    told = plain(exhibits.summary(vm.evaluate(scenario)).table["sentence"][0]).split(". ")[-1]
    assert told == (
        f"The lead over {shown['proposition']} has a 95 % interval from "
        f"{shown['low']:.3f} to {shown['high']:.3f}"
    ).replace("-", "−")
    assert told[:1].lower() + told[1:] in map(plain, exhibits.ranking(scenario).notes)
    assert (found.certainty.degree == "clear") == (shown["low"] > 0)
