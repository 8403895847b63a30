"""How the interface is started from wherever the package is installed."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["command"]


def command(port: int) -> list[str]:
    """Command line that serves the interface; its settings stand beside the entry script.

    Parameters
    ----------
    port : int
        Port on the loopback address.

    Returns
    -------
    list of str
        Program and arguments, to be run without a shell.
    """
    entry = Path(__file__).with_name("entry.py")
    return [sys.executable, "-m", "streamlit", "run", str(entry), f"--server.port={port}"]
