"""What one proposition is worth in each moment, and what it costs there, in the order of the journey."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator

import numpy as np
import pandas as pd

from valuemix.analysis.customers.burden_kinds import burden_kinds
from valuemix.analysis.customers.moments import extreme_moments, moment_leads, needs_moments, places
from valuemix.analysis.value.scoring import Evaluation, evaluate, ranks
from valuemix.charts.bars import Bar, Bars, Key, Note, Part
from valuemix.charts.roles import Discipline
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.moments.burdens import amount
from valuemix.exhibits.moments.where import asked_words, bracketed, not_told, taken_from_whole
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import apportioned, decimals_of, number, percents
from valuemix.exhibits.words.listing import records
from valuemix.model.moments.parts import STAGES
from valuemix.model.parts import BURDENS, VIEWS
from valuemix.model.scenario import Scenario

__all__ = ["journey"]


@exhibit_kind(
    "Journey",
    "Customer view",
    ("segment", "proposition"),
    formulas.VALUE
    + " In one moment: with its own weights and scores. Moments stand in the order before, during, after. "
    "Burden in a moment: each of the four as a share of what nobody bears, by their weights.",
    several_views=True,
)
def journey(evaluation: Evaluation, segment: str | None = None, *, proposition: str = "") -> Exhibit:
    """Value of a proposition in each moment of the journey, its burden below, and who is ahead there.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With moments.
    segment : str, optional
        Which segment; all of them by size times contacts where it is None.
    proposition : str, optional
        Of which; the leader over all moments by default.

    Returns
    -------
    Exhibit
        With one row a moment and discipline (one a moment where values are no sums): segment, proposition, moment,
        stage, weight_share, value, leader, rank (0 where there is no value), promised, believed, burden, and the
        amounts of time, worry, effort and money of a contact (missing where not given), discipline, contribution.

    Raises
    ------
    EditError
        Where there are no moments; the message names the sheet to fill in.
    UnknownName
        Where the segment or the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment, MomentScore
    >>> base = Scenario.from_arrays([[8, 6], [5, 6]], propositions=["Express", "Basic"]).replace(
    ...     moments=[Moment(name="Fault", stage="after", share=30), Moment(name="Order", stage="before", share=70)],
    ...     moment_scores=[MomentScore(proposition="Express", moment="Fault", scores={"discipline_1": 1})])
    >>> journey(base).finding.replace("\\xa0", " ")
    'Express is worth 7.0 at Order, its best moment, and 3.5 at Fault, its weakest (30 % of the weight)'
    """
    scenario = evaluation.scenario
    needs_moments(scenario)
    p, decimals = wording.chosen_proposition(evaluation, segment, proposition), decimals_of(scenario)
    table, shown = _table(scenario, segment, p), scenario.proposition_names[p]
    leads = moment_leads(scenario, segment)
    told = {lead.place.name for lead in leads if lead.told}
    views = _views(scenario)
    return Exhibit(
        finding=_finding(scenario, segment, table, p, told) + _a_year(scenario, segment, p),
        subtitle=f"Value{' above, burden below,' if scenario.has_burdens else ''} of {shown} "
        f"({wording.scale(scenario)}) by moment, {wording.population(scenario, segment)}",
        table=table,
        notes=(
            grounds.weight_of_moments(scenario),
            taken_from_whole(scenario, places(scenario), segment),
            not_told(leads),
            "rank: among all propositions in that moment",
            _how_sure(scenario, segment),
            f"{' and '.join(views)}: scores of the segment with the weights of the moment" if views else "",
            "burden: of one contact there" if scenario.has_burdens else "",
        ),
        alt=_alt(table, told, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(scenario, table, told, decimals),
    )


def _how_sure(scenario: Scenario, segment: str | None) -> str:
    """What the best and the weakest moment rest on, where respondents were asked of moments."""
    asked = scenario.evidence is not None and scenario.evidence.in_moments
    return f"best and weakest moment: {grounds.taken(scenario, segment)}" if asked else ""


def _table(scenario: Scenario, segment: str | None, p: int) -> pd.DataFrame:
    names, rows = scenario.proposition_names, []
    order = (*STAGES, "")
    for lead in sorted(moment_leads(scenario, segment), key=lambda lead: order.index(lead.place.stage)):
        moment = scenario.moments[lead.place.moments[0]]
        alone = scenario.at_moment(moment.name)
        parts = evaluate(alone).contributions_in(segment)
        leaders, places = [names[i] for i in lead.standing.leaders], ranks(lead.worth, scenario.scale.width)
        own = {
            "segment": wording.segment_name(scenario, segment),
            "proposition": names[p],
            "moment": moment.name,
            "stage": moment.stage,
            "weight_share": lead.weight,
            "value": lead.worth[p],
            "leader": " / ".join(leaders),
            "rank": int(places[p]),
            **{view: _seen(alone, view, segment, p) for view in VIEWS[1:]},
            **_burden(alone, segment, p),
        }
        if parts is None:
            rows.append({**own, "discipline": "", "contribution": np.nan})
        else:
            each = zip(scenario.discipline_names, parts[p].tolist(), strict=True)
            rows += [{**own, "discipline": name, "contribution": part} for name, part in each]
    return pd.DataFrame(rows)


def _views(scenario: Scenario) -> list[str]:
    """Whose scores there are beside those that are felt."""
    return [view for view in VIEWS[1:] if scenario.table(view) is not None]


def _seen(alone: Scenario, view: str, segment: str | None, p: int) -> float:
    """Value in a moment with the promised or believed scores of the segment; NaN where there are none."""
    table = alone.table(view)
    if table is None:
        return float("nan")
    seen = alone.replace(scores=table, low=None, high=None, reasons=())
    return float(evaluate(seen).values_in(segment)[p])


def _burden(alone: Scenario, segment: str | None, p: int) -> dict[str, float]:
    """Burden in a moment, on the scale, and the amounts of a contact."""
    if not alone.has_burdens:
        return dict.fromkeys(("burden", *BURDENS), float("nan"))
    found = burden_kinds(alone, segment)
    burden = float(alone.scale.clipped(found.burdens[p]))
    return {"burden": burden, **dict(zip(BURDENS, found.amounts[p].tolist(), strict=True))}


def _a_year(scenario: Scenario, segment: str | None, p: int) -> str:
    """What a customer spends over all contacts of a year, of what has a unit; empty where contacts are not given."""
    if not scenario.has_burdens:
        return ""
    found = burden_kinds(scenario, segment)
    each = zip(found.a_year[p].tolist(), found.units, found.incomplete[p], strict=True)
    known = [(amount(total, unit), more) for total, unit, more in each if unit and total == total]
    if not known:
        return ""
    least = "at least " if any(more for _, more in known) else ""
    return f"; it costs a customer {least}{wording.joined([told for told, _ in known])} a year"


def _chart(scenario: Scenario, table: pd.DataFrame, told: Container[str], decimals: int) -> Bars:
    """A bar a moment, of contributions where they sum to the value, and one of its burden below it.

    Beside it stand its weight, its rank there, and its value as promised and believed.
    """
    first = table.drop_duplicates("moment")
    least = float(first["value"][[moment in told for moment in first["moment"]]].min())
    moments = zip(_weights(first), table.groupby("moment", sort=False), strict=True)
    return Bars(
        rows=tuple(
            bar
            for weight, (moment, rows) in moments
            for bar in _bars(scenario, rows, weight, least, decimals, told=moment in told)
        ),
        noun="moment",
        measure="Value",
        keys=_keys(scenario, additive=bool((table["discipline"] != "").all())),
        heads=("weight", "rank", *_views(scenario)),
        decimals=decimals,
    )


def _bars(
    scenario: Scenario, rows: pd.DataFrame, weight: str, least: float, decimals: int, *, told: bool
) -> Iterator[Bar]:
    """The value in a moment, strong where it is the least of all, and its burden where there is one."""
    first = next(records(rows, "moment", "value", "rank", "burden", *_views(scenario)))
    moment, value, rank, burden, *seen = first
    parts = _parts(rows, value, decimals)
    shown, place = bracketed([number(value, decimals), str(rank) if rank else "–"], [told] * 2)
    own = (Note(weight, "muted"), Note(place, "ink" if rank == 1 else "loss"))
    yield Bar(
        str(moment),
        (*parts, Part(0.0, "", "context")) if scenario.has_burdens else parts,
        "no value" if value != value else shown,
        notes=(*own, *(Note(number(each, decimals), "muted") for each in seen)),
        strong=bool(value == least),
    )
    if burden == burden:
        below = (*(Part(0.0, "", part.role) for part in parts), Part(burden, "", "context"))
        yield Bar("burden", below, number(burden, decimals), Note(_amounts(scenario, rows), "muted"))


def _keys(scenario: Scenario, *, additive: bool) -> tuple[Key, ...]:
    """Disciplines where the value is their sum; a value that is none is named where a burden stands below."""
    burden = (Key("Burden"),) if scenario.has_burdens else ()
    if additive:
        return (*map(Key, scenario.discipline_names), *burden)
    return (Key("Value"), *burden) if burden else ()


def _amounts(scenario: Scenario, rows: pd.DataFrame) -> str:
    """What a contact costs in what has a unit: "2.0 hours, 20 euros"."""
    units = scenario.burden_means.units[0]
    each = zip(next(records(rows, *BURDENS)), units, strict=True)
    return ", ".join(amount(value, unit) for value, unit in each if unit and value == value)


def _weights(first: pd.DataFrame) -> list[str]:
    """Weights of the moments as they are printed: they sum to 100 %."""
    return percents(first["weight_share"].tolist())


def _parts(rows: pd.DataFrame, value: float, decimals: int) -> tuple[Part, ...]:
    exact = rows["contribution"].tolist()
    if value != value or rows["contribution"].isna().any():
        return (Part(value, "", "context"),)
    shown = apportioned(exact, value, decimals)
    pairs = enumerate(zip(exact, shown, strict=True))
    return tuple(Part(size, number(each, decimals), Discipline(d)) for d, (size, each) in pairs)


def _finding(
    scenario: Scenario, segment: str | None, table: pd.DataFrame, p: int, told: Collection[str]
) -> str:
    decimals, name = decimals_of(scenario), wording.short_names(scenario.proposition_names)[p]
    first = table.drop_duplicates("moment").dropna(subset="value")
    if first.empty:
        return wording.no_value("in any moment")
    short = dict(zip(scenario.moment_names, wording.short_names(scenario.moment_names), strict=True))
    shown = dict(records(table.drop_duplicates("moment").assign(weight=_weights), "moment", "weight"))
    ordered = sorted(
        (row for row in records(first, "value", "moment") if row[1] in told), key=lambda row: row[0]
    )
    if not ordered:
        return f"Too little was asked of every moment to tell where {name} is worth most"
    some = len(ordered) < len(first) and asked_words(len(ordered))
    (low, worst), (high, best) = ordered[0], ordered[-1]
    worth = f"{name} is worth"
    if len(ordered) == 1:
        only = some[4:] if some else "moment with a value"
        return f"{worth} {number(high, decimals)} at {short[best]}, the only {only}"
    if number(low, decimals) == number(high, decimals):
        where = f"the {some}" if some else "every moment"
        return f"{worth} about the same in {where}, {number(high, decimals)}"
    most, least = map(claims.sign_words, extreme_moments(scenario, p, segment))
    return (
        f"{worth} {number(high, decimals)} at {short[best]}, {most}its best moment, and "
        f"{number(low, decimals)} at {short[worst]}, {least}its weakest ({shown[worst]} of the weight)"
        f"{f', of the {some}' if some else ''}"
    )


def _alt(table: pd.DataFrame, told: Container[str], decimals: int) -> str:
    first = table.drop_duplicates("moment")
    items = [
        f"{moment} {number(value, decimals)}, "
        + (f"ahead there: {leader or 'nobody'}" if moment in told else "too little asked")
        + (f", burden {number(burden, decimals)}" if burden == burden else "")
        for moment, value, leader, burden in records(first, "moment", "value", "leader", "burden")
    ]
    return f"Bars of value by moment. {'; '.join(items)}."
