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
    spot: Point,
    size: float,
    text: tuple[float, float],
    taken: Sequence[Rectangle],
    crossed: Sequence[Sequence[Rectangle]],
    limits: Rectangle,
) -> Rectangle | None:
    """Box for a text right of, left of, above or below a circle; None where none of the four is free.

    Parameters
    ----------
    spot : (float, float)
        Middle of the circle.
    size : float
        Its diameter.
    text : (float, float)
        Width and height of the text.
    taken : sequence of Rectangle
        What it must not cover.
    crossed : sequence of sequences of Rectangle
        What it covers only where there is no better place, what matters most first.
    limits : Rectangle
        What it must not leave.

    Examples
    --------
    >>> beside((50, 50), 10, (20, 8), [], [], (0, 0, 100, 100))
    (60.0, 46.0, 80.0, 54.0)
    >>> beside((50, 50), 10, (20, 8), [(60, 40, 70, 60)], [], (0, 0, 100, 100))
    (20.0, 46.0, 40.0, 54.0)
    """
    (x, y), (wide, tall) = spot, text
    aside, away = (size + wide) / 2 + 5, (size + tall) / 2 + 1
    tried = [
        box_at(middle, wide, tall)
        for middle in ((x + aside, y), (x - aside, y), (x, y + away), (x, y - away))
    ]
    free = [box for box in tried if _inside(box, limits) and _free(box, taken)]
    return min(free, key=lambda box: [not _free(box, lines) for lines in crossed], default=None)


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


def _free(box: Rectangle, taken: Sequence[Rectangle]) -> bool:
    return all(
        box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
        for other in taken
    )
