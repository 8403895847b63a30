"""What respondents chose from sets of offers, and the sensitivity that it fits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa

from valuemix.analysis.evidence.sensitivity import FEWEST_CHOOSING, conditional_logit, sensitivity_of
from valuemix.errors import InvalidFile, NothingToShow, Place, Problem, shorten
from valuemix.means import power_mean
from valuemix.model.evidence import Choices
from valuemix.model.scenario import Scenario
from valuemix.respondents.case import Frame
from valuemix.respondents.coding import Coding, Rows, columns_of
from valuemix.respondents.sample import Sample
from valuemix.respondents.survey_map import SurveyMap
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["check_choices", "observed_choices"]


def check_choices(roles: SurveyMap, sample: Sample) -> None:
    """Refuse columns that hold no choices.

    Raises
    ------
    InvalidFile
        Where no set has two alternatives, or one that was chosen, or one has more.
    """
    if not roles.choice:
        return
    most, picked, twice = sample.answers.rows(
        "SELECT coalesce(max(size), 0), coalesce(max(picked), 0), count(*) FILTER (WHERE picked > 1) FROM (SELECT "
        f"count(*) AS size, count(*) FILTER (WHERE q{len(sample.questions) - 1} = 1) AS picked FROM taken "
        "WHERE choice_set <> '' GROUP BY person, choice_set)"
    )[0]
    if twice:
        told = (
            f"one row of a set is the chosen one, but {twice:,} set{'s have' if twice > 1 else ' has'} more"
        )
        mend = "Correct them, or name the column that tells the sets of a respondent apart"
    elif not picked:
        told, mend = "no set has a chosen row", "Write 1 where an alternative was chosen and 0 where not"
    elif most == 1:
        told = "every set has one alternative, so nothing was chosen between"
        mend = "Name the column that the alternatives of a set share"
    else:
        return
    place = Place(file=sample.answers.name, column=shorten(roles.choice.chosen))
    raise InvalidFile([Problem("CONFLICT", told, mend, place)])


def observed_choices(
    roles: SurveyMap, sample: Sample, coding: Coding, scenario: Scenario, frame: Frame
) -> tuple[Choices | None, list[str]]:
    """Sensitivity that fits the choices of a sample, and notes on it; None where the map has none, or none fits.

    The value of an alternative is that of its row: what the row rates, by the weights that its respondent states;
    what is not rated has the segment's score, who was not asked the segment's weights.
    """
    if not roles.choice:
        return None, []
    return _fit(_rows(sample, coding, scenario, frame), sample)


@dataclass(frozen=True)
class _Rows:
    """Alternatives, set after set: their set, value, whether they were chosen, weight, unit and offer."""

    set: IntArray
    value: FloatArray
    chosen: BoolArray
    weight: FloatArray
    unit: IntArray
    offer: IntArray

    def where(self, kept: BoolArray) -> _Rows:
        """Those that are kept."""
        names = ("set", "value", "chosen", "weight", "unit", "offer")
        return _Rows(*(getattr(self, name)[kept] for name in names))


def _rows(sample: Sample, coding: Coding, scenario: Scenario, frame: Frame) -> _Rows:
    """All alternatives of the sample, read in parts."""
    fold = partial(_alternatives, coding=coding, scenario=scenario, frame=frame)
    parts = sample.answers.folded(_sql(sample), fold)
    value, at, chosen, weight, unit, offer = np.concatenate(parts, axis=1)
    at, unit, offer = (each.astype(np.int64) for each in (at, unit, offer))
    return _Rows(at, value, chosen == 1, weight, unit, offer)


def _alternatives(
    batches: Iterable[pa.RecordBatch], *, coding: Coding, scenario: Scenario, frame: Frame
) -> FloatArray:
    """Alternatives of a part of a table, shape (6, n): their value, set, and so on."""
    held = ("choice_set", "chosen", "weight", "unit", "offer")
    parts = [np.empty((1 + len(held), 0))]
    for rows in map(columns_of, batches):
        own = [np.asarray(rows[name], np.float64) for name in held]
        parts.append(np.stack([_values(rows, coding, scenario, frame), *own]))
    return np.concatenate(parts, axis=1)


def _sql(sample: Sample) -> str:
    """Rows in the order of their sets; what a person states in one of their rows holds in all."""
    columns = []
    for i, question in enumerate(sample.questions):
        own = f"avg(q{i}) OVER (PARTITION BY segment, person)" if question.asks == "importance" else f"q{i}"
        name = "chosen" if question.asks == "choice" else f"q{i}"
        columns.append(f"coalesce({own}, CAST('NaN' AS DOUBLE)) AS {name}")
    unit = "stratum, cluster" if sample.clusters else "person"
    return (
        f"SELECT segment, offer, weight, dense_rank() OVER (ORDER BY {unit}) - 1 AS unit, "
        f"dense_rank() OVER (ORDER BY person, choice_set) - 1 AS choice_set, {', '.join(columns)} "
        "FROM taken WHERE choice_set <> '' ORDER BY person, choice_set"
    )


def _values(rows: Rows, coding: Coding, scenario: Scenario, frame: Frame) -> FloatArray:
    """Value of each alternative from 0 to 1; NaN where nobody says."""
    group = frame.segments[np.asarray(rows["segment"], np.int64)]
    offers = np.asarray(rows["offer"], np.int64)
    place = np.where(offers >= 0, frame.propositions[offers], -1)
    scores = np.where(
        (place >= 0)[:, None], scenario.given("scores")[group, place], np.full(coding.disciplines, np.nan)
    )
    given = coding.ratings(rows)
    for i, _, _, d in coding.outside_moments:
        scores[:, d] = np.where(np.isnan(given[:, i]), scores[:, d], given[:, i])
    weights = coding.stated_shares(rows) if coding.importance_as else scenario.weights[group]
    values = power_mean(np.clip(scenario.scale.to_unit(scores), 0.0, 1.0), weights, scenario.settings.rho)
    return np.where(group >= 0, values, np.nan)


def _fit(rows: _Rows, sample: Sample) -> tuple[Choices | None, list[str]]:
    """The sensitivity of sets that can be used, and what is told of it and of the others."""
    sets = int(rows.set.max(initial=-1)) + 1
    size, picked = (
        np.bincount(of, minlength=sets).astype(np.int64) for of in (rows.set, rows.set[rows.chosen])
    )
    silent, alone = picked == 0, (picked == 1) & (size == 1)
    blank = np.bincount(rows.set, np.isnan(rows.value), sets) > 0
    blank &= ~silent & ~alone
    notes = [
        f"{count:,} set{'s' * (count > 1)} {why} left out of the choices"
        for left, why in (
            (silent, "without a chosen row"),
            (alone, "of one alternative"),
            (blank, "with an alternative that nobody rated"),
        )
        if (count := int(left.sum()))
    ]
    used = rows.where(~(silent | alone | blank)[rows.set])
    try:
        found = _fitted(used, sample)
    except NothingToShow as why:
        told = f"choices fix no sensitivity of preference shares, and the usual one stays: {why}"
        return None, [*notes, told]
    return found, [*notes, f"sensitivity of preference shares {sensitivity_of(found).told}"]


def _fitted(rows: _Rows, sample: Sample) -> Choices:
    """The fit of sets that can be used; tells why where there is none."""
    starts = np.flatnonzero(np.diff(rows.set, prepend=-1))
    units = np.unique(rows.unit[starts], return_inverse=True)[1]
    count = int(units.max(initial=-1)) + 1
    if count < FEWEST_CHOOSING:
        who = "clusters" if sample.clusters else "respondents"
        raise NothingToShow(f"fewer than {FEWEST_CHOOSING} {who} chose")
    took = np.unique(rows.offer[rows.chosen])
    if len(took) == 1 and took[0] >= 0:
        raise NothingToShow(
            f"all chose {shorten(sample.propositions[took[0]])}, for its value or for its name"
        )
    return conditional_logit(rows.value, starts, rows.chosen, rows.weight[starts], units)
