"""``valuemix app`` is the server: it says where it is, and whatever ends the command ends it, with nothing lost."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running_app import free_port
from sample_scenarios import examples_in
from streamlit_tab import Tab

from valuemix.files.scenarios.store import Store

SECONDS = 60


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def command() -> str:
    found = shutil.which("valuemix", path=str(Path(sys.executable).parent))
    assert found, "install the package first: pip install -e ."
    return found


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
# What Ctrl+C asks for is the answer to the other two.
@pytest.mark.parametrize(
    "name", ["SIGINT", *(pytest.param(name, marks=pytest.mark.nightly) for name in ("SIGHUP", "SIGTERM"))]
)
def test_a_signal_to_the_command_ends_the_server_and_keeps_unsaved_work(tmp_path: Path, name: str) -> None:
    folder, port = examples_in(tmp_path / "scenarios"), free_port()
    told = getattr(signal, name)

    def heeding() -> None:
        """Started as from a terminal, also where the tests run under nohup, which ignores the signal for all."""
        signal.signal(told, signal.SIG_DFL)

    started = subprocess.Popen(
        [command(), "app", "--scenarios", str(folder), "--port", str(port)],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "STREAMLIT_SERVER_HEADLESS": "true"},
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
