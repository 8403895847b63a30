"""From what was heard to a scenario: weights, scores, sizes, ranges, and the evidence that they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import stdtrit

from valuemix.errors import InvalidFile, Place, Problem, shorten, visible
from valuemix.model.evidence import Between, Estimate, Evidence, SegmentEvidence, packed, packed_whole
from valuemix.model.names import name_key
from valuemix.model.parts import Discipline, Doubt, Scale
from valuemix.model.scenario import Scenario
from valuemix.model.score_table import ScoreTable
from valuemix.model.tabular import fields_of_arrays
from valuemix.respondents.estimates import FEWEST
from valuemix.respondents.heard import Heard
from valuemix.typing import BoolArray, FloatArray, IntArray

__all__ = ["MAX_EVIDENCE", "Frame", "case_of", "check_estimates", "checked_size", "evidence_of", "kept_rows"]

MAX_EVIDENCE = 8_000_000
"""Bytes that the covariance of a scenario's evidence takes at most."""

MOST_ESTIMATES = 15_000
"""Estimates of a scenario that sentences can be drawn from: each is drawn 4,096 times."""

_DIGITS = 12
"""Significant digits that a scenario keeps: what differs beyond is the order in which a computer added."""


@dataclass(frozen=True)
class Frame:
    """What a survey goes into: the names of a case, and the place in it of what the survey names.

    Attributes
    ----------
    disciplines : tuple of Discipline
    scale : Scale
    into : Scenario or None
        The case, where there is one already.
    segments, propositions : ndarray of int
        Place in the case of each of the survey; -1 where it is left out.
    segment_names, proposition_names : tuple of str
        Of the survey.
    """

    disciplines: tuple[Discipline, ...]
    scale: Scale
    into: Scenario | None
    segments: IntArray
    propositions: IntArray
    segment_names: tuple[str, ...]
    proposition_names: tuple[str, ...]


def _tidy(values: FloatArray) -> FloatArray:
    """Numbers to the digits that are kept."""
    return np.array([float(f"{value:.{_DIGITS}g}") for value in values.ravel().tolist()]).reshape(
        values.shape
    )


def kept_without_gaps(scores: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Segments and propositions that are kept so that each of the one has a score of each of the other.

    What has the largest part of its cells blank goes first.

    Examples
    --------
    >>> scores = np.ones((3, 2, 1))
    >>> scores[2, 1] = np.nan
    >>> [kept.tolist() for kept in kept_without_gaps(scores)]
    [[True, True, False], [True, True]]
    """
    blank: BoolArray = np.logical_and.reduce(np.isnan(scores), axis=2)
    rows: BoolArray = np.ones(len(blank), dtype=np.bool_)
    columns: BoolArray = np.ones(blank.shape[1], dtype=np.bool_)
    while (left := blank & rows[:, None] & columns).any():
        by_row = left.sum(axis=1) / max(columns.sum(), 1)
        by_column = left.sum(axis=0) / max(rows.sum(), 1)
        if by_row.max() >= by_column.max():
            rows[by_row == by_row.max()] = False
        else:
            columns[by_column == by_column.max()] = False
    return rows, columns


def case_of(frame: Frame, heard: Heard, weights_from: str, **texts: Any) -> Scenario:
    """Scenario of what was heard.

    Parameters
    ----------
    frame : Frame
    heard : Heard
    weights_from : {"stated", "derived", "keep", "equal"}
    **texts
        Name, note and source.
    """
    base = frame.into or _blank(frame, heard)
    g, p = _kept(frame.segments), _kept(frame.propositions)
    at = np.ix_(frame.segments[g], frame.propositions[p])
    scores, low, high = (base.given(table).copy() for table in ("scores", "low", "high"))
    given = heard.scores[np.ix_(g, p)]
    there = ~np.isnan(given)
    widths = _half_widths(heard)
    error = _of_scores(heard, widths)[np.ix_(g, p)]
    own = np.clip(_tidy(given), frame.scale.lowest, frame.scale.highest)
    scores[at] = np.where(there, own, scores[at])
    low[at] = np.where(there, np.maximum(_tidy(own - error), frame.scale.lowest), low[at])
    high[at] = np.where(there, np.minimum(_tidy(own + error), frame.scale.highest), high[at])
    points = base.points.copy()
    if weights_from in ("stated", "derived"):
        told = [i for i in g if not np.isnan(heard.weights[i]).any()]
        points[frame.segments[told]] = _tidy(100 * heard.weights[told])
    elif weights_from == "equal":
        points[frame.segments[g]] = 100 / len(frame.disciplines)
    doubt = _doubt(base.doubt, heard, ranges=bool(there.any()))
    return base.replace(
        scores=ScoreTable(scores, base.axes),
        low=ScoreTable(low, base.axes) if there.any() else base.low,
        high=ScoreTable(high, base.axes) if there.any() else base.high,
        settings={**dict(base.settings), "doubt": doubt},
        **texts,
    ).with_points(points)


def _kept(places: IntArray) -> list[int]:
    return np.flatnonzero(places >= 0).tolist()


def _blank(frame: Frame, heard: Heard) -> Scenario:
    """Case of what the survey names, with sizes from the survey and nothing heard yet."""
    g, p = _kept(frame.segments), _kept(frame.propositions)
    scores = np.full((len(g), len(p), len(frame.disciplines)), (frame.scale.lowest + frame.scale.highest) / 2)
    scores[np.isnan(heard.scores[np.ix_(g, p)])] = np.nan
    fields = fields_of_arrays(
        scores,
        sizes=_tidy(heard.sizes[g]),
        disciplines=frame.disciplines,
        segments=[frame.segment_names[i] for i in g],
        propositions=[frame.proposition_names[i] for i in p],
    )
    return Scenario(name="Scenario", scale=frame.scale, **fields)


def _half_widths(heard: Heard) -> list[FloatArray]:
    """Half the widths of the 95 % intervals of each segment's estimates."""
    widths = []
    for items, block in zip(heard.items, heard.blocks, strict=True):
        degrees = np.array([item.degrees for item in items])
        errors = np.sqrt(np.maximum(np.diag(block), 0.0))
        widths.append(stdtrit(np.maximum(degrees, 1.0), 0.975) * errors)
    return widths


def _of_scores(heard: Heard, widths: Sequence[FloatArray]) -> FloatArray:
    """Half the widths of the intervals of scores, shape (G, P, D); NaN where there is none."""
    found = np.full(heard.scores.shape, np.nan)
    for items, own in zip(heard.items, widths, strict=True):
        for item, width in zip(items, own.tolist(), strict=True):
            if item.of == "score" and not item.moment:
                found[item.segment, item.proposition, item.discipline] = width
    return found


def _doubt(base: Doubt, heard: Heard, *, ranges: bool) -> Doubt:
    """What is in doubt where a number is typed later: its interval, with the halo of the answers."""
    return Doubt(**{**dict(base), "ranges": "interval", "halo": round(halo_of(heard), 2)}) if ranges else base


def halo_of(heard: Heard) -> float:
    """Mean correlation of the errors of one proposition's scores across disciplines, 0 to 1."""
    found = []
    for items, block in zip(heard.items, heard.blocks, strict=True):
        errors = np.sqrt(np.maximum(np.diag(block), 0.0))
        whose = np.array(
            [item.proposition if item.of == "score" and not item.moment else -1 for item in items]
        )
        whose[errors == 0] = -1
        correlation = block / np.outer(errors, errors).clip(1e-300)
        for p in np.unique(whose[whose >= 0]).tolist():
            own = np.flatnonzero(whose == p)
            if len(own) > 1:
                between = correlation[np.ix_(own, own)]
                found.append((between.sum() - len(own)) / (len(own) * (len(own) - 1)))
    return float(np.clip(np.mean(found), 0.0, 1.0)) if found else 0.0


def check_estimates(segments: int, estimates: int, file: str) -> None:
    """Refuse more estimates than sentences can be drawn from."""
    if estimates > MOST_ESTIMATES:
        told = f"{segments:,} segments have {estimates:,} estimates, at most {MOST_ESTIMATES:,}"
        raise InvalidFile([Problem("TOO_LARGE", told, "Join segments by names in the map", Place(file=file))])


def checked_size(heard: Heard, file: str) -> bool:
    """Whether covariance between segments is kept too; refuses evidence that takes too much even without.

    Raises
    ------
    InvalidFile
    """
    check_estimates(len(heard.items), sum(len(items) for items in heard.items), file)
    within = sum(len(block) * (len(block) + 1) // 2 for block in heard.blocks) * 16 / 3
    across = sum(block.size for block in heard.between.values()) * 16 / 3
    if within > MAX_EVIDENCE:
        told = (
            f"{len(heard.blocks):,} segments have so many estimates that their covariance takes {within / 1e6:.0f} MB, "
            f"at most {MAX_EVIDENCE / 1e6:.0f}"
        )
        raise InvalidFile([Problem("TOO_LARGE", told, "Join segments by names in the map", Place(file=file))])
    return within + across <= MAX_EVIDENCE


def evidence_of(
    frame: Frame, heard: Heard, scenario: Scenario, choose: FloatArray, *, across: bool, **said: Any
) -> Evidence:
    """What a scenario keeps of a survey.

    Parameters
    ----------
    frame : Frame
    heard : Heard
    scenario : Scenario
        What was made of it.
    choose : ndarray, shape (G, P)
        Of the scenario.
    across : bool
        Whether covariance between segments is kept.
    **said
        The other fields of `Evidence`.
    """
    kept = _kept(frame.segments)
    names = {g: scenario.segment_names[frame.segments[g]] for g in kept}
    rows = kept_rows(frame, heard)
    people: Mapping[str, int] = said.pop("people")
    segments = tuple(
        SegmentEvidence(
            segment=names[g],
            n=people[frame.segment_names[g]],
            n_effective=heard.effective[g],
            estimates=tuple(
                _estimate(heard, frame, scenario, g, i, clustered=said["clusters"] > 0) for i in rows[g]
            ),
            covariance=packed(heard.blocks[g][np.ix_(rows[g], rows[g])]),
            choose=_shares(scenario, choose[frame.segments[g]]),
        )
        for g in kept
    )
    between = tuple(
        Between(first=names[a], second=names[b], covariance=packed_whole(block[np.ix_(rows[a], rows[b])]))
        for (a, b), block in heard.between.items()
        if across and a in names and b in names
    )
    return Evidence(segments=segments, between=between, **said)


def kept_rows(frame: Frame, heard: Heard) -> dict[int, list[int]]:
    """Estimates that stay, of each segment that does."""
    return {
        g: [i for i, item in enumerate(heard.items[g]) if _stays(frame, item.proposition)]
        for g in _kept(frame.segments)
    }


def _stays(frame: Frame, proposition: int) -> bool:
    return proposition < 0 or bool(frame.propositions[proposition] >= 0)


def _estimate(heard: Heard, frame: Frame, scenario: Scenario, g: int, i: int, *, clustered: bool) -> Estimate:
    item = heard.items[g][i]
    p = frame.propositions[item.proposition] if item.proposition >= 0 else -1
    return Estimate(
        of=item.of,
        proposition=scenario.proposition_names[p] if p >= 0 else "",
        discipline=frame.disciplines[item.discipline].id if item.discipline >= 0 else "",
        moment=next((name for name in scenario.moment_names if name_key(name) == name_key(item.moment)), ""),
        mean=float(f"{item.mean:.{_DIGITS}g}"),
        n=item.n,
        n_effective=float(f"{item.n_effective:.{_DIGITS}g}"),
        degrees=int(item.degrees) if clustered else None,
    )


def _shares(scenario: Scenario, choose: FloatArray) -> dict[str, float]:
    if np.isnan(choose).any():
        return {}
    return dict(zip(scenario.proposition_names, _tidy(choose).tolist(), strict=True))


def few(names: Sequence[str]) -> str:
    """Names for a note, the first three of many."""
    told = ", ".join(visible(shorten(name)) for name in names[:3])
    return told + (f" and {len(names) - 3:,} more" if len(names) > 3 else "")


FEW_ANSWERS = f"fewer than {FEWEST} answers"
