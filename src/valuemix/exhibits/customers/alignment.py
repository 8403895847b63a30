"""What each proposition is worth to customers, employees and partners, and who loses by what is best for another."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, certainty_among, degree_of, share_above
from valuemix.analysis.customers.alignment import Alignment, Loss, kind_draws
from valuemix.analysis.customers.alignment import alignment as alignment_of
from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import ahead, decimals_of, number, share
from valuemix.model.parts import KINDS
from valuemix.typing import FloatArray

__all__ = ["alignment"]


@exhibit_kind(
    "Customers, employees and partners",
    "Customer view",
    (),
    formulas.VALUE + " For a kind: over its own segments. What a kind loses is the value of its own best "
    "less that of the best for another kind; above 5\u00a0% of the scale it is a conflict.",
)
def alignment(evaluation: Evaluation) -> Exhibit:
    """Value of every proposition for each kind of segment, and what a kind loses by the best for another.

    Parameters
    ----------
    evaluation : Evaluation or Scenario

    Returns
    -------
    Exhibit
        With one row a proposition and kind, the best for each kind first: proposition, kind, size_share
        (of the kind), value, partial, rank (for this kind), best_for (kinds for which the proposition is
        best, joined by commas), lost (this kind's own best less the value), conflict (whether the
        proposition is the best for another kind and this one loses more than 5 % of the scale by it).

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[[8, 8], [5, 5], [6, 6]], [[3, 3], [6, 6], [4, 4]]],
    ...                             propositions=["Express", "Green line", "Parts"])
    >>> staff = base.segments[1].model_copy(update={"kind": "employee"})
    >>> print(alignment(base.replace(segments=(base.segments[0], staff))).finding)
    Express, best for customers, costs employees 3.0 against their own best; Green line costs customers 3.0
    """
    scenario, found = evaluation.scenario, alignment_of(evaluation)
    decimals = decimals_of(scenario)
    table = _table(found)
    kinds = wording.joined([f"{kind}s" for kind in found.kinds])
    drawn = kind_draws(scenario)
    return Exhibit(
        finding=_finding(found, drawn, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) for {kinds}, by size within each kind",
        table=table,
        notes=tuple(_notes(found, drawn)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
    )


def _table(found: Alignment) -> pd.DataFrame:
    best = {loss.proposition: None for loss in found.losses}
    order = [*best, *(p for p in wording.best_first(found.evaluation, None) if p not in best)]
    conflicts = {(loss.proposition, loss.loses) for loss in found.conflicts}
    ranks, most = found.ranks, [_best(row) for row in found.by_kind]
    rows = [
        {
            "proposition": found.evaluation.scenario.proposition_names[p],
            "kind": kind,
            "size_share": found.size_shares[k],
            "value": found.by_kind[k, p],
            "partial": bool(found.partial[k, p]),
            "rank": int(ranks[k, p]) or pd.NA,
            "best_for": ", ".join(name for name, own in zip(found.kinds, ranks, strict=True) if own[p] == 1),
            "lost": most[k] - found.by_kind[k, p],
            "conflict": (p, k) in conflicts,
        }
        for p in order
        for k, kind in enumerate(found.kinds)
    ]
    return pd.DataFrame(rows).astype({"rank": "Int64"})


def _best(row: FloatArray) -> float:
    return float(np.max(row, initial=-np.inf, where=~np.isnan(row))) if (row == row).any() else np.nan


# ---------------------------------------------------------------------- words


def _finding(found: Alignment, drawn: FloatArray, decimals: int) -> str:
    names = wording.short_names(found.evaluation.scenario.proposition_names)
    if np.isnan(found.by_kind).all():
        return wording.no_value()
    if len(found.kinds) == 1:
        missing = wording.joined([f"{kind}s" for kind in KINDS if kind not in found.kinds])
        return f"Only {found.kinds[0]}s are in this scenario, so it says nothing of {missing}"
    if len(names) == 1:
        return _only(found, names[0], decimals)
    if found.conflicts:
        return _conflict(found, drawn, names, decimals)
    sure = _sureness(found, drawn)
    if not found.losses:
        common = [p for p in range(len(names)) if all(p in found.leaders(k) for k in range(len(found.kinds)))]
        if not common:
            return "No kind can be held against another: each has values of other propositions"
        kinds = wording.joined([f"{kind}s" for kind in found.kinds])
        if len(common) > 1:
            who = wording.joined([names[p] for p in common])
            return f"No kind loses by what is best for another today: {who} are best for {kinds}"
        weakest = min(sure, key=lambda each: each.least)
        none = _no(claims.sign_words(weakest.degree), "kind loses by what is best for another")
        return f"{none}: {names[common[0]]} is {_best_for(weakest, kinds)}"
    each = [
        f"{names[own.leaders[0]]} is {_best_for(own, f'{kind}s')}"
        if len(own.leaders) == 1
        else f"{wording.joined([names[p] for p in own.leaders])} tie for {kind}s"
        for own, kind in zip(sure, found.kinds, strict=True)
        if own.leaders
    ]
    bar, most = _bar(found), _amount(found, found.losses[0], decimals)
    spared = claims.sign_words(degree_of(_spared(found, drawn)))
    none = _no(spared, f"kind loses more than {bar} ({most} today) by what is best for another")
    return f"{none}: {', '.join(each)}"


def _conflict(found: Alignment, drawn: FloatArray, names: list[str], decimals: int) -> str:
    """The largest loss, as sure as it is, and how many more there are."""
    first, *rest = found.conflicts
    sure, there = _sureness(found, drawn), _adverbs(found, drawn)
    best = _best_for(
        min((sure[k] for k in first.best_for), key=lambda each: each.least),
        wording.joined([f"{found.kinds[k]}s" for k in first.best_for]),
    )
    loses = f"{found.kinds[first.loses]}s"
    told = (
        f"{names[first.proposition]}, {best}, {there[0]}costs {loses} "
        f"{_amount(found, first, decimals)} against their own best"
    )
    if len(rest) == 1:
        other = rest[0]
        who = f"{names[other.proposition]} {there[1]}costs {found.kinds[other.loses]}s"
        return f"{told}; {who} {_amount(found, other, decimals)}"
    return f"{told}; there are {wording.count(len(rest), 'more conflict')}" if rest else told


def _amount(found: Alignment, loss: Loss, decimals: int) -> str:
    row = found.by_kind[loss.loses]
    return ahead(_best(row), float(row[loss.proposition]), decimals)


def _sureness(found: Alignment, drawn: FloatArray) -> list[Certainty]:
    """How sure the best for each kind is."""
    width = found.evaluation.scenario.scale.width
    return [certainty_among(row, own, width) for row, own in zip(found.by_kind, drawn, strict=True)]


def _best_for(sure: Certainty, kinds: str) -> str:
    """Best for customers, probably best for them, or ahead but too close to call; the note names the rival."""
    if sure.degree != "open":
        return f"{claims.probably(sure)}best for {kinds}"
    return f"ahead for {kinds} but too close to call"


def _no(adverb: str, what: str) -> str:
    """Start of a sentence that denies something, as sure as that is: "Probably no kind loses more"."""
    text = f"{adverb}no {what}"
    return text[:1].upper() + text[1:]


def _bar(found: Alignment) -> str:
    return wording.plain(round(found.conflict_bar, 6))


def _shares(found: Alignment, drawn: FloatArray) -> list[float]:
    """Share of draws in which today's best for the kind that loses is better for it by more than the bar.

    Not the best of every draw: that is above any other by noise alone.
    """
    width, bar = found.evaluation.scenario.scale.width, found.conflict_bar
    best = [found.leaders(loss.loses)[0] for loss in found.conflicts]
    return [
        share_above(drawn[loss.loses, p] - drawn[loss.loses, loss.proposition], bar, width)
        for loss, p in zip(found.conflicts, best, strict=True)
    ]


def _adverbs(found: Alignment, drawn: FloatArray) -> list[str]:
    """Adverb of each conflict, which is as sure as all that are told together allow.

    A kind's best was found by looking at every other proposition, so that its doubt counts as often.
    """
    others = drawn.shape[1] - 1
    sure = [max(1 - others * (1 - share), 0.0) for share in _shares(found, drawn)]
    return [claims.sign_words(degree) for degree in grading.grades(sure)]


def _spared(found: Alignment, drawn: FloatArray) -> float:
    """Share of draws in which no kind loses more than the bar by today's best for another."""
    known = np.nan_to_num(drawn, nan=-np.inf)
    lost = [known[loss.loses].max(axis=0) - known[loss.loses, loss.proposition] for loss in found.losses]
    return share_above(-np.max(lost, axis=0), -found.conflict_bar, found.evaluation.scenario.scale.width)


def _only(found: Alignment, name: str, decimals: int) -> str:
    cells = zip(found.by_kind[:, 0], found.kinds, strict=True)
    each = [f"{number(value, decimals)} to {kind}s" for value, kind in cells if value == value]
    return f"{name}, the only proposition, is worth {wording.joined(each)}"


def _notes(found: Alignment, drawn: FloatArray) -> list[str]:
    names = found.evaluation.scenario.proposition_names
    notes = []
    if len(found.kinds) == 1:
        notes.append("the kind of a segment, customer, employee or partner, stands in the sheet Segments")
    elif len(names) > 1:
        notes.append(
            "lost: own best less the value of another kind's best; a conflict above "
            f"{_bar(found)}, 5\u00a0% of the scale"
        )
        notes += _how_sure(found, drawn, wording.short_names(names))
    if found.partial.any():
        notes.append("some values rest on missing scores")
    return notes


def _how_sure(found: Alignment, drawn: FloatArray, names: list[str]) -> list[str]:
    """How often the first conflict is one, and each best the best."""
    if drawn.shape[2] == 1:
        return []
    often = [
        f"for {kind}s {grounds.briefly(sure, names)}"
        for sure, kind in zip(_sureness(found, drawn), found.kinds, strict=True)
        if sure.leaders and any(share == share for share in sure.above)
    ]
    if found.conflicts:
        first, there = found.conflicts[0], _shares(found, drawn)[0]
        best, others = names[found.leaders(first.loses)[0]], len(names) - 1
        chosen = f", the best of {wording.count(others)} others," if others > 1 else ""
        often.insert(
            0,
            f"{best}{chosen} is worth over {_bar(found)} more to {found.kinds[first.loses]}s than "
            f"{names[first.proposition]} in {share(there)}",
        )
    assumed = grounds.taken(found.evaluation.scenario)
    return [f"{'; '.join(often)} of the combinations within doubt, {assumed}"] if often else []


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("proposition", sort=False):
        cells = zip(rows["kind"], rows["value"], strict=True)
        own = ", ".join(f"{kind}s {number(value, decimals)}" for kind, value in cells)
        cost = [
            f"{kind}s lose {ahead(value + lost, value, decimals)}"
            for kind, value, lost in zip(rows["kind"], rows["value"], rows["lost"], strict=True)
            if rows["best_for"].iloc[0] and lost > 0
        ]
        best = (
            f" (best for {rows['best_for'].iloc[0]}s{''.join(f'; {each}' for each in cost)})" if cost else ""
        )
        items.append(f"{name}: {own}{best}")
    return f"Dots of values by kind of segment, the best for each kind first. {'; '.join(items)}."
