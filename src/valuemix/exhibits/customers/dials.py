"""Who leads overall at any setting of compensation and fairness, and where today's setting lies."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.customers.dials import DialMap, dial_map
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.lines import own_colors
from valuemix.charts.regions import Leader
from valuemix.charts.tiles import Tiles
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.model.scenario import Scenario

__all__ = ["dials"]

SEPARATOR = " / "
"""Between names that tie."""

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
    Express leads overall, first at 22 of 132 settings at today's scores; compensation at 0.5 puts
    Express and Green line level
    """
    found = dial_map(scenario)
    table = _table(found)
    return Exhibit(
        finding=_finding(found),
        subtitle="Who leads overall as strengths offset weaknesses less (compensation, across) and the "
        "worst-served segment counts more (fairness, up)",
        table=table,
        notes=(
            "every setting shown is evaluated exactly, at today's weights and scores; steps are not even, so their "
            "number is no probability",
            f"today: {_today(found)}",
            *([_nearest(found)] if _turns(found) and _is_open(found) else []),
            *filter(None, [grounds.how_sure(scenario)]),
        ),
        alt=_alt(found),
        decimals=0,
        scenarios=(scenario,),
        chart=_chart(found),
    )


def _table(found: DialMap) -> pd.DataFrame:
    names = found.scenario.proposition_names
    order = wording.best_first(evaluate(found.scenario), None)
    rows = []
    for row, eps in enumerate(found.epss):
        for column, rho in enumerate(found.rhos):
            led = found.leaders_at(row, column)
            rows.append(
                {
                    "compensation": rho,
                    "fairness": eps,
                    "leader": SEPARATOR.join(names[p] for p in led),
                    "place": min(map(order.index, led), default=-1),
                    "today": (row, column) == found.today,
                }
            )
    return pd.DataFrame(rows)


def _chart(found: DialMap) -> Tiles:
    names, order = found.scenario.proposition_names, wording.best_first(evaluate(found.scenario), None)
    counts, shape = dict(_counts(found)), (len(found.epss), len(found.rhos))
    colors = own_colors([order.index(led[0]) for led in counts if len(led) == 1])
    leaders = [
        Leader(
            SEPARATOR.join(names[p] for p in led) or "no value",
            f"{count} of {shape[0] * shape[1]}",
            colors[order.index(led[0])] if len(led) == 1 else None,
            led == found.leaders_at(*found.today),
        )
        for led, count in counts.items()
    ]
    places = {led: place for place, led in enumerate(counts)}
    rows = (
        tuple(places[found.leaders_at(row, column)] for column in range(shape[1])) for row in range(shape[0])
    )
    across = (
        wording.plain(rho) if np.isfinite(rho) else ("weakest" if rho < 0 else "best") + "\nonly"
        for rho in found.rhos
    )
    up = (wording.plain(eps) if np.isfinite(eps) else "worst only" for eps in found.epss)
    return Tiles(
        tuple(leaders), tuple(rows), found.today, tuple(across), tuple(up), ("Compensation", "Fairness")
    )


def _counts(found: DialMap) -> list[tuple[Leaders, int]]:
    """Leaders with the number of settings at which they lead, the most first."""
    cells = np.ndindex(len(found.epss), len(found.rhos))
    return Counter(found.leaders_at(row, column) for row, column in cells).most_common()


def _finding(found: DialMap) -> str:
    names = wording.short_names(found.scenario.proposition_names)
    counts, total = _counts(found), len(found.rhos) * len(found.epss)
    today = found.leaders_at(*found.today)
    if len(names) == 1:
        return f"{names[0]} is the only proposition, so no setting of compensation and fairness matters"
    if not today:
        return "No proposition has an overall value: every discipline with weight lacks a score"
    own = dict(counts)[today]
    settings = f"all {total}" if own == total else f"{own} of {total}"
    # While the lead itself is open, what turns it has no room beside the rivals: the notes tell it.
    turn = f"; {_nearest(found)}" if _turns(found) and not _is_open(found) else ""
    return f"{_led(found, today)}, first at {settings} settings at today's scores{turn}"


def _turns(found: DialMap) -> bool:
    """Whether anybody else leads at any setting, with somebody to lead today."""
    return len(_counts(found)) > 1 and bool(found.leaders_at(*found.today))


def _is_open(found: DialMap) -> bool:
    return bool(certainty(found.scenario).rivals) and certainty(found.scenario).degree == "open"


def _led(found: DialMap, today: Leaders) -> str:
    """Who leads at today's setting, as sure as it is."""
    sure, names = certainty(found.scenario), claims.called(evaluate(found.scenario), None)
    who = wording.joined([names[p] for p in today])
    if len(today) > 1:
        return f"{who} share the lead overall"
    rivals = wording.short_names(found.scenario.proposition_names)
    return claims.leads(sure, who, None) + claims.contest(sure, rivals, 2)


def _nearest(found: DialMap) -> str:
    """The nearest settings of one dial alone at which others lead, or that it takes both."""
    names = wording.short_names(found.scenario.proposition_names)
    (row, column), today = found.today, found.leaders_at(*found.today)
    across = [found.leaders_at(row, at) for at in range(len(found.rhos))]
    up = [found.leaders_at(at, column) for at in range(len(found.epss))]
    turns = []
    for dial, words, leaders, now in (
        ("compensation", [_compensation(rho) for rho in found.rhos], across, column),
        ("fairness", [_fairness(eps) for eps in found.epss], up, row),
    ):
        others = sorted((abs(at - now), at) for at, led in enumerate(leaders) if led != today)
        turns += [(steps, f"{dial} at {words[at]} {_puts(names, leaders[at])}") for steps, at in others[:1]]
    return min(turns)[1] if turns else "one dial alone changes nothing"


def _puts(names: list[str], led: Leaders) -> str:
    if not led:
        return "leaves nothing a value"
    who = wording.joined([names[p] for p in led])
    return f"puts {who} first" if len(led) == 1 else f"puts {who} level"


def _today(found: DialMap) -> str:
    row, column = found.today
    return f"compensation {_compensation(found.rhos[column])}, fairness {_fairness(found.epss[row])}"


def _compensation(rho: float) -> str:
    return wording.plain(rho) if np.isfinite(rho) else ("its least" if rho < 0 else "its most")


def _fairness(eps: float) -> str:
    return wording.plain(eps) if np.isfinite(eps) else "its most"


def _alt(found: DialMap) -> str:
    names = found.scenario.proposition_names
    items = [
        f"{wording.joined([names[p] for p in led] or ['no value'])} {count}" for led, count in _counts(found)
    ]
    told = "; ".join(items)
    return f"Map of who leads at each setting of the two dials, by number of settings: {told}. Today: {_today(found)}."
