"""What the sliders of the desk did in the browser, and what of it Python has taken."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from valuemix.errors import EditError
from valuemix.model.moments.edits import with_mixes_in
from valuemix.model.moments.parts import MAX_MOMENTS
from valuemix.model.moments.reweighing import reweighed
from valuemix.model.scenario import Scenario
from valuemix.screen.desk import ALL, SIZES

__all__ = [
    "Desk",
    "Held",
    "Item",
    "Moved",
    "Stepped",
    "Viewed",
    "moment_at",
    "with_moved",
]

Row = Annotated[str, Field(pattern=r"^(all|sizes|\d{1,4})$")]
When = Annotated[int, Field(ge=-1, le=MAX_MOMENTS)]
"""Place of a moment; -1 for all of them together."""

Points = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Item(BaseModel):
    seq: int


class Moved(_Item):
    """A gesture that has ended: points of one segment, of all, or the sizes, and what its sliders show.

    Gestures of the same `anchor` move from where the first of them began; 0 is no other's.
    """

    kind: Literal["points"]
    row: Row
    when: When = -1
    anchor: int = 0
    points: list[list[Points]]
    shown: list[Points]


class Held(_Item):
    """Which sliders of a row are held now."""

    kind: Literal["hold"]
    row: Row
    held: list[int]


class Viewed(_Item):
    """A row was brought into view, or a moment."""

    kind: Literal["view"]
    row: Row
    when: When = -1


class Stepped(_Item):
    """Undo or redo was asked for by a key."""

    kind: Literal["undo", "redo"]


Item = Moved | Held | Viewed | Stepped


class _Commit(BaseModel):
    client: str
    epoch: int
    items: list[Annotated[Item, Field(discriminator="kind")]]


_READ = TypeAdapter(_Commit)


@dataclass
class Desk:
    """What Python and the desk in the browser have agreed on.

    Attributes
    ----------
    epoch, rev : int
        Number of the scenario that is open, and of its changes that the desk did not make. The first one is drawn,
        so that a desk which outlives the server's session takes nothing of the next one for its own.
    client, ack : str and int
        The desk that sent last, and the last of its items that was taken.
    shown : dict
        What the sliders of a row show where that is not their points rounded.
    """

    epoch: int = field(default_factory=lambda: secrets.randbelow(2**32))
    rev: int = 0
    client: str = ""
    ack: int = 0
    shown: dict[str, list[float]] = field(default_factory=dict)
    _anchored: tuple[str, int, Scenario] | None = None
    _opened: object = None
    _known: object = None

    def follow(self, opened: object, known: object) -> None:
        """Count a scenario opened, or a change that the desk did not make."""
        if opened != self._opened:
            self.epoch += 1
        elif known != self._known:
            self.rev += 1
        self._opened, self._known = opened, known

    def knows(self, known: object) -> None:
        """Note what the desk did itself: no news to it."""
        self._known = known

    def start_of(self, anchor: int, scenario: Scenario) -> Scenario:
        """The scenario in which the gestures of an anchor began: this one for the first of them."""
        if not anchor or self._anchored is None or self._anchored[:2] != (self.client, anchor):
            self._anchored = self.client, anchor, scenario
        return self._anchored[2]

    def fresh(self, sent: Any) -> Sequence[Item]:
        """Items of a commit that were not taken before; those for another scenario are dropped."""
        try:
            commit = _READ.validate_python(sent["commit"])
        except (ValidationError, TypeError, KeyError):
            return ()  # nothing yet, or what no desk of ours sends
        if commit.client != self.client:
            self.client, self.ack = commit.client, 0
        items = [item for item in commit.items if item.seq > self.ack]
        if items:
            self.ack = items[-1].seq
        return items if commit.epoch == self.epoch else ()


def with_moved(scenario: Scenario, moved: Moved, start: Scenario | None = None) -> Scenario:
    """Scenario after a gesture of the desk.

    Parameters
    ----------
    scenario : Scenario
        As it is now.
    moved : Moved
        The gesture.
    start : Scenario, optional
        Where its anchor began: moments move from there, so that a slider moved back brings them back.

    Raises
    ------
    EditError
        Where the points do not fit the scenario.
    """
    sent = np.array(moved.points)
    if moved.row == SIZES:
        _check(sent.shape, (1, len(scenario.segments)))
        return scenario.with_sizes(dict(zip(scenario.segment_names, sent[0].tolist(), strict=True)))
    moment = moment_at(scenario, moved.when)
    points = (scenario if moment is None else scenario.at_moment(moment)).points.copy()
    rows = slice(None) if moved.row == ALL else slice(int(moved.row), int(moved.row) + 1)
    _check(sent.shape, points[rows].shape)
    if moment is None:
        points[rows] = sent
        return _weighed_as(scenario, start).with_points(points)
    there = zip(scenario.segment_names[rows], points[rows], sent, strict=True)
    moves = {segment: new.tolist() for segment, old, new in there if (old != new).any()}
    return with_mixes_in(scenario, moment, moves)


def _weighed_as(scenario: Scenario, start: Scenario | None) -> Scenario:
    """A scenario with the weights that another one of the same names has, in moments as well."""
    if start is None or not start.moment_points or _names_of(start) != _names_of(scenario):
        return scenario
    there = zip(scenario.segments, start.segments, strict=True)
    segments = [segment.model_copy(update={"points": before.points}) for segment, before in there]
    return reweighed(scenario, segments, start.moment_points)


def _names_of(scenario: Scenario) -> tuple[tuple[str, ...], ...]:
    """What weights hang on."""
    return scenario.segment_names, scenario.moment_names, scenario.discipline_ids


def moment_at(scenario: Scenario, place: int) -> str | None:
    """Name of the moment in a place; None where there is none, which stands for all of them."""
    return dict(enumerate(scenario.moment_names)).get(place)


def _check(found: tuple[int, ...], wanted: tuple[int, ...]) -> None:
    if found != wanted:
        raise EditError(f"A move of {found} points does not fit the open scenario, which has {wanted}.")
