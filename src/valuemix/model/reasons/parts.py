"""The rows of the sheet of reasons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from valuemix.model.parts import Name, Part, Text

__all__ = ["MAX_REASONS", "OWN_WORDS", "REASON_KINDS", "Reason", "ReasonKind"]

ReasonKind = Literal["judgment", "data", "own words"]
REASON_KINDS: tuple[ReasonKind, ...] = ("judgment", "data", "own words")
OWN_WORDS: ReasonKind = "own words"
MAX_REASONS = 5000


class Reason(Part):
    """Why a score stands as it does.

    Attributes
    ----------
    proposition : str
        Name.
    segment : str
        Name; blank where it holds for every segment.
    discipline, attribute : str
        Id of the discipline, or name of the attribute, that is scored; the other is blank.
    kind : {"judgment", "data", "own words"}
        Own words are those of a customer, as they were said.
    text : str
        The reason itself.
    source : str
        Where it comes from.
    date : str
        Since when: 2026, 2026-03 or 2026-03-14; blank where it is not known.
    who : str
        Who says so.
    """

    proposition: Name
    segment: Name = ""
    discipline: Annotated[str, Field(json_schema_extra={"maxLength": 60})] = ""
    attribute: Name = ""
    kind: ReasonKind = "judgment"
    text: Text
    source: Text = ""
    date: Annotated[str, Field(json_schema_extra={"pattern": r"^(\d{4}(-\d{2}){0,2})?$"})] = ""
    who: Text = ""
