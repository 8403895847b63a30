"""Rules of the sheet of reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from valuemix.errors import Problem, shorten, unknown_message
from valuemix.model.reasons.parts import MAX_REASONS, Reason
from valuemix.model.rule_parts import Path, problem, spelling_mend, text_problems, too_many

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["reason_problems"]


def reason_problems(scenario: Content) -> Iterator[Problem]:
    """A reason has a text, is of one score that there is, and stands once."""
    reasons = scenario.reasons
    if len(reasons) > MAX_REASONS:
        yield too_many("reasons", len(reasons), MAX_REASONS, ("reasons",))
        return
    known = {
        "proposition": scenario.proposition_names,
        "segment": scenario.segment_names,
        "discipline": scenario.discipline_ids,
        "attribute": scenario.attribute_names,
    }
    first: dict[tuple[str, ...], int] = {}
    for i, reason in enumerate(reasons):
        path: Path = ("reasons", i)
        for field, names in known.items():
            name = getattr(reason, field)
            if name not in names and (name or field == "proposition"):
                message = unknown_message(field, name, names)
                yield problem("UNKNOWN", (*path, field), message, spelling_mend(name, names))
        yield from _of_reason(reason, path)
        key = (*(getattr(reason, field) for field in known), reason.text)
        if first.setdefault(key, i) != i:
            message = f"the reason {shorten(reason.text)!r} of {shorten(reason.proposition)!r} stands twice"
            yield problem("DUPLICATE", (*path, "text"), message, "Delete one of them")


def _of_reason(reason: Reason, path: Path) -> Iterator[Problem]:
    whose = f"the reason of {shorten(reason.proposition)!r}"
    if bool(reason.discipline) == bool(reason.attribute):
        named = (
            "both a discipline and an attribute" if reason.discipline else "no discipline and no attribute"
        )
        mend = "Write the one whose score it explains"
        yield problem("MISSING", (*path, "discipline"), f"{whose} names {named}", mend)
    if not reason.text:
        yield problem("MISSING", (*path, "text"), f"{whose} has no text", "Write it, or delete the row")
    yield from text_problems(((*path, field), getattr(reason, field)) for field in ("text", "source", "who"))
    if not _is_date(reason.date):
        message = f"the date of {whose} must be a day, month or year, got {shorten(reason.date)!r}"
        yield problem("RANGE", (*path, "date"), message, "Write it like 2026-03-14, 2026-03 or 2026")


def _is_date(text: str) -> bool:
    """Whether a text is a day, a month or a year as it is written in files, or blank."""
    if not re.fullmatch(r"([0-9]{4}(-[0-9]{2}){0,2})?", text):
        return False
    try:
        return not text or bool(date.fromisoformat(f"{text}-01-01"[:10]))
    except ValueError:
        return False
