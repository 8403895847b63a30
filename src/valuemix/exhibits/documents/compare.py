"""Comparisons as a JSON document and as plain text, for scripts and terminals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.compare.bridges import PARTS
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.compare.ranks_across import ranks_across
from valuemix.exhibits.compare.regret import regret, shown_regrets
from valuemix.exhibits.documents.plain import columns, plain
from valuemix.exhibits.words import comparing
from valuemix.exhibits.words.formats import apportioned, gap, number, signed

__all__ = ["certainty_document", "compare_document", "compare_text"]


def compare_document(comparison: Comparison) -> dict[str, Any]:
    """Values, ranks, bridges, regret and agreement, as ``valuemix compare --json`` prints them.

    Parameters
    ----------
    comparison : Comparison
        The first scenario is the baseline.

    Returns
    -------
    dict
        ``scenarios``: name, leaders, how sure the lead is, scale and what each lacks that another has. ``values`` and
        ``ranks``: overall and by segment, for every proposition the figure by scenario; None where
        a scenario lacks it. ``bridges``: from the baseline to every other scenario that has the
        proposition; parts are None where the change cannot be split. ``regret``: the robust choice
        first. ``kendall_tau``: tau-b of every two scenarios; None where it is undefined.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> document = compare_document(compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led")))
    >>> document["ranks"]["overall"][0]
    {'proposition': 'Express', 'by_scenario': {'Base case': 1, 'Purpose-led': 2}}
    >>> document["kendall_tau"]
    [[1.0, -1.0], [-1.0, 1.0]]
    """
    document: dict[str, Any] = plain(
        {
            "scenarios": [_scenario(comparison, k) for k in range(len(comparison.names))],
            "values": _by_view(comparison, comparison.values),
            "ranks": _by_view(comparison, lambda view: _or_none(comparison.ranks(view))),
            "bridges": comparison.bridges().to_dict("records"),
            "regret": [
                {**_row(comparison, p, comparison.regrets), "maximum": comparison.maximum_regrets[p]}
                for p in np.argsort(comparison.maximum_regrets, kind="stable").tolist()
            ],
            "kendall_tau": comparison.kendall_tau,
        }
    )
    return document


def certainty_document(result: Evaluation, segment: str | None) -> dict[str, Any]:
    """How sure the leader is: nothing is rounded, and None stands where there is no leader."""
    found, names = certainty(result.scenario, segment), result.scenario.proposition_names
    leaders = [names[p] for p in found.leaders]
    return {
        "leader": leaders[0] if len(leaders) == 1 else leaders or None,
        "degree": found.degree,
        "first": found.first if leaders else None,
        "with": [names[p] for p in found.rivals],
        "close": [names[p] for p in found.close],
        "least": found.least if leaders else None,
    }


def _scenario(comparison: Comparison, k: int) -> dict[str, Any]:
    evaluation, name = comparison.evaluations[k], comparison.names[k]
    scenario = evaluation.scenario
    lacks = {
        f"{kind}s": [u.name for u in comparison.unshared if u.kind == kind and name not in u.scenarios]
        for kind in ("proposition", "segment", "discipline")
    }
    return {
        "name": name,
        "scale": {"lowest": scenario.scale.lowest, "highest": scenario.scale.highest},
        "leaders": [scenario.proposition_names[p] for p in evaluation.standing().leaders],
        "certainty": certainty_document(evaluation, None),
        "lacks": lacks,
    }


def _or_none(ranks: NDArray[Any]) -> NDArray[Any]:
    """Ranks, None in place of the 0 of what has none."""
    found: NDArray[Any] = ranks.astype(object)
    found[ranks == 0] = None
    return found


def _by_view(comparison: Comparison, figures: Callable[[str | None], NDArray[Any]]) -> dict[str, Any]:
    """Figures by scenario for every proposition, overall and in each segment."""

    def rows(view: str | None) -> list[dict[str, Any]]:
        return [_row(comparison, p, figures(view)) for p in range(len(comparison.propositions))]

    return {"overall": rows(None), "segments": {name: rows(name) for name in comparison.segments}}


def _row(comparison: Comparison, p: int, grid: NDArray[Any]) -> dict[str, Any]:
    """Figures of one proposition by the names of the scenarios."""
    by_scenario = dict(zip(comparison.names, grid[:, p].tolist(), strict=True))
    return {"proposition": comparison.propositions[p], "by_scenario": by_scenario}


# ---------------------------------------------------------------------- text


def compare_text(comparison: Comparison) -> str:
    """The same for people: values and ranks by scenario, bridges, regret, agreement, what is not shared."""
    sure = "\n".join(f"({note})" for note in comparing.sure_notes(comparison, range(len(comparison.names))))
    blocks = [
        "\n".join(filter(None, [ranks_across(comparison).finding, sure])),
        _values_text(comparison),
        *_bridges_text(comparison),
        _regret_text(comparison),
    ]
    if len(comparison.names) > 1:
        tau = [
            f"{name} {number(value, 2)}"
            for name, value in zip(comparison.names[1:], comparison.kendall_tau[0, 1:], strict=True)
        ]
        blocks.append(
            f"Agreement with the ranks of {comparison.names[0]} (Kendall's tau-b): {', '.join(tau)}"
        )
    blocks += [
        f"Not in every scenario: {item.kind} {item.name} (in {', '.join(item.scenarios)})"
        for item in comparison.unshared
    ]
    return "\n\n".join(blocks)


def _values_text(comparison: Comparison) -> str:
    values, ranks, decimals = comparison.values(), comparison.ranks(), comparing.decimals(comparison)
    rows = [["Overall value (rank)", *comparison.names]]
    for p, name in enumerate(comparison.propositions):
        cells = [
            f"{number(v, decimals)} ({r})" if r else "–"
            for v, r in zip(values[:, p], ranks[:, p], strict=True)
        ]
        rows.append([name, *cells])
    return columns(rows)


def _bridges_text(comparison: Comparison) -> list[str]:
    blocks = []
    frame, values, decimals = comparison.bridges(), comparison.values(), comparing.decimals(comparison)
    for k, name in enumerate(comparison.names[1:], start=1):
        rows = [[f"Change to {name}", *PARTS, "total"]]
        for row in frame[frame["to"] == name].to_dict("records"):
            p = comparison.propositions.index(row["proposition"])
            total = gap(values[k, p], values[0, p], decimals) if row["total"] == row["total"] else np.nan
            parts = apportioned([row[part] for part in PARTS], total, decimals)
            rows.append([row["proposition"], *(signed(value, decimals) for value in (*parts, total))])
        blocks.append(columns(rows))
    return blocks


def _regret_text(comparison: Comparison) -> str:
    found = regret(comparison)
    shown = shown_regrets(found.table, found.decimals).tolist()
    names = found.table["proposition"].iloc[:: len(comparison.names)]
    rows = [["Regret", *comparison.names, "maximum"]]
    rows += [
        [name, *(number(v, found.decimals) for v in row)] for name, row in zip(names, shown, strict=True)
    ]
    told = [found.finding] if comparison.robust and len(comparison.names) > 1 else []
    return "\n".join([columns(rows), *told])
