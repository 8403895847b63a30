"""Who leads in a segment, by how much, and why: sorted bars of contributions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from plotly import graph_objects as go

from valuemix.analysis.scoring import OVERALL, Evaluation
from valuemix.exhibits import wording
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import decimals_for, gap, number, percents, rounded, signed
from valuemix.exhibits.lettering import escaped, text_width, wrapped
from valuemix.exhibits.theme import DECK_FOOT, DECK_HEIGHT, DECK_WIDTH, Skin, deck_top, figure_of, row_labels

__all__ = ["ranking"]

FloatArray = NDArray[np.float64]


def ranking(
    evaluation: Evaluation, segment: str | None = None, baseline: Evaluation | None = None
) -> Exhibit:
    """Propositions by value in a segment, split into the contributions of the disciplines.

    Parameters
    ----------
    evaluation : Evaluation
        What is shown.
    segment : str, optional
        Name of the segment; all segments by size where it is None.
    baseline : Evaluation, optional
        Result of the saved scenario; its values are marked where they differ.

    Returns
    -------
    Exhibit
        With one row a proposition and discipline: segment, proposition, rank, value, partial,
        discipline, weight_share, contribution, and baseline_value where a baseline is given.
        Without the columns of disciplines where a value is no sum of contributions.

    Raises
    ------
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.analysis.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10],
    ...                                 propositions=["Express", "Green line"], segments=["Families"])
    >>> ranking(evaluate(scenario), "Families").finding
    'Express leads Families by 1.0 over Green line: operational excellence adds 0.6'
    """
    scenario = evaluation.scenario
    standing = evaluation.standing(segment)
    values, parts = evaluation.values_in(segment), evaluation.contributions_in(segment)
    top_two = (
        [(values[standing.leaders[0]], values[standing.runner_up])] if standing.runner_up is not None else []
    )
    decimals = decimals_for(scenario.scale.width, top_two)
    before = _baseline_values(evaluation, segment, baseline)
    split = "" if parts is None else " by discipline"
    return Exhibit(
        key="ranking",
        finding=_finding(evaluation, segment, decimals),
        subtitle=f"Value ({wording.scale(scenario)}){split}, {wording.population(scenario, segment)}",
        table=_table(evaluation, segment, parts, before),
        source=wording.source_of(scenario),
        notes=tuple(_notes(evaluation, segment, decimals, baseline, before)),
        alt=_alt(evaluation, segment, decimals),
        decimals=decimals,
        draw=draw,
    )


# ---------------------------------------------------------------------- table


def _rows(evaluation: Evaluation, segment: str | None) -> list[int]:
    """Places of the propositions, best first; those without a value last."""
    order = evaluation.standing(segment).order
    return [*order, *(p for p in range(len(evaluation.overall)) if p not in order)]


def _table(
    evaluation: Evaluation, segment: str | None, parts: FloatArray | None, before: FloatArray | None
) -> pd.DataFrame:
    scenario, rows = evaluation.scenario, _rows(evaluation, segment)
    repeat = 1 if parts is None else len(scenario.disciplines)
    rank = evaluation.ranks_in(segment)[rows].repeat(repeat)
    columns: dict[str, Any] = {
        "segment": OVERALL if segment is None else scenario.segment_names[scenario.segment_index(segment)],
        "proposition": [name for p in rows for name in [scenario.proposition_names[p]] * repeat],
        "rank": pd.arrays.IntegerArray(rank, mask=rank == 0),
        "value": evaluation.values_in(segment)[rows].repeat(repeat),
        "partial": evaluation.partial_in(segment)[rows].repeat(repeat),
    }
    if parts is not None:
        columns["discipline"] = [*scenario.discipline_names] * len(rows)
        columns["weight_share"] = np.tile(_weights(evaluation, segment), len(rows))
        columns["contribution"] = parts[rows].ravel()
    if before is not None:
        columns["baseline_value"] = before[rows].repeat(repeat)
    return pd.DataFrame(columns)


def _weights(evaluation: Evaluation, segment: str | None) -> FloatArray:
    """Weights of a segment, or their mean by size, shape (D,)."""
    scenario = evaluation.scenario
    result: FloatArray = (
        scenario.size_shares @ scenario.weights
        if segment is None
        else scenario.weights[scenario.segment_index(segment)]
    )
    return result


def _baseline_values(
    evaluation: Evaluation, segment: str | None, baseline: Evaluation | None
) -> FloatArray | None:
    """Values of the same propositions in the baseline, or None where it cannot be compared."""
    if baseline is None or baseline.scenario.scale != evaluation.scenario.scale:
        return None
    if segment is not None:
        segment = evaluation.scenario.segment_names[evaluation.scenario.segment_index(segment)]
        if segment not in baseline.scenario.segment_names:
            return None
    known = dict(zip(baseline.scenario.proposition_names, baseline.values_in(segment), strict=True))
    return np.array([known.get(name, np.nan) for name in evaluation.scenario.proposition_names])


# ---------------------------------------------------------------------- words


def _finding(evaluation: Evaluation, segment: str | None, decimals: int) -> str:
    scenario, standing = evaluation.scenario, evaluation.standing(segment)
    names = wording.short_names(scenario.proposition_names)
    values, leaders = evaluation.values_in(segment), standing.leaders
    where = wording.where(segment)
    if not leaders:
        return f"No proposition has a value {where}: every discipline with weight lacks a score"
    best = number(values[leaders[0]], decimals)
    if len(names) == 1:
        return f"{names[0]}, the only proposition, has a value of {best} {where}"
    if len(standing.order) == 1:
        return f"{names[leaders[0]]} is the only proposition with a value {where}: {best}"
    led = [names[p] for p in leaders]
    if standing.runner_up is None:
        who = wording.joined(led) if len(led) <= 3 else f"All {wording.count(len(led), 'proposition')}"
        return f"{who} tie {where} at {best}"
    seconds = _seconds(evaluation, segment, standing.runner_up)
    others = wording.joined([names[p] for p in seconds])
    lead = _lead(values[leaders[0]], values[standing.runner_up], decimals)
    if len(led) > 1:
        who = wording.joined(led) if len(led) <= 3 else f"{wording.count(len(led)).capitalize()} propositions"
        return f"{who} share the lead {where} at {best}, {lead} ahead of {others}"
    reason = _reason(evaluation, segment, leaders[0], seconds, decimals)
    return f"{led[0]} leads {wording.place(segment)} by {lead} over {others}{reason}"


def _seconds(evaluation: Evaluation, segment: str | None, runner_up: int) -> list[int]:
    ranks = evaluation.ranks_in(segment)
    return [int(p) for p in np.flatnonzero(ranks == ranks[runner_up])]


def _lead(first: float, second: float, decimals: int) -> str:
    shown = gap(first, second, decimals)
    return number(shown, decimals) if shown > 0 else f"less than {number(10.0**-decimals, decimals)}"


def _reason(
    evaluation: Evaluation, segment: str | None, leader: int, seconds: Sequence[int], decimals: int
) -> str:
    """Largest difference of contributions in favour of the leader, where there is one to name."""
    if evaluation.partial_in(segment)[leader]:
        return f", but its value is partial: {_missing(evaluation, segment, leader)}"
    parts = evaluation.contributions_in(segment)
    if parts is None or len(seconds) > 1 or evaluation.partial_in(segment)[seconds[0]]:
        return ""
    gaps = [gap(a, b, decimals) for a, b in zip(parts[leader], parts[seconds[0]], strict=True)]
    largest = max(gaps)
    named = [d for d, g in enumerate(gaps) if g == largest]
    if largest <= 0 or len(named) > 2:
        return ""
    words = wording.short_names([wording.discipline_word(n) for n in evaluation.scenario.discipline_names])
    adds = "adds" if len(named) == 1 else "add"
    each = "" if len(named) == 1 else " each"
    return f": {wording.joined([words[d] for d in named])} {adds} {number(largest, decimals)}{each}"


def _missing(evaluation: Evaluation, segment: str | None, proposition: int) -> str:
    """Which scores with weight are missing: "no score on social purpose"."""
    scenario = evaluation.scenario
    if segment is None:
        return "some of its scores are missing"
    row = scenario.segment_index(segment)
    missing = np.isnan(scenario.array("scores")[row, proposition]) & (scenario.weights[row] > 0)
    words = wording.short_names([wording.discipline_word(n) for n in scenario.discipline_names])
    return f"no score on {wording.joined([words[d] for d in np.flatnonzero(missing)])}"


def _notes(
    evaluation: Evaluation,
    segment: str | None,
    decimals: int,
    baseline: Evaluation | None,
    before: FloatArray | None,
) -> list[str]:
    names = wording.short_names(evaluation.scenario.proposition_names)
    partial = [p for p in _rows(evaluation, segment) if evaluation.partial_in(segment)[p]]
    notes = []
    if partial:
        listed = [f"{names[p]} ({_missing(evaluation, segment, p)})" for p in partial]
        notes.append(
            f"* partial value: {wording.joined(listed)}; the weight of a missing score goes to the other disciplines"
        )
    parts = evaluation.contributions_in(segment)
    if parts is None:
        notes.append(_why_not_split(evaluation))
    elif not _adds_up(parts, evaluation.values_in(segment), decimals):
        notes.append("contributions may not add up because of rounding")
    if baseline is not None and before is None:
        notes.append(f"no comparison with {_saved(baseline)}: it has another scale or not this segment")
    elif baseline is not None and before is not None and _differs(evaluation, segment, before, decimals):
        notes.append(f"upright marks show the value in {_saved(baseline)}")
    return notes


def _why_not_split(evaluation: Evaluation) -> str:
    if not evaluation.additive:
        return "not split by discipline: with a compensation other than 1 a value is no sum of contributions"
    if evaluation.scenario.settings.eps:
        return "not split by discipline: with fairness above 0 an overall value is no sum of contributions"
    return "not split by discipline: a proposition has no value in one of the segments"


def _saved(baseline: Evaluation) -> str:
    return f"the saved scenario {wording.short_names([baseline.scenario.name])[0]}"


def _adds_up(parts: FloatArray, values: FloatArray, decimals: int) -> bool:
    return all(
        rounded(sum(rounded(c, decimals) for c in row), decimals) == rounded(value, decimals)
        for row, value in zip(parts, values, strict=True)
        if not np.isnan(value)
    )


def _differs(evaluation: Evaluation, segment: str | None, before: FloatArray, decimals: int) -> bool:
    return any(
        not np.isnan(b) and not np.isnan(v) and rounded(v, decimals) != rounded(b, decimals)
        for v, b in zip(evaluation.values_in(segment), before, strict=True)
    )


def _alt(evaluation: Evaluation, segment: str | None, decimals: int) -> str:
    """Every value, and for the first two what they are made of."""
    names = evaluation.scenario.proposition_names
    values, parts = evaluation.values_in(segment), evaluation.contributions_in(segment)
    words = [wording.discipline_word(n) for n in evaluation.scenario.discipline_names]
    items = []
    for place, p in enumerate(_rows(evaluation, segment)):
        text = (
            f"{names[p]} {number(values[p], decimals)}" if values[p] == values[p] else f"{names[p]} no value"
        )
        if parts is not None and place < 2:
            made_of = zip(words, parts[p], strict=True)
            text += f" ({', '.join(f'{word} {number(c, decimals)}' for word, c in made_of)})"
        items.append(text)
    kind = "Bars of values" if parts is None else "Stacked bars of contributions"
    return f"{kind}, best first: {'; '.join(items)}."


# ---------------------------------------------------------------------- figure


def draw(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Sorted bars with their values at the end, drawn from the exhibit's table alone."""
    table, decimals = exhibit.table, exhibit.decimals
    split = "contribution" in table
    disciplines = list(dict.fromkeys(table["discipline"])) if split else []
    rows = table.iloc[:: max(len(disciplines), 1)]
    values, leads = rows["value"].to_numpy(), (rows["rank"].fillna(0) == 1).to_numpy()
    count = len(rows)
    shown_rows = max(count, 5) if skin.deck else count
    room = DECK_HEIGHT - deck_top(exhibit) - DECK_FOOT - 60 if skin.deck else 0
    row_height = room / shown_rows if skin.deck else (44 if count <= 10 else 34)
    font = 17 if skin.deck and row_height > 40 else 14
    labels, left = row_labels(
        wording.short_names(list(rows["proposition"]), 22),
        font,
        250 if skin.deck else 170,
        2 if row_height > 38 else 1,
    )
    y = list(range(count))
    before = rows["baseline_value"].to_numpy() if "baseline_value" in table else np.full(count, np.nan)
    moved = [
        rounded(v, decimals) != rounded(b, decimals) if v == v and b == b else False
        for v, b in zip(values, before, strict=True)
    ]
    if split:
        parts = table["contribution"].to_numpy().reshape(count, -1)
        traces = _stacks(
            parts,
            disciplines,
            list(rows["proposition"]),
            table["weight_share"].to_numpy(),
            decimals,
            font,
            skin,
        )
        ends = np.where(parts > 0, parts, 0).sum(axis=1)
    else:
        traces = [_plain(values, leads, skin)]
        ends = np.nan_to_num(np.maximum(values, 0))
    ends = np.fmax(ends, np.where(moved, before, -np.inf)) if any(moved) else ends
    starts = parts.clip(max=0).sum(axis=1) if split else np.nan_to_num(np.minimum(values, 0))
    low, high = float(min(starts.min(), 0)), float(max(ends.max(), 0))
    span = (high - low) or 1.0
    x_range = [low - 0.01 * span, high + span * (0.2 if any(moved) else 0.11)]
    traces.append(
        _ends(
            ends + 0.012 * span,
            values,
            before,
            moved,
            leads,
            rows["partial"].to_numpy(),
            decimals,
            font,
            skin,
        )
    )
    if any(moved):
        traces.append(_ghosts(before, moved, row_height, skin))
    ticks = [f"<b>{label}</b>" if lead else label for label, lead in zip(labels, leads, strict=True)]
    layout: dict[str, Any] = {
        "barmode": "relative",
        "bargap": 0.34,
        "xaxis": {"range": x_range, "visible": False, "fixedrange": True},
        "yaxis": {
            "range": [shown_rows - 0.5, -0.5], "tickmode": "array", "tickvals": y, "ticktext": ticks,
            "tickfont": {"size": font}, "showgrid": False, "zeroline": False, "ticks": "", "fixedrange": True,
            "ticklabelstandoff": 8,
        },
        "uniformtext": {"minsize": 11, "mode": "hide"},
        "showlegend": False,
    }  # fmt: skip
    heads = (
        _heads(parts[0], disciplines, table["weight_share"].to_numpy(), x_range, left, skin)
        if split and skin.deck
        else None
    )
    if heads:
        layout["annotations"] = heads
    elif split:
        layout["showlegend"] = True
        layout["legend"] = {
            "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "traceorder": "normal",
            "itemclick": False, "itemdoubleclick": False, "font": {"size": 15 if skin.deck else 13},
        }  # fmt: skip
    layout["margin"] = {"t": 56 if heads else 8, "r": 16}
    extra = 60 if split else 16
    return figure_of(exhibit, skin, traces, height=int(count * row_height + extra), left=left, **layout)


def _stacks(
    parts: FloatArray,
    disciplines: list[str],
    names: list[str],
    weights: FloatArray,
    decimals: int,
    font: int,
    skin: Skin,
) -> list[dict[str, Any]]:
    shares = percents(weights[: len(disciplines)].tolist())
    y = list(range(len(parts)))
    return [
        {
            "type": "bar", "orientation": "h", "name": f"{escaped(_legend(name))} {share}",
            "y": y, "x": parts[:, d].tolist(),
            "marker": {"color": skin.marks[d], "line": {"color": skin.ground, "width": 1.5}},
            "text": [number(c, decimals) if rounded(c, decimals) else "" for c in parts[:, d]],
            "textposition": "inside", "insidetextanchor": "middle", "textangle": 0,
            "textfont": {"color": skin.on_mark, "size": font - 1, "weight": 700},
            "hovertext": [f"{escaped(p)}<br>{escaped(name)} {number(c, decimals)}" for p, c in zip(names, parts[:, d], strict=True)],
            "hoverinfo": "text",
        }
        for d, (name, share) in enumerate(zip(disciplines, shares, strict=True))
    ]  # fmt: skip


def _legend(name: str) -> str:
    return wording.short_names([name], 16)[0]


def _plain(values: FloatArray, leads: NDArray[np.bool_], skin: Skin) -> dict[str, Any]:
    return {
        "type": "bar", "orientation": "h", "y": list(range(len(values))), "x": np.nan_to_num(values).tolist(),
        "marker": {"color": [skin.highlight if lead else skin.context for lead in leads]}, "hoverinfo": "skip",
    }  # fmt: skip


def _ends(
    x: FloatArray, values: FloatArray, before: FloatArray, moved: list[bool], leads: NDArray[np.bool_],
    partial: NDArray[np.bool_], decimals: int, font: int, skin: Skin,
) -> dict[str, Any]:  # fmt: skip
    texts = []
    for value, old, has_moved, lead, star in zip(values, before, moved, leads, partial, strict=True):
        text = number(value, decimals) + "*" * bool(star) if value == value else "no value"
        text = f"<b>{text}</b>" if lead else text
        if has_moved:
            change = gap(value, old, decimals)
            color = skin.good if change > 0 else skin.bad
            text += f'  <span style="color:{color};font-size:{font - 2}px">{signed(change, decimals)}</span>'
        texts.append(text)
    return {
        "type": "scatter", "mode": "text", "x": x.tolist(), "y": list(range(len(x))), "text": texts,
        "textposition": "middle right", "textfont": {"size": font + 1, "color": skin.ink},
        "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
    }  # fmt: skip


def _ghosts(before: FloatArray, moved: list[bool], row_height: float, skin: Skin) -> dict[str, Any]:
    """Upright marks at the saved values."""
    places = [i for i, has_moved in enumerate(moved) if has_moved]
    return {
        "type": "scatter", "mode": "markers", "x": before[places].tolist(), "y": places,
        "marker": {
            "symbol": "line-ns", "size": row_height * 0.42, "color": skin.ink,
            "line": {"width": 2.5, "color": skin.ink},
        },
        "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
    }  # fmt: skip


def _heads(
    leader: FloatArray,
    disciplines: list[str],
    weights: FloatArray,
    x_range: list[float],
    left: float,
    skin: Skin,
) -> list[dict[str, Any]] | None:
    """Names of the disciplines with their weights over the first bar, or None where they do not fit."""
    width = DECK_WIDTH - 2 * 44 - left - 0
    unit = width / (x_range[1] - x_range[0])
    centres = (np.cumsum(leader) - leader / 2 - x_range[0]) * unit
    broken = [wrapped(name, 9.5, 2) for name in disciplines]
    halves = [max(text_width(line) for line in lines) * 15 * 1.05 / 2 for lines in broken]
    places: list[float] = []
    edge = 0.0
    for centre, half in zip(centres, halves, strict=True):
        places.append(max(float(centre), edge + half))
        edge = places[-1] + half + 14
    if (
        (leader < 0).any()
        or max(abs(a - b) for a, b in zip(places, centres, strict=True)) > 60
        or edge > width + 14
    ):
        return None
    shares = percents(weights[: len(disciplines)].tolist())
    return [
        {
            "xref": "paper", "yref": "paper", "x": x / width, "y": 1, "xanchor": "center", "yanchor": "bottom",
            "yshift": 2, "showarrow": False, "align": "center",
            "text": f"<b>{'<br>'.join(map(escaped, lines))}</b><br>{share}",
            "font": {"size": 15, "color": color, "family": skin.font},
        }
        for x, lines, share, color in zip(places, broken, shares, skin.twins)
    ]  # fmt: skip
