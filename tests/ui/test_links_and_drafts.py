"""Links that carry weights, and unsaved work that comes back after a refresh."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from balance_screen import Screen
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import sampled, tries
from sample_scenarios import made

from valuemix.errors import EditError, StorageError
from valuemix.files.scenarios.store import Saved, Store
from valuemix.model.carried_weights import weights_code, with_weights_code
from valuemix.model.scenario import Scenario
from valuemix.ui.session import drafts
from valuemix.ui.session.browser.links import link
from valuemix.ui.session.drafts import EVERY, Drafting, work_of
from valuemix.ui.session.history import Work
from valuemix.ui.session.start import empty_start

Opener = Callable[..., Screen]

# ---------------------------------------------------------------------- links


@pytest.mark.nightly  # links are opened below; codes are tried in tests/model/test_carried_weights.py
@given(st.from_type(Scenario))
@settings(max_examples=tries(100))
def test_a_link_carries_every_weight_exactly(scenario: Scenario) -> None:
    other = scenario.with_points(scenario.points[:, ::-1])
    [code] = parse_qs(urlsplit(link("http://127.0.0.1:8501/", "id", other, weights=True)).query)["w"]
    assert with_weights_code(scenario, code) == other


def test_too_many_weights_for_a_link_are_told() -> None:
    thirds = made(2, 30, 12)
    with pytest.raises(EditError, match="too many"):
        link("", "id", thirds.with_points(thirds.points / 3), weights=True)


def test_a_link_with_weights_opens_them_as_an_edit_that_can_be_undone(tab: Opener, store: Store) -> None:
    saved = store.open("green-mandate").scenario
    other = saved.with_weights("Enterprise", innovation=61)
    screen = tab("green-mandate", w=weights_code(other))
    assert screen.scenario == other
    assert "Unsaved changes" in screen.badge()
    assert "w" not in screen.at.query_params
    assert screen.press("undo").scenario == saved
    assert store.open("green-mandate").scenario == saved


# What is a code is a law of tests/model/test_carried_weights.py.
@pytest.mark.parametrize("code", sampled(["x", "", "~~", "9" * 5000, "<script>", "0" * 8 + "~1_2_3_4"], 2))
def test_a_wrong_w_is_told_and_left_out(tab: Opener, store: Store, code: str) -> None:
    screen = tab("green-mandate", w=code)
    assert [e for e in screen.at.error if "weights of the link are left out" in e.value] or not code
    assert screen.scenario == store.open("green-mandate").scenario


def test_weights_for_a_scenario_that_is_gone_are_not_laid_over_another(tab: Opener, store: Store) -> None:
    other = store.open("green-mandate").scenario.with_weights("Enterprise", innovation=61)
    screen = tab("gone", w=weights_code(other))
    assert not screen.session.edits.edited


def links_shown(screen: Screen) -> list[str]:
    return [code.value for code in screen.expand("link").at.code]


def test_the_link_box_shows_a_link_that_opens_what_is_on_screen(base: Screen, tab: Opener) -> None:
    assert [urlsplit(url).query for url in links_shown(base)] == ["scenario=base-case"]
    base.segment("Enterprise").move(0, 77)
    _, with_weights = links_shown(base)
    query = {name: found for name, [found] in parse_qs(urlsplit(with_weights).query).items()}
    assert tab(query["scenario"], w=query["w"]).scenario == base.scenario


def test_what_was_never_saved_has_no_link_yet(tab: Opener, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    screen = tab()
    assert links_shown(screen) == []
    assert any("Save the scenario first" in caption.value for caption in screen.at.caption)


# ---------------------------------------------------------------------- drafts


@pytest.fixture
def saved(store: Store) -> Saved:
    return store.open("base-case")


def edit(saved: Saved, innovation: float = 61) -> Work:
    return Work(saved.scenario.with_weights("Enterprise", innovation=innovation), saved, saved.scenario)


def refreshed(screen: Screen, tab: Opener) -> Screen:
    """The tab after a refresh: its address is all that the browser keeps."""
    screen.session.files.drafting.flush()
    at = screen.at
    return tab(at.query_params.get("scenario", ""), tab=at.query_params.get("tab", ""))


def press(screen: Screen, ending: str) -> Screen:
    [key] = [
        b.key
        for b in screen.at.button
        if (b.key or "").startswith("balance-draft") and b.key.endswith(ending)
    ]
    screen.at.button(key=key).click()
    return screen.run()


def test_the_address_is_plain_while_nothing_is_unsaved(base: Screen) -> None:
    assert {*base.at.query_params} == {"scenario"}
    base.segment("Enterprise").move(0, 80)
    assert {*base.at.query_params} == {"scenario", "segment", "tab"}
    assert {*base.press("undo").at.query_params} == {"scenario", "segment"}


def test_unsaved_work_is_offered_after_a_refresh_and_taken_up(
    base: Screen, tab: Opener, store: Store
) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    back = refreshed(base, tab)
    assert back.scenario == store.open("base-case").scenario
    assert "Unsaved work on Base case from" in back.at.info[0].value
    press(back, "take")
    assert back.scenario == edited
    assert not back.at.info
    assert "Unsaved changes" in back.badge()
    back.press("save")
    assert store.open("base-case").scenario == edited
    assert store.drafts() == []


def test_work_that_was_taken_up_is_still_safe_at_the_next_refresh(
    base: Screen, tab: Opener, store: Store
) -> None:
    edited = base.segment("Enterprise").move(0, 80).scenario
    again = refreshed(press(refreshed(base, tab), "take"), tab)
    assert press(again, "take").scenario == edited
    assert len(store.drafts()) == 1


def test_unsaved_work_can_be_discarded(base: Screen, tab: Opener, store: Store) -> None:
    base.segment("Enterprise").move(0, 80)
    back = press(refreshed(base, tab), "discard")
    assert not back.at.info
    assert store.drafts() == []
    assert "tab" not in back.run().at.query_params


def test_an_offer_that_is_passed_over_stays_through_new_edits_and_another_refresh(
    base: Screen, tab: Opener
) -> None:
    first = base.segment("Enterprise").move(0, 80).scenario
    back = refreshed(base, tab)
    second = back.segment("Enterprise").move(1, 70).scenario
    again = refreshed(back, tab)
    assert {draft.scenario for draft in again.session.files.drafting.offered} == {first, second}


@pytest.mark.parametrize("done", sampled(["save", "reset", "undo"], 2))
def test_the_draft_goes_when_the_work_is_saved_or_given_up(base: Screen, store: Store, done: str) -> None:
    base.segment("Enterprise").move(0, 80)
    base.session.files.drafting.flush()
    assert len(store.drafts()) == 1
    base.press(done)
    assert store.drafts() == []


@pytest.mark.nightly  # gone where it is saved, in the test before
def test_the_draft_goes_when_the_work_is_saved_under_another_name(base: Screen, store: Store) -> None:
    base.segment("Enterprise").move(0, 80)
    base.session.files.drafting.flush()
    base.save_as("Purpose-led")
    assert store.drafts() == []


@pytest.mark.nightly  # two drafts are offered in a test above
def test_unsaved_work_stays_safe_while_another_scenario_is_open(base: Screen, tab: Opener) -> None:
    first = base.segment("Enterprise").move(0, 80).scenario
    base.open("green-mandate").at.button(key="leave-keep").click()
    second = base.run().segment("Enterprise").move(1, 60).scenario
    back = refreshed(base, tab)
    assert {draft.scenario for draft in back.session.files.drafting.offered} == {first, second}


def test_a_draft_never_touches_the_scenario_itself(base: Screen, store: Store, saved: Saved) -> None:
    base.segment("Enterprise").move(0, 80)
    base.session.files.drafting.flush()
    assert store.open("base-case") == saved


def test_a_draft_knows_that_someone_saved_meanwhile(
    base: Screen, tab: Opener, store: Store, saved: Saved
) -> None:
    base.segment("Enterprise").move(0, 80)
    store.save(saved, saved.scenario.with_weights("Mid-market", innovation=90), by="Ben")
    back = press(refreshed(base, tab), "take")
    assert back.session.edits.baseline == saved.scenario
    assert "Ben saved" in back.press("save").at.warning[0].value


def test_a_draft_of_a_deleted_scenario_comes_back_as_a_new_one(store: Store, saved: Saved) -> None:
    work = edit(saved)
    store.save_draft("tab1", work.scenario, saved)
    [draft] = store.drafts()
    store.delete(saved.id)
    assert work_of(store, draft) == Work(work.scenario, None, work.scenario)


def test_work_in_an_empty_folder_is_safe_before_the_first_save(
    tab: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(folder / "new" / "one"))
    edited = tab().move(0, 70)
    back = press(refreshed(edited, tab), "take")
    assert back.scenario == edited.scenario
    assert back.session.edits.saved is None


def test_an_empty_start_that_nobody_touched_leaves_no_draft(
    tab: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(folder / "new"))
    tab().session.files.drafting.flush()
    assert not (folder / "new").exists()


@pytest.mark.parametrize("tab_key", ["x", "../../etc", "A" * 16, "0" * 17, "<b>", "0" * 5000])
def test_a_key_that_no_tab_can_have_is_not_taken(store: Store, saved: Saved, tab_key: str) -> None:
    store.save_draft("0123456789abcdef-01234567-01234567", saved.scenario, saved)
    found = Drafting(store, tab_key)
    assert re.fullmatch("[0-9a-f]{16}", found.tab)
    assert found.tab != tab_key
    assert found.offered == []


def test_two_tabs_with_one_key_keep_a_draft_each(store: Store, saved: Saved) -> None:
    first, second = Drafting(store, "0" * 16), Drafting(store, "0" * 16)
    for number, each in enumerate((first, second)):
        each.follow(edit(saved, 50 + number), unsaved=True)
        each.flush()
    second.drop(edit(saved))
    [left] = store.drafts()
    assert left.session.startswith(first.owner)


def test_a_draft_in_use_in_another_tab_is_offered_but_never_deleted(
    store: Store, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Drafting(store, "0" * 16)
    first.follow(edit(saved), unsaved=True)
    first.flush()
    second = Drafting(store, "0" * 16)
    monkeypatch.setitem(drafts._connections, first.owner, "connected")
    monkeypatch.setattr(drafts, "_is_active", lambda connection: connection == "connected")
    second.settle(second.offered[0])
    assert second.offered == []
    assert len(store.drafts()) == 1


def test_drafts_are_written_in_the_background_and_at_most_every_few_seconds(
    store: Store, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    class Timer:
        def __init__(self, wait: float, _: Callable[[], None]) -> None:
            waits.append(wait)

        def start(self) -> None: ...

    monkeypatch.setattr("threading.Timer", Timer)
    mine = Drafting(store)
    for innovation in (50, 60, 70):
        mine.follow(edit(saved, innovation), unsaved=True)
    assert store.drafts() == []
    mine.flush()
    assert [draft.scenario for draft in store.drafts()] == [edit(saved, 70).scenario]
    mine.follow(edit(saved, 80), unsaved=True)
    assert waits[0] <= 1
    assert waits[1] == pytest.approx(EVERY, abs=1)
    assert len(waits) == 2


def test_a_draft_that_cannot_be_written_is_a_quiet_word_and_no_error(
    base: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save_draft", refuse)
        base.segment("Enterprise").move(0, 80)
        base.session.files.drafting.flush()
        base.run()
    assert any("kept in this tab only" in caption.value for caption in base.at.caption)
    assert not base.at.error
    base.move(0, 70)
    base.session.files.drafting.flush()
    base.run()
    assert not any("kept in this tab only" in caption.value for caption in base.at.caption)


def test_a_full_disk_under_a_draft_harms_nothing(
    store: Store, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, "refused")

    mine = Drafting(store)
    mine.follow(edit(saved), unsaved=True)
    monkeypatch.setattr(os, "fsync", refuse)
    mine.flush()
    assert "disk is full" in mine.failed
    assert store.open("base-case") == saved


def test_the_empty_start_is_valid_and_the_same_each_time() -> None:
    assert empty_start() == empty_start()
