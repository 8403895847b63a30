"""Tables of shares: propositions by ranks or by propositions, the larger the share the deeper the cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from valuemix.charts.roles import depth
from valuemix.charts.table import Cell, Table, centred, named
from valuemix.exhibits.robustness.assumptions import share_text
from valuemix.typing import BoolArray, FloatArray

__all__ = ["MANY", "shares_table", "square_of"]

MANY = 12
"""Columns from which on the subtitle alone says that cells are percents."""


def square_of(table: pd.DataFrame, column: str) -> tuple[list[str], FloatArray]:
    """Names, and the shares of every pair; NaN where the table has no row.

    Parameters
    ----------
    table : DataFrame
        With proposition, share, and a rank or another proposition.
    column : str
        The one that goes across.

    Examples
    --------
    >>> square_of(pd.DataFrame({"proposition": ["A", "B"], "other": ["B", "A"], "share": [0.7, 0.3]}), "other")
    (['A', 'B'], array([[nan, 0.7],
           [0.3, nan]]))
    """
    names = list(dict.fromkeys(table["proposition"]))
    across = list(range(1, len(names) + 1)) if column == "rank" else names
    shares = np.full((len(names), len(names)), np.nan)
    shares[table["proposition"].map(names.index), table[column].map(across.index)] = table["share"]
    return names, shares


def shares_table(names: Sequence[str], heads: Sequence[str], shares: FloatArray, bold: BoolArray) -> Table:
    """Table of propositions with a share in each cell.

    Examples
    --------
    >>> shares_table(["A"], ["rank 1"], np.array([[1.0]]), np.array([[True]])).rows[0][1].bold
    True
    """
    deepest = max(0.5, float(np.nanmax(shares, initial=0.0)))
    unit = "\u00a0%" if len(heads) > MANY else ""
    cells = [
        [
            Cell("")
            if np.isnan(share)
            else Cell(share_text(share).removesuffix(unit), bool(strong), ground=depth(share / deepest))
            for share, strong in zip(*row, strict=True)
        ]
        for row in zip(shares, bold, strict=True)
    ]
    return Table((named("Proposition", names), *centred(heads, cells)))
