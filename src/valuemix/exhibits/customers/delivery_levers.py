"""Which function's fix would return most of what is lost between promise and customer."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from valuemix.analysis.certainty.certainty import Certainty, certainty_among
from valuemix.analysis.customers.delivery import Delivery, Fix, delivery
from valuemix.analysis.value.scoring import TIE
from valuemix.charts.table import Table, centred, named, shaded
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, formulas, grounds, wording
from valuemix.exhibits.words.formats import apportioned, decimals_of, number
from valuemix.exhibits.words.listing import grouped, records
from valuemix.model.scenario import Scenario

__all__ = ["WHOLE", "delivery_levers"]

WHOLE = "Whole function"
"""What the column of whole functions is called."""


@exhibit_kind(
    "What fixes in delivery return",
    "Customer view",
    ("segment",),
    formulas.DELIVERY + " A fix sets one share, or all of a function, to 1; its return is the rise of "
    "the delivered value.",
    several_views=True,
)
def delivery_levers(scenario: Scenario, segment: str | None = None) -> Exhibit:
    """Value that would arrive in addition if nothing were lost in a function, or on one discipline of it.

    Parameters
    ----------
    scenario : Scenario
        With promised scores and a delivery chain.
    segment : str, optional
        Name of the segment; all segments by size where it is None.

    Returns
    -------
    Exhibit
        With one row a function and discipline, and one for the whole function: function, discipline,
        survival_share (missing for the whole), gain (mean over the propositions), best. The function
        that returns most first.

    Raises
    ------
    EditError
        Where there are no promised scores or no delivery chain; the message names the sheet to fill in.
    UnknownName
        Where the segment does not exist.

    Examples
    --------
    >>> from valuemix.model.parts import Function
    >>> base = Scenario.from_arrays([[5, 5]], propositions=["Express"]).with_table("promised", [[[10, 6]]])
    >>> functions = [Function(name="Sales", survives={"discipline_1": 0.8}), Function(name="Service", survives={})]
    >>> delivery_levers(base.replace(delivery=functions)).finding
    'Fixing Sales would return most, 1.0 of value: all of it on Discipline 1'
    """
    found = delivery(scenario, segment)
    decimals = decimals_of(scenario)
    table = _table(found)
    return Exhibit(
        finding=_finding(found, table, decimals),
        subtitle=f"Value ({wording.scale(scenario)}) that would arrive in addition if nothing were lost, "
        f"{_mean(found)}{wording.population(scenario, segment)}",
        table=table,
        notes=_notes(found),
        alt=_alt(table, decimals),
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, decimals),
    )


def _mean(found: Delivery) -> str:
    count = int((~np.isnan(found.delivered)).sum())
    return f"mean over {wording.count(count, 'proposition')}, " if count > 1 else ""


def _table(found: Delivery) -> pd.DataFrame:
    scenario, width = found.scenario, found.scenario.scale.width
    single = {(fix.function, fix.discipline): fix.mean for fix in found.single_fixes}
    best = {(fix.function, WHOLE) for fix in _best(found.fixes, width)}
    best |= {(fix.function, fix.discipline) for fix in _best(found.single_fixes, width)}
    rows = []
    for whole in found.fixes:
        name = whole.function
        survives = scenario.survival_shares[found.functions.index(name)].tolist()
        for label, share in zip(scenario.discipline_names, survives, strict=True):
            rows.append((name, label, share, single.get((name, label), 0.0 * whole.mean)))
        rows.append((name, WHOLE, np.nan, whole.mean))
    table = pd.DataFrame(rows, columns=["function", "discipline", "survival_share", "gain"])
    return table.assign(best=[row[:2] in best for row in rows])


def _best(fixes: tuple[Fix, ...], width: float) -> list[Fix]:
    """Those that return most; none where nothing is returned."""
    most = max((fix.mean for fix in fixes if fix.mean == fix.mean), default=0.0)
    return [fix for fix in fixes if fix.mean >= most - TIE * width] if most > TIE * width else []


def _printed(table: pd.DataFrame, decimals: int) -> list[str]:
    """Gains as they are printed: those of a function sum to the whole, where they do."""
    texts: list[str] = []
    for _, rows in table.groupby("function", sort=False):
        *parts, whole = rows["gain"].tolist()
        adds_up = math.isclose(math.fsum(parts), whole, rel_tol=1e-9, abs_tol=1e-12)
        shown = apportioned(parts, whole, decimals) if adds_up else parts
        texts += [number(gain, decimals) for gain in (*shown, whole)]
    return texts


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    """Functions by disciplines, whole functions last; what returns most is outlined."""
    functions, heads = [*dict.fromkeys(table["function"])], [*dict.fromkeys(table["discipline"])]
    most = float(np.nanmax(table["gain"].to_numpy(dtype=float), initial=0.0)) or 1.0
    cells = [
        shaded(text, gain / most, strong=bool(best))
        for text, (gain, best) in zip(_printed(table, decimals), records(table, "gain", "best"), strict=True)
    ]
    rows = [cells[i : i + len(heads)] for i in range(0, len(cells), len(heads))]
    return Table((named("Function", functions), *centred(heads, rows, total=True)))


# ---------------------------------------------------------------------- words


def _finding(found: Delivery, table: pd.DataFrame, decimals: int) -> str:
    if np.isnan(found.delivered).all():
        return "No proposition has a value that is both promised and felt, so nothing can be followed"
    best = _best(found.fixes, found.scenario.scale.width)
    if not best:
        return "Nothing is lost in any function, so there is nothing to fix"
    names = wording.shortened(found.functions)
    who = wording.joined([names[fix.function] for fix in best])
    value = f"{number(best[0].mean, decimals)} of value{' on average' if _mean(found) else ''}"
    if len(best) > 1:
        return f"Fixing {who} would return most: {value} each"
    sure = _sureness(found)
    returns = (
        ", the only function, would return"
        if len(names) == 1
        else f" would {claims.probably(sure)}return most,"
    )
    contest = claims.contest(sure, [*names.values()], 2)
    return f"Fixing {who}{returns} {value}{contest or _where(found, best[0], table, decimals)}"


def _sureness(found: Delivery) -> Certainty:
    """How sure it is which function's fix returns most, in the order of the chain."""
    gains = {fix.function: fix.mean for fix in found.fixes}
    today = np.array([gains[name] for name in found.functions])
    return certainty_among(today, found.fix_draws(), found.scenario.scale.width)


def _notes(found: Delivery) -> tuple[str, ...]:
    alone = "each fix by itself, with the losses everywhere else as they are"
    if len(found.fixes) == 1 or np.isnan(found.delivered).all() or not (sure := _sureness(found)).in_doubt:
        return (alone,)
    often = grounds.ahead_of(sure, wording.short_names(found.functions), "worth more than fixing")
    taken = grounds.taken(found.scenario, found.segment)
    return alone, f"fixing {often}; promises and chain as known, {taken}"


def _where(found: Delivery, whole: Fix, table: pd.DataFrame, decimals: int) -> str:
    """The discipline on which the function's fix returns most."""
    tie = TIE * found.scenario.scale.width
    own = [fix for fix in found.single_fixes if fix.function == whole.function and fix.mean > tie]
    if not own:
        return ""
    words = dict(zip(found.scenario.discipline_names, wording.discipline_words(found.scenario), strict=True))
    if len(own) == 1 and abs(own[0].mean - whole.mean) <= tie:
        return f": all of it on {words[own[0].discipline]}"
    rows = table[table["function"] == whole.function]
    texts = dict(zip(rows["discipline"], _printed(rows, decimals), strict=True))
    top = {words[fix.discipline]: texts[fix.discipline] for fix in own if fix.mean >= own[0].mean - tie}
    on = f"; on {wording.joined([*top])} alone"
    if len({*top.values()}) > 1:
        return f"{on} the same each"
    return f"{on} {texts[own[0].discipline]}{' each' if len(top) > 1 else ''}"


def _alt(table: pd.DataFrame, decimals: int) -> str:
    told = grouped(table.assign(gain=_printed(table, decimals)), "function", "discipline", "gain", str)
    items = [f"{function}: {own}" for function, own in told.items()]
    return f"Table of what fixes would return. {'; '.join(items)}."
