"""Whatever the scenario and the doubt, each finding about robustness can be derived again from the table."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix import exhibits
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.robustness.robustness import robustness
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.robustness.assumptions import share_text, units_of
from valuemix.exhibits.words.formats import number
from valuemix.exhibits.words.wording import count
from valuemix.model.scenario import Scenario
from valuemix.model.weights import rounded_points

HOSTILE = st.text(
    st.sampled_from("<b>&;$%{x}/a href='https://:.\"\\*_[]()`|~#=+-@ 予Ä1"), min_size=1, max_size=60
).filter(lambda name: name.strip() == name and name)
WORDS = dict(enumerate(map(count, range(13))))
SHARE = r"(?:less than |more than )?[\d.]+\xa0%|none"
STAYS = (
    rf"(.+?) stays? first in ({SHARE}) of all .+?"
    rf"(?:(?:; |; in the draws )only (.+) \(({SHARE})\) (?:can )?overtakes? (?:it|them)|, then (.+))"
)
NO_MAJORITY = (
    r"No proposition is first in more than half of all .+?: (.+?)(, ahead today,)? comes? closest "
    rf"with ({SHARE}), (?:then (.+)|(.+), ahead today, ha(?:s|ve) ({SHARE}))"
)
OTHER_LEADS = (
    r"(.+?) (?:is|are) ahead today, but (.+?) (?:is|are) first more often: "
    rf"in ({SHARE}) of all .+? against ({SHARE})"
)
TIE_TODAY = rf"(.+?) (?:tie|has a value) today, but (.+?) (?:is|are) first in ({SHARE}) of all .+?, (.+?) in ({SHARE})"
MIX = (
    r"(P\d) is first where (D\d+) weighs (\d+)\xa0% on average(?:, (\d+) points? more than today)?; "
    r"(.+) (?:is|are) first with weights closest to today's"
)
TOO_CLOSE = (
    r"(.+?) wins? most duels in all .+?, but the closest, with (.+), is too close to call: "
    rf"({SHARE}) of these draws"
)
CLOSEST_DUEL = (
    r"(.+?) (?:beats|each beat) every other proposition in more than (half|75\xa0%|90\xa0%) of all .+?; "
    rf"the closest duel is with (.+), ({SHARE})"
)
ALLOWED = re.compile("</?b>|<br>|<span style=[^>]*>|</span>")
EXHIBITS = ("acceptability", "central_weights", "pairwise")


@st.composite
def cases(draw, names=False):
    """Robustness of small scenarios full of ties, missing scores, weights of 0 and twins."""
    g, p, d = draw(st.integers(1, 3)), draw(st.integers(1, 5)), draw(st.sampled_from([2, 3, 4, 12]))
    steps = draw(st.sampled_from([1, 4, 40]))
    cell = st.integers(0, steps) | st.none() if draw(st.booleans()) else st.integers(0, steps)
    cells = draw(st.lists(cell, min_size=g * p * d, max_size=g * p * d))
    scores = np.array([np.nan if c is None else 10 * c / steps for c in cells], dtype=float).reshape(g, p, d)
    if p > 1 and draw(st.booleans()):
        scores[:, -1] = scores[:, 0]
    scores[np.isnan(scores).all(axis=2), 0] = 0
    points = [draw(st.lists(st.integers(0, 4), min_size=d, max_size=d)) for _ in range(g)]
    scenario = Scenario.from_arrays(
        scores,
        points=[row if any(row) else [1] * d for row in points],
        sizes=[draw(st.integers(0, 3)) for _ in range(g - 1)] + [2],
        propositions=draw(st.lists(HOSTILE, min_size=p, max_size=p, unique_by=str.casefold))
        if names
        else [f"P{i + 1}" for i in range(p)],
        segments=draw(st.lists(HOSTILE, min_size=g, max_size=g, unique_by=str.casefold))
        if names
        else [f"G{i + 1}" for i in range(g)],
        disciplines=[f"D{i + 1}" + (draw(HOSTILE) if names else "") for i in range(d)],
        name="Case",
    ).with_settings(compensation=draw(st.sampled_from([1, 1, 1, 0.5, 0])))
    return robustness(
        scenario,
        draw(st.sampled_from([None, *scenario.segment_names])),
        weights=draw(st.sampled_from(["unknown", "order", "within:7.5"])),
        score_within=draw(st.sampled_from([0, 0, 2])),
        sizes_within=draw(st.sampled_from([0, 0, 0.3])),
        draws=draw(st.sampled_from([1, 40, 900])),
        seed=draw(st.integers(0, 3)),
    )


def texts_of(part, key=""):
    """Every text that a figure shows."""
    if isinstance(part, dict):
        return [text for k, value in part.items() for text in texts_of(value, k)]
    if isinstance(part, list | tuple):
        return [text for value in part for text in texts_of(value, key)]
    return [part] if isinstance(part, str) and key in ("text", "ticktext", "hovertext", "name") else []


def firsts(exhibit):
    """Share of rank 1 by proposition, as in the table."""
    rows = exhibit.table[exhibit.table["rank"] == 1]
    return dict(zip(rows["proposition"], rows["share"], strict=True))


def leaders(result):
    names = result.scenario.proposition_names
    return {names[p] for p in evaluate(result.scenario).standing(result.segment).leaders}


def off(result):
    """The most that a share of these draws may be off, as far as 95 % go; 0 where first ranks are exact."""
    found = result.result
    return 0 if found.first_exact is not None else max(0.98 / math.sqrt(found.draws), 3 / found.draws)


def spoken(share):
    text = share_text(share).replace("<", "less than ").replace(">", "more than ")
    return text or "none"


def whole(members, shares):
    return sum(shares[name] for name in members)


def members(text):
    return re.findall(r"P\d", text)


def said(text, share):
    """Whether a text is a share, with whatever decimals."""
    plain = re.fullmatch(r"([\d.]+)\xa0%", text)
    decimals = len(plain[1].partition(".")[2]) if plain else 0
    return text == spoken(share) or (
        plain is not None and text == f"{number(100 * share, decimals)}\u00a0%" and decimals > 0
    )


@given(cases())
@settings(max_examples=tries(150), deadline=None)
def test_who_is_first_and_how_often_is_what_the_table_shows(result):
    exhibit = exhibits.acceptability(result)
    shares, finding = firsts(exhibit), without_degree(result, exhibit.finding)
    ever = {name for name, share in shares.items() if share > 0}
    today = leaders(result)
    if settled(result, finding, shares, ever, today):
        return
    if found := re.fullmatch(STAYS, finding):
        top = members(found[1])
        assert said(found[2], whole(top, shares))
        assert whole(top, shares) > 0.5
        assert set(top) & today
        if found[3]:
            assert ever == {*top, *members(found[3])}
            assert said(found[4], whole(members(found[3]), shares))
            assert ("can overtake" in finding) == (off(result) == 0)
        else:
            following(found[5], top, shares, off(result))
    elif found := re.fullmatch(NO_MAJORITY, finding):
        top = members(found[1])
        assert said(found[3], whole(top, shares))
        assert all(unit.share <= 0.5 for unit in units_of(result))
        if found[2]:
            assert set(top) & today
            following(found[4], top, shares, off(result))
        else:
            other = members(found[5])
            assert set(other) & today
            assert whole(other, shares) < whole(top, shares)
            assert said(found[6], whole(other, shares))
            assert found[3] != found[6]
    elif found := re.fullmatch(OTHER_LEADS, finding):
        one, other = members(found[1]), members(found[2])
        assert set(one) & today
        assert not set(other) & today
        assert said(found[3], whole(other, shares))
        assert said(found[4], whole(one, shares))
        assert whole(other, shares) > max(whole(one, shares), 0.5)
    elif found := re.fullmatch(rf"(.+?) are first equally often, in ({SHARE}) of all .+? each", finding):
        assert off(result) == 0
        units = [unit.share for unit in units_of(result) if unit.share > 0]
        assert sum(abs(share - units[0]) < 1e-6 for share in units) > 1
        assert said(found[2], units[0])
    elif finding.endswith("these draws cannot tell them apart"):
        assert off(result) > 0
        found_units = units_of(result)
        level = [unit for unit in found_units if found_units[0].share - unit.share <= 2 * off(result)]
        assert len(level) > 1
    else:
        found = re.fullmatch(TIE_TODAY, finding)
        assert found, finding
        assert len(today) != 1
        assert said(found[3], whole(members(found[2]), shares))
        assert said(found[5], whole(members(found[4]), shares))


def settled(result, finding, shares, ever, today):
    """Whether nothing is open: one proposition, one that is always first, or all of them level."""
    if len(shares) == 1:
        assert finding == "P1 is the only proposition, so it is always first"
    elif found := re.fullmatch(
        r"(.+?) (?:stays?|is|tie for) first (whatever|for all|in all|in the only)(.*)", finding
    ):
        named = set(members(found[1]))
        assert named <= ever
        assert (named == ever) != (" more" in found[1])  # a long list is cut and counted
        assert (found[2] in ("whatever", "for all")) == (result.result.first_exact is not None)
        assert "stays" not in finding or ever == today
    elif re.match(r"(Both|All .+) (propositions )?tie ", finding):
        values = list(shares.values())
        assert values == pytest.approx([1 / len(values)] * len(values), abs=1e-6)
        # Where a weight is 0 today, what that discipline alone decides is not yet decided.
        assert len(today) == len(values) or (result.scenario.weights == 0).any()
    else:
        return False
    return True


def without_degree(result, finding):
    """The sentence of the shares, less what it says of how sure today's lead is."""
    sure = certainty(result.scenario, result.segment)
    none = re.match(r"No leader can be told .+?: ", finding)
    if none or finding.startswith("No ") or len(sure.leaders) != 1 or len(result.scenario.propositions) == 1:
        assert not none or (sure.degree == "open" and len(sure.leaders) == 1), finding
        return re.sub("; [^;]+? probably leads .+", "", finding[none.end() if none else 0 :])
    assert sure.degree != "open", finding
    found = re.fullmatch(r"(.+?)(; [^;]+? probably leads .+)?", finding)
    assert bool(found[2]) == (sure.degree == "likely"), finding
    return found[1]


def following(text, top, shares, off):
    """Those that come after the first: named in order, with their shares, and the rest with the most of theirs."""
    found = re.fullmatch(rf"(.+?)(?:; (\w+) others? in (?:up to )?({SHARE})(?: each)?)?", text)
    named = re.findall(rf"((?:P\d(?:, | and )?)+)(?: together)? \(({SHARE})\)", found[1])
    hidden = re.search(r"and (\w+) more$", found[1])
    assert named
    everyone = list(top)
    for names, share in named:
        assert said(share, whole(members(names), shares))
        everyone += members(names)
    rest = {name for name, share in shares.items() if share > 0 or off} - set(everyone)
    counted = int(bool(found[2])) and next(n for n, word in WORDS.items() if word == found[2])
    if not hidden:
        assert counted == len(rest)
        assert not rest or off or said(found[3], max(shares[name] for name in rest))
    assert all(shares[name] <= whole(members(named[0][0]), shares) + 1e-9 for name in rest)


@given(cases())
@settings(max_examples=tries(80), deadline=None)
def test_the_table_of_ranks_is_complete_and_sorted_by_first_ranks(result):
    table = exhibits.acceptability(result).table
    names = result.scenario.proposition_names
    assert sorted(table["proposition"].unique()) == sorted(names)
    square = table["share"].to_numpy().reshape(len(names), len(names))
    assert np.all(np.diff(square[:, 0]) <= 1e-9)
    tolerance = 1e-6 if result.result.exact or result.result.first_exact is None else 4 * 0.5
    assert square.sum(axis=1) == pytest.approx(np.ones(len(names)), abs=tolerance)
    assert (table["half_width"] == 0).all() or not result.result.exact


@given(cases())
@settings(max_examples=tries(80), deadline=None)
def test_what_is_always_level_is_level_at_any_weights(result):
    for unit in units_of(result):
        if len(unit.members) == 1:
            continue
        scenario = result.scenario
        rng = np.random.default_rng(5)
        for _ in range(5):
            mix = rng.dirichlet(np.ones(len(scenario.disciplines)))
            for segment in scenario.segment_names:
                points = dict(zip(scenario.discipline_ids, map(float, mix * 100), strict=True))
                scenario = scenario.with_weights(segment, **points)
            values = evaluate(scenario).values_in(result.segment)[list(unit.members)]
            assert values == pytest.approx(np.full(len(values), values[0]), abs=1e-6, nan_ok=True)


@given(cases())
@settings(max_examples=tries(100), deadline=None)
def test_the_mix_named_is_the_mean_of_the_weights_where_it_is_first(result):
    exhibit = exhibits.central_weights(result)
    table, finding = exhibit.table, exhibit.finding
    names = list(dict.fromkeys(table["proposition"]))
    shares = firsts(exhibits.acceptability(result))
    assert set(names) == {name for name, share in shares.items() if share > 0}
    assert dict(zip(table["proposition"], table["first_share"], strict=True)) == {n: shares[n] for n in names}
    mixes = {name: rows.set_index("discipline") for name, rows in table.groupby("proposition")}
    distance = {
        name: (mix["central_weight_share"] - mix["today_weight_share"]).abs().sum() / 2
        for name, mix in mixes.items()
    }
    for mix in mixes.values():
        assert mix["central_weight_share"].sum() == pytest.approx(1, abs=1e-5)
    if found := re.fullmatch(MIX, finding):
        mix = mixes[found[1]]
        central, today = (
            dict(zip(mix.index, rounded_points(mix[c].tolist()), strict=True))
            for c in ("central_weight_share", "today_weight_share")
        )
        assert central[found[2]] == int(found[3])
        assert central[found[2]] - today[found[2]] == int(found[4] or 0) or not found[4]
        rise = mix["central_weight_share"] - mix["today_weight_share"]
        assert rise[found[2]] == pytest.approx(rise.max())
        near = members(found[5])
        assert distance[found[1]] > distance[near[0]]
        draws = result.result.draws if result.result.first_exact is None else math.inf
        known = [n for n in names if shares[n] * draws >= 100]
        assert distance[near[0]] <= min(distance[n] for n in known) + 0.005
    elif found := re.search(
        r"(.+) are (?:both|all) first, on average, with weights within (\d) points? of today's", finding
    ):
        for name in members(found[1]):
            mix = mixes[name]
            apart = (mix["central_weight_share"] - mix["today_weight_share"]).abs().max()
            assert 100 * apart <= int(found[2]) + 1e-6
    elif "only proposition" in finding:
        assert len(shares) == 1
    elif re.match(r"P\d alone is first (whatever|for all|in all|in the only)", finding):
        assert names == [finding[:2]]
        assert ("drawn" in finding) == (result.result.first_exact is None)
    elif "often enough" in finding or "too rarely" in finding:
        assert sum(shares[n] * result.result.draws >= 100 for n in names) == ("often enough" in finding)
    else:
        assert finding.endswith("with about the same change of weights")
        named = members(finding.partition(" are first")[0])
        assert max(distance[n] for n in named) - min(distance[n] for n in named) < 0.005


@given(cases())
@settings(max_examples=tries(100), deadline=None)
def test_the_duels_named_are_won_as_often_as_the_table_shows(result):
    exhibit = exhibits.pairwise(result)
    finding = exhibit.finding
    if len(result.scenario.propositions) == 1:
        assert finding == "P1 is the only proposition, so there is no duel"
        return
    rows = zip(exhibit.table["proposition"], exhibit.table["other"], exhibit.table["share"], strict=True)
    duel = {(one, other): share for one, other, share in rows}
    assert all(share + duel[pair[::-1]] == pytest.approx(1, abs=1e-6) for pair, share in duel.items())
    if found := re.fullmatch(CLOSEST_DUEL, finding):
        who = members(found[1])[0]
        place = result.scenario.proposition_names.index(who)
        (level,) = [unit.members for unit in units_of(result) if place in unit.members]
        twins = [result.scenario.proposition_names[p] for p in level]
        row = {q: share for (p, q), share in duel.items() if p == who and q not in twins}
        assert (
            min(row.values()) > {"half": 0.5}.get(found[2]) if found[2] == "half" else int(found[2][:2]) / 100
        )
        closest = members(found[3])[0]
        assert row[closest] == min(row.values())
        assert said(found[4], row[closest])
    elif found := re.fullmatch(rf"(.+?) (?:beats|each beat) (.+) in ({SHARE}) of all .+", finding):
        share = duel[members(found[1])[0], members(found[2])[0]]
        assert share > 0.5
        assert said(found[3], share)
    elif found := re.match(
        r"(.+?) (?:beats|each beat) (every other proposition|P\d) (whatever|for all|in all|in the only)",
        finding,
    ):
        first = result.scenario.proposition_names.index(members(found[1])[0])
        (unit,) = [unit for unit in units_of(result) if first in unit.members]
        who = [result.scenario.proposition_names[p] for p in unit.members]
        assert all(share == 1 for (p, q), share in duel.items() if p in who and q not in who)
    elif found := re.fullmatch(TOO_CLOSE, finding):
        who, rival = members(found[1])[0], members(found[2])[0]
        assert result.result.draws > 0
        assert (
            0.5 < duel[who, rival] <= 0.5 + max(1 / math.sqrt(result.result.draws), 3 / result.result.draws)
        )
        assert said(found[3], duel[who, rival])
    elif finding.startswith("No proposition"):
        names = result.scenario.proposition_names
        winners = [p for p in names if all(duel[p, q] > 0.5 + 1e-9 for q in names if q != p)]
        assert not winners
        if found := re.search(rf": (P\d), ahead today, beats (P\d) in ({SHARE})$", finding):
            assert {found[1]} == leaders(result)
            assert said(found[3], duel[found[1], found[2]])
            assert duel[found[1], found[2]] == min(duel[found[1], q] for q in names if q != found[1])
    else:
        assert re.match(r"(Both|All .+) (propositions )?tie ", finding)
        assert list(duel.values()) == pytest.approx([0.5] * len(duel), abs=1e-6)


@given(cases(names=True))
@settings(max_examples=tries(60), deadline=None)
def test_exhibits_of_robustness_can_be_drawn_whatever_the_names(result):
    for key in EXHIBITS:
        exhibit = getattr(exhibits, key)(result)
        assert exhibit.key == key
        assert exhibit.finding
        assert exhibit.alt
        assert "nan" not in exhibit.finding
        for skin in ("deck", "light", "dark"):
            figure = exhibit.figure_in(skin)
            left = [ALLOWED.sub("", text) for text in texts_of(figure.to_plotly_json())]
            assert not any("<" in text for text in left)


def test_of_twins_that_come_last_each_is_first_as_often_as_its_cell_says():
    scores = [[9, 7, 6], [3, 10, 2], [2, 4, 8], [2, 4, 8]]
    scenario = Scenario.from_arrays(scores, propositions=["A", "B", "C", "D"])
    shown = exhibits.acceptability(robustness(scenario, weights="unknown"))
    table = shown.table[shown.table["rank"] == 1].set_index("proposition")["share"]
    assert table["C"] == table["D"] > 0
    assert f"two others in up to {spoken(table['C'])} each" in shown.finding
