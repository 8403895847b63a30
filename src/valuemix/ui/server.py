"""The server of the interface: what it refuses, what its answers carry, and how it ends.

Both ``valuemix app`` and ``streamlit run app.py`` serve the same application, made of the options here.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
import signal
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from valuemix.ui.session import drafts

__all__ = ["SCRIPT", "Guard", "options", "serve"]

SCRIPT = Path(__file__).with_name("script") / "run.py"
"""What is run for every browser tab."""


def serve(port: int) -> None:
    """Serve the interface in this process until it is told to end; its settings stand beside the entry script.

    Parameters
    ----------
    port : int
        Port on the loopback address.
    """
    from streamlit.web.cli import main

    entry = Path(__file__).with_name("entry.py")
    with suppress(KeyboardInterrupt, click.Abort):
        main(["run", str(entry), f"--server.port={port}"], prog_name="streamlit", standalone_mode=False)


def options() -> dict[str, Any]:
    """What the application is made with, besides its script."""
    # Its lines on every connection are of no use to who started the interface; warnings stay.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    return {
        "middleware": [Middleware(Guard)],
        "exception_handlers": {Exception: _failed},
        "lifespan": _lifetime,
    }


class Guard:
    """Stands before the application: refuses sockets from other pages, and tells browsers what answers may do.

    Streamlit looks up the addresses of this machine, at a server outside, before it refuses a socket that
    another site's page opens. Here it is refused first, so that nothing leaves the machine.

    Parameters
    ----------
    app : callable
        The ASGI application behind it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or socket."""
        if scope["type"] == "websocket" and _is_foreign(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": 1008})
            return

        async def guarded(message: Message) -> None:
            if message["type"] in {"http.response.start", "websocket.http.response.start"}:
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self.app(scope, receive, guarded)


def _is_foreign(headers: Headers) -> bool:
    """Whether a page of another site asks; programs that are no browser name no origin."""
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _policy() -> str:
    """What the page may load: nothing but what this server sends and what the page makes itself.

    Streamlit's page has short scripts within it, which are allowed by their hashes, and imports the
    script of a component from a blob; its styles are written as it goes.
    """
    page = Path(st.__file__).with_name("static") / "index.html"
    scripts = re.findall(rb"<script>(.*?)</script>", page.read_bytes(), re.DOTALL)
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in scripts)
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "blob:", *(f"'sha256-{digest}'" for digest in digests)]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


_HEADERS = {
    "Content-Security-Policy": _policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}


async def _failed(_request: Request, _error: Exception) -> PlainTextResponse:
    """Answer to a request that ended in a bug, which is in the log."""
    return PlainTextResponse("Something went wrong; the server's log says what.", 500, headers=_HEADERS)


@asynccontextmanager
async def _lifetime(_app: st.App) -> AsyncIterator[None]:
    """Say where the interface is; when the server ends, by whatever signal, keep what is not saved yet."""
    # A closed terminal ends it like any other signal, unless it was started to outlive one (nohup).
    hang_up = getattr(signal, "SIGHUP", None)
    if hang_up is not None and signal.getsignal(hang_up) is signal.SIG_DFL:
        signal.signal(hang_up, signal.getsignal(signal.SIGTERM))
    address = _address()
    click.echo(f"valuemix is open at {address} (Ctrl+C ends it)")
    if not st.get_option("server.headless"):
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    yield
    drafts.flush_all()


def _address() -> str:
    """Address to open on this machine."""
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    host = st.get_option("server.address")
    host = "localhost" if host in {None, "", "0.0.0.0", "::"} else host  # noqa: S104 - told apart, not bound to
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{scheme}://{host}:{st.get_option('server.port')}/{base}".rstrip("/")
