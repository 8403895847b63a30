"""What can be said of a table that was recognised: the choices of each question and of each guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from valuemix.errors import shorten
from valuemix.files.recognition.reading import Question
from valuemix.files.recognition.recognise import Recognised
from valuemix.files.recognition.seen import plain_role
from valuemix.model.parts import DEFAULT_DISCIPLINES
from valuemix.ui.session.incoming.brought_in import BroughtIn

__all__ = ["Choice", "Corrections"]

_SIDES = {"criteria": "Criteria", "options": "Options"}
_SHEETS = {"segments": "Segments of customers", "raters": "People who scored"}
_DIRECTIONS = {"more": "More is better", "less": "Less is better"}
_MATRIX = {
    "weight": "Weights", "total": "A total, left out", "rank": "Ranks, left out", "note": "A note, left out",
    "left out": "Left out",
}  # fmt: skip
_RECORDS = {
    "option": "Options", "criterion": "A criterion", "segment": "Segments", "rater": "Who scored",
    "respondent": "Who answered", "survey weight": "Survey weights", "wave": "Waves or dates",
    "note": "A note, left out", "left out": "Left out",
}  # fmt: skip


_KEYS = ("option", "criterion", "segment", "rater", "left out")


@dataclass(frozen=True)
class Choice:
    """A field of the map, or an entry of it, with what it may be.

    Attributes
    ----------
    what, about : str
        The field, and which entry of it; blank where it is one answer.
    text : str
        What is asked.
    options : mapping of str to str
        What may be said, each with its words.
    now : str
        What is taken now.
    """

    what: str
    about: str
    text: str
    options: Mapping[str, str]
    now: str


@dataclass(frozen=True)
class Corrections:
    """The choices about a table.

    Attributes
    ----------
    brought : BroughtIn
        Follows what is said.
    found : Recognised
        What is taken now.
    """

    brought: BroughtIn
    found: Recognised

    def key(self, what: str, about: str) -> str:
        """Key of the widget of a choice."""
        return f"data-say-{self.brought.count}-{what}-{about}"

    def say(self, what: str, about: str, answer: Any) -> None:
        """Follow an answer; of scores that stand twice it is the column that tells them apart."""
        if (what, about) == ("roles", ""):
            if answer:
                self.brought.say("roles", answer, "rater")
            return
        self.brought.say(what, about, answer)

    def number(self, what: str, about: str) -> float | None:
        """Number that a word stands for now, or size of a segment; None where it is a missing score."""
        number = {**getattr(self.found.reading, what), **getattr(self.brought.given, what)}.get(about)
        return None if number is None else float(f"{number:.10g}")  # 12.9, where a sum is 12.900000000000002

    def choices(self, question: Question) -> list[Choice]:
        """Choices of a question, with its guess chosen until it is answered."""
        sides = {"columns_are": _SIDES, "sheets_are": _SHEETS}.get(question.key)
        if sides is not None:
            now = getattr(self.brought.given, question.key) or question.guess
            return [Choice(question.key, "", question.text, sides, now)]
        return [self._about(question, name) for name in question.about] or [self._repeated(question)]

    def _about(self, question: Question, name: str) -> Choice:
        """Choice about a line: which direction is better, whether it is the weights, or what a column names."""
        now = getattr(self.brought.given, question.key).get(name, question.guess)
        if question.key == "directions":
            text = question.text if len(question.about) == 1 else shorten(name)
            return Choice("directions", name, text, _DIRECTIONS, now)
        columns = {role: told for role, told in _RECORDS.items() if role in _KEYS}
        answers = {
            "weight": {"weight": "Yes, the weights", plain_role(self.found.blocks, name) or "option": "No"},
            "size": {"size": f"Yes, {shorten(name)}", "left out": "No"},
        }
        return Choice("roles", name, question.text, answers.get(question.guess, columns), now)

    def _repeated(self, question: Question) -> Choice:
        """Choice of the column that tells scores apart which stand twice."""
        columns = {name: told for name, (told, _) in self.lines().items()}
        taken = next((name for name, role in self.brought.given.roles.items() if role == "rater"), "")
        return Choice("roles", "", question.text, {"": "Take their mean", **columns}, taken)

    def whole(self) -> list[Choice]:
        """Choices about the whole table."""
        reading = self.found.reading
        asked = {question.key for question in self.brought.questions}
        found = []
        if reading.columns_are and "columns_are" not in asked:
            found.append(Choice("columns_are", "", "The columns are", _SIDES, reading.columns_are))
        if reading.sheets_are and "sheets_are" not in asked:
            found.append(Choice("sheets_are", "", "The tables are", _SHEETS, reading.sheets_are))
        return found

    def lines(self) -> dict[str, tuple[str, str]]:
        """Rows and columns by their name, each with what it is called on the screen and its role."""
        found: dict[str, tuple[str, str]] = {}
        for block in self.found.blocks:
            for place, role in block.roles.items():
                name = block.names.get(place, "")
                if name and name not in found:
                    side = "row" if place.isdigit() else "column"
                    found[name] = f"{shorten(name)} ({side} {place})", role
        return found

    def of_line(self, name: str, role: str) -> list[Choice]:
        """Choices about a row or column: what it is, and of a criterion which is better and what it stands under."""
        options = self._roles(name)
        if role not in options:
            options = {**options, role: role.capitalize()}
        found = [Choice("roles", name, "is taken for", options, role)]
        reading = self.found.reading
        if name in reading.criteria and reading.shape != 4:
            found.append(Choice("directions", name, "and", _DIRECTIONS, reading.directions.get(name, "more")))
        if name in reading.disciplines:
            found.append(self._discipline(name))
        # What is asked above stands there, and once.
        asked = {(question.key, about) for question in self.brought.questions for about in question.about}
        return [choice for choice in found if (choice.what, choice.about) not in asked]

    def _discipline(self, name: str) -> Choice:
        """Choice of the discipline that a criterion stands under: those of the table, and the usual four."""
        taken = self.found.reading.disciplines
        known = dict.fromkeys([*taken.values(), *(d.name for d in DEFAULT_DISCIPLINES)])
        return Choice("disciplines", name, "under", {each: each for each in known}, taken[name])

    def _roles(self, name: str) -> dict[str, str]:
        plain = plain_role(self.found.blocks, name)
        if not plain:
            return dict(_RECORDS)
        return {plain: "An option" if plain == "option" else "A criterion", **_MATRIX}
