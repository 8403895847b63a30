"""Rules of the tables with a row for each segment and proposition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from valuemix.errors import Problem, shorten, unknown_message
from valuemix.model.burdens.rules import ON_SCALE, ends_of_amounts
from valuemix.model.parts import MAX_SIZE
from valuemix.model.rule_parts import Path, number, problem, spelling_mend
from valuemix.model.score_table import ScoreTable
from valuemix.typing import BoolArray

if TYPE_CHECKING:
    from valuemix.model.content import Content
    from valuemix.model.sheets import Sheet

__all__ = ["absent_problems", "range_order_problems", "table_problems"]


def table_problems(scenario: Content, sheet: Sheet) -> Iterator[Problem]:
    """Names are those of the scenario, and every cell stands on its scale."""
    scores = scenario.table(sheet.field)
    if scores is None:
        return
    kinds = ("segment", "proposition", sheet.each.each if sheet.each else "")
    for names in scores.unknown:
        kind, known, name = kinds[len(names) - 1], scores.names[len(names) - 1], names[-1]
        message = unknown_message(kind, name, known)
        yield problem("UNKNOWN", (sheet.field, *names), message, spelling_mend(name, known))
    if sheet.each and sheet.each.each == "burden":
        yield from _amount_problems(scenario, sheet, scores)
        return
    lowest, highest = scenario.scale.lowest, scenario.scale.highest
    for _, path, value in _cells(scores, (scores.array < lowest) | (scores.array > highest)):
        message = f"{sheet.thing} must be from {number(lowest)} to {number(highest)}, got {number(value)}"
        yield problem(
            "RANGE", (sheet.field, *path), message, "Correct it, or change the scale of the scenario"
        )


def _amount_problems(scenario: Content, sheet: Sheet, amounts: ScoreTable) -> Iterator[Problem]:
    """Amounts lie on the scale where the burden has no worst amount, and are 0 or more where it has one."""
    low, high = (ends[:, None] for ends in ends_of_amounts(scenario))
    for (g, _, k), path, value in _cells(amounts, (amounts.array < low) | (amounts.array > high)):
        limited = high[g, 0, k] == MAX_SIZE
        ends = (
            "0 or more"
            if limited
            else f"from {number(float(low[g, 0, k]))} to {number(float(high[g, 0, k]))}"
        )
        mend = "Write 0 or a positive number" if limited else ON_SCALE
        yield problem(
            "RANGE", (sheet.field, *path), f"{sheet.thing} must be {ends}, got {number(value)}", mend
        )


def _cells(table: ScoreTable, which: BoolArray) -> Iterator[tuple[tuple[int, ...], Path, float]]:
    """Place, path and value of the cells that are marked, in order."""
    for place in map(tuple, np.argwhere(which).tolist()):
        path = tuple(names[i] for names, i in zip(table.names, place, strict=True))
        yield place, path, float(table.array[place])


def absent_problems(scenario: Content) -> Iterator[Problem]:
    """Every proposition has a cell in every segment, though it may be blank: what is left out may be lost."""
    absent = scenario.scores.absent if isinstance(scenario.scores, ScoreTable) else ()
    if absent and len(absent) == len(scenario.segments) and {*map(len, absent)} == {1}:
        mend = "Add scores, or blank cells for those that are still to come"
        yield problem("EMPTY", ("scores",), "there are no scores, so there is nothing to rank", mend)
        return
    for segment, *rest in absent:
        if rest:
            message = f"{shorten(rest[0])!r} has no score at all in segment {shorten(segment)!r}"
            mend = "Add at least one score, or a blank cell; or remove the proposition"
        else:
            message = f"there is no score for segment {shorten(segment)!r}"
            mend = "Add its scores, or blank cells; or remove the segment"
        yield problem("INCOMPLETE", ("scores", segment, *rest), message, mend)


def range_order_problems(end: str, scenario: Content) -> Iterator[Problem]:
    """A low score lies at or below the score, a high score at or above it."""
    scores, table = scenario.array("scores"), scenario.table(end)
    if table is None:
        return
    sign, word = (1, "below") if end == "low" else (-1, "above")
    for place, path, value in _cells(table, sign * (table.array - scores) > 0):
        score = number(float(scores[place]))
        message = f"the {end} score must lie at or {word} the score {score}, got {number(value)}"
        yield problem("RANGE", (end, *path), message, "Correct one of the two")
