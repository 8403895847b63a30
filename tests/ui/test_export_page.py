"""The Export page: what was collected, in which order, under which words, and the files made of it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import html
from nightly import NIGHTLY, sampled
from pptx import Presentation
from sample_scenarios import ROOT
from streamlit.testing.v1 import AppTest

from valuemix.errors import EditError
from valuemix.exhibits.slides import default_slides, finder, slide_of
from valuemix.files.scenarios.scenario_file import load
from valuemix.files.scenarios.store import Store
from valuemix.model.parts import MAX_SLIDES
from valuemix.model.scenario import Scenario
from valuemix.ui.session.deck_actions import collected, dropped, framed, moved, worded
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets import exhibit_cache

BASE = load(ROOT / "scenarios" / "base-case.json")


def page(tmp_path: Path, name: str) -> AppTest:
    script = tmp_path / f"{name}_alone.py"
    script.write_text(f"from valuemix.ui.pages import {name}\n{name}.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.context = {"theme": "light"}
    at.query_params["scenario"] = "base-case"
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


@pytest.fixture
def export(folder: Path, tmp_path: Path) -> AppTest:  # noqa: ARG001 - sets the folder that the app reads
    return page(tmp_path, "export")


@pytest.fixture
def usual(export: AppTest) -> AppTest:
    export.button(key="export-usual").click()
    return run(export)


def session_of(at: AppTest) -> Session:
    found = at.session_state["valuemix"]
    assert isinstance(found, Session)
    return found


def deck(at: AppTest) -> list[str]:
    return [slide.exhibit for slide in session_of(at).scenario.deck]


def texts(at: AppTest) -> list[str]:
    """Texts that stand on the slide in the preview."""
    pages = [
        html.fromstring(each.proto.body) for each in at.get("html") if "position:relative" in each.proto.body
    ]
    return [
        "".join(part.itertext())
        for page in pages
        for part in page.iter("div")
        if part.find("span") is not None
    ]


def headings(at: AppTest) -> str:
    return " | ".join(heading.value for heading in at.subheader)


def test_an_empty_deck_says_how_to_fill_it_and_shows_no_chart(export: AppTest) -> None:
    assert "Nothing is collected" in headings(export)
    assert not export.get("plotly_chart")


def test_the_usual_slides_open_with_the_answer_and_close_with_the_inputs(usual: AppTest) -> None:
    assert deck(usual)[0] == "summary"
    assert deck(usual)[-1] == "scores"
    assert f"{len(deck(usual))} slides, kept with the scenario" in headings(usual)


@pytest.mark.parametrize(
    ("name", "exhibit"),
    sampled([("tradeoffs", "tradeoff"), ("balance", "ranking"), ("robustness", "acceptability")], rows=True),
)
@pytest.mark.usefixtures("folder")
def test_a_chart_goes_to_the_deck_from_its_page(tmp_path: Path, name: str, exhibit: str) -> None:
    at = page(tmp_path, name)
    buttons = [button for button in at.button if button.label == "To deck"]
    assert len(buttons) >= 2
    buttons[0].click()
    run(at)
    assert deck(at) == [exhibit]
    assert session_of(at).edits.changed


@pytest.mark.usefixtures("folder")
def test_the_same_exhibit_is_not_collected_twice(tmp_path: Path) -> None:
    at = page(tmp_path, "balance")
    for _ in range(2):
        at.button(key="balance-ranking-to-deck").click()
        run(at)
    assert deck(at) == ["ranking"]
    assert "in the deck already" in at.error[0].value


@pytest.mark.nightly  # one moves in the test of the slide that stays chosen
def test_slides_move_earlier_and_later_and_the_view_goes_along(usual: AppTest) -> None:
    before = deck(usual)
    usual.button(key="export-later").click()
    run(usual)
    assert deck(usual) == [before[1], before[0], *before[2:]]
    assert session_of(usual).view.slide == 1
    usual.button(key="export-earlier").click()
    run(usual)
    assert deck(usual) == before


@pytest.mark.nightly  # a slide is taken out in a test below, undo goes back in another
def test_a_slide_is_taken_out_and_undo_brings_it_back(usual: AppTest) -> None:
    before = deck(usual)
    usual.button(key="export-drop").click()
    run(usual)
    assert deck(usual) == before[1:]
    usual.button(key="export-undo").click()
    run(usual)
    assert deck(usual) == before


def test_another_title_is_shown_in_the_preview_and_an_empty_one_is_the_exhibits_own(usual: AppTest) -> None:
    own = usual.text_input(key="export-title-0").placeholder
    usual.text_input(key="export-title-0").set_value("Lead with <b>uptime</b>")
    run(usual)
    assert session_of(usual).scenario.deck[0].title == "Lead with <b>uptime</b>"
    assert "Lead with <b>uptime</b>" in texts(usual)
    usual.text_input(key="export-title-0").set_value("")
    run(usual)
    assert own in texts(usual)


def test_a_chart_stands_on_its_slide_and_a_table_needs_none(usual: AppTest) -> None:
    charts = [
        slide.exhibit in {"ranking", "tradeoff", "stability"} for slide in session_of(usual).scenario.deck
    ]
    shown = range(len(charts)) if NIGHTLY else (charts.index(True), charts.index(False))
    for place in shown:
        has_chart = charts[place]
        usual.radio(key="export-place").set_value(place)
        run(usual)
        assert len(usual.get("plotly_chart")) == has_chart
        assert texts(usual)


def test_a_picture_of_a_slide_is_drawn_where_it_is_asked_for(usual: AppTest) -> None:
    usual.session_state["export-one"] = True
    run(usual)
    figure = json.loads(usual.get("plotly_chart")[-1].proto.spec)
    assert (figure["layout"]["width"], figure["layout"]["height"]) == (1280, 720)
    assert json.loads(usual.get("plotly_chart")[-1].proto.config)["toImageButtonOptions"]["format"] == "png"


def test_a_slide_of_a_segment_that_is_gone_says_so_and_the_others_stay(usual: AppTest) -> None:
    now = session_of(usual)
    now.edits.commit(now.scenario.replace(deck=(slide_of("ranking", segment="Nobody"), *now.scenario.deck)))
    run(usual)
    assert "Nobody" in usual.warning[0].value
    assert not usual.get("plotly_chart")


def test_the_deck_is_saved_with_the_scenario(usual: AppTest, store: Store) -> None:
    usual.button(key="export-save").click()
    run(usual)
    assert [slide.exhibit for slide in store.open("base-case").scenario.deck] == deck(usual)


def test_nothing_is_made_until_asked_and_then_it_can_be_downloaded(usual: AppTest) -> None:
    assert not usual.get("download_button")
    usual.button(key="export-make-deck").click()
    run(usual)
    made = usual.session_state["made"]["deck"]
    assert made.name == "base-case-deck.pptx"
    assert len(Presentation(io.BytesIO(made.content)).slides) >= len(deck(usual))
    assert usual.get("download_button")


def test_a_file_made_before_an_edit_is_not_offered_any_more(usual: AppTest) -> None:
    usual.segmented_control(key="export-kind").set_value("report")
    run(usual)
    usual.button(key="export-make-report").click()
    run(usual)
    assert usual.get("download_button")
    usual.button(key="export-drop").click()
    run(usual)
    assert not usual.get("download_button")
    assert any("make it again" in caption.value for caption in usual.caption)


@pytest.mark.nightly  # workbooks are read in tests/export; a deck and a desk are made here
def test_the_workbook_of_the_page_holds_the_scenario(usual: AppTest) -> None:
    usual.segmented_control(key="export-kind").set_value("workbook")
    run(usual)
    usual.button(key="export-make-workbook").click()
    run(usual)
    made = usual.session_state["made"]["workbook"]
    assert zipfile.ZipFile(io.BytesIO(made.content)).testzip() is None


def test_the_desk_alone_is_made_of_the_scenario_on_the_page(usual: AppTest) -> None:
    usual.segmented_control(key="export-kind").set_value("desk")
    run(usual)
    usual.button(key="export-make-desk").click()
    run(usual)
    made = usual.session_state["made"]["desk"]
    assert made.name == "base-case-desk.html"
    assert b'id="desk-data"' in made.content


def test_an_exhibit_is_added_from_the_list(export: AppTest) -> None:
    # The box holds nothing before it is opened, which a test without a browser does by its key.
    export.session_state["export-add"] = True
    run(export)
    export.selectbox(key="export-exhibit").set_value("levers")
    run(export)
    export.selectbox(key="export-segment").set_value("Enterprise")
    run(export)
    export.button(key="export-add-go").click()
    run(export)
    assert session_of(export).scenario.deck == (slide_of("levers", segment="Enterprise"),)
    export.selectbox(key="export-section").set_value("Inputs")
    run(export)
    export.button(key="export-section-go").click()
    run(export)
    assert [slide.exhibit for slide in session_of(export).scenario.deck] == ["levers", "weights", "scores"]


def test_moving_past_the_ends_keeps_every_slide() -> None:
    three = BASE.replace(deck=tuple(slide_of(key) for key in ("summary", "ranking", "leaders")))
    for place in range(3):
        for by in (-1, 0, 1):
            after = moved(three, place, by).deck
            assert sorted(slide.exhibit for slide in after) == ["leaders", "ranking", "summary"]
    assert [s.exhibit for s in moved(three, 0, -1).deck] == ["summary", "ranking", "leaders"]
    assert [s.exhibit for s in dropped(three, 1).deck] == ["summary", "leaders"]
    assert worded(three, "Ours", place=2, field="title").deck[2].title == "Ours"


@pytest.mark.nightly  # the frame is put round a deck in the test of the slide that stays chosen
def test_a_deck_collected_by_hand_gets_its_summary_first_and_its_inputs_last(export: AppTest) -> None:
    now = session_of(export)
    own = slide_of("ranking", segment="Enterprise")
    now.edits.commit(now.scenario.replace(deck=(own, slide_of("scores", segment="Mid-market"))))
    run(export)
    export.button(key="export-frame").click()
    run(export)
    assert deck(export) == ["summary", "ranking", "scores", "weights"]
    assert session_of(export).scenario.deck[1] == own
    assert "export-frame" not in {button.key for button in export.button}


def test_a_slide_that_cannot_be_made_is_named_where_the_file_is_asked_for(usual: AppTest) -> None:
    now = session_of(usual)
    now.edits.commit(now.scenario.replace(deck=(slide_of("values"), slide_of("ranking", segment="Nobody"))))
    run(usual)
    usual.button(key="export-make-deck").click()
    run(usual)
    assert usual.error[0].value.startswith(r"slide 2 \(ranking\)")
    assert not usual.get("download_button")


def test_a_full_deck_takes_no_more() -> None:
    full: Scenario = BASE.replace(
        deck=tuple(slide_of("tradeoff", discipline=f"d{i}") for i in range(MAX_SLIDES))
    )
    with pytest.raises(EditError, match="take one out"):
        collected(full, slide_of("summary"), finder([]))
    with pytest.raises(EditError, match=r"holds \d+ slides; take \d+ out"):
        framed(full)


def test_what_a_deck_shows_already_is_not_collected_again_whatever_its_title_and_options() -> None:
    kept: Scenario = BASE.replace(deck=(*default_slides(BASE), slide_of("levers", weight_points="5")))
    kept = worded(kept, "Ours", place=1, field="title")
    for slide in (slide_of("ranking"), slide_of("levers")):
        with pytest.raises(EditError, match="in the deck already: slide "):
            collected(kept, slide, finder([]))
    assert len(collected(kept, slide_of("levers", weight_points="6"), finder([])).deck) == len(kept.deck) + 1


def test_the_slide_that_was_chosen_stays_chosen_where_the_deck_changes_around_it(export: AppTest) -> None:
    now = session_of(export)
    keys = ("ranking", "values", "leaders")
    now.edits.commit(now.scenario.replace(deck=tuple(slide_of(key) for key in keys)))
    run(export)
    export.radio(key="export-place").set_value(1)
    run(export)
    export.button(key="export-frame").click()
    run(export)
    assert deck(export)[:3] == ["summary", "ranking", "values"]
    assert export.radio(key="export-place").value == session_of(export).view.slide == 2
    export.button(key="export-later").click()
    run(export)
    assert deck(export)[2:4] == ["leaders", "values"]
    export.button(key="export-undo").click()
    run(export)
    export.button(key="export-undo").click()
    run(export)
    assert deck(export) == [*keys]
    assert export.radio(key="export-place").value == 2


def test_another_order_makes_no_exhibit_anew(usual: AppTest) -> None:
    before = exhibit_cache._made.cache_info().misses
    usual.button(key="export-later").click()
    run(usual)
    assert exhibit_cache._made.cache_info().misses == before
