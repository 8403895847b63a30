"""Numbers with labels, such as pandas holds: put in order by name, never by place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from valuemix.errors import EditError, UnknownName, shorten
from valuemix.model.names import name_key, readable_id
from valuemix.typing import FloatArray

__all__ = ["Axis", "aligned", "has_labels", "labels_of", "numbers", "table_by_name", "table_labels"]

_LEVELS = ("segment", "proposition", "discipline")


@dataclass(frozen=True)
class Axis:
    """One axis of an array and the names along it.

    Parameters
    ----------
    kind : str
        ``"segment"``, ``"proposition"`` or ``"discipline"``.
    names : sequence of str
        Names in order.
    ids : sequence of str
        Other spellings in the same order: ids of disciplines.
    """

    kind: str
    names: Sequence[str]
    ids: Sequence[str] = ()

    def places_of(self, labels: Iterable[object]) -> list[int]:
        """Place on the axis of each label; capitals and blanks around do not matter.

        Labels that are all ids are ids, though another discipline may have one of them for its name.

        Raises
        ------
        UnknownName
            Where a label is no name of the axis.
        """
        places = {name_key(name): place for place, name in enumerate(self.names)}
        ids = {name: place for place, name in enumerate(self.ids)}
        given, found = [*map(str, labels)], []
        if ids.keys() >= set(given):
            return [ids[label] for label in given]
        for label in given:
            place = places.get(name_key(label), ids.get(readable_id(label)))
            if place is None:
                raise UnknownName(self.kind, label, self.names)
            found.append(place)
        return found

    def sources(self, what: str, labels: Iterable[object]) -> list[int]:
        """Place among the labels of each name of the axis.

        Raises
        ------
        UnknownName, EditError
            Where a label is unknown, stands twice, or is missing.
        """
        places = self.places_of(labels)
        source: dict[int, int] = {}
        for at, place in enumerate(places):
            if source.setdefault(place, at) != at:
                raise EditError(
                    f"{what}: {self.kind} {shorten(self.names[place])!r} stands twice; keep one of them"
                )
        for place, name in enumerate(self.names):
            if place not in source:
                raise EditError(f"{what}: {self.kind} {shorten(name)!r} is missing; add it")
        return [source[place] for place in range(len(self.names))]


def has_labels(data: object) -> bool:
    """Whether this is a Series or a DataFrame of pandas, which need not be installed for anything else."""
    return hasattr(data, "reindex") and hasattr(data, "index")


def labels_of(index: Any) -> list[str] | None:
    """Labels of an index as names; None where it only counts from 0 and so names nothing."""
    if type(index).__name__ == "RangeIndex" and index.name is None and index.start == 0 and index.step == 1:
        return None
    return [*map(str, index)]


def numbers(what: str, data: object) -> FloatArray:
    """Array of plain numbers, NaN where one is missing.

    Raises
    ------
    EditError
        Where there is anything else in it, or its rows differ in length.

    Examples
    --------
    >>> numbers("scores", [[1, None]])
    array([[ 1., nan]])
    >>> numbers("scores", [[1, "high"]])
    Traceback (most recent call last):
    valuemix.errors.EditError: scores must be numbers, got 'high'
    """
    try:
        raw = np.asarray(data)
    except ValueError:
        raise EditError(f"{what} must be a table of numbers; its rows differ in length") from None
    if raw.dtype.kind in "fiu":
        return raw.astype(np.float64)
    cells = np.array(data, dtype=object)
    for place, cell in np.ndenumerate(cells):
        if cell is None or type(cell).__name__ == "NAType":
            cells[place] = np.nan
        elif isinstance(cell, bool | np.bool_) or not isinstance(cell, int | float | np.number):
            raise EditError(f"{what} must be numbers, got {shorten(repr(cell))}")
    return cells.astype(np.float64)


def aligned(what: str, data: object, *axes: Axis) -> FloatArray:
    """Numbers along some axes: in the order of the names where they have labels, else as they stand.

    Parameters
    ----------
    what : str
        What they are, for messages.
    data : array_like, Series or DataFrame
        With one dimension an axis, or fewer: then they are the same along the first ones. A
        DataFrame may have its rows named by a column ``segment``.
    *axes : Axis
        From the first to the last.

    Raises
    ------
    UnknownName, EditError
        Where labels or the shape do not fit.

    Examples
    --------
    >>> import pandas as pd
    >>> speed_first = Axis("discipline", ["Speed", "Care"], ["speed", "care"])
    >>> aligned("points", pd.Series({"care": 30, "speed": 70}), speed_first)
    array([70., 30.])
    """
    if not has_labels(data):
        return _broadcast(what, numbers(what, data), axes)
    frame: Any = data
    if frame.ndim == 2 and axes[0].kind in frame.columns:
        frame = frame.set_index(axes[0].kind)
    array = numbers(what, frame)
    along = axes[-array.ndim :]
    for dimension, (axis, index) in enumerate(zip(along, frame.axes, strict=False)):
        labels = labels_of(index)
        if labels is not None:
            array = array.take(axis.sources(what, labels), axis=dimension)
    return _broadcast(what, array, axes)


def _broadcast(what: str, array: FloatArray, axes: Sequence[Axis]) -> FloatArray:
    shape = tuple(len(axis.names) for axis in axes)
    if array.ndim == 0 or array.ndim > len(shape) or array.shape != shape[-array.ndim :]:
        kinds = ", ".join(f"{len(axis.names)} {axis.kind}s" for axis in axes)
        raise EditError(f"{what} must have the shape {shape} ({kinds}), got {array.shape}")
    return np.broadcast_to(array, shape)


def table_labels(frame: Any) -> tuple[list[str] | None, list[str] | None, list[str] | None, tuple[int, int]]:
    """Segments, propositions and disciplines that a score table names, None for none; its rows and columns."""
    rows, tidy = _levelled(frame)
    named = [_once(rows[level]) if level in rows.columns else None for level in _LEVELS]
    columns = rows.columns.drop([level for level in _LEVELS if level in rows.columns])
    return named[0], named[1], named[2] if tidy else labels_of(columns), (len(rows), len(columns))


def table_by_name(what: str, frame: Any, segments: Axis, propositions: Axis, disciplines: Axis) -> FloatArray:
    """Score table from a frame, shape (G, P, D); NaN where it says nothing.

    Parameters
    ----------
    what : str
        What it is, for messages.
    frame : DataFrame
        Wide: a row for each segment and proposition, named by columns or by the index, and a column
        for each discipline. Tidy: columns ``segment``, ``proposition``, ``discipline`` and one for
        the number. Without segments it holds for every segment.
    segments, propositions, disciplines : Axis
        Names in order.

    Raises
    ------
    UnknownName, EditError
        Where a label is unknown, or a cell stands twice.
    """
    rows, tidy = _levelled(frame)
    axes = (segments, propositions, disciplines)
    named = [name for name in _LEVELS if name in rows.columns]
    columns = rows.columns.drop(named)
    if tidy and len(columns) != 1:
        raise EditError(
            f"{what}: a tidy table has one column of numbers beside its names, got {len(columns)}"
        )
    cells = numbers(what, rows[columns])
    at: list[Any] = [
        np.array(axis.places_of(rows[axis.kind]))[:, None]
        if axis.kind in named
        else _unnamed(axis, rows, what)
        for axis in axes[:2]
    ]
    if tidy:
        at.append(np.array(disciplines.places_of(rows["discipline"]))[:, None])
    else:
        labels = labels_of(columns)
        at.append(np.arange(len(columns)) if labels is None else np.array(disciplines.places_of(labels)))
        if labels is None and len(columns) != len(disciplines.names):
            raise EditError(f"{what} has {len(columns)} columns for {len(disciplines.names)} disciplines")
    return _filled(what, at, cells, axes)


def _filled(what: str, at: list[Any], cells: FloatArray, axes: Sequence[Axis]) -> FloatArray:
    """Array with each cell at its place; a first place of None stands for every segment."""
    own = [slice(None) if places is None else places for places in at]
    shape = tuple(len(axis.names) for axis in axes)
    one = 0 if at[0] is None else at[0]
    counts = np.zeros(shape, dtype=np.int64)
    np.add.at(counts, tuple(np.broadcast_arrays(one, at[1], at[2], cells)[:3]), 1)
    if (counts > 1).any():
        names = (axis.names[i] for axis, i in zip(axes, np.argwhere(counts > 1)[0], strict=True))
        raise EditError(f"{what}: {', '.join(map(shorten, names))} stands twice; keep one of them")
    array = np.full(shape, np.nan)
    array[tuple(own)] = cells
    return array


def _unnamed(axis: Axis, rows: Any, what: str) -> Any:
    """Places where the rows name no segment, and so hold for all of them; or no proposition, and so count."""
    if axis.kind == "segment":
        return None
    if len(rows) != len(axis.names):
        raise EditError(
            f"{what} has {len(rows)} rows for {len(axis.names)} propositions; name them in the index"
        )
    return np.arange(len(rows))[:, None]


def _levelled(frame: Any) -> tuple[Any, bool]:
    """Frame with its names as columns, and whether it is tidy; one index without a name holds propositions."""
    given: list[Hashable] = [*frame.index.names]
    if any(name in _LEVELS for name in given):
        frame = frame.reset_index()
    elif frame.index.nlevels == 2:
        frame = frame.rename_axis(index=_LEVELS[:2]).reset_index()
    elif "proposition" not in frame.columns and labels_of(frame.index) is not None:
        frame = frame.rename_axis(index="proposition").reset_index()
    return frame, "discipline" in frame.columns


def _once(labels: Iterable[object]) -> list[str]:
    return [*dict.fromkeys(map(str, labels))]
