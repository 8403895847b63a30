"""The Present page: the slides that the deck would have, and the desk, whose moves the slides follow."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from balance_screen import Screen
from lxml import html
from sample_scenarios import examples_in
from streamlit.testing.v1 import AppTest

from valuemix.exhibits.slides import slide_of
from valuemix.ui.literal_text import literal
from valuemix.ui.session.deck_actions import usual_slides


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """One tab for all tests: those that look at the usual deck come first, then each commits its own."""
    folder = tmp_path_factory.mktemp("present")
    script = folder / "present_alone.py"
    script.write_text("from valuemix.ui.pages import present\npresent.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.context = {"theme": "light"}
    at.query_params["scenario"] = "base-case"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALUEMIX_SCENARIOS", str(examples_in(folder / "scenarios")))
        yield Screen(at).run()


def slides(screen: Screen) -> list[str]:
    """Text of each slide, charts left out."""
    bodies = [each.proto.body for each in screen.at.get("html")]
    return [html.fromstring(each).text_content() for each in bodies if "width:1280px" in each]


def test_a_deck_that_nobody_configured_is_the_usual_one_with_its_title_slides(screen: Screen) -> None:
    usual = [slide.exhibit for slide in usual_slides(screen.session)]
    assert len(slides(screen)) == len(usual) + 2
    assert "Base case" in slides(screen)[0]
    assert slides(screen)[len(usual) - 2].startswith("Appendix")


def test_slides_follow_a_weight_moved_on_the_desk_which_is_one_step_to_undo(screen: Screen) -> None:
    before, count = slides(screen)[1], len(screen.session.edits.history.steps)
    screen.move(1, 100)
    assert screen.points()[1] == 100
    assert len(screen.session.edits.history.steps) == count + 1
    assert slides(screen)[1] != before
    assert "48-hour parts" in slides(screen)[1]
    assert screen.at.query_params["tab"]


def test_slides_that_were_collected_are_shown_in_their_order_under_their_own_titles(screen: Screen) -> None:
    deck = (slide_of("leaders"), slide_of("ranking").model_copy(update={"title": "What we *lead* with"}))
    screen.session.edits.commit(screen.scenario.replace(deck=deck))
    _, leaders, ranking = slides(screen.run())
    assert "lead" in leaders
    assert ranking.startswith("What we *lead* with")


def test_a_slide_that_cannot_be_made_is_told_and_the_others_are_shown(screen: Screen) -> None:
    deck = (slide_of("ranking", segment="Nobody"), slide_of("ranking"))
    screen.session.edits.commit(screen.scenario.replace(deck=deck))
    assert len(slides(screen.run())) == 1
    (told,) = [warning.value for warning in screen.at.warning]
    assert told.startswith(literal("Slide 1 cannot be made: unknown segment 'Nobody'"))
