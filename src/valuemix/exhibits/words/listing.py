"""Rows of an exhibit's table, and what an alternative text tells of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

__all__ = ["grouped", "records"]


def records(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Each row of a table as a tuple of some of its columns.

    Examples
    --------
    >>> table = pd.DataFrame({"proposition": ["Express", "Basic"], "value": [6.5, 4.0], "rank": [1, 2]})
    >>> list(records(table, "proposition", "rank"))
    [('Express', 1), ('Basic', 2)]
    """
    return zip(*(table[column].tolist() for column in columns), strict=True)


def grouped(table: pd.DataFrame, by: str, of: str, figure: str, text: Callable[[Any], str]) -> dict[str, str]:
    """For every name in one column what its rows say: a name of another column and a figure each.

    Parameters
    ----------
    table : DataFrame
    by, of, figure : str
        Columns: of the names that have rows, of the names in the rows, of the figures.
    text : callable
        How a figure is printed.

    Examples
    --------
    >>> table = pd.DataFrame({"view": ["felt", "felt"], "proposition": ["Express", "Basic"], "value": [6.5, 4.0]})
    >>> grouped(table, "view", "proposition", "value", "{:.1f}".format)
    {'felt': 'Express 6.5, Basic 4.0'}
    """
    return {
        str(name): ", ".join(f"{own} {text(value)}" for own, value in records(rows, of, figure))
        for name, rows in table.groupby(by, sort=False)
    }
