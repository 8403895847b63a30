"""How far behind the best each choice would be, and the choice that is never far behind."""

from __future__ import annotations

import numpy as np

from valuemix.analysis.compare import Comparison
from valuemix.analysis.scoring import TIE
from valuemix.exhibits import comparing, wording
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import number
from valuemix.exhibits.regret_figure import draw

__all__ = ["regret"]


def regret(comparison: Comparison) -> Exhibit:
    """Regret of every proposition in every scenario, and the robust choice.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    Exhibit
        With one row a proposition and scenario, the robust choice first: proposition, scenario, regret,
        maximum, robust. NaN where a proposition has no value in a scenario.

    Examples
    --------
    >>> from valuemix.analysis.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> regret(compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led"))).finding
    'Express is the robust choice: never more than 1.6 behind the best, against 2.6 for Green line'
    """
    decimals = comparing.decimals(comparison)
    table = comparison.regret()
    table["robust"] = table["proposition"].isin([comparison.propositions[p] for p in comparison.robust])
    return Exhibit(
        key="regret",
        finding=_finding(comparison, decimals),
        subtitle="How far the overall value would be behind the best of each scenario (regret), smallest maximum first"
        if table["regret"].notna().any()
        else "There is nothing to draw",
        table=table,
        source=comparing.source(comparison),
        notes=tuple(_notes(comparison)),
        alt=_alt(comparison, decimals),
        decimals=decimals,
        scenarios=comparison.scenarios,
        draw=draw,
    )


def _width(comparison: Comparison) -> float:
    return comparison.baseline.scale.width


def _finding(comparison: Comparison, decimals: int) -> str:
    names, count = comparing.proposition_words(comparison), len(comparison.names)
    if count == 1:
        return comparing.only_one(comparison)
    if not all(comparison.same_scale):
        return "The scenarios have different scales, so regrets cannot be compared"
    if not comparison.shared_by():
        return f"No proposition is in {comparing.every_scenario(count)}, so there is no robust choice"
    if not comparison.robust:
        return (
            f"No proposition has a value in {comparing.every_scenario(count)}, so there is no robust choice"
        )
    maxima, robust = comparison.maximum_regrets, comparison.robust
    who, least = wording.joined([names[p] for p in robust]), float(maxima[robust[0]])
    every = comparing.every_scenario(count)
    if least <= TIE * _width(comparison):
        verb = "leads" if len(robust) == 1 else "share the lead"
        return f"{who} {verb} in {every}, so {'it is' if len(robust) == 1 else 'they are'} the choice without regret"
    if len(robust) > 1:
        return (
            f"{who} are equally robust: never more than {number(least, decimals)} behind the best in {every}"
        )
    head = f"{who} is the robust choice: never more than {number(least, decimals)} behind the best"
    return head + _against(comparison, names, decimals)


def _against(comparison: Comparison, names: list[str], decimals: int) -> str:
    """The baseline's leader where it is another one, else the second in robustness."""
    maxima, robust = comparison.maximum_regrets, comparison.robust
    others = [p for p in np.argsort(maxima, kind="stable") if p not in robust and not np.isnan(maxima[p])]
    if not others:
        return ""
    led = [p for p in others if comparison.ranks()[0, p] == 1]
    if led:
        return (
            f", while {names[led[0]]}, which leads {comparing.scenario_words(comparison)[0]}, "
            f"falls up to {number(maxima[led[0]], decimals)} behind"
        )
    most = number(maxima[others[0]], decimals)
    if most == number(maxima[robust[0]], decimals):
        return f", hardly less than {names[others[0]]}"
    return f", against {most} for {names[others[0]]}"


def _notes(comparison: Comparison) -> list[str]:
    notes = []
    if comparison.robust:
        notes.append(
            "the robust choice has the smallest maximum; every scenario counts the same, however likely it is"
        )
    return [*notes, *comparing.unshared_notes(comparison, ["proposition"]), *comparing.scale_note(comparison)]


def _alt(comparison: Comparison, decimals: int) -> str:
    items = []
    for p in np.argsort(comparison.maximum_regrets, kind="stable"):
        own = ", ".join(
            f"{name} {comparing.figure_or_none(value, decimals)}"
            for name, value in zip(comparison.names, comparison.regrets[:, p], strict=True)
        )
        maximum = comparing.figure_or_none(comparison.maximum_regrets[p], decimals)
        items.append(f"{comparison.propositions[p]}: {own}, maximum {maximum}")
    return f"Table of regrets. {'; '.join(items)}."
