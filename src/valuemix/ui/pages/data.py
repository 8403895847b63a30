"""The Data page: edit every table in a grid, bring in a workbook or csv files."""

from __future__ import annotations

import streamlit as st

from valuemix.errors import Problem, visible
from valuemix.files.scenarios.scenario_file import dumps
from valuemix.files.tables.assembly import Imported
from valuemix.files.tables.frames import title
from valuemix.files.tables.template import template_workbook
from valuemix.model.names import readable_id
from valuemix.model.scenario import Scenario
from valuemix.model.settings import SETTINGS
from valuemix.model.sheets import LISTS, SHEETS, TEMPLATE
from valuemix.ui.literal_text import literal
from valuemix.ui.look import emphasis
from valuemix.ui.session.choices import segment_choice
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import session
from valuemix.ui.widgets.components import header, page_edge, problem_list
from valuemix.ui.widgets.data_editor import DataEditor, Grid, data_editor, newest
from valuemix.ui.widgets.grid_columns import columns_of

__all__ = ["page"]

PASTE = "Fast delivery\tEnterprise\t7\t9\t4\t5\nGreen line\tEnterprise\t5\t6\t9\t6"
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
        st.subheader(literal(_contents(now.scenario)), anchor=False)
        _import_box(work)
        _table_choice(work)
        if SHEETS[grid.sheet].is_scores and len(now.scenario.segments) > 1:
            segment_choice(now, "data", work.choose_segment)
        st.caption(literal(SHEETS[grid.sheet].about + (f" {GROWING}" if grid.sheet in GROWS else "")))
        _editor(grid)
        _told(work, grid)
        _downloads(now.scenario)


def _contents(scenario: Scenario) -> str:
    """What the scenario holds, in one sentence."""
    missing = sum(v is None for b in scenario.scores.values() for row in b.values() for v in row.values())
    gap = f"{missing} missing" if missing else "none missing"
    if not scenario.scored().any():
        gap = "nothing scored yet"
    scale = f"{scenario.scale.lowest:g} to {scenario.scale.highest:g}".replace("-", "−")
    return f"{scenario.name}: {_counts(scenario)}, scores from {scale}, {gap}"


def _counts(scenario: Scenario) -> str:
    parts = {
        "proposition": scenario.propositions,
        "segment": scenario.segments,
        "discipline": scenario.disciplines,
    }
    return ", ".join(f"{len(part)} {word}{'s'[: len(part) != 1]}" for word, part in parts.items())


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


def _sentence(notice: Problem) -> str:
    text = ". ".join(part for part in (notice.message, notice.mend) if part)
    return text[:1].upper() + text[1:] + "."


# ---------------------------------------------------------------------- files in and out


def _import_box(work: DataEditor) -> None:
    box = st.expander(
        "Bring in a workbook, csv files or copied cells",
        icon=":material/upload_file:",
        key=f"data-import-{work.uploads}",
        on_change="rerun",
    )
    with box:
        if not box.open:
            return
        key = f"data-upload-{work.uploads}"
        files = st.file_uploader(
            "One workbook (.xlsx), csv files named like its sheets, or a scenario file (.json)",
            type=["xlsx", "csv", "json"],
            accept_multiple_files=True,
            key=key,
            on_change=work.bring,
            args=(key,),
        )
        pasted = st.text_area(
            "Or paste cells copied from Excel or Sheets",
            key=f"data-paste-{work.uploads}",
            height=120,
            placeholder=PASTE,
            on_change=work.paste,
            args=(f"data-paste-{work.uploads}",),
            help="With or without a header. A column for each discipline, or one row a score.",
        )
        st.download_button(
            "Download the template",
            template_workbook,
            file_name="valuemix-template.xlsx",
            key="data-template",
            icon=":material/download:",
            on_click="ignore",
            help="A workbook that explains itself, with a small example to overwrite.",
        )
        read = [*newest(files)]
        if len(read) < len(files):
            st.caption(literal(f"{visible(', '.join(read))} counts; what was brought in before is left out."))
        if (files or pasted) and work.refused:
            st.error(
                "Nothing was imported. Mend these "
                + ("in the file, save it, and bring it again." if files else "in the sheet or in the box.")
            )
            problem_list(work.refused)
        elif (files or pasted) and work.incoming:
            _incoming(work, work.incoming)


def _incoming(work: DataEditor, incoming: Imported) -> None:
    st.success(literal(f"Read and valid. {_contents(incoming.scenario)}."), icon=":material/check_circle:")
    if incoming.notices:
        problem_list(incoming.notices)
    there, filled = work.namesake(), work.filled()
    with st.container(horizontal=True, vertical_alignment="center"):
        if filled is not None:
            st.button(
                f"Put the scores into {literal(filled.name)}",
                key="data-fill",
                type=emphasis(),
                on_click=work.fill,
                help="Scores that are not given stay. A range that no longer holds its score is left out.",
            )
        if there is not None:
            st.button(
                f"Update {literal(there.name)}",
                key="data-update",
                type=emphasis(),
                on_click=work.update,
                args=(there.id,),
                help="It becomes an unsaved edit of the saved scenario. What is saved now stays in its history.",
            )
        st.button(
            "Open as new" if there or filled else "Open it",
            key="data-open",
            type="secondary" if there or filled else "primary",
            on_click=work.open,
        )
        st.caption("Nothing has changed yet. The scenario that is open now stays one Undo away.")


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
