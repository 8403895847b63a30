"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

__all__ = ["file_type"]

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one with a password"),
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
    if data.startswith(b"PK\x03\x04"):
        return "an Excel workbook" if b"xl/" in data else "a zip archive"
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if start.startswith(b"<?xml"):
        return "an XML document"
    if start.startswith((b"{", b"[")):
        return "a JSON document"
    return "a table"
