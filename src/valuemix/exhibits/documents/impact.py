"""Impact of planned decisions as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from typing import Any

from valuemix.analysis.decisions.impact import Impact
from valuemix.analysis.decisions.impact import impact as impact_of
from valuemix.exhibits.decisions.impact import impact
from valuemix.exhibits.decisions.impact_words import losers
from valuemix.exhibits.documents.plain import plain
from valuemix.exhibits.words.costs import cost_unit
from valuemix.exhibits.words.formats import change_decimals
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["impact_document", "impact_text"]


def impact_document(scenario: Scenario, proposition: str = "") -> dict[str, Any]:
    """Impact of planned decisions, as ``valuemix impact --json`` prints it.

    Parameters
    ----------
    scenario : Scenario
        With decisions planned.
    proposition : str, optional
        What every segment is served with; each with its leader of today by default.

    Returns
    -------
    dict
        ``decisions``: decision, cost, changes of value by segment ``alone`` and as ``part`` of the plan, ``low`` and
        ``high`` of what it adds overall, the share of draws in which that ``rises``, change of ``burden`` by segment;
        ``plan``: by segment; ``losers``: segment, kind, decision, value with its
        ``low`` and ``high``, burden, size.

    Raises
    ------
    EditError
        Where nothing is planned; the message names the sheet to fill in.

    Examples
    --------
    >>> from valuemix.model.planned.parts import PlannedChange
    >>> base = Scenario.from_arrays([[[8, 2]]], points=[[50, 50]], disciplines=["Speed", "Care"], segments=["Firms"])
    >>> less = base.replace(planned_changes=[PlannedChange(decision="No desk", discipline="care", likely=-1)])
    >>> impact_document(less)["losers"][0]["value"]
    -0.5
    """
    found, names = impact_of(scenario, proposition), scenario.segment_names

    def by_segment(changes: FloatArray, what: int = 0) -> dict[str, float]:
        return dict(zip(names, changes[:, what].tolist(), strict=True))

    document: dict[str, Any] = plain(
        {
            "decisions": [
                {
                    "decision": name,
                    "cost": float(found.costs[n]),
                    "alone": by_segment(found.alone[n]),
                    "part": by_segment(found.parts[n]),
                    "low": float(found.ranges[n, -1, 0, 0]),
                    "high": float(found.ranges[n, -1, 0, 1]),
                    "rises": float(found.rises[n, -1, 0]),
                    "burden": by_segment(found.alone[n], 1),
                }
                for n, name in enumerate(found.decisions)
            ],
            "plan": by_segment(found.plan),
            "losers": [row for n in range(len(found.decisions)) for row in _losers(found, n)],
        }
    )
    return document | cost_unit(scenario)


def _losers(found: Impact, n: int) -> list[dict[str, Any]]:
    scenario, changes = found.scenario, found.alone[n]
    return [
        {
            "segment": scenario.segment_names[g],
            "kind": scenario.segments[g].kind,
            "decision": found.decisions[n],
            "value": float(changes[g, 0]),
            "low": float(found.ranges[n, g, 0, 0]),
            "high": float(found.ranges[n, g, 0, 1]),
            "burden": float(changes[g, 1]),
            "size": float(scenario.size_shares[g]),
        }
        for g in losers(found, changes, change_decimals(scenario))
    ]


def impact_text(scenario: Scenario, proposition: str = "") -> str:
    """What the exhibit finds of the plan and of each decision, a line each."""
    names = [*dict.fromkeys(row.decision for row in scenario.planned_changes)]
    whole = impact(scenario, proposition=proposition).finding
    each = [impact(scenario, planned=name, proposition=proposition).finding for name in names]
    return "\n".join([whole, *(each if len(names) > 1 else ())])
