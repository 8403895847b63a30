"""Steps from one figure to the next as they are printed: they sum to the difference of the figures."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd

from valuemix.charts.roles import Role
from valuemix.charts.waterfall import Step, Waterfall
from valuemix.exhibits.words.formats import apportioned, gap, number, signed

__all__ = ["shown_changes", "waterfall"]


def shown_changes(table: pd.DataFrame, decimals: int) -> list[float]:
    """Steps of a table with end, change and full as printed: they sum to the difference of two full bars.

    Examples
    --------
    >>> table = pd.DataFrame({"end": [8.0, 7.0, 7.0], "change": [np.nan, -1.0, np.nan], "full": [True, False, True]})
    >>> shown_changes(table, 1)
    [nan, -1.0, nan]
    """
    ends, changes = table["end"].tolist(), table["change"].tolist()
    shown = [np.nan] * len(changes)
    for left, right in pairwise(np.flatnonzero(table["full"]).tolist()):
        whole = gap(ends[right], ends[left], decimals)
        shown[left + 1 : right] = apportioned(changes[left + 1 : right], whole, decimals)
    return shown


def waterfall(table: pd.DataFrame, decimals: int) -> Waterfall:
    """Chart of a table with step, start, end, change and full; the last step is the one to look at."""
    columns = (table[column].tolist() for column in ("step", "start", "end", "full"))
    steps = [
        Step(name, start, end, number(end, decimals), "context", full=True)
        if full
        else Step(name[:1].upper() + name[1:], start, end, _change(change, decimals), _role(change))
        for name, start, end, full, change in zip(*columns, shown_changes(table, decimals), strict=True)
    ]
    return Waterfall((*steps[:-1], replace(steps[-1], role="highlight")))


def _change(change: float, decimals: int) -> str:
    return "–" if np.isnan(change) else signed(change, decimals)


def _role(change: float) -> Role:
    return "gain" if change > 0 else "loss" if change < 0 else "muted"
