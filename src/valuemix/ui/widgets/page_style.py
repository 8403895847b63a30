"""Rules of style that Streamlit's theme has no setting for: names of groups of pages, and options."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from valuemix.screen.html.markup import Markup, element
from valuemix.screen.html.table import side_edge

__all__ = ["page_style"]

_TOP, _FOLDED = "[data-testid=stTopNav] > .rc-overflow-item", "[data-testid=stSidebarNavItems] > li"
_CHOSEN = "[data-testid=stMultiSelect] [data-tag] { background-color: #005A8E }"
"""The label of a chosen option is white in both looks, and the dark look's own blue too light for it."""
_FIRST = "[kind=primary]:not(:disabled) { color: light-dark(#FFF, #12171E) }"
"""The label of the button that is meant first: dark on the dark look's blue, which is too light for white."""
_HEADED = "[data-testid=stTable] tbody th + td { padding-left: 1rem !important }"
"""The first column of a table with names of rows stands below its heading, as the others do."""
_NARROW = """@media (641px <= width <= 1150px) {
  [data-testid=stTopNavLink] > span:first-child { display: none }
  [data-testid=stTopNav] + * { min-width: 3rem }
  [data-testid=stStatusWidget] { position: absolute; top: 3rem; right: 1rem }
  [data-testid=stMainBlockContainer] { padding-left: 1.25rem; padding-right: 1.25rem }
}"""
"""In a narrow window pages are named without icons, so that none is folded away, and the bar stays in one row."""
_ONE_LINE = """@media (max-width: 640px) {
  [data-testid=stButtonGroup] [role=radiogroup], [data-testid=stButtonGroup] [role=group] {
    flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none;
  }
  [data-testid=stButtonGroup] button { flex-shrink: 0 }
}"""
"""On a phone the options of a choice stand on one line that is swiped, so that the finding is on the first screen."""
_BEFORE = ".valuemix-moving .st-key-balance-answer { opacity: 0.45 }"
"""While a weight moves, what stands below the desk tells of before."""
_CHART = "[class*=st-key-][class*=-frame]:has(> * .js-plotly-plot)"
_TOOLS = f"""{_CHART} {{ padding-top: 28px; margin-top: -16px }}
{_CHART} :is(.stElementContainer, .js-plotly-plot) {{ overflow: visible !important }}
{_CHART} .modebar-container {{ top: -28px !important }}
{_CHART} .modebar-group {{ background: none !important }}
{_CHART} .modebar-btn path {{ fill: currentColor !important; opacity: 0.7 }}"""
"""The buttons of a chart stand above it, where they cover none of its headings."""
_OPTIONS = "[data-testid=stButtonGroup] :is([role=radiogroup], [role=group])"
_SIDEWAYS = f":is([data-testid=stTable] > div, {_CHART}, {_OPTIONS})"
"""What scrolls sideways where the window is narrow."""
_UNSEEN = ".st-key-look, .st-key-sort-tables, [class*=st-key-keep-valuemix] { position: absolute }"
"""What draws nothing takes no room, and no gap beside it."""
_LOOK = "opacity: 0.7; font-size: 0.75rem; padding: 0 0.25rem 0 0.5rem"


def page_style(counts: Mapping[str, int]) -> None:
    """Write the name of each group before the first of its pages, above the page and where they are folded.

    Parameters
    ----------
    counts : mapping of str to int
        How many pages each group has, in their order.
    """
    rules, place = (
        [
            _CHOSEN,
            _FIRST,
            _HEADED,
            _NARROW,
            _ONE_LINE,
            _BEFORE,
            _TOOLS,
            _UNSEEN,
            side_edge(_SIDEWAYS),
            f"{_TOP} {{ display: flex; align-items: center }}",
        ],
        1,
    )
    for name, count in counts.items():
        first = ", ".join(f"{pages}:nth-child({place})::before" for pages in (_TOP, _FOLDED))
        rules.append(f'{first} {{ content: "{name}"; {_LOOK} }}')
        place += count
    st.html(element("style", Markup("\n".join(rules))))
