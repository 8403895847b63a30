"""Tables in Markdown: bars between the cells, and a rule of dashes below the heads."""

from __future__ import annotations

import csv
import io
import re

__all__ = ["BAR", "from_markdown"]

BAR = "|"
_RULE = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?")
_EMPHASIS = re.compile(r"(\*\*|__|`)(.+?)\1")


def from_markdown(text: str) -> str | None:
    """Text of a Markdown table as a csv file with bars, a line for each line; None where it has no such table.

    Parameters
    ----------
    text : str

    Examples
    --------
    >>> from_markdown("## Offers\\n| | **Speed** |\\n|---|:-:|\\n| A | 3 |\\n")
    'Offers\\n|Speed\\n\\nA|3\\n'
    >>> from_markdown("a,b\\n1,2\\n") is None
    True
    """
    lines = text.splitlines()
    if not any(map(_RULE.fullmatch, lines)):
        return None
    out = io.StringIO()
    writer = csv.writer(out, delimiter=BAR, lineterminator="\n")
    for line in lines:
        writer.writerow([] if _RULE.fullmatch(line) else _cells(line))
    return out.getvalue()


def _cells(line: str) -> list[str]:
    """Cells of a row; any other line is one cell."""
    bare = line.strip()
    inside = bare.removeprefix(BAR).removesuffix(BAR) if bare.startswith(BAR) else bare.lstrip("#> ")
    cells = re.split(r"(?<!\\)\|", inside)
    return [_EMPHASIS.sub(r"\2", cell.strip()).replace(r"\|", BAR) for cell in cells] if bare else []
