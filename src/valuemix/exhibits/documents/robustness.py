"""Robustness as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from typing import Any

import numpy as np

from valuemix.analysis.robustness.robustness import Robustness
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.documents.compare import certainty_document
from valuemix.exhibits.documents.plain import columns, plain
from valuemix.exhibits.robustness.acceptability import acceptability, unseen_by_rank
from valuemix.exhibits.robustness.assumptions import (
    degree_note,
    half_widths,
    method,
    ranged,
    rank_shares,
    scored,
    share_text,
    shifts,
    uncertain,
)
from valuemix.exhibits.robustness.shares import rank_texts
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import percents
from valuemix.typing import FloatArray

__all__ = ["robustness_document", "robustness_text"]


def robustness_document(result: Robustness) -> dict[str, Any]:
    """Rank acceptability, central weights and pairwise wins, as ``valuemix robustness --json`` prints them.

    Parameters
    ----------
    result : Robustness

    Returns
    -------
    dict
        ``draws`` (0 where all is exact), ``seed``, ``weights`` (what is known of them), ``shift``
        ("shared" or "own"; None where it does not matter), ``ranges_as`` ("limits" or "interval";
        None where ranges are not used), ``segment`` (None for overall), ``exact``,
        ``pairwise_exact``, ``propositions`` in the
        scenario's order, each with ``rank_acceptability`` and ``half_width`` by rank,
        ``first_exact``, ``central_weights`` by discipline and ``confidence`` (None where there is
        none, as all of these are of a proposition that is not scored), ``pairwise``: how often the row
        beats the column, and ``certainty``: how sure it is who leads today, whatever was varied here.

    Examples
    --------
    >>> from valuemix.analysis.robustness.robustness import robustness
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[10, 0], [2.5, 2.5]], propositions=["Express", "Green line"])
    >>> document = robustness_document(robustness(scenario))
    >>> document["exact"], [round(p["first_exact"], 3) for p in document["propositions"]]
    (True, [0.75, 0.25])
    """
    found, segment, there = result.result, result.segment, scored(result)
    document: dict[str, Any] = plain(
        {
            "draws": found.draws,
            "seed": found.seed,
            "weights": result.assumptions.weights,
            "shift": result.assumptions.shift if shifts(result) else None,
            "ranges_as": result.scenario.doubt.ranges if ranged(result) else None,
            "segment": None if segment is None else wording.segment_name(result.scenario, segment),
            "exact": found.exact,
            "pairwise_exact": found.exact or found.pairwise_exact,
            "propositions": [_proposition(result, p) for p in range(len(found.pairwise))],
            "pairwise": np.where(there & there[:, None], found.pairwise, np.nan),
            "certainty": certainty_document(evaluate(result.scenario), segment),
        }
    )
    return document


def _proposition(result: Robustness, p: int) -> dict[str, Any]:
    scenario, found, central = result.scenario, result.result, result.central_weights[p]
    if not scored(result)[p]:
        keys = "rank_acceptability", "half_width", "first_exact", "central_weights", "confidence"
        return {"proposition": scenario.proposition_names[p], **dict.fromkeys(keys)}
    return {
        "proposition": scenario.proposition_names[p],
        "rank_acceptability": found.rank_acceptability[p],
        "half_width": found.half_width[p],
        "first_exact": None if found.first_exact is None else found.first_exact[p],
        "central_weights": None
        if np.isnan(central).any()
        else dict(zip(scenario.discipline_ids, central, strict=True)),
        "confidence": found.confidence[p],
    }


def robustness_text(result: Robustness) -> str:
    """The same for people: who is first how often, ranks in percent, mean weights where first, how it was found."""
    found = result.result
    if not scored(result).any():
        return f"{acceptability(result).finding}."
    order, shares = rank_shares(result)
    how = method(result, exact=found.exact, half_width=float(half_widths(result).max()))
    if found.first_exact is not None and not found.exact:
        how = f"shares of rank 1 are exact; other ranks: {how}"
    blocks = [
        f"{acceptability(result).finding}.",
        f"How often each rank, {uncertain(result)}",
        _ranks(result, shares, order),
        _mixes(
            result, [p for p in order if scored(result)[p] and not np.isnan(result.central_weights[p]).any()]
        ),
        "\n".join([f"{how[:1].upper()}{how[1:]}.", *([f"{lead}."] if (lead := degree_note(result)) else [])]),
    ]
    return "\n\n".join(blocks)


def _ranks(result: Robustness, shares: FloatArray, order: list[int]) -> str:
    names, unseen = result.scenario.proposition_names, unseen_by_rank(result)
    rows = [[names[p], *(text or "–" for text in rank_texts(shares[p], unseen))] for p in order]
    return columns([["Rank", *map(str, range(1, len(names) + 1))], *rows])


def _mixes(result: Robustness, rows: list[int]) -> str:
    scenario = result.scenario
    head = ["Mean weights where first", *scenario.discipline_names, "confidence"]
    lines = [
        [
            scenario.proposition_names[p],
            *percents(result.central_weights[p].tolist()),
            share_text(float(result.result.confidence[p])) or "0\u00a0%",
        ]
        for p in rows
    ]
    return columns([head, *lines])
