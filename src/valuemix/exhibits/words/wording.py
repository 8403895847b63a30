"""Words that sentences on screen and in exhibits share."""

from __future__ import annotations

import re
from collections.abc import Sequence

from valuemix.analysis.value.scoring import OVERALL, Evaluation
from valuemix.exhibits.words.formats import number, points
from valuemix.exhibits.words.lettering import text_width, wrapped
from valuemix.model.parts import DEFAULT_DISCIPLINES
from valuemix.model.scenario import Scenario

__all__ = [
    "NAME_WIDTH",
    "among",
    "any_of",
    "best_first",
    "capital",
    "chosen_proposition",
    "count",
    "discipline_word",
    "discipline_words",
    "every",
    "joined",
    "no_value",
    "place",
    "plain",
    "points",
    "population",
    "scale",
    "segment_name",
    "served",
    "short_lines",
    "short_names",
    "shortened",
    "some_of",
    "source_of",
    "views",
]

NAME_WIDTH = 22.0
"""Longest name in a sentence, in font sizes: about forty letters."""

_COUNTS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_COMMON = {discipline.name for discipline in DEFAULT_DISCIPLINES}


def count(n: int, singular: str = "", plural: str = "") -> str:
    """Number in words up to twelve, with its noun.

    Examples
    --------
    >>> count(2), count(1, "segment"), count(20, "segment"), count(0, "discipline")
    ('two', 'one segment', '20 segments', 'no disciplines')
    """
    word = _COUNTS[n] if n < len(_COUNTS) else f"{n}"
    noun = singular if n == 1 else plural or f"{singular}s"
    return f"{word} {noun}" if singular else word


def capital(text: str) -> str:
    """Text as the start of a sentence; names in it keep their letters.

    Examples
    --------
    >>> capital("probably only IT security")
    'Probably only IT security'
    """
    return text[:1].upper() + text[1:]


def no_value(where: str = "") -> str:
    """That nothing can be ranked, and why.

    Examples
    --------
    >>> no_value("overall")
    'No proposition has a value overall: every discipline with weight lacks a score'
    """
    return f"No proposition has a value{where and f' {where}'}: every discipline with weight lacks a score"


def every(n: int, noun: str, plural: str = "") -> str:
    """All of some things, at the start of a sentence; `some_of` inside one.

    Examples
    --------
    >>> every(1, "proposition"), every(2, "proposition"), every(3, "proposition")
    ('The only proposition', 'Both propositions', 'All three propositions')
    """
    return capital(some_of(n, n, noun, plural))


def some_of(n: int, total: int, noun: str, plural: str = "") -> str:
    """How many of some things, inside a sentence.

    Examples
    --------
    >>> some_of(4, 4, "gap"), some_of(2, 2, "gap"), some_of(1, 1, "gap"), some_of(3, 4, "gap"), some_of(0, 4, "gap")
    ('all four gaps', 'both gaps', 'the only gap', 'three of four gaps', 'none of four gaps')
    """
    if n < total:
        return f"{count(n) if n else 'none'} of {count(total, noun, plural)}"
    if n == 1:
        return f"the only {noun}"
    return f"both {plural or f'{noun}s'}" if n == 2 else f"all {count(n, noun, plural)}"


def any_of(total: int, noun: str) -> str:
    """What of some things none is.

    Examples
    --------
    >>> any_of(1, "segment"), any_of(2, "segment"), any_of(5, "segment")
    ('the only segment', 'either segment', 'any of five segments')
    """
    return {1: f"the only {noun}", 2: f"either {noun}"}.get(total) or f"any of {count(total, noun)}"


def joined(names: Sequence[str], most: int = 3) -> str:
    """List as it is spoken; a long one ends with how many more there are.

    Examples
    --------
    >>> joined(["A"]), joined(["A", "B"]), joined(["A", "B", "C"]), joined(list("ABCDE"))
    ('A', 'A and B', 'A, B and C', 'A, B and three more')
    """
    if len(names) > most:
        names = [*names[: most - 1], f"{count(len(names) - most + 1)} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def discipline_word(name: str) -> str:
    """Discipline inside a sentence: the four common ones small, also with more words; others as they are written.

    Examples
    --------
    >>> discipline_word("Operational excellence"), discipline_word("IT security")
    ('operational excellence', 'IT security')
    >>> discipline_word("Social purpose (art and culture)")
    'social purpose (art and culture)'
    """
    common = any(re.match(rf"{re.escape(each)}\b", name) for each in _COMMON)
    return name[:1].lower() + name[1:] if common else name


def best_first(evaluation: Evaluation, segment: str | None) -> list[int]:
    """Places of all propositions, best first; those without a value last."""
    order = evaluation.standing(segment).order
    return [*order, *(p for p in range(len(evaluation.overall)) if p not in order)]


def chosen_proposition(evaluation: Evaluation, segment: str | None, proposition: str) -> int:
    """Place of the proposition that is asked for; of the leader, or the first of all, where none is."""
    if proposition:
        return evaluation.scenario.proposition_index(proposition)
    return next(iter(evaluation.standing(segment).order), 0)


def discipline_words(scenario: Scenario) -> list[str]:
    """Every discipline as it stands inside a sentence, cut where it is long."""
    return short_names([discipline_word(name) for name in scenario.discipline_names])


def segment_name(scenario: Scenario, segment: str | None) -> str:
    """Name of a segment as the scenario writes it; "Overall" where it is None."""
    return OVERALL if segment is None else scenario.segment_names[scenario.segment_index(segment)]


def views(scenario: Scenario) -> list[str | None]:
    """What tables have a column for: every segment and, as None, overall; a single segment is both.

    Examples
    --------
    >>> views(Scenario.from_arrays([[[5, 5]], [[6, 6]]], segments=["Families", "Firms"]))
    ['Families', 'Firms', None]
    """
    names = scenario.segment_names
    return [*names, None] if len(names) > 1 else [*names]


def short_names(names: Sequence[str], width: float = NAME_WIDTH) -> list[str]:
    """Names cut to a width, and still different from each other.

    A name is cut at its end; where that makes names look alike, around the words in which they differ; and
    where that does not help either, it carries its place in the list.

    Examples
    --------
    >>> short_names(["Uptime as a service, northern region", "Parts"], 10)
    ['Uptime as a service…', 'Parts']
    >>> short_names(["Uptime as a service, northern region", "Uptime as a service, southern region"], 12)
    ['Uptime as a… northern…', 'Uptime as a… southern…']
    """
    if all(text_width(name) <= width for name in names):
        return list(names)
    kept = _cut_apart(names, width)
    result: list[str] = []
    for place_, name in enumerate(kept):
        mark = f" ({place_ + 1})"
        own = f"{_cut_middle(names[place_], width - text_width(mark))}{mark}"
        result.append(own if name in result else name)
    return result


def _cut_apart(names: Sequence[str], width: float) -> list[str]:
    """Names cut at their ends, and around the words in which they differ where that makes them alike."""
    kept = [_cut_end(name, width) for name in names]
    for cut in {each for each in kept if kept.count(each) > 1}:
        alike = [place_ for place_, each in enumerate(kept) if each == cut]
        for place_, own in zip(alike, _told_apart([names[p] for p in alike], width), strict=True):
            kept[place_] = own
    return kept


def _told_apart(names: Sequence[str], width: float) -> list[str]:
    """Names that begin alike, cut around the words in which they differ."""
    start = names[0].rfind(" ", 0, _alike(names)) + 1
    ends = names[0][len(names[0]) - _alike([name[start:][::-1] for name in names]) :]
    shared = "".join(ends.partition(" ")[1:])
    if not start and not shared:
        return [_cut_middle(name, width) for name in names]
    middles = [f"{name[start : len(name) - len(shared)]}" for name in names]
    told = short_names(middles, width * (0.6 if start else 0.95))
    if shared:
        told = [f"{core.removesuffix('…')}…" for core in told]
    head = names[0][:start].rstrip()
    return [f"{_cut_end(head, width - text_width(own) - 0.3)} {own}".lstrip() for own in told]


def _alike(names: Sequence[str]) -> int:
    """With how many characters all of them begin."""
    each = enumerate(zip(*names, strict=False))
    return next((place_ for place_, found in each if len({*found}) > 1), min(map(len, names)))


def shortened(names: Sequence[str], width: float = NAME_WIDTH) -> dict[str, str]:
    """Each name with what `short_names` makes of it.

    Examples
    --------
    >>> shortened(["Uptime as a service, northern region", "Parts"], 10)
    {'Uptime as a service, northern region': 'Uptime as a service…', 'Parts': 'Parts'}
    """
    return dict(zip(names, short_names(names, width), strict=True))


def short_lines(names: Sequence[str], width: float, lines: int) -> tuple[list[str], list[list[str]]]:
    """Names so short that they fit into lines without being cut again, and these lines.

    Words do not fill lines to the end, and what is cut twice may look alike. A line break in a name is kept
    where there is more than one line.

    Examples
    --------
    >>> short_lines(["Uptime as a service, northern region", "Uptime as a service, southern region"], 8, 2)[1]
    [['Uptime as a…', 'northern…'], ['Uptime as a…', 'southern…']]
    """
    for part in (1.8, 1.6, 1.4, 1.2, 1.0, 0.9, 0.8, 0.7):
        short = short_names(names, width * part * max(lines / 2, 1))
        broken = [_in_lines(name, width, lines) for name in short]
        printed = ["".join("".join(own).split()) for own in broken]
        if printed == ["".join(name.split()) for name in short]:
            break
    return short, broken


def _in_lines(name: str, width: float, lines: int) -> list[str]:
    parts = name.split("\n") if lines > 1 else [name]
    return [line for part in parts for line in wrapped(part, width, lines // len(parts))]


def place(segment: str | None) -> str:
    """What a proposition leads: a segment by its name, or "overall".

    Examples
    --------
    >>> place("Enterprise"), place(None)
    ('Enterprise', 'overall')
    """
    return OVERALL.lower() if segment is None else short_names([segment])[0]


def where(segment: str | None) -> str:
    """In which segment something holds: "in Enterprise", "among Families", "overall"."""
    return place(None) if segment is None else among(place(segment))


def among(name: str) -> str:
    """Segment after its preposition: people in the plural are among themselves, a market is what one is in.

    Examples
    --------
    >>> among("Enterprise"), among("Visitors from another region"), among("Small business"), among("Logistics")
    ('in Enterprise', 'among Visitors from another region', 'in Small business', 'in Logistics')
    """
    head = re.split(r" (?:from|of|in|at|on|with|without|who|under|over|aged)\b|[,(:]", name)[0].strip()
    people = re.search(r"[^sui]s$", head) and not head.endswith(("ics", "Sales"))
    return f"{'among' if people else 'in'} {name}"


def population(scenario: Scenario, segment: str | None, by: str = "size") -> str:
    """Whom a view is about: one segment, or all of them by size, or by what else they count."""
    if segment is not None:
        return short_names([scenario.segments[scenario.segment_index(segment)].name])[0]
    if len(scenario.segments) == 1:
        return f"{short_names(scenario.segment_names)[0]}, the only segment"
    groups = len(scenario.segments)
    return f"{some_of(groups, groups, 'segment')}, by {by}"


def served(scenario: Scenario, segment: str | None = None) -> str:
    """Who feels what they get: customers, employees or partners; those served, where segments are of several kinds.

    Examples
    --------
    >>> served(Scenario.from_arrays([[5, 5]]))
    'customers'
    """
    names = scenario.segment_names if segment is None else [segment]
    kinds = {scenario.segments[scenario.segment_index(name)].kind for name in names}
    return f"{kinds.pop()}s" if len(kinds) == 1 else "those served"


def scale(scenario: Scenario) -> str:
    """Scale in words, such as "0 to 10"."""
    lowest, highest = scenario.scale.lowest, scenario.scale.highest
    return f"{plain(lowest)} to {plain(highest)}"


def source_of(scenario: Scenario) -> str:
    """Source line of every exhibit: where the data come from, and the scenario."""
    own = " ".join(scenario.source.split()).rstrip(".;")
    notes = scenario.evidence.notes if scenario.evidence is not None else ()
    dropped = [note for note in notes if re.match(r"[\d,]+ rows? (without|left out) ", note)]
    parts = [own] * bool(own) + dropped + [f"scenario {scenario.name}"]
    told = "; ".join(parts)
    return told if re.fullmatch(r"[^;()]+\.[a-z]{2,5}", own) else capital(told)  # a file keeps its name


def plain(value: float) -> str:
    """Number as short as it can be written, such as "0.25" or "10"."""
    decimals = next((d for d in range(6) if abs(value - round(value, d)) < 1e-9), 6)
    return number(value, decimals)


def _cut_end(name: str, width: float) -> str:
    return name if text_width(name) <= width else wrapped(name, width, 1)[0]


def _cut_middle(name: str, width: float) -> str:
    if text_width(name) <= width:
        return name
    head = _cut_end(name, width / 2)
    tail = _cut_end(name[::-1], width / 2)[:-1][::-1]
    return head + tail
