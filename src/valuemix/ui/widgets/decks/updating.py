"""A deck that people have edited, brought up to date with the open scenario and offered with what was changed."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from valuemix.charts.table import Column, Table, texts
from valuemix.decisions.folder import Kept
from valuemix.decisions.review import taken_on
from valuemix.errors import UnknownName
from valuemix.exhibits.documents.decisions import standing
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.words.wording import capital
from valuemix.export.pptx.update.anew import open_deck
from valuemix.export.pptx.update.changes import Change, summary_of
from valuemix.export.pptx.update.update import Updated, update
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.comparison_state import finder
from valuemix.ui.session.deciding import deciding
from valuemix.ui.session.file_building import FORMATS
from valuemix.ui.session.file_maker import TEMPLATE_MB
from valuemix.ui.session.start import scenario_labels
from valuemix.ui.session.state import kept
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.tables import html_table

__all__ = ["deck_updater"]


@dataclass(frozen=True)
class _Asked:
    """What a deck is updated from: another one means that what was made is out of date."""

    content: bytes
    scenarios: tuple[Scenario, ...]
    made_from: tuple[Scenario, ...]
    changes_slide: bool
    decisions: tuple[Kept, ...]


def deck_updater(now: Session) -> None:
    """The box that takes a deck, and gives it back up to date.

    Raises
    ------
    ValuemixError
        Where the file is no deck of ours, or cannot be updated.
    """
    with st.expander("Update a deck", icon=":material/sync:", key="export-update", on_change="rerun") as box:
        if not box.open:
            return
        given = st.file_uploader(
            "A deck that valuemix made, wherever it was edited since",
            type=["pptx"],
            key="export-update-file",
            max_upload_size=TEMPLATE_MB,
            help="Charts, tables, titles, texts and notes of ours become those of the open scenario. What people "
            "changed stays, and so do their slides and their order. The file on your disk is not touched.",
        )
        if given is None:
            return
        asked = _asked(now, given.getvalue())
        made: dict[_Asked, Updated] = kept("updated deck", dict)
        if st.button("Update the deck", key="export-update-go", type="primary"):
            made.clear()
            with st.spinner("Updating", show_time=False):
                made[asked] = update(**vars(asked))
        if asked in made:
            _offer(given.name, made[asked])


def _asked(now: Session, content: bytes) -> _Asked:
    """The deck beside the open scenario and those that it is compared with, as far as the folder holds them."""
    _, data = open_deck(content)
    find, others = finder(now), []
    named = (name for slide in data.slides for name in slide.options.get("scenarios", "").splitlines())
    for name in dict.fromkeys(filter(None, named)):
        try:
            others.append(find(name))
        except UnknownName:  # the deck keeps it
            continue
    made_from = () if data.scenarios else (find(_made_from(now)),)
    tells = st.checkbox(
        "Add a slide that says what changed",
        key="export-update-changes",
        help="The last slide: whether the decisions on record stand, who leads, overall values and findings, before "
        "and after. It stays as it is later.",
    )
    work = deciding()
    before = (data.scenarios or made_from)[0]
    taken = taken_on(work.records, work.file, [now.scenario, before])
    return _Asked(content, (now.scenario, *others), made_from, tells, taken)


def _made_from(now: Session) -> str:
    return str(
        st.selectbox(
            "The deck keeps no scenario. It was made from",
            [*scenario_labels(now.files.entries).values()],
            key="export-update-base",
            width=360,
            help="What stands in the deck is told from what people changed by the scenario that it was made from.",
        )
    )


def _offer(name: str, made: Updated) -> None:
    stand = f" {capital(standing(made.decisions))}." if made.decisions else ""
    st.markdown(literal(f"{summary_of(made.changes)}{stand}"))
    st.download_button(
        f"Download {literal(name)}",
        made.content,
        file_name=name,
        mime=FORMATS["deck"].mime,
        key="export-update-download",
        icon=":material/download:",
        on_click="ignore",
    )
    if made.changes:
        html_table(_table(made.changes), "What was changed in the deck")


def _table(changes: list[Change]) -> Table:
    left = {each: f"left: {each.after}" for each in changes if each.state == "left"}
    columns = {
        "Slide": [f"{each.slide} {_label(each)}, {each.what}" for each in changes],
        "What became of it": [left.get(each, _STATES[each.state]) for each in changes],
        "In the file": [each.before for each in changes],
        "Computed": ["" if each in left else each.after for each in changes],
    }
    return Table(tuple(Column(heading, texts(cells)) for heading, cells in columns.items()))


def _label(change: Change) -> str:
    kind = KINDS.get(change.exhibit or "")
    return kind.label if kind else _OTHERS.get(change.exhibit or "", "")


_OTHERS = {"opening": "Title slide", "agenda": "Agenda", "appendix": "Appendix", "changes": "New slide"}
_STATES = {"updated": "updated", "kept": "kept, changed by hand", "left": "left"}
