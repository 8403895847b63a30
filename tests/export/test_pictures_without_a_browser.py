"""Where no picture can be made, a message says why and what to do, and nothing waits for ever."""

from __future__ import annotations

import importlib.util
import os
import sys
import time
from pathlib import Path

import pytest
from sample_scenarios import made

from valuemix.errors import ValuemixError
from valuemix.exhibits import leaders
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.picture import make_picture, make_pictures, picture_obstacle

on_posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for a browser is a shell script")


@pytest.fixture
def exhibit() -> Exhibit:
    return leaders(made(3, 2))


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that takes the place of the browser."""
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(path))
    return path


def test_no_pictures_ask_for_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(Path(sys.executable)))
    assert make_pictures([]) == []


def test_a_machine_without_kaleido_is_told_what_to_install(
    exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "kaleido" else found(name))
    assert "pip install" in (picture_obstacle() or "")
    with pytest.raises(ValuemixError, match=r'pip install "valuemix\[images\]"'):
        make_picture(exhibit)


def test_a_machine_without_a_browser_is_told_how_to_get_one(
    exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr("choreographer.browsers.Chromium.find_browser", lambda **_: None)
    with pytest.raises(ValuemixError, match=r"Google Chrome, or on Debian.*chromium.*BROWSER_PATH"):
        make_picture(exhibit)


def test_a_browser_path_that_leads_nowhere_is_named(
    exhibit: Exhibit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/no/such/browser")
    with pytest.raises(ValuemixError, match="BROWSER_PATH is '/no/such/browser', which is no program"):
        make_picture(exhibit)


@on_posix
@pytest.mark.slow
def test_a_browser_that_does_not_start_is_named(
    exhibit: Exhibit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stand_in(tmp_path, "exit 1", monkeypatch)
    with pytest.raises(ValuemixError, match=f"browser {path} could not make the picture"):
        make_picture(exhibit)


@on_posix
@pytest.mark.slow
def test_a_browser_that_does_not_answer_is_ended_with_all_its_processes(
    exhibit: Exhibit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stand_in(tmp_path, f"sleep 300 & echo $! > {tmp_path}/pid; wait", monkeypatch)
    for patience in (4.0, 16.0, 64.0):  # A busy machine may not have begun it before it is ended.
        monkeypatch.setattr(sys.modules["valuemix.export.picture"], "PATIENCE", patience)
        with pytest.raises(
            ValuemixError, match=f"{path} made no picture for {patience:g} seconds and was ended"
        ):
            make_picture(exhibit)
        if (tmp_path / "pid").exists():
            break
    process, until = int((tmp_path / "pid").read_text()), time.monotonic() + 30
    while is_running(process) and time.monotonic() < until:
        time.sleep(0.05)  # What is killed ends a little later.
    assert not is_running(process)


def is_running(process: int) -> bool:
    """Whether a process runs; one that has ended but was not fetched by its parent does not."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().split()[2] != "Z"
