"""What everything rests on: the scores, of a segment or of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import (
    Certainty,
    Degree,
    certainty_among,
    share_above,
)
from valuemix.analysis.customers.balance import mean_score_draws, mean_scores, partial_scores
from valuemix.analysis.value.scoring import OVERALL
from valuemix.charts.roles import scaled
from valuemix.charts.table import Table, centred, named, shaded
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import number, rounded, score_decimals
from valuemix.exhibits.words.listing import grouped
from valuemix.exhibits.words.reasons import backed, reason_lines
from valuemix.exhibits.words.respondents import heard_of
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["near_the_mean", "partial_note", "scores", "shared_scores"]


DIFFERS = 0.1
"""Share of the scale by which a segment's scores differ from the mean, where they are shown by themselves."""


@exhibit_kind(
    "Scores",
    "Data",
    ("segment",),
    "Scores as given, on the scenario's scale.",
)
def scores(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Scores of every proposition in a segment.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Which one; where it is None the scores are those that every segment shares, or their mean by size.

    Returns
    -------
    Exhibit
        With one row a proposition and discipline: segment, proposition, discipline, score (NaN
        where it is missing), partial (whether a segment lacks it, so that it is the mean of the others).

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 3]], propositions=["Express", "Green line"])
    >>> scores(scenario).finding
    'Scores differ by 1 on Discipline 1 and Discipline 2'
    """
    array = _scores_of(scenario, segment)
    name = OVERALL if segment is None else wording.segment_name(scenario, segment)
    table = pd.DataFrame(
        {
            "segment": name,
            "proposition": np.repeat(np.array(scenario.proposition_names, dtype=object), array.shape[1]),
            "discipline": [*scenario.discipline_names] * array.shape[0],
            "score": array.ravel(),
            "partial": partial_scores(scenario, segment).ravel(),
        }
    )
    decimals = score_decimals(scenario)
    whom = _whom(scenario, segment)
    missing = int(np.isnan(array).sum())
    most, sure = _widest(array, decimals), _sureness(scenario, array, segment)
    return Exhibit(
        finding=_where(scenario, segment, _finding(scenario, array, most, sure, decimals, segment)),
        subtitle=f"Scores ({wording.scale(scenario)}) by proposition and discipline, {whom}"
        + _farther(scenario, segment),
        table=table,
        notes=(
            *((f"{missing} of {array.size} scores are missing",) if missing else ()),
            *partial_note(scenario, segment),
            *_spread_note(scenario, segment, decimals),
            *_how_sure(scenario, segment, most, sure),
            backed(scenario, segment),
        ),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
        reasons=reason_lines(scenario, segment),
    )


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    """Propositions by disciplines; a mean of some segments only has a star."""
    disciplines = list(dict.fromkeys(table["discipline"]))
    shape = (-1, len(disciplines))
    scores = table["score"].to_numpy(dtype=float).reshape(shape)
    stars = np.where(table["partial"], "*", "").reshape(shape)
    cells = [
        [shaded(number(score, decimals) + star, deep) for score, star, deep in zip(*row, strict=True)]
        for row in zip(scores, stars, scaled(scores), strict=True)
    ]
    names = table["proposition"].tolist()[:: len(disciplines)]
    return Table((named("Proposition", names), *centred(disciplines, cells)))


def partial_note(scenario: Scenario, segment: str | None) -> list[str]:
    """What the star beside a mean of scores says, where any has one.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2]], [[4, None]]], segments=["Families", "Students"])
    >>> partial_note(scenario, None), partial_note(scenario, "Families")
    (['* partial mean: a score is missing in Students'], [])
    """
    if not partial_scores(scenario, segment).any():
        return []
    lacking = np.isnan(scenario.array("scores")) & partial_scores(scenario, segment)
    where = lacking.any(axis=(1, 2)) & (scenario.sizes > 0)
    names = wording.short_names(scenario.segment_names)
    listed = wording.joined([names[g] for g in np.flatnonzero(where)])
    return [f"* partial mean: a score is missing in {listed}"]


def shared_scores(scenario: Scenario) -> bool:
    """Whether every segment sees the same scores.

    Examples
    --------
    >>> shared_scores(Scenario.from_arrays([[8, 2], [7, 3]]))
    True
    """
    array = scenario.array("scores")
    return bool(np.array_equal(array, np.broadcast_to(array[:1], array.shape), equal_nan=True))


def near_the_mean(scenario: Scenario) -> list[int]:
    """Segments with all their scores within a tenth of the scale of the mean: it stands for them.

    Examples
    --------
    >>> near_the_mean(Scenario.from_arrays([[[8, 2]], [[6, 4]], [[7, 5.2]]]))
    [1]
    """
    array = scenario.array("scores")
    away = np.abs(np.nan_to_num(array - mean_scores(scenario))).max(axis=(1, 2))
    near = (away <= DIFFERS * scenario.scale.width + 1e-9) & ~np.isnan(array).any(axis=(1, 2))
    return np.flatnonzero(near).tolist()


def _scores_of(scenario: Scenario, segment: str | None) -> FloatArray:
    """Scores of a segment, or of all of them, shape (P, D)."""
    if segment is None:
        return mean_scores(scenario)
    row: FloatArray = scenario.array("scores")[scenario.segment_index(segment)]
    return row


def _spread_note(scenario: Scenario, segment: str | None, decimals: int) -> list[str]:
    """How far the segments' own scores lie from the mean that is shown."""
    if segment is not None or shared_scores(scenario):
        return []
    away = np.abs(scenario.array("scores") - mean_scores(scenario))
    furthest = np.nanmax(away, axis=(1, 2), initial=0.0)
    names, places = wording.short_names(scenario.segment_names), max(decimals, 1)
    most = f"{number(furthest.max(), places)}, most {wording.among(names[int(furthest.argmax())])}"
    near = near_the_mean(scenario)
    if not 0 < len(near) < len(names):
        return [f"scores differ from this mean by up to {most}"]
    within = number(DIFFERS * scenario.scale.width, places)
    those = f"those of {wording.joined([names[g] for g in near])} lie within {within} of it"
    return [f"scores differ from this mean by up to {most}; {those}"]


def _whom(scenario: Scenario, segment: str | None) -> str:
    if segment is None and len(scenario.segments) > 1:
        return "the same in every segment" if shared_scores(scenario) else "mean of all segments by size"
    return wording.population(scenario, segment)


def _where(scenario: Scenario, segment: str | None, finding: str) -> str:
    """Sentence that names its segment, where there are several and each has scores of its own."""
    if segment is None or len(scenario.segments) == 1:
        return finding
    name = wording.short_names(scenario.segment_names)[scenario.segment_index(segment)]
    return f"{finding} in {name}"


def _widest(array: FloatArray, decimals: int) -> list[int]:
    """Disciplines on which propositions differ most as it is printed; none where they differ on none."""
    spreads = np.array([_spread(column, decimals) for column in array.T])
    return np.flatnonzero(spreads == spreads.max()).tolist() if spreads.max() else []


def _sureness(scenario: Scenario, array: FloatArray, segment: str | None) -> Certainty:
    """How sure it is on which discipline propositions differ most.

    Drawn between the best and the worst of today: who happens to lie at the ends of a draw lies farther apart, the more
    so the larger the errors, so that the least known would seem to differ most.
    """
    drawn, columns, there = mean_score_draws(scenario, segment), np.arange(array.shape[1]), ~np.isnan(array)
    best, worst = (
        np.where(there, array, -np.inf).argmax(axis=0),
        np.where(there, array, np.inf).argmin(axis=0),
    )
    today, drawn = (own[best, columns] - own[worst, columns] for own in (array, drawn))
    return certainty_among(today, drawn, scenario.scale.width)


def _finding(
    scenario: Scenario,
    array: FloatArray,
    most: Sequence[int],
    sure: Certainty,
    decimals: int,
    segment: str | None,
) -> str:
    """On which discipline the propositions differ most, which is where the choice is made."""
    scored = ~np.isnan(array).all(axis=1)
    if not scored.any():
        return "Nothing is scored yet"
    if scored.sum() == 1:
        name = wording.short_names(scenario.proposition_names)[int(scored.argmax())]
        return f"{name} is the only proposition that is scored"
    if not most:
        return "All propositions have the same scores"
    words = wording.discipline_words(scenario)
    largest = number(_spread(array[:, most[0]], decimals), decimals)
    where = wording.joined([words[d] for d in most])
    apart = _apart(scenario, array, most, segment)
    if len(most) == len(words):
        return f"Scores differ by {largest} on {where}{apart}"
    told = f"by {largest} from best to worst{apart}"
    if len(most) == 1 and sure.degree == "open":
        between = wording.joined([where, *claims.listed(sure.close, words)])
        return f"On which discipline propositions differ most cannot be told between {between}: on {where} {told}"
    probably = claims.probably(sure) if len(most) == 1 else ""
    return f"Propositions {probably}differ most on {where}: {told}"


def _apart(scenario: Scenario, array: FloatArray, most: Sequence[int], segment: str | None) -> str:
    """Whether best and worst are told from each other at all, as the farthest of all pairs; empty where they are."""
    drawn, width = mean_score_draws(scenario, segment), scenario.scale.width
    degrees: list[Degree] = []
    for d in most:
        best, worst, count = (
            np.nanargmax(array[:, d]),
            np.nanargmin(array[:, d]),
            (~np.isnan(array[:, d])).sum(),
        )
        others = [0.5] * (count * (count - 1) // 2 - 1)
        degrees += grading.grades([share_above(drawn[best, d], drawn[worst, d], width), *others])[:1]
    return {"open": ", the two too close to call", "likely": ", the best probably above the worst"}.get(
        grading.least_sure(degrees), ""
    )


def _how_sure(scenario: Scenario, segment: str | None, most: Sequence[int], sure: Certainty) -> list[str]:
    """What the degree rests on, where one discipline is named of several."""
    if (
        len(most) != 1
        or not sure.in_doubt
        or len(scenario.disciplines) == 1
        or len(scenario.propositions) == 1
    ):
        return []
    names = [f"the spread on {word}" for word in wording.discipline_words(scenario)]
    return [
        f"{grounds.ahead_of(sure, names, 'wider than')}, {grounds.taken(scenario, segment, weighed=False)}"
    ]


def _farther(scenario: Scenario, segment: str | None) -> str:
    """That estimates lie farther apart than what they estimate, where respondents gave any score."""
    given = heard_of(scenario, segment).scores != "none"
    return "; estimates lie on average farther apart than what they estimate" if given else ""


def _spread(column: FloatArray, decimals: int) -> float:
    found = [rounded(value, decimals) for value in column if not np.isnan(value)]
    return rounded(max(found) - min(found), decimals) if found else 0.0


def _alt(table: pd.DataFrame, decimals: int) -> str:
    told = grouped(table, "proposition", "discipline", "score", partial(number, decimals=decimals))
    return f"Scores. {'; '.join(f'{name}: {own}' for name, own in told.items())}."
