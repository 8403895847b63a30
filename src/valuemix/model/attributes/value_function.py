"""The value of an attribute: a number in its own unit becomes one from 0 to 1."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import ArrayLike

from valuemix.model.attributes.parts import Attribute
from valuemix.typing import FloatArray

__all__ = ["beyond_anchor", "curve_of", "unit_value"]

_NUMBER = r"[-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_POINT = re.compile(rf"\s*({_NUMBER})\s*:\s*({_NUMBER})\s*")


def curve_of(attribute: Attribute) -> FloatArray:
    """Points of the value function from worst to best, the anchors among them.

    Parameters
    ----------
    attribute : Attribute

    Returns
    -------
    ndarray, shape (K, 2)
        Number in the unit, and value from 0 to 1.

    Raises
    ------
    ValueError
        Where the points cannot be read, or turn back; the message says which rule is broken.

    Examples
    --------
    >>> days = Attribute(name="Delivery", discipline="care", worst=20, best=5, value_function="10: 0.8")
    >>> curve_of(days).tolist()
    [[20.0, 0.0], [10.0, 0.8], [5.0, 1.0]]
    """
    points = [_point(text) for text in re.split(r"[,;]", attribute.value_function) if text.strip()]
    if not points or points[0][0] != attribute.worst:
        points = [(attribute.worst, 0.0), *points]
    if points[-1][0] != attribute.best:
        points = [*points, (attribute.best, 1.0)]
    curve = np.array(points)
    if (points[0][1], points[-1][1]) != (0.0, 1.0):
        raise ValueError("worst counts 0 and best counts 1")
    if (np.diff(curve[:, 0]) * np.sign(attribute.best - attribute.worst) <= 0).any():
        raise ValueError("its points must run from worst to best")
    if (np.diff(curve[:, 1]) < 0).any():
        raise ValueError("its values must not fall on the way from worst to best")
    return curve


def unit_value(attribute: Attribute, numbers: ArrayLike) -> FloatArray:
    """Values from 0 to 1 of numbers in the unit of an attribute.

    Parameters
    ----------
    attribute : Attribute
        Valid.
    numbers : array_like, any shape
        NaN where one is missing.

    Returns
    -------
    ndarray
        The same shape; straight between the points, that of the anchor beyond it, NaN where missing.

    Examples
    --------
    >>> days = Attribute(name="Delivery", discipline="care", worst=20, best=5, value_function="20:0, 10:.8, 5:1")
    >>> unit_value(days, [8, 30, float("nan")]).round(9).tolist()
    [0.88, 0.0, nan]
    """
    curve, way = curve_of(attribute), np.sign(attribute.best - attribute.worst)
    return np.asarray(np.interp(way * np.asarray(numbers, dtype=np.float64), way * curve[:, 0], curve[:, 1]))


def beyond_anchor(attribute: Attribute, number: float) -> str:
    """Which anchor a number lies beyond: "worst", "best", or blank.

    Examples
    --------
    >>> beyond_anchor(Attribute(name="Delivery", discipline="care", worst=20, best=5), 3)
    'best'
    """
    way = np.sign(attribute.best - attribute.worst)
    if (number - attribute.best) * way > 0:
        return "best"
    return "worst" if (number - attribute.worst) * way < 0 else ""


def _point(text: str) -> tuple[float, float]:
    found = _POINT.fullmatch(text)
    if found is None:
        raise ValueError(f"{text.strip()[:40]!r} is no point such as 10: 0.8")
    number, value = (float(part.replace("−", "-")) for part in found.groups())
    return number + 0.0, value + 0.0
