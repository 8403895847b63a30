"""The map of a survey: which column of a table of respondents is what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from valuemix.errors import InvalidFile, Place, Problem, shorten
from valuemix.files.scenarios.scenario_file import read_bytes
from valuemix.files.scenarios.strict_json import parse_object
from valuemix.model.names import clean_name
from valuemix.model.schema_problems import schema_problems

__all__ = [
    "ALL_RESPONDENTS",
    "BETWEEN_NAMES",
    "Importance",
    "Offers",
    "Rating",
    "Segments",
    "SurveyMap",
    "read_map",
]

ALL_RESPONDENTS = "All respondents"
"""The segment of a table that names none."""

BETWEEN_NAMES = " x "
"""What stands between the values of several columns that make a segment together."""

Importance = Literal["points", "ratings", "ranks", "best_worst", "utilities"]


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


Columns = Annotated[tuple[str, ...], BeforeValidator(_listed), Field(min_length=1)]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Segments(_Said):
    """Columns that make a segment, and what its values are called.

    Attributes
    ----------
    columns : sequence of str
        One or more; the values of several are joined by " x ".
    names : mapping of str to str or None, optional
        Segment by value; None, or a value that is not there, drops its rows from the sample.
    """

    columns: Columns
    names: Mapping[str, str | None] | None = None


class Rating(_Said):
    """A column of ratings of one proposition on one discipline, in a moment if it says so; several are averaged."""

    proposition: str
    discipline: str
    column: Columns
    moment: str = ""


class Offers(_Said):
    """A long table: a row for each offer that a respondent rated.

    Attributes
    ----------
    offer : str
        Column that names the proposition.
    columns : mapping of discipline to column or columns
        Its ratings; several columns of a discipline are averaged over what is answered.
    moments : mapping of moment to mapping of discipline to column or columns, optional
        Ratings in one moment; what it was not asked about it takes from the segment.
    names : mapping of str to str, optional
        Proposition by value of the column, where they are called otherwise.
    """

    offer: str
    columns: Mapping[str, Columns]
    moments: Mapping[str, Mapping[str, Columns]] = Field(default_factory=dict)
    names: Mapping[str, str] | None = None


class Choice(_Said):
    """Columns of choices in a long table: the set that a row is an alternative of, and 1 where it was chosen."""

    set: str
    chosen: str


class SurveyMap(_Said):
    """Which column of a table of respondents is what; all but importance or ratings may be left out.

    Attributes
    ----------
    id, weight, stratum, population, wave : str, optional
        Columns of the respondent, the survey weight, the stratum, how many clusters (people where there are
        none) the stratum has in the population, and the date.
    cluster : str or list of str, optional
        Column of the cluster that was drawn, or several that tell it together, such as day and flight.
    segment : str or Segments, optional
        Who weighs; all respondents are one segment without it.
    importance : mapping of discipline to column, optional
        What respondents say matters; of best and worst counts a pair of columns.
    importance_as : {"points", "ratings", "ranks", "best_worst", "utilities"}
        What these columns hold.
    choice : Choice, optional
        What was chosen from which set; without an id the set stands for the respondent.
    ratings : list of Rating, or Offers, optional
        How well each proposition does.
    overall : str or list of str, optional
        An overall judgment; weights can be derived from it.
    scale : (float, float), optional
        Lowest and highest rating.
    missing : list of float or str
        Codes of answers that are none, such as 99.
    weights : {"stated", "derived", "keep"}, optional
        Where weights come from: what respondents say (where they were asked), what goes with their overall
        judgment, or the scenario that the survey goes into.

    Examples
    --------
    >>> SurveyMap(segment="region", ratings={"offer": "area", "columns": {"innovation": ["wifi", "screens"]}})
    SurveyMap(...)
    """

    id: str | None = None
    segment: Segments | None = None
    weight: str | None = None
    stratum: str | None = None
    cluster: Columns | None = None
    population: str | None = None
    wave: str | None = None
    importance: Mapping[str, Columns] = Field(default_factory=dict)
    importance_as: Importance = "points"
    choice: Choice | None = None
    ratings: tuple[Rating, ...] | Offers | None = None
    overall: Columns | None = None
    scale: tuple[float, float] | None = None
    missing: tuple[float | str, ...] = ()
    weights: Literal["stated", "derived", "keep"] | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_column_is_enough(cls, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return data
        if isinstance(data.get("segment"), str):
            data = {**data, "segment": {"columns": [data["segment"]]}}
        choice = data.get("choice")
        if isinstance(choice, Mapping) and data.get("id") is None:
            data = {**data, "id": choice.get("set")}
        return data

    @model_validator(mode="after")
    def _asks_for_what_is_there(self) -> Self:
        if not self.importance and not self.ratings:
            raise ValueError("a survey needs importance or ratings; name the columns of one of them")
        wanted = {"stated": self.importance, "derived": self.overall}
        if self.weights in wanted and not wanted[self.weights]:
            column = {"stated": "importance", "derived": "overall"}[self.weights]
            raise ValueError(f"{self.weights} weights need the columns of {column}; add them")
        if self.choice and not isinstance(self.ratings, Offers):
            raise ValueError("choices need a row for each alternative; give ratings by offer and columns")
        if self.weights == "derived" and not self.ratings:
            raise ValueError("derived weights need ratings; add their columns")
        return self

    @model_validator(mode="after")
    def _columns_and_scale_fit(self) -> Self:
        many = {"best_worst": 2}.get(self.importance_as, 1)
        for discipline, columns in self.importance.items():
            if len(columns) != many:
                have = "a pair of columns, best and worst," if many == 2 else "one column"
                raise ValueError(f"importance of {discipline} must be {have} for {self.importance_as}")
        if self.scale and not self.scale[0] < self.scale[1]:
            raise ValueError("the highest rating of the scale must lie above the lowest")
        return self

    @model_validator(mode="after")
    def _moments_fit(self) -> Self:
        for moment, discipline in self.rated_in:
            if not moment.strip():
                raise ValueError(f"a moment with ratings of {shorten(discipline)!r} has no name; give it one")
            if discipline not in self.rated:
                raise ValueError(
                    f"the moment {shorten(moment)!r} has ratings of {shorten(discipline)!r}, which has none for the "
                    "segment; add its columns to the ratings outside moments too"
                )
        empty = [name for name, own in self._in_moments.items() if not own]
        if empty:
            raise ValueError(
                f"the moment {shorten(empty[0])!r} has no ratings; add a column, or leave it out"
            )
        return self

    @property
    def names(self) -> frozenset[str]:
        """Everything that it names, all its columns among it."""
        return frozenset(_texts_in(self))

    @property
    def weights_from(self) -> Literal["stated", "derived", "keep", "equal"]:
        """Where the weights come from, in the order of what there is."""
        if self.weights:
            return self.weights
        if self.importance:
            return "stated"
        return "derived" if self.overall and self.ratings else "equal"

    @property
    def derives(self) -> bool:
        """Whether importance is derived from the overall judgment: as weights, or beside those that are stated."""
        whole = bool(self.overall) and {*self.rated} >= {*self.disciplines}
        return self.weights_from == "derived" or (self.weights_from == "stated" and whole)

    @property
    def rated(self) -> tuple[str, ...]:
        """Names of the disciplines that have ratings."""
        if isinstance(self.ratings, Offers):
            return tuple(self.ratings.columns)
        return tuple(dict.fromkeys(each.discipline for each in self.ratings or () if not each.moment))

    @property
    def _in_moments(self) -> Mapping[str, Mapping[str, Columns]]:
        return self.ratings.moments if isinstance(self.ratings, Offers) else {}

    @property
    def rated_in(self) -> tuple[tuple[str, str], ...]:
        """Moments that have ratings of their own, each with the discipline, in the order of the map."""
        if isinstance(self.ratings, Offers):
            found = [(clean_name(moment), d) for moment, own in self.ratings.moments.items() for d in own]
        else:
            found = [(clean_name(each.moment), each.discipline) for each in self.ratings or () if each.moment]
        return tuple(dict.fromkeys(found))

    @property
    def disciplines(self) -> tuple[str, ...]:
        """Names of the disciplines, in the order of the map."""
        return tuple(dict.fromkeys([*self.importance, *self.rated]))

    @property
    def propositions(self) -> tuple[str, ...]:
        """Names of the propositions of a wide table, in the order of the map; a long one has them in its rows."""
        if self.ratings is None or isinstance(self.ratings, Offers):
            return ()
        return tuple(dict.fromkeys(clean_name(rating.proposition) for rating in self.ratings))


def _texts_in(part: Any) -> Iterator[str]:
    """Every text in a part of a map."""
    if isinstance(part, str):
        yield part
        return
    whole = vars(part) if isinstance(part, BaseModel) else part
    within = (
        whole.values() if isinstance(whole, Mapping) else whole if isinstance(whole, tuple | list) else ()
    )
    for each in within:
        yield from _texts_in(each)


def read_map(roles: SurveyMap | Mapping[str, Any] | str | Path) -> SurveyMap:
    """Map from whatever it is given as: itself, a mapping, or the path of a JSON file.

    Raises
    ------
    StorageError, InvalidFile
        Where there is no such file, or it is no map.
    """
    if isinstance(roles, SurveyMap):
        return roles
    file = ""
    if isinstance(roles, str | Path):
        file = Path(roles).name
        roles = parse_object(read_bytes(Path(roles)), file)
    try:
        return SurveyMap.model_validate(dict(roles))
    except ValidationError as error:
        raise InvalidFile(_problems(error, file)) from None


def _problems(error: ValidationError, file: str) -> list[Problem]:
    own = [item for item in error.errors(include_url=False) if item["type"] == "value_error"]
    if own:
        place = Place(file=file or "the map of the survey")
        return [Problem("SCHEMA", str(item["ctx"]["error"]), "", place) for item in own]
    found = schema_problems(error, SurveyMap)
    return [
        Problem(p.code, p.message, p.mend, Place(file=file or "the map of the survey", path=p.place.path))
        for p in found
    ]
