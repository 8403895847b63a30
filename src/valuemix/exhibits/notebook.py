"""Results in a notebook: the sentence and the notes of the exhibit that tells them, and a small table."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd

from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.robustness.robustness import Robustness
from valuemix.analysis.tradeoffs.tradeoffs import Tradeoffs
from valuemix.analysis.value.scoring import OVERALL, Evaluation
from valuemix.exhibits.balance.ranking import ranking
from valuemix.exhibits.compare.ranks_across import ranks_across
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.robustness.acceptability import acceptability
from valuemix.exhibits.robustness.assumptions import rank_shares
from valuemix.exhibits.robustness.shares import rank_texts
from valuemix.exhibits.tradeoffs.stability import stability
from valuemix.exhibits.tradeoffs.switches import shown_weights
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.notebook_page import page

__all__ = ["shown"]

MOST_SEGMENTS, MOST_RANKS = 8, 5
"""Columns of a small table."""


@functools.singledispatch
def shown(result: object) -> str:
    """HTML of a result.

    Parameters
    ----------
    result : Evaluation, Tradeoffs, Robustness or Comparison

    Raises
    ------
    TypeError
        Where it is something else.

    Examples
    --------
    >>> from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
    >>> from valuemix.model.scenario import Scenario
    >>> "<th>today</th>" in shown(tradeoffs(Scenario.from_arrays([[8, 2], [4, 5]])))
    True
    """
    raise TypeError(f"no exhibit tells a {type(result).__name__}")


@shown.register
def _(result: Evaluation) -> str:
    scenario = result.scenario
    # By place and not by name: a segment may bear the name of another column.
    some = scenario.segment_names[:MOST_SEGMENTS]
    columns = [scenario.proposition_names, result.overall, *map(result.values_in, some)]
    labels = ["proposition", OVERALL, *some]
    frame = pd.DataFrame(dict(enumerate(columns))).iloc[[*result.standing().order]].set_axis(labels, axis=1)
    left = len(scenario.segments) - MOST_SEGMENTS
    return _told(ranking(result), frame, *([f"{left} more segments"] if left > 0 else []))


@shown.register
def _(result: Tradeoffs) -> str:
    rows = [
        [name, printed.text(sweep.today_share), *(printed.text(end) for end in sweep.leader_interval)]
        for name, sweep, printed in zip(
            result.scenario.discipline_names, result.sweeps, shown_weights(result), strict=True
        )
    ]
    return _told(stability(result), pd.DataFrame(rows, columns=["weight", "today", "leads from", "leads to"]))


@shown.register
def _(result: Robustness) -> str:
    (order, shares), names = rank_shares(result), result.scenario.proposition_names
    ranks = range(min(len(names), MOST_RANKS))
    rows = [[names[p], *(text or "–" for text in rank_texts(shares[p])[: len(ranks)])] for p in order]
    frame = pd.DataFrame(rows, columns=["proposition", *(f"rank {r + 1}" for r in ranks)])
    return _told(acceptability(result), frame)


@shown.register
def _(result: Comparison) -> str:
    leaders = [
        wording.joined([each.scenario.proposition_names[p] for p in each.standing().leaders]) or "nobody"
        for each in result.evaluations
    ]
    values = [np.nanmax(e.overall) if e.standing().leaders else np.nan for e in result.evaluations]
    frame = pd.DataFrame({"scenario": result.names, "highest overall": leaders, "value": values})
    return _told(ranks_across(result), frame)


def _told(exhibit: Exhibit, frame: pd.DataFrame, *small: str) -> str:
    return page(exhibit.finding, frame, *exhibit.notes, *small, decimals=exhibit.decimals)
