"""Resources against weights and capabilities as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from typing import Any

from valuemix.analysis.customers.capabilities import capabilities_needed
from valuemix.analysis.customers.resources import Resources, resources_against_weights
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.exhibits.documents.plain import plain
from valuemix.exhibits.operating_model.capabilities import capabilities
from valuemix.exhibits.operating_model.resources import resources
from valuemix.exhibits.words.costs import cost_unit
from valuemix.exhibits.words.wording import chosen_proposition
from valuemix.model.scenario import Scenario

__all__ = ["mirror_document", "mirror_text"]


def mirror_document(scenario: Scenario, proposition: str = "") -> dict[str, Any]:
    """Resources against weights, and capabilities, as ``valuemix mirror --json`` prints them.

    Parameters
    ----------
    scenario : Scenario
        With resources, capabilities or both.
    proposition : str, optional
        Which one is to be delivered; the leader by default.

    Returns
    -------
    dict
        ``kinds``: kind, shares by discipline id, distance to the weights of all who are served, the distance to each
        segment, transfers to its target; ``capabilities``: capability, level, required, gap and cost.

    Raises
    ------
    EditError
        Where there are neither; the message names the sheets to fill in.
    UnknownName
        Where the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.resources.parts import Resource
    >>> base = Scenario.from_arrays([[8, 2]], points=[50, 50], disciplines=["Speed", "Care"], segments=["Stores"])
    >>> spent = base.replace(resources=[Resource(kind="budget", amounts={"speed": 75, "care": 25})])
    >>> mirror_document(spent)["kinds"][0]["distance"]
    0.25
    """
    _needs_either(scenario)
    p = chosen_proposition(evaluate(scenario), None, proposition)
    found: dict[str, Any] = plain(
        {
            "kinds": _kinds(resources_against_weights(scenario, p)) if scenario.resources else [],
            "capabilities": _capabilities(scenario, p) if scenario.capabilities else [],
        }
    )
    return found | (cost_unit(scenario) if scenario.capabilities else {})


def _needs_either(scenario: Scenario) -> None:
    if not scenario.resources and not scenario.capabilities:
        raise EditError(
            "there are no resources and no capabilities; fill in the sheet Resources or Capabilities"
        )


def _kinds(found: Resources) -> list[dict[str, Any]]:
    ids, segments = found.scenario.discipline_ids, found.scenario.segment_names
    return [
        {
            "kind": kind,
            "shares": dict(zip(ids, found.shares[k].tolist(), strict=True)),
            "distance": float(found.distances[k]),
            "segments": dict(zip(segments, found.segment_distances[k].tolist(), strict=True)),
            "transfers": [
                {"function": move.function, "from": ids[move.source], "to": ids[move.to], "share": move.share}
                for move in found.transfers
                if move.kind == k
            ],
        }
        for k, kind in enumerate(found.kinds)
    ]


def _capabilities(scenario: Scenario, proposition: int) -> list[dict[str, Any]]:
    found = capabilities_needed(scenario, proposition)
    return [
        {
            "capability": row.name,
            "level": row.level,
            "required": float(found.required[c]),
            "gap": float(found.gaps[c]),
            "cost": float(found.costs[c]),
        }
        for c, row in enumerate(scenario.capabilities)
    ]


def mirror_text(scenario: Scenario, proposition: str = "") -> str:
    """What both exhibits find, a line each."""
    _needs_either(scenario)
    result = evaluate(scenario)
    told = [resources(result, proposition=proposition).finding] if scenario.resources else []
    told += [capabilities(result, proposition=proposition).finding] if scenario.capabilities else []
    return "\n".join(told)
