"""The rows and columns of a block: their names, and what stands beside each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from valuemix.files.recognition.cells.grid import Grid
from valuemix.files.recognition.cells.words import are_directions, is_named, lean

__all__ = ["Lines", "bracketed", "column_lines", "row_lines"]

_BARE = ("", "in", "en", "as")
_SHARE = re.compile(r"(.*\S)\s*[(\[（]\s*(\d{1,3}(?:[.,]\d+)?)\s*[%％]\s*[)\]）]")


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
    weights : mapping of int to float
        Shares that stand in the names, such as ``"Price (20%)"``, where they add up to 100.
    corner : str
        What the names are headed by.
    listed : bool
        Whether the weights stand in a list elsewhere, and not in the names.
    """

    places: tuple[int, ...]
    names: Mapping[int, str]
    groups: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[int, str] = field(default_factory=dict)
    directions: Mapping[int, str] = field(default_factory=dict)
    corner: str = ""
    weights: Mapping[int, float] = field(default_factory=dict)
    listed: bool = False

    @property
    def come_again(self) -> bool:
        """Whether few names stand in many lines, as traits of people do; options stand once each."""
        names = [self.names[line] for line in self.places]
        return 2 * len({*names}) <= len(names)


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
    left = [c for c in texts if c != label]
    names = {r: _label_of(grid, r, label, left, header) for r in body}
    headed = alone and (alone[0] == header + 1 or len(alone) > 1)
    groups = _groups_beside(grid, body, header, label, left)
    if not groups and headed:
        groups = _groups_above(grid, body, label, alone)
    units = _said(grid, body, [c for c in left if is_named("unit", grid.texts[header, c])])
    directions = _said(grid, body, [c for c in left if _tells_directions(grid, body, header, c)])
    corner = grid.texts[header, label] if label is not None else ""
    names, weights = _without_shares(_named(names, grid.rows, "row"))
    return Lines(tuple(body), names, groups, units, directions, corner, weights)


def _label_of(grid: Grid, row: int, label: int | None, left: Sequence[int], header: int) -> str:
    """Name of a row; where it has none, another text, such as "Weight" under "No.", or in a cell merged with that."""
    beside = left if label is None else [label, *left, *range(label)]
    name = next((grid.texts[row, c] for c in beside if grid.texts[row, c]), "")
    return name or _bare_weights(grid, row, header)


def _bare_weights(grid: Grid, row: int, header: int) -> str:
    """Numbers without a name above the header that add up to 1 or 100 are weights."""
    total = float(np.nansum(grid.numbers[row]))
    is_whole = any(abs(total - whole) <= 1e-3 * whole for whole in (1.0, 100.0))
    return "Weight" if row < header and is_whole else ""


def _groups_beside(
    grid: Grid, body: Sequence[int], header: int, label: int | None, left: Sequence[int]
) -> dict[int, str]:
    """Groups in a column of texts that is headed so, or stands before the names; the last such column counts."""
    own = [r for r in body if label is None or not _is_beside(grid.texts[r, label])]
    for column in reversed(left):
        cells = dict(zip(body, _filled_down(grid.texts[body, column].tolist()), strict=True))
        few = 1 < len({cells[r] for r in own} - {""}) < len(own)
        if few and _names_groups(grid.texts[header, column], is_before=label is not None and column < label):
            return {r: text for r, text in cells.items() if text}
    return {}


def _names_groups(head: str, *, is_before: bool) -> bool:
    """Whether a column of texts is one of groups: called so, or before the names and not called an index."""
    return is_named("group", head) or (is_before and not is_named("index", head))


def _is_beside(name: str) -> bool:
    """Whether a line is called as totals or ranks are, which stand in no group."""
    return any(is_named(part, name) for part in ("total", "sum", "rank"))


def _groups_above(grid: Grid, body: Sequence[int], label: int | None, alone: Sequence[int]) -> dict[int, str]:
    """Groups by the rows that hold a name alone and stand above others; none where there is one."""
    groups = {
        row: str(grid.texts[max(above), label]) for row in body if (above := [r for r in alone if r < row])
    }
    return groups if len({*groups.values()}) > 1 else {}


def _tells_directions(grid: Grid, body: Sequence[int], header: int, column: int) -> bool:
    """Whether a column tells directions, by its head or by all that stands in it."""
    cells = [*filter(None, grid.texts[body, column].tolist())]
    return is_named("direction", grid.texts[header, column]) or (len(cells) > 1 and are_directions(cells))


def _said(grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> dict[int, str]:
    """What columns say of rows, the last where several do."""
    return {r: grid.texts[r, c] for c in columns for r in rows if grid.texts[r, c]}


def column_lines(
    grid: Grid, columns: Sequence[int], header: int, upper: Sequence[int], asides: Mapping[int, str]
) -> Lines:
    """Names of the columns with scores, and what stands above and below them: groups, units, directions."""
    rows = (header, *upper)
    names = {c: _head([grid.texts[r, c] for r in rows if grid.texts[r, c]]) for c in columns}
    turned = grid.turned()
    units, directions = (
        _said(turned, columns, [r for r, what in asides.items() if what == part])
        for part in ("unit", "direction")
    )
    corner = next((grid.texts[r, 0] for r in upper if grid.texts[r, 0]), "")
    groups = _groups_over(grid, columns, header, upper)
    names, weights = _without_shares(_named(names, grid.columns, "column"))
    return Lines(tuple(columns), names, groups, units, directions, corner, weights)


def _head(texts: Sequence[str]) -> str:
    """Name of a column by what stands over it, the lowest first: "in %" below "Weight" only says in what."""
    first, *above = texts or [""]
    return above[0] if above and lean(first) in _BARE else first


def _without_shares(names: dict[int, str]) -> tuple[dict[int, str], dict[int, float]]:
    """Names without the shares in them, and these; as they stand where the shares do not add up to 100."""
    found = {line: _SHARE.fullmatch(name) for line, name in names.items()}
    shares = {line: float(share[2].replace(",", ".")) for line, share in found.items() if share}
    if len(shares) < 2 or abs(sum(shares.values()) - 100) > 1:
        return names, {}
    return {line: share[1] if (share := found[line]) else name for line, name in names.items()}, shares


def _groups_over(grid: Grid, columns: Sequence[int], header: int, upper: Sequence[int]) -> dict[int, str]:
    """Groups in the lowest row above the header that names any."""
    names = {c: grid.texts[header, c] for c in columns}
    for row in upper:
        names = {c: names[c] or grid.texts[row, c] for c in columns}
        spread = [*_filled_down(grid.texts[row].tolist())]
        groups = {c: spread[c] for c in columns if spread[c] and spread[c] != names[c]}
        if groups:
            return groups
    return {}


def _named(names: Mapping[int, str], places: Sequence[str], thing: str) -> dict[int, str]:
    return {line: name.strip(" :") or f"{thing} {places[line]}" for line, name in names.items()}


@lru_cache(20_000)
def bracketed(name: str) -> str:
    """Unit that a name has in brackets, such as ``EUR``; blank where it is a scale or no unit.

    Examples
    --------
    >>> bracketed("Rent (EUR)"), bracketed("Light (1-5)"), bracketed("Speed")
    ('EUR', '', '')
    """
    found = re.search(r"[(\[]([^()\[\]]{1,12})[)\]]\s*$|(\bdB\(A\))$", name)
    unit = (found[1] or found[2]).strip() if found else ""
    return "" if re.search(r"\d", unit.replace("m2", "").replace("m3", "")) else unit
