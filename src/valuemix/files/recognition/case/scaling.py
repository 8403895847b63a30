"""From the owner's numbers to scores: the scale, what has anchors of its own, and which direction is better."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

import numpy as np

from valuemix.errors import shorten
from valuemix.files.recognition.cells.lines import bracketed
from valuemix.files.recognition.cells.values import are_amounts, is_unit
from valuemix.files.recognition.cells.words import (
    is_burden,
    lean,
    likes_less,
    plain,
    says_amount,
    says_first_is_best,
    says_good,
)
from valuemix.files.recognition.reading import Ends, Reading
from valuemix.files.recognition.shapes.findings import Case, Findings
from valuemix.typing import FloatArray

__all__ = ["Scaling", "in_unit", "rounded_outward", "scaling_of"]

_PRINTED = re.compile(
    r"(?<![\d.,-])(-?\d{1,3})(?:\s*\([^()]{1,24}\))?\s*(?:[-–—]|to|bis|à|a|hasta|tot|/|\.\.)\s*(\d{1,4})(?!\d|[.,]\d)"
    r"|(?<!\d)(-?\d{1,3})\s*[:=]\s*\D{2,24}?(\d{1,3})\s*[:=]",
    re.IGNORECASE,
)
_USUAL = ((0.0, 1.0), (1.0, 3.0), (1.0, 5.0), (0.0, 5.0), (0.0, 10.0), (0.0, 100.0))
_SIGNED = (1.0, 2.0, 3.0, 5.0, 10.0, 100.0)
_FAR, _PAIR = 10, 2
_DOUBT = "Is more or less of it better?"
_POINTS = ("", "pts", "pt", "points", "punkte")
_NO_UNIT = (*_POINTS, "%")


class Scaling:
    """How the owner's numbers become scores.

    Attributes
    ----------
    ends : Ends
        The scale of the scenario.
    anchors : dict
        Value with the lowest and value with the highest score, of criteria that have their own.
    directions : dict
        ``"less"`` or ``"more"`` by criterion, where it is not plainly more.
    """

    def __init__(self, ends: Ends) -> None:
        self.ends = ends
        self.anchors: dict[str, tuple[float, float]] = {}
        self.directions: dict[str, str] = {}

    def ends_of(self, name: str) -> tuple[float, float]:
        """Value with the lowest and value with the highest score of a criterion."""
        ends = self.ends.lowest, self.ends.highest
        return self.anchors.get(name) or (ends[::-1] if self.directions.get(name) == "less" else ends)

    def scores(self, values: FloatArray, criteria: Iterable[str]) -> FloatArray:
        """Scores on the scale, shape (..., D); linear between the anchors, an anchor beyond them."""
        lowest, width = self.ends.lowest, self.ends.highest - self.ends.lowest
        found = values.copy()
        for j, name in enumerate(criteria):
            if name in self.anchors:
                worst, best = self.anchors[name]
                found[..., j] = lowest + width * np.clip((values[..., j] - worst) / (best - worst), 0, 1)
            elif self.directions.get(name) == "less":
                found[..., j] = self.ends.lowest + self.ends.highest - values[..., j]
        return found


def scaling_of(case: Case, given: Reading, findings: Findings) -> Scaling:
    """Scale, anchors and directions of a case, with what was guessed and what must be asked."""
    _take_said_best(case, given, findings)
    own = _with_own_anchors(case, given, findings)
    shared = [j for j, name in enumerate(case.criteria) if name not in own]
    scaling = Scaling(given.scale or _ends(case, shared, findings))
    for j, name in enumerate(case.criteria):
        direction = _direction(case, name, given, findings, is_own=name in own)
        if direction != "more" or name in own:
            scaling.directions[name] = direction
        if name in own:
            scaling.anchors[name] = given.anchors.get(name) or _anchors(case, j, direction)
            _tell_anchors(case, name, scaling, findings, is_said=name in given.anchors)
    _ask_directions(case, given, own, findings)
    return scaling


def _ask_directions(case: Case, given: Reading, own: set[str], findings: Findings) -> None:
    """Ask of all criteria in doubt at once; where one burden is in doubt, all that are judged as it is are."""
    asked = [q for q in findings.questions if q.text == _DOUBT]
    doubted = {name for question in asked for name in question.about}
    if doubted - own:
        doubted |= {n for n in {*case.criteria} - own if likes_less(n) and not _said(case, n, given)}
    if doubted:
        findings.questions = [q for q in findings.questions if q not in asked]
        _ask_of(tuple(name for name in case.criteria if name in doubted), findings)


def _ask_of(names: tuple[str, ...], findings: Findings) -> None:
    told = tuple(f"{name!r} counts as it stands" for name in names)
    findings.guesses = [guess for guess in findings.guesses if not guess.startswith(told)]
    findings.ask("directions", names, f"Is more of {_and(names)} better, or less?", "more")


def _and(names: Iterable[str]) -> str:
    *others, last = (repr(shorten(name)) for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _take_said_best(case: Case, given: Reading, findings: Findings) -> None:
    """Where a text says that 1 or less is the best, so it is: of the criteria that it names, else of everything.

    Of what looks like ranks that is asked.
    """
    said = [text for text in dict.fromkeys((*case.criteria, *case.texts)) if says_first_is_best(text)]
    about = {name: text for text in said for name in case.criteria if _is_about(text, name)}
    known = {*case.directions, *given.directions, *given.anchors}
    _take_directions(case, {name: text for name, text in about.items() if name not in known}, findings)
    open_ones = tuple(name for name in case.criteria if name not in known | about.keys())
    if not open_ones:
        return
    general = [text for text in said if text not in about.values()]
    if general:
        findings.guess(f"Less is better throughout, as {shorten(general[0])!r} says.")
    elif _are_ranks(case):
        findings.ask("directions", open_ones, "Are the scores ranks, of which 1 is the best?", "less")
    else:
        return
    case.directions = {**dict.fromkeys(open_ones, "less"), **case.directions}


def _take_directions(case: Case, said: dict[str, str], findings: Findings) -> None:
    """Less is better of a criterion, as a text says, unless the totals say otherwise: then it is asked."""
    for name, text in said.items():
        about, told = repr(shorten(name)), repr(shorten(text))
        if case.proved and text != name:
            against = f"{told} says that less is better, but your totals add {about} up as it stands"
            findings.ask("directions", (name,), f"{against}: is more of it better, or less?", "more")
        else:
            case.directions = {name: "less", **case.directions}
            findings.guess(f"Of {about} less is better, as {told} says.")


def _is_about(text: str, name: str) -> bool:
    """Whether a text names a criterion, in brackets or not."""
    bare = lean(name)
    return text == name or (
        len(bare) > _PAIR and re.search(rf"\b{re.escape(bare)}\b", plain(text)) is not None
    )


def _are_ranks(case: Case) -> bool:
    """Whether every criterion numbers the options from 1 on, so that none has a score twice."""
    count = len(case.options)
    each = np.sort(case.scores, axis=1)
    return count > _PAIR and bool((each == np.arange(1, count + 1)[None, :, None]).all())


def _with_own_anchors(case: Case, given: Reading, findings: Findings) -> set[str]:
    """Criteria with anchors of their own: given, or measured where no total adds them up as they stand."""
    own = {*given.anchors} & {*case.criteria}
    measured = {*_measured(case)} - own
    if case.proved and measured:
        findings.guess("The owner's totals add the criteria up as they stand, so all stay on one scale.")
    elif len(measured) < len(case.criteria) or len({*case.units.values()}) > 1:
        own |= measured
        # A share or a mark among prices and times is measured as they are.
        rest = [name for name in case.criteria if name not in own]
        own |= {*rest} if own and all(case.units.get(name, "") not in _POINTS for name in rest) else set()
    return own


def _is_in_unit(case: Case, name: str) -> bool:
    """Whether a criterion is counted in a unit; a word in brackets that is none may just say more of the name."""
    unit = case.units.get(name, "")
    return unit.casefold() not in _NO_UNIT and (bracketed(name) != unit or is_unit(unit))


def _values(case: Case, j: int) -> FloatArray:
    cells = case.scores[..., j]
    return cells[np.isfinite(cells)]


def _measured(case: Case) -> list[str]:
    """Criteria that are counted in a unit, or are of another size than most."""
    values = [_values(case, j) for j in range(len(case.criteria))]
    sizes = [_size(cells) if cells.size else None for cells in values]
    in_units = [_is_in_unit(case, name) for name in case.criteria]
    bare = [size for size, has in zip(sizes, in_units, strict=True) if size is not None and not has]
    usual = max({*bare}, key=lambda size: (bare.count(size), -size), default=0)
    each = zip(case.criteria, sizes, in_units, strict=True)
    return [name for name, size, has_unit in each if has_unit or size not in (usual, None)]


def _size(values: FloatArray) -> int:
    """Order of a column: up to 1 in fractions finer than the halves of ratings, up to 10, up to 100, beyond."""
    top = float(np.abs(values).max()) if values.size else 10.0
    if top <= 1 and (2 * values != np.round(2 * values)).any():
        return 0
    return 1 if top <= 10 else 2 if top <= 100 else 3 + math.ceil(math.log10(top))


def _ends(case: Case, shared: list[int], findings: Findings) -> Ends:
    """Ends of the owner's scale: as printed, else the narrowest usual scale that holds all scores."""
    cells = case.scores[..., shared]
    low_high = [t for t in (case.low, case.high) if t is not None]
    cells = np.concatenate([cells.ravel(), *(t[..., shared].ravel() for t in low_high)])
    cells = cells[np.isfinite(cells)]
    if not cells.size:
        return Ends(lowest=0.0, highest=10.0)
    least, most = float(cells.min()), float(cells.max())
    for low, high, text in _printed(case.texts):
        if low <= least and most <= high:
            findings.guess(f"The scale is {low:g} to {high:g}, as {shorten(text)!r} says.")
            return Ends(lowest=low, highest=high)
    low, high = _usual(cells, least, most, has_words=case.has_words)
    others = case.scores.shape[-1] - len(shared)
    depends = "can depend on it, as other criteria have units" if others else "does not depend on it"
    findings.guess(
        f"The scale is taken as {low:g} to {high:g}, since scores run from {least:.6g} to {most:.6g} "
        f"and nothing says otherwise; the ranking {depends}."
    )
    return Ends(lowest=low, highest=high)


def _printed(texts: Iterable[str]) -> Iterator[tuple[float, float, str]]:
    """Ends of a scale wherever a text prints some, and the text."""
    for text in texts:
        for found in _PRINTED.finditer(text):
            low, high = (float(end) for end in found.groups() if end is not None)
            if low < high <= 1000:
                yield low, high, text


def _usual(cells: FloatArray, least: float, most: float, *, has_words: bool) -> tuple[float, float]:
    if least < 0:
        top = max(-least, most)
        end = next((end for end in _SIGNED if end >= top), rounded_outward(-top, top)[1])
        return -end, end
    fractions = bool((cells != np.round(cells)).any())
    # 0 to 1 is a scale of fractions or words, 1 to 3 one of words alone.
    fits = {1.0: fractions or has_words, 3.0: has_words}
    usual = ((low, high) for low, high in _USUAL if fits.get(high, True) and low <= least and most <= high)
    return next(usual, (0.0, rounded_outward(0.0, most)[1]))


def rounded_outward(least: float, most: float) -> tuple[float, float]:
    """Ends rounded away from each other to a step of a tenth or more of what lies between.

    Examples
    --------
    >>> rounded_outward(1200, 1700), rounded_outward(8, 25), rounded_outward(3, 3)
    ((1200.0, 1700.0), (8.0, 26.0), (2.0, 4.0))
    """
    if most <= least:
        return (least - 1.0, most + 1.0)
    step = 10.0 ** math.floor(math.log10((most - least) / 5))
    step *= next(k for k in (1, 2, 5, 10) if k * step >= (most - least) / 10)
    return math.floor(least / step + 1e-9) * step, math.ceil(most / step - 1e-9) * step


def _anchors(case: Case, j: int, direction: str) -> tuple[float, float]:
    values = _values(case, j)
    low, high = rounded_outward(float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    return (high, low) if direction == "less" else (low, high)


def _direction(case: Case, name: str, given: Reading, findings: Findings, *, is_own: bool) -> str:
    """Whether less or more is better: as the owner said, as evidence tells, by its name, or asked."""
    if said := _said(case, name, given):
        return said
    burden = likes_less(name)
    if burden and _in_amounts(case, findings):
        findings.guess(f"Of {name!r} less is better, by its name: the words say how much of it there is.")
        return "less"
    why = "" if is_own else _why_as_it_stands(case, name)
    if why and _measures_amount(case, name):
        findings.ask("directions", (name,), _DOUBT, "more")
        return "more"
    if not why:
        return _by_name(name, findings, burden=burden, is_own=is_own)
    if burden:
        findings.guess(f"{name!r} counts as it stands (more is better), since {why}.")
    return "more"


def _measures_amount(case: Case, name: str) -> bool:
    """Whether one criterion is rated from not at all on, and others are not; totals tell what nobody need ask."""
    return not case.proved and says_amount(name) and not all(map(says_amount, case.criteria))


def _said(case: Case, name: str, given: Reading) -> str:
    """What the owner or the table says is better; a blank where neither does."""
    if said := given.directions.get(name) or case.directions.get(name):
        return said
    worst, best = given.anchors.get(name, (0.0, 0.0))
    return "" if worst == best else "less" if worst > best else "more"


def _in_amounts(case: Case, findings: Findings) -> bool:
    """Whether words such as high and low say how much there is, and no total adds them up as they stand."""
    return case.has_words and not case.proved and are_amounts(findings.words)


def _why_as_it_stands(case: Case, name: str) -> str:
    """What outranks a name such as "Cost": totals, words and signs, or that it is judged; else a blank."""
    if case.proved:
        return "your totals add it up"
    if case.has_words:
        return "words and signs judge"
    return "it is judged like the others" if case.is_judged and not is_burden(name) else ""


def _by_name(name: str, findings: Findings, *, burden: bool, is_own: bool) -> str:
    if is_own and burden:
        findings.guess(f"Of {name!r} less is better, by its name.")
        return "less"
    if burden or (is_own and not says_good(name)):
        findings.ask("directions", (name,), _DOUBT, "more")
    return "more"


def in_unit(value: float, unit: str) -> str:
    """Value with its unit, one of it in the singular.

    Examples
    --------
    >>> in_unit(1, "years"), in_unit(2, "years"), in_unit(1, "EUR")
    ('1 year', '2 years', '1 EUR')
    """
    is_one = value == 1 and unit in ("years", "months", "weeks", "days", "hours", "minutes", "points")
    return f"{value:g} {unit[:-1] if is_one else unit}".strip()


def _tell_anchors(case: Case, name: str, scaling: Scaling, findings: Findings, *, is_said: bool) -> None:
    worst, best = scaling.anchors[name]
    unit = case.units.get(name, "")
    low, high = (in_unit(value, unit) for value in (worst, best))
    why = "as the table, its totals or you say" if is_said else "rounded outward from the data"
    findings.guess(f"{name!r} is scored between {low} (lowest score) and {high} (highest), {why}.")
    *others, top = np.sort(np.abs(_values(case, case.criteria.index(name)))).tolist() or [0.0]
    if len(others) > 1 and top > _FAR * others[-1] > 0:
        findings.guess(
            f"One number of {name!r}, {top:g}, is far beyond the others: look whether it is right."
        )
