"""Evidence: what a survey says of a scenario's numbers and how sure it is, without any respondent."""

from __future__ import annotations

import base64
import functools
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self, TypeVar

import numpy as np
from pydantic import Field, model_validator

from valuemix.model.layout import locked
from valuemix.model.parts import Name, Number, Part, Share, Text, _Frozen
from valuemix.typing import FloatArray

__all__ = ["Between", "Estimate", "Evidence", "SegmentEvidence", "packed", "packed_whole"]

P = TypeVar("P", bound=Part)

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


class Estimate(Part):
    """One number that respondents gave on average.

    Attributes
    ----------
    of : {"weight", "score", "size"}
        A share of importance, a score on the scale, or a segment's share of all.
    proposition, discipline : str
        Whose; blank where that says nothing.
    mean : float
        The estimate.
    n : int
        Respondents who answered.
    n_effective : float
        As many equally weighted answers would be worth as much.
    """

    of: Literal["weight", "score", "size"]
    proposition: Text = ""
    discipline: Text = ""
    mean: Number
    n: Annotated[int, Field(json_schema_extra={"minimum": 0})]
    n_effective: Number


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
        """The same with propositions or disciplines under new names."""
        thing = "proposition" if sheet == "propositions" else "discipline"
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


class Evidence(Part):
    """Estimates from respondents and their covariance; never a respondent.

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
    notes : sequence of str
        How the table was read.
    segments : sequence of SegmentEvidence
    between : sequence of Between
        Pairs of segments that are not independent of each other; the others are.
    """

    source: Text
    hash: Annotated[str, Field(json_schema_extra={"pattern": "^[0-9a-f]{64}$"})]
    asked: Text = ""
    weights: Literal["stated", "derived", "keep", "equal"]
    respondents: Annotated[int, Field(json_schema_extra={"minimum": 0})]
    strata: Annotated[int, Field(json_schema_extra={"minimum": 1})]
    clusters: Annotated[int, Field(json_schema_extra={"minimum": 0})] = 0
    notes: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    segments: Annotated[tuple[SegmentEvidence, ...], Field(strict=False)]
    between: Annotated[tuple[Between, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        counts = {heard.segment: len(heard.estimates) for heard in self.segments}
        for pair in self.between:
            if not {pair.first, pair.second} <= counts.keys():
                raise ValueError(f"covariance of {pair.first!r} and {pair.second!r}, which have no estimates")
            _check_length(pair.covariance, counts[pair.first] * counts[pair.second])
        return self

    @cached_property
    def by_segment(self) -> dict[str, SegmentEvidence]:
        """What the respondents of each segment say, by its name."""
        return {heard.segment: heard for heard in self.segments}

    def with_weights(self, weights: Literal["stated", "derived", "keep", "equal"]) -> Self:
        """The same where the scenario's weights are other ones."""
        return _with(self, weights=weights)

    def renamed(self, sheet: str, names: Mapping[str, str]) -> Self:
        """The same under new names; what a segment that is gone said goes with it.

        Parameters
        ----------
        sheet : {"segments", "propositions", "disciplines"}
            What was renamed.
        names : mapping of str to str
            The name now by the name before, of all that is still there.
        """
        if sheet == "segments":
            heard = [each for each in self.segments if each.segment in names]
            pairs = [pair for pair in self.between if {pair.first, pair.second} <= names.keys()]
            changes: dict[str, Any] = {
                "segments": tuple(_with(each, segment=names[each.segment]) for each in heard),
                "between": tuple(_with(p, first=names[p.first], second=names[p.second]) for p in pairs),
            }
        else:
            changes = {"segments": tuple(each.renamed(sheet, names) for each in self.segments)}
        return _with(self, **changes)
