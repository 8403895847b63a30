"""Who would choose what: the share of respondents whose own weights and ratings put each proposition first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa

from valuemix.analysis.value.scoring import TIE
from valuemix.means import power_mean
from valuemix.model.scenario import Scenario
from valuemix.respondents.coding import Coding
from valuemix.respondents.engines.answers import Progress
from valuemix.respondents.sample import Sample
from valuemix.typing import FloatArray, IntArray

__all__ = ["chosen"]


def chosen(
    sample: Sample,
    coding: Coding,
    scenario: Scenario,
    segments: IntArray,
    propositions: IntArray,
    progress: Progress | None = None,
) -> FloatArray:
    """Share of respondents who would choose each proposition, by segment.

    What a respondent did not rate has the segment's score, who was not asked what matters the segment's weights;
    who was asked and did not say, or said neither, is not counted. Ties are split.

    Parameters
    ----------
    sample : Sample
    coding : Coding
    scenario : Scenario
        With the scores and weights of the segments.
    segments, propositions : ndarray of int
        Place in the scenario of each segment and proposition of the sample; -1 for none.
    progress : callable, optional

    Returns
    -------
    ndarray, shape (G, P)
        Of the scenario; rows sum to 1, and are NaN where nobody is counted.
    """
    by_person = sample.repeated
    fold = partial(
        _counted,
        by_person=by_person,
        coding=coding,
        scenario=scenario,
        segments=segments,
        propositions=propositions,
    )
    counts = np.sum(sample.folded(fold, progress, by_person=by_person), axis=0)
    total = counts.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(counts, total, out=np.full_like(counts, np.nan), where=total > 0))


def _counted(
    batches: Iterable[pa.RecordBatch],
    *,
    by_person: bool,
    coding: Coding,
    scenario: Scenario,
    segments: IntArray,
    propositions: IntArray,
) -> FloatArray:
    """Choices of the people of a part of a table, by segment and proposition of the scenario."""
    counts = np.zeros((len(scenario.segments), len(scenario.propositions)))
    parts = (batch.to_pandas() for batch in batches if len(batch))
    for part in _whole_people(parts) if by_person else parts:
        rows = part[segments[part["segment"].to_numpy()] >= 0]
        if len(rows):
            person = _persons(rows) if by_person else np.arange(len(rows))
            _count(rows, person, counts, coding, scenario, segments, propositions)
    return counts


def _whole_people(parts: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Rows in parts in which those of one person stand together."""
    held: pd.DataFrame | None = None
    for batch in parts:
        rows = batch if held is None else pd.concat([held, batch], ignore_index=True)
        last = rows["person"] == rows["person"].iloc[-1]
        held, whole = rows[last], rows[~last]
        if len(whole):
            yield whole
    if held is not None:
        yield held


def _persons(rows: pd.DataFrame) -> IntArray:
    """Code of the person that each row is of, in a segment."""
    keys = rows["segment"].to_numpy(np.int64), rows["person"]
    return np.asarray(pd.MultiIndex.from_arrays(keys).factorize()[0], dtype=np.int64)


def _count(
    rows: pd.DataFrame,
    person: IntArray,
    counts: FloatArray,
    coding: Coding,
    scenario: Scenario,
    segments: IntArray,
    propositions: IntArray,
) -> None:
    """Add the choices of some people."""
    _, first = np.unique(person, return_index=True)
    people = len(first)
    group = segments[rows["segment"].to_numpy(np.int64)[first]]
    ratings = _ratings(rows, person, people, coding, propositions, scenario)
    rated = ~np.isnan(ratings).all(axis=(1, 2))
    weights = scenario.weights[group]
    counted = rated
    if coding.importance_as:
        said = coding.stated_shares(rows)
        weights = _mean_by(person, people, said)
        counted = ~np.isnan(weights).any(axis=1)
    scores = np.where(np.isnan(ratings), scenario.array("scores")[group], ratings)
    unit = np.clip(scenario.scale.to_unit(scores), 0.0, 1.0)
    values = power_mean(unit[counted], weights[counted][:, None, :], scenario.settings.rho)
    best = values >= np.nanmax(np.nan_to_num(values, nan=-1.0), axis=1, keepdims=True) - TIE
    share = best / np.maximum(best.sum(axis=1, keepdims=True), 1)
    weight = rows["weight"].to_numpy(np.float64)[first][counted]
    np.add.at(counts, group[counted], share * weight[:, None])


def _ratings(
    rows: pd.DataFrame,
    person: IntArray,
    people: int,
    coding: Coding,
    propositions: IntArray,
    scenario: Scenario,
) -> FloatArray:
    """What each person rated, shape (people, P, D) of the scenario; NaN where nothing was said."""
    count_of = len(scenario.propositions)
    shape = (people, count_of, coding.disciplines)
    total, count = np.zeros(shape), np.zeros(shape)
    offers, given = rows["offer"].to_numpy(np.int64), coding.ratings(rows)
    for i, (_, p, d) in enumerate(coding.rated):
        at = propositions[offers] if p < 0 else propositions[p]
        there = np.flatnonzero(~np.isnan(given[:, i]) & (at >= 0))
        if not len(there):
            continue
        if p >= 0:
            total[:, at, d] += np.bincount(person[there], given[there, i], people)
            count[:, at, d] += np.bincount(person[there], minlength=people)
            continue
        cell = person[there] * count_of + at[there]
        total[:, :, d] += np.bincount(cell, given[there, i], people * count_of).reshape(people, count_of)
        count[:, :, d] += np.bincount(cell, minlength=people * count_of).reshape(people, count_of)
    return np.asarray(np.divide(total, count, out=np.full(shape, np.nan), where=count > 0))


def _mean_by(person: IntArray, people: int, shares: FloatArray) -> FloatArray:
    said = ~np.isnan(shares).any(axis=1)
    count = np.bincount(person[said], minlength=people).astype(np.float64)[:, None]
    total = np.column_stack([np.bincount(person[said], own[said], people) for own in shares.T])
    return np.asarray(np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0))
