"""Weights carried into a scenario: from another one by the names of its segments, or as a code in a link or a mail.

A code is ``MARK~ROW~ROW…``: the points of each segment, ``_`` between them, behind a mark of the names that they
belong to. ``~sizes=ROW`` may follow, where sizes were moved as well, and ``~by=NAME`` with who sends it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote

from valuemix.errors import EditError, shorten
from valuemix.model.names import clean_name, forbidden_character
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["names_mark", "points_by_name", "weights_code", "weights_sender", "with_weights_code"]

_ROW = r"\d{1,16}(?:\.\d{1,20})?(?:e-\d{1,3})?(?:_\d{1,16}(?:\.\d{1,20})?(?:e-\d{1,3})?)*"
_CODE = re.compile(
    rf"(?P<mark>[0-9a-f]{{8}})(?P<rows>(?:~{_ROW})+)(?:~sizes=(?P<sizes>{_ROW}))?(?:~by=(?P<by>[\w.!~*'()%-]*))?",
    re.ASCII,
)


@dataclass(frozen=True)
class _Sent:
    mark: str
    points: list[list[float]]
    sizes: list[float]
    by: str


def points_by_name(other: Scenario, scenario: Scenario) -> FloatArray:
    """Points of another scenario for the segments of this one; those it does not have keep theirs.

    Examples
    --------
    >>> other = Scenario.from_arrays([[5, 5]], points=[80, 20])
    >>> points_by_name(other, Scenario.from_arrays([[5, 5]]))
    array([[80., 20.]])
    """
    found = scenario.points.copy()
    if other.discipline_ids == scenario.discipline_ids:
        for place, name in enumerate(scenario.segment_names):
            if name in other.segment_names:
                found[place] = other.points[other.segment_index(name)]
    return found


def weights_code(scenario: Scenario) -> str:
    """The points of every segment as a short text, with a mark of the names that they belong to.

    Examples
    --------
    >>> weights_code(Scenario.from_arrays([[5, 5], [7, 3]], points=[62.5, 37.5])).partition("~")[2]
    '62.5_37.5'
    """
    rows = ("_".join(repr(float(p)).removesuffix(".0") for p in row) for row in scenario.points)
    return "~".join([names_mark(scenario), *rows])


def with_weights_code(scenario: Scenario, code: str) -> Scenario:
    """Copy of a scenario with the weights of a code, and with its sizes where it has any.

    Raises
    ------
    EditError
        Where the text is no such code, or was made for other segments or disciplines.
    InvalidScenario
        Where the weights break a rule, such as a segment without any.
    """
    sent, shape = _read(code), (len(scenario.segments), len(scenario.disciplines))
    fits = len(sent.points) == shape[0] and {len(row) for row in sent.points} == {shape[1]}
    if not fits or sent.mark != names_mark(scenario) or (sent.sizes and len(sent.sizes) != shape[0]):
        raise EditError(
            "These weights were made for other segments or disciplines than "
            f"{shorten(scenario.name)!r} has now; open the scenario that they were made for, or ask for them anew."
        )
    changed = scenario.with_points(sent.points)
    if not sent.sizes:
        return changed
    return changed.with_sizes(dict(zip(scenario.segment_names, sent.sizes, strict=True)))


def weights_sender(code: str) -> str:
    """Who sent a code; blank where it does not say, or says what no name may hold.

    Raises
    ------
    EditError
        Where the text is no code of weights.

    Examples
    --------
    >>> weights_sender("0123abcd~60_40~by=Ms%20B.")
    'Ms B.'
    """
    name = clean_name(unquote(_read(code).by))
    return "" if forbidden_character(name) else shorten(name)


def names_mark(scenario: Scenario) -> str:
    """Tells segments and disciplines from others, their order included."""
    names = "\n".join([*scenario.segment_names, "", *scenario.discipline_ids])
    return hashlib.sha256(names.encode()).hexdigest()[:8]


def _read(code: str) -> _Sent:
    """Parts of a code; a mail may have broken it into lines."""
    found = _CODE.fullmatch("".join(code.split()))
    if found is None:
        raise EditError(f"{shorten(code)!r} is no code of weights; copy all of it, or ask for it again.")
    points = [_numbers(row) for row in found["rows"].split("~")[1:]]
    return _Sent(found["mark"], points, _numbers(found["sizes"] or ""), found["by"] or "")


def _numbers(row: str) -> list[float]:
    return [float(number) for number in row.split("_") if number]
