"""One slide brought up to date: shapes by their marks, then its title and its notes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.identity.deck_data import DeckData
from valuemix.export.pptx.identity.meaning import (
    chart_of,
    is_title,
    name_of,
    notes_body,
    shapes_of,
    words_of,
)
from valuemix.export.pptx.identity.package import Package, parsed, written
from valuemix.export.pptx.identity.tokens import key_of
from valuemix.export.pptx.update.anew import Page, tokens_in
from valuemix.export.pptx.update.books import update_book
from valuemix.export.pptx.update.changes import Change
from valuemix.export.pptx.update.charts import merge_chart
from valuemix.export.pptx.update.looks import Same
from valuemix.export.pptx.update.tables import merge_table
from valuemix.export.pptx.update.words import merge_lines, merge_text

__all__ = ["Edit", "merge_page"]

_TABLE, _BODY = qn("a:tbl"), qn("p:txBody")
_NEAR = 12_700
"""Lengths in EMU that are taken for equal: programs round them."""


@dataclass(frozen=True)
class Edit:
    """One exhibit on one slide of a deck, which is changed, beside its page as it was and as it is now."""

    package: Package
    name: str
    root: Any
    base_package: Package
    ours_package: Package
    base: Page
    ours: Page
    data: DeckData
    same: Same
    place: int
    kind: str
    changes: list[Change]

    def tell(self, what: str, before: str, after: str) -> None:
        """List what was kept."""
        self.changes.append(Change(self.place, self.kind, what, "kept", before, after))

    def updated(self, what: str, before: str = "", after: str = "") -> None:
        """List what was updated."""
        self.changes.append(Change(self.place, self.kind, what, "updated", before, after))


def merge_page(edit: Edit, said: dict[str, list[Any]]) -> None:
    """Bring an exhibit on a slide up to date, and the title and notes of the slide where it is all there."""
    old, new = _by_key(edit.base_package, edit.base), _by_key(edit.ours_package, edit.ours)
    whole = edit.base.is_whole(said) or not tokens_in(said)
    marked = [(shape, key) for shape, key in _marked(edit) if key in old]
    if whole:
        _titles(edit)
    for shape, key in marked:
        _shape(edit, key, old[key], new.get(key), shape)
    if whole:
        for key in sorted(new.keys() - old.keys() - said.keys()):
            _add(edit, new[key])
        _notes(edit)


def _by_key(package: Package, page: Page) -> dict[str, Any]:
    return {
        key_of(name_of(shape)): shape
        for shape in shapes_of(parsed(package[page.name]))
        if key_of(name_of(shape)) and not is_title(shape)
    }


def _marked(edit: Edit) -> Iterator[tuple[Any, str]]:
    """Shapes of the exhibit with their keys; of a title slide whose places were renamed, the text below the title."""
    own = edit.base.token
    found = [(shape, key_of(name_of(shape))) for shape in shapes_of(edit.root) if not is_title(shape)]
    marked = [(shape, key) for shape, key in found if key.startswith(own)]
    if marked:
        yield from marked
        return
    for key in edit.base.names:
        yield from ((shape, key) for shape, _ in found if words_of(shape) == edit.base.of(key))


def _titles(edit: Edit) -> None:
    for shape in shapes_of(edit.root):
        if is_title(shape):
            _title(edit, shape)


def _title(edit: Edit, shape: Any) -> None:
    before, now, found = edit.base.of("title") or [], edit.ours.of("title") or [], words_of(shape)
    if found != before and not edit.data.wrote(f"{edit.base.token}-title", found):
        if now not in (before, found):
            edit.tell("title", " ".join(found), " ".join(now))
    elif now != found:
        old, new = (
            next(each for each in shapes_of(parsed(package[page.name])) if is_title(each)).find(_BODY)
            for package, page in ((edit.base_package, edit.base), (edit.ours_package, edit.ours))
        )
        merge_text(old, new, shape.find(_BODY), edit.same, lambda *_: None, untouched=True)
        edit.updated("title", " ".join(found), " ".join(now))


def _shape(edit: Edit, key: str, base: Any, ours: Any, theirs: Any) -> None:
    """A shape with a mark: its chart, table or words, and its place where data gave it that and nobody moved it."""
    name = edit.base.names[key]
    if ours is None:
        _drop(edit, name, base, theirs)
        return
    before = _content(edit.package, edit.name, theirs)
    if chart_of(edit.package, edit.name, theirs):
        _chart(edit, name, base, ours, theirs)
    else:
        _table_or_text(edit, key, name, base, ours, theirs)
    if key != edit.base.token:
        _move(base, ours, theirs)
    after = _content(edit.package, edit.name, theirs)
    if before != after:
        is_text = theirs.find(_BODY) is not None
        edit.updated(name, *((" / ".join(words) for words in (before[1], after[1])) if is_text else ("", "")))


def _content(package: Package, slide: str, shape: Any) -> tuple[bytes, list[str]]:
    """All that a shape shows, to see whether it was changed."""
    chart = chart_of(package, slide, shape)
    return written(shape) + (package[chart] if chart else b""), words_of(shape)


def _drop(edit: Edit, name: str, base: Any, theirs: Any) -> None:
    """Take away a text that there is no more."""
    if words_of(theirs) == words_of(base) and theirs.find(_BODY) is not None:
        theirs.getparent().remove(theirs)
        edit.updated(name, " / ".join(words_of(base)), "")
    elif words_of(theirs) != words_of(base):
        edit.tell(name, " / ".join(words_of(theirs)), "")
    elif theirs.tag == qn("p:cxnSp"):
        theirs.getparent().remove(theirs)


def _chart(edit: Edit, name: str, base: Any, ours: Any, theirs: Any) -> None:
    parts = [
        (edit.base_package, chart_of(edit.base_package, edit.base.name, base)),
        (edit.ours_package, chart_of(edit.ours_package, edit.ours.name, ours)),
        (edit.package, chart_of(edit.package, edit.name, theirs)),
    ]
    if not all(part for _, part in parts):
        edit.changes.append(Change(edit.place, edit.kind, name, "left", "", "it is no chart any more"))
        return
    old, new, root = (parsed(package[part]) for package, part in parts)
    before = written(root)
    if written(old) == written(new):
        return
    merge_chart(old, new, root, edit.same, lambda what, a, b: edit.tell(f"{name}, {what}", a, b))
    books = [package[package.related(part, "package")] for package, part in parts[:2]]
    if books[0] != books[1]:
        update_book(books[0], books[1], edit.package, parts[2][1], root)
    if written(root) != before:
        edit.package.changed[parts[2][1]] = written(root)


def _table_or_text(edit: Edit, key: str, name: str, base: Any, ours: Any, theirs: Any) -> None:
    tag, merge = (_TABLE, merge_table) if theirs.find(f".//{_TABLE}") is not None else (_BODY, merge_text)
    pieces = [shape.find(f".//{tag}") for shape in (base, ours, theirs)]
    if any(piece is None for piece in pieces) or written(pieces[0]) == written(pieces[1]):
        return
    untouched = tag == _BODY and edit.data.wrote(key, words_of(theirs))
    tell: Callable[[str, str, str], None] = lambda what, a, b: edit.tell(f"{name}, {what}", a, b)  # noqa: E731
    merge(pieces[0], pieces[1], pieces[2], edit.same, tell, untouched=untouched)


def _move(base: Any, ours: Any, theirs: Any) -> None:
    """Put a name or a label where the data have it now, if nobody moved it."""
    before, now, found = (_frame(shape) for shape in (base, ours, theirs))
    # Left, top and width: some programs make a text as high as its words.
    stayed = [abs(a - b) <= _NEAR for a, b in zip(before[:3], found[:3], strict=False)]
    if before != now and len(before) == len(now) == len(found) == 4 and all(stayed):
        for old, new in zip(_places(theirs), _places(ours), strict=True):
            old.attrib.update(new.attrib)


def _places(shape: Any) -> list[Any]:
    """Where a shape stands, and how large it is, as far as it says so itself and not its layout."""
    found = (shape.find(f"{qn('p:spPr')}/{qn('a:xfrm')}/{qn(name)}") for name in ("a:off", "a:ext"))
    return [each for each in found if each is not None]


def _frame(shape: Any) -> list[int]:
    return [int(place.get(name)) for place in _places(shape) for name in sorted(place.attrib)]


def _add(edit: Edit, shape: Any) -> None:
    """Put a text of ours that is new on the slide."""
    if shape.tag == qn("p:graphicFrame"):
        edit.changes.append(Change(edit.place, edit.kind, "chart or table", "left", "", "the slide has none"))
        return
    new = copy.deepcopy(shape)
    taken = [int(own.get("id")) for own in edit.root.iter(qn("p:cNvPr")) if own.get("id", "").isdigit()]
    new.find(f".//{qn('p:cNvPr')}").set("id", str(max(taken, default=0) + 1))
    edit.root.find(f"{qn('p:cSld')}/{qn('p:spTree')}").append(new)
    edit.updated(name_of(shape).rsplit(" - ", 1)[0], "", " / ".join(words_of(shape)))


def _notes(edit: Edit) -> None:
    """Bring our lines of the speaker notes up to date."""
    part = edit.package.related(edit.name, "notesSlide")
    root = parsed(edit.package[part]) if part else None
    body = None if root is None else notes_body(root)
    if body is None or body.find(qn("a:p")) is None or edit.base.of("notes") == edit.ours.of("notes"):
        return
    old, new = (
        notes_body(parsed(package[package.related(page.name, "notesSlide")]))
        for package, page in ((edit.base_package, edit.base), (edit.ours_package, edit.ours))
    )
    merge_lines(old, new, body)
    edit.package.changed[part] = written(root)
    edit.updated("notes")
