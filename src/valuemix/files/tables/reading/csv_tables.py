"""A csv file in: encoding, separator and decimal sign are found and said, never guessed in silence."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TextIO

from valuemix.errors import InvalidFile, Place, Problem
from valuemix.files.tables.reading.file_types import file_type
from valuemix.files.tables.reading.markdown import BAR, from_markdown
from valuemix.files.tables.reading.numbers import Decimal, decimal_sign
from valuemix.files.tables.reading.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Kind,
    Row,
    Table,
    check_size,
    is_blank,
    refusal,
)

__all__ = ["broken_rows", "read_csv"]

_HEADER_BYTES = 100_000
_LINE_CHARACTERS = 1_500_000
"""More than a row of the most columns with the longest texts; far less than a table."""
_PLAIN: Kind = "plain"
_SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SEP_LINE = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_TYPE_MENDS = {
    "an Excel workbook": "Rename it to .xlsx",
    "a web page": "Download the table again while signed in",
    "a JSON document": "Open a scenario as a scenario, not as a table",
}


def read_csv(data: bytes, file: str) -> Table:
    """Read the bytes of a csv file, or of a Markdown table, as a table of text.

    Parameters
    ----------
    data : bytes
        UTF-8 with or without byte order mark, UTF-16 with one, or Windows-1252.
    file : str
        Name of the file, for messages.

    Returns
    -------
    Table
        Its problems say what was taken for granted (notices), and which rows are too short or too long.

    Raises
    ------
    InvalidFile
        Where the file is no csv file or larger than the limits.

    Examples
    --------
    >>> table = read_csv(b"segment;size\\nFamilies;7,5\\n", "segments.csv")
    >>> table.rows[1].texts, table.decimal
    (('Families', '7,5'), ',')
    >>> print(table.problems[0])
    segments.csv: read with semicolons between the columns and decimal commas.
    """
    check_size(data, file)
    _check_type(data, file)
    text, encoding = _decode(data, file)
    markdown = from_markdown(text)
    sep_line, separator = (False, BAR) if markdown else _separator(text)
    text = markdown or text
    rows = tuple(_rows(text, separator, sep_line, file))
    if not rows:
        raise refusal("EMPTY", "the file has no rows", "Fill in the table", Place(file=file))
    decimal: Decimal = "."
    if separator != ",":
        decimal = decimal_sign(cell for row in rows[1:] for cell in row.texts)
    notices = _notices(file, encoding, separator, decimal, sep_line)
    return Table(file, "", rows, decimal, (*notices, *_uneven_rows(rows, file)))


def broken_rows(text: TextIO, file: str, *, lengths: bool = False) -> InvalidFile | None:
    """Refusal of a text whose quotes do not close, with the row on which one opens; None where all do.

    Parameters
    ----------
    text : text stream
        From its beginning, however long; without the line breaks of other systems.
    file : str
        Name of the file, for messages.
    lengths : bool
        Whether the first row is told too that has more or fewer fields than the header.

    Examples
    --------
    >>> print(broken_rows(io.StringIO('id,speed\\n1,"5\\n2,4\\n'), "answers.csv").problems[0].place)
    answers.csv, row 2
    """
    separator = _separator(text.read(_HEADER_BYTES))[1]
    text.seek(0)
    reader, begin, width = csv.reader(text, delimiter=separator, strict=True), 1, 0
    try:
        for texts in reader:
            width = width or len(texts)
            if lengths and texts and len(texts) != width:
                return InvalidFile([_uneven_row(begin, len(texts), width, file)])
            begin = reader.line_num + 1
    except csv.Error as error:
        return _bad_row(error, Place(file=file, row=begin))
    return None


def _check_type(data: bytes, file: str) -> None:
    kind = file_type(data)
    if kind != "a table":
        mend = _TYPE_MENDS.get(kind, "Save the table as csv")
        raise refusal("FILE_TYPE", f"this is {kind}, not a csv table", mend, Place(file=file))
    header = data.lstrip(b"\r\n")[:_HEADER_BYTES].splitlines()[:1]
    if header and b"\0" in header[0] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(
            "FILE_TYPE", "this is binary data, not text", "Save the table as CSV UTF-8", Place(file=file)
        )


def _decode(data: bytes, file: str) -> tuple[str, str]:
    """Text of the file and the encoding it was read in."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "UTF-16" if utf16 else "UTF-8"
    try:
        return data.decode("utf-16" if utf16 else "utf-8-sig"), encoding
    except UnicodeDecodeError as error:
        bad = error.start
    # Windows-1252 reads nearly anything; real UTF-8 letters in the file say that it is not the answer.
    if not utf16 and not _UTF8_PAIR.search(data):
        try:
            return data.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError as error:
            bad = error.start
    before = data[:bad].decode("utf-16" if utf16 else "cp1252", "replace")
    line = len(re.findall(r"\r\n|\r|\n", before)) + 1
    raise refusal(
        "ENCODING",
        f"byte 0x{data[bad]:02X} is no letter in {encoding}",
        "Save the file as CSV UTF-8",
        Place(file=file, row=line),
    )


def _separator(text: str) -> tuple[bool, str]:
    """Whether the first line is Excel's ``sep=`` line, and what separates the columns."""
    lines = text[:100_000].splitlines() or [""]
    named = _SEP_LINE.fullmatch(lines[0])
    if named:
        return True, named[1]
    filled = [line for line in lines if line.strip()]
    if sum("\t" in line for line in filled) * 2 > len(filled):
        return False, "\t"  # Commas stand in sentences and thousands, tabs in neither.
    unquoted = [re.sub(r'"[^"]*"', "", line) for line in filled]
    return False, max(_SEPARATORS, key=lambda separator: _regularity(unquoted, separator))


def _regularity(lines: Iterable[str], separator: str) -> tuple[int, int]:
    """Lines one after the other that a separator divides into as many fields, the most of them, and how often at first.

    Lines of a table are alike; commas in numbers and semicolons in sentences above it come and go.
    """
    counts = [line.count(separator) for line in lines]
    runs = [len([*run]) for count, run in groupby(counts) if count]
    return max(runs, default=0), next(filter(None, counts), 0)


def _rows(text: str, separator: str, sep_line: bool, file: str) -> Iterator[Row]:
    """Rows that are not blank, with the line that each begins on."""
    lines = io.StringIO(text, newline=None)
    if sep_line:
        next(lines)
    reader = csv.reader(_of_bounded_length(lines, file), delimiter=separator, strict=True)
    start, counts = int(sep_line), {True: 0, False: 0}
    while True:
        begin = start + reader.line_num + 1
        try:
            texts = next(reader, None)
        except csv.Error as error:
            raise _bad_row(error, Place(file=file, row=begin)) from None
        if texts is None:
            return
        blank = is_blank(texts)
        counts[blank] += 1
        _check_limits(counts[False], counts[True], 0 if blank else len(texts), Place(file=file, row=begin))
        if not blank:
            kinds: tuple[Kind, ...] = (_PLAIN,) * len(texts)
            yield Row(begin, tuple(texts), kinds)


def _of_bounded_length(lines: Iterable[str], file: str) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        if len(line) > _LINE_CHARACTERS:
            message = f"one line of {len(line):,} characters"
            raise refusal(
                "TOO_LARGE", message, "Shorten it, or leave columns out", Place(file=file, row=number)
            )
        yield line


def _check_limits(count: int, blank: int, columns: int, place: Place) -> None:
    if count > MAX_ROWS + 1:
        raise refusal(
            "TOO_LARGE", f"the table has more than {MAX_ROWS:,} rows", "Split it, or leave rows out", place
        )
    if blank > MAX_ROWS:
        message = f"the file has more than {MAX_ROWS:,} blank rows"
        raise refusal("TOO_LARGE", message, "Delete the rows that hold nothing", place)
    if columns > MAX_COLUMNS:
        message = f"{columns:,} columns, at most {MAX_COLUMNS}"
        raise refusal("TOO_LARGE", message, "Leave out the other columns", place)


def _bad_row(error: csv.Error, place: Place) -> InvalidFile:
    if "field limit" in str(error):
        return refusal(
            "TOO_LARGE",
            "one field holds far more than 2,000 characters",
            "Shorten it; or close the quote that swallows what follows",
            place,
        )
    return refusal(
        "QUOTE",
        f"the quote opened on row {place.row} is never closed, or closed inside a field",
        'Close it, or write a quote inside a field twice ("")',
        place,
    )


def _notices(file: str, encoding: str, separator: str, decimal: Decimal, sep_line: bool) -> Iterator[Problem]:
    place = Place(file=file)
    if encoding != "UTF-8":
        ask = "; check the accents" if encoding == "Windows-1252" else ""
        yield Problem("ENCODING", f"read as {encoding}{ask}", "", place, notice=True)
    if separator != "," or sep_line:
        signs = " and decimal commas" if decimal == "," else ""
        message = f"read with {_SEPARATORS.get(separator, 'bars')} between the columns{signs}"
        yield Problem("DIALECT", message, "", place, notice=True)


def _uneven_rows(rows: tuple[Row, ...], file: str) -> Iterator[Problem]:
    width = len(rows[0].texts)
    for row in rows[1:]:
        count = len(row.texts)
        if count != width:
            yield _uneven_row(row.number, count, width, file)


def _uneven_row(row: int, count: int, width: int, file: str) -> Problem:
    message = f"row {row} has {count} field{'s' * (count != 1)} where the header has {width}"
    mend = (
        "Use a decimal point, or semicolons between the columns; put texts with commas in quotes"
        if count > width
        else "Fill in the row, with nothing between two commas where a field is blank"
    )
    return Problem("ROW_LENGTH", message, mend, Place(file=file, row=row))
