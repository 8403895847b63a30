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
from valuemix.respondents.coding import Coding, Rows, columns_of
from valuemix.respondents.engines.answers import Progress
from valuemix.respondents.sample import Sample
from valuemix.typing import FloatArray, IntArray

__all__ = ["chosen"]

CELLS = 2**16
"""Scores that are looked at together: as many as a processor keeps near."""


def chosen(
    sample: Sample,
    coding: Coding,
    scenario: Scenario,
    segments: IntArray,
    propositions: IntArray,
    progress: Progress | None = None,
) -> FloatArray:
    """Share of respondents who would choose each proposition, by segment.

    Ratings in moments do not count beside those of the segment. What a respondent did not rate has the segment's
    score, who was not asked what matters the segment's weights; who was asked and did not say, or said neither, is
    not counted. Ties are split.

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
    counts = np.sum(sample.folded(fold, progress, by="person" if by_person else ""), axis=0)
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
    parts: Iterable[Rows]
    if by_person:
        parts = _whole_people(batch.to_pandas() for batch in batches if len(batch))
    else:
        parts = (columns_of(batch) for batch in batches if len(batch))
    for rows in parts:
        inside = segments[np.asarray(rows["segment"], np.int64)] >= 0
        if not inside.all():
            rows = {name: column[inside] for name, column in rows.items()}  # noqa: PLW2901 - some of them
        if inside.any():
            _count(
                rows, _persons(rows) if by_person else None, counts, coding, scenario, segments, propositions
            )
    return counts


def _whole_people(parts: Iterable[pd.DataFrame]) -> Iterator[Rows]:
    """Rows in parts in which those of one person stand together."""
    held: pd.DataFrame | None = None
    for batch in parts:
        rows = batch if held is None else pd.concat([held, batch], ignore_index=True)
        last = rows["person"] == rows["person"].iloc[-1]
        held, whole = rows[last], rows[~last]
        if len(whole):
            yield _columns(whole)
    if held is not None:
        yield _columns(held)


def _columns(rows: pd.DataFrame) -> Rows:
    return {name: rows[name].to_numpy() for name in rows.columns}


def _persons(rows: Rows) -> IntArray:
    """Code of the person that each row is of, in a segment."""
    keys = rows["segment"], rows["person"]
    return np.asarray(pd.MultiIndex.from_arrays(keys).factorize()[0], dtype=np.int64)


def _count(
    rows: Rows,
    person: IntArray | None,
    counts: FloatArray,
    coding: Coding,
    scenario: Scenario,
    segments: IntArray,
    propositions: IntArray,
) -> None:
    """Add the choices of some people; each row is one where they have no codes."""
    first = slice(None) if person is None else np.unique(person, return_index=True)[1]
    group = segments[np.asarray(rows["segment"], np.int64)[first]]
    ratings = _ratings(rows, person, len(group), coding, propositions, scenario)
    weights = scenario.weights[group]
    if coding.importance_as:
        said = coding.stated_shares(rows)
        weights = said if person is None else _mean_by(person, len(group), said)
        counted = np.logical_not(np.isnan(weights).any(axis=1))
        weights = np.where(counted[:, None], weights, 1.0)
    else:
        counted = np.asarray(np.logical_not(np.isnan(ratings).all(axis=(0, 1))))
    share = np.asarray(rows["weight"], np.float64)[first] * counted
    scale = scenario.scale
    given = np.clip(scale.to_unit(scenario.given("scores").transpose(1, 2, 0)), 0.0, 1.0)
    step = max(CELLS // given[..., 0].size, 1)
    for some in (slice(start, start + step) for start in range(0, len(group), step)):
        unit = scale.to_unit(ratings[:, :, some])
        np.copyto(unit, np.take(given, group[some], axis=2), where=np.isnan(unit))
        values = power_mean(unit.transpose(0, 2, 1), weights[some], scenario.settings.rho)
        best = values >= np.fmax.reduce(values, axis=0) - TIE
        p, who = best.nonzero()
        each = (share[some] / np.maximum(best.sum(axis=0), 1))[who]
        counts += np.bincount(group[some][who] * len(best) + p, each, counts.size).reshape(counts.shape)


def _ratings(
    rows: Rows,
    person: IntArray | None,
    people: int,
    coding: Coding,
    propositions: IntArray,
    scenario: Scenario,
) -> FloatArray:
    """What each person rated, shape (P, D, people) of the scenario; NaN where nothing was said."""
    count_of = len(scenario.propositions)
    if person is None and all(p >= 0 for _, p, _ in coding.rated):
        wide = np.full((count_of, coding.disciplines, people), np.nan)
        for _, question, p, d in coding.outside_moments:
            if propositions[p] >= 0:
                wide[propositions[p], d] = rows[f"q{question}"]
        return wide
    offers, given = np.asarray(rows["offer"], np.int64), coding.ratings(rows)
    who = np.arange(people) if person is None else person
    shape = (people, count_of, coding.disciplines)
    total, count = np.zeros(shape), np.zeros(shape)
    for i, _, p, d in coding.outside_moments:
        at = propositions[offers] if p < 0 else np.full(len(who), propositions[p])
        there = np.flatnonzero(~np.isnan(given[:, i]) & (at >= 0))
        cell = who[there] * count_of + at[there]
        total[:, :, d] += np.bincount(cell, given[there, i], people * count_of).reshape(people, count_of)
        count[:, :, d] += np.bincount(cell, minlength=people * count_of).reshape(people, count_of)
    found: FloatArray = np.divide(total, count, out=np.full(shape, np.nan), where=count > 0)
    return found.transpose(1, 2, 0)


def _mean_by(person: IntArray, people: int, shares: FloatArray) -> FloatArray:
    said = ~np.isnan(shares).any(axis=1)
    count = np.bincount(person[said], minlength=people).astype(np.float64)[:, None]
    total = np.column_stack([np.bincount(person[said], own[said], people) for own in shares.T])
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))
