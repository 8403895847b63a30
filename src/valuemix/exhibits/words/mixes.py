"""Mixes of disciplines as they are printed in a chart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.charts.bars import Part
from valuemix.charts.roles import Discipline
from valuemix.exhibits.words.formats import percents

__all__ = ["mix_parts"]


def mix_parts(shares: Sequence[float]) -> tuple[Part, ...]:
    """Shares of a whole as parts of a bar, printed in whole percent that sum to 100; NaN where one is missing.

    Examples
    --------
    >>> [part.text.replace("\\xa0", " ") for part in mix_parts([0.336, 0.332, 0.332])]
    ['34 %', '33 %', '33 %']
    """
    known = np.nan_to_num(np.array(shares, dtype=float)).tolist()
    texts = percents(known) if any(known) else [""] * len(known)
    return tuple(
        Part(float(share), text, Discipline(d))
        for d, (share, text) in enumerate(zip(shares, texts, strict=True))
    )
