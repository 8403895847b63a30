"""What each proposition is worth to customers, employees and partners, and who is lifted at whose cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.alignment import Alignment, Conflict
from valuemix.analysis.alignment import alignment as alignment_of
from valuemix.analysis.scoring import Evaluation, evaluate
from valuemix.exhibits import wording
from valuemix.exhibits.alignment_figure import draw
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import decimals_of, number
from valuemix.model.parts import KINDS
from valuemix.model.scenario import Scenario

__all__ = ["alignment"]


def alignment(evaluation: Evaluation | Scenario) -> Exhibit:
    """Value of every proposition for each kind of segment, conflicts first.

    A proposition lifts one kind at the cost of another where it is among the best third of all
    for the one and among the worst third for the other.

    Parameters
    ----------
    evaluation : Evaluation or Scenario

    Returns
    -------
    Exhibit
        With one row a proposition and kind: proposition, kind, size_share (of the kind), value,
        partial, rank (for this kind), median (of all propositions for this kind), conflict
        (whether the proposition lifts one kind at the cost of another), lifted and burdened
        (which kinds, nothing where there is no conflict).

    Examples
    --------
    >>> base = Scenario.from_arrays([[[8, 8], [5, 5], [6, 6]], [[3, 3], [6, 6], [5, 5]]],
    ...                             propositions=["Express", "Green line", "Parts"])
    >>> staff = base.segments[1].model_copy(update={"kind": "employee"})
    >>> print(alignment(base.replace(segments=(base.segments[0], staff))).finding)
    Express lifts customers at the cost of employees: first of three for customers, last for employees;
    Green line sets them against each other too
    """
    evaluation = evaluate(evaluation)
    scenario, found = evaluation.scenario, alignment_of(evaluation)
    decimals = decimals_of(scenario)
    table = _table(found)
    kinds = wording.joined([f"{kind}s" for kind in found.kinds])
    return Exhibit(
        key="alignment",
        finding=_finding(found, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) for {kinds}, by size within each kind",
        table=table,
        source=wording.source_of(scenario),
        notes=tuple(_notes(found)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        draw=draw,
    )


def _table(found: Alignment) -> pd.DataFrame:
    conflicts = {conflict.proposition: conflict for conflict in found.conflicts}
    best = wording.best_first(found.evaluation, None)
    order = [*conflicts, *(p for p in best if p not in conflicts)]
    ranks = found.ranks
    rows = [
        {
            "proposition": found.evaluation.scenario.proposition_names[p],
            "kind": kind,
            "size_share": found.size_shares[k],
            "value": found.by_kind[k, p],
            "partial": bool(found.partial[k, p]),
            "rank": int(ranks[k, p]) or pd.NA,
            "median": found.medians[k],
            "conflict": p in conflicts,
            "lifted": found.kinds[conflicts[p].lifted] if p in conflicts else "",
            "burdened": found.kinds[conflicts[p].burdened] if p in conflicts else "",
        }
        for p in order
        for k, kind in enumerate(found.kinds)
    ]
    return pd.DataFrame(rows).astype({"rank": "Int64"})


def _finding(found: Alignment, decimals: int) -> str:
    names = wording.short_names(found.evaluation.scenario.proposition_names)
    if np.isnan(found.by_kind).all():
        return "No proposition has a value: every discipline with weight lacks a score"
    if len(found.kinds) == 1:
        missing = wording.joined([f"{kind}s" for kind in KINDS if kind not in found.kinds])
        return f"Only {found.kinds[0]}s are in this scenario, so it says nothing of {missing}"
    if len(names) == 1:
        return _only(found, names[0], decimals)
    if found.conflicts:
        return _conflict(found, names, found.conflicts[0])
    led = [found.leaders(k) for k in range(len(found.kinds))]
    kinds = f"{wording.joined([f'{kind}s' for kind in found.kinds])}"
    common = [p for p in range(len(names)) if all(p in own for own in led)]
    if common:
        who = wording.joined([names[p] for p in common])
        verb = "leads" if len(common) == 1 else "lead"
        return f"Nothing lifts one kind at the cost of another, and {who} {verb} for {kinds}"
    each = [
        f"{wording.joined([names[p] for p in own])} {'leads' if len(own) == 1 else 'lead'} for {kind}s"
        for own, kind in zip(led, found.kinds, strict=True)
        if own
    ]
    return f"Nothing lifts one kind at the cost of another, though leaders differ: {', '.join(each)}"


def _conflict(found: Alignment, names: list[str], first: Conflict) -> str:
    lifted, burdened = f"{found.kinds[first.lifted]}s", f"{found.kinds[first.burdened]}s"
    ranks, count = found.ranks[:, first.proposition], int((found.ranks[first.lifted] > 0).sum())
    told = (
        f"{names[first.proposition]} lifts {lifted} at the cost of {burdened}: {_place(ranks[first.lifted], count)} "
        f"of {wording.count(count)} for {lifted}, {_place(ranks[first.burdened], count)} for {burdened}"
    )
    others = [names[conflict.proposition] for conflict in found.conflicts[1:]]
    who = others[0] if len(others) == 1 else f"{wording.count(len(others))} more"
    whom = "them" if len(found.kinds) == 2 else "kinds"
    return (
        f"{told}; {who} {'sets' if len(others) == 1 else 'set'} {whom} against each other too"
        if others
        else told
    )


def _place(rank: int, count: int) -> str:
    """Rank in words, such as "first" or "last"."""
    return "first" if rank == 1 else "last" if rank == count else f"rank {rank}"


def _only(found: Alignment, name: str, decimals: int) -> str:
    cells = zip(found.by_kind[:, 0], found.kinds, strict=True)
    each = [f"{number(value, decimals)} to {kind}s" for value, kind in cells if value == value]
    return f"{name}, the only proposition, is worth {wording.joined(each)}"


def _notes(found: Alignment) -> list[str]:
    notes = []
    if len(found.kinds) == 1:
        notes.append("the kind of a segment, customer, employee or partner, stands in the sheet Segments")
    if len(found.kinds) > 1 and found.by_kind.shape[1] > 1:
        notes.append(
            "conflict: among the best third of all for one kind and among the worst third for another"
        )
    if found.partial.any():
        notes.append("some values rest on missing scores")
    return notes


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("proposition", sort=False):
        cells = zip(rows["kind"], rows["value"], strict=True)
        own = ", ".join(f"{kind}s {number(value, decimals)}" for kind, value in cells)
        first = rows.iloc[0]
        cost = f" (lifts {first['lifted']}s at the cost of {first['burdened']}s)" if first["conflict"] else ""
        items.append(f"{name}: {own}{cost}")
    return f"Dots of values by kind of segment, conflicts first. {'; '.join(items)}."
