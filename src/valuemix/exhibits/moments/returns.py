"""Where one more point of score returns most: disciplines by moments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.customers.moments import moment_weights, needs_moments, point_returns, step_of
from valuemix.analysis.value.scoring import TIE, Evaluation
from valuemix.charts.table import Column, Table, centred, named, shaded, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.moments.journey import chosen_proposition
from valuemix.exhibits.moments.where import as_felt
from valuemix.exhibits.words import formulas, wording
from valuemix.exhibits.words.formats import decimals_of, number, percents
from valuemix.exhibits.words.listing import records

__all__ = ["returns"]


@exhibit_kind(
    "Where a point returns most",
    "Customer view",
    ("segment", "proposition"),
    formulas.VALUE
    + " A return is the value with one score raised by a point in one moment, in every segment that has "
    "the moment and at most to the end of the scale, less the value of today.",
    several_views=True,
)
def returns(evaluation: Evaluation, segment: str | None = None, *, proposition: str = "") -> Exhibit:
    """Value that one more point of score adds in each moment on each discipline.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        With moments.
    segment : str, optional
        Which segment; the overall value where it is None.
    proposition : str, optional
        Of which; the leader over all moments by default.

    Returns
    -------
    Exhibit
        With one row a moment and discipline: proposition, moment, stage, weight_share, discipline, gain, best.

    Raises
    ------
    EditError
        Where there are no moments; the message names the sheet to fill in.
    UnknownName
        Where the segment or the proposition does not exist.

    Examples
    --------
    >>> from valuemix.model.moments.parts import Moment
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [3, 3]], points=[70, 30], propositions=["Express", "Basic"]).replace(
    ...     moments=[Moment(name="Order", share=80), Moment(name="Fault", share=20)])
    >>> returns(base).finding
    'One more point for Express returns most on Discipline 1 at Order: 0.56 of value'
    """
    scenario = evaluation.scenario
    needs_moments(scenario)
    p, decimals = chosen_proposition(evaluation, segment, proposition), decimals_of(scenario) + 1
    gains, weights = point_returns(scenario, p, segment), moment_weights(scenario, segment)
    most = float(np.nanmax(gains, initial=0.0))
    table = pd.DataFrame(
        [
            {
                "proposition": scenario.proposition_names[p],
                "moment": moment.name,
                "stage": moment.stage,
                "weight_share": weights[j],
                "discipline": name,
                "gain": gains[j, d],
                "best": bool(most > 0 and gains[j, d] >= most - TIE * scenario.scale.width),
            }
            for j, moment in enumerate(scenario.moments)
            for d, name in enumerate(scenario.discipline_names)
        ]
    )
    name = wording.short_names(scenario.proposition_names)[p]
    step = wording.plain(step_of(scenario))
    point = "One more point" if step == "1" else f"{step} more of score"
    return Exhibit(
        finding=_finding(table, f"{point} for {name}", decimals),
        subtitle=f"Value that {point[:1].lower()}{point[1:]} of {scenario.proposition_names[p]} adds "
        f"({wording.scale(scenario)}), {wording.population(scenario, segment)}",
        table=table,
        notes=(
            "each score by itself, in every segment that has the moment, at most to the end of the scale",
            "weight: share of contacts times how much one contact counts",
            as_felt(scenario),
            "what a point costs is not counted",
        ),
        alt="Table of gains by moment and discipline. "
        + "; ".join(
            f"{m}, {d}: {number(g, decimals)}" for m, d, g in records(table, "moment", "discipline", "gain")
        )
        + ".",
        decimals=decimals,
        scenarios=(scenario,),
        chart=_chart(table, [*scenario.discipline_names], decimals),
    )


def _chart(table: pd.DataFrame, disciplines: list[str], decimals: int) -> Table:
    """Moments by disciplines, the deeper the more; what returns most is outlined."""
    most = float(np.nanmax(table["gain"].to_numpy(dtype=float), initial=0.0)) or 1.0
    cells = [
        shaded(number(gain, decimals), gain / most, strong=best)
        for gain, best in records(table, "gain", "best")
    ]
    step = len(disciplines)
    first = table[::step]
    return Table(
        (
            named("Moment", first["moment"].tolist()),
            Column("Weight", texts(percents(first["weight_share"].tolist())), "right"),
            *centred(disciplines, [cells[i : i + step] for i in range(0, len(cells), step)]),
        )
    )


def _finding(table: pd.DataFrame, point: str, decimals: int) -> str:
    best = table[table["best"]]
    if best.empty:
        return f"{point} would add nothing: every score with weight is at the end of the scale, or missing"
    places = [f"on {discipline} at {moment}" for discipline, moment in records(best, "discipline", "moment")]
    each = " each" if len(places) > 1 else ""
    gain = number(float(best["gain"].iloc[0]), decimals)
    return f"{point} returns most {wording.joined(places)}: {gain} of value{each}"
