"""What is looked at in a browser tab: segment, scenarios beside it, slide; and what is told of the last action."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from valuemix.errors import ValuemixError, briefly
from valuemix.ui.session.state import value

__all__ = ["Told", "View", "action", "as_text"]


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
            self.told.message = briefly(error)

    return guarded


NOT_CHOSEN = ("scenario", "tab", "w")
"""Names in the address that say what is open, and not what is looked at."""


def as_text(choice: Any) -> str:
    """A choice as it stands in the address; several are parted by what no file name holds."""
    if isinstance(choice, bool | float):
        return f"{choice:.12g}"
    return "/".join(choice) if isinstance(choice, list | tuple) else str("" if choice is None else choice)


@dataclass
class View:
    """What is looked at.

    Attributes
    ----------
    segment : str or None
        The segment in view; None for all of them.
    chosen : dict of str to str
        What was chosen on pages, as it stands in the address, by page and name (``customers-part``).
    slide : int
        Place of the slide of the deck that is looked at.
    next_page : str
        Address of the page that is opened next; mostly blank.
    told : Told
        What came of the last action.
    said : dict of str to str
        Sources and notes that stand on the page already, each with the key of the exhibit that they stand under.
    """

    segment: str | None = None
    chosen: dict[str, str] = field(default_factory=dict)
    slide: int = 0
    next_page: str = ""
    told: Told = field(default_factory=Told)
    said: dict[str, str] = field(default_factory=dict)
    _arrived: bool = False

    @action
    def choose(self, key: str, name: str = "") -> None:
        """Choose something on a page, in the widget of the key; an emptied widget chooses nothing else."""
        chosen = value(key)
        if chosen is not None:
            self.chosen[name or key] = as_text(chosen)

    def arrive(self, page: str, address: Mapping[str, str], segments: Sequence[str]) -> None:
        """Take what the address of a new tab chooses on the page that it opens; it is data, and checked on use."""
        if self._arrived:
            return
        self._arrived = True
        wanted = dict(address)
        segment = wanted.pop("segment", None)
        self.segment = segment if segment in segments else None
        self.chosen = {f"{page}-{name}": text for name, text in wanted.items() if name not in NOT_CHOSEN}

    def address(self, page: str) -> dict[str, str]:
        """What is chosen on a page, as its address says it."""
        start = f"{page}-"
        own = {key.removeprefix(start): text for key, text in self.chosen.items() if key.startswith(start)}
        return {"segment": self.segment or "", **own}

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
