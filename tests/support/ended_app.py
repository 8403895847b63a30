"""``valuemix app`` as a person starts it and a signal ends it: where it says it is, and what is kept of the work."""

from __future__ import annotations

import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from running_app import free_port
from sample_scenarios import examples_in
from streamlit_tab import Tab

from valuemix.files.scenarios.store import Store

SECONDS = 60


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ends_with_nothing_lost(program: Path, home: Path, name: str, environment: Mapping[str, str]) -> None:
    """Start the app, move a weight in a tab, send the signal: the server must be gone, and the move must not."""
    folder, port = examples_in(home / "scenarios"), free_port()
    told = getattr(signal, name)

    def heeding() -> None:
        """Started as from a terminal, also where the tests run under nohup, which ignores the signal for all."""
        signal.signal(told, signal.SIG_DFL)

    started = subprocess.Popen(
        [program, "app", "--scenarios", str(folder), "--port", str(port)],
        cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**environment, "STREAMLIT_SERVER_HEADLESS": "true"},
        preexec_fn=heeding,  # noqa: PLW1509 - no thread of this test runs yet
    )  # fmt: skip
    try:
        assert started.stdout is not None
        assert started.stdout.readline() == f"valuemix is open at http://127.0.0.1:{port} (Ctrl+C ends it)\n"
        end = time.monotonic() + SECONDS
        while not answers(port) and time.monotonic() < end:
            time.sleep(0.1)
        tab = Tab(f"http://127.0.0.1:{port}", "scenario=base-case")
        tab.move("all", 0, 60)
        started.send_signal(told)
        rest, _ = started.communicate(timeout=SECONDS)
        tab.close()
    finally:
        started.kill()
    assert rest.strip() == ""
    assert started.returncode in {0, -signal.SIGTERM}
    assert not answers(port)
    assert [draft.id for draft in Store(folder).drafts()] == ["base-case"]
