"""What widgets hold and what lasts as long as a browser tab: the only file that knows Streamlit's session state.

The scenario is the truth. A widget is bound to it before it is drawn (`bind`) and commits
to it in its callback, an `action` of what the tab holds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

__all__ = ["bind", "kept", "value"]

_LABELS = "valuemix labels"
T = TypeVar("T")


def bind(key: str, content: Any, label: str = "") -> str:
    """Give a widget its value before it is drawn; returns the key.

    A widget that shows the value already is left alone, so that nothing moves under the user's fingers;
    unless it shows it by another label than the one given now. The widget is drawn with
    ``persist_state="session"``: where a run follows before the browser drew it, Streamlit gives it its value
    again then, and the browser does not fall back on the widget's own default.
    """
    labels = st.session_state.setdefault(_LABELS, {})
    relabelled = labels.get(key, label) != label
    labels[key] = label
    if key not in st.session_state or st.session_state[key] != content or relabelled:
        st.session_state[key] = content
    return key


def value(key: str) -> Any:
    """What a widget holds, for callbacks."""
    return st.session_state.get(key)


def kept(key: str, make: Callable[[], T]) -> T:
    """Object that lives as long as the browser tab; made on the first call."""
    if key not in st.session_state:
        st.session_state[key] = make()
    found: T = st.session_state[key]
    return found
