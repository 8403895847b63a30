"""Tables of shares: propositions by ranks or by propositions, the larger the share the deeper the cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from valuemix.charts.roles import depth
from valuemix.charts.table import Cell, Table, centred, named
from valuemix.exhibits.robustness.assumptions import share_text
from valuemix.exhibits.words.formats import apportioned, percent, rounded
from valuemix.typing import BoolArray, FloatArray

__all__ = ["MANY", "rank_texts", "shares_table", "square_of"]

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


def rank_texts(shares: FloatArray, unseen: FloatArray | None = None) -> list[str]:
    """Shares of all ranks of one proposition as they stand in cells: whole percents that sum to 100.

    That of rank 1 is printed as sentences tell it, the others by largest remainder.

    Parameters
    ----------
    shares : ndarray, shape (P,)
    unseen : ndarray, shape (P,), optional
        How large the share of each rank may be that no draw has; see `unseen_share`.

    Examples
    --------
    >>> [text.replace("\\xa0", " ") for text in rank_texts(np.array([0.335, 0.335, 0.33]))]
    ['34 %', '33 %', '33 %']
    """
    unseen = np.zeros(len(shares)) if unseen is None else unseen
    if np.isnan(shares).any():
        return [share_text(share) for share in shares.tolist()]
    first = rounded(100 * float(shares[0]), 0)
    rest = apportioned((100 * shares[1:]).tolist(), 100 - first, 0)
    return [
        percent(int(points), share) if 0 < share < 1 else share_text(share, most)
        for points, share, most in zip([first, *rest], shares.tolist(), unseen.tolist(), strict=True)
    ]


def shares_table(
    names: Sequence[str],
    heads: Sequence[str],
    shares: FloatArray,
    bold: BoolArray,
    texts: Callable[[FloatArray], list[str]] = lambda row: [*map(share_text, row.tolist())],
) -> Table:
    """Table of propositions with a share in each cell.

    Parameters
    ----------
    names, heads : sequence of str
    shares : ndarray
        NaN where a cell stays blank.
    bold : ndarray of bool
    texts : callable
        What stands in the cells of a row.

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
            else Cell(text.removesuffix(unit), bool(strong), ground=depth(share / deepest))
            for text, share, strong in zip(texts(row), row, strongs, strict=True)
        ]
        for row, strongs in zip(shares, bold, strict=True)
    ]
    return Table((named("Proposition", names), *centred(heads, cells)))
