"""Codes of what a table names: its segments, what is offered in a long one, and its waves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from valuemix.errors import UnknownName, shorten
from valuemix.model.names import clean_name, name_key
from valuemix.respondents.checks import nobody
from valuemix.respondents.questions import text_sql
from valuemix.respondents.survey_map import ALL_RESPONDENTS, BETWEEN_NAMES, Offers, SurveyMap
from valuemix.respondents.table import Answers

__all__ = ["in_time", "offer_codes", "segment_codes", "segment_name", "segment_sql", "waves_to_read"]


def segment_sql(answers: Answers, roles: SurveyMap) -> str:
    """What tells the segment of a row, as SQL: the values of its columns, joined."""
    if roles.segment is None:
        return text_sql(answers.text(ALL_RESPONDENTS))
    parts = [text_sql(answers.column(column)) for column in roles.segment.columns]
    return f" || '{BETWEEN_NAMES}' || ".join(parts)


def segment_name(roles: SurveyMap, value: str) -> str:
    """Name of the segment that a value is."""
    names = roles.segment.names if roles.segment else None
    return clean_name(value if names is None else names[value] or "")


def segment_codes(answers: Answers, roles: SurveyMap) -> dict[str, int]:
    """Code of each value that is a segment; values of one name, but for capitals, have one code."""
    names = roles.segment.names if roles.segment else None
    found = [
        row[0]
        for row in answers.rows(f"SELECT DISTINCT {segment_sql(answers, roles)} AS v FROM answers ORDER BY v")
    ]
    values = [value for value in found if value is not None]
    if names is not None:  # in the order of the map
        values = [value for value in names if value in values and names[value]]
    codes: dict[str, int] = {}
    return {value: codes.setdefault(name_key(segment_name(roles, value)), len(codes)) for value in values}


def offer_codes(
    answers: Answers, roles: SurveyMap, known: Sequence[str] | None
) -> tuple[tuple[str, ...], dict[str, int]]:
    """Propositions, and the code of each value of a long table's column of offers."""
    if not isinstance(roles.ratings, Offers):
        return roles.propositions, {}
    column = text_sql(answers.column(roles.ratings.offer))
    values = [
        row[0] for row in answers.rows(f"SELECT DISTINCT {column} AS v FROM answers ORDER BY v") if row[0]
    ]
    given = roles.ratings.names or {}
    named = {value: given.get(value, value) for value in values}
    if known is not None:
        named = {value: _known(name, known) for value, name in named.items()}
    codes: dict[str, int] = {}
    coded = {value: codes.setdefault(clean_name(name), len(codes)) for value, name in named.items()}
    return tuple(codes), coded


def _known(name: str, known: Sequence[str]) -> str:
    """Proposition of this name, or the only one that ends in it: "A" is "Boarding Area A"."""
    key = name_key(name)
    same = [other for other in known if name_key(other) == key]
    ends = [other for other in known if name_key(other).endswith(f" {key}")]
    if not same and len(ends) != 1:
        raise UnknownName("proposition", name, known)
    return (same or ends)[0]


def waves_to_read(answers: Answers, roles: SurveyMap, wave: str) -> tuple[list[str], str, list[str]]:
    """The wave that is read and those before it, the condition on its rows, and a note where there are later ones."""
    if not roles.wave:
        return [wave], "true", []
    column = text_sql(answers.column(roles.wave))
    found = answers.rows(f"SELECT DISTINCT {column} AS v FROM answers ORDER BY v")
    waves = sorted((row[0] for row in found if row[0]), key=in_time, reverse=True)
    if not waves:
        raise nobody(
            answers, f"column {shorten(roles.wave)} names no wave in any row", "Choose another column"
        )
    if wave and wave not in waves:
        raise UnknownName("wave", wave, waves)
    chosen = wave or waves[0]
    later = waves.index(chosen)
    told = [f"{later:,} later wave{'s' * (later > 1)} left out"] if later else []
    return waves[later:], f"{column} = {answers.text(chosen)}", told


def in_time(wave: str) -> list[tuple[bool, int, str]]:
    """Key by which waves stand in the order of their dates: numbers in them count as numbers."""
    parts = re.findall(r"\d+|\D+", wave)
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]
