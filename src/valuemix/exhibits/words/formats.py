"""Numbers as a board reads them: 7.0 and not 6.9873, 16 % and not 0.16, −0.3 with a true minus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import cycle, islice

import numpy as np

from valuemix.model.scenario import Scenario
from valuemix.model.weights import rounded_points, slider_points

__all__ = [
    "add_up_note",
    "ahead",
    "apportioned",
    "change_decimals",
    "decimals_of",
    "enough",
    "gap",
    "how_often",
    "lead_decimals",
    "lead_gap",
    "lead_printed",
    "number",
    "outward",
    "percent",
    "percents",
    "points",
    "points_apart",
    "rounded",
    "score_decimals",
    "share",
    "share_decimals",
    "share_of_several",
    "signed",
    "usual_decimals",
    "weights_printed",
]

Pair = tuple[float, float]

MORE_SHARE_DECIMALS = 2
"""How many decimals are added at most to tell two shares apart."""


def rounded(value: float, decimals: int) -> float:
    """Value rounded half away from zero; noise far below a tie changes nothing, and NaN stays NaN.

    Examples
    --------
    >>> rounded(6.35, 1), rounded(-0.04, 1), rounded(0.1 + 0.2, 1)
    (6.4, 0.0, 0.3)
    """
    if math.isnan(value):
        return value
    factor = 10**decimals
    size = math.floor(abs(value) * factor + 0.5 + 1e-9) / factor
    return math.copysign(size, value) if size else 0.0


def outward(value: float, start: float, decimals: int) -> float:
    """Value rounded away from where it starts: whoever goes as far as is printed goes far enough.

    Examples
    --------
    >>> outward(5.91, 5.0, 1), outward(5.91, 7.0, 1), outward(0.3, 0.0, 1)
    (6.0, 5.9, 0.3)
    """
    factor = 10.0**decimals
    steps = math.ceil(value * factor - 1e-9) if value > start else math.floor(value * factor + 1e-9)
    return steps / factor


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


def enough(value: float, start: float, decimals: int) -> str:
    """A figure that has to be reached, as text; see `outward`."""
    return number(outward(value, start, decimals), decimals)


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


def ahead(higher: float, lower: float, decimals: int, less: str = "less than ") -> str:
    """How far one value is ahead of another: the difference of the figures shown, or less than one unit of it.

    Examples
    --------
    >>> ahead(7.0, 6.7, 1), ahead(7.02, 7.01, 1), ahead(5.00001, 5, 4, "<")
    ('0.3', 'less than 0.1', '<0.0001')
    """
    shown = gap(higher, lower, decimals)
    return number(shown, decimals) if shown else f"{less}{number(10.0**-decimals, decimals)}"


def lead_decimals(scenario: Scenario) -> int:
    """Decimals of a lead in value: one more than those of values where respondents were asked, as of its interval."""
    return decimals_of(scenario) + (scenario.evidence is not None)


def lead_gap(higher: float, lower: float, scenario: Scenario) -> float:
    """A lead in value as it is shown: of respondents the lead that was estimated, else as its values are shown.

    The estimate has an error of its own, so that it is not rounded before it is taken; see `lead_decimals`.
    """
    if scenario.evidence is None:
        return gap(higher, lower, decimals_of(scenario))
    return rounded(higher - lower, lead_decimals(scenario))


def lead_printed(higher: float, lower: float, scenario: Scenario, less: str = "less than ") -> str:
    """A lead in value as text, the same on every page: see `ahead` and `lead_gap`.

    Examples
    --------
    >>> lead_printed(6.96, 6.74, Scenario.from_arrays([[7, 7], [7, 6]]))
    '0.3'
    """
    if scenario.evidence is None:
        return ahead(higher, lower, decimals_of(scenario), less)
    return ahead(higher - lower, 0.0, lead_decimals(scenario), less)


def apportioned(parts: Iterable[float], total: float, decimals: int) -> list[float]:
    """Parts of a whole as they are shown, so that they sum to the whole as it is shown (largest remainder).

    Parameters
    ----------
    parts : iterable of float
        Exact parts, of either sign. Parts of 0 stay 0; where one is NaN each is rounded by itself.
    total : float
        What they sum to, such as a value, or the difference of two figures shown (see `gap`).
    decimals : int
        Of the figures shown.

    Returns
    -------
    list of float
        The parts rounded, each up or down, to a sum of `rounded(total, decimals)`.

    Examples
    --------
    >>> apportioned([2.74, 2.74, 0.02], 5.5, 1), apportioned([0.46, -0.06], 0.5, 1)
    ([2.8, 2.7, 0.0], [0.5, 0.0])
    >>> apportioned([1, 1, 1], 10, 0)
    [4.0, 3.0, 3.0]
    """
    exact = [float(part) for part in parts]
    unit = 10**decimals
    if any(map(math.isnan, (*exact, total))):
        return [math.nan if math.isnan(part) else rounded(part, decimals) for part in exact]
    units = [math.floor(part * unit + 1e-9) for part in exact]
    missing = round(rounded(total, decimals) * unit) - sum(units)
    step = 1 if missing > 0 else -1
    movable = [i for i, part in enumerate(exact) if abs(part) > 1e-12]
    order = sorted(movable, key=lambda i: (step * (units[i] - exact[i] * unit), i))
    for i in islice(cycle(order), abs(missing)):
        units[i] += step
    return [whole / unit for whole in units]


def decimals_of(*scenarios: Scenario) -> int:
    """Decimals of every value, score and difference of them that is shown of a scenario.

    One on a scale such as 0 to 10 or 1 to 5, two on 0 to 1, none from 1,000 on; one more where scores are
    given with more decimals than that. They never depend on weights or on how close two values are,
    so that they stay while a slider moves.

    Parameters
    ----------
    *scenarios : Scenario
        One, or several that are shown together: the most decimals that one of them needs.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> decimals_of(Scenario.from_arrays([[8, 2.5], [6, 5]]))
    1
    >>> from valuemix.model.scenario import Scenario
    >>> decimals_of(Scenario.from_arrays([[3.91, 2.4], [3.94, 4]], scale=(1, 5)))
    2
    """
    return max(_decimals(scenario) for scenario in scenarios)


def change_decimals(*scenarios: Scenario) -> int:
    """Decimals of values that stand beside their changes or regrets, and of these: one more than is usual.

    A change is the difference of the two values as they are printed, so that all that is printed adds up; with
    one decimal more it lies within a tenth of a usual unit of the real one, where -0.025 would read -0.1.

    Parameters
    ----------
    *scenarios : Scenario
        On one scale.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> change_decimals(Scenario.from_arrays([[8, 2.5], [6, 5]])), gap(6.449, 6.474, 1), gap(6.449, 6.474, 2)
    (2, -0.1, -0.02)
    """
    return max(usual_decimals(scenario.scale.width) + 1 for scenario in scenarios)


def usual_decimals(width: float) -> int:
    """Decimals of values on a scale of this width, however finely scores are given.

    Examples
    --------
    >>> usual_decimals(10), usual_decimals(4), usual_decimals(1), usual_decimals(1000)
    (1, 1, 2, 0)
    """
    return 0 if width >= 1000 else 1 + max(0, math.ceil(math.log10(2 / width) - 1e-9))


def score_decimals(scenario: Scenario) -> int:
    """Decimals of scores in a table of them: as they are given, and at most those of `decimals_of`.

    Examples
    --------
    >>> score_decimals(Scenario.from_arrays([[8, 2], [6, 5]])), score_decimals(Scenario.from_arrays([[8.125, 2]]))
    (0, 2)
    """
    most = decimals_of(scenario)
    return next((d for d in range(most) if _given_with(scenario, d)), most)


def _decimals(scenario: Scenario) -> int:
    usual = usual_decimals(scenario.scale.width)
    return usual if _given_with(scenario, usual) else usual + 1


def _given_with(scenario: Scenario, decimals: int) -> bool:
    """Whether no score is given with more decimals."""
    scores = scenario.given("scores")
    return bool((np.nan_to_num(abs(scores - scores.round(decimals))) <= 1e-9 * scenario.scale.width).all())


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
    >>> percents([0.336, 0.332, 0.332]), percents([])
    (['34\\xa0%', '33\\xa0%', '33\\xa0%'], [])
    """
    points = rounded_points(shares) if len(shares) else []
    return [percent(p, s) for p, s in zip(points, shares, strict=True)]


def weights_printed(shares: Sequence[float], *, mean: bool) -> list[str]:
    """Weights as sliders show them: whole, or to tenths where those of a segment are not whole; a mean is whole.

    Examples
    --------
    >>> weights_printed([0.5, 0.3, 0.2], mean=False), weights_printed([1 / 3] * 3, mean=False)
    (['50\\xa0%', '30\\xa0%', '20\\xa0%'], ['33.4\\xa0%', '33.3\\xa0%', '33.3\\xa0%'])
    """
    if _are_whole(shares, mean=mean):
        return percents(shares)
    return [
        "<0.1\u00a0%" if each <= 0 < share else f"{each:g}\u00a0%"
        for each, share in zip(slider_points(shares), shares, strict=True)
    ]


def _are_whole(shares: Sequence[float], *, mean: bool) -> bool:
    return mean or all(float(each).is_integer() for each in slider_points(shares))


def add_up_note(rows: Iterable[Sequence[float]], *, mean: bool) -> str:
    """Note where a weight is printed otherwise than by itself, so that its row adds up; see `weights_printed`.

    Examples
    --------
    >>> add_up_note([[0.5, 0.3, 0.2]], mean=False), add_up_note([[1 / 3] * 3], mean=True).replace("\\xa0", " ")
    ('', 'weights are rounded so that they add up to 100 %')
    """
    for row in rows:
        whole = _are_whole(row, mean=mean)
        shown = rounded_points(row) if whole else slider_points(row)
        exact = [rounded(100 * each, 0 if whole else 1) for each in row]
        if any(abs(a - b) > 1e-9 for a, b in zip(shown, exact, strict=True)):
            return "weights are rounded so that they add up to 100\u00a0%"
    return ""


def share_of_several(shares: Sequence[float], places: Sequence[int]) -> str:
    """Some of several shares together: of one as `percents` prints it, of more their sum.

    Examples
    --------
    >>> sixths = [1 / 6] * 6
    >>> share_of_several(sixths, [0]), share_of_several(sixths, [0, 1, 2]), share_of_several(sixths, range(6))
    ('17\\xa0%', '50\\xa0%', '100\\xa0%')
    """
    if len(places) == 1:
        return percents(shares)[places[0]]
    whole = math.fsum(shares[place] for place in places)
    return percent(int(rounded(100 * whole, 0)), whole)


def share(value: float, decimals: int = 0) -> str:
    """One share by itself as a percentage, with the decimals of `share_decimals`.

    Examples
    --------
    >>> share(0.161), share(0.2149, 1)
    ('16\\xa0%', '21.5\\xa0%')
    """
    return f"{number(100 * value, decimals)}\u00a0%"


def how_often(value: float) -> str:
    """How often something holds among draws, in words: never all or none of them where some few differ.

    Examples
    --------
    >>> [how_often(part).replace("\\xa0", " ") for part in (0.867, 0.998, 1.0, 0.002, 0.0)]
    ['87 %', 'more than 99 %', '100 %', 'less than 1 %', '0 %']
    """
    if 0 < value < 1 and rounded(100 * value, 0) in (0, 100):
        return f"{'less' if value < 0.5 else 'more'} than {1 if value < 0.5 else 99}\u00a0%"
    return share(value)


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


def points(text: str) -> str:
    """Points with their noun.

    Examples
    --------
    >>> points("1"), points("0.4"), points("12"), points("less than 1")
    ('1 point', '0.4 points', '12 points', 'less than 1 point')
    """
    return f"{text} point{'' if text.split()[-1:] == ['1'] else 's'}"


def points_apart(one: float, other: float, decimals: int) -> str:
    """Points between two shares, as the difference of the percentages shown.

    Examples
    --------
    >>> points_apart(0.216, 0.16, 0), points_apart(0.17, 0.16, 0), points_apart(0.16001, 0.16, 2)
    ('6 points', '1 point', 'less than 0.01 points')
    >>> points_apart(0.161, 0.16, 0)
    'less than 1 point'
    """
    between = abs(gap(100 * one, 100 * other, decimals))
    is_less = not between and abs(one - other) > 1e-9
    return points(
        f"{'less than ' if is_less else ''}{number(10.0**-decimals if is_less else between, decimals)}"
    )
