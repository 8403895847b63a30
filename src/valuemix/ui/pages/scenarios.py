"""The Scenarios page: every scenario of the folder, its history, the trash, unsaved work left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.table import Column, Table, named, texts
from valuemix.exhibits import ranking
from valuemix.files.scenarios.store import DRAFT_DAYS, TRASH_DAYS, Entry
from valuemix.ui.literal_text import literal
from valuemix.ui.session.browser.clock import when
from valuemix.ui.session.browser.person import MAX_PERSON
from valuemix.ui.session.scenario_actions import ScenarioActions, lead_of, scenario_actions, summary
from valuemix.ui.session.start import scenario_labels
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.banners import draft_offer, signed
from valuemix.ui.widgets.components import header, page_edge
from valuemix.ui.widgets.tables import differences, html_table
from valuemix.verification.verify import Verification, verify

__all__ = ["page"]

MORE = {
    "rename": "Rename",
    "duplicate": "Duplicate",
    "note": "Edit the note",
    "history": "History",
    "delete": "Move to the trash",
}
NOTE_SHOWN = 300


def page() -> None:
    """Draw the page."""
    work, now = scenario_actions(), header("scenarios")
    with page_edge():
        entries = now.files.entries
        st.subheader(literal(summary(entries)), anchor=False)
        _name(now)
        names = scenario_labels(entries)
        for entry in entries:
            with st.container(border=True):
                if entry.problem is None:
                    _scenario(now, work, entry, names[entry.id])
                else:
                    _problem(work, entry)
        _trash(now, work)
        _left_behind(now, work)
        _check_the_engine()
        _dialog(work)


def _name(now: Session) -> None:
    key = bind("scenarios-user", now.files.person.name)
    st.text_input(
        "Your name",
        key=key,
        persist_state="session",
        max_chars=MAX_PERSON,
        width=300,
        disabled=now.files.person.has_login,
        on_change=now.files.sign,
        args=(key,),
        help="Stands beside what you save, so that others know who it was. "
        + ("It is that of your login." if now.files.person.has_login else "This browser keeps it."),
    )


def _scenario(now: Session, work: ScenarioActions, entry: Entry, name: str) -> None:
    is_open = now.edits.saved is not None and now.edits.saved.id == entry.id
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{literal(name)}**", width="content")
        if is_open:
            st.badge("Open", color="gray")
        st.space("stretch")
        st.button(
            "Open",
            key=f"scenarios-open-{entry.id}",
            disabled=is_open,
            on_click=now.files.load,
            args=(entry.id,),
        )
        key = f"scenarios-more-{entry.id}"
        st.menu_button(
            "More",
            [*MORE],
            format_func=lambda option: literal(MORE[option]),
            key=key,
            on_click=work.choose,
            args=(entry.id, key),
        )
    st.write(literal(lead_of(entry).finding))
    if entry.note:
        st.caption(literal(entry.note[:NOTE_SHOWN] + "…"[: len(entry.note) > NOTE_SHOWN]))
    if entry.revision:
        st.caption(f"Revision {entry.revision}, saved by {signed(entry.saved_by, entry.saved_at)}")


def _problem(work: ScenarioActions, entry: Entry) -> None:
    st.markdown(f"**{literal(entry.path.name)}** cannot be opened")
    st.caption(literal(entry.problem or ""))
    with st.container(horizontal=True):
        if entry.newest_good:
            st.button(
                f"Restore revision {entry.newest_good}, the newest that is whole",
                key=f"scenarios-mend-{entry.id}",
                on_click=work.restore_version,
                args=(entry.id, entry.newest_good),
            )
        st.button(
            "Move to the trash",
            key=f"scenarios-remove-{entry.id}",
            on_click=work.delete,
            args=(entry.id,),
        )


def _trash(now: Session, work: ScenarioActions) -> None:
    trashed, discarded = now.files.store.trash(), now.files.store.discarded_drafts()
    if not trashed and not discarded:
        return
    count = len(trashed) + len(discarded)
    with st.expander(f"Trash ({count})", icon=":material/delete:", key="scenarios-trash"):
        st.caption(f"Kept for {TRASH_DAYS} days.")
        for entry in trashed:
            _restorable(entry.name, entry.id, work.restore, entry.id)
        for draft in discarded:
            told = f"Unsaved work on {draft.scenario.name}"
            _restorable(
                told, f"draft-{draft.session}", work.restore_draft, draft, signed(draft.by, draft.saved_at)
            )


def _restorable(name: str, key: str, restore: Callable[..., None], what: object, by: str = "") -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(literal(name), width="content")
        if by:
            st.caption(by)
        st.space("stretch")
        st.button("Restore", key=f"scenarios-restore-{key}", on_click=restore, args=(what,))


def _left_behind(now: Session, work: ScenarioActions) -> None:
    drafts = work.left_behind()
    if not drafts:
        return
    with st.expander(
        f"Unsaved work left behind ({len(drafts)})", icon=":material/restore:", key="scenarios-left"
    ):
        st.caption(
            f"Of tabs that were closed or lost; kept for {DRAFT_DAYS} days. It opens as an unsaved edit."
        )
        for draft in drafts:
            draft_offer(now, draft, "scenarios-left")


def _check_the_engine() -> None:
    with st.expander("Check the engine", icon=":material/fact_check:", key="scenarios-engine"):
        st.caption("Figures that textbooks and public programmes print, computed anew by this installation.")
        if st.button("Check", key="scenarios-verify"):
            found = verify()
            st.markdown(f"**{literal(found.finding)}**")
            html_table(_examples(found), "Printed figures beside those computed here")
            st.caption("Wrong in print, and not counted:")
            for case in found.disputed:
                st.caption(literal(f"{case.name} ({case.source}): {case.wrong}"))


def _examples(found: Verification) -> Table:
    """Return the examples, those that differ first."""
    rows = sorted(found.examples, key=lambda example: example.ok)
    return Table(
        (
            named("Example", [each.name for each in rows]),
            Column("Printed", texts([f"{each.printed:.10g}" for each in rows]), "right"),
            Column("Computed", texts([f"{each.computed:.10g}" for each in rows]), "right"),
            Column("Difference", texts([f"{each.shown_difference:.2g}" for each in rows]), "right"),
            Column("", texts(["as printed" if each.ok else "differs" for each in rows])),
            named("Source", [each.source for each in rows]),
        )
    )


# ---------------------------------------------------------------------- dialogs


def _dialog(work: ScenarioActions) -> None:
    if work.asked:
        {"rename": _rename, "note": _note, "history": _history}[work.asked[0]]()


def _left() -> None:
    scenario_actions().leave()


@contextmanager
def _asked(work: ScenarioActions) -> Iterator[str]:
    """Id of the scenario that the dialog is about, with what went wrong; closes the dialog where it is done."""
    if not work.asked:
        st.rerun()
    if work.told.message:
        st.error(literal(work.told.message), icon=":material/error:")
    with page_edge():
        yield work.asked[1]


@st.dialog("Rename", on_dismiss=_left)
def _rename() -> None:
    work = scenario_actions()
    with _asked(work) as scenario_id:
        key = work.key_of("rename", scenario_id)
        st.text_input("Name", key=key, max_chars=200)
        st.button(
            "Rename", key="scenarios-rename", type="primary", on_click=work.rename, args=(scenario_id, key)
        )


@st.dialog("Note", on_dismiss=_left)
def _note() -> None:
    work = scenario_actions()
    with _asked(work) as scenario_id:
        key = work.key_of("note", scenario_id)
        st.text_area("Note", key=key)
        st.button(
            "Save the note",
            key="scenarios-write",
            type="primary",
            on_click=work.write_note,
            args=(scenario_id, key),
        )


@st.dialog("History", width="large", on_dismiss=_left)
def _history() -> None:
    work = scenario_actions()
    with _asked(work) as scenario_id:
        versions = {version.revision: version for version in work.files.store.history(scenario_id)}
        if not versions:
            st.caption("Nothing was saved over this file yet; its history starts with the next save.")
            return
        revision = st.selectbox(
            "Version",
            [*versions],
            format_func=lambda chosen: _version_label(versions[chosen]),
            key=work.key_of("history", scenario_id),
        )
        _look(work, scenario_id, revision)


def _version_label(version: Entry) -> str:
    by, at = version.saved_by or "someone", when(version.saved_at)
    return f"Revision {version.revision}, {by}" + (f", {at}" if at else "")


def _look(work: ScenarioActions, scenario_id: str, revision: int) -> None:
    """One version: who led, what is different now, and the way back to it."""
    store = work.files.store
    there, version = store.open(scenario_id).scenario, store.open_version(scenario_id, revision).scenario
    st.write(literal(ranking(evaluate(version)).finding))
    changes = there.diff(version)
    if not changes:
        st.caption("This is what the scenario holds now.")
        return
    st.markdown("**Going back to it changes:**")
    differences(changes)
    st.button(
        "Restore this version",
        key="scenarios-back",
        type="primary",
        on_click=work.restore_version,
        args=(scenario_id, revision),
        help="It is saved as the newest version; the one it replaces stays in the history.",
    )
