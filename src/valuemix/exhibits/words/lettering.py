"""Texts from outside in a figure: made harmless, measured and broken into lines."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import combinations

__all__ = ["balanced", "cut_at", "escaped", "foot_of", "text_width", "wrapped"]

_NARROW = frozenset("fijlrtI.,:;'|!()[] \u00a0")
_BROAD = frozenset("mwMW@%—…")


def escaped(text: str) -> str:
    """Text as a figure must hold it to show it literally.

    Plotly reads a little markup, formulas between dollar signs and templates; none of it
    takes effect from data.

    Examples
    --------
    >>> escaped("<b>R&D</b> from $5M to $10M %{x}")
    '&lt;b&gt;R&amp;D&lt;/b&gt; from &#36;5M to &#36;10M &#37;{x}'
    """
    return html.escape(_one_line(text), quote=False).replace("$", "&#36;").replace("%{", "&#37;{")


@lru_cache(maxsize=1 << 14)
def text_width(text: str) -> float:
    """Width of a text in units of its font size, roughly, in any script.

    Examples
    --------
    >>> text_width("価値") > text_width("ab") > text_width("il")
    True
    """
    return sum(map(_character_width, text))


def wrapped(text: str, width: float, lines: int = 2) -> list[str]:
    """Break a text into lines of at most `width` font sizes; the last one is cut where it must be.

    Examples
    --------
    >>> wrapped("Predictive uptime for every plant", 9)
    ['Predictive uptime', 'for every plant']
    >>> wrapped("Predictive uptime for every plant", 9, lines=1)
    ['Predictive uptime…']
    """
    result: list[str] = []
    rest = _one_line(text)
    while rest:
        if len(result) == lines - 1:
            result.append(_cut(rest, width))
            break
        line = _first_line(rest, width)
        result.append(line.rstrip())
        rest = rest[len(line) :].lstrip()
    return result


HELD = "held possible"
"""What stands in every note on a degree."""


def foot_of(source: str, notes: Sequence[str], ends: Sequence[str], fits: Callable[[str], bool]) -> str:
    """Source, notes and what stands behind them, in one text that fits; a note is there whole or not at all.

    As little of them as possible is left out, and what a degree rests on before all others stays.

    Parameters
    ----------
    source : str
    notes : sequence of str
    ends : sequence of str
        What stands behind the notes, such as the date.
    fits : callable
        Whether a text has room.

    Examples
    --------
    >>> notes = ["the others keep their proportions", "above in 92 % of the cases held possible", "bold: ahead"]
    >>> foot_of("Survey", notes, ["1 March 2026"], lambda text: len(text) <= 110)
    'Source: Survey  |  Note: above in 92 % of the cases held possible  |  Note: bold: ahead  |  1 March 2026'
    """
    some = [kept for count in range(len(notes) + 1) for kept in combinations(notes, count)]
    for kept in sorted(some, key=lambda kept: (not any(HELD in note for note in kept), -sum(map(len, kept)))):
        if fits(told := _foot(source, kept, ends)):
            return told
    return _foot(source, (), ends)


def _foot(source: str, notes: Sequence[str], ends: Sequence[str]) -> str:
    return "  |  ".join([f"Source: {source}", *(f"Note: {note}" for note in notes), *ends])


def balanced(text: str, width: float, lines: int = 2) -> list[str]:
    """Break a text into as few lines as `wrapped` does, but of nearly equal length.

    Examples
    --------
    >>> wrapped("Predictive uptime leads Enterprise by 0.3", 18)
    ['Predictive uptime leads Enterprise by', '0.3']
    >>> balanced("Predictive uptime leads Enterprise by 0.3", 18)
    ['Predictive uptime leads', 'Enterprise by 0.3']
    """
    best = wrapped(text, width, lines)
    narrower = width
    while len(best) > 1 and narrower > width / 2:
        narrower -= width / 40
        tried = wrapped(text, narrower, lines + 1)
        if len(tried) > len(best):
            break
        best = tried
    return best


def _one_line(text: str) -> str:
    """Line breaks and runs of blanks as one blank; a no-break space stays what it is."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


@lru_cache(maxsize=4096)
def _character_width(character: str) -> float:
    if character in _NARROW:
        return 0.3
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    if character in _BROAD:
        return 0.85
    return 0.66 if character.isupper() else 0.54


def _fitting(text: str, width: float) -> int:
    """How many characters from the start fit, at least one."""
    used = 0.0
    for place, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return max(place, 1)
    return len(text)


def _first_line(text: str, width: float) -> str:
    count = _fitting(text, width)
    if count == len(text):
        return text
    space = text.rfind(" ", 1, count + 1)
    return text[:space] if space > 0 else text[:count]


def _cut(text: str, width: float) -> str:
    if text_width(text) <= width:
        return text
    return cut_at(text, _fitting(text, width - _character_width("…")))


def cut_at(text: str, most: int) -> str:
    """At most so many characters of a text and an ellipsis, without a part of a word where half of them is left.

    Examples
    --------
    >>> cut_at("Predictive uptime", 15), cut_at("Predictive uptime", 8)
    ('Predictive…', 'Predicti…')
    """
    kept = text[:most]
    inside = text[most - 1 : most + 1].isalnum()
    if inside and (space := kept.rfind(" ")) >= most / 2:
        kept = kept[:space]
    return kept.rstrip(" ,;:…") + "…"
