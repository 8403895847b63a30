"""``valuemix app`` is the server: it says where it is, and whatever ends the command ends it, with nothing lost."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from ended_app import ends_with_nothing_lost
from nightly import sampled


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("name", sampled(["SIGINT", "SIGHUP", "SIGTERM"]))  # one answer to all three
def test_a_signal_to_the_command_ends_the_server_and_keeps_unsaved_work(tmp_path: Path, name: str) -> None:
    found = shutil.which("valuemix", path=str(Path(sys.executable).parent))
    assert found, "install the package first: pip install -e ."
    ends_with_nothing_lost(Path(found), tmp_path, name, os.environ)
