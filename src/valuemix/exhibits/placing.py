"""Labels kept apart: each as near to its own place as the others allow."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["spread"]


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
