"""Who may talk to the server, and that many people at once can."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect
from running_app import RunningApp, settled
from sample_scenarios import examples_in

PEOPLE = 10


def websocket_answer(app: RunningApp, host: str) -> int:
    """Status of a request for the socket that the page talks over."""
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=10)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    for header, value in {
        "Host": host,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }.items():
        connection.putheader(header, value)
    connection.endheaders()
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_the_page_may_talk_to_the_server(app: RunningApp, host: str) -> None:
    assert websocket_answer(app, f"{host}:{app.port}") == http.HTTPStatus.SWITCHING_PROTOCOLS


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.0.2.7", ""])
def test_another_name_for_this_machine_is_refused(app: RunningApp, host: str) -> None:
    assert websocket_answer(app, f"{host}:{app.port}") in {400, 403, 421}


def test_the_server_listens_on_the_loopback_address_alone(app: RunningApp) -> None:
    # 127.0.0.2 is this machine as well: a server on all addresses would answer there.
    with pytest.raises(OSError, match=r"refused|unreachable|assign|timed out"):
        socket.create_connection(("127.0.0.2", app.port), timeout=2)


@pytest.mark.slow
def test_ten_people_at_once_on_a_cold_server_all_see_the_page(
    chromium: Browser, started: Callable[[Path], RunningApp], tmp_path: Path
) -> None:
    running = started(examples_in(tmp_path / "scenarios"))
    held: list[Route] = []
    contexts = [chromium.new_context() for _ in range(PEOPLE)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        # Each browser waits here until all are ready, then all of them open their session at once.
        page.route("**/_stcore/host-config", lambda route: held.append(route))  # noqa: PLW0108 - a builtin cannot be marked
        page.goto(running.url, wait_until="commit")
    while len(held) < PEOPLE:
        pages[0].wait_for_timeout(50)
    for route in held:
        route.continue_()
    for page in pages:
        page.unroute_all()
        settled(page, 180)
        expect(page.get_by_test_id("stPlotlyChart").first).to_be_visible()
        assert page.get_by_test_id("stException").count() == 0
    for context in contexts:
        context.close()
    assert "Traceback" not in running.log
    assert "Error" not in running.log
