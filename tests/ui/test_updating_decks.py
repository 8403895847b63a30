"""A deck is brought up to date on the Export page: what came in, what goes out, what is told."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from pptx import Presentation
from sample_scenarios import ROOT
from streamlit.testing.v1 import AppTest

from valuemix.analysis.value.scoring import evaluate
from valuemix.decisions.folder import keep
from valuemix.decisions.record import decide
from valuemix.exhibits.slides import exhibits_of, slide_of
from valuemix.export.pptx import make_deck
from valuemix.files.scenarios.scenario_file import load

BASE = load(ROOT / "scenarios" / "base-case.json")
OLD = BASE.with_weights(None, {BASE.discipline_ids[3]: 50})
SLIDES = [slide_of("ranking")]


def deck(*, keeps: bool) -> bytes:
    made = make_deck(exhibits_of(OLD, slides=SLIDES), today=datetime.date(2026, 3, 1), with_scenario=keeps)
    presentation = Presentation(io.BytesIO(made))
    presentation.slides[0].notes_slide.notes_text_frame.text = "Greet Ann"
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


@pytest.fixture
def page(folder: Path, tmp_path: Path) -> AppTest:  # noqa: ARG001 - sets the folder that the app reads
    script = tmp_path / "updating_alone.py"
    script.write_text("from valuemix.ui.pages import export\nexport.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.context = {"theme": "light"}
    at.query_params["scenario"] = "base-case"
    at.session_state["export-update"] = True  # the box is open
    return at.run()


def given(at: AppTest, content: bytes) -> AppTest:
    at.file_uploader(key="export-update-file").upload("board.pptx", content, "application/zip")
    at.run()
    assert not at.exception, at.exception
    return at


def test_a_deck_becomes_that_of_the_open_scenario_and_the_list_says_what_changed(
    page: AppTest, folder: Path
) -> None:
    given(page, deck(keeps=True))
    first = OLD.proposition_names[evaluate(OLD).standing().order[0]]
    keep(decide(OLD, first, "2999-01-01", case="base-case.json"), folder / "decisions")
    assert not page.get("download_button")
    page.checkbox(key="export-update-changes").check()
    page.button(key="export-update-go").click().run()
    [made] = page.session_state["updated deck"].values()
    slide, added = Presentation(io.BytesIO(made.content)).slides
    assert [shape.has_table for shape in added.shapes].count(True) == 1
    new = Presentation(io.BytesIO(make_deck(exhibits_of(BASE, slides=SLIDES)))).slides[0]
    assert slide.shapes.title.text == new.shapes.title.text
    assert "Greet Ann" in slide.notes_slide.notes_text_frame.text
    [told] = [each.proto.body for each in page.get("html") if "What became of it" in each.proto.body]
    assert new.shapes.title.text in told
    assert "; the one decision on record " in told
    assert page.get("download_button")


def test_a_deck_without_its_scenario_asks_what_it_was_made_from(page: AppTest) -> None:
    given(page, deck(keeps=False))
    assert "made from" in page.selectbox(key="export-update-base").label


@pytest.mark.parametrize("content", [b"no deck", None])
def test_a_file_that_is_no_deck_of_ours_says_so(page: AppTest, content: bytes | None) -> None:
    if content is None:
        file = io.BytesIO()
        Presentation().save(file)
        content = file.getvalue()
    given(page, content)
    assert page.error[-1].value.startswith("the deck")
    assert "export-update-go" not in {button.key for button in page.button}
