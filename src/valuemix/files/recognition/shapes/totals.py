"""Totals prove a reading: which formula of the criteria a line equals, and where it does not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import numpy as np

from valuemix.files.recognition.cells.grid import Texts
from valuemix.files.recognition.cells.words import likes_less, plain
from valuemix.typing import BoolArray, FloatArray

__all__ = ["Check", "Factors", "best_check", "decimals", "decimals_of", "equal_as_printed", "may_agree"]

_MOST_FACTORS = 8
_VARIED = 2
_FEWEST, _DIGITS = 3, 40


@dataclass(frozen=True)
class Factors:
    """A total that multiplies: powers of the criteria, or a sum of some over another.

    Parameters
    ----------
    powers : tuple of int
        1 or -1 of each criterion.
    is_sum : bool
        Whether those with the power 1 are added up before they are divided.
    """

    powers: tuple[int, ...]
    is_sum: bool = False


@dataclass(frozen=True)
class Check:
    """How well one formula gives a line of totals.

    Parameters
    ----------
    formula : str
        In words, such as ``"weighted sum"``.
    expected : array, shape (n,)
        What it gives.
    right : array of bool, shape (n,)
        Where that is the total as printed.
    compared : array of bool, shape (n,)
        Where there is a total to compare.
    factors : Factors, optional
    fills : bool
        Whether a missing score counts as 0 in it, and some total with one is right.
    chance : float
        That numbers spread as these would all agree by chance.
    turned : tuple of int
        Columns of the criteria that count the other way round in it.
    criteria : tuple of int
        Columns that it is made of.
    anchors : mapping of int to (float, float), optional
        Worst and best value of each column, where it scores values between them before it adds up.
    """

    formula: str
    expected: FloatArray
    right: BoolArray
    compared: BoolArray
    factors: Factors | None = None
    fills: bool = False
    chance: float = 1.0
    turned: tuple[int, ...] = ()
    criteria: tuple[int, ...] = ()
    anchors: Mapping[int, tuple[float, float]] | None = None

    @property
    def matches(self) -> int:
        """How many totals are right."""
        return int(self.right.sum())

    @property
    def count(self) -> int:
        """How many are compared."""
        return int(self.compared.sum())

    @property
    def adds_as_they_stand(self) -> bool:
        """Whether it adds the numbers up as they stand, so that all are on one scale."""
        return self.factors is None and self.anchors is None

    @property
    def is_proof(self) -> bool:
        """Whether so many agree that the formula is the owner's: a lone total of several options may by chance."""
        return self.matches >= max(2, (self.count + 1) // 2) or self.matches == self.right.size == 1


@lru_cache(100_000)
def decimals(text: str, *, grouped: bool = False) -> int:
    """Decimals that a number is printed with; percent signs count two, and thousands that are set apart none.

    Examples
    --------
    >>> decimals("3.95"), decimals("66,4"), decimals("240"), decimals("64.5 %")
    (2, 1, 0, 3)
    >>> decimals("6,167"), decimals("6,167", grouped=True)
    (3, 0)
    """
    bare = text.strip()
    if grouped and re.fullmatch(r"\D*\d{1,3}([.,]\d{3})+", bare):
        return 0
    percent = 2 * bare.endswith("%")
    bare = bare.rstrip("% ")
    digits = max(bare.rfind("."), bare.rfind(","))
    return (len(bare) - digits - 1 if digits >= 0 else 0) + percent


def decimals_of(texts: Texts) -> FloatArray:
    """Decimals that each of some numbers is printed with, shape (n,).

    Examples
    --------
    >>> decimals_of(np.array(["3.95", "240"], dtype=object))
    array([2., 0.])
    """
    return np.array([decimals(text) for text in texts.tolist()], dtype=float)


def equal_as_printed(expected: FloatArray, totals: FloatArray, places: FloatArray) -> BoolArray:
    """Whether numbers are equal to what is printed with so many decimals, where both are there."""
    slack = 0.5000001 * 10.0 ** -np.minimum(places, 9) + 1e-9 * np.abs(totals)
    with np.errstate(invalid="ignore"):
        return np.abs(expected - totals) <= slack


def best_check(
    values: FloatArray,
    weights: FloatArray | None,
    totals: FloatArray,
    places: FloatArray,
    names: Sequence[str],
    label: str,
) -> Check | None:
    """Formula that gives most of a line of totals.

    Parameters
    ----------
    values : array, shape (n, K)
        Options by criteria; NaN where one is missing.
    weights : array, shape (K,), optional
    totals : array, shape (n,)
    places : array, shape (n,)
        Decimals that each is printed with.
    names : sequence of str
        Names of the criteria.
    label : str
        Name of the line of totals; says which signs it counts.
    """
    compared = np.isfinite(totals) & np.isfinite(values).any(axis=1)
    lacking = np.isnan(values).any(axis=1)
    chance = _chance(totals[compared], places[compared])
    best: Check | None = None
    for formula, expected, factors in _formulas(values, weights, totals, names, label, places):
        right = equal_as_printed(expected, totals, places) & compared
        fills = formula not in _OF_WHAT_IS_SCORED and factors is None and bool((right & lacking).any())
        check = Check(formula, expected, right, compared & np.isfinite(expected), factors, fills, chance)
        if best is None or check.matches > best.matches:
            best = check
    return best


def may_agree(
    values: FloatArray, weights: FloatArray | None, totals: FloatArray, places: FloatArray, label: str
) -> bool:
    """Whether some formula may give every total: all but counts of signs and products are a sum or mean times a factor.

    Parameters are those of `best_check`, which takes many times as long.
    """
    has_products = weights is None and values.shape[1] <= _MOST_FACTORS
    if has_products or _counted_signs(label) or (values < 0).any():
        return True
    there = np.isfinite(values)
    compared = np.isfinite(totals) & there.any(axis=1)
    for w in (np.ones(values.shape[1]), *([] if weights is None else [np.nan_to_num(weights)])):
        added = np.nan_to_num(values) @ w
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = added / (there @ w)
        if any(_is_multiple(totals, base, places, compared & np.isfinite(base)) for base in (added, mean)):
            return True
    return False


def _is_multiple(totals: FloatArray, base: FloatArray, places: FloatArray, there: BoolArray) -> bool:
    """Whether one factor may make a base all of some totals as printed."""
    slack = 0.501 * 10.0 ** -np.minimum(places[there], 9) + 2e-9 * np.abs(totals[there])
    base, totals = base[there], totals[there]
    if (np.abs(totals) > slack)[base == 0].any():
        return False
    ends = np.array([totals - slack, totals + slack])[:, base != 0] / base[base != 0]
    return not ends.size or bool(ends.min(axis=0).max() <= ends.max(axis=0).min())


def _chance(totals: FloatArray, places: FloatArray) -> float:
    """Chance that so many numbers agree with others as printed: one is spent on what makes them agree."""
    spread = float(np.ptp(totals)) if totals.size else 0.0
    return min(1.0, 10.0 ** -float(places.max()) / spread) ** (totals.size - 1) if spread else 1.0


def _formulas(
    values: FloatArray,
    weights: FloatArray | None,
    totals: FloatArray,
    names: Sequence[str],
    label: str,
    places: FloatArray,
) -> Iterator[tuple[str, FloatArray, Factors | None]]:
    named = _counted_signs(label)
    yield from _sign_counts(named, values, weights)
    if weights is not None and np.nansum(np.abs(weights)) > 0:
        yield from _added(values, np.nan_to_num(weights), totals, places, "weighted ")
    yield from _added(values, np.ones(values.shape[1]), totals, places, "")
    if weights is None:
        yield from _products(values, totals, names)
    if not named and (values < 0).any():
        yield from _sign_counts([1, -1, 0], values, weights)


_OF_WHAT_IS_SCORED = ("mean", "weighted mean of what is scored")


def _added(
    values: FloatArray, w: FloatArray, totals: FloatArray, places: FloatArray, how: str
) -> Iterator[tuple[str, FloatArray, None]]:
    """Sums and means by weights, of what is scored and with 0 for what is missing, plain, in percent, to any top."""
    added, whole = np.nan_to_num(values) @ w, w.sum() or 1.0
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = added / (np.isfinite(values) @ w)
    top = (np.nanmax(values) if np.isfinite(values).any() else 0) or 1.0
    of_scored = f"{how}mean of what is scored" if how else "mean"
    yield f"{how}sum", added, None
    yield f"{how}mean" if how else "sum", added / whole, None
    yield of_scored, mean, None
    yield from ((f"{how}sum", added / k, None) for k in (100.0, 10.0, 1000.0, whole * top, whole * top / 100))
    for base, formula in ((added, f"{how}sum"), (mean, of_scored)):
        if (factor := _factor(base, totals, places)) is not None:
            yield formula, base * factor, None


def _factor(base: FloatArray, totals: FloatArray, places: FloatArray) -> float | None:
    """The one factor by which all of three totals or more are a base as printed; None where there is none."""
    there = np.isfinite(base) & np.isfinite(totals) & (base > 0)
    base, totals, slack = base[there], totals[there], 0.5 * 10.0 ** -min(9.0, max(places[there], default=0.0))
    if len({*totals.tolist()}) < _FEWEST or median(np.abs(totals).tolist()) < _DIGITS * slack:
        return None
    least, most = ((totals - slack) / base).max(), ((totals + slack) / base).min()
    return float(least + most) / 2 if 0 < least <= most else None


_SIGNS = (
    (("+", "plus", "pluses", "positive", "positives", "better"), 1),
    (("-", "minus", "minuses", "negative", "negatives", "worse"), -1),
    (("s", "0", "o", "=", "same"), 0),
)
"""Words at the end of names of counts, and the sign that they count."""


def _counted_signs(label: str) -> list[int]:
    """The sign that a line such as "Sum of +" counts by its name; none where it names none."""
    words = re.sub(r"( s| than datum)$", "", plain(label)).split()
    return [sign for called, sign in _SIGNS if words and words[-1] in called]


def _sign_counts(
    signs: Sequence[int], values: FloatArray, weights: FloatArray | None
) -> Iterator[tuple[str, FloatArray, None]]:
    """Counts of signs, plain and by weight."""
    w = np.ones(values.shape[1]) if weights is None else np.nan_to_num(weights)
    for sign in signs:
        chosen = np.sign(values) == sign
        strengths = np.nan_to_num(np.abs(values)) * chosen
        weighted = strengths @ w
        yield "count of signs", chosen.sum(axis=1).astype(float), None
        yield "count of signs", strengths.sum(axis=1), None
        yield "weighted count of signs", weighted, None
        yield "weighted count of signs", -weighted, None


def _products(
    values: FloatArray, totals: FloatArray, names: Sequence[str]
) -> Iterator[tuple[str, FloatArray, Factors]]:
    """Products and quotients, up to one constant factor, such as that of percent."""
    count, varied = values.shape[1], int((np.ptp(np.nan_to_num(values), axis=0) > 0).sum())
    # A product with one factor that varies is that factor over again.
    if not 2 <= count <= _MOST_FACTORS or varied < _VARIED:
        return
    burdens = [j for j in range(count) if likes_less(names[j])]
    singles = [(j,) for j in range(count)]
    pairs = itertools.combinations(burdens, 2)
    with np.errstate(all="ignore"):
        for divisors in [(), *singles, *pairs]:
            powers = tuple(-1 if j in divisors else 1 for j in range(count))
            product = np.prod(values ** np.array(powers, dtype=float), axis=1)
            yield "product", _scaled(product, totals), Factors(powers)
            if len(divisors) == 1 and count > 2:
                j = divisors[0]
                ratio = np.delete(values, j, axis=1).sum(axis=1) / values[:, j]
                yield "sum over divisor", _scaled(ratio, totals), Factors(powers, is_sum=True)


def _scaled(product: FloatArray, totals: FloatArray) -> FloatArray:
    """The product times a power of ten, where that is what the totals are."""
    ratio = totals / product
    ratio = ratio[np.isfinite(ratio) & (ratio > 0)]
    if not ratio.size:
        return product
    middle = median(ratio.tolist())
    power = float(10.0 ** np.round(np.log10(middle)))
    return product * power if abs(middle / power - 1) < 0.05 else product
