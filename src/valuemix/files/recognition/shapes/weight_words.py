"""Weights that are words, such as a priority of high or low: read by a family of words of their own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines
from valuemix.files.recognition.cells.times import are_times
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.findings import Findings
from valuemix.files.recognition.shapes.layout import named_roles
from valuemix.files.recognition.shapes.scored import scored
from valuemix.typing import FloatArray

__all__ = ["read_weights", "scored_lines", "with_notes", "with_priorities"]

_LONGEST_MARK = 15


def with_priorities(frame: Frame, given: Reading) -> Reading:
    """Priorities in words beside criteria are their weights; beside options they are what the owner concludes."""
    found = {*_priorities(frame), *_priorities(frame.turned())} - given.roles.keys()
    roles: dict[str, Role] = dict.fromkeys(found, "weight")
    return given.model_copy(update={"roles": {**roles, **given.roles}}) if found else given


def _priorities(side: Frame) -> Iterator[str]:
    """Names of columns of priorities in words, where the rows are criteria."""
    if is_named("criterion", side.rows.corner):
        rows = list(side.rows.places)
        for column in side.columns.places:
            name = side.columns.names[column]
            if is_named("priority", name) and _has_words(side, rows, [column]):
                yield name


def _has_words(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> bool:
    cells = np.ix_(rows, columns)
    return bool((frame.grid.filled[cells] & np.isnan(frame.grid.numbers[cells])).any())


def with_notes(frame: Frame, given: Reading) -> Reading:
    """Rows of texts that are no scores are notes: days, remarks, and those without a weight where others have one."""
    weights = [c for c, role in named_roles(frame.columns, given).items() if role == "weight"]
    columns = [c for c in scored_lines(frame.columns, given) if c not in weights]
    rows = [r for r in scored_lines(frame.rows, given) if frame.rows.names[r] not in given.roles]
    cells = np.ix_(rows, columns)
    texts = 2 * frame.grid.values[cells].sum(axis=1) <= frame.grid.filled[cells].sum(axis=1)
    noted = [r for r in itertools.compress(rows, texts.tolist()) if _is_note(frame, r, columns, weights)]
    found: dict[str, Role] = dict.fromkeys((frame.rows.names[r] for r in noted), "note")
    return given.model_copy(update={"roles": {**found, **given.roles}}) if found else given


def _is_note(frame: Frame, row: int, columns: Sequence[int], weights: Sequence[int]) -> bool:
    """Whether a row of texts holds remarks, or such as have no weight beside others that do."""
    texts = [*filter(None, frame.grid.texts[row, columns].tolist())]
    if not texts:
        return False
    return _are_remarks(texts) or (bool(weights) and not frame.grid.values[row, weights].any())


def _are_remarks(texts: Sequence[str]) -> bool:
    """Whether texts are days, or such that none stands twice and some are longer than a mark."""
    are_apart = len({*texts}) == len(texts) > 1 and max(map(len, texts)) > _LONGEST_MARK
    return are_times(texts) or are_apart


def read_weights(frame: Frame, values: FloatArray, given: Reading, findings: Findings) -> None:
    """Read weights in words by a family of their own, into the numbers of the grid."""
    for side, numbers in ((frame, values), (frame.turned(), values.T)):
        weights = [r for r, role in named_roles(side.rows, given).items() if role == "weight"]
        columns = scored_lines(side.columns, given)
        for row in weights:
            if _has_words(side, [row], columns):
                numbers[row] = scored(side.grid, [row], columns, given.words, findings)[0][row]


def scored_lines(lines: Lines, given: Reading) -> list[int]:
    """Lines that hold scores: those that are not named as something beside them."""
    beside = named_roles(lines, given)
    return [line for line in lines.places if line not in beside]
