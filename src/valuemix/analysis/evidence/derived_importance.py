"""Stated and derived importance side by side: what respondents say matters, and what goes with their judgment."""

from __future__ import annotations

from dataclasses import dataclass

from valuemix.analysis.certainty.certainty import Certainty, certainty
from valuemix.analysis.draws.survey_errors import answers_of, fewest_degrees
from valuemix.analysis.evidence.importance import Importance, Weighed, heard_importance, with_importance
from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.errors import NothingToShow
from valuemix.model.scenario import Scenario

__all__ = ["Weighing", "both_weighings"]


@dataclass(frozen=True, eq=False)
class Weighing:
    """Importance in one way: weights in a segment or over all, which is the largest, and who leads by them.

    Attributes
    ----------
    weights : Weighed
    largest : Certainty
        Of disciplines.
    result : Evaluation
        With these weights.
    leader : Certainty
        Of propositions.
    """

    weights: Weighed
    largest: Certainty
    result: Evaluation
    leader: Certainty


def both_weighings(scenario: Scenario, segment: str | None = None) -> tuple[Weighing, Weighing]:
    """Stated importance and the one that is derived from the overall judgment.

    Raises
    ------
    UnknownName, EditError
        Where the segment does not exist, or the scenario has no evidence.
    NothingToShow
        Where respondents were not asked for both, or the segment was not.
    """
    evidence = answers_of(scenario)
    if not any(each.of == "derived" for own in evidence.segments for each in own.estimates):
        raise NothingToShow(
            "what matters was not both stated and derived; where the map has importance and an overall judgment, "
            "both stand side by side"
        )
    derived = scenario.replace(evidence=evidence.as_derived())
    return _weighing(scenario, heard_importance(scenario), segment), _weighing(
        derived, heard_importance(derived), segment
    )


def _weighing(scenario: Scenario, found: Importance, segment: str | None) -> Weighing:
    weights, weighed = found.mean(scenario, segment), with_importance(scenario, found)
    too_few = weights.degrees < fewest_degrees(answers_of(scenario))
    return Weighing(weights, weights.largest(too_few=too_few), evaluate(weighed), certainty(weighed, segment))
