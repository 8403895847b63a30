"""Values of another scenario beside those of the baseline, segment by segment and overall."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Degree, degree_of
from valuemix.analysis.compare.changes import rising
from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.value.scoring import OVERALL, TIE
from valuemix.charts.roles import Ground
from valuemix.charts.table import Cell, Column, Table, named
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, comparing, formulas, wording
from valuemix.exhibits.words.formats import gap, number, signed
from valuemix.exhibits.words.moves import Moves, rule

__all__ = ["value_changes"]


@exhibit_kind(
    "Values and their changes",
    "Compare",
    ("scenarios", "other"),
    formulas.COMPARED,
    compares=True,
)
def value_changes(comparison: Comparison, *, other: str | None = None) -> Exhibit:
    """Values with their changes from the baseline, by segment and overall.

    Parameters
    ----------
    comparison : Comparison
    other : str, optional
        Name of the scenario that the baseline is compared with; the first other one where it is None.

    Returns
    -------
    Exhibit
        With one row a segment and proposition of either scenario: segment, proposition, baseline_value,
        value, change, baseline_rank, rank; the overall rows last. NaN where a scenario lacks it.

    Raises
    ------
    UnknownName
        Where the other scenario is not compared.

    Examples
    --------
    >>> from valuemix.analysis.compare.compare import compare
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="Base case",
    ...                             propositions=["Express", "Green line"])
    >>> value_changes(compare(base, base.with_weights(discipline_1=20).renamed("Purpose-led"))).finding
    'From Base case to Purpose-led, Green line gains most (+0.60) and Express loses most (−3.60) overall'
    """
    k = comparing.other_place(comparison, other) or 0
    table = _table(comparison, k)
    decimals = comparing.decimals(comparison)
    words = comparing.scenario_words(comparison)
    return Exhibit(
        finding=_finding(comparison, k, table, decimals),
        subtitle=f"Value ({wording.scale(comparison.scenarios[k])}) in {words[k]}, and its change from {words[0]}",
        table=table,
        source=comparing.source(comparison, comparing.both(k)),
        notes=tuple(_notes(comparison, k, table)),
        alt=_alt(table, comparison.names[k], decimals),
        decimals=decimals,
        scenarios=tuple(comparison.scenarios[i] for i in comparing.both(k)),
        chart=_chart(table, decimals),
    )


def _table(comparison: Comparison, k: int) -> pd.DataFrame:
    """Rows of either scenario in the order of rank in the other."""
    either = (comparison.scenarios[0], comparison.scenarios[k])
    ranks = comparison.ranks()[k]
    places = [
        p for p, n in enumerate(comparison.propositions) if any(n in s.proposition_names for s in either)
    ]
    places.sort(key=lambda p: (ranks[p] == 0, ranks[p], p))
    segments = [n for n in comparison.segments if any(n in s.segment_names for s in either)]
    blocks = []
    for view in (*segments, None):
        before, after = comparison.ranks(view)[0, places], comparison.ranks(view)[k, places]
        values = comparison.values(view)
        columns = {
            "segment": OVERALL if view is None else view,
            "proposition": [comparison.propositions[p] for p in places],
            "baseline_value": values[0, places],
            "value": values[k, places],
            "change": comparison.changes(view)[k, places],
            "baseline_rank": pd.arrays.IntegerArray(before, mask=before == 0),
            "rank": pd.arrays.IntegerArray(after, mask=after == 0),
        }
        blocks.append(pd.DataFrame(columns))
    return pd.concat(blocks, ignore_index=True)


def _chart(table: pd.DataFrame, decimals: int) -> Table:
    """Values and their changes, overall last; leaders are outlined."""
    names, segments = [*dict.fromkeys(table["proposition"])], [*dict.fromkeys(table["segment"])]
    largest = float(np.nanmax(np.abs(table["change"].to_numpy(dtype=float)), initial=0.0)) or 1.0
    leads = (table["rank"] == 1).fillna(value=False).tolist()
    rows = zip(table["value"], table["baseline_value"], table["change"], leads, strict=True)
    cells = [_changed(*row, decimals, largest) for row in rows]
    columns = [
        Column(segment, cells[g * len(names) : (g + 1) * len(names)], "center", total=segment == segments[-1])
        for g, segment in enumerate(segments if len(segments) > 2 else segments[:1])
    ]
    return Table((named("Proposition", names), *columns))


def _changed(value: float, before: float, change: float, lead: bool, decimals: int, largest: float) -> Cell:
    """Value, and its change as the difference of the figures shown where both scenarios have it."""
    if np.isnan(change):
        return Cell(number(value, decimals), lead, ground=Ground("change", 0.0), marked=lead)
    moved = gap(value, before, decimals)
    text = f"{number(value, decimals)}  {signed(moved, decimals)}"
    return Cell(text, lead, ground=Ground("change", moved / largest), marked=lead)


def _overall(table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[-table["proposition"].nunique() :].reset_index(drop=True)


# ---------------------------------------------------------------------- words


def _finding(comparison: Comparison, k: int, table: pd.DataFrame, decimals: int) -> str:
    words = comparing.scenario_words(comparison)
    if len(comparison.names) == 1:
        return comparing.only_one(comparison)
    if k == 0:
        return f"{words[0]} is compared with itself, so no value differs"
    pair = f"{words[0]} and {words[k]}"
    if not comparison.shared_by(0, k):
        return f"{pair} have no proposition in common, so no value can be compared"
    if not comparison.same_scale[k]:
        return f"Values of {pair} cannot be compared: they have different scales"
    if table["change"].isna().all():
        return f"{pair} have no value in common to compare"
    if not (table["change"].abs() > TIE * comparison.baseline.scale.width).any():
        return f"Every value is the same in {pair}"
    return _largest(comparison, k, table, decimals)


def _largest(comparison: Comparison, k: int, table: pd.DataFrame, decimals: int) -> str:
    """Largest gain and largest loss overall; where overall nothing moves, the largest change in a segment."""
    words = comparing.scenario_words(comparison)
    way = f"from {words[0]} to {words[k]}"
    short = comparing.short_of(comparison)
    rows = _overall(table).dropna(subset=["change"])
    shown = dict(zip(rows["proposition"], _shown(rows, decimals), strict=True))
    best, worst = max(shown.values(), default=0.0), min(shown.values(), default=0.0)
    if best == worst == 0:
        least = number(10.0**-decimals, decimals)
        told = _in_segments(comparison, k, table, short, decimals)
        return f"No overall value changes by {least} or more {way}; {told}"
    winners, losers = ([name for name, value in shown.items() if value == most] for most in (best, worst))
    sure = Moves(comparison.baseline, comparison.scenarios[k], [*shown])
    if len(shown) == 1:
        adverb = claims.sign_words(degree_of(sure.sign(winners[0], best)))
        verb = "gains" if best > 0 else "loses"
        return f"{short[winners[0]]} {adverb}{verb} {number(abs(best), decimals)} overall {way}"
    gainers, loss_makers = ([short[name] for name in side] for side in (winners, losers))
    if best > 0 > worst:
        one, other = _together(sure.most(winners, 1), sure.most(losers, -1))
        gain = _most(gainers, "gain", best, decimals, one)
        loss = _most(loss_makers, "lose", worst, decimals, other)
        return wording.capital(f"{way}, {gain} and {loss} overall")
    if worst >= 0:
        none, most = _together([sure.none(-1)], sure.most(winners, 1))
        nobody, told = "loses", _most(gainers, "gain", best, decimals, most)
    else:
        none, most = _together([sure.none(1)], sure.most(losers, -1))
        nobody, told = "gains", _most(loss_makers, "lose", worst, decimals, most)
    return wording.capital(f"{claims.sign_words(none)}no proposition {nobody} overall {way}; {told}")


def _together(*groups: list[float]) -> list[Degree]:
    """Degree of each of some groups of changes that are told in one sentence: all of them are looked at."""
    degrees = iter(grading.grades([share for group in groups for share in group]))
    return [grading.least_sure([next(degrees) for _ in group]) for group in groups]


def _most(names: list[str], verb: str, value: float, decimals: int, degree: Degree) -> str:
    """Who gains or loses most: "Express probably gains most (+0.6)"."""
    adverb = claims.sign_words(degree)
    return f"{wording.joined(names)} {adverb}{verb}{'s' if len(names) == 1 else ''} most ({signed(value, decimals)})"


def _shown(rows: pd.DataFrame, decimals: int) -> list[float]:
    """Changes as differences of the figures shown."""
    pairs = zip(rows["value"].tolist(), rows["baseline_value"].tolist(), strict=True)
    return [gap(value, before, decimals) for value, before in pairs]


def _in_segments(
    comparison: Comparison, k: int, table: pd.DataFrame, short: dict[str, str], decimals: int
) -> str:
    rows = table.dropna(subset=["change"])
    shown = _shown(rows, decimals)
    largest = int(np.argmax(np.abs(shown)))
    if shown[largest] == 0:
        return "nor does any value in a segment"
    row = rows.iloc[largest]
    segment = wording.short_names([row["segment"]])[0]
    moved = rows["change"].abs() > TIE * comparison.baseline.scale.width
    up = [
        rising(comparison.baseline, comparison.scenarios[k], None if name == OVERALL else name)[proposition]
        for name, proposition in zip(rows["segment"][moved], rows["proposition"][moved], strict=True)
    ]
    # It is the largest of many: all of them are looked at together.
    degrees = grading.grades([max(share, 1 - share) for share in up])
    adverb = claims.sign_words(degrees[int(moved.iloc[:largest].sum())])
    return f"in {segment} {short[row['proposition']]} {adverb}changes by {signed(shown[largest], decimals)}"


def _notes(comparison: Comparison, k: int, table: pd.DataFrame) -> list[str]:
    words = comparing.scenario_words(comparison)
    notes = [f"outlined values are the highest in {words[k]}"]
    if k and comparison.same_scale[k] and not table["change"].isna().all():
        notes.insert(0, rule(comparison.baseline, comparison.scenarios[k]))
    for kind in ("proposition", "segment"):
        for value, name in (("value", words[k]), ("baseline_value", words[0])):
            empty = table.groupby(kind, sort=False)[value].count() == 0
            lacking = wording.short_names([str(own) for own in empty.index[empty]])
            if lacking:
                notes.append(f"no values in {name} for {wording.joined(lacking)}")
    return notes


def _alt(table: pd.DataFrame, name: str, decimals: int) -> str:
    groups = [
        f"{segment}: {', '.join(_cell(row, decimals) for row in rows.to_dict('records'))}"
        for segment, rows in table.groupby("segment", sort=False)
    ]
    return f"Values in {name} with their changes from the baseline. {'; '.join(groups)}."


def _cell(row: dict[Any, Any], decimals: int) -> str:
    text = f"{row['proposition']} {comparing.figure_or_none(row['value'], decimals)}"
    if np.isnan(row["change"]):
        return text
    return f"{text} ({signed(gap(row['value'], row['baseline_value'], decimals), decimals)})"
