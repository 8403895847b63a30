"""The rows and columns of a block: their names, and what stands beside each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from valuemix.files.recognition.cells.grid import Grid
from valuemix.files.recognition.cells.words import is_named

__all__ = ["Lines", "bracketed", "column_lines", "row_lines"]


@dataclass(frozen=True)
class Lines:
    """The rows of a frame, or its columns: everything but the cells.

    Parameters
    ----------
    places : tuple of int
        Positions in the grid of the lines that hold values.
    names : mapping of int to str
        What each is called; a line without a name is called by its place.
    groups, units, directions : mapping of int to str
        What stands for each beside its name, where anything does.
    corner : str
        What the names are headed by.
    """

    places: tuple[int, ...]
    names: Mapping[int, str]
    groups: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    directions: Mapping[int, str] = field(default_factory=dict)
    corner: str = ""


def _filled_down(texts: Sequence[str]) -> Iterator[str]:
    last = ""
    for text in texts:
        last = text or last
        yield last


def row_lines(
    grid: Grid,
    body: Sequence[int],
    header: int,
    label: int | None,
    texts: Sequence[int],
    alone: Sequence[int],
) -> Lines:
    """Names of the rows with scores, and their groups: in a column of texts, or in rows that hold a name alone."""
    names = {r: grid.texts[r, label] if label is not None else "" for r in body}
    left = [c for c in texts if c != label]
    groups = {}
    for column in left:
        head = grid.texts[header, column]
        cells = dict(zip(body, _filled_down(grid.texts[body, column].tolist()), strict=True))
        distinct = {*cells.values()} - {""}
        if (is_named("group", head) or (label is not None and column < label)) and 1 < len(distinct) < len(
            body
        ):
            groups = {r: text for r, text in cells.items() if text}
    if not groups and alone and (alone[0] == header + 1 or len(alone) > 1):
        heads = [r for r in alone if any(b > r for b in body)]
        groups = {
            b: str(grid.texts[max(r for r in heads if r < b), label])
            for b in body
            if any(r < b for r in heads)
        }
        groups = groups if len({*groups.values()}) > 1 else {}
    said = {
        part: {
            r: grid.texts[r, c]
            for c in left
            if is_named(part, grid.texts[header, c])
            for r in body
            if grid.texts[r, c]
        }
        for part in ("unit", "direction")
    }
    corner = grid.texts[header, label] if label is not None else ""
    # A row whose name stands in another column of texts, such as "Weight" under "No.".
    for r in body:
        if not names[r]:
            names[r] = next((grid.texts[r, c] for c in left if grid.texts[r, c]), "")
    return Lines(
        tuple(body), _named(names, grid.rows, "row"), groups, said["unit"], said["direction"], corner
    )


def column_lines(
    grid: Grid, columns: Sequence[int], header: int, upper: Sequence[int], asides: Mapping[int, str]
) -> Lines:
    """Names of the columns with scores, and what stands above and below them: groups, units, directions."""
    names = {c: grid.texts[header, c] for c in columns}
    groups: dict[int, str] = {}
    for row in upper:
        for c in columns:
            names[c] = names[c] or grid.texts[row, c]
        if not groups:
            spread = dict(enumerate(_filled_down(grid.texts[row].tolist())))
            groups = {c: spread[c] for c in columns if spread[c] and spread[c] != names[c]}
    said = {
        part: {
            c: grid.texts[r, c]
            for r, what in asides.items()
            if what == part
            for c in columns
            if grid.texts[r, c]
        }
        for part in ("unit", "direction")
    }
    corner = next((grid.texts[r, 0] for r in upper if grid.texts[r, 0]), "")
    return Lines(
        tuple(columns), _named(names, grid.columns, "column"), groups, said["unit"], said["direction"], corner
    )


def _named(names: Mapping[int, str], places: Sequence[str], thing: str) -> dict[int, str]:
    return {line: name.strip(" :") or f"{thing} {places[line]}" for line, name in names.items()}


def bracketed(name: str) -> str:
    """Unit that a name has in brackets, such as ``EUR``; blank where it is a scale or no unit.

    Examples
    --------
    >>> bracketed("Rent (EUR)"), bracketed("Light (1-5)"), bracketed("Speed")
    ('EUR', '', '')
    """
    found = re.search(r"[(\[]([^()\[\]]{1,12})[)\]]\s*$", name)
    return (
        ""
        if not found or re.search(r"\d", found[1].replace("m2", "").replace("m3", ""))
        else found[1].strip()
    )
