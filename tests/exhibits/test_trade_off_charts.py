"""What the charts of the Trade-offs page draw."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nightly import sampled
from sample_scenarios import hostile, large, long_names, made

from valuemix import exhibits
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.charts.lines import own_colors
from valuemix.charts.placing import spread
from valuemix.model.scenario import Scenario
from valuemix.screen.skins import SKINS

SKIN_NAMES = ("deck", "light", "dark")


@pytest.fixture
def mid_market(scenario):
    return tradeoffs(scenario, "Mid-market")


def texts(figure):
    return [note.text.replace("\u00a0", " ") for note in figure.layout.annotations]


def test_the_finding_and_the_marks_name_the_crossovers_of_the_closed_form(mid_market):
    # Without innovation the gap to Named engineer is (34 x 0.3 - 14 x 0.7 - 30 x 2.3) / 78 = -0.8795, on it 4.1.
    # so that they cross at 0.8795 / (0.8795 + 4.1) = 0.1766.
    shown = exhibits.tradeoff(mid_market, "innovation")
    assert shown.finding.replace("\u00a0", " ") == (
        "No leader can be told in Mid-market: at today's scores Predictive uptime stays first while innovation weighs "
        "between 18 and 72 %; its 22 %, moved alone, is 4 points from a switch to Named engineer; Predictive uptime is "
        "ahead, too close to call with Named engineer"
    )
    assert {"today 22 %", "<b>18 %</b>", "<b>72 %</b>"} <= set(texts(shown.figure_in("light")))


def test_the_leader_is_thick_and_those_that_never_lead_are_one_grey_trace(mid_market):
    shown = exhibits.tradeoff(mid_market, "innovation")
    chart, figure = shown.chart, shown.figure_in("light")
    first = [line for line in chart.lines if line.color is not None]
    assert [line.name for line in first] == ["Predictive uptime", "Named engineer", "Co-design lab"]
    led = [[at for at, on in zip(chart.places, line.leads, strict=True) if on] for line in first]
    ends = sorted((places[0], places[-1]) for places in led)
    assert [high for _, high in ends[:-1]] == pytest.approx([low for low, _ in ends[1:]])
    assert (ends[0][0], ends[-1][1]) == (0, 1)
    thick = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 6]
    for trace, line in zip(thick, first, strict=True):
        assert [y is not None for y in trace.y] == list(line.leads)
    (grey,) = [
        trace
        for trace in figure.data
        if trace.line.color == SKINS["light"].context and trace.line.width == 1.5
    ]
    assert list(grey.x).count(None) == 3


@pytest.mark.parametrize("skin", SKIN_NAMES)
def test_an_axis_of_weights_says_at_every_fifth_what_weight_it_is(scenario, mid_market, skin):
    figures = [
        exhibits.tradeoff(mid_market, "innovation").figure_in(skin),
        exhibits.stability(mid_market).figure_in(skin),
        exhibits.leader_map(scenario, "innovation", "social_purpose", "Mid-market").figure_in(skin),
    ]
    for axis in [*(figure.layout.xaxis for figure in figures), figures[-1].layout.yaxis]:
        assert [value / axis.tickvals[-1] for value in axis.tickvals] == [0, 0.2, 0.4, 0.6, 0.8, 1]
        printed = [text.replace("\u00a0", " ") for text in axis.ticktext]
        assert printed == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]


@pytest.mark.parametrize("skin", SKIN_NAMES)
@pytest.mark.parametrize("scenario", [made(2), made(6), large(), long_names()], ids=lambda s: s.name[:20])
@pytest.mark.one_in(4)
def test_labels_at_the_ends_of_lines_never_overlap(scenario, skin):
    figure = exhibits.tradeoff(tradeoffs(scenario), scenario.discipline_ids[0]).figure_in(skin)
    labels = next(trace for trace in figure.data if trace.mode == "text")
    low, high = figure.layout.yaxis.range
    margin = figure.layout.margin
    pixels = (figure.layout.height - margin.t - margin.b) / (high - low)
    places = np.sort(np.array(labels.y)) * pixels
    assert len(labels.text) == len(scenario.propositions)
    assert (np.diff(places) >= labels.textfont.size).all()


def test_a_name_that_had_to_move_is_connected_with_its_line():
    scenario = made(20, 8)
    figure = exhibits.tradeoff(tradeoffs(scenario), scenario.discipline_ids[0]).figure
    labels = next(trace for trace in figure.data if trace.mode == "text")
    connections = next(t for t in figure.data if t.mode == "lines" and t.x and t.x[0] > 100)
    assert set(connections.y[1::3]) <= set(labels.y)
    assert len(connections.y) > 3


@pytest.mark.parametrize("points", [[22, 34, 14, 30], [16, 36, 15, 33], [0, 40, 20, 40], [100, 0, 0, 0]])
def test_weights_of_crossovers_stand_above_every_line_and_clear_of_today(scenario, points):
    scenario = scenario.with_points([points] * len(scenario.segments))
    shown = exhibits.tradeoff(tradeoffs(scenario, "Mid-market"), "innovation")
    for note in shown.figure.layout.annotations:
        if note.text.startswith("<b>") and note.text.endswith("%</b>"):
            assert note.y > shown.chart.height(note.x / 100)
            assert abs(note.x / 100 - shown.chart.today) > 0.01


def test_stability_is_drawn_nearest_to_a_switch_first(mid_market):
    shown = exhibits.stability(mid_market)
    figure = shown.figure_in("light")
    leader = next(trace for trace in figure.data if trace.name == "Leader stays")
    table = shown.table
    assert table["discipline"].iloc[0] == "Innovation"
    assert list(leader.base) == pytest.approx(table["leader_from"].tolist())
    assert figure.layout.yaxis.ticktext[0] == "Innovation"
    assert shown.chart.rows[0].note == "4 points"
    assert figure.data[-1].text[0].startswith("<b>4 points</b>")


def test_challengers_are_drawn_with_what_they_need(mid_market):
    shown = exhibits.challenges(mid_market)
    _, points, how, others = shown.chart.columns
    table = shown.table
    needed = (100 * table["lead_share"]).tolist()
    assert [float(cell.text) for cell in points.cells] == pytest.approx(needed, abs=0.5)
    assert [cell.text for cell in how.cells] == table["moves"].tolist()
    assert [cell.text for cell in others.cells] == table["others"].tolist()
    assert [cell.role for cell in points.cells] == ["highlight", *["ink"] * (len(table) - 1)]


def test_what_is_impossible_is_said_to_be_so():
    scenario = Scenario.from_arrays([[8, 8, 8], [4, 5, 6]], propositions=["Best", "Worse"], segments=["All"])
    shown = exhibits.challenges(tradeoffs(scenario, "All"))
    assert shown.finding == "At today's scores no other proposition leads All at any weights: only Best can"
    assert [cell.text for cell in shown.chart.columns[1].cells] == ["impossible"]
    assert np.isnan(shown.table["lead_share"].iloc[0])


def test_the_map_shows_its_regions_and_todays_point(scenario):
    shown = exhibits.leader_map(scenario, "innovation", "operational_excellence", "Mid-market")
    figure = shown.figure_in("dark")
    regions = [trace for trace in figure.data if trace.fill == "toself"]
    assert [trace.name for trace in regions] == shown.table.query("point == 'corner'")[
        "leader"
    ].unique().tolist()
    today = next(trace for trace in figure.data if trace.mode == "markers")
    assert (today.x[0], today.y[0]) == pytest.approx((22, 34))
    assert "today" in texts(figure)


def test_a_map_without_straight_borders_is_read_from_a_grid_and_says_so(scenario):
    shown = exhibits.leader_map(scenario.with_settings(fairness=1.0), "innovation", "social_purpose")
    assert any("grid" in note for note in shown.notes)
    filled = {trace.name: trace for trace in shown.figure.data if trace.fill == "toself"}
    assert all(trace.line.color == trace.fillcolor for trace in filled.values())
    areas = {name: sum(map(ring_area, rings(trace))) for name, trace in filled.items()}
    assert sum(areas.values()) == pytest.approx(100 * 100 / 2, rel=0.001)  # no ground is seen between
    shares = shown.table.query("point == 'cell'").groupby("leader")["area_share"].first()
    for name, area in areas.items():
        assert area / 5000 == pytest.approx(shares[name], abs=0.02)


def rings(trace):
    """Corners of the parts of a filled trace, which gaps keep apart."""
    x, y = (np.array([np.nan if each is None else each for each in way], float) for way in (trace.x, trace.y))
    gaps = np.flatnonzero(np.isnan(x))
    return [part[~np.isnan(part[:, 0])] for part in np.split(np.column_stack([x, y]), gaps)]


def ring_area(corners):
    """Area of a polygon (shoelace)."""
    x, y = corners.T
    return abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def test_the_levers_that_lose_the_lead_are_marked(scenario):
    shown = exhibits.levers(scenario, "Mid-market")
    table = shown.table
    figure = shown.figure_in("light")
    lost = [t for t in figure.data if t.type == "bar" and t.marker.color == SKINS["light"].bad]
    below = sum((np.array(trace.x) < 0).sum() for trace in lost)
    assert below == table["loses"].sum() > 0
    bold = [text.startswith("<b>") for text in figure.layout.yaxis.ticktext]
    assert bold == table["loses"].tolist()


def test_levers_are_named_whole_on_a_screen_and_no_line_runs_through_their_figures(scenario):
    figure = exhibits.levers(scenario).figure_in("light")
    assert not [text for text in figure.layout.yaxis.ticktext if "…" in text]
    ends = [note for note in figure.layout.annotations if note.yref != "paper"]
    assert len(ends) == 2 * len(figure.layout.yaxis.ticktext)
    assert {end.bgcolor for end in ends} == {SKINS["light"].ground}


@pytest.mark.parametrize(
    "setting", sampled([{"compensation": 0.5}, {"compensation": "min"}, {"fairness": 1.0}])
)
# Skins differ in their colours: at night in all.
@pytest.mark.parametrize(
    "skin", ["deck", *(pytest.param(s, marks=pytest.mark.nightly) for s in ("light", "dark"))]
)
def test_every_chart_can_be_drawn_where_values_are_curves(scenario, setting, skin):
    scenario = scenario.with_settings(**setting)
    result = tradeoffs(scenario)
    for shown in (
        exhibits.tradeoff(result, "innovation"), exhibits.stability(result), exhibits.challenges(result),
        exhibits.levers(scenario),
    ):  # fmt: skip
        json.loads(shown.figure_in(skin).to_json())
    assert any("searched" in note for note in exhibits.tradeoff(result, "innovation").notes)


def test_hostile_names_are_shown_literally_in_every_chart():
    scenario = hostile()
    result = tradeoffs(scenario)
    first, second = scenario.discipline_ids[:2]
    for shown in (
        exhibits.tradeoff(result, first), exhibits.stability(result), exhibits.challenges(result),
        exhibits.leader_map(scenario, first, second), exhibits.levers(scenario),
    ):  # fmt: skip
        drawn = shown.figure.to_json()
        assert "<img" not in drawn
        assert "<a " not in drawn
        assert "$\\\\href" not in drawn


@given(
    st.lists(st.floats(0, 100), max_size=20),
    st.floats(0.1, 30),
)
def test_spread_places_keep_their_distance_and_order_and_stay_within_limits(wanted, distance):
    places = spread(wanted, distance, 0, 100)
    ordered = sorted(range(len(wanted)), key=lambda i: wanted[i])
    kept = min(distance, 100 / max(len(wanted) - 1, 1))
    gaps = np.diff([places[i] for i in ordered])
    assert (gaps >= kept - 1e-6).all()
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in places)


@given(st.lists(st.integers(0, 20), max_size=8, unique=True))
def test_places_that_do_not_touch_are_left_alone(wanted):
    assert spread(wanted, 1, 0, 20) == wanted


def test_colours_of_up_to_twelve_leaders_stay_apart():
    own = own_colors([0, 1, 5, 12, 17, 19, 24, 7, 8, 9, 30, 31], 4)
    assert (
        min(own[place] for place in (0, 1, 5, 7, 8, 9, 12, 17)) == 4
    )  # the first four are those of disciplines
    for skin in SKINS.values():
        assert len({skin.marks[color] for color in own.values()}) == 12


def test_a_proposition_has_one_colour_on_every_chart_of_a_scenario(scenario):
    found: dict[str, set[int | None]] = {}
    for segment in (None, *scenario.segment_names):
        result = tradeoffs(scenario, segment)
        drawn = [exhibits.tradeoff(result, each).chart.lines for each in scenario.discipline_ids]
        areas = exhibits.leader_map(scenario, *scenario.discipline_ids[:2], segment).chart.regions
        for each in [*(line for own in drawn for line in own), *areas]:
            found.setdefault(each.name, set()).add(each.color)
    assert all(len(colors - {None}) <= 1 for colors in found.values())


def test_the_overall_value_under_one_segments_weight_names_the_segment(scenario):
    base = scenario
    result = tradeoffs(base, mover="Enterprise")
    shown = exhibits.tradeoff(result, "innovation")
    assert "stays first while innovation in Enterprise weighs" in shown.finding
    assert "the weights of Enterprise alone move" in shown.notes
    today = shown.table.loc[shown.table["today"], "weight_share"].unique().tolist()
    assert today == [base.weights[base.segment_index("Enterprise"), 0]]
    assert "innovation in Enterprise is the weight nearest to a switch" in exhibits.stability(result).finding
