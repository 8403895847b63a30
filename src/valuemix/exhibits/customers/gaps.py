"""Gaps between what is promised or believed and what customers feel, as rows of a dumbbell chart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, Degree, certainty_among, degree_of, share_above
from valuemix.analysis.customers.perception import Gap, Perception
from valuemix.analysis.value.scoring import TIE
from valuemix.charts.dumbbells import Dumbbells
from valuemix.errors import EditError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words import grounds, wording
from valuemix.exhibits.words.formats import decimals_of, number
from valuemix.exhibits.words.pairs import pair
from valuemix.typing import FloatArray

__all__ = [
    "BY",
    "SHOWN",
    "Sureness",
    "beyond_words",
    "gap_exhibit",
    "others_words",
    "subject",
    "widest",
]
Finding = Callable[[pd.DataFrame, "Sureness", int, str], str]
"""Sentence of a table, with how sure it is, its decimals and the bar as it is written."""

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
    scenario, bar = found.scenario, found.scenario.cover_story_bar - TIE * found.scenario.scale.width
    if by not in BY:
        raise EditError(f"gaps can be shown by {wording.joined(BY, 4)}, not by {by!r}")
    if by != "score" and (segment or proposition):
        raise EditError(
            f"gaps by {by} are over all segments and propositions; leave out the segment and the proposition"
        )
    segment = None if segment is None else wording.segment_name(scenario, segment)
    gaps: Sequence[Gap] = found.cells(segment) if by == "score" else found.by(by)
    if proposition is not None:
        name = scenario.proposition_names[scenario.proposition_index(proposition)]
        gaps = [each for each in gaps if each.proposition == name]
    rows = [(g.segment, g.proposition, g.discipline, g.seen, g.felt, g.gap, g.gap >= bar) for g in gaps]
    columns = ["segment", "proposition", "discipline", found.view, "felt", "gap", "beyond_bar"]
    table = pd.DataFrame(rows, columns=columns).astype({"gap": float, "beyond_bar": bool})
    # What is delivered beyond a promise is no cover story, however wide the gap.
    return (
        table
        if found.view == "believed"
        else table.sort_values(
            "gap",
            ascending=False,
            kind="stable",
            ignore_index=True,
            key=lambda gap: (gap / (TIE * found.scenario.scale.width)).round(),
        )
    )


def gap_exhibit(
    found: Perception, segment: str | None, proposition: str | None, by: str, finding: Finding
) -> Exhibit:
    """Exhibit of gaps under a finding that is made of its table."""
    scenario, bar = found.scenario, found.scenario.cover_story_bar
    table = gap_table(found, segment, proposition, by)
    decimals, sure = decimals_of(scenario), sureness(found, table, segment, by)
    bar_text = wording.plain(round(bar, 6))
    return Exhibit(
        finding=finding(table, sure, decimals, bar_text),
        subtitle=_subtitle(found, table, segment, by),
        table=table,
        notes=(*_notes(found, table, by, bar_text), *_how_sure(found, table, sure)),
        alt=_alt(table, found.view, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table.head(SHOWN), found.view, decimals),
    )


def _subtitle(found: Perception, table: pd.DataFrame, segment: str | None, by: str) -> str:
    counted = "weight" if by == "segment" else "size and weight"
    whose = wording.population(found.scenario, segment, by=counted)
    name = only_proposition(table)
    of = f" of {wording.short_names([name])[0]}" if name and by == "score" else ""
    order = "widest gap" if found.view == "believed" else "most missed"
    what = "Scores" if by == "score" else f"Mean scores by {by}"
    return f"{what}{of} ({wording.scale(found.scenario)}) as felt and as {found.view}, {whose}, {order} first"


def _alt(table: pd.DataFrame, view: str, decimals: int) -> str:
    labels = _row_labels(table)
    items = [
        f"{label}: {view} {number(seen, decimals)}, felt {number(felt, decimals)}"
        for label, seen, felt in zip(labels, table[view], table["felt"], strict=True)
    ]
    return f"Dumbbells of gaps. {'; '.join(items) or 'Nothing to compare'}."


def widest(table: pd.DataFrame, width: float) -> list[int]:
    """Rows that share the widest gap; none where nothing differs."""
    size = np.abs(table["gap"].to_numpy())
    if not len(size) or size.max() <= TIE * width:
        return []
    return [int(i) for i in np.flatnonzero(size >= size.max() - TIE * width)]


def subject(exhibit_table: pd.DataFrame, row: int) -> str:
    """What a row is about, inside a sentence: "48-hour parts on customer intimacy"."""
    names = _short(exhibit_table)
    proposition, discipline, segment = (names[c][row] for c in ("proposition", "discipline", "segment"))
    if proposition and discipline:
        return f"{proposition} on {wording.discipline_word(discipline)}"
    return proposition or wording.discipline_word(discipline) or segment


def _short(table: pd.DataFrame) -> dict[str, list[str]]:
    """Names of every column cut where they are long, the same name the same way."""
    result = {}
    for column in ("proposition", "discipline", "segment"):
        names = table[column].drop_duplicates().tolist()
        cut = dict(zip(names, wording.short_names(names), strict=True))
        result[column] = [cut[name] for name in table[column]]
    return result


def _notes(found: Perception, table: pd.DataFrame, by: str, bar: str) -> list[str]:
    """What a reader must know of a chart of gaps."""
    notes = [f"gap: {found.view} minus felt"]
    if table["beyond_bar"].any():
        notes = [f"{notes[0]}, in colour from the bar of {bar} on, which is a setting"]
    if len(table) > SHOWN:
        notes.append(f"{wording.count(len(table) - SHOWN, 'more gap')} not shown")
    if by != "score" or not table["segment"].any():
        notes.append("scores count by size of segment and weight")
    lacking = int(np.isnan(found.gaps).sum())
    if lacking:
        notes.append(f"{lacking} of {found.gaps.size} scores are not both {found.view} and felt")
    return notes


def _how_sure(found: Perception, table: pd.DataFrame, sure: Sureness) -> list[str]:
    """What the degrees rest on."""
    if not sure.widest.in_doubt or not len(table):
        return []
    known = f"{found.view} scores as known, {grounds.taken(found.scenario)}"
    if len(table) == 1 or not sure.widest.leaders:
        return [known]
    first = sure.widest.leaders[0]
    names = [f"{'' if row == first else 'that of '}{subject(table, row)}" for row in range(len(table))]
    return [f"the gap of {grounds.ahead_of(sure.widest, names, 'wider than')}; {known}"]


def beyond_words(sure: Sureness) -> str:
    """How many of several gaps beyond the bar are clearly so; empty where all are, or there is one alone."""
    count, clear = len(sure.beyond), sum(degree in ("clear", "certain") for degree in sure.beyond)
    if count < 2 or clear == count:
        return ""
    return f", {wording.count(clear) if clear else 'none'} of them clearly"


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


def _chart(table: pd.DataFrame, view: str, decimals: int) -> Dumbbells:
    """From what is promised or believed to what is felt; gaps beyond the bar as losses."""
    columns = (_row_labels(table, NAME, ":\n"), table[view], table["felt"], table["beyond_bar"])
    pairs = (
        pair(name, seen, felt, decimals, role="loss" if beyond else "muted", from_end=True)
        for name, seen, felt, beyond in zip(*columns, strict=True)
    )
    return Dumbbells(tuple(pairs), "gap", (view, "felt"), "gap", 10.0 ** (1 - decimals))


def _row_labels(table: pd.DataFrame, width: float = np.inf, between: str = ": ") -> list[str]:
    """Label of each row, propositions cut to a width so that there is room for the discipline.

    A proposition that all rows share is left to the subtitle.
    """
    shared = only_proposition(table)
    names = table["proposition"].drop_duplicates().tolist()
    both = (table["discipline"] != "").all()
    cut = dict(zip(names, wording.short_names(names, width) if both else names, strict=True))
    columns = zip(table["proposition"].map(cut), table["discipline"], table["segment"], strict=True)
    return [d if shared and d else between.join(filter(None, (p, d))) or segment for p, d, segment in columns]


def only_proposition(table: pd.DataFrame) -> str:
    """Proposition that all rows are about; blank where there are several."""
    names = table["proposition"].drop_duplicates().tolist()
    return str(names[0]) if len(names) == 1 else ""
