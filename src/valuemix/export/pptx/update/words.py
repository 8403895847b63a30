"""Words three-way: ours where people left them, theirs where they retyped them, in the runs that are there."""

from __future__ import annotations

import copy
from collections.abc import Callable
from itertools import takewhile
from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.identity.meaning import words_of
from valuemix.export.pptx.update.looks import Same

__all__ = ["Tell", "merge_lines", "merge_text", "set_words"]

Tell = Callable[[str, str, str], None]
"""Told what was kept of theirs: where, their words, and ours that are not taken."""

_PARAGRAPH, _RUN, _TEXT = qn("a:p"), qn("a:r"), qn("a:t")


def merge_text(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell, *, untouched: bool = False) -> None:
    """Bring a text up to date.

    Parameters
    ----------
    base, ours, theirs : lxml elements
        Holders of paragraphs: as it was written, as it is now, as it stands in the file, which is changed.
    same : callable
        Compares looks.
    tell : callable
        Told where theirs are kept.
    untouched : bool
        Whether theirs is known to be as it was written, whatever base says.
    """
    before, now, found = words_of(base), words_of(ours), words_of(theirs)
    if found != before and not untouched:
        if now not in (before, found):
            tell("words", " / ".join(found), " / ".join(now))
        return
    paragraphs, new = theirs.findall(_PARAGRAPH), ours.findall(_PARAGRAPH)
    old = dict(enumerate(base.findall(_PARAGRAPH)))
    for place, paragraph in enumerate(new):
        if place >= len(paragraphs):
            paragraphs.append(copy.deepcopy(paragraphs[-1]))
            paragraphs[-2].addnext(paragraphs[-1])
        _merge_paragraph(old.get(place), paragraph, paragraphs[place], same)
    for paragraph in paragraphs[max(len(new), 1) :]:
        theirs.remove(paragraph)


def _merge_paragraph(base: Any, ours: Any, theirs: Any, same: Same) -> None:
    """The words, and the look where people left that alone."""
    if base is not None and not same(base, ours) and same(base, theirs):
        theirs.getparent().replace(theirs, copy.deepcopy(ours))
        return
    set_words(theirs, _text_of(ours))


def set_words(paragraph: Any, text: str) -> None:
    """Put a text into the runs of a paragraph: what stays keeps its run, what is new goes where it differs first."""
    runs = list(paragraph.iter(_RUN))
    old = _text_of(paragraph)
    if old == text:
        return
    if not runs:
        _new_run(paragraph, text)
        return
    start = _alike(old, text)
    end = min(_alike(old[::-1], text[::-1]), len(old) - start, len(text) - start)
    new, place = text[start : len(text) - end], 0
    for run in runs:
        own = run.find(_TEXT)
        words = own.text or ""
        kept, rest = words[: max(start - place, 0)], words[max(len(old) - end - place, 0) :]
        place += len(words)
        if place > start or run is runs[-1]:
            kept, new = kept + new, ""
        own.text = kept + rest
    for run in reversed(runs):
        if not run.findtext(_TEXT) and len(list(paragraph.iter(_RUN))) > 1:
            run.getparent().remove(run)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _new_run(paragraph: Any, text: str) -> None:
    """A first run, in the font that the end of the paragraph has."""
    end = paragraph.find(qn("a:endParaRPr"))
    run = paragraph.makeelement(_RUN)
    if end is not None:
        font = copy.deepcopy(end)
        font.tag = qn("a:rPr")
        run.append(font)
    words = run.makeelement(_TEXT)
    words.text = text
    run.append(words)
    if end is None:
        paragraph.append(run)
    else:
        end.addprevious(run)


def merge_lines(base: Any, ours: Any, theirs: Any) -> None:
    """Put lines of notes in place of those that were ours; whatever else stands there is theirs and stays."""
    found, before = theirs.findall(_PARAGRAPH), words_of(base)
    own = [each for each, line in zip(found, words_of(theirs), strict=True) if line in before]
    model, anchor = (own or found)[0], (own or found[-1:])[0]
    for line in ours.findall(_PARAGRAPH):
        new = copy.deepcopy(model)
        set_words(new, _text_of(line))
        anchor.addprevious(new)
    for each in own:
        theirs.remove(each)


def _text_of(paragraph: Any) -> str:
    return "".join(run.findtext(_TEXT) or "" for run in paragraph.iter(_RUN))
