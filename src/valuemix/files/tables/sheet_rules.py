"""What a workbook checks while people type into its input sheets."""

from __future__ import annotations

from typing import Any

from xlsxwriter.utility import xl_col_to_name

from valuemix.files.tables.sheet_pen import Pen
from valuemix.model.parts import KINDS

__all__ = [
    "check_names",
    "check_points",
    "check_score_names",
    "check_scores",
    "check_segments",
    "check_shares",
]


def check_segments(sheet: Any, kind: int, size: int, last: int) -> None:
    """Kinds come from the list, sizes are 0 or more; columns count from 0, `last` is the last row."""
    kinds = {
        "validate": "list",
        "source": list(KINDS),
        "error_title": "Kind",
        "error_message": "One of the list.",
    }
    sheet.data_validation(1, kind, last, kind, kinds)
    sheet.data_validation(1, size, last, size, _at_least_0("Size"))


def check_points(pen: Pen, sheet: Any, first: int, final: int, last: int) -> None:
    """Points in the columns from `first` to `final` are 0 or more, and red where a row is not 100 in all."""
    sheet.data_validation(1, first, last, final, _at_least_0("Points"))
    row = f"${xl_col_to_name(first)}2:${xl_col_to_name(final)}2"
    wrong = f'=AND($A2<>"",ROUND(SUM({row}),6)<>100)'
    look = {"type": "formula", "criteria": wrong, "format": pen.formats["warning"]}
    sheet.conditional_format(1, first, last, final, look)


def check_score_names(sheet: Any, last: int, propositions: int, segments: int) -> None:
    """Names in the first two columns come from the sheets Propositions and Segments, so many rows of each."""
    check_names(sheet, 0, last, "Propositions", propositions)
    check_names(sheet, 1, last, "Segments", segments)


def check_names(sheet: Any, column: int, last: int, source: str, rows: int) -> None:
    """Names in a column come from the first column of another sheet, so many rows of it."""
    choice = {
        "validate": "list",
        "source": f"={source}!$A$2:$A${rows + 1}",
        "error_title": source,
        "error_message": f"Choose a name from the sheet {source}, or add it there first.",
    }
    sheet.data_validation(1, column, last, column, choice)


def check_scores(sheet: Any, title: str, first: int, final: int, last: int, ends: tuple[str, str]) -> None:
    """Scores lie on the scale whose ends stand in two cells of the sheet Settings."""
    on_scale = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": f"=Settings!{ends[0]}",
        "maximum": f"=Settings!{ends[1]}",
        "error_title": title,
        "error_message": "A number on the scale that the sheet Settings states. Leave it blank where there is none.",
    }
    sheet.data_validation(1, first, last, final, on_scale)


def check_shares(sheet: Any, title: str, first: int, final: int, last: int) -> None:
    """Shares are from 0 to 1, which is what a percent cell holds as well."""
    share = {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 1,
        "error_title": title,
        "error_message": "A share from 0 to 1, or a percentage up to 100 %.",
    }
    sheet.data_validation(1, first, last, final, share)


def _at_least_0(thing: str) -> dict[str, Any]:
    return {
        "validate": "decimal",
        "criteria": ">=",
        "value": 0,
        "error_title": thing,
        "error_message": f"{thing}: a number, 0 or more.",
    }
