"""The workbook to fill in: it explains itself, checks what is typed, and imports as it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from valuemix.files.atomic import check_ending, write_atomic
from valuemix.files.tables.sheet_pen import CREATED, Pen, Row, Value
from valuemix.files.tables.sheet_rules import (
    check_names,
    check_points,
    check_score_names,
    check_scores,
    check_segments,
    check_shares,
)
from valuemix.model.parts import BURDENS, DEFAULT_DISCIPLINES, MAX_FUNCTIONS, Discipline

__all__ = ["SETTING_MEANINGS", "SHEET_MEANINGS", "template_workbook", "write_template"]

_LAST = {"Segments": 50, "Propositions": 100, "Scores": 400}
"""Rows that are checked while typing; the import takes more."""

_SEGMENTS: tuple[Row, ...] = (
    ("Enterprise", "customer", 60, 40, 30, 10, 20, ""),
    ("Small business", "customer", 30, 15, 45, 10, 30, ""),
    ("Distributors", "partner", 10, 25, 35, 15, 25, ""),
)
_PROPOSITIONS: tuple[Row, ...] = (
    ("Predictive uptime", "Machines call for service before they stop"),
    ("48-hour parts", "Any spare part on site within two days"),
    ("Named engineer", "One engineer who knows the plant"),
)
_SCORES: tuple[Row, ...] = (
    ("Predictive uptime", "Enterprise", 9, 6, 6, 5),
    ("Predictive uptime", "Small business", 7, 5, 6, 4),
    ("Predictive uptime", "Distributors", 8, 5, 6, 4),
    ("48-hour parts", "Enterprise", 4, 9, 4, 5),
    ("48-hour parts", "Small business", 4, 8, 4, 6),
    ("48-hour parts", "Distributors", 4, 9, 4, 7),
    ("Named engineer", "", 5, 6, 5, 9),
)
_MEANINGS = {
    "innovation": ("Nothing that others do not offer", "A first in its market"),
    "operational_excellence": ("Often late or faulty", "Always right, on time, without effort"),
    "social_purpose": ("No good beyond the sale", "A clear good for society or nature"),
    "customer_intimacy": ("One size for all", "Made for this one customer"),
}
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

_SHEETS = (
    ("Segments", "Who weighs: size, and points for each discipline that add up to 100", "needed"),
    ("Propositions", "What is scored, in one line each", "optional"),
    ("Scores", "How well each proposition does for each segment on each discipline", "needed"),
    ("Low", "The lowest score that is still plausible", "optional"),
    ("High", "The highest score that is still plausible", "optional"),
    ("Promised", "The score that you claim", "optional"),
    ("Believed", "The score that you think customers give", "optional"),
    ("Segments later", "Points in the long term, where they differ from those of today", "optional"),
    ("Burdens", "What a proposition costs the people who take it: time, worry, effort, money", "optional"),
    ("Delivery", "Functions that a promise passes through, and the share that survives each", "optional"),
    ("Links", "Who serves whom, and how much they depend on it", "optional"),
    ("Disciplines", "What is scored on; rename them or bring 2 to 12 of your own", "optional"),
    ("Settings", "Name, source, scale, and how values are put together", "optional"),
)
SHEET_MEANINGS = {title: meaning for title, meaning, _ in _SHEETS}
"""What each sheet holds, in a line."""

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
    _write_segments(pen)
    _write_propositions(pen)
    for title in ("Scores", "Low", "High", "Promised", "Believed"):
        _write_scores(pen, title, _SCORES if title == "Scores" else ())
    _write_later(pen)
    _write_burdens(pen)
    _write_delivery(pen)
    _write_links(pen)
    _write_disciplines(pen)
    _write_settings(pen)
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
    for title, meaning, need in _SHEETS:
        row += 1
        sheet.write_url(row, 0, f"internal:'{title}'!A1", pen.formats["link"], title)
        sheet.write_string(row, 1, meaning, pen.formats["text"])
        sheet.write_string(row, 2, need, pen.formats["muted"])
    pen.listing(sheet, row + 2, "Good to know", _RULES)


def _write_segments(pen: Pen) -> None:
    header = {
        "segment": "Name of the group that is served.",
        "kind": "customer, employee or partner: everyone who is served counts. Blank means customer.",
        "size": "How much it counts in the overall value, in any unit: customers, revenue, people.",
        **{d.name: f"Points for {d.name.lower()}, out of 100." for d in DEFAULT_DISCIPLINES},
        "burden": "How much burden weighs beside value, in points out of 100; the sheet Burdens. Blank: not at all.",
    }
    last = _LAST["Segments"]
    sheet = pen.table("Segments", header, _SEGMENTS, (28, 12, 12, 15), last)
    check_segments(sheet, 1, 2, last)
    check_points(pen, sheet, 3, 6, last)


def _write_propositions(pen: Pen) -> None:
    header = {
        "proposition": "Name of what you offer.",
        "description": "In one line, for people who read the charts.",
    }
    pen.table("Propositions", header, _PROPOSITIONS, (28, 60), _LAST["Propositions"])


def _write_scores(pen: Pen, title: str, rows: Sequence[Row]) -> None:
    meaning = {
        "Scores": "Score",
        "Low": "Lowest plausible score",
        "High": "Highest plausible score",
        "Promised": "Score that you claim",
        "Believed": "Score that you think they give",
    }[title]
    header = {
        "proposition": "One of the sheet Propositions.",
        "segment": "One of the sheet Segments. Blank: the row counts for every segment.",
        **{d.name: f"{meaning} on {d.name.lower()}, on the scale in Settings." for d in DEFAULT_DISCIPLINES},
    }
    last = _LAST["Scores"]
    sheet = pen.table(title, header, rows, (28, 28, 15), last)
    check_score_names(sheet, last, _LAST["Propositions"], _LAST["Segments"])
    ends = (f"$B${_setting_row('scale_min')}", f"$B${_setting_row('scale_max')}")
    check_scores(sheet, title, 2, 5, last, ends)


def _write_later(pen: Pen) -> None:
    header = {
        "segment": "One of the sheet Segments. One without a row here keeps the points of today.",
        **{d.name: f"Points for {d.name.lower()} in the long term, out of 100." for d in DEFAULT_DISCIPLINES},
    }
    last = _LAST["Segments"]
    sheet = pen.table("Segments later", header, (), (28, 15), last)
    check_names(sheet, 0, last, "Segments", last)
    check_points(pen, sheet, 1, 4, last)


def _write_burdens(pen: Pen) -> None:
    header = {
        "proposition": "One of the sheet Propositions.",
        "segment": "One of the sheet Segments. Blank: the row counts for every segment.",
        **{
            name: f"What it costs in {name}, on the scale in Settings; more is heavier. Blank: takes no part."
            for name in BURDENS
        },
    }
    last = _LAST["Scores"]
    sheet = pen.table("Burdens", header, (), (28, 28, 15), last)
    check_score_names(sheet, last, _LAST["Propositions"], _LAST["Segments"])
    ends = (f"$B${_setting_row('scale_min')}", f"$B${_setting_row('scale_max')}")
    check_scores(sheet, "Burdens", 2, 5, last, ends)


def _write_delivery(pen: Pen) -> None:
    header = {
        "function": "In the order in which a promise passes through, such as Product, Sales, Operations, Service.",
        **{
            d.name: f"Share of {d.name.lower()} that survives it, such as 90 %. Blank: nothing is lost."
            for d in DEFAULT_DISCIPLINES
        },
    }
    sheet = pen.table("Delivery", header, (), (28, 15), MAX_FUNCTIONS)
    check_shares(sheet, "Delivery", 1, 4, MAX_FUNCTIONS)


def _write_links(pen: Pen) -> None:
    header = {
        "from": "The segment that serves; one of the sheet Segments.",
        "to": "The segment that it serves.",
        "strength": "How much the one that is served depends on the other, such as 50 %.",
    }
    last = _LAST["Segments"]
    sheet = pen.table("Links", header, (), (28, 28, 15), last)
    for column in (0, 1):
        check_names(sheet, column, last, "Segments", last)
    check_shares(sheet, "Links", 2, 2, last)


def _setting_row(name: str) -> int:
    return [setting for setting, _, _ in _SETTINGS].index(name) + 2


def _write_disciplines(pen: Pen) -> None:
    header = {
        "id": "Small letters, digits and underscores. Columns of the other sheets are called by it, or by the name.",
        "name": "What people read.",
        "lowest score means": "In one line, so that everybody scores alike.",
        "highest score means": "In one line.",
    }
    rows = [_discipline_row(discipline) for discipline in DEFAULT_DISCIPLINES]
    pen.table("Disciplines", header, rows, (24, 24, 44, 44), 12)


def _discipline_row(discipline: Discipline) -> Row:
    return (discipline.id, discipline.name, *_MEANINGS[discipline.id])


def _write_settings(pen: Pen) -> None:
    header = {"setting": "Do not rename these.", "value": "Blank leaves the usual setting."}
    rows = [(name, value) for name, value, _ in _SETTINGS]
    sheet = pen.table("Settings", header, rows, (20, 60), len(rows))
    for number, (name, value, meaning) in enumerate(_SETTINGS, start=1):
        pen.cell(sheet, number, 0, name, "label")
        pen.cell(sheet, number, 1, value, "left")
        options = {"author": "valuemix", "width": 240, "height": 60}
        sheet.write_comment(number, 1, meaning, options)
        sheet.data_validation(
            number, 1, number, 1, {"validate": "any", "input_title": name, "input_message": meaning}
        )
