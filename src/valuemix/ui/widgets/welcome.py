"""The first minute: one line for who has moved no weight yet."""

from __future__ import annotations

import streamlit as st

from valuemix.ui.session.browser.cookies import cookie, keep_cookie
from valuemix.ui.session.tab import Session

__all__ = ["keep_first_move", "welcome"]

COOKIE = "valuemix_moved"


def welcome() -> None:
    """What this is and what to do; after the first move it is gone from this browser's next visit on.

    It stays until then: the desk must not move away from under the hand that moves a weight.
    """
    if not cookie(COOKIE):
        st.markdown(
            "**valuemix** weighs customer value propositions, segment by segment. "
            "Move a weight: who leads, and when does that change?"
        )


def keep_first_move(now: Session) -> None:
    """Have the browser remember the first move; at the end of a page, where it takes no room above anything."""
    if now.edits.ever_edited:
        keep_cookie(COOKIE, "yes")
