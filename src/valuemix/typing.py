"""Types that all floors share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["BoolArray", "FloatArray", "IntArray"]

FloatArray = NDArray[np.float64]
"""Array of numbers; NaN where one is missing."""

IntArray = NDArray[np.int64]
"""Array of counts, ranks or places."""

BoolArray = NDArray[np.bool_]
"""Array of what is so and what is not."""
