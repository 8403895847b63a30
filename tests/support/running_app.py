"""The app as a process of its own, and what a browser test needs to drive it."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from sample_scenarios import ROOT

from valuemix.ui.session.browser.person import COOKIE

# Without a graphics card, frames that nobody sees cost most of a page.
BROWSER_FLAGS = [
    "--disable-gpu",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
]
SECONDS = 120.0
"""The most that a test waits for an answer: eight times as much as it takes where the machine is free."""
ColorScheme = Literal["light", "dark"]


def find_browser() -> str | None:
    """Path of a Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    return next(filter(None, map(shutil.which, names)), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RunningApp:
    """A server with the app, from ``__enter__`` to ``__exit__``; Streamlit's settings are those in the folder."""

    def __init__(
        self,
        scenarios: Path,
        *,
        script: Path = ROOT / "app.py",
        folder: Path = ROOT,
        settings: Sequence[str] = (),
        log: Path | None = None,
        port: int = 0,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.scenarios = scenarios
        self._script, self._folder, self._settings = script, folder, settings
        self._log = log or Path(tempfile.mkdtemp()) / "server.log"

    def __enter__(self) -> RunningApp:
        command = [
            sys.executable, "-m", "streamlit", "run", str(self._script),
            f"--server.port={self.port}", "--server.headless=true", "--server.fileWatcherType=none",
            *self._settings,
        ]  # fmt: skip
        environment = {**os.environ, "VALUEMIX_SCENARIOS": str(self.scenarios)}
        with self._log.open("wb") as log:
            self._server = subprocess.Popen(
                command, cwd=self._folder, env=environment, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.terminate()
        self._server.wait(10)

    def kill(self) -> None:
        """End it as the system does where memory runs out: at once, without a word."""
        self._server.kill()
        self._server.wait(10)

    def _wait(self) -> None:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self._server.poll() is None:
            try:
                if self._is_up():
                    return
            except OSError:
                time.sleep(0.1)
        self._server.kill()
        self._server.wait()
        raise TimeoutError(f"the app did not start:\n{self.log}")

    def _is_up(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().read() == b"ok"
        finally:
            connection.close()

    @property
    def log(self) -> str:
        """All that the server has printed so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")


def name_kept(context: BrowserContext, name: str) -> None:
    """Give a browser profile the name that it would have kept from an earlier visit: no save asks for it."""
    context.add_cookies([{"name": COOKIE, "value": name, "domain": "127.0.0.1", "path": "/"}])


def outside(url: str) -> bool:
    """Whether a request goes anywhere but to this machine."""
    parts = urlsplit(url)
    return parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1"


class Profiles:
    """Browser profiles that are lent: one that has shown the app before shows it again in a third of the time."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Page] = []

    @contextmanager
    def lent(self, name: str = "Grace", theme: ColorScheme = "light", height: int = 1000) -> Iterator[Page]:
        """A page that nobody else has, of somebody of this name; it asks for nothing but the app."""
        page = self._free.pop() if self._free else self._new()
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": 1440, "height": height})
        if name:
            name_kept(page.context, name)
        left: list[str] = []

        def leaving(request: Request) -> None:
            if outside(request.url):
                left.append(request.url)

        page.context.on("request", leaving)
        yield page
        page.context.remove_listener("request", leaving)
        assert left == []
        self._take_back(page)

    def _new(self) -> Page:
        context = self._browser.new_context()
        context.set_default_timeout(SECONDS * 1000)
        return context.new_page()

    def _take_back(self, page: Page) -> None:
        for other in page.context.pages:
            if other != page:
                other.close()
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
        page.goto("about:blank")
        page.context.clear_cookies()
        self._free.append(page)


SETTLED = """() => {
    const all = name => [...document.querySelectorAll(`[data-testid=${name}]`)];
    const app = all('stApp')[0];
    return app && app.dataset.testScriptState === 'notRunning' && all('stMain').length > 0
        && all('stHeading').length > 0 && all('stSkeleton').length === 0
        && all('stPlotlyChart').every(chart => chart.querySelector('.main-svg'));
}"""


def settled(page: Page, seconds: float = 180) -> None:
    """Wait until the script has run and everything is drawn."""
    page.wait_for_function(SETTLED, timeout=seconds * 1000)


def go(page: Page, title: str) -> None:
    """Open a page of the app by its name above."""
    link = page.get_by_test_id("stTopNavLink").filter(has_text=title)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")
    settled(page)


def column(page: Page, place: int) -> list[str]:
    """Texts of a column of the page's first table, from top to bottom; the last column is −1."""
    found: list[str] = page.locator(".vm-table").first.evaluate(
        "(box, place) => [...box.querySelector('tbody').rows].map(row => [...row.cells].at(place).textContent)",
        place,
    )
    return found
