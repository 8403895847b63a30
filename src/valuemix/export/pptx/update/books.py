"""The workbook behind a chart: ours as a whole where it is as we wrote it, else our cells alone are written."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from pptx.oxml.ns import qn
from python_calamine import CalamineError, CalamineWorkbook

from valuemix.export.pptx.identity.package import RELATIONS, Package

__all__ = ["Cells", "cells_of", "update_book"]

Cells = list[list[Any]]
"""Cells of a sheet by row, without what is empty at their ends."""

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def cells_of(book: bytes) -> Cells:
    """Cells of the first sheet of a workbook; none where it cannot be read."""
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    except CalamineError:
        return []
    cut = [row[: max((place for place, cell in enumerate(row, 1) if cell != ""), default=0)] for row in rows]
    return cut[: max((place for place, row in enumerate(cut, 1) if row), default=0)]


def update_book(base: bytes, ours: bytes, package: Package, chart: str, root: Any) -> None:
    """Bring the workbook of a chart up to date.

    Parameters
    ----------
    base, ours : bytes
        Workbooks as it was written, and as it is now.
    package : Package
        The file, which is changed.
    chart : str
        Part of the chart.
    root : lxml element
        Of the chart, which gets a reference where it has lost its workbook.
    """
    name = package.related(chart, "package")
    if not name or name not in package:
        _give_book(ours, package, chart, root)
    elif cells_of(package[name]) == cells_of(base):
        if cells_of(base) != cells_of(ours):
            package.changed[name] = ours
    else:
        written = _with_cells(package[name], cells_of(base), cells_of(ours))
        if cells_of(written) != cells_of(package[name]):
            package.changed[name] = written


def _give_book(ours: bytes, package: Package, chart: str, root: Any) -> None:
    stem = chart.rsplit("/", 1)[-1].removesuffix(".xml")
    name = next(
        own
        for own in (f"ppt/embeddings/valuemix-{stem}-{number}.xlsx" for number in range(1, 1000))
        if own not in package
    )
    package.add(name, ours, _TYPE)
    rel_id = package.relate(chart, "package", name)
    for old in root.findall(qn("c:externalData")):
        root.remove(old)
    data = etree.Element(qn("c:externalData"))
    data.set(f"{{{RELATIONS}}}id", rel_id)
    etree.SubElement(data, qn("c:autoUpdate")).set("val", "0")
    last = root.find(qn("c:userShapes"))
    if last is None:
        root.append(data)
    else:
        last.addprevious(data)


def _with_cells(theirs: bytes, base: Cells, ours: Cells) -> bytes:
    """Their workbook with our cells where base had any, or ours has some now; other cells stay."""
    book = load_workbook(io.BytesIO(theirs))
    sheet = book.worksheets[0]
    for row in range(max(len(base), len(ours))):
        before, now = (cells[row] if row < len(cells) else [] for cells in (base, ours))
        for column in range(max(len(before), len(now))):
            value = now[column] if column < len(now) else ""
            cell = sheet.cell(row + 1, column + 1)
            cell.value = None if value == "" else value
            if isinstance(value, str) and value:
                cell.data_type = "s"  # never a formula
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
