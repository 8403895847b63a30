"""What was recognised of a table, as it is said, kept and corrected: the map of ``--map`` is this as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from valuemix.errors import StorageError, ValuemixError

__all__ = ["Ends", "LeftOut", "Mismatch", "Proof", "Question", "Reading", "Role", "read_map"]

Role = Literal[
    "option", "criterion", "segment", "rater", "respondent", "weight", "score", "total", "rank", "note", "left out",
    "technical", "size", "survey weight", "wave", "outcome", "derived", "group", "unit", "direction", "index",
    "worst", "best",
]  # fmt: skip
"""What a row or column of the owner's is taken for."""


_TAKEN = re.compile(r", (.+?) = (-?[\d.]+)(?=,|;|$)")
"""A word and its number, as the guess of a question lists them."""


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Ends(_Said):
    """Lowest and highest score of the owner's scale."""

    lowest: float
    highest: float


class LeftOut(_Said):
    """A row, column or sheet that has no part in the scenario, and why."""

    what: str
    why: str


class Mismatch(_Said):
    """A total of the owner's that the cells do not give."""

    cell: str
    whose: str
    found: float
    expected: float


class Proof(_Said):
    """How far the owner's own totals prove the reading.

    Attributes
    ----------
    formula : str
        What they are, such as ``"weighted sum"``.
    agree, compared : int
        How many are what the cells give, of how many.
    mismatches : tuple of Mismatch
        The others.
    """

    formula: str
    agree: int
    compared: int
    mismatches: tuple[Mismatch, ...] = ()

    def __str__(self) -> str:
        if not self.mismatches:
            return f"Your own totals agree ({self.agree} of {self.compared})."
        wrong = "; ".join(
            f"{m.cell} ({m.whose}) is {m.found:.6g} where the cells give {m.expected:.6g} ({m.found - m.expected:+.3g})"
            for m in self.mismatches[:5]
        )
        more = f"; and {len(self.mismatches) - 5} more" if len(self.mismatches) > 5 else ""
        return f"Your own totals agree in {self.agree} of {self.compared}: {wrong}{more}."


class Question(_Said):
    """Something that the table does not say.

    Attributes
    ----------
    key : str
        Field of the map that answers it, such as ``"words"``.
    about : tuple of str
        Which entries of it, such as the words; none where the field is one answer.
    text : str
        The question, in the owner's words.
    guess : str
        What is taken where nobody answers, with ``--yes``; blank where there is no guess.
    """

    key: str
    about: tuple[str, ...]
    text: str
    guess: str = ""

    def __str__(self) -> str:
        taken = f" (taken with --yes: {self.guess})" if self.guess else ""
        return f"{self.text}{taken} In a map: {self._answer()}"

    def _answer(self) -> str:
        """A map that answers the question by its guess, and reads as it stands."""
        if self.key == "roles" and not self.about:
            return '{"roles": {"Name": "rater"}}, with the name of that column'
        if self.key == "words":
            numbers = {found[1]: float(found[2]) for found in _TAKEN.finditer(f", {self.guess}")}
            answer = {word: numbers.get(word, 0.0) for word in self.about}
            return f"{json.dumps({self.key: answer}, ensure_ascii=False)}, with your numbers"
        if self.key == "sizes":
            return json.dumps({self.key: dict.fromkeys(self.about, float(self.guess))}, ensure_ascii=False)
        said = dict.fromkeys(self.about, self.guess) if self.about else self.guess
        return json.dumps({self.key: said}, ensure_ascii=False)


class Reading(_Said):
    """What every part of a table was taken for. Given as a map, each field that is set is followed.

    Attributes
    ----------
    shape : int, optional
        1 to 8, as numbered in the guide.
    columns_are : {"criteria", "options"}, optional
        What the columns of a matrix are.
    roles : dict
        Role of a row or column by its name; of a matrix those that are no plain option or criterion.
    scale : Ends, optional
    directions : dict
        ``"less"`` or ``"more"``, whichever is better, by criterion.
    anchors : dict
        Value that gets the lowest score and value that gets the highest, by criterion in a unit.
    words : dict
        Number that a word or sign stands for.
    disciplines : dict
        Discipline that each criterion is put under, where there are groups or more than twelve.
    sheets_are : {"segments", "raters"}, optional
        What blocks with the same names are.
    sizes : dict
        Size by segment.
    file : str
        Name of the file; what follows is told, and left alone in a map.
    options, criteria, segments, raters, units, proof, left_out, warnings, guesses, questions
        What was found.
    """

    shape: int | None = Field(default=None, ge=1, le=8)
    columns_are: Literal["criteria", "options"] | None = None
    roles: dict[str, Role] = {}
    scale: Ends | None = None
    directions: dict[str, Literal["less", "more"]] = {}
    anchors: dict[str, tuple[float, float]] = {}
    words: dict[str, float] = {}
    disciplines: dict[str, str] = {}
    sheets_are: Literal["segments", "raters"] | None = None
    sizes: dict[str, float] = {}
    file: str = ""
    options: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    raters: tuple[str, ...] = ()
    units: dict[str, str] = {}
    proof: Proof | None = None
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()

    @classmethod
    def from_json(cls, text: str, name: str = "the map") -> Self:
        """Reading in a JSON text; fields that are left out are open.

        Raises
        ------
        ValuemixError
            Where it is no map: with the field, what was found, and the rule.

        Examples
        --------
        >>> Reading.from_json('{"words": {"high": 3}}').words
        {'high': 3.0}
        """
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            field = "/".join(map(str, first["loc"])) or "the text"
            known = ", ".join(cls.model_fields)
            raise ValuemixError(
                f"{name}: {field}: {first['msg']}; a map is JSON with any of these fields: {known}"
            ) from None

    def to_json(self) -> str:
        """The same as JSON; `from_json` gives it back."""
        return self.model_dump_json(indent=1)


def read_map(path: Path) -> Reading:
    """Map in a file.

    Raises
    ------
    StorageError
        Where the file cannot be read.
    ValuemixError
        Where it is no map.
    """
    try:
        return Reading.from_json(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise StorageError(f"{path.name!r} cannot be read: {reason}") from error
