"""Names with one number each, wherever they stand: on a cover sheet, above a table, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from valuemix.files.recognition.cells.grid import Grid
from valuemix.files.recognition.cells.words import is_named
from valuemix.typing import FloatArray

__all__ = ["NamedNumbers", "named_numbers"]

_SHARE = re.compile(r"([^\W\d][^,;:=%\d]{0,200}?)\s*[:=(]?\s*(\d{1,3}(?:[.,]\d+)?)\s*%")
"""A name and its share; the bound keeps the search of a long text without numbers from taking seconds."""
_COUNTED = re.compile(r"([^\W\d](?:[^,;:=%\d]{0,79}[^,;:=%\d\s])?)\s+(\d{1,9})(?=\s*[,;.]|$)")
_LISTED = re.compile(
    r"[^:\d]{1,80}:(?:\s*[^\W\d](?:[^,;:=%\d]{0,79}[^,;:=%\d\s])?\s+\d{1,9}(?:\s*[,;.])?){2,40}"
)
"""Such as "Members: Students 2100, Families 1650"."""
_PAIR = 2
_WHOLE = (1.0, 10.0, 100.0)


@dataclass(frozen=True)
class NamedNumbers:
    """A list of names, each with one number.

    Parameters
    ----------
    title : str
        Of the sheet.
    numbers : tuple of (str, float)
    """

    title: str
    numbers: tuple[tuple[str, float], ...]

    def are_shares(self, names: Sequence[str]) -> bool:
        """Whether the numbers of some names add up to 1, 10 or 100."""
        total = sum(number for name, number in self.numbers if name in names)
        return any(abs(total - whole) <= 0.011 * whole for whole in _WHOLE)


def named_numbers(grid: Grid) -> Iterator[NamedNumbers]:
    """Lists in a sheet: rows of one name, each another, and one number, and texts with shares in them."""
    counts = np.isfinite(grid.numbers).sum(axis=1)
    pairs = [pair for row in np.flatnonzero(counts == 1).tolist() if (pair := _pair(grid, row))]
    if _PAIR <= len(pairs) == len(dict(pairs)):
        yield NamedNumbers(grid.title, tuple(pairs))
    twos = np.flatnonzero(counts == _PAIR)
    for run in np.split(twos, np.flatnonzero(np.diff(twos) > 1) + 1):
        if with_share := _with_shares(grid, run.tolist()):
            yield NamedNumbers(grid.title, with_share)
    for found in _in_sentences([*dict.fromkeys(grid.texts[np.isnan(grid.numbers)].tolist())]):
        if len(found) >= _PAIR:
            named = [(name.strip(), float(number.replace(",", "."))) for name, number in found]
            yield NamedNumbers(grid.title, tuple(_bare(named)))


def _in_sentences(texts: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """Names and numbers in texts: a share in each of several, several shares in one, or counts behind a colon."""
    alone = filter(None, map(_SHARE.fullmatch, texts))
    yield [(said[1], said[2]) for said in alone]
    yield from (_SHARE.findall(text) for text in texts if text.count("%") >= _PAIR)
    yield from (_COUNTED.findall(text.split(":")[1]) for text in texts if _LISTED.fullmatch(text))


def _with_shares(grid: Grid, rows: Sequence[int]) -> tuple[tuple[str, float], ...]:
    """Names with the first of two numbers, where the second is its share of all of these; none where it is not."""
    pairs = [(_name(grid, row), grid.numbers[row][np.isfinite(grid.numbers[row])]) for row in rows]
    named = _without_sum({name: pair for name, pair in pairs if name})
    found = np.array([*named.values()]).reshape(-1, _PAIR)
    if len(named) < _PAIR or not (found > 0).all():
        return ()
    shares = found[:, 0] / found[:, 0].sum()
    are_shares = any(np.allclose(shares * top, found[:, 1], atol=0.006 * top) for top in (1.0, 100.0))
    return tuple(zip(named, found[:, 0].tolist(), strict=True)) if are_shares else ()


def _without_sum(named: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """Without the last where it is the sum of the others, in whatever language it is called so."""
    *others, last = named or [""]
    if len(others) >= _PAIR and np.allclose(sum(named[n] for n in others), named[last], rtol=1e-6, atol=0.02):
        return {name: named[name] for name in others}
    return named


def _name(grid: Grid, row: int) -> str:
    """Name at the head of a row; blank where it has none, or is a sum."""
    name = str(grid.texts[row, 0]).strip(" :") if np.isnan(grid.numbers[row, 0]) else ""
    return "" if is_named("sum", name) or is_named("total", name) else name


def _pair(grid: Grid, row: int) -> tuple[str, float] | None:
    """Name and number of a row that has one of each beside each other."""
    column = int(np.flatnonzero(np.isfinite(grid.numbers[row]))[0])
    before = [text for text in grid.texts[row, :column].tolist() if text]
    if len(before) != 1 or is_named("sum", before[0]):
        return None
    return before[0].strip(" :"), float(grid.numbers[row, column])


def _bare(found: Sequence[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """The first name of a sentence without what leads to it, such as "Weights: Speed" or "and Care"."""
    for name, share in found:
        yield re.sub(r"^(and|und|et|y|e|en|og|och)\s+", "", name.split(":")[-1].strip()), share
