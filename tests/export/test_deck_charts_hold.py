"""What holds for every chart of a deck: safe text, theme colours, fixed places, any number of rows."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, islice

import numpy as np
import pytest
from deck_charts import BODY, NS, Drawn, drawn, points, sheet_markup
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from openpyxl import load_workbook
from pptx.util import Emu
from sample_scenarios import hostile, large, long_names, made

from valuemix import exhibits as ex
from valuemix.analysis.compare.compare import compare
from valuemix.analysis.robustness.robustness import robustness
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.charts.bubbles import Bubble, Bubbles
from valuemix.charts.dumbbells import Dumbbells
from valuemix.charts.waterfall import Step, Waterfall
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.pairs import pair
from valuemix.export.pptx.charts.chart_data import workbook
from valuemix.export.pptx.charts.markup import Format
from valuemix.model.scenario import Scenario

SIZES = ("one", "three", "twenty", "twelve disciplines", "long names")
SIGNS = ("=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(1)", "'=1", "https://127.0.0.1/x", '<b>&"', "007", "1e3")


def all_of(scenario: Scenario) -> Iterator[Exhibit]:
    """Every exhibit that is drawn as a chart."""
    heavier = scenario.with_weights(**{scenario.discipline_ids[0]: 60}).renamed(f"{scenario.name} 2")
    both, swept = compare(scenario, heavier), tradeoffs(scenario)
    first, second, *_ = scenario.discipline_ids
    yield ex.ranking(scenario)
    yield ex.ranking(heavier, None, scenario)
    yield ex.change(scenario, heavier)
    yield ex.tradeoff(swept, first)
    yield ex.stability(swept)
    yield ex.levers(scenario)
    yield ex.ranks_across(both)
    yield ex.path(both)
    yield ex.bridge(both, scenario.proposition_names[0])
    yield ex.central_weights(robustness(scenario, draws=200, seed=1))
    yield ex.leader_map(scenario, first, second)
    yield ex.dials(scenario)
    yield ex.focus(scenario)
    yield ex.focus(scenario, "segments")
    yield ex.preference_share(scenario)
    yield ex.evenness(scenario)
    yield ex.alignment(scenario)


@pytest.fixture(scope="module")
def charts() -> list[tuple[Exhibit, Drawn]]:
    return [(exhibit, drawn(exhibit)) for exhibit in all_of(made())]


@pytest.fixture(scope="module")
def hostile_charts() -> list[tuple[Exhibit, Drawn]]:
    return [(exhibit, drawn(exhibit)) for exhibit in islice(all_of(hostile()), tries(99, 6))]


def test_every_chart_tells_what_it_shows(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for exhibit, chart in charts:
        (frame,) = chart.frames
        properties = frame._element.xpath(".//p:cNvPr")[0]
        assert properties.get("descr") == " ".join(exhibit.alt.split(" "))
        assert frame.name == f"Chart {exhibit.key}"


def test_colours_are_places_in_the_theme(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for _, chart in charts:
        assert not chart.space.xpath(".//a:srgbClr | .//a:sysClr | .//a:prstClr | .//a:latin")
        for ser in chart.space.iterfind(".//c:ser", NS):
            assert ser.find("c:spPr", NS) is not None
            assert ser.xpath("c:spPr/a:solidFill | c:spPr/a:noFill | c:spPr/a:ln")


def test_greys_fade_into_the_ground_so_that_they_recede_on_dark_slides_too(
    charts: list[tuple[Exhibit, Drawn]],
) -> None:
    for exhibit, chart in charts:
        for color in chart.space.xpath(".//c:barChart//c:spPr/a:solidFill/a:schemeClr[@val='tx1'][*]"):
            assert color.xpath("a:alpha"), exhibit.key


def test_every_text_has_a_size_that_can_be_read(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for exhibit, chart in charts:
        sizes = [int(v) for v in chart.space.xpath(".//a:rPr/@sz | .//a:defRPr/@sz")]
        assert min(sizes) >= 900, exhibit.key
        assert not chart.space.xpath(".//a:rPr[not(@sz)] | .//a:defRPr[not(@sz)]")


def test_the_inner_plot_stands_at_a_fixed_place_inside_the_chart(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for _, chart in charts:
        (manual,) = chart.space.xpath("c:chart/c:plotArea/c:layout/c:manualLayout")
        assert manual.xpath("c:layoutTarget/@val") == ["inner"]
        x, y, w, h = (float(manual.xpath(f"c:{side}/@val")[0]) for side in "xywh")
        assert x >= 0 <= y
        assert x + w <= 1.00001 >= y + h
        assert min(w, h) > 0.1


def test_bars_start_at_0_and_bear_no_grid_and_no_legend(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for _, chart in charts:
        assert not chart.space.xpath(".//c:legend")
        if chart.space.xpath(".//c:barChart"):
            assert not chart.space.xpath(".//c:majorGridlines")
            assert {float(v) for v in chart.space.xpath(".//c:valAx/c:scaling/c:min/@val")} == {0.0}


def test_labels_that_stacked_bars_do_not_know_are_not_asked_for(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for _, chart in charts:
        kinds = set(chart.space.xpath(".//c:barChart//c:dLblPos/@val"))
        assert kinds <= {"ctr", "inBase", "inEnd"}
        assert set(chart.space.xpath(".//c:scatterChart//c:dLblPos/@val")) <= {"ctr", "l", "r", "t", "b"}


def test_the_workbook_holds_the_numbers_that_the_chart_shows(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for exhibit, chart in charts:
        sheet = chart.sheet
        for element in chart.space.xpath(".//c:xVal | .//c:yVal | .//c:val"):
            place = element.xpath("string(.//c:f)").removeprefix("Sheet1!").replace("$", "")
            cells = [cell.value for (cell,) in sheet[place]] if ":" in place else [sheet[place].value]
            wanted = [math.nan if v is None else v for v in cells]
            # XlsxWriter writes 16 digits of a number, and the chart 17.
            np.testing.assert_allclose(points(element), wanted, rtol=1e-15, err_msg=exhibit.key)


def test_series_of_lines_and_points_are_all_of_one_length(charts: list[tuple[Exhibit, Drawn]]) -> None:
    for _, chart in charts:
        counts = chart.space.xpath(".//c:scatterChart//c:ptCount[not(ancestor::c:tx)]/@val")
        assert len(set(counts)) <= 1


def test_no_workbook_has_a_formula_or_a_link(hostile_charts: list[tuple[Exhibit, Drawn]]) -> None:
    for _, chart in hostile_charts:
        with zipfile.ZipFile(io.BytesIO(chart.book)) as file:
            markup = sheet_markup(chart.book)
            assert "<f>" not in markup
            assert "<f " not in markup
            assert "hyperlink" not in markup
            assert not [name for name in file.namelist() if "rels" in name and "worksheets" in name]


def test_no_chart_points_outside(hostile_charts: list[tuple[Exhibit, Drawn]]) -> None:
    for _, chart in hostile_charts:
        part = chart.frames[0].chart.part
        assert [rel.is_external for rel in part.rels.values()] == [False]
        assert not chart.space.xpath(".//a:hlinkClick | .//a:hlinkMouseOver")


@pytest.mark.parametrize("text", SIGNS)
def test_text_in_a_workbook_is_marked_as_text(text: str) -> None:
    book = workbook([[text, 1.5]])
    cell = load_workbook(io.BytesIO(book))["Sheet1"]["A1"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.style.startswith("Normal")
    assert cell.quotePrefix


@pytest.mark.parametrize(
    "scenario",
    [
        large(),
        pytest.param(made(1, 1), marks=pytest.mark.nightly),  # test_deck_charts_data.py reads as few
        pytest.param(made(3, 2), marks=pytest.mark.nightly),  # test_deck_charts_data.py reads as few
        pytest.param(long_names(), marks=pytest.mark.nightly),  # test_deck_slides.py has them in its deck
        pytest.param(made(20, 8, 12), marks=pytest.mark.nightly),  # as large() but for the disciplines
    ],
    ids=["many", "one", "few", "long names", "many disciplines"],
)  # fmt: skip
def test_charts_of_few_and_many_parts_keep_their_rows_and_names_apart(scenario: Scenario) -> None:
    for exhibit in all_of(scenario):
        chart = drawn(exhibit)
        for shape in chart.slide.shapes:
            assert BODY.left - 50_000 <= shape.left, exhibit.key
            assert shape.left + shape.width <= BODY.right + Emu(60_000), (exhibit.key, shape.name)
            assert shape.top >= BODY.top - 1
            assert shape.top + shape.height <= BODY.bottom + 1
        for category in chart.space.xpath("(.//c:cat)[1]") if chart.frames else []:
            names = category.xpath(".//c:v/text()")
            assert len(set(names)) == len(names), exhibit.key


def test_names_over_the_parts_of_a_bar_do_not_touch() -> None:
    for scenario in (made(), long_names(), made(4, 2, 12)):
        shapes = [s for s in drawn(ex.ranking(scenario)).slide.shapes if s.name.startswith("Key ")]
        for one, other in combinations(shapes, 2):
            assert one.left + one.width <= other.left + 1 or other.left + other.width <= one.left + 1


def test_ties_and_missing_values_are_drawn_without_a_number_that_is_none() -> None:
    level = Scenario.from_arrays([[5, 5, 5], [5, 5, 5], [5, 5, 5]])
    gaps = Scenario.from_arrays([[8, 2, 4], [math.nan, 5, 6], [math.nan, math.nan, 3]], points=[80, 20, 0])
    for scenario in (gaps, level)[: tries(2, 1)]:
        for exhibit in all_of(scenario):
            for chart in drawn(exhibit).frames:
                markup = chart.chart.part.blob.decode()
                assert "nan" not in markup.lower().replace("nance", "")
                assert ">inf<" not in markup


def test_a_proposition_without_a_value_says_so() -> None:
    scenario = Scenario.from_arrays(
        [[8, 2], [math.nan, 5]], points=[100, 0], propositions=["Express", "Green line"]
    )
    chart = drawn(ex.ranking(scenario))
    assert chart.labels("Value at the end") == {0: "live", 1: "no\u00a0value"}


def test_values_below_0_go_to_the_left_with_a_true_minus() -> None:
    scenario = Scenario.from_arrays(
        [[4, -2], [-4, -3]], propositions=["Express", "Green line"], scale=(-5, 5)
    )
    chart = drawn(ex.ranking(scenario))
    low = float(chart.space.xpath(".//c:valAx/c:scaling/c:min/@val")[0])
    assert low < min(min(chart.numbers(name, "val")) for name in scenario.discipline_names)
    assert chart.space.xpath(".//c:numFmt/@formatCode")[-1].count("−") in (0, 1)
    assert Format(1).text(-0.26) == "−0.3"


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 4), st.booleans())
@settings(max_examples=tries(200))
def test_a_live_label_is_never_minus_zero(value: float, decimals: int, percent: bool) -> None:
    form = Format(decimals, percent=percent)
    scaled = 100 * value if percent else value
    if form.prints(value, form.text(value)):
        assert value >= 0 or abs(scaled) >= 0.5 * 10.0**-decimals * (1 - 1e-6)


# ---------------------------------------------------------------------- forms for any exhibit


@pytest.fixture
def exhibit() -> Exhibit:
    return ex.ranking(made(3, 2))


def test_a_waterfall_below_0_floats_on_the_other_side(exhibit: Exhibit) -> None:
    steps = (
        Step("Promised", 0.0, 2.0, "2.0", "context", full=True),
        Step("Sales", 2.0, -1.0, "−3.0", "loss"),
        Step("Felt", 0.0, -1.0, "−1.0", "highlight", full=True),
    )
    chart = drawn(replace(exhibit, chart=Waterfall(steps)))
    assert chart.numbers("Above 0", "val") == [2.0, 2.0, 0.0]
    assert chart.numbers("Below 0", "val") == [0.0, -1.0, -1.0]
    assert chart.labels("Above, unseen")[1] == "−3.0"


def test_dumbbells_take_gaps_of_any_kind(exhibit: Exhibit) -> None:
    pairs = (pair("=Intimacy", 7.2, 4.7, 1), pair("Purpose", 7.9, 8.3, 1), pair("New", math.nan, 5.0, 1))
    said = Dumbbells(pairs, "gap", ("we say", "customers say"), "gap", 1.0)
    chart = drawn(replace(exhibit, chart=said))
    assert list(chart.labels("Difference").values()) == ["−2.5", "+0.4", "–"]
    assert list(chart.labels("Headings").values()) == [said.key, "gap"]


def test_bubbles_of_a_value_map_have_areas_like_their_sizes(exhibit: Exhibit) -> None:
    bubbles = (
        Bubble("Alpha", "", 40, 4.6, 0.25), Bubble("=Cobalt", "", 52, 5.0, 1.0),
        Bubble("We", "", 61, 7.4, 0.5, lit=True, before=(58, 6.1)),
    )  # fmt: skip
    said = Bubbles(bubbles, ("Price", "Benefit"), (1.5, 0.07), "fair-value line", ("good", "bad"), 1)
    chart = drawn(replace(exhibit, chart=said))
    sizes = [int(v) for v in chart.space.xpath(".//c:ser[c:tx//c:v='Offers']/c:dPt//c:size/@val")]
    assert sizes == [20, 40]
    assert chart.numbers("Highlighted", "xVal")[0] == 61
    line = chart.numbers("Fair-value line", "xVal")[:2], chart.numbers("Fair-value line")[:2]
    assert [1.5 + 0.07 * x for x in line[0]] == pytest.approx(line[1])
    assert set(chart.labels("Names").values()) == {"Alpha", "=Cobalt", "We"}
    assert chart.space.xpath(".//a:tailEnd/@type") == ["triangle"]
