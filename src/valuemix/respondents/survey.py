"""A survey read: respondents in, a scenario out that rests on their estimates and keeps none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from valuemix.errors import EditError, shorten
from valuemix.model.evidence import Evidence
from valuemix.model.names import readable_id
from valuemix.model.parts import DEFAULT_DISCIPLINES, Discipline, Scale
from valuemix.model.scenario import Scenario
from valuemix.respondents.case import (
    FEW_ANSWERS,
    Frame,
    case_of,
    checked_size,
    evidence_of,
    few,
    kept_without_gaps,
)
from valuemix.respondents.choosing import chosen
from valuemix.respondents.coding import Coding, coding_of
from valuemix.respondents.estimates import FEWEST, Estimates, estimates_of
from valuemix.respondents.heard import Heard, heard_from
from valuemix.respondents.kernel import Sums
from valuemix.respondents.sample import Sample, sample_of
from valuemix.respondents.survey_map import SurveyMap, read_map
from valuemix.respondents.table import opened
from valuemix.respondents.telling import texts_of, told_of, too_few
from valuemix.respondents.waves.across import kept_units
from valuemix.respondents.waves.history import (
    MOST_WAVES,
    ReadWave,
    edited_weights,
    frame_before,
    in_several_waves,
    with_history,
)
from valuemix.typing import FloatArray, IntArray

__all__ = ["Survey", "read_survey", "survey"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Survey:
    """What a survey says, in full precision, and the scenario that was made of it.

    Attributes
    ----------
    scenario : Scenario
        With its evidence.
    heard : Heard
    frame : Frame
    sample : Sample
        Who took part; its table is closed.
    choose : ndarray, shape (G, P)
        Share of respondents who would choose each proposition of the scenario, by its segments.
    notes : tuple of str
        How the table was read, and what was left out.
    """

    scenario: Scenario
    heard: Heard
    frame: Frame
    sample: Sample
    choose: FloatArray
    notes: tuple[str, ...]


def survey(
    source: str | Path,
    roles: SurveyMap | Mapping[str, Any] | str | Path,
    *,
    into: Scenario | None = None,
    wave: str = "",
    name: str = "",
) -> Scenario:
    """Scenario from the answers of respondents, with the evidence that it rests on.

    Weights, scores and sizes are means by segment; the scenario keeps them with their covariance, and no
    respondent.

    Parameters
    ----------
    source : str or Path
        File of respondents (.csv or .parquet), or a query of DuckDB that starts with SELECT, WITH or FROM.
    roles : SurveyMap, mapping, str or Path
        Which column is what, or a JSON file that says so.
    into : Scenario, optional
        The case that the answers go into; its names, sizes and settings stay, and what too few answered.
    wave : str
        Which wave to read, where the map has a column of waves (the last by default); else the date of the answers.
    name : str
        Name of the scenario; that of the file or of `into` by default.

    Returns
    -------
    Scenario
        With `evidence`; Low and High are 95 % intervals.

    Raises
    ------
    StorageError, InvalidFile
        Where the table or the map cannot be read, or answers are no numbers or off the scale.
    UnknownName
        Where the map names a column, segment, proposition or discipline that does not exist.
    EditError
        Where there are too few answers, or nothing to rank.

    Examples
    --------
    >>> import tempfile
    >>> rows = ["area,wifi,art", *(f"{area},{3 + n % 3},{2 + n % 2}" for area in "AB" for n in range(9))]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = Path(folder, "answers.csv")
    ...     _ = table.write_text("\\n".join(rows))
    ...     heard = survey(table, {"scale": [1, 5], "ratings": {
    ...         "offer": "area", "columns": {"innovation": "wifi", "social_purpose": "art"}}})
    >>> heard.array("scores").round(2).tolist(), heard.evidence.respondents
    ([[[4.0, 2.44], [4.0, 2.44]]], 18)
    """
    return read_survey(source, roles, into=into, wave=wave, name=name).scenario


def read_survey(
    source: str | Path,
    roles: SurveyMap | Mapping[str, Any] | str | Path,
    *,
    into: Scenario | None = None,
    wave: str = "",
    name: str = "",
    progress: Progress | None = None,
) -> Survey:
    """The same as `survey`, with everything in full precision."""
    roles = read_map(roles)
    disciplines, places = _disciplines(roles, into)
    scale = (
        Scale(lowest=roles.scale[0], highest=roles.scale[1])
        if roles.scale
        else into.scale
        if into
        else Scale()
    )
    _check(roles, into, scale, [each.name for each in disciplines], places)
    _check_attributes(roles, into, places)
    with opened(source) as answers:
        known = into.proposition_names if into else None
        panel = in_several_waves(answers, roles)
        sample = sample_of(answers, roles, scale, known, wave, panel=panel)
        coding = coding_of(roles, sample.questions, places, len(disciplines), sample.propositions, scale)
        found, heard = _heard(sample, coding, disciplines, sizes=into is None, progress=progress)
        frame, notes = _framed(sample, heard, disciplines, scale, into)
        across = checked_size(heard, answers.name)
        notes = [*sample.notes, *notes, *told_of(roles, sample, heard, frame, across=across)]
        degrees = float(sample.clusters - len(sample.units)) if sample.clusters else float("inf")
        texts = texts_of(answers, sample, into, name, notes)
        made = case_of(frame, heard, roles.weights_from, degrees, **texts)
        made, stays = _as_edited(made, into, roles)
        choose = chosen(sample, coding, made, frame.segments, frame.propositions, progress)

        def evidence(sample: Sample, heard: Heard, frame: Frame, choose: FloatArray) -> Evidence:
            return evidence_of(
                frame,
                heard,
                made,
                choose,
                across=across,
                people=dict(zip(sample.segments, sample.people.tolist(), strict=True)),
                source=answers.name,
                hash=answers.hash,
                asked=sample.asked,
                weights=roles.weights_from,
                respondents=sample.respondents,
                strata=len(sample.units),
                clusters=sample.clusters,
            )

        read = [
            ReadWave(
                heard, frame, evidence(sample, heard, frame, choose), kept_units(sample, found.scatters, 0)
            )
        ]
        for asked_before in sample.before[: MOST_WAVES - 1]:
            old = sample_of(answers, roles, scale, known, asked_before, panel=panel, checked=True)
            own = coding_of(roles, old.questions, places, len(disciplines), old.propositions, scale)
            old_frame, told = frame_before(old, frame, made)
            notes += told
            if old_frame:
                found, old_heard = _heard(old, own, disciplines, sizes=into is None, progress=progress)
                checked_size(old_heard, answers.name)
                kept = evidence(old, old_heard, old_frame, np.full_like(choose, np.nan))
                read.append(ReadWave(old_heard, old_frame, kept, kept_units(old, found.scatters, len(read))))
        whole, told = with_history(read, into)
    notes += [*stays, *told]
    if whole.earlier:
        notes.append(
            f"{len(whole.waves):,} waves, the one before of {shorten(whole.earlier[0].asked) or 'no date'}"
        )
    whole = whole.model_copy(update={"notes": tuple(notes)})
    return Survey(made.replace(evidence=whole), heard, frame, sample, choose, tuple(notes))


def _as_edited(made: Scenario, into: Scenario | None, roles: SurveyMap) -> tuple[Scenario, list[str]]:
    """The case with weights that were changed by hand kept on top of what respondents say."""
    edited = edited_weights(into) if roles.weights_from in ("stated", "derived") else []
    if into is None or not edited:
        return made, []
    points = made.points.copy()
    points[edited] = into.points[edited]
    names = few([into.segment_names[g] for g in edited])
    return made.with_points(points), [f"weights that were changed by hand stay: {names}"]


def _heard(
    sample: Sample,
    coding: Coding,
    disciplines: tuple[Discipline, ...],
    *,
    sizes: bool,
    progress: Progress | None,
) -> tuple[Estimates, Heard]:
    """Sums of all rows, and what they say."""
    sums = Sums()
    for rows in sample.batches(progress):
        sums.add(coding.batch(rows, grouped=sample.grouped))
    found = estimates_of(sums, coding, sample, _persons(sample, coding) if sample.repeated else None)
    return found, heard_from(found, coding, [each.name for each in disciplines], sample.segments, sizes=sizes)


def _persons(sample: Sample, coding: Coding) -> dict[tuple[int, int], IntArray]:
    """Persons who answered each column of a batch, by segment and offer."""
    asked = [f"count(DISTINCT person) FILTER (q{question} IS NOT NULL)" for question, _, _ in coding.rated]
    said = " AND ".join(f"q{question} IS NOT NULL" for question in coding.stated) or "true"
    sql = f"count(DISTINCT person) FILTER ({said}), count(DISTINCT person)"
    found = sample.answers.rows(
        f"SELECT segment, offer, {', '.join([sql, *asked])} FROM sample GROUP BY segment, offer"
    )
    return {
        (row[0], row[1]): np.array([row[2]] * coding.importance + [*row[4:], row[3]], dtype=np.int64)
        for row in found
    }


# ---------------------------------------------------------------------- what it goes into


def _disciplines(roles: SurveyMap, into: Scenario | None) -> tuple[tuple[Discipline, ...], dict[str, int]]:
    """Disciplines of the case, and the place among them of each that the map names."""
    if into:
        return into.disciplines, {name: into.discipline_index(name) for name in roles.disciplines}
    ids = {name: readable_id(name) or name for name in roles.disciplines}
    usual = {discipline.id: discipline for discipline in DEFAULT_DISCIPLINES}
    if set(ids.values()) <= usual.keys():
        made = tuple(discipline for discipline in DEFAULT_DISCIPLINES if discipline.id in ids.values())
    else:
        made = tuple(Discipline(id=ids[name], name=name) for name in ids)
    order = [discipline.id for discipline in made]
    return made, {name: order.index(own) for name, own in ids.items()}


def _check(
    roles: SurveyMap, into: Scenario | None, scale: Scale, case: Sequence[str], places: Mapping[str, int]
) -> None:
    """Refuse a map that does not fit the case."""
    if into is None and not roles.ratings:
        raise EditError(
            "the map has importance but no ratings, so there is nothing to rank; bring the answers into a case "
            "with --into"
        )
    if into is None and roles.weights_from == "keep":
        raise EditError('weights "keep" keeps those of a case; name it with --into, or map importance')
    if into and roles.ratings and scale != into.scale:
        raise EditError(
            f"ratings stand on a scale from {scale.lowest:g} to {scale.highest:g}, the scores of "
            f"{shorten(into.name)!r} on one from {into.scale.lowest:g} to {into.scale.highest:g}; bring them into a "
            "case of the same scale"
        )
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


def _check_attributes(roles: SurveyMap, into: Scenario | None, places: Mapping[str, int]) -> None:
    """Refuse ratings of what the case works out of attributes: it has no scores of its own."""
    made = into.attribute_scoring.derived if into else ()
    rated = [name for name in roles.rated if into and into.discipline_ids[places[name]] in made]
    if into and rated:
        raise EditError(
            f"the map has ratings of {few(rated)}, whose scores {shorten(into.name)!r} works out of attributes; "
            "leave these ratings out of the map, or delete the attributes from the case"
        )


def _framed(
    sample: Sample, heard: Heard, disciplines: tuple[Discipline, ...], scale: Scale, into: Scenario | None
) -> tuple[Frame, list[str]]:
    """Which segments and propositions of the survey go where in the case, and what is left out."""
    if into:
        segments = np.array([into.segment_index(name) for name in sample.segments], dtype=np.int64)
        propositions = np.array(
            [into.proposition_index(name) for name in sample.propositions], dtype=np.int64
        )
        enough = sample.people >= FEWEST
        names = [name for name, kept in zip(sample.segments, enough.tolist(), strict=True) if not kept]
        notes = [f"{few(names)}: {FEW_ANSWERS}, so everything stays as it was"] if names else []
        if not enough.any():
            raise too_few(sample)
        segments[~enough] = -1
        return Frame(
            disciplines, scale, into, segments, propositions, sample.segments, sample.propositions
        ), notes
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
