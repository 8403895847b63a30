"""What a survey goes into: the disciplines of the case, whether the map fits it, and where everything goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from valuemix.errors import EditError, shorten
from valuemix.model.names import readable_id
from valuemix.model.parts import DEFAULT_DISCIPLINES, Discipline, Scale
from valuemix.model.scenario import Scenario
from valuemix.respondents.case import FEW_ANSWERS, Frame, check_estimates, few, kept_without_gaps
from valuemix.respondents.coding import Coding
from valuemix.respondents.estimates import FEWEST, WHOLE
from valuemix.respondents.heard import Heard
from valuemix.respondents.sample import Sample
from valuemix.respondents.survey_map import SurveyMap
from valuemix.respondents.telling import too_few

__all__ = ["check_fit", "check_scores_to_estimate", "disciplines_of", "framed"]


def disciplines_of(roles: SurveyMap, into: Scenario | None) -> tuple[tuple[Discipline, ...], dict[str, int]]:
    """Disciplines of the case, and the place among them of each that the map names."""
    if into:
        return into.disciplines, {name: into.discipline_index(name) for name in roles.disciplines}
    ids = {name: readable_id(name) or name for name in roles.disciplines}
    made = _made_of(ids)
    order = [discipline.id for discipline in made]
    return made, {name: order.index(own) for name, own in ids.items()}


def _made_of(ids: Mapping[str, str]) -> tuple[Discipline, ...]:
    """The usual disciplines where the map names no others; else those that it names, by their names."""
    usual = tuple(discipline for discipline in DEFAULT_DISCIPLINES if discipline.id in ids.values())
    if {discipline.id for discipline in usual} == {*ids.values()}:
        return usual
    return tuple(Discipline(id=own, name=name) for name, own in ids.items())


def check_fit(
    roles: SurveyMap, into: Scenario | None, scale: Scale, case: Sequence[str], places: Mapping[str, int]
) -> None:
    """Refuse a map that does not fit the case."""
    _check_scores(roles, into, scale)
    if len(case) < 2:
        raise EditError("the map names one discipline, so there is nothing to weigh; name two or more")
    for asked, from_, word in (
        (roles.importance, "stated", "importance"),
        (roles.rated, "derived", "ratings"),
    ):
        missing = [case[d] for d in range(len(case)) if d not in {places[name] for name in asked}]
        if roles.weights_from == from_ and missing:
            raise EditError(
                f"{from_} weights need {word} of every discipline, and the map has none of {few(missing)}; add its "
                "column, or leave the discipline out"
            )
    _check_attributes(roles, into, places)


def _check_scores(roles: SurveyMap, into: Scenario | None, scale: Scale) -> None:
    """Refuse a map without scores or weights where no case has them, and ratings on another scale than the case's."""
    if into is None and not roles.ratings:
        raise EditError(
            "the map has importance but no ratings, so there is nothing to rank; bring the answers into a case "
            "that has scores (--into in a terminal)"
        )
    if into is None and roles.weights_from == "keep":
        raise EditError(
            'weights "keep" keeps those of a case; bring the answers into one (--into in a terminal), or map importance'
        )
    if into and roles.ratings and scale != into.scale:
        raise EditError(
            f"ratings stand on a scale from {scale.lowest:g} to {scale.highest:g}, the scores of "
            f"{shorten(into.name)!r} on one from {into.scale.lowest:g} to {into.scale.highest:g}; bring them into a "
            "case of the same scale"
        )


def _check_attributes(roles: SurveyMap, into: Scenario | None, places: Mapping[str, int]) -> None:
    """Refuse ratings of what the case works out of attributes: it has no scores of its own."""
    made = into.attribute_scoring.derived if into else ()
    rated = [name for name in roles.rated if into and into.discipline_ids[places[name]] in made]
    if into and rated:
        raise EditError(
            f"the map has ratings of {few(rated)}, whose scores {shorten(into.name)!r} works out of attributes; "
            "leave these ratings out of the map, or delete the attributes from the case"
        )


def framed(
    sample: Sample, heard: Heard, disciplines: tuple[Discipline, ...], scale: Scale, into: Scenario | None
) -> tuple[Frame, list[str]]:
    """Which segments and propositions of the survey go where in the case, and what is left out."""
    if into:
        return _framed_into(into, sample, disciplines, scale)
    kept = sample.people >= FEWEST
    if not kept.any():
        raise too_few(sample)
    blank = heard.scores.copy()
    rows, columns = np.zeros_like(kept), np.ones(len(sample.propositions), dtype=bool)
    rows[kept], columns = kept_without_gaps(blank[kept])
    if not rows.any() or not columns.any():
        raise too_few(sample)
    notes = [
        f"{thing} left out for {FEW_ANSWERS}: {few(gone)}"
        for thing, names, stays in (
            ("segments", sample.segments, rows),
            ("propositions", sample.propositions, columns),
        )
        if (gone := [name for name, keep in zip(names, stays.tolist(), strict=True) if not keep])
    ]
    places = [np.where(stays, np.cumsum(stays) - 1, -1).astype(np.int64) for stays in (rows, columns)]
    return Frame(disciplines, scale, None, places[0], places[1], sample.segments, sample.propositions), notes


def _framed_into(
    into: Scenario, sample: Sample, disciplines: tuple[Discipline, ...], scale: Scale
) -> tuple[Frame, list[str]]:
    """The same where there is a case: what has too few answers stays as it was."""
    segments = np.array([into.segment_index(name) for name in sample.segments], dtype=np.int64)
    propositions = np.array([into.proposition_index(name) for name in sample.propositions], dtype=np.int64)
    enough = sample.people >= FEWEST
    names = [name for name, kept in zip(sample.segments, enough.tolist(), strict=True) if not kept]
    notes = [f"{few(names)}: {FEW_ANSWERS}, so everything stays as it was"] if names else []
    if not enough.any():
        raise too_few(sample)
    segments[~enough] = -1
    return Frame(
        disciplines, scale, into, segments, propositions, sample.segments, sample.propositions
    ), notes


def check_scores_to_estimate(sample: Sample, coding: Coding) -> None:
    """Refuse segments with too many scores before anything is worked out; `checked_size` counts all estimates.

    Where rows go together, cells with enough answers may have no estimate, so nothing is refused here.
    """
    if sample.grouped or not coding.rated or len(sample.segments) * coding.length <= WHOLE:
        return
    enough = " + ".join(f"CASE WHEN count(q{i}) >= {FEWEST} THEN 1 ELSE 0 END" for i, _, _ in coding.rated)
    cells = f"SELECT {enough} AS scores FROM sample WHERE offer >= 0 GROUP BY segment, offer"
    scores = sample.answers.rows(f"SELECT sum(scores) FROM ({cells})")[0][0]
    check_estimates(len(sample.segments), int(scores or 0), sample.answers.name)
