"""Types that all floors share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["FloatArray"]

FloatArray = NDArray[np.float64]
"""Array of numbers; NaN where one is missing."""
