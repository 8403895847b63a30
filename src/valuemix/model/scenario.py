"""The scenario: everything that a result depends on, valid or it does not exist."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Self

import numpy as np
from immutabledict import immutabledict
from numpy.typing import ArrayLike, NDArray
from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from valuemix.errors import EditError, InvalidScenario, UnknownName
from valuemix.model.difference import Difference, diff
from valuemix.model.names import name_key, readable_id
from valuemix.model.parts import (
    DEFAULT_DISCIPLINES,
    RESERVED_IDS,
    Discipline,
    Name,
    Part,
    Proposition,
    Scale,
    Scores,
    Segment,
    Settings,
    Text,
)
from valuemix.model.rules import TABLES, problems_of
from valuemix.model.schema_problems import schema_problems
from valuemix.model.weights import TOTAL_POINTS, shares

__all__ = ["Scenario"]

FloatArray = NDArray[np.float64]


class Scenario(Part):
    """A named, complete customer value problem: what is scored, on what, and who weighs it.

    Frozen; every edit makes a new scenario. Arrays keep the axis order segment (G),
    proposition (P), discipline (D) and are read-only.

    Parameters
    ----------
    name : str
        Name that people know the scenario by, at most 200 characters.
    note, source : str
        Free text; the source is printed at the foot of every exhibit.
    scale : Scale
        Lowest and highest score, 0 to 10 by default.
    disciplines : sequence of Discipline
        The four value disciplines by default; 2 to 12 of one's own.
    segments : sequence of Segment
        With sizes and points.
    propositions : sequence of Proposition
        What is scored.
    scores : mapping
        Scores by segment name, proposition name and discipline id; a missing one is None or left out.
    low, high, promised, believed : mapping, optional
        Tables of the same shape: the range of each score, what is claimed, and what the
        company thinks customers get.
    settings : Settings
        Compensation, fairness and the bars.

    Raises
    ------
    InvalidScenario
        With every problem that was found, each with its place, value, rule and way out.

    Examples
    --------
    >>> families = Segment(name="Families", size=120, points={
    ...     "innovation": 40, "operational_excellence": 20, "social_purpose": 30, "customer_intimacy": 10})
    >>> scenario = Scenario(
    ...     name="Base case", segments=[families],
    ...     propositions=[Proposition(name="Green line"), Proposition(name="Express")],
    ...     scores={"Families": {
    ...         "Green line": {"innovation": 3, "operational_excellence": 8,
    ...                        "social_purpose": 6, "customer_intimacy": 4},
    ...         "Express": {"innovation": 8, "operational_excellence": 6, "social_purpose": 4}}})
    >>> scenario
    Scenario 'Base case': 2 propositions, 1 segment, 4 disciplines, scores from 0 to 10 (1 of 8 missing)
      Families (customer, 100 % of size): Innovation 40 %, Operational excellence 20 %, ...
    >>> scenario.array("scores")[0, 1]
    array([ 8.,  6.,  4., nan])
    """

    name: Name
    note: Text = ""
    source: Text = ""
    scale: Scale = Scale()
    disciplines: Annotated[tuple[Discipline, ...], Field(strict=False)] = DEFAULT_DISCIPLINES
    segments: Annotated[tuple[Segment, ...], Field(strict=False)]
    propositions: Annotated[tuple[Proposition, ...], Field(strict=False)]
    scores: Scores
    low: Scores | None = None
    high: Scores | None = None
    promised: Scores | None = None
    believed: Scores | None = None
    settings: Settings = Settings()

    # ------------------------------------------------------------------ validation

    @field_validator("segments", mode="after")
    @classmethod
    def _points_in_order(cls, segments: tuple[Segment, ...], info: ValidationInfo) -> tuple[Segment, ...]:
        ids = [d.id for d in info.data.get("disciplines", ())]
        return tuple(s.model_copy(update={"points": _in_order(s.points, ids)}) for s in segments)

    @field_validator(*TABLES, mode="after")
    @classmethod
    def _table_in_order(
        cls, table: Mapping[str, Any] | None, info: ValidationInfo
    ) -> Mapping[str, Any] | None:
        """Same cells, same order: missing ones become None, so that equal tables are equal."""
        if table is None or not {"disciplines", "segments", "propositions"} <= info.data.keys():
            return table
        ids = [d.id for d in info.data["disciplines"]]
        segments = [s.name for s in info.data["segments"]]
        propositions = [p.name for p in info.data["propositions"]]
        blank = immutabledict(dict.fromkeys(ids))

        def block(rows: Mapping[str, Any]) -> Mapping[str, Any]:
            named = {p: _in_order(rows.get(p, blank), ids, fill=True) for p in propositions}
            return immutabledict({**named, **{p: r for p, r in rows.items() if p not in named}})

        named = {s: block(table.get(s, {})) for s in segments}
        return immutabledict({**named, **{s: b for s, b in table.items() if s not in named}})

    @model_validator(mode="wrap")
    @classmethod
    def _valid_or_nothing(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            scenario = handler(data)
        except ValidationError as error:
            raise InvalidScenario(schema_problems(error, cls)) from None
        problems = problems_of(scenario)
        if problems:
            raise InvalidScenario(problems)
        return scenario

    @classmethod
    def from_arrays(
        cls,
        scores: ArrayLike,
        *,
        points: ArrayLike | None = None,
        sizes: ArrayLike | None = None,
        disciplines: Sequence[str] | None = None,
        segments: Sequence[str] | None = None,
        propositions: Sequence[str] | None = None,
        scale: Scale | tuple[float, float] = (0.0, 10.0),
        name: str = "Scenario",
    ) -> Scenario:
        """Make a scenario of plain arrays.

        Parameters
        ----------
        scores : array_like, shape (G, P, D) or (P, D)
            Scores on the scale; NaN where one is missing.
        points : array_like, shape (G, D) or (D,), optional
            Points of each segment; equal by default.
        sizes : array_like, shape (G,), optional
            Sizes of the segments; equal by default.
        disciplines, segments, propositions : sequence of str, optional
            Labels; "Segment 1", "Proposition 1" and so on by default. The four value
            disciplines are the default where D is 4.
        scale : Scale or (float, float)
            Lowest and highest score.
        name : str
            Name of the scenario.

        Returns
        -------
        Scenario

        Raises
        ------
        InvalidScenario
            Where a rule is broken.

        Examples
        --------
        >>> Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10]).proposition_names
        ('Proposition 1', 'Proposition 2')
        """
        array = np.asarray(scores, dtype=np.float64)
        array = array[None] if array.ndim == 2 else array
        count_g, count_p, count_d = array.shape
        named = _disciplines(disciplines, count_d)
        weights = np.broadcast_to(
            np.ones(count_d) if points is None else np.asarray(points), (count_g, count_d)
        )
        amounts = np.ones(count_g) if sizes is None else np.asarray(sizes, dtype=np.float64)
        segment_names = segments or [f"Segment {i + 1}" for i in range(count_g)]
        proposition_names = propositions or [f"Proposition {i + 1}" for i in range(count_p)]
        ids = [d.id for d in named]
        return cls(
            name=name,
            scale=scale if isinstance(scale, Scale) else Scale(lowest=scale[0], highest=scale[1]),
            disciplines=named,
            segments=tuple(
                Segment(name=s, size=float(m), points=dict(zip(ids, map(float, w), strict=True)))
                for s, m, w in zip(segment_names, amounts, weights, strict=True)
            ),
            propositions=tuple(Proposition(name=p) for p in proposition_names),
            scores=_table(array, segment_names, proposition_names, ids),
        )

    # ------------------------------------------------------------------ names and arrays

    @cached_property
    def segment_names(self) -> tuple[str, ...]:
        """Names of the segments, in order."""
        return tuple(segment.name for segment in self.segments)

    @cached_property
    def proposition_names(self) -> tuple[str, ...]:
        """Names of the propositions, in order."""
        return tuple(proposition.name for proposition in self.propositions)

    @cached_property
    def discipline_ids(self) -> tuple[str, ...]:
        """Ids of the disciplines, in order."""
        return tuple(discipline.id for discipline in self.disciplines)

    @cached_property
    def discipline_names(self) -> tuple[str, ...]:
        """Labels of the disciplines, in order."""
        return tuple(discipline.name for discipline in self.disciplines)

    def segment_index(self, name: str) -> int:
        """Place of a segment on the segment axis; capitals and blanks around do not matter.

        Raises
        ------
        UnknownName
            Where there is none of this name.
        """
        return _index("segment", name, self.segment_names)

    def proposition_index(self, name: str) -> int:
        """Place of a proposition on the proposition axis; as `segment_index`."""
        return _index("proposition", name, self.proposition_names)

    def discipline_index(self, name: str) -> int:
        """Place of a discipline, named by its id or label, on the discipline axis."""
        keys = [name_key(label) for label in self.discipline_names]
        key = name_key(name)
        return (
            keys.index(key)
            if key in keys
            else _index("discipline", readable_id(name) or name, self.discipline_ids)
        )

    def table(self, name: str) -> Scores | None:
        """One of the score tables by name: scores, low, high, promised or believed."""
        table: Scores | None = getattr(self, name)
        return table

    def array(self, table: str) -> FloatArray:
        """Score table as a read-only array.

        Parameters
        ----------
        table : {"scores", "low", "high", "promised", "believed"}
            Which one.

        Returns
        -------
        ndarray, shape (G, P, D)
            On the scenario's scale; NaN where a score is missing, all NaN where the table is.
        """
        return self._arrays[table]

    @cached_property
    def _arrays(self) -> dict[str, FloatArray]:
        return {table: self._as_array(self.table(table)) for table in TABLES}

    def _as_array(self, table: Scores | None) -> FloatArray:
        shape = (len(self.segments), len(self.propositions), len(self.disciplines))
        if table is None:
            return _locked(np.full(shape, np.nan))
        cells = [[[*row.values()] for row in block.values()] for block in table.values()]
        return _locked(np.array(cells, dtype=np.float64).reshape(shape))

    @cached_property
    def unit_scores(self) -> FloatArray:
        """Scores mapped to 0 to 1, shape (G, P, D); NaN where missing."""
        unit = (self.array("scores") - self.scale.lowest) / self.scale.width
        return _locked(np.clip(unit, 0.0, 1.0))

    @cached_property
    def points(self) -> FloatArray:
        """Points as given, shape (G, D)."""
        return _locked(np.array([[*s.points.values()] for s in self.segments], dtype=np.float64))

    @cached_property
    def weights(self) -> FloatArray:
        """Weights: each segment's points as shares, shape (G, D); rows sum to 1."""
        return _locked(shares(self.points))

    @cached_property
    def sizes(self) -> FloatArray:
        """Sizes as given, shape (G,)."""
        return _locked(np.array([s.size for s in self.segments], dtype=np.float64))

    @cached_property
    def size_shares(self) -> FloatArray:
        """Sizes as shares, shape (G,); they sum to 1."""
        return _locked(shares(self.sizes))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything in the scenario, as 64 hexadecimal digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def lead_bar(self) -> float:
        """Score from which a proposition counts as leading; 70 % of the scale if not set."""
        bar = self.settings.lead_bar
        return self.scale.lowest + 0.7 * self.scale.width if bar is None else bar

    @property
    def threshold(self) -> float:
        """Score from which a proposition counts as holding; 50 % of the scale if not set."""
        bar = self.settings.threshold
        return self.scale.lowest + 0.5 * self.scale.width if bar is None else bar

    # ------------------------------------------------------------------ edits: each makes a new scenario

    def replace(self, **changes: Any) -> Scenario:
        """Copy with some fields replaced, checked like any other scenario.

        Raises
        ------
        InvalidScenario
            Where the change breaks a rule.
        """
        return Scenario(**{**{field: getattr(self, field) for field in type(self).model_fields}, **changes})

    def renamed(self, name: str) -> Scenario:
        """Copy under another name."""
        return self.replace(name=name)

    def with_points(self, points: ArrayLike) -> Scenario:
        """Copy with all points replaced.

        Parameters
        ----------
        points : array_like, shape (G, D)
            Points of every segment, 0 or more.
        """
        array = np.asarray(points, dtype=np.float64)
        return self.replace(
            segments=tuple(
                segment.model_copy(
                    update={"points": immutabledict(zip(self.discipline_ids, map(float, row), strict=True))}
                )
                for segment, row in zip(self.segments, array, strict=True)
            )
        )

    def with_weights(
        self, segment: str | None = None, points: Mapping[str, float] | None = None, **more_points: float
    ) -> Scenario:
        """Copy with new weights in one segment, or in all of them.

        The disciplines that are named get these points out of 100; the others share the
        rest in their present proportions (equally where they are all 0).

        Parameters
        ----------
        segment : str, optional
            Name of the segment; all segments where it is None.
        points : mapping of str to float, optional
            Points out of 100 by discipline; more may be given as keywords.

        Raises
        ------
        UnknownName
            Where a segment or discipline does not exist.
        EditError
            Where the points are below 0, add up to more than 100, or name every discipline and add up to 0.

        Examples
        --------
        >>> base = Scenario.from_arrays([[5, 5, 5, 5]], points=[40, 30, 20, 10], segments=["Families"])
        >>> base.with_weights("Families", social_purpose=40).weights
        array([[0.3  , 0.225, 0.4  , 0.075]])
        """
        given = {
            self.discipline_index(name): float(value)
            for name, value in {**(points or {}), **more_points}.items()
        }
        rows = range(len(self.segments)) if segment is None else [self.segment_index(segment)]
        array = self.points.copy()
        for row in rows:
            array[row] = _given_and_shared(self.weights[row], given)
        return self.with_points(array)

    def with_sizes(self, sizes: Mapping[str, float] | None = None, **more_sizes: float) -> Scenario:
        """Copy with new sizes for the segments that are named.

        Raises
        ------
        UnknownName
            Where a segment does not exist.
        InvalidScenario
            Where a size is below 0 or all are 0.
        """
        given = {
            self.segment_index(name): float(value) for name, value in {**(sizes or {}), **more_sizes}.items()
        }
        return self.replace(
            segments=tuple(
                segment.model_copy(update={"size": given.get(i, segment.size)})
                for i, segment in enumerate(self.segments)
            )
        )

    def with_scores(
        self,
        proposition: str,
        segment: str | None = None,
        scores: Mapping[str, float | None] | None = None,
        **more_scores: float | None,
    ) -> Scenario:
        """Copy with new scores of one proposition, in one segment or in all of them.

        Parameters
        ----------
        proposition : str
            Name of the proposition.
        segment : str, optional
            Name of the segment; all segments where it is None.
        scores : mapping of str to float or None, optional
            Scores by discipline on the scenario's scale, None for a missing one; more may be given as keywords.

        Raises
        ------
        UnknownName
            Where a name does not exist.
        InvalidScenario
            Where a score lies off the scale.
        """
        place = self.proposition_index(proposition)
        rows = slice(None) if segment is None else self.segment_index(segment)
        array = self.array("scores").copy()
        for name, value in {**(scores or {}), **more_scores}.items():
            array[rows, place, self.discipline_index(name)] = np.nan if value is None else value
        return self.with_table("scores", array)

    def with_table(self, table: str, array: ArrayLike | None) -> Scenario:
        """Copy with one whole score table replaced.

        Parameters
        ----------
        table : {"scores", "low", "high", "promised", "believed"}
            Which one.
        array : array_like, shape (G, P, D), or None
            On the scenario's scale, NaN where missing; None removes an optional table.
        """
        if array is None:
            return self.replace(**{table: None})
        cells = np.asarray(array, dtype=np.float64)
        return self.replace(
            **{table: _table(cells, self.segment_names, self.proposition_names, self.discipline_ids)}
        )

    def with_settings(self, **settings: Any) -> Scenario:
        """Copy with some settings replaced: compensation, fairness, lead_bar, threshold, seed."""
        return self.replace(settings={**dict(self.settings), **settings})

    def diff(self, other: Scenario) -> tuple[Difference, ...]:
        """Everything that differs in another scenario, cell by cell; see `valuemix.model.difference.diff`."""
        return diff(self, other)

    def __eq__(self, other: object) -> bool:
        # By fields alone: arrays that were asked for are kept on the object and are no part of it.
        if not isinstance(other, Scenario):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in type(self).model_fields)

    def __hash__(self) -> int:
        return hash(self.content_hash)

    def __repr__(self) -> str:
        counts = ", ".join(
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in (
                (len(self.propositions), "proposition"),
                (len(self.segments), "segment"),
                (len(self.disciplines), "discipline"),
            )
        )
        missing = int(np.isnan(self.array("scores")).sum())
        gap = f" ({missing} of {self.array('scores').size} missing)" if missing else ""
        scale = f"scores from {self.scale.lowest:g} to {self.scale.highest:g}"
        lines = [f"Scenario {self.name!r}: {counts}, {scale}{gap}"]
        for segment, size, row in zip(self.segments, self.size_shares, self.weights, strict=True):
            weights = ", ".join(
                f"{n} {w * 100:.0f} %" for n, w in zip(self.discipline_names, row, strict=True)
            )
            lines.append(f"  {segment.name} ({segment.kind}, {size * 100:.0f} % of size): {weights}")
        return "\n".join(lines)

    __str__ = __repr__


def _in_order(values: Mapping[str, Any], ids: Sequence[str], *, fill: bool = False) -> Mapping[str, Any]:
    ordered = {name: values.get(name) for name in ids if fill or name in values}
    return immutabledict({**ordered, **{name: v for name, v in values.items() if name not in ordered}})


def _locked(array: FloatArray) -> FloatArray:
    array.flags.writeable = False
    return array


def _index(kind: str, name: str, names: Sequence[str]) -> int:
    if name in names:
        return names.index(name)
    keys = [name_key(other) for other in names]
    if name_key(name) in keys:
        return keys.index(name_key(name))
    raise UnknownName(kind, name, names)


def _table(
    array: FloatArray, segments: Sequence[str], propositions: Sequence[str], ids: Sequence[str]
) -> dict[str, dict[str, dict[str, float | None]]]:
    return {
        segment: {
            proposition: {name: None if np.isnan(c) else float(c) for name, c in zip(ids, row, strict=True)}
            for proposition, row in zip(propositions, block, strict=True)
        }
        for segment, block in zip(segments, array, strict=True)
    }


def _disciplines(labels: Sequence[str] | None, count: int) -> tuple[Discipline, ...]:
    if labels is None:
        if count == len(DEFAULT_DISCIPLINES):
            return DEFAULT_DISCIPLINES
        labels = [f"Discipline {i + 1}" for i in range(count)]
    found: dict[str, str] = {}
    for place, label in enumerate(labels, start=1):
        own = readable_id(label)[:40]
        usable = own[:1].isalpha() and own not in RESERVED_IDS and own.replace("_", "") not in found
        name = own if usable else f"discipline_{place}"
        while name.replace("_", "") in found:
            name += "x"
        found[name.replace("_", "")] = name
    return tuple(Discipline(id=i, name=label) for i, label in zip(found.values(), labels, strict=True))


def _given_and_shared(weights: FloatArray, given: Mapping[int, float]) -> FloatArray:
    total = sum(given.values())
    if any(value < 0 for value in given.values()):
        raise EditError(f"points must be 0 or more, got {min(given.values()):g}")
    if len(given) == len(weights):
        if total <= 0:
            raise EditError("the points add up to 0; give at least one discipline a point")
        return np.array([given[i] for i in range(len(weights))])
    if total > TOTAL_POINTS:
        raise EditError(f"the points add up to {total:g}, more than {TOTAL_POINTS}; lower one of them")
    others = [i for i in range(len(weights)) if i not in given]
    rest = weights[others]
    rest = rest / rest.sum() if rest.sum() > 0 else np.full(len(others), 1 / len(others))
    points = np.empty(len(weights))
    points[list(given)] = list(given.values())
    points[others] = rest * (TOTAL_POINTS - total)
    return points
