"""The one place where files and copied cells come in: any table, and nothing changes until it is imported."""

from __future__ import annotations

import streamlit as st

from valuemix.errors import visible
from valuemix.files.tables.writing.template import template_workbook
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.incoming.brought_in import ENDINGS, newest
from valuemix.ui.widgets.components import problem_list
from valuemix.ui.widgets.data_editor import DataEditor
from valuemix.ui.widgets.table_reading import table_reading, unread_table

__all__ = ["bring_in_box", "contents"]

PASTE = "\tDelivery\tQuality\tPrice\nWeight\t50\t30\t20\nOffer A\t7\t8\t5\nOffer B\t6\t9\t4"


def bring_in_box(work: DataEditor) -> None:
    """The box that takes files and copied cells, with what it makes of them."""
    brought = work.brought
    box = st.expander(
        "Bring in a file or copied cells",
        icon=":material/upload_file:",
        key=work.box,
        on_change="rerun",
    )
    with box:
        if not box.open:
            return
        key = f"data-upload-{brought.count}"
        files = st.file_uploader(
            literal(f"Any table of what you compare by what it is judged on ({_listed()})"),
            type=[*ENDINGS],
            accept_multiple_files=True,
            key=key,
            on_change=work.bring,
            args=(key,),
        )
        paste = f"data-paste-{brought.count}"
        pasted = st.text_area(
            "Or paste cells copied from Excel or Sheets",
            key=paste,
            height=120,
            placeholder=PASTE,
            on_change=work.paste,
            args=(paste,),
            help="With the names beside and above the numbers. Options in rows or in columns, weights or none.",
        )
        st.download_button(
            "Download the template",
            template_workbook,
            file_name="valuemix-template.xlsx",
            key="data-template",
            icon=":material/download:",
            on_click="ignore",
            help="A workbook that explains itself, with a small example to overwrite. No table has to look like it.",
        )
        read = [*newest(files)]
        if len(read) < len(files):
            st.caption(literal(f"{visible(', '.join(read))} counts; what was brought in before is left out."))
        if files or pasted:
            _brought(work, is_file=bool(files))


def _brought(work: DataEditor, *, is_file: bool) -> None:
    """What was made of what came in."""
    brought = work.brought
    if brought.refused and brought.found is None:
        where = "in the file, save it, and bring it again." if is_file else "in the sheet or in the box."
        st.error(literal(f"Nothing was imported. Mend these {where}"))
        problem_list(brought.refused)
        if brought.unread is not None:
            unread_table(brought.unread)
    elif not brought.is_ours:
        table_reading(brought)
        _import(work)
    elif brought.scenario is not None:
        told = f"Read and valid. {contents(brought.scenario)}."
        st.success(literal(told), icon=":material/check_circle:")
        if brought.notices:
            problem_list(brought.notices)
        _import(work)


def _listed() -> str:
    *most, last = (f".{ending}" for ending in ENDINGS)
    return f"{', '.join(most)} or {last}"


def _import(work: DataEditor) -> None:
    """The ways from what was brought in to a scenario."""
    brought = work.brought
    if brought.scenario is None:
        st.button("Cancel", key="data-cancel", on_click=brought.cancel)
        return
    there, filled = brought.namesake(), brought.filled()
    with st.container(horizontal=True, vertical_alignment="center"):
        if filled is not None:
            st.button(
                f"Put the scores into {literal(filled.name)}",
                key="data-fill",
                type="primary",
                on_click=work.fill,
                help="Scores that are not given stay. A range that no longer holds its score is left out.",
            )
        if there is not None:
            st.button(
                f"Update {literal(there.name)}",
                key="data-update",
                type="primary",
                on_click=work.update,
                args=(there.id,),
                help="It becomes an unsaved edit of the saved scenario. What is saved now stays in its history.",
            )
        st.button(
            "Import as new" if there or filled else "Import",
            key="data-open",
            type="secondary" if there or filled else "primary",
            on_click=work.open,
        )
        st.button("Cancel", key="data-cancel", on_click=brought.cancel)
        st.caption("Nothing has changed yet. The scenario that is open now stays one Undo away.")


def contents(scenario: Scenario) -> str:
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
