"""Sentences about who leads and what differs, as sure as they are: one wording for each degree of certainty."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from valuemix.analysis.certainty.certainty import DEGREES, Certainty, Degree, certainty, degree_of, hangs_on
from valuemix.analysis.draws.score_draws import score_doubt
from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.words import wording
from valuemix.model.scenario import Scenario

__all__ = [
    "DEGREE_WORDS",
    "NAMED",
    "as_sure",
    "behind_tie",
    "called",
    "clearly",
    "close",
    "contest",
    "contest_beside",
    "counted",
    "hinge",
    "lead_first",
    "lead_today",
    "lead_verb",
    "leads",
    "listed",
    "none_leads",
    "none_told",
    "nothing_to_compare",
    "probably",
    "probably_above",
    "rivals",
    "sign_words",
    "sure_beside",
    "sure_where",
    "sure_words",
    "tie",
    "tie_in",
    "tie_words",
    "told_below",
    "told_beside",
    "told_with_lead",
    "too_close",
    "unless_clear",
    "untold",
    "unvalued",
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


def sure_where(degrees: Mapping[str, Degree]) -> str:
    """How sure the lead is in each of some places, those that are alike together; empty where there are none.

    Examples
    --------
    >>> sure_where({"in Enterprise": "open", "among Families": "clear", "in Mid-market": "open"})
    'too close to call in Enterprise and in Mid-market, clear among Families'
    """
    places: dict[str, list[str]] = {}
    for where, degree in degrees.items():
        places.setdefault(_COUNTED[degree], []).append(where)
    return ", ".join(f"{sure} {wording.joined(where)}" for sure, where in places.items())


def unless_clear(degrees: Sequence[Degree]) -> str:
    """End of a sentence about leads whose verb says nothing of how sure they are; empty where all are clear.

    Examples
    --------
    >>> unless_clear(["clear", "likely"]), unless_clear(["clear"])
    ('; one lead is clear, one is probable', '')
    """
    return f"; {counted(degrees)}" if {*degrees} & {"open", "likely"} else ""


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


def sure_beside(found: Certainty, names: Sequence[str]) -> str:
    """`sure_words` with those above whom it is not clear, the closest first and how many more.

    Examples
    --------
    >>> sure_beside(certainty(Scenario.from_arrays([[8, 4], [5, 6]])), ["Express", "Green line"])
    'probably leads, not clearly above Green line'
    >>> sure_beside(certainty(Scenario.from_arrays([[8, 4], [5, 6], [7.8, 4]])), ["Express", "Green line", "Basic"])
    'too close to call with Basic; probably above Green line'
    """
    told = sure_words(found)
    if len(found.leaders) != 1 or found.at_least("clear") or not told:
        return told
    # Told together with others a lead may be less than clear with nobody near it: then its closest rival is named.
    known = [p for p, share in enumerate(found.above) if share == share]
    found = found if found.rivals else replace(found, rivals=(min(known, key=found.above.__getitem__),))
    if found.degree == "open":
        also = probably_above(found, names)
        return too_close(found, names) + (f"; {also}" if also else "")
    return f"{told}, not clearly above {wording.joined(rivals(found, names), NAMED + 1)}"


def leads(found: Certainty, name: str, segment: str | None, since: str = "") -> str:
    """Start of a sentence about today's leader, as sure as it is; several share the lead.

    Parameters
    ----------
    found : Certainty
        With a leader.
    name : str
        The leader as it is spoken, or all of them.
    segment : str or None
        Where it leads; None for overall.
    since : {"", "still", "now"}
        What a comparison with an earlier version adds.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> scenario = Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]], segments=["Families"])
    >>> leads(certainty(scenario), "Express", None), leads(certainty(scenario), "Express", "Families")
    ('Express is ahead overall', 'Express is ahead among Families')
    """
    since = f"{since} " if since else ""
    if len(found.leaders) > 1:
        return f"{name} {since}{tie_words(found)} {wording.where(segment)}"
    if found.degree == "open":
        return f"{name} is {since}ahead {wording.where(segment)}"
    probably = "probably " if found.degree == "likely" else ""
    return f"{name} {since}{probably}leads {wording.place(segment)}"


def none_told(found: Certainty, segment: str | None) -> str:
    """Start of a sentence about a lead that is open, before all else that is told of it; empty where it is not.

    Examples
    --------
    >>> found = certainty(Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]]))
    >>> none_told(found, None), none_told(certainty(Scenario.from_arrays([[8, 6], [4, 5]])), None)
    ('no leader can be told overall: ', '')
    """
    is_open = found.degree == "open" and len(found.leaders) == 1
    return f"no leader can be told {wording.where(segment)}: " if is_open else ""


def lead_first(
    found: Certainty, name: str, segment: str | None, since: str = "", *, inside: bool = False
) -> str:
    """`leads` where no other lead goes before it: that none can be told is said before all else.

    Parameters
    ----------
    found, name, segment, since
        See `leads`.
    inside : bool
        Whether other words of the same sentence go before it.

    Examples
    --------
    >>> found = certainty(Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]]))
    >>> lead_first(found, "Express", None)
    'No leader can be told overall: Express is ahead'
    """
    if none := none_told(found, segment):
        return f"{none if inside else wording.capital(none)}{name} is {since and f'{since} '}ahead"
    return leads(found, name, segment, since)


def as_sure(told: str, degrees: Sequence[Degree], places: int, noun: str) -> str:
    """Sentence about the leads in several places, and how sure they are: first of all where none can be told.

    Parameters
    ----------
    told : str
        With the verb of `lead_verb`.
    degrees : sequence of {"certain", "clear", "likely", "open"}
    places : int
    noun : str
        What they are, such as "segment".

    Examples
    --------
    >>> as_sure("Express is ahead in both", ["open", "open"], 2, "segment")
    'No leader can be told in either segment: Express is ahead in both'
    >>> as_sure("Express is ahead in both", ["open", "likely"], 2, "segment")
    'Express is ahead in both; one lead is probable, one is too close to call'
    """
    if degrees and {*degrees} == {"open"} and len(degrees) == places:
        return f"No leader can be told in {wording.any_of(places, noun)}: {told}"
    return told + untold(degrees)


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
    every = [degree for group in groups for degree in group]
    close = every.count("open")
    mixed = any(len({_COUNTED[degree] for degree in group}) > 1 for group in groups)
    if mixed or close == len(every):
        words = counted(every)
        return f"; {words}" if words else ""
    # Each verb tells its own degree, but "is ahead" not that it is open.
    return (
        f"; {wording.count(close)} {'lead is' if close == 1 else 'leads are'} too close to call"
        if close
        else ""
    )


def rivals(found: Certainty, names: Sequence[str], most: int = NAMED) -> list[str]:
    """Rivals that keep a lead from being clear, to be listed: the closest few, and how many more.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 6], [7.9, 6], [7.8, 6], [7.7, 6], [7.6, 6], [7.5, 6]])
    >>> rivals(certainty(scenario), list("ABCDEF"))
    ['B', 'C', 'D', 'two more']
    """
    return listed(found.rivals, names, most)


def listed(places: Sequence[int], names: Sequence[str], most: int = NAMED) -> list[str]:
    """Names of the first few, and how many more there are."""
    told, left = [names[p] for p in places[:most]], len(places) - most
    return [*told, f"{wording.count(left)} more"] if left > 0 else told


def probably_above(found: Certainty, names: Sequence[str]) -> str:
    """Above whom an open lead probably is, beside those with whom it is too close to call; empty where above none.

    Above each by itself; those above whom it is clear are among them.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[8, 4], [5, 6], [7.8, 4]])
    >>> probably_above(certainty(scenario), ["Express", "Green line", "Basic"])
    'probably above Green line'
    """
    if found.degree != "open" or len(found.leaders) != 1 or {*found.rivals} <= {*found.close}:
        return ""
    near = (*found.leaders, *found.close)
    others = [p for p, share in enumerate(found.above) if share == share and p not in near]
    return f"probably above {names[others[0]] if len(others) == 1 else 'each of the others'}"


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
    if len(found.leaders) != 1 or not found.close:
        return ""
    return f"too close to call with {wording.joined(listed(found.close, names, most), most + 1)}"


def clearly(degrees: Sequence[Degree]) -> str:
    """End of a clause about several things that are told together: how many are clear, where not all are.

    Examples
    --------
    >>> clearly(["clear", "likely"]), clearly(["open", "likely"]), clearly(["likely"]), clearly(["clear"])
    (', one of them clearly', ', none of them clearly', ', not clearly', '')
    """
    clear = sum(degree in ("certain", "clear") for degree in degrees)
    if clear == len(degrees):
        return ""
    return (
        f", {wording.count(clear) if clear else 'none'} of them clearly"
        if len(degrees) > 1
        else ", not clearly"
    )


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


def contest_beside(found: Certainty, names: Sequence[str], seconds: Sequence[int]) -> str:
    """`contest` beside those that a lead is said to be over, which are named already, and above whom it probably is.

    Where they are all with whom it is too close to call, that no leader can be told has said so.

    Examples
    --------
    >>> found = certainty(Scenario.from_arrays([[8, 6], [7.9, 6], [7.8, 6]]))
    >>> contest_beside(found, list("ABC"), [1]), contest_beside(found, list("ABC"), [1, 2])
    (', too close to call with it and C', '')
    >>> contest_beside(certainty(Scenario.from_arrays([[8, 4], [5, 6], [7.8, 4]])), list("ABC"), [2])
    '; it is probably above B'
    """
    also = probably_above(found, names)
    also = f"; it is {also}" if also else ""
    if {*found.close} <= {*seconds}:
        return also
    if len(seconds) != 1 or seconds[0] not in found.close:
        return contest(found, names) + also
    others = (seconds[0], *(p for p in found.rivals if p != seconds[0]))
    spoken = ["it" if p == seconds[0] else name for p, name in enumerate(names)]
    return contest(replace(found, rivals=others), spoken) + also


def behind_tie(scenario: Scenario, segment: str | None = None) -> Certainty:
    """How sure it is that those who tie are above all others, as if the first of them led alone.

    Examples
    --------
    >>> tied = behind_tie(Scenario.from_arrays([[8, 6], [8, 6], [7.8, 6.1]]))
    >>> tied.leaders, tied.degree, contest(tied, list("ABC"))
    ((0,), 'open', ', too close to call with C')
    """
    return _behind(certainty(scenario, segment))


def _behind(found: Certainty) -> Certainty:
    """Those who tie against all others, as if the first of them led alone."""
    above = tuple(math.nan if p in found.leaders else share for p, share in enumerate(found.above))
    rivals = tuple(p for p in found.rivals if p not in found.leaders)
    degree = "open" if found.too_few else degree_of(min((s for s in above if s == s), default=0.0))
    return replace(found, leaders=found.leaders[:1], degree=degree, above=above, rivals=rivals)


def tie(scenario: Scenario, *segments: str | None) -> str:
    """What those do who tie in some segments: they share the lead only where all others are told from them.

    Examples
    --------
    >>> tie(Scenario.from_arrays([[8, 6], [8, 6], [7.8, 6.1]]), None)
    'tie'
    >>> tie(Scenario.from_arrays([[8, 6], [8, 6], [2, 2]]), None)
    'share the lead'
    """
    return tie_in((scenario, each) for each in segments)


def tie_in(places: Iterable[tuple[Scenario, str | None]]) -> str:
    """As `tie`, in several scenarios and segments: the least sure of them tells."""
    found = [behind_tie(scenario, segment) for scenario, segment in places]
    return _tied(min(found, key=lambda each: DEGREES.index(each.degree)))


def tie_words(found: Certainty) -> str:
    """What several leaders do: they share the lead only where all others are told from them.

    Examples
    --------
    >>> tie_words(certainty(Scenario.from_arrays([[8, 6], [8, 6], [2, 2]])))
    'share the lead'
    """
    return _tied(_behind(found))


def _tied(behind: Certainty) -> str:
    return "tie" if behind.degree == "open" else f"{probably(behind)}share the lead"


def lead_today(evaluation: Evaluation, segment: str | None, *, first: bool = False) -> str:
    """Who leads today as a clause by itself, as sure as it is; a tie where several lead, empty where none does.

    Parameters
    ----------
    evaluation : Evaluation
    segment : str or None
        Where; None for overall.
    first : bool
        Whether nothing goes before it: see `lead_first`.

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
    start = lead_first if first else leads
    clause = start(found, names[found.leaders[0]], segment)
    sure = whatever(scenario, found)
    return (
        clause
        + contest(found, wording.short_names(scenario.proposition_names))
        + (f", {sure}" if sure else "")
    )


def told_with_lead(told: str, evaluation: Evaluation, segment: str | None) -> str:
    """What is told of today's leader, and how sure that it leads: before it where no leader can be told.

    Parameters
    ----------
    told : str
        With a small letter at its start, unless that is a name's.
    evaluation : Evaluation
    segment : str or None

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> told_with_lead("none changes that", evaluate(Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]])), None)
    'No leader can be told overall: none changes that; Proposition 1 is ahead, too close to call with Proposition 3'
    """
    none = none_told(certainty(evaluation.scenario, segment), segment)
    lead = lead_today(evaluation, segment, first=True).removeprefix(wording.capital(none))
    return f"{wording.capital(none + told)}; {lead}"


def told_below(told: str, evaluation: Evaluation, segment: str | None) -> str:
    """A sentence of `told_with_lead` where the one above it has said who leads, and how sure that is.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> evaluation = evaluate(Scenario.from_arrays([[8, 6], [4, 5], [7.8, 6.1]]))
    >>> told_below(told_with_lead("none changes that", evaluation, None), evaluation, None)
    'None changes that'
    """
    none = wording.capital(none_told(certainty(evaluation.scenario, segment), segment))
    lead = lead_today(evaluation, segment, first=True).removeprefix(none)
    return wording.capital(told.removeprefix(none).removesuffix(f"; {lead}"))


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
    if nothing := nothing_to_compare(evaluation.scenario, segment, only):
        return nothing
    return "" if evaluation.standing(segment).leaders else unvalued(evaluation.scenario, segment)


def unvalued(scenario: Scenario, segment: str | None) -> str:
    """Why no proposition has a value: nothing is scored yet, or not where the weights are.

    Examples
    --------
    >>> unvalued(Scenario.from_arrays([[None, None], [None, None]]), None)
    'Nothing is scored yet'
    """
    if scenario.scored(segment).any():
        return wording.no_value(wording.where(segment))
    return nothing_to_compare(scenario, segment, "")


def nothing_to_compare(scenario: Scenario, segment: str | None, only: str) -> str:
    """Why nothing can be compared: nothing is scored yet, or one proposition alone; empty elsewhere.

    Parameters
    ----------
    scenario : Scenario
    segment : str or None
        Where; None for overall.
    only : str
        What follows where one proposition alone is scored, such as "so nothing else can lead".

    Examples
    --------
    >>> for scores in ([[None, None], [None, None]], [[8, None], [None, None]], [[8, 2]], [[8, 2], [6, 5]]):
    ...     nothing_to_compare(Scenario.from_arrays(scores), None, "so nothing else can lead")
    'Nothing is scored yet'
    'Proposition 1 is the only proposition that is scored, so nothing else can lead'
    'Proposition 1 is the only proposition, so nothing else can lead'
    ''
    """
    names, scored = wording.short_names(scenario.proposition_names), scenario.scored(segment)
    where = f" {wording.where(segment)}" if segment is not None else ""
    if not scored.any():
        return f"Nothing is scored{where} yet"
    if scored.sum() > 1:
        return ""
    alone = "" if len(names) == 1 else f" that is scored{where}"
    return f"{names[int(scored.argmax())]} is the only proposition{alone}, {only}"


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
    'whatever weights and scores are held possible'
    """
    if found.degree != "certain" or not found.in_doubt or len(found.above) == 1:
        return ""
    things = [
        *(["weights"] if scenario.doubt.weights_within else []),
        *(["scores"] if not score_doubt(scenario).certain else []),
        *(["sizes"] if scenario.doubt.sizes_within and len(scenario.segments) > 1 else []),
    ]
    return f"whatever {wording.joined(things)} are held possible"


def hinge(scenario: Scenario, segment: str | None = None) -> str:
    """What an open question hangs on: "it hangs most on the weight of innovation", or on none by itself."""
    found = hangs_on(scenario, segment)
    if found is None:
        return "taking any one weight or score as exact would not settle it"
    word = wording.discipline_words(scenario)[found.discipline]
    if found.weight:
        return f"it hangs most on the weight of {word}"
    several = len(scenario.segments) > 1 and found.segment is not None and segment is None
    name = wording.short_names(scenario.segment_names)[found.segment or 0]
    place = f" {wording.among(name)}" if several else ""
    return f"it hangs most on the scores on {word}{place}"


def sign_words(degree: Degree) -> str:
    """Adverb of a difference or a change: nothing where it is clear, "probably", or "perhaps".

    Examples
    --------
    >>> [sign_words(degree) for degree in ("clear", "likely", "open")]
    ['', 'probably ', 'perhaps ']
    """
    return {"certain": "", "clear": "", "likely": "probably ", "open": "perhaps "}[degree]
