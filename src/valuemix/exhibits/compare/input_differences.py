"""What differs in the inputs of two scenarios, the difference that does most by itself first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Degree
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.compare.changes import rising
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.compare.input_effects import InputEffect, effects_frame
from valuemix.charts.table import Column, Table, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, comparing, formulas, wording
from valuemix.exhibits.words.formats import number, rounded, share, signed
from valuemix.exhibits.words.respondents import scores_given, since
from valuemix.model.difference import Difference
from valuemix.model.scenario import Scenario

__all__ = ["SHOWN", "input_differences"]

SHOWN = 12
"""Differences that are shown at most."""


@exhibit_kind(
    "What differs in the inputs",
    "Compare",
    ("scenarios", "other"),
    formulas.COMPARED + " Each difference is made alone in the baseline; its effect is the largest "
    "change of any overall value.",
    compares=True,
)
def input_differences(comparison: Comparison, *, other: str | None = None) -> Exhibit:
    """Every input that differs, cell by cell, with the largest change of an overall value that it makes alone.

    Parameters
    ----------
    comparison : Comparison
    other : str, optional
        Name of the scenario that the baseline is compared with; the first other one where it is None.

    Returns
    -------
    Exhibit
        With one row a difference: what, segment, proposition, discipline, before, after, effect, moves
        (whose overall value the effect is), leaders (who leads after this alone). Name, note and
        source of the scenarios are no inputs.

    Raises
    ------
    UnknownName
        Where the other scenario is not compared.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> other = base.with_scores("Express", discipline_1=6).renamed("Doubt")
    >>> input_differences(compare(base, other)).finding
    'One input differs from Base case to Doubt: Segment 1, Express, Discipline 1: score 8 → 6, Express −1.60'
    """
    k = comparing.other_place(comparison, other) or 0
    found = comparison.input_effects(comparison.names[k])
    decimals = comparing.decimals(comparison)
    words = comparing.scenario_words(comparison)
    return Exhibit(
        finding=_finding(comparison, k, found, decimals),
        subtitle=f"Inputs of {words[0]} → {words[k]}"
        + (", and the largest change of an overall value by each alone" if _told(found) else ""),
        table=effects_frame(found),
        source=comparing.source(comparison, comparing.both(k)),
        notes=tuple(_notes(comparison, k, found)),
        alt=_alt(found, decimals),
        decimals=decimals,
        scenarios=tuple(comparison.scenarios[i] for i in comparing.both(k)),
        chart=_chart(found[:SHOWN], decimals),
    )


def _chart(found: tuple[InputEffect, ...], decimals: int) -> Table:
    """The inputs that differ and what each of them does alone, largest effect first."""
    differences = [each.difference for each in found]
    places = [", ".join(each.path) or "Whole scenario" for each in differences]
    changes = [str(each).removeprefix(f"{', '.join(each.path)}: ") for each in differences]
    return Table(
        (
            Column("Where", texts(places)),
            Column("Before → after", texts(changes)),
            Column("Overall value", texts([_effect(each, decimals) for each in found], bold=True), "right"),
            Column("Whose", texts([each.proposition or "" for each in found])),
        )
    )


def _effect(found: InputEffect, decimals: int) -> str:
    if np.isnan(found.effect):
        return "–"
    return signed(found.effect, decimals) if found.proposition else "none"


def _told(found: tuple[InputEffect, ...]) -> bool:
    """Whether the effect of any difference is known."""
    return not all(np.isnan(f.effect) for f in found)


def _finding(comparison: Comparison, k: int, found: tuple[InputEffect, ...], decimals: int) -> str:
    words = comparing.scenario_words(comparison)
    if len(comparison.names) == 1:
        return comparing.only_one(comparison)
    if k == 0:
        return f"{words[0]} is compared with itself"
    if not found:
        return f"{words[0]} and {words[k]} have the same inputs"
    differs = wording.capital(wording.count(len(found), "input differs", "inputs differ"))
    head = f"{differs} from {words[0]} to {words[k]}"
    if not comparison.same_scale[k]:
        return f"{head}, among them the scale, so no effect on values can be told"
    return head + _effects(comparison, found, decimals)


def _effects(comparison: Comparison, found: tuple[InputEffect, ...], decimals: int) -> str:
    """What the largest difference does by itself, as the end of a sentence."""
    first, count = found[0], len(found)
    if first.proposition is None or np.isnan(first.effect):
        lacking = np.isnan([each.effect for each in found]).any()
        return "; no effect by itself can be told" if lacking else f", and {_none_moves(count)}"
    if rounded(first.effect, decimals) == 0:
        return f", and {_none_moves(count)} by {number(10.0**-decimals, decimals)} or more"
    sure = _sure(comparison, first)
    adverb = "" if sure is None else claims.sign_words(_degree(sure, found))
    move = f"{comparing.short_of(comparison)[first.proposition]} {adverb}{signed(first.effect, decimals)}"
    if count == 1:
        return f": {first.difference}, {move}"
    return f"; the largest by itself is {_cut(first)}: {move} overall{_flips(comparison, found)}"


def _none_moves(count: int) -> str:
    """That none of so many differences moves a value, inside a sentence."""
    if count == 1:
        return "it moves no overall value"
    return f"by itself {'neither' if count == 2 else 'none'} of them moves an overall value"


def _sure(comparison: Comparison, found: InputEffect) -> float | None:
    """Share of draws in which a difference by itself has the effect that is told; None where it is not drawn."""
    changed = _made(comparison.baseline, found.difference)
    if changed is None or found.proposition is None:
        return None
    up = rising(comparison.baseline, changed)[found.proposition]
    return up if found.effect > 0 else 1 - up


def _degree(sure: float, found: Sequence[InputEffect]) -> Degree:
    """How sure the largest effect is, which was found by looking at all of them."""
    effects = sum(bool(each.effect) for each in found if each.effect == each.effect)
    return grading.grades([sure] * effects)[0]


def _made(scenario: Scenario, difference: Difference) -> Scenario | None:
    """The scenario with one number changed; None for every other difference."""
    if not isinstance(difference.after, int | float):
        return None
    after = float(difference.after)
    if difference.what == "size":
        return scenario.with_sizes({difference.segment: after})
    if difference.what not in {"points", "score"}:
        return None
    g, d = (
        scenario.segment_index(difference.segment),
        scenario.discipline_names.index(difference.discipline),
    )
    if difference.what == "points":
        segments = [*scenario.segments]
        points = {**segments[g].points, scenario.discipline_ids[d]: after}
        segments[g] = segments[g].model_copy(update={"points": points})
        return scenario.replace(segments=segments)
    return _scored(scenario, (g, scenario.proposition_index(difference.proposition), d), after)


def _scored(scenario: Scenario, cell: tuple[int, int, int], after: float) -> Scenario:
    """The scenario with one score changed; its low and high end go with it, as far as the scale reaches."""
    scenario = scenario.without_attributes()
    moved = after - scenario.given("scores")[cell]
    ends = {name: float(scenario.given(name)[cell]) for name in ("low", "high")}
    given = {name: end for name, end in ends.items() if not np.isnan(end)}
    for name in given:
        scenario = _with_cell(scenario, name, cell, np.nan)
    scenario = _with_cell(scenario, "scores", cell, after)
    for name, end in given.items():
        reached = np.clip(end + moved, scenario.scale.lowest, scenario.scale.highest)
        scenario = _with_cell(scenario, name, cell, float(reached))
    return scenario


def _with_cell(scenario: Scenario, table: str, cell: tuple[int, int, int], value: float) -> Scenario:
    cells = scenario.given(table).copy()
    cells[cell] = value
    return scenario.with_table(table, cells)


def _cut(found: InputEffect) -> str:
    path = wording.short_names(found.difference.path)
    text = str(found.difference).rpartition(": ")[2]
    return f"{', '.join(path)} ({text})" if path else text


def _flips(comparison: Comparison, found: tuple[InputEffect, ...]) -> str:
    """How many of the differences change the leader by themselves."""
    standing = comparison.evaluations[0].standing()
    names = comparison.baseline.proposition_names
    today = {names[p] for p in standing.leaders}
    flips = [f for f in found if f.leaders is not None and set(f.leaders) != today]
    leader = f"who is first {since(comparison.baseline)}"
    if not flips:
        return f"; none changes {leader} by itself"
    each = "itself" if len(flips) == 1 else "themselves"
    return f"; {wording.count(len(flips))} would change {leader} by {each}"


def _notes(comparison: Comparison, k: int, found: tuple[InputEffect, ...]) -> list[str]:
    notes = []
    unknown = np.isnan([each.effect for each in found])
    if _told(found):
        notes = [
            "each difference is made alone in the baseline; points and sizes count as shares of their new sum",
            f"effects, and who leads after them, are those of {scores_given(comparison.baseline)}",
            _how_sure(comparison, found),
            *comparing.sure_notes(comparison, [0]),
        ]
    if len(found) > SHOWN:
        some = f"the first {SHOWN}" if unknown[0] else f"the {SHOWN} with the largest effects"
        notes.append(f"{some} of {len(found)} are drawn; all are in the table")
    if unknown.any() and comparison.same_scale[k]:
        notes.append("a dash: it cannot change by itself")
    return notes


def _how_sure(comparison: Comparison, found: tuple[InputEffect, ...]) -> str:
    """What the degree of the largest effect rests on; blank where it is not drawn."""
    first = found[0]
    sure = _sure(comparison, first) if abs(first.effect) > 0 else None
    if sure is None or not in_doubt(comparison.baseline):
        return ""
    told = f"{first.proposition} {'gains' if first.effect > 0 else 'loses'} by the first difference in {share(sure)}"
    chosen = f"; it is the largest of {len(found)} (Holm's procedure)" if len(found) > 1 else ""
    return f"{told} of the cases held possible, all else off by the same{chosen}"


def _alt(found: tuple[InputEffect, ...], decimals: int) -> str:
    items = [
        f"{f.difference}" + (f" ({f.proposition} {signed(f.effect, decimals)})" if f.proposition else "")
        for f in found[:SHOWN]
    ]
    more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return f"Inputs that differ, largest effect first: {'; '.join(items) or 'none'}{more}."
