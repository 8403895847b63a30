"""What is looked at in a browser tab: segment, scenarios beside it, slide; and what is told of the last action."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from valuemix.errors import ValuemixError
from valuemix.ui.session.state import value

__all__ = ["Told", "View", "action"]


@dataclass
class Told:
    """What to tell the user: a mistake, and something that worked; and what is done first of all."""

    message: str = ""
    done: str = ""
    first: Callable[[], None] = lambda: None


class Telling(Protocol):
    """Anything with actions."""

    @property
    def told(self) -> Told:
        """Where they tell what came of them."""


def action(method: Callable[..., str | None]) -> Callable[..., None]:
    """Make a method a callback: what it returns is told, a user's mistake too, and a bug stays loud in the log."""

    @functools.wraps(method)
    def guarded(self: Telling, *args: Any, **kwargs: Any) -> None:
        self.told.message = self.told.done = ""
        self.told.first()  # callbacks run in the order of widgets: what was moved before this came first
        try:
            self.told.done = method(self, *args, **kwargs) or ""
        except ValuemixError as error:
            self.told.message = str(error)

    return guarded


@dataclass
class View:
    """What is looked at.

    Attributes
    ----------
    segment : str or None
        The segment in view; None for all of them.
    compared : tuple of str
        Ids of the scenarios that the open one is compared with.
    slide : int
        Place of the slide of the deck that is looked at.
    next_page : str
        Address of the page that is opened next; mostly blank.
    told : Told
        What came of the last action.
    """

    segment: str | None = None
    compared: tuple[str, ...] = ()
    slide: int = 0
    next_page: str = ""
    told: Told = field(default_factory=Told)

    @action
    def choose_compared(self, key: str) -> None:
        """Compare the open scenario with others, by their ids."""
        self.compared = tuple(value(key) or ())

    @action
    def choose_segment(self, key: str, names: Sequence[str]) -> None:
        """Bring one of these segments into view, by its place; all of them for −1."""
        place = value(key)
        self.segment = None if place is None or place < 0 else names[place]

    @action
    def choose_slide(self, key: str) -> None:
        """Look at another slide of the deck, by its place."""
        chosen = value(key)
        # A list that was drawn before the deck changed sends a label that is gone.
        self.slide = chosen if isinstance(chosen, int) else self.slide
