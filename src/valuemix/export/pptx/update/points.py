"""Marks and labels of single points: they follow what they are of, wherever it stands now."""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.identity.meaning import words_of
from valuemix.export.pptx.update.looks import Same
from valuemix.export.pptx.update.words import Tell, merge_text

__all__ = ["categories_of", "merge_points"]

_INDEX, _LABELS, _LABEL, _POINT = (qn(tag) for tag in ("c:idx", "c:dLbls", "c:dLbl", "c:dPt"))
_ROWS = "Rows"
"""Series of charts over two axes of numbers that names the others' rows."""

Names = list[str]


def categories_of(root: Any) -> Names:
    """What the points of a chart or a series are of, by their places; none where nothing names them."""
    for series in root.iter(qn("c:ser")):
        name = series.findtext(f"{qn('c:tx')}//{qn('c:v')}")
        points = series.find(qn("c:cat"))
        if points is not None:
            found = {
                int(point.get("idx")): point.findtext(qn("c:v")) or "" for point in points.iter(qn("c:pt"))
            }
            return _listed(found)
        if name == _ROWS or root is series:
            labels = {_index(each): " ".join(words_of(each)) for each in series.iter(_LABEL)}
            return _listed({place: words for place, words in labels.items() if words.strip()})
    return []


def _listed(found: dict[int, str]) -> Names:
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)]


def _index(point: Any) -> int:
    return int(point.find(_INDEX).get("val"))


def merge_points(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell, names: list[Names]) -> None:
    """Bring marks and labels of single points up to date; as `merge_text`, of series and the names of their points."""
    _merge(base, ours, theirs, _POINT, same, tell, names)
    labels = [series.find(_LABELS) for series in (base, ours, theirs)]
    if labels[2] is None and labels[1] is not None and labels[0] is None:
        _insert_labels(theirs, labels[1])
    elif all(each is not None for each in labels):
        _merge(labels[0], labels[1], labels[2], _LABEL, same, tell, names)


def _insert_labels(theirs: Any, labels: Any) -> None:
    before = {qn(tag) for tag in ("c:trendline", "c:errBars", "c:cat", "c:val", "c:xVal", "c:yVal")}
    place = next((place for place, each in enumerate(theirs) if each.tag in before), len(theirs))
    theirs.insert(place, copy.deepcopy(labels))


def _merge(base: Any, ours: Any, theirs: Any, tag: str, same: Same, tell: Tell, names: list[Names]) -> None:
    """Points by what they are of; those of categories that are no more go with them."""
    b, o, t = (
        {_name(each, own): each for each in holder.findall(tag)}
        for holder, own in zip((base, ours, theirs), names, strict=True)
    )
    places = {_key(place, names[1]): place for place in range(max(len(names[1]), 1000))}
    kept = []
    for name in dict.fromkeys([*o, *t]):
        point = _merged(b.get(name), o.get(name), t.get(name), same, partial(_tell_of, tell, name))
        if point is not None and name in places:
            point.find(_INDEX).set("val", str(places[name]))
            kept.append(point)
    start = _start(theirs, tag)
    for each in t.values():
        theirs.remove(each)
    theirs[start:start] = sorted(kept, key=_index)


def _tell_of(tell: Tell, name: str, _what: str, theirs: str, ours: str) -> None:
    tell(name, theirs, ours)


def _start(holder: Any, tag: str) -> int:
    """Where the points of a kind begin, or would."""
    found = holder.find(tag)
    if found is not None:
        return list(holder).index(found)
    if tag == _LABEL:
        return 0
    first = {
        qn(each) for each in ("c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:val", "c:xVal", "c:yVal")
    }
    return next((place for place, each in enumerate(holder) if each.tag in first), len(holder))


def _name(point: Any, names: Names) -> str:
    return _key(_index(point), names)


def _key(place: int, names: Names) -> str:
    """What a point is of; its number where nothing names it."""
    return names[place] if place < len(names) and names[place] else f"#{place + 1}"


def _merged(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell) -> Any:
    """One point: ours where people left it, theirs with our words where they changed how it looks."""
    if theirs is None or (base is not None and _alike(base, theirs, same)):
        return copy.deepcopy(ours)
    if base is None:
        return theirs
    before, now, found = (words_said(each) for each in (base, ours, theirs))
    if before == found:
        return _reworded(base, ours, theirs, same, tell)
    if now not in (before, found):
        tell("label", found, now)
    return theirs


def _reworded(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell) -> Any:
    """A point that looks as people made it, with the words that it has now; none where it is no more."""
    if ours is None:
        return None
    bodies = [each.find(f".//{qn('c:rich')}") for each in (base, ours, theirs)]
    if all(body is not None for body in bodies):
        merge_text(bodies[0], bodies[1], bodies[2], same, tell, untouched=True)
    elif words_said(ours) != words_said(theirs):
        return copy.deepcopy(ours)
    return theirs


def _alike(base: Any, theirs: Any, same: Same) -> bool:
    return words_said(base) == words_said(theirs) and same(base, theirs)


def words_said(point: Any) -> str:
    """Words of a label; none of a mark, or where there is no label."""
    return "" if point is None else " ".join(filter(None, words_of(point)))
