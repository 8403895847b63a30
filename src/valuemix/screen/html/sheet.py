"""A sheet as it came in, each cell coloured by what it was taken for and each line named by it in words."""

from __future__ import annotations

from pathlib import Path

from valuemix.errors import visible
from valuemix.files.recognition.seen import LEFT_OUT, SeenCell, SeenLine, SeenSheet
from valuemix.screen.html.markup import Markup, element
from valuemix.screen.skins import SKINS

__all__ = ["role_words", "sheet_css", "sheet_html"]

_LOOKS = {
    "option": "option", "criterion": "criterion", "weight": "weight", "size": "weight", "survey weight": "weight",
    "segment": "who", "rater": "who", "respondent": "who", "group": "who", "score": "score", "unit": "none",
    "direction": "none", "": "none",
}  # fmt: skip
_WORDS = {
    "weight": "weights", "size": "sizes", "survey weight": "survey weights", "score": "scores", "rater": "who scored",
    "respondent": "who answered", "direction": "which is better",
}  # fmt: skip
_MOST = 60
"""Characters of a cell that are shown."""


def role_words(role: str) -> str:
    """What a line was taken for, in words.

    Examples
    --------
    >>> role_words("weight"), role_words("total"), role_words("")
    ('weights', 'total, left out', '')
    """
    if role in LEFT_OUT and role != "left out":
        return f"{role}, left out"
    return _WORDS.get(role, role)


def sheet_css() -> str:
    """Rules that a page with sheets needs."""
    light, dark = SKINS["light"], SKINS["dark"]
    names = ("ink", "muted", "faint", "ground")
    colors = [f"--{name}:light-dark({getattr(light, name)},{getattr(dark, name)})" for name in names]
    own = Path(__file__).with_name("sheet.css").read_text(encoding="utf-8")
    return f".vm-sheet{{{';'.join(colors)}}}\n{own}"


def sheet_html(sheet: SeenSheet) -> Markup:
    """Sheet in a box that scrolls, with its letters and numbers, and what each line was taken for.

    Parameters
    ----------
    sheet : SeenSheet

    Returns
    -------
    Markup
        Every text escaped.

    Examples
    --------
    >>> from valuemix.files.recognition.seen import SeenCell, SeenLine, SeenSheet
    >>> row = SeenLine("1", "option"), (SeenCell("R&D", "option"),)
    >>> '<td class="option name">R&amp;D</td>' in sheet_html(SeenSheet("Offers", (SeenLine("A", ""),), (row,)))
    True
    """
    caption = f"{visible(sheet.title)}, with what each row and column was taken for"
    rows = [
        element(
            "tr", _head(line, "row"), *(_cell(*pair, line) for pair in zip(cells, sheet.columns, strict=True))
        )
        for line, cells in sheet.rows
    ]
    inside = element(
        "table",
        element("caption", caption),
        element("thead", element("tr", element("th", ""), *(_head(line, "col") for line in sheet.columns))),
        element("tbody", *rows),
    )
    return element("div", inside, class_="vm-sheet", tabindex="0", role="group", aria_label=caption)


def _head(line: SeenLine, scope: str) -> Markup:
    words = ", ".join(filter(None, (role_words(line.role), line.said)))
    said = [element("small", words)] if words else []
    return element("th", line.place, *said, scope=scope, class_=_look(line.role) if words else False)


def _cell(cell: SeenCell, column: SeenLine, row: SeenLine) -> Markup:
    """A cell; what neither its row nor its column says of it, it says itself, and not by its colour alone."""
    text = visible(cell.text)
    if cell.role == "no score":
        return element("td", text, element("small", f" {cell.role}"), class_="missing")
    is_told = cell.role in ("", "score", row.role, column.role)
    said = [] if is_told else [element("span", role_words(cell.role), class_="told")]
    is_name = cell.role in ("option", "criterion", "segment", "rater", "respondent", "group")
    classes = [_look(cell.role), "name" * is_name, "number" * _is_number(text)]
    shown = text[:_MOST] + "…" * (len(text) > _MOST)
    return element("td", shown, *said, class_=" ".join(filter(None, classes)))


def _look(role: str) -> str:
    return "out" if role in LEFT_OUT else _LOOKS.get(role, "none")


def _is_number(text: str) -> bool:
    """Whether a text looks like a number, which stands right."""
    return (
        bool(text) and all(c.isdigit() or c in "+-−.,%' \u00a0" for c in text) and any(map(str.isdigit, text))
    )
