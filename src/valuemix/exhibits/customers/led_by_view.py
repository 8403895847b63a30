"""Whom a company would lead with if it believed its promises, or itself, or its customers."""

from __future__ import annotations

from functools import partial

import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Degree, certainty
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.errors import EditError
from valuemix.exhibits.compare.path import alone
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import decimals_of, number
from valuemix.exhibits.words.listing import grouped
from valuemix.exhibits.words.slopes import slopes_of
from valuemix.model.scenario import Scenario

__all__ = ["led_by_view"]

MEANING = {"promised": "what is claimed", "believed": "what we think", "felt": "what {served} say"}


BY = {"promised": "by our promises", "believed": "believing ourselves"}


@exhibit_kind(
    "Leaders by promised, believed and felt",
    "Customer view",
    ("segment",),
    formulas.VALUE + " Promised or believed scores take the place of the felt ones.",
    several_views=True,
)
def led_by_view(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Ranks and values under promised, believed and felt scores, side by side.

    Parameters
    ----------
    scenario : Scenario
        With promised or believed scores, or both.
    segment : str, optional
        Name of the segment; overall where it is None.

    Returns
    -------
    Exhibit
        With one row a view and proposition that has a value in it: view, meaning, proposition, value,
        rank, place (from the top), highlighted (who leads where felt scores count).

    Raises
    ------
    EditError
        Where neither promised nor believed scores can count; the message names the sheet to fill in.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> base = Scenario.from_arrays([[4, 4], [6, 6]], propositions=["Express", "Green line"])
    >>> led_by_view(base.with_table("believed", [[[8, 8], [7, 7]]])).finding
    'Believing ourselves we would lead overall with Express; customers put Green line first'
    """
    views, lacking = _views(scenario)
    decimals = decimals_of(*(each.scenario for each in views.values()))
    table = _table(views, segment)
    return Exhibit(
        finding=_finding(views, segment, decimals),
        subtitle=f"Rank and value ({wording.scale(scenario)}) where {wording.joined([*views])} scores count, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(*lacking, *_how_sure(views, segment)),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=slopes_of(table.assign(view=table["view"].str.capitalize()), decimals, "view", "meaning"),
    )


def _views(scenario: Scenario) -> tuple[dict[str, Evaluation], list[str]]:
    """Results under every view that can be had, and why others cannot."""
    views, lacking = {}, []
    for view in ("promised", "believed"):
        try:
            views[view] = evaluate(scenario.seen_as(view))
        except EditError as error:
            lacking.append(str(error))
    if not views:
        raise EditError(lacking[-1])
    return {**views, "felt": evaluate(scenario)}, lacking


def _table(views: dict[str, Evaluation], segment: str | None) -> pd.DataFrame:
    names = views["felt"].scenario.proposition_names
    leaders = views["felt"].standing(segment).leaders
    first = leaders[0] if len(leaders) == 1 else None
    rows = [
        (
            view,
            MEANING[view].format(served=wording.served(views["felt"].scenario, segment)),
            names[p],
            float(each.values_in(segment)[p]),
            int(each.ranks_in(segment)[p]),
            place,
            p == first,
        )
        for view, each in views.items()
        for place, p in enumerate(each.standing(segment).order, start=1)
    ]
    columns = ["view", "meaning", "proposition", "value", "rank", "place", "highlighted"]
    return pd.DataFrame(rows, columns=columns).astype({"highlighted": bool})


# ---------------------------------------------------------------------- words


def _finding(views: dict[str, Evaluation], segment: str | None, decimals: int) -> str:
    felt, where = views["felt"].scenario, wording.where(segment)
    led = {view: who for view, each in views.items() if (who := each.standing(segment).leaders)}
    if "felt" not in led or len(led) < 2:
        return f"There is nothing to compare {where}: a view lacks values"
    if len(felt.propositions) == 1:
        each = [f"{view} {number(views[view].values_in(segment)[0], decimals)}" for view in led]
        name = wording.short_names(felt.proposition_names)[0]
        return f"{name} is the only proposition: {wording.joined(each)} {where}"
    degrees = alone(grading.together([certainty(views[view].scenario, segment) for view in led]))
    spoken = {view: _leaders(views[view], segment) for view in led}
    if len({*led.values()}) == 1:
        return _agreed(views, spoken, segment, degrees)
    unsure = f"; {claims.counted(degrees)}" if {*degrees} & {"open", "likely"} else ""
    return (
        f"{_misled(led, spoken, where)}; {wording.served(felt, segment)} put {spoken['felt']} first{unsure}"
    )


def _agreed(
    views: dict[str, Evaluation], spoken: dict[str, str], segment: str | None, degrees: list[Degree]
) -> str:
    """The same lead in every view."""
    several = len(views["felt"].standing(segment).leaders) > 1
    tie = claims.tie_in((views[view].scenario, segment) for view in spoken) if several else ""
    verb = tie or claims.lead_verb(degrees)
    place = wording.where(segment) if several or verb == "is ahead" else wording.place(segment)
    *first, last = spoken
    more = "" if several else claims.untold(degrees)
    return f"{spoken['felt']} {verb} {place} whether {', '.join(first)} or {last} scores count{more}"


def _misled(led: dict[str, tuple[int, ...]], spoken: dict[str, str], where: str) -> str:
    """Whom we would lead with by what we promise or believe, where that is not who is felt to lead."""
    first, *rest = (view for view, who in led.items() if who != led["felt"])
    if rest and led["promised"] == led["believed"]:
        return f"By our promises and our own belief we would lead {where} with {spoken['believed']}"
    more = "".join(f", {BY[view]} with {spoken[view]}" for view in rest)
    return f"{wording.capital(BY[first])} we would lead {where} with {spoken[first]}{more}"


def _leaders(view: Evaluation, segment: str | None) -> str:
    names = claims.called(view, segment)
    return wording.joined([names[p] for p in view.standing(segment).leaders])


def _how_sure(views: dict[str, Evaluation], segment: str | None) -> list[str]:
    """How often each view's leader is above the next, under the errors of that view."""
    names = wording.short_names(views["felt"].scenario.proposition_names)
    found = {view: certainty(each.scenario, segment) for view, each in views.items()}
    return grounds.briefly_each(found, names, views["felt"].scenario, segment)


def _alt(table: pd.DataFrame, decimals: int) -> str:
    views = grouped(table, "view", "proposition", "value", partial(number, decimals=decimals))
    return f"Slope chart of ranks by view. {'; '.join(f'{view}: {own}' for view, own in views.items())}."
