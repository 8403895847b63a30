"""What each proposition is worth to customers, employees and partners, and who loses by what is best for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, certainty_among, degree_of, share_above
from valuemix.analysis.customers.alignment import Alignment, Loss, kind_draws
from valuemix.analysis.customers.alignment import alignment as alignment_of
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.bars import Note
from valuemix.charts.dots import Dot, DotRow, Dots, Series, Symbol
from valuemix.charts.roles import Role
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import ahead, decimals_of, how_often, number
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.respondents import since
from valuemix.model.parts import KINDS
from valuemix.model.scenario import Scenario
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
    decimals, table = decimals_of(scenario), _table(found)
    kinds = wording.joined([f"{kind}s" for kind in found.kinds])
    of = _Kinds(found, kind_draws(scenario), decimals)
    return Exhibit(
        finding=_finding(of),
        subtitle=f"Value ({wording.scale(scenario)}) for {kinds}, by size within each kind",
        table=table,
        notes=_notes(of),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
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


# ---------------------------------------------------------------------- chart

MARKS: Mapping[str, tuple[Symbol, str, Role]] = {
    "customer": ("circle", "●", "highlight"), "employee": ("diamond", "◆", "muted"),
    "partner": ("square", "■", "context"),
}  # fmt: skip
"""Mark of each kind of segment, as a shape, in words and by its role."""


def _chart(table: pd.DataFrame, decimals: int) -> Dots:
    """One mark a kind of segment; its value beside, and who loses most by the best for another."""
    kinds = list(dict.fromkeys(table["kind"]))
    return Dots(
        tuple(_row(str(name), own, decimals) for name, own in table.groupby("proposition", sort=False)),
        "proposition",
        tuple(Series(f"{kind}s", MARKS[kind][0], MARKS[kind][2]) for kind in kinds),
        (*(f"{MARKS[kind][1]} {kind}s" for kind in kinds), "most lost"),
    )


def _row(name: str, own: pd.DataFrame, decimals: int) -> DotRow:
    values = [
        Note(number(value, decimals) + "*" * bool(partial and value == value))
        for value, partial in zip(own["value"], own["partial"], strict=True)
    ]
    conflict = bool(own["conflict"].any())
    most = Note(_most_lost(own, decimals), "loss" if conflict else "muted")
    dots = tuple((Dot(float(value)),) for value in own["value"])
    return DotRow(name, dots, (*values, most), lost=conflict)


def _most_lost(own: pd.DataFrame, decimals: int) -> str:
    """Which kind loses most by a proposition that is best for another, and how much."""
    lost = own["lost"].fillna(0.0)
    if not own["best_for"].iloc[0] or not lost.max() > 0:
        return ""
    most = int(lost.argmax())
    value = float(own["value"].iloc[most])
    return f"{MARKS[own['kind'].iloc[most]][1]} {ahead(value + float(lost.max()), value, decimals, '<')}"


@dataclass(frozen=True)
class _Kinds:
    """What kinds of segment have of the propositions, with values drawn of shape (kinds, P, N)."""

    found: Alignment
    drawn: FloatArray
    decimals: int

    @property
    def scenario(self) -> Scenario:
        """The scenario of all of them."""
        return self.found.evaluation.scenario

    @cached_property
    def names(self) -> list[str]:
        """Propositions as they are spoken."""
        return wording.short_names(self.scenario.proposition_names)

    @cached_property
    def sure(self) -> list[Certainty]:
        """How sure the best for each kind is."""
        width = self.scenario.scale.width
        return [certainty_among(*rows, width) for rows in zip(self.found.by_kind, self.drawn, strict=True)]

    @property
    def bar(self) -> str:
        """Loss above which there is a conflict."""
        return wording.plain(round(self.found.conflict_bar, 6))

    def lost(self, loss: Loss) -> str:
        """What a kind loses, as it is printed."""
        row = self.found.by_kind[loss.loses]
        return ahead(_best(row), float(row[loss.proposition]), self.decimals)

    def best_for(self, *kinds: int) -> str:
        """Best for some kinds, as sure as the least sure of them; the note names the rival where it is open."""
        sure = min((self.sure[k] for k in kinds), key=lambda each: each.least)
        who = wording.joined([f"{self.found.kinds[k]}s" for k in kinds])
        if sure.degree != "open":
            return f"{claims.probably(sure)}best for {who}"
        return f"ahead for {who} but too close to call"


# ---------------------------------------------------------------------- words


def _finding(of: _Kinds) -> str:
    found, kinds = of.found, [f"{kind}s" for kind in of.found.kinds]
    if np.isnan(found.by_kind).all():
        return wording.no_value()
    if len(kinds) == 1:
        missing = wording.joined([f"{kind}s" for kind in KINDS if kind not in found.kinds])
        return f"Only {kinds[0]} are in this scenario, so it says nothing of {missing}"
    if len(of.names) == 1:
        values = zip(found.by_kind[:, 0], kinds, strict=True)
        worth = wording.joined(
            [f"{number(own, of.decimals)} to {kind}" for own, kind in values if own == own]
        )
        return f"{of.names[0]}, the only proposition, is worth {worth}"
    if found.conflicts:
        return _conflict(of)
    return _small_losses(of) if found.losses else _no_loss(of, wording.joined(kinds))


def _no_loss(of: _Kinds, kinds: str) -> str:
    """That the same is best for all kinds."""
    common = sorted(set.intersection(*({*of.found.leaders(k)} for k in range(len(of.found.kinds)))))
    if not common:
        return "No kind can be held against another: each has values of other propositions"
    who = wording.joined([of.names[p] for p in common])
    if len(common) > 1:
        return f"No kind loses by what is best for another {since(of.scenario)}: {who} are best for {kinds}"
    adverb = claims.sign_words(min(of.sure, key=lambda each: each.least).degree)
    none = wording.capital(f"{adverb}no kind loses by what is best for another")
    return f"{none}: {who} is {of.best_for(*range(len(of.found.kinds)))}"


def _small_losses(of: _Kinds) -> str:
    """That no kind loses so much that it is a conflict, and which is best for each."""
    each = [
        f"{of.names[own.leaders[0]]} is {of.best_for(k)}"
        if len(own.leaders) == 1
        else f"{wording.joined([of.names[p] for p in own.leaders])} tie for {of.found.kinds[k]}s"
        for k, own in enumerate(of.sure)
        if own.leaders
    ]
    spared, most = claims.sign_words(degree_of(_spared(of))), of.lost(of.found.losses[0])
    none = (
        f"{spared}no kind loses more than {of.bar} ({most} {since(of.scenario)}) by what is best for another"
    )
    return f"{wording.capital(none)}: {', '.join(each)}"


def _conflict(of: _Kinds) -> str:
    """The largest loss, as sure as it is, and how many more there are."""
    first, *rest = of.found.conflicts
    costs = [
        f"{adverb}costs {of.found.kinds[loss.loses]}s {of.lost(loss)}"
        for loss, adverb in zip(of.found.conflicts, _adverbs(of), strict=True)
    ]
    told = f"{of.names[first.proposition]}, {of.best_for(*first.best_for)}, {costs[0]} against their own best"
    if len(rest) == 1:
        return f"{told}; {of.names[rest[0].proposition]} {costs[1]}"
    return f"{told}; there are {wording.count(len(rest), 'more conflict')}" if rest else told


def _shares(of: _Kinds) -> list[float]:
    """Share of draws in which today's best for the kind that loses is better for it by more than the bar.

    Not the best of every draw: that is above any other by noise alone.
    """
    width, drawn = of.scenario.scale.width, of.drawn
    return [
        share_above(
            drawn[loss.loses, of.found.leaders(loss.loses)[0]] - drawn[loss.loses, loss.proposition],
            of.found.conflict_bar,
            width,
        )
        for loss in of.found.conflicts
    ]


def _adverbs(of: _Kinds) -> list[str]:
    """Adverb of each conflict, which is as sure as all that are told together allow.

    A kind's best was found by looking at every other proposition, so that its doubt counts as often.
    """
    others = len(of.names) - 1
    sure = [max(1 - others * (1 - share), 0.0) for share in _shares(of)]
    return [claims.sign_words(degree) for degree in grading.grades(sure)]


def _spared(of: _Kinds) -> float:
    """Share of draws in which no kind loses more than the bar by today's best for another."""
    known = np.nan_to_num(of.drawn, nan=-np.inf)
    lost = [known[loss.loses].max(axis=0) - known[loss.loses, loss.proposition] for loss in of.found.losses]
    return share_above(-np.max(lost, axis=0), -of.found.conflict_bar, of.scenario.scale.width)


def _notes(of: _Kinds) -> tuple[str, ...]:
    partial = "some values rest on missing scores" if of.found.partial.any() else ""
    if len(of.found.kinds) == 1:
        return "the kind of a segment, customer, employee or partner, stands in the sheet Segments", partial
    if len(of.names) == 1:
        return (partial,)
    lost = "lost: own best less the value of another kind's best; a conflict above "
    return f"{lost}{of.bar}, 5\u00a0% of the scale", _how_sure(of), partial


def _how_sure(of: _Kinds) -> str:
    """How often the first conflict is one, and each best the best."""
    if of.drawn.shape[2] == 1:
        return ""
    often = [
        f"for {kind}s {grounds.briefly(sure, of.names)}"
        for sure, kind in zip(of.sure, of.found.kinds, strict=True)
        if sure.leaders and any(share == share for share in sure.above)
    ]
    if of.found.conflicts:
        first, others = of.found.conflicts[0], len(of.names) - 1
        best = of.names[of.found.leaders(first.loses)[0]]
        chosen = f", the best of {wording.count(others)} others," if others > 1 else ""
        more = f"{best}{chosen} is worth over {of.bar} more to {of.found.kinds[first.loses]}s than"
        often.insert(0, f"{more} {of.names[first.proposition]} in {how_often(_shares(of)[0])}")
    told = f"{'; '.join(often)} of the cases held possible"
    return f"{told}, {grounds.taken(of.scenario)}" if often else ""


def _alt(table: pd.DataFrame, decimals: int) -> str:
    items = []
    for name, rows in table.groupby("proposition", sort=False):
        values, best = [*records(rows, "kind", "value", "lost")], rows["best_for"].iloc[0]
        own = ", ".join(f"{kind}s {number(value, decimals)}" for kind, value, _ in values)
        cost = [
            f"; {kind}s lose {ahead(value + lost, value, decimals)}"
            for kind, value, lost in values
            if best and lost > 0
        ]
        items.append(f"{name}: {own}" + (f" (best for {best}s{''.join(cost)})" if cost else ""))
    return f"Dots of values by kind of segment, the best for each kind first. {'; '.join(items)}."
