"""Rules of the tables with a row for each segment and proposition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from valuemix.errors import Problem, shorten, unknown_message
from valuemix.model.rule_parts import Path, number, problem, spelling_mend

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["empty_problems", "range_order_problems", "table_problems", "table_word"]


def table_problems(scenario: Content, table: str) -> Iterator[Problem]:
    """Names are those of the scenario, and every cell stands on its scale."""
    scores = scenario.table(table)
    if scores is None:
        return
    lowest, highest = scenario.scale.lowest, scenario.scale.highest
    for path, value in _cells(scenario, scores, table):
        if isinstance(value, Problem):
            yield value
        elif value is not None and not lowest <= value <= highest:
            yield problem(
                "RANGE",
                path,
                f"{table_word(table)} must be from {number(lowest)} to {number(highest)}, got {number(value)}",
                "Correct it, or change the scale of the scenario",
            )


def table_word(table: str) -> str:
    """What one cell of a table is called, such as "low score"."""
    words = {"scores": "score", "low": "low score", "high": "high score", "burdens": "burden"}
    return words.get(table, f"{table} score")


def _cells(scenario: Content, scores: Mapping[str, Any], table: str) -> Iterator[tuple[Path, Any]]:
    """Every cell of a table with its path; an unknown name comes as a problem once."""
    kinds = (
        ("segment", scenario.segment_names),
        ("proposition", scenario.proposition_names),
        ("burden" if table == "burdens" else "discipline", scenario.columns(table)),
    )

    def walk(block: Any, path: Path) -> Iterator[tuple[Path, Any]]:
        depth = len(path) - 1
        if depth == len(kinds):
            yield path, block
            return
        kind, known = kinds[depth]
        for name, inner in block.items():
            if name in known:
                yield from walk(inner, (*path, name))
            else:
                message = unknown_message(kind, name, known)
                yield path, problem("UNKNOWN", (*path, name), message, spelling_mend(name, known))

    yield from walk(scores, (table,))


def empty_problems(scenario: Content) -> Iterator[Problem]:
    """Every proposition needs at least one score in every segment."""
    if not any(value is not None for _, value in _cells(scenario, scenario.scores, "scores")):
        yield problem("EMPTY", ("scores",), "there are no scores, so there is nothing to rank", "Add scores")
        return
    for segment in scenario.segment_names:
        block = scenario.scores.get(segment, {})
        empty = [p for p in scenario.proposition_names if not _any_score(block.get(p, {}).values())]
        if len(empty) == len(scenario.proposition_names):
            yield problem(
                "INCOMPLETE",
                ("scores", segment),
                f"there is no score for segment {shorten(segment)!r}",
                "Add its scores, or remove the segment",
            )
        else:
            for proposition in empty:
                yield problem(
                    "INCOMPLETE",
                    ("scores", segment, proposition),
                    f"{shorten(proposition)!r} has no score at all in segment {shorten(segment)!r}",
                    "Add at least one score, or remove the proposition",
                )


def _any_score(values: Iterable[float | None]) -> bool:
    return any(value is not None for value in values)


def range_order_problems(scenario: Content) -> Iterator[Problem]:
    """A low score lies at or below the score, a high score at or above it."""
    for table, sign in (("low", 1), ("high", -1)):
        scores = scenario.table(table)
        if scores is None:
            continue
        for path, value in _cells(scenario, scores, table):
            if value is None or isinstance(value, Problem):
                continue
            score = _at(scenario.scores, path[1:])
            if score is not None and sign * (value - score) > 0:
                word = "below" if sign > 0 else "above"
                yield problem(
                    "RANGE",
                    path,
                    f"the {table} score must lie at or {word} the score {number(score)}, got {number(value)}",
                    "Correct one of the two",
                )


def _at(scores: Mapping[str, Any], path: Path) -> float | None:
    here: Any = scores
    for name in path:
        here = here.get(name) if here is not None else None
    return here if isinstance(here, float) else None
