"""Heads of columns that name an offer and a question, such as "Price [Basic]" or "Basic - Price"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from valuemix.errors import shorten
from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.words import is_named, says_importance
from valuemix.files.recognition.reading import Question, Reading
from valuemix.files.recognition.records.columns import divide_a_sum, head_of, keys_of

__all__ = ["PairedHeads", "asked_of_all", "paired_heads"]

_ITEM = re.compile(r"(.*?)\s*\[([^\[\]]+)\]\s*", re.DOTALL)
_BETWEEN = (" - ", " – ", " — ", ": ", " | ", " / ", " > ", " · ", "_", "/")
_PAIR, _LEAST_ROWS = 2, 6


@dataclass(frozen=True)
class PairedHeads:
    """Columns whose heads name an offer and a question.

    Parameters
    ----------
    columns : mapping of (str, str) to int
        Column by question and offer; none where heads are no pairs.
    importance : mapping of str to int
        Column of the importance of each question, where respondents tell it.
    questions : tuple of Question
        Asked where nothing tells which part of a head is the offer.
    """

    columns: Mapping[tuple[str, str], int] = field(default_factory=dict)
    importance: Mapping[str, int] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


def paired_heads(frame: Frame, given: Reading) -> PairedHeads:
    """Columns by question and offer: in brackets behind the question, or both with one sign between them."""
    return PairedHeads(found) if (found := _in_brackets(frame, given)) else _with_sign(frame, given)


def _in_brackets(frame: Frame, given: Reading) -> dict[tuple[str, str], int]:
    """Columns by question and offer: two offers or more in brackets behind the same question, of all questions."""
    found: dict[tuple[str, str], int] = {}
    for column in frame.columns.places:
        head = str(frame.grid.texts[frame.header, column])
        item = _ITEM.fullmatch(head)
        if item and item[1] and given.roles.get(head) not in ("left out", "note"):
            found[_question(item[1]), item[2].strip()] = column
    offers: dict[str, set[str]] = {}
    for question, offer in found:
        offers.setdefault(question, set()).add(offer)
    several = {question for question, of in offers.items() if len(of) >= _PAIR}
    return {key: column for key, column in found.items() if key[0] in several}


def _question(text: str) -> str:
    """Question without the scale that stands in brackets behind it."""
    bare = re.sub(r"\s*\([^()]*\d[^()]*\)\s*$", "", " ".join(text.split()))
    return bare.rstrip(" :") or text


def asked_of_all(groups: Sequence[Mapping[str, int]]) -> frozenset[str]:
    """Questions, two or more, that stand below two groups or more, of such sets the most frequent."""
    sets = [frozenset(columns) for columns in groups if len(columns) >= _PAIR]
    asked = max(sets, key=sets.count, default=frozenset())
    return asked if sets.count(asked) >= _PAIR else frozenset()


def _with_sign(frame: Frame, given: Reading) -> PairedHeads:
    """Columns by the two parts of their heads, where every first part stands with the same second ones."""
    heads = {c: head_of(frame, c) for c in frame.columns.places}
    if not _are_people(frame, given):
        return PairedHeads()
    for sign in _BETWEEN:
        crossed = _crossed(heads, sign)
        if crossed:
            return _told(frame, heads, crossed, given)
    return PairedHeads()


def _are_people(frame: Frame, given: Reading) -> bool:
    """Whether rows are respondents: as said, by a column of ids or dates, or by traits that come again."""
    if given.shape is not None:
        return given.shape == 3
    keys = {*keys_of(frame, given).values()}
    numbered = any(is_named("respondent", head_of(frame, c)) for c in frame.columns.places)
    told = numbered or frame.rows.come_again or not keys.isdisjoint(("respondent", "wave"))
    return told and len(frame.rows.places) >= _LEAST_ROWS


def _crossed(heads: Mapping[int, str], sign: str) -> dict[str, dict[str, int]]:
    """Columns by first and second part of their heads; none where they do not cross."""
    groups: dict[str, dict[str, int]] = {}
    for column, head in heads.items():
        first, _, second = (part.strip() for part in head.partition(sign))
        if first and second:
            groups.setdefault(first, {}).setdefault(second, column)
    asked = asked_of_all([*groups.values()])
    return {first: columns for first, columns in groups.items() if columns.keys() == asked}


def _told(
    frame: Frame, heads: Mapping[int, str], crossed: Mapping[str, Mapping[str, int]], given: Reading
) -> PairedHeads:
    """The pairs with the part that is the offer: as said, as the columns of importance tell, or else asked."""
    firsts, seconds = [*crossed], [*next(iter(crossed.values()))]
    of_offer = {first: of for first, of in crossed.items() if not divide_a_sum(frame, [*of.values()])}
    if len(of_offer) < len(crossed):
        # A part that divides a sum over the others is no offer: it tells their importance.
        told = next(first for first in crossed if first not in of_offer)
        return PairedHeads(_columns(of_offer, first_is_offer=True), crossed[told] if of_offer else {})
    left = {c: head for c, head in heads.items() if not any(c in of.values() for of in crossed.values())}
    for names, first_is_offer in ((seconds, True), (firsts, False)):
        if importance := _importance(frame, left, names):
            return PairedHeads(_columns(crossed, first_is_offer=first_is_offer), importance)
    said = given.roles.get(firsts[0])
    questions = () if said in ("option", "criterion") else (_asked(firsts, seconds),)
    return PairedHeads(_columns(crossed, first_is_offer=said != "criterion"), questions=questions)


def _columns(crossed: Mapping[str, Mapping[str, int]], *, first_is_offer: bool) -> dict[tuple[str, str], int]:
    pairs = {(first, second): column for first, of in crossed.items() for second, column in of.items()}
    return {(second, first) if first_is_offer else (first, second): c for (first, second), c in pairs.items()}


def _importance(frame: Frame, left: Mapping[int, str], names: Sequence[str]) -> dict[str, int]:
    """Columns that are called as each of some names with the same words around it, and weigh or divide a sum."""
    around: dict[str, dict[str, int]] = {}
    for column, head in left.items():
        for name in names:
            before, is_there, behind = head.partition(name)
            if is_there:
                around.setdefault(f"{before}…{behind}", {})[name] = column
    whole = next((of for of in around.values() if len(of) == len(names) >= _PAIR), {})
    called = {column: left[column].replace(name, " ") for name, column in whole.items()}
    weigh = whole and all(says_importance(text) for text in called.values())
    return whole if weigh or divide_a_sum(frame, [*whole.values()]) else {}


def _asked(firsts: Sequence[str], seconds: Sequence[str]) -> Question:
    one, other = (", ".join(map(shorten, names[:3])) for names in (firsts, seconds))
    text = f"Are {one} the offers, and {other} what they are rated by?"
    return Question(key="roles", about=(firsts[0],), text=text, guess="option")
