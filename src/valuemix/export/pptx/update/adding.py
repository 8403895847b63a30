"""Slides that are added to a deck which people have edited: further pages of an exhibit, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.identity.meaning import said_in
from valuemix.export.pptx.identity.package import RELATIONS, Package, parsed, written
from valuemix.export.pptx.identity.tokens import token_of
from valuemix.export.pptx.update.anew import Anew, Page, tokens_in
from valuemix.export.pptx.update.changes import Change

__all__ = ["add_pages", "put_slide"]

_KIND = "application/vnd.openxmlformats-officedocument.presentationml"
_SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"


def add_pages(package: Package, base: Anew, ours: Anew, changes: Sequence[Change]) -> list[Change]:
    """Add the slides that exhibits take more than before, each after the one before it; pages deleted stay deleted.

    Returns
    -------
    list of Change
        Those given, with the numbers that their slides have now, and one for each added slide.
    """
    told = [*changes]
    for before, page, kind in _further(base, ours):
        tokens = [tokens_in(said_in(package, name)) for name in package.slides()]
        place = next((n for n, own in enumerate(tokens, 1) if before in own), 0)
        if place:
            after = package.slides()[place - 1]
            put_slide(package, ours.package, page.name, after, package.related(after, "slideLayout"))
            told = [replace(each, slide=each.slide + (each.slide > place)) for each in told]
            told.append(
                Change(place + 1, kind, "slide", "updated", "no such slide", " ".join(page.of("title") or []))
            )
    return sorted(told, key=lambda each: each.slide)


def _further(base: Anew, ours: Anew) -> Iterator[tuple[str, Page, str]]:
    """Pages that exhibits take more than before, with the token of the page before and the kind."""
    for slide in ours.data.slides:
        for number in count(1):
            before, token = token_of(slide, number - 1), token_of(slide, number)
            if token not in ours.pages:
                break
            if token not in base.pages and token_of(slide) in base.pages:
                yield before, ours.pages[token], slide.exhibit


def put_slide(package: Package, made: Package, own: str, after: str, layout: str) -> None:
    """Put a slide of another file, with its notes, on a layout of a deck.

    Parameters
    ----------
    package : Package
        The deck, which is changed.
    made : Package
        Where the slide is from; it shows nothing that is a part of its own.
    own, after : str
        Part of the slide there, and of the slide here that it follows.
    layout : str
        Part of the layout here.
    """
    start, name = package.related("", "officeDocument"), _free(package, "slides/slide")
    package.add(name, made[own], f"{_KIND}.slide+xml")
    package.relate(name, "slideLayout", layout)
    _list(package, start, package.relate(start, "slide", name), after)
    notes, master = made.related(own, "notesSlide"), package.related(start, "notesMaster")
    if notes and master:
        other = _free(package, "notesSlides/notesSlide")
        package.add(other, made[notes], f"{_KIND}.notesSlide+xml")
        package.relate(other, "notesMaster", master)
        package.relate(other, "slide", name)
        package.relate(name, "notesSlide", other)


def _free(package: Package, kind: str) -> str:
    """Name of a part that is not taken."""
    return next(name for name in (f"ppt/{kind}{n}.xml" for n in count(1)) if name not in package)


def _list(package: Package, start: str, rel_id: str, after: str) -> None:
    """List a slide after another one, and in its section."""
    root = parsed(package[start])
    listed: Any = root.find(qn("p:sldIdLst"))
    new = str(max([255, *(int(each.get("id")) for each in listed)]) + 1)
    parts = {own: part for own, (_, part) in package.relations(start).items()}
    last = next(each for each in listed if parts.get(each.get(f"{{{RELATIONS}}}id")) == after)
    last.addnext(root.makeelement(qn("p:sldId"), {"id": new, qn("r:id"): rel_id}))
    for own in [each for each in root.iter(_SECTION) if each.get("id") == last.get("id")]:
        own.addnext(own.makeelement(_SECTION, {"id": new}))
    package.changed[start] = written(root)
