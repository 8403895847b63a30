"""Parts that pages are made of: the header, linked sliders, exhibits, problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from valuemix.charts.sentences import Sentences
from valuemix.charts.table import Table
from valuemix.errors import Problem, ValuemixError, briefly
from valuemix.exhibits import Exhibit
from valuemix.exhibits.words.wording import capital
from valuemix.glossary import meaning
from valuemix.model.parts import Slide
from valuemix.screen.frame import SCREEN_INSIDE
from valuemix.screen.html.markup import Markup, element
from valuemix.screen.html.table import SORT_TABLES
from valuemix.screen.kinds import is_wide
from valuemix.ui.literal_text import literal
from valuemix.ui.look import follow_look, skin
from valuemix.ui.session.browser.person import MAX_PERSON, keep_name
from valuemix.ui.session.deck_actions import deck_button
from valuemix.ui.session.size_limit import size_problem
from valuemix.ui.session.start import scenario_labels
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session, session
from valuemix.ui.widgets.banners import banners, link_box, unscored
from valuemix.ui.widgets.new_case import new_case_button
from valuemix.ui.widgets.tables import html_table

__all__ = ["exhibit", "finding", "header", "missing_scores", "page_edge", "problem_list"]

MANY_PROBLEMS = 8
"""More than these scroll in a box of their own."""
NEED_SCORES = ("tradeoffs", "robustness", "customers")
"""Pages that have nothing to show before anything is scored."""
HIDDEN_BUTTONS = ("zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d")
CHART_CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "responsive": True,
    "modeBarButtonsToRemove": [*HIDDEN_BUTTONS],
    "toImageButtonOptions": {"format": "png", "scale": 3},
}
_SORT = st.components.v2.component("valuemix.sort_tables", js=f"{SORT_TABLES}export default sortTables;")


@contextmanager
def page_edge() -> Iterator[None]:
    """Show a user's mistake as a message; let a bug through to the log."""
    try:
        yield
    except ValuemixError as error:
        names = {part.id: part.name for part in session().scenario.disciplines}
        st.error(literal(briefly(error, names)), icon=":material/error:")


def finding(shown: Exhibit, key: str = "", slide: Slide | None = None, *, drawn: bool = True) -> None:
    """The finding as a heading with its subtitle, and the button that takes it to the deck.

    Where its chart is not `drawn` below, source and notes stand in place of the subtitle, which tells of the chart.
    """
    st.subheader(literal(shown.finding), anchor=False)
    told = shown.subtitle if drawn else _foot(shown, key)
    if slide is None:
        st.caption(literal(told))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(literal(told))
        deck_button(session(), slide, key)


def exhibit(shown: Exhibit, key: str, slide: Slide | None = None) -> None:
    """A whole exhibit: finding, subtitle, chart, source and notes; with its slide it can be collected."""
    finding(shown, key, slide)
    if isinstance(shown.chart, Sentences):
        _sentences(shown.chart)
        foot(shown, key)
        return
    if isinstance(shown.chart, Table):
        html_table(shown.chart, shown.subtitle)
    else:
        _figure(shown, key)
    foot(shown, key)
    numbers(shown, key)


def _figure(shown: Exhibit, key: str) -> None:
    """Figure as wide as the page, or wider where its kind needs that; the page scrolls it then."""
    with st.container(key=f"{key}-frame"):
        if is_wide(shown.chart):
            frame = f".st-key-{key}-frame"
            rules = f"{frame}{{overflow-x:auto}}{frame}>*{{min-width:{SCREEN_INSIDE}px}}"
            st.html(element("style", Markup(rules)))
        st.plotly_chart(shown.figure_in(skin()), key=key, theme=None, config=CHART_CONFIG, alt=shown.alt)


def _sentences(chart: Sentences) -> None:
    """Sentences as text, which a screen reader reads and a browser breaks into lines."""
    for part, sentence in chart.rows:
        head, body = st.columns([1, 4])
        head.caption(literal(part))
        body.markdown(literal(sentence))


def numbers(shown: Exhibit, key: str) -> None:
    """The table behind a chart with full precision, drawn when it is opened."""
    with st.expander("Numbers", type="compact", key=f"{key}-numbers", on_change="rerun") as box:
        if box.open:
            st.dataframe(
                shown.table, hide_index=True, key=f"{key}-table", alt=f"Numbers behind: {shown.finding}"
            )


def foot(shown: Exhibit, key: str) -> None:
    """Source and notes of an exhibit, but for what stands under one above it on the page."""
    if told := _foot(shown, key):
        st.caption(literal(told))


def _foot(shown: Exhibit, key: str) -> str:
    said = session().view.said
    left = (text for text in (f"Source: {shown.source}", *shown.notes) if said.setdefault(text, key) == key)
    return capital(" · ".join(left))


def header(page: str) -> Session:
    """The bar above every page: which scenario, whether it is saved, undo, redo, save.

    Below it the page ends where the scenario is too large for the pages, or has no score that it could show.

    Parameters
    ----------
    page : str
        Prefix of the keys of its widgets.

    Returns
    -------
    Session
        What this browser tab holds.
    """
    now = session()
    now.view.said.clear()
    now.view.arrive(page, st.query_params.to_dict(), now.scenario.segment_names)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _scenario_choice(now, page)
        new_case_button(now, page)
        _status(now)
        st.space("stretch")
        _step_buttons(now, page)
        _save_buttons(now, page)
        link_box(now, page)
        keep_name(now.files.person)
        _SORT(key="sort-tables", width="content")
        follow_look()
    now.files.follow()
    now.files.keep_address(page)
    _messages(now, page)
    if now.files.wanted:
        _ask_before_opening()
    told = size_problem(now.scenario)
    if told and page != "scenarios":  # where another one can be opened, and this one looked after
        st.error(literal(told), icon=":material/error:")
        st.stop()
    if page in NEED_SCORES and missing_scores(now):
        st.stop()
    return now


def missing_scores(now: Session) -> bool:
    """Say in place of findings that nothing is scored yet; whether that is so."""
    gap, way_out = unscored(now.scenario)
    if gap:
        st.subheader(literal(gap), anchor=False)
        st.caption(literal(way_out))
    return bool(gap)


def _scenario_choice(now: Session, page: str) -> None:
    names = _scenario_labels(now)
    options = [*names]
    current = now.edits.saved.id if now.edits.saved else ""
    key = bind(f"{page}-scenario", current, names[current])
    st.selectbox(
        "Scenario",
        options,
        format_func=lambda chosen: names[chosen],
        key=key,
        persist_state="session",
        on_change=now.files.open,
        args=(key,),
        width=200,
        help=meaning("scenario"),
    )


def _stay() -> None:
    session().files.stay()


@st.dialog("Unsaved changes", on_dismiss=_stay)
def _ask_before_opening() -> None:
    """Ask what becomes of the unsaved changes before another scenario is opened."""
    now = session()
    files = now.files
    if not files.wanted:
        st.rerun()
    name, other = now.scenario.name, _scenario_labels(now).get(files.wanted, files.wanted)
    what = "is not saved yet" if now.edits.saved is None else "has changes that are not saved"
    st.write(
        literal(
            f"{name} {what}. What becomes of {'it' if now.edits.saved is None else 'them'} when {other} opens?"
        )
    )
    by = _person_box("leave-by") if files.person.is_to_be_asked else ""
    st.button("Save, then open", key="leave-save", type="primary", on_click=files.leave_by_saving, args=(by,))
    st.button(
        "Keep for later, then open",
        key="leave-keep",
        on_click=files.leave_aside,
        help="Offered above every page until it is taken up or discarded.",
    )
    st.button(
        "Discard, then open",
        key="leave-discard",
        on_click=files.leave_behind,
        help="Undo brings it back while this tab is open.",
    )
    st.button("Stay here", key="leave-stay", on_click=files.stay)


def _scenario_labels(now: Session) -> dict[str, str]:
    """Label of each scenario by its id, the open one included; no two alike, as the browser tells them by label."""
    names = scenario_labels(now.files.entries)
    current = now.edits.saved.id if now.edits.saved else ""
    if current not in names:
        where = "deleted" if now.edits.saved else "not saved"
        names = {current: f"{now.edits.baseline.name} ({where})", **names}
    return names


def _status(now: Session) -> None:
    if now.edits.saved is None:
        st.badge("Not saved yet", color="orange")
    elif now.edits.changed:
        st.badge("Unsaved changes", color="orange")
    elif now.edits.saved.id not in {entry.id for entry in now.files.entries}:
        st.badge("Deleted", color="orange")
    else:
        st.badge("Saved", icon=":material/check:", color="gray")


def _step_buttons(now: Session, page: str) -> None:
    edits, step = now.edits, now.edits.history.present.step
    st.button(
        "Undo",
        key=f"{page}-undo",
        disabled=not edits.history.can_undo,
        on_click=edits.undo,
        help=f"Takes back: {literal(step)}" if step else None,
    )
    st.button("Redo", key=f"{page}-redo", disabled=not edits.history.can_redo, on_click=edits.redo)
    st.button(
        "Reset",
        key=f"{page}-reset",
        help="Takes back every change since it was opened or saved. This can be undone.",
        disabled=not edits.edited,
        on_click=edits.reset,
    )


def _save_buttons(now: Session, page: str) -> None:
    if now.files.person.is_to_be_asked:
        with st.popover("Save", key=f"{page}-save-box", type="primary", disabled=not now.edits.changed):
            key = _person_box(f"{page}-save-by")
            _save_button(now, page, "Save now", key)
    else:
        _save_button(now, page, "Save")
    box = f"{page}-save-new"
    with st.popover("Save as new", key=box, on_change="rerun"):
        key = f"{page}-new-name"
        st.text_input("Name of the new scenario", key=key, max_chars=200, placeholder="Purpose-led")
        by = _person_box(f"{page}-save-new-by") if now.files.person.is_to_be_asked else ""
        st.button(
            "Save as new",
            key=f"{page}-save-new-go",
            type="primary",
            on_click=now.files.save_new,
            args=(key, box, by),
        )


def _save_button(now: Session, page: str, label: Literal["Save", "Save now"], person_key: str = "") -> None:
    st.button(
        literal(label),
        key=f"{page}-save",
        type="primary",
        disabled=not now.edits.changed,
        on_click=now.files.save,
        args=(person_key,),
    )


def _person_box(key: str) -> str:
    """Ask who saves; returns the key of the box."""
    st.text_input(
        "Your name",
        key=key,
        max_chars=MAX_PERSON,
        help="Stands beside what you save, so that others know who it was. This browser keeps it; "
        "left blank, it says someone.",
    )
    return key


def _messages(now: Session, page: str) -> None:
    if now.view.told.message:
        st.error(literal(now.view.told.message), icon=":material/error:")
    if now.view.told.done:
        st.toast(literal(now.view.told.done), icon=":material/check_circle:")
        now.view.told.done = ""
    banners(now, page)


def problem_list(problems: Sequence[Problem]) -> None:
    """Problems of an input, one a row: where, what, what to do; notices are marked among problems."""
    mixed = len({problem.notice for problem in problems}) > 1
    rows = {
        "Where": [literal(str(problem.place)) for problem in problems],
        "What": [_marked(problem, mixed=mixed) for problem in problems],
        "What to do": [literal(problem.mend) for problem in problems],
    }
    with st.container(height=420 if len(problems) > MANY_PROBLEMS else "content", border=False):
        st.table(
            rows,
            hide_index=True,
            border="horizontal",
            alt="Problems of the input, each with its place and what to do",
        )


def _marked(problem: Problem, *, mixed: bool) -> str:
    mark = "Only to know: " if problem.notice and mixed else ""
    return mark + literal(problem.message[:1].upper() + problem.message[1:])
