"""The interface without a browser: pages run in this process, on a folder of scenarios of their own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from balance_screen import Screen
from sample_scenarios import examples_in, saved_in
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest, app_test, local_script_runner

from valuemix.files.scenarios.store import Store
from valuemix.model.scenario import Scenario
from valuemix.ui import server
from valuemix.ui.session import drafts

Opener = Callable[..., Screen]

# Each app under test looks through all installed packages for components, as a server does once.
manifest_scanner.scan_component_manifests = functools.cache(manifest_scanner.scan_component_manifests)

# For each run it makes a class that looks like the server, with a method for each of Python's: one does for all runs.
app_test.MagicMock = functools.cache(app_test.MagicMock)  # type: ignore[assignment, attr-defined]

asks_again_and_again = local_script_runner.require_widgets_deltas


def waits_for_the_end(runner: Any, timeout: float = 3) -> None:
    """Streamlit's asks a thousand times a second whether the script has ended, and takes a tenth of its time."""
    runner._script_thread.join(timeout)
    asks_again_and_again(runner, timeout)


local_script_runner.require_widgets_deltas = waits_for_the_end


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of scenarios that the app works on: a copy of the examples."""
    path = examples_in(tmp_path / "scenarios")
    monkeypatch.setenv("VALUEMIX_SCENARIOS", str(path))
    return path


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


@pytest.fixture
def tab(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:  # noqa: ARG001 - sets the folder that the app reads
    """Opens the app as one more browser tab, on the scenario named in the link, which may hold more."""

    # Without a server nobody is connected: every tab that opens is a tab that came back.
    monkeypatch.setattr(drafts, "_is_active", lambda _: False)

    def opened(scenario_id: str = "", **address: str) -> Screen:
        at = AppTest.from_file(str(server.SCRIPT), default_timeout=180)
        at.context = {"theme": "light"}
        for name, text in {"scenario": scenario_id, **address}.items():
            if text:
                at.query_params[name] = text
        return Screen(at).run()

    return opened


@pytest.fixture
def base(tab: Opener) -> Screen:
    """The illustrative case."""
    return tab("base-case")


@pytest.fixture
def tab_on(tab: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Scenario], Screen]:
    """Opens the app on a folder that holds one scenario."""

    def opened(scenario: Scenario) -> Screen:
        monkeypatch.setenv("VALUEMIX_SCENARIOS", str(saved_in(tmp_path / "one", scenario)))
        return tab()

    return opened
