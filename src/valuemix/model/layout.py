"""How tables lie in a scenario: the same cells in the same order, as mappings and as arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from immutabledict import immutabledict
from numpy.typing import NDArray

from valuemix.errors import UnknownName
from valuemix.model.names import name_key, readable_id
from valuemix.model.parts import DEFAULT_DISCIPLINES, RESERVED_IDS, Discipline

__all__ = ["as_array", "as_table", "in_order", "labelled", "locked", "place_of", "table_in_order"]

FloatArray = NDArray[np.float64]


def in_order(values: Mapping[str, Any], ids: Sequence[str], *, fill: bool = False) -> Mapping[str, Any]:
    """Mapping with the known keys first, in their order; the absent ones as None where asked for."""
    ordered = {name: values.get(name) for name in ids if fill or name in values}
    return immutabledict({**ordered, **{name: v for name, v in values.items() if name not in ordered}})


def table_in_order(
    table: Mapping[str, Any], segments: Sequence[str], propositions: Sequence[str], ids: Sequence[str]
) -> Mapping[str, Any]:
    """Table with every known cell in order, None where it was absent, so that equal tables are equal.

    Unknown names follow, for the rules to find.
    """
    blank = immutabledict(dict.fromkeys(ids))

    def block(rows: Mapping[str, Any]) -> Mapping[str, Any]:
        named = {p: in_order(rows.get(p, blank), ids, fill=True) for p in propositions}
        return immutabledict({**named, **{p: r for p, r in rows.items() if p not in named}})

    named = {s: block(table.get(s, {})) for s in segments}
    return immutabledict({**named, **{s: b for s, b in table.items() if s not in named}})


def as_array(table: Mapping[str, Any] | None, shape: tuple[int, int, int]) -> FloatArray:
    """Table as a read-only array, NaN where a cell is None; all NaN where there is no table."""
    if table is None:
        return locked(np.full(shape, np.nan))
    cells = [[[*row.values()] for row in block.values()] for block in table.values()]
    return locked(np.array(cells, dtype=np.float64).reshape(shape))


def as_table(
    array: FloatArray, segments: Sequence[str], propositions: Sequence[str], ids: Sequence[str]
) -> dict[str, dict[str, dict[str, float | None]]]:
    """Array of shape (segments, propositions, ids) as nested mappings, None where it is NaN."""
    return {
        segment: {
            proposition: {name: None if np.isnan(c) else float(c) for name, c in zip(ids, row, strict=True)}
            for proposition, row in zip(propositions, block, strict=True)
        }
        for segment, block in zip(segments, array, strict=True)
    }


def locked(array: FloatArray) -> FloatArray:
    """The array itself, read-only from now on."""
    array.flags.writeable = False
    return array


def place_of(kind: str, name: str, names: Sequence[str]) -> int:
    """Place of a name in a list; capitals and blanks around do not matter.

    Raises
    ------
    UnknownName
        Where there is none of this name.
    """
    if name in names:
        return names.index(name)
    keys = [name_key(other) for other in names]
    if name_key(name) in keys:
        return keys.index(name_key(name))
    raise UnknownName(kind, name, names)


def labelled(labels: Sequence[str] | None, count: int) -> tuple[Discipline, ...]:
    """Disciplines with these labels and ids made of them; the usual ones where there are no labels."""
    if labels is None:
        if count == len(DEFAULT_DISCIPLINES):
            return DEFAULT_DISCIPLINES
        labels = [f"Discipline {i + 1}" for i in range(count)]
    found: dict[str, str] = {}
    for place, label in enumerate(labels, start=1):
        own = readable_id(label)[:40]
        usable = own[:1].isalpha() and own not in RESERVED_IDS and own.replace("_", "") not in found
        name = own if usable else f"discipline_{place}"
        while name.replace("_", "") in found:
            name += "x"
        found[name.replace("_", "")] = name
    return tuple(Discipline(id=i, name=label) for i, label in zip(found.values(), labels, strict=True))
