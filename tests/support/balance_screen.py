"""The Balance page as a test sees it: what it shows and what can be done on it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from desk_client import ALL, SIZES, DeskClient
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from valuemix.model.scenario import Scenario
from valuemix.ui.session.tab import Session


@dataclass
class Screen:
    """The Balance page of one browser tab."""

    at: AppTest
    client: DeskClient = field(default_factory=DeskClient)

    def run(self) -> Screen:
        self.at.run()
        assert not self.at.exception, self.at.exception
        return self

    @property
    def desk(self) -> DeskClient:
        """The desk on the page, with what the page says now."""
        (proto,) = [each.proto for each in self.at.get("bidi_component") if "-desk" in each.proto.id]
        self.client.take(json.loads(proto.mixed.json or proto.json))
        return self.client

    def send(self, commit: dict[str, Any]) -> Screen:
        """Send a commit as the desk does: AppTest has no public way to."""
        (proto,) = [each.proto for each in self.at.get("bidi_component") if "-desk" in each.proto.id]
        states = self.at._tree.get_widget_states()
        states.widgets.append(WidgetState(id=proto.id, json_value=json.dumps({"commit": commit})))
        self.at._run(states)
        assert not self.at.exception, self.at.exception
        return self

    @property
    def session(self) -> Session:
        found: Session = self.at.session_state["valuemix"]
        return found

    @property
    def scenario(self) -> Scenario:
        return self.session.scenario

    def points(self, name: str = "") -> list[float]:
        """Where the sliders stand; those of the segment in view without a name."""
        desk = self.desk
        return desk.shown(SIZES if name else desk.data["row"])

    def move(self, place: int, to: float, name: str = "") -> Screen:
        """Move a slider and let it go, or type its points."""
        desk = self.desk
        return self.send(desk.moved(SIZES if name else desk.data["row"], place, to))

    def segment(self, name: str | None) -> Screen:
        row = ALL if name is None else str(self.scenario.segment_names.index(name))
        return self.send(self.desk.commit(kind="view", row=row))

    def hold(self, *places: int) -> Screen:
        desk = self.desk
        return self.send(desk.commit(kind="hold", row=desk.data["row"], held=[*places]))

    def preset(self, option: str) -> Screen:
        self.at.menu_button(key="balance-preset").click(option)
        return self.run()

    def press(self, button: str) -> Screen:
        self.at.button(key=f"balance-{button}").click()
        return self.run()

    def expand(self, name: str) -> Screen:
        self.at.session_state[f"balance-{name}"] = True
        return self.run()

    def set_number(self, name: str, number: float) -> Screen:
        self.at.number_input(key=f"balance-{name}").set_value(number)
        return self.run()

    def open(self, scenario_id: str) -> Screen:
        self.at.selectbox(key="balance-scenario").set_value(scenario_id)
        return self.run()

    def save_as(self, name: str) -> Screen:
        self.at.text_input(key="balance-new-name").set_value(name)
        return self.press("save-new-go")

    def disabled(self, button: str) -> bool:
        found: bool = self.at.button(key=f"balance-{button}").disabled
        return found

    def findings(self) -> list[str]:
        return [heading.value for heading in self.at.subheader]

    def badge(self) -> str:
        (found,) = [m.value for m in self.at.markdown if "-badge[" in m.value]
        return found

    def texts(self) -> list[str]:
        """Everything on the page that is read as Markdown."""
        blocks: list[Any] = [*self.at.markdown, *self.at.caption, *self.at.subheader, *self.at.error]
        return [block.value for block in [*blocks, *self.at.warning, *self.at.info, *self.at.toast]]


def drawn(at: AppTest) -> int:
    """How many charts and tables a page shows."""
    tables = [html for html in at.get("html") if "<table" in str(html.proto)]
    return len(at.get("plotly_chart")) + len(tables)
