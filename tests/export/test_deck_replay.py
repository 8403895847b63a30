"""A deck is computed anew and compared: what is the same, what was changed by hand, what its scenario now says."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from edited_decks import planted, replaced
from nightly import tries
from pptx import Presentation
from pptx.util import Emu
from sample_scenarios import made

from valuemix.cli import main
from valuemix.errors import ValuemixError
from valuemix.exhibits.slides import exhibits_of, slide_of
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.identity.package import Package
from valuemix.export.pptx.update.anew import Anew, computed_anew, open_deck
from valuemix.export.pptx.update.replay import Told, replay, told_of
from valuemix.files.scenarios.scenario_file import load, save

pytestmark = pytest.mark.usefixtures("made_once")

DAY = datetime.date(2026, 3, 1)
SCENARIO = load(Path(__file__).parents[2] / "scenarios" / "base-case.json")


@pytest.fixture(scope="module")
def deck() -> bytes:
    return make_deck(exhibits_of(SCENARIO), today=DAY, footer="For the board")


@pytest.fixture(scope="module")
def anew(deck: bytes) -> Anew:
    return computed_anew(deck, open_deck(deck)[1], [SCENARIO], DAY)


def saved(presentation: Any) -> bytes:
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def told_in(deck: bytes, anew: Anew) -> list[Told]:
    package, data = open_deck(deck)
    slides = enumerate(package.slides(), 1)
    return [told for place, name in slides for told in told_of(package, name, place, anew, data)]


def test_a_deck_that_nobody_touched_is_the_same_on_every_slide(deck: bytes) -> None:
    told = replay(deck)
    assert [each.slide for each in told] == [*range(1, 13)]
    assert {each.state for each in told} == {"same"}


def test_planted_numbers_are_found_on_their_slides_and_on_no_other(deck: bytes, anew: Anew) -> None:
    package, data = open_deck(deck)
    for part, content in planted(deck, tries(200, 40), seed=5):
        package.changed = {part: content}
        states = {}
        for place, name in enumerate(package.slides(), 1):
            if part in (name, *(target for _, target in package.relations(name).values())):
                states = {place: [told.state for told in told_of(package, name, place, anew, data)]}
        assert [*states.values()] == [["changed by hand"]], part


def test_a_number_in_the_workbook_of_a_chart_is_found(deck: bytes, anew: Anew) -> None:
    package = Package.of(deck)
    books = sorted(name for name in package.parts if name.endswith(".xlsx"))
    told = told_in(replaced(deck, {books[0]: package.parts[books[1]]}), anew)
    [found] = [each for each in told if each.state != "same"]
    assert (found.state, found.what) == ("changed by hand", (f"workbook of Chart {found.exhibit}",))


def test_how_a_slide_looks_and_what_stands_beside_is_theirs(deck: bytes, anew: Anew) -> None:
    presentation = Presentation(io.BytesIO(deck))
    for slide in presentation.slides:
        for shape in slide.shapes:
            shape.left = Emu(shape.left + 9_999)
        slide.shapes.add_textbox(0, 0, 99, 99).text_frame.text = "What about 2027?"
        notes = slide.notes_slide.notes_text_frame
        notes.text = f"Say hello.\n{notes.text}\nThank Ann."
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = "Questions"
    told = told_in(saved(presentation), anew)
    assert [each.state for each in told] == ["same"] * 12 + ["not ours"]


def test_what_is_retyped_or_deleted_is_named(deck: bytes, anew: Anew) -> None:
    presentation = Presentation(io.BytesIO(deck))
    slide = presentation.slides[2]
    slide.shapes.title.text = "We lead"
    source = next(shape for shape in slide.shapes if shape.name.startswith("Source"))
    source.element.getparent().remove(source.element)
    table = next(shape.table for shape in presentation.slides[3].shapes if shape.has_table)
    table.cell(1, 1).text_frame.paragraphs[0].runs[0].text = "Nobody"
    told = [each for each in told_in(saved(presentation), anew) if each.state != "same"]
    assert [(each.slide, each.exhibit, each.what) for each in told] == [
        (3, "ranking", ("Source is missing", "title")),
        (4, "leaders", ("Table",)),
    ]


def test_another_scenario_differs_and_is_not_taken_for_a_change_by_hand(deck: bytes) -> None:
    told = replay(deck, [SCENARIO.with_weights("Enterprise", innovation=60)])
    assert {each.state for each in told} == {"differs", "same"}
    assert told[2].state == "differs"


def test_an_exhibit_that_the_scenario_does_not_have_is_told() -> None:
    scenario = made(3, 2)
    slides = [slide_of("weights"), slide_of("ranking", segment="Segment 2")]
    deck = make_deck(exhibits_of(scenario, slides=slides), today=DAY)
    [*_, told] = replay(deck, [made(3, 1)])
    assert (told.state, told.what) == ("differs", ("cannot be made of this scenario",))


def test_a_deck_without_its_scenario_asks_for_it(tmp_path: Path) -> None:
    deck, case = tmp_path / "board.pptx", save(SCENARIO, tmp_path / "case.json")
    run = CliRunner().invoke
    slides = ["--exhibit", "ranking", "--exhibit", "weights"]
    assert run(main, ["export", str(case), "-o", str(deck), "--without-scenario", *slides]).exit_code == 0
    refused = run(main, ["replay", str(deck)])
    assert refused.exit_code == 1
    assert "--case" in refused.stderr
    found = json.loads(run(main, ["replay", str(deck), "--case", str(case), "--json"]).stdout)
    assert [(each["exhibit"], each["state"]) for each in found["slides"]] == [
        ("opening", "same"),
        ("ranking", "same"),
        ("appendix", "same"),
        ("weights", "same"),
    ]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no deck"])
def test_what_is_no_deck_is_told(content: bytes) -> None:
    with pytest.raises(ValuemixError, match="the deck is"):
        replay(content)


def test_a_deck_of_others_is_told() -> None:
    with pytest.raises(ValuemixError, match="does not say what it was made from"):
        replay(saved(Presentation()))
