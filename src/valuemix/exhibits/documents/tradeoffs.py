"""Trade-offs as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from valuemix.analysis.tradeoffs.flips import Flip
from valuemix.analysis.tradeoffs.sweeps import Sweep
from valuemix.analysis.tradeoffs.tradeoffs import Challenge, Tradeoffs, tradeoffs
from valuemix.exhibits.documents.compare import certainty_document
from valuemix.exhibits.tradeoffs.nearest_change import flip_told
from valuemix.exhibits.tradeoffs.switches import (
    ShownWeight,
    Switch,
    crossovers,
    how_known,
    shown_weights,
    switch_range,
)
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.respondents import scores_given
from valuemix.model.scenario import Scenario

__all__ = ["tradeoffs_document", "tradeoffs_text"]


def tradeoffs_document(
    scenario: Scenario, segment: str | None = None, discipline: str | None = None
) -> dict[str, Any]:
    """Sweeps and flips with full precision, as ``valuemix tradeoffs --json`` prints them.

    Parameters
    ----------
    scenario : Scenario
    segment : str, optional
        Only this segment; overall and every segment without it.
    discipline : str, optional
        Only the sweeps of this discipline.

    Returns
    -------
    dict
        ``sweeps``: one a view and discipline, with today's ``weight``, ``leader``,
        ``stable_from``, ``stable_to`` and the ``crossovers`` at which the leader changes, all
        weights as shares, each with the 95 % ``interval`` of its weight where respondents gave the scores (else
        None); ``segment`` is None for overall. ``flips``: the least change after
        which each challenger leads, with the ``points_moved`` of 100 and the ``weights`` after,
        by discipline, overall by segment and discipline; None where it is impossible. Of leaders
        that tie the first is named, at a crossover the first that is new. ``certainty``: how sure
        the leader of each view is.

    Raises
    ------
    UnknownName
        Where the segment or the discipline does not exist.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> document = tradeoffs_document(scenario, "Families", "Innovation")
    >>> [(sweep["leader"], sweep["crossovers"][0]["to"]) for sweep in document["sweeps"]]
    [('Express', 'Express')]
    >>> [(flip["challenger"], round(flip["points_moved"], 2)) for flip in document["flips"]]
    [('Green line', 3.57)]
    """
    chosen = _disciplines(scenario, discipline)
    results = _results(scenario, segment)
    return {
        "sweeps": [_sweep(result, d) for result in results for d in chosen],
        "flips": [flip for result in results for flip in _flips(result)],
        "certainty": [
            {"segment": result.segment, **certainty_document(result.evaluation, result.segment)}
            for result in results
        ],
    }


def _disciplines(scenario: Scenario, discipline: str | None) -> list[int]:
    return (
        list(range(len(scenario.disciplines)))
        if discipline is None
        else [scenario.discipline_index(discipline)]
    )


def _results(scenario: Scenario, segment: str | None) -> list[Tradeoffs]:
    if segment is not None:
        return [tradeoffs(scenario, wording.segment_name(scenario, segment))]
    return [tradeoffs(scenario, name) for name in (None, *scenario.segment_names)]


def _sweep(result: Tradeoffs, d: int) -> dict[str, Any]:
    sweep, names = result.sweeps[d], result.scenario.proposition_names
    low, high = sweep.leader_interval if sweep.leaders else (None, None)
    return {
        "segment": result.segment,
        "discipline": result.scenario.discipline_ids[d],
        "weight": sweep.today_share,
        "leader": names[sweep.leaders[0]] if sweep.leaders else None,
        "stable_from": low,
        "stable_to": high,
        "crossovers": [
            {
                "weight": switch.share,
                "from": _one(switch.before, switch.after, names),
                "to": _one(switch.after, switch.before, names),
                "interval": switch_range(result, d, switch.share, switch.before, switch.after),
            }
            for switch in crossovers(sweep)
        ],
    }


def _one(leaders: Sequence[int], others: Sequence[int], names: Sequence[str]) -> str | None:
    """The first of some leaders that is not among the others, or the first."""
    alone = [p for p in leaders if p not in others] or list(leaders)
    return names[alone[0]] if alone else None


def _flips(result: Tradeoffs) -> list[dict[str, Any]]:
    return [
        {
            "segment": result.segment,
            "challenger": result.scenario.proposition_names[challenge.challenger],
            "possible": challenge.lead.possible,
            "points_moved": 100 * challenge.lead.moved_share if challenge.lead.possible else None,
            "weights": _weights(result, challenge.lead),
        }
        for challenge in result.challenges
    ]


def _weights(result: Tradeoffs, flip: Flip) -> dict[str, Any] | None:
    if not flip.possible:
        return None
    rows = [dict(zip(result.scenario.discipline_ids, row, strict=True)) for row in flip.weights.tolist()]
    return dict(zip(result.scenario.segment_names, rows, strict=True)) if result.segment is None else rows[0]


# ---------------------------------------------------------------------- text


def tradeoffs_text(scenario: Scenario, segment: str | None = None, discipline: str | None = None) -> str:
    """The same for people: intervals and crossovers of each weight, then what each challenger needs."""
    chosen = _disciplines(scenario, discipline)
    return "\n\n".join(_block(result, chosen) for result in _results(scenario, segment))


def _block(result: Tradeoffs, chosen: Sequence[int]) -> str:
    scenario, names = result.scenario, result.scenario.proposition_names
    nothing = claims.nothing_to_compare(scenario, result.segment, "so no weight changes the leader")
    if nothing and not (len(names) == 1 and scenario.scored(result.segment).all()):
        return nothing
    lines = [_headline(result)]
    width = max(len(name) for name in scenario.discipline_names)
    shown = shown_weights(result)
    lines += [
        f"  {scenario.discipline_names[d]:<{width}}  {_range(result, d, shown[d], names)}" for d in chosen
    ]
    wide = max(len(name) for name in names)
    lines += [f"  {names[each.challenger]:<{wide}}  {_needs(result, each)}" for each in result.challenges]
    sure = grounds.how_sure(scenario, result.segment)
    return "\n".join([*lines, f"(at {scores_given(result.scenario)}; {sure})"] if sure else lines)


def _needs(result: Tradeoffs, challenge: Challenge) -> str:
    """What a challenger needs to lead."""
    if challenge.lead.possible:
        return f"comes first with {flip_told(result, challenge.lead)}"
    return (
        "impossible to be first of all by weights, at these scores"
        if challenge.lead.exact
        else "no such weights found"
    )


def _headline(result: Tradeoffs) -> str:
    """Who leads, as sure as it is."""
    where = wording.where(result.segment)
    if len(result.scenario.propositions) == 1:
        return f"{result.scenario.proposition_names[0]} is the only proposition {where}"
    return (
        claims.lead_today(result.evaluation, result.segment, first=True)
        or f"No proposition has a value {where}"
    )


def _range(result: Tradeoffs, d: int, shown: ShownWeight, names: Sequence[str]) -> str:
    """Today's weight, the leader's interval and who leads beyond each crossover, away from today's weight."""
    sweep = result.sweeps[d]
    low, high = sweep.leader_interval
    text = f"{shown.text(sweep.today_share):>6}  stable {shown.text(low)} to {shown.text(high)}"
    changes = [f"{_change(s, sweep, shown, names)}{_how_known(result, d, s)}" for s in crossovers(sweep)]
    return f"{text}; {', '.join(changes)}" if changes else text


def _change(switch: Switch, sweep: Sweep, shown: ShownWeight, names: Sequence[str]) -> str:
    if switch.share < sweep.today_share:
        return f"{_one(switch.before, switch.after, names)} below {shown.text(switch.share)}"
    return f"{_one(switch.after, switch.before, names)} from {shown.text(switch.share)}"


def _how_known(result: Tradeoffs, d: int, switch: Switch) -> str:
    known = how_known(switch_range(result, d, switch.share, switch.before, switch.after))
    return f" ({known})" if known else ""
