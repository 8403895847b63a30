"""Charts of the customers' view: drawn in every skin, of any size and name, with the figures of the table."""

from __future__ import annotations

import functools
import html
import itertools
import pickle
import re

import numpy as np
import pytest
from nightly import NIGHTLY, sampled
from optional_sheets import poorly_served, with_optional_sheets
from plotly import graph_objects as go
from sample_scenarios import hostile, large, long_names, made

from valuemix import exhibits
from valuemix.exhibits.customers.gaps import SHOWN
from valuemix.exhibits.words.formats import gap, number, signed
from valuemix.exhibits.words.lettering import text_width
from valuemix.exhibits.words.steps import shown_changes
from valuemix.screen.skins import SKINS

EVERY_SKIN = SKINS if NIGHTLY else ("deck", "light")
"""By day without the dark one, which has other colours alone: test_skins_and_frames_of_figures.py draws it."""
MAKERS = {
    "cover_stories": exhibits.cover_stories,
    "delivery_chain": exhibits.delivery_chain,
    "delivery_levers": exhibits.delivery_levers,
    "led_by_view": exhibits.led_by_view,
    "net_value": exhibits.net_value,
    "perception": exhibits.perception,
    "service": lambda scenario: exhibits.service(poorly_served(scenario)),
    "terms": exhibits.terms,
    "value_map": exhibits.value_map,
}
BOLD = re.compile(r"</?b>|<span[^>]*>.*?</span>")


def case(count=6):
    return with_optional_sheets(made(count, 3), seed=4)


def texts_of(figure, *modes):
    """Texts of the traces that print some, without their markup."""
    texts = [
        text
        for trace in figure.data
        if trace.type == "scatter" and trace.mode in modes
        for text in trace.text or ()
    ]
    return [BOLD.sub("", text).strip() for text in texts]


@pytest.mark.parametrize("key", MAKERS)
@pytest.mark.parametrize(
    "base",
    # At night those of short names as well.
    sampled([long_names(), made(1, 2), large(), made(3, 2)], 2),
    ids=["long", "one", "twenty", "three"],
)
@pytest.mark.one_in(2)
def test_every_chart_is_drawn_in_every_skin_and_plotly_accepts_it(key, base):
    exhibit = MAKERS[key](with_optional_sheets(base, seed=1))
    assert exhibit.key == key
    for skin in EVERY_SKIN:
        drawn = exhibit.figure_in(skin)
        go.Figure(drawn.to_dict())
    copy = pickle.loads(pickle.dumps(exhibit))  # noqa: S301
    assert copy.figure_in("light").to_dict() == exhibit.figure_in("light").to_dict()


@functools.cache
def hostile_with_optional_sheets():
    return with_optional_sheets(hostile(), seed=2)


@pytest.mark.parametrize("key", MAKERS)
def test_hostile_names_take_no_effect_in_any_chart(key):
    exhibit = MAKERS[key](hostile_with_optional_sheets())
    for skin in SKINS if NIGHTLY else ("deck",):
        text = exhibit.figure_in(skin).to_json()
        for markup in ("<script", "<img", "<style", "<a href", "\\u003cscript", "\\u003cimg", "%{x}", "%{y}"):
            assert markup not in text


@pytest.mark.parametrize("view", ["believed", "promised"])
def test_dumbbells_of_gaps_hold_both_scores_and_their_difference(view):
    exhibit = (exhibits.perception if view == "believed" else exhibits.cover_stories)(case())
    rows, decimals = exhibit.table.head(SHOWN), exhibit.decimals
    assert exhibit.chart.heads == (view, "felt")
    ends = [(row.start, row.end) for row in exhibit.chart.rows]
    assert ends == [*zip(rows[view], rows["felt"], strict=True)]
    assert [row.difference for row in exhibit.chart.rows] == [
        signed(gap(seen, felt, decimals), decimals) for seen, felt in ends
    ]
    assert [row.role == "loss" for row in exhibit.chart.rows] == rows["beyond_bar"].tolist()
    assert f"{len(exhibit.table) - SHOWN} more gaps not shown" in exhibit.notes


@pytest.mark.parametrize("key", ["cover_stories", "net_value", "perception", "service"])
@pytest.mark.parametrize("skin", SKINS)
def test_figures_of_dumbbells_print_all_that_their_rows_hold(key, skin):
    exhibit = MAKERS[key](case())
    chart, figure = exhibit.chart, exhibit.figure_in(skin)
    bars, starts, ends = figure.data
    assert list(ends.x) == [row.end for row in chart.rows]
    assert list(starts.y) == [place for place, row in enumerate(chart.rows) if row.opens]
    assert [text.strip() for text in ends.text] == [row.texts[1] for row in chart.rows]
    moved = [row for row in chart.rows if row.moved]
    np.testing.assert_allclose(np.add(bars.base, bars.x), [row.end for row in moved])
    printed = [BOLD.sub("", note.text).strip() for note in figure.layout.annotations]
    assert [text for text in printed if text in {row.difference for row in chart.rows}] == [
        row.difference for row in chart.rows
    ]
    assert {chart.key, chart.column} <= {*printed}


def test_the_waterfall_stands_on_promised_arriving_and_felt():
    exhibit = exhibits.delivery_chain(case())
    steps, table = exhibit.chart.steps, exhibit.table
    np.testing.assert_allclose([(step.start, step.end) for step in steps], table[["start", "end"]])
    assert [step.name for step in steps if step.full] == ["Promised", "Should arrive", "Felt"]
    texts = [step.text for step in steps]
    assert texts[0] == number(table["end"].iloc[0], exhibit.decimals)
    assert texts[1] == signed(shown_changes(table, exhibit.decimals)[1], exhibit.decimals)


def test_what_fixes_return_is_printed_and_the_best_framed():
    exhibit = exhibits.delivery_levers(case())
    cells = [cell for row in exhibit.chart.rows for cell in row[1:]]
    unit = 10.0**-exhibit.decimals  # parts are printed up or down, so that they sum to the whole
    printed = [float(cell.text) for cell in cells]
    np.testing.assert_allclose(printed, exhibit.table["gain"], rtol=0, atol=unit)
    assert [cell.marked for cell in cells] == exhibit.table["best"].tolist()
    assert any(exhibit.table["best"])


def test_bubbles_lie_at_burden_and_value_and_the_line_through_fair_values():
    exhibit = exhibits.value_map(case(), made(6, 3).segment_names[0])
    table = exhibit.table.dropna(subset=["value", "burden"])
    line, bubbles = exhibit.figure.data[0], exhibit.figure.data[-1]
    assert [(b.x, b.y) for b in exhibit.chart.bubbles] == [*zip(table["burden"], table["value"], strict=True)]
    assert list(bubbles.x) == table["burden"].tolist()
    assert list(bubbles.y) == table["value"].tolist()
    start, slope = exhibit.chart.line
    np.testing.assert_allclose(start + slope * table["burden"], table["fair_value"], atol=1e-9)
    np.testing.assert_allclose(start + slope * np.array(line.x), line.y, atol=1e-9)


def test_bubbles_of_segments_have_areas_as_their_sizes():
    scenario = case()
    exhibit = exhibits.value_map(scenario, None, scenario.proposition_names[0])
    sizes = np.array(exhibit.chart.diameters(54, 1, 10))
    shares = exhibit.table["size_share"].to_numpy()
    np.testing.assert_allclose(sizes**2 / sizes.max() ** 2, shares / shares.max())


def test_labels_on_the_map_never_cover_each_other():
    figure = exhibits.value_map(with_optional_sheets(large(), seed=1)).figure
    layout = figure.layout
    width = layout.width - layout.margin.l - layout.margin.r
    height = layout.height - layout.margin.t - layout.margin.b
    labels = [a for a in layout.annotations if a.xref is None and a.xshift is not None]
    assert labels
    boxes = []
    for label in labels:
        (x0, x1), (y0, y1) = layout.xaxis.range, layout.yaxis.range
        x = (label.x - x0) / (x1 - x0) * width + label.xshift
        y = (label.y - y0) / (y1 - y0) * height + label.yshift
        wide = text_width(html.unescape(label.text)) * label.font.size * 1.1
        boxes.append((x - wide / 2, x + wide / 2, y - label.font.size * 0.6, y + label.font.size * 0.6))
    for a, b in itertools.combinations(boxes, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_the_lines_of_both_terms_are_those_of_the_table():
    exhibit = exhibits.terms(case())
    assert exhibit.chart.named == ("Short term", "Long term")
    assert exhibit.figure.layout.xaxis.title.text == "0\u00a0%: Short term, 100\u00a0%: Long term"
    for line, (name, own) in zip(
        exhibit.chart.lines, exhibit.table.groupby("proposition", sort=False), strict=True
    ):
        assert line.name == name
        np.testing.assert_allclose(line.values, own["value"])


def test_views_stand_side_by_side_with_their_values():
    exhibit = exhibits.led_by_view(case())
    assert [head.name for head in exhibit.chart.heads] == ["Promised", "Believed", "Felt"]
    for row in exhibit.chart.rows:
        own = exhibit.table.query("proposition == @row.name")
        assert [stop.place for stop in row.stops] == own["place"].tolist()
        assert [stop.text for stop in row.stops] == [number(v, exhibit.decimals) for v in own["value"]]


@pytest.mark.parametrize("skin", SKINS)
def test_figures_of_slopes_print_all_that_their_rows_hold(skin):
    exhibit = exhibits.led_by_view(case())
    figure, rows = exhibit.figure_in(skin), exhibit.chart.rows
    printed = sorted(texts_of(figure, "markers+text"))
    assert printed == sorted(stop.text for row in rows for stop in row.stops)
    texts = [BOLD.sub("", note.text) for note in figure.layout.annotations]
    assert all(texts.count(row.name) == 2 for row in rows)
    lit = next(row for row in rows if row.lit)
    bold = next(trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 5)
    assert [y for y in bold.y if y is not None][::2] == [stop.place for stop in lit.stops[:-1]]


def test_links_and_net_values_are_drawn_from_the_felt_value_to_what_is_left():
    for exhibit, ends in (
        (exhibits.service(poorly_served(case())), ["felt", "limited"]),
        (exhibits.net_value(case()), ["value", "net_value"]),
    ):
        found = [[row.start, row.end] for row in exhibit.chart.rows]
        np.testing.assert_array_equal(found, exhibit.table[ends])


@pytest.mark.parametrize("key", ["alignment", "evenness"])
@pytest.mark.parametrize("skin", SKINS)
def test_figures_of_dots_print_all_that_their_rows_hold(key, skin):
    exhibit = getattr(exhibits, key)(case())
    chart, figure = exhibit.chart, exhibit.figure_in(skin)
    spans, marks = figure.data[:2], figure.data[2:]
    assert len(marks) == len(chart.series)
    for place, trace in enumerate(marks):
        own = [(row, dot) for row, each in enumerate(chart.rows) for dot in each.dots[place]]
        assert list(zip(trace.y, trace.x, strict=True)) == [(row, dot.place) for row, dot in own]
        assert sum(map(bool, trace.text)) == sum(bool(dot.said) for _, dot in own)
    ways = [(y, t.x[3 * i : 3 * i + 2]) for t in spans for i, y in enumerate(t.y[::3])]
    drawn = {y: tuple(way) for y, way in ways}
    assert drawn == {place: row.span for place, row in enumerate(chart.rows)}
    printed = [html.unescape(BOLD.sub("", note.text)) for note in figure.layout.annotations]
    notes = [note.text for row in chart.rows for note in row.notes]
    assert printed[len(chart.heads) : len(chart.heads) + len(notes)] == notes
