"""Evidence: what a survey says of a scenario's numbers and how sure it is, without any respondent."""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar

import numpy as np
from pydantic import Field, model_validator

from valuemix.model.layout import locked
from valuemix.model.parts import Name, Number, Part, Share, Text, _Frozen
from valuemix.typing import FloatArray

__all__ = [
    "Across",
    "Between",
    "Choices",
    "Estimate",
    "Evidence",
    "SegmentEvidence",
    "Wave",
    "packed",
    "packed_whole",
]

P = TypeVar("P", bound=Part)
B = TypeVar("B", bound="Between")

Chosen = Annotated[Mapping[Name, Share], *_Frozen]


def packed(covariance: FloatArray) -> str:
    """Lower triangle of a covariance as text: float32, little-endian, row by row, base64.

    Examples
    --------
    >>> packed(np.array([[1.0, 0.5], [0.5, 2.0]]))
    'AACAPwAAAD8AAABA'
    """
    return packed_whole(covariance[np.tril_indices(len(covariance))])


def packed_whole(numbers: FloatArray) -> str:
    """All numbers of an array as text: float32, little-endian, row by row, base64."""
    return base64.b64encode(np.ascontiguousarray(numbers, dtype="<f4").tobytes()).decode()


def _unpacked(text: str) -> FloatArray:
    return np.frombuffer(base64.b64decode(text, validate=True), dtype="<f4").astype(np.float64)


@functools.lru_cache(maxsize=256)
def _symmetric(text: str, count: int) -> FloatArray:
    """Matrix of a packed covariance; kept here, as what a part keeps on itself would count when two are compared."""
    matrix = np.zeros((count, count))
    matrix[np.tril_indices(count)] = _unpacked(text)
    return locked(matrix + np.tril(matrix, -1).T)


def _check_length(text: str, count: int) -> None:
    """Refuse a packed covariance of another length."""
    if len(_unpacked(text)) != count:
        raise ValueError(f"the covariance must hold {count} numbers of four bytes each")


def _with(part: P, **changes: Any) -> P:
    """The same with some fields changed, checked anew."""
    return type(part)(**{**{name: getattr(part, name) for name in type(part).model_fields}, **changes})


def _is_empty(value: Sequence[Any]) -> bool:
    return not value


class Estimate(Part):
    """One number that respondents gave on average.

    Attributes
    ----------
    of : {"weight", "score", "size", "derived", "stated"}
        A share of importance, a score on the scale, or a segment's share of all; a share of importance that is
        derived or stated beside the one that weights are.
    proposition, discipline : str
        Whose; blank where that says nothing.
    moment : str
        In which moment; blank where it holds for the segment.
    mean : float
        The estimate.
    n : int
        Respondents who answered.
    n_effective : float
        As many equally weighted answers would be worth as much.
    degrees : int, optional
        Where clusters were drawn: how many of them answered, less their strata.
    """

    of: Literal["weight", "score", "size", "derived", "stated"]
    proposition: Text = ""
    discipline: Text = ""
    moment: Annotated[Text, Field(exclude_if=_is_empty)] = ""
    mean: Number
    n: Annotated[int, Field(json_schema_extra={"minimum": 0})]
    n_effective: Number
    degrees: Annotated[
        int | None, Field(exclude_if=lambda count: count is None, json_schema_extra={"minimum": 0})
    ] = None


class SegmentEvidence(Part):
    """What the respondents of one segment say.

    Attributes
    ----------
    segment : str
        Its name when the answers were read.
    n, n_effective : int, float
        Respondents, and how many equally weighted ones they are worth.
    estimates : sequence of Estimate
        Weights, scores and size; cells with too few answers are left out.
    covariance : str
        Of the estimates, in their order; see `packed`.
    choose : mapping of proposition to share
        Share of respondents whose own weights and ratings choose it.
    """

    segment: Name
    n: Annotated[int, Field(json_schema_extra={"minimum": 0})]
    n_effective: Number
    estimates: Annotated[tuple[Estimate, ...], Field(strict=False)]
    covariance: str
    choose: Chosen

    @model_validator(mode="after")
    def _whole(self) -> Self:
        count = len(self.estimates)
        _check_length(self.covariance, count * (count + 1) // 2)
        return self

    @property
    def matrix(self) -> FloatArray:
        """Covariance of the estimates, shape (K, K)."""
        return _symmetric(self.covariance, len(self.estimates))

    def renamed(self, sheet: str, names: Mapping[str, str]) -> Self:
        """The same with propositions, disciplines or moments under new names."""
        thing = sheet.removesuffix("s")
        estimates = tuple(
            _with(each, **{thing: names.get(getattr(each, thing), getattr(each, thing))})
            for each in self.estimates
        )
        if sheet != "propositions":
            return _with(self, estimates=estimates)
        choose = {names.get(name, name): share for name, share in self.choose.items()}
        return _with(self, estimates=estimates, choose=choose)


class Between(Part):
    """Covariance of the estimates of two segments, where the same clusters are in both.

    Attributes
    ----------
    first, second : str
        Names of the segments.
    covariance : str
        Row by row: a row for each estimate of the first, a column for each of the second.
    """

    first: Name
    second: Name
    covariance: str

    def matrix(self, shape: tuple[int, int]) -> FloatArray:
        """The block, of this shape."""
        return _unpacked(self.covariance).reshape(shape)


class Across(Between):
    """Covariance of the estimates of two waves, where the same people or clusters are in both.

    Attributes
    ----------
    newer, older : int
        How many waves ago: 0 is the newest.
    first, second : str
        Segment of the newer and of the older wave.
    """

    newer: Annotated[int, Field(json_schema_extra={"minimum": 0})]
    older: Annotated[int, Field(json_schema_extra={"minimum": 1})]


class Choices(Part):
    """What people chose says of the sensitivity of preferences to value.

    Attributes
    ----------
    sensitivity, error : float
        The fit of a conditional logit by values from 0 to 1, and its standard error.
    sets, units : int
        Choices it was fitted from, and people (clusters, where they were drawn) who made them.
    """

    sensitivity: Number
    error: Number
    sets: Annotated[int, Field(json_schema_extra={"minimum": 1})]
    units: Annotated[int, Field(json_schema_extra={"minimum": 2})]


class Wave(Part):
    """Estimates from the respondents of one wave and their covariance; never a respondent.

    Attributes
    ----------
    source : str
        Name of the table that was read, without its folder.
    hash : str
        SHA-256 of the file, or of the text of the query.
    asked : str
        Date of the wave; blank where none was given.
    weights : {"stated", "derived", "keep", "equal"}
        What the weights are: said by respondents, derived from an overall judgment, as they were, or equal.
    respondents : int
        How many are in the sample.
    strata, clusters : int
        Of the sample; clusters are 0 where respondents were drawn one by one.
    population : int, optional
        How many people the respondents were drawn from, where the survey says.
    notes : sequence of str
        How the table was read.
    segments : sequence of SegmentEvidence
    between : sequence of Between
        Pairs of segments that are not independent of each other; the others are.
    choices : Choices, optional
        What the sensitivity of preference shares is by what people chose.
    """

    source: Text
    hash: Annotated[str, Field(json_schema_extra={"pattern": "^[0-9a-f]{64}$"})]
    asked: Text = ""
    weights: Literal["stated", "derived", "keep", "equal"]
    respondents: Annotated[int, Field(json_schema_extra={"minimum": 0})]
    strata: Annotated[int, Field(json_schema_extra={"minimum": 1})]
    clusters: Annotated[int, Field(json_schema_extra={"minimum": 0})] = 0
    population: Annotated[
        int | None, Field(exclude_if=lambda count: count is None, json_schema_extra={"minimum": 1})
    ] = None
    notes: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    segments: Annotated[tuple[SegmentEvidence, ...], Field(strict=False)]
    between: Annotated[tuple[Between, ...], Field(strict=False)] = ()
    choices: Annotated[Choices | None, Field(exclude_if=lambda found: found is None)] = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        for pair in self.between:
            _check_pair(pair, self, self)
        return self

    @cached_property
    def by_segment(self) -> dict[str, SegmentEvidence]:
        """What the respondents of each segment say, by its name."""
        return {heard.segment: heard for heard in self.segments}

    def renamed(self, sheet: str, names: Mapping[str, str]) -> Self:
        """The same under new names; what a segment that is gone said goes with it.

        Parameters
        ----------
        sheet : {"segments", "propositions", "disciplines", "moments"}
            What was renamed.
        names : mapping of str to str
            The name now by the name before, of all that is still there.
        """
        if sheet == "segments":
            heard = [each for each in self.segments if each.segment in names]
            changes: dict[str, Any] = {
                "segments": tuple(_with(each, segment=names[each.segment]) for each in heard),
                "between": _named(self.between, names),
            }
        else:
            changes = {"segments": tuple(each.renamed(sheet, names) for each in self.segments)}
        return _with(self, **changes)


def _check_pair(pair: Between, one: Wave, other: Wave) -> None:
    """Refuse a covariance of estimates that are not there."""
    if pair.first not in one.by_segment or pair.second not in other.by_segment:
        raise ValueError(f"covariance of {pair.first!r} and {pair.second!r}, which have no estimates")
    counts = [len(own.estimates) for own in (one.by_segment[pair.first], other.by_segment[pair.second])]
    _check_length(pair.covariance, counts[0] * counts[1])


def _named(pairs: tuple[B, ...], names: Mapping[str, str]) -> tuple[B, ...]:
    there = [pair for pair in pairs if {pair.first, pair.second} <= names.keys()]
    return tuple(_with(pair, first=names[pair.first], second=names[pair.second]) for pair in there)


def _fields(wave: Wave) -> dict[str, Any]:
    """What is told of a wave by itself."""
    return {name: getattr(wave, name) for name in Wave.model_fields}


class Evidence(Wave):
    """The newest wave, and those before it.

    Attributes
    ----------
    earlier : sequence of Wave
        The newest first.
    across : sequence of Across
        Pairs of waves and their segments that are not independent of each other; the others are.
    """

    earlier: Annotated[tuple[Wave, ...], Field(strict=False, exclude_if=_is_empty)] = ()
    across: Annotated[tuple[Across, ...], Field(strict=False, exclude_if=_is_empty)] = ()

    @model_validator(mode="after")
    def _waves_fit_together(self) -> Self:
        for pair in self.across:
            if not pair.newer < pair.older <= len(self.earlier):
                raise ValueError(f"covariance of waves {pair.newer} and {pair.older}, which are not there")
            _check_pair(pair, self.waves[pair.newer], self.waves[pair.older])
        return self

    @property
    def waves(self) -> tuple[Wave, ...]:
        """All of them, the newest first."""
        return (self, *self.earlier)

    @property
    def in_moments(self) -> bool:
        """Whether respondents were asked of moments."""
        return any(each.moment for wave in self.waves for own in wave.segments for each in own.estimates)

    def as_derived(self) -> Self:
        """The same with derived importance as the weights, and stated importance beside them."""
        swap: dict[str, str] = {"weight": "stated", "derived": "weight"}
        segments = tuple(
            _with(own, estimates=tuple(_with(each, of=swap.get(each.of, each.of)) for each in own.estimates))
            for own in self.segments
        )
        return _with(self, segments=segments, weights="derived")

    def with_weights(self, weights: Literal["stated", "derived", "keep", "equal"]) -> Self:
        """The same where the scenario's weights are other ones."""
        return _with(self, weights=weights)

    def with_earlier(self, earlier: Sequence[Wave], across: Sequence[Across]) -> Self:
        """The same with other waves before it."""
        kept = tuple(Wave(**_fields(wave)) for wave in earlier)
        return _with(self, earlier=kept, across=tuple(across))

    def alone(self, age: int, **changes: Any) -> Evidence:
        """One wave by itself, as if there were no other; with some fields changed."""
        return Evidence(**{**_fields(self.waves[age]), **changes})

    def renamed(self, sheet: str, names: Mapping[str, str]) -> Self:
        """As that of a wave; earlier ones go along."""
        own = Wave(**_fields(self)).renamed(sheet, names)
        earlier = tuple(wave.renamed(sheet, names) for wave in self.earlier)
        across = _named(self.across, names) if sheet == "segments" else self.across
        return _with(self, **_fields(own), earlier=earlier, across=across)
