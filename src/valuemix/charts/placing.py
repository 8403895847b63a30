"""Labels kept apart: each as near to its own place as the others allow."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["Point", "Rectangle", "along", "beside", "box_at", "spread"]

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""


def spread(wanted: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Places at least a distance apart, as near to the wanted ones as can be.

    Neighbours that are too near form a block around the mean of what they want. Where all of
    them do not fit between `low` and `high` they stand evenly between the two.

    Parameters
    ----------
    wanted : sequence of float
        In any order; those that want the same place keep their order.
    distance : float
        Between neighbours, more than 0.
    low, high : float
        Limits of all places.

    Returns
    -------
    list of float
        In the order of `wanted`.

    Examples
    --------
    >>> spread([5.0, 5.5, 1.0], 1, 0, 10)
    [4.75, 5.75, 1.0]
    >>> spread([0.0, 0.0, 0.0], 1, 0, 10)
    [0.0, 1.0, 2.0]
    """
    distance = min(distance, (high - low) / max(len(wanted) - 1, 1))
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[tuple[float, int]] = []  # place of the first, how many
    for i in order:
        first, size = _within(wanted[i], 1, distance, low, high), 1
        while blocks and blocks[-1][0] + blocks[-1][1] * distance > first:
            before, count = blocks.pop()
            first = (before * count + (first - count * distance) * size) / (count + size)
            size += count
            first = _within(first, size, distance, low, high)
        blocks.append((first, size))
    places = [first + step * distance for first, size in blocks for step in range(size)]
    result = [0.0] * len(wanted)
    for i, place in zip(order, places, strict=True):
        result[i] = float(place)
    return result


def _within(first: float, size: int, distance: float, low: float, high: float) -> float:
    """First place of a block such that all of it lies between the limits."""
    return max(min(first, high - (size - 1) * distance), low)


def beside(
    circles: Sequence[tuple[Point, float]],
    texts: Sequence[tuple[float, float]],
    lines: Sequence[Rectangle],
    limits: Rectangle,
    *,
    every: bool,
) -> list[Rectangle | None]:
    """Boxes for names around their circles, each where it covers least of circles and names before it.

    Parameters
    ----------
    circles : sequence of ((float, float), float)
        Middle and diameter, the most important first.
    texts : sequence of (float, float)
        Width and height of the names.
    lines : sequence of Rectangle
        What a name covers only where there is no better place.
    limits : Rectangle
        What it must not leave where it can be helped.
    every : bool
        Whether those that have no free place are named as well.

    Examples
    --------
    >>> beside([((50, 50), 10), ((64, 50), 10)], [(20, 8), (20, 8)], [], (0, 0, 100, 100), every=False)
    [(22.0, 46.0, 42.0, 54.0), (72.0, 46.0, 92.0, 54.0)]
    """
    taken = [box_at(middle, size, size) for middle, size in circles]
    found: list[Rectangle | None] = []
    for circle, text in zip(circles, texts, strict=True):
        tried = _around(*circle, *text)
        within = [box for box in tried if _inside(box, limits)] or tried * every
        ways = [(_covered(box, taken), _covered(box, lines), place, box) for place, box in enumerate(within)]
        covered, _, _, box = min(ways, default=(0.0, 0.0, 0, None))
        found.append(box if every or not covered else None)
        if box is not None and found[-1] is not None:
            taken.append(box)
    return found


def _around(middle: Point, size: float, width: float, height: float) -> list[Rectangle]:
    """Right of a circle, left of it, above, below, and at its corners."""
    x, y = middle
    aside, away = (size + width) / 2 + 3, (size + height) / 2 + 1
    steps = [(aside, 0.0), (-aside, 0.0), (0.0, away), (0.0, -away)]
    steps += [(0.8 * aside * right, 0.8 * away * above) for above in (1, -1) for right in (1, -1)]
    return [box_at((x + across, y + up), width, height) for across, up in steps]


def along(start: Point, end: Point) -> list[Rectangle]:
    """Small boxes along a line."""
    steps = 1 + int(math.dist(start, end) / 6)
    ways = [step / max(steps - 1, 1) for step in range(steps)]
    return [
        box_at((start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])), 4, 4) for t in ways
    ]


def box_at(middle: Point, width: float, height: float) -> Rectangle:
    """Box of a size around a point."""
    x, y = middle
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _inside(box: Rectangle, limits: Rectangle) -> bool:
    return box[0] >= limits[0] and box[1] >= limits[1] and box[2] <= limits[2] and box[3] <= limits[3]


def _covered(box: Rectangle, others: Sequence[Rectangle]) -> float:
    """Area that a box shares with others."""
    return sum(
        max(min(box[2], other[2]) - max(box[0], other[0]), 0.0)
        * max(min(box[3], other[3]) - max(box[1], other[1]), 0.0)
        for other in others
    )
