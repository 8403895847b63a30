"""Decks as LibreOffice shows them: a page a slide, nothing outside the page, no table in the foot."""

from __future__ import annotations

import datetime
import io
import subprocess
import time
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from company_templates import bytes_of, company
from pptx import Presentation
from sample_scenarios import large, long_names, made

from valuemix.exhibits.slides import exhibits_of
from valuemix.export.pptx import make_deck
from valuemix.model.scenario import Scenario

DAY = datetime.date(2026, 3, 1)
CASES = {"few": made(3, 2), "many": large(), "long names": long_names()}
TEMPLATES = {"plain": None, "company": bytes_of(company())}

pytestmark = [pytest.mark.slow, pytest.mark.office]


def pages_of(deck: bytes, folder: Path) -> list[Any]:
    """Pages with the words that they show and their places in points."""
    (folder / "deck.pptx").write_bytes(deck)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
    ]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(folder / "deck.pptx")]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    words = subprocess.run(
        ["pdftotext", "-bbox", str(folder / "deck.pdf"), "-"], check=True, timeout=60, capture_output=True
    )
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


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
@pytest.mark.parametrize("scenario", CASES.values(), ids=CASES)
def test_nothing_leaves_the_page_and_no_body_runs_into_the_foot(
    scenario: Scenario, template: bytes | None, tmp_path: Path
) -> None:
    deck = make_deck(exhibits_of(scenario), template=template, today=DAY)
    slides = list(Presentation(io.BytesIO(deck)).slides)
    pages = pages_of(deck, tmp_path)
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        words = list(page.iter("word"))
        for word in words:
            assert place(word, "xmin") >= 0
            assert place(word, "xmax") <= place(page, "width")
            assert place(word, "ymax") <= place(page, "height")
        start = next((word for word in words if word.text == "Source:"), None)
        if start is None:  # the title slide, or the one before the appendix
            continue
        frames = [s.text_frame.text for s in slide.shapes if s.name == "Source" or s.is_placeholder]
        foot = set(" ".join(frames).split())
        below = [w.text for w in words if place(w, "ymin") > place(start, "ymin") - 1]
        assert strangers(below, foot) == "", slide.shapes.title.text


def test_a_deck_of_twelve_slides_takes_less_than_five_seconds() -> None:
    exhibits = exhibits_of(made(8, 5))[:12]
    start = time.process_time()
    deck = make_deck(exhibits, today=DAY)
    assert time.process_time() - start < 5
    assert len(Presentation(io.BytesIO(deck)).slides) >= 12
