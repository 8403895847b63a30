"""The parts that a scenario is made of, and the limits on each."""

from __future__ import annotations

import operator
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

import numpy as np
from immutabledict import immutabledict
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    WrapSerializer,
)

from valuemix.model.names import MAX_NAME, MAX_TEXT, clean_name
from valuemix.model.score_table import ScoreTable
from valuemix.typing import FloatArray

__all__ = [
    "BURDENS",
    "CHOOSE",
    "DEFAULT_DISCIPLINES",
    "FELT",
    "KINDS",
    "MAX_CELLS",
    "MAX_DISCIPLINES",
    "MAX_EXPONENT",
    "MAX_FUNCTIONS",
    "MAX_LINKS",
    "MAX_OPTIONS",
    "MAX_POINTS",
    "MAX_ROWS",
    "MAX_SEED",
    "MAX_SIZE",
    "MAX_SLIDES",
    "MIN_DISCIPLINES",
    "OVERALL",
    "VIEWS",
    "Asked",
    "Discipline",
    "Doubt",
    "Ends",
    "Function",
    "Kind",
    "Link",
    "Names",
    "Proposition",
    "Scale",
    "Scores",
    "Segment",
    "Settings",
    "Slide",
]

MIN_DISCIPLINES, MAX_DISCIPLINES = 2, 12
MAX_ROWS, MAX_CELLS = 20_000, 1_000_000
"""Segments and propositions, each, as many as a table has rows; and the cells of one table."""
MAX_SIZE = MAX_POINTS = 1e12
MAX_EXPONENT = 100.0
MAX_SEED = 2**31 - 1
MAX_FUNCTIONS, MAX_LINKS, MAX_SLIDES, MAX_OPTIONS = 20, 500, 60, 40

FELT = "felt"
VIEWS = (FELT, "believed", "promised")
"""Whose scores count: customers' own, what the company believes they get, what it promises."""

BURDENS = ("time", "worry", "effort", "money")
"""What a proposition costs the people who take it; columns of the table of burdens."""

Kind = Literal["customer", "employee", "partner"]
KINDS: tuple[Kind, ...] = ("customer", "employee", "partner")

Choose = Literal["", "must", "must not"]
CHOOSE: tuple[Choose, ...] = ("", "must", "must not")

OVERALL = "Overall"
"""What the rows over all segments are called in results, so that no segment may be."""


def _frozen(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    return immutabledict(mapping)


def _thawed(mapping: Mapping[str, Any], serialise: SerializerFunctionWrapHandler) -> Any:
    return serialise(dict(mapping))


def _plain_table(table: Mapping[str, Any]) -> dict[str, Any]:
    """Table for a file; every table of a scenario is a `ScoreTable`."""
    return table.plain() if isinstance(table, ScoreTable) else dict(table)


def _plain_ends(table: Mapping[str, Any]) -> dict[str, Any] | None:
    """The same of an end of ranges; none where all of them come from attributes."""
    if isinstance(table, ScoreTable) and table.derived and np.isnan(table.stated).all():
        return None
    return _plain_table(table)


def _plain_zero(number: float) -> float:
    """Minus zero is zero: nobody should ever read −0.0."""
    return number + 0.0


_Frozen = (AfterValidator(_frozen), WrapSerializer(_thawed))

Name = Annotated[str, AfterValidator(clean_name), Field(json_schema_extra={"maxLength": MAX_NAME})]
Text = Annotated[str, AfterValidator(clean_name), Field(json_schema_extra={"maxLength": MAX_TEXT})]
Number = Annotated[float, AfterValidator(_plain_zero)]
Amount = Annotated[Number, Field(json_schema_extra={"minimum": 0, "maximum": MAX_SIZE})]
Share = Annotated[Number, Field(json_schema_extra={"minimum": 0, "maximum": 1})]
Names = Annotated[tuple[Name, ...], Field(strict=False, exclude_if=operator.not_)]
Asked = Annotated[Amount | None, Field(exclude_if=lambda amount: amount is None)]
Points = Annotated[Mapping[Name, Amount], *_Frozen]
Later = Annotated[Mapping[Name, Points], *_Frozen]
Shares = Annotated[Mapping[Name, Share | None], *_Frozen]
Options = Annotated[Mapping[Text, Text], *_Frozen]
_Table = Mapping[Name, Mapping[Name, Mapping[Name, Number | None]]]
Scores = Annotated[_Table, PlainSerializer(_plain_table)]
"""Scores by segment, proposition and discipline id; None where a score is missing."""

Ends = Annotated[_Table, PlainSerializer(_plain_ends)]
"""The same for the low or the high ends of ranges."""


if TYPE_CHECKING:
    from pydantic._internal._model_construction import ModelMetaclass
else:
    ModelMetaclass = type(BaseModel)  # it has no public name

_BORROWED = frozenset(name for name in dir(BaseModel) if not name.startswith("__"))


class _Listed(ModelMetaclass):
    """Lists the names of this project: those of the library underneath are no part of what is offered."""

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *vars(self)["__pydantic_fields__"]} - _BORROWED)


class Part(BaseModel, metaclass=_Listed):
    """Base of everything in a scenario: frozen, strict, nothing unknown, no NaN."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__()} - _BORROWED)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Copy with some fields replaced, checked like any other."""
        if not update:
            return super().model_copy(deep=deep)
        return type(self)(**{field: getattr(self, field) for field in type(self).model_fields} | dict(update))

    @classmethod
    def model_construct(  # type: ignore[override]  # pydantic's plugin for mypy writes a signature of its own
        cls, _fields_set: set[str] | None = None, **values: Any
    ) -> Self:
        """The same as the class itself: nothing is made without a check."""
        return cls(**values)


class Discipline(Part):
    """What propositions are scored on: a value discipline.

    Attributes
    ----------
    id : str
        Short name for files and code: small letters, digits and underscores.
    name : str
        The label that people read.
    lowest, highest : str
        What the lowest and the highest score mean.
    """

    id: Annotated[str, Field(json_schema_extra={"pattern": "^[a-z][a-z0-9_]*$", "maxLength": 60})]
    name: Name
    lowest: Text = ""
    highest: Text = ""


class Proposition(Part):
    """What is scored: a customer value proposition, with what it takes where a set of them is chosen.

    Attributes
    ----------
    name : str
        Name of the proposition.
    description : str
        In one line.
    cost, people : float, optional
        What it takes of a budget and of the people there are, in any units; None where that is not known.
    choose : {"", "must", "must not"}
        Whether a set has to hold it, or may not.
    needs, excludes : tuple of str
        Propositions that a set with this one has to hold as well, or may not hold.
    """

    name: Name
    description: Text = ""
    cost: Asked = None
    people: Asked = None
    choose: Annotated[Choose, Field(exclude_if=operator.not_)] = ""
    needs: Names = ()
    excludes: Names = ()

    def among(self, names: Collection[str]) -> Self:
        """The same beside these propositions only: what it says of others is left out."""
        said = {"needs": self.needs, "excludes": self.excludes}
        kept = {field: tuple(name for name in own if name in names) for field, own in said.items()}
        return self if kept == said else self.model_copy(update=kept)


class Segment(Part):
    """Who weighs: a group that is served, with its size and its points on each discipline.

    Attributes
    ----------
    name : str
        Name of the segment.
    kind : {"customer", "employee", "partner"}
        Everyone who is served is a customer of someone.
    size : float
        Size in any unit, 0 or more; used as its share of all sizes.
    points : mapping of discipline id to float
        Points on each discipline, 0 or more; used as their share of the segment's points.
    burden : float
        How much burden weighs beside value, in points out of 100; 0 where it does not count.
    floor : float, optional
        Value, on the scale, that a set of propositions has to give it at least.
    contacts : float, optional
        Contacts of one customer in a year.
    """

    name: Name
    kind: Kind = "customer"
    size: Amount = 1.0
    points: Points
    burden: Annotated[Number, Field(json_schema_extra={"minimum": 0, "maximum": 100})] = 0.0
    floor: Annotated[Number | None, Field(exclude_if=lambda floor: floor is None)] = None
    contacts: Asked = None


class Function(Part):
    """One function of the organisation that a promise passes through, such as Sales.

    Attributes
    ----------
    name : str
        What it is called.
    survives : mapping of discipline id to float or None
        Share of the value on each discipline that survives it, 0 to 1; None where nothing is lost.
    """

    name: Name
    survives: Shares


class Link(Part):
    """Who serves whom: one segment whose own value limits that of another.

    Attributes
    ----------
    from_segment, to_segment : str
        The segment that serves and the one that it serves.
    strength : float
        How much the one depends on the other, above 0 and up to 1.
    """

    from_segment: Name
    to_segment: Name
    strength: Share


class Slide(Part):
    """One exhibit that was collected for a deck.

    Attributes
    ----------
    exhibit : str
        Key of the exhibit.
    options : mapping of str to str
        What it was made with, such as the segment.
    title, source : str
        Text in place of the exhibit's own; blank for its own.
    """

    exhibit: Name
    options: Options = Field(default_factory=immutabledict)
    title: Text = ""
    source: Text = ""


class Scale(Part):
    """The scale on which every score of the scenario stands; higher is better."""

    lowest: Number = 0.0
    highest: Number = 10.0

    @property
    def width(self) -> float:
        """Distance from the lowest to the highest score."""
        return self.highest - self.lowest

    def to_unit(self, scores: FloatArray) -> FloatArray:
        """Scores or values of this scale mapped to 0 to 1; NaN stays."""
        return (scores - self.lowest) / self.width

    def from_unit(self, unit: FloatArray) -> FloatArray:
        """What lies from 0 to 1 as scores or values of this scale; NaN stays."""
        return self.lowest + self.width * unit

    def clipped(self, unit: FloatArray) -> FloatArray:
        """The same as `from_unit`, where rounding may leave nothing off the scale."""
        return np.clip(self.from_unit(unit), self.lowest, self.highest)


class Doubt(Part):
    """What is in doubt, and how much: what every sentence about a leader is held against.

    Attributes
    ----------
    weights_within : float
        How far each weight may be off, in points out of 100; 0 where weights are known.
    weights_shift : {"shared", "own"}
        Whether one shift counts in every segment (who misjudges a discipline misjudges it everywhere)
        or each segment's weights are off by themselves.
    scores_within : float
        How far a score without a range may be off, in percent of the scale's width.
    ranges : {"limits", "interval"}
        What Low and High are: hard limits, or the ends of a 95 % interval.
    halo : float
        How far errors of one proposition's scores go together across disciplines, from 0 to 1, where
        scores have ranges: about half where people judged, 0 where things were measured.
    sizes_within : float
        How far each segment's size may be off, in percent of itself.
    """

    weights_within: Annotated[Number, Field(json_schema_extra={"minimum": 0, "maximum": 100})] = 10.0
    weights_shift: Literal["shared", "own"] = "shared"
    scores_within: Annotated[Number, Field(json_schema_extra={"minimum": 0, "maximum": 100})] = 5.0
    ranges: Literal["limits", "interval"] = "limits"
    halo: Share = 0.5
    sizes_within: Annotated[Number, Field(json_schema_extra={"minimum": 0, "maximum": 100})] = 0.0


class Settings(Part):
    """How the parts of a value are put together.

    Attributes
    ----------
    compensation : float or {"min", "max"}
        Exponent of the mean over disciplines: 1 lets strengths offset weaknesses fully,
        0 is the geometric mean, ``"min"`` counts only the weakest discipline with weight.
    fairness : float or {"max"}
        0 is the mean over segments by size; larger lets the worst-served segment count
        more; ``"max"`` counts only the worst-served segment.
    lead_bar, threshold : float, optional
        Scores from which a proposition counts as leading a discipline, and as holding it;
        None stands for 70 % and 50 % of the scale.
    cover_story_bar : float, optional
        How far a promised score may lie above the felt one before it counts as a cover story,
        in units of the scale; None stands for 20 % of its width.
    compensation_over_moments : float or {"min", "max"}, optional
        Exponent of the mean over moments, as `compensation` is of that over disciplines; None stands for 1.
    cost_unit : str
        Unit of all costs, such as "thousand euros"; blank where none is said.
    seed : int
        Where draws start, so that what is drawn comes out the same anywhere.
    doubt : Doubt, optional
        What is in doubt; None stands for the defaults of `Doubt`, which are then called assumed.
    """

    compensation: Annotated[
        Number | Literal["min", "max"],
        Field(json_schema_extra={"minimum": -MAX_EXPONENT, "maximum": MAX_EXPONENT}),
    ] = 1.0
    fairness: Annotated[
        Number | Literal["max"], Field(json_schema_extra={"minimum": 0, "maximum": MAX_EXPONENT})
    ] = 0.0
    lead_bar: Number | None = None
    threshold: Number | None = None
    cover_story_bar: Number | None = None
    compensation_over_moments: (
        Annotated[
            Number | Literal["min", "max"],
            Field(json_schema_extra={"minimum": -MAX_EXPONENT, "maximum": MAX_EXPONENT}),
        ]
        | None
    ) = None
    cost_unit: Annotated[Text, Field(exclude_if=operator.not_)] = ""
    seed: Annotated[int, Field(json_schema_extra={"minimum": 0, "maximum": MAX_SEED})] = 0
    doubt: Doubt | None = None

    @property
    def rho(self) -> float:
        """Compensation as an exponent; minus and plus infinity for ``"min"`` and ``"max"``."""
        return _exponent(self.compensation)

    @property
    def over_moments(self) -> float:
        """Compensation over moments as an exponent; 1 if not set."""
        given = self.compensation_over_moments
        return 1.0 if given is None else _exponent(given)

    @property
    def eps(self) -> float:
        """Fairness as a number; infinity for ``"max"``."""
        return float("inf") if isinstance(self.fairness, str) else self.fairness


def _exponent(compensation: float | str) -> float:
    named = {"min": -float("inf"), "max": float("inf")}
    return named[compensation] if isinstance(compensation, str) else compensation


DEFAULT_DISCIPLINES = (
    Discipline(id="innovation", name="Innovation"),
    Discipline(id="operational_excellence", name="Operational excellence"),
    Discipline(id="social_purpose", name="Social purpose"),
    Discipline(id="customer_intimacy", name="Customer intimacy"),
)
