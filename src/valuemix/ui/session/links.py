"""The weights of all segments in an address: one parameter, short, checked as a whole."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlencode, urlsplit

from valuemix.errors import EditError, shorten
from valuemix.model.scenario import Scenario

__all__ = ["link", "weights_code", "with_weights_code"]

LONGEST = 4_000
"""Characters of the weights in an address; longer addresses are cut by some mail programs and servers."""
_NUMBER = r"\d{1,16}(?:\.\d{1,20})?(?:e-\d{1,3})?"
_CODE = re.compile(rf"[0-9a-f]{{8}}(?:~{_NUMBER}(?:_{_NUMBER})*)+", re.ASCII)


def link(url: str, scenario_id: str, scenario: Scenario, *, weights: bool) -> str:
    """Address that opens a scenario, with the weights as they are now where asked for.

    Examples
    --------
    >>> link("http://127.0.0.1:8501/", "base-case", Scenario.from_arrays([[5, 5]]), weights=False)
    'http://127.0.0.1:8501/?scenario=base-case'
    """
    parts = {"scenario": scenario_id, **({"w": weights_code(scenario)} if weights else {})}
    page = urlsplit(url)._replace(query=urlencode(parts), fragment="")
    return page._replace(path=page.path or "/").geturl()


def weights_code(scenario: Scenario) -> str:
    """The points of every segment as a short text, with a mark of the names that they belong to.

    Raises
    ------
    EditError
        Where they are too many for an address.

    Examples
    --------
    >>> weights_code(Scenario.from_arrays([[5, 5], [7, 3]], points=[62.5, 37.5])).partition("~")[2]
    '62.5_37.5'
    """
    rows = ("_".join(repr(float(p)).removesuffix(".0") for p in row) for row in scenario.points)
    code = "~".join([_mark(scenario), *rows])
    if len(code) > LONGEST:
        raise EditError(
            "These weights are too many for a link; save them as a new scenario and send a link to that."
        )
    return code


def with_weights_code(scenario: Scenario, code: str) -> Scenario:
    """Copy of a scenario with the weights of a link.

    Raises
    ------
    EditError
        Where the text is no such code, or was made for other segments or disciplines.
    InvalidScenario
        Where the weights break a rule, such as a segment without any.
    """
    if len(code) > LONGEST or not _CODE.fullmatch(code):
        raise EditError(
            f"The link holds {shorten(code)!r} for weights, which is none; ask for the link again."
        )
    mark, *rows = code.split("~")
    points = [[float(number) for number in row.split("_")] for row in rows]
    shape = (len(scenario.segments), len(scenario.disciplines))
    if mark != _mark(scenario) or {len(row) for row in points} != {shape[1]} or len(points) != shape[0]:
        raise EditError(
            f"The weights in the link were made for other segments or disciplines than {shorten(scenario.name)!r} "
            "has now; ask for the link again."
        )
    return scenario.with_points(points)


def _mark(scenario: Scenario) -> str:
    """Tells segments and disciplines from others, their order included."""
    names = "\n".join([*scenario.segment_names, "", *scenario.discipline_ids])
    return hashlib.sha256(names.encode()).hexdigest()[:8]
