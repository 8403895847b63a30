"""Whatever the scenario, findings of the customers' view can be derived again from the figures shown."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from optional_sheets import with_optional_sheets
from random_scenarios import scenarios

from valuemix import exhibits
from valuemix.analysis.certainty.certainty import degree_of, share_above
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.customers.perception import perception
from valuemix.analysis.customers.service import service
from valuemix.analysis.customers.terms import at_term
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import number, share
from valuemix.exhibits.words.steps import shown_changes
from valuemix.model.scenario import Scenario

RUNS = settings(max_examples=tries(40), deadline=None)


@st.composite
def felt_and_promised(draw: st.DrawFn, *, names: bool = False) -> Scenario:
    """A random scenario with every optional sheet."""
    return with_optional_sheets(
        draw(scenarios(names=names)),
        draw(st.integers(0, 10_000)),
        draw(st.sampled_from([0.0, 30.0, 50.0, 100.0])),
        draw(st.integers(1, 3)),
    )


def every_exhibit(scenario: Scenario) -> list[Exhibit]:
    """All that can be made of it."""
    first, segment = scenario.proposition_names[0], scenario.segment_names[0]
    made = [
        exhibits.perception(scenario),
        exhibits.perception(scenario, segment),
        exhibits.perception(scenario, by="segment"),
        exhibits.cover_stories(scenario, None, first),
        exhibits.delivery_chain(scenario),
        exhibits.delivery_chain(scenario, segment, proposition=first, by="discipline"),
        exhibits.delivery_levers(scenario),
        exhibits.net_value(scenario),
        exhibits.value_map(scenario, segment),
        exhibits.value_map(scenario, None, first),
        exhibits.terms(scenario),
    ]
    if scenario.links and limits(scenario):
        made.append(exhibits.service(scenario))
    try:
        made.append(exhibits.led_by_view(scenario))
    except EditError as error:
        assert "fill it in on the sheet" in str(error)  # noqa: PT017 - blank rows are no view
    return made


def limits(scenario: Scenario) -> bool:
    """Whether any link limits a value; where none does there is no exhibit, and it says so."""
    if any(cost.overall > 1e-9 * scenario.scale.width for cost in service(scenario).costs):
        return True
    with pytest.raises(EditError, match=r"limited|no link limits"):
        exhibits.service(scenario)
    return False


@pytest.mark.nightly  # by day test_charts_of_the_customers_view.py draws each chart
@given(felt_and_promised(names=True))
@settings(max_examples=tries(15, 4), deadline=None)
def test_every_exhibit_of_the_customers_view_can_be_drawn_in_every_skin(scenario: Scenario) -> None:
    for made in every_exhibit(scenario):
        assert made.finding
        assert "nan" not in made.finding.replace(scenario.proposition_names[0], "")
        for skin in ("deck", "light", "dark"):
            made.figure_in(skin)


def read(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


@given(felt_and_promised(), st.sampled_from(["perception", "cover_stories"]))
@RUNS
def test_the_gap_named_is_the_widest_and_the_count_is_of_those_marked(scenario: Scenario, key: str) -> None:
    made = getattr(exhibits, key)(scenario)
    table, view = made.table, "believed" if key == "perception" else "promised"
    # A score without weight is in no gap.
    assert ((table["gap"] - (table[view] - table["felt"])).dropna().abs() <= 1e-9).all()
    bar = scenario.cover_story_bar
    assert ((table["gap"] >= bar - 1e-8 * scenario.scale.width) == table["beyond_bar"]).all()
    found = re.search(
        r"(P\d) on (D\d).*?(?:we believe|promised) (\S+), (?:customers say|felt) ([^\s;]+)", made.finding
    )
    if found is None:
        return
    row = table[(table["proposition"] == found[1]) & (table["discipline"] == found[2])].iloc[0]
    assert (found[3], found[4].rstrip(",")) == tuple(number(row[c], made.decimals) for c in (view, "felt"))
    size = table["gap"].abs() if key == "perception" else table["gap"]
    if "or more" not in made.finding:
        assert abs(row["gap"]) == pytest.approx(size.max(), abs=1e-8)


@given(felt_and_promised())
@RUNS
def test_the_way_from_promise_to_customer_has_no_gaps(scenario: Scenario) -> None:
    made = exhibits.delivery_chain(scenario)
    steps = made.table
    if steps["end"].isna().any():
        assert "nothing can be followed" in made.finding
        return
    inner = steps[~steps["full"]]
    np.testing.assert_allclose(inner["end"] - inner["start"], inner["change"], atol=1e-9)
    ends = steps.set_index("step")["end"]
    losses = inner["change"].iloc[:-1]
    assert ends["Promised"] + losses.sum() == pytest.approx(ends["Should arrive"])
    assert (losses <= 1e-12).all()
    assert number(ends["Promised"], made.decimals) in made.finding
    named = re.search(r"(F\d(?:(?:, | and )F\d)*) (?:alone )?takes? (?:most, )?(\S+?)( each)?;", made.finding)
    if named is not None:
        who = re.findall(r"F\d", named[1])
        changes = inner.set_index("step")["change"]
        shown = dict(zip(steps["step"], shown_changes(steps, made.decimals), strict=True))
        assert number(-shown[who[0]], made.decimals) == named[2]
        assert not named[3] or {shown[name] for name in who} == {shown[who[0]]}
        assert changes[who].to_numpy() == pytest.approx(losses.min(), abs=1e-8)


@given(felt_and_promised())
@RUNS
def test_the_fix_named_returns_most(scenario: Scenario) -> None:
    made = exhibits.delivery_levers(scenario)
    whole = made.table[made.table["discipline"] == "Whole function"]
    named = re.match(r"Fixing (.*?)(?:, the only function,)? would (?:probably )?return", made.finding)
    if named is None:
        assert not made.table["best"].any()
        return
    assert set(re.findall(r"F\d", named[1])) == set(whole.loc[whole["best"], "function"])
    assert whole.loc[whole["best"], "gain"].min() == pytest.approx(whole["gain"].max(), abs=1e-8)
    assert number(whole["gain"].max(), made.decimals) in made.finding


def leaders(table: pd.DataFrame, rank: str) -> set[str]:
    return set(table.loc[(table[rank] == 1).fillna(value=False), "proposition"])


@given(felt_and_promised())
@RUNS
def test_who_leads_after_burden_has_the_highest_net_value(scenario: Scenario) -> None:
    made = exhibits.net_value(scenario)
    table = made.table
    share = scenario.segments[0].burden / 100
    if not leaders(table, "rank"):
        return
    best = table["net_value"].max()
    assert number(best, made.decimals) in made.finding
    named = re.search(
        r"((?:P\d(?: \(partial value\))?(?:, | and )?)+) (?:still |now )?"
        r"(?:(?:probably )?leads?|share|is still ahead|is ahead)",
        made.finding,
    )
    if named is not None:
        assert set(re.findall(r"P\d", named[1])) == leaders(table, "rank")
    assert ("no longer" in made.finding or "; without it" in made.finding) == bool(
        share and len(table) > 1 and leaders(table, "rank_before") - leaders(table, "rank")
    )


@given(felt_and_promised())
@RUNS
def test_the_best_value_on_the_map_lies_highest_above_the_line(scenario: Scenario) -> None:
    for segment in (None, scenario.segment_names[0]):
        made = exhibits.value_map(scenario, segment)
        table = made.table[np.isfinite(made.table["above"])]
        named = re.match(r"(P\d) is the best value", made.finding)
        if named is not None:
            assert table["proposition"].iloc[0] == named[1]
            assert table["above"].iloc[0] > table["above"].iloc[1:].max()
            shown = re.search(r"(\S+) above the fair-value line", made.finding)
            assert shown is not None
            assert read(shown[1]) > 0
            assert read(shown[1]) == pytest.approx(
                abs(table["above"].iloc[0]), abs=1.01 * 10.0**-made.decimals
            )
            assert table["above"].iloc[0] > 0
        line = table["fair_value"] - table["slope"] * table["burden"]
        assert line.max() - line.min() == pytest.approx(0, abs=1e-8) or table.empty


@given(felt_and_promised())
@RUNS
def test_the_weakest_link_takes_most(scenario: Scenario) -> None:
    if not scenario.links or not limits(scenario):
        return
    made = exhibits.service(scenario)
    table = made.table
    assert (table["lost"].fillna(0) >= -1e-12).all()
    assert table["overall_lost"].is_monotonic_decreasing
    first = table.iloc[0]
    start = re.match(r"(G\d), served at (\S+), (?:probably )?limits (G\d)", made.finding)
    if start is None:
        assert "equally weak" in made.finding
        return
    assert (first["served_by"], first["segment"]) == (start[1], start[3])
    assert start[2] == number(first["server_value"], made.decimals)
    often = re.search(r"; so in (\S+\s%) of the cases held possible$", made.finding)
    assert (often is not None) == in_doubt(scenario)
    assert often is None or often[1] == share(first["binding_share"])
    one = re.search(r"of the (\S+) that P\d.*? is worth there (\S+) can last", made.finding)
    if one is not None:
        assert [one[1], one[2]] == [number(first[c], made.decimals) for c in ("felt", "limited")]
        return
    cost = re.search(r", by (less than )?(\S+) on average", made.finding)
    assert cost is not None
    assert read(cost[2]) == (0.1 if cost[1] else pytest.approx(first["lost"], abs=0.05 + 1e-9))
    g = scenario.segment_names.index(start[3])
    assert (
        first["limits"]
        == (service(scenario).costs[0].costs > np.full(len(scenario.propositions), 1e-8)).sum()
    )
    assert first["valued"] == (~np.isnan(np.asarray(evaluate(scenario).values)[g])).sum()
    assert 0 <= first["binding_share"] <= 1


@given(felt_and_promised())
@RUNS
def test_leaders_of_the_short_and_the_long_term_lead_there(scenario: Scenario) -> None:
    made = exhibits.terms(scenario)
    table = made.table
    one = evaluate(scenario)
    later = evaluate(scenario.with_points(scenario.later_weights))
    for end, result in ((0.0, one), (1.0, later)):
        rows = table[table["way_share"] == end].set_index("proposition")
        expected = {scenario.proposition_names[p] for p in result.standing().leaders}
        assert set(rows.index[rows["leads"]]) >= expected
    named = re.match(r"The lead passes from (P\d) to (P\d) at", made.finding)
    if named is not None:
        # Where scores are missing, values may jump as a weight leaves 0: then who leads right after today.
        starts = {*one.standing().leaders, *evaluate(at_term(scenario, 1e-7)).standing().leaders}
        assert named[1] in {scenario.proposition_names[p] for p in starts}
    least = re.search(r"((?:P\d(?:, | and )?)+) ha(?:s|ve) the least regret, (\S+) at most", made.finding)
    if least is not None:
        regret = table.drop_duplicates("proposition").set_index("proposition")["regret"]
        assert regret[re.findall(r"P\d", least[1])[0]] == pytest.approx(regret.min(), abs=1e-8)
        assert number(regret.min(), made.decimals) == least[2]


@given(felt_and_promised())
@RUNS
def test_the_leaders_of_each_view_are_those_of_the_scenario_seen_that_way(scenario: Scenario) -> None:
    try:
        made = exhibits.led_by_view(scenario)
    except EditError:
        return
    for view, rows in made.table.groupby("view"):
        expected = evaluate(scenario.seen_as(str(view)))
        led = {scenario.proposition_names[p] for p in expected.standing().leaders}
        assert set(rows.loc[rows["rank"] == 1, "proposition"]) == led


@given(felt_and_promised())
@settings(max_examples=tries(10, 3), deadline=None)
def test_that_no_promise_is_a_cover_story_is_as_sure_as_no_gap_drawn_reaches_the_bar(
    scenario: Scenario,
) -> None:
    bar = 0.4 * scenario.scale.width
    made = exhibits.cover_stories(scenario.with_settings(cover_story_bar=bar))
    word = re.match(r"(?i)(perhaps |probably )?no promise is a cover story", made.finding)
    if word is None:
        return
    drawn = perception(scenario, "promised").felt_draws()
    rows = zip(made.table["proposition"], made.table["discipline"], made.table["promised"], strict=True)
    widest = np.max([promised - drawn[f"{p}\n{d}"] for p, d, promised in rows], axis=0)
    degree = degree_of(share_above(-widest, -bar, scenario.scale.width))
    assert (word[1] or "").strip().lower() == {"clear": "", "likely": "probably", "open": "perhaps"}[degree]
