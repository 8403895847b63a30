"""The Customer view page: views of one score, delivery, burden, balance, service, terms, preference, statement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from balance_screen import drawn
from moment_samples import two_segments_at_faults
from sample_scenarios import ROOT, examples_in
from streamlit.testing.v1 import AppTest

from valuemix.exhibits.customers.statement import PARTS as SENTENCES
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import slide_of
from valuemix.files.scenarios.scenario_file import load, save
from valuemix.model.parts import Link
from valuemix.model.scenario import Scenario
from valuemix.ui.pages.customers import PART, PARTS
from valuemix.ui.session.deck_actions import sentences_of, stated
from valuemix.ui.session.tab import Session

EXAMPLE = "everyone-served"


def opened(tmp_path: Path, scenario_id: str) -> AppTest:
    script = tmp_path / "customers_alone.py"
    script.write_text("from valuemix.ui.pages import customers\ncustomers.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=180)
    at.context = {"theme": "light"}
    at.query_params["scenario"] = scenario_id
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception
    return at


@pytest.fixture
def example(folder: Path, tmp_path: Path) -> AppTest:  # noqa: ARG001 - sets the folder that the app reads
    return opened(tmp_path, EXAMPLE)


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """The example in one tab for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("read")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALUEMIX_SCENARIOS", str(examples_in(folder / "scenarios")))
        yield opened(folder, EXAMPLE)


@pytest.fixture
def plain(folder: Path, tmp_path: Path) -> AppTest:
    """A scenario with nothing but scores and weights."""
    save(Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 6, 5]], name="Plain"), folder / "plain.json")
    return opened(tmp_path, "plain")


def show(at: AppTest, part: str) -> AppTest:
    at.pills(key=f"customers-part-{PARTS[part].group}").set_value(part)
    return run(at)


def test_links_that_limit_nothing_are_one_line_and_no_lack_of_data(folder: Path, tmp_path: Path) -> None:
    kinds = Scenario.from_arrays([[[9, 9]], [[5, 5]]], segments=["Crew", "Guests"], name="Served")
    link = Link(from_segment="Crew", to_segment="Guests", strength=0.5)
    save(kinds.replace(links=[link]), folder / "served.json")
    at = show(opened(tmp_path, "served"), "Kinds and links")
    told = [each.value.replace("\\", "") for each in at.caption if "who serves whom" in each.value]
    assert told == [
        "No value is limited by who serves whom: the only link allows as much as is felt today, or more."
    ]
    assert not any("more data" in each.value for each in at.info)


def session_of(at: AppTest) -> Session:
    found = at.session_state["valuemix"]
    assert isinstance(found, Session)
    return found


def findings(at: AppTest) -> list[str]:
    return [heading.value for heading in at.subheader]


def test_every_exhibit_of_the_page_is_in_the_catalogue() -> None:
    shown = {key for part in PARTS.values() for key in part.exhibits}
    assert shown == {key for key, recipe in KINDS.items() if recipe.page == "Customer view"}


@pytest.mark.parametrize("part", [name for name in PARTS if name != "Moments"])
def test_the_example_shows_every_part_without_typing(read_only: AppTest, part: str) -> None:
    at = show(read_only, part)
    more = part == "Short and long term"  # the ranking part of the way
    assert len(findings(at)) == len(PARTS[part].exhibits) + more
    assert drawn(at) == len({*PARTS[part].exhibits} - {"statement"}) + more
    assert not at.info


def test_moments_show_when_and_where_for_a_proposition_that_is_chosen(folder: Path, tmp_path: Path) -> None:
    save(two_segments_at_faults(), folder / "faults.json")
    at = show(opened(tmp_path, "faults"), "Moments")
    assert len(findings(at)) == drawn(at) == 4
    assert findings(at)[0].startswith("Speed should lead for everyone at Fault")
    assert findings(at)[2].startswith("48-hour parts is worth")
    at.segmented_control(key="customers-moments-by").set_value("channel")
    at.selectbox(key="customers-moments-of").set_value("Named engineer")
    assert findings(run(at))[0].startswith("Speed should lead for everyone in the channel phone")
    assert findings(at)[2].startswith("Named engineer is worth")


def test_the_page_opens_on_the_first_part_with_data_and_gives_each_other_part_a_line(plain: AppTest) -> None:
    assert "Fairness" in plain.pills(key="customers-part-Everyone served").value
    offered = {name for each in plain.pills if (each.key or "").startswith(PART) for name in each.options}
    lines = [each.value.replace("\\", "") for each in plain.caption]
    for part, sheet in [
        ("Our own view", "Promised"),
        ("Delivery", "Delivery"),
        ("Burden", "Burdens"),
        ("Moments", "Moments"),
        ("Kinds and links", "Links"),
        ("Short and long term", "Segments later"),
    ]:
        assert part not in offered
        (line,) = [line for line in lines if line.startswith(f"{PARTS[part].group}, {part.lower()}: ")]
        assert PARTS[part].shows in line
        assert f"fill in the sheet {sheet}" in line
    assert not plain.info


def test_the_switch_says_whose_scores_count_in_every_finding(example: AppTest) -> None:
    show(example, "Discipline")
    example.segmented_control(key="customers-view").set_value("believed")
    run(example)
    assert all(finding.startswith("Where believed scores count") for finding in findings(example))


@pytest.mark.parametrize("part", ["Short and long term", "Statement"])
def test_the_switch_reaches_the_ranking_on_the_way_and_the_statement(example: AppTest, part: str) -> None:
    show(example, part)
    example.segmented_control(key="customers-view").set_value("promised")
    run(example)
    assert not example.info
    assert findings(example)
    assert all(finding.startswith("Where promised scores count") for finding in findings(example))


def test_gaps_are_shown_by_what_is_asked_and_go_to_the_deck_so(example: AppTest) -> None:
    session_of(example).view.segment = "Enterprise"
    show(example, "Our own view")
    example.segmented_control(key="customers-gaps-by").set_value("segment")
    run(example)
    assert not example.info
    assert "has the widest gap" in findings(example)[1]
    example.button(key="customers-cover_stories-to-deck").click()
    run(example)
    assert session_of(example).scenario.deck[-1] == slide_of("cover_stories", by="segment")


def test_losses_are_shown_by_discipline_where_that_is_asked(example: AppTest) -> None:
    show(example, "Delivery")
    example.segmented_control(key="customers-losses-by").set_value("discipline")
    run(example)
    example.button(key="customers-delivery_chain-to-deck").click()
    run(example)
    assert session_of(example).scenario.deck[-1] == slide_of("delivery_chain", by="discipline")


def test_the_bar_for_cover_stories_is_set_where_they_are_shown(example: AppTest) -> None:
    show(example, "Our own view")
    assert "one of 24 promises, and others may be" in findings(example)[2]
    example.number_input(key="customers-cover-story-bar").set_value(5.0)
    run(example)
    assert session_of(example).scenario.cover_story_bar == 5.0
    assert findings(example)[2].startswith("No promise is a cover story")


def test_a_map_of_one_proposition_shows_all_segments_whichever_is_in_view(example: AppTest) -> None:
    session_of(example).view.segment = "Enterprise"
    show(example, "Burden")
    example.selectbox(key="customers-proposition").set_value("Predictive uptime")
    run(example)
    assert not example.info
    assert len(findings(example)) == 3


def test_a_switch_with_one_choice_is_not_drawn_and_one_segment_is_not_compared_with_itself(
    plain: AppTest,
) -> None:
    assert not [each for each in plain.segmented_control if each.key == "customers-view"]
    assert len(findings(plain)) == drawn(plain) == 1
    assert "of 12 settings" in findings(plain)[0]
    assert any(each.value.startswith("Only one segment counts") for each in plain.caption)


def test_what_is_shown_goes_to_the_deck_as_it_is_shown(example: AppTest) -> None:
    show(example, "Preference")
    example.slider(key="customers-sensitivity").set_value(25)
    run(example)
    example.button(key="customers-preference_share-to-deck").click()
    run(example)
    assert session_of(example).scenario.deck[-1] == slide_of("preference_share", sensitivity="25")


def test_own_words_take_the_place_of_a_sentence_and_are_kept_with_the_scenario(example: AppTest) -> None:
    show(example, "Statement")
    first = example.text_area(key="customers-sentence-0")
    assert first.placeholder
    first.set_value("For those who *cannot* wait")
    run(example)
    scenario = session_of(example).scenario
    assert sentences_of(scenario) == {SENTENCES[0]: "For those who *cannot* wait"}
    assert r"For those who \*cannot\* wait" in [text.value for text in example.markdown]
    example.text_area(key="customers-sentence-0").set_value("")
    run(example)
    assert sentences_of(session_of(example).scenario) == {}


def test_the_way_to_the_long_term_can_be_taken_as_an_edit(example: AppTest) -> None:
    show(example, "Short and long term")
    example.slider(key="customers-way").set_value(100)
    run(example)
    example.button(key="customers-take").click()
    run(example)
    now = session_of(example)
    later = now.edits.baseline.later
    assert later is not None
    first = now.scenario.segment_names[0]
    assert dict(now.scenario.segments[0].points) == pytest.approx(dict(later[first]))
    assert now.edits.edited


def test_the_value_map_has_arrows_from_the_saved_scenario_once_it_is_edited(example: AppTest) -> None:
    now = session_of(example)
    now.edits.commit(now.scenario.with_weights("Enterprise", innovation=80))
    show(example, "Burden")
    example.button(key="customers-value_map-to-deck").click()
    run(example)
    options = session_of(example).scenario.deck[-1].options
    assert options["scenarios"].endswith("(as saved)")


def test_a_statement_is_one_slide_however_many_sentences_are_written() -> None:
    base = load(ROOT / "scenarios" / "base-case.json")
    written = stated(stated(base, "A", part=SENTENCES[0]), "B", part=SENTENCES[3])
    assert [slide.exhibit for slide in written.deck].count("statement") == 1
    assert sentences_of(written) == {SENTENCES[0]: "A", SENTENCES[3]: "B"}
    assert sentences_of(stated(written, " ", part=SENTENCES[0])) == {SENTENCES[3]: "B"}
