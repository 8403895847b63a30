"""How far behind the best each choice would be, and the choice that is never far behind."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.compare.changes import common_draws
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.value.scoring import TIE
from valuemix.charts.table import Table, centred, named, shaded
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, comparing, formulas, grounds, wording
from valuemix.exhibits.words.formats import gap, number
from valuemix.typing import FloatArray

__all__ = ["regret", "shown_regrets"]


@exhibit_kind(
    "Regret",
    "Compare",
    ("scenarios",),
    formulas.COMPARED + " Regret is the best value in a scenario minus the proposition's own; the robust "
    "choice has the smallest maximum.",
    compares=True,
)
def regret(comparison: Comparison) -> Exhibit:
    """Regret of every proposition in every scenario, and the robust choice.

    Parameters
    ----------
    comparison : Comparison

    Returns
    -------
    Exhibit
        With one row a proposition and scenario, the robust choice first: proposition, scenario, value, regret,
        maximum, robust. NaN where a proposition has no value in a scenario. A regret is printed as the
        difference of the two values as they are printed.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> regret(compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led"))).finding
    'Express has the smallest regret, too close to call with Green line: never more than 1.60 behind the best'
    """
    decimals = comparing.decimals(comparison)
    table = comparison.regret()
    order = [
        comparison.propositions.index(name) for name in table["proposition"].iloc[:: len(comparison.names)]
    ]
    table.insert(2, "value", comparison.values()[:, order].T.ravel())
    shown = dict(zip(order, shown_regrets(table, decimals).tolist(), strict=True))
    table["robust"] = table["proposition"].isin([comparison.propositions[p] for p in comparison.robust])
    return Exhibit(
        finding=_finding(comparison, {p: row[-1] for p, row in shown.items()}, decimals),
        subtitle="How far the overall value would be behind the best of each scenario (regret), smallest maximum first"
        if table["regret"].notna().any()
        else "There is nothing to draw",
        table=table,
        source=comparing.source(comparison),
        notes=tuple(_notes(comparison)),
        alt=_alt(comparison, shown, decimals),
        decimals=decimals,
        scenarios=comparison.scenarios,
        chart=_chart(table, decimals),
    )


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    """Propositions by scenarios, the maximum last, outlined for the robust ones; nothing where none is known."""
    if table["regret"].isna().all():
        return Table(())
    scenarios = list(dict.fromkeys(table["scenario"]))
    first = table.iloc[:: len(scenarios)]
    regrets = shown_regrets(table, decimals)
    largest = float(np.nanmax(regrets, initial=0.0)) or 1.0
    cells = [
        [
            shaded(number(value, decimals), value / largest, strong=robust and place == len(scenarios))
            for place, value in enumerate(row)
        ]
        for row, robust in zip(regrets.tolist(), first["robust"].tolist(), strict=True)
    ]
    maximum = centred([*scenarios, "Maximum"], cells, total=True)
    return Table((named("Proposition", first["proposition"].tolist()), *maximum))


def shown_regrets(table: pd.DataFrame, decimals: int) -> FloatArray:
    """Regrets as the values printed subtract, one row a proposition and the largest in the last column.

    Examples
    --------
    >>> values = pd.DataFrame({"scenario": ["One"] * 2, "value": [6.96, 6.74], "regret": [0.0, 0.22]})
    >>> shown_regrets(values, 1).tolist()
    [[0.0, 0.0], [0.3, 0.3]]
    """
    best = table.groupby("scenario")["value"].transform("max")
    each = zip(best, table["value"], table["regret"], strict=True)
    shown = [gap(most, value, decimals) if regret == regret else np.nan for most, value, regret in each]
    cells = np.reshape(shown, (-1, table["scenario"].nunique()))
    return np.column_stack([cells, cells.max(axis=1)])


def _width(comparison: Comparison) -> float:
    return comparison.baseline.scale.width


def _finding(comparison: Comparison, largest: dict[int, float], decimals: int) -> str:
    """The robust choice, with the largest regrets as they are printed."""
    names, count = comparing.proposition_words(comparison), len(comparison.names)
    if count == 1:
        return comparing.only_one(comparison)
    if not all(comparison.same_scale):
        return "The scenarios have different scales, so regrets cannot be compared"
    robust, every = comparison.robust, comparing.every_scenario(count)
    if not robust:
        lacks = "has a value" if comparison.shared_by() else "is"
        return f"No proposition {lacks} in {every}, so there is no robust choice"
    who = wording.joined([names[p] for p in robust])
    if comparison.maximum_regrets[robust[0]] <= TIE * _width(comparison):
        return _without_regret(comparison, who, every)
    bound = _bound(max(largest[p] for p in robust), decimals)
    if len(robust) > 1:
        return f"{who} are equally robust: {bound} in {every}"
    found = _sure(comparison)
    if found.degree == "open":
        return f"{who} has the smallest regret{claims.contest(found, names)}: {bound}"
    head = f"{who} is {claims.probably(found)}the robust choice: {bound}"
    return head + _against(comparison, names, largest, decimals)


def _bound(most: float, decimals: int) -> str:
    """How far the robust choice falls behind at most."""
    within = (
        f"more than {number(most, decimals)}" if most else f"as much as {number(10.0**-decimals, decimals)}"
    )
    return f"never {within} behind the best"


def _without_regret(comparison: Comparison, who: str, every: str) -> str:
    """Who leads everywhere has no regret, as surely as it leads."""
    if len(comparison.robust) > 1:
        tie = claims.tie_in((scenario, None) for scenario in comparison.scenarios)
        return f"{who} {tie} in {every}, so they are the choice without regret"
    degrees = comparing.degrees(comparison, range(len(comparison.names)))
    level = [
        name
        for name, each in zip(comparison.names, comparison.evaluations, strict=True)
        if len(each.standing().leaders) > 1
    ]
    if level:
        where, sure = wording.joined(wording.short_names(level)), claims.counted(degrees)
        told = f"{who} is first in {every}, in {where} level with others, without regret at the scores as they stand"
        return f"{told}; {sure}" if {*degrees} & {"open", "likely"} else told
    verb = claims.lead_verb(degrees)
    if verb == "is ahead":
        told = f"{who} is ahead in {every}, without regret at the scores as they stand"
        return claims.as_sure(told, degrees, len(comparison.names), "scenario")
    return f"{who} {verb} in {every}, so it is {'probably ' if 'likely' in degrees else ''}the choice without regret"


def _sure(comparison: Comparison) -> Certainty:
    """How sure it is whose largest regret is the smallest, all scenarios under the same errors."""
    drawn = common_draws(comparison.scenarios)
    regrets = np.fmax.reduce(drawn, axis=1)[:, None] - drawn
    return certainty_among(-comparison.maximum_regrets, -regrets.max(axis=0), _width(comparison))


def _against(comparison: Comparison, names: list[str], largest: dict[int, float], decimals: int) -> str:
    """The baseline's leader where it is another one, else the second in robustness."""
    maxima, robust = comparison.maximum_regrets, comparison.robust
    others = [p for p in np.argsort(maxima, kind="stable") if p not in robust and not np.isnan(maxima[p])]
    if not others:
        return ""
    led = [p for p in others if comparison.ranks()[0, p] == 1]
    if led:
        degrees = comparing.degrees(comparison, [0])
        verb = claims.lead_verb(degrees) if degrees else "shares the lead"
        place = f"{'' if verb.endswith('leads') else 'in '}{comparing.scenario_words(comparison)[0]}"
        return f", while {names[led[0]]}, which {verb} {place}, falls up to {number(largest[led[0]], decimals)} behind"
    most = number(largest[others[0]], decimals)
    if largest[others[0]] <= largest[robust[0]]:
        return f", hardly less than {names[others[0]]}"
    return f", against {most} for {names[others[0]]}"


def _notes(comparison: Comparison) -> list[str]:
    notes = []
    if comparison.robust and len(comparison.names) > 1:
        notes += _how_sure(comparison)
        notes.append(
            "the robust choice has the smallest maximum; every scenario counts the same, however likely it is"
        )
    return [*notes, *comparing.unshared_notes(comparison, ["proposition"]), *comparing.scale_note(comparison)]


def _how_sure(comparison: Comparison) -> list[str]:
    """What the degree rests on; nothing where there is no choice."""
    found = _sure(comparison)
    if all(share != share for share in found.above):
        return []
    if not any(map(in_doubt, comparison.scenarios)):
        return [grounds.NOTHING_IN_DOUBT]
    if (comparison.maximum_regrets[comparison.robust[0]]) <= TIE * _width(comparison):
        return comparing.sure_notes(comparison, range(len(comparison.names)))
    names = comparing.proposition_words(comparison)
    told = grounds.ahead_of(found, names, "closer to the best than")
    return [f"{told}, {grounds.same_errors(*comparison.scenarios)}"]


def _alt(comparison: Comparison, shown: dict[int, list[float]], decimals: int) -> str:
    items = []
    for p, row in shown.items():
        own = ", ".join(
            f"{name} {comparing.figure_or_none(value, decimals)}"
            for name, value in zip((*comparison.names, "maximum"), row, strict=True)
        )
        items.append(f"{comparison.propositions[p]}: {own}")
    return f"Table of regrets. {'; '.join(items)}."
