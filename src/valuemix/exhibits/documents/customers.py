"""The Customer view as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from typing import Any

from valuemix.errors import EditError
from valuemix.exhibits.documents.plain import plain
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import finder, slide_of, untitled
from valuemix.exhibits.words import wording
from valuemix.model.parts import FELT
from valuemix.model.scenario import Scenario

__all__ = ["customers_document", "customers_text"]


def customers_document(scenario: Scenario, segment: str | None = None, view: str = FELT) -> dict[str, Any]:
    """Every exhibit of the Customer view, as ``valuemix customers --json`` prints them.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Name of the segment that exhibits show where they show one; all of them by size otherwise.
    view : {"felt", "believed", "promised"}
        Whose scores count.

    Returns
    -------
    dict
        ``segment``, ``view`` and ``exhibits``: ``key``, ``finding``, ``lacks`` and ``rows`` of each.
        Where the scenario lacks what an exhibit needs, ``lacks`` says so and the others are None.

    Raises
    ------
    UnknownName
        Where there is no such segment or view.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 5]], propositions=["Express", "Green line"])
    >>> found = {each["key"]: each for each in customers_document(scenario)["exhibits"]}
    >>> found["delivery_chain"]["lacks"]
    'there is no delivery chain; fill in the sheet Delivery'
    >>> found["focus"]["rows"][0]["name"]
    'Express'
    """
    asked = {
        "segment": None if segment is None else wording.segment_name(scenario, segment),
        "view": None if view == FELT else view,
    }
    keys = [key for key, kind in KINDS.items() if kind.page == "Customer view"]
    return {
        "segment": asked["segment"],
        "view": view,
        "exhibits": [_exhibit(scenario, key, asked) for key in keys],
    }


def _exhibit(scenario: Scenario, key: str, asked: dict[str, str | None]) -> dict[str, Any]:
    options = {name: text for name, text in asked.items() if name in KINDS[key].options}
    try:
        made = untitled(scenario, slide_of(key, **options), finder(()))
    except EditError as error:
        return {"key": key, "finding": None, "lacks": str(error), "rows": None}
    return {
        "key": key,
        "finding": made.finding,
        "lacks": None,
        "rows": plain(made.table.astype(object).to_dict("records")),
    }


def customers_text(document: dict[str, Any]) -> str:
    """What the Customer view finds, one paragraph an exhibit, and what it lacks.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2], [5, 5]], propositions=["Express", "Green line"])
    >>> print(customers_text(customers_document(scenario)).splitlines()[-1])
      terms: there are no points for the long term; fill in the sheet Segments later
    """
    found = [f"{each['key']}\n  {each['finding']}" for each in document["exhibits"] if each["finding"]]
    lacking = [f"  {each['key']}: {each['lacks']}" for each in document["exhibits"] if each["lacks"]]
    return "\n".join([*found, *(["Not shown:", *lacking] if lacking else [])])
