"""Who leads over any two weights: the regions of the map, and where today's weights lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuemix.analysis.tradeoffs.leader_map import leader_grid, leader_regions, paired_weights
from valuemix.analysis.tradeoffs.tradeoffs import moving_case
from valuemix.analysis.value.case import Case
from valuemix.analysis.value.scoring import TIE, Evaluation, evaluate
from valuemix.charts.lines import own_colors
from valuemix.charts.regions import Region, Regions
from valuemix.errors import ValuemixError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import percents, weights_printed
from valuemix.exhibits.words.respondents import given, scores_given, since
from valuemix.model.scenario import Scenario
from valuemix.typing import FloatArray

__all__ = ["leader_map"]

SEPARATOR = " / "
"""Between names that tie."""

STEPS = 60
"""Steps of the grid where regions have no straight borders."""


@dataclass(frozen=True)
class _Area:
    """What one leader, or those that tie, have of the map: corners of a polygon or cells of a grid."""

    leaders: tuple[int, ...]
    area_share: float
    points: FloatArray
    kind: str


@dataclass(frozen=True)
class _Map:
    """All that the exhibit says."""

    evaluation: Evaluation
    segment: str | None
    words: tuple[str, str]
    areas: list[_Area]
    today: FloatArray
    printed: tuple[str, str]
    on_map: bool

    @property
    def exact(self) -> bool:
        """Whether borders are exact."""
        return all(area.kind == "corner" for area in self.areas)

    @property
    def both(self) -> str:
        """Words for both weights."""
        return " and ".join(self.words)

    @property
    def shares(self) -> list[str]:
        """Of every area, as they are printed."""
        return percents([area.area_share for area in self.areas])

    def leaders(self, names: Sequence[str], nobody: str) -> list[str]:
        """Who leads in every area, by these names."""
        return [wording.joined([names[p] for p in area.leaders] or [nobody]) for area in self.areas]


def _asked(request: Request) -> Exhibit:
    ids = request.scenario.discipline_ids
    first, second = request.named("discipline", ids), request.named("second_discipline", ids[1:])
    return leader_map(request.scenario, first, second, request.segment)


@exhibit_kind(
    "Who leads over two weights",
    "Trade-offs",
    ("segment", "discipline", "second_discipline"),
    "Two weights take all pairs of shares, the others keep their proportions; regions are where a "
    "proposition has the highest value.",
    make=_asked,
)
def leader_map(scenario: Scenario, first: str, second: str, segment: str | None = None) -> Exhibit:
    """Map of who leads over the weights of two disciplines, the others in proportion.

    Parameters
    ----------
    scenario : Scenario
        With three disciplines or more.
    first, second : str
        Names or ids of the disciplines across and up.
    segment : str, optional
        Which segment; all segments with the same two weights where it is None.

    Returns
    -------
    Exhibit
        With one row a point: segment, first, second, leader, place (by value today, from 0),
        area_share, point ("corner" of a region, "cell" of a grid, or "today"), first_share,
        second_share.

    Raises
    ------
    UnknownName
        Where a discipline or the segment does not exist.
    ValuemixError
        Where both disciplines are the same or there are fewer than three.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]], segments=["Families"],
    ...                                 propositions=["Express", "Green line"])
    >>> print(leader_map(scenario, "Innovation", "Operational excellence", "Families").finding.replace("\\xa0", " "))
    No leader can be told among Families: at today's scores Express comes first over 57 % of the map of innovation and
    operational excellence, Green line over 43 %; Express is ahead, too close to call with Green line
    """
    a, b = scenario.discipline_index(first), scenario.discipline_index(second)
    if a == b or len(scenario.disciplines) < 3:
        raise ValuemixError(
            f"a map of two weights needs two different disciplines of three or more, got "
            f"{scenario.discipline_names[a]!r} and {scenario.discipline_names[b]!r} of "
            f"{len(scenario.disciplines)}. Choose another discipline."
        )
    found = _found(scenario, a, b, segment)
    return Exhibit(
        finding=_finding(found),
        subtitle=f"Who leads at any weights of {found.both}, {wording.population(scenario, segment)}",
        table=_table(found, a, b),
        notes=_notes(found),
        alt=_alt(found),
        decimals=0,
        scenarios=(scenario,),
        chart=_chart(found, (scenario.discipline_names[a], scenario.discipline_names[b])),
    )


def _found(scenario: Scenario, a: int, b: int, segment: str | None) -> _Map:
    case = moving_case(scenario, segment)
    words = wording.discipline_words(scenario)
    every = case.sizes @ case.weights
    mean = segment is None and len(scenario.segments) > 1
    texts, today = weights_printed(every.tolist(), mean=mean), every[[a, b]]
    there, now = case.values(weights=paired_weights(case, a, b, today[None]))[0], case.values()
    on_map = bool(np.allclose(there, now, rtol=0, atol=TIE, equal_nan=True))
    areas = _areas(case, a, b)
    return _Map(evaluate(scenario), segment, (words[a], words[b]), areas, today, (texts[a], texts[b]), on_map)


def _areas(case: Case, a: int, b: int) -> list[_Area]:
    regions = leader_regions(case, a, b)
    if regions is not None:
        return [_Area(r.leaders, r.area_share, r.corners, "corner") for r in regions]
    grid = leader_grid(case, a, b, steps=STEPS)
    inside = np.add.outer(np.arange(STEPS + 1), np.arange(STEPS + 1)) <= STEPS
    areas = []
    for p in np.unique(grid[inside]).tolist():
        cells = np.argwhere((grid == p) & inside)[:, ::-1] / STEPS
        areas.append(_Area(() if p < 0 else (p,), len(cells) / int(inside.sum()), cells, "cell"))
    return sorted(areas, key=lambda area: -area.area_share)


def _table(found: _Map, a: int, b: int) -> pd.DataFrame:
    scenario, segment = found.evaluation.scenario, found.segment
    names = scenario.proposition_names
    order = wording.best_first(found.evaluation, segment)
    leaders = found.evaluation.standing(segment).leaders
    today = _Area(leaders, np.nan, found.today[None], "today")
    frames = [
        pd.DataFrame(
            {
                "segment": wording.segment_name(scenario, segment),
                "first": scenario.discipline_names[a],
                "second": scenario.discipline_names[b],
                "leader": SEPARATOR.join(names[p] for p in area.leaders),
                "place": order.index(area.leaders[0]) if area.leaders else -1,
                "area_share": area.area_share,
                "point": area.kind,
                "first_share": area.points[:, 0],
                "second_share": area.points[:, 1],
                "on_map": found.on_map,
            }
        )
        for area in [*found.areas, today]
    ]
    return pd.concat(frames, ignore_index=True)


def _chart(found: _Map, titles: tuple[str, str]) -> Regions:
    names = found.evaluation.scenario.proposition_names
    now = found.evaluation.standing(found.segment).leaders
    places = [area.leaders[0] if area.leaders else -1 for area in found.areas]
    colors = own_colors([place for place in places if place >= 0], len(found.evaluation.scenario.disciplines))
    regions = [
        Region(
            SEPARATOR.join(names[p] for p in area.leaders) or "no value",
            told,
            colors.get(place),
            area.leaders == now,
            tuple((float(x), float(y)) for x, y in area.points),
        )
        for area, place, told in zip(found.areas, places, found.shares, strict=True)
    ]
    first, second = found.today.tolist()
    text = since(found.evaluation.scenario, "weights") + ("" if found.on_map else ", on average")
    return Regions(
        tuple(regions), titles, (first, second), text, found.on_map, 0.0 if found.exact else 1 / STEPS
    )


# ---------------------------------------------------------------------- words


def _finding(found: _Map) -> str:
    only = f"so it is first {wording.where(found.segment)} whatever {found.both} weigh"
    if none := claims.none_leads(found.evaluation, found.segment, only):
        return none
    return claims.told_with_lead(_regions(found), found.evaluation, found.segment)


def _regions(found: _Map) -> str:
    """What today's leaders have of the map, and who has most of the rest."""
    names = wording.short_names(found.evaluation.scenario.proposition_names)
    leaders = found.evaluation.standing(found.segment).leaders
    told = [*zip(found.areas, found.leaders(names, "nothing"), found.shares, strict=True)]
    own = next((i for i, area in enumerate(found.areas) if {*leaders} <= {*area.leaders}), None)
    first, who, size = told.pop(own or 0)
    start = f"at {scores_given(found.evaluation.scenario)} {who} {'comes' if len(first.leaders) < 2 else 'come'} first"
    if own is not None and not told:
        return f"{start} whatever {found.both} weigh{'' if found.exact else ' at every point tried'}"
    rest = [f"{other} over {share}" for _, other, share in told[:1]]
    # One that leads today and has no region, for segments weigh differently or values jump.
    rest += [f"{names[leaders[0]]} next to nowhere"] if own is None and len(leaders) == 1 else []
    return f"{start} over {', '.join([f'{size} of the map of {found.both}', *rest])}"


def _notes(found: _Map) -> tuple[str, ...]:
    return (
        "the other weights keep their proportions; a share of the map is no probability",
        ""
        if found.on_map
        else "the map gives every segment the same two weights; here they differ, and the mark is their mean",
        "" if found.exact else f"borders are not straight here: read from a grid of {STEPS} steps",
        grounds.how_sure(found.evaluation.scenario, found.segment),
    )


def _alt(found: _Map) -> str:
    names = found.evaluation.scenario.proposition_names
    items = map(" ".join, zip(found.leaders(names, "no value"), found.shares, strict=True))
    return (
        f"Map of who comes first at {scores_given(found.evaluation.scenario)} over the weights of "
        f"{found.words[0]} (across) and {found.words[1]} (up), by share of its area: {'; '.join(items)}. "
        f"{wording.capital(given(found.evaluation.scenario, 'weights'))}: {found.printed[0]} and {found.printed[1]}."
        f"{claims.told_beside(found.evaluation, found.segment)}"
    )
