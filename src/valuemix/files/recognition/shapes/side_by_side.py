"""Blocks that stand side by side in one sheet, below the names of segments or of options."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.shapes.findings import Findings
from valuemix.files.recognition.shapes.matrix import matrix_blocks
from valuemix.files.recognition.shapes.pairs import are_pairs, inner_names

__all__ = ["split_by_groups"]


def split_by_groups(frame: Frame, findings: Findings) -> list[Frame]:
    """Blocks that stand side by side: groups of columns, or of rows, whose names repeat."""
    for side in (frame, frame.turned()):
        groups = [*dict.fromkeys(side.columns.groups.values())]
        if len(groups) > 1 and _repeat(side.columns):
            parts = _parts(side, groups, findings)
            return [part.turned() for part in parts] if side.is_turned else parts
    return [_with_paired_names(frame)]


def _parts(side: Frame, groups: Sequence[str], findings: Findings) -> list[Frame]:
    """A block of pairs, a block for each rater below the options, the one that is totalled, or one for each group."""
    if are_pairs(side):
        return [replace(side, columns=_by_group(side.columns, groups))]
    inner = [_of_inner(side, name) for name in inner_names(side)]
    return inner or _totalled(side, findings) or [_of_group(side, group) for group in groups]


def _totalled(side: Frame, findings: Findings) -> list[Frame]:
    """The columns of the one name whose totals come out, such as points beside raw values; none of several."""
    names = [*dict.fromkeys(side.columns.names[line] for line in side.columns.groups)]
    parts = {name: _of_inner(side, name) for name in names}
    proved = [name for name, part in parts.items() if _is_proved(part)]
    if len(proved) != 1:
        return []
    for name in names:
        if name not in proved:
            findings.leave_out(name, f"your totals come out by {shorten(proved[0])!r}")
    return [parts[name] for name in proved]


def _is_proved(part: Frame) -> bool:
    return any(block.proved for block in matrix_blocks(part, Reading(), Findings()))


def _repeat(lines: Lines) -> bool:
    """Whether every group has the same names, two or more, and they name lines of a block."""
    names: dict[str, list[str]] = {}
    for line, group in lines.groups.items():
        names.setdefault(group, []).append(lines.names[line])
    first, *others = (sorted(group) for group in names.values())
    return len(first) > 1 and all(other == first for other in others) and not _is_paired(first)


def _is_paired(names: list[str]) -> bool:
    """Whether names say score and weighted score of one option, rather than naming lines of a block."""
    scores = [name for name in names if is_named("score", name) or is_named("derived", name)]
    return bool(scores) and all(name in scores or is_named("note", name) for name in names)


def _of_group(frame: Frame, group: str) -> Frame:
    lines = frame.columns
    kept = tuple(line for line in lines.places if lines.groups.get(line, group) == group)
    return replace(
        frame, columns=replace(lines, places=kept, groups={}), title=group, notes=(*frame.notes, group)
    )


def _of_inner(frame: Frame, name: str) -> Frame:
    """The columns that have one name in every group, each called by its group, and the rows that they have."""
    lines = frame.columns
    inside = [line for line in lines.groups if lines.names[line] == name]
    rows = tuple(row for row in frame.rows.places if frame.grid.values[row, inside].any())
    kept = tuple(line for line in lines.places if line not in lines.groups or lines.names[line] == name)
    names = {**lines.names, **{line: lines.groups[line] for line in kept if line in lines.groups}}
    return replace(
        frame,
        rows=replace(frame.rows, places=rows),
        columns=replace(lines, places=kept, names=names, groups={}),
        title=name,
        notes=(*frame.notes, name),
    )


def _with_paired_names(frame: Frame) -> Frame:
    """Columns that are called "Score" and "Weighted" take the name of the group above them."""
    return replace(frame, rows=_renamed(frame.rows), columns=_renamed(frame.columns))


def _renamed(lines: Lines) -> Lines:
    names, taken = dict(lines.names), {*lines.names.values()}
    for group in dict.fromkeys(lines.groups.values()):
        inside = [line for line, of in lines.groups.items() if of == group]
        if not _is_paired([lines.names[line] for line in inside]):
            continue
        for line in inside:
            names[line] = group if group not in taken else f"{group} {lines.names[line]}"
            taken.add(names[line])
    return lines if names == lines.names else replace(lines, names=names, groups={})


def _by_group(lines: Lines, groups: Sequence[str]) -> Lines:
    """Lines that take the name of their group, the second of each with its own name behind."""
    names = dict(lines.names)
    for group in groups:
        first, *others = sorted(line for line, of in lines.groups.items() if of == group)
        names |= {first: group, **{line: f"{group} {lines.names[line]}" for line in others}}
    return replace(lines, names=names, groups={})
