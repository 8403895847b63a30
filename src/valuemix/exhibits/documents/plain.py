"""Results as JSON holds them, and tables as a terminal prints them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

__all__ = ["columns", "plain"]


def plain(value: Any) -> Any:
    """Value as JSON has it: arrays as lists, None for a number that is none or without end.

    Examples
    --------
    >>> import numpy as np
    >>> plain({"values": np.array([1.5, np.nan]), "rank": np.int64(2), "name": "Express"})
    {'values': [1.5, None], 'rank': 2, 'name': 'Express'}
    """
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    return None if value is pd.NA or (isinstance(value, float) and not math.isfinite(value)) else value


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Lines of a table: the first column to the left, the others to the right.

    Examples
    --------
    >>> print(columns([["Rank", "1", "2"], ["Express", "75 %", "25 %"]]))
    Rank        1     2
    Express  75 %  25 %
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([name.ljust(widths[0]), *map(str.rjust, cells, widths[1:])]).rstrip()
        for name, *cells in rows
    )
