"""The numbers in a deck's charts are those of the exhibits, and printed as the exhibits print them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from deck_charts import drawn
from sample_scenarios import made

from valuemix import exhibits as ex
from valuemix.analysis.compare.compare import Comparison, compare
from valuemix.analysis.robustness.robustness import robustness
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.exhibits.customers.cover_stories import cover_stories
from valuemix.exhibits.customers.delivery_chain import delivery_chain
from valuemix.exhibits.customers.led_by_view import led_by_view
from valuemix.exhibits.customers.net_value import net_value
from valuemix.exhibits.customers.perception import perception
from valuemix.exhibits.customers.value_map import value_map
from valuemix.exhibits.words.formats import gap, number, percents, share, signed
from valuemix.model.parts import Function
from valuemix.model.scenario import Scenario


@pytest.fixture(scope="module")
def base() -> Scenario:
    return made(6, 5, name="Base case")


@pytest.fixture(scope="module")
def other(base: Scenario) -> Scenario:
    return base.with_weights(innovation=60).renamed("More innovation")


@pytest.fixture(scope="module")
def both(base: Scenario, other: Scenario) -> Comparison:
    return compare(base, other)


def same(found: Any, wanted: Any) -> bool:
    return bool(np.array_equal(np.array(found, dtype=float), np.array(wanted, dtype=float), equal_nan=True))


def test_bars_of_the_ranking_are_the_contributions_to_the_last_digit(base: Scenario) -> None:
    exhibit = ex.ranking(base, "Segment 1")
    chart, table = drawn(exhibit), exhibit.table
    for name in base.discipline_names:
        own = table[table["discipline"] == name]
        assert same(chart.numbers(name, "val"), own["contribution"])
    values = table.drop_duplicates("proposition")["value"]
    assert chart.numbers("Value at the end", "val") == pytest.approx(values.tolist(), abs=1e-12)
    printed = chart.labels("Value at the end").values()
    assert [text for text in printed if text != "live"] == []
    codes = chart.space.xpath(".//c:dLbl/c:numFmt/@formatCode")
    assert set(codes) == {'#,##0.0;"−"#,##0.0'}


def test_saved_values_are_marked_where_they_differ_as_printed(base: Scenario, other: Scenario) -> None:
    exhibit = ex.ranking(other, None, base)
    chart, rows = drawn(exhibit), exhibit.table.drop_duplicates("proposition")
    moved = [
        gap(a, b, exhibit.decimals + 1) != 0
        for a, b in zip(rows["value"], rows["baseline_value"], strict=True)
    ]
    assert any(moved)
    assert same(chart.numbers("Saved value", "val"), rows["baseline_value"].where(moved))
    labels = chart.labels("Value at the end")
    for p, (value, on) in enumerate(zip(rows["value"], moved, strict=True)):
        if on:
            assert labels[p].strip("\u00a0").startswith(number(value, exhibit.decimals))


def test_a_value_that_is_no_sum_is_one_bar_with_the_leader_highlighted(base: Scenario) -> None:
    settings = base.settings.model_copy(update={"compensation": 0.5})
    exhibit = ex.ranking(base.replace(settings=settings))
    chart = drawn(exhibit)
    assert chart.series == ["Value", "Value at the end"]
    assert same(chart.numbers("Value", "val"), exhibit.table["value"])
    fades = chart.space.xpath(".//c:ser[1]/c:dPt/c:spPr/a:solidFill/a:schemeClr[@val='tx1']/a:alpha/@val")
    assert len(fades) == len(exhibit.table)  # no colour of a discipline
    assert int(fades[0]) > int(fades[1]) == int(fades[-1])


def test_lines_of_a_trade_off_run_through_the_points_of_the_table(base: Scenario) -> None:
    exhibit = ex.tradeoff(tradeoffs(base), "innovation")
    chart = drawn(exhibit)
    for name, own in exhibit.table.groupby("proposition"):
        assert same(chart.numbers(name, "xVal")[: len(own)], own["weight_share"])
        assert same(chart.numbers(name)[: len(own)], own["value"])
    today = exhibit.table.loc[exhibit.table["today"], "weight_share"].iloc[0]
    assert set(chart.numbers("Today", "xVal")) == {today}
    for name in exhibit.table.loc[exhibit.table["leads"], "proposition"].unique():
        if f"{name} leads" in chart.series:
            own = exhibit.table[exhibit.table["proposition"] == name]
            assert same(chart.numbers(f"{name} leads")[: len(own)], own["value"].where(own["leads"]))


def test_lines_of_a_way_run_through_the_points_of_the_table(both: Comparison) -> None:
    exhibit = ex.path(both)
    chart = drawn(exhibit)
    for name, own in exhibit.table.groupby("proposition"):
        assert same(chart.numbers(name)[: len(own)], own["value"])


def test_names_at_the_ends_of_lines_never_touch() -> None:
    exhibit = ex.tradeoff(tradeoffs(made(20, 8)), "innovation")
    chart = drawn(exhibit)
    sizes = [int(v) / 100 for v in chart.space.xpath(".//c:ser[last()]//a:rPr/@sz")]
    places = sorted(v for v in chart.numbers("Names") if not math.isnan(v))
    low, high = (
        float(chart.space.xpath(f".//c:valAx[2]/c:scaling/c:{end}/@val")[0]) for end in ("min", "max")
    )
    height = float(chart.space.xpath(".//c:plotArea/c:layout//c:h/@val")[0]) * 4.7 * 72
    gaps = np.diff(places) / (high - low) * height
    assert len(places) == 20
    assert gaps.min() >= max(sizes)


def test_ranges_end_where_the_leader_and_the_order_change(base: Scenario) -> None:
    exhibit = ex.stability(tradeoffs(base))
    chart, table = drawn(exhibit), exhibit.table
    for name, what in (("Leader stays", "leader"), ("Order stays", "order")):
        ends = np.array(chart.numbers(name, "xVal")).reshape(-1, 3)
        assert same(ends[:, 0], table[f"{what}_from"])
        assert same(ends[:, 1], table[f"{what}_to"])
    count = len(table)
    assert same(chart.numbers("Today", "xVal")[:count], table["weight_share"])


def test_the_axis_of_ranges_begins_below_0_so_that_the_figure_of_a_low_end_stands_clear_of_the_names() -> (
    None
):
    near = Scenario.from_arrays([[9, 5], [5, 5.1]], points=[20, 80])  # the leader stays from 2 % on
    chart = drawn(ex.stability(tradeoffs(near)))
    assert "2\u00a0%" in chart.labels("From").values()
    assert chart.space.xpath("(.//c:valAx/c:scaling/c:min/@val)[1]") == ["-0.1"]
    assert set(chart.numbers("Rows", "xVal")[:2]) == {-0.1}
    (code,) = chart.space.xpath(".//c:valAx[c:delete/@val='0']/c:numFmt/@formatCode")
    assert code.startswith('[<-0.01]"";')  # nothing is printed below 0


def test_ticks_of_the_lead_are_so_far_apart_that_a_rounded_figure_stands_near_its_own(base: Scenario) -> None:
    exhibit = ex.levers(base)
    assert exhibit.chart.step >= 5 * 10.0**-exhibit.decimals
    (step,) = drawn(exhibit).space.xpath(".//c:majorUnit/@val")
    assert float(step) == exhibit.chart.step == exhibit.figure.layout.xaxis.dtick


def test_dumbbells_go_from_the_saved_value_to_the_present_one(base: Scenario, other: Scenario) -> None:
    exhibit = ex.change(base, other)
    chart = drawn(exhibit)
    for _, row in exhibit.table.iterrows():
        assert same(chart.numbers(row["proposition"], "xVal")[:2], [row["value_before"], row["value"]])
    differences = chart.labels("Difference")
    for p, record in enumerate(exhibit.table.to_dict("records")):
        shown = gap(record["value"], record["value_before"], exhibit.decimals)
        assert differences[p].endswith(signed(shown, exhibit.decimals))


def test_a_tornado_goes_from_the_lead_to_the_leads_after(base: Scenario) -> None:
    exhibit = ex.levers(base)
    chart, table = drawn(exhibit), exhibit.table
    for side in ("low", "high"):
        name = f"Lead with the input {'lower' if side == 'low' else 'higher'}"
        ends = np.array(chart.numbers(name, "xVal")).reshape(-1, 3)
        assert same(ends[:, 0], table["lead"])
        assert same(ends[:, 1], table[f"{side}_lead"].clip(lower=0.0))
        lost = np.array(chart.numbers(f"{name}: lost")).reshape(-1, 3)
        assert same(~np.isnan(lost[:, 0]), table[f"{side}_lead"] < 0)


def test_slopes_stand_at_the_places_and_print_the_values(both: Comparison) -> None:
    exhibit = ex.ranks_across(both)
    chart = drawn(exhibit)
    for name, own in exhibit.table.groupby("proposition"):
        assert same(chart.numbers(name)[: len(own)], own["place"])
        assert list(chart.labels(name).values()) == [number(v, exhibit.decimals) for v in own["value"]]


def test_the_columns_of_a_waterfall_float_between_their_ends(both: Comparison) -> None:
    exhibit = ex.bridge(both, "Proposition 1")
    chart, table = drawn(exhibit), exhibit.table.query("part_of == ''")
    lows, lengths = chart.numbers("Below, unseen", "val"), chart.numbers("Above 0", "val")
    wanted = table[["start", "end"]].to_numpy()
    assert same(lows, wanted.min(axis=1))
    assert same(lengths, wanted.max(axis=1) - wanted.min(axis=1))
    texts = chart.labels("Above, unseen")
    inner = [signed(v, exhibit.decimals) for v in table["change"].tolist()[1:-1]]
    assert [texts[i] for i in range(1, len(table) - 1)] == inner


def test_mixes_are_the_central_weights_below_those_of_today(base: Scenario) -> None:
    exhibit = ex.central_weights(robustness(base, draws=500, seed=1))
    chart, table = drawn(exhibit), exhibit.table
    for name in base.discipline_names:
        own = table[table["discipline"] == name]
        wanted = [own["today_weight_share"].iloc[0], *own["central_weight_share"]]
        assert same(chart.numbers(name, "val"), wanted)


def test_printed_shares_of_a_mix_sum_to_100(base: Scenario) -> None:
    exhibit = ex.focus(base)
    chart, table = drawn(exhibit), exhibit.table
    shares = table["share"].to_numpy().reshape(-1, 4)
    for d, name in enumerate(base.discipline_names):
        assert same(chart.numbers(name, "val"), shares[:, d])
        for row, text in chart.labels(name).items():
            assert text in ("live", percents(shares[row].tolist())[d])
            if text == "live":
                assert share(shares[row, d]) == percents(shares[row].tolist())[d]


def test_single_bars_are_the_preference_shares(base: Scenario) -> None:
    exhibit = ex.preference_share(base)
    assert same(drawn(exhibit).numbers("Preference share", "val"), exhibit.table["preference_share"])


@pytest.mark.parametrize("count", [2, 3, 8])
def test_regrets_stand_by_scenario_with_their_maximum_last(base: Scenario, count: int) -> None:
    favoured = [{base.discipline_ids[i % 4]: 40.0 + 5 * i} for i in range(count - 1)]
    others = [base.with_weights(None, each).renamed(f"Scenario {i}") for i, each in enumerate(favoured)]
    exhibit = ex.regret(compare(base, *others))
    table = next(shape.table for shape in drawn(exhibit).slide.shapes if shape.has_table)
    (_, *heads), *rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert heads == [base.name, *(other.name for other in others), "Maximum"]
    for row, (name, own) in zip(rows, exhibit.table.groupby("proposition", sort=False), strict=True):
        best = exhibit.table.groupby("scenario", sort=False)["value"].max()
        figures = [gap(*pair, exhibit.decimals) for pair in zip(best, own["value"], strict=True)]
        assert row == [name, *(number(value, exhibit.decimals) for value in (*figures, max(figures)))]


def test_dots_of_segments_and_kinds_are_the_values(base: Scenario) -> None:
    exhibit = ex.evenness(base)
    chart, worst = drawn(exhibit), exhibit.table["worst"]
    count = int(worst.sum())
    assert same(chart.numbers("Segments", "xVal")[: int((~worst).sum())], exhibit.table["value"][~worst])
    assert same(chart.numbers("Served worst", "xVal")[:count], exhibit.table["value"][worst])
    kinds = ("customer", "employee", "partner", "customer", "employee")
    segments = [s.model_copy(update={"kind": k}) for s, k in zip(base.segments, kinds, strict=True)]
    exhibit = ex.alignment(base.replace(segments=tuple(segments)))
    chart = drawn(exhibit)
    for kind, own in exhibit.table.groupby("kind"):
        assert same(chart.numbers(f"{kind}s", "xVal")[: len(own)], own["value"])


def test_regions_of_a_map_have_their_exact_borders_and_nothing_beyond(base: Scenario) -> None:
    exhibit = ex.leader_map(base, "innovation", "social_purpose", "Segment 1")
    chart, table = drawn(exhibit), exhibit.table
    assert (table["point"] != "cell").all()
    for leader, own in table[table["point"] == "corner"].groupby("leader"):
        corners = [*own["first_share"], own["first_share"].iloc[0]]
        assert same(chart.numbers(f"{leader}: border", "xVal")[: len(corners)], corners)
        hatch = np.array([chart.numbers(leader, "xVal"), chart.numbers(leader)])
        hatch = hatch[:, ~np.isnan(hatch[1])]
        assert hatch[0].min() >= own["first_share"].min() - 1e-9
        assert hatch[0].max() <= own["first_share"].max() + 1e-9
        area = (hatch[0, 1::2] - hatch[0, ::2]).sum() / 120 * 2
        assert area == pytest.approx(own["area_share"].iloc[0], abs=0.02)


def test_cells_of_the_dials_are_coloured_once_each(base: Scenario) -> None:
    exhibit = ex.dials(base)
    chart = drawn(exhibit)
    counts = exhibit.table["leader"].value_counts()
    for leader, count in counts.items():
        assert np.isfinite(chart.numbers(leader)).sum() == 2 * count
    assert "today" in chart.labels("Settings").values()


# ---------------------------------------------------------------------- as customers see it


@pytest.fixture(scope="module")
def seen(base: Scenario) -> Scenario:
    """The base case with promised and believed scores, burdens and a delivery chain."""
    scores = base.array("scores")
    rich = base.with_table("promised", np.clip(scores + 1.5, 0, 10)).with_table("believed", scores[:, ::-1])
    burdens = np.broadcast_to(np.linspace(1, 7, 6)[None, :, None], (5, 6, 4))
    functions = [
        Function(name="=Sales", survives={"innovation": 0.7}),
        Function(name="Service", survives={"social_purpose": 0.9}),
    ]
    segments = [segment.model_copy(update={"burden": 20.0}) for segment in base.segments]
    return rich.with_table("burdens", burdens).replace(segments=segments, delivery=functions)


def test_dumbbells_of_gaps_go_from_the_view_to_what_is_felt(seen: Scenario) -> None:
    for exhibit, view in ((perception(seen), "believed"), (cover_stories(seen), "promised")):
        chart, shown = drawn(exhibit), exhibit.table.head(10)
        for row, name in zip(shown.to_dict("records"), chart.series, strict=False):
            assert same(chart.numbers(name, "xVal")[:2], [row[view], row["felt"]])
        printed = [chart.labels("Difference")[i] for i in range(len(shown))]
        wanted = [
            signed(gap(at, felt, exhibit.decimals), exhibit.decimals)
            for at, felt in zip(shown[view], shown["felt"], strict=True)
        ]
        assert printed == wanted


def test_a_delivery_chain_is_a_waterfall_with_full_columns_on_its_way(seen: Scenario) -> None:
    exhibit = delivery_chain(seen)
    chart, table = drawn(exhibit), exhibit.table
    lengths = (table["start"] - table["end"]).abs()
    np.testing.assert_allclose(chart.numbers("Above 0", "val"), lengths, atol=1e-12)
    assert "=Sales" in chart.space.xpath("(.//c:cat)[1]//c:v/text()")


def test_slopes_of_views_stand_at_the_places_under_each(seen: Scenario) -> None:
    exhibit = led_by_view(seen)
    chart = drawn(exhibit)
    for name, own in exhibit.table.groupby("proposition"):
        assert same(chart.numbers(name)[:3], own["place"])


def test_net_values_stand_beside_the_values_before_burden(seen: Scenario) -> None:
    exhibit = net_value(seen)
    chart = drawn(exhibit)
    for row in exhibit.table.to_dict("records"):
        assert same(chart.numbers(row["proposition"], "xVal")[:2], [row["value"], row["net_value"]])


def test_bubbles_stand_at_value_and_burden_and_the_line_at_the_fair_value(seen: Scenario) -> None:
    exhibit = value_map(seen)
    chart, table = drawn(exhibit), exhibit.table
    found = {*zip(chart.numbers("Offers", "xVal"), chart.numbers("Offers"), strict=True)}
    if "Highlighted" in chart.series:
        found |= {*zip(chart.numbers("Highlighted", "xVal"), chart.numbers("Highlighted"), strict=True)}
    assert {*zip(table["burden"], table["value"], strict=True)} <= found
    x, y = chart.numbers("Fair-value line", "xVal")[:2], chart.numbers("Fair-value line")[:2]
    first = table.iloc[0]
    fair = [first["fair_value"] + first["slope"] * (at - first["burden"]) for at in x]
    assert y == pytest.approx(fair)
