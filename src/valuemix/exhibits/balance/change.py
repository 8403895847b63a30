"""What changed against a scenario as it was, or another one: before and now, proposition by proposition."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, Degree, certainty
from valuemix.analysis.compare.comparison import Change
from valuemix.analysis.compare.comparison import change as compared
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.charts.dumbbells import Dumbbells
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import change_decimals, gap, number, signed
from valuemix.exhibits.words.moves import Moves, rule
from valuemix.exhibits.words.pairs import earlier, pair, rank_moved
from valuemix.model.scenario import Scenario
from valuemix.typing import IntArray

__all__ = ["change", "shows_change"]


def _asked(request: Request) -> Exhibit:
    return change(evaluate(request.find(request.others[0])), request.evaluation, request.segment)


@exhibit_kind(
    "Change against another scenario",
    "Balance",
    ("segment", "scenarios"),
    formulas.VALUE,
    make=_asked,
    compares=True,
)
def change(
    before: Evaluation,
    after: Evaluation | Scenario,
    segment: str | None = None,
) -> Exhibit:
    """Values before and now in a segment, or overall.

    Parameters
    ----------
    before, after : Evaluation or Scenario
        Results of the scenario as it was, or of another one, and of the present one.
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
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], propositions=["Express", "Green line"])
    >>> change(evaluate(base), evaluate(base.with_weights(discipline_1=20))).finding
    'Green line now leads overall, which was too close to call before: it gains 0.30 while Express loses 1.80'
    """
    after = evaluate(after)
    found = compared(before, after, segment)
    scenario = after.scenario
    decimals = change_decimals(scenario)
    table = found.to_frame()
    return Exhibit(
        finding=_Words(found, before, after, decimals).finding(),
        subtitle=f"Value ({wording.scale(scenario)}) now and before, {_population(after, segment)}",
        table=table,
        notes=tuple(_notes(found, before, after)),
        alt=_alt(found, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
    )


def _chart(table: pd.DataFrame, decimals: int) -> Dumbbells:
    """From the value before to the present one; none is there where it stands on another scale."""
    elsewhere = table["value"].notna() & table["change"].isna()
    ranks = table[["rank_before", "rank"]].fillna(0).astype(int).to_numpy().tolist()
    rows = zip(
        table["proposition"], table["value_before"].mask(elsewhere), table["value"], ranks, strict=True
    )
    pairs = (pair(name, old, now, decimals, remark=rank_moved(*moved)) for name, old, now, moved in rows)
    return Dumbbells(tuple(pairs), "proposition", ("before", "now"), "rank, change", 10.0 ** (1 - decimals))


def shows_change(exhibit: Exhibit) -> bool:
    """Whether any figure of a change exhibit differs as it is printed, so that a chart is worth drawing."""
    before, now = exhibit.table["value_before"], exhibit.table["value"]
    return any(
        number(float(a), exhibit.decimals) != number(float(b), exhibit.decimals)
        for a, b in zip(before, now, strict=True)
    )


# ---------------------------------------------------------------------- words


class _Words:
    """The sentence on a change: who leads now, and what moved, each as sure as it is."""

    def __init__(self, found: Change, before: Evaluation, after: Evaluation, decimals: int) -> None:
        self.found, self.before, self.after, self.decimals = found, before, after, decimals
        self.segment, self.where = found.segment, wording.where(found.segment)
        self.names = wording.short_names(found.propositions)
        for side in (after, before):
            if self.segment is None or self.segment in side.scenario.segment_names:
                called = dict(
                    zip(side.scenario.proposition_names, claims.called(side, self.segment), strict=True)
                )
                self.names = [
                    called.get(name, short) if self._ranks(side)[p] == 1 else short
                    for p, (name, short) in enumerate(zip(found.propositions, self.names, strict=True))
                ]

    def _ranks(self, side: Evaluation) -> IntArray:
        return self.found.ranks_after if side is self.after else self.found.ranks_before

    def finding(self) -> str:
        """The sentence."""
        return self._nothing_to_tell() or self._told()

    def _nothing_to_tell(self) -> str:
        """Why there is no change to tell, where there is none."""
        found, was, place = self.found, _before(self.before, self.after), wording.place(self.segment)
        rows = (
            (not found.segment_before, f"{place} is not in {was}, so there is nothing to compare"),
            (not found.segment_after, f"{place} is in {was} only, so there is nothing to compare"),
            (not found.same_scale, f"Values cannot be compared with {was}: it has another scale"),
            (
                not (found.moved.any() or found.new or found.gone),
                f"No value {self.where} has changed against {was}",
            ),
        )
        return next((sentence for holds, sentence in rows if holds), "")

    def _told(self) -> str:
        found = self.found
        now, then = (np.flatnonzero(ranks == 1).tolist() for ranks in (found.ranks_after, found.ranks_before))
        if not now or not then:
            verb, side = ("has", "now") if not now else ("had", "before")
            return f"No proposition {verb} a value {self.where} {side}, so there is nothing to compare"
        return self._one_leader(now[0], then[0]) if len(now) == len(then) == 1 else self._several(now, then)

    def _one_leader(self, first: int, former: int) -> str:
        found, names = self.found, self.names
        close = claims.contest(self._sure, self._short)
        if first == former:
            return f"{claims.lead_first(self._sure, names[first], self.segment, 'still')}{close}{self._largest()}"
        if found.ranks_before[first] and found.ranks_after[former]:
            return self._overtakes(first, former)
        now = f"{claims.lead_first(self._sure, names[first], self.segment, 'now')}{close}"
        if not found.ranks_after[former]:
            return f"{now}: {names[former]}, first before, is gone"
        return f"{now}: it is new and {names[former]} was first before"

    def _overtakes(self, first: int, former: int) -> str:
        """Leader and former leader are in both versions: a change of leader is no surer than either lead."""
        names, sure, close = self.names, self._sure, claims.contest(self._sure, self._short)
        earlier = certainty(self.before.scenario, self.segment).degree
        told = f"{claims.lead_first(sure, names[first], self.segment, 'now')}{close}"
        if not close and earlier == "open":
            told += ", which was too close to call before"
        elif not close:
            perhaps = claims.sign_words(grading.least_sure([sure.degree, earlier]))
            told = f"{names[first]} {perhaps}overtakes {names[former]} {self.where}"
        degrees = self._moves.signs(self._sides([p for p in (first, former) if self._shown(p)]))
        one, other = (self._move(p, degrees.get(self.found.propositions[p])) for p in (first, former))
        return f"{told}: it {one} while {names[former]} {other}"

    @cached_property
    def _sure(self) -> Certainty:
        return certainty(self.after.scenario, self.segment)

    @cached_property
    def _short(self) -> list[str]:
        """Propositions of the present version as they are spoken."""
        return wording.short_names(self.after.scenario.proposition_names)

    def _several(self, now: list[int], then: list[int]) -> str:
        """Leaders that tie, on one side at least."""
        who, old = (wording.joined([self.names[p] for p in side]) for side in (now, then))
        tie = claims.tie(self.after.scenario, self.segment)
        if now == then:
            return f"{who} still {tie} {self.where}{self._largest()}"
        told = f"{who} now {tie} {self.where}"
        if len(now) == 1:
            told = claims.lead_first(self._sure, who, self.segment, "now") + claims.contest(
                self._sure, self._short
            )
        return f"{told}; before, {old} {'was first' if len(then) == 1 else 'shared the lead'}"

    @cached_property
    def _moves(self) -> Moves:
        """Changes of the values that both versions have."""
        both = (self.found.ranks_after > 0) & (self.found.ranks_before > 0)
        names = [self.found.propositions[p] for p in np.flatnonzero(both)]
        return Moves(self.before.scenario, self.after.scenario, names, self.segment)

    def _sides(self, places: list[int]) -> dict[str, float]:
        """How some have moved, by name."""
        return {self.found.propositions[p]: self._shown(p) for p in places}

    def _shown(self, p: int) -> float:
        return gap(self.found.values_after[p], self.found.values_before[p], self.decimals)

    def _move(self, p: int, degree: Degree | None) -> str:
        """What one did: "gains 0.4"."""
        shown = self._shown(p)
        if shown == 0:
            return f"stays at {number(self.found.values_after[p], self.decimals)}"
        verb = f"{claims.sign_words(degree or 'open')}{'gains' if shown > 0 else 'loses'}"
        return f"{verb} {number(abs(shown), self.decimals)}"

    def _largest(self) -> str:
        """The largest change of a value as it is shown, or what is new or gone where none shows."""
        found, decimals = self.found, self.decimals
        both = (found.ranks_after > 0) & (found.ranks_before > 0)
        shown = [self._shown(p) if both[p] else 0.0 for p in range(len(both))]
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
        perhaps = claims.sign_words(self._moves.largest(self._sides(movers)))
        if len(movers) > 1:
            who = wording.joined([self.names[p] for p in movers])
            return f"; the largest change is {perhaps}{number(largest, decimals)}, for {who}"
        [p] = movers
        return f"; the largest change is {perhaps}{self.names[p]} with {signed(shown[p], decimals)}"


def _one_side(found: Change) -> str:
    parts = []
    for names, words in ((found.new, "new"), (found.gone, "gone")):
        if names:
            verb = "is" if len(names) == 1 else "are"
            parts.append(f"{wording.joined(wording.short_names(names))} {verb} {words}")
    return " and ".join(parts)


def _before(before: Evaluation, after: Evaluation) -> str:
    return earlier(before.scenario.name, after.scenario.name)


def _notes(found: Change, before: Evaluation, after: Evaluation) -> list[str]:
    sides = (("now", after, found.segment_after), ("before", before, found.segment_before))
    sure = [(name, grounds.how_sure(side.scenario, found.segment)) for name, side, there in sides if there]
    notes = [f"{name}: {told}" for name, told in sure if told]
    if found.moved.any():
        notes.append(rule(before.scenario, after.scenario, found.segment))
    notes.append(f"open circle: {_before(before, after)}; full circle: now")
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
