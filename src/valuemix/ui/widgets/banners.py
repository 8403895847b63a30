"""What the header tells about saving: conflicts, newer versions, unsaved work left behind, links."""

from __future__ import annotations

import numpy as np
import streamlit as st

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.exhibits import ranking
from valuemix.exhibits.words.wording import joined
from valuemix.files.scenarios.store import Conflict, Draft, Entry
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.browser.clock import when
from valuemix.ui.session.browser.links import link
from valuemix.ui.session.start import empty_start
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.decisions.reversed import reversed_decisions
from valuemix.ui.widgets.tables import differences

__all__ = ["banners", "draft_offer", "link_box", "signed", "unscored"]


def banners(now: Session, page: str) -> None:
    """Everything that a person should know about the folder and the work in it."""
    conflict, drafting, entries = now.files.conflict, now.files.drafting, now.files.entries
    if conflict is not None:
        _conflict(now, conflict, page)
    for draft in [each for each in drafting.offered if each.scenario != now.scenario][:3]:
        draft_offer(now, draft, f"{page}-draft")
    _empty_start(now, entries)
    if conflict is None:
        _changed_on_disk(now, entries, page)
    reversed_decisions(now, page)
    if drafting.failed:
        st.caption(f":material/cloud_off: Unsaved work is kept in this tab only. {literal(drafting.failed)}")
    if page != "scenarios":  # which lists them with what can be done
        _damaged([entry for entry in entries if entry.problem])


def signed(by: str, at: str) -> str:
    """Who saved and when, as far as that is known, as Markdown."""
    return literal(", ".join(part for part in (by or "someone", when(at)) if part))


def _empty_start(now: Session, entries: list[Entry]) -> None:
    """Say that what is shown is nobody's, where there is no scenario to open."""
    is_started = now.edits.saved is not None or now.edits.baseline != empty_start()
    if is_started or any(not entry.problem for entry in entries):
        return
    folder = now.files.store.folder
    state = "holds no scenario that opens" if folder.is_dir() else "is not there yet; the first save makes it"
    st.info(
        literal(f"The folder {folder.resolve()} {state}. This is an empty start: ")
        + "start a New case from a list of names, fill it in on the Data page, or bring in a workbook there.",
        icon=":material/edit_note:",
    )


def unscored(scenario: Scenario) -> tuple[str, str]:
    """What is missing where nothing is scored, and where it is filled in; blank elsewhere."""
    if scenario.scored().any():
        return "", ""
    cells = scenario.array("scores").size
    gap = "the one score is" if cells == 1 else f"all {cells:,} scores are"
    each = ", segment by segment" if len(scenario.segments) > 1 else ""
    return f"Nothing is scored yet: {gap} missing", f"The Data page has a table for them{each}."


def _damaged(entries: list[Entry]) -> None:
    """Files of the folder that cannot be opened: the reason of one, the names of several."""
    if len(entries) > 1:
        names = joined([entry.path.name for entry in entries])
        told = f"{len(entries)} files of this folder cannot be opened: {names}. The Scenarios page says why."
        st.caption(f":material/warning: {literal(told)}")
    for entry in entries[: len(entries) == 1]:
        st.caption(f":material/warning: {literal(entry.problem or '')}{_kept(entry)}")


def _kept(entry: Entry) -> str:
    """What is left of a scenario whose file cannot be opened."""
    return f" Revision {entry.newest_good} in the history is whole." if entry.newest_good else ""


def draft_offer(now: Session, draft: Draft, key: str) -> None:
    """Unsaved work to take up or discard."""
    key = f"{key}-{draft.session}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.info(
            f"Unsaved work on {literal(draft.scenario.name)} from {literal(when(draft.saved_at))}"
            + (f", by {literal(draft.by)}" if draft.by else ""),
            icon=":material/restore:",
        )
        st.button("Take it up", key=f"{key}-take", on_click=now.files.take_up, args=(draft,))
        st.button("Discard it", key=f"{key}-discard", on_click=now.files.discard, args=(draft,))


def _changed_on_disk(now: Session, entries: list[Entry], page: str) -> None:
    """A quiet word where someone else saved or deleted what is open."""
    saved = now.edits.saved
    if saved is None:
        return
    there = next((entry for entry in entries if entry.id == saved.id), None)
    if there is None:
        st.caption(":material/delete: This scenario is no longer in the folder; Save as new keeps your copy.")
    elif there.problem is None and there.hash != saved.hash:
        with st.container(horizontal=True, vertical_alignment="center"):
            later = "Saving asks which one to keep." if now.edits.edited else ""
            st.caption(
                f":material/group: A newer version was saved by {signed(there.saved_by, there.saved_at)}. {later}"
            )
            if not now.edits.edited:
                st.button("Load it", key=f"{page}-newer", on_click=now.files.load, args=(saved.id,))


def _conflict(now: Session, conflict: Conflict, page: str) -> None:
    theirs, base = conflict.theirs, now.edits.baseline
    with st.container(border=True):
        st.warning(
            f"{literal(theirs.saved_by or 'Someone else')} saved {literal(theirs.scenario.name)} "
            f"{literal(when(theirs.saved_at, '({})'))} after you opened it. Nothing is lost: choose what to keep.",
            icon=":material/group:",
        )
        for side, (title, other) in zip(
            st.columns(2), {"They changed": theirs.scenario, "You changed": now.scenario}.items(), strict=True
        ):
            with side:
                st.markdown(f"**{literal(title)}**")
                st.write(literal(ranking(evaluate(other)).finding))
                differences(base.diff(other))
        with st.container(horizontal=True):
            for label, key, settle in (
                ("Load theirs (undo brings mine back)", "theirs", now.files.take_theirs),
                ("Replace theirs (it stays in the history)", "mine", now.files.replace_theirs),
                ("Save mine as a new scenario (theirs stays)", "both", now.files.save_mine_as_new),
            ):
                st.button(literal(label), key=f"{page}-{key}", on_click=settle)


def _weights_differ(now: Session) -> bool:
    """Whether a link can carry the weights as they are: they are others, of the same segments and disciplines."""
    mine, saved = now.scenario, now.edits.baseline
    same = (mine.segment_names, mine.discipline_ids) == (saved.segment_names, saved.discipline_ids)
    return same and not np.array_equal(mine.points, saved.points)


def link_box(now: Session, page: str) -> None:
    """Addresses to send to others: of the scenario, and of it with the weights as they are now."""
    box = st.popover("Link", key=f"{page}-link", on_change="rerun")
    with box:
        if not box.open:
            return
        if now.edits.saved is None:
            st.caption("Save the scenario first; a link opens a saved one.")
            return
        url, chosen = (
            st.context.url or "",
            {name: text for name, text in now.view.address(page).items() if text},
        )
        st.caption("Opens the scenario as it is saved; on this machine, or wherever this address is reached.")
        saved = link(url, now.edits.saved.id, now.scenario, weights=False, chosen=chosen)
        st.code(saved, language=None, wrap_lines=True)
        if _weights_differ(now):
            st.caption("Opens it with the weights as they are now, without saving them.")
            try:
                edited = link(url, now.edits.saved.id, now.scenario, weights=True, chosen=chosen)
                st.code(edited, language=None, wrap_lines=True)
            except EditError as error:
                st.caption(literal(str(error)))
