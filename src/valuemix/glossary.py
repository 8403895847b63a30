"""The words of valuemix: one a thing, the same on screen, in files, in decks and in code.

``python -m valuemix.glossary`` prints docs/glossary.md; a test keeps that file equal.
"""

from __future__ import annotations

__all__ = ["TERMS", "as_markdown", "meaning"]

TERMS: dict[str, tuple[str, str]] = {
    "proposition": ("What is scored: one customer value proposition.", "alternative"),
    "discipline": (
        "What a proposition is scored on: innovation, operational excellence, social purpose, customer intimacy, "
        "or disciplines of one's own.",
        "criterion",
    ),
    "segment": (
        "Who weighs: a group that is served, with its size and its own weights.",
        "decision maker, stakeholder group",
    ),
    "kind": (
        "Whether a segment is made of customers, employees or partners: everyone who is served counts.",
        "",
    ),
    "size": (
        "How much a segment counts in the overall value, in any unit; used as its share of all sizes.",
        "",
    ),
    "score": (
        "How well a proposition does on one discipline in the eyes of one segment, on the scenario's scale.",
        "performance",
    ),
    "attribute": (
        "What a discipline is made of, such as delivery time in days; its weighted values make the score.",
        "attribute, lowest-level criterion",
    ),
    "anchor": (
        "What counts 0 (worst) and 1 (best) on an attribute, in its own unit; a number beyond one counts as it.",
        "end point of the scale",
    ),
    "value function": (
        "How much each number of an attribute is worth between its anchors: a straight line, or points that "
        "never turn back.",
        "marginal value function",
    ),
    "moment": (
        "A kind of contact in which a segment meets what is offered, such as a fault by phone; it may have points "
        "and scores of its own.",
        "touchpoint, episode of the customer journey",
    ),
    "discipline to lead with": (
        "The discipline that a segment weighs most in a moment; it should lead there, whatever leads over all moments.",
        "",
    ),
    "share of contacts": (
        "How large a part of a segment's contacts a moment is; times how much one contact counts, it weighs the "
        "moment.",
        "",
    ),
    "contacts a year": (
        "How often one customer of a segment is in contact in a year; what one contact costs them adds up over these.",
        "",
    ),
    "mean mix": (
        "The weights of a segment on average over its moments: what sliders show and move; each moment then moves "
        "its share of the way.",
        "",
    ),
    "compensation over moments": (
        "How far a good moment offsets a bad one: 1 fully, 0 partly, min counts only the weakest moment.",
        "exponent of a power mean",
    ),
    "reason": (
        "Why a score stands as it does: a judgment, data, or a customer's own words; no value depends on it.",
        "",
    ),
    "scale": ("The lowest and the highest score there can be; higher is better.", ""),
    "points": (
        "What a weight slider holds, 0 to 100; the points of a segment sum to 100.",
        "scaling constant",
    ),
    "weight": (
        "A discipline's share of the segment's points: how much the step from the worst to the best score "
        "on it matters.",
        "scaling constant",
    ),
    "value": (
        "The weighted result of a proposition's scores, on the scenario's scale; overall it is the mean of the "
        "segments by size.",
        "value",
    ),
    "contribution": (
        "One discipline's part of a value: its weight times the score.",
        "weighted partial value",
    ),
    "rank": ("Place by value: 1 is best, ties share the best rank.", "rank"),
    "lead": ("How far the leader's value is ahead of the runner-up's.", "margin"),
    "partial": (
        "A value that rests on a missing score: its weight went to the other disciplines in proportion.",
        "",
    ),
    "scenario": (
        "A named, complete, saved problem: propositions, segments, weights, sizes, scores, settings.",
        "problem with preferences",
    ),
    "baseline": ("The scenario that others, or your changes, are compared with.", "reference"),
    "compensation": (
        "How far strengths offset weaknesses: 1 fully, 0 as in a geometric mean, far below 0 only the weakest "
        "discipline counts.",
        "exponent of the power mean",
    ),
    "fairness": (
        "How much the worst-served segment counts beyond its size: 0 not at all, larger more.",
        "inequality aversion (Atkinson)",
    ),
    "lead bar": ("Score from which a proposition counts as leading a discipline.", ""),
    "threshold": ("Score from which a proposition counts as holding a discipline.", ""),
    "focus": (
        "How much of a profile of weights or scores is on few disciplines: 0 spread evenly, 1 all on one.",
        "normalised Herfindahl index",
    ),
    "effective number of disciplines": (
        "As how many equal disciplines a profile counts: 1 if all is on one, all of them if spread evenly.",
        "inverse Herfindahl index",
    ),
    "discipline check": (
        "Whether a proposition leads one discipline and holds the others, measured by the lead bar and the threshold.",
        "",
    ),
    "leads with a gap": (
        "A verdict: leads a discipline but is below the threshold in another.",
        "",
    ),
    "stuck in the middle": (
        "A verdict: below the threshold in some discipline and leading none.",
        "",
    ),
    "fit": (
        "How far the profile of a proposition's scores agrees with that of a segment's weights, 0 to 100 %.",
        "one less half the L1 distance",
    ),
    "evenness": (
        "How alike the segments are served; unevenness costs the value at fairness 0 less that with fairness.",
        "Atkinson's index",
    ),
    "felt, believed, promised": (
        "Three views of one score: what customers say, what the company thinks they get, what it claims.",
        "",
    ),
    "cover story": ("A promise that lies at or beyond a bar above what customers feel.", ""),
    "delivery chain": (
        "The functions that a promise passes through, and the share of value on each discipline that survives each.",
        "",
    ),
    "burden": (
        "What a proposition costs the people who take it, in time, worry, effort and money; more is heavier.",
        "cost attribute",
    ),
    "worst amount": (
        "The amount of a burden that nobody bears, in its own unit: it counts as the end of the scale.",
        "anchor of a cost attribute",
    ),
    "cost of a point": (
        "What one more point of score costs on a discipline in a moment; a budget goes first where it buys most value.",
        "",
    ),
    "resources against weights": (
        "Shares of budget, people, management time or bonus points by discipline, beside what those who are served "
        "weigh and what is promised.",
        "",
    ),
    "distance": (
        "The share of a resource that would have to move for it to be spread as weights are; half the sum of all "
        "differences.",
        "half the L1 distance; total variation",
    ),
    "planned decision": (
        "Something that somebody plans to do, with what it would change in scores or burdens, for whom.",
        "",
    ),
    "part of the plan": (
        "What a planned decision adds to all of them together: the mean of what it adds over all orders in which they "
        "could be taken.",
        "Shapley value",
    ),
    "capability": (
        "Something the firm is able to do, to a level; a discipline that is promised highly asks a high level of what "
        "it rests on.",
        "",
    ),
    "required level": (
        "The level of a capability that a proposition asks for: the highest level times the score of the discipline "
        "that needs it most, by how much that rests on it.",
        "",
    ),
    "net value": (
        "Value with burden counted against it, by the weight that burden has in the segment.",
        "additive value with a cost attribute",
    ),
    "fair-value line": (
        "Where more burden is just made up for by more value, through the mean of the propositions.",
        "indifference line",
    ),
    "link": (
        "Who serves whom: the value that the one receives limits what the other can feel, the more the stronger it is.",
        "",
    ),
    "weakest link": ("The link that takes most value from those who are served, by their size.", ""),
    "long term": ("Weights that segments will have later; the way there starts at those of today.", ""),
    "preference share": (
        "How preferences would split if people chose by value alone; no market share.",
        "logit share",
    ),
    "sensitivity": (
        "How strictly preferences follow value: 0 not at all; the larger, the more the best takes all. Choices of "
        "respondents can fit it.",
        "scale parameter of the logit",
    ),
    "first choice": (
        "Preference share if everyone took the best; those that tie split it.",
        "first-choice rule",
    ),
    "alignment": (
        "Whether what is good for customers is good for employees and partners as well, proposition by proposition.",
        "",
    ),
    "statement": (
        "The strategy on one page: six sentences built from the numbers, or put in one's own words.",
        "",
    ),
    "crossover": ("Weight at which two propositions tie.", "switching point"),
    "stability interval": (
        "Range of a weight within which the leader stays the leader.",
        "weight stability interval",
    ),
    "challenger": (
        "A proposition that does not lead today, with what would have to change for it to lead.",
        "",
    ),
    "points moved": (
        "Weight taken from some disciplines and given to others, in points of 100: half the sum of all changes.",
        "half the L1 distance",
    ),
    "lever": ("One weight, score or size, and how far the lead moves with it.", "one-way sensitivity"),
    "rank acceptability": (
        "Share of all weights considered for which a proposition takes a rank.",
        "the same (SMAA)",
    ),
    "central weights": ("Mean of the weights for which a proposition comes first.", "the same (SMAA)"),
    "confidence factor": (
        "How often a proposition is first at its central weights when scores and sizes are uncertain.",
        "the same (SMAA)",
    ),
    "pairwise winning index": (
        "Share of all weights considered for which one proposition beats another; a tie counts half.",
        "the same (SMAA)",
    ),
    "half-width": (
        "How far a share of draws may be off, up or down, at 95 % confidence; an exact share has none.",
        "Monte Carlo error",
    ),
    "doubt": (
        "What may be off, and how far: weights, scores and sizes; every sentence about a leader is held against it.",
        "",
    ),
    "degree of certainty": (
        "How sure a sentence is by the share of cases held possible in which it is true: certain (all), "
        "clear (from 97.5 %), likely (from 85 %), open.",
        "",
    ),
    "shift": (
        "How weights are off together: shared, one shift in every segment, or own, each segment by itself, so that "
        "shifts even out over segments.",
        "",
    ),
    "range": (
        "Low and High of a score: limits that nothing lies beyond, or the ends of a 95 % interval.",
        "",
    ),
    "halo": (
        "How far errors of one proposition's scores go together across disciplines: about half where people judged, "
        "0 where things were measured.",
        "halo effect",
    ),
    "evidence": (
        "What respondents said when their answers were read: estimates and how they hang together, never a respondent.",
        "",
    ),
    "wave": (
        "The same survey asked once: its answers, of one date, stand beside those of the waves before.",
        "tracking study",
    ),
    "memory": (
        "Older waves of answers count too, each for less: half as much after so many waves; 0 is the newest alone.",
        "half-life, exponential smoothing",
    ),
    "estimate": (
        "A weight, score or size as respondents gave it on average, with its standard error.",
        "survey estimate",
    ),
    "effective number of answers": (
        "As many equally weighted answers would be worth as much as those that were given with survey weights.",
        "Kish's effective sample size",
    ),
    "stated importance": (
        "What respondents say matters: points, ratings, ranks, best and worst, utilities.",
        "",
    ),
    "derived importance": (
        "What goes with respondents' overall judgment: the part of its variance that each discipline explains.",
        "LMG, Shapley value of R squared",
    ),
    "believed weights": (
        "What the company thinks customers weigh; beside what they say, it shows what the difference costs.",
        "",
    ),
    "would choose": (
        "Share of respondents whose own weights and own ratings put a proposition first.",
        "first-choice share",
    ),
    "lead worth telling": (
        "How long a lead has to be for it to matter; answers needed are counted for it.",
        "smallest difference of interest",
    ),
    "seed": ("Where draws start: the same seed gives the same draws anywhere.", ""),
    "bridge": (
        "Why a value differs between two scenarios: its change by weights, scores, sizes, segments and settings.",
        "Shapley split",
    ),
    "rank agreement": (
        "How far two scenarios put the propositions in the same order: 1 the same, −1 the reverse.",
        "Kendall's tau-b",
    ),
    "regret": ("How far a proposition's overall value is behind the best of a scenario.", "regret (Savage)"),
    "robust choice": (
        "The proposition whose largest regret over all scenarios compared is smallest.",
        "minimax regret",
    ),
    "decision": (
        "What was chosen, for whom and by whom, kept with the scenario of that day and what would reverse it; written "
        "once and never changed.",
        "",
    ),
    "reversed": (
        "Said of a decision when what was chosen is no longer best where it was chosen for, or loses more than was "
        "accepted.",
        "tripwire crossed",
    ),
    "path": ("The way from one scenario to another, with weights, sizes and scores mixed in proportion.", ""),
    "set": (
        "Propositions that are offered together; each segment takes the one of them with the highest value for it.",
        "portfolio",
    ),
    "floor": ("Value that a set of propositions has to give a segment at least, on the scale.", ""),
    "frontier": (
        "The best value of a set at each cost: no set that costs as much or less has a higher one.",
        "efficient frontier",
    ),
    "core": (
        "Share of the cases held possible whose best set holds a proposition: in all, in some, in none.",
        "core index, here over draws",
    ),
    "exhibit": ("One finding, stated in a sentence, with its table and its chart.", ""),
}
"""Each word with its meaning in one sentence and what decision analysis calls it."""


def meaning(term: str) -> str:
    """Meaning of a word in one sentence, for the "?" beside it.

    Raises
    ------
    KeyError
        If the glossary does not have the word; that is a bug.

    Examples
    --------
    >>> meaning("lead")
    "How far the leader's value is ahead of the runner-up's."
    """
    return TERMS[term][0]


def as_markdown() -> str:
    """The glossary as the text of docs/glossary.md."""
    rows = [f"| {term} | {text} | {other} |" for term, (text, other) in TERMS.items()]
    head = [
        "# Glossary",
        "",
        "One word for each thing, the same on screen, in files, in decks and in code. The app shows these",
        'sentences behind each "?".',
        "",
        "| word | means | in decision analysis |",
        "|---|---|---|",
    ]
    return "\n".join([*head, *rows]) + "\n"


if __name__ == "__main__":
    print(as_markdown(), end="")
