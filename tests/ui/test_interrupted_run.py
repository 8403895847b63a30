"""What a widget starts on when a second run follows before the browser has drawn it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

RUN_TWICE = """
from types import SimpleNamespace
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.scriptrunner import RerunData, RerunException
from valuemix.ui.session.choices import number_of
from valuemix.ui.session.state import kept
from valuemix.ui.session.view import View

runs = kept("runs", list)
runs.append("run")
now = SimpleNamespace(view=kept("view", View))
st.number_input("Lead", 0.1, 100.0, **number_of(now, "lead", 1.0, 0.1, 100.0))
if len(runs) <= {times}:
    # A click while the page loads: the browser has not drawn the box, so it sends nothing of it.
    raise RerunException(RerunData(widget_states=WidgetStates()))
"""


@pytest.mark.parametrize("times", [1, 2])
def test_a_box_that_the_browser_has_not_drawn_is_given_its_value_again(times: int) -> None:
    at = AppTest.from_string(RUN_TWICE.format(times=times), default_timeout=60).run()
    [box] = at.number_input
    assert len(at.session_state["runs"]) == times + 1
    assert (box.proto.default, box.proto.set_value, box.proto.value) == (0.1, True, 1.0)
    at.run()
    [box] = at.number_input
    assert not box.proto.set_value, "a box that shows its value is left alone"
