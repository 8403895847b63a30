"""A process that reads one file of another program from its standard input, and prints its cells as JSON lines.

`apart.py` starts it by its path; it imports nothing of valuemix. A sheet is an object with its title,
then a list for each row: its number, its texts, its kinds. The last line is an object with ``done`` or ``refused``.
"""

from __future__ import annotations

import datetime
import io
import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

__all__: list[str] = []

_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!", "#GETTING_DATA")
_TIMES = (datetime.date, datetime.time, datetime.timedelta)
_LONGEST = 32_767
"""Characters of a cell, as in Excel."""


class _Refused(Exception):
    """A file that cannot be used, as the code, what is wrong with it, and the way out."""


def _main(ending: str, *numbers: str) -> None:
    rows, columns, seconds, memory, output = map(int, numbers)
    _limit(seconds, memory, output)
    # Some libraries write to the standard output; only what is printed here may stand there.
    out, sys.stdout = sys.stdout, io.StringIO()
    data = io.BytesIO(sys.stdin.buffer.read())
    last: dict[str, object] = {"done": True}
    try:
        for line in _READERS[ending](data, rows, columns):
            out.write(json.dumps(line) + "\n")
    except _Refused as error:
        last = {"refused": error.args}
    except (MemoryError, OSError):
        last = {"refused": ("TOO_LARGE", "", "")}
    except BaseException:  # noqa: BLE001 - damaged bytes make these libraries raise and panic anyhow
        last = {"refused": ("DAMAGED", "", "")}
    out.write(json.dumps(last) + "\n")
    out.flush()


def _limit(seconds: int, memory: int, output: int) -> None:
    """Take away what a hostile file would use; where the platform has no such limits the clock remains."""
    try:
        import resource
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: output,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):  # macOS does not limit address space
            continue


def _too_large(rows: int, columns: int, most_rows: int, most_columns: int) -> str:
    """Which bound a sheet is beyond, blank for none."""
    for count, most, things in ((rows, most_rows, "rows"), (columns, most_columns, "columns")):
        if count > most:
            return f"{count:,} {things}, at most {most:,}"
    return ""


def _sheets(data: io.BytesIO, rows: int, columns: int) -> Iterator[object]:
    """Sheets of an old Excel or OpenDocument workbook."""
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(data)
    except calamine.PasswordError:
        raise _Refused("FILE_TYPE", "this file has a password", "Save it without a password") from None
    for known in book.sheets_metadata:
        if known.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(known.name)
        beyond = _too_large(sheet.total_height, sheet.total_width, rows, columns)
        shown = known.visible == calamine.SheetVisibleEnum.Visible
        yield {
            "sheet": known.name,
            "shown": shown,
            "too_large": beyond,
            "merged": sheet.merged_cell_ranges or [],
        }
        if not beyond:
            yield from _numbered(sheet.to_python(skip_empty_area=False))


def _parquet(data: io.BytesIO, rows: int, columns: int) -> Iterator[object]:
    """The one table of a parquet file."""
    import pyarrow
    import pyarrow.parquet

    file = pyarrow.parquet.ParquetFile(data)
    schema = file.schema_arrow
    _refuse_nested([field.name for field in schema if pyarrow.types.is_nested(field.type)])
    beyond = _too_large(file.metadata.num_rows + 1, len(schema), rows, columns)
    yield {"sheet": "", "shown": True, "too_large": beyond}
    if beyond:
        return
    known = (schema.pandas_metadata or {}).get("index_columns", ())
    index = [place for place, name in enumerate(schema.names) if name in known]
    order = sorted(range(len(schema)), key=lambda place: place not in index)
    table = file.read().columns
    names = [_head(schema.names[place], is_index=place in index) for place in order]
    yield from _numbered([names, *zip(*(_of_arrow(table[place]) for place in order), strict=True)])


def _head(name: str, *, is_index: bool) -> str:
    """Name of a column; pandas writes an index without a name under one of its own."""
    return "" if is_index and name.startswith("__index_level_") else name


def _refuse_nested(names: Sequence[str]) -> None:
    """Refuse columns of lists or records."""
    if names:
        named = ", ".join(repr(name[:60]) for name in names[:3])
        message = f"the column {named} holds lists or records" if len(names) == 1 else f"{named} hold lists"
        raise _Refused("FILE_TYPE", message, "Leave it out, or write a column for each of its parts")


def _of_arrow(column: Any) -> list[Any]:
    values: list[Any] = column.to_pylist()
    if str(column.type) in ("float", "halffloat"):
        # 0.3 in 32 bits is written as 0.3, not as 0.30000001192092896.
        numbers = column.to_numpy()
        return [v if v is None else float(str(n)) for v, n in zip(values, numbers, strict=True)]
    return values


def _spss(data: io.BytesIO, rows: int, columns: int, *, by_label: bool = True) -> Iterator[object]:
    """The one table of an SPSS file: labels for codes where each code has one, numbers on any other scale."""
    import pyreadstat

    _, known = pyreadstat.read_sav(data, metadataonly=True)
    beyond = _too_large((known.number_rows or 0) + 1, known.number_columns or 0, rows, columns)
    yield {"sheet": "", "shown": True, "too_large": beyond}
    if beyond:
        return
    data.seek(0)
    # One row more than may be: files of some programs do not say how many they have.
    read, meta = pyreadstat.read_sav(data, output_format="dict", row_limit=rows)
    names = list(meta.column_names)
    values = [_labelled(list(read[name]), name, meta) for name in names]
    if values and len(values[0]) >= rows:
        raise _Refused("TOO_LARGE", f"it has more than {rows - 1:,} rows", "Leave out what is not needed")
    heads = _heads(names, meta.column_names_to_labels) if by_label else names
    yield from _numbered([heads, *zip(*values, strict=True)])


def _labelled(values: list[Any], name: str, meta: Any) -> list[Any]:
    """Values, or their labels where the variable is one of kinds and each of its values has a label."""
    labels = meta.variable_value_labels.get(name, {})
    plain = [value.item() if hasattr(value, "item") else value for value in values]
    there = {value for value in plain if not _is_blank(value)}
    is_kinds = meta.variable_measure.get(name) not in ("ordinal", "scale")
    if labels and is_kinds and there and there <= labels.keys():
        return [labels.get(value, None) for value in plain]
    return plain


def _heads(names: Sequence[str], labels: dict[str, str | None]) -> list[str]:
    """Labels of the variables, or their names where a label is missing, long or of two."""
    found = [labels.get(name) or "" for name in names]
    return [
        label if 0 < len(label) <= 80 and found.count(label) == 1 else name
        for name, label in zip(names, found, strict=True)
    ]


def _numbered(rows: Iterable[Sequence[Any]]) -> Iterator[object]:
    """Rows that are not blank, with their numbers."""
    for number, values in enumerate(rows, 1):
        cells = [_cell(value) for value in values]
        if any(text.strip() for text, _ in cells):
            yield [number, [text for text, _ in cells], [kind for _, kind in cells]]


def _is_blank(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _cell(value: Any) -> tuple[str, str]:
    """Text of a value, and the kind of cell that it makes."""
    if _is_blank(value):
        return "", "plain"
    if isinstance(value, bool):
        return str(value).upper(), "boolean"
    if isinstance(value, int | float):
        return repr(value).removesuffix(".0"), "number"
    if isinstance(value, _TIMES):
        return str(value), "date"
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    if len(text) > _LONGEST:
        raise _Refused("TOO_LARGE", f"it holds a text of more than {_LONGEST:,} characters", "Shorten it")
    return text, "error" if text in _ERRORS else "text" if isinstance(value, str | bytes) else "number"


_READERS: dict[str, Callable[[io.BytesIO, int, int], Iterator[object]]] = {
    ".xls": _sheets,
    ".ods": _sheets,
    ".parquet": _parquet,
    ".sav": _spss,
    "names of .sav": lambda data, rows, columns: _spss(data, rows, columns, by_label=False),
}

if __name__ == "__main__":
    _main(*sys.argv[1:])
