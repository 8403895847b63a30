"""What is refused of a table of respondents: its weights, its populations, and too few people."""

from __future__ import annotations

from collections.abc import Sequence

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.respondents.questions import number_sql, text_sql
from valuemix.respondents.survey_map import SurveyMap
from valuemix.respondents.table import Answers
from valuemix.typing import FloatArray

__all__ = ["check_count", "check_population", "check_weights", "nobody"]


def check_weights(answers: Answers, roles: SurveyMap) -> None:
    """Refuse survey weights that are no numbers, or less than nothing."""
    if not roles.weight:
        return
    column = answers.column(roles.weight)
    text, weight = text_sql(column), number_sql(answers, roles.weight)
    wrong, example, least = answers.rows(
        f"SELECT count(*) FILTER (WHERE {text} IS NOT NULL AND {weight} IS NULL), "
        f"min({text}) FILTER (WHERE {text} IS NOT NULL AND {weight} IS NULL), min({weight}) FROM answers"
    )[0]
    place = Place(file=answers.name, column=shorten(roles.weight))
    if wrong:
        told = f"{wrong:,} survey weight{'s are' if wrong > 1 else ' is'} no number, such as {shorten(example)!r}"
        raise InvalidFile(
            [Problem("NUMBER", told, "Write numbers with a point, or leave the cells blank", place)]
        )
    if least is not None and least < 0:
        told = f"survey weights must be 0 or more, got {least:g}"
        raise InvalidFile([Problem("RANGE", told, "Correct them, or choose another column", place)])


def check_population(
    answers: Answers, column: str, found: Sequence[tuple[object, ...]], units: FloatArray
) -> None:
    """Refuse a population that differs within a stratum, or is less than what was drawn of it."""
    place = Place(file=answers.name, column=shorten(column))
    for (stratum, _, least, most, _), count in zip(found, units.tolist(), strict=True):
        of = f" of stratum {shorten(str(stratum))!r}" if stratum else ""
        if least != most:
            told = f"the population{of} must be one number, got {least:g} to {most:g}"
            raise InvalidFile([Problem("CONFLICT", told, "Write the same number in all of its rows", place)])
        if isinstance(least, float) and least < count:
            told = f"the population{of} must be at least what was drawn of it, {count:,.0f}, got {least:g}"
            mend = "Count clusters where clusters were drawn, else people, or leave the column out"
            raise InvalidFile([Problem("RANGE", told, mend, place)])


def check_count(answers: Answers, respondents: int) -> None:
    """Refuse a table in which nobody is left, or one person."""
    if not respondents:
        told = "no row is left: none has a segment of the map and a survey weight above 0"
        raise nobody(answers, told, "Correct the names under segment, or the column of the weight")
    if respondents == 1:
        told = "there is one respondent, so nothing can be said of how respondents differ"
        raise nobody(answers, told, "Bring the answers of at least five")


def nobody(answers: Answers, told: str, mend: str) -> InvalidFile:
    """Error about a table with nobody in it to ask."""
    return InvalidFile([Problem("EMPTY", told, mend, Place(file=answers.name))])
