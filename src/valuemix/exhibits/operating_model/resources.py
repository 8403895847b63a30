"""Resources against weights: what is spent on each discipline, beside what those who are served weigh."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from valuemix.analysis.customers.resources import Resources, resources_against_weights
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.bars import Bar, Bars, Key, Note
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import percents, share
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.mixes import mix_parts
from valuemix.typing import FloatArray

__all__ = ["resources"]

_TOLD = 3
"""Transfers that a note names."""


@exhibit_kind(
    "Resources against weights",
    "Customer view",
    ("proposition",),
    "Share of each kind of resource by discipline; kinds are never added up. Distance: half the sum of differences "
    "to the mean weights by size, the share that would have to move for both to be alike. Promises: promised scores "
    "above the lowest, by size, as shares of their sum.",
    several_views=True,
)
def resources(evaluation: Evaluation, *, proposition: str = "") -> Exhibit:
    """Shares of budget, people and other resources by discipline, beside the weights of those who are served.

    It states and does not prescribe: one discipline may need more money for one point than another.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With resources.
    proposition : str, optional
        Whose promises stand beside, where there are any; the leader by default.

    Returns
    -------
    Exhibit
        With one row a mix and discipline: mix, of (served, segment, promised, resource or target), discipline, share,
        distance (of a resource to the weights of all who are served; NaN of others).

    Raises
    ------
    EditError
        Where there are no resources; the message names the sheet to fill in.
    UnknownName
        Where the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.resources.parts import Resource
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2]], points=[40, 60], disciplines=["Speed", "Care"], segments=["Stores"])
    >>> spent = base.replace(resources=[Resource(kind="bonus points", amounts={"speed": 71, "care": 29})])
    >>> resources(spent).finding.replace("\\xa0", " ")
    'Speed takes 71 % of bonus points; Stores gives it 40 %'
    """
    scenario = evaluation.scenario
    p = wording.chosen_proposition(evaluation, None, proposition)
    found = resources_against_weights(scenario, p)
    table = _table(found, scenario.proposition_names[p])
    return Exhibit(
        finding=_finding(found),
        subtitle=f"Shares of each discipline in weights{_and_promises(found)} and in what is spent",
        table=table,
        notes=_notes(found),
        alt=_alt(table),
        decimals=0,
        scenarios=(scenario,),
        chart=_chart(table, scenario.discipline_names),
    )


def _and_promises(found: Resources) -> str:
    return "" if np.isnan(found.promised).any() else ", in promises"


def _table(found: Resources, name: str) -> pd.DataFrame:
    """All who are served first, then their segments, what is promised, and each resource with its target."""
    scenario = found.scenario
    mixes: list[tuple[str, str, FloatArray, float]] = [
        ("Those served weigh", "served", found.weights, np.nan)
    ]
    if len(scenario.segments) > 1:
        each = zip(scenario.segment_names, scenario.weights, strict=True)
        mixes += [(segment, "segment", own, np.nan) for segment, own in each]
    if not np.isnan(found.promised).any():
        mixes.append((f"Promised: {name}", "promised", found.promised, np.nan))
    for kind, spread, far in zip(found.kinds, found.shares, found.distances.tolist(), strict=True):
        mixes.append((wording.capital(kind), "resource", spread, far))
        moved = _after(found, kind)
        if moved is not None:
            mixes.append((f"{wording.capital(kind)}: target", "target", moved, np.nan))
    rows = [
        {"mix": mix, "of": of, "discipline": discipline, "share": own, "distance": far}
        for mix, of, spread, far in mixes
        for discipline, own in zip(scenario.discipline_names, spread.tolist(), strict=True)
    ]
    return pd.DataFrame(rows)


def _after(found: Resources, kind: str) -> FloatArray | None:
    """Spread of a kind once its transfers are made; None where it has no target."""
    k = found.kinds.index(kind)
    if kind not in {target.kind for target in found.scenario.resource_targets}:
        return None
    spread = found.shares[k].copy()
    for move in found.transfers:
        if move.kind == k:
            spread[[move.source, move.to]] += (-move.share, move.share)
    return np.asarray(np.clip(spread, 0.0, 1.0))


def _chart(table: pd.DataFrame, disciplines: Sequence[str]) -> Bars:
    """A bar of 100 % for each mix, and how far each resource is from the weights."""
    bars = []
    for mix, rows in table.groupby("mix", sort=False):
        far = float(rows["distance"].iloc[0])
        notes = () if far != far else (Note(share(far), "muted"),)
        bars.append(Bar(str(mix), mix_parts(rows["share"].tolist()), notes=notes))
    return Bars(
        tuple(bars), "mix", "Share", keys=tuple(map(Key, disciplines)), heads=("distance",), percent=True
    )


# ---------------------------------------------------------------------- words


def _finding(found: Resources) -> str:
    """The resource that is furthest from the weights, where it takes most more, and who gives that least."""
    scenario, words = found.scenario, wording.discipline_words(found.scenario)
    k = int(found.distances.argmax())
    kind, over = _kind(found.kinds[k]), found.shares[k] - found.weights
    d = int(over.argmax())
    spent, weighed = percents(found.shares[k].tolist())[d], percents(found.weights.tolist())[d]
    if spent == weighed:
        every = "Every kind of resource is" if len(found.kinds) > 1 else f"{wording.capital(kind)} is"
        return f"{every} spread about as those who are served weigh"
    segments = wording.short_names(scenario.segment_names)
    takes = f"{wording.capital(words[d])} takes {spent} of {kind}; "
    if not np.isnan(found.promised).any():
        promised = percents(found.promised.tolist())[d]
        return f"{takes}it is {promised} of what is promised, and those who are served give it {weighed}"
    if len(segments) == 1:
        return f"{takes}{segments[0]} gives it {weighed}"
    counted = np.where(scenario.sizes > 0, scenario.weights[:, d], np.inf)
    least = int(counted.argmin())
    own = percents(scenario.weights[least].tolist())[d]
    return f"{takes}those who are served give it {weighed}" + (
        f", {segments[least]} {own}" if own != weighed else ""
    )


def _kind(kind: str) -> str:
    """Kind inside a sentence: as it is written, small but for abbreviations."""
    return kind if kind[:2].isupper() else kind[:1].lower() + kind[1:]


def _notes(found: Resources) -> tuple[str, ...]:
    several = "kinds of resource are never added up" if len(found.kinds) > 1 else ""
    return (
        "weights: the mean by size" if len(found.scenario.segments) > 1 else "",
        "distance: the share that would have to move to be spread as those served weigh; a discipline may need more "
        "for one point than another, so this says how it is and not how it should be",
        several,
        *(_moves(found, k) for k in range(len(found.kinds))),
    )


def _moves(found: Resources, k: int) -> str:
    """What would have to move for the target of a kind, the largest first."""
    words, moves = wording.discipline_words(found.scenario), [m for m in found.transfers if m.kind == k]
    told = [
        f"{share(move.share)} from {words[move.source]} to {words[move.to]}"
        + (f" ({wording.short_names([move.function])[0]})" if move.function else "")
        for move in moves
    ]
    return f"to reach the target of {_kind(found.kinds[k])}: {wording.joined(told, _TOLD)}" if told else ""


def _alt(table: pd.DataFrame) -> str:
    items = []
    for mix, rows in table.groupby("mix", sort=False):
        each = zip(rows["discipline"], percents(rows["share"].tolist()), strict=True)
        far = next(records(rows, "distance"))[0]
        items.append(
            f"{mix}: {', '.join(f'{d} {text}' for d, text in each)}"
            + ("" if far != far else f"; distance {share(far)}")
        )
    return f"Bars of 100\u00a0% by discipline. {'. '.join(items)}."
