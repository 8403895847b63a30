"""Charts three-way: the data are ours, points and labels follow their categories, the look is theirs."""

from __future__ import annotations

import copy
from typing import Any

from pptx.oxml.ns import qn

from valuemix.export.pptx.update.looks import Same
from valuemix.export.pptx.update.points import categories_of, merge_points
from valuemix.export.pptx.update.tables import in_order, told_apart
from valuemix.export.pptx.update.words import Tell, merge_text

__all__ = ["merge_chart"]

Series = dict[tuple[str, int], Any]

_DATA = tuple(map(qn, ("c:tx", "c:cat", "c:val", "c:xVal", "c:yVal", "c:bubbleSize")))
_ORDER = {
    tag: place
    for place, tag in enumerate(
        map(
            qn,
            (
                "c:idx", "c:order", "c:tx", "c:spPr", "c:invertIfNegative", "c:pictureOptions", "c:marker",
                "c:explosion", "c:dPt", "c:dLbls", "c:trendline", "c:errBars", "c:cat", "c:val", "c:xVal", "c:yVal",
                "c:bubbleSize", "c:bubble3D", "c:smooth", "c:shape", "c:extLst",
            ),
        )
    )
}  # fmt: skip
_HEAD = tuple(map(qn, ("c:barDir", "c:grouping", "c:varyColors", "c:scatterStyle")))
"""What stands before the series of a plot."""

_AXES = tuple(map(qn, ("c:valAx", "c:catAx")))
_ENDS = ("c:scaling/c:max", "c:scaling/c:min", "c:majorUnit")
_LAYOUT = ("c:x", "c:y", "c:w", "c:h")
_NEAR = 2e-3
"""Lengths as shares of the chart that are taken for equal."""


def merge_chart(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell) -> None:
    """Bring a chart up to date; elements and parameters as for `merge_text`, of ``c:chartSpace``."""
    b, o, t = _series(base), _series(ours), _series(theirs)
    for name in [name for name in t if name in b and name not in o]:
        t[name].getparent().remove(t.pop(name))
    rows = [categories_of(root) for root in (base, ours, theirs)]
    for name, own in o.items():
        if name in t:
            _merge_series(b.get(name, own), own, t[name], same, tell, rows)
        elif name not in b:
            _add_series(own, name, theirs, t, tell)
    _number(o, t, theirs)
    for place, axis in enumerate(ours.iter(*_AXES)):
        _merge_axis(_nth(base, place, axis), axis, _nth(theirs, place, axis), same, tell)
    _merge_layout(base, ours, theirs)


def _series(root: Any) -> Series:
    found = list(root.iter(qn("c:ser")))
    names = [" ".join(text.text or "" for text in own.findall(f"{qn('c:tx')}//{qn('c:v')}")) for own in found]
    return dict(zip(told_apart(names), found, strict=True))


def _merge_series(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell, rows: list[list[str]]) -> None:
    names = [
        categories or categories_of(own) for categories, own in zip(rows, (base, ours, theirs), strict=True)
    ]
    merge_points(base, ours, theirs, same, tell, names)
    for tag in [
        tag for tag in _ORDER if tag not in (*_DATA, qn("c:idx"), qn("c:order"), qn("c:dPt"), qn("c:dLbls"))
    ]:
        before, now, found = (own.find(tag) for own in (base, ours, theirs))
        if not same(before, now) and same(before, found):
            _put(theirs, found, now)
    for tag in _DATA:
        _merge_data(base.find(tag), ours.find(tag), theirs, tag)


def _merge_data(base: Any, ours: Any, theirs: Any, tag: str) -> None:
    """Data are ours; a number format that people chose stays."""
    found = theirs.find(tag)
    own = None if found is None else found.findtext(f".//{qn('c:formatCode')}")
    written = None if base is None else base.findtext(f".//{qn('c:formatCode')}")
    _put(theirs, found, ours)
    code = theirs.find(f"{tag}//{qn('c:formatCode')}")
    if code is not None and own not in (None, written, "General"):
        code.text = own


def _put(parent: Any, old: Any, new: Any) -> None:
    """Put a copy of an element into a series, in place of another or at its own place; none removes it."""
    if old is not None:
        parent.remove(old)
    if new is None:
        return
    place = sum(_ORDER.get(each.tag, 0) <= _ORDER[new.tag] for each in parent)
    parent.insert(place, copy.deepcopy(new))


def _add_series(ours: Any, name: tuple[str, int], theirs: Any, found: Series, tell: Tell) -> None:
    """A series that is new, in the plot of its kind."""
    plot = next(theirs.iter(ours.getparent().tag), None)
    if plot is None:
        tell(f"series {name[0]}", "no plot of its kind", "left out")
        return
    new = copy.deepcopy(ours)
    last = plot.findall(qn("c:ser"))
    if last:
        last[-1].addnext(new)
    else:
        plot.insert(sum(each.tag in _HEAD for each in plot), new)
    found[name] = new


def _number(ours: Series, theirs: Series, root: Any) -> None:
    """Series in the order of ours, each in its plot, with indices and places that are unique over the chart."""
    order = in_order([name for name in ours if name in theirs], list(theirs), set(), set())
    for plot in {id(own.getparent()): own.getparent() for own in theirs.values()}.values():
        own = plot.findall(qn("c:ser"))
        start = list(plot).index(own[0])
        for each in own:
            plot.remove(each)
        plot[start:start] = [theirs[name] for name in order if theirs[name] in own]
    for place, series in enumerate(root.iter(qn("c:ser"))):
        for tag in ("c:idx", "c:order"):
            series.find(qn(tag)).set("val", str(place))


def _nth(root: Any, place: int, like: Any) -> Any:
    """The axis of the same kind on the same side, or at the same place."""
    side = like.find(qn("c:axPos")).get("val")
    axes = list(root.iter(*_AXES))
    found = [axis for axis in axes if axis.tag == like.tag and axis.find(qn("c:axPos")).get("val") == side]
    return found[0] if len(found) == 1 else axes[place] if place < len(axes) else None


def _merge_axis(base: Any, ours: Any, theirs: Any, same: Same, tell: Tell) -> None:
    """Ends and steps that follow the data, and the words of the title."""
    if base is None or theirs is None:
        return
    for path in _ENDS:
        _merge_value(base, ours, theirs, "/".join(map(qn, path.split("/"))))
    titles = [axis.find(f"{qn('c:title')}//{qn('c:rich')}") for axis in (base, ours, theirs)]
    if all(title is not None for title in titles):
        merge_text(titles[0], titles[1], titles[2], same, tell)


def _merge_layout(base: Any, ours: Any, theirs: Any) -> None:
    """Where the plot stands, as names beside it need room."""
    path = "/".join(map(qn, ("c:chart", "c:plotArea", "c:layout", "c:manualLayout")))
    plots = [root.find(path) for root in (base, ours, theirs)]
    if all(plot is not None for plot in plots):
        b, o, t = plots
        if all(_near(b, t, qn(tag)) for tag in _LAYOUT):
            for tag in _LAYOUT:
                _merge_value(b, o, t, qn(tag))


def _near(base: Any, theirs: Any, path: str) -> bool:
    one, other = base.find(path), theirs.find(path)
    if one is None or other is None:
        return one is other
    return abs(float(one.get("val")) - float(other.get("val"))) <= _NEAR * max(
        1.0, abs(float(one.get("val")))
    )


def _merge_value(base: Any, ours: Any, theirs: Any, path: str) -> None:
    """A number: ours where people left it."""
    now, found = ours.find(path), theirs.find(path)
    if now is not None and found is not None and _near(base, theirs, path):
        before = base.find(path)
        if before is not None and before.get("val") != now.get("val"):
            found.set("val", now.get("val"))
