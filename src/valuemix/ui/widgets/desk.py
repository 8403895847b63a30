"""The desk on the Balance page: sliders, ranking and segments that answer in the browser while they move."""

from __future__ import annotations

from typing import Any

import streamlit as st

from valuemix.analysis.customers.moments import has_contacts
from valuemix.screen.desk import desk_css, desk_data, desk_html, desk_script, lead_words
from valuemix.screen.skins import SKINS
from valuemix.ui.look import skin
from valuemix.ui.session.edits import DESK
from valuemix.ui.session.tab import Session

__all__ = ["desk"]

_DESK = st.components.v2.component("valuemix.desk", html=desk_html(), css=desk_css(), js=desk_script())


def desk(now: Session) -> None:
    """The desk of the open scenario; what it sends is taken by `Edits.drain`."""
    now.edits.follow_desk()
    _DESK(key=DESK, data=_data(now), default={"commit": None}, on_commit_change=now.edits.drain)


def _data(now: Session) -> dict[str, Any]:
    """The scenario for the desk, and what was agreed on with it."""
    edits, agreed, seen = now.edits, now.edits.desk, now.edits.viewed
    names = now.scenario.moment_names
    moments = [[j, name] for j, name in enumerate(names) if has_contacts(now.scenario, j)]
    return {
        **desk_data(seen, edits.before, SKINS[skin()].marks),
        "epoch": agreed.epoch, "rev": agreed.rev, "client": agreed.client, "ack": agreed.ack,
        "row": edits.row, "held": {row: sorted(held) for row, held in edits.locked.items()},
        "shown": agreed.shown, "said": {"row": edits.row, **lead_words(seen, now.segment)},
        "moments": moments, "when": -1 if edits.moment is None else names.index(edits.moment),
    }  # fmt: skip
