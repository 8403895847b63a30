"""Numbers that stand for no answer among the answers of people, such as 99 among 1 to 7."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from valuemix.typing import FloatArray

__all__ = ["without_codes"]

_CODES = (88, 97, 98, 99, 888, 997, 998, 999, 9999, -1, -8, -9, -77, -88, -98, -99, -999)
_FAR = 5


def without_codes(
    numbers: FloatArray, rows: Sequence[int], columns: Sequence[int]
) -> tuple[FloatArray, Counter[int]]:
    """Numbers with codes for no answer as missing, shape (R, C), and how often each code stood there.

    A code is one of those that survey programs write, far beyond all else in these columns (five times as
    much or more), or below 0 where all else is 1 or more; a list of -1, 0 and 1 has none.

    Examples
    --------
    >>> found, codes = without_codes(np.array([[5.0, 99], [7, 4], [1, 6]]), [0, 1, 2], [0, 1])
    >>> found.tolist(), dict(codes)
    ([[5.0, nan], [7.0, 4.0], [1.0, 6.0]], {99: 1})
    """
    inside = np.ix_(rows, columns)
    cells = numbers[inside]
    coded = np.isin(cells, _CODES)
    others = cells[np.isfinite(cells) & ~coded]
    if not coded.any() or not others.size:
        return numbers, Counter()
    coded &= np.where(cells < 0, others.min() >= 1, cells >= _FAR * max(others.max(), 1.0))
    found = numbers.copy()
    found[inside] = np.where(coded, np.nan, cells)
    return found, Counter(cells[coded].astype(int).tolist())
