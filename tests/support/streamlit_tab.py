"""A browser tab without a browser: one real Streamlit session over its websocket.

It does what Streamlit's page does in Chromium: it sends what every widget on the page holds,
runs the fragment that a widget stands in, and takes the values that the server sets.
"""

from __future__ import annotations

import json
import re
import uuid
from contextlib import ExitStack
from typing import Any

from desk_client import DeskClient
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect

_KEY = re.compile(r"\$\$\w+-[0-9a-f]+-(?P<key>.+)")
FINISHED = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
SECONDS = 180


class Tab:
    """One session with the app at an address; each action waits until the script has run.

    Attributes
    ----------
    widgets : dict
        What the last run drew, by key: Streamlit's message, with label, options, value.
    toasts, alerts : list of str
        What the last run told.
    """

    def __init__(self, url: str, query: str = "") -> None:
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(address, origin=url, subprotocols=["streamlit"], max_size=None)
        )
        self._query, self._page = query, ""
        self._pages: dict[str, str] = {}
        self._fragments: dict[str, str] = {}
        self._held: dict[str, WidgetState] = {}
        self._desk = DeskClient(uuid.uuid4().hex)
        self._begin()
        self._run()

    def close(self) -> None:
        self._open.close()

    def go(self, page: str) -> None:
        """Open a page by the name in its address; the first page has a blank one."""
        self._page = self._pages[page]
        self._run()

    def press(self, key: str) -> None:
        """Press a button."""
        self._act(key, WidgetState(id=self.widgets[key].id, trigger_value=True))

    def number(self, key: str, number: float) -> None:
        """Move a slider, or type into a box for numbers."""
        self._act(key, _holding_number(self.widgets[key], number))

    @property
    def desk(self) -> DeskClient:
        """The desk of the Balance page, with what the page says now."""
        part = self.widgets["desk"]
        self._desk.take(json.loads(part.mixed.json or part.json))
        return self._desk

    def move(self, row: str, place: int, to: float) -> None:
        """Move a slider of the desk and let it go."""
        self.send(self.desk.moved(row, place, to))

    def send(self, commit: dict[str, Any]) -> None:
        """Send a commit as the desk does."""
        self._act("desk", WidgetState(id=self.widgets["desk"].id, json_value=json.dumps({"commit": commit})))

    def text(self, key: str, text: str) -> None:
        """Type a text, or choose one option."""
        self._act(key, WidgetState(id=self.widgets[key].id, string_value=text))

    def choose(self, key: str, *options: str) -> None:
        """Choose options of pills or of a list, by their labels."""
        state = WidgetState(id=self.widgets[key].id)
        state.string_array_value.data.extend(options)
        self._act(key, state)

    def shown(self, key: str) -> float:
        """What a slider or a box for numbers shows."""
        held = self._held[self.widgets[key].id]
        return held.double_array_value.data[0] if held.double_array_value.data else held.double_value

    def _act(self, key: str, state: WidgetState) -> None:
        if not state.trigger_value:
            self._held[state.id] = state
        self._run(self._fragments[key], state)

    def _run(self, fragment: str = "", *pressed: WidgetState) -> None:
        state = ClientState(query_string=self._query, page_script_hash=self._page, fragment_id=fragment)
        state.context_info.timezone = "UTC"
        state.widget_states.widgets.extend({**self._held, **{each.id: each for each in pressed}}.values())
        self._socket.send(BackMsg(rerun_script=state).SerializeToString())
        while not self._take(ForwardMsg.FromString(self._socket.recv(timeout=SECONDS))):
            pass
        drawn = {part.id for part in self.widgets.values()}
        self._held = {each: state for each, state in self._held.items() if each in drawn}

    def _begin(self) -> None:
        self.widgets: dict[str, Any] = {}
        self.toasts: list[str] = []
        self.alerts: list[str] = []

    def _take(self, message: ForwardMsg) -> bool:
        """Take one message of the server; whether it was the last one of a run."""
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._begin()
        elif kind == "navigation":
            self._pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self._page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta.new_element, message.delta.fragment_id)
        elif kind == "script_finished" and message.script_finished not in FINISHED:
            raise AssertionError(f"the script ended with {message.script_finished}")
        return kind == "script_finished"

    def _draw(self, element: Any, fragment: str) -> None:
        name = element.WhichOneof("type")
        part = getattr(element, name)
        if name == "exception":
            raise AssertionError(f"{part.type}: {part.message}")
        if name in {"toast", "alert"}:
            (self.toasts if name == "toast" else self.alerts).append(part.body)
        found = _KEY.fullmatch(getattr(part, "id", ""))
        if found:
            self.widgets[found["key"]], self._fragments[found["key"]] = part, fragment
            if name in {"slider", "number_input"}:
                self._hold_number(part)

    def _hold_number(self, part: Any) -> None:
        """Hold what a slider or a box was given, or starts with."""
        if part.set_value or part.id not in self._held:
            given = part.value if part.set_value else part.default
            self._held[part.id] = _holding_number(part, given if isinstance(given, float) else given[0])


def _holding_number(part: Any, number: float) -> WidgetState:
    if part.DESCRIPTOR.name != "Slider":
        return WidgetState(id=part.id, double_value=number)
    state = WidgetState(id=part.id)
    state.double_array_value.data.append(number)
    return state
