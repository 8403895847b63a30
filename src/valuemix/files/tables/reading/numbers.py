"""Numbers in text: one strict rule, so that nothing is read as a number by accident.

``float`` takes ``1_000``, Arabic digits, ``nan`` and ``inf``; people write ``1,000`` for a
thousand and for one. What is not a plain number here is refused with its place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Literal

__all__ = ["Decimal", "decimal_sign", "parse_number"]

Decimal = Literal[".", ",", "?"]
"""Decimal sign of a file; ``"?"`` where its numbers can be read in two ways."""

_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_FRACTION = re.compile(r"[+-]?(\d+)([.,])(\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def parse_number(text: str, decimal: Decimal = ".") -> float | None:
    """Number that a text is, or None where it is not a plain finite number.

    Parameters
    ----------
    text : str
        Digits with an optional sign, decimal sign and exponent; blanks around it are fine.
    decimal : {".", ",", "?"}
        The decimal sign of the file; with ``"?"`` only whole numbers are read.

    Returns
    -------
    float or None

    Examples
    --------
    >>> parse_number(" 7.5 "), parse_number("7,5", ","), parse_number("7,5"), parse_number("1_000")
    (7.5, 7.5, None, None)
    """
    plain = text.strip()
    if decimal != "." and "." in plain:
        return None
    if decimal == ",":
        plain = plain.replace(",", ".", 1)
    if not _PLAIN.fullmatch(plain):
        return None
    value = float(plain) + 0.0
    return value if math.isfinite(value) else None


def decimal_sign(texts: Iterable[str]) -> Decimal:
    """Decimal sign that the numbers of a file agree on.

    ``1,000`` and ``1.000`` are a thousand in one country and one in another, so they have
    no say; ``7,5`` and ``0,125`` are clear. The majority of the clear ones decides.

    Parameters
    ----------
    texts : iterable of str
        All cells of a file whose columns are not separated by commas.

    Returns
    -------
    {".", ",", "?"}
        ``"?"`` where there are only numbers that can be read in two ways.

    Examples
    --------
    >>> decimal_sign(["7,5", "1,000"]), decimal_sign(["7.5", "3"]), decimal_sign(["1.000", "3"])
    (',', '.', '?')
    """
    clear = {".": 0, ",": 0}
    unclear = 0
    for text in texts:
        match = _FRACTION.fullmatch(text.strip())
        if match:
            whole, sign, fraction = match.groups()
            if len(fraction) != 3 or len(whole) > 3 or whole.startswith("0"):
                clear[sign] += 1
            else:
                unclear += 1
    if not any(clear.values()):
        return "?" if unclear else "."
    return "," if clear[","] > clear["."] else "."
