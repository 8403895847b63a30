"""Decks edited as people edit them, by a script that knows nothing of marks: nothing of theirs is lost."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from edited_decks import WORDS, edited
from nightly import NIGHTLY, tries
from pptx import Presentation

from valuemix.exhibits.slides import exhibits_of
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.identity.package import CUSTOM, TYPES, Package
from valuemix.export.pptx.update.replay import replay
from valuemix.export.pptx.update.update import update
from valuemix.files.scenarios.scenario_file import load

# By day what is made anew is made once, as in test_deck_update.py.
pytestmark = [] if NIGHTLY else [pytest.mark.usefixtures("made_once")]

DAY = datetime.date(2026, 3, 1)
BEFORE = load(Path(__file__).parents[2] / "scenarios" / "base-case.json")
AFTER = BEFORE.with_weights(None, {BEFORE.discipline_ids[3]: 50})


@pytest.fixture(scope="module")
def deck() -> bytes:
    # The first four by day: they have texts, tables and charts.
    return make_deck(exhibits_of(BEFORE)[: tries(99, 4)], today=DAY)


def slides_of(deck: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(deck)).slides)


def words_of_theirs(deck: bytes) -> list[str]:
    """All that people wrote, slide by slide."""
    own = "|".join(WORDS)
    found = []
    for slide in slides_of(deck):
        texts = [slide.element, slide.notes_slide.element] if slide.has_notes_slide else [slide.element]
        words = " ".join(text for part in texts for text in part.itertext())
        found.append(str(sorted(re.findall(rf"(?:{own})[\d.]+\d", words))))
    return found


def frames_of(deck: bytes) -> list[list[tuple[Any, ...]]]:
    """Where charts, tables and texts of their own stand; keys and lines may move with the data."""
    return [
        [
            (shape.left, shape.top, shape.width, shape.height)
            for shape in slide.shapes
            if shape.has_chart or shape.has_table or shape.is_placeholder or shape.name.startswith("TextBox")
        ]
        for slide in slides_of(deck)
    ]


def colours_of(deck: bytes) -> list[set[str]]:
    """Colours of the titles; a row of a table that is no more takes those of its words along."""
    tag = "{http://schemas.openxmlformats.org/drawingml/2006/main}srgbClr"
    return [
        {str(each.get("val")) for each in slide.shapes.title.element.iter(tag)} for slide in slides_of(deck)
    ]


@pytest.mark.nightly  # by day test_deck_update.py edits each kind of part by itself
@pytest.mark.parametrize("seed", range(tries(60, 1)))
def test_nothing_that_people_did_is_lost_and_all_else_is_new(deck: bytes, seed: int) -> None:
    theirs = edited(deck, seed, edits=8)
    made = update(theirs, [AFTER], today=DAY)
    assert words_of_theirs(made.content) == words_of_theirs(theirs)
    assert frames_of(made.content) == frames_of(theirs)
    assert colours_of(made.content) == colours_of(theirs)
    before, after = Package.of(theirs), Package.of(made.content)
    ours = re.compile(r"ppt/(slides|notesSlides|charts|embeddings)/")
    for name, content in before.parts.items():
        assert after.parts[name] == content or ours.match(name) or name in (CUSTOM, TYPES), name
    for told in replay(made.content):
        assert told.state in ("same", "not ours", "changed by hand")
        if told.state == "changed by hand":
            assert words_of_theirs(theirs)[told.slide - 1] != "[]", told
    again = update(made.content, [AFTER], today=DAY)
    assert again.content == made.content
    assert {change.state for change in again.changes} <= {"kept"}


@pytest.mark.nightly
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_deck_that_libreoffice_saved_is_updated_as_well(deck: bytes, tmp_path: Path) -> None:
    (tmp_path / "board.pptx").write_bytes(deck)
    command = [f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pptx"]
    subprocess.run(
        [
            str(shutil.which("soffice")),
            *command,
            "--outdir",
            str(tmp_path / "saved"),
            str(tmp_path / "board.pptx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    theirs = (tmp_path / "saved" / "board.pptx").read_bytes()
    assert {told.state for told in replay(theirs)} == {"same"}
    assert update(theirs, [BEFORE], today=DAY).changes == []
    made = update(theirs, [AFTER], today=DAY)
    assert {change.state for change in made.changes} == {"updated"}
    assert {told.state for told in replay(made.content)} == {"same"}
