"""Who saves: the login, or a name that is asked once and kept by the browser."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
import streamlit as st
from balance_screen import Screen

from valuemix.files.scenarios.store import Store
from valuemix.ui.session.browser.person import COOKIE, MAX_PERSON, Person, person
from valuemix.ui.session.drafts import Drafting
from valuemix.ui.session.history import Work

Opener = Callable[..., Screen]


def browser_keeps(cookie: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(st.context), "cookies", {COOKIE: cookie})


def written(screen: Screen) -> str:
    """What the page has the browser write into its cookie; blank where nothing."""
    [*found] = screen.at.get("bidi_component")
    return found[0].proto.json if found else ""


def edit(screen: Screen, to: int = 80) -> Screen:
    return screen.segment("Enterprise").move(0, to)


# ---------------------------------------------------------------------- asked once


def test_the_first_save_asks_for_a_name_and_the_next_does_not(base: Screen, store: Store) -> None:
    assert edit(base).at.button(key="balance-save").label == "Save now"
    base.at.text_input(key="balance-save-by").set_value(" Ada Byron ")
    base.press("save")
    assert store.open("base-case").saved_by == "Ada Byron"
    edit(base, 70)
    assert base.at.button(key="balance-save").label == "Save"
    base.press("save")
    assert store.open("base-case").saved_by == "Ada Byron"


def test_saving_as_new_asks_for_a_name_as_well(base: Screen, store: Store) -> None:
    base.at.text_input(key="balance-save-new-by").set_value("Ada")
    base.save_as("Purpose-led")
    assert {entry.name: entry.saved_by for entry in store.entries()}["Purpose-led"] == "Ada"


def test_who_leaves_the_name_blank_is_not_asked_again(base: Screen, store: Store) -> None:
    edit(base).press("save")
    assert store.open("base-case").saved_by == ""
    assert edit(base, 70).at.button(key="balance-save").label == "Save"


def test_the_name_is_never_that_of_the_servers_account(
    tab: Opener, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, "root")
    edit(tab("base-case")).press("save")
    assert store.open("base-case").saved_by == ""


def test_a_name_with_what_no_file_can_keep_is_told_and_nothing_is_saved(base: Screen, store: Store) -> None:
    before = store.open("base-case")
    edit(base)
    base.at.text_input(key="balance-save-by").set_value("a\u200bb")
    base.press("save")
    assert "Your name holds the invisible character" in base.at.error[0].value
    assert store.open("base-case") == before


# ---------------------------------------------------------------------- kept by the browser


def test_a_typed_name_is_written_to_a_cookie_of_this_site_for_a_year_and_not_to_the_address(
    base: Screen,
) -> None:
    assert written(base) == ""
    edit(base)
    base.at.text_input(key="balance-save-by").set_value("Zoë; path=/x <b>")
    base.press("save")
    name = "Zo%C3%AB%3B%20path%3D%2Fx%20%3Cb%3E"
    assert f"{COOKIE}={name}; path=/; max-age=31536000; SameSite=Strict" in written(base)
    assert "Zo" not in str(base.at.query_params)


def test_the_name_that_the_browser_kept_signs_without_asking(
    tab: Opener, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser_keeps("Zo%C3%AB", monkeypatch)
    screen = edit(tab("base-case"))
    assert screen.at.button(key="balance-save").label == "Save"
    screen.press("save")
    assert store.open("base-case").saved_by == "Zoë"


@pytest.mark.parametrize(
    ("cookie", "name"),
    [
        ("%20Ada%20", "Ada"),
        ("A" * 5_000, "A" * MAX_PERSON),
        ("A%E2%80%AEb", ""),
        ("A%00b", ""),
        ("A%0AB", ""),
        ("%ED%A0%80", "\ufffd" * 3),
        ("%", "%"),
        ("", ""),
    ],
)
def test_a_cookie_is_data_from_outside(cookie: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser_keeps(cookie, monkeypatch)
    assert person() == Person(name)


def test_a_blank_name_takes_the_cookie_away(tab: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    browser_keeps("Ada", monkeypatch)
    screen = tab("base-case")
    screen.session.files.person.sign(" ")
    assert f"{COOKIE}=; path=/; max-age=0;" in unquote(written(screen.run()))


# ---------------------------------------------------------------------- known by the login


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ada Byron", "email": "ada@example.org"}, "Ada Byron"),
        ({"name": "A\u202eb", "email": "ada@example.org"}, "ada@example.org"),
        ({"name": None, "preferred_username": "ada"}, "ada"),
        ({}, ""),
    ],
)
def test_the_login_signs_before_the_cookie_and_is_not_typed_over(
    claims: dict[str, str | None], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser_keeps("Someone else", monkeypatch)
    monkeypatch.setattr(st, "user", {"is_logged_in": True, **claims})
    who = person()
    assert (who.name, who.is_to_be_asked) == (name, False)
    who.sign("Ben")
    assert who.name == name


def test_nobody_is_logged_in_before_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    browser_keeps("Ada", monkeypatch)
    monkeypatch.setattr(st, "user", {"is_logged_in": False, "email": "test@example.com"})
    assert person() == Person("Ada")


# ---------------------------------------------------------------------- whose draft it is


@pytest.mark.parametrize(
    ("theirs", "mine", "same_tab", "goes_to_the_trash"),
    [
        ("Ada", "Ada", False, False),
        ("Ada", "Ben", False, True),
        ("Ada", "Ben", True, True),
        ("Ada", "", False, True),
        ("", "Ada", False, True),
        ("", "", False, True),
        ("", "", True, False),
    ],
)
def test_only_ones_own_draft_is_deleted_when_it_is_taken_up(
    store: Store, theirs: str, mine: str, same_tab: bool, goes_to_the_trash: bool
) -> None:
    saved = store.open("base-case")
    left = Drafting(store, "0" * 16, Person(theirs))
    left.follow(Work(saved.scenario.with_weights(innovation=50), saved, saved.scenario), unsaved=True)
    left.flush()
    [draft] = store.drafts()
    Drafting(store, ("0" if same_tab else "1") * 16, Person(mine)).took(draft)
    assert store.drafts() == []
    assert bool(store.discarded_drafts()) == goes_to_the_trash
