"""The first minute: one line for who has moved no weight yet."""

from __future__ import annotations

import streamlit as st

from valuemix.ui.session.browser.cookies import cookie, keep_cookie
from valuemix.ui.session.tab import Session

__all__ = ["welcome"]

COOKIE = "valuemix_moved"


def welcome(now: Session) -> None:
    """What this is and what to do; gone for good, in this browser, with the first move."""
    if now.edits.ever_edited:
        keep_cookie(COOKIE, "yes")
    elif not cookie(COOKIE):
        st.markdown(
            "**valuemix** weighs customer value propositions, segment by segment. "
            "Move a weight: who leads, and when does that change?"
        )
