"""Discipline check: what each proposition leads, what it holds, and how far its verdict is from changing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Degree
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.customers.balance import partial_scores
from valuemix.analysis.customers.discipline_check import DisciplineCheck, Verdict
from valuemix.analysis.customers.discipline_check import discipline_check as check_of
from valuemix.analysis.value.scoring import TIE, evaluate
from valuemix.charts.roles import depth
from valuemix.charts.table import Cell, Column, Table, centred, texts
from valuemix.exhibits.balance.scores import partial_note
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, how_often, number, rounded, signed
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario

__all__ = ["ORDER", "discipline_check"]

ORDER: tuple[Verdict, ...] = ("leads", "leads with a gap", "holds", "stuck in the middle", "not scored")
"""Verdicts from best to worst."""

CONTESTED = "that being stuck in the middle costs performance is contested (Campbell-Hunt 2000)"

TURN = ("turn_change", "turn_discipline", "turn_verdict")

_DEPTHS = {"leads": 0.5, "holds": 0.2, "below": 0.0}
"""Of the ground of a score, by its standing."""


@exhibit_kind(
    "Discipline check",
    "Customer view",
    ("segment",),
    "A proposition leads a discipline where it scores best of all and at or above the lead bar, and "
    "holds one at or above the threshold (Treacy and Wiersema, 1993); a verdict turns with the smallest "
    "change of one of its own scores that changes it.",
)
def discipline_check(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Verdict on every proposition, its standing in every discipline, and what would turn the verdict.

    Parameters
    ----------
    scenario : Scenario
        With its lead bar and threshold.
    segment : str, optional
        Whose scores; their mean by size over all segments where it is None.

    Returns
    -------
    Exhibit
        With one row a proposition and discipline, best verdicts first: segment, proposition,
        verdict, holds_share (of the cases held possible in which it is that of today),
        discipline, score, partial (whether a segment lacks a score, so that it is the mean of the
        others), standing ("leads", "holds", "below" or nothing), and what
        turns the verdict soonest: turn_discipline, turn_score, turn_change, turn_verdict.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 5.5], [6, 4]], propositions=["Express", "Green line"])
    >>> discipline_check(scenario).finding
    'Only Express both leads a discipline (Discipline 1) and holds the others; Green line is stuck in the middle...'
    """
    check = check_of(scenario, segment)
    table = _table(check)
    decimals = decimals_of(scenario)
    bars = f"lead bar {wording.plain(scenario.lead_bar)}, threshold {wording.plain(scenario.threshold)}"
    return Exhibit(
        finding=_finding(check),
        subtitle=f"Scores ({wording.scale(scenario)}), {bars}, {wording.population(scenario, segment)}",
        table=table,
        notes=_notes(check),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
    )


def _table(check: DisciplineCheck) -> pd.DataFrame:
    scenario = check.scenario
    best = wording.best_first(evaluate(scenario), check.segment)
    order = sorted(best, key=lambda p: ORDER.index(check.verdicts[p]))
    holds, partial = check.holding().tolist(), partial_scores(scenario, check.segment)
    rows = [
        {
            "segment": wording.segment_name(scenario, check.segment),
            "proposition": scenario.proposition_names[p],
            "verdict": check.verdicts[p],
            "holds_share": holds[p],
            "discipline": name,
            "score": check.scores[p, d],
            "partial": bool(partial[p, d]),
            "standing": check.standings[p][d],
            **_turn(check, p),
        }
        for p in order
        for d, name in enumerate(scenario.discipline_names)
    ]
    return pd.DataFrame(rows)


def _turn(check: DisciplineCheck, p: int) -> dict[str, Any]:
    turn = check.turns[p]
    return {
        "turn_discipline": check.scenario.discipline_names[turn.discipline] if turn else "",
        "turn_score": turn.needed if turn else np.nan,
        "turn_change": turn.change if turn else np.nan,
        "turn_verdict": turn.verdict if turn else "",
    }


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    """Scores shaded by standing, the verdict and what turns it; leads are outlined, an arrow stands below."""
    disciplines = list(dict.fromkeys(table["discipline"]))
    count = len(disciplines)
    first = table.iloc[::count]
    scores = records(table, "score", "standing", "partial")
    cells = [_score(score, standing, partial, decimals) for score, standing, partial in scores]
    names = [Cell(name, bold=own == "leads") for name, own in records(first, "proposition", "verdict")]
    turns = [_turn_text(change, on, verdict, decimals) for change, on, verdict in records(first, *TURN)]
    return Table(
        (
            Column("Proposition", names),
            *centred(disciplines, [cells[i : i + count] for i in range(0, len(cells), count)]),
            Column("Verdict", texts(first["verdict"].tolist(), bold=True)),
            Column("What turns it", texts(turns, role="muted"), lines=3),
        )
    )


def _score(score: float, standing: str, partial: bool, decimals: int) -> Cell:
    """Score with its standing in signs as well; a star where a segment lacks one."""
    ground = depth(_DEPTHS[standing]) if standing in _DEPTHS else None
    text = number(score, decimals) + ("*" if partial else "") + (" ↓" if standing == "below" else "")
    return Cell(text, standing == "leads", ground=ground, marked=standing == "leads")


def _turn_text(change: float, discipline: str, verdict: str, decimals: int) -> str:
    """What turns a verdict, in words.

    Examples
    --------
    >>> _turn_text(-0.5, "Innovation", "holds", 1), _turn_text(0.0, "Innovation", "holds", 1)
    ('−0.5 on Innovation: holds', 'any drop on Innovation: holds')
    >>> _turn_text(-0.02, "Innovation", "holds", 1)
    'a drop of less than 0.1 on Innovation: holds'
    """
    if not verdict:
        return "no single score turns it"
    moved = "any drop" if abs(change) <= TIE else signed(change, decimals)
    if abs(change) > TIE and not rounded(change, decimals):
        moved = f"a {'rise' if change > 0 else 'drop'} of less than {number(10.0**-decimals, decimals)}"
    return f"{moved} on {discipline}: {verdict}"


# ---------------------------------------------------------------------- words


def _finding(check: DisciplineCheck) -> str:
    names = wording.short_names(check.scenario.proposition_names)
    if {*check.verdicts} == {"not scored"}:
        return claims.unvalued(check.scenario, check.segment)
    sound = [p for p, own in enumerate(check.verdicts) if own == "leads"]
    degrees = grading.grades(check.holding().tolist())
    where = "" if check.segment is None else f" {wording.where(check.segment)}"
    sure = _sure(degrees, names, told=sound[0] if len(sound) == 1 < len(names) else None)
    if len(names) == 1:
        return f"{names[0]}, the only proposition, {_alone(check)}{where}{sure}"
    if len(sound) == len(names):
        every = wording.every(len(names), "proposition")
        return f"{every} lead a discipline and hold the others{where}{sure}"
    groups = _groups(check, names, short=bool(sound))
    if not sound:
        return f"No proposition leads a discipline and holds the others{where}: {', '.join(groups)}{sure}"
    told = groups[-2:] if "not scored" in check.verdicts else groups[-1:]
    return f"{_sound(check, sound, names, degrees, where)}; {', '.join(told)}{sure}"


def _sound(
    check: DisciplineCheck, sound: list[int], names: Sequence[str], degrees: Sequence[Degree], where: str
) -> str:
    """Those that lead and have no gap, as sure as their verdicts are."""
    degree = grading.least_sure([degrees[p] for p in sound])
    close = ", which is too close to call" if degree == "open" else ""
    probably = "probably " if degree == "likely" else ""
    if len(sound) > 1:
        who = wording.joined([names[p] for p in sound])
        return f"{who} each {probably}lead a discipline and hold the others{where}{close}"
    both, rest = ("both ", " and holds the others") if check.disciplines(sound[0], "holds") else ("", "")
    only = f"{wording.capital(f'{probably}only')} {names[sound[0]]}"
    return f"{only} {both}leads a discipline ({_words(check, sound[0], 'leads')}){where}{rest}{close}"


def _groups(check: DisciplineCheck, names: Sequence[str], *, short: bool) -> list[str]:
    """Who has the other verdicts, from best to worst; a single one by its name where that is short."""
    told = []
    for verdict in ORDER[1:]:
        own = [name for name, found in zip(names, check.verdicts, strict=True) if found == verdict]
        be, one = ("is", "s") if len(own) == 1 else ("are", "")
        verb = {
            "leads with a gap": f"lead{one} with a gap",
            "holds": f"hold{one} all and lead{one} none",
            "stuck in the middle": f"{be} stuck in the middle",
            "not scored": f"{be} not scored",
        }[verdict]
        if own:
            told.append(f"{own[0] if short and len(own) == 1 else wording.count(len(own))} {verb}")
    return told


def _sure(degrees: Sequence[Degree], names: Sequence[str], told: int | None = None) -> str:
    """Which verdict is not clear, or how many are, where not all are; that of which it is told is left out."""
    unclear = [p for p, degree in enumerate(degrees) if degree != "clear" and p != told]
    if not unclear:
        return ""
    count = len(degrees) - (told is not None)
    if len(unclear) == 1:
        word = "probable" if degrees[unclear[0]] == "likely" else "too close to call"
        return f"; that is {word}" if len(degrees) == 1 else f"; the verdict on {names[unclear[0]]} is {word}"
    clear = count - len(unclear)
    verdict = "verdict" if told is None else "other verdict"
    return f"; {wording.some_of(clear, count, verdict)} {'is' if clear < 2 else 'are'} clear"


def _alone(check: DisciplineCheck) -> str:
    """Verdict on the only proposition, which leads wherever it reaches the lead bar."""
    leads = f"leads {_words(check, 0, 'leads')}" if check.disciplines(0, "leads") else ""
    below = f"below the threshold in {_words(check, 0, 'below')}" if check.disciplines(0, "below") else ""
    return {
        "leads": leads + (" and holds the others" if check.disciplines(0, "holds") else ""),
        "leads with a gap": f"{leads}, but is {below}",
        "holds": "holds every discipline and leads none",
        "stuck in the middle": f"is stuck in the middle: {below} and leading nothing",
    }[check.verdicts[0]]


def _words(check: DisciplineCheck, p: int, standing: Any) -> str:
    words = wording.discipline_words(check.scenario)
    return wording.joined([words[d] for d in check.disciplines(p, standing)])


def _notes(check: DisciplineCheck) -> tuple[str, ...]:
    names, holds = wording.short_names(check.scenario.proposition_names), check.holding()
    p = int(holds.argmin())
    least = (
        f"least sure: the verdict on {names[p]}, in {how_often(holds[p])} of the cases held possible, "
        f"{grounds.taken(check.scenario, check.segment)}"
    )
    return (
        "leads: best, and at or above the lead bar; holds: at or above the threshold; with a gap: below it "
        "elsewhere; stuck in the middle: below it somewhere, leading nothing",
        CONTESTED if "stuck in the middle" in check.verdicts else "",
        "a missing score takes no part" if np.isnan(check.scores).any() else "",
        *partial_note(check.scenario, check.segment),
        least if in_doubt(check.scenario, check.segment) and holds[p] < 1 else "",
    )


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("proposition", sort=False):
        told = ", ".join(
            f"{d} {number(s, decimals)} {standing}".rstrip()
            for d, s, standing in records(rows, "discipline", "score", "standing")
        )
        change, discipline, verdict = next(records(rows, *TURN))
        turn = _turn_text(change, discipline, verdict, decimals)
        items.append(f"{name} {rows['verdict'].iloc[0]} ({told}); {turn}")
    return f"Table of scores and verdicts. {'. '.join(items)}."
