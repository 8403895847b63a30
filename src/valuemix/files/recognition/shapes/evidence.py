"""How likely a reading of a matrix is: the owner's totals outrank all that names tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines, bracketed
from valuemix.files.recognition.cells.words import Part, is_named, likes_less
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.totals import Check
from valuemix.typing import FloatArray

__all__ = ["Layout", "evidence_of"]


@dataclass(frozen=True)
class Layout:
    """One way to read a matrix; its criteria are the columns of its frame, which may be turned.

    Parameters
    ----------
    frame : Frame
    values : array, shape (R, C)
        Numbers of the whole grid.
    options, criteria : tuple of int
        Rows and columns.
    weight : int, optional
        Row of the weights.
    row_roles, column_roles : mapping of int to Role
        Of the other lines.
    checks : tuple of (int, Check)
        Column of totals, and what it was compared with.
    evidence : float
        More is likelier.
    with_technical : bool
        Whether totals of technical characteristics are compared: not where options have their own.
    """

    frame: Frame
    values: FloatArray
    options: tuple[int, ...]
    criteria: tuple[int, ...]
    weight: int | None
    row_roles: Mapping[int, Role]
    column_roles: Mapping[int, Role]
    checks: tuple[tuple[int, Check], ...] = ()
    evidence: float = 0.0
    unweighted: tuple[int, ...] = field(default=())
    inner: int | None = None
    unneeded: tuple[int, ...] = ()
    with_technical: bool = True

    @property
    def weights(self) -> FloatArray | None:
        """Weights of the criteria, shape (D,)."""
        return self.weights_of(self.criteria)

    def weights_of(self, criteria: Sequence[int]) -> FloatArray | None:
        """Weights of some columns, in their row or in their names; None where there are none."""
        if self.weight is not None:
            return self.values[self.weight, list(criteria)]
        shares = self.frame.columns.weights
        return np.array([shares.get(c, np.nan) for c in criteria]) if shares else None

    def with_directions(self, directions: Mapping[int, str]) -> Layout:
        """The same with more directions of columns."""
        columns = self.frame.columns
        columns = replace(columns, directions={**columns.directions, **directions})
        return replace(self, frame=replace(self.frame, columns=columns))

    @property
    def has_products(self) -> bool:
        """Whether weights times scores stand beside the scores, which proves the weights."""
        return "derived" in self.row_roles.values()

    @property
    def anchors(self) -> FloatArray | None:
        """Worst and best values of the criteria, shape (2, D), where two rows tell them."""
        rows = {role: row for row, role in self.row_roles.items() if role in ("worst", "best")}
        return self.values[np.ix_([rows["worst"], rows["best"]], self.criteria)] if len(rows) > 1 else None

    @property
    def proof(self) -> Check | None:
        """The check that proves most, if any does."""
        proofs = [check for column, check in self.checks if check.is_proof and column != self.inner]
        return max(proofs, key=lambda check: (check.factors is None, check.matches), default=None)


def evidence_of(layout: Layout, given: Reading) -> float:
    """How likely a reading is; totals that come out weigh more than all names together."""
    # One offer alone has nothing to be compared with: its reading needs weights that are called so.
    least = 1 if _has(layout.row_roles, "weight", layout.frame.rows, "weight") else 2
    if len(layout.criteria) < 2 or len(layout.options) < least:
        return -100.0
    given_side = 1.0 if given.columns_are is not None else 0.0
    return _named_evidence(layout) + _proved_evidence(layout) + given_side


def _proved_evidence(layout: Layout) -> float:
    proof = layout.proof
    if proof is None or (_is_guessed(layout) and not _needs_weights(layout, proof)):
        return 0.0
    each = 60.0 if proof.formula.startswith("weighted") else 45.0 if proof.factors else 25.0
    constant = len({*np.round(proof.expected[proof.right], 9).tolist()}) < 2
    return each * proof.matches / max(proof.count, 1) * (0.3 if constant or proof.matches < 2 else 1.0)


def _needs_weights(layout: Layout, proof: Check) -> bool:
    """Whether the totals take weights, and these are not all alike, so that a plain sum would do."""
    weights = layout.weights
    return weights is not None and "weighted" in proof.formula and float(np.ptp(weights)) > 0


def _is_guessed(layout: Layout) -> bool:
    """Whether the weights are a row that nothing calls so: totals that take no weights are no proof of it."""
    return layout.weight is not None and not is_named("weight", layout.frame.rows.names[layout.weight])


def _named_evidence(layout: Layout) -> float:
    rows, columns = layout.frame.rows, layout.frame.columns
    options, criteria = layout.options, layout.criteria
    if layout.weight is not None and _is_guessed(layout):
        options = (*options, layout.weight)  # What its name tells of the rows it tells all the same.
    found = 20.0 * _has(layout.row_roles, "weight", rows, "weight") - 25.0 * (
        "weight" in layout.column_roles.values()
    )
    found += 20.0 * bool(columns.weights) - 25.0 * bool(rows.weights)
    found += _beside_evidence(layout)
    found += 8.0 * (is_named("option", rows.corner) + is_named("criterion", columns.corner))
    found -= 8.0 * (is_named("criterion", rows.corner) + is_named("option", columns.corner))
    found += 6.0 * (_part(rows, options) - _part(columns, criteria))
    found += 6.0 * (_burdens(columns, criteria) - _burdens(rows, options))
    found += 5.0 * (_have_units(columns, criteria) - _have_units(rows, options))
    found += 6.0 * _differ(layout)
    return found - 4.0 * _is_guessed(layout)


def _beside_evidence(layout: Layout) -> float:
    """What the lines beside options and criteria tell: totals and ranks stand at the end of the options."""
    beside = {*layout.column_roles.values()}
    found = 6.0 * ("total" in beside) + 6.0 * ("rank" in beside)
    found -= 3.0 * (not {"total", "rank"}.isdisjoint(layout.row_roles.values()))
    found += 12.0 * ("technical" in layout.row_roles.values())
    return found + 40.0 * layout.has_products


def _have_units(lines: Lines, chosen: Sequence[int]) -> bool:
    return bool(lines.units) or any(bracketed(lines.names[line]) for line in chosen)


def _has(roles: Mapping[int, Role], role: Role, lines: Lines, part: Part) -> bool:
    return any(r == role and is_named(part, lines.names[line]) for line, r in roles.items())


def _part(lines: Lines, chosen: Sequence[int]) -> float:
    return sum(is_named("option", lines.names[line]) for line in chosen) / len(chosen)


def _burdens(lines: Lines, chosen: Sequence[int]) -> float:
    return min(1.0, 0.5 * sum(likes_less(lines.names[line]) for line in chosen))


def _differ(layout: Layout) -> float:
    """1 where columns are of different size and rows are not, -1 the other way round."""
    cells = np.abs(layout.values[np.ix_(layout.options, list(layout.criteria))])
    if not np.isfinite(cells).any():
        return 0.0
    spreads = []
    for axis in (0, 1):
        there = np.isfinite(cells).any(axis=axis)
        with np.errstate(over="ignore"):
            middles = np.nanmean(cells.compress(there, axis=1 - axis), axis=axis)
        middles = middles[middles > 0]
        spreads.append(float(middles.max() / middles.min()) if middles.size else 1.0)
    if spreads[0] > 8 * spreads[1]:
        return 1.0
    return -1.0 if spreads[1] > 8 * spreads[0] else 0.0
