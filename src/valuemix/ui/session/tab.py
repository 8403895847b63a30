"""What one browser tab holds: what is edited, what is saved, what is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from valuemix.files.scenarios.store import Store
from valuemix.model.scenario import Scenario
from valuemix.ui.session.browser.person import person
from valuemix.ui.session.drafts import Drafting
from valuemix.ui.session.edits import Edits
from valuemix.ui.session.files import Files
from valuemix.ui.session.start import opening, scenario_folder
from valuemix.ui.session.state import kept
from valuemix.ui.session.view import Told, View

__all__ = ["Session", "session"]


@dataclass(frozen=True)
class Session:
    """One person's work in one browser tab.

    Attributes
    ----------
    edits : Edits
        What is edited.
    files : Files
        What is saved.
    view : View
        What is looked at.
    """

    edits: Edits
    files: Files
    view: View

    @property
    def scenario(self) -> Scenario:
        """The scenario as edited."""
        return self.edits.scenario

    @property
    def segment(self) -> str | None:
        """The segment in view; None for all of them."""
        return self.view.segment


def session() -> Session:
    """The session of this browser tab, on the scenario that its link names or the last one; the desk is heard first."""
    found = kept("valuemix", lambda: _opened(Store(scenario_folder())))
    found.edits.drain()
    return found


def _opened(store: Store) -> Session:
    history, message = opening(store, st.query_params)
    who, view = person(), View(told=Told(message))
    edits = Edits(history, view)
    return Session(
        edits, Files(store, edits, Drafting(store, st.query_params.get("tab", ""), who), who), view
    )
