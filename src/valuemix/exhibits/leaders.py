"""Who wins where: one row a segment."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from plotly import graph_objects as go

from valuemix.analysis.scoring import Evaluation
from valuemix.exhibits import wording
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import decimals_for, gap, number, percent, percents
from valuemix.exhibits.lettering import escaped, wrapped
from valuemix.exhibits.theme import DECK_FOOT, DECK_HEIGHT, Skin, deck_top, figure_of
from valuemix.model.weights import rounded_points

__all__ = ["leaders", "leading_decimals"]

SEPARATOR = " / "
"""Between names that tie in one cell of the table."""


def leaders(evaluation: Evaluation) -> Exhibit:
    """Leader, runner-up and lead in every segment.

    Parameters
    ----------
    evaluation : Evaluation
        What is shown.

    Returns
    -------
    Exhibit
        With one row a segment: segment, kind, size_share, leader, value, runner_up,
        runner_up_value, lead. Names that tie stand in one cell.

    Examples
    --------
    >>> from valuemix.analysis.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[[8, 4], [5, 5]], [[3, 4], [5, 6]]], sizes=[30, 70],
    ...     propositions=["Express", "Green line"], segments=["Families", "Students"])
    >>> leaders(evaluate(scenario)).finding
    'No proposition leads everywhere: Green line leads one of two segments (70\\xa0% of size), Express one'
    """
    scenario = evaluation.scenario
    decimals = leading_decimals(evaluation)
    return Exhibit(
        key="leaders",
        finding=_finding(evaluation, decimals),
        subtitle=f"Leading proposition by segment, value ({wording.scale(scenario)})",
        table=_table(evaluation),
        source=wording.source_of(scenario),
        notes=_notes(evaluation),
        alt=_alt(evaluation, decimals),
        decimals=decimals,
        draw=draw,
    )


def leading_decimals(evaluation: Evaluation) -> int:
    """Decimals that tell each segment's leader from its runner-up."""
    pairs = []
    for row, name in enumerate(evaluation.scenario.segment_names):
        standing = evaluation.standing(name)
        if standing.runner_up is not None:
            pairs.append(
                (evaluation.values[row, standing.leaders[0]], evaluation.values[row, standing.runner_up])
            )
    return decimals_for(evaluation.scenario.scale.width, pairs)


def _table(evaluation: Evaluation) -> pd.DataFrame:
    scenario = evaluation.scenario
    names, rows = scenario.proposition_names, []
    for g, segment in enumerate(scenario.segments):
        standing, values, ranks = evaluation.standing(segment.name), evaluation.values[g], evaluation.ranks[g]
        second = standing.runner_up
        seconds = [] if second is None else np.flatnonzero(ranks == ranks[second])
        rows.append(
            {
                "segment": segment.name,
                "kind": segment.kind,
                "size_share": scenario.size_shares[g],
                "leader": SEPARATOR.join(names[p] for p in standing.leaders),
                "value": values[standing.leaders[0]] if standing.leaders else np.nan,
                "runner_up": SEPARATOR.join(names[p] for p in seconds),
                "runner_up_value": np.nan if second is None else values[second],
                "lead": standing.lead,
            }
        )
    return pd.DataFrame(rows)


def _finding(evaluation: Evaluation, decimals: int) -> str:
    scenario = evaluation.scenario
    names = wording.short_names(scenario.proposition_names)
    segments = wording.short_names(scenario.segment_names)
    led = [evaluation.standing(name).leaders for name in scenario.segment_names]
    if len(names) == 1:
        return f"{names[0]} is the only proposition, so nothing else can lead"
    valued = [g for g, who in enumerate(led) if who]
    if not valued:
        return "No proposition has a value in any segment: every discipline with weight lacks a score"
    everywhere = [p for p in range(len(names)) if all(p in led[g] for g in valued)]
    span = f"all {wording.count(len(valued))} segments" if len(valued) > 2 else "both segments"
    if len(valued) < len(led):
        span = f"{span} with values"
    if len(valued) == 1:
        span = segments[valued[0]] + (
            ", the only segment" if len(led) == 1 else ", the only segment with values"
        )
    if len(everywhere) == len(names):
        return f"All {wording.count(len(names), 'proposition')} tie in {span}"
    if len(everywhere) == 1 and all(len(led[g]) == 1 for g in valued):
        return f"{names[everywhere[0]]} leads {span}{_range(evaluation, valued, segments, decimals)}"
    if len(everywhere) > 1 and all(len(led[g]) == len(everywhere) for g in valued):
        return f"{wording.joined([names[p] for p in everywhere])} share the lead in {span}"
    if everywhere:
        who = wording.joined([names[p] for p in everywhere])
        verb = "leads or shares" if len(everywhere) == 1 else "lead or share"
        return f"{who} {verb} the lead in {span}"
    return f"No proposition leads everywhere: {_counts(evaluation, led, names, segments)}"


def _range(evaluation: Evaluation, valued: list[int], segments: list[str], decimals: int) -> str:
    """By how much one proposition leads, from the closest segment to the clearest."""
    gaps = []
    for g in valued:
        standing = evaluation.standing(evaluation.scenario.segment_names[g])
        if standing.runner_up is not None:
            values = evaluation.values[g]
            gaps.append((gap(values[standing.leaders[0]], values[standing.runner_up], decimals), g))
    if not gaps or min(gaps)[0] <= 0:
        return ""
    least, most = min(gaps), max(gaps)
    if least[0] == most[0]:
        return f" by {number(least[0], decimals)}"
    return (
        f", by {number(least[0], decimals)} in {segments[least[1]]} "
        f"to {number(most[0], decimals)} in {segments[most[1]]}"
    )


def _counts(evaluation: Evaluation, led: list[tuple[int, ...]], names: list[str], segments: list[str]) -> str:
    """How many segments each leads alone, largest share of size first, and where the lead is shared."""
    shares = evaluation.scenario.size_shares
    points = rounded_points(shares.tolist())
    alone: dict[int, list[int]] = {}
    for g, who in enumerate(led):
        if len(who) == 1:
            alone.setdefault(who[0], []).append(g)
    shared = [g for g, who in enumerate(led) if len(who) > 1]
    ties = _shared(led, shared, names, segments)
    if not alone:
        return ties
    order = sorted(alone, key=lambda p: (-len(alone[p]), -shares[alone[p]].sum(), p))
    first = alone[order[0]]
    size = percent(sum(points[g] for g in first), float(shares[first].sum()))
    parts = [
        f"{names[order[0]]} leads {wording.count(len(first))} of {wording.count(len(led))} segments ({size} of size)",
        *(f"{names[p]} {wording.count(len(alone[p]))}" for p in order[1:3]),
    ]
    rest = order[3:]
    if rest:
        total = sum(len(alone[p]) for p in rest)
        parts.append(f"{wording.count(len(rest), 'other')} {wording.count(total)}")
    return ", ".join(parts) + (f"; {ties}" if shared else "")


def _shared(led: list[tuple[int, ...]], shared: list[int], names: list[str], segments: list[str]) -> str:
    if not shared:
        return ""
    if len(shared) == 1:
        who = wording.joined([names[p] for p in led[shared[0]]])
        return f"{who} share the lead in {segments[shared[0]]}"
    every = "every segment" if len(shared) == len(led) else wording.joined([segments[g] for g in shared])
    return f"the lead is shared in {every}"


def _notes(evaluation: Evaluation) -> tuple[str, ...]:
    scenario = evaluation.scenario
    partial = [
        name
        for g, name in enumerate(scenario.segment_names)
        if any(evaluation.partial[g, p] for p in evaluation.standing(name).leaders)
    ]
    return (
        (f"the leader's value is partial (scores missing) in {wording.joined(partial)}",) if partial else ()
    )


def _alt(evaluation: Evaluation, decimals: int) -> str:
    items = []
    for row in _table(evaluation).itertuples():
        text = f"{row.segment}: {row.leader or 'no value'}"
        if row.leader:
            text += f" {number(float(str(row.value)), decimals)}"
        if row.runner_up:
            text += f", then {row.runner_up} {number(float(str(row.runner_up_value)), decimals)}"
        items.append(text)
    return f"Table of leaders by segment. {'; '.join(items)}."


# ---------------------------------------------------------------------- figure

_COLUMNS = (  # heading, where it stands, which side it is aligned to
    ("Segment", 0.0, "left"),
    ("Share of size", 0.30, "right"),
    ("Leader", 0.33, "left"),
    ("Value", 0.62, "right"),
    ("Runner-up", 0.65, "left"),
    ("Lead", 1.0, "right"),
)


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Table with hairlines, one row a segment, drawn from the exhibit's table alone."""
    table, decimals = exhibit.table, exhibit.decimals
    count = len(table)
    shown = max(count, 6) if skin.deck else count
    cells = _cells(table, decimals, lines=2)
    traces = [
        {
            "type": "scatter", "mode": "text", "x": [x] * (count + 1), "y": list(range(-1, count)),
            "text": [f"<b>{heading}</b>", *column], "hoverinfo": "skip", "cliponaxis": False,
            "textposition": f"middle {'right' if side == 'left' else 'left'}",
            "textfont": {
                "size": [13, *[16 if skin.deck and count <= 10 else 14] * count],
                "color": [skin.muted, *[skin.ink] * count],
            },
        }
        for (heading, x, side), column in zip(_COLUMNS, cells, strict=True)
    ]  # fmt: skip
    lines = [
        {
            "type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": y + 0.5, "y1": y + 0.5, "layer": "below",
            "line": {"color": skin.ink if y < 0 else skin.faint, "width": 1.2 if y < 0 else 1},
        }
        for y in range(-1, count)
    ]  # fmt: skip
    room = DECK_HEIGHT - deck_top(exhibit) - DECK_FOOT
    return figure_of(
        exhibit, skin, traces, height=(count + 1) * 46 if not skin.deck else int(room), left=0, shapes=lines,
        showlegend=False, margin={"r": 16 if skin.deck else 0},
        xaxis={"range": [0, 1], "visible": False, "fixedrange": True},
        yaxis={"range": [shown - 0.5, -1.5], "visible": False, "fixedrange": True},
    )  # fmt: skip


def _cells(table: pd.DataFrame, decimals: int, lines: int) -> list[list[str]]:
    def name(text: Any, width: float) -> str:
        return "<br>".join(map(escaped, wrapped(str(text), width, lines))) or "–"

    leads = [
        number(gap(v, r, decimals), decimals) if r == r else ("0" if lead == 0 else "–")
        for v, r, lead in zip(table["value"], table["runner_up_value"], table["lead"], strict=True)
    ]
    return [
        [
            name(s if k == "customer" else f"{s} ({k})", 14)
            for s, k in zip(table["segment"], table["kind"], strict=True)
        ],
        percents(table["size_share"].tolist()),
        [f"<b>{name(text, 14)}</b>" for text in table["leader"]],
        [f"<b>{number(v, decimals)}</b>" for v in table["value"]],
        [name(text, 14) for text in table["runner_up"]],
        leads,
    ]
