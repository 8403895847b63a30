"""Times as people read them: in the time zone of their browser."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st

__all__ = ["when"]


def when(saved_at: str, pattern: str = "{}") -> str:
    """A saved time: ``14:05`` for today, ``9 Mar 2026, 14:05`` before; blank where unknown.

    Parameters
    ----------
    saved_at : str
        UTC as ISO 8601, or blank.
    pattern : str, optional
        What the time is put into.
    """
    try:
        moment = datetime.fromisoformat(saved_at).astimezone(_zone())
    except ValueError:
        return ""
    time = f"{moment:%H:%M}" + (" UTC" if moment.tzname() == "UTC" else "")
    if moment.date() == datetime.now(moment.tzinfo).date():
        return pattern.format(time)
    return pattern.format(f"{moment.day} {moment:%b %Y}, {time}")


def _zone() -> tzinfo:
    """Zone that the browser names, which is input like any other; UTC where there is none of this name."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (LookupError, ValueError, OSError):
        return UTC
