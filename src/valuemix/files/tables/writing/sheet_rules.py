"""What a workbook checks while people type into its input sheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from valuemix.files.tables.writing.sheet_pen import Pen
from valuemix.model.parts import MAX_SIZE
from valuemix.model.sheets import SHEETS, Column

__all__ = ["Checks"]


@dataclass(frozen=True)
class Checks:
    """The checks of one workbook.

    Parameters
    ----------
    pen : Pen
    ends : pair of str
        Cells of the sheet Settings with the ends of the scale.
    rows : mapping of str to int
        How many rows a sheet has from which names are chosen.
    """

    pen: Pen
    ends: tuple[str, str]
    rows: Mapping[str, int]

    def add(self, sheet: Any, title: str, columns: Sequence[Column], ids: Sequence[str], last: int) -> None:
        """Check the columns of a sheet down to the row `last`."""
        first = 0
        for column in columns:
            final = first + len(column.headers(ids)) - 1
            rule = _RULES.get(column.holds, _nothing)(self, column, title)
            if rule:
                sheet.data_validation(1, first, last, final, rule)
            if column.holds == "points":
                self._redden(sheet, first, final, last)
            first = final + 1

    def name(self, column: Column, _: str) -> dict[str, Any]:
        """Names come from the first column of another sheet."""
        if not column.of:
            return _choice(self, column, "") if column.choices else {}
        source = SHEETS[column.of].title
        message = f"Choose a name from the sheet {source}, or add it there first."
        return _listed(f"={source}!$A$2:$A${self.rows[column.of] + 1}", source, message)

    def score(self, column: Column, title: str) -> dict[str, Any]:
        """Scores lie on the scale whose ends stand in two cells of the sheet Settings; burdens may have a unit."""
        if column.each == "burden":
            return _number(self, column, title)
        message = "A number on the scale that the sheet Settings states. Leave it blank where there is none."
        return _between(f"=Settings!{self.ends[0]}", f"=Settings!{self.ends[1]}", title, message)

    def _redden(self, sheet: Any, first: int, final: int, last: int) -> None:
        """Points are red where a row is not 100 in all."""
        row = f"${xl_col_to_name(first)}2:${xl_col_to_name(final)}2"
        wrong = f'=AND($A2<>"",ROUND(SUM({row}),6)<>100)'
        look = {"type": "formula", "criteria": wrong, "format": self.pen.formats["warning"]}
        sheet.conditional_format(1, first, last, final, look)


def _nothing(_: Checks, __: Column, ___: str) -> dict[str, Any]:
    return {}


def _choice(_: Checks, column: Column, __: str) -> dict[str, Any]:
    return _listed([*filter(None, column.choices)], column.title, "One of the list.")


def _amount(_: Checks, column: Column, __: str) -> dict[str, Any]:
    message = f"{column.title}: a number, 0 or more."
    rule = {"validate": "decimal", "criteria": ">=", "value": 0}
    return {**rule, "error_title": column.title, "error_message": message}


def _number(_: Checks, column: Column, __: str) -> dict[str, Any]:
    return _between(-MAX_SIZE, MAX_SIZE, column.title, f"{column.title}: a number.")


def _share(_: Checks, __: Column, title: str) -> dict[str, Any]:
    """From 0 to 1, which is what a percent cell holds as well."""
    return _between(0, 1, title, "A share from 0 to 1, or a percentage up to 100 %.")


_RULES: Mapping[str, Callable[[Checks, Column, str], dict[str, Any]]] = {
    "name": Checks.name,
    "score": Checks.score,
    "choice": _choice,
    "amount": _amount,
    "number": _number,
    "points": _amount,
    "share": _share,
}


def _listed(source: str | list[str], title: str, message: str) -> dict[str, Any]:
    return {"validate": "list", "source": source, "error_title": title, "error_message": message}


def _between(lowest: str | float, highest: str | float, title: str, message: str) -> dict[str, Any]:
    ends = {"criteria": "between", "minimum": lowest, "maximum": highest}
    return {"validate": "decimal", **ends, "error_title": title, "error_message": message}
