"""New case: a scenario of one's own from nothing but lists of names, in a dialog that any page opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from valuemix.errors import Problem, ProblemsError
from valuemix.exhibits.words.formats import percents
from valuemix.exhibits.words.wording import count, joined, short_names
from valuemix.files.tables.name_lists import NameList, names_in, new_case, segments_in, usual
from valuemix.model.names import MAX_NAME
from valuemix.ui.literal_text import literal
from valuemix.ui.session.state import bind, kept, value
from valuemix.ui.session.tab import Session, session
from valuemix.ui.widgets.data_editor import data_editor

__all__ = ["NewCase", "new_case_button", "new_case_of"]

SCORES = "scores"
NAMED = 8
"""Segments whose shares are told; of more it says how many there are."""


@dataclass
class NewCase:
    """What was typed for a new case in this browser tab: it stays when the dialog is closed.

    Attributes
    ----------
    session : Session
        Where the case becomes the open scenario.
    is_open : bool
        Whether the dialog is open.
    texts : dict of str to str
        The name, the list of propositions and that of segments.
    rows : list of (str, str, str)
        Disciplines with what the ends of the scale mean.
    scale : (float, float)
    problems : tuple of Problem
        What has to be mended before the case can start.
    """

    session: Session
    is_open: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, str, str]] = field(default_factory=usual)
    scale: tuple[float, float] = (0.0, 10.0)
    problems: tuple[Problem, ...] = ()
    started: int = 0

    @property
    def grid(self) -> str:
        """Key of the grid of disciplines."""
        return f"new-case-disciplines-{self.started}"

    def open(self) -> None:
        """Open the dialog, with what was typed before."""
        self.is_open = True
        self.texts.setdefault("name", self.session.files.store.free_name("Our case"))

    def type(self, what: str, key: str) -> None:
        """Keep what was typed."""
        self.texts[what] = str(value(key) or "")
        self.problems = ()

    def measure(self, keys: tuple[str, str]) -> None:
        """Keep the ends of the scale."""
        lowest, highest = (float(value(key)) for key in keys)
        self.scale = (lowest, highest)
        self.problems = ()

    def leave(self) -> None:
        """Close the dialog; what was typed is there when it is opened again."""
        self.is_open, self.rows, self.problems = False, self._rows(), ()
        self.started += 1

    def from_table(self) -> None:
        """Close the dialog and go to the box that takes any table."""
        self.leave()
        data_editor(self.session).open_box()

    def start(self) -> None:
        """Make the case the open scenario and go to its scores; or say what has to be mended."""
        rows = self._rows()
        try:
            scenario = new_case(
                self.texts.get("name", ""), self.texts.get("propositions", ""), self.texts.get("segments", ""),
                rows, self.scale,
            )  # fmt: skip
        except ProblemsError as error:
            self.problems = error.problems
            return
        self.session.files.start_case(scenario)
        data_editor(self.session).show(SCORES)
        self.is_open, self.texts, self.rows, self.scale, self.problems = False, {}, usual(), (0.0, 10.0), ()
        self.started += 1

    def _rows(self) -> list[tuple[str, str, str]]:
        """Disciplines with the edits in the grid."""
        edits: Mapping[str, Any] = value(self.grid) or {}
        frame = _frame(self.rows)
        for place, cells in edits.get("edited_rows", {}).items():
            frame.loc[frame.index[int(place)], [*cells]] = [*cells.values()]
        gone = [frame.index[place] for place in edits.get("deleted_rows", ())]
        added = [[row.get(column) for column in frame.columns] for row in edits.get("added_rows", ())]
        rows = [*frame.drop(index=gone).to_numpy().tolist(), *added]
        return [(str(a or ""), str(b or ""), str(c or "")) for a, b, c in rows]


def new_case_of(now: Session) -> NewCase:
    """What was typed for a new case in this browser tab."""
    return kept("new-case", lambda: NewCase(now))


def new_case_button(now: Session, page: str) -> None:
    """The button that opens the dialog, and the dialog while it is open."""
    work = new_case_of(now)
    st.button(
        "New case",
        key=f"{page}-new-case",
        icon=":material/add:",
        on_click=work.open,
        help="Start one of your own: a list of names is enough.",
    )
    if work.is_open:
        _dialog()


def _left() -> None:
    new_case_of(session()).leave()


@st.dialog("New case", width="large", on_dismiss=_left)
def _dialog() -> None:
    work = new_case_of(session())
    if not work.is_open:
        st.rerun()
    _text(work, "name")
    offered, served = st.columns(2)
    with offered:
        _list(work, "propositions", "What you offer, one a line", "Fast delivery\nGreen line\nNamed engineer")
        _told(names_in(work.texts.get("propositions", "")), _counted)
    with served:
        _list(
            work,
            "segments",
            "Segments with sizes, one a line; blank for everyone",
            "Enterprise 60\nSmall business 40",
        )
        _told(segments_in(work.texts.get("segments", "")), _shares)
    _disciplines(work)
    for problem in work.problems:
        st.error(literal(str(problem)), icon=":material/error:")
    with st.container(horizontal=True):
        st.button("Start the case", key="new-case-start", type="primary", on_click=work.start)
        st.button(
            "From a table instead",
            key="new-case-table",
            icon=":material/upload_file:",
            on_click=work.from_table,
            help="Any file or copied cells with scores in them; what is typed here stays.",
        )
    st.caption(
        "Nothing is scored at the start and all weights are equal. What is open now stays one Undo away."
    )


def _text(work: NewCase, what: str) -> None:
    key = bind("new-case-name", work.texts.get(what, ""))
    st.text_input(
        "Name of the case",
        key=key,
        persist_state="session",
        max_chars=MAX_NAME,
        on_change=work.type,
        args=(what, key),
    )


def _list(work: NewCase, what: str, label: str, example: str) -> None:
    key = bind(f"new-case-{what}", work.texts.get(what, ""))
    st.text_area(
        literal(label),
        key=key,
        persist_state="session",
        height=180,
        placeholder=example,
        on_change=work.type,
        args=(what, key),
    )


def _told(found: NameList, summary: Any) -> None:
    """What a list was read as, so that nothing is guessed in silence."""
    st.caption(literal(" ".join([summary(found), *found.notices])))


def _counted(found: NameList) -> str:
    return f"{count(len(found.lines), 'proposition').capitalize()}." if found.lines else ""


def _shares(found: NameList) -> str:
    """Shares of the segments, as their sizes make them."""
    sizes = np.array([line.size or 0.0 for line in found.lines])
    if len(sizes) > NAMED or found.problems or not sizes.sum():
        return f"{count(len(sizes), 'segment').capitalize()}."
    shares = percents((sizes / sizes.sum()).tolist())
    told = [f"{name} {share}" for name, share in zip(short_names(found.names), shares, strict=True)]
    return f"{joined(told)} of all."


def _disciplines(work: NewCase) -> None:
    with st.expander("Disciplines and what their scores mean", icon=":material/tune:", key="new-case-more"):
        st.caption("What propositions are scored on. Rename, add or delete any; two are needed at least.")
        columns = {
            "name": st.column_config.TextColumn("Discipline", required=True),
            "lowest": st.column_config.TextColumn("The lowest score means"),
            "highest": st.column_config.TextColumn("The highest score means"),
        }
        st.data_editor(
            _frame(work.rows), key=work.grid, num_rows="dynamic", hide_index=True, column_config=columns,
            alt="Disciplines of the new case, to be edited",
        )  # fmt: skip
        ends = ("Lowest score", "Highest score")
        keys = (bind("new-case-lowest", work.scale[0]), bind("new-case-highest", work.scale[1]))
        for column, label, key in zip(st.columns(2), ends, keys, strict=True):
            column.number_input(
                label,
                key=key,
                persist_state="session",
                step=1.0,
                format="%g",
                on_change=work.measure,
                args=(keys,),
            )


def _frame(rows: Sequence[tuple[str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame([*rows], columns=["name", "lowest", "highest"], dtype=object)
