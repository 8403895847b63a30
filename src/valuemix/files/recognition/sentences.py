"""A reading in plain sentences: what each line was taken for, what was guessed, and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from valuemix.errors import shorten
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.seen import Seen

__all__ = ["SHAPES", "finding", "sentences", "summary"]

SHAPES = {
    1: "a matrix with the options in rows and the criteria in columns",
    2: "a matrix with the criteria in rows and the options in columns",
    3: "answers of respondents",
    4: "a backlog whose total multiplies",
    5: "scores by several raters",
    6: "a matrix for each segment",
    7: "a list with one score a row, or one proposition and segment a row",
    8: "the sheets of valuemix",
}
_CALLED = {
    1: "A decision matrix", 2: "A decision matrix", 3: "Answers of respondents", 4: "A backlog whose total multiplies",
    5: "Scores by several raters", 6: "A matrix for each segment", 7: "A list of scores", 8: "The sheets of valuemix",
}  # fmt: skip
_MOST = 12
_ROLES = {
    "weight": "the weights",
    "option": "the options",
    "criterion": "a criterion",
    "segment": "the segments",
    "rater": "who scored",
    "respondent": "who answered",
    "score": "the scores",
    "size": "the sizes",
    "survey weight": "the survey weights",
}


def sentences(reading: Reading, *, with_open: bool = True) -> list[str]:
    """Sentences about a reading, the most important first, with the questions that are open or without.

    Examples
    --------
    >>> for sentence in sentences(Reading(file="t.csv", shape=1, options=("A", "B"), criteria=("Speed", "Care"))):
    ...     print(sentence)
    t.csv is read as a matrix with the options in rows and the criteria in columns.
    2 options: A, B.
    2 criteria: Speed, Care.
    """
    return [*_told(reading), *(f"Open: {question}" for question in reading.questions if with_open)]


def finding(reading: Reading, blocks: Sequence[Seen] = ()) -> str:
    """What a table is, how much is in it, where its weights stand, and whether its totals agree.

    Parameters
    ----------
    reading : Reading
    blocks : sequence of Seen
        What each line was taken for, which tells where the weights stand.

    Examples
    --------
    >>> finding(Reading(shape=1, columns_are="criteria", options=("A", "B"), criteria=("Speed", "Care")))
    'A decision matrix: 2 options, 2 criteria in columns, no weights.'
    """
    things = ("option", reading.options), ("criterion", reading.criteria), ("rater", reading.raters)
    parts = [_counted(thing, len(names)) for thing, names in things if names]
    if len(reading.segments) > 1:
        parts.append(_counted("segment", len(reading.segments)))
    if reading.columns_are and len(parts) > 1:
        side = "columns" if reading.columns_are == "criteria" else "rows"
        parts[1] += f" in {side}"
    if reading.shape not in (4, 8):
        parts.append(_weights(blocks))
    told = f"{_CALLED.get(reading.shape or 0, 'A table')}: {', '.join(parts)}."
    return f"{told} {reading.proof}" if reading.proof else told


def _weights(blocks: Sequence[Seen]) -> str:
    """Where the weights stand."""
    places = {
        f"{'row' if place.isdigit() else 'column'} {place}"
        for block in blocks
        for place, role in block.roles.items()
        if role == "weight"
    }
    if not places:
        return "no weights"
    return f"weights in {places.pop()}" if len(places) == 1 else "weights"


def _counted(thing: str, number: int) -> str:
    things = thing if number == 1 else "criteria" if thing == "criterion" else f"{thing}s"
    return f"{number:,} {things}"


def summary(reading: Reading) -> list[str]:
    """The same in a few: what it is, whether the totals agree, and how much is told elsewhere.

    Examples
    --------
    >>> summary(Reading(file="t.csv", shape=1, guesses=("The scale is taken as 0 to 10.",)))[1]
    '1 thing was taken for granted or left out: --show-map tells.'
    """
    if reading.shape == 8:
        return []
    told = [next(_told(reading)), *([str(reading.proof)] if reading.proof else []), *reading.warnings]
    count = len(reading.guesses) + len(reading.left_out)
    if count:
        things = "thing was" if count == 1 else "things were"
        told.append(f"{count} {things} taken for granted or left out: --show-map tells.")
    return told


def _told(reading: Reading) -> Iterator[str]:
    shape = SHAPES.get(reading.shape or 0, "a table")
    yield f"{reading.file} is read as {shape}."
    yield from _listed("option", reading.options)
    yield from _listed("criterion", reading.criteria)
    yield from _listed("segment", reading.segments)
    yield from _listed("rater", reading.raters)
    yield from _roles(reading)
    if reading.proof is not None:
        yield str(reading.proof)
    yield from reading.warnings
    for discipline in dict.fromkeys(reading.disciplines.values()):
        criteria = [criterion for criterion, under in reading.disciplines.items() if under == discipline]
        yield f"Under {discipline}: {_names(criteria)}; they add up by their weights."
    yield from reading.guesses
    for left in reading.left_out:
        yield f"{shorten(left.what)!r} is left out: {left.why}."


def _roles(reading: Reading) -> Iterator[str]:
    for role, words in _ROLES.items():
        names = [name for name, taken in reading.roles.items() if taken == role]
        if names and role != "criterion":
            yield f"{_names(names)} {'are' if len(names) > 1 else 'is'} taken for {words}."


def _listed(thing: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        listed = ", ".join(shorten(name) for name in names[:_MOST]) + (", …" if len(names) > _MOST else "")
        yield f"{_counted(thing, len(names))}: {listed}."


def _names(names: Sequence[str]) -> str:
    listed = ", ".join(repr(shorten(name)) for name in names[:_MOST])
    return listed + (", …" if len(names) > _MOST else "")
