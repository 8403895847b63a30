"""Whatever the scenario, each finding can be derived again from the figures that the exhibit shows."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from random_scenarios import scenarios

from valuemix import exhibits
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.exhibits.words.formats import (
    apportioned,
    change_decimals,
    gap,
    number,
    percent,
    rounded,
    signed,
)
from valuemix.exhibits.words.wording import count
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.weights import rounded_points

ROOT = Path(__file__).parents[2]


def views(scenario):
    return [None, *scenario.segment_names]


def where(segment):
    return "overall" if segment is None else f"in {segment}"


def place(segment):
    return segment or "overall"


def leading(exhibit):
    table = exhibit.table.drop_duplicates("proposition")
    return list(table.loc[(table["rank"] == 1).fillna(value=False), "proposition"])


def shown_values(exhibit):
    """Values as the figure prints them, by proposition."""
    totals = next(t for t in exhibit.figure.data if t.type == "scatter" and t.mode == "text")
    names = exhibit.table["proposition"].drop_duplicates()
    texts = [re.sub(r"<b>|</b>|\*|  <span.*", "", text) for text in totals.text]
    return dict(zip(names, texts, strict=True))


def read(text):
    return float(text.replace("−", "-").replace(",", ""))


def join(names):
    return " and ".join(", ".join(names).rsplit(", ", 1))


def check_lead(words, first, second, shown_first, shown_second):
    """A printed lead is the difference of the values shown, and less than one unit of it where these look alike.

    That of respondents has a digit more, and is rounded from what was estimated.
    """
    difference = read(shown_first) - read(shown_second)
    unit = 10.0 ** -len(words.partition(".")[2])
    if words.startswith("less than "):
        assert difference == 0
        assert first - second < read(words.removeprefix("less than ")) + 1e-9 == pytest.approx(unit)
    elif len(words.partition(".")[2]) > len(shown_first.partition(".")[2]):
        assert read(words) == pytest.approx(first - second, abs=unit / 2 + 1e-9)
    else:
        assert difference == pytest.approx(read(words), abs=1e-9)
        assert read(words) == pytest.approx(first - second, abs=unit + 1e-9)


def read_lead(finding, segment):
    """What the sentence on one leader says."""
    return re.match(
        rf"(?P<first>No leader can be told {re.escape(where(segment))}: )?"
        rf"(?P<leader>P\d) (?P<verb>(?:probably )?leads|is ahead) (?:{re.escape(place(segment))},? )?"
        r"by (?P<lead>less than [^\s,]+|[^\s,]+)(?: over (?P<over>P\d(?:, P\d)*(?: and \w+(?: more)?)?))?"
        r"(?P<close>, too close to call(?: with (?P<others>(?:it|P\d)(?:, P\d)*(?: and \w+(?: more)?)?))?)?"
        r"(?:; it is probably above (?P<above>P\d|each of the others))?"
        r"(?P<whatever>, whatever [^:,]+?)?(?P<end>:|, but|;|$)",
        finding,
    )


@given(scenarios())
@settings(max_examples=tries(20), deadline=None)
def test_the_leader_named_leads_and_its_lead_is_honest(scenario):
    result = evaluate(scenario)
    for segment in views(scenario):
        exhibit = exhibits.ranking(result, segment)
        found = read_lead(exhibit.finding, segment)
        leaders = leading(exhibit)
        if found is None:
            assert len(leaders) != 1 or result.standing(segment).runner_up is None
            continue
        shown = shown_values(exhibit)
        assert leaders == [found["leader"]]
        seconds = exhibit.table.drop_duplicates("proposition").query("rank == 2")["proposition"]
        sure = certainty(scenario, segment)
        told = {"certain": "leads", "clear": "leads", "likely": "probably leads", "open": "is ahead"}
        assert found["verb"] == told[sure.degree]
        assert bool(found["first"]) == (sure.degree == "open")
        assert bool(found["whatever"]) == (sure.degree == "certain" and sure.in_doubt)
        if found["first"]:
            # The lead is over the second, whom nothing names again.
            shares = dict(zip(scenario.proposition_names, sure.above, strict=True))
            close = sorted((name for name in shares if shares[name] < 0.85 - 1e-9), key=shares.get)
            above = sorted((n for n in shares if 0.85 - 1e-9 <= shares[n] < 0.975 - 1e-9), key=shares.get)
            others = [name for name in close if name not in found["over"]]
            assert bool(others) == bool(found["others"])
            assert not others or others[0] in found["others"]
            rest = [name for name in shares if shares[name] >= 0.85 - 1e-9]
            named = {0: None, 1: "".join(rest)}.get(len(rest) if above else 0, "each of the others")
            assert found["above"] == named
        assert found["over"].find(seconds.iloc[0]) >= 0
        values = exhibit.table.drop_duplicates("proposition").set_index("proposition")["value"]
        pair = (leaders[0], seconds.iloc[0])
        check_lead(found["lead"], *(values[p] for p in pair), *(shown[p] for p in pair))


@given(scenarios())
@settings(max_examples=tries(20), deadline=None)
def test_the_reason_named_is_the_largest_difference_of_contributions_true_and_shown(scenario):
    result = evaluate(scenario)
    for segment in views(scenario):
        exhibit = exhibits.ranking(result, segment)
        table = exhibit.table
        found = re.search(
            r": (D\d(?: and D\d)?) adds? ([^\s,]+)( each)?(?:, (D\d) takes ([^\s,]+))?(?:, the rest (adds )?(\S+))?$",
            exhibit.finding,
        )
        if "contribution" not in table:
            assert found is None
            continue
        parts = {
            name: rows.set_index("discipline")["contribution"] for name, rows in table.groupby("proposition")
        }
        if found is None:
            continue
        first, second = table["proposition"].drop_duplicates().iloc[:2]
        values = table.drop_duplicates("proposition").set_index("proposition")["value"]
        shown = [
            dict(
                zip(parts[name].index, apportioned(parts[name], values[name], exhibit.decimals), strict=True)
            )
            for name in (first, second)
        ]
        gaps = {d: gap(shown[0][d], shown[1][d], exhibit.decimals) for d in shown[0]}
        assert sum(gaps.values()) == pytest.approx(gap(values[first], values[second], exhibit.decimals))
        true = parts[first] - parts[second]
        named = set(found[1].split(" and "))
        assert set(true.index[true >= true.max() - 1e-9 * scenario.scale.width]) == named
        assert all(gaps[d] == max(gaps.values()) and true[d] > 0 for d in named)
        assert number(max(gaps.values()), exhibit.decimals) == found[2]
        against = -sum(min(each, 0) for each in gaps.values())
        assert bool(found[4]) == (against > len(named) * max(gaps.values()) / 2)
        if found[4]:
            assert gaps[found[4]] == -read(found[5]) == min(gaps.values())
            rest = read(found[7] or "0") * (1 if found[6] else -1)
            told = len(named) * read(found[2]) - read(found[5]) + rest
            assert told == pytest.approx(gap(values[first], values[second], exhibit.decimals))
        assert not table.query("proposition in [@first, @second]")["partial"].any()


@given(scenarios())
@settings(max_examples=tries(20), deadline=None)
def test_rankings_without_one_leader_have_true_sentences_of_their_own(scenario):
    result = evaluate(scenario)
    for segment in views(scenario):
        exhibit = exhibits.ranking(result, segment)
        leaders, shown = leading(exhibit), shown_values(exhibit)
        partial = exhibit.table.query("partial and rank == 1")["proposition"].unique()
        if len(shown) > 1 and 0 < len(leaders) <= 3:
            assert ("partial" in exhibit.finding) == (len(partial) > 0)
        exhibit = replace(exhibit, finding=exhibit.finding.replace(" (partial value)", ""))
        with_value = [name for name, text in shown.items() if text != "no value"]
        if not leaders:
            expected = (
                f"No proposition has a value {where(segment)}: every discipline with weight lacks a score"
            )
            assert exhibit.finding == expected
        elif len(shown) == 1:
            assert (
                exhibit.finding == f"P1, the only proposition, has a value of {shown['P1']} {where(segment)}"
            )
        elif len(with_value) == 1:
            expected = (
                f"{leaders[0]} is the only proposition with a value {where(segment)}: {shown[leaders[0]]}"
            )
            assert exhibit.finding == expected
        elif len(leaders) == len(with_value):
            ending = f"tie {where(segment)} at {shown[leaders[0]]}"
            assert exhibit.finding.endswith(ending)
            assert len(leaders) > 3 or exhibit.finding == f"{join(leaders)} {ending}"
        elif len(leaders) > 1:
            second = next(name for name in with_value if name not in leaders)
            values = exhibit.table.drop_duplicates("proposition").set_index("proposition")["value"]
            lead = r"(?:probably )?(\S+|less than \S+) ahead"
            sentence = (
                rf"(?:share the lead|tie) {where(segment)} at (\S+), {lead}(?: of|, too.* with)?.* {second}"
            )
            found = re.search(sentence, exhibit.finding)
            assert found
            assert found[1] == shown[leaders[0]]
            pair = (leaders[0], second)
            check_lead(found[2], *(values[p] for p in pair), *(shown[p] for p in pair))


@given(scenarios())
@settings(max_examples=tries(20), deadline=None)
def test_the_finding_on_leaders_counts_the_segments_of_its_own_table(scenario):
    exhibit = exhibits.leaders(evaluate(scenario))
    table, finding = exhibit.table, exhibit.finding.replace(" (partial value)", "")
    led = [set(names.split(" / ")) for names in table["leader"] if names]
    everyone = set(scenario.proposition_names)
    everywhere = set.intersection(*led) if led else set()
    if len(everyone) == 1:
        assert finding == "P1 is the only proposition, so nothing else can lead"
    elif not led:
        assert finding.startswith("No proposition has a value")
    elif everywhere:
        assert not finding.startswith("No proposition")
        assert all(name in finding for name in sorted(everywhere)[:2]) or "propositions tie" in finding
        sole = all(len(who) == 1 for who in led)
        assert ("share" not in finding and "tie" not in finding) == sole
    elif " as a compromise" in finding:
        overall = exhibits.ranking(scenario).table.query("rank == 1")["proposition"].unique()
        counts = table[table["size_share"] > 0]
        assert not any(overall[0] in names.split(" / ") for names in counts["leader"])
        assert re.match(rf"(?:No leader can be told overall: )?{overall[0]}\b", finding)
        largest = counts.sort_values("size_share", ascending=False, kind="stable").iloc[0]
        assert largest["segment"] in finding
        assert all(name in finding for name in largest["leader"].split(" / ")[:2])
    elif any(len(who) == 1 for who in led):
        found = re.match(
            r"(?:No proposition is ahead everywhere|No leader can be told in (?:either|any of \w+) segments?): "
            r"(P\d) is ahead in (\w+) of (\w+) segments? \((\S+\u00a0%) of size\)",
            finding,
        )
        assert found
        own = (table["leader"] == found[1]).to_numpy()
        assert found[2] == count(int(own.sum()))
        assert found[3] == count(len(table))
        points, whole = (
            np.array(list(rounded_points(table["size_share"]))),
            float(table["size_share"][own].sum()),
        )
        # One segment is told as its row prints it; of several the sum itself is rounded, so that a half is a half.
        told = int(points[own].sum()) if own.sum() == 1 else int(rounded(100 * whole, 0))
        assert found[4] == percent(told, whole)
        ahead_in = (
            table["leader"][~table["leader"].str.contains("/")].value_counts().drop("", errors="ignore")
        )
        assert ahead_in[found[1]] == ahead_in.max()
        degrees = [certainty(scenario, g) for g in scenario.segment_names]
        close = sum(d.degree == "open" and len(d.leaders) == 1 for d in degrees)
        assert bool(re.search("too close to call|^No leader", finding)) == (close > 0)
        assert finding.startswith("No leader") == (close == len(degrees))
    else:
        assert re.search(r"shared|share the lead|\btie\b", finding)


@given(scenarios())
@settings(max_examples=tries(20), deadline=None)
def test_the_finding_on_values_counts_where_the_overall_leader_leads(scenario):
    exhibit = exhibits.values_table(evaluate(scenario))
    finding = exhibit.finding.replace(" (partial value)", "")
    found = re.match(r"(P\d) (?:is ahead|probably leads|leads) overall at ([^\s,;]+)", finding)
    if found is None:
        return
    overall = certainty(scenario)
    assert ("probably leads overall" in finding) == (overall.degree == "likely")
    assert (" is ahead overall" in finding) == (overall.degree == "open")
    per_segment = exhibit.table.iloc[: -len(scenario.propositions)]
    firsts = per_segment[(per_segment["rank"] == 1).fillna(value=False)]
    alone = firsts.groupby("segment").filter(lambda rows: len(rows) == 1)
    wins = int((alone["proposition"] == found[1]).sum())
    shared = int((firsts["proposition"] == found[1]).sum()) - wins
    segments = len(scenario.segments)
    if segments == 1:
        return
    if shared:
        assert f"level with others in {count(shared)}" in finding
    if not wins and not shared:
        assert "ahead in no segment by itself" in finding
    elif wins:
        every = "both segments" if segments == 2 else "every segment"
        told = every if wins == segments else f"{count(wins)} of {count(segments, 'segment')}"
        assert f"ahead in {told}" in finding


@given(st.data())
@settings(max_examples=tries(20), deadline=None)
def test_the_finding_on_a_change_is_true_of_both_sides(data):
    before = data.draw(scenarios())
    other = data.draw(scenarios())
    same_shape = other.array("scores").shape == before.array("scores").shape and other.scale == before.scale
    after = other if same_shape or data.draw(st.booleans()) else before
    for segment in views(after):
        exhibit = exhibits.change(evaluate(before), evaluate(after), segment)
        _check_change(exhibit, segment, before, after)


def _check_change(exhibit, segment, before, after):
    table, finding, decimals = exhibit.table, exhibit.finding, exhibit.decimals
    assert set(table["proposition"]) == {*before.proposition_names, *after.proposition_names}
    now = set(table.loc[(table["rank"] == 1).fillna(value=False), "proposition"])
    then = set(table.loc[(table["rank_before"] == 1).fillna(value=False), "proposition"])
    finding = finding.replace(" (partial value)", "")
    moves = r"(?:probably |perhaps )?(.+) while P\d (?:probably |perhaps )?(.+)$"
    overtakes = re.match(rf"(P\d) (?:probably )?overtakes (P\d) .+: it {moves}", finding)
    if "nothing to compare" in finding or "another scale" in finding:
        assert before.scale != after.scale or segment not in before.segment_names or not now or not then
    elif finding.startswith("No value"):
        assert table["change"].abs().fillna(0).max() < 1e-8
    elif overtakes:
        assert ({overtakes[1]}, {overtakes[2]}) == (now, then)
        rows = table.set_index("proposition")
        for name, words in ((overtakes[1], overtakes[3]), (overtakes[2], overtakes[4])):
            shown = gap(rows["value"][name], rows["value_before"][name], decimals)
            verb = "gains" if shown > 0 else "loses"
            at = f"stays at {number(rows['value'][name], decimals)}"
            assert words == (f"{verb} {number(abs(shown), decimals)}" if shown else at)
    elif " still " in finding:
        assert now == then
        largest = re.search(r"the largest change is (P\d) with ([^\s,]+)", finding)
        if largest:
            rows = table.dropna(subset=["change"]).set_index("proposition")
            gaps = {n: gap(r["value"], r["value_before"], decimals) for n, r in rows.iterrows()}
            assert signed(gaps[largest[1]], decimals) == largest[2]
            assert abs(gaps[largest[1]]) == max(map(abs, gaps.values()))
            assert abs(rows["change"][largest[1]]) > rows["change"].abs().max() - 2 * 10.0**-decimals
    else:
        assert now != then
        assert re.search(" now (probably )?lead| now (probably )?share| now tie| is now ahead", finding)


@pytest.mark.parametrize("file", ["airport-survey-sfo-2017.json", "base-case.json"])
@pytest.mark.one_in(2)
def test_leads_and_reasons_are_honest_for_random_weights_of_the_examples(file):
    saved = load(ROOT / "scenarios" / file)
    baseline = evaluate(saved)
    random = np.random.default_rng(2017)
    for _ in range(tries(20, 5)):
        points = random.dirichlet(np.ones(len(saved.disciplines)), len(saved.segments)) * 100
        result = evaluate(saved.with_points(np.round(points) + 1))
        for segment in views(saved):
            exhibit = exhibits.ranking(result, segment, baseline)
            _check_ranking(exhibit, result, segment)
            others = (
                exhibits.change(baseline, result, segment),
                exhibits.leaders(result),
                exhibits.values_table(result),
            )
            decimals = exhibits.decimals_of(saved)
            assert {each.decimals for each in (exhibit, *others) if each.key != "change"} == {decimals}
            assert {each.decimals for each in others if each.key == "change"} == {change_decimals(saved)}


def _check_ranking(exhibit, result, segment):
    table, names = exhibit.table, result.scenario.proposition_names
    standing, values = result.standing(segment), result.values_in(segment)
    if len(standing.leaders) > 1:
        return
    first, second = standing.leaders[0], standing.runner_up
    words = re.search(r" by (less than [^\s,]+|[^\s,]+)", exhibit.finding)[1]
    shown = (number(values[p], exhibit.decimals) for p in (first, second))
    check_lead(words, values[first], values[second], *shown)
    parts = table.pivot(index="discipline", columns="proposition", values="contribution")
    reasons = parts[names[first]] - parts[names[second]]
    word = re.search(r": (.+?) adds ([^\s,]+)", exhibit.finding)
    if word:
        assert reasons.idxmax().casefold() == word[1].casefold()
        assert read(word[2]) == pytest.approx(reasons.max(), abs=2 * 10.0**-exhibit.decimals)


def test_all_exhibits_of_a_page_print_the_same_changes():
    saved = load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    before, segment = evaluate(saved), "Bay Area residents"
    after = evaluate(
        saved.with_weights(segment, **dict(zip(saved.discipline_ids, (15, 15, 55, 15), strict=True)))
    )
    ranked = exhibits.ranking(after, segment, before).chart.rows
    changed = exhibits.change(before, after, segment).chart.rows
    found = {row.name: row.change.text for row in ranked if row.change}
    assert found == {row.name: row.difference for row in changed if row.moved}
    assert found


OWN_MARKUP = re.compile(
    r"</?b>|<br>|</span>|<span style=\"color:#[0-9A-F]{6}(;font-size:\d+px)?\">", re.IGNORECASE
)
TEXTS = ("text", "ticktext", "name", "hovertext", "texttemplate")


def texts_of(part, key=""):
    """Every text of a figure that plotly reads as markup."""
    if isinstance(part, dict):
        return [text for k, inner in part.items() for text in texts_of(inner, k)]
    if isinstance(part, list | tuple):
        return [text for inner in part for text in texts_of(inner, key)]
    return [part] if key in TEXTS and isinstance(part, str) else []


@given(scenarios(names=True), scenarios(names=True))
@settings(max_examples=tries(30), deadline=None)
def test_names_of_any_kind_are_shown_literally_and_nothing_breaks(scenario, other):
    result, saved = evaluate(scenario), evaluate(other)
    shown = [
        exhibits.ranking(result, scenario.segment_names[0], saved),
        exhibits.leaders(result),
        exhibits.values_table(result),
        exhibits.change(saved, result),
    ]
    for exhibit in shown:
        for skin in ("deck", "dark"):
            texts = texts_of(exhibit.figure_in(skin).to_dict())
            assert texts
            for text in texts:
                plain = OWN_MARKUP.sub("", text)
                assert not re.search(r"[<>$]", plain), text
                assert "%{" not in plain or text == "%{text}"


def test_evaluations_of_the_strategy_cover_ties_and_partial_values():
    """The laws above would be empty promises if the scenarios never met these cases."""
    seen = set()

    @given(scenarios())
    @settings(max_examples=60, deadline=None, database=None, derandomize=True)
    def look(scenario):
        result: Evaluation = evaluate(scenario)
        standing = result.standing()
        seen.add("tie" if len(standing.leaders) > 1 else "lead" if standing.leaders else "none")
        seen.update({"partial"} if result.partial.any() else {"whole"})
        seen.update({"zero"} if (scenario.sizes == 0).any() else {"sized"})

    look()
    assert {"tie", "lead", "partial", "whole", "zero"} <= seen
