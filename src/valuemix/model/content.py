"""What a scenario holds: its fields, checked as a whole, and the same as names and arrays."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Self

import numpy as np
from immutabledict import immutabledict
from pydantic import (
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)

from valuemix.errors import InvalidScenario
from valuemix.model.attributes.parts import Attribute, AttributeScore, AttributeWeight
from valuemix.model.attributes.rules import stated_problems
from valuemix.model.attributes.scoring import AttributeScoring
from valuemix.model.burdens.means import BurdenMeans
from valuemix.model.burdens.parts import BurdenLimit, MomentBurden
from valuemix.model.evidence import Evidence
from valuemix.model.layout import in_order, locked, place_of
from valuemix.model.moments.edits import MOMENT_FIELDS
from valuemix.model.moments.means import MomentMeans
from valuemix.model.moments.parts import Moment, MomentPoints, MomentScore, MomentShare
from valuemix.model.moments.reweighing import take_means
from valuemix.model.names import name_key, readable_id
from valuemix.model.parts import (
    DEFAULT_DISCIPLINES,
    MAX_CELLS,
    Discipline,
    Doubt,
    Ends,
    Function,
    Later,
    Link,
    Name,
    Part,
    Proposition,
    Scale,
    Scores,
    Segment,
    Settings,
    Slide,
    Text,
)
from valuemix.model.planned.parts import PlannedChange
from valuemix.model.reasons.parts import Reason
from valuemix.model.resources.parts import Capability, Resource, ResourceTarget
from valuemix.model.rules import problems_of
from valuemix.model.schema_problems import schema_problems
from valuemix.model.score_table import ScoreTable
from valuemix.model.sheets import LISTS, SHEETS, TABLES_BY_PROPOSITION, WEIGHINGS
from valuemix.model.weights import shares
from valuemix.typing import BoolArray, FloatArray

__all__ = ["ATTRIBUTE_FIELDS", "RESOURCE_FIELDS", "Content"]

ATTRIBUTE_FIELDS = ("attributes", "attribute_weights", "attribute_scores")
"""Fields of the sheets of attributes."""

RESOURCE_FIELDS = ("resources", "resource_targets", "capabilities", "planned_changes")
"""Fields of the sheets of what is spent, of what the firm is able to do, and of what it plans."""

_UNSIGNED = (
    *ATTRIBUTE_FIELDS, *MOMENT_FIELDS, *RESOURCE_FIELDS, "burden_limits", "reasons", "believed_weights"
)  # fmt: skip
"""Fields that files from before there were any are not signed with."""


class Content(Part):
    """Everything that a scenario holds; valid or it does not exist. See `Scenario`, which adds edits."""

    name: Name
    note: Text = ""
    source: Text = ""
    scale: Scale = Scale()
    disciplines: Annotated[tuple[Discipline, ...], Field(strict=False)] = DEFAULT_DISCIPLINES
    segments: Annotated[tuple[Segment, ...], Field(strict=False)]
    later: Later | None = None
    propositions: Annotated[tuple[Proposition, ...], Field(strict=False)]
    scores: Scores
    low: Ends | None = None
    high: Ends | None = None
    promised: Scores | None = None
    believed: Scores | None = None
    believed_weights: Later | None = None
    attributes: Annotated[tuple[Attribute, ...], Field(strict=False)] = ()
    attribute_weights: Annotated[tuple[AttributeWeight, ...], Field(strict=False)] = ()
    attribute_scores: Annotated[tuple[AttributeScore, ...], Field(strict=False)] = ()
    moments: Annotated[tuple[Moment, ...], Field(strict=False)] = ()
    moment_shares: Annotated[tuple[MomentShare, ...], Field(strict=False)] = ()
    moment_points: Annotated[tuple[MomentPoints, ...], Field(strict=False)] = ()
    moment_scores: Annotated[tuple[MomentScore, ...], Field(strict=False)] = ()
    reasons: Annotated[tuple[Reason, ...], Field(strict=False)] = ()
    burdens: Scores | None = None
    burden_limits: Annotated[tuple[BurdenLimit, ...], Field(strict=False)] = ()
    moment_burdens: Annotated[tuple[MomentBurden, ...], Field(strict=False)] = ()
    delivery: Annotated[tuple[Function, ...], Field(strict=False)] = ()
    links: Annotated[tuple[Link, ...], Field(strict=False)] = ()
    resources: Annotated[tuple[Resource, ...], Field(strict=False)] = ()
    resource_targets: Annotated[tuple[ResourceTarget, ...], Field(strict=False)] = ()
    capabilities: Annotated[tuple[Capability, ...], Field(strict=False)] = ()
    planned_changes: Annotated[tuple[PlannedChange, ...], Field(strict=False)] = ()
    settings: Settings = Settings()
    deck: Annotated[tuple[Slide, ...], Field(strict=False)] = ()
    evidence: Evidence | None = None

    # ------------------------------------------------------------------ validation

    @field_validator(*(sheet.field for sheet in LISTS if sheet.each), mode="after")
    @classmethod
    def _parts_in_order(cls, parts: tuple[Part, ...], info: ValidationInfo) -> tuple[Part, ...]:
        """What parts say of each discipline, in the order of the disciplines."""
        each = next(sheet.each for sheet in LISTS if sheet.each and sheet.field == info.field_name)
        ids = [d.id for d in info.data.get("disciplines", ())]
        said = [(part, getattr(part, each.field)) for part in parts]
        return tuple(
            part
            if [*values] == ids
            else part.model_copy(update={each.field: in_order(values, ids, fill=each.holds != "points")})
            for part, values in said
        )

    @field_validator(*(sheet.field for sheet in WEIGHINGS), mode="after")
    @classmethod
    def _weighing_in_order(cls, weighing: Mapping[str, Any] | None, info: ValidationInfo) -> Any:
        if weighing is None or not {"disciplines", "segments"} <= info.data.keys():
            return weighing
        ids = [d.id for d in info.data["disciplines"]]
        ordered = in_order(weighing, [s.name for s in info.data["segments"]])
        return immutabledict({name: in_order(row, ids) for name, row in ordered.items()})

    @field_validator(*TABLES_BY_PROPOSITION, mode="wrap")
    @classmethod
    def _table_by_column(cls, table: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        """Read a sound table at once; look at every cell of any other, so that every problem is told."""
        if table is None or not {"disciplines", "segments", "propositions"} <= info.data.keys():
            return handler(table.plain() if isinstance(table, ScoreTable) else table)
        segments = tuple(s.name for s in info.data["segments"])
        propositions = tuple(p.name for p in info.data["propositions"])
        ids = _columns(str(info.field_name), [d.id for d in info.data["disciplines"]])
        names = (segments, propositions, ids)
        if len(segments) * len(propositions) * len(ids) > MAX_CELLS:
            return ScoreTable(np.empty((0, 0, 0)), ((), (), ()))  # the rules refuse the scenario for its size
        read = ScoreTable.by_column(table, names)
        if read is None:
            cells = handler(table.plain() if isinstance(table, ScoreTable) else table)
            read = ScoreTable.of(cells, names)
        return read

    @model_validator(mode="wrap")
    @classmethod
    def _valid_or_nothing(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            scenario = handler(data)
        except ValidationError as error:
            raise InvalidScenario(schema_problems(error, cls)) from None
        problems = problems_of(scenario)
        if not problems and scenario.attributes:
            problems = [*stated_problems(scenario)]
        if problems:
            raise InvalidScenario(problems)
        if scenario.attributes:
            _take_scores_of_attributes(scenario)
        if scenario.moments:
            take_means(scenario)
        return scenario

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

    @property
    def axes(self) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
        """Names along the axes of a score table."""
        return self.segment_names, self.proposition_names, self.discipline_ids

    @cached_property
    def attribute_names(self) -> tuple[str, ...]:
        """Names of the attributes, in order; most scenarios have none."""
        return tuple(attribute.name for attribute in self.attributes)

    @cached_property
    def attribute_scoring(self) -> AttributeScoring:
        """Attributes as arrays."""
        return AttributeScoring(self)

    @cached_property
    def moment_names(self) -> tuple[str, ...]:
        """Names of the moments, in order; most scenarios have none."""
        return tuple(moment.name for moment in self.moments)

    @cached_property
    def moment_means(self) -> MomentMeans:
        """Moments as arrays, and the means over them."""
        return MomentMeans(self)

    @property
    def answers(self) -> Evidence | None:
        """Evidence of the numbers that count: with moments, of the means over them."""
        return self.moment_means.evidence if self.moments and self.evidence else self.evidence

    @property
    def has_burdens(self) -> bool:
        """Whether it says what propositions cost those who take them."""
        return self.burdens is not None or bool(self.moment_burdens)

    @cached_property
    def burden_means(self) -> BurdenMeans:
        """Burdens as arrays, in each moment and over them."""
        return BurdenMeans(self)

    @cached_property
    def missing(self) -> BoolArray:
        """Where a score is missing, also in a moment alone, or lacks an attribute with weight, shape (G, P, D)."""
        blank = np.isnan(self.array("scores"))
        if self.moments:
            blank = blank | self.moment_means.missing
        return blank | self.attribute_scoring.missing if self.attributes else blank

    def segment_index(self, name: str) -> int:
        """Place of a segment on the segment axis; capitals and blanks around do not matter.

        Raises
        ------
        UnknownName
            Where there is none of this name.
        """
        return place_of("segment", name, self.segment_names)

    def rows(self, segment: str | None = None) -> list[int]:
        """Place of one segment by itself on the segment axis, those of all where it is None; as `segment_index`."""
        return [*range(len(self.segments))] if segment is None else [self.segment_index(segment)]

    def proposition_index(self, name: str) -> int:
        """Place of a proposition on the proposition axis; as `segment_index`."""
        return place_of("proposition", name, self.proposition_names)

    def discipline_index(self, name: str) -> int:
        """Place of a discipline, named by its id or label, on the discipline axis."""
        keys = [name_key(label) for label in self.discipline_names]
        key = name_key(name)
        return (
            keys.index(key)
            if key in keys
            else place_of("discipline", readable_id(name) or name, self.discipline_ids)
        )

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that it has, of those with a row for each segment and proposition."""
        return tuple(name for name in TABLES_BY_PROPOSITION if self.table(name) is not None)

    def table(self, name: str) -> ScoreTable | None:
        """One of the tables by name: scores, low, high, promised, believed or burdens."""
        table: ScoreTable | None = getattr(self, name)
        return table

    def columns(self, table: str) -> tuple[str, ...]:
        """Columns of one of the tables: the ids of the disciplines, or the four burdens."""
        return _columns(table, self.discipline_ids)

    def array(self, table: str) -> FloatArray:
        """Table as a read-only array; with moments, scores are means over them: see `given`.

        Parameters
        ----------
        table : {"scores", "low", "high", "promised", "believed", "burdens"}
            Which one.

        Returns
        -------
        ndarray, shape (G, P, D)
            On the scenario's scale; NaN where a cell is missing, all NaN where the table is. The
            last axis of burdens is time, worry, effort and money, each in its own unit where it has one.
        """
        found = self.table(table)
        return self._no_table(len(self.columns(table))) if found is None else found.array

    def given(self, table: str) -> FloatArray:
        """Table as it was given, before any mean over moments; as `array`."""
        found = self.table(table)
        return self._no_table(len(self.columns(table))) if found is None else found.own

    def _no_table(self, columns: int) -> FloatArray:
        return locked(np.full((len(self.segments), len(self.propositions), columns), np.nan))

    @cached_property
    def unit_scores(self) -> FloatArray:
        """Scores mapped to 0 to 1, shape (G, P, D); NaN where missing."""
        return locked(np.clip(self.scale.to_unit(self.array("scores")), 0.0, 1.0))

    @cached_property
    def given_points(self) -> FloatArray:
        """Points of the segments as given, shape (G, D)."""
        return locked(np.array([[*s.points.values()] for s in self.segments], dtype=np.float64))

    @cached_property
    def points(self) -> FloatArray:
        """Points, shape (G, D): as given; with points of its own in some moments, a segment's mean over moments."""
        return locked(self.moment_means.points) if self.moments else self.given_points

    @cached_property
    def weights(self) -> FloatArray:
        """Weights: each segment's points as shares, shape (G, D); rows sum to 1."""
        return locked(self.moment_means.weights if self.moments else shares(self.points))

    @cached_property
    def sizes(self) -> FloatArray:
        """Sizes as given, shape (G,)."""
        return locked(np.array([s.size for s in self.segments], dtype=np.float64))

    @cached_property
    def size_shares(self) -> FloatArray:
        """Sizes as shares, shape (G,); they sum to 1."""
        return locked(shares(self.sizes))

    @cached_property
    def later_weights(self) -> FloatArray:
        """Weights of the long term, shape (G, D); those of today where the scenario has no others."""
        if self.later is None:
            return self.weights
        return locked(shares([[*row.values()] for row in self.later.values()]))

    @cached_property
    def believed_shares(self) -> FloatArray:
        """Weights that the company thinks customers give, shape (G, D); those of today where it says none."""
        if self.believed_weights is None:
            return self.weights
        return locked(shares([[*row.values()] for row in self.believed_weights.values()]))

    @cached_property
    def burden_shares(self) -> FloatArray:
        """How much burden weighs beside value in each segment, shape (G,), from 0 to 1."""
        return locked(np.array([s.burden for s in self.segments], dtype=np.float64) / 100)

    @cached_property
    def survival_shares(self) -> FloatArray:
        """Share of value that survives each of F functions, shape (F, D); 1 where nothing is lost."""
        cells = [[*function.survives.values()] for function in self.delivery]
        array = np.array(cells, dtype=np.float64).reshape(len(cells), len(self.disciplines))
        return locked(np.where(np.isnan(array), 1.0, array))

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of all that is in the scenario but its deck, as 64 hexadecimal digits.

        Collecting a slide changes no number, so it does not change what numbers are signed with.
        """
        left_out: dict[str, Any] = {"deck": True}
        if self.settings.doubt is None:  # files that were signed before there was a doubt stay signed
            left_out["settings"] = {"doubt"}
        if self.settings.compensation_over_moments is None:
            left_out["settings"] = {*left_out.get("settings", ()), "compensation_over_moments"}
        if self.evidence is None:
            left_out["evidence"] = True
        left_out |= {field: True for field in _UNSIGNED if not getattr(self, field)}
        return hashlib.sha256(self.model_dump_json(exclude=left_out).encode()).hexdigest()

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

    @property
    def cover_story_bar(self) -> float:
        """How far above the felt score a promise is a cover story; 20 % of the scale's width if not set."""
        bar = self.settings.cover_story_bar
        return 0.2 * self.scale.width if bar is None else bar

    @property
    def doubt(self) -> Doubt:
        """What is in doubt; the defaults where the settings do not say."""
        return self.settings.doubt or Doubt()

    def __eq__(self, other: object) -> bool:
        # By fields alone: arrays that were asked for are kept on the object and are no part of it.
        if not isinstance(other, Content):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in type(self).model_fields)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Of what mostly differs: a hash of all that there is would take longer than to value it.
        weighed = (tuple(array.ravel().tolist()) for array in (self.points, self.sizes))
        return hash((self.name, self.segment_names, self.scores, self.settings, *weighed))


def _columns(table: str, ids: Sequence[str]) -> tuple[str, ...]:
    each = SHEETS[table].each
    return each.headers(ids) if each else ()


def _take_scores_of_attributes(scenario: Content) -> None:
    """Fill in what attributes give, before anybody looks: every analysis reads the tables."""
    scoring, names = scenario.attribute_scoring, scenario.axes
    columns = np.isin(scenario.discipline_ids, scoring.derived)
    low, high = scoring.range_ends()
    for table, given in (("scores", scoring.scores()), ("low", low), ("high", high)):
        if scenario.table(table) is not None or not np.isnan(given).all():
            array = np.where(columns, given, scenario.array(table))
            object.__setattr__(scenario, table, ScoreTable(array, names, derived=scoring.derived))
