"""What each challenger would need to lead: weight moved, one score, one segment's size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.draws.score_draws import score_doubt
from valuemix.analysis.tradeoffs.attribute_changes import attribute_changes
from valuemix.analysis.tradeoffs.flips import Flip
from valuemix.analysis.tradeoffs.tradeoffs import Challenge, ScoreChange, Tradeoffs, made_of_attributes
from valuemix.charts.table import Cell, Column, Table, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.tradeoffs.attribute_profile import attribute_words, nearest_attribute
from valuemix.exhibits.tradeoffs.nearest_change import (
    flip_words,
    needed_score,
    one_alone,
    points_moved,
    weight_moved,
)
from valuemix.exhibits.tradeoffs.switches import shown_size
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, number
from valuemix.exhibits.words.respondents import score_then, scores_given
from valuemix.typing import FloatArray

__all__ = ["challenges"]

MOVED = 1e-9
"""Weights that differ by less have not moved."""


@exhibit_kind(
    "What would change the leader",
    "Trade-offs",
    ("segment",),
    "Least total weight moved (half the sum of absolute changes) for a challenger to lead everyone, by "
    "linear programming; the single score and the single segment's share at which it ties the leader.",
)
def challenges(result: Tradeoffs) -> Exhibit:
    """Smallest changes that make each other proposition lead, the smallest first.

    Parameters
    ----------
    result : Tradeoffs
        Of one segment, or overall.

    Returns
    -------
    Exhibit
        With one row a challenger: segment, challenger, overtake_share and lead_share (weight
        moved to overtake today's leader and to lead everyone, missing where impossible), exact,
        the single score (score_segment, score_discipline, score_today, score_needed), the single
        segment (size_segment, size_today_share, size_needed_share), the same in words (moves,
        others), and one column of the weight's change a discipline.

    Examples
    --------
    >>> from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> print(challenges(tradeoffs(scenario, "Families")).finding)
    At today's scores Green line comes first among Families with 4 points of weights moved together, from
    innovation to operational excellence
    """
    table = _table(result)
    return Exhibit(
        finding=_finding(result),
        subtitle="Least weight moved, from and to any disciplines, until each other proposition is first of all, "
        "in points of 100, "
        f"{wording.population(result.scenario, result.segment)}",
        table=table,
        notes=_notes(result),
        alt=_alt(table, _several(result)),
        decimals=0,
        scenarios=(result.scenario,),
        chart=_chart(table),
    )


def _chart(table: pd.DataFrame) -> Table:
    """Weight that each challenger needs, between which disciplines, and what else would do; the nearest first."""
    points = ["impossible" if np.isnan(share) else _bar(share) for share in table["lead_share"]]
    nearest = points[:1] if points[:1] != ["impossible"] else []

    def first(values: list[str]) -> list[Cell]:
        head = [Cell(value, bold=True, role="highlight") for value in values[: len(nearest)]]
        return [*head, *texts(values[len(nearest) :])]

    return Table(
        (
            Column("Challenger", first(table["challenger"].tolist())),
            Column("Points of weight to be first of all", first(points), "right"),
            Column("How", texts(table["moves"].tolist()), lines=5),
            Column("Or else", texts(table["others"].tolist(), role="muted"), lines=5),
        )
    )


# ---------------------------------------------------------------------- table


def _table(result: Tradeoffs) -> pd.DataFrame:
    segment = wording.segment_name(result.scenario, result.segment)
    columns = ["segment", "challenger", "overtake_share", "lead_share", "exact", "moves", "others"]
    changes = attribute_changes(result.scenario, result.segment) if result.scenario.attributes else None
    rows = [{"segment": segment, **_row(result, challenge, changes)} for challenge in result.challenges]
    return pd.DataFrame(rows, columns=None if rows else columns)


def _row(result: Tradeoffs, challenge: Challenge, changes: FloatArray | None) -> dict[str, Any]:
    scenario = result.scenario
    score, size = challenge.score, challenge.size
    changed = _changes(result, challenge.lead)
    return {
        "challenger": scenario.proposition_names[challenge.challenger],
        "overtake_share": challenge.overtake.moved_share,
        "lead_share": challenge.lead.moved_share,
        "exact": challenge.lead.exact,
        "score_segment": scenario.segment_names[score.segment] if score else "",
        "score_discipline": scenario.discipline_names[score.discipline] if score else "",
        "score_today": score.today if score else np.nan,
        "score_needed": score.needed if score else np.nan,
        "size_segment": scenario.segment_names[size.segment] if size else "",
        "size_today_share": size.today_share if size else np.nan,
        "size_needed_share": size.needed_share if size else np.nan,
        "moves": _moves(result, challenge.lead),
        "others": _others(result, challenge, changes),
        **{
            f"change_{name}": change
            for name, change in zip(scenario.discipline_ids, changed.sum(axis=0), strict=True)
        },
    }


def _changes(result: Tradeoffs, flip: Flip) -> FloatArray:
    """Change of each weight times the share of its segment, shape (segments, D); NaN where impossible."""
    scenario = result.scenario
    if result.segment is not None:
        own = scenario.weights[[scenario.segment_index(result.segment)]]
        return np.asarray(flip.weights - own)
    return np.asarray((flip.weights - scenario.weights) * scenario.size_shares[:, None])


# ---------------------------------------------------------------------- words


def _moves(result: Tradeoffs, flip: Flip) -> str:
    """Between which disciplines weight moves, and in which segments by how many points of their sliders."""
    if not flip.possible:
        return "impossible at these scores, by weights alone" if flip.exact else "no such weights found"
    if flip.moved_share <= MOVED:
        return "as good as none"
    points, _, way = flip_words(result, flip)[0].partition(f" {weight_moved(result)}")
    # The bar of a single segment has its points beside it.
    return f"{points}{way}" if _several(result) else way.strip() or "both ways"


def _others(result: Tradeoffs, challenge: Challenge, changes: FloatArray | None) -> str:
    """The single number, score and segment that would do it, in words."""
    scenario, parts = result.scenario, [*_attribute(result, challenge.challenger, changes)]
    score = challenge.score
    if score and (not parts or not made_of_attributes(scenario, score)):
        parts.append(_score_words(result, challenge.challenger, score))
    elif not parts:
        parts.append("no single score of its own is enough")
    if challenge.size:
        size = challenge.size
        name = wording.short_names(scenario.segment_names)[size.segment]
        needed, now = shown_size(result, size)
        parts.append(f"{name} {needed} of size instead of {now}")
    elif result.segment is None and len(scenario.segments) > 1:
        parts.append("no segment's size is enough")
    return "; ".join(parts)


def _score_words(result: Tradeoffs, challenger: int, score: ScoreChange) -> str:
    scenario = result.scenario
    segments = wording.short_names(scenario.segment_names)
    word = wording.discipline_words(scenario)[score.discipline]
    where = (
        f" {wording.among(segments[score.segment])}" if result.segment is None and len(segments) > 1 else ""
    )
    places = decimals_of(scenario)
    today = "missing" if np.isnan(score.today) else number(score.today, places)
    place, moved = (score.segment, challenger, score.discipline), score.needed - score.today
    needed = needed_score(score.today, score.needed, places)
    return f"{word}{where} scored {needed}{score_then(scenario, place, today, moved)}"


def _attribute(result: Tradeoffs, challenger: int, changes: FloatArray | None) -> Iterator[str]:
    """The number of an attribute that has to change least, if one by itself is enough."""
    if changes is None:
        return
    scenario = result.scenario
    a = nearest_attribute(scenario, changes[challenger])
    if a is not None:
        yield attribute_words(scenario, result.segment, challenger, a, changes[challenger, a])


def _finding(result: Tradeoffs) -> str:
    if none := claims.none_leads(result.evaluation, result.segment, "so nothing else can lead"):
        return none
    leaders, place = result.evaluation.standing(result.segment).leaders, wording.place(result.segment)
    names = wording.short_names(result.scenario.proposition_names)
    if not result.challenges:
        where = wording.where(result.segment)
        if len(leaders) == 1:
            return f"{names[leaders[0]]} is the only proposition with a value {where}"
        return f"{wording.every(len(leaders), 'proposition')} with a value lead together {where}"
    first, given = result.challenges[0], scores_given(result.scenario)
    if not first.lead.possible:
        led = wording.joined([names[p] for p in leaders])
        if all(c.lead.exact for c in result.challenges):
            return f"At {given} no other proposition leads {place} at any weights: only {led} can"
        return f"At {given} no weights were found at which another than {led} leads {place}"
    who, (needs, mean) = names[first.challenger], flip_words(result, first.lead, parted=True)
    mean = f"; that is {mean}" if mean else ""
    where = wording.where(result.segment)
    fewer = "" if first.lead.exact else "; fewer may do"
    return f"At {given} {who} comes first {where} with {needs}{mean}{fewer}"


def _notes(result: Tradeoffs) -> tuple[str, ...]:
    exact, sure = (
        all(c.lead.exact for c in result.challenges),
        grounds.how_sure(result.scenario, result.segment),
    )
    return (
        "with this change the challenger ties for the first place; with any more it is first alone",
        one_alone(result),
        _at_these_scores(result),
        "bars are the mean of the segments by size, words the points of each segment's own sliders"
        if _several(result)
        else "",
        ""
        if exact
        else "values are not linear in the weights here: the moves shown do it, smaller ones may too",
        sure and f"at {scores_given(result.scenario)}; {sure}",
    )


def _at_these_scores(result: Tradeoffs) -> str:
    """That other scores may make possible what no weights do; empty where there are none, or all is possible."""
    left = [each for each in result.challenges if not each.lead.possible]
    if score_doubt(result.scenario).certain or not left:
        return ""
    passing = any(each.overtake.possible for each in left)
    passed = " (it may pass today's leader where a third is above both)" if passing else ""
    return (
        f"impossible: to be first of all at these scores{passed}; others that are held possible may allow it"
    )


def _alt(table: pd.DataFrame, several: bool) -> str:
    columns = ("challenger", "lead_share", "moves", "others")
    items = [
        f"{name}: {_needs(moved, several)}{moves}; or {others}"
        for name, moved, moves, others in zip(*(table[c] for c in columns), strict=True)
    ]
    return f"Bars of the weight to move, least first: {'. '.join(items)}." if items else "No challengers."


def _needs(moved: float, several: bool) -> str:
    """Points of a bar; by size where the words have those of each segment."""
    if np.isnan(moved):
        return ""
    points = wording.points(_bar(moved))
    return f"{points} " + ("by size, " if several and moved > MOVED else "")


def _bar(moved: float) -> str:
    """Points of a bar, without their noun; over several segments their mean."""
    return "0" if moved <= MOVED else points_moved(moved).split(" point")[0]


def _several(result: Tradeoffs) -> bool:
    return result.segment is None and len(result.scenario.segments) > 1
