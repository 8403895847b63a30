"""Two figures of a kind as one row of a chart, and how a rank has moved between them."""

from __future__ import annotations

import math

from valuemix.charts.dumbbells import Dumbbell
from valuemix.charts.roles import Role
from valuemix.exhibits.words.formats import gap, number, signed
from valuemix.exhibits.words.wording import short_names

__all__ = ["earlier", "pair", "rank_moved"]


def earlier(before: str, now: str) -> str:
    """What a scenario is called that another one is held against; as it was, where both have one name.

    Examples
    --------
    >>> earlier("Base case", "Base case"), earlier("Green mandate", "Base case")
    ('Base case as it was', 'Green mandate')
    """
    [name] = short_names([before])
    return f"{name} as it was" if before == now else name


def pair(
    name: str,
    start: float,
    end: float,
    decimals: int,
    *,
    remark: str = "",
    role: Role | None = None,
    from_end: bool = False,
) -> Dumbbell:
    """Row from one figure to another with the difference of both as they are printed.

    Parameters
    ----------
    name : str
    start, end : float
        NaN where there is none.
    decimals : int
    remark : str
        Stands before the difference, or in its place where a figure lacks.
    role : str, optional
        What the row is there for; a gain or a loss where it is None.
    from_end : bool
        Whether the difference is that of the start from the end.

    Examples
    --------
    >>> row = pair("Express", 6.96, 6.74, 1)
    >>> row.difference, row.role, pair("Express", 6.96, 6.74, 1, from_end=True).difference
    ('−0.3', 'loss', '+0.3')
    """
    texts = (number(start, decimals), number(end, decimals))
    if math.isnan(start + end):
        return Dumbbell(name, start, end, texts, "" if remark else "–", remark=remark, role=role or "muted")
    shown = gap(start, end, decimals) if from_end else gap(end, start, decimals)
    own: Role = "gain" if shown > 0 else "loss" if shown < 0 else "muted"
    return Dumbbell(name, start, end, texts, signed(shown, decimals), bool(shown), remark, role or own)


def rank_moved(before: int, now: int) -> str:
    """Both ranks where they differ, or why there is only one; 0 where there is none.

    Examples
    --------
    >>> [rank_moved(*ranks) for ranks in ((2, 1), (0, 1), (2, 0), (1, 1), (0, 0))]
    ['2 → 1', 'new', 'gone', '', '']
    """
    if not before or not now:
        return "new" if now else "gone" if before else ""
    return f"{before} → {now}" if before != now else ""
