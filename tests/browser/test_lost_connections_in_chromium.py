"""What the desk sends over a bad connection, from two tabs or as its page is left: nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from desk_page import DeskPage
from playwright.sync_api import Page, WebSocketRoute, expect
from running_app import Profiles, RunningApp, go, settled


@dataclass
class Line:
    """The connection of a page to the server; while it is cut, what the page sends is lost."""

    page: Page
    cut: bool = False
    lost: list[Any] = field(default_factory=list)
    routes: list[WebSocketRoute] = field(default_factory=list)

    def watch(self) -> None:
        self.page.route_web_socket("**/_stcore/stream", self._joined)

    def _joined(self, route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        self.routes.append(route)
        route.on_message(lambda message: self.lost.append(message) if self.cut else server.send(message))

    def lose_a_message(self) -> None:
        """Wait until something was sent and lost."""
        while not self.lost:
            self.page.wait_for_timeout(50)
        self.cut = False


@pytest.fixture(scope="module")
def opened(profiles: Profiles, app: RunningApp) -> Iterator[Line]:
    """The Balance page, opened once: each test takes back what it moved."""
    with profiles.lent() as page:
        found = Line(page)
        found.watch()
        page.goto(f"{app.url}/?scenario=base-case")
        settled(page)
        yield found
    assert "Traceback" not in app.log


@pytest.fixture
def line(opened: Line) -> Iterator[Line]:
    opened.lost.clear()
    yield opened
    opened.page.get_by_role("button", name="Reset", exact=True).click()
    expect(opened.page.get_by_text("Unsaved changes")).not_to_be_visible()
    settled(opened.page)


def test_a_move_that_is_lost_on_the_way_is_sent_again(line: Line) -> None:
    desk = DeskPage(line.page)
    line.cut = True
    desk.press(0, "End")
    line.lose_a_message()
    expect(line.page.get_by_text("Unsaved changes")).to_be_visible()
    desk.shows([100, 0, 0, 0])


def test_a_move_that_is_lost_as_its_page_is_left_is_taken_on_return(line: Line) -> None:
    desk = DeskPage(line.page)
    before = desk.points
    line.cut = True
    desk.press(0, "End")
    line.lose_a_message()
    go(line.page, "Data")
    go(line.page, "Balance")
    expect(line.page.get_by_text("Unsaved changes")).to_be_visible()
    desk.shows([100, 0, 0, 0])
    line.page.get_by_role("button", name="Undo").click()
    desk.shows(before)
    line.page.get_by_role("button", name="Redo").click()
    desk.shows([100, 0, 0, 0])


@pytest.mark.nightly  # the two above lose a move as well
def test_a_connection_that_is_gone_for_a_while_loses_no_move(line: Line) -> None:
    desk = DeskPage(line.page)
    desk.press(0, "End")
    desk.taken()
    line.routes[-1].close()
    desk.press(1, "End")
    expect(line.page.get_by_text("Unsaved changes")).to_be_visible()
    desk.taken()
    desk.shows([0, 100, 0, 0])


@pytest.mark.nightly  # tests/ui opens two tabs on one scenario
def test_two_tabs_each_keep_their_own_weights(line: Line, app: RunningApp) -> None:
    first = DeskPage(line.page)
    other = line.page.context.new_page()
    other.goto(f"{app.url}/?scenario=base-case")
    settled(other)
    second = DeskPage(other)
    before = second.points
    first.press(0, "End")
    first.taken()
    assert second.points == before
    second.press(1, "End")
    second.taken()
    first.shows([100, 0, 0, 0])
    second.shows([0, 100, 0, 0])
    other.close()
