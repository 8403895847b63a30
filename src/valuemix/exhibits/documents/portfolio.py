"""The best set of propositions as a JSON document and as plain text."""

from __future__ import annotations

from typing import Any

from valuemix.analysis.portfolio.choose import Selection
from valuemix.analysis.portfolio.core import Core
from valuemix.exhibits.documents.plain import columns, plain
from valuemix.exhibits.portfolio.core import half_width_words
from valuemix.exhibits.portfolio.words import (
    alone_words,
    best_words,
    cost_heads,
    left_out_words,
    step_rows,
    unknown_costs,
)
from valuemix.exhibits.words.costs import cost_unit
from valuemix.exhibits.words.formats import share

__all__ = ["choose_document", "choose_text"]


def choose_document(selection: Selection, found: Core) -> dict[str, Any]:
    """The best set, its frontier, its core and whom it leaves out, as ``valuemix choose --json`` prints them.

    Parameters
    ----------
    selection : Selection
    found : Core

    Returns
    -------
    dict
        ``set``, ``value``, ``cost``, ``people``, ``limits``, ``frontier`` (the cheapest set first: cost, value,
        people, set, enters, leaves, cost_a_point), ``coverage`` by segment, ``alone`` (the best member by itself where
        that is nearly as good), ``left_out``, ``core`` (share of draws
        by proposition), ``draws``, and ``draws_without_a_set``.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> from valuemix.analysis.portfolio.core import core
    >>> from valuemix.model.scenario import Scenario
    >>> selection = choose(Scenario.from_arrays([[8, 2], [5, 6]], propositions=["Express", "Hotline"]), at_most=1)
    >>> document = choose_document(selection, core(selection))
    >>> document["set"], document["value"], document["left_out"]
    (['Hotline'], 5.5, [])
    """
    best, alone, scenario = selection.best, selection.alone, selection.scenario
    asked = {"budget": selection.budget, "people": selection.people, "at_most": selection.at_most}
    return {
        "set": [*selection.names(best)],
        **plain({"value": best.value, "cost": best.cost, "people": best.people, "limits": asked}),
        "frontier": plain(selection.to_frame().to_dict("records")),
        "coverage": plain(selection.coverage().to_dict("records")),
        "alone": alone
        and plain(
            {
                "proposition": scenario.proposition_names[alone.members[0]],
                "value": alone.value,
                "cost": alone.cost,
            }
        ),
        "left_out": [scenario.segment_names[g] for g in selection.left_out()],
        "core": dict(zip(scenario.proposition_names, found.shares.tolist(), strict=True)),
        "draws": found.draws,
        "draws_without_a_set": found.without,
        **cost_unit(scenario),
    }


def choose_text(selection: Selection, found: Core) -> str:
    """The same as plain text.

    Examples
    --------
    >>> from valuemix.analysis.portfolio.choose import choose
    >>> from valuemix.analysis.portfolio.core import core
    >>> from valuemix.model.scenario import Scenario
    >>> selection = choose(Scenario.from_arrays([[8, 2], [5, 1]], propositions=["Express", "Hotline"]), at_most=1)
    >>> print(choose_text(selection, core(selection)).splitlines()[0])
    The best set with at most 1 proposition is Express, worth 5.0 overall; it holds the best proposition for every ...
    """
    scenario, names = selection.scenario, selection.scenario.proposition_names
    lines = [f"{best_words(selection)}; {left_out_words(selection)}."]
    lines += [f"{alone}."] if (alone := alone_words(selection)) else []
    unknown = unknown_costs(selection)
    lines += [f"{unknown[0].upper()}{unknown[1:]}."] if unknown else []
    if selection.has_costs:
        lines += ["", columns([[*cost_heads(scenario)], *step_rows(selection)])]
    held = sorted(zip(found.shares.tolist(), names, strict=True), key=lambda pair: -pair[0])
    of = f"Share of {found.draws} cases held possible whose best set holds it"
    told = half_width_words(found)
    lines += ["", f"{of}{', ' if told else ''}{told}:", columns([[name, share(part)] for part, name in held])]
    if found.without:
        lines.append(f"In {found.without} more, no set reaches the floors.")
    return "\n".join(lines)
