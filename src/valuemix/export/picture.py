"""Pictures of exhibits at slide size: PNG at 300 dpi, SVG and PDF."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, get_args

from valuemix.errors import ValuemixError, shorten
from valuemix.exhibits.exhibit import Exhibit
from valuemix.screen.frame import DECK_HEIGHT, DECK_WIDTH

__all__ = ["KINDS", "PictureKind", "make_picture", "make_pictures", "picture_obstacle"]

PictureKind = Literal["png", "svg", "pdf"]
KINDS: tuple[PictureKind, ...] = get_args(PictureKind)

SLIDE_INCHES = 13 + 1 / 3
DPI = 300
PATIENCE = 60.0
"""Seconds without a finished picture after which the browser is ended."""

_SCALES = {"png": DPI * SLIDE_INCHES / DECK_WIDTH}
_RENDERING = Path(__file__).with_name("rendering.py")
_ONE_BROWSER = threading.Lock()
_LET_OTHERS_FINISH = 120.0

_NO_KALEIDO = (
    'Pictures need the package kaleido: install it with pip install "valuemix[images]". '
    "The deck, the workbook and the report need neither it nor a browser."
)
_NO_BROWSER = (
    "Pictures need Chrome or Chromium, and none was found on this machine. Install Google Chrome, or on "
    "Debian and Ubuntu the package chromium, or say where one is by the environment variable BROWSER_PATH. "
    "The deck, the workbook and the report need none."
)


def make_picture(exhibit: Exhibit, kind: PictureKind = "png") -> bytes:
    """Picture of an exhibit as it stands on a slide.

    Parameters
    ----------
    exhibit : Exhibit
        What is shown, with its title and foot.
    kind : {"png", "svg", "pdf"}
        PNG of 4000 x 2250 pixels, 300 dpi on a slide of 13.33 inches; SVG and PDF with text as text.

    Raises
    ------
    ValuemixError
        Where kaleido or a browser is missing, does not start or does not answer, with the way out.
    """
    return make_pictures([exhibit], kind)[0]


def make_pictures(
    exhibits: Sequence[Exhibit],
    kind: PictureKind = "png",
    *,
    progress: Callable[[int, int], None] | None = None,
) -> list[bytes]:
    """Pictures of exhibits, all by one browser; it takes seconds to start and half a second for each.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        What is shown.
    kind : {"png", "svg", "pdf"}
        As for `make_picture`.
    progress : callable, optional
        Called with the numbers of pictures made and wanted.

    Raises
    ------
    ValuemixError
        As for `make_picture`. One browser runs at a time, and never longer than a minute without
        a picture.
    """
    obstacle = picture_obstacle()
    if obstacle:
        raise ValuemixError(obstacle)
    if not exhibits:
        return []
    jobs = json.dumps([_job(exhibit, kind) for exhibit in exhibits])
    # Where a browser is slow to die, its profile may still be written to while it is deleted.
    with _alone(), tempfile.TemporaryDirectory(prefix="valuemix-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "jobs.json").write_text(jobs, encoding="utf-8")
        _render(folder, len(exhibits), progress or (lambda _done, _total: None))
        pictures = [(folder / str(place)).read_bytes() for place in range(len(exhibits))]
    return [_with_density(picture) for picture in pictures] if kind == "png" else pictures


def picture_obstacle() -> str | None:
    """Why no picture can be made on this machine, as a message with the way out; None where it can.

    Quick: nothing is started.
    """
    if importlib.util.find_spec("kaleido") is None:
        return _NO_KALEIDO
    wanted = os.environ.get("BROWSER_PATH")
    if wanted and shutil.which(wanted) is None:
        return (
            f"BROWSER_PATH is {wanted!r}, which is no program on this machine; "
            "let it name a Chrome or Chromium, or unset it to have one looked for."
        )
    return None if _browser() else _NO_BROWSER


def _browser() -> str | None:
    """Path of the browser that kaleido would take."""
    from choreographer.browsers import Chromium

    found: str | None = os.environ.get("BROWSER_PATH") or Chromium.find_browser(skip_local=False)
    return found


def _job(exhibit: Exhibit, kind: PictureKind) -> dict[str, Any]:
    options = {"format": kind, "width": DECK_WIDTH, "height": DECK_HEIGHT, "scale": _SCALES.get(kind, 1)}
    return {"figure": json.loads(exhibit.figure.to_json(validate=False)), "options": options}


@contextmanager
def _alone() -> Iterator[None]:
    """Wait for pictures that another thread is making, but not for ever."""
    if not _ONE_BROWSER.acquire(timeout=_LET_OTHERS_FINISH):
        raise ValuemixError("Other pictures are still being made on this machine; try again in a minute.")
    try:
        yield
    finally:
        _ONE_BROWSER.release()


def _render(folder: Path, count: int, progress: Callable[[int, int], None]) -> None:
    """Run the browser until every picture is there, it fails, or it keeps us waiting."""
    browser = _browser() or ""
    command = [sys.executable, "-P", str(_RENDERING), str(folder), browser]
    # The browser keeps its profile in the folder too, so that nothing of it is left behind.
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command, no shell
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log
        )
    done, last = 0, time.monotonic()
    progress(done, count)
    try:
        while done < count:
            has_ended = process.poll() is not None
            finished = sum((folder / str(place)).exists() for place in range(count))
            if finished > done:
                done, last = finished, time.monotonic()
                progress(done, count)
            elif has_ended:
                raise ValuemixError(_failed(browser, folder / "log"))
            elif time.monotonic() > last + PATIENCE:
                raise ValuemixError(_no_answer(browser))
            else:
                time.sleep(0.05)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end with its browser; insist where it does not."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _no_answer(browser: str) -> str:
    return (
        f"The browser {browser} made no picture for {PATIENCE:.0f} seconds and was ended. Try again when "
        "the machine is less busy, or let BROWSER_PATH name another Chrome or Chromium."
    )


def _failed(browser: str, log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    said = shorten(lines[-1], 120) if lines else "no message"
    return (
        f"The browser {browser} could not make the picture ({said}). See whether it starts: "
        f"{browser} --headless --version. BROWSER_PATH can name another Chrome or Chromium."
    )


def _with_density(png: bytes) -> bytes:
    """PNG with its density, so that it comes into a slide at the slide's width.

    The chunk pHYs of ISO/IEC 15948 holds dots per metre and stands before the pixels.
    """
    per_metre = round(DPI / 0.0254)
    chunk = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    end_of_header = 33
    density = struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:end_of_header] + density + png[end_of_header:]
