"""JSON that means what it says: damage, repeated keys and numbers that are none are told apart."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from valuemix.errors import InvalidFile, Place, Problem, shorten

__all__ = ["MAX_BYTES", "parse_object", "refused", "too_large"]

MAX_BYTES = 40_000_000
MAX_ENTRIES, MAX_VALUES = 300_000, 2_000_000
"""Objects and lists, and values, that a file may hold: 10,000 segments of 20 rows with four scores each,
and room for more. They are counted before anything is made of them."""

_CONFLICT_MARK = "<" * 7


def parse_object(data: str | bytes, file: str) -> dict[str, Any]:
    """Object that a JSON text holds.

    Numbers that are no finite number (NaN, 1e999) come as the text that was written, so
    that the message about them can show it.

    Parameters
    ----------
    data : str or bytes
        Bytes are UTF-8, with or without a byte order mark.
    file : str
        Name for messages.

    Returns
    -------
    dict

    Raises
    ------
    InvalidFile
        Where the text is damaged, no object, or repeats a key.

    Examples
    --------
    >>> parse_object('{"name": "Base case", "size": 1e999}', "base.json")
    {'name': 'Base case', 'size': '1e999'}
    """
    text = _decoded(data, file)
    _check_text(text, file)
    told = too_large(text)
    if told:
        raise refused("TOO_LARGE", told, "Keep fewer segments or propositions in one scenario", file)
    try:
        document, repeated = _parsed(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        message = f"damaged at {place}: {error.msg[0].lower()}{error.msg[1:]}"
        raise refused("DAMAGED", message, "Mend that line, or open an older version", file) from None
    except _TooLong as error:
        raise refused("DAMAGED", str(error), "Write a plain number", file) from None
    except RecursionError:
        raise refused("DAMAGED", "nested far deeper than a scenario", "Choose another file", file) from None
    if not isinstance(document, dict):
        kind = "a list" if isinstance(document, list) else "a single value"
        message = f"a scenario is an object in braces, this is {kind}"
        raise refused("SCHEMA", message, "Choose another file", file)
    if repeated:
        raise InvalidFile(_repeated_problem(path, file) for path in repeated)
    return document


def refused(code: str, message: str, mend: str, file: str, path: tuple[str | int, ...] = ()) -> InvalidFile:
    """Error of one problem in a file."""
    return InvalidFile([Problem(code, message, mend, Place(file=file, path=path))])


def too_large(text: str) -> str:
    """What a text holds too much of, in words; nothing where it is no larger than what is read.

    Examples
    --------
    >>> too_large("[" + "{}," * 300_000 + "{}]")
    'the file holds more than 300,000 rows and other entries'
    >>> too_large("{}")
    ''
    """
    if len(text) > MAX_BYTES or len(text.encode(errors="replace")) > MAX_BYTES:
        return f"the file has more than {MAX_BYTES / 1e6:.0f} MB"
    if text.count("{") + text.count("[") > MAX_ENTRIES:
        return f"the file holds more than {MAX_ENTRIES:,} rows and other entries"
    if text.count(",") > MAX_VALUES:
        return f"the file holds more than {MAX_VALUES:,} values"
    return ""


def _decoded(data: str | bytes, file: str) -> str:
    if isinstance(data, str):
        return data
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused("ENCODING", "the file is UTF-16", "Save it as UTF-8", file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise refused("ENCODING", f"line {line} is not UTF-8", "Save it as UTF-8", file) from None


def _check_text(text: str, file: str) -> None:
    if not text.strip():
        raise refused("EMPTY", "the file is empty", "Open an older version, or another file", file)
    if "\0" in text:
        raise refused(
            "DAMAGED", "the file holds NUL bytes, as after a power cut", "Open an older version", file
        )
    at = 0 if text.startswith(_CONFLICT_MARK) else text.find("\n" + _CONFLICT_MARK) + 1
    if at or text.startswith(_CONFLICT_MARK):
        message = f"line {text.count(chr(10), 0, at) + 1} holds git conflict marks"
        raise refused("DAMAGED", message, "Settle the conflict, then open it", file)


class _TooLong(Exception):
    """A number of more digits than any score has."""


class _Repeating(dict[str, Any]):
    """An object in which a key stands more than once."""

    repeated: tuple[str, ...] = ()


def _parsed(text: str) -> tuple[Any, list[tuple[str, ...]]]:
    """Content, and the paths of the keys that stand more than once."""
    repeating: list[_Repeating] = []

    def object_of(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        keys = Counter(key for key, _ in pairs)
        repeating.append(_Repeating(found))
        repeating[-1].repeated = tuple(key for key, count in keys.items() if count > 1)
        return repeating[-1]

    document = json.loads(
        text,
        object_pairs_hook=object_of,
        parse_constant=str,
        parse_float=_finite_or_text,
        parse_int=_short_integer,
    )
    return document, list(_repeated_keys(document, ())) if repeating else []


def _repeated_keys(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(value, _Repeating):
        yield from ((*path, key) for key in value.repeated)
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _repeated_keys(item, (*path, str(key)))


def _repeated_problem(path: tuple[str, ...], file: str) -> Problem:
    place = Place(file=file, path=path)
    return Problem("DUPLICATE", f"{shorten(path[-1])!r} stands twice", "Delete one of them", place)


def _short_integer(text: str) -> int:
    if len(text) > 40:
        raise _TooLong(f"a number of {len(text):,} digits")
    return int(text)


def _finite_or_text(text: str) -> float | str:
    number = float(text)
    return text if abs(number) == float("inf") else number
