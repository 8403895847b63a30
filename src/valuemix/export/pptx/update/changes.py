"""What an update changed, kept and left, as it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

__all__ = ["Change", "State", "summary_of"]

State = Literal["updated", "kept", "left"]


@dataclass(frozen=True)
class Change:
    """One thing that an update did, or did not do.

    Attributes
    ----------
    slide : int
        Number of the slide.
    exhibit : str or None
        Kind of exhibit; None where the slide is not ours.
    what : str
        Part of the slide.
    state : str
        ``"updated"``; ``"kept"``, where people had changed it by hand; ``"left"``, where it could not be updated.
    before, after : str
        Words in the file, and as they are now computed; empty where it is no text.
    """

    slide: int
    exhibit: str | None
    what: str
    state: State
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """One line for a terminal."""
        told = {
            "updated": f"{self.before} -> {self.after}" if self.before or self.after else "updated",
            "kept": f"kept as it was changed by hand: {self.before or 'blank'} (computed: {self.after or 'blank'})",
            "left": f"left as it is: {self.after}",
        }[self.state]
        return f"Slide {self.slide}, {self.exhibit or 'not ours'}, {self.what}: {told}"


def summary_of(changes: Sequence[Change]) -> str:
    """How much was changed, in one sentence.

    Examples
    --------
    >>> summary_of([Change(2, "ranking", "title", "updated"), Change(2, "ranking", "Table", "kept")])
    '1 part updated on 1 slide; 1 kept as changed by hand; 0 left.'
    """
    counts = {state: sum(each.state == state for each in changes) for state in ("updated", "kept", "left")}
    slides = len({each.slide for each in changes if each.state == "updated"})
    pairs = ((counts["updated"], "part"), (slides, "slide"))
    parts, pages = (f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in pairs)
    return f"{parts} updated on {pages}; {counts['kept']} kept as changed by hand; {counts['left']} left."
