"""Times stand in the time zone of the browser, whatever it calls itself."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from valuemix.ui.session.browser import clock


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Berlin", "9 Mar 2020, 15:05"),
        ("Asia/Kolkata", "9 Mar 2020, 19:35"),
        ("Pacific/Auckland", "10 Mar 2020, 03:05"),
        (None, "9 Mar 2020, 14:05 UTC"),
        ("No/Where", "9 Mar 2020, 14:05 UTC"),
        ("../../etc/passwd", "9 Mar 2020, 14:05 UTC"),
        ("Europe", "9 Mar 2020, 14:05 UTC"),
        ("\0", "9 Mar 2020, 14:05 UTC"),
    ],
)
def test_a_time_stands_in_the_zone_of_the_browser(
    monkeypatch: pytest.MonkeyPatch, zone: str | None, shown: str
) -> None:
    monkeypatch.setattr("streamlit.context", SimpleNamespace(timezone=zone))
    assert clock.when("2020-03-09T14:05:00Z") == shown


def test_a_time_of_today_is_told_without_its_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.context", SimpleNamespace(timezone=None))
    now = datetime.now(UTC)
    assert clock.when(now.isoformat(), "({})") == f"({now:%H:%M} UTC)"


@pytest.mark.parametrize("text", ["", "yesterday"])
def test_an_unknown_time_is_blank(text: str) -> None:
    assert clock.when(text, "({})") == ""
