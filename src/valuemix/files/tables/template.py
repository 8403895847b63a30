"""The workbook to fill in: it explains itself, checks what is typed, and imports as it is."""

from __future__ import annotations

import io
from pathlib import Path

import xlsxwriter

from valuemix.files.atomic import check_ending, write_atomic
from valuemix.files.tables.sheet_pen import CREATED, Pen, Value
from valuemix.files.tables.sheet_rules import Checks
from valuemix.model.parts import DEFAULT_DISCIPLINES
from valuemix.model.sheets import SHEETS, TEMPLATE, Sheet

__all__ = ["SETTING_MEANINGS", "template_workbook", "write_template"]

_SETTINGS: tuple[tuple[str, Value, str], ...] = (
    ("name", "Example: industrial services", "What the scenario is called."),
    ("note", "Illustrative numbers. Replace them by yours.", "Anything worth remembering."),
    ("source", "Illustrative", "Where the scores come from; printed under every chart."),
    ("scale_min", 0, "The lowest score there can be."),
    ("scale_max", 10, "The highest score there can be; higher is better."),
    (
        "compensation",
        1,
        "1: strengths offset weaknesses fully. 0: partly. min: only the weakest discipline counts.",
    ),
    ("fairness", 0, "0: segments count by their size. Larger: the worst-served segment counts more."),
    (
        "lead_bar",
        "",
        "Score from which a proposition counts as leading a discipline; blank: 70 % of the scale.",
    ),
    (
        "threshold",
        "",
        "Score from which a proposition counts as holding a discipline; blank: 50 % of the scale.",
    ),
    (
        "cover_story_bar",
        "",
        "How far a promise may lie above what is felt before it is a cover story; blank: 20 % of the scale's width.",
    ),
    ("seed", 0, "Where random draws start; the same seed gives the same numbers."),
    (
        "doubt_weights_within",
        "",
        "How far each weight may be off, in points out of 100; 0 where weights are known; blank: 10.",
    ),
    (
        "doubt_weights_shift",
        "",
        "shared: one shift counts in every segment. own: each segment's weights are off by themselves; blank: shared.",
    ),
    (
        "doubt_scores_within",
        "",
        "How far a score without Low and High may be off, in percent of the scale's width; blank: 5.",
    ),
    (
        "doubt_ranges",
        "",
        "What Low and High are. limits: hard ends. interval: the ends of a 95 % interval; blank: limits.",
    ),
    (
        "doubt_halo",
        "",
        "How far errors of one proposition's scores go together, 0 to 1; blank: 0.5, as where people judged.",
    ),
    (
        "doubt_sizes_within",
        "",
        "How far each segment's size may be off, in percent of itself; blank: 0.",
    ),
)
SETTING_MEANINGS = {name: meaning for name, _, meaning in _SETTINGS}
"""What each setting is, in a line."""

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
        sheet.write_string(row, 1, told.holds, pen.formats["text"])
        sheet.write_string(row, 2, "needed" if told.needed else "optional", pen.formats["muted"])
    pen.listing(sheet, row + 2, "Good to know", _RULES)


def _write(pen: Pen, sheet: Sheet) -> None:
    """Sheet with a comment on each header and checks on its cells."""
    labels = [discipline.name for discipline in DEFAULT_DISCIPLINES]
    each = [(column, header) for column in sheet.columns for header in column.headers(labels)]
    header = {name: column.note.format(name.lower()) for column, name in each}
    written = pen.table(sheet.title, header, sheet.example, [column.width for column, _ in each], sheet.rows)
    ends = (f"$B${_setting_row('scale_min')}", f"$B${_setting_row('scale_max')}")
    checks = Checks(pen, ends, {name: other.rows for name, other in TEMPLATE.items()})
    checks.add(written, sheet.title, sheet.columns, labels, sheet.rows)


def _setting_row(name: str) -> int:
    return [setting for setting, _, _ in _SETTINGS].index(name) + 2


def _write_settings(pen: Pen, settings: Sheet) -> None:
    header = {column.name: column.note for column in settings.columns}
    rows = [(name, value) for name, value, _ in _SETTINGS]
    widths = [column.width for column in settings.columns]
    sheet = pen.table(settings.title, header, rows, widths, len(rows))
    for number, (name, value, meaning) in enumerate(_SETTINGS, start=1):
        pen.cell(sheet, number, 0, name, "label")
        pen.cell(sheet, number, 1, value, "left")
        options = {"author": "valuemix", "width": 240, "height": 60}
        sheet.write_comment(number, 1, meaning, options)
        sheet.data_validation(
            number, 1, number, 1, {"validate": "any", "input_title": name, "input_message": meaning}
        )
