"""The files of the Export page: which one, on which template, made when asked and offered while it is true."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from valuemix.exhibits import Exhibit
from valuemix.export.picture import KINDS, PictureKind
from valuemix.ui.literal_text import literal
from valuemix.ui.session.file_building import FORMATS, DeckOptions, Made, make
from valuemix.ui.session.state import kept, value
from valuemix.ui.session.tab import Session

__all__ = ["file_maker"]

TEMPLATE_MB = 60
"""Templates of companies are full of pictures: more than the server takes of other files."""


def file_maker(now: Session, exhibits: Callable[[], list[Exhibit]]) -> None:
    """Choice of a file, the button that makes it, and the one that downloads it.

    Parameters
    ----------
    now : Session
    exhibits : callable
        Gives what goes into a file; called when one is made.
    """
    kind = st.segmented_control(
        "File",
        [*FORMATS],
        default="deck",
        required=True,
        format_func=lambda k: literal(f"{FORMATS[k].label} ({FORMATS[k].ending})"),
        key="export-kind",
        persist_state="session",
        label_visibility="collapsed",
    )
    st.caption(literal(FORMATS[kind].what))
    deck = _deck_options() if kind == "deck" else DeckOptions()
    picture = _picture_kind() if kind == "pictures" else KINDS[0]
    files: dict[str, Made] = kept("made", dict)
    recipe = (now.scenario, deck, picture)
    if st.button(
        f"Make the {literal(FORMATS[kind].label.lower())}", key=f"export-make-{kind}", type="primary"
    ):
        files[kind] = make(kind, now.scenario, exhibits(), deck=deck, picture=picture, recipe=recipe)
    _offer(kind, files.get(kind), recipe)


def _offer(kind: str, made: Made | None, recipe: tuple[object, ...]) -> None:
    if made is None:
        return
    if made.recipe != recipe:
        st.caption("The scenario has changed since the file was made: make it again.")
        return
    st.download_button(
        f"Download {literal(made.name)}",
        made.content,
        file_name=made.name,
        mime=FORMATS[kind].mime,
        key=f"export-download-{kind}",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(f"{len(made.content) / 1e6:.1f} MB")


def _deck_options() -> DeckOptions:
    """The company's template, which of its layouts, and words for the foot."""
    template = _template()
    with st.container(horizontal=True, gap="small"):
        footer = st.text_input(
            "Footer",
            key="export-footer",
            max_chars=120,
            width=360,
            persist_state="session",
            help="Stands at the foot of every slide, such as whom it is for.",
        )
        layout = (
            ""
            if template is None
            else st.text_input(
                "Layout of the template",
                key="export-layout",
                max_chars=120,
                width=360,
                persist_state="session",
                help="Name of the layout that exhibits stand on; empty for the one that suits best.",
            )
        )
    agenda = st.checkbox(
        "Agenda",
        key="export-agenda",
        persist_state="session",
        help="A slide after the first says what the sections are.",
    )
    keeps = st.checkbox(
        "Keep the scenario in the file, with every score and name, so that the deck can be updated later",
        value=True,
        key="export-keep",
        persist_state="session",
        help="The file then holds also what no slide shows. Without it the deck is updated and computed anew "
        "only beside the scenario's own file.",
    )
    return DeckOptions(template, (layout or "").strip(), (footer or "").strip(), keeps, agenda)


def _template() -> bytes | None:
    """The company's own presentation, as long as the tab is open."""
    held: dict[str, bytes] = kept("template", dict)
    key = "export-template"
    given = st.file_uploader(
        "Company template, if there is one",
        type=["pptx", "potx"],
        key=key,
        max_upload_size=TEMPLATE_MB,
        on_change=_hold,
        args=(held, key),
        help="Its layouts, fonts and theme colours are used, its slides are left out. It stays on this machine.",
    )
    if given is None:  # a box that was drawn anew is empty, the template of this tab stays
        for name in held:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(literal(f"Template in use: {name}"))
                st.button("Use the plain one", key="export-plain", type="tertiary", on_click=held.clear)
    return next(iter(held.values()), None)


def _picture_kind() -> PictureKind:
    return (
        st.segmented_control(
            "Kind",
            KINDS,
            default=KINDS[0],
            required=True,
            format_func=lambda kind: literal(kind.upper()),
            key="export-picture",
        )
        or KINDS[0]
    )


def _hold(held: dict[str, bytes], key: str) -> None:
    held.clear()
    given = value(key)
    if given is not None:
        held[given.name] = given.getvalue()
