"""Names and notes from outside: what is allowed in them and when two are the same."""

from __future__ import annotations

import csv
import functools
import unicodedata
from collections.abc import Iterable, Iterator

__all__ = [
    "MAX_NAME",
    "MAX_TEXT",
    "clashes",
    "clean_name",
    "forbidden_character",
    "in_one_cell",
    "name_key",
    "names_in_cell",
    "readable_id",
]

MAX_NAME = 200
MAX_TEXT = 2000

# Zero-width and direction marks, word joiner, soft hyphen, byte order mark.
_INVISIBLE = frozenset(
    "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062"
    "\u2063\u2064\u2066\u2067\u2068\u2069\u061c\u180e\ufeff\u00ad"
)


def clean_name(text: str) -> str:
    """Composed (NFC) form of a name without blanks around it: how every name is kept.

    Examples
    --------
    >>> clean_name("  Cafe\\u0301\\u00a0")
    'Café'
    """
    return unicodedata.normalize("NFC", text).strip()


def name_key(text: str) -> str:
    """What two names are compared by: compatibility form, capitals folded, trimmed.

    Examples
    --------
    >>> name_key("Green Line ") == name_key("green line")
    True
    """
    return unicodedata.normalize("NFKC", text).casefold().strip()


@functools.lru_cache(maxsize=8192)  # a scenario that is edited is checked whole, and few of its texts are new
def forbidden_character(text: str, *, line_breaks: bool = False) -> str | None:
    """First character that may not stand in a name or note, in words, or None.

    Control characters, invisible ones that make two different names look alike or turn
    the reading direction, lone surrogates and noncharacters are refused: spreadsheets and
    decks cannot hold them. The joiner inside emoji is allowed.

    Parameters
    ----------
    text : str
        The name or note.
    line_breaks : bool
        Whether line breaks and tabs are allowed (in notes).

    Examples
    --------
    >>> forbidden_character("Green\\u200bline")
    'the invisible character U+200B'
    >>> forbidden_character("Green line") is None
    True
    """
    for character in text:
        if line_breaks and character in "\n\r\t":
            continue
        kind = _refused_kind(character)
        if kind:
            return f"{kind} U+{ord(character):04X}" if kind != "a line break" else kind
    return None


def clashes(names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Pairs of places (first, later) at which names are the same under `name_key`.

    Examples
    --------
    >>> list(clashes(["Express", "Green line", "EXPRESS"]))
    [(0, 2)]
    """
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        first = seen.setdefault(name_key(name), place)
        if first != place:
            yield first, place


def readable_id(name: str) -> str:
    """Identifier made of a label: small ASCII letters, digits and underscores.

    Examples
    --------
    >>> readable_id("Operational Excellence"), readable_id("Qualität & Nähe")
    ('operational_excellence', 'qualitat_nahe')
    """
    ascii_text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = "".join(c if c.isalnum() else " " for c in ascii_text.lower()).split()
    return "_".join(words)


def in_one_cell(names: Iterable[str]) -> str:
    """Names in one cell, parted by semicolons; one that holds a semicolon stands in quotes.

    Examples
    --------
    >>> in_one_cell(["Express", "Repair; return"])
    'Express; "Repair; return"'
    """
    return "; ".join(
        f'"{name.replace(chr(34), 2 * chr(34))}"' if ";" in name or name.startswith('"') else name
        for name in names
    )


def names_in_cell(text: str) -> tuple[str, ...]:
    """Names that stand in one cell, as `in_one_cell` writes them or one a line.

    Examples
    --------
    >>> names_in_cell('Express; "Repair; return";')
    ('Express', 'Repair; return')
    """
    rows = csv.reader(text.splitlines(), delimiter=";", skipinitialspace=True)
    return tuple(name for row in rows for name in map(clean_name, row) if name)


def _refused_kind(character: str) -> str | None:
    code = ord(character)
    if character in "\n\r\u2028\u2029":
        return "a line break"
    category = unicodedata.category(character)
    if category == "Cc":
        return "the control character"
    if character in _INVISIBLE:
        return "the invisible character"
    if category == "Cs" or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "the character"
    return None
