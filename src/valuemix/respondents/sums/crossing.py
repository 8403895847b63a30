"""Clusters, and people with several rows: products of the sums of each one's rows, of which none is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import Any

import numpy as np

from valuemix.typing import FloatArray, IntArray

__all__ = ["ANY", "Crossed", "Key", "by_unit"]

Key = tuple[int, int, int]
"""Stratum, segment and offer."""

ANY = -2
"""In place of an offer: any of them."""

Parts = dict[Key, tuple[IntArray, FloatArray]]
"""By key the codes of units and the sums of their rows' vectors, shape (U, 2K)."""


def by_unit(unit: IntArray, vectors: FloatArray) -> tuple[IntArray, FloatArray]:
    """Codes of units in order, and the sums of the vectors of each."""
    order = np.argsort(unit, kind="stable")
    units, starts = np.unique(unit[order], return_index=True)
    return units, np.add.reduceat(vectors[order], starts, axis=0)


@dataclass
class Crossed:
    """Products of units that come one after the other, so that each is complete before the next begins.

    Attributes
    ----------
    between : bool
        Whether products between segments are wanted.
    products : dict of (Key, Key) to ndarray, shape (2K, 2K)
        Sums over the units of a stratum of the outer products of their vectors under two keys, the lesser key first.
    answered : dict of Key to ndarray of int, shape (K,)
        Units with an answer; under the offer `ANY` those with one about any.
    """

    between: bool = True
    products: dict[tuple[Key, Key], FloatArray] = field(default_factory=dict)
    answered: dict[Key, IntArray] = field(default_factory=dict)
    _open: Parts = field(default_factory=dict)

    def add(self, parts: Parts, last: int) -> None:
        """Add the units of a batch; the last of them stays open, as its rows may go on in the next."""
        for key, (codes, sums) in self._open.items():
            if key in parts:
                codes, sums = (  # noqa: PLW2901 - with what came since
                    np.concatenate(pair) for pair in zip((codes, sums), parts[key], strict=True)
                )
            parts[key] = by_unit(codes, sums)
        ends = {key: codes == last for key, (codes, _) in parts.items()}
        self._open = {key: (parts[key][0][end], parts[key][1][end]) for key, end in ends.items() if end.any()}
        self._take({key: (parts[key][0][~end], parts[key][1][~end]) for key, end in ends.items()})

    def close(self) -> None:
        """Add the last unit too."""
        self._take(self._open)
        self._open = {}

    def merge(self, other: Crossed) -> None:
        """Add what the units of another part of the table come to."""
        for pair, product in other.products.items():
            _put(self.products, pair, product)
        for key, answered in other.answered.items():
            _put(self.answered, key, answered)

    def _take(self, parts: Parts) -> None:
        """Add complete units."""
        strata: dict[int, list[Key]] = {}
        for key in sorted(key for key, (codes, _) in parts.items() if len(codes)):
            strata.setdefault(key[0], []).append(key)
        for keys in strata.values():
            for one, other in combinations_with_replacement(keys, 2):
                if self.between or one[1] == other[1]:
                    self._cross((one, other), parts)
            for g in {key[1] for key in keys}:
                self._count([key for key in keys if key[1] == g], parts)

    def _cross(self, pair: tuple[Key, Key], parts: Parts) -> None:
        (codes, vectors), (others, its) = (parts[key] for key in pair)
        if pair[0] != pair[1]:
            _, at, to = np.intersect1d(codes, others, assume_unique=True, return_indices=True)
            vectors, its = vectors[at], its[to]
        if len(vectors):
            _put(self.products, pair, vectors.T @ its)

    def _count(self, keys: list[Key], parts: Parts) -> None:
        """Units of a segment with an answer, by offer and about any."""
        width = parts[keys[0]][1].shape[1] // 2
        given = [(parts[key][0], (parts[key][1][:, width:] > 0).astype(float)) for key in keys]
        for key, (_, own) in zip(keys, given, strict=True):
            _put(self.answered, key, np.count_nonzero(own, axis=0))
        _, every = by_unit(*(np.concatenate(each) for each in zip(*given, strict=True)))
        _put(self.answered, (*keys[0][:2], ANY), np.count_nonzero(every, axis=0))

    def arrays(self) -> dict[str, FloatArray | IntArray]:
        """As arrays by name, to be sent from where a part of the table is."""
        pairs = np.array([*self.products], dtype=np.int64).reshape(-1, 6)
        return {
            "between": np.array(self.between),
            "pairs": pairs,
            "products": np.array([*self.products.values()]),
            "answered_keys": np.array([*self.answered], dtype=np.int64).reshape(-1, 3),
            "answered": np.array([*self.answered.values()], dtype=np.int64),
        }

    @classmethod
    def from_arrays(cls, found: Mapping[str, Any]) -> Crossed:
        """As they were sent; see `arrays`."""
        pairs = [(tuple(pair[:3]), tuple(pair[3:])) for pair in found["pairs"].tolist()]
        keys = [tuple(key) for key in found["answered_keys"].tolist()]
        return cls(
            bool(found["between"]),
            dict(zip(pairs, found["products"], strict=True)),
            dict(zip(keys, found["answered"], strict=True)),
        )


def _put(sums: dict[Any, Any], key: Any, more: Any) -> None:
    """Add to what is there."""
    if key in sums:
        sums[key] += more
    else:
        sums[key] = more
