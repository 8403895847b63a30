"""The Balance page as a test sees it: what it shows and what can be done on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest

from valuemix.model.scenario import Scenario
from valuemix.ui.session.tab import Session


@dataclass
class Screen:
    """The Balance page of one browser tab."""

    at: AppTest

    def run(self) -> Screen:
        self.at.run()
        assert not self.at.exception, self.at.exception
        return self

    @property
    def session(self) -> Session:
        found: Session = self.at.session_state["valuemix"]
        return found

    @property
    def scenario(self) -> Scenario:
        return self.session.scenario

    def points(self, name: str = "") -> list[int]:
        """Where the sliders stand; those of the segment in view without a name."""
        prefix = f"{name or 'weight-' + self.session.edits.row}-"
        return [s.value for s in self.at.slider if (s.key or "").startswith(prefix)]

    def exact(self) -> list[int]:
        return [int(n.value) for n in self.at.number_input if (n.key or "").startswith("weight-")]

    def move(self, place: int, to: int, name: str = "") -> Screen:
        self.at.slider(key=f"{name or 'weight-' + self.session.edits.row}-{place}").set_value(to)
        return self.run()

    def type(self, place: int, points: int) -> Screen:
        self.at.number_input(key=f"weight-{self.session.edits.row}-{place}-exact").set_value(points)
        return self.run()

    def segment(self, name: str | None) -> Screen:
        place = -1 if name is None else self.scenario.segment_names.index(name)
        self.at.pills(key="balance-segment").set_value(place)
        return self.run()

    def hold(self, *places: int) -> Screen:
        self.at.pills(key=f"lock-{self.session.edits.row}").set_value([*places])
        return self.run()

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
