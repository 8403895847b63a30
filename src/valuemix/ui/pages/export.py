"""The Export page: order what was collected, see it as it will look, and make the files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from valuemix.errors import ValuemixError
from valuemix.exhibits import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.opening import SECTIONS
from valuemix.exhibits.slides import exhibits_on, slide_of, titled
from valuemix.export.pptx.preview import preview
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal
from valuemix.ui.session.comparison_state import finder, labels
from valuemix.ui.session.deck_actions import (
    collected,
    compared,
    dropped,
    framed,
    is_framed,
    moved,
    slides_of,
    usual_slides,
    with_section,
    worded,
)
from valuemix.ui.session.file_maker import file_maker
from valuemix.ui.session.state import bind
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import CHART_CONFIG, HIDDEN_BUTTONS, header, page_edge
from valuemix.ui.widgets.decks.updating import deck_updater
from valuemix.ui.widgets.exhibit_cache import shown_on
from valuemix.ui.widgets.presentation import present_button
from valuemix.ui.widgets.preview import page_frame, slide_frame

__all__ = ["page"]

LIST_WIDTH, LIST_HEIGHT = 400, 446
PREVIEW_WIDTH = 830
"""With the list they fill a window of 1440 and fit one of 1024 below each other."""


@st.fragment(key="export")
def page() -> None:
    """Draw the page."""
    now = header("export")
    with page_edge():
        slides = now.scenario.deck
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader(literal(_heading(now)), anchor=False)
            present_button("export")
        if slides:
            _slides(now)
        else:
            _start(now)
        _add(now)
        st.subheader("Make the files", anchor=False)
        file_maker(now, partial(_everything, now))
        with page_edge():
            deck_updater(now)


def _heading(now: Session) -> str:
    slides, edits = now.scenario.deck, now.edits
    if not slides:
        return "Nothing is collected for the deck yet"
    once = "" if edits.saved and slides == edits.baseline.deck else " once it is saved"
    return f"{len(slides)} slide{'' if len(slides) == 1 else 's'}, kept with the scenario{once}"


def _start(now: Session) -> None:
    st.caption(
        "Use To deck beside any chart, or start with the usual slides: the answer, who leads where and why, "
        "how safe it is, and the inputs. Without any choice the files below hold these as well."
    )
    st.button("Start with the usual slides", key="export-usual", on_click=now.edits.edit, args=(_usual(now),))


def _usual(now: Session) -> Callable[[Scenario], Scenario]:
    slides = tuple(usual_slides(now))
    return lambda scenario: scenario.replace(deck=slides)


def _everything(now: Session) -> list[Exhibit]:
    """What goes into a file."""
    return exhibits_on(now.scenario, slides_of(now), finder(now))


# ---------------------------------------------------------------------- the slides


def _slides(now: Session) -> None:
    made = [_exhibit_or_problem(now, slide) for slide in now.scenario.deck]
    with st.container(horizontal=True, gap="medium"):
        with st.container(width=LIST_WIDTH):
            place = _list(now, made)
            _order(now, place)
        with st.container(width=PREVIEW_WIDTH):
            own = made[place]
            if isinstance(own, Exhibit):
                _preview(now, made, place)
                _wording(now, place, own)
            else:
                st.warning(literal(f"This slide cannot be made: {own}"), icon=":material/warning:")


def _exhibit_or_problem(now: Session, slide: Slide) -> Exhibit | str:
    try:
        return shown_on(now, slide)
    except ValuemixError as error:
        return str(error)


def _list(now: Session, made: Sequence[Exhibit | str]) -> int:
    slides = now.scenario.deck
    labels_ = [f"{place}. {_label(slide)}" for place, slide in enumerate(slides, start=1)]
    captions = [
        literal(slide.title or each.finding if isinstance(each, Exhibit) else f"Cannot be made: {each}")
        for slide, each in zip(slides, made, strict=True)
    ]
    chosen = min(now.view.slide, len(slides) - 1)
    with st.container(height=LIST_HEIGHT, border=True):
        place = st.radio(
            "Slides",
            range(len(slides)),
            format_func=lambda i: literal(labels_[i]),
            captions=captions,
            key=bind("export-place", chosen, labels_[chosen]),
            persist_state="session",
            on_change=now.view.choose_slide,
            args=("export-place",),
            label_visibility="collapsed",
        )
    return place if place in range(len(slides)) else chosen


def _label(slide: Slide) -> str:
    kind = KINDS.get(slide.exhibit)
    of = [slide.options[name] for name in ("segment", "proposition", "other") if name in slide.options]
    return " · ".join([kind.label if kind else slide.exhibit, *of])


def _order(now: Session, place: int) -> None:
    last = len(now.scenario.deck) - 1
    with st.container(horizontal=True, gap="small"):
        for label, key, by, off in (
            ("Earlier", "earlier", -1, place == 0),
            ("Later", "later", 1, place == last),
        ):
            st.button(
                literal(label),
                key=f"export-{key}",
                disabled=off,
                on_click=now.edits.move_slide,
                args=(partial(moved, place=place, by=by), place + by),
            )
        st.button(
            "Take out",
            key="export-drop",
            on_click=now.edits.move_slide,
            args=(partial(dropped, place=place), max(0, min(place, last - 1))),
        )
        if not is_framed(now.scenario):
            st.button(
                "Add summary and inputs",
                key="export-frame",
                on_click=now.edits.move_slide,
                args=(framed, place + ("summary" not in {s.exhibit for s in now.scenario.deck})),
                help="The answer in short comes first, weights, sizes and scores last.",
            )


def _preview(now: Session, made: Sequence[Exhibit | str], place: int) -> None:
    """The slides of one exhibit as they stand in the deck, and its picture where that is asked for."""
    slides = zip(now.scenario.deck, made, strict=True)
    shown = {i: titled(own, slide) for i, (slide, own) in enumerate(slides) if isinstance(own, Exhibit)}
    for page, each in enumerate(preview([*shown.values()], [*shown].index(place))):
        slide_frame(each, f"export-slide-{page}", {**CHART_CONFIG, "displayModeBar": False})
    with st.expander(
        "Save a picture", icon=":material/photo_camera:", key="export-one", on_change="rerun"
    ) as box:
        if box.open:
            _picture(place, shown[place])


def _picture(place: int, shown: Exhibit) -> None:
    kind = st.segmented_control(
        "The camera above the picture saves",
        ["PNG", "SVG"],
        default="PNG",
        required=True,
        format_func=literal,
        key="export-camera",
        persist_state="session",
    )
    config = {
        **CHART_CONFIG,
        "displayModeBar": True,
        "modeBarButtonsToRemove": [*HIDDEN_BUTTONS, "resetScale2d"],
        "toImageButtonOptions": {"format": str(kind).lower(), "scale": 3, "filename": f"slide-{place + 1}"},
    }
    with page_frame("export-picture"):
        st.plotly_chart(
            shown.figure, key="export-whole", width="content", theme=None, config=config, alt=shown.alt
        )


def _wording(now: Session, place: int, own: Exhibit) -> None:
    slide = now.scenario.deck[place]
    for field, label, hint in (
        ("title", "Title", own.finding),
        ("source", "Source", own.source),
    ):
        key = bind(f"export-{field}-{place}", getattr(slide, field))
        st.text_input(
            literal(label),
            key=key,
            persist_state="session",
            placeholder=hint,
            max_chars=300,
            on_change=now.edits.write,
            args=(partial(worded, place=place, field=field), key),
            help="In place of the exhibit's own; empty for its own, which follows the numbers.",
        )


# ---------------------------------------------------------------------- more of them


def _add(now: Session) -> None:
    with st.expander("Add an exhibit", icon=":material/add:", key="export-add", on_change="rerun") as box:
        if not box.open:
            return
        _section(now)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(
                "Exhibit",
                [*KINDS],
                format_func=lambda key: f"{KINDS[key].page}: {KINDS[key].label}",
                key="export-exhibit",
                width=360,
            )
            options = {name: _ASKED[name](now) for name in KINDS[chosen].options if name in _ASKED}
        slide = slide_of(chosen, **options)
        if KINDS[chosen].compares and not options["scenarios"]:
            st.caption("Choose at least one other scenario.")
            return
        st.button(
            "Add",
            key="export-add-go",
            type="primary",
            on_click=now.edits.edit,
            args=(partial(collected, slide=slide, find=finder(now)), "Added as the last slide"),
        )


def _section(now: Session) -> None:
    """A whole section: its usual slides, or all of it that has something to show."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        section = st.selectbox(
            "Section",
            SECTIONS,
            key="export-section",
            width=360,
            help="Its usual slides; of a section that has none all that have something to show. "
            "Comparisons are with the scenarios chosen on the Compare page.",
        )
        st.button(
            "Add the section",
            key="export-section-go",
            on_click=now.edits.edit,
            args=(
                partial(with_section, section=section, others=compared(now)),
                "Added as the last slides",
            ),
        )


def _segment(now: Session) -> str | None:
    names = [None, *now.scenario.segment_names]
    return st.selectbox(
        "Segment", names, format_func=lambda n: n or "All segments", key="export-segment", width=220
    )


def _discipline(now: Session, label: str, key: str, first: int) -> str:
    ids, names = now.scenario.discipline_ids, now.scenario.discipline_names
    place = st.selectbox(
        literal(label),
        range(len(ids)),
        index=min(first, len(ids) - 1),
        format_func=lambda i: names[i],
        key=key,
        width=220,
    )
    return ids[place]


def _proposition(now: Session) -> str:
    return str(
        st.selectbox("Proposition", now.scenario.proposition_names, key="export-proposition", width=260)
    )


def _scenarios(now: Session) -> str:
    names = [*labels(now).values()]
    chosen = st.multiselect("Compared with", names, key="export-scenarios", width=360)
    return "\n".join(chosen)


_ASKED: dict[str, Callable[[Session], str | None]] = {
    "segment": _segment,
    "discipline": lambda now: _discipline(now, "Weight", "export-discipline", 0),
    "second_discipline": lambda now: _discipline(now, "Second weight", "export-second", 1),
    "proposition": _proposition,
    "scenarios": _scenarios,
}
