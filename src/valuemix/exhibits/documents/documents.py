"""Results as JSON documents and as plain text, for scripts and terminals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.value.scoring import OVERALL, Evaluation
from valuemix.exhibits.documents.compare import certainty_document, compare_document, compare_text
from valuemix.exhibits.documents.plain import plain
from valuemix.exhibits.documents.robustness import robustness_document, robustness_text
from valuemix.exhibits.documents.tradeoffs import tradeoffs_document, tradeoffs_text
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, lead_printed, number

__all__ = [
    "compare_document",
    "compare_text",
    "rank_document",
    "rank_text",
    "robustness_document",
    "robustness_text",
    "tradeoffs_document",
    "tradeoffs_text",
]


def rank_document(result: Evaluation, segment: str | None = None) -> dict[str, Any]:
    """Values, ranks and contributions with full precision, as ``valuemix rank --json`` prints them.

    Parameters
    ----------
    result : Evaluation
        What to tell.
    segment : str, optional
        Only this segment beside the overall ranking.

    Returns
    -------
    dict
        Keys ``scenario``, ``scale``, ``overall``, ``segments`` and ``certainty``; propositions best first. A
        value is None where nothing takes part, contributions are None where a value is no sum.

    Raises
    ------
    UnknownName
        Where the segment does not exist.
    """
    scenario = result.scenario
    names = scenario.segment_names if segment is None else [wording.segment_name(scenario, segment)]
    return {
        "scenario": scenario.name,
        "scale": {"lowest": scenario.scale.lowest, "highest": scenario.scale.highest},
        "overall": _rows(result, None),
        "segments": {name: _rows(result, name) for name in names},
        "certainty": {
            "overall": certainty_document(result, None),
            "segments": {name: certainty_document(result, name) for name in names},
        },
    }


def _rows(result: Evaluation, segment: str | None) -> list[dict[str, Any]]:
    names, ids = result.scenario.proposition_names, result.scenario.discipline_ids
    values, ranks, partial = result.values_in(segment), result.ranks_in(segment), result.partial_in(segment)
    parts = result.contributions_in(segment)
    rows = []
    for p in _best_first(result, segment):
        row = {"proposition": names[p], "value": values[p], "rank": ranks[p] or None, "partial": partial[p]}
        if segment is not None:
            row["contributions"] = None if parts is None else dict(zip(ids, parts[p], strict=True))
        rows.append(plain(row))
    return rows


def _best_first(result: Evaluation, segment: str | None) -> list[int]:
    """Every proposition in order of rank; those without a value last."""
    ranks = result.ranks_in(segment)
    return sorted(range(len(ranks)), key=lambda p: (ranks[p] == 0, ranks[p], p))


def rank_text(result: Evaluation, segment: str | None = None) -> str:
    """The same as a table for people: rank, proposition, value, and the lead; ``*`` marks a partial value."""
    segments = [segment] if segment else [*result.scenario.segment_names, None]
    return "\n\n".join(_block(result, name) for name in segments)


def _block(result: Evaluation, segment: str | None) -> str:
    values, ranks, partial = result.values_in(segment), result.ranks_in(segment), result.partial_in(segment)
    names, decimals = result.scenario.proposition_names, decimals_of(result.scenario)
    width = max(len(name) for name in names)
    lines = [segment or OVERALL]
    for p in _best_first(result, segment):
        rank = f"{ranks[p]:>3}" if ranks[p] else "  –"
        value = number(values[p], decimals) if ranks[p] else "no value"
        lines.append(f"{rank}  {names[p]:<{width}}  {value}{' *' if partial[p] else ''}")
    return "\n".join([*lines, *_lead(result, segment)])


def _lead(result: Evaluation, segment: str | None) -> list[str]:
    """Who leads by how much, as sure as it is, and what that rests on; nothing where there is nothing to lead."""
    values, standing, names = (
        result.values_in(segment),
        result.standing(segment),
        claims.called(result, segment),
    )
    leaders = [names[p] for p in standing.leaders]
    if not leaders:
        return [claims.unvalued(result.scenario, segment)]
    if standing.runner_up is None:
        return [f"{wording.joined(leaders)} tie"] if len(leaders) > 1 else []
    lead = lead_printed(values[standing.leaders[0]], values[standing.runner_up], result.scenario)
    second = names[standing.runner_up]
    tied = len(leaders) > 1
    found = claims.behind_tie(result.scenario, segment) if tied else certainty(result.scenario, segment)
    contest = claims.contest_beside(found, names, [standing.runner_up])
    if tied:
        contest = (
            claims.close(found) if found.close == (standing.runner_up,) else claims.contest(found, names)
        )
    start, whatever = _start(found, leaders, segment), claims.whatever(result.scenario, found)
    told = f"{start} by {lead} over {second}{contest}" + (f", {whatever}" if whatever else "")
    return [told, f"({grounds.how_sure(result.scenario, segment)})"]


def _start(found: Certainty, leaders: Sequence[str], segment: str | None) -> str:
    """Who leads, or who tie, as sure as it is that they are above all others."""
    comma = "," if found.degree == "likely" else ""
    if len(leaders) == 1:
        return f"{claims.lead_first(found, leaders[0], segment)}{comma}"
    who = wording.joined(leaders)
    return f"{who} tie, ahead" if found.degree == "open" else f"{who} share the lead{comma and ', probably'}"
