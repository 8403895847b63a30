"""What to simplify: where another proposition takes less of a customer's time, effort or money."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from valuemix.analysis.customers.burden_kinds import Simpler, burden_kinds, simpler
from valuemix.analysis.customers.moments import needs_moments
from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.table import Column, Table, named, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.moments.burdens import amount
from valuemix.exhibits.words import formulas, wording
from valuemix.exhibits.words.formats import decimals_of, number, share
from valuemix.exhibits.words.listing import records
from valuemix.model.parts import BURDENS
from valuemix.model.scenario import Scenario

__all__ = ["simplify"]

_MOST = 12
"""Rows that are shown."""


@exhibit_kind(
    "What to simplify",
    "Customer view",
    ("segment", "proposition"),
    formulas.BURDEN
    + " Minus: what a contact takes beyond the least that any proposition takes in that moment.",
    several_views=True,
)
def simplify(evaluation: Evaluation, segment: str | None = None, *, proposition: str = "") -> Exhibit:
    """Where a contact takes more than with the proposition that takes least there, the most burden first.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With moments and burdens.
    segment : str, optional
        Which segment; all of them by size where it is None.
    proposition : str, optional
        Of which; the leader over all moments by default.

    Returns
    -------
    Exhibit
        With one row a moment and kind of burden: proposition, moment, stage, kind, minus, unit, contacts_share,
        example (whose takes least), lighter (burden then, in units of the scale).

    Raises
    ------
    EditError
        Where there are no moments or no burdens; the message names the sheet to fill in.
    UnknownName
        Where the segment or the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> base = Scenario.from_arrays([[8, 6], [5, 6]], propositions=["Express", "Basic"])
    >>> heavy = base.with_table("burdens", [[[6, 2, 2, 2], [2, 2, 2, 2]]])
    >>> simplify(heavy.replace(moments=[Moment(name="Order")])).finding.replace("\\xa0", " ")
    'Time at Order is what to simplify first in Express: minus 4.0 for 100 % of contacts, as with Basic'
    """
    scenario = evaluation.scenario
    needs_moments(scenario)
    p, decimals = wording.chosen_proposition(evaluation, segment, proposition), decimals_of(scenario) + 1
    found = simpler(scenario, p, segment)
    table = _table(scenario, segment, p, found)
    return Exhibit(
        finding=_finding(scenario, table, p, found[0].example if found else ()),
        subtitle=f"What a contact with {scenario.proposition_names[p]} takes beyond the least of all propositions, "
        f"{wording.population(scenario, segment)}",
        table=table,
        notes=(
            f"lighter: burden ({wording.scale(scenario)}) less by this, with the weights of moments and kinds",
            f"the first {_MOST} of {len(table)} are shown" if len(table) > _MOST else "",
        ),
        alt="Table of what to simplify. "
        + "; ".join(
            f"{kind} at {moment}, minus {amount(minus, unit)}"
            for kind, moment, minus, unit in records(table, "kind", "moment", "minus", "unit")
        )
        + ".",
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
    )


def _table(scenario: Scenario, segment: str | None, p: int, found: list[Simpler]) -> pd.DataFrame:
    units, names = burden_kinds(scenario, segment).units, scenario.proposition_names
    rows = [
        {
            "proposition": names[p],
            "moment": scenario.moments[row.moment].name,
            "stage": scenario.moments[row.moment].stage,
            "kind": BURDENS[row.kind],
            "minus": row.minus,
            "unit": units[row.kind],
            "contacts_share": row.contacts,
            "example": " / ".join(names[i] for i in row.example),
            "lighter": scenario.scale.width * row.lighter,
        }
        for row in found
    ]
    columns = [
        "proposition",
        "moment",
        "stage",
        "kind",
        "minus",
        "unit",
        "contacts_share",
        "example",
        "lighter",
    ]
    return pd.DataFrame(rows, columns=columns)


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    first = table[:_MOST]
    amounts = [amount(minus, unit) for minus, unit in records(first, "minus", "unit")]
    return Table(
        (
            named("Moment", first["moment"].tolist()),
            Column("Burden", texts([kind.capitalize() for kind in first["kind"]])),
            Column("Minus", texts(amounts, bold=True), "right"),
            Column("Contacts", texts([*map(share, first["contacts_share"])]), "right"),
            Column("As with", texts(first["example"].tolist())),
            Column("Lighter", texts([number(each, decimals) for each in first["lighter"]]), "right"),
        )
        if len(first)
        else ()
    )


def _finding(scenario: Scenario, table: pd.DataFrame, p: int, example: Sequence[int]) -> str:
    names = wording.short_names(scenario.proposition_names)
    if table.empty:
        return f"No proposition takes less than {names[p]} in any moment, so none shows what to simplify"
    moment, kind, minus, unit, contacts = next(
        records(table, "moment", "kind", "minus", "unit", "contacts_share")
    )
    short = wording.shortened(scenario.moment_names)[moment]
    return (
        f"{kind.capitalize()} at {short} is what to simplify first in {names[p]}: minus {amount(minus, unit)} for "
        f"{share(contacts)} of contacts, as with {wording.joined([names[i] for i in example])}"
    )
