"""The columns of a table of records, as more and more of them are known: by name, by arithmetic, by how they cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Question, Reading, Role
from valuemix.files.recognition.records.columns import (
    COUNTED,
    counted_options,
    head_of,
    keys_of,
    numeric_of,
    products_among,
    repeats,
    unsaid_scores,
)
from valuemix.files.recognition.records.crossing import (
    Crossing,
    crossed_columns,
    crossing_of,
    free_among,
    segments_asked,
)
from valuemix.files.recognition.records.numbers import (
    are_kinds_of,
    constant_within,
    is_alike_in_part,
    is_size_of,
    totals_of,
    weight_among,
)
from valuemix.files.recognition.records.sums import sums_among

__all__ = ["Columns", "Proved", "by_role_of", "records_among", "scores_of"]

_SEVERAL = 2
_UNTOLD: tuple[Role, ...] = ("group", "index", "left out", "rater")
_KINDS: tuple[Role, ...] = ("group", "segment", "left out")


class Proved(NamedTuple):
    """Totals of the owner's: what they are, how many come out, and all."""

    formula: str
    agree: int
    compared: int


class Columns:
    """The columns of a table, as more and more of them are known.

    Attributes
    ----------
    rows : tuple of int
        Of records, without sums.
    keys : dict of int to Role
        Columns of texts, and of numbers that name something.
    numeric : dict of int to Role
        Columns of numbers.
    """

    def __init__(self, frame: Frame, given: Reading) -> None:
        self.frame, self.given = frame, given
        self.keys = keys_of(frame, given)
        self.totals: list[Proved] = []
        texts = [*self.keys]
        scored = frame.grid.values[:, frame.columns.places].any(axis=1)
        last = int(np.flatnonzero(scored).max(initial=0))
        body = [r for r in frame.rows.places if frame.header < r <= last and not self._weighs(r)]
        self.sums = sums_among(frame, body, texts)
        summed = {row for found in self.sums for row in found.rows}
        body = [r for r in body if r not in summed]
        self.numeric = numeric_of(frame, given, body, self.keys)
        if "option" not in self.keys.values():
            self.numeric |= dict.fromkeys(counted_options(frame, self.numeric, given), "option")
        self._name_numbers()
        self.rows = tuple(records_among(frame, body, by_role_of(self.keys)))
        self._number_rows()

    def _weighs(self, row: int) -> bool:
        return is_named("weight", self.frame.rows.names[row])

    def _name_numbers(self) -> None:
        self.keys |= {column: role for column, role in self.numeric.items() if role in COUNTED}

    def _number_rows(self) -> None:
        """Ids of which none comes again number the rows, where a row is one score."""
        if "criterion" in self.keys.values() or self.sums:
            people = [c for c, role in self.keys.items() if role == "respondent"]
            alone: dict[int, Role] = dict.fromkeys(
                (c for c in people if not repeats(self.frame, self.rows, c)), "index"
            )
            self.keys |= alone
            self.numeric |= {c: role for c, role in alone.items() if c in self.numeric}

    def cross(self) -> Crossing | None:
        """Roles of columns whose texts cross; weights and sums tell which of them names the criteria."""
        crossed = crossed_columns(self.frame, self.rows, self.keys) if self.rows else []
        self.keys |= dict.fromkeys(self._people_among(crossed), "respondent")
        told = self._told(crossed)
        self._leave_out(crossed if told or "criterion" in self.keys.values() else [])
        self._name_numbers()
        if {"criterion", "option"} <= {*self.keys.values()}:
            return None
        is_long = len(scores_of(self.frame, self.numeric, by_role_of(self.keys))) == 1
        free = free_among(self.frame, crossed, self.keys, self.given) if is_long else []
        return crossing_of(self.frame, crossed, self.keys, self.given, told or free)

    def _people_among(self, crossed: Sequence[int]) -> list[int]:
        """The column that names who answered, by far the most of those that cross, by the kinds that they are of."""
        if "respondent" in self.keys.values():
            return []
        counts = {c: len({*self.frame.grid.texts[list(self.rows), c].tolist()}) for c in crossed}
        people = max(counts, key=lambda c: counts[c], default=None)
        if (
            people is None
            or self.keys[people] not in _UNTOLD
            or head_of(self.frame, people) in self.given.roles
        ):
            return []
        _, second, *_ = sorted(counts.values(), reverse=True)
        return [people] if counts[people] > _SEVERAL * second and self._have_kinds(people, crossed) else []

    def _have_kinds(self, people: int, crossed: Sequence[int]) -> bool:
        """Whether a column beside those that cross has few texts, and one for each of the people of another."""
        kinds = (c for c, role in self.keys.items() if c not in crossed and role in _KINDS)
        return any(are_kinds_of(self.frame, self.rows, kind, people) for kind in kinds)

    def _told(self, crossed: Sequence[int]) -> list[int]:
        """The column of criteria, by the weights that it has, or by the sums that stand in it."""
        if "weight" not in self.keys.values():
            weighed = weight_among(self.frame, self.rows, self._scores(), crossed, self.keys)
            if weighed is not None:
                self.numeric[weighed[0]] = "weight"
                return [weighed[1]]
        elif told := self._weighed(crossed):
            return told
        return [s.column for s in self.sums if s.are_over_criteria and s.column in crossed][:1]

    def _weighed(self, crossed: Sequence[int]) -> list[int]:
        """The one column that tells, alone or with the segment, which weight a row has."""
        weight = next(c for c, role in self.keys.items() if role == "weight")
        known = [c for c in crossed if self.keys[c] in ("segment", "criterion")]
        free = free_among(self.frame, crossed, self.keys, self.given)
        found = [c for c in free if constant_within(self.frame, self.rows, weight, [c, *known])]
        return found if len(found) == 1 else []

    def _leave_out(self, crossed: Sequence[int]) -> None:
        """Numbers that are weight times score are no scores, nor those that do not depend on all that crosses."""
        self.numeric |= dict.fromkeys(products_among(self.frame, self.numeric, self.given), "derived")
        scores = self._scores()
        alike = [c for c in scores if crossed and is_alike_in_part(self.frame, self.rows, c, crossed)]
        self.numeric |= dict.fromkeys(alike if len(alike) < len(scores) else [], "note")

    def _scores(self) -> list[int]:
        return unsaid_scores(self.frame, self.numeric, self.given)

    def total(self, by_role: Mapping[Role, int]) -> None:
        """Scores that sum up the others of their row are totals, where the criteria are columns."""
        if "criterion" in by_role:
            return
        scores = self._scores()
        found = totals_of(self.frame, self.rows, scores) or self._with_outcomes(scores)
        self.totals = [Proved(formula, agree, agree) for formula, agree in found.values()]
        named = [c for c in scores if is_named("total", head_of(self.frame, c)) and len(scores) > _SEVERAL]
        self.numeric |= dict.fromkeys([*found, *named], "total")

    def _with_outcomes(self, scores: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Totals that count overall judgements too, which are criteria of the owner's then."""
        outcomes = {c for c, role in self.numeric.items() if role == "outcome"} - {*self.keys}
        found = totals_of(self.frame, self.rows, sorted({*scores, *outcomes})) if outcomes else {}
        if found.keys() & outcomes:
            return {}
        self.numeric |= dict.fromkeys(outcomes if found else (), "score")
        return found

    def kinds(self, by_role: Mapping[Role, int]) -> tuple[Question, ...]:
        """Few texts that say the same in all rows of a respondent are the segments where none are named.

        Of several such columns it is asked, and where each respondent has but one row.
        """
        people = by_role.get("respondent")
        found = [] if people is None or "segment" in by_role else self._kinds_of(people)
        self.keys |= dict.fromkeys(found[:1], "segment")
        heads = [head_of(self.frame, c) for c in found]
        if not heads or (len(heads) == 1 and repeats(self.frame, self.rows, people)):
            return ()
        return (segments_asked(heads),)

    def _kinds_of(self, people: int) -> list[int]:
        """Columns that may say what kind of people answered: those that are called groups, or else all."""
        free = [c for c in self.keys if self.keys[c] in ("group", "left out")]
        unsaid = [c for c in free if head_of(self.frame, c) not in self.given.roles]
        found = [c for c in unsaid if are_kinds_of(self.frame, self.rows, c, people)]
        return [c for c in found if self.keys[c] == "group"] or found

    def size(self, by_role: Mapping[Role, int]) -> None:
        """Numbers that say one thing of each segment, and add up to a whole or are called so, are its size."""
        segment = by_role.get("segment")
        if segment is None or "size" in self.numeric.values():
            return
        unsaid = [c for c, r in self.numeric.items() if r in ("score", "note")]
        sizes = [c for c in unsaid if head_of(self.frame, c) not in self.given.roles]
        for column in sizes:
            if is_size_of(self.frame, self.rows, column, segment):
                self.numeric[column] = self.keys[column] = "size"
                return

    def facts(self, by_role: Mapping[Role, int]) -> None:
        """Numbers that are the same of an offer whoever rates it, such as its price, are no ratings."""
        option, scores = by_role.get("option"), self._scores()
        if option is None or "respondent" not in by_role:
            return
        alike = [c for c in scores if constant_within(self.frame, self.rows, c, [option])]
        self.numeric |= dict.fromkeys(alike if len(scores) - len(alike) >= _SEVERAL else [], "note")

    def proofs(self, by_role: Mapping[Role, int]) -> tuple[Proved, ...]:
        """Totals of the owner's that come out: of rows, or of the criteria of one offer."""
        sums = (s for s in self.sums if s.formula and s.column == by_role.get("criterion"))
        return (*self.totals, *(Proved(s.formula, s.agree, s.compared) for s in sums))


def by_role_of(keys: Mapping[int, Role]) -> dict[Role, int]:
    """Column of each role, the first where several have it."""
    return {role: column for column, role in reversed([*keys.items()])}


def records_among(frame: Frame, rows: Sequence[int], keys: Mapping[Role, int]) -> list[int]:
    """Rows that are records, and no total or remark below."""
    judged = [c for role, c in keys.items() if role in ("option", "criterion")]
    wanted = [*judged, *(c for role, c in keys.items() if role in ("segment", "rater", "respondent"))]
    filled = frame.grid.filled[list(rows)]
    told = np.asarray(filled[:, judged].all(axis=1) & (filled[:, wanted].any(axis=1) | (not wanted)))
    are_whole = np.asarray(filled[:, wanted].all(axis=1))
    return [
        row
        for row, is_told, is_whole in zip(rows, told.tolist(), are_whole.tolist(), strict=True)
        if is_told and (is_whole or not is_named("total", frame.rows.names.get(row, "")))
    ]


def scores_of(frame: Frame, numeric: Mapping[int, Role], keys: Mapping[Role, int]) -> list[int]:
    """Columns of scores; where a column names the criterion, the one that is called so."""
    left = [c for c in frame.columns.places if c not in keys.values()]
    values = [c for c in left if numeric[c] == "score"]
    named = [c for c in values if is_named("score", head_of(frame, c))]
    return named if "criterion" in keys and len(named) == 1 else values
