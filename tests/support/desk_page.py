"""The desk on a page in Chromium: what it shows at any moment, also in the middle of a drag."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect
from running_app import settled

_READ = """desk => ({
    points: [...desk.querySelectorAll('.weights input[type=range]')].map(each => Number(each.value)),
    exact: [...desk.querySelectorAll('.weights .exact')].map(each => each.value),
    order: [...desk.querySelectorAll('.row')]
        .map(row => [Number(row.dataset.rank), row.title])
        .sort((a, b) => a[0] - b[0]).map(each => each[1]),
    values: [...desk.querySelectorAll('.row .value')].map(each => each.textContent),
    marks: [...desk.querySelectorAll('.row .saved')].filter(each => each.style.visibility === 'visible').length,
    leader: desk.querySelector('.leader').textContent, moving: desk.classList.contains('moving'),
    segments: [...desk.querySelectorAll('.segments .first')].map(each => each.textContent),
})"""


@dataclass(frozen=True)
class DeskPage:
    """The desk of the Balance page."""

    page: Page

    @property
    def root(self) -> Locator:
        return self.page.locator("section.desk")

    def shown(self) -> dict[str, Any]:
        """Points, exact entries, order, values, marks, leader and segments as they are drawn now."""
        found: dict[str, Any] = self.root.evaluate(_READ)
        return found

    @property
    def points(self) -> list[float]:
        found: list[float] = self.shown()["points"]
        return found

    def slider(self, place: int, name: str = "weight") -> Locator:
        return self.page.locator(f"#{name}-{place}")

    def exact(self, place: int) -> Locator:
        return self.root.locator(".weights .exact").nth(place)

    def choose(self, segment: str) -> None:
        self.root.locator(".segments button").filter(has_text=segment).first.click()
        expect(self.page.get_by_text(f"Weights, {segment}")).to_be_visible()
        settled(self.page)

    def press(self, place: int, key: str, times: int = 1) -> None:
        self.slider(place).focus()
        for _ in range(times):
            self.page.keyboard.press(key)

    def grab(self, place: int) -> tuple[float, float, float]:
        """Press the mouse on a thumb: where that is, and pixels a point."""
        box, now = self.slider(place).bounding_box(), self.points[place]
        assert box is not None
        a_point = (box["width"] - 18) / 100
        x, y = box["x"] + 9 + now * a_point, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        return x, y, a_point

    def shows(self, points: list[float]) -> None:
        """Wait until the sliders stand at these points."""
        for place, each in enumerate(points):
            expect(self.slider(place)).to_have_value(f"{each:g}")

    def taken(self) -> None:
        """Wait until Python has taken what was moved."""
        expect(self.page.locator("section.desk:not(.moving)")).to_be_visible()
        settled(self.page)
