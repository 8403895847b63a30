"""Which numbers of respondents moved from one wave to the next."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.draws.survey_errors import answers_of
from valuemix.analysis.evidence.wave_moves import Move, moves_of_waves
from valuemix.charts.table import Cell, Column, Table, named, texts
from valuemix.exhibits.evidence.lead_over_time import wave_name
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import change_decimals, gap, number, signed
from valuemix.exhibits.words.respondents import respondents
from valuemix.model.scenario import Scenario

__all__ = ["wave_moves"]

SHOWN = 12
"""Numbers that a table shows at most."""


@exhibit_kind(
    "Which moves are real",
    "Evidence",
    ("segment",),
    "Every number that respondents gave in the newest wave and in the one before, by Student's t with the variance of "
    "both less what the same people or clusters have in common; which moved, by Holm's procedure over all of them.",
    several_views=True,
)
def wave_moves(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Numbers of respondents in the wave before and in the newest, and which of them moved.

    Parameters
    ----------
    scenario : Scenario
        With evidence of several waves.
    segment : str, optional
        Which segment; all of them where it is None.

    Returns
    -------
    Exhibit
        With one row a number, the surest move first: of (weight, score or size), segment, proposition, discipline,
        before, after, error, low, high (of the change), sure, moved.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where there is one wave, or the two have no number in common.
    """
    moves, decimals = moves_of_waves(scenario, segment), change_decimals(scenario)
    table = pd.DataFrame([vars(move) for move in moves])
    since = wave_name(answers_of(scenario).waves[1].asked)
    return Exhibit(
        finding=_finding(scenario, moves, since, decimals),
        subtitle=f"Numbers of those asked, {since} and {wave_name(answers_of(scenario).asked)}, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            f"{len(table) - SHOWN:,} more numbers not shown" if len(table) > SHOWN else "",
            "each interval by itself; moved by Holm's procedure over all numbers",
            respondents(scenario, segment),
        ),
        alt=_alt(scenario, moves, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(scenario, moves[:SHOWN], since, decimals),
    )


def _what(scenario: Scenario, move: Move) -> str:
    if move.of == "size":
        return "Size"
    discipline = dict(zip(scenario.discipline_ids, scenario.discipline_names, strict=True)).get(
        move.discipline, move.discipline
    )
    return f"Weight of {discipline}" if move.of == "weight" else f"{move.proposition}, {discipline}"


def _figure(move: Move, value: float, decimals: int) -> str:
    return number(value, decimals) if move.of == "score" else f"{number(100 * value, 1)}\u00a0%"


def _change(move: Move, decimals: int) -> str:
    """Change as it is printed: the difference of the two numbers as they are shown."""
    if move.of == "score":
        return signed(gap(move.after, move.before, decimals), decimals)
    return f"{signed(gap(100 * move.after, 100 * move.before, 1), 1)} points"


def _interval(move: Move, decimals: int) -> str:
    factor, places = (1.0, decimals) if move.of == "score" else (100.0, 1)
    return f"{signed(factor * move.low, places)} to {signed(factor * move.high, places)}"


def _chart(scenario: Scenario, moves: list[Move], since: str, decimals: int) -> Table:
    verdicts = ["moved" if move.moved else "no move found" for move in moves]
    return Table(
        (
            named("Number", [_what(scenario, move) for move in moves]),
            Column("Segment", texts([move.segment for move in moves])),
            Column(since, texts([_figure(move, move.before, decimals) for move in moves])),
            Column("Now", texts([_figure(move, move.after, decimals) for move in moves])),
            Column("Change", texts([_change(move, decimals) for move in moves])),
            Column("95 % interval", texts([_interval(move, decimals) for move in moves])),
            Column("Found", [Cell(text, bold=text == "moved") for text in verdicts]),
        )
    )


def _finding(scenario: Scenario, moves: list[Move], since: str, decimals: int) -> str:
    real = [move for move in moves if move.moved]
    if not real:
        none = (
            f"Of {wording.count(len(moves))} numbers none moved"
            if len(moves) > 1
            else "The number did not move"
        )
        return f"{none} since {since}, as far as these answers tell"
    first = real[0]
    what = _what(scenario, first)
    told = what if first.of == "score" else f"the {what[:1].lower()}{what[1:]}"
    some = wording.capital(wording.some_of(len(real), len(moves), "number"))
    where = f" {wording.where(first.segment)}" if len(scenario.segments) > 1 else ""
    most = f"most clearly {told}{where}, {_change(first, decimals)}"
    return f"{some} moved since {since}, {most}"


def _alt(scenario: Scenario, moves: list[Move], decimals: int) -> str:
    items = [
        f"{_what(scenario, move)} in {move.segment} {_change(move, decimals)}, {'moved' if move.moved else 'not found'}"
        for move in moves[:SHOWN]
    ]
    return f"Table of numbers in the wave before and in the newest: {'; '.join(items)}."
