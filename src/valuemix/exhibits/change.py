"""What changed against the saved scenario: before and now, proposition by proposition."""

from __future__ import annotations

import numpy as np

from valuemix.analysis.comparison import Change
from valuemix.analysis.comparison import change as compared
from valuemix.analysis.scoring import Evaluation, evaluate
from valuemix.exhibits import wording
from valuemix.exhibits.change_figure import draw
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import decimals_of, gap, number, signed
from valuemix.model.scenario import Scenario

__all__ = ["change", "shows_change"]


def change(
    before: Evaluation | Scenario,
    after: Evaluation | Scenario,
    segment: str | None = None,
) -> Exhibit:
    """Values before and now in a segment, or overall.

    Parameters
    ----------
    before, after : Evaluation or Scenario
        Results of the saved scenario and of the present one.
    segment : str, optional
        Name of the segment; overall where it is None.

    Returns
    -------
    Exhibit
        With one row a proposition of either side: segment, proposition, value_before, value,
        change, rank_before, rank. What only one side has is listed with the other side empty.

    Raises
    ------
    UnknownName
        Where neither side has the segment.

    Examples
    --------
    >>> from valuemix.analysis.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], propositions=["Express", "Green line"])
    >>> change(evaluate(base), evaluate(base.with_weights(discipline_1=20))).finding
    'Green line overtakes Express overall: it gains 0.3 while Express loses 1.8'
    """
    before, after = evaluate(before), evaluate(after)
    found = compared(before, after, segment)
    scenario = after.scenario
    decimals = decimals_of(scenario)
    return Exhibit(
        key="change",
        finding=_finding(found, segment, decimals, before.scenario.name),
        subtitle=f"Value ({wording.scale(scenario)}) now and in the saved scenario, {_population(after, segment)}",
        table=found.to_frame(),
        source=wording.source_of(scenario),
        notes=tuple(_notes(found, before.scenario.name)),
        alt=_alt(found, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        draw=draw,
    )


def shows_change(exhibit: Exhibit) -> bool:
    """Whether any figure of a change exhibit differs as it is printed, so that a chart is worth drawing."""
    before, now = exhibit.table["value_before"], exhibit.table["value"]
    return any(
        number(float(a), exhibit.decimals) != number(float(b), exhibit.decimals)
        for a, b in zip(before, now, strict=True)
    )


# ---------------------------------------------------------------------- words


def _finding(found: Change, segment: str | None, decimals: int, saved: str) -> str:
    where, scenario = wording.where(segment), f"the saved scenario {wording.short_names([saved])[0]}"
    if not found.segment_before:
        return f"{wording.place(segment)} is not in {scenario}, so there is nothing to compare"
    if not found.segment_after:
        return f"{wording.place(segment)} is in {scenario} only, so there is nothing to compare"
    if not found.same_scale:
        return f"Values cannot be compared with {scenario}: it has another scale"
    if not found.moved.any() and not found.new and not found.gone:
        return f"No value {where} has changed against {scenario}"
    return _leader_change(found, segment, decimals)


def _leader_change(found: Change, segment: str | None, decimals: int) -> str:
    names = wording.short_names(found.propositions)
    now, then = np.flatnonzero(found.ranks_after == 1), np.flatnonzero(found.ranks_before == 1)
    where = wording.where(segment)
    if not now.size or not then.size:
        side = "now" if not now.size else "in the saved scenario"
        return f"No proposition has a value {where} {side}, so there is nothing to compare"
    who, old = wording.joined([names[p] for p in now]), wording.joined([names[p] for p in then])
    if len(now) == len(then) == 1:
        first, former = int(now[0]), int(then[0])
        if first == former:
            return f"{who} still leads {wording.place(segment)}{_largest(found, names, decimals)}"
        if found.ranks_before[first] and found.ranks_after[former]:
            return f"{who} overtakes {old} {where}: {_moves(found, first, names[former], former, decimals)}"
        reason = (
            f"{old}, which led before, is gone"
            if not found.ranks_after[former]
            else f"it is new and {old} led before"
        )
        return f"{who} now leads {wording.place(segment)}: {reason}"
    if set(now) == set(then):
        return f"{who} still share the lead {where}{_largest(found, names, decimals)}"
    verb = f"leads {wording.place(segment)}" if len(now) == 1 else f"share the lead {where}"
    before = f"{old} led" if len(then) == 1 else f"{old} shared the lead"
    return f"{who} now {verb}; before, {before}"


def _moves(found: Change, first: int, former_name: str, former: int, decimals: int) -> str:
    """What the new leader and the former one did: "it gains 0.4 while Express loses 0.1"."""
    return f"it {_move(found, first, decimals)} while {former_name} {_move(found, former, decimals)}"


def _move(found: Change, p: int, decimals: int) -> str:
    shown = gap(found.values_after[p], found.values_before[p], decimals)
    if shown == 0:
        return f"stays at {number(found.values_after[p], decimals)}"
    return f"{'gains' if shown > 0 else 'loses'} {number(abs(shown), decimals)}"


def _largest(found: Change, names: list[str], decimals: int) -> str:
    """The largest change of a value as it is shown, or what is new or gone where none shows."""
    shown = [
        gap(a, b, decimals) if a == a and b == b else 0.0
        for a, b in zip(found.values_after, found.values_before, strict=True)
    ]
    largest = max(map(abs, shown))
    movers = [p for p, move in enumerate(shown) if abs(move) == largest]
    if largest == 0:
        if found.new or found.gone:
            return f"; {_one_side(found)}"
        return (
            f"; no value has changed by {number(10.0**-decimals, decimals)} or more"
            if found.moved.any()
            else ""
        )
    if len(movers) > 1:
        return f"; the largest change is {number(largest, decimals)}, for {wording.joined([names[p] for p in movers])}"
    return f"; the largest change is {names[movers[0]]} with {signed(shown[movers[0]], decimals)}"


def _one_side(found: Change) -> str:
    parts = []
    for names, words in ((found.new, "new"), (found.gone, "gone")):
        if names:
            verb = "is" if len(names) == 1 else "are"
            parts.append(f"{wording.joined(wording.short_names(names))} {verb} {words}")
    return " and ".join(parts)


def _notes(found: Change, saved: str) -> list[str]:
    notes = [f"open circle: saved scenario {wording.short_names([saved])[0]}; full circle: now"]
    if found.new or found.gone:
        notes.append(_one_side(found))
    return notes


def _population(after: Evaluation, segment: str | None) -> str:
    known = segment is None or segment in after.scenario.segment_names
    return wording.population(after.scenario, segment) if known else wording.place(segment)


def _alt(found: Change, decimals: int) -> str:
    rows = zip(found.propositions, found.values_before, found.values_after, strict=True)
    items = [
        f"{name} {number(b, decimals) if b == b else 'none'} before, {number(a, decimals) if a == a else 'none'} now"
        for name, b, a in rows
    ]
    return f"Values before and now, best now first: {'; '.join(items)}."
