"""Native tables print the exhibits' own numbers, rounded as their charts show them, and fit their box."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from pptx import Presentation
from sample_scenarios import hostile, large, long_names, made

from valuemix.analysis.compare.compare import compare
from valuemix.analysis.robustness.robustness import robustness
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.charts.table import Cell, Column, Table
from valuemix.exhibits import (
    acceptability,
    challenges,
    discipline_check,
    fit,
    input_differences,
    leaders,
    pairwise,
    ranking,
    scores,
    summary,
    value_changes,
    values_table,
    weights,
)
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import gap, number, percents, share, signed, weights_printed
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.tables.table_fit import fit_table
from valuemix.model.scenario import Scenario

DAY = datetime.date(2026, 3, 1)
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return made(5, 4, name="Base case")


def slide_of(exhibit: Exhibit) -> Any:
    return Presentation(io.BytesIO(make_deck([exhibit], today=DAY))).slides[0]


def grid(exhibit: Exhibit) -> list[list[str]]:
    """Texts of the table of an exhibit's only slide, the heads first."""
    table = next(shape.table for shape in slide_of(exhibit).shapes if shape.has_table)
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_leaders_have_a_row_a_segment_with_value_runner_up_and_lead(scenario: Scenario) -> None:
    exhibit = leaders(scenario)
    heads, *rows = grid(exhibit)
    assert heads == ["Segment", "Share of size", "Ahead", "Value", "Runner-up", "Lead", "How sure"]
    sizes = percents(exhibit.table["size_share"].tolist())
    for row, size, shown in zip(exhibit.table.itertuples(), sizes, rows, strict=True):
        lead = number(gap(row.value, row.runner_up_value, exhibit.decimals), exhibit.decimals)
        value = number(row.value, exhibit.decimals)
        assert shown == [row.segment, size, row.leader, value, row.runner_up, lead, row.beside]
        assert row.beside.startswith(row.sure)


def test_values_stand_by_proposition_and_segment_with_the_best_overall_first(scenario: Scenario) -> None:
    exhibit = values_table(scenario)
    (_, *heads), *rows = grid(exhibit)
    values = exhibit.table.pivot_table(index="proposition", columns="segment", values="value")
    for name, *cells in rows:
        for head, cell in zip(heads, cells, strict=True):
            segment, _, _size = head.rpartition(" (")
            assert cell == number(float(values.loc[name, segment]), exhibit.decimals)
    overall = [float(cells[-1]) for cells in rows]
    assert overall == sorted(overall, reverse=True)


def test_only_leaders_are_outlined(scenario: Scenario) -> None:
    exhibit = values_table(scenario)
    table = next(shape.table for shape in slide_of(exhibit).shapes if shape.has_table)
    framed = {
        (row, column)
        for row in range(1, len(table.rows))
        for column in range(1, len(table.columns))
        if all(
            table.cell(row, column)._tc.xpath(f'.//a:ln{side}//a:schemeClr[@val="tx1"]') for side in "LRTB"
        )
    }
    assert len(framed) == int((exhibit.table["rank"] == 1).sum())


def test_changes_are_the_differences_of_the_values_shown(scenario: Scenario) -> None:
    other = scenario.with_weights("Segment 1", innovation=70).renamed("Innovation first")
    exhibit = value_changes(compare(scenario, other))
    _, *rows = grid(exhibit)
    shown = [cell for column in range(1, len(rows[0])) for cell in (row[column] for row in rows)]
    expected = [
        f"{number(row.value, exhibit.decimals)}  "
        f"{signed(gap(row.value, row.baseline_value, exhibit.decimals), exhibit.decimals)}"
        for row in exhibit.table.itertuples()
    ]
    assert [" ".join(text.split()) for text in shown] == [" ".join(text.split()) for text in expected]


@pytest.mark.parametrize(("make", "column"), [(acceptability, "rank"), (pairwise, "other")])
def test_shares_are_printed_in_whole_percents(
    scenario: Scenario, make: Callable[..., Exhibit], column: str
) -> None:
    exhibit = make(robustness(scenario, draws=2000))
    (_, *heads), *rows = grid(exhibit)
    found = {
        (name, head.removeprefix("rank ")): cell
        for name, *cells in rows
        for head, cell in zip(heads, cells, strict=True)
    }
    for row in exhibit.table.to_dict("records"):
        text = found[str(row["proposition"]), str(row[column])]
        won = float(row["share"])
        if not won:
            assert text == ""
        elif 0.01 <= won <= 0.99 and column == "rank" and row["rank"] > 1:
            # Shares of ranks sum to 100 in a row, so that one may stand at the other side of its rounding.
            assert abs(float(text.removesuffix(f"{NBSP}%")) - 100 * won) < 1
        elif 0.01 <= won <= 0.99:
            assert text == f"{number(100 * won, 0)}{NBSP}%"
        else:
            assert text.removesuffix(f"{NBSP}%") in ("<1", "1", "99", ">99", "100")


def test_challenges_say_how_much_weight_and_how(scenario: Scenario) -> None:
    exhibit = challenges(tradeoffs(scenario))
    _, *rows = grid(exhibit)
    for row, shown in zip(exhibit.table.itertuples(), rows, strict=True):
        impossible = np.isnan(row.lead_share)
        # Over several segments it is a mean of what each segment's weights move, which nobody has to reach.
        points = "impossible" if impossible else number(100 * row.lead_share, 0)
        assert shown == [row.challenger, points, row.moves, row.others]


def test_differing_inputs_come_with_what_each_does_alone(scenario: Scenario) -> None:
    other = scenario.with_weights("Segment 1", innovation=70).renamed("Innovation first")
    exhibit = input_differences(compare(scenario, other))
    _, *rows = grid(exhibit)
    effects = [signed(effect, exhibit.decimals) for effect in exhibit.table["effect"]]
    assert [row[2] for row in rows] == effects[: len(rows)]
    assert all("→" in row[1] for row in rows)


def test_weights_add_up_and_end_with_the_mean(scenario: Scenario) -> None:
    exhibit = weights(scenario)
    _, *rows = grid(exhibit)
    assert [row[0] for row in rows] == [*scenario.segment_names, "Mean by size"]
    shares = exhibit.table["weight_share"].to_numpy().reshape(len(rows), -1)
    assert [row[2:] for row in rows[:-1]] == [
        weights_printed(line, mean=False) for line in shares[:-1].tolist()
    ]
    assert rows[-1][2:] == percents(shares[-1].tolist())
    assert [row[1] for row in rows] == [*percents(scenario.size_shares.tolist()), ""]


def test_scores_are_those_of_the_scenario(scenario: Scenario) -> None:
    exhibit = scores(scenario, "Segment 2")
    (_, *heads), *rows = grid(exhibit)
    assert heads == list(scenario.discipline_names)
    array = scenario.array("scores")[1]
    assert [row[1:] for row in rows] == [[number(s, exhibit.decimals) for s in line] for line in array]


def test_fits_are_printed_with_the_best_of_each_segment_outlined(scenario: Scenario) -> None:
    exhibit = fit(scenario)
    (_, *heads), *rows = grid(exhibit)
    fits = exhibit.table.pivot_table(index="proposition", columns="segment", values="fit_share")
    for name, *cells in rows:
        assert cells == [share(float(fits.loc[name, head]), exhibit.decimals) for head in heads]


def test_the_discipline_check_prints_scores_verdicts_and_what_turns_them(scenario: Scenario) -> None:
    exhibit = discipline_check(scenario)
    heads, *rows = grid(exhibit)
    assert heads == ["Proposition", *scenario.discipline_names, "Verdict", "What turns it"]
    count = len(scenario.disciplines)
    for place, shown in enumerate(rows):
        own = exhibit.table.iloc[place * count : (place + 1) * count]
        marks = ["" if standing != "below" else " ↓" for standing in own["standing"]]
        scores_shown = [number(s, exhibit.decimals) + m for s, m in zip(own["score"], marks, strict=True)]
        assert shown[: count + 2] == [own["proposition"].iloc[0], *scores_shown, own["verdict"].iloc[0]]
        turned = own["turn_verdict"].iloc[0]
        assert shown[-1].endswith(turned) if turned else shown[-1] == "no single score turns it"


def test_an_exhibit_without_rows_has_a_title_and_no_table(scenario: Scenario) -> None:
    exhibit = replace(leaders(scenario), key="something new", chart=Table(()))
    slide = slide_of(exhibit)
    assert slide.shapes.title.text == exhibit.finding
    assert not any(shape.has_table for shape in slide.shapes)


def test_the_summary_is_set_as_its_sentences(scenario: Scenario) -> None:
    exhibit = summary(scenario)
    slide = slide_of(exhibit)
    shown = [shape.text_frame.text for shape in slide.shapes if shape.name.startswith("Sentence")]
    assert shown == exhibit.table["sentence"].tolist()


def test_a_long_table_goes_on_over_further_slides_and_nothing_of_it_is_left_out() -> None:
    scenario = made(60, 2)
    slides = Presentation(io.BytesIO(make_deck([values_table(scenario)], today=DAY))).slides
    tables = [next(shape.table for shape in slide.shapes if shape.has_table) for slide in slides]
    names = [table.cell(row, 0).text for table in tables for row in range(1, len(table.rows))]
    assert len(slides) > 1
    assert sorted(names) == sorted(scenario.proposition_names)


def test_a_chart_of_too_many_bars_shows_the_first_and_counts_the_others() -> None:
    slide = slide_of(ranking(made(60, 2)))
    sentence = next(shape.text_frame.text for shape in slide.shapes if shape.name.startswith("Left out"))
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    drawn = len(list(chart.plots[0].categories))
    assert 15 <= drawn < 60
    assert f"the last {60 - drawn} propositions" in sentence


@pytest.mark.parametrize(
    "case", [made(3, 2), large(), long_names(), hostile()], ids=["few", "many", "long", "odd"]
)
@pytest.mark.one_in(2)
def test_names_that_are_cut_stay_different(case: Scenario) -> None:
    _, *rows = grid(values_table(case))
    names = [row[0] for row in rows]
    assert len(set(names)) == len(names)


texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=70)


@given(
    names=st.lists(texts, min_size=1, max_size=25),
    heads=st.lists(texts, min_size=1, max_size=12),
    inches=st.tuples(st.floats(4, 13), st.floats(2, 5)),
)
@settings(max_examples=tries(100, 2))
def test_a_table_never_outgrows_its_box(
    names: list[str], heads: list[str], inches: tuple[float, float]
) -> None:
    box = Box.of_inches(0, 0, *inches)
    numbers = [Column(head, [Cell("100\u00a0%")] * len(names), "center") for head in heads]
    columns = [Column("Proposition", [Cell(name) for name in names]), *numbers]
    found = fit_table(columns, box.width_points, box.height_points)
    assert sum(found.widths) <= box.width_points + 0.01
    assert sum(found.heights) <= box.height_points + 0.01
    assert len(found.columns) >= 1
