"""How the page looks where Streamlit's theme alone would leave it hard to read."""

from __future__ import annotations

from typing import Literal

import streamlit as st

__all__ = ["follow_look", "page_ground", "skin"]

# The page knows the look that its browser shows by what light-dark() gives; the 1 ms tells when it is another one.
_LOOK = st.components.v2.component(
    "valuemix.look",
    html="<i></i>",
    css="i { position: absolute; color: light-dark(#fff, #000); transition: color 1ms }",
    js="""export default ({ data, parentElement, setStateValue }) => {
  const mark = parentElement.querySelector("i");
  const tell = () => {
    const shown = getComputedStyle(mark).color === "rgb(0, 0, 0)" ? "dark" : "light";
    if (shown !== mark.told) setStateValue("look", (mark.told = shown));
  };
  mark.told ??= data;
  mark.ontransitionend = tell;
}""",
)


def skin() -> Literal["light", "dark"]:
    """Name of the look that charts take: light or dark, as the browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def page_ground() -> str:
    """Style that names the ground of the page, in whichever look the browser shows it."""
    grounds = [st.get_option(f"theme.{look}.backgroundColor") for look in ("light", "dark")]
    return f"--page:light-dark({','.join(grounds)})" if all(grounds) else ""


def follow_look() -> None:
    """Run the page anew once its browser shows it in another look: a figure has colours of its own. Draws nothing."""
    _LOOK(key="look", data=skin(), on_look_change=_nothing, width="content")


def _nothing() -> None:
    """The run itself is what the change of the look is told for."""
