"""What the shapes of a deck say, whoever saved it: words as they read, numbers as they are held."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.identity.package import RELATIONS, Package, parsed
from valuemix.export.pptx.identity.tokens import key_of

__all__ = [
    "Said", "chart_of", "hash_of", "hashes_of", "is_title", "name_of", "notes_body", "said_in", "shapes_of",
    "words_of",
]  # fmt: skip

Said = list[Any]
"""What one shape says: words by paragraph, words by cell, or series with their numbers."""

_SHAPES = tuple(map(qn, ("p:sp", "p:graphicFrame", "p:cxnSp")))
_TITLES = ("title", "ctrTitle")


def hashes_of(package: Package) -> dict[str, str]:
    """Hashes of what all slides with marks say: by token and part, of title and notes by the token of the slide."""
    found = {}
    for slide in package.slides():
        said = said_in(package, slide)
        tokens = [own[:9] for own in said if own.startswith("vm-")]
        for own, (first, *_) in said.items():
            if tokens:
                found[own if own.startswith("vm-") else f"{tokens[0]}-{own}"] = hash_of(first)
    return found


def hash_of(said: Said) -> str:
    """Hash of what a shape says."""
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def said_in(package: Package, slide: str) -> dict[str, list[Said]]:
    """What is said on a slide, by token and part; of its title and its notes by these words. Copies are all told."""
    found: dict[str, list[Said]] = {}
    for shape in shapes_of(parsed(package[slide])):
        own = "title" if is_title(shape) else key_of(name_of(shape))
        if own:
            found.setdefault(own, []).append(_said(package, slide, shape))
    notes = package.related(slide, "notesSlide")
    body = notes_body(parsed(package[notes])) if notes else None
    return found if body is None else found | {"notes": [words_of(body)]}


def shapes_of(root: Any) -> Iterator[Any]:
    """All shapes of a slide, those in groups as well."""
    return root.iter(*_SHAPES)  # type: ignore[no-any-return]


def name_of(shape: Any) -> str:
    """Name of a shape."""
    own = shape.find(f"./*/{qn('p:cNvPr')}")
    return "" if own is None else str(own.get("name", ""))


def is_title(shape: Any) -> bool:
    """Whether a shape is the title of its slide."""
    own = shape.find(f"./*/{qn('p:nvPr')}/{qn('p:ph')}")
    return own is not None and own.get("type") in _TITLES


def notes_body(root: Any) -> Any:
    """The text of speaker notes; None where there is none."""
    for shape in shapes_of(root):
        own = shape.find(f"./*/{qn('p:nvPr')}/{qn('p:ph')}")
        if own is not None and own.get("type") == "body":
            return shape.find(qn("p:txBody"))
    return None


def chart_of(package: Package, slide: str, shape: Any) -> str:
    """Part of the chart that a shape shows; empty where it shows none."""
    own = shape.find(f".//{qn('c:chart')}")
    rel_id = None if own is None else own.get(f"{{{RELATIONS}}}id")
    return package.relations(slide).get(rel_id or "", ("", ""))[1]


def words_of(element: Any) -> list[str]:
    """Words of each paragraph, with blanks as one blank each; page numbers are left out."""
    return [
        " ".join("".join(run.findtext(qn("a:t")) or "" for run in paragraph.iter(qn("a:r"))).split())
        for paragraph in element.iter(qn("a:p"))
    ]


def _said(package: Package, slide: str, shape: Any) -> Said:
    chart = chart_of(package, slide, shape)
    if chart:
        return _said_by_chart(parsed(package[chart])) if chart in package else []
    cells = [[" ".join(words_of(cell)) for cell in row.iter(qn("a:tc"))] for row in shape.iter(qn("a:tr"))]
    return cells or words_of(shape)


def _said_by_chart(root: Any) -> Said:
    """Series by name with their points and labels, then the words of axes and headings."""
    series = [
        [
            " ".join(text.text or "" for text in own.findall(f"{qn('c:tx')}//{qn('c:v')}")),
            *(_points(own.find(qn(tag))) for tag in ("c:cat", "c:val", "c:xVal", "c:yVal", "c:bubbleSize")),
            sorted(_labels(own)),
        ]
        for own in root.iter(qn("c:ser"))
    ]
    titles = sorted(" ".join(words_of(title)) for title in root.iter(qn("c:title")))
    return [*sorted(series, key=json.dumps), titles]


def _labels(series: Any) -> Iterator[tuple[int, list[str]]]:
    """Labels that are written out, by the places of their points."""
    for label in series.iter(qn("c:dLbl")):
        words = [line for line in words_of(label) if line]
        if words:
            yield int(label.find(qn("c:idx")).get("val")), words


def _points(holder: Any) -> list[tuple[int, str]]:
    """Numbers or names of points by their places; none where there are gaps."""
    points = [] if holder is None else holder.iter(qn("c:pt"))
    found = ((int(point.get("idx")), _plain(point.findtext(qn("c:v")) or "")) for point in points)
    return sorted((place, text) for place, text in found if text not in ("", "nan"))


def _plain(text: str) -> str:
    """A number in nine figures; any other text as it is."""
    try:
        number = float(text)
    except ValueError:
        return " ".join(text.split())
    return f"{number:.9g}" if math.isfinite(number) else "nan"
