"""Why the value of one proposition moves from one scenario to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Degree, degree_of
from valuemix.analysis.compare.bridges import PARTS
from valuemix.analysis.compare.changes import rising
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.value.scoring import TIE
from valuemix.errors import UnknownName
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, comparing, formulas, grounds, wording
from valuemix.exhibits.words.formats import apportioned, gap, number, rounded, signed
from valuemix.exhibits.words.steps import waterfall
from valuemix.model.names import name_key

__all__ = ["bridge"]

ROOM = 130
"""Letters of a title that fits two lines of a slide."""


def _asked(request: Request) -> Exhibit:
    compared = request.comparison
    return bridge(
        compared, request.named("proposition", compared.propositions), other=request.options.get("other")
    )


@exhibit_kind(
    "Why one moved",
    "Compare",
    ("scenarios", "other", "proposition"),
    formulas.COMPARED + " The change is split over weights, scores, sizes, segments and settings by "
    "Shapley values: what each adds, averaged over all orders in which they can "
    "change.",
    make=_asked,
    compares=True,
)
def bridge(
    comparison: Comparison,
    proposition: str,
    *,
    other: str | None = None,
    called: Mapping[str, str] | None = None,
    told: tuple[Degree, str] | None = None,
) -> Exhibit:
    """Change of an overall value from the baseline, split over what changed.

    Parameters
    ----------
    comparison : Comparison
    proposition : str
        Name of the proposition.
    other : str, optional
        Name of the scenario that the baseline is compared with; the first other one where it is None.
    called : mapping of str to str, optional
        What parts are called that are something more special than sizes, scores or settings.
    told : (degree, str), optional
        How sure the change is and what that rests on, where draws under the same errors do not say it.

    Returns
    -------
    Exhibit
        With one row a step: proposition, step, part_of, start, end, change. The first and the last step
        are the values in both scenarios, those between are the parts, which sum to the change; NaN where
        there is nothing to split. Segments are a part where the two have different ones. Rows that name
        another step in `part_of` split that one: the weights, by discipline, the largest first.

    Raises
    ------
    UnknownName
        Where no scenario has the proposition, or the other scenario is not compared.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> both = compare(base, base.with_weights(discipline_1=20).renamed("Purpose"))
    >>> bridge(both, "Express").finding
    'Express loses 3.60 from Base case to Purpose, all of it by the weights (Discipline 1 −1.80, Discipline 2 −1.80)'
    """
    keys = [name_key(name) for name in comparison.propositions]
    if name_key(proposition) not in keys:
        raise UnknownName("proposition", proposition, comparison.propositions)
    return _Bridge(comparison, keys.index(name_key(proposition)), other, called or {}, told).exhibit()


class _Bridge:
    """One value in two scenarios, and the parts of its change."""

    def __init__(
        self,
        comparison: Comparison,
        p: int,
        other: str | None,
        called: Mapping[str, str],
        told: tuple[Degree, str] | None,
    ) -> None:
        self.told = told
        self.comparison, self.p, self.k = comparison, p, comparing.other_place(comparison, other) or 0
        self.proposition, self.decimals = comparison.propositions[p], comparing.decimals(comparison)
        self.places = comparing.both(self.k)
        self.ends = comparison.values()[[0, self.k], p]
        self.moved = gap(self.ends[1], self.ends[0], self.decimals)
        every = dict(zip(PARTS, comparison.bridge_parts(self.k)[:, p].tolist(), strict=True))
        self.parts = {
            called.get(part, part): every[part]
            for part in PARTS
            if part != "segments" or self._segments_differ
        }
        self.by_discipline = comparison.weight_parts(self.k, self.proposition)
        self.words = comparing.scenario_words(comparison)
        self.name = comparing.proposition_words(comparison)[p]

    @property
    def _segments_differ(self) -> bool:
        one, other = (self.comparison.scenarios[k].segment_names for k in (0, self.k))
        return {*one} != {*other}

    def exhibit(self) -> Exhibit:
        """The exhibit."""
        comparison, table = self.comparison, self._table()
        steps = table[table["part_of"] == ""]
        return Exhibit(
            key="bridge",
            finding=self._finding(),
            subtitle=f"Overall value ({wording.scale(comparison.baseline)}) of {self.name} and what moves it",
            table=table,
            source=comparing.source(comparison, self.places),
            notes=tuple(self._notes()),
            alt=self._alt(),
            decimals=self.decimals,
            scenarios=tuple(comparison.scenarios[k] for k in self.places),
            chart=waterfall(steps.assign(full=[True, *[False] * len(self.parts), True]), self.decimals),
        )

    @cached_property
    def _shown(self) -> dict[str, float]:
        """Parts as they are printed: they sum to the change as it is printed."""
        return dict(zip(self.parts, apportioned(self.parts.values(), self.moved, self.decimals), strict=True))

    @cached_property
    def _shown_by_discipline(self) -> dict[str, float]:
        """Parts of the weights as they are printed, the largest first, without those that print as nothing."""
        shown = apportioned(self.by_discipline.values(), self._shown["weights"], self.decimals)
        told = {
            wording.discipline_word(name): part
            for name, part in zip(self.by_discipline, shown, strict=True)
            if part
        }
        return {name: told[name] for name in sorted(told, key=lambda name: -abs(told[name]))}

    # ------------------------------------------------------------------ table

    def _table(self) -> pd.DataFrame:
        rows = [(self.comparison.names[0], "", 0.0, self.ends[0], np.nan)]
        stands = self.ends[0]
        for part, change in self.parts.items():
            rows.append((part, "", stands, stands + change, change))
            if part == "weights":
                rows += self._split(stands)
            stands += change
        rows.append((self.comparison.names[self.k], "", 0.0, self.ends[1], np.nan))
        table = pd.DataFrame(rows, columns=["step", "part_of", "start", "end", "change"])
        table.insert(0, "proposition", self.proposition)
        return table

    def _split(self, stands: float) -> Iterator[tuple[str, str, float, float, float]]:
        for discipline, change in self.by_discipline.items():
            yield discipline, "weights", stands, stands + change, change
            stands += change

    # ------------------------------------------------------------------ words

    def _finding(self) -> str:
        lacking = self._nothing_to_tell()
        if lacking:
            return lacking
        if np.isnan([*self.parts.values()]).any():
            return f"{self._head()}; with scores missing the change cannot be split"
        every = [*self.parts.values(), *self.by_discipline.values()]
        if all(abs(part) <= TIE * self.comparison.baseline.scale.width for part in every):
            return f"{self._head()}: nothing that moves it differs"
        return self._head() + self._reason(self._which_weights)

    def _head(self) -> str:
        """What happens: "Express probably gains 0.4 from Base case to Green mandate"."""
        way = f"from {self.words[0]} to {self.words[self.k]}"
        if not self.moved:
            return f"{self.name} stays at {number(self.ends[1], self.decimals)} {way}"
        adverb = claims.sign_words(self.told[0] if self.told else degree_of(self._sure))
        verb = "gains" if self.moved > 0 else "loses"
        return f"{self.name} {adverb}{verb} {number(abs(self.moved), self.decimals)} {way}"

    def _nothing_to_tell(self) -> str:
        """Why there is no change to tell, where there is none."""
        comparison, words, name, k = self.comparison, self.words, self.name, self.k
        if len(comparison.names) == 1:
            return comparing.only_one(comparison)
        if k == 0:
            return f"{words[0]} is compared with itself, so nothing moves {name}"
        lacking = [
            words[i] for i in (0, k) if self.proposition not in comparison.scenarios[i].proposition_names
        ]
        if lacking:
            return f"{name} is not in {wording.joined(lacking)}, so there is no change to explain"
        without = [words[i] for i, value in zip((0, k), self.ends, strict=True) if np.isnan(value)]
        if without:
            return f"{name} has no value in {wording.joined(without)}, so there is no change to explain"
        if not comparison.same_scale[k]:
            return f"The change of {name} cannot be told: {words[k]} has another scale than {words[0]}"
        return ""

    @property
    def _sure(self) -> float:
        """Share of draws in which the value moves as it is said to."""
        up = rising(self.comparison.baseline, self.comparison.scenarios[self.k])[self.proposition]
        return up if self.moved > 0 else 1 - up

    def _reason(self, split: str) -> str:
        """What moved it, the largest part first, then what worked against that."""
        shown, moved = self._shown, self.moved
        moving = sorted((part for part in shown if shown[part]), key=lambda part: -abs(shown[part]))
        if not moving:
            return self._cancelled(split)
        if len(moving) == 1 and shown[moving[0]] == moved:
            return self._alone(moving[0], split)
        up, down = ([part for part in moving if (shown[part] > 0) == side] for side in (True, False))
        groups = [("add", up), ("take", down)] if moved >= 0 else [("take", down), ("add", up)]
        return ": " + ", ".join(self._together(verb, group, split) for verb, group in groups if group)

    def _cancelled(self, split: str) -> str:
        """No part is as large as what is printed."""
        if split:
            return f": what the weights do cancels out{split}"
        least = number(10.0**-self.decimals, self.decimals)
        return f": no part of what moves it is {least} or more" if self.moved == 0 else ""

    def _alone(self, part: str, split: str) -> str:
        """One part makes up the change as it is printed."""
        others = max(abs(value) for name, value in self.parts.items() if name != part)
        why = "because the segments differ" if part == "segments" else f"by the {part}"
        much = "all of it" if others <= TIE else "mostly"
        return f", {much} {why}{split if part == 'weights' else ''}"

    def _together(self, verb: str, group: Sequence[str], split: str) -> str:
        """Parts that work one way: "weights add 0.9 and sizes 0.2"."""
        amounts = [
            number(abs(self._shown[part]), self.decimals) + (split if part == "weights" else "")
            for part in group
        ]
        first = f"{group[0]} {verb} {amounts[0]}"
        others = [f"{part} {amount}" for part, amount in zip(group[1:], amounts[1:], strict=True)]
        return wording.joined([first, *others], 5)

    @cached_property
    def _which_weights(self) -> str:
        """Which weights it was, as many of them as the title has room for; they add up."""
        splits = [self._split_words(most) for most in (3, 2, 1)]
        return next((told for told in splits if len(self._head() + self._reason(told)) <= ROOM), splits[-1])

    def _split_words(self, most: int) -> str:
        """The largest parts of the weights, and what works against them where that is much."""
        shown, decimals = self._shown_by_discipline, self.decimals
        if not shown:
            return ""
        named = self._named_disciplines(most)
        told = [
            f"{wording.short_names([name], 16)[0]} {signed(part, decimals)}"
            for name, part in shown.items()
            if name in named
        ]
        left = rounded(sum(part for name, part in shown.items() if name not in named), decimals)
        return f" ({', '.join([*told, *([f'the rest {signed(left, decimals)}'] if left else [])])})"

    def _named_disciplines(self, most: int) -> list[str]:
        """Disciplines whose weights are told: the largest, and the largest against it where that is much."""
        shown, up = self._shown_by_discipline, self._shown["weights"] > 0
        along = [name for name in shown if (shown[name] > 0) == up]
        against = [name for name in shown if name not in along]
        much = abs(sum(shown[name] for name in against)) > abs(shown[along[0]]) / 2
        named = [along[0], *against[:1]] if much else along[:1]
        named += [name for name in shown if name not in named][: max(most - len(named), 0)]
        # The rest is one discipline: it is named as well.
        return [*shown] if len(shown) == len(named) + 1 and most > 1 else named

    def _notes(self) -> list[str]:
        known = not np.isnan([*self.parts.values()]).all()
        notes = []
        if self.moved == self.moved and self.moved and not self._nothing_to_tell():
            notes.append(self.told[1] if self.told else self._grounds())
        if not known or self.k == 0:
            return notes
        count = wording.count(len(self.parts))
        notes.append(f"each part is its mean effect over all orders in which the {count} can change")
        if self._shown_by_discipline and np.isfinite([*self.by_discipline.values()]).all():
            split = ", ".join(
                f"{name} {signed(part, self.decimals)}" for name, part in self._shown_by_discipline.items()
            )
            notes.append(f"weights by discipline: {split}")
        return [*notes, *self._one_sided()]

    def _grounds(self) -> str:
        """What the degree of the change rests on where draws tell it."""
        before, after = self.comparison.baseline, self.comparison.scenarios[self.k]
        verb = "gains" if self.moved > 0 else "loses"
        return grounds.changed(before, after, self.name, verb, self._sure)

    def _one_sided(self) -> list[str]:
        """Where segments and disciplines of one of the two scenarios count."""
        comparison = self.comparison
        pair = {comparison.names[0], comparison.names[self.k]}
        notes = []
        for kind, part in (("segment", "segments"), ("discipline", "weights")):
            found = [
                u.name for u in comparison.unshared if u.kind == kind and len(pair & {*u.scenarios}) == 1
            ]
            if found:
                names = wording.joined(wording.short_names(found))
                verb = "counts" if len(found) == 1 else "count"
                notes.append(f"{names}, in one of the two only, {verb} among the {part}")
        return notes

    def _alt(self) -> str:
        shown = {part: own for part, own in self._shown.items() if own == own}
        steps = [
            f"{part} {signed(own, self.decimals)}{self._split_words(12) if part == 'weights' else ''}"
            for part, own in shown.items()
        ]
        first, last = (comparing.figure_or_none(v, self.decimals) for v in self.ends)
        names = self.comparison.names
        return (
            f"Waterfall of {self.proposition}: {names[0]} {first}; {', '.join(steps) or 'no parts'}; "
            f"{names[self.k]} {last}."
        )
