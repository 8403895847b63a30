"""Sentences: what is said in words alone, each under what it is about."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Sentences"]


@dataclass(frozen=True)
class Sentences:
    """Sentences from top to bottom.

    Attributes
    ----------
    rows : tuple of (str, str)
        What each is about, and the sentence.

    Examples
    --------
    >>> Sentences((("Who leads", "Express leads overall"),)).rows[0][1]
    'Express leads overall'
    """

    rows: tuple[tuple[str, str], ...]
