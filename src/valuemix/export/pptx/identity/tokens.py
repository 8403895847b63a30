"""Marks at the end of the names of shapes: which exhibit a shape shows, wherever people move it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pptx.slide import Slide as Page

from valuemix.model.parts import Slide

__all__ = ["COVERS", "key_of", "mark", "token_in", "token_of"]

COVERS = ("opening", "agenda", "appendix")
"""What title slides are marked as."""

_MARK = re.compile(r" - (vm-[a-z2-7]{6})(?:-([a-z]\d+))?$")
_SLIDE_NUMBER = "Slide number"


def token_of(slide: Slide | str, page: int = 0) -> str:
    """Token of an exhibit with its options, the same wherever it stands; of a title slide by its name.

    Parameters
    ----------
    slide : Slide or str
        What is shown.
    page : int
        Which of its pages, from 0, where it takes several.

    Examples
    --------
    >>> token_of(Slide(exhibit="ranking")), token_of(Slide(exhibit="ranking"), 1)
    ('vm-yufrro', 'vm-r2ez2e')
    """
    text = slide if isinstance(slide, str) else slide.model_dump_json()
    digest = hashlib.sha256(f"{text} {page}".encode()).digest()
    return "vm-" + base64.b32encode(digest[:4]).decode().lower()[:6]


def token_in(name: str) -> tuple[str, str]:
    """Token and part of a shape by its name; both empty where it has none.

    Examples
    --------
    >>> token_in("Source - vm-7k3f6a-s1"), token_in("Chart ranking - vm-7k3f6a"), token_in("Text 3")
    (('vm-7k3f6a', 's1'), ('vm-7k3f6a', ''), ('', ''))
    """
    found = _MARK.search(name)
    return (found[1], found[2] or "") if found else ("", "")


def key_of(name: str) -> str:
    """Token and part of a shape in one word; empty where it has none.

    Examples
    --------
    >>> key_of("Source - vm-7k3f6a-s1"), key_of("Text 3")
    ('vm-7k3f6a-s1', '')
    """
    return "-".join(filter(None, token_in(name)))


def mark(pages: Sequence[Page], shown: Slide | str) -> None:
    """Mark the shapes of the slides of one exhibit: its chart or table, and its parts by letter and number."""
    for place, page in enumerate(pages):
        token = token_of(shown, place)
        used: Counter[str] = Counter()
        for shape in _own(page.shapes, placeholders=isinstance(shown, str) and shown != "agenda"):
            letter = "" if shape.has_chart or shape.has_table else _letter(shape.name)
            used[letter] += 1
            shape.name += f" - {token}" + (f"-{letter}{used[letter]}" if letter else "")


def _letter(name: str) -> str:
    first = name[:1].lower()
    return first if "a" <= first <= "z" else "x"


def _own(shapes: Iterable[Any], *, placeholders: bool) -> list[Any]:
    """Shapes that are a slide's own; of an exhibit or an agenda placeholders are the page's."""
    return [
        each for each in shapes if (placeholders or not each.is_placeholder) and each.name != _SLIDE_NUMBER
    ]
