"""Names of the groups of pages: each stands before its first page, above the page and in the folded list."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from valuemix.screen.html.markup import Markup, element

__all__ = ["group_names"]

_TOP, _FOLDED = "[data-testid=stTopNav] > .rc-overflow-item", "[data-testid=stSidebarNavItems] > li"
_LOOK = "opacity: 0.7; font-size: 0.75rem; padding: 0 0.25rem 0 0.5rem"


def group_names(counts: Mapping[str, int]) -> None:
    """Write the name of each group before the first of its pages.

    Parameters
    ----------
    counts : mapping of str to int
        How many pages each group has, in their order.
    """
    rules, place = [f"{_TOP} {{ display: flex; align-items: center }}"], 1
    for name, count in counts.items():
        first = ", ".join(f"{pages}:nth-child({place})::before" for pages in (_TOP, _FOLDED))
        rules.append(f'{first} {{ content: "{name}"; {_LOOK} }}')
        place += count
    st.html(element("style", Markup("\n".join(rules))))
