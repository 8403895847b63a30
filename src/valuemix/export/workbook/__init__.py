"""A scenario as a workbook that goes on calculating: inputs, live formulas, native charts."""

from __future__ import annotations

import io

import xlsxwriter

from valuemix.errors import EditError
from valuemix.exhibits.words.formats import decimals_of
from valuemix.export.workbook.attribute_values import ATTRIBUTE_VALUES
from valuemix.export.workbook.calculation import write_calculation
from valuemix.export.workbook.cells import CALCULATION
from valuemix.export.workbook.looks import add_looks
from valuemix.export.workbook.moment_means import MOMENT_MEANS
from valuemix.export.workbook.overview import RESULTS, write_read_me, write_results
from valuemix.export.workbook.ranking_sheets import OVERALL_SHEET, SEGMENT_SHEET, write_overall, write_segment
from valuemix.export.workbook.results import Case
from valuemix.files.tables.reading.tables import MAX_BYTES, MAX_ROWS, MAX_SCORES
from valuemix.files.tables.writing.sheet_pen import CREATED, Pen
from valuemix.model.scenario import Scenario

__all__ = ["make_workbook"]

_TEXT_STAYS_TEXT = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def make_workbook(scenario: Scenario) -> bytes:
    """Workbook of a scenario: a changed input recalculates every value, rank, finding and chart.

    Its input sheets are those that the import reads, so that it comes back as the same
    scenario. Every formula is written with its result.

    Parameters
    ----------
    scenario : Scenario
        G segments, P propositions, D disciplines.

    Returns
    -------
    bytes
        An .xlsx file, the same bytes for the same scenario.

    Raises
    ------
    EditError
        Where the scenario is larger than a workbook is read with.

    Examples
    --------
    >>> from valuemix.files.tables.importer import import_files
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10])
    >>> import_files({"case.xlsx": make_workbook(scenario)}).scenario == scenario
    True
    """
    _check_size(scenario)
    case, buffer = Case(scenario), io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _TEXT_STAYS_TEXT)
    book.set_properties({"title": "valuemix: scenario with live results", "created": CREATED})
    pen = Pen(book)
    add_looks(pen, decimals_of(scenario), len(scenario.disciplines))
    sheet, means = case.attributes, case.inputs.means
    own = [*([ATTRIBUTE_VALUES] if sheet else []), *([MOMENT_MEANS] if means else [])]
    write_read_me(pen, case, [RESULTS, OVERALL_SHEET, SEGMENT_SHEET, *case.inputs.titles, *own, CALCULATION])
    write_results(pen, case)
    write_overall(pen, case)
    write_segment(pen, case)
    case.inputs.write(pen, None if sheet is None else sheet.score)
    if sheet is not None:
        sheet.write(pen)
    if means is not None:
        means.write(pen)
    write_calculation(pen, case)
    book.close()
    if buffer.tell() > MAX_BYTES:
        raise EditError(
            f"the workbook of {scenario.name!r} would have more than {MAX_BYTES // 1_000_000} MB, with which it "
            "could not be imported again; keep it as a scenario file, or compare fewer propositions"
        )
    return buffer.getvalue()


def _check_size(scenario: Scenario) -> None:
    """Refuse what could not be imported again, before minutes are spent on it."""
    rows = len(scenario.segments) * len(scenario.propositions)
    scores = rows * len(scenario.disciplines)
    if rows > MAX_ROWS or scores > MAX_SCORES:
        raise EditError(
            f"{scenario.name!r} has {rows:,} rows of scores and {scores:,} scores, more than a workbook is read "
            f"with ({MAX_ROWS:,} and {MAX_SCORES:,}); keep it as a scenario file, or merge segments"
        )
