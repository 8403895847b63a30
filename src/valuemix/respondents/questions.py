"""What respondents were asked: columns of the table as numbers, checked before anything is computed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.model.names import clean_name
from valuemix.model.parts import Scale
from valuemix.model.rule_parts import number
from valuemix.respondents.survey_map import Offers, SurveyMap
from valuemix.respondents.table import Answers

__all__ = ["Question", "check_numbers", "number_sql", "questions_of", "text_sql"]

Asks = Literal["importance", "overall", "rating", "choice"]
Range = tuple[int, float | None, float | None]
"""Cells of a column that are no number, and its least and greatest number."""

_INFINITE = "CAST('Infinity' AS DOUBLE)"


@dataclass(frozen=True)
class Question:
    """One column of numbers, or several that are averaged over what is answered.

    Attributes
    ----------
    asks : {"importance", "overall", "rating", "choice"}
    columns : tuple of str
        Of the table.
    proposition, discipline : str
        Whose, as the map names them; blank where that says nothing.
    moment : str
        In which moment; blank where it is asked of the segment.
    """

    asks: Asks
    columns: tuple[str, ...]
    proposition: str = ""
    discipline: str = ""
    moment: str = ""

    def sql(self, answers: Answers, roles: SurveyMap) -> str:
        """Its number in a row."""
        numbers = [number_sql(answers, column, roles.missing) for column in self.columns]
        return numbers[0] if len(numbers) == 1 else _mean_sql(numbers)


def questions_of(roles: SurveyMap) -> tuple[Question, ...]:
    """Importance first, then the overall judgment, ratings by proposition and discipline, and what was chosen."""
    return tuple(_questions(roles))


def _questions(roles: SurveyMap) -> Iterator[Question]:
    if roles.weights_from == "stated":
        for discipline, columns in roles.importance.items():
            yield from (Question("importance", (column,), discipline=discipline) for column in columns)
    if roles.derives and roles.overall:
        yield Question("overall", roles.overall)
    yield from _ratings(roles)
    if roles.choice:
        yield Question("choice", (roles.choice.chosen,))


def _ratings(roles: SurveyMap) -> Iterator[Question]:
    """Ratings by discipline in a row for each offer; else by proposition too, each column of a question once."""
    if isinstance(roles.ratings, Offers):
        for discipline, columns in roles.ratings.columns.items():
            yield Question("rating", columns, discipline=discipline)
        for moment, own in roles.ratings.moments.items():
            for discipline, columns in own.items():
                yield Question("rating", columns, discipline=discipline, moment=clean_name(moment))
        return
    items: dict[tuple[str, str, str], list[str]] = {}
    for rating in roles.ratings or ():
        key = (rating.proposition, rating.discipline, clean_name(rating.moment))
        items.setdefault(key, []).extend(rating.column)
    for key, names in items.items():
        yield Question("rating", tuple(dict.fromkeys(names)), *key)


def _mean_sql(numbers: Sequence[str]) -> str:
    """Mean over what is answered in a row, NULL where nothing is."""
    total = " + ".join(f"coalesce({each}, CAST(0 AS DOUBLE))" for each in numbers)
    count = " + ".join(f"CASE WHEN {each} IS NULL THEN 0 ELSE 1 END" for each in numbers)
    return f"(({total}) / nullif({count}, 0))"


def text_sql(column: str) -> str:
    """A cell as text, NULL where it is blank."""
    return f"nullif(trim(CAST({column} AS STRING)), '')"


def number_sql(answers: Answers, name: str, missing: Sequence[float | str] = ()) -> str:
    """A cell of a column as a number, NULL where it is blank, a code of a missing answer, or none."""
    column = answers.column(name)
    value = (
        f"CAST({column} AS DOUBLE)" if name in answers.numeric else f"TRY_CAST({text_sql(column)} AS DOUBLE)"
    )
    finite = value if name in answers.finite else f"CASE WHEN abs({value}) < {_INFINITE} THEN {value} END"
    codes = ", ".join(repr(float(code)) for code in missing if not isinstance(code, str))
    return f"CASE WHEN {value} NOT IN ({codes}) THEN {finite} END" if codes else finite


def check_numbers(
    answers: Answers, roles: SurveyMap, questions: Sequence[Question], scale: Scale
) -> frozenset[str]:
    """Refuse answers that are no numbers, off the scale, or less than nothing; all columns are told.

    Returns
    -------
    frozenset of str
        Columns of numbers that are all finite.

    Raises
    ------
    InvalidFile
    """
    asked = [(question, column) for question in questions for column in question.columns]
    words = ", ".join(answers.text(code) for code in roles.missing if isinstance(code, str))
    names = [*dict.fromkeys(name for _, name in asked)]
    finite = _finite_ranges(answers, [name for name in names if name in answers.numeric])
    ranges = _ranges(answers, names, roles, words, finite)
    problems = [
        problem
        for question, name in asked
        for problem in _told(answers, question, name, (*ranges[name], words), scale, roles)
    ]
    if problems:
        raise InvalidFile(dict.fromkeys(problems))
    return frozenset(finite)


def _ranges(
    answers: Answers, names: Sequence[str], roles: SurveyMap, words: str, finite: Mapping[str, Range]
) -> dict[str, Range]:
    """Of each column how many cells are no number, and the least and the greatest number that is no code."""
    ranges = {} if any(not isinstance(code, str) for code in roles.missing) else {**finite}
    left = [name for name in names if name not in ranges]
    values = [number_sql(answers, name, roles.missing) for name in left]
    wrong = [_wrong_sql(answers, name, words)[0] for name in left]
    counted = _asked(answers, wrong, "count(*) FILTER (WHERE {0})")
    ends = _asked(answers, values, "min({0})", "max({0})")
    return ranges | {name: (*own, *each) for name, own, each in zip(left, counted, ends, strict=True)}


def _finite_ranges(answers: Answers, names: Sequence[str]) -> dict[str, Range]:
    """The same of columns of numbers by their ends: where both are finite all of it is; the others are left out."""
    values = [f"CAST({answers.column(name)} AS DOUBLE)" for name in names]
    found = _asked(answers, values, "min({0})", "max({0})")
    return {
        name: (0, *ends)
        for name, ends in zip(names, found, strict=True)
        if all(end is None or math.isfinite(end) for end in ends)
    }


def _asked(answers: Answers, values: Sequence[str], *functions: str) -> list[tuple[Any, ...]]:
    """What some functions say of some values, all asked at once."""
    if not values:
        return []
    parts = [function.format(value) for value in values for function in functions]
    found = answers.rows(f"SELECT {', '.join(parts)} FROM answers")[0]
    return [tuple(found[i : i + len(functions)]) for i in range(0, len(found), len(functions))]


def _wrong_sql(answers: Answers, name: str, words: str) -> tuple[str, str]:
    """Whether a cell is something else than a number, and the cell as text."""
    column = answers.column(name)
    if name in answers.numeric:
        return f"abs(CAST({column} AS DOUBLE)) = {_INFINITE}", f"CAST({column} AS STRING)"
    text = text_sql(column)
    is_text = f"{text} IS NOT NULL AND TRY_CAST({text} AS DOUBLE) IS NULL"
    if words:
        is_text += f" AND {text} NOT IN ({words})"
    return f"({is_text}) OR abs(TRY_CAST({text} AS DOUBLE)) = {_INFINITE}", text


def _no_numbers(answers: Answers, name: str, wrong: int, words: str, place: Place) -> Problem:
    condition, text = _wrong_sql(answers, name, words)
    example = answers.rows(f"SELECT min({text}) FROM answers WHERE {condition}")[0][0]
    told = f"{wrong:,} answer{'s are' if wrong > 1 else ' is'} no number, such as {shorten(example or '')!r}"
    return Problem("NUMBER", told, "Write numbers with a point, or name the code under missing", place)


def _off_scale(
    question: Question, least: float, most: float, scale: Scale, place: Place
) -> Iterator[Problem]:
    off = next((value for value in (least, most) if not scale.lowest <= value <= scale.highest), None)
    if question.asks == "rating" and off is not None:
        told = f"ratings must be from {number(scale.lowest)} to {number(scale.highest)}, got {number(off)}"
        yield Problem("RANGE", told, "Name the code under missing, or correct the scale of the map", place)
    if question.asks == "choice" and (least < 0 or most > 1):
        told = f"a row was chosen (1) or not (0), got {number(least if least < 0 else most)}"
        yield Problem("RANGE", told, "Write 1 and 0, or choose another column", place)


def _told(
    answers: Answers,
    question: Question,
    name: str,
    found: tuple[int, float | None, float | None, str],
    scale: Scale,
    roles: SurveyMap,
) -> Iterator[Problem]:
    wrong, least, most, words = found
    place = Place(file=answers.name, column=shorten(name))
    if wrong:
        yield _no_numbers(answers, name, wrong, words, place)
    if least is None or most is None:
        return
    yield from _off_scale(question, least, most, scale, place)
    lowest = 1.0 if roles.importance_as == "ranks" else 0.0
    if question.asks == "importance" and roles.importance_as != "utilities" and least < lowest:
        told = f"importance must be {number(lowest)} or more, got {number(least)}"
        yield Problem("RANGE", told, "Name the code under missing, or correct the column", place)
