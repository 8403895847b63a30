"""What is refused of a table of respondents: its weights, its populations, and too few people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.model.parts import MAX_SIZE
from valuemix.model.rule_parts import number
from valuemix.respondents.questions import number_sql, text_sql
from valuemix.respondents.survey_map import SurveyMap
from valuemix.respondents.table import Answers
from valuemix.typing import FloatArray

__all__ = ["check_count", "check_population", "check_weights", "nobody"]


def check_weights(answers: Answers, roles: SurveyMap) -> None:
    """Refuse survey weights that are no numbers, or less than nothing."""
    if not roles.weight:
        return
    check_cells(answers, roles.weight, "survey weight")
    weight = number_sql(answers, roles.weight)
    least, smallest, total = answers.rows(
        f"SELECT min({weight}), min({weight}) FILTER (WHERE {weight} > 0), sum({weight}) FROM answers"
    )[0]
    place = Place(file=answers.name, column=shorten(roles.weight))
    if least is not None and least < 0:
        told = f"survey weights must be 0 or more, got {number(least)}"
        raise InvalidFile([Problem("RANGE", told, "Correct them, or choose another column", place)])
    if smallest is not None and (smallest < 1 / MAX_SIZE or total > MAX_SIZE):
        told = "survey weights must come to at most 1e12 and be no smaller than 1e−12, got "
        told += number(total if total > MAX_SIZE else smallest)
        raise InvalidFile([Problem("RANGE", told, "Divide or multiply them all by one number", place)])


def check_cells(answers: Answers, column: str, what: str) -> None:
    """Refuse a column that holds anything but numbers and blanks."""
    text, value = text_sql(answers.column(column)), number_sql(answers, column)
    wrong, example = answers.rows(
        f"SELECT count(*), min({text}) FROM answers WHERE {text} IS NOT NULL AND {value} IS NULL"
    )[0]
    if wrong:
        told = f"{wrong:,} {what}{'s are' if wrong > 1 else ' is'} no number, such as {shorten(example)!r}"
        place = Place(file=answers.name, column=shorten(column))
        raise InvalidFile(
            [Problem("NUMBER", told, "Write numbers with a point, or leave the cells blank", place)]
        )


def check_population(
    answers: Answers, column: str, found: Sequence[tuple[Any, ...]], units: FloatArray
) -> None:
    """Refuse a population that differs within a stratum, or is less than what was drawn of it."""
    check_cells(answers, column, "population")
    place = Place(file=answers.name, column=shorten(column))
    for (stratum, _, least, most, _), count in zip(found, units.tolist(), strict=True):
        of = f" of stratum {shorten(str(stratum))!r}" if stratum else ""
        if least != most:
            told = f"the population{of} must be one number, got {number(least)} to {number(most)}"
            raise InvalidFile([Problem("CONFLICT", told, "Write the same number in all of its rows", place)])
        if isinstance(least, float) and least < count:
            told = (
                f"the population{of} must be at least what was drawn of it, {count:,.0f}, got {number(least)}"
            )
            mend = "Count clusters where clusters were drawn, else people, or leave the column out"
            raise InvalidFile([Problem("RANGE", told, mend, place)])


def check_count(answers: Answers, respondents: int, clusters: int) -> None:
    """Refuse a table in which nobody is left, or one person, or one cluster."""
    if not respondents:
        told = "no row is left: none has a segment of the map and a survey weight above 0"
        raise nobody(answers, told, "Correct the names under segment, or the column of the weight")
    if respondents == 1:
        told = "there is one respondent, so nothing can be said of how respondents differ"
        raise nobody(answers, told, "Bring the answers of at least five")
    if clusters == 1:
        told = "all respondents are of one cluster, so nothing can be said of how clusters differ"
        raise nobody(answers, told, "Bring the answers of more clusters, or leave their column out")


def nobody(answers: Answers, told: str, mend: str) -> InvalidFile:
    """Error about a table with nobody in it to ask."""
    return InvalidFile([Problem("EMPTY", told, mend, Place(file=answers.name))])
