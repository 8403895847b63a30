"""One browser that turns figures into pictures, as a program of its own that can be ended.

kaleido waits for ever where a browser does not start or does not answer, and no thread can be ended
from outside. So ``picture.py`` starts this file with a folder and a browser: it renders the figures in
``jobs.json`` to ``0``, ``1``, ... in that folder, and may be terminated at any time. It imports nothing
of valuemix, so that it starts quickly wherever kaleido is.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any


async def _render(folder: Path, path: str) -> None:
    import kaleido

    jobs = json.loads((folder / "jobs.json").read_text(encoding="utf-8"))
    browser = kaleido.Kaleido(n=1, mathjax=False, timeout=None, path=path)
    signal.signal(signal.SIGTERM, lambda *_: _end(browser))
    async with browser:
        for place, job in enumerate(jobs):
            picture = await browser.calc_fig(job["figure"], job["options"])
            part = folder / f"{place}.part"
            part.write_bytes(picture)
            part.rename(folder / str(place))


def _end(browser: Any) -> None:
    """End the browser with all its processes, then this one."""
    with suppress(AttributeError, OSError):  # it may not have started, or have ended by itself
        if os.name == "posix":
            os.killpg(browser.subprocess.pid, signal.SIGKILL)
        else:
            browser.subprocess.kill()
    os._exit(1)


if __name__ == "__main__":
    asyncio.run(_render(Path(sys.argv[1]), sys.argv[2]))
