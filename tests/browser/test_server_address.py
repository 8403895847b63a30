"""Who may talk to the server, and that many people at once can."""

from __future__ import annotations

import asyncio
import http.client
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from nightly import tries
from playwright.sync_api import Browser, Route, expect
from running_app import SECONDS, RunningApp, settled
from sample_scenarios import examples_in
from starlette.applications import Starlette
from starlette.routing import Route as ServerRoute
from streamlit_tab import Tab

from valuemix.ui import server

PEOPLE = tries(10, 3)


def websocket_answer(app: RunningApp, host: str, origin: str = "") -> int:
    """Status of a request for the socket that the page talks over."""
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=SECONDS)
    connection.putrequest("GET", "/_stcore/stream", skip_host=True)
    for header, value in {
        "Host": host,
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        **({"Origin": origin} if origin else {}),
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


ASKED = """
from pathlib import Path

from streamlit import net_util

def asked():
    Path("{mark}").touch()

net_util.get_internal_ip = net_util.get_external_ip = asked

import streamlit as st
from valuemix.ui import server

app = st.App(server.SCRIPT, **server.options())
"""
"""The app on a Streamlit that marks when it asks outside for the addresses of this machine."""


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app that nobody has opened yet."""
    folder = tmp_path_factory.mktemp("cold")
    mark, script = folder / "asked", folder / "asked.py"
    script.write_text(ASKED.format(mark=mark), encoding="utf-8")
    with RunningApp(examples_in(folder / "scenarios"), script=script) as running:
        yield running
    assert not mark.exists()


@pytest.mark.nightly  # a start of its own: by day the first page of the shared app is opened cold by one
def test_people_at_once_on_a_cold_server_all_get_the_page(cold: RunningApp) -> None:
    with ThreadPoolExecutor(PEOPLE) as pool:
        tabs = [*pool.map(lambda _: Tab(cold.url, "scenario=base-case"), range(PEOPLE))]
    assert ["desk" in tab.widgets for tab in tabs] == [True] * PEOPLE
    for tab in tabs:
        tab.close()
    assert "Traceback" not in cold.log
    assert "Error" not in cold.log


@pytest.mark.nightly  # a start of its own
def test_nobody_outside_is_asked(cold: RunningApp) -> None:
    assert websocket_answer(cold, f"127.0.0.1:{cold.port}", cold.url) == http.HTTPStatus.SWITCHING_PROTOCOLS
    assert not (cold.scenarios.parent / "asked").exists()


def test_a_page_of_another_site_is_refused(app: RunningApp) -> None:
    host = f"127.0.0.1:{app.port}"
    for origin in [
        "https://evil.example",
        f"http://localhost:{app.port}",
        "http://127.0.0.1:1",
        "null",
        "?",
    ]:
        assert websocket_answer(app, host, origin) == http.HTTPStatus.FORBIDDEN
    assert websocket_answer(app, host, app.url) == http.HTTPStatus.SWITCHING_PROTOCOLS


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/trade-offs"),
        ("HEAD", "/"),
        ("GET", "/_stcore/health"),
        ("GET", "/_stcore/host-config"),
        ("GET", "/_stcore/none"),
        ("GET", "/media/none.pptx"),
        ("GET", "/static/none.js"),
        ("GET", "/../../etc/passwd"),
        ("PUT", "/_stcore/upload_file/none/none"),
        ("DELETE", "/"),
    ],
)
def test_every_answer_refuses_frames_guesses_and_scripts_from_elsewhere(
    app: RunningApp, method: str, path: str
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=SECONDS)
    connection.request(method, path)
    headers = connection.getresponse().headers
    connection.close()
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["frame-ancestors"] == rules["object-src"] == "'none'"
    assert rules["default-src"] == "'self'"
    assert "unsafe" not in rules["script-src"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_answer_to_a_bug_carries_the_rules_as_well() -> None:
    async def failing(*_: object) -> None:
        raise ZeroDivisionError

    options = server.options()
    application = Starlette(
        routes=[ServerRoute("/", failing)],
        middleware=options["middleware"],
        exception_handlers=options["exception_handlers"],
    )
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""}
    # In a thread of its own: the browser's loop runs in this one.
    with ThreadPoolExecutor() as pool, pytest.raises(ZeroDivisionError):
        pool.submit(asyncio.run, application(scope, receive, send)).result()
    assert sent[0]["status"] == http.HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"frame-ancestors 'none'" in dict(sent[0]["headers"])[b"content-security-policy"]


def test_another_page_cannot_show_the_app_in_a_frame(chromium: Browser, app: RunningApp) -> None:
    page = chromium.new_page()
    page.set_content(f'<iframe src="{app.url}" width="800" height="600"></iframe>')
    for _ in range(200):
        if page.frames[1].url.startswith("chrome-error:"):
            break
        page.wait_for_timeout(50)
    else:
        raise AssertionError(page.frames[1].url)
    page.close()


def test_the_terminal_tells_the_address_and_nothing_of_streamlits_own(app: RunningApp) -> None:
    assert app.log.splitlines()[:1] == [f"valuemix is open at {app.url} (Ctrl+C ends it)"]
    assert "Streamlit" not in app.log


def test_the_server_listens_on_the_loopback_address_alone(app: RunningApp) -> None:
    # 127.0.0.2 is this machine as well: a server on all addresses would answer there.
    with pytest.raises(OSError, match=r"refused|unreachable|assign|timed out"):
        socket.create_connection(("127.0.0.2", app.port), timeout=2)


@pytest.mark.nightly  # ten browsers load a minute; their ten sessions are asserted above
def test_ten_people_at_once_on_a_cold_server_all_see_the_page(
    chromium: Browser, started: Callable[[Path], RunningApp], tmp_path: Path
) -> None:
    running = started(examples_in(tmp_path / "scenarios"))
    held: list[Route] = []
    contexts = [chromium.new_context(reduced_motion="reduce") for _ in range(PEOPLE)]
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
        settled(page)
        expect(page.locator("section.desk .row").first).to_be_visible()
        assert page.get_by_test_id("stException").count() == 0
    for context in contexts:
        context.close()
    assert "Traceback" not in running.log
    assert "Error" not in running.log
