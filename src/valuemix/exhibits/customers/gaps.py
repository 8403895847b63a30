"""Gaps between what is promised or believed and what customers feel, as rows of a dumbbell chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, Degree, certainty_among, degree_of, share_above
from valuemix.analysis.customers.perception import Perception
from valuemix.analysis.value.scoring import TIE
from valuemix.charts.dumbbells import Dumbbells
from valuemix.errors import EditError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, gap, number
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.pairs import pair
from valuemix.typing import FloatArray

__all__ = ["BY", "SHOWN", "Gaps", "Sureness", "gap_exhibit", "others_words"]

BY = ("score", "discipline", "segment", "proposition")
"""What one row can stand for."""

SHOWN = 10
"""Rows that a chart shows at most."""

NAME = 15.0
"""Room for a proposition before its discipline, in font sizes."""


@dataclass(frozen=True)
class Sureness:
    """How sure gaps are within doubt, one entry a row; what is promised or believed is known.

    Attributes
    ----------
    widest : Certainty
        Which gap is the widest, either way; of promises, which is missed most, or where none is outdone most.
    beyond : tuple of {"clear", "likely", "open"}
        Degree of every gap that is beyond the bar, the widest first; several are told together (Holm).
    within : {"clear", "likely", "open"}
        That no other gap is beyond the bar than those which are today.
    sign : {"clear", "likely", "open"}
        That of the first row's gap, as it is today.
    kept : {"clear", "likely", "open"}
        That customers feel nowhere less than is claimed.
    """

    widest: Certainty
    beyond: tuple[Degree, ...]
    within: Degree
    sign: Degree
    kept: Degree


def sureness(found: Perception, table: pd.DataFrame, segment: str | None, by: str) -> Sureness:
    """How sure the rows of a table are that `gap_table` made."""
    width, bar = found.scenario.scale.width, found.scenario.cover_story_bar
    drawn = found.felt_draws(None if by == "score" else by, segment)
    keys = table["proposition"] + "\n" + table["discipline"] if by == "score" else table[by]
    felt = np.stack([drawn[key] for key in keys]) if len(table) else np.empty((0, 1))
    gaps = table[found.view].to_numpy(dtype=float)[:, None] - felt
    today = table["gap"].to_numpy(dtype=float)
    there = table["beyond_bar"].to_numpy(dtype=bool)
    beyond = [share_above(row, bar, width) for row in gaps[there]]
    sign = share_above(np.sign(today[0]) * gaps[0], 0.0, width) if len(table) else 1.0
    way = _way(found, today)
    return Sureness(
        certainty_among(way(today), way(gaps), width),
        beyond=tuple(grading.grades(beyond)),
        within=degree_of(_none_above(gaps[~there], bar, width)),
        sign=degree_of(sign),
        kept=degree_of(_none_above(gaps, 0.0, width)),
    )


def _way(found: Perception, today: FloatArray) -> Callable[[FloatArray], FloatArray]:
    """What makes a gap a wide one: its size, or of promises by how much they are missed or, where none is, outdone."""
    if found.view == "believed":
        return np.abs
    missed = (today > TIE * found.scenario.scale.width).any()
    return np.positive if missed else np.negative


def _none_above(gaps: FloatArray, bar: float, width: float) -> float:
    """Share of draws in which no gap is above a bar; those at it count half."""
    return share_above(-gaps.max(axis=0), -bar, width) if len(gaps) else 1.0


def gap_table(found: Perception, segment: str | None, proposition: str | None, by: str) -> pd.DataFrame:
    """Rows of gaps: segment, proposition, discipline, the view, felt, gap, beyond_bar.

    The widest first; of promises, the one that is missed most.

    Raises
    ------
    UnknownName
        Where there is no such segment or proposition.
    EditError
        Where rows cannot stand for what is asked.
    """
    if by not in BY:
        raise EditError(f"gaps can be shown by {wording.joined(BY, 4)}, not by {by!r}")
    if by != "score" and (segment or proposition):
        raise EditError(
            f"gaps by {by} are over all segments and propositions; leave out the segment and the proposition"
        )
    scenario, tie = found.scenario, TIE * found.scenario.scale.width
    where = None if segment is None else wording.segment_name(scenario, segment)
    gaps = found.cells(where) if by == "score" else found.by(by)
    name = (
        None if proposition is None else scenario.proposition_names[scenario.proposition_index(proposition)]
    )
    rows = [
        (
            g.segment,
            g.proposition,
            g.discipline,
            g.seen,
            g.felt,
            g.gap,
            g.gap >= scenario.cover_story_bar - tie,
        )
        for g in gaps
        if name in (None, g.proposition)
    ]
    columns = ["segment", "proposition", "discipline", found.view, "felt", "gap", "beyond_bar"]
    table = pd.DataFrame(rows, columns=columns).astype({"gap": float, "beyond_bar": bool})
    if found.view == "believed":
        return table
    # What is delivered beyond a promise is no cover story, however wide the gap.
    order = (table["gap"] / tie).round().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


@dataclass(frozen=True)
class Gaps:
    """Rows of gaps, the widest first, as sentences tell them; all rows of `gap_table`, or some."""

    found: Perception
    table: pd.DataFrame
    segment: str | None
    sure: Sureness

    @property
    def width(self) -> float:
        """Of the scale."""
        return self.found.scenario.scale.width

    @property
    def decimals(self) -> int:
        """Of scores and gaps."""
        return decimals_of(self.found.scenario)

    @property
    def bar(self) -> str:
        """For cover stories, as it is written."""
        return wording.plain(round(self.found.scenario.cover_story_bar, 6))

    @property
    def served(self) -> str:
        """Who feels what they get."""
        return wording.served(self.found.scenario, self.segment)

    @property
    def close(self) -> str:
        """That the widest gap is too close to call, where it is."""
        return claims.close(self.sure.widest)

    @cached_property
    def widest(self) -> list[int]:
        """Rows that share the widest gap; none where nothing differs."""
        size, tie = np.abs(self.table["gap"].to_numpy()), TIE * self.width
        if not len(size) or size.max() <= tie:
            return []
        return [int(i) for i in np.flatnonzero(size >= size.max() - tie)]

    def only(self, rows: pd.Series[bool]) -> Gaps:
        """Some of the rows."""
        return replace(self, table=self.table[rows].reset_index(drop=True))

    def subject(self, row: int) -> str:
        """What a row is about, inside a sentence: "48-hour parts on customer intimacy"."""
        proposition, discipline, segment = (
            wording.shortened(self.table[column].drop_duplicates().tolist())[self.table[column].iloc[row]]
            for column in ("proposition", "discipline", "segment")
        )
        if proposition and discipline:
            return f"{proposition} on {wording.discipline_word(discipline)}"
        return proposition or wording.discipline_word(discipline) or segment

    def scores(self, row: int) -> tuple[float, float]:
        """What is promised or believed in a row, and what is felt."""
        return float(self.table[self.found.view].iloc[row]), float(self.table["felt"].iloc[row])

    def told(self, row: int, seen: str, felt: str) -> str:
        """Both scores of a row behind what they are: "promised 8.0, felt 4.0"."""
        one, other = (number(score, self.decimals) for score in self.scores(row))
        return f"{seen} {one}, {felt} {other}"

    def apart(self, row: int) -> str:
        """How far both scores of a row are apart as they are printed; empty where they look alike."""
        seen, felt = self.scores(row)
        shown = gap(seen, felt, self.decimals)
        return number(abs(shown), self.decimals) if shown else ""

    @property
    def least(self) -> str:
        """The least difference that is printed."""
        return number(10.0**-self.decimals, self.decimals)

    @property
    def clearly(self) -> str:
        """How many of several gaps beyond the bar are clearly so; empty where all are, or there is one alone."""
        return claims.clearly(self.sure.beyond) if len(self.sure.beyond) > 1 else ""


def gap_exhibit(
    found: Perception, segment: str | None, proposition: str | None, by: str, finding: Callable[[Gaps], str]
) -> Exhibit:
    """Exhibit of gaps under a finding that is made of them."""
    table = gap_table(found, segment, proposition, by)
    gaps = Gaps(found, table, segment, sureness(found, table, segment, by))
    return Exhibit(
        finding=finding(gaps),
        subtitle=_subtitle(gaps, by),
        table=table,
        notes=_notes(gaps, by),
        alt=_alt(gaps),
        decimals=gaps.decimals,
        scenarios=(found.scenario,),
        chart=_chart(gaps),
    )


def _subtitle(gaps: Gaps, by: str) -> str:
    scenario, view, name = gaps.found.scenario, gaps.found.view, only_proposition(gaps.table)
    whose = wording.population(scenario, gaps.segment, by="weight" if by == "segment" else "size and weight")
    of = f" of {wording.short_names([name])[0]}" if name and by == "score" else ""
    order = "widest gap" if view == "believed" else "most missed"
    what = "Scores" if by == "score" else f"Mean scores by {by}"
    return f"{what}{of} ({wording.scale(scenario)}) as felt and as {view}, {whose}, {order} first"


def _alt(gaps: Gaps) -> str:
    view = gaps.found.view
    items = [f"{label}: {gaps.told(row, view, 'felt')}" for row, label in enumerate(_row_labels(gaps.table))]
    return f"Dumbbells of gaps. {'; '.join(items) or 'Nothing to compare'}."


def _notes(gaps: Gaps, by: str) -> tuple[str, ...]:
    """What a reader must know of a chart of gaps, and what the degrees rest on."""
    table, view, left = gaps.table, gaps.found.view, len(gaps.table) - SHOWN
    lacking, every = int(np.isnan(gaps.found.gaps).sum()), gaps.found.gaps.size
    colour = f", in colour from the bar of {gaps.bar} on, which is a setting"
    return (
        f"gap: {view} minus felt{colour if table['beyond_bar'].any() else ''}",
        f"{wording.count(left, 'more gap')} not shown" if left > 0 else "",
        "scores count by size of segment and weight" if by != "score" or not table["segment"].any() else "",
        f"{lacking} of {every} scores are not both {view} and felt" if lacking else "",
        _how_sure(gaps) if len(table) and gaps.sure.widest.in_doubt else "",
    )


def _how_sure(gaps: Gaps) -> str:
    known = f"{gaps.found.view} scores as known, {grounds.taken(gaps.found.scenario)}"
    sure, count = gaps.sure.widest, len(gaps.table)
    if count == 1 or not sure.leaders:
        return known
    names = [f"{'' if row == sure.leaders[0] else 'that of '}{gaps.subject(row)}" for row in range(count)]
    return f"the gap of {grounds.ahead_of(sure, names, 'wider than')}; {known}"


def others_words(sure: Sureness, verb: str = "") -> str:
    """Whether others than those beyond the bar today may be so too: ", and others may be"; empty where it is clear.

    Examples
    --------
    >>> widest = certainty_among(np.array([3.0, 2.0]), np.array([[3.0], [2.0]]), 10)
    >>> degrees = ("clear", "likely", "open")
    >>> [others_words(Sureness(widest, (), within, "clear", "clear"), " be") for within in degrees]
    ['', ', probably no others', ', and others may be']
    """
    return {"likely": ", probably no others", "open": f", and others may{verb}"}.get(sure.within, "")


def _chart(gaps: Gaps) -> Dumbbells:
    """From what is promised or believed to what is felt; gaps beyond the bar as losses."""
    table, view, decimals = gaps.table.head(SHOWN), gaps.found.view, gaps.decimals
    rows = zip(_row_labels(table, NAME, ":\n"), records(table, view, "felt", "beyond_bar"), strict=True)
    pairs = (
        pair(name, seen, felt, decimals, role="loss" if beyond else "muted", from_end=True)
        for name, (seen, felt, beyond) in rows
    )
    return Dumbbells(tuple(pairs), "gap", (view, "felt"), "gap", 10.0 ** (1 - decimals))


def _row_labels(table: pd.DataFrame, width: float = np.inf, between: str = ": ") -> list[str]:
    """Label of each row, propositions cut to a width so that there is room for the discipline.

    A proposition that all rows share is left to the subtitle.
    """
    shared = only_proposition(table)
    names = table["proposition"].drop_duplicates().tolist()
    cut = wording.shortened(names, width if (table["discipline"] != "").all() else np.inf)
    return [
        d if shared and d else between.join(filter(None, (cut[p], d))) or segment
        for p, d, segment in records(table, "proposition", "discipline", "segment")
    ]


def only_proposition(table: pd.DataFrame) -> str:
    """Proposition that all rows are about; blank where there are several."""
    names = table["proposition"].drop_duplicates().tolist()
    return str(names[0]) if len(names) == 1 else ""
