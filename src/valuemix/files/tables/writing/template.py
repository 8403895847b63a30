"""The workbook to fill in: it explains itself, checks what is typed, and imports as it is."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from valuemix.files.atomic import check_ending, write_atomic
from valuemix.files.tables.writing.sheet_pen import CREATED, Pen
from valuemix.files.tables.writing.sheet_rules import Checks
from valuemix.model.parts import DEFAULT_DISCIPLINES
from valuemix.model.settings import SETTINGS
from valuemix.model.sheets import SHEETS, TEMPLATE, Sheet

__all__ = ["template_workbook", "write_template"]

_STEPS = (
    "Fill in Segments. Sizes may be in any unit: customers, revenue, people.",
    "Fill in Scores, from research or from judgment. Higher is better; the scale, 0 to 10, can be changed in Settings.",
    "Delete the example rows, save the workbook, and import it on the page Data, or check it first: "
    "valuemix check BOOK.xlsx",
)
_RULES = (
    "The light yellow cells are yours. Keep the first row of every sheet as it is.",
    "A row of scores with a blank segment counts for every segment. A row that names a segment goes before it.",
    "A blank score is a missing score, not a 0: its weight goes to the other disciplines, and the result says so.",
    "Points are shares: 40 of 100 means that a discipline gets 40 % of the weight in that segment.",
    "A discipline of your own is a row in Disciplines, and a column of the same name in Segments and in Scores.",
    "Points turn red while those of a row do not add up to 100; the import counts them as shares all the same.",
)


def write_template(path: str | Path, *, overwrite: bool = False) -> None:
    """Write the workbook to fill in to a file.

    Parameters
    ----------
    path : path
        Where the .xlsx file goes.
    overwrite : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    StorageError
        Where the name ends otherwise, there is a file already (`FileIsThere`), or it cannot be written.
    """
    check_ending(Path(path), ".xlsx", "workbook")
    write_atomic(Path(path), template_workbook(), overwrite=overwrite)


def template_workbook() -> bytes:
    """Workbook to fill in, with a small worked example that imports as it is.

    Returns
    -------
    bytes
        An .xlsx file, the same bytes at every call.

    Examples
    --------
    >>> from valuemix.files.tables.importer import import_files
    >>> import_files({"template.xlsx": template_workbook()}).scenario.proposition_names
    ('Predictive uptime', '48-hour parts', 'Named engineer')
    """
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"title": "valuemix: workbook to fill in", "created": CREATED})
    pen = Pen(book)
    _write_read_me(pen)
    for sheet in TEMPLATE.values():
        if sheet is SHEETS["settings"]:
            _write_settings(pen, sheet)
        else:
            _write(pen, sheet)
    book.close()
    return buffer.getvalue()


def _write_read_me(pen: Pen) -> None:
    sheet = pen.book.add_worksheet("Read me")
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 74)
    sheet.set_column(2, 2, 12)
    sheet.set_portrait()
    sheet.fit_to_pages(1, 1)
    sheet.write_string(0, 0, "Which value proposition leads, for whom, and how safely?", pen.formats["title"])
    sheet.set_row(0, 28)
    intro = "This workbook holds all that valuemix needs. It comes with a small example; replace it by your own case."
    sheet.write_string(1, 0, intro, pen.formats["muted"])
    row = pen.listing(sheet, 3, "Three steps", _STEPS)
    sheet.write_string(row, 0, "The sheets", pen.formats["heading"])
    for told in TEMPLATE.values():
        row += 1
        sheet.write_url(row, 0, f"internal:'{told.title}'!A1", pen.formats["link"], told.title)
        sheet.write_string(row, 1, told.note, pen.formats["text"])
        sheet.write_string(row, 2, "needed" if told.needed else "optional", pen.formats["muted"])
    pen.listing(sheet, row + 2, "Good to know", _RULES)


def _write(pen: Pen, sheet: Sheet) -> None:
    """Sheet with a comment on each header and checks on its cells."""
    labels = [discipline.name for discipline in DEFAULT_DISCIPLINES]
    each = [(column, header) for column in sheet.columns for header in column.headers(labels)]
    header = {name: column.note.format(name.lower()) for column, name in each}
    written = pen.table(sheet.title, header, sheet.example, [column.width for column, _ in each], sheet.rows)
    ends = [f"$B${[*SETTINGS].index(name) + 2}" for name in ("scale_min", "scale_max")]
    checks = Checks(pen, (ends[0], ends[1]), {name: other.rows for name, other in TEMPLATE.items()})
    checks.add(written, sheet.title, sheet.columns, labels, sheet.rows)


def _write_settings(pen: Pen, settings: Sheet) -> None:
    header = {column.name: column.note for column in settings.columns}
    rows = [(row.name, row.example) for row in SETTINGS.values()]
    widths = [column.width for column in settings.columns]
    sheet = pen.table(settings.title, header, rows, widths, len(rows))
    for number, row in enumerate(SETTINGS.values(), start=1):
        pen.cell(sheet, number, 0, row.name, "label")
        pen.cell(sheet, number, 1, row.example, "left")
        sheet.write_comment(number, 1, row.note, {"author": "valuemix", "width": 240, "height": 60})
        told = {"validate": "any", "input_title": row.name, "input_message": row.note}
        sheet.data_validation(number, 1, number, 1, told)
