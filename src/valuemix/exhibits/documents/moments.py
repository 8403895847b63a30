"""Moments as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from typing import Any

from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.documents.plain import plain
from valuemix.exhibits.moments.journey import journey
from valuemix.exhibits.moments.returns import returns
from valuemix.exhibits.moments.where import where
from valuemix.exhibits.words.listing import records
from valuemix.model.scenario import Scenario

__all__ = ["moments_document", "moments_text"]


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
        ``where``: segment, moment, leader, lead and degree; ``overall``: proposition, value and rank over all moments;
        ``burdens``: empty, as burdens do not differ between moments; ``returns``: what one more point for the leader
        adds, by moment and discipline.

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
    [{'segment': 'Stores', 'moment': 'Order', 'leader': 'Express', 'lead': 1.5, 'degree': 'clear'}]
    """
    result = evaluate(scenario)
    led, gains = where(result, segment).table, returns(result, segment).table
    values, ranks = result.values_in(segment), result.ranks_in(segment)
    every = zip(scenario.proposition_names, values.tolist(), ranks.tolist(), strict=True)
    keys = ("segment", "moment", "leader", "lead", "degree")
    found: dict[str, Any] = plain(
        {
            "where": [dict(zip(keys, row, strict=True)) for row in records(led, *keys)],
            "overall": [{"proposition": name, "value": v, "rank": rank or None} for name, v, rank in every],
            "burdens": [],
            "returns": [
                {"moment": moment, "discipline": discipline, "gain": gain}
                for moment, discipline, gain in records(gains, "moment", "discipline", "gain")
            ],
        }
    )
    return found


def moments_text(scenario: Scenario, segment: str | None = None) -> str:
    """What the exhibits of moments find, a line each."""
    result = evaluate(scenario)
    return "\n".join(make(result, segment).finding for make in (where, journey, returns))
