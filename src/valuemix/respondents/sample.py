"""The sample: rows of a table that take part, in codes and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from valuemix.model.parts import Scale
from valuemix.respondents.checks import check_count, check_population, check_weights, nobody
from valuemix.respondents.codes import (
    offer_codes,
    segment_codes,
    segment_name,
    segment_sql,
    waves_to_read,
)
from valuemix.respondents.engines.answers import Fold, Part, Progress
from valuemix.respondents.questions import Question, check_numbers, number_sql, questions_of, text_sql
from valuemix.respondents.survey_map import BETWEEN_NAMES, Offers, SurveyMap
from valuemix.respondents.table import Answers
from valuemix.typing import FloatArray, IntArray

__all__ = ["Sample", "sample_of"]


@dataclass(frozen=True)
class Sample:
    """Rows that take part, as the relation ``sample`` of the table.

    Its columns are the codes ``segment``, ``offer`` (-1 for none), ``stratum``, ``unit`` and ``person``; the survey
    ``weight``; ``once``, by which what a person says once counts once over all of their rows; and ``q0``,
    ``q1``... of the questions.

    Attributes
    ----------
    answers : Answers
    questions : tuple of Question
    segments, propositions : tuple of str
        Names by code.
    people : ndarray of int, shape (G,)
        Respondents of each segment.
    respondents : int
        All of them.
    units, fractions : ndarray, shape (H,)
        Of each stratum how many clusters (people where there are none) are in the sample, and what part of
        the population's that is; 0 where that is unknown.
    grouped : bool
        Whether rows go together: in clusters, or because a person has several.
    clusters : int
        How many; 0 where respondents were drawn one by one.
    repeated : bool
        Whether a person has several rows.
    asked : str
        The wave that was read.
    before : tuple of str
        Waves before it in the same table, the newest first.
    notes : tuple of str
        What was left out.
    """

    answers: Answers
    questions: tuple[Question, ...]
    segments: tuple[str, ...]
    propositions: tuple[str, ...]
    people: IntArray
    respondents: int
    units: FloatArray
    fractions: FloatArray
    grouped: bool
    clusters: int
    repeated: bool
    asked: str
    before: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def population(self) -> int | None:
        """People that the respondents were drawn from, where the table says and no clusters were drawn."""
        if self.clusters or not (self.fractions > 0).all():
            return None
        return round(float((self.units / self.fractions).sum()))

    def folded(
        self, fold: Fold[Part], progress: Progress | None = None, *, by: Literal["", "person", "unit"] = ""
    ) -> list[Part]:
        """What the parts of its rows come to; the rows of one person or unit stand together in a part if asked."""
        return self.answers.folded(self._rows_sql(by_person=by == "person"), fold, progress, together=by)

    def _rows_sql(self, *, by_person: bool) -> str:
        """Rows without names that nobody asks for."""
        columns = ["segment", "offer", "stratum", "unit", "weight", "part", "once"]
        columns += [*["person"] * by_person, *(f"q{i}" for i in range(len(self.questions)))]
        return f"SELECT {', '.join(columns)} FROM sample"


def sample_of(
    answers: Answers,
    roles: SurveyMap,
    scale: Scale,
    known: Sequence[str] | None = None,
    wave: str = "",
    *,
    panel: bool = False,
    checked: bool = False,
) -> Sample:
    """Sample of a table by its map, in place of one that was made of it before.

    Parameters
    ----------
    answers : Answers
    roles : SurveyMap
    scale : Scale
        On which ratings stand.
    known : sequence of str, optional
        Propositions that there are already, and that all offers have to be among.
    wave : str
        Which wave, where the map has a column of them; else the date of all answers.
    panel : bool
        Whether people are in several waves, so that their rows are kept apart.
    checked : bool
        Whether the answers of the whole table are known to be in order.

    Raises
    ------
    UnknownName
        Where the map names a column, wave or proposition that does not exist.
    InvalidFile
        Where answers are no numbers or off the scale, or too few people are left.
    """
    questions = questions_of(roles)
    if not checked:
        answers = replace(answers, finite=check_numbers(answers, roles, questions, scale))
        check_weights(answers, roles)
    if not answers.rows("SELECT count(*) FROM answers")[0][0]:
        raise nobody(answers, "there are no rows under the header", "Save it again with the respondents")
    segments = segment_codes(answers, roles)
    propositions, offers = offer_codes(answers, roles, known)
    (asked, *before), condition, notes = waves_to_read(answers, roles, wave)
    for name, codes in (("segment_codes", segments), ("offer_codes", offers)):
        answers.codes(name, codes)
    taken = _taken_sql(answers, roles, questions, condition)
    answers.view("taken", f"{taken} WHERE segment IS NOT NULL AND weight > 0")
    notes += _left_out(answers, taken)
    repeated = bool(roles.id) and _repeated(answers)
    grouped = bool(roles.cluster) or repeated or panel
    people, respondents = _people(answers, len(set(segments.values())), repeated)
    units, fractions = _strata(answers, roles, grouped)
    clusters = int(units.sum()) if roles.cluster else 0
    check_count(answers, respondents, clusters)
    notes += _counted_together(answers, roles, respondents, repeated=repeated)
    answers.view("sample", _sample_sql(roles, questions, grouped, repeated))
    names: dict[int, str] = {}
    for value, code in segments.items():
        names.setdefault(code, segment_name(roles, value))
    return Sample(
        answers=answers,
        questions=questions,
        segments=tuple(names[code] for code in range(len(names))),
        propositions=propositions,
        people=people,
        respondents=respondents,
        units=units,
        fractions=fractions,
        grouped=grouped,
        clusters=clusters,
        repeated=repeated,
        asked=asked,
        before=tuple(before),
        notes=tuple(notes),
    )


# ---------------------------------------------------------------------- rows that take part


def _taken_sql(answers: Answers, roles: SurveyMap, questions: Sequence[Question], condition: str) -> str:
    """Rows with their codes, before those without a segment or a weight are left out."""

    def text(*columns: str | None) -> str:
        told = f" || '{BETWEEN_NAMES}' || ".join(text_sql(answers.column(each)) for each in columns if each)
        return f"coalesce({told}, '')" if told else "''"

    offer = roles.ratings.offer if isinstance(roles.ratings, Offers) else None
    parts = [
        "s.code AS segment",
        "coalesce(o.code, -1) AS offer" if offer else "CAST(0 AS BIGINT) AS offer",
        f"{text(roles.stratum)} AS stratum",
        f"{text(*roles.cluster or ())} AS cluster",
        f"{_person_sql(answers, roles)} AS person",
        f"{text(roles.choice.set if roles.choice else None)} AS choice_set",
        f"{number_sql(answers, roles.weight) if roles.weight else 'CAST(1 AS DOUBLE)'} AS weight",
        f"{number_sql(answers, roles.population) if roles.population else 'CAST(NULL AS DOUBLE)'} AS population",
        *(f"CAST({question.sql(answers, roles)} AS DOUBLE) AS q{i}" for i, question in enumerate(questions)),
    ]
    joins = f"LEFT JOIN segment_codes s ON s.value = {segment_sql(answers, roles)}"
    if offer:
        joins += f" LEFT JOIN offer_codes o ON o.value = {text_sql(answers.column(offer))}"
    return f"SELECT * FROM (SELECT {', '.join(parts)} FROM answers {joins} WHERE {condition})"


def _person_sql(answers: Answers, roles: SurveyMap) -> str:
    """Who a row is of; one that names nobody is of a person of its own, in this wave alone."""
    if not roles.id:
        return "''"
    wave = f" || ' ' || {text_sql(answers.column(roles.wave))}" if roles.wave else ""
    return f"coalesce({text_sql(answers.column(roles.id))}, '#' || {answers.row_number}{wave})"


def _left_out(answers: Answers, taken: str) -> list[str]:
    """Notes on rows that have no segment, and on those without a survey weight."""
    nowhere, unweighted = answers.rows(
        "SELECT count(*) FILTER (WHERE segment IS NULL), "
        f"count(*) FILTER (WHERE segment IS NOT NULL AND coalesce(weight, 0) = 0) FROM ({taken})"
    )[0]
    told = []
    if nowhere:
        told.append(_rows(nowhere, "fall into none of the segments", "falls into none of the segments"))
    if unweighted:
        told.append(_rows(unweighted, "have no survey weight", "has no survey weight"))
    return told


def _rows(count: int, why: str, of_one: str) -> str:
    return f"{count:,} row{'s' * (count > 1)} left out that {why if count > 1 else of_one}"


def _counted_together(
    answers: Answers, roles: SurveyMap, respondents: int, *, repeated: bool
) -> Iterator[str]:
    """Notes on rows that name no cluster, and on those of one respondent where that is no offer each."""
    if not (roles.cluster or repeated):
        return
    rows, unnamed = answers.rows("SELECT count(*), count(*) FILTER (WHERE cluster = '') FROM taken")[0]
    if roles.cluster and unnamed > 1:
        yield f"{unnamed:,} rows without a cluster count as one together"
    if repeated and not isinstance(roles.ratings, Offers):
        yield f"{respondents:,} respondents have {rows:,} rows: those of one count together"


def _repeated(answers: Answers) -> bool:
    """Whether a person has several rows."""
    distinct, rows = answers.rows("SELECT count(DISTINCT person), count(*) FROM taken")[0]
    return bool(distinct < rows)


def _people(answers: Answers, count: int, repeated: bool) -> tuple[IntArray, int]:
    """Respondents of each segment, and all of them."""
    how = "count(DISTINCT person)" if repeated else "count(*)"
    people = np.zeros(count, dtype=np.int64)
    for code, found in answers.rows(f"SELECT segment, {how} FROM taken GROUP BY segment"):
        people[code] = found
    return people, int(answers.rows(f"SELECT {how} FROM taken")[0][0])


def _strata(answers: Answers, roles: SurveyMap, grouped: bool) -> tuple[FloatArray, FloatArray]:
    """Units of each stratum, and what part of the population's they are; makes the codes of both."""
    key = ("cluster" if roles.cluster else "person") if grouped else "''"
    numbered = "row_number() OVER (ORDER BY"
    answers.table(
        "units",
        f"SELECT stratum, key, {numbered} stratum, key) - 1 AS code "
        f"FROM (SELECT DISTINCT stratum, {key} AS key FROM taken)",
    )
    answers.table(
        "strata",
        f"SELECT *, {numbered} stratum) - 1 AS code FROM (SELECT stratum, count(*) AS found, "
        "min(population) AS least, max(population) AS most FROM taken GROUP BY stratum)",
    )
    found = answers.rows(
        "SELECT h.stratum, h.found, h.least, h.most, (SELECT count(*) FROM units u WHERE u.stratum = h.stratum) "
        "FROM strata h ORDER BY h.code"
    )
    units = np.array([row[4] if grouped else row[1] for row in found], dtype=np.float64)
    populations = np.array([row[2] or 0 for row in found], dtype=np.float64)
    if roles.population:
        check_population(answers, roles.population, found, units)
    fractions = np.divide(units, populations, out=np.zeros_like(units), where=populations > 0)
    return units, fractions


def _sample_sql(roles: SurveyMap, questions: Sequence[Question], grouped: bool, repeated: bool) -> str:
    """Rows that take part, with the codes of their stratum and unit, and the part of a person that a row is."""
    said = [f"t.q{i} IS NOT NULL" for i, question in enumerate(questions) if question.asks == "importance"]
    answered = " AND ".join(said) or "true"
    mine = "OVER (PARTITION BY t.segment, t.person)"
    one = "CAST(1 AS DOUBLE)"
    once = f"{one} / nullif(count(CASE WHEN {answered} THEN 1 END) {mine}, 0)" if repeated else one
    part = f"{one} / count(*) {mine}" if repeated else one
    key = "cluster" if roles.cluster else "person"
    columns = [
        "t.segment, t.offer, h.code AS stratum, t.weight, t.person",
        "u.code AS unit" if grouped else "CAST(-1 AS BIGINT) AS unit",
        f"{once} AS once",
        f"{part} AS part",
        *(f"t.q{i}" for i in range(len(questions))),
    ]
    joins = "JOIN strata h ON h.stratum = t.stratum"
    if grouped:
        joins += f" JOIN units u ON u.stratum = t.stratum AND u.key = t.{key}"
    return f"SELECT {', '.join(columns)} FROM taken t {joins}"
