"""Words for how sure a sentence is: one for each degree of certainty, and what was taken to be in doubt."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from valuemix.analysis.certainty.certainty import (
    CLEAR,
    DEGREES,
    LIKELY,
    Certainty,
    Degree,
    certainty,
    degree_of,
    differing,
    hangs_on,
)
from valuemix.analysis.certainty.uncertainty import in_doubt
from valuemix.analysis.compare.changes import other_estimates
from valuemix.analysis.draws.score_draws import score_doubt
from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import share
from valuemix.model.scenario import Scenario

__all__ = [
    "DEGREE_WORDS",
    "MORE_TOGETHER",
    "NAMED",
    "SHIFT_WORDS",
    "ahead_of",
    "briefly",
    "briefly_each",
    "called",
    "changed",
    "close",
    "contest",
    "counted",
    "doubts",
    "graded",
    "grades",
    "hinge",
    "how_sure",
    "how_sure_each",
    "in_segments",
    "lead_today",
    "lead_verb",
    "leads",
    "least_sure",
    "none_leads",
    "probably",
    "rivals",
    "same_errors",
    "sign_words",
    "sure_words",
    "taken",
    "taken_in",
    "together",
    "told_beside",
    "too_close",
    "untold",
    "whatever",
]

DEGREE_WORDS: Mapping[Degree, str] = MappingProxyType(
    {
        "certain": "leads whatever is in doubt",
        "clear": "leads",
        "likely": "probably leads",
        "open": "too close to call",
    }
)
"""The degrees as they stand in a cell of a table."""

_COUNTED: Mapping[Degree, str] = MappingProxyType(
    {"certain": "clear", "clear": "clear", "likely": "probable", "open": "too close to call"}
)

NAMED = 3
"""Rivals of an open lead that a sentence names; of more it says how many there are."""

NOTHING_IN_DOUBT = "no weight, score or size is taken to be in doubt"

MORE_TOGETHER = "(Holm's procedure: more where several are told together)"
"""What is asked of several leads beyond the share from which one alone is clear."""

SHIFT_WORDS: Mapping[str, str] = MappingProxyType(
    {"shared": "one shift in every segment", "own": "each segment by itself"}
)
"""How weights of several segments are off together."""


def called(evaluation: Evaluation, segment: str | None) -> list[str]:
    """All propositions as they are spoken where they lead: those whose value is partial are called so.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[9, None], [4, 5]], propositions=["Express", "Green line"])
    >>> called(evaluate(scenario), None)
    ['Express (partial value)', 'Green line']
    """
    names = wording.short_names(evaluation.scenario.proposition_names)
    return [
        f"{name} (partial value)" if partial else name
        for name, partial in zip(names, evaluation.partial_in(segment), strict=True)
    ]


def together(found: Sequence[Certainty]) -> list[Certainty]:
    """Several leads that are told together: clear are those that Holm's procedure finds.

    Certain ones stay so. Ties are no leads and count for nothing.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 5.6]])
    >>> one = certainty(scenario)
    >>> one.degree, round(one.least, 3), [each.degree for each in together([one] * 2)]
    ('clear', 0.986, ['likely', 'likely'])
    """
    alone = [i for i, each in enumerate(found) if len(each.leaders) == 1]
    degrees = dict(zip(alone, grades([found[i].least for i in alone]), strict=True))
    return [
        dataclasses.replace(each, degree=degrees[i]) if i in degrees and each.degree == "clear" else each
        for i, each in enumerate(found)
    ]


def in_segments(scenario: Scenario) -> list[Certainty]:
    """How sure the leads of all segments are where they are told together."""
    return together([certainty(scenario, name) for name in scenario.segment_names])


def counted(degrees: Sequence[Degree], where: str = "") -> str:
    """How sure several leads are that are told together; empty where there are none.

    Parameters
    ----------
    degrees : sequence of {"certain", "clear", "likely", "open"}
    where : {"", "there"}
        What tells these leads from another in the same sentence.

    Examples
    --------
    >>> counted(["open", "likely", "open"]), counted(["open", "open"]), counted(["clear"]), counted([])
    ('one lead is probable, two are too close to call', 'both leads are too close to call', 'the lead is clear', '')
    """
    where = f" {where}" if where else ""
    words = [_COUNTED[degree] for degree in degrees]
    kinds = [kind for kind in ("clear", "probable", "too close to call") if kind in words]
    if not kinds:
        return ""
    if len(kinds) == 1:
        whole = {1: "the lead", 2: "both leads"}.get(len(words), "all leads")
        return f"{whole}{where} {'is' if len(words) == 1 else 'are'} {kinds[0]}"
    parts = [f"{wording.count(n := words.count(kind))} {'is' if n == 1 else 'are'} {kind}" for kind in kinds]
    first, noun = parts[0].split(" ", 1)[0], "lead" if words.count(kinds[0]) == 1 else "leads"
    return ", ".join([f"{first} {noun}{where} {parts[0].split(' ', 1)[1]}", *parts[1:]])


def sure_words(found: Certainty) -> str:
    """Degree in a cell of a table; "tie" where there are several leaders, empty where nothing is to be led.

    Examples
    --------
    >>> sure_words(certainty(Scenario.from_arrays([[8, 4], [5, 6]])))
    'probably leads'
    """
    if len(found.leaders) > 1:
        return "tie"
    rivals = any(share == share for share in found.above)
    return DEGREE_WORDS[found.degree] if found.leaders and rivals else ""


def leads(found: Certainty, name: str, segment: str | None, since: str = "") -> str:
    """Start of a sentence about today's leader, as sure as it is.

    Parameters
    ----------
    found : Certainty
        With one leader.
    name : str
        The leader as it is spoken.
    segment : str or None
        Where it leads; None for overall.
    since : {"", "still", "now"}
        What a comparison with an earlier version adds.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]], segments=["Families"])
    >>> leads(certainty(scenario), "Express", None), leads(certainty(scenario), "Express", "Families")
    ('Express is ahead overall', 'Express is ahead in Families')
    """
    since = f"{since} " if since else ""
    if found.degree == "open":
        return f"{name} is {since}ahead {wording.where(segment)}"
    probably = "probably " if found.degree == "likely" else ""
    return f"{name} {since}{probably}leads {wording.place(segment)}"


def lead_verb(degrees: Sequence[Degree], *, several: bool = False) -> str:
    """Verb of one lead, or of several that are told together: `untold` says where it is not all.

    Parameters
    ----------
    degrees : sequence of {"certain", "clear", "likely", "open"}
    several : bool
        Whether several propositions are its subject.

    Examples
    --------
    >>> lead_verb(["clear"]), lead_verb(["likely"], several=True), lead_verb(["clear", "likely"])
    ('leads', 'probably lead', 'is ahead')
    """
    found = {*degrees}
    if found <= {"certain", "clear"}:
        return "lead" if several else "leads"
    if found == {"likely"}:
        return "probably lead" if several else "probably leads"
    return "are ahead" if several else "is ahead"


def untold(*groups: Sequence[Degree]) -> str:
    """End of a sentence about leads: how sure they are, where the verb of a group does not say it; or empty.

    Examples
    --------
    >>> untold(["clear"], ["likely"]), untold(["clear", "likely"], ["clear"])
    ('', '; two leads are clear, one is probable')
    >>> untold(["open"], ["likely"]), untold(["open"], ["open"])
    ('; one lead is too close to call', '; both leads are too close to call')
    """
    every = [_COUNTED[degree] for group in groups for degree in group]
    close = every.count("too close to call")
    if not any(len({_COUNTED[degree] for degree in group}) > 1 for group in groups) and close < len(every):
        # Each verb tells its own degree, but "is ahead" not that it is open.
        verb = "lead is" if close == 1 else "leads are"
        return f"; {wording.count(close)} {verb} too close to call" if close else ""
    words = counted([degree for group in groups for degree in group])
    return f"; {words}" if words else ""


def rivals(found: Certainty, names: Sequence[str], most: int = NAMED) -> list[str]:
    """Rivals that keep a lead from being clear, to be listed: the closest few, and how many more.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [7.9, 6], [7.8, 6], [7.7, 6], [7.6, 6], [7.5, 6]])
    >>> rivals(certainty(scenario), list("ABCDEF"))
    ['B', 'C', 'D', 'two more']
    """
    told, left = [names[p] for p in found.rivals[:most]], len(found.rivals) - most
    return [*told, f"{wording.count(left)} more"] if left > 0 else told


def too_close(found: Certainty, names: Sequence[str], most: int = NAMED) -> str:
    """With whom an open lead is too close to call: the closest few, and how many more.

    Parameters
    ----------
    found : Certainty
    names : sequence of str
        Of all propositions, as they are spoken.
    most : int
        Rivals that are named: three, or fewer where there is little room.

    Returns
    -------
    str
        Empty unless the degree is open and there is one leader.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]])
    >>> too_close(certainty(scenario), ["Express", "Green line", "Basic"])
    'too close to call with Basic'
    """
    if found.degree != "open" or len(found.leaders) != 1:
        return ""
    return f"too close to call with {wording.joined(rivals(found, names, most), most + 1)}"


def close(found: Certainty) -> str:
    """End of a clause about a lead that is open where nobody else is named: ", too close to call"; or empty."""
    return ", too close to call" if found.degree == "open" and len(found.leaders) == 1 else ""


def contest(found: Certainty, names: Sequence[str], most: int = NAMED) -> str:
    """End of a sentence about what is too close to call: ", too close to call with Basic"; or empty.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]])
    >>> contest(certainty(scenario), ["Express", "Green line", "Basic"])
    ', too close to call with Basic'
    """
    told = too_close(found, names, most)
    return f", {told}" if told else ""


def lead_today(evaluation: Evaluation, segment: str | None) -> str:
    """Who leads today as a clause by itself, as sure as it is; a tie where several lead, empty where none does.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]], propositions=["Express", "Slow", "Basic"])
    >>> lead_today(evaluate(scenario), None)
    'Express is ahead overall, too close to call with Basic'
    """
    scenario, names = evaluation.scenario, called(evaluation, segment)
    found = certainty(scenario, segment)
    if len(found.leaders) > 1:
        return f"{wording.joined([names[p] for p in found.leaders])} tie {wording.where(segment)}"
    if not found.leaders:
        return ""
    clause = leads(found, names[found.leaders[0]], segment)
    sure = whatever(scenario, found)
    return (
        clause
        + contest(found, wording.short_names(scenario.proposition_names))
        + (f", {sure}" if sure else "")
    )


def told_beside(evaluation: Evaluation, segment: str | None) -> str:
    """Who leads today as a sentence at the end of an alternative text; empty where there is nothing to say."""
    lead = lead_today(evaluation, segment) if len(evaluation.scenario.propositions) > 1 else ""
    return f" {lead}." if lead else ""


def none_leads(evaluation: Evaluation, segment: str | None, only: str) -> str:
    """Why there is no lead to speak of: one proposition alone, or none with a value; empty where there is one.

    Parameters
    ----------
    evaluation : Evaluation
    segment : str or None
        Where; None for overall.
    only : str
        What follows where there is only one proposition, such as "so nothing else can lead".

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> for scores in ([[8, 2]], [[8, 2], [6, 5]]):
    ...     none_leads(evaluate(Scenario.from_arrays(scores)), None, "so nothing else can lead")
    'Proposition 1 is the only proposition, so nothing else can lead'
    ''
    """
    names = evaluation.scenario.proposition_names
    if len(names) == 1:
        return f"{wording.short_names(names)[0]} is the only proposition, {only}"
    return "" if evaluation.standing(segment).leaders else wording.no_value(wording.where(segment))


def probably(found: Certainty) -> str:
    """Adverb of an order or a largest figure: "probably " where it is likely, nothing elsewhere.

    Where it is open, `contest` says so at the end of the sentence.
    """
    return "probably " if found.degree == "likely" else ""


def whatever(scenario: Scenario, found: Certainty) -> str:
    """What a certain lead does not depend on; empty for every other degree.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5]])
    >>> whatever(scenario, certainty(scenario))
    'whatever the weights and scores within doubt'
    """
    if found.degree != "certain" or not found.in_doubt or len(found.above) == 1:
        return ""
    things = [
        *(["weights"] if scenario.doubt.weights_within else []),
        *(["scores"] if not score_doubt(scenario).certain else []),
        *(["sizes"] if scenario.doubt.sizes_within and len(scenario.segments) > 1 else []),
    ]
    return f"whatever the {wording.joined(things)} within doubt"


def doubts(scenario: Scenario, segment: str | None = None) -> str:
    """What is taken to be in doubt: "weights within 10 points, one shift in every segment, ...".

    Examples
    --------
    >>> doubts(Scenario.from_arrays([[8, 4], [5, 6]])).replace("\\xa0", " ")
    'weights within 10 points and scores within 5 % of the scale'
    """
    doubt, several = scenario.doubt, segment is None and len(scenario.segments) > 1
    parts = []
    if doubt.weights_within:
        points = f"{doubt.weights_within:g} point{'' if doubt.weights_within == 1 else 's'}"
        shift = f" ({SHIFT_WORDS[doubt.weights_shift]})" if several else ""
        parts.append(f"weights within {points}{shift}")
    scores = score_doubt(scenario)
    if not scores.certain:
        parts.append(f"scores within {_score_words(scenario)}")
    if doubt.sizes_within and several:
        parts.append(f"sizes within {doubt.sizes_within:g}\u00a0%")
    return wording.joined(parts) if parts else "nothing"


def how_sure(scenario: Scenario, segment: str | None = None) -> str:
    """Note on what a degree rests on; empty where there is nothing to be sure of.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 6]], propositions=["Express", "Green line"])
    >>> how_sure(scenario).replace("\\xa0", " ")
    'Express is above Green line in 92 % of the combinations within doubt, assuming weights within 10 points
    and scores within 5 % of the scale'
    """
    found, names = certainty(scenario, segment), wording.short_names(scenario.proposition_names)
    if not found.leaders or len(names) == 1:
        return ""
    return graded(scenario, found, names, segment)


def graded(
    scenario: Scenario,
    found: Certainty,
    names: Sequence[str],
    segment: str | None = None,
    above: str = "above",
) -> str:
    """Note on what the degree of any order rests on: of leaders, net values, gaps, losses.

    Parameters
    ----------
    scenario : Scenario
    found : Certainty
    names : sequence of str
        Of what is compared, as it is spoken.
    segment : str, optional
        Where.
    above : str
        What the first is to the others, such as "above" or "served worse than".

    Returns
    -------
    str
        Empty where there is nothing to be sure of.
    """
    if not found.leaders or all(share != share for share in found.above):
        return ""
    if not found.in_doubt:
        return NOTHING_IN_DOUBT
    if found.degree == "certain":
        return f"nothing within doubt changes who leads, {taken(scenario, segment)}"
    return f"{ahead_of(found, names, above)}, {taken(scenario, segment)}"


def taken(scenario: Scenario, segment: str | None = None) -> str:
    """What a degree takes to be in doubt: "assuming" where that is our default, else "taking"."""
    return f"{'taking' if scenario.settings.doubt else 'assuming'} {doubts(scenario, segment)}"


def how_sure_each(scenario: Scenario) -> str:
    """Note on what the degrees of several leaders rest on, each in its own segment; empty without a choice.

    Examples
    --------
    >>> how_sure_each(Scenario.from_arrays([[8, 4], [5, 6]])).replace("\\xa0", " ")
    'a lead is probable where it holds in 85 % of the combinations within doubt, clear from 97.5 %, assuming
    weights within 10 points and scores within 5 % of the scale'
    """
    if len(scenario.propositions) == 1:
        return ""
    if not any(certainty(scenario, name).in_doubt for name in (None, *scenario.segment_names)):
        return NOTHING_IN_DOUBT
    several = f" {MORE_TOGETHER}" if len(scenario.segments) > 1 else ""
    return (
        f"a lead is probable where it holds in {share(LIKELY)} of the combinations within doubt, "
        f"clear from {share(CLEAR, 1)}{several}, {taken(scenario)}"
    )


def ahead_of(found: Certainty, names: Sequence[str], above: str = "above") -> str:
    """How often the leader is above its closest rival, and above all others where that differs.

    Examples
    --------
    >>> found = certainty(Scenario.from_arrays([[8, 4], [5, 6]]))
    >>> ahead_of(found, ["Express", "Green line"]).replace("\\xa0", " ")
    'Express is above Green line in 92 % of the combinations within doubt'
    """
    pair = f"{names[found.leaders[0]]} is {above} {names[_closest(found)]}"
    text = f"{pair} in {share(found.least)} of the combinations within doubt"
    first = share(found.first)
    if first == share(found.least) or len(found.leaders) > 1:
        return text
    return f"{text}, and {'than any other' if ' than' in above else 'first of all'} in {first}"


def briefly(found: Certainty, names: Sequence[str]) -> str:
    """`ahead_of` in few words, where several leads stand in one note.

    Examples
    --------
    >>> briefly(certainty(Scenario.from_arrays([[8, 4], [5, 6]])), ["Express", "Green line"]).replace("\\xa0", " ")
    'Express above Green line in 92 %'
    """
    return f"{names[found.leaders[0]]} above {names[_closest(found)]} in {share(found.least)}"


def briefly_each(
    found: Mapping[str, Certainty], names: Sequence[str], scenario: Scenario, segment: str | None = None
) -> list[str]:
    """Note on what several leads rest on, each under its own heading; none where nothing is in doubt.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 4], [5, 6]])
    >>> briefly_each({"felt": certainty(base)}, ["Express", "Green line"], base)[0].replace("\\xa0", " ")
    'felt: Express above Green line in 92 % of the combinations within doubt, assuming weights within 10 points
    and scores within 5 % of the scale'
    """
    often = [
        f"{heading}: {briefly(own, names)}"
        for heading, own in found.items()
        if own.in_doubt and any(share == share for share in own.above)
    ]
    taking = taken(scenario, segment)
    return [f"{'; '.join(often)} of the combinations within doubt, {taking}"] if often else []


def _closest(found: Certainty) -> int:
    """Rival that the leader is above in the fewest draws; what has no value comes last."""
    return min(range(len(found.above)), key=lambda p: (math.isnan(found.above[p]), found.above[p]))


def hinge(scenario: Scenario, segment: str | None = None) -> str:
    """What an open question hangs on: "it hangs most on the weight of innovation", or on none by itself."""
    found = hangs_on(scenario, segment)
    if found is None:
        return "knowing one weight or score alone would not settle it"
    word = wording.discipline_words(scenario)[found.discipline]
    if found.weight:
        return f"it hangs most on the weight of {word}"
    several = len(scenario.segments) > 1 and found.segment is not None and segment is None
    place = f" in {wording.short_names(scenario.segment_names)[found.segment or 0]}" if several else ""
    return f"it hangs most on the scores on {word}{place}"


def sign_words(degree: Degree) -> str:
    """Adverb of a difference or a change: nothing where it is clear, "probably", or "perhaps".

    Examples
    --------
    >>> [sign_words(degree) for degree in ("clear", "likely", "open")]
    ['', 'probably ', 'perhaps ']
    """
    return {"certain": "", "clear": "", "likely": "probably ", "open": "perhaps "}[degree]


def grades(shares: Sequence[float]) -> list[Degree]:
    """Degrees of several differences that are told together: those that Holm's procedure finds are clear.

    Parameters
    ----------
    shares : sequence of float
        For each the share of draws with the sign that is told.

    Examples
    --------
    >>> grades([0.999, 0.98, 0.5]), grades([0.98])
    (['clear', 'likely', 'open'], ['clear'])
    """
    # What more often fails than holds is found to be nothing: it makes no room for the others.
    found = differing([max(share, 0.5) for share in shares])
    return [
        "likely" if degree_of(share) == "clear" and not there else degree_of(share)
        for share, there in zip(shares, found, strict=True)
    ]


def least_sure(degrees: Iterable[Degree]) -> Degree:
    """The least of several degrees: that of a sentence which says all of it.

    Examples
    --------
    >>> least_sure(["clear", "open", "likely"]), least_sure([])
    ('open', 'certain')
    """
    return min(degrees, key=DEGREES.index, default="certain")


def same_errors(*scenarios: Scenario, segment: str | None = None) -> str:
    """What the degree of a change takes to be in doubt, the same errors in all versions.

    Scores that differ have errors of their own where they are measured, with 95 % intervals.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 6]], name="Base case")
    >>> same_errors(scenario, scenario).replace("\\xa0", " ")
    'the same errors in both, assuming weights within 10 points and scores within 5 % of the scale'
    """
    where = "both" if len(scenarios) == 2 else f"all {wording.count(len(scenarios))}"
    but = " but in scores that differ" if other_estimates(scenarios) else ""
    return f"the same errors in {where}{but}, {taken_in(scenarios, segment)}"


def taken_in(scenarios: Sequence[Scenario], segment: str | None = None) -> str:
    """What is taken to be in doubt in several scenarios; where that differs, in which of them."""
    names = wording.short_names([scenario.name for scenario in scenarios], 16)
    told: dict[str, list[str]] = {}
    for scenario, name in zip(scenarios, names, strict=True):
        told.setdefault(taken(scenario, segment), []).append(name)
    if len(told) == 1:
        return next(iter(told))
    return "; ".join(f"{text} in {wording.joined(having)}" for text, having in told.items())


def changed(
    before: Scenario, after: Scenario, name: str, verb: str, share_of_draws: float, segment: str | None = None
) -> str:
    """Note on what the degree of a change rests on.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 6]], name="Base case")
    >>> changed(scenario, scenario, "Express", "gains", 0.9).replace("\\xa0", " ")
    'Express gains in 90 % of the combinations within doubt, the same errors in both, assuming weights within
    10 points and scores within 5 % of the scale'
    """
    if not (in_doubt(before, segment) or in_doubt(after, segment)):
        return NOTHING_IN_DOUBT
    told = f"{name} {verb} in {share(share_of_draws)} of the combinations within doubt"
    return f"{told}, {same_errors(before, after, segment=segment)}"


def _score_words(scenario: Scenario) -> str:
    doubt, ranged = scenario.doubt, score_doubt(scenario).ranged
    kind = "their 95\u00a0% intervals" if doubt.ranges == "interval" else "their ranges"
    within = f"{doubt.scores_within:g}\u00a0% of the scale"
    if ranged.all() or (ranged.any() and not doubt.scores_within):
        return kind
    return f"{kind} or {within}" if ranged.any() else within
