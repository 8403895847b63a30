"""The workbook as a file: it comes back as the same scenario, shows the library's numbers, and holds no surprise."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from nightly import tries
from sample_scenarios import ROOT, hostile, long_names, made
from spreadsheet import cells, formula_cells, grid

from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.balance.ranking import ranking
from valuemix.export.workbook import make_workbook
from valuemix.export.workbook.looks import add_looks
from valuemix.export.workbook.ranking_sheets import write_overall, write_segment
from valuemix.export.workbook.results import Case
from valuemix.files.scenarios.scenario_file import load
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.importer import import_files
from valuemix.files.tables.writing.sheet_pen import Pen
from valuemix.model.scenario import Scenario
from valuemix.screen.skins import SKINS

# To shrink a failing example takes minutes, since each one is a whole workbook.
QUICK = settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])
EXAMPLES = sorted((ROOT / "scenarios").glob("*.json"))


def parts(data: bytes) -> dict[str, str]:
    """Every part of the file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@functools.cache
def usual() -> bytes:
    return make_workbook(made())


@functools.cache
def worst() -> bytes:
    return make_workbook(hostile())


def read_back(scenario: Scenario) -> Scenario:
    return import_files({"case.xlsx": make_workbook(scenario)}).scenario


def formulas_of(data: bytes) -> dict[tuple[str, str], str]:
    """Text of every formula by its place."""
    texts = cells(data, formulas=True)
    return {place: getattr(texts[place], "text", texts[place]) for place in formula_cells(data)}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.one_in(7)
def test_every_example_comes_back_as_the_same_scenario_without_its_evidence(path: Path) -> None:
    """What respondents said is no table of a workbook: it stays in the scenario file."""
    assert read_back(load(path)) == load(path).replace(evidence=None)


@given(...)
@settings(QUICK, max_examples=tries(10))
def test_any_scenario_comes_back_as_its_tables_hold_it(scenario: Scenario) -> None:
    assert read_back(scenario) == from_frames(to_frames(scenario)).scenario


def test_scenarios_that_are_hard_to_show_come_back_as_well() -> None:
    assert import_files({"case.xlsx": worst()}).scenario == hostile()


@pytest.mark.nightly  # names of another kind
def test_a_scenario_of_long_names_comes_back_as_well() -> None:
    assert read_back(long_names()) == long_names()


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert make_workbook(made()) == usual()


@given(...)
@settings(QUICK, max_examples=tries(10))
def test_numbers_beside_the_formulas_are_those_of_the_library(scenario: Scenario) -> None:
    result = evaluate(scenario)
    written = cells(make_workbook(scenario))
    width = scenario.scale.width
    values = grid(written, "Results", "Value", len(scenario.propositions), 1 + len(scenario.segments))
    np.testing.assert_allclose(
        values, np.vstack([result.overall, result.values]).T, rtol=0, atol=1e-9 * width
    )
    ranks = grid(written, "Results", "Rank", len(scenario.propositions), 1 + len(scenario.segments))
    assert (
        np.nan_to_num(ranks).astype(int).tolist()
        == np.vstack([result.overall_ranks, result.ranks]).T.tolist()
    )


def test_contributions_of_the_chart_are_those_of_the_library() -> None:
    scenario = made()
    result = evaluate(scenario)
    written = cells(usual())
    for sheet, segment in (("Overall", None), ("By segment", scenario.segment_names[0])):
        header = next(int(cell[1:]) for (s, cell), v in written.items() if s == sheet and v == "Proposition")
        order = list(result.standing(segment).order)
        parts_ = result.contributions_in(segment)
        assert parts_ is not None
        for k, p in enumerate(order, start=header + 1):
            assert written[sheet, f"A{k}"] == scenario.proposition_names[p]
            assert written[sheet, f"C{k}"] == pytest.approx(result.values_in(segment)[p], abs=1e-12)
            assert [written[sheet, f"{c}{k}"] for c in "DEFG"] == pytest.approx(list(parts_[p]), abs=1e-12)


# Variants of one case: at night all.
@pytest.mark.parametrize(
    "path", [*EXAMPLES[:2], *(pytest.param(path, marks=pytest.mark.nightly) for path in EXAMPLES[2:])]
)
@pytest.mark.one_in(2)
def test_the_finding_is_that_of_the_ranking_exhibit(path: Path) -> None:
    scenario = load(path)
    written = cells(make_workbook(scenario))
    segment = scenario.segment_names[0]
    assert str(written["Overall", "A1"]).casefold() == ranking(scenario).finding.casefold()
    assert str(written["By segment", "A1"]).casefold() == ranking(scenario, segment).finding.casefold()


def test_input_cells_hold_every_digit() -> None:
    scenario = made().with_points(np.full((5, 4), 0.1 + 0.2))
    assert cells(make_workbook(scenario))["Segments", "D2"] == 0.1 + 0.2


def test_inputs_are_marked_and_results_are_formulas() -> None:
    data = usual()
    book = openpyxl.load_workbook(io.BytesIO(data))
    yellow = book["Read me"]["A5"].fill.fgColor.rgb
    assert book["Read me"]["A5"].value == "Input"
    for sheet in ("Segments", "Propositions", "Scores", "Disciplines"):
        assert {cell.fill.fgColor.rgb for cell in book[sheet][2]} == {yellow}, sheet
        assert {cell.data_type for row in book[sheet].iter_rows() for cell in row} <= {"s", "n"}, sheet
    values = {place for place in formula_cells(data) if place[0] == "Results"}
    assert {("Results", f"{column}14") for column in "ABCDEFG"} <= values


def test_text_that_looks_like_a_formula_or_a_link_stays_text() -> None:
    names = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        '=HYPERLINK("http://x")',
        "http://example.com/",
        "007",
        "nan",
        "#N/A",
    ]
    scenario = made(
        len(names),
        2,
        name="=cmd|'/c calc'!A1",
        propositions=names,
        segments=["='Scores'!A1", "mailto:a@b.c"],
        disciplines=["=2*3", "{=4}", "1e5", "'quoted'"],
    )
    data, plain = make_workbook(scenario), make_workbook(made(len(names), 2))
    # What a user wrote is in no formula: they are the same whatever the names are.
    assert formulas_of(data) == formulas_of(plain)
    assert read_back(scenario) == scenario
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [book["Scores"].cell(row, 1).data_type for row in range(2, 20)] == ["s"] * 18


def test_nothing_links_to_the_outside() -> None:
    for name, text in parts(worst()).items():
        assert "externalLink" not in name
        assert 'TargetMode="External"' not in text, name
        if name.startswith("xl/worksheets/sheet"):
            links = re.findall(r"<hyperlink [^>]*>", text)
            assert all("location=" in link and "r:id" not in link for link in links), name


def test_charts_are_native_in_the_colours_of_the_disciplines_and_read_cells() -> None:
    charts = [text for name, text in parts(usual()).items() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    for chart, sheet in zip(charts, ("Overall", "'By segment'"), strict=True):
        fills = re.findall(r'<c:ser>.*?<a:srgbClr val="(\w+)"', chart)
        assert fills == [c.removeprefix("#") for c in [*SKINS["light"].marks[:4], SKINS["light"].highlight]]
        assert all(f.startswith(f"{sheet}!") for f in re.findall(r"<c:f>(.*?)</c:f>", chart))
        assert "<c:title>" not in chart, "a static title would be false after an edit"


def test_settings_have_names_that_formulas_use() -> None:
    data = usual()
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert {"compensation", "fairness", "lowest_score", "scale_width"} <= set(book.defined_names)
    means = [text for text in formulas_of(data).values() if "compensation=1," in text]
    assert len(means) > 30


def test_sheets_print_on_landscape_pages_one_page_wide() -> None:
    book = openpyxl.load_workbook(io.BytesIO(usual()))
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape", sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.page_setup.fitToWidth in (None, 1), sheet.title


@pytest.mark.nightly  # tests/files/test_workbook_bounds.py asserts the limits
def test_twenty_propositions_in_eight_segments_on_twelve_disciplines_fit_the_limits_of_the_import() -> None:
    scenario = made(20, 8, 12)
    assert read_back(scenario) == scenario


def test_the_ranking_sheets_reach_the_last_block_of_many_segments() -> None:
    case, file = Case(made(2, 150, 2)), io.BytesIO()
    pen = Pen(xlsxwriter.Workbook(file))
    add_looks(pen, 1, 2)
    write_overall(pen, case)
    write_segment(pen, case)
    pen.book.close()
    text = "".join(parts(file.getvalue()).values())
    ends = [int(end) for end in re.findall(r"Calculation!\$\w+\$1:\$\w+\$(\d+)", text)]
    assert 2000 < case.blocks[-1].foot("finding") < min(ends)
