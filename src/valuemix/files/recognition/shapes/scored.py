"""Cells as numbers: words and signs by a small table, asked for where it does not know them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.cells.grid import Grid
from valuemix.files.recognition.cells.values import FAMILIES, family_of, no_value, read_range, word_key
from valuemix.files.recognition.shapes.findings import Findings
from valuemix.typing import BoolArray, FloatArray

__all__ = ["scored"]

_MOST_WORDS = 12
_SHORTEST_LEGEND, _PAIR = 8, 2
_NUMBER = r"-?\d+(?:[.,]\d+)?"


def scored(
    grid: Grid,
    rows: Sequence[int],
    columns: Sequence[int],
    given: Mapping[str, float],
    findings: Findings,
) -> tuple[FloatArray, bool]:
    """Numbers of the whole grid with the words in these rows and columns read, and whether there are any.

    Parameters
    ----------
    grid : Grid
    rows, columns : sequence of int
        Where scores stand.
    given : mapping of str to float
        Numbers of words, as the owner gave them.
    findings : Findings
        Takes what words were read as, and the questions about others.
    """
    numbers = grid.numbers.copy()
    inside = np.zeros(numbers.shape, dtype=bool)
    inside[np.ix_(rows, columns)] = True
    numbers[_odd_units(grid, inside)] = np.nan
    cells = np.argwhere(inside & grid.filled & np.isnan(numbers) & ~grid.formulas)
    found: dict[str, tuple[str, str]] = {}
    for row, column in cells.tolist():
        text = grid.texts[row, column]
        found.setdefault(word_key(text), (text, grid.cell(row, column)))
    known = _legend(grid, found) | {word_key(word): value for word, value in given.items()}
    middles = _middles(found, known, findings)
    wanted = _wanted(found, {**known, **middles})
    family = None if _are_mixed(grid, numbers, inside) else family_of(wanted)
    known |= {key: family[1][key] for key in wanted} if family else _asked(wanted, findings)
    used = {seen[0]: known[key] for key, seen in found.items() if key in known}
    findings.words.update(used)
    if used:
        listed = ", ".join(f"{shorten(word)} = {value:g}" for word, value in used.items())
        findings.guess(f"Words and signs are read as numbers: {listed}.")
    for row, column in cells.tolist():
        key = word_key(grid.texts[row, column])
        numbers[row, column] = known.get(key, middles.get(key, np.nan))
    return numbers, bool(used)


def _legend(grid: Grid, found: Mapping[str, tuple[str, str]]) -> dict[str, float]:
    """Numbers of words as a list in the file or a text of the sheet gives them: "critical = 3, important = 2"."""
    texts = [text for text in {*grid.texts.ravel().tolist()} if len(text) > _SHORTEST_LEGEND]
    numbers: dict[str, float] = {}
    for key, (word, _) in found.items():
        called = _called(word.strip(), [text.strip() for text, _ in found.values()])
        says = re.compile(
            rf"{called}\s*(?:=|:|\()\s*({_NUMBER})|({_NUMBER})\s*(?:=|:)\s*{called}", re.IGNORECASE
        )
        said = next((hit for text in texts if (hit := says.search(text))), None)
        if said and word.strip():
            numbers[key] = float((said[1] or said[2]).replace(",", "."))
    listed = {key: grid.legend[key] for key in found if key in grid.legend}
    return listed | (numbers if len(numbers) >= _PAIR else {})


def _called(word: str, words: Sequence[str]) -> str:
    """Expression for a word that stands by itself: "low" is not said where "very low" is."""
    longer = [text for text in words if text.casefold().endswith(f" {word.casefold()}")]
    behind = "".join(rf"(?<!{re.escape(text[: len(text) - len(word)])})" for text in longer)
    return rf"(?<!\w){behind}{re.escape(word)}(?!\w)"


def _middles(
    found: Mapping[str, tuple[str, str]], known: Mapping[str, float], findings: Findings
) -> dict[str, float]:
    """Middle of each range such as "14-16", where nobody said what it stands for."""
    ranges = {key: read_range(key, "," if "," in key else ".") for key in found if key not in known}
    middles = {key: (ends[0] + ends[1]) / 2 for key, ends in ranges.items() if ends}
    for key, middle in middles.items():
        text, cell = found[key]
        findings.guess(f"{shorten(text)!r} ({cell}) is a range and counts as its middle, {middle:g}.")
    return middles


def _wanted(found: Mapping[str, tuple[str, str]], known: Mapping[str, float]) -> dict[str, tuple[str, str]]:
    """Words whose numbers are not known; a dash is one of them only beside signs."""
    has_signs = any(key.startswith("+") for key in found)
    return {
        key: seen for key, seen in found.items() if key not in known and (has_signs or not no_value(seen[0]))
    }


def _are_mixed(grid: Grid, numbers: FloatArray, inside: BoolArray) -> bool:
    """Whether words stand among numbers that no family has, such as "high" in a column of 1 to 5."""
    words = inside & grid.filled & np.isnan(numbers) & ~grid.formulas
    numeric = inside & np.isfinite(numbers) & (numbers != 0)
    by_column = bool((words.any(axis=0) & numeric.any(axis=0)).any())
    by_row = bool((words.any(axis=1) & numeric.any(axis=1)).any())
    is_one_line = 1 in ((words | numeric).any(axis=0).sum(), (words | numeric).any(axis=1).sum())
    return (by_column or by_row) if is_one_line else (by_column and by_row)


def _odd_units(grid: Grid, inside: BoolArray) -> BoolArray:
    """Numbers with a unit or percent sign among plain ones of their column and of their row."""
    has_unit = np.asarray(inside & np.asarray(grid.units != "", dtype=bool), dtype=bool)
    bare = inside & np.isfinite(grid.numbers) & ~has_unit
    if not has_unit.any():
        return has_unit
    several = inside.any(axis=0).sum() > 1 and inside.any(axis=1).sum() > 1
    among = bare.any(axis=0)[None, :] & (bare.any(axis=1)[:, None] if several else True)
    return np.asarray(has_unit & among, dtype=bool)


def _asked(wanted: Mapping[str, tuple[str, str]], findings: Findings) -> dict[str, float]:
    """Ask what words stand for; of those that some family knows that number is the guess."""
    if not wanted:
        return {}
    numbers = {key: number for family in reversed([*FAMILIES.values()]) for key, number in family.items()}
    guesses = {key: numbers[key] for key in wanted if key in numbers}
    cells = [f"{shorten(text)!r} ({cell})" for text, cell in wanted.values()]
    more = ", …" if len(cells) > _MOST_WORDS else ""
    listed = ", ".join(cells[:_MOST_WORDS]) + more
    thing = "number does this word" if len(wanted) == 1 else "numbers do these words"
    taken = ", ".join(f"{wanted[key][0]} = {number:g}" for key, number in guesses.items())
    if len(guesses) < len(wanted):
        taken = f"{taken}; the others are missing scores" if taken else "missing scores"
    words = tuple(text for text, _ in wanted.values())
    findings.ask("words", words, f"Which {thing} stand for: {listed}?", taken)
    return guesses
