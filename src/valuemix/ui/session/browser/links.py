"""Addresses that open a scenario, with weights where asked for."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from valuemix.errors import EditError
from valuemix.model.carried_weights import weights_code
from valuemix.model.scenario import Scenario

__all__ = ["link"]

LONGEST = 4_000
"""Characters of the weights in an address; longer addresses are cut by some mail programs and servers."""


def link(
    url: str, scenario_id: str, scenario: Scenario, *, weights: bool, chosen: Mapping[str, str] | None = None
) -> str:
    """Address that opens a scenario, with the weights as they are now and what is chosen on the page where given.

    Raises
    ------
    EditError
        Where the weights are too many for an address.

    Examples
    --------
    >>> link("http://127.0.0.1:8501/", "base-case", Scenario.from_arrays([[5, 5]]), weights=False)
    'http://127.0.0.1:8501/?scenario=base-case'
    """
    weighed = {"w": _short(weights_code(scenario))} if weights else {}
    parts = {"scenario": scenario_id, **(chosen or {}), **weighed}
    page = urlsplit(url)._replace(query=urlencode(parts), fragment="")
    return page._replace(path=page.path or "/").geturl()


def _short(code: str) -> str:
    if len(code) > LONGEST:
        raise EditError(
            "These weights are too many for a link; save them as a new scenario and send a link to that."
        )
    return code
