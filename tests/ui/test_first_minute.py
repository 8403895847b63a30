"""The first minute: what the app opens on, and the line that says what to do."""

from __future__ import annotations

from collections.abc import Callable

from balance_screen import Screen
from streamlit.testing.v1 import AppTest

from valuemix.files.scenarios.store import Store
from valuemix.ui.widgets import welcome

Opener = Callable[..., Screen]


def is_welcomed(screen: Screen) -> bool:
    return any("Move a weight" in text for text in screen.texts())


def cookies_of(at: AppTest) -> str:
    return " ".join(str(each.proto) for each in at.get("bidi_component"))


def test_the_app_opens_on_the_base_case_until_something_is_saved(tab: Opener, store: Store) -> None:
    assert tab().scenario.name == "Base case"
    squeeze = store.open("margin-squeeze")
    store.save(squeeze, squeeze.scenario.with_weights("Enterprise", innovation=61))
    assert tab().scenario.name == "Margin squeeze"


def test_the_line_stays_where_it_is_and_the_browser_remembers_the_first_move(base: Screen) -> None:
    assert is_welcomed(base)
    assert welcome.COOKIE not in cookies_of(base.at)
    assert is_welcomed(base.preset("equal"))
    assert f"{welcome.COOKIE}=yes" in cookies_of(base.at)
    assert is_welcomed(base.press("undo"))
