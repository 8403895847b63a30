"""Who leads overall at any setting of compensation and fairness, and where today's setting lies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.customers.dials import DialMap, dial_map
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.lines import own_colors
from valuemix.charts.regions import Leader
from valuemix.charts.tiles import Tiles
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.respondents import scores_given, since
from valuemix.model.scenario import Scenario

__all__ = ["dials"]

SEPARATOR = " / "
"""Between names that tie."""

DIALS = ("compensation", "fairness")

Leaders = tuple[int, ...]


@exhibit_kind(
    "Who leads over both dials",
    "Customer view",
    (),
    formulas.VALUE + " Every setting of the two is evaluated.",
)
def dials(scenario: Scenario) -> Exhibit:
    """Map of who leads overall over both dials, every setting on it evaluated exactly.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Exhibit
        With one row a setting: compensation (minus infinity counts only the weakest
        discipline), fairness (infinity counts only the worst-served segment), leader (names that
        tie in one cell, nothing where there is no value), place (of the leader by overall value
        today, from 0; -1 where none), today (whether it is the scenario's own setting).

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[9, 1], [4, 4]], propositions=["Express", "Green line"])
    >>> print(dials(scenario).finding)
    Express leads overall, first at 2 of 12 settings at today's scores; compensation at 0.5 puts
    Express and Green line level
    """
    found = dial_map(scenario)
    return Exhibit(
        finding=_finding(found),
        subtitle="Who leads overall as strengths offset weaknesses less (compensation, across)"
        + (" and the worst-served segment counts more (fairness, up)" if len(found.epss) > 1 else ""),
        table=_table(found),
        notes=_notes(found),
        alt=_alt(found),
        decimals=0,
        scenarios=(scenario,),
        chart=_chart(found),
    )


def _table(found: DialMap) -> pd.DataFrame:
    names, order = found.scenario.proposition_names, wording.best_first(evaluate(found.scenario), None)
    cells = [*np.ndindex(len(found.epss), len(found.rhos))]
    led = [found.leaders_at(*cell) for cell in cells]
    return pd.DataFrame(
        {
            "compensation": np.tile(found.rhos, len(found.epss)),
            "fairness": np.repeat(found.epss, len(found.rhos)),
            "leader": [SEPARATOR.join(names[p] for p in own) for own in led],
            "place": [min(map(order.index, own), default=-1) for own in led],
            "today": [cell == found.today for cell in cells],
        }
    )


def _chart(found: DialMap) -> Tiles:
    names = found.scenario.proposition_names
    counts, cells = dict(_counts(found)), range(len(found.rhos))
    alone = {led: led[0] for led in counts if len(led) == 1}
    colors = own_colors([*alone.values()], len(found.scenario.disciplines))
    leaders = [
        Leader(
            SEPARATOR.join(names[p] for p in led) or "no value",
            f"{count} of {sum(counts.values())}",
            colors[alone[led]] if led in alone else None,
            led == found.leaders_at(*found.today),
        )
        for led, count in counts.items()
    ]
    places = {led: place for place, led in enumerate(counts)}
    rows = (tuple(places[found.leaders_at(row, cell)] for cell in cells) for row in range(len(found.epss)))
    across, up = _settings(found.rhos, "weakest\nonly", "best\nonly"), _settings(found.epss, "", "worst only")
    return Tiles(
        tuple(leaders),
        tuple(rows),
        found.today,
        tuple(across),
        tuple(up),
        ("Compensation", "Fairness"),
        since(found.scenario, "settings").removeprefix("as "),
    )


def _counts(found: DialMap) -> list[tuple[Leaders, int]]:
    """Leaders with the number of settings at which they lead, the most first."""
    cells = np.ndindex(len(found.epss), len(found.rhos))
    return Counter(found.leaders_at(row, column) for row, column in cells).most_common()


def _finding(found: DialMap) -> str:
    names, counts = wording.short_names(found.scenario.proposition_names), dict(_counts(found))
    today = found.leaders_at(*found.today)
    only = "so no setting of compensation and fairness matters"
    if nothing := claims.nothing_to_compare(found.scenario, None, only):
        return nothing
    if not today:
        return "No proposition has an overall value: every discipline with weight lacks a score"
    own, total = counts[today], sum(counts.values())
    settings = f"all {total}" if own == total else f"{own} of {total}"
    sure, called = certainty(found.scenario), claims.called(evaluate(found.scenario), None)
    lead = claims.lead_first(sure, wording.joined([called[p] for p in today]), None)
    # While the lead itself is open, what turns it has no room beside the rivals: the notes tell it.
    turn = "" if _is_open(sure) or own == total else f"; {_nearest(found)}"
    rivals, given = claims.contest(sure, names, 2), scores_given(found.scenario)
    return f"{lead}{rivals}{'; it is' if rivals else ','} first at {settings} settings at {given}{turn}"


def _notes(found: DialMap) -> tuple[str, ...]:
    turns = len(_counts(found)) > 1 and found.leaders_at(*found.today)
    return (
        "every setting shown is evaluated exactly, at these weights and scores; steps are not even, so their "
        "number is no probability",
        _today(found),
        "" if len(found.epss) > 1 else "only one segment counts, so fairness changes nothing",
        _nearest(found) if turns and _is_open(certainty(found.scenario)) else "",
        grounds.how_sure(found.scenario),
    )


def _nearest(found: DialMap) -> str:
    """The nearest settings of one dial alone at which others lead, or that it takes both."""
    names = wording.short_names(found.scenario.proposition_names)
    (row, column), today = found.today, found.leaders_at(*found.today)
    across = [found.leaders_at(row, at) for at in range(len(found.rhos))]
    up = [found.leaders_at(at, column) for at in range(len(found.epss))]
    turns = []
    for dial, words, leaders, now in zip(DIALS, _words(found), (across, up), (column, row), strict=True):
        others = sorted((abs(at - now), at) for at, led in enumerate(leaders) if led != today)
        turns += [(steps, f"{dial} at {words[at]} {_puts(names, leaders[at])}") for steps, at in others[:1]]
    return min(turns)[1] if turns else "one dial alone changes nothing"


def _puts(names: list[str], led: Leaders) -> str:
    if not led:
        return "leaves nothing a value"
    return f"puts {wording.joined([names[p] for p in led])} {'first' if len(led) == 1 else 'level'}"


def _words(found: DialMap) -> tuple[list[str], list[str]]:
    """Settings of compensation and of fairness as they stand in a sentence."""
    return _settings(found.rhos, "its least", "its most"), _settings(found.epss, "", "its most")


def _today(found: DialMap) -> str:
    """The scenario's own settings: "today: compensation 1, fairness 0"."""
    told = zip(DIALS, _words(found), reversed(found.today), strict=True)
    own = ", ".join(f"{dial} {words[at]}" for dial, words, at in told)
    return f"{since(found.scenario, 'settings')}: {own}"


def _settings(values: Sequence[float], lowest: str, highest: str) -> list[str]:
    """Settings in figures, their ends without end in words."""
    ends = {-np.inf: lowest, np.inf: highest}
    return [ends[value] if value in ends else wording.plain(value) for value in values]


def _alt(found: DialMap) -> str:
    names = found.scenario.proposition_names
    items = [
        f"{wording.joined([names[p] for p in led] or ['no value'])} {count}" for led, count in _counts(found)
    ]
    told = "; ".join(items)
    own = wording.capital(_today(found))
    return f"Map of who leads at each setting of the two dials, by number of settings: {told}. {own}."


def _is_open(sure: Certainty) -> bool:
    return bool(sure.rivals) and sure.degree == "open"
