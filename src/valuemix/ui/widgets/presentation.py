"""A presentation in the whole window: the bar that steps through its pages, and the ways there and back."""

from __future__ import annotations

from importlib import resources

import streamlit as st

from valuemix.screen.html.markup import Markup, element
from valuemix.ui.look import page_ground
from valuemix.ui.session.tab import Session

__all__ = [
    "PRESENT",
    "keep_presentation_address",
    "leave_presentation",
    "present_button",
    "presentation_bar",
    "presentation_look",
]

PRESENT, FROM = "present", "from"
"""Address of the page, and the part of the address that says where it was opened."""
DOORS = ("balance", "export")
"""Addresses of the pages that it is opened from; without any it leaves to the first."""


def _text(name: str) -> str:
    return resources.files("valuemix.ui").joinpath("static", "present", name).read_text(encoding="utf-8")


_LOOK = Markup(_text("presentation.css"))
_BAR = st.components.v2.component(
    "valuemix.present",
    html=_text("bar.html"),
    css=_text("bar.css"),
    js=_text("present.js"),
)


def present_button(page: str) -> None:
    """Button that opens the Present page, which comes back to this one."""
    pressed = st.button(
        "Present",
        key=f"{page}-present",
        icon=":material/slideshow:",
        help="The slides one at a time in the whole window, the desk after the last. "
        "Arrow keys step, Escape leaves.",
    )
    if pressed:
        st.switch_page(_page_at(PRESENT), query_params={FROM: page})


def keep_presentation_address(now: Session) -> None:
    """Keep the address of the page in step; which slide is shown, the browser writes there itself."""
    address = st.query_params.to_dict()
    now.view.arrive(PRESENT, address, now.scenario.segment_names)
    now.view.chosen |= {f"{PRESENT}-{name}": address.get(name, "") for name in (FROM, "slide")}
    now.files.keep_address(PRESENT)


def presentation_look() -> None:
    """Have the presentation fill the window; of its pages the one that the bar chooses is shown."""
    st.html(element("style", Markup(f".st-key-presentation{{{page_ground()}}}"), _LOOK))


def presentation_bar() -> bool:
    """The bar that steps through slides and desk; whether it was left."""
    return bool(_BAR(key="presentation-bar", on_leave_change=lambda: None).leave)


def leave_presentation() -> None:
    """Go back to the page that Present was opened from."""
    wanted = st.query_params.get(FROM)
    st.switch_page(_page_at(wanted if wanted in DOORS else DOORS[0]))


def _page_at(address: str) -> st.Page:
    """The page of an address, by which alone Streamlit tells pages of functions apart."""
    return st.Page(lambda: None, title=address, url_path=address)
