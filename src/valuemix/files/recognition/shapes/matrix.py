"""A matrix becomes a block: the likeliest of its readings, with what it leaves out and what it cannot know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines, bracketed
from valuemix.files.recognition.cells.words import is_named, said_direction
from valuemix.files.recognition.reading import Mismatch, Reading, Role
from valuemix.files.recognition.seen import LEFT_OUT, Seen
from valuemix.files.recognition.shapes.checks import rows_with_totals
from valuemix.files.recognition.shapes.evidence import Layout
from valuemix.files.recognition.shapes.findings import Block, Findings
from valuemix.files.recognition.shapes.layout import layouts
from valuemix.files.recognition.shapes.scored import scored
from valuemix.files.recognition.shapes.segment_weights import segment_weights
from valuemix.files.recognition.shapes.totals import Check, decimals_of
from valuemix.files.recognition.shapes.weight_words import (
    read_weights,
    scored_lines,
    with_notes,
    with_priorities,
)
from valuemix.typing import FloatArray

__all__ = ["LISTED_WEIGHTS", "UNPROVED_TOTAL", "matrix_blocks"]

_MARGIN = 5.0
_TELLING = 2
_MOST_CELLS = 5
_COUNTED: tuple[Role, ...] = ("weight", "worst", "best")
_SCALE = re.compile(r"\d+ ?(-|–|to|bis|à|a) ?\d+")
LISTED_WEIGHTS = "The weights are those of the list of criteria."
"""What is said where a list beside a matrix gives the weights."""
UNPROVED_TOTAL = "{!r} is left out as a total, though the cells do not give it."
_WEIGHTS_IN = {
    "names": "The shares in the names of the criteria are their weights.",
    "list": LISTED_WEIGHTS,
}
_UNNEEDED = "your totals come out without it"
_WHY = {
    "total": "totals are computed anew",
    "rank": "ranks are computed anew",
    "index": "it numbers the lines",
    "note": "it is a note or a condition, and no score",
    "unit": "it tells units",
    "direction": "it tells directions",
    "derived": "it is weight times score",
    "technical": "of a house of quality either the offers that compete or the technical characteristics are "
    "compared: call one of these an option to compare them",
    "left out": "it has no weight, which the others have",
}


def matrix_blocks(frame: Frame, given: Reading, findings: Findings) -> list[Block]:
    """Block of a frame by the likeliest reading, or one a segment; none where no reading is one."""
    said, given = given, with_notes(frame, with_priorities(frame, given))
    rows, columns = scored_lines(frame.rows, given), scored_lines(frame.columns, given)
    values, has_words = scored(frame.grid, rows, columns, given.words, Findings())
    _clear_uncomputed(frame, values, (rows, columns))
    read_weights(frame, values, given, weights := Findings())
    found = layouts(frame, values, given)
    best = next(iter(found), None)
    if best is None or best.evidence <= -100:
        return []
    findings.take(weights)
    _tell_words(best, (rows, columns), given, findings)
    rival = next((other for other in found if other.frame.is_turned != best.frame.is_turned), None)
    if rival is not None and best.evidence - rival.evidence < _MARGIN:
        _ask_sides(best, findings)
    segments = segment_weights(best, given)
    best = segments.layout if segments else best
    _tell_roles(best, said, frame, findings)
    _tell_totals(best, findings)
    rows = rows_with_totals(best)
    best = _without_untotalled(best, given, findings)
    findings.seen.append(_seen(best, frame))
    block = _block(best, has_words=has_words)
    _fill_as_totalled(best, block, rows, findings)
    if segments is None:
        return [block]
    segments.tell(findings)
    return segments.blocks(block)


def _clear_uncomputed(frame: Frame, values: FloatArray, lines: tuple[Sequence[int], Sequence[int]]) -> None:
    """Clear totals that are 0 throughout beside scores above 0: formulas that nobody computed may be stored so."""
    scores = values[np.ix_(*lines)]
    if (scores < 0).any() or not (scores > 0).any():
        return
    for side, numbers, others in ((frame.columns, values.T, lines[0]), (frame.rows, values, lines[1])):
        for line in (line for line in side.places if is_named("total", side.names[line])):
            if not np.nan_to_num(numbers[line, list(others)]).any():
                numbers[line] = np.nan


def _tell_words(
    layout: Layout, lines: tuple[Sequence[int], Sequence[int]], given: Reading, findings: Findings
) -> None:
    """Say what words are read as, and ask of others, where they count: not in lines that have no part."""
    beside = (layout.row_roles, layout.column_roles)
    rows, columns = (
        [line for line in of if roles.get(line, "weight") in _COUNTED]
        for of, roles in zip(lines, reversed(beside) if layout.frame.is_turned else beside, strict=True)
    )
    grid = layout.frame.grid.turned() if layout.frame.is_turned else layout.frame.grid
    scored(grid, rows, columns, given.words, findings)


def _ask_sides(layout: Layout, findings: Findings) -> None:
    frame = layout.frame.turned() if layout.frame.is_turned else layout.frame
    columns = ", ".join(shorten(frame.columns.names[c]) for c in frame.columns.places[:3])
    rows = ", ".join(shorten(frame.rows.names[r]) for r in frame.rows.places[:3])
    guess = "options" if layout.frame.is_turned else "criteria"
    text = f"Are the columns ({columns}) the criteria or the options? The rows are {rows}."
    findings.ask("columns_are", (), text, guess)


def _without_untotalled(layout: Layout, given: Reading, findings: Findings) -> Layout:
    """Without columns that have no total where the others have one, such as "Must have?"; a baseline needs none."""
    proof = layout.proof
    if not layout.frame.is_turned or proof is None or proof.factors or proof.matches < _TELLING:
        return layout
    names, totalled = layout.frame.rows.names, {*_totalled(layout)}
    without = [r for r in layout.options if r not in totalled and not _is_option(layout, r, given)]
    if not totalled:
        return layout
    for row in without:
        findings.roles[names[row]] = "note"
        findings.leave_out(names[row], "it has no total, which the others have")
    return replace(layout, options=tuple(r for r in layout.options if r not in without))


def _is_option(layout: Layout, row: int, given: Reading) -> bool:
    """Whether a row without a total is an option all the same: a baseline, or as the owner said."""
    name = layout.frame.rows.names[row]
    is_datum = is_named("baseline", name) or not layout.values[row, list(layout.criteria)].any()
    return is_datum or given.roles.get(name) == "option"


def _totalled(layout: Layout) -> Iterator[int]:
    """Options with a total, beside their scores or beside their weighted scores."""
    totals = [c for c, check in layout.checks if check.is_proof]
    for row in layout.options:
        beside = [row, *(r for r in (row + 1,) if layout.row_roles.get(r) == "derived")]
        if np.isfinite(layout.values[np.ix_(beside, totals)]).any():
            yield row


def _tell_roles(layout: Layout, given: Reading, sheet: Frame, findings: Findings) -> None:
    frame = layout.frame
    _tell_beside(layout, given, findings)
    if layout.weight is not None:
        _tell_weights(layout, frame.rows.names[layout.weight], findings)
    elif frame.columns.weights:
        where = "list" if frame.columns.listed else "names"
        findings.guess(_WEIGHTS_IN[where])
    for column in sorted(_untold(sheet)):
        head = sheet.grid.texts[sheet.header, column] or f"column {sheet.grid.columns[column]}"
        findings.leave_out(head, "you left it out" if given.roles.get(head) in LEFT_OUT else "it holds texts")


def _tell_beside(layout: Layout, given: Reading, findings: Findings) -> None:
    """Say what the lines are that are no option and no criterion."""
    frame = layout.frame
    for lines, roles in ((frame.rows, layout.row_roles), (frame.columns, layout.column_roles)):
        unneeded = layout.unneeded if lines is frame.columns else ()
        for line, role in roles.items():
            name = lines.names[line]
            findings.roles[name] = role
            if why := _UNNEEDED if line in unneeded else _why_left_out(name, role, given):
                findings.leave_out(name, why)


def _why_left_out(name: str, role: Role, given: Reading) -> str:
    """Why a line has no part; blank where it has one."""
    if given.roles.get(name) in LEFT_OUT:
        return "you left it out"
    if role == "left out" and is_named("extreme", name):
        return "it is the least or the greatest value, and no option"
    if role == "left out" and is_named("weight", name):
        return "another line gives the weights"
    return _WHY.get(role, "")


def _untold(sheet: Frame) -> set[int]:
    """Columns of texts that say nothing of the lines: no group, unit or direction."""
    if sheet.is_turned:
        return set()
    told, grid = {*sheet.rows.groups.values(), *sheet.rows.directions.values()}, sheet.grid
    return {
        column
        for column in sheet.text_columns
        if _said_beside(str(grid.texts[sheet.header, column])) == "note"
        and not told & {*grid.texts[:, column].tolist()}
    }


def _tell_weights(layout: Layout, name: str, findings: Findings) -> None:
    """Say why a line that is not called so is taken for the weights, or ask."""
    if is_named("weight", name):
        return
    if layout.proof is not None and layout.proof.matches == layout.proof.count:
        findings.guess(f"{name!r} is taken for the weights: with it the totals come out.")
        return
    if layout.has_products:
        findings.guess(f"{name!r} is taken for the weights: by it the weighted scores come out.")
        return
    thing = "column" if layout.frame.is_turned else "row"
    findings.ask("roles", (name,), f"Is the {thing} {name!r} the weights?", "weight")


def _tell_totals(layout: Layout, findings: Findings) -> None:
    """Say how many totals agree, and which do not."""
    rows = rows_with_totals(layout)
    for column, check in layout.checks:
        if not check.is_proof:
            name = layout.frame.columns.names[column]
            if layout.column_roles.get(column) == "total":
                findings.guess(UNPROVED_TOTAL.format(name))
            continue
        _tell_proof(layout, column, check, findings)
    if any(layout.frame.grid.formulas[np.ix_(rows, [c])].any() for c in layout.column_roles):
        findings.guess("Some totals are formulas without a stored result, so that they prove nothing.")


def _tell_proof(layout: Layout, column: int, check: Check, findings: Findings) -> None:
    """Say what totals agree with, and which of them do not."""
    rows = rows_with_totals(layout)
    findings.formula = findings.formula or check.formula
    findings.agree, findings.compared = findings.agree + check.matches, findings.compared + check.count
    if check.turned:
        turned = ", ".join(repr(shorten(layout.frame.columns.names[c])) for c in check.turned)
        findings.guess(f"Less is better of {turned}: turned round, your totals come out.")
    for i in np.flatnonzero(check.compared & ~check.right).tolist():
        row = rows[i]
        found = float(layout.values[row, column])
        if np.isfinite(found):
            cell, whose = layout.frame.grid.cell(row, column), layout.frame.rows.names[row]
            expected = float(check.expected[i])
            findings.mismatches.append(Mismatch(cell=cell, whose=whose, found=found, expected=expected))


def _seen(layout: Layout, frame: Frame) -> Seen:
    """What each line of a matrix was taken for; the frame is the block as it stands in the sheet."""
    grid, rows, columns = layout.frame.grid, layout.frame.rows, layout.frame.columns
    names = {grid.rows[r]: rows.names[r] for r in rows.places}
    names |= {grid.columns[c]: columns.names[c] for c in columns.places}
    roles: dict[str, Role] = dict.fromkeys(names, "left out")
    roles |= {grid.rows[r]: "option" for r in layout.options}
    roles |= {grid.columns[c]: "criterion" for c in layout.criteria}
    roles |= {grid.rows[r]: role for r, role in layout.row_roles.items()}
    roles |= {grid.columns[c]: role for c, role in layout.column_roles.items()}
    groups = frozenset({*rows.groups.values(), *columns.groups.values()} - {rows.corner, columns.corner})
    for column in frame.text_columns:
        place, head = frame.grid.columns[column], str(frame.grid.texts[frame.header, column])
        names[place] = head
        is_group = bool(groups & {*frame.grid.texts[:, column].tolist()})
        roles[place] = "group" if is_group else _said_beside(head)
    return Seen(grid.title, frame.title or grid.title, roles, names, groups)


def _said_beside(head: str) -> Role:
    """What a column of texts beside the scores holds, by its head."""
    return "unit" if is_named("unit", head) else "direction" if is_named("direction", head) else "note"


def _block(layout: Layout, *, has_words: bool) -> Block:
    frame = layout.frame
    rows, columns = frame.rows, frame.columns
    options, criteria = [*layout.options], [*layout.criteria]
    names = _unique(columns, criteria, frame.grid.columns)
    proof = layout.proof
    by_name = dict(zip(criteria, names, strict=True))
    return Block(
        title=frame.title or frame.grid.title,
        texts=(*frame.notes, *_texts(columns), *_texts(rows)),
        options=_unique(rows, options, frame.grid.rows),
        criteria=names,
        scores=layout.values[np.ix_(options, criteria)],
        weights=layout.weights,
        groups={by_name[c]: columns.groups[c] for c in criteria if c in columns.groups},
        units=dict(_units(layout, by_name)),
        directions={by_name[c]: said for c in criteria if (said := _direction(columns, c))},
        anchors=_anchors(layout, by_name),
        factors=proof.factors if proof else None,
        proved=proof is not None and proof.adds_as_they_stand,
        has_words=has_words,
        columns_are="options" if frame.is_turned else "criteria",
        ranks=_ranks(layout) or _order_of_totals(layout),
        are_ranks_said=bool(_ranks(layout)),
        unproved=_unproved(layout),
    )  # fmt: skip


def _fill_as_totalled(layout: Layout, block: Block, rows: Sequence[int], findings: Findings) -> None:
    """Missing scores that the owner's totals count as 0 are 0, so that the order is the owner's."""
    check = layout.proof
    if check is None or not check.fills:
        return
    right = dict(zip(rows, check.right.tolist(), strict=True))
    counted = np.array([right[row] for row in layout.options])
    lacking = np.isnan(block.scores) & counted[:, None]
    block.scores[lacking] = 0.0
    cells = [
        f"{shorten(block.options[p])} on {shorten(block.criteria[k])}"
        for p, k in np.argwhere(lacking).tolist()
    ]
    if cells:
        listed = ", ".join(cells[:_MOST_CELLS]) + (
            f" and {len(cells) - _MOST_CELLS} more" if len(cells) > _MOST_CELLS else ""
        )
        findings.guess(f"Your totals count a missing score as 0, and so it is here: {listed}.")


def _ranks(layout: Layout) -> dict[str, float]:
    """The owner's ranks by option, of the first line of ranks that says any."""
    names, numbers = layout.frame.rows.names, layout.frame.grid.numbers
    for column in (c for c, role in layout.column_roles.items() if role == "rank"):
        found = {names[r]: float(numbers[r, column]) for r in layout.options}
        if ranks := {name: rank for name, rank in found.items() if np.isfinite(rank)}:
            return ranks
    return {}


def _unproved(layout: Layout) -> tuple[str, FloatArray, FloatArray] | None:
    """The last line of totals that the scores do not give, and its decimals."""
    named = [c for c, role in layout.column_roles.items() if role == "total"]
    if layout.proof is not None or not named:
        return None
    rows, last = [*layout.options], named[-1]
    places = decimals_of(layout.frame.grid.texts[rows, last])
    return layout.frame.columns.names[last], layout.values[rows, last], places


def _order_of_totals(layout: Layout) -> dict[str, float]:
    """Ranks by the owner's last total where none proves the reading: 1 for the greatest."""
    _, totals, _ = _unproved(layout) or ("", np.empty(0), None)
    names, there = layout.frame.rows.names, np.isfinite(totals)
    ranks = {
        names[r]: float(1 + (totals[there] > total).sum())
        for r, total in zip(layout.options, totals.tolist(), strict=False)
        if np.isfinite(total)
    }
    return ranks if len({*ranks.values()}) > 1 else {}


def _anchors(layout: Layout, names: dict[int, str]) -> dict[str, tuple[float, float]]:
    """Worst and best value by criterion, where two lines of the table tell them, or the totals."""
    if layout.proof is not None and layout.proof.anchors is not None:
        return {names[c]: ends for c, ends in layout.proof.anchors.items()}
    told = layout.anchors
    ends = {} if told is None else dict(zip(names.values(), told.T.tolist(), strict=True))
    return {n: (a, b) for n, (a, b) in ends.items() if np.isfinite([a, b]).all() and a != b}


def _texts(lines: Lines) -> Iterator[str]:
    """All that is written beside the cells."""
    yield lines.corner
    yield from (lines.names[line] for line in lines.places)
    yield from lines.groups.values()


def _unique(lines: Lines, chosen: Sequence[int], places: Sequence[str]) -> list[str]:
    """Names of lines of which none stands twice: the later ones get their place."""
    seen: set[str] = set()
    unique = []
    for line in chosen:
        name = lines.names[line]
        unique.append(f"{name} ({places[line]})" if name.casefold() in seen else name)
        seen.add(name.casefold())
    return unique


def _units(layout: Layout, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    lines, grid = layout.frame.columns, layout.frame.grid
    # "(min)" is minutes, unless "(max)" beside it says that it is a direction; of minutes less is better, too.
    is_time = not any(said_direction(_in_brackets(name)) == "more" for name in names.values())
    for column, name in names.items():
        units = {*grid.units[list(layout.options), column].tolist()} - {""}
        unit = lines.units.get(column, "") or bracketed(lines.names[column]) or next(iter(sorted(units)), "")
        if unit and not _SCALE.fullmatch(unit) and (not said_direction(unit) or (unit == "min" and is_time)):
            yield name, unit


def _direction(lines: Lines, column: int) -> str:
    return said_direction(lines.directions.get(column, "")) or said_direction(
        _in_brackets(lines.names[column])
    )


def _in_brackets(name: str) -> str:
    return name.rpartition("(")[2].rstrip(") ") if "(" in name else name[-1:] if name[-1:] in "↓↑" else ""
