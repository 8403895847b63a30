"""Rows of a sample as weights and answers: what the sums are taken of, and where each of them belongs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from valuemix.model.names import clean_name
from valuemix.model.parts import Scale
from valuemix.respondents.derived import moment_count, moments_of
from valuemix.respondents.importance import shares_of
from valuemix.respondents.questions import Question
from valuemix.respondents.sums.crossing import Crossed
from valuemix.respondents.sums.kernel import Batch, Sums
from valuemix.respondents.survey_map import Importance, Offers, SurveyMap
from valuemix.typing import FloatArray, IntArray

__all__ = ["Coding", "Rows", "coding_of", "columns_of"]

Rows = Mapping[str, NDArray[Any]]
"""Columns of some rows of a sample by their names."""


@dataclass(frozen=True)
class Coding:
    """Where each number of a row belongs among the estimates of its segment.

    The estimates of a segment are those of importance, then scores by proposition (on each discipline, then on what
    was asked of moments), then its total.

    Attributes
    ----------
    disciplines, propositions : int
        How many.
    scale : Scale
        Of the ratings.
    importance_as : str, or None
        How stated importance is read; None where nothing is stated.
    derived : bool
        Whether importance is derived.
    stated : tuple of int
        Question of each discipline, or of its best and worst counts one after the other.
    overall : int or None
        Question of the overall judgment.
    rated : tuple of (int, int, int)
        Question, proposition (-1 where the row says which) and place of each rating: a discipline, or D and more of
        `in_moments`.
    in_moments : tuple of (str, int)
        Moment and discipline of what was asked of moments.
    """

    disciplines: int
    propositions: int
    scale: Scale
    importance_as: Importance | None
    derived: bool
    stated: tuple[int, ...]
    overall: int | None
    rated: tuple[tuple[int, int, int], ...]
    in_moments: tuple[tuple[str, int], ...] = ()

    @property
    def width(self) -> int:
        """How many estimates of scores a proposition has in a segment."""
        return self.disciplines + len(self.in_moments)

    @property
    def outside_moments(self) -> tuple[tuple[int, int, int, int], ...]:
        """Place among `rated`, question, proposition and discipline of each rating of the segment."""
        return tuple((i, *own) for i, own in enumerate(self.rated) if own[2] < self.disciplines)

    @property
    def said(self) -> int:
        """How many estimates of stated importance a segment has."""
        return self.disciplines if self.importance_as else 0

    @property
    def importance(self) -> int:
        """How many estimates of importance a segment has: stated ones, then moments that it is derived from."""
        return self.said + (moment_count(self.disciplines) if self.derived else 0)

    @property
    def length(self) -> int:
        """How many estimates a segment has, its total included."""
        return self.importance + self.propositions * self.width + 1

    @property
    def centres(self) -> FloatArray:
        """What answers are measured from, shape (length,)."""
        middle = (self.scale.lowest + self.scale.highest) / 2
        said, moments = [1 / self.disciplines] * self.said, [0.0] * (self.importance - self.said)
        return np.array([*said, *moments, *[middle] * (self.propositions * self.width), 0.0])

    def places(self, offer: int) -> IntArray:
        """Estimate of each column of a batch in a cell of this offer; -1 for none."""
        width, start = self.width, self.importance
        scores = [
            -1 if (p < 0 and offer < 0) else start + (offer if p < 0 else p) * width + d
            for _, p, d in self.rated
        ]
        return np.array([*range(start), *scores, self.length - 1], dtype=np.int64)

    def sums(
        self, batches: Iterable[pa.RecordBatch], *, grouped: bool, crossed: bool = False, between: bool = True
    ) -> Sums:
        """Sums of the rows of a part of a table: what every engine runs, wherever the part is.

        Where they are crossed, rows come in the order of their units, and these are not kept; see `Crossed`.
        """
        sums = Sums(crossed=Crossed(between) if crossed else None)
        for rows in batches:
            if len(rows):
                sums.add(self.batch(columns_of(rows), grouped=grouped))
        if sums.crossed:
            sums.crossed.close()
        return sums

    def batch(self, rows: Rows, *, grouped: bool) -> Batch:
        """Rows of a sample in numbers."""
        weight = np.asarray(rows["weight"], np.float64)
        once = weight * np.asarray(rows["once"], np.float64)
        middle = (self.scale.lowest + self.scale.highest) / 2
        said, rest = self.said, self.importance - self.said + len(self.rated)
        return Batch(
            stratum=np.asarray(rows["stratum"], np.int64),
            segment=np.asarray(rows["segment"], np.int64),
            offer=np.asarray(rows["offer"], np.int64),
            unit=np.asarray(rows["unit"], np.int64) if grouped else None,
            weights=[*[once] * said, *[weight] * rest, weight * np.asarray(rows["part"], np.float64)],
            answers=[
                *(self.stated_shares(rows) - 1 / self.disciplines).T,
                *self.moments(rows).T,
                *self.ratings(rows, middle).T,
                np.ones(len(weight)),
            ],
        )

    def ratings(self, rows: Rows, centre: float = 0.0) -> FloatArray:
        """Ratings of each row less a centre, a column for each of `rated`; none of an offer that is no proposition."""
        ratings = _columns(rows, [question for question, _, _ in self.rated], centre)
        if any(p < 0 for _, p, _ in self.rated):
            ratings[np.asarray(rows["offer"]) < 0] = np.nan
        return ratings

    def stated_shares(self, rows: Rows) -> FloatArray:
        """Shares of importance that each row states, shape (n, D); no column where nothing was asked."""
        if not self.importance_as:
            return np.empty((len(rows["weight"]), 0))
        return shares_of(_columns(rows, self.stated), self.importance_as)

    def moments(self, rows: Rows) -> FloatArray:
        """Moments of each row that importance is derived from; no column where it is not."""
        if not self.derived or self.overall is None:
            return np.empty((len(rows["weight"]), 0))
        ratings, middle = self.ratings(rows), (self.scale.lowest + self.scale.highest) / 2
        each = [
            _mean_over(ratings[:, [i for i, (_, _, own) in enumerate(self.rated) if own == d]])
            for d in range(self.disciplines)
        ]
        return moments_of(np.column_stack(each) - middle, np.asarray(rows[f"q{self.overall}"], np.float64))


def columns_of(batch: pa.RecordBatch) -> dict[str, NDArray[Any]]:
    """Columns of a record batch by their names."""
    return {
        name: column.to_numpy(zero_copy_only=False)
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    }


def _columns(rows: Rows, questions: Sequence[int], centre: float = 0.0) -> FloatArray:
    """Answers to questions less a centre, a row each; those to one question stand next to each other."""
    answers = np.empty((len(questions), len(rows["weight"])))
    for own, question in zip(answers, questions, strict=True):
        np.subtract(rows[f"q{question}"], centre, out=own)
    return answers.T


def _mean_over(answers: FloatArray) -> FloatArray:
    """Mean over what is answered in each row; NaN where nothing is."""
    answered = ~np.isnan(answers)
    count = answered.sum(axis=1)
    total = np.where(answered, answers, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def coding_of(
    roles: SurveyMap,
    questions: tuple[Question, ...],
    places: Mapping[str, int],
    count: int,
    propositions: tuple[str, ...],
    scale: Scale,
) -> Coding:
    """Coding of the questions of a map.

    Parameters
    ----------
    roles : SurveyMap
    questions : tuple of Question
    places : mapping of str to int
        Place of each discipline of the map among those of the scenario.
    count : int
        How many disciplines the scenario has.
    propositions : tuple of str
        Of the sample.
    scale : Scale
        Of the ratings.
    """
    stated = [i for i, question in enumerate(questions) if question.asks == "importance"]
    order = sorted(stated, key=lambda i: (places[questions[i].discipline], i))
    long = isinstance(roles.ratings, Offers)
    in_moments = tuple(dict.fromkeys((moment, places[discipline]) for moment, discipline in roles.rated_in))
    asked = [("", d) for d in range(count)] + [*in_moments]
    return Coding(
        disciplines=count,
        propositions=len(propositions),
        scale=scale,
        importance_as=roles.importance_as if stated else None,
        derived=roles.derives,
        stated=tuple(order),
        overall=next((i for i, question in enumerate(questions) if question.asks == "overall"), None),
        rated=tuple(
            (
                i,
                -1 if long else propositions.index(clean_name(question.proposition)),
                asked.index((question.moment, places[question.discipline])),
            )
            for i, question in enumerate(questions)
            if question.asks == "rating"
        ),
        in_moments=in_moments,
    )
