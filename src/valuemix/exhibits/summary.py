"""The answer in three sentences: who leads and why, for whom, and how safely."""

from __future__ import annotations

import pandas as pd

from valuemix.analysis.scoring import Evaluation, evaluate
from valuemix.analysis.tradeoffs import tradeoffs
from valuemix.exhibits import wording
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.formats import decimals_of
from valuemix.exhibits.leaders import leaders
from valuemix.exhibits.ranking import ranking
from valuemix.exhibits.stability import stability
from valuemix.exhibits.summary_figure import draw
from valuemix.exhibits.values import values_table
from valuemix.model.scenario import Scenario

__all__ = ["summary"]


def summary(evaluation: Evaluation | Scenario) -> Exhibit:
    """Three sentences that answer the question of a board.

    Parameters
    ----------
    evaluation : Evaluation or Scenario
        What is summed up.

    Returns
    -------
    Exhibit
        With one row a sentence: part, sentence. Each is the finding of another exhibit: of
        `ranking`, of `leaders` (of `values_table` where there is one segment) and of `stability`.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7]], points=[40, 30, 20, 10],
    ...                                 propositions=["Express", "Green line"], segments=["Families"])
    >>> shown = summary(scenario)
    >>> shown.finding
    'Express is the proposition to lead with overall'
    >>> shown.table["sentence"][0]
    'Express leads overall by 1.0 over Green line: operational excellence adds 0.6'
    """
    evaluation = evaluate(evaluation)
    scenario = evaluation.scenario
    decimals = decimals_of(evaluation.scenario)
    where = leaders if len(scenario.segments) > 1 else values_table
    sentences = {
        "Who leads": ranking(evaluation).finding,
        "For whom": where(evaluation).finding,
        "How safely": stability(tradeoffs(scenario)).finding,
    }
    table = pd.DataFrame({"part": [*sentences], "sentence": [*sentences.values()]})
    return Exhibit(
        key="summary",
        finding=_finding(evaluation),
        subtitle=f"The answer of {wording.short_names([scenario.name])[0]} in three sentences, "
        f"{wording.population(scenario, None)}",
        table=table,
        source=wording.source_of(scenario),
        notes=(),
        alt=" ".join(f"{part}: {sentence}." for part, sentence in sentences.items()),
        decimals=decimals,
        scenarios=(scenario,),
        draw=draw,
    )


def _finding(evaluation: Evaluation) -> str:
    names = wording.short_names(evaluation.scenario.proposition_names)
    led = [names[p] for p in evaluation.standing().leaders]
    if not led:
        return "No proposition has an overall value yet: scores are missing where the weights are"
    if len(names) == 1:
        return f"{names[0]} is the only proposition, so there is nothing to choose from"
    if len(led) == len(names):
        return f"{wording.every(len(led), 'proposition')} are level overall"
    if len(led) > 1:
        return f"{wording.joined(led)} share the lead overall"
    return f"{led[0]} is the proposition to lead with overall"
