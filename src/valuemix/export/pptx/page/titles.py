"""Findings as titles: one font size in a deck, and what is too long for it goes on in the subtitle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from pptx.util import Pt

from valuemix.export.pptx.page.page_layout import Heading
from valuemix.export.pptx.page.text import cut_to, lines_of, room

__all__ = ["set_heading", "split_finding", "title_size"]

_SMALLER = (44, 40, 36, 32, 28, 24, 22, 20, 18)
"""Font sizes to try in points; below them a title is none."""

_CLAUSE = re.compile(
    r"(?<=[;:]) | (?=[–—] )|(?<=\.) (?=[A-Z])"
    r"|(?<=,) (?=(?:against|as|because|but|from(?! [0-9])|hardly|if|so|then|though|when|where|which|while|with)\b)"
)
"""Where a sentence may be parted: never inside a list."""


def title_size(heading: Heading, findings: Iterable[str]) -> float:
    """Font size of all titles of a deck: that of the template where all findings fit, else a smaller one."""
    texts = list(findings)
    sizes = [heading.size, *(size for size in _SMALLER if size < heading.size)]
    least = ([size for size in sizes if _room(heading, size) >= 2] or sizes)[-1]
    return next((size for size in sizes if all(_fits(heading, text, size) for text in texts)), least)


def split_finding(heading: Heading, finding: str, size: float) -> tuple[str, str]:
    """A title that fits, and the clauses for which there is no room.

    What cannot be parted is cut with an ellipsis; the notes of the slide hold all of it.
    """
    if _fits(heading, finding, size):
        return finding, ""
    for start, rest in _parted(finding):
        if _fits(heading, start, size):
            return start, rest
    most = _room(heading, size)
    return cut_to(finding, heading.box.width_points, size, most, bold=heading.bold, broad=heading.broad), ""


def set_heading(shape: Any, heading: Heading, text: str, size: float) -> None:
    """Write a heading into its placeholder, with the margins that its layout gives it."""
    shape.text_frame.text = text
    body = shape.text_frame._txBody.bodyPr  # noqa: SLF001 -- python-pptx has no words for inherited margins
    for side, length in heading.insets.items():
        body.set(side, str(length))
    if abs(size - heading.size) > 1e-9:
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(size)


def _parted(finding: str) -> Iterator[tuple[str, str]]:
    """A sentence parted before its last clause, before the last but one, and so on.

    Examples
    --------
    >>> for start, rest in _parted("Express leads by 1.0: speed and care add 1.4, while price takes 0.4"):
    ...     print(start, "|", rest)
    Express leads by 1.0: speed and care add 1.4 | While price takes 0.4
    Express leads by 1.0 | Speed and care add 1.4, while price takes 0.4
    """
    for found in reversed(list(_CLAUSE.finditer(finding))):
        start, rest = finding[: found.start()].rstrip(" ;:,"), finding[found.end() :].lstrip("–— ")
        yield start, rest[:1].upper() + rest[1:]


def _fits(heading: Heading, text: str, size: float) -> bool:
    most = _room(heading, size)
    width = heading.box.width_points
    return lines_of(text, width, size, bold=heading.bold, broad=heading.broad, most=most + 1) <= most


def _room(heading: Heading, size: float) -> int:
    """Lines that a heading may take."""
    return min(room(heading.box, size, heading.line), heading.lines)
