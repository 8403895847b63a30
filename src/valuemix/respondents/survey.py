"""A survey read: respondents in, a scenario out that rests on their estimates and keeps none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from valuemix.errors import shorten
from valuemix.model.evidence import Evidence
from valuemix.model.parts import Discipline, Scale
from valuemix.model.scenario import Scenario
from valuemix.respondents.by_moment import with_moments
from valuemix.respondents.case import (
    Frame,
    case_of,
    checked_size,
    evidence_of,
    few,
)
from valuemix.respondents.choices.observed import check_choices, observed_choices
from valuemix.respondents.choosing import chosen
from valuemix.respondents.coding import Coding, coding_of
from valuemix.respondents.engines.answers import Progress
from valuemix.respondents.estimates import WHOLE, Estimates, estimates_of
from valuemix.respondents.framing import check_fit, check_scores_to_estimate, disciplines_of, framed
from valuemix.respondents.heard import Heard, heard_from
from valuemix.respondents.sample import Sample, sample_of
from valuemix.respondents.sums.kernel import Sums
from valuemix.respondents.survey_map import SurveyMap, read_map
from valuemix.respondents.table import Engine, opened
from valuemix.respondents.telling import texts_of, told_of
from valuemix.respondents.waves.across import kept_units
from valuemix.respondents.waves.history import (
    MOST_WAVES,
    ReadWave,
    edited_weights,
    frame_before,
    in_several_waves,
    told_of_others,
    with_history,
)
from valuemix.typing import FloatArray, IntArray

__all__ = ["Survey", "read_survey", "survey"]


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
    engine: Engine = "duckdb",
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
    engine : {"duckdb", "spark"}
        What reads the table: DuckDB on this machine, or Spark (``pip install "valuemix[spark]"`` and Java), whose query
        is then one of Spark.

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
        Where there are too few answers, nothing to rank, or no Spark.

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
    return read_survey(source, roles, into=into, wave=wave, name=name, engine=engine).scenario


def read_survey(
    source: str | Path,
    roles: SurveyMap | Mapping[str, Any] | str | Path,
    *,
    into: Scenario | None = None,
    wave: str = "",
    name: str = "",
    engine: Engine = "duckdb",
    progress: Progress | None = None,
) -> Survey:
    """The same as `survey`, with everything in full precision."""
    roles = read_map(roles)
    disciplines, places = disciplines_of(roles, into)
    scale = (
        Scale(lowest=roles.scale[0], highest=roles.scale[1])
        if roles.scale
        else into.scale
        if into
        else Scale()
    )
    check_fit(roles, into, scale, [each.name for each in disciplines], places)
    with opened(source, engine, roles.names) as answers:
        known = into.proposition_names if into else None
        panel = in_several_waves(answers, roles)
        sample = sample_of(answers, roles, scale, known, wave, panel=panel)
        check_choices(roles, sample)
        coding = coding_of(roles, sample.questions, places, len(disciplines), sample.propositions, scale)
        check_scores_to_estimate(sample, coding)
        new, several = into is None, bool(sample.before)
        found, heard = _heard(sample, coding, disciplines, sizes=new, waves=several, progress=progress)
        frame, notes = framed(sample, heard, disciplines, scale, into)
        across = checked_size(heard, answers.name)
        notes = [*sample.notes, *notes, *told_of(roles, sample, heard, frame, across=across)]
        texts = texts_of(answers, sample, into, name, notes, weights_from=roles.weights_from)
        made = case_of(frame, heard, roles.weights_from, **texts)
        made = with_moments(made, frame, heard)
        made, stays = _as_edited(made, into, roles)
        made, moved = _as_believed(made, into, roles)
        choose = chosen(sample, coding, made, frame.segments, frame.propositions, progress)
        choices, fitted = observed_choices(roles, sample, coding, made, frame)

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
                population=sample.population,
            )

        read = [
            ReadWave(
                heard, frame, evidence(sample, heard, frame, choose), kept_units(sample, found.scatters, 0)
            )
        ]
        for asked_before in sample.before[: MOST_WAVES - 1]:
            old = sample_of(sample.answers, roles, scale, known, asked_before, panel=panel, checked=True)
            own = coding_of(roles, old.questions, places, len(disciplines), old.propositions, scale)
            old_frame, told = frame_before(old, frame, made)
            notes += told
            if old_frame:
                found, old_heard = _heard(old, own, disciplines, sizes=new, waves=True, progress=progress)
                checked_size(old_heard, answers.name)
                then = case_of(old_frame, old_heard, roles.weights_from)
                chose = chosen(old, own, then, old_frame.segments, old_frame.propositions, progress)
                kept = evidence(old, old_heard, old_frame, chose)
                read.append(ReadWave(old_heard, old_frame, kept, kept_units(old, found.scatters, len(read))))
        whole, told = with_history(read, into)
    notes += [*stays, *moved, *fitted, *told, *told_of_others(roles, sample, panel=panel)]
    if whole.earlier:
        notes.append(
            f"{len(whole.waves):,} waves, the one before of {shorten(whole.earlier[0].asked) or 'no date'}"
        )
    whole = whole.model_copy(update={"notes": tuple(notes), "choices": choices})
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


def _as_believed(made: Scenario, into: Scenario | None, roles: SurveyMap) -> tuple[Scenario, list[str]]:
    """The case with the weights that people typed, and respondents replace, kept as what was believed."""
    if into is None or into.believed_weights is not None or roles.weights_from not in ("stated", "derived"):
        return made, []
    heard = into.evidence is not None and into.evidence.weights in ("stated", "derived")
    if heard or np.ptp(into.weights) == 0:  # equal weights are where a case starts: nobody believes them
        return made, []
    believed = {segment.name: segment.points for segment in into.segments}
    told = "the weights that stood here are kept on the sheet Believed weights"
    return made.replace(believed_weights=believed), [told]


def _heard(
    sample: Sample,
    coding: Coding,
    disciplines: tuple[Discipline, ...],
    *,
    sizes: bool,
    waves: bool,
    progress: Progress | None,
) -> tuple[Estimates, Heard]:
    """Sums of all rows, and what they say; with other waves each unit is kept, to be held against itself there."""
    sums, crossed = Sums(), sample.grouped and not waves
    between = len(sample.segments) * coding.length <= WHOLE
    fold = partial(coding.sums, grouped=sample.grouped, crossed=crossed, between=between)
    for part in sample.folded(fold, progress, by="unit" if crossed else ""):
        sums.merge(part)
    found = estimates_of(sums, coding, sample, _persons(sample, coding) if sample.repeated else None)
    return found, heard_from(found, coding, [each.name for each in disciplines], sample.segments, sizes=sizes)


def _persons(sample: Sample, coding: Coding) -> dict[tuple[int, int], IntArray]:
    """Persons who answered each column of a batch, by segment and offer; what they say once, with their first offer."""
    asked = [
        f"count(DISTINCT person) FILTER (WHERE q{question} IS NOT NULL)" for question, _, _ in coding.rated
    ]
    all_said = " AND ".join(f"q{question} IS NOT NULL" for question in coding.stated) or "true"
    sql = f"count(DISTINCT person) FILTER (WHERE {all_said}), count(DISTINCT person)"
    whole = {
        (g, first): (said, people)
        for g, first, said, people in sample.answers.rows(
            f"SELECT segment, min(offer), {sql} FROM sample GROUP BY segment"
        )
    }
    found = sample.answers.rows(
        f"SELECT segment, offer, {', '.join(asked) or 'NULL'} FROM sample GROUP BY segment, offer"
    )
    counts = {}
    for g, offer, *rated in found:
        said, people = whole.get((g, offer), (0, 0))
        counts[g, offer] = np.array(
            [*[said] * coding.importance, *rated[: len(asked)], people], dtype=np.int64
        )
    return counts
