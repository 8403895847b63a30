"""Weights that are words, such as a priority of high or low: read by a family of words of their own."""

from __future__ import annotations

from collections.abc import Iterator

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.findings import Findings
from valuemix.files.recognition.shapes.layout import named_roles
from valuemix.files.recognition.shapes.scored import scored
from valuemix.typing import FloatArray

__all__ = ["read_weights", "scored_lines", "with_priorities"]


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
            if is_named("priority", name) and side.grid.words[rows, column].any():
                yield name


def read_weights(frame: Frame, values: FloatArray, given: Reading, findings: Findings) -> None:
    """Read weights in words by a family of their own, into the numbers of the grid."""
    for side, numbers in ((frame, values), (frame.turned(), values.T)):
        weights = [r for r, role in named_roles(side.rows, given).items() if role == "weight"]
        columns = scored_lines(side.columns, given)
        for row in weights:
            if side.grid.words[row, columns].any():
                numbers[row] = scored(side.grid, [row], columns, given.words, findings)[0][row]


def scored_lines(lines: Lines, given: Reading) -> list[int]:
    """Lines that hold scores: those that are not named as something beside them."""
    beside = named_roles(lines, given)
    return [line for line in lines.places if line not in beside]
