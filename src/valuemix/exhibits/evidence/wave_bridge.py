"""What the moves between two waves did to the value of one proposition."""

from __future__ import annotations

import dataclasses

from valuemix.analysis.certainty.certainty import Degree, degree_of
from valuemix.analysis.compare.compare import compare
from valuemix.analysis.draws.survey_errors import answers_of
from valuemix.analysis.evidence.leads import heard_lead
from valuemix.analysis.evidence.wave_leads import risen_since
from valuemix.analysis.evidence.waves import at_wave
from valuemix.errors import NothingToShow
from valuemix.exhibits.compare.bridge import bridge
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words.respondents import rests_on
from valuemix.model.scenario import Scenario

__all__ = ["wave_bridge"]


@exhibit_kind(
    "What moved the leader",
    "Evidence",
    (),
    "The change of the overall value from the wave before is split over weights, scores and the mix of those asked by "
    "Shapley values: what each adds, averaged over all orders in which they can change. The change has the variance of "
    "both values, less what the same people or clusters have in common, and Student's t.",
    several_views=True,
)
def wave_bridge(scenario: Scenario) -> Exhibit:
    """Change of the overall value of today's leader since the wave before, split over what moved.

    The mix of those asked is a part where the sizes of segments are the respondents'.

    Parameters
    ----------
    scenario : Scenario
        With evidence of several waves.

    Returns
    -------
    Exhibit
        As `bridge`.

    Raises
    ------
    EditError, NothingToShow
        Where the scenario has no evidence, or one wave, or nothing leads.
    """
    evidence = answers_of(scenario)
    if not evidence.earlier:
        raise NothingToShow("there is one wave of answers; with the next it shows what moved the leader")
    leaders = heard_lead(scenario).certainty.leaders
    if not leaders:
        raise NothingToShow("nothing leads")
    now = scenario.replace(
        name=evidence.asked or "Newest wave", evidence=evidence.alone(0), low=None, high=None
    )
    then, _ = at_wave(scenario, 1)
    made = bridge(
        compare(then, now),
        scenario.proposition_names[leaders[0]],
        called={"sizes": "mix of those asked"},
        told=_told(scenario, leaders[0]),
    )
    apart = tuple(
        note.replace("the same errors in both", "what was heard with errors of each wave by itself")
        for note in made.notes
    )
    return dataclasses.replace(made, notes=apart, scenarios=(scenario,))


def _told(scenario: Scenario, leader: int) -> tuple[Degree, str] | None:
    """How sure the change is, and what of both waves that takes into account."""
    rise = risen_since(scenario, leader)
    if rise is None:
        return None
    degree = "open" if rise.too_few else degree_of(max(rise.sure, 1 - rise.sure))
    waves = (
        "less what the same people or clusters have in common"
        if rise.together
        else "the waves taken as independent, as no people or clusters are known to be in both"
    )
    return degree, f"how sure the change is: by the errors of both waves, {waves}; {rests_on(scenario)}"
