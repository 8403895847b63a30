"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import io
import zipfile

__all__ = ["OLD_WORKBOOK", "OPEN_DOCUMENT", "PARQUET", "SPSS", "WORKBOOK", "file_type"]

WORKBOOK = "an Excel workbook"
OLD_WORKBOOK = "an old Excel file (.xls)"
OPEN_DOCUMENT = "an OpenDocument file (.ods or .odt)"
PARQUET = "a parquet file"
SPSS = "an SPSS file (.sav)"

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PAR1", PARQUET),
    (b"$FL2", SPSS),
    (b"$FL3", SPSS),
)
# How texts begin that are no tables, without blanks and in small letters.
_TEXTS = (
    ((b"<!doctype html", b"<html"), "a web page"),
    ((b"<?xml",), "an XML document"),
    ((b"{", b"["), "a JSON document"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Parts of a zip by which a program's files are known; the first that is there decides.
_PARTS = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
    ("xl/", WORKBOOK),
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", OPEN_DOCUMENT),
    ("Index/", "a document of Numbers or another Apple program"),
)


def file_type(data: bytes) -> str:
    """Name of the kind of file, ``"a table"`` for text that may be one.

    Examples
    --------
    >>> file_type(b"%PDF-1.7 ..."), file_type(b"segment,size"), file_type(b"<!DOCTYPE html>")
    ('a PDF document', 'a table', 'a web page')
    """
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return name
    if data.startswith(_ZIP):
        return _zip_type(data)
    if data.startswith(_OLE):
        return "an Excel workbook with a password" if _ENCRYPTED in data else OLD_WORKBOOK
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for beginnings, name in _TEXTS:
        if start.startswith(beginnings):
            return name
    if _ZIP in data and zipfile.is_zipfile(io.BytesIO(data)):
        return f"{_zip_type(data)} behind {data.index(_ZIP):,} bytes that are no part of it"
    return "a table"


def _zip_type(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/") for name in archive.namelist()]
    except Exception:  # noqa: BLE001 - of a damaged zip the names of its parts can still be told
        return next((name for part, name in _PARTS if part.encode() in data), "a zip archive")
    return next((kind for part, kind in _PARTS if any(n.startswith(part) for n in names)), "a zip archive")
