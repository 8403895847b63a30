"""Numbers as a board reads them: 7.0 and not 6.9873, 16 % and not 0.16, −0.3 with a true minus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from valuemix.model.weights import rounded_points

__all__ = [
    "ahead",
    "decimals_for",
    "gap",
    "number",
    "percent",
    "percents",
    "points_apart",
    "rounded",
    "share",
    "share_decimals",
    "signed",
]

Pair = tuple[float, float]

MORE_DECIMALS = 3
"""How many decimals are added at most, so that printed gaps are honest."""

MORE_SHARE_DECIMALS = 2
"""How many decimals are added at most to tell two shares apart."""


def rounded(value: float, decimals: int) -> float:
    """Value rounded half away from zero; noise far below a tie changes nothing.

    Examples
    --------
    >>> rounded(6.35, 1), rounded(-0.04, 1), rounded(0.1 + 0.2, 1)
    (6.4, 0.0, 0.3)
    """
    factor = 10**decimals
    size = math.floor(abs(value) * factor + 0.5 + 1e-9) / factor
    return math.copysign(size, value) if size else 0.0


def number(value: float, decimals: int) -> str:
    """Value as text, with a true minus sign; a dash where there is none.

    Examples
    --------
    >>> number(6.9873, 1), number(-0.26, 1), number(-0.01, 1), number(12500, 1)
    ('7.0', '−0.3', '0.0', '12,500.0')
    """
    if math.isnan(value):
        return "–"
    return f"{rounded(value, decimals):,.{decimals}f}".replace("-", "−")


def signed(value: float, decimals: int) -> str:
    """Difference as text with its sign, none on zero; a dash where there is none.

    Examples
    --------
    >>> signed(0.31, 1), signed(-0.31, 1), signed(0.01, 1)
    ('+0.3', '−0.3', '0.0')
    """
    text = number(value, decimals)
    return f"+{text}" if value == value and rounded(value, decimals) > 0 else text


def gap(higher: float, lower: float, decimals: int) -> float:
    """Difference of two figures as they are shown.

    Examples
    --------
    >>> gap(6.96, 6.74, 1)
    0.3
    """
    return rounded(rounded(higher, decimals) - rounded(lower, decimals), decimals)


def is_honest(one: float, other: float, decimals: int) -> bool:
    """Whether the difference of two figures as shown is within a third of the true one, and not 0.

    Examples
    --------
    >>> is_honest(6.96, 6.74, 1), is_honest(6.951, 6.949, 1), is_honest(6.94, 6.86, 1)
    (False, False, False)
    >>> is_honest(6.96, 6.74, 2)
    True
    """
    true, shown = abs(one - other), abs(gap(one, other, decimals))
    return shown > 0 and abs(shown - true) <= true / 3 + 1e-12


def ahead(higher: float, lower: float, decimals: int, less: str = "less than ") -> str:
    """How far one value is ahead of another, as the difference of the figures shown.

    Where that would mislead, a bound that is true of the values and of the figures.

    Examples
    --------
    >>> ahead(7.0, 6.7, 1), ahead(5.00001, 5, 4), ahead(5.00006, 5.00004, 4, "<")
    ('0.3', 'less than 0.0001', '<0.0002')
    """
    shown = gap(higher, lower, decimals)
    if is_honest(higher, lower, decimals):
        return number(shown, decimals)
    return f"{less}{number(shown + 10.0**-decimals, decimals)}"


def decimals_for(
    width: float, pairs: Iterable[Pair] = (), groups: Iterable[Sequence[Pair]] = (), at_least: int = 0
) -> int:
    """Decimals for values on a scale of this width.

    One on a scale such as 0 to 10; up to three more where a printed gap would mislead.

    Parameters
    ----------
    width : float
        Width of the scale.
    pairs : iterable of (float, float)
        Values whose difference is printed, such as those of leader and runner-up: it must be
        honest. Pairs that tie or hold a NaN do not count.
    groups : iterable of sequences of (float, float)
        Values whose largest difference is named: unless all look like 0, it must be honest
        and the largest as printed.
    at_least : int
        Decimals that something else on the page needs.

    Examples
    --------
    >>> decimals_for(10), decimals_for(1), decimals_for(4, [(3.91, 3.94)])
    (1, 2, 2)
    >>> decimals_for(10, groups=[[(5.02, 5.0)]]), decimals_for(10, groups=[[(5.06, 5.04)]])
    (1, 2)
    """
    fewest = 0 if width >= 1000 else 1 + max(0, math.ceil(math.log10(2 / width) - 1e-9))
    fewest, most = max(fewest, at_least), max(fewest + MORE_DECIMALS, at_least)
    apart = _apart(pairs, width)
    named = [group for group in (_apart(pairs, width) for pairs in groups) if group]
    for decimals in range(fewest, most):
        honest = all(is_honest(a, b, decimals) for a, b in apart)
        if honest and all(_names_largest(group, decimals) for group in named):
            return decimals
    return most if apart or named else fewest


def _apart(pairs: Iterable[Pair], width: float) -> list[Pair]:
    return [(float(a), float(b)) for a, b in pairs if abs(a - b) > 1e-9 * width]


def _names_largest(pairs: Sequence[Pair], decimals: int) -> bool:
    shown = [abs(gap(a, b, decimals)) for a, b in pairs]
    largest = max(range(len(pairs)), key=lambda i: abs(pairs[i][0] - pairs[i][1]))
    return not any(shown) or (shown[largest] == max(shown) and is_honest(*pairs[largest], decimals))


def percent(points: int, share: float) -> str:
    """Share as a whole percentage, given as points of 100 and exactly.

    Examples
    --------
    >>> percent(16, 0.161), percent(0, 0.004), percent(0, 0.0), percent(100, 0.998)
    ('16\\xa0%', '<1\\xa0%', '0\\xa0%', '>99\\xa0%')
    """
    if points <= 0 and share > 0:
        return "<1\u00a0%"
    if points >= 100 and share < 1 - 1e-9:
        return ">99\u00a0%"
    return f"{points}\u00a0%"


def percents(shares: Sequence[float]) -> list[str]:
    """Shares as whole percentages that sum to 100.

    Examples
    --------
    >>> percents([0.336, 0.332, 0.332])
    ['34\\xa0%', '33\\xa0%', '33\\xa0%']
    """
    return [percent(p, s) for p, s in zip(rounded_points(shares), shares, strict=True)]


def share(value: float, decimals: int = 0) -> str:
    """One share by itself as a percentage, with the decimals of `share_decimals`.

    Examples
    --------
    >>> share(0.161), share(0.2149, 1)
    ('16\\xa0%', '21.5\\xa0%')
    """
    return f"{number(100 * value, decimals)}\u00a0%"


def share_decimals(pairs: Iterable[Pair]) -> int:
    """Fewest decimals, two at most, with which shares that differ look different.

    Examples
    --------
    >>> share_decimals([(0.16, 0.22)]), share_decimals([(0.216, 0.22), (0.0, 0.22)])
    (0, 1)
    """
    apart = [(100 * a, 100 * b) for a, b in pairs if abs(a - b) > 1e-9]
    for decimals in range(MORE_SHARE_DECIMALS):
        if all(rounded(a, decimals) != rounded(b, decimals) for a, b in apart):
            return decimals
    return MORE_SHARE_DECIMALS if apart else 0


def points_apart(one: float, other: float, decimals: int) -> str:
    """Points between two shares, as the difference of the percentages shown.

    Examples
    --------
    >>> points_apart(0.216, 0.16, 0), points_apart(0.17, 0.16, 0), points_apart(0.16001, 0.16, 2)
    ('6 points', '1 point', 'less than 0.01 points')
    """
    between = abs(gap(100 * one, 100 * other, decimals))
    if not between and abs(one - other) > 1e-9:
        return f"less than {number(10.0**-decimals, decimals)} points"
    return f"{number(between, decimals)} point{'' if number(between, decimals) == '1' else 's'}"
