"""Moments as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.documents.plain import plain
from valuemix.exhibits.moments.disciplines import disciplines_by_moment, paid
from valuemix.exhibits.moments.journey import journey
from valuemix.exhibits.moments.returns import returns
from valuemix.exhibits.moments.simplify import simplify
from valuemix.exhibits.moments.where import where
from valuemix.exhibits.words.costs import cost_unit
from valuemix.exhibits.words.listing import records
from valuemix.exhibits.words.wording import chosen_proposition
from valuemix.model.parts import BURDENS
from valuemix.model.scenario import Scenario

__all__ = ["moments_document", "moments_text"]

_RETURNS = ("moment", "discipline", "gain", "cost", "points")


def moments_document(scenario: Scenario, segment: str | None = None) -> dict[str, Any]:
    """When and where, as ``valuemix moments --json`` prints it.

    Parameters
    ----------
    scenario : Scenario
        With moments.
    segment : str, optional
        Only this segment; otherwise overall and every segment.

    Returns
    -------
    dict
        ``where``: segment, moment, the discipline that should lead with its share of the weight there and its degree,
        leader, lead and degree (open where respondents were asked less than half of the weight);
        ``disciplines``: of each its share of weight, promises and every kind of resource;
        ``overall``: proposition, value and rank over all moments;
        ``burdens``: what a contact costs in each moment, where there are burdens; ``returns``: what one more point
        for the leader adds, by moment and discipline, what it costs, and the points that the usual budget buys.

    Raises
    ------
    EditError
        Where there are no moments.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> base = Scenario.from_arrays([[8, 2], [4, 3]], segments=["Stores"], propositions=["Express", "Basic"])
    >>> moments_document(base.replace(moments=[Moment(name="Order")]))["where"]
    [{'segment': 'Stores', 'moment': 'Order', 'discipline': 'Discipline 1 / Discipline 2', 'discipline_share': 0.5,
      'discipline_degree': 'open', 'leader': 'Express', 'lead': 1.5, 'degree': 'clear'}]
    """
    result = evaluate(scenario)
    led, gains = disciplines_by_moment(result, segment, by="moment").table, returns(result, segment).table
    values, ranks = result.values_in(segment), result.ranks_in(segment)
    every = zip(scenario.proposition_names, values.tolist(), ranks.tolist(), strict=True)
    shares = paid(scenario, chosen_proposition(result, None, ""))
    keys = (
        "segment", "moment", "discipline", "discipline_share", "discipline_degree", "leader", "lead", "degree",
    )  # fmt: skip
    found: dict[str, Any] = plain(
        {
            "where": [dict(zip(keys, row, strict=True)) for row in records(led, *keys)],
            "disciplines": [
                {"discipline": name, "shares": {head: float(own[d]) for head, own in shares.items()}}
                for d, name in enumerate(scenario.discipline_names)
            ],
            "overall": [{"proposition": name, "value": v, "rank": rank or None} for name, v, rank in every],
            "burdens": [*_burdens(scenario, scenario.rows(segment))],
            "returns": [dict(zip(_RETURNS, row, strict=True)) for row in records(gains, *_RETURNS)],
        }
    )
    return found | cost_unit(scenario)


def _burdens(scenario: Scenario, rows: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Known amounts of a contact, by segment, proposition, moment and kind."""
    means, names = scenario.burden_means, (*scenario.axes[:2], scenario.moment_names)
    for g in rows if scenario.has_burdens else ():
        for j, p, k in np.argwhere(~np.isnan(means.amounts[g])).tolist():
            yield {
                "segment": names[0][g],
                "proposition": names[1][p],
                "moment": names[2][j],
                "kind": BURDENS[k],
                "amount": float(means.amounts[g, j, p, k]),
                "unit": means.units[g][k],
                "share": float(means.parts_of_worst[g, j, p, k]),
            }


def moments_text(scenario: Scenario, segment: str | None = None) -> str:
    """What the exhibits of moments find, a line each."""
    result = evaluate(scenario)
    shown = (disciplines_by_moment, where, journey, *((simplify,) if scenario.has_burdens else ()), returns)
    return "\n".join(make(result, segment).finding for make in shown)
