"""A survey as a JSON document and as text for a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from valuemix.analysis.evidence.answers import choices
from valuemix.analysis.evidence.leads import HeardLead, LeadOver, heard_lead
from valuemix.analysis.evidence.sensitivity import sensitivity_of
from valuemix.analysis.value.scoring import OVERALL, Evaluation, evaluate
from valuemix.errors import NothingToShow
from valuemix.exhibits.documents.plain import columns, plain
from valuemix.exhibits.words import claims
from valuemix.exhibits.words.formats import lead_decimals, number, percents
from valuemix.exhibits.words.respondents import among, lead_words
from valuemix.model.scenario import Scenario
from valuemix.respondents.survey import Survey
from valuemix.typing import FloatArray

__all__ = ["survey_document", "survey_text"]


def survey_document(survey: Survey) -> dict[str, Any]:
    """Estimates and their covariance in full precision, as ``valuemix survey --json`` prints them.

    Returns
    -------
    dict
        Keys ``respondents``, ``weights_from``, ``asked``, ``waves``, ``notes``, ``segments``, ``choices`` (where
        they were observed), ``covariance``, ``between`` and ``leads``. Numbers are those
        before the scenario packs them.
    """
    kept = [g for g, place in enumerate(survey.frame.segments.tolist()) if place >= 0]
    scenario = survey.scenario
    names = {g: scenario.segment_names[survey.frame.segments[g]] for g in kept}
    result = evaluate(scenario)
    document = {
        "respondents": survey.sample.respondents,
        "weights_from": scenario.evidence.weights if scenario.evidence else None,
        "asked": survey.sample.asked,
        "waves": [
            {"asked": wave.asked, "source": wave.source, "respondents": wave.respondents}
            for wave in (scenario.evidence.waves if scenario.evidence else ())
        ],
        "notes": survey.notes,
        "segments": {names[g]: _segment(survey, g) for g in kept},
        **_choices(scenario),
        **_covariances(survey, names),
        "leads": {
            "overall": _lead(result, None),
            "segments": {name: _lead(result, name) for name in names.values()},
        },
    }
    return {key: plain(value) for key, value in document.items()}


def _choices(scenario: Scenario) -> dict[str, Any]:
    """The sensitivity that observed choices fit, where there are any."""
    found = scenario.evidence.choices if scenario.evidence else None
    if found is None:
        return {}
    value, low, high, _ = sensitivity_of(found)
    told = {"sensitivity": value, "se": found.error, "low": low, "high": high}
    return {"choices": {**told, "sets": found.sets, "respondents": found.units}}


def _covariances(survey: Survey, names: Mapping[int, str]) -> dict[str, Any]:
    """Covariance of the estimates within each segment, by its place, and between any two."""
    rows = {g: _rows(survey, g) for g in names}
    return {
        "covariance": {
            name: {
                "order": [_label(survey, g, i) for i in rows[g]],
                "matrix": survey.heard.blocks[g][np.ix_(rows[g], rows[g])],
            }
            for g, name in names.items()
        },
        "between": [
            {"segments": [names[a], names[b]], "matrix": block[np.ix_(rows[a], rows[b])]}
            for (a, b), block in survey.heard.between.items()
            if a in names and b in names
        ],
    }


def _rows(survey: Survey, g: int) -> list[int]:
    """Estimates of a segment that the scenario keeps."""
    places = survey.frame.propositions
    return [
        i
        for i, item in enumerate(survey.heard.items[g])
        if item.proposition < 0 or places[item.proposition] >= 0
    ]


def _label(survey: Survey, g: int, i: int) -> str:
    item, scenario = survey.heard.items[g][i], survey.scenario
    if item.of == "size":
        return "size"
    discipline = survey.frame.disciplines[item.discipline].id
    if item.of in ("weight", "derived"):
        return f"{'weights' if item.of == 'weight' else item.of}:{discipline}"
    proposition = scenario.proposition_names[survey.frame.propositions[item.proposition]]
    return f"scores:{proposition}:{discipline}" + (f":{item.moment}" if item.moment else "")


def _segment(survey: Survey, g: int) -> dict[str, Any]:
    heard, scenario, frame = survey.heard, survey.scenario, survey.frame
    errors = np.sqrt(np.maximum(np.diag(heard.blocks[g]), 0.0)).tolist()
    found = {
        (item.of, item.proposition, item.discipline): {"mean": item.mean, "se": error, "n": item.n}
        for item, error in zip(heard.items[g], errors, strict=True)
        if not item.moment
    }
    ids = [discipline.id for discipline in frame.disciplines]
    weights, derived = (
        {
            name: {key: value for key, value in found[of, -1, d].items() if key != "n"}
            for d, name in enumerate(ids)
            if (of, -1, d) in found
        }
        for of in ("weight", "derived")
    )
    scores = {
        scenario.proposition_names[place]: {
            name: found.get(("score", p, d), {"mean": None, "se": None, "n": int(heard.counts[g, p, d])})
            for d, name in enumerate(ids)
        }
        for p, place in enumerate(frame.propositions.tolist())
        if place >= 0
    }
    place = int(frame.segments[g])
    choose = survey.choose[place]
    return {
        "n": int(survey.sample.people[g]),
        "n_effective": heard.effective[g],
        "size": scenario.sizes[place],
        "weights": weights,
        **({"derived": derived} if derived else {}),
        "scores": scores,
        "choose": {}
        if np.isnan(choose).any()
        else dict(zip(scenario.proposition_names, choose, strict=True)),
    }


def _lead(result: Evaluation, segment: str | None) -> dict[str, Any]:
    found, names = heard_lead(result, segment), result.scenario.proposition_names
    leaders = [names[p] for p in found.certainty.leaders]
    return {
        "leader": leaders[0] if len(leaders) == 1 else leaders or None,
        "degree": found.certainty.degree,
        "first": found.certainty.first,
        "with": [names[p] for p in found.certainty.rivals],
        "close": [names[p] for p in found.certainty.close],
        "least": found.certainty.least,
        **_over(found.closest, names),
    }


def _over(closest: LeadOver | None, names: Sequence[str]) -> dict[str, Any]:
    """The lead over the closest rival; None of all of it where there is none."""
    keys = ("over", "lead", "se", "low", "high", "degrees_of_freedom")
    if closest is None:
        return dict.fromkeys(keys)
    own = (closest.lead, closest.error, closest.low, closest.high, closest.degrees)
    return dict(zip(keys, (names[closest.rival], *own), strict=True))


def survey_text(survey: Survey) -> str:
    """The same for people: who was asked, who leads among them and how sure, and who would choose what."""
    scenario = survey.scenario
    kept = [g for g, place in enumerate(survey.frame.segments.tolist()) if place >= 0]
    lines = [f"{survey.sample.respondents:,} respondents"]
    lines += [f"  {note}" for note in survey.notes]
    names = [scenario.segment_names[survey.frame.segments[g]] for g in kept]
    shown = [*names[:MOST_SEGMENTS], None]
    table = [["", "Respondents", "Ahead", "by", "95 % interval", "choose it"]]
    result = evaluate(scenario)
    leads = {name: heard_lead(result, name) for name in shown}
    table += [_line(survey, name, leads[name]) for name in shown]
    lines += ["", columns(table)]
    if len(names) > MOST_SEGMENTS:
        lines.append(f"and {len(names) - MOST_SEGMENTS:,} more segments")
    lines += ["", *(_sentence(result, name, leads[name]) for name in shown)]
    return "\n".join(lines)


MOST_SEGMENTS = 20
"""Segments that a terminal shows."""


def _line(survey: Survey, segment: str | None, found: HeardLead) -> list[str]:
    scenario, decimals = survey.scenario, lead_decimals(survey.scenario)
    leader = found.certainty.leaders[0] if found.certainty.leaders else None
    people, choose = f"{survey.sample.respondents:,}", ""
    if segment is not None:
        place = scenario.segment_index(segment)
        people = f"{survey.sample.people[survey.frame.segments.tolist().index(place)]:,}"
        if leader is not None and (shares := _would_choose(scenario, segment)) is not None:
            choose = percents(shares.tolist())[leader]
    closest = found.closest
    if leader is None or closest is None:
        return [segment or OVERALL, people, "", "", "", choose]
    interval = f"{number(closest.low, decimals)} to {number(closest.high, decimals)}"
    lead = lead_words(scenario, found, closest.rival)
    return [segment or OVERALL, people, scenario.proposition_names[leader], lead, interval, choose]


def _would_choose(scenario: Scenario, segment: str) -> FloatArray | None:
    """Shares of respondents who would choose each proposition; None where they could not compare."""
    try:
        return choices(scenario, segment).shares
    except NothingToShow:
        return None


def _sentence(result: Evaluation, segment: str | None, found: HeardLead) -> str:
    if not found.certainty.leaders:
        return f"{segment or OVERALL}: nothing has a value."
    names = claims.called(result, segment)
    leaders = " and ".join(names[p] for p in found.certainty.leaders)
    told = claims.leads(found.certainty, leaders, segment) + claims.contest_beside(found.certainty, names, [])
    return f"{among(found)} {told}{_too_few(found)}."


def _too_few(found: HeardLead) -> str:
    return "; too few answered for a surer word" if found.too_few else ""
