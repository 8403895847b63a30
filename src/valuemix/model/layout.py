"""What lies where in a scenario: the same names in the same order, and the place of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from immutabledict import immutabledict

from valuemix.errors import UnknownName
from valuemix.model.names import name_key, readable_id
from valuemix.model.parts import DEFAULT_DISCIPLINES, Discipline
from valuemix.model.sheets import RESERVED_IDS
from valuemix.typing import FloatArray

__all__ = ["in_order", "labelled", "locked", "place_of"]


def in_order(values: Mapping[str, Any], ids: Sequence[str], *, fill: bool = False) -> Mapping[str, Any]:
    """Mapping with the known keys first, in their order; the absent ones as None where asked for."""
    ordered = {name: values.get(name) for name in ids if fill or name in values}
    return immutabledict({**ordered, **{name: v for name, v in values.items() if name not in ordered}})


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
