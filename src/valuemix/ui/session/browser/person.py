"""Who works in a browser: known by the login, or by a name that the browser keeps in a cookie.

The name stands beside what is saved; it opens nothing. It is not in the address of the page, which
would sign the saves of everyone whom the address is sent to.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from valuemix.errors import EditError
from valuemix.model.names import clean_name, forbidden_character
from valuemix.ui.session.browser.cookies import cookie, keep_cookie

__all__ = ["MAX_PERSON", "Person", "keep_name", "person"]

MAX_PERSON = 80
"""Letters of a name."""
COOKIE = "valuemix_name"


@dataclass
class Person:
    """Who works in a browser tab.

    Attributes
    ----------
    name : str
        What stands beside a save; blank where unknown.
    has_login : bool
        Whether the name is that of a login, which nobody types over.
    is_asked : bool
        Whether the name was typed, or left blank, in this tab: a save asks once.
    """

    name: str = ""
    has_login: bool = False
    is_asked: bool = False

    @property
    def is_to_be_asked(self) -> bool:
        """Whether a save asks for the name."""
        return not (self.name or self.has_login or self.is_asked)

    def sign(self, typed: str) -> None:
        """Take a name that was typed; blank takes it away.

        Raises
        ------
        EditError
            Where it holds what no file could keep.
        """
        if self.has_login:
            return
        found = forbidden_character(clean_name(typed))
        if found:
            raise EditError(f"Your name holds {found}; type it again.")
        self.name, self.is_asked = _readable(typed), True


def person() -> Person:
    """Who this browser belongs to, as far as the login or its cookie tells."""
    if st.user.get("is_logged_in"):
        told = (_readable(str(st.user.get(claim) or "")) for claim in ("name", "preferred_username", "email"))
        return Person(next(filter(None, told), ""), has_login=True)
    return Person(_readable(cookie(COOKIE)))


def keep_name(who: Person) -> None:
    """Have the browser keep a name that was typed in this tab, for a year; draws nothing."""
    if who.is_asked:
        keep_cookie(COOKIE, who.name)


def _readable(text: str) -> str:
    """A name from outside as it can be saved; blank where it cannot."""
    name = clean_name(clean_name(text)[:MAX_PERSON])
    return "" if forbidden_character(name) else name
