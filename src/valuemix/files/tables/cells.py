"""Names and numbers read out of cells; what cannot be read is noted with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from valuemix.errors import Place, Problem, shorten
from valuemix.files.tables.numbers import parse_number
from valuemix.files.tables.tables import Row, Table
from valuemix.model.names import clean_name, name_key

__all__ = ["Draft", "Path", "column_key", "read_name", "read_number", "read_share", "read_text"]

Path = tuple[str | int, ...]


@dataclass
class Draft:
    """What is known so far about a scenario that is being imported.

    Attributes
    ----------
    problems : list of Problem
        Everything found, notices too.
    places : dict
        The cell behind a path inside the scenario.
    spoilt : set of paths
        Cells that have a problem already, so that nothing else is said about them.
    lost_rows : bool
        Whether rows of scores could not be used, so that scores seem missing that are not.
    """

    problems: list[Problem] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    spoilt: set[Path] = field(default_factory=set)
    lost_rows: bool = False

    def problem(self, code: str, message: str, mend: str, place: Place) -> None:
        """Note something that stops the import."""
        self.problems.append(Problem(code, message, mend, place))

    def notice(self, code: str, message: str, place: Place, mend: str = "") -> None:
        """Note something that was read otherwise than it stands."""
        self.problems.append(Problem(code, message, mend, place, notice=True))

    @property
    def is_broken(self) -> bool:
        """Whether anything stops the import."""
        return any(not problem.notice for problem in self.problems)


def column_key(text: str) -> str:
    """What headers and discipline names are compared by: no capitals, blanks or underscores.

    Examples
    --------
    >>> column_key(" Operational Excellence") == column_key("operational_excellence")
    True
    """
    return re.sub(r"[\s_]+", "", name_key(text))


def read_text(draft: Draft, table: Table, row: Row, position: int | None, path: Path) -> str:
    """Free text of a cell; blank where the column is not there."""
    if position is None:
        return ""
    draft.places[path] = table.place(row.number, position)
    if _has_no_value(draft, table, row, position):
        return ""
    return row.texts[position].strip()


def read_name(draft: Draft, table: Table, row: Row, position: int, *, required: bool = True) -> str:
    """Name in a cell, trimmed and composed; blank where it cannot be read, which is noted."""
    text = row.texts[position]
    if _has_no_value(draft, table, row, position):
        return ""
    if text.strip() == text != "":
        return clean_name(text)
    place = table.place(row.number, position)
    if not text.strip():
        merged = table.merged.get((row.number, position))
        if required or merged:
            part = f" (part of the merged cells {merged})" if merged else ""
            mend = "Unmerge the cells and fill down" if merged else "Fill it in; delete totals and remarks"
            draft.problem("MISSING", f"{place.column} is blank{part}", mend, place)
        return ""
    draft.notice("TRIMMED", f"blanks around {shorten(text.strip())!r} were left out", place)
    return clean_name(text)


def read_number(
    draft: Draft, table: Table, row: Row, position: int, path: Path, *, percent: bool = False
) -> float | None:
    """Number in a cell, None where it is blank or cannot be read; the latter is noted and marked spoilt."""
    text, kind, place = row.texts[position], row.kinds[position], table.place(row.number, position)
    draft.places[path] = place
    if _has_no_value(draft, table, row, position):
        draft.spoilt.add(path)
        return None
    if not text.strip():
        merged = table.merged.get((row.number, position))
        if merged:
            draft.spoilt.add(path)
            message = f"it is blank (part of the merged cells {merged})"
            draft.problem("MISSING", message, "Unmerge the cells and fill in each", place)
        return None
    plain = text.removesuffix("%") if percent and kind == "percent" else text
    value = parse_number(plain, table.decimal)
    if value is None or kind == "boolean":
        draft.spoilt.add(path)
        draft.problem("NUMBER", *_no_number(table, text, kind), place)
        return None
    if kind == "text":
        draft.notice("TEXT_NUMBER", f"the text {text.strip()!r} was read as a number", place)
    return value


def read_share(draft: Draft, table: Table, row: Row, position: int, path: Path) -> float | None:
    """Share in a cell, 0 to 1 or with a percent sign; otherwise as `read_number`."""
    text = row.texts[position].strip()
    if not text.endswith("%"):
        return read_number(draft, table, row, position, path)
    texts, kinds = [*row.texts], [*row.kinds]
    texts[position] = text.removesuffix("%").rstrip()
    kinds[position] = "number" if kinds[position] == "text" else kinds[position]
    percent = read_number(draft, table, replace(row, texts=tuple(texts), kinds=tuple(kinds)), position, path)
    if percent is not None and row.kinds[position] == "text":
        message = f"the text {text!r} was read as {percent / 100:.10g}"
        draft.notice("TEXT_NUMBER", message, draft.places[path])
    return None if percent is None else percent / 100


def _has_no_value(draft: Draft, table: Table, row: Row, position: int) -> bool:
    """Note a cell that holds something other than a value: a formula without one, an error, a date."""
    text, kind = row.texts[position], row.kinds[position]
    if kind not in ("formula", "error", "date"):
        return False
    place = table.place(row.number, position)
    if kind == "formula":
        mend = "Open the workbook in Excel and save it, or paste values"
        draft.problem("FORMULA", "it holds a formula without a result", mend, place)
    elif kind == "error":
        draft.problem("NUMBER", f"it holds the error {text}", "Mend the formula, or type the value", place)
    else:
        mend = "Set the format of the cell to Number or Text and type it again"
        draft.problem("NUMBER", f"it holds a date ({text.removesuffix(' 00:00:00')})", mend, place)
    return True


def _no_number(table: Table, text: str, kind: str) -> tuple[str, str]:
    """Message and way out for a text that is no number."""
    found, sign = shorten(text.strip()), table.decimal
    decimal, example = ("comma", "7,5") if sign == "," else ("point", "7.5")
    mend = f"Write digits with one decimal {decimal}, such as {example}"
    if found.endswith("%"):
        number = found.removesuffix("%").strip()
        what = "a percentage" if kind == "percent" else "not a plain number"
        return f"value {found!r} is {what}", f"Write {number} without the percent sign"
    if sign == "?" and (parse_number(text) is not None or parse_number(text, ",") is not None):
        whole, one = re.sub(r"[.,]", "", found), re.split(r"[.,]", found)[0]
        return f"value {found!r} can be read as {whole} or as {one}", f"Write {whole} or {one}"
    if parse_number(text, "." if sign == "," else ",") is not None:
        word = {",": "commas", ".": "points"}.get(sign, "points")
        return f"value {found!r} is not a plain number; this file has decimal {word}", mend
    return f"value {found!r} is not a plain number", mend
