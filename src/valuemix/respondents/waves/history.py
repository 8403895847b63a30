"""Waves before the newest: of the same table, or of the case that the answers go into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from valuemix.analysis.draws.survey_errors import survey_errors
from valuemix.errors import EditError, shorten
from valuemix.model.evidence import Across, Evidence, Wave, packed_whole
from valuemix.model.names import name_key
from valuemix.model.scenario import Scenario
from valuemix.respondents.case import MAX_EVIDENCE, Frame, few, kept_rows
from valuemix.respondents.codes import in_time
from valuemix.respondents.estimates import FEWEST
from valuemix.respondents.heard import Heard, hangs_together, in_shares
from valuemix.respondents.questions import text_sql
from valuemix.respondents.sample import Sample
from valuemix.respondents.survey_map import SurveyMap
from valuemix.respondents.table import Answers
from valuemix.respondents.waves.across import Units, residuals_across
from valuemix.typing import IntArray

__all__ = [
    "MOST_WAVES",
    "ReadWave",
    "edited_weights",
    "frame_before",
    "in_several_waves",
    "told_of_others",
    "with_history",
]

MOST_WAVES = 24
"""Waves of one table that are read; older ones are left out."""


@dataclass(frozen=True)
class ReadWave:
    """One wave of a table: what its respondents say, where it goes, what is kept of it, and its units."""

    heard: Heard
    frame: Frame
    kept: Evidence
    units: Units


def in_several_waves(answers: Answers, roles: SurveyMap) -> bool:
    """Whether a person is in several waves of a table."""
    if not roles.id or not roles.wave:
        return False
    person, wave = (text_sql(answers.column(name)) for name in (roles.id, roles.wave))
    several = f"SELECT 1 FROM answers WHERE {person} IS NOT NULL GROUP BY {person} HAVING count(DISTINCT {wave}) > 1"
    return bool(answers.rows(f"{several} LIMIT 1"))


def told_of_others(roles: SurveyMap, sample: Sample, *, panel: bool) -> list[str]:
    """Note where people have names and there are waves, but nobody is in two."""
    if panel or not (roles.id and sample.before):
        return []
    return ["no respondent is in two waves of the table, so each is a sample of its own"]


def frame_before(sample: Sample, newest: Frame, made: Scenario) -> tuple[Frame | None, list[str]]:
    """Where an earlier wave goes in the case of the newest, and what of it has no place there."""
    segments, strangers = _places(sample.segments, made.segment_names)
    propositions, unknown = _places(sample.propositions, made.proposition_names)
    segments[sample.people < FEWEST] = -1
    gone = [*strangers, *unknown]
    notes = []
    if gone:
        verb = "is" if len(gone) == 1 else "are"
        notes.append(
            f"{few(gone)} of {shorten(sample.asked)} {verb} not in the case; join by names in the map"
        )
    if (segments < 0).all():
        return None, [*notes, f"wave {shorten(sample.asked)} left out: no segment has {FEWEST} respondents"]
    names = sample.segments, sample.propositions
    return Frame(newest.disciplines, newest.scale, made, segments, propositions, *names), notes


def _places(names: Sequence[str], known: Sequence[str]) -> tuple[IntArray, list[str]]:
    places = {name_key(name): i for i, name in enumerate(known)}
    found = np.array([places.get(name_key(name), -1) for name in names], dtype=np.int64)
    return found, [name for name in names if name_key(name) not in places]


def edited_weights(into: Scenario | None) -> list[int]:
    """Segments of a case whose weights were changed by hand since its respondents gave them."""
    if into is None or into.evidence is None or into.evidence.weights not in ("stated", "derived"):
        return []
    as_heard = {*survey_errors(into).weights[:, 0].tolist()}
    said = {
        own.segment for own in into.evidence.segments if any(each.of == "weight" for each in own.estimates)
    }
    return [g for g, name in enumerate(into.segment_names) if name in said and g not in as_heard]


def with_history(read: Sequence[ReadWave], into: Scenario | None) -> tuple[Evidence, list[str]]:
    """Evidence of the newest wave with those before it: of the table, and of the case it goes into.

    Raises
    ------
    EditError
        Where the case has answers of a later wave.
    """
    newest = read[0].kept
    pairs = list(_pairs(read))
    waves: list[Wave] = [each.kept for each in read]
    before = into.evidence if into else None
    if before is not None:
        _check_order(newest, before)
        old = _kept_of(before, read)
        places = {age: len(waves) + i for i, age in enumerate(old)}
        waves += [before.waves[age] for age in old]
        pairs += [
            pair.model_copy(update={"newer": places[pair.newer], "older": places[pair.older]})
            for pair in before.across
            if {pair.newer, pair.older} <= places.keys()
        ]
    return _fitted(newest, waves[1:], pairs)


def _kept_of(before: Evidence, read: Sequence[ReadWave]) -> list[int]:
    """Waves of a case that are not among those that were read."""
    told = {each.kept.asked for each in read}
    same = read[0].kept.hash
    if not read[0].kept.asked:  # answers without a date take the place of the newest
        return [*range(1, len(before.waves))]
    return [
        age
        for age, wave in enumerate(before.waves)
        if wave.asked not in told and (wave.hash != same or wave.asked)
    ]


def _check_order(newest: Evidence, before: Evidence) -> None:
    dated = newest.asked[:1].isdigit() and before.asked[:1].isdigit()
    if dated and in_time(newest.asked) < in_time(before.asked):
        raise EditError(
            f"the case has answers of {shorten(before.asked)}, later than those of {shorten(newest.asked)}; "
            "bring the earlier wave in first"
        )


def _pairs(read: Sequence[ReadWave]) -> Iterator[Across]:
    """Covariance between the waves of a table, where the same people or clusters are in both."""
    for (newer, one), (older, other) in combinations(enumerate(read), 2):
        if not (one.units.sample.grouped and other.units.sample.grouped) or one.heard.independent:
            continue
        whole = None if other.heard.independent else residuals_across(one.units, other.units)
        if whole is None:
            continue
        whole = in_shares(whole, one.heard.share, other.heard.share)
        rows, columns = kept_rows(one.frame, one.heard), kept_rows(other.frame, other.heard)
        for a, first in zip(rows, one.kept.segments, strict=True):
            for b, second in zip(columns, other.kept.segments, strict=True):
                block = one.heard.maps[a] @ whole[a, :, b] @ other.heard.maps[b].T
                if hangs_together(block, one.heard.blocks[a], other.heard.blocks[b]):
                    yield Across(
                        newer=newer,
                        older=older,
                        first=first.segment,
                        second=second.segment,
                        covariance=packed_whole(block[np.ix_(rows[a], columns[b])]),
                    )


def _fitted(newest: Evidence, earlier: list[Wave], pairs: list[Across]) -> tuple[Evidence, list[str]]:
    """What fits in the bound: covariance of distant waves goes first, then that of all, then old waves."""
    notes = []
    if _bytes([newest, *earlier], pairs) > MAX_EVIDENCE:
        pairs = [pair for pair in pairs if pair.older == pair.newer + 1]
        told = "waves that are no neighbours are taken as independent of each other"
        if _bytes([newest, *earlier], pairs) > MAX_EVIDENCE:
            pairs, told = [], "waves are taken as independent of each other"
        notes.append(f"{told}: there is too much to keep how they hang together")
    count = len(earlier)
    while earlier and _bytes([newest, *earlier], pairs) > MAX_EVIDENCE:
        earlier = earlier[:-1]
    if len(earlier) < count:
        notes.append(f"{count - len(earlier):,} of the oldest waves left out: there is too much to keep them")
    return newest.with_earlier(earlier, pairs), notes


def _bytes(waves: Sequence[Wave], pairs: Sequence[Across]) -> int:
    """Bytes that the covariance of some waves takes."""
    own = sum(len(part.covariance) for wave in waves for part in wave.segments)
    between = sum(len(pair.covariance) for wave in waves for pair in wave.between)
    return own + between + sum(len(pair.covariance) for pair in pairs)
