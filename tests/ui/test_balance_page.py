"""The Balance page: what it shows, undo and redo, settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from balance_screen import Screen
from nightly import sampled, tries
from sample_scenarios import hostile, large, long_names, made

from valuemix import exhibits
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario
from valuemix.ui.literal_text import literal

LIVE = re.compile(r"(?<!\\)(<|]\(|!\[|\$|://|:red\[|:material/delete)")
"""What Markdown would act on, unless a backslash or a word joiner stands in the way."""


def ranking_finding(screen: Screen) -> str:
    now = screen.session
    return literal(exhibits.ranking(now.edits.now, now.segment).finding)


def test_the_app_opens_on_an_example_with_its_finding(tab: Callable[..., Screen]) -> None:
    screen = tab()
    assert screen.findings()[0] == ranking_finding(screen)
    assert ":material/check: Saved" in screen.badge()


@pytest.mark.parametrize(
    "name", sampled(["airport-survey-sfo-2017", "base-case", "green-mandate", "margin-squeeze"])
)
def test_a_link_opens_the_scenario_that_it_names(tab: Callable[..., Screen], folder: Path, name: str) -> None:
    assert tab(name).scenario == load(folder / f"{name}.json")


def test_a_link_to_a_scenario_that_is_gone_says_so_and_opens_another(tab: Callable[..., Screen]) -> None:
    screen = tab("no-such-scenario")
    assert "not in this folder" in screen.at.error[0].value
    assert screen.session.edits.saved is not None


def test_another_scenario_is_opened_from_the_list_and_undo_goes_back(base: Screen) -> None:
    base.open("green-mandate")
    assert base.scenario.name == "Green mandate"
    assert base.at.query_params["scenario"] == "green-mandate"
    assert base.press("undo").scenario.name == "Base case"


def test_the_finding_follows_the_segment_in_view(base: Screen) -> None:
    for segment in (*base.scenario.segment_names[: tries(5, 1)], None):
        base.segment(segment)
        assert base.findings()[0] == ranking_finding(base)


def test_a_move_changes_the_finding_and_shows_the_change_against_the_saved_scenario(base: Screen) -> None:
    before = base.segment("Public sector").findings()
    base.move(1, 95)
    assert base.findings()[0] != before[0]
    assert len(base.findings()) == len(before) + 1
    charts = [chart.key for chart in base.at.get("plotly_chart")]
    assert charts == ["balance-change"]


def test_the_table_marks_every_leader_and_ends_with_leads(base: Screen) -> None:
    table = base.at.table[0].value
    assert [*table.columns] == [*map(literal, base.scenario.segment_names), "Overall"]
    for segment in (*base.scenario.segment_names, None):
        marked = table.iloc[:-1][literal(segment or "Overall")].str.contains(
            "primary-background", regex=False
        )
        leaders = base.session.edits.now.standing(segment).leaders
        assert [*table.index[:-1][marked]] == [literal(base.scenario.proposition_names[p]) for p in leaders]


def test_a_segment_may_be_called_proposition(tab_on: Callable[[Scenario], Screen]) -> None:
    names = ["Proposition", "Lead"]
    scenario = Scenario.from_arrays([[[8, 2], [6, 5]], [[2, 3], [4, 5]]], segments=names)
    table = tab_on(scenario).at.table[0].value
    assert [*table.columns] == [*names, "Overall"]
    assert [*table.index] == ["Proposition 2", "Proposition 1", "*Lead*"]
    assert table["Proposition"].str.contains("5.5", regex=False).any()


def test_every_figure_on_the_page_has_the_same_decimals(base: Screen) -> None:
    base.segment("Enterprise").move(2, 24)
    cells = base.at.table[0].value.to_numpy().ravel()
    printed = [*map(str, cells), *base.findings()]
    decimals = {len(part) for text in printed for part in re.findall(r"\d\.(\d+)", text)}
    assert len(decimals) == 1


def test_nothing_is_said_about_changes_before_there_are_any(base: Screen) -> None:
    assert not any("has changed" in text for text in base.texts())


def test_undo_and_redo_walk_over_every_edit(base: Screen) -> None:
    seen = [base.scenario]
    base.segment("Enterprise").move(0, 80)
    seen.append(base.scenario)
    base.preset("equal")
    seen.append(base.scenario)
    base.move(0, 90, "size")
    seen.append(base.scenario)
    for expected in reversed(seen[:-1]):
        assert base.press("undo").scenario == expected
    assert base.disabled("undo")
    for expected in seen[1:]:
        assert base.press("redo").scenario == expected
    assert base.disabled("redo")


@pytest.mark.nightly  # moves, presets and sizes are steps above; which are one: test_edit_history.py
def test_each_gesture_is_one_step_of_undo(base: Screen) -> None:
    base.segment("Enterprise").move(0, 40).move(0, 50).move(0, 60)
    assert base.press("undo").points()[0] == 50


@pytest.mark.nightly  # as the test before
def test_two_drags_of_a_slider_with_another_between_are_three_steps(base: Screen) -> None:
    base.segment("Enterprise").move(0, 50).move(1, 30).move(0, 20)
    for _ in range(3):
        base.press("undo")
    assert base.disabled("undo")


@pytest.mark.nightly  # every edit is a step of one history, walked above; browsers reset
def test_reset_goes_back_to_the_saved_scenario_and_can_be_undone(base: Screen) -> None:
    assert base.disabled("reset")
    saved = base.scenario
    edited = base.segment("Enterprise").move(0, 80).scenario
    assert base.press("reset").scenario == saved
    assert ":material/check: Saved" in base.badge()
    assert base.press("undo").scenario == edited


@pytest.mark.nightly  # a law of the history: test_edit_history.py
def test_an_edit_after_undo_drops_what_was_undone(base: Screen) -> None:
    base.segment("Enterprise").move(0, 80).press("undo").move(1, 10)
    assert base.disabled("redo")


# Fairness is a field of the same kind beside it.
@pytest.mark.parametrize(
    ("name", "number"),
    sampled([("compensation", -3.5), ("fairness", 2.0), ("compensation", 0.0)], rows=True),
)
def test_compensation_and_fairness_change_the_values(base: Screen, name: str, number: float) -> None:
    before = base.session.edits.now.values_in(None)
    base.expand("advanced").set_number(name, number)
    assert getattr(base.scenario.settings, name) == number
    assert not (base.session.edits.now.values_in(None) == before).all()
    assert base.press("undo").scenario == base.session.edits.baseline


def test_a_compensation_named_in_the_file_is_told(tab_on: Callable[[Scenario], Screen]) -> None:
    screen = tab_on(made().with_settings(compensation="min", fairness="max")).expand("advanced")
    assert any("set in the file" in text for text in screen.texts())


# The least; at night more of each. Many of all are shown below, twelve disciplines among the sliders.
@pytest.mark.parametrize("counts", sampled([(1, 1, 2), (3, 2, 12), (1, 3, 4), (2, 1, 4), (20, 8, 4)]))
def test_every_size_of_scenario_can_be_weighed(
    tab_on: Callable[[Scenario], Screen], counts: tuple[int, int, int]
) -> None:
    screen = tab_on(made(*counts))
    for segment in (None, screen.scenario.segment_names[-1])[: tries(2, 1)]:
        screen.segment(segment).move(0, 61).preset("equal").press("undo").press("reset")
        assert screen.findings()[0]
        assert not screen.at.error


def test_scores_may_be_missing(tab_on: Callable[[Scenario], Screen]) -> None:
    screen = tab_on(made().with_scores("Proposition 1", innovation=None)).segment("Segment 1").move(0, 90)
    assert any("\\*" in cell for cell in screen.at.table[0].value["Segment 1"])


# Hostile names are weighed in the next test; names do not wrap without a browser, and long ones are tried in one.
@pytest.mark.parametrize("build", sampled([large, long_names, hostile]))
def test_scenarios_that_are_hard_to_show_are_shown(
    tab_on: Callable[[Scenario], Screen], build: Callable[[], Scenario]
) -> None:
    scenario = build()
    screen = tab_on(scenario).expand("advanced")
    screen.segment(scenario.segment_names[0]).move(0, 90).hold(1)
    assert screen.findings()[0] == ranking_finding(screen)


def test_no_name_from_data_takes_effect_as_markdown(tab_on: Callable[[Scenario], Screen]) -> None:
    screen = tab_on(hostile())
    screen.segment(screen.scenario.segment_names[0]).move(0, 90)
    cells = screen.at.table[0].value.astype(str).to_numpy().ravel().tolist()
    menu = screen.at.menu_button[0].options
    for text in [
        *screen.texts(),
        *cells,
        *menu,
        *screen.at.table[0].value.columns,
        *screen.at.table[0].value.index,
    ]:
        assert not LIVE.search(text)


def test_the_bars_of_the_discipline_check_are_set_under_advanced(base: Screen) -> None:
    base.at.session_state["balance-advanced"] = True
    base.run()
    bar = base.at.number_input(key="balance-lead-bar")
    assert bar.value == base.scenario.lead_bar == 7.0
    bar.set_value(8.5)
    base.run()
    assert base.scenario.lead_bar == 8.5
    assert base.at.number_input(key="balance-threshold").value == 5.0


def test_what_is_in_doubt_is_set_under_advanced_and_saved_with_the_scenario(base: Screen) -> None:
    base.at.session_state["balance-advanced"] = True
    base.run()
    assert any(text.startswith("Assumed as long as") for text in base.texts())
    within = base.at.number_input(key="balance-doubt-weights-within")
    assert within.value == 10.0
    within.set_value(0.0)
    base.run()
    assert base.scenario.doubt.weights_within == 0.0
    assert base.scenario.doubt.scores_within == 5.0
    assert not any(text.startswith("Assumed as long as") for text in base.texts())
    base.at.radio(key="balance-doubt-weights-shift").set_value("own")
    base.run()
    assert base.scenario.doubt.weights_shift == "own"
    base.press("undo").press("undo")
    assert base.scenario == base.session.edits.baseline


@pytest.mark.nightly  # a number in a box, set as those in the tests above
def test_the_seed_is_set_under_advanced(base: Screen) -> None:
    base.at.session_state["balance-advanced"] = True
    base.run()
    base.at.number_input(key="balance-seed").set_value(7)
    base.run()
    assert base.scenario.settings.seed == 7


@pytest.mark.parametrize(
    ("counts", "shown"), [((2, 1, 4), set()), ((2, 3, 4), {"weights-shift", "sizes-within"})]
)
def test_doubt_has_only_the_controls_that_the_scenario_has_a_use_for(
    tab_on: Callable[[Scenario], Screen], counts: tuple[int, int, int], shown: set[str]
) -> None:
    screen = tab_on(made(*counts))
    screen.at.session_state["balance-advanced"] = True
    screen.run()
    keys = {each.key for each in [*screen.at.number_input, *screen.at.radio]}
    found = {key.removeprefix("balance-doubt-") for key in keys if key and key.startswith("balance-doubt-")}
    assert found == {"weights-within", "scores-within"} | shown
