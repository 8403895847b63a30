"""The scenario: everything that a result depends on, valid or it does not exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike

from valuemix.errors import EditError, UnknownName, shorten
from valuemix.model.content import ATTRIBUTE_FIELDS, Content
from valuemix.model.difference import Difference, diff
from valuemix.model.labelled import aligned
from valuemix.model.moments.edits import means_alone, moved_points, of_moments
from valuemix.model.moments.reweighing import reweighed
from valuemix.model.parts import FELT, VIEWS, Scale
from valuemix.model.score_table import ScoreTable
from valuemix.model.sheets import TABLES_BY_PROPOSITION
from valuemix.model.tabular import axes_of, fields_of_arrays, fields_of_frames, frames_of, table_of
from valuemix.model.weights import TOTAL_POINTS, rounded_points, slider_points
from valuemix.typing import BoolArray, FloatArray

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Scenario"]

Value = TypeVar("Value")


class Scenario(Content):
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
    attributes, attribute_weights, attribute_scores : sequences, optional
        What disciplines are made of, each in a unit of its own. A discipline that has attributes has no
        scores of its own: it takes those that they give.
    moments, moment_shares, moment_points, moment_scores : sequences, optional
        Moments in which a segment meets what is offered, and what it weighs and gets there. Points and
        scores of the scenario are then means over them, and its values those over the moments.
    reasons : sequence of Reason, optional
        Why scores stand as they do; no result depends on them.
    burdens : mapping, optional
        What each proposition costs in each segment: time, worry, effort and money, on the same
        scale, where more is heavier.
    later : mapping, optional
        Points of every segment in the long term, by segment name and discipline id.
    believed_weights : mapping, optional
        Points that the company thinks every segment gives, in the same shape.
    delivery : sequence of Function, optional
        Functions that a promise passes through, in order, and what survives each of them.
    links : sequence of Link, optional
        Who serves whom, and how much the served depend on it.
    settings : Settings
        Compensation, fairness and the bars.
    deck : sequence of Slide, optional
        Exhibits collected for a deck; no result depends on it.
    evidence : Evidence, optional
        What respondents said when their answers were read, with its covariance; see `valuemix.survey`.

    Raises
    ------
    InvalidScenario
        With every problem that was found, each with its place, value, rule and way out.

    Examples
    --------
    >>> from valuemix.model.parts import Proposition, Segment
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

    @classmethod
    def from_arrays(
        cls,
        scores: ArrayLike | pd.DataFrame,
        *,
        points: ArrayLike | pd.Series | pd.DataFrame | None = None,
        sizes: ArrayLike | pd.Series | None = None,
        disciplines: Sequence[str] | None = None,
        segments: Sequence[str] | None = None,
        propositions: Sequence[str] | None = None,
        scale: Scale | tuple[float, float] = (0.0, 10.0),
        name: str = "Scenario",
    ) -> Scenario:
        """Make a scenario of arrays; see `from_frames` for tables with labels.

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
            Labels of pandas count: what has them is put in order by name.

        Raises
        ------
        InvalidScenario
            Where a rule is broken.
        UnknownName, EditError
            Where a label or a shape does not fit.

        Examples
        --------
        >>> Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10]).proposition_names
        ('Proposition 1', 'Proposition 2')
        """
        return cls(
            name=name,
            scale=scale if isinstance(scale, Scale) else Scale(lowest=scale[0], highest=scale[1]),
            **fields_of_arrays(scores, points, sizes, disciplines, segments, propositions),
        )

    @classmethod
    def from_frames(
        cls,
        scores: pd.DataFrame,
        weights: pd.DataFrame | pd.Series | None = None,
        sizes: pd.Series | None = None,
        *,
        like: Scenario | None = None,
        **fields: Any,
    ) -> Scenario:
        """Make a scenario of tables with labels, in any order of rows and columns.

        Parameters
        ----------
        scores : DataFrame
            Wide: a row for each segment and proposition, named by columns or index levels of
            these names, and a column for each discipline. Tidy: columns ``segment``,
            ``proposition``, ``discipline`` and one for the score. Without segments the scores
            hold for every segment; NaN and rows left out are missing scores.
        weights : DataFrame or Series, optional
            Points: a row a segment and a column a discipline, or a Series by discipline for
            every segment; equal by default.
        sizes : Series, optional
            Size by segment; equal by default.
        like : Scenario, optional
            What is not given here is as in this scenario: its name, scale, labels, kinds, settings,
            other tables and so on. Weights and sizes too, which must then be those of the same segments.
        **fields
            Other fields of a scenario; tables such as `low` or `promised` may be frames like `scores`,
            `later` and `believed_weights` ones like `weights`.

        Returns
        -------
        Scenario

        Raises
        ------
        UnknownName, EditError
            Where a label is unknown, stands twice or is missing.
        InvalidScenario
            Where a rule is broken.

        Examples
        --------
        >>> import pandas as pd
        >>> scores = pd.DataFrame(
        ...     {"care": [8, 2], "speed": [4, 5]}, index=pd.Index(["Express", "Green line"], name="proposition"))
        >>> weights = pd.DataFrame({"speed": [20, 70], "care": [80, 30]}, index=["Families", "Business"])
        >>> made = Scenario.from_frames(scores, weights, pd.Series({"Business": 100, "Families": 300}))
        >>> made
        Scenario 'Scenario': 2 propositions, 2 segments, 2 disciplines, scores from 0 to 10
          Families (customer, 75 % of size): care 80 %, speed 20 %
          Business (customer, 25 % of size): care 30 %, speed 70 %
        >>> Scenario.from_frames(**made.to_frames()) == made
        True
        """
        return cls(**fields_of_frames(scores, weights, sizes, like, fields))

    def to_frames(self) -> dict[str, pd.DataFrame | pd.Series]:
        """Tables of the scenario with labels, as `from_frames` takes them.

        Returns
        -------
        dict
            ``scores`` and the other tables of the scenario, wide, indexed by segment and proposition;
            ``weights`` (points), ``later`` and ``believed_weights`` by segment; ``sizes``. Columns are ids of
            disciplines. What is no table, such as settings, comes from `like`:
            ``Scenario.from_frames(**base.to_frames(), like=base) == base``.
        """
        return frames_of(self)

    def replace(self, **changes: Any) -> Scenario:
        """Copy with some fields replaced, checked like any other scenario.

        Raises
        ------
        InvalidScenario
            Where the change breaks a rule.
        """
        return Scenario(**{**{field: getattr(self, field) for field in type(self).model_fields}, **changes})

    def without_attributes(self) -> Scenario:
        """Copy in which the scores that come from attributes stand by themselves, and no value changes."""
        if not self.attributes:
            return self
        own = [table for table in ("scores", "low", "high") if self.table(table) is not None]
        tables = {table: ScoreTable(self.given(table), self.axes) for table in own}
        reasons = tuple(reason for reason in self.reasons if not reason.attribute)
        return self.replace(**dict.fromkeys(ATTRIBUTE_FIELDS, ()), **tables, reasons=reasons)

    def without_moments(self) -> Scenario:
        """Copy in which the means over moments stand by themselves, and no value changes."""
        return means_alone(self)

    def at_moment(self, *moments: str) -> Scenario:
        """Scenario of one moment: its mix, its scores, and segments by size times its share of their contacts.

        Of several moments it holds the means over them.

        Raises
        ------
        UnknownName
            Where there is no such moment.
        EditError
            Where no segment has contacts of this kind.

        Examples
        --------
        >>> from valuemix.model.moments.parts import Moment, MomentScore
        >>> base = Scenario.from_arrays([[8, 2]], segments=["Families"], propositions=["Express"]).replace(
        ...     moments=[Moment(name="Order"), Moment(name="Fault")],
        ...     moment_scores=[MomentScore(proposition="Express", moment="Fault", scores={"discipline_1": 4})])
        >>> base.array("scores").round(9).tolist(), base.at_moment("Fault").array("scores").tolist()
        ([[[6.0, 2.0]]], [[[4.0, 2.0]]])
        """
        return of_moments(self, moments)

    def renamed(self, name: str) -> Scenario:
        """Copy under another name."""
        return self.replace(name=name)

    def with_points(self, points: ArrayLike | pd.Series | pd.DataFrame) -> Scenario:
        """Copy with all points replaced.

        Parameters
        ----------
        points : array_like, shape (G, D) or (D,); Series or DataFrame
            Points of every segment, 0 or more; those with labels are put in order by name. A segment with
            points of its own in some moments gets them as its mean: each moment moves its share of the way.

        Raises
        ------
        UnknownName, EditError
            Where a label or the shape does not fit.
        """
        array = aligned("points", points, *axes_of(self, "segment", "discipline"))
        moved, array = moved_points(self, array)
        rows = (dict(zip(self.discipline_ids, row, strict=True)) for row in array.tolist())
        each = zip(self.segments, rows, strict=True)
        segments = [segment.model_copy(update={"points": row}) for segment, row in each]
        return reweighed(self, segments, moved)

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
        named = _named(points, more_points)
        given = {self.discipline_index(name): float(value) for name, value in named.items()}
        array = self.points.copy()
        for row in self.rows(segment):
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
        segments = [*self.segments]
        for name, size in _named(sizes, more_sizes).items():
            place = self.segment_index(name)
            segments[place] = segments[place].model_copy(update={"size": float(size)})
        return reweighed(self, segments)

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
        place, rows = self.proposition_index(proposition), self.rows(segment)
        array = self.given("scores").copy()
        for name, value in _named(scores, more_scores).items():
            array[rows, place, self.discipline_index(name)] = np.nan if value is None else value
        return self.with_table("scores", array)

    def with_table(self, table: str, array: ArrayLike | pd.DataFrame | None) -> Scenario:
        """Copy with one whole table replaced.

        Parameters
        ----------
        table : {"scores", "low", "high", "promised", "believed", "burdens"}
            Which one.
        array : array_like, shape (G, P, D), DataFrame, or None
            On the scenario's scale, NaN where missing; a frame as in `from_frames`, whose labels count.
            None removes an optional table.

        Raises
        ------
        UnknownName, EditError
            Where there is no such table, or a label or the shape does not fit.
        """
        if table not in TABLES_BY_PROPOSITION:
            raise UnknownName("table", table, TABLES_BY_PROPOSITION)
        axes = axes_of(self, "segment", "proposition", "discipline")
        return self.replace(**{table: None if array is None else table_of(table, array, axes)})

    def scored(self, segment: str | None = None) -> BoolArray:
        """Whether each proposition has any score, shape (P,): in one segment, or in any of them.

        Raises
        ------
        UnknownName
            Where the segment does not exist.

        Examples
        --------
        >>> Scenario.from_arrays([[8, None], [None, None]]).scored()
        array([ True, False])
        """
        scores = self.array("scores")[self.rows(segment)]
        return np.asarray(~np.isnan(scores).all(axis=(0, 2)))

    def scores_as(self, view: str) -> FloatArray:
        """Scores as they are felt, promised or believed, shape (G, P, D); NaN where missing.

        Raises
        ------
        UnknownName
            Where there is no such view.
        EditError
            Where the scenario has no such table.
        """
        if view == FELT:
            return self.array("scores")
        if view not in VIEWS:
            raise UnknownName("view", view, VIEWS)
        if self.table(view) is None:
            raise EditError(f"there are no {view} scores; fill in the sheet {view.capitalize()}")
        return self.array(view)

    def seen_as(self, view: str) -> Scenario:
        """Copy in which the promised or the believed scores count in place of the felt ones.

        A score that was not promised is missing there, and counts like any missing score. The
        ranges of the felt scores are left out: they say nothing about the others.

        Parameters
        ----------
        view : {"felt", "promised", "believed"}
            Whose scores; "felt" gives the scenario itself.

        Raises
        ------
        EditError
            Where the scenario has no such table, or where it is blank for a proposition in a segment.

        Examples
        --------
        >>> base = Scenario.from_arrays([[5, 5]], segments=["Families"], propositions=["Express"])
        >>> base.with_table("promised", [[[9, 8]]]).seen_as("promised").array("scores")
        array([[[9., 8.]]])
        >>> base.seen_as("believed")
        Traceback (most recent call last):
        valuemix.errors.EditError: there are no believed scores; fill in the sheet Believed
        """
        if view == FELT:
            return self
        blank = np.argwhere(np.isnan(self.scores_as(view)).all(axis=-1))
        if len(blank):
            g, p = blank[0]
            whose = f"{shorten(self.proposition_names[p])!r} in {shorten(self.segment_names[g])!r}"
            raise EditError(
                f"there is no {view} score of {whose}; fill it in on the sheet {view.capitalize()}"
            )
        bare = self.without_moments().without_attributes()
        return bare.replace(scores=self.table(view), low=None, high=None, reasons=())

    def with_settings(self, **settings: Any) -> Scenario:
        """Copy with some settings replaced: compensation, fairness, the bars, seed."""
        return self.replace(settings={**dict(self.settings), **settings})

    def diff(self, other: Scenario) -> tuple[Difference, ...]:
        """Everything that differs in another scenario, cell by cell; see `valuemix.model.difference.diff`."""
        return diff(self, other)

    def __repr__(self) -> str:
        words = ("proposition", "segment", "discipline")
        numbers = [(len(getattr(self, f"{word}s")), word) for word in words]
        counts = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in numbers)
        missing = int(np.isnan(self.array("scores")).sum())
        gap = f" ({missing} of {self.array('scores').size} missing)" if missing else ""
        scale = f"scores from {self.scale.lowest:g} to {self.scale.highest:g}"
        lines = [f"Scenario {self.name!r}: {counts}, {scale}{gap}"]
        sizes = rounded_points(self.sizes.tolist())
        for segment, size, row in zip(self.segments, sizes, self.weights.tolist(), strict=True):
            points = zip(self.discipline_names, slider_points(row), strict=True)
            weights = ", ".join(f"{name} {part:g} %" for name, part in points)
            lines.append(f"  {segment.name} ({segment.kind}, {size} % of size): {weights}")
        return "\n".join(lines)

    __str__ = __repr__


def _named(given: Mapping[str, Value] | None, more: Mapping[str, Value]) -> dict[str, Value]:
    """What was given by name, in a mapping and as keywords."""
    return {**({} if given is None else given), **more}


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
