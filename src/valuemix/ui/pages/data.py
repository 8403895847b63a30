"""The Data page: edit every table in a grid, bring in a workbook or csv files."""

from __future__ import annotations

import streamlit as st

from valuemix.errors import Problem
from valuemix.exhibits.words.reasons import backed, reasons_by_score
from valuemix.exhibits.words.wording import capital
from valuemix.files.scenarios.scenario_file import dumps
from valuemix.files.tables.frames import title
from valuemix.model.names import readable_id
from valuemix.model.scenario import Scenario
from valuemix.model.settings import SETTINGS
from valuemix.model.sheets import LISTS, SHEETS, TEMPLATE
from valuemix.ui.literal_text import literal
from valuemix.ui.session.choices import chosen_of, segment_choice
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session, session
from valuemix.ui.widgets.bring_in import bring_in_box, contents
from valuemix.ui.widgets.components import header, page_edge, problem_list
from valuemix.ui.widgets.data_editor import DataEditor, Grid, data_editor
from valuemix.ui.widgets.grid_columns import columns_of

__all__ = ["page"]

NOT_SCORED = "not scored yet"
TALL = 14
"""Rows that a grid shows before it scrolls."""
MOST_NOTICES = 8
"""Remarks on edits that are shown; a person who pastes a table needs no more."""
GROWS = [sheet.name for sheet in LISTS]
"""Tables whose rows can be added and deleted; the rows of the others follow from these."""
GROWING = "To add one, click the blank last row; to delete one, tick the box before it and press Delete."


@st.fragment(key="data")
def page() -> None:
    """Draw the page."""
    work = data_editor(session())
    work.follow()
    now = header("data")
    with page_edge():
        grid = work.grid_in_view()
        st.subheader(literal(contents(now.scenario)), anchor=False)
        bring_in_box(work)
        _table_choice(work)
        if SHEETS[grid.sheet].is_scores and len(now.scenario.segments) > 1:
            segment_choice(now, "data", work.choose_segment)
        st.caption(literal(SHEETS[grid.sheet].about + (f" {GROWING}" if grid.sheet in GROWS else "")))
        _editor(grid)
        _told(work, grid)
        if grid.sheet in ("scores", "attribute scores"):
            _reasons(now, attributes=grid.sheet == "attribute scores")
        _downloads(now.scenario)


# ---------------------------------------------------------------------- the grid


def _table_choice(work: DataEditor) -> None:
    sheets = work.sheets
    optional = [sheet for sheet in TEMPLATE.values() if sheet.adds]
    missing = {sheet.adds: sheet.label for sheet in optional if sheet.name not in sheets}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = bind("data-sheet", work.sheet)
        st.segmented_control(
            "Table",
            sheets,
            format_func=lambda sheet: literal(title(sheet)),
            required=True,
            wrap=True,
            key=key,
            persist_state="session",
            on_change=work.choose,
            args=(key,),
            label_visibility="collapsed",
        )
        if missing:
            st.menu_button(
                "Add a table",
                [*missing],
                format_func=lambda name: literal(missing[name]),
                key="data-add",
                icon=":material/add:",
                on_click=work.add,
                args=("data-add",),
                help="Score tables start as a copy of the scores, others blank or as today.",
            )
        if SHEETS[work.sheet].adds:
            st.button(
                f"Remove {literal(title(work.sheet))}",
                key="data-remove",
                icon=":material/delete:",
                on_click=work.remove,
            )


def _editor(grid: Grid) -> None:
    frame = grid.frame
    if grid.sheet == "settings":
        frame = frame.assign(meaning=[row.help or row.note for row in SETTINGS.values()])
    st.data_editor(
        frame,
        key=grid.key,
        num_rows="dynamic" if grid.sheet in GROWS else "fixed",
        column_config=columns_of(grid.base, grid.sheet),
        hide_index=False,
        placeholder=NOT_SCORED if grid.sheet == "scores" else "–",
        height="content" if len(frame) <= TALL else 560,
        alt=f"{title(grid.sheet)} of the scenario, to be edited",
    )


def _told(work: DataEditor, grid: Grid) -> None:
    """What is wrong with the edits, or worth knowing about them."""
    if work.told:
        st.warning(literal(work.told), icon=":material/edit_off:")
    if grid.problems:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.error(
                "These edits are not in the scenario yet. "
                + (
                    "Other tables do not fit them: discard the edits, change the cells listed here, then come back."
                    if grid.is_elsewhere
                    else "Mend the cells listed here, or discard the edits."
                )
                + " Leaving this page discards them.",
                icon=":material/error:",
            )
            st.button("Discard these edits", key="data-discard", on_click=work.discard)
        problem_list(grid.problems)
    elif grid.notices:
        for notice in grid.notices[:MOST_NOTICES]:
            st.caption(f":material/info: {literal(_sentence(notice))}")


def _reasons(now: Session, *, attributes: bool) -> None:
    """How many scores have a reason, and the reasons of one of them."""
    told = backed(now.scenario, now.segment)
    if not told:
        return
    st.caption(literal(f"{capital(told)}."))
    found = reasons_by_score(now.scenario, now.segment, attributes=attributes)
    if found:
        bound = chosen_of(now, f"data-{'attribute-' if attributes else ''}reasons", found, next(iter(found)))
        chosen = st.selectbox("Reasons behind", found, width=420, **bound)
        for reason in found.get(chosen, ()):
            st.markdown(literal(reason))


def _sentence(notice: Problem) -> str:
    text = ". ".join(part for part in (notice.message, notice.mend) if part)
    return text[:1].upper() + text[1:] + "."


# ---------------------------------------------------------------------- files in and out


def _downloads(scenario: Scenario) -> None:
    st.download_button(
        "Download this scenario",
        lambda: dumps(scenario),
        file_name=f"{readable_id(scenario.name)[:60] or 'scenario'}.json",
        mime="application/json",
        key="data-download",
        icon=":material/download:",
        on_click="ignore",
        help="One file with everything in it, for a colleague or an archive.",
    )
