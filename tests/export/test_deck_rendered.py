"""Decks as LibreOffice shows them: a page a slide, nothing outside the page, no table in the foot."""

from __future__ import annotations

import datetime
import io
import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from company_templates import bytes_of, company
from pptx import Presentation
from sample_scenarios import large, long_names, made

from valuemix.exhibits.slides import exhibits_of
from valuemix.export.pptx import make_deck

DAY = datetime.date(2026, 3, 1)
CASES = {"few": made(3, 2), "many": large(), "long names": long_names()}
TEMPLATES = {"plain": None, "company": bytes_of(company())}
SHOWN = [(case, template) for case in CASES for template in TEMPLATES]

# By day test_deck_slides.py and test_deck_charts_hold.py measure that all stands on the slide and off the foot.
pytestmark = [pytest.mark.slow, pytest.mark.office, pytest.mark.nightly]


@pytest.fixture(scope="module")
def decks() -> dict[tuple[str, str], bytes]:
    return {
        (case, template): make_deck(exhibits_of(CASES[case]), template=TEMPLATES[template], today=DAY)
        for case, template in SHOWN
    }


@pytest.fixture(scope="module")
def pages(
    decks: dict[tuple[str, str], bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], list[Any]]:
    """Pages of all decks with the words that they show and their places in points.

    One start of the program shows them all: it takes longer than a deck.
    """
    folder = tmp_path_factory.mktemp("decks")
    files = {key: folder / f"deck-{number}.pptx" for number, key in enumerate(decks)}
    for key, file in files.items():
        file.write_bytes(decks[key])
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files.values())]
    subprocess.run(command, check=True, timeout=600, capture_output=True)
    return {key: pages_of(file.with_suffix(".pdf")) for key, file in files.items()}


def pages_of(pdf: Path) -> list[Any]:
    words = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, timeout=60, capture_output=True)
    return list(lxml.html.document_fromstring(words.stdout.decode()).iter("page"))


def place(element: Any, side: str) -> float:
    return float(element.get(side))


def strangers(below: list[str], foot: set[str]) -> str:
    """What stands among the words of the foot and is none of them, whole or broken over two lines."""
    broken = ""
    for text in below:
        if text not in foot:
            broken += text
            broken = "" if broken in foot else broken
    return broken


@pytest.mark.parametrize(("case", "template"), SHOWN)
def test_nothing_leaves_the_page_and_no_body_runs_into_the_foot(
    case: str,
    template: str,
    decks: dict[tuple[str, str], bytes],
    pages: dict[tuple[str, str], list[Any]],
) -> None:
    slides = list(Presentation(io.BytesIO(decks[case, template])).slides)
    assert len(pages[case, template]) == len(slides)
    for page, slide in zip(pages[case, template], slides, strict=True):
        words = list(page.iter("word"))
        for word in words:
            assert place(word, "xmin") >= 0
            assert place(word, "xmax") <= place(page, "width")
            assert place(word, "ymax") <= place(page, "height")
        start = next((word for word in words if word.text == "Source:"), None)
        if start is None:  # the title slide, or the one before the appendix
            continue
        frames = [s.text_frame.text for s in slide.shapes if s.name.startswith("Source") or s.is_placeholder]
        foot = set(" ".join(frames).split())
        below = [w.text for w in words if place(w, "ymin") > place(start, "ymin") - 1]
        assert strangers(below, foot) == "", slide.shapes.title.text
