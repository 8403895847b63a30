"""What everything rests on: weights of the disciplines in every segment, and its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from valuemix.analysis.certainty import grading
from valuemix.analysis.certainty.certainty import Certainty, Degree, certainty_among, share_above
from valuemix.analysis.certainty.uncertainty import weights_drawn
from valuemix.analysis.value.scoring import OVERALL
from valuemix.charts.table import Column, Table, centred, named, shaded, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import claims, grounds, wording
from valuemix.exhibits.words.formats import add_up_note, percents, weights_printed
from valuemix.exhibits.words.respondents import heard_of
from valuemix.model.scenario import Scenario
from valuemix.model.weights import slider_points

__all__ = ["weights"]


@exhibit_kind(
    "Weights and sizes",
    "Data",
    (),
    "Weights are points as shares of their sum in each segment; sizes as shares of their sum.",
    several_views=True,
)
def weights(scenario: Scenario) -> Exhibit:
    """Weights of the disciplines in every segment, and its size.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    Exhibit
        With one row a segment and discipline: segment, kind, size, size_share, discipline,
        points, weight_share; the mean by size last.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2]], [[7, 3]]], points=[[60, 40], [20, 80]],
    ...                                 segments=["Families", "Firms"])
    >>> print(weights(scenario).finding.replace("\\xa0", " "))
    Segments differ most on Discipline 1: it weighs 20 % among Firms and 60 % among Families
    """
    table, most = _table(scenario), _most(scenario)
    return Exhibit(
        finding=_finding(scenario, most),
        subtitle=f"Weights of the disciplines by segment (% of its points{_given_by(scenario)}), and the segments' "
        "shares of size",
        table=table,
        notes=(_whose(scenario), _how_sure(scenario, most), _add_up(scenario)),
        alt=_alt(table),
        decimals=0,
        scenarios=(scenario,),
        chart=Table(_columns(table), _asked_of(scenario)),
    )


def _given_by(scenario: Scenario) -> str:
    """On whose answers weights rest: ", derived from 1,942 of 2,586 respondents"; empty where they were entered."""
    heard = heard_of(scenario)
    if heard.weights == "none":
        return ""
    some = "some " if heard.weights == "some" else ""
    all_of = heard.weighed >= heard.respondents
    asked = f"{heard.respondents:,}" if all_of else f"{heard.weighed:,} of {heard.respondents:,}"
    whole = "" if all_of else " who answered all that it takes"
    return f", {some}{'derived from' if heard.derived else 'stated by'} {asked} respondents{whole}"


def _whose(scenario: Scenario) -> str:
    """What weights that people gave or were not asked for carry."""
    heard, off = heard_of(scenario), scenario.doubt.weights_within
    if not heard.respondents:
        return ""
    if heard.weights == "none":
        leads = f"; leads are told with them within {wording.points(f'{off:g}')} of these" if off else ""
        asked = f"the {heard.respondents:,} respondents{leads}"
        return f"weights were entered: no error of theirs is estimated from {asked}"
    if heard.derived:
        return "more questions buy a discipline more weight; halo evens weights out; part of a difference is chance"
    return "part of each difference is chance"


def _add_up(scenario: Scenario) -> str:
    """That weights are rounded to their sum, where one is printed otherwise for it."""
    mean = (scenario.size_shares @ scenario.weights).tolist() if len(scenario.segments) > 1 else []
    return add_up_note(scenario.weights.tolist(), mean=False) or add_up_note(
        [mean] if mean else [], mean=True
    )


@dataclass(frozen=True)
class _Most:
    """The discipline on which segments differ most, between which two, and how sure both are."""

    discipline: int
    low: int
    high: int
    sure: Certainty | None
    apart: Degree


def _most(scenario: Scenario) -> _Most:
    """On which discipline segments differ most as it is printed, by the weights where these print alike.

    Where respondents gave the weights it is as sure as these are, between the segments of today.
    """
    weights = scenario.weights
    points = np.array([slider_points(row.tolist()) for row in weights])
    spread = list(zip(np.ptp(points, axis=0), np.ptp(weights, axis=0), strict=True))
    d = max(range(weights.shape[1]), key=lambda place: spread[place])
    low, high, columns = weights.argmin(axis=0), weights.argmax(axis=0), np.arange(weights.shape[1])
    ends = int(low[d]), int(high[d])
    if len(weights) == 1 or heard_of(scenario).weights == "none":
        return _Most(d, *ends, None, "certain")
    drawn = weights_drawn(scenario)
    between = drawn[high, columns] - drawn[low, columns]
    # The ends of today: who happens to lie at those of a draw lies farther apart, the more so the larger the errors.
    found = certainty_among(weights[high, columns] - weights[low, columns], between, 1.0)
    others = [0.5] * (weights.shape[1] * len(weights) * (len(weights) - 1) // 2 - 1)
    apart = grading.grades([share_above(drawn[ends[1], d], drawn[ends[0], d], 1.0), *others])[0]
    return _Most(d, *ends, found if found.leaders == (d,) else None, apart)


def _how_sure(scenario: Scenario, most: _Most) -> str:
    """What it rests on that segments differ most on one discipline, where respondents gave the weights."""
    if most.sure is None or not most.sure.in_doubt:
        return ""
    names = [f"the difference on {word}" for word in wording.discipline_words(scenario)]
    return grounds.ahead_of(most.sure, names, "wider than")


def _asked_of(scenario: Scenario) -> tuple[Column, ...]:
    """What was rated for each discipline, by what its lowest score means; none where nobody was asked or told it."""
    lowest = [discipline.lowest for discipline in scenario.disciplines]
    if not any(lowest) or not heard_of(scenario).respondents:
        return ()
    each = zip(scenario.discipline_names, lowest, strict=True)
    head = Column("What was rated", texts([f"a score of {wording.plain(scenario.scale.lowest)}"]))
    return (head, *(Column(name, texts([told or "–"]), lines=4) for name, told in each))


def _table(scenario: Scenario) -> pd.DataFrame:
    count = len(scenario.disciplines)
    mean = scenario.size_shares @ scenario.weights
    names = np.array([*scenario.segment_names, OVERALL], dtype=object)
    kinds = np.array([*(s.kind for s in scenario.segments), ""], dtype=object)
    return pd.DataFrame(
        {
            "segment": names.repeat(count),
            "kind": kinds.repeat(count),
            "size": np.append(scenario.sizes, scenario.sizes.sum()).repeat(count),
            "size_share": np.append(scenario.size_shares, 1.0).repeat(count),
            "discipline": [*scenario.discipline_names] * len(names),
            "points": np.vstack([scenario.points, np.full(count, np.nan)]).ravel(),
            "weight_share": np.vstack([scenario.weights, mean]).ravel(),
        }
    )


def _columns(table: pd.DataFrame) -> tuple[Column, ...]:
    """Weights by segment, which add up to 100 % in every row, with the shares of size; their mean by size last."""
    disciplines = list(dict.fromkeys(table["discipline"]))
    shares = table["weight_share"].to_numpy().reshape(-1, len(disciplines))
    first = table.iloc[:: len(disciplines)]
    if len(first) == 2:  # the mean of a single segment is that segment
        shares, first = shares[:1], first[:1]
    mean = first["kind"] == ""
    names = ["Mean by size" if last else name for name, last in zip(first["segment"], mean, strict=True)]
    sizes = iter(percents(first["size_share"][~mean].tolist()))
    largest = float(shares.max(initial=0.0)) or 1.0
    cells = [
        [
            shaded(text, share / largest)
            for text, share in zip(weights_printed(row, mean=last), row, strict=True)
        ]
        for row, last in zip(shares.tolist(), mean, strict=True)
    ]
    size = Column("Share of size", texts(["" if last else next(sizes) for last in mean]), "right")
    return (named("Segment", names), size, *centred(disciplines, cells))


def _finding(scenario: Scenario, most: _Most) -> str:
    """On which discipline segments differ most, in whole percents."""
    words, segments = wording.discipline_words(scenario), wording.short_names(scenario.segment_names)
    texts = [weights_printed(row.tolist(), mean=False) for row in scenario.weights]
    if len(segments) == 1:
        return _of_one(scenario, segments[0], texts[0])
    if all(row == texts[0] for row in texts):
        return f"{wording.every(len(segments), 'segment')} weigh the disciplines alike"
    d, sure = most.discipline, most.sure
    weighs = " and ".join(f"{texts[g][d]} {wording.among(segments[g])}" for g in (most.low, most.high))
    apart = {"open": ", the two too close to call", "likely": ", probably apart"}.get(most.apart, "")
    if sure is not None and sure.degree == "open":
        between = wording.joined([words[d], *claims.listed(sure.close, words)])
        return (
            f"{_differ(scenario)}; on which discipline most cannot be told between {between}: "
            f"{words[d]} weighs {weighs}{apart}"
        )
    probably = "" if sure is None else claims.probably(sure)
    return f"{_differ(scenario, probably)} most on {words[d]}: it weighs {weighs}{apart}"


def _of_one(scenario: Scenario, segment: str, texts: Sequence[str]) -> str:
    """Which disciplines weigh most in the only segment."""
    words, points = wording.discipline_words(scenario), np.array(slider_points(scenario.weights[0].tolist()))
    best = np.flatnonzero(points == points.max())
    text = texts[int(best[0])]
    if len(best) == len(words):
        return f"All disciplines weigh {text} {wording.among(segment)}"
    verb = "weighs" if len(best) == 1 else "weigh"
    return f"In {segment} {wording.joined([words[d] for d in best])} {verb} most, {text}"


def _differ(scenario: Scenario, probably: str = "") -> str:
    """That segments differ, and by whose weights where people were asked."""
    heard = heard_of(scenario)
    if not heard.respondents:
        return f"Segments {probably}differ"
    if heard.weights == "none":
        return f"As entered, segments {probably}differ"
    return f"As {'derived from ratings' if heard.derived else 'stated'}, segments {probably}differ"


def _alt(table: pd.DataFrame) -> str:
    items = []
    for segment, rows in table.groupby("segment", sort=False):
        mean = not rows["kind"].iloc[0] and len(table) > 2 * len(rows)  # of one segment it is that segment
        shown = weights_printed(rows["weight_share"].tolist(), mean=mean)
        parts = zip(rows["discipline"], shown, strict=True)
        items.append(f"{segment}: {', '.join(f'{name} {text}' for name, text in parts)}")
    return f"Weights of the disciplines by segment. {'; '.join(items)}."
