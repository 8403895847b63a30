"""The Trade-offs and Robustness pages: what they show, and that a change they offer does what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from attribute_samples import two_levels
from balance_screen import drawn
from nightly import sampled
from sample_scenarios import ROOT, examples_in
from streamlit.testing.v1 import AppTest

from valuemix.analysis.value.scoring import evaluate
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets import assumptions

PAGES = ROOT / "src" / "valuemix" / "ui" / "pages"


def page_of(folder: Path, page: str, scenario_id: str) -> AppTest:
    """One page by itself."""
    script = folder / f"{page}.py"
    script.write_text(f"from valuemix.ui.pages import {page}\n{page}.page()\n", "utf-8")
    at = AppTest.from_file(str(script), default_timeout=120)
    at.context = {"theme": "light"}
    at.query_params["scenario"] = scenario_id
    at.run()
    assert not at.exception, at.exception
    return at


@pytest.fixture
def visit(folder: Path, tmp_path: Path):  # noqa: ARG001 - sets the folder that the app reads
    """Opens one page by itself, on a scenario of the examples."""

    def opened(page: str, scenario_id: str = "base-case") -> AppTest:
        return page_of(tmp_path, page, scenario_id)

    return opened


# The other scenarios at night: their exhibits are in tests/exhibits, and the charts are as many.
@pytest.fixture(scope="module", params=sampled(["base-case", "airport-survey-sfo-2017", "green-mandate"]))
def read_only(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppTest]:
    """The Robustness page in one tab for all tests that only look at it."""
    folder = tmp_path_factory.mktemp("read")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VALUEMIX_SCENARIOS", str(examples_in(folder / "scenarios")))
        yield page_of(folder, "robustness", request.param)


def session(at: AppTest) -> Session:
    found: Session = at.session_state["valuemix"]
    return found


def findings(at: AppTest) -> list[str]:
    return [heading.value for heading in at.subheader]


def show(at: AppTest, part: str) -> AppTest:
    at.segmented_control(key="tradeoffs-part").set_value(part).run()
    assert not at.exception, at.exception
    return at


def test_the_sweep_says_how_far_todays_weight_is_from_a_switch(visit) -> None:
    at = visit("tradeoffs")
    at.pills(key="tradeoffs-segment").set_value(0).run()
    # It opens on the weight nearest to a switch.
    assert "operational excellence weighs" in findings(at)[0]
    at.pills(key="tradeoffs-segment").set_value(1).run()
    assert "stays first while innovation weighs between 19 and 71" in findings(at)[0]
    assert drawn(at) == 2
    at.pills(key="tradeoffs-discipline").set_value("Customer intimacy").run()
    assert "customer intimacy weighs" in findings(at)[0]


@pytest.mark.parametrize(("way", "kept"), [("weights", "scores"), ("score", "points")])
def test_a_change_that_is_offered_makes_the_challenger_lead_and_can_be_undone(
    visit, way: str, kept: str
) -> None:
    at = show(visit("tradeoffs"), "What would change the leader")
    at.pills(key="tradeoffs-segment").set_value(1).run()
    before = session(at).scenario
    at.button(key=f"tradeoffs-apply-{way}").click().run()
    assert not at.exception
    after = session(at).scenario
    named = after.proposition_index("Named engineer")
    assert evaluate(after).standing("Mid-market").leaders == (0, named)
    same = {"scores": lambda s: s.scores, "points": lambda s: s.points.tolist()}[kept]
    assert same(after) == same(before)
    at.button(key="tradeoffs-undo").click().run()
    assert session(at).scenario == before


def test_the_size_of_a_segment_can_be_what_changes(visit) -> None:
    at = show(visit("tradeoffs"), "What would change the leader")
    at.selectbox(key="tradeoffs-challenger").set_value("48-hour parts").run()
    at.button(key="tradeoffs-apply-size").click().run()
    after = session(at).scenario
    assert after.proposition_index("48-hour parts") in evaluate(after).standing().leaders


def test_the_map_wants_two_different_weights(visit) -> None:
    at = show(visit("tradeoffs"), "Two weights")
    assert drawn(at) == 1
    at.pills(key="tradeoffs-map-second").set_value("Innovation").run()
    assert drawn(at) == 0
    assert any("two different weights" in caption.value for caption in at.caption)


def test_levers_name_what_comes_nearest(visit) -> None:
    at = show(visit("tradeoffs", "airport-survey-sfo-2017"), "Levers")
    assert drawn(at) == 1
    assert findings(at)


def test_attributes_have_a_profile_where_there_are_any(visit) -> None:
    at = show(visit("tradeoffs"), "Attributes")
    assert drawn(at) == 0
    assert any("add the tables Attributes" in caption.value for caption in at.caption)
    session(at).edits.commit(two_levels())
    at.run()
    assert not at.exception, at.exception
    assert any("would make Named engineer lead" in finding for finding in findings(at))
    session(at).view.segment = "Enterprise"  # where the single score that would do is made of attributes
    show(at, "What would change the leader")
    assert at.button(key="tradeoffs-apply-score").disabled
    assert not at.button(key="tradeoffs-apply-weights").disabled


# Unknown weights are shown in the next test as well.
@pytest.mark.parametrize("kind", sampled(["within", "unknown", "order"]))
def test_robustness_is_shown_under_every_knowledge_of_the_weights(read_only: AppTest, kind: str) -> None:
    read_only.segmented_control(key="robustness-weights").set_value(kind).run()
    assert not read_only.exception, read_only.exception
    assert drawn(read_only) == 3


def test_exact_results_say_so_and_drawn_ones_tell_draws_and_seed(visit) -> None:
    at = visit("robustness")
    drawn = " ".join(caption.value for caption in at.caption)
    assert "4,096 draws, seed 0" in drawn.replace("\\", "")
    at.segmented_control(key="robustness-weights").set_value("unknown")
    at.checkbox(key="robustness-ranges").uncheck().run()
    at.number_input(key="robustness-scores-0.5").set_value(0.0).run()
    exact = " ".join(caption.value for caption in at.caption)
    assert "exact" in exact
    assert "draws, seed" not in exact.replace("\\", "")


def test_the_seed_belongs_to_the_scenario_and_can_be_undone(visit) -> None:
    at = visit("robustness")
    at.number_input(key="robustness-seed").set_value(7).run()
    assert session(at).scenario.settings.seed == 7
    at.button(key="robustness-undo").click().run()
    assert session(at).scenario.settings.seed == 0
    assert at.number_input(key="robustness-seed").value == 0


# A million draws take ten seconds: in the suite a run is long from a hundredth of them on.
@pytest.mark.parametrize("draws", [10_000, pytest.param(1_000_000, marks=pytest.mark.nightly)])
def test_a_long_run_shows_how_far_it_is(visit, monkeypatch: pytest.MonkeyPatch, draws: int) -> None:
    monkeypatch.setattr(assumptions, "LONG", draws)
    at = visit("robustness")
    at.selectbox(key="robustness-draws").set_value(str(draws)).run()
    assert not at.exception, at.exception
    assert f"{draws:,} draws" in " ".join(caption.value for caption in at.caption).replace("\\", "")


def test_the_overall_value_can_be_seen_under_the_weights_of_one_segment(visit) -> None:
    at = visit("tradeoffs")
    at.selectbox(key="tradeoffs-mover").set_value("Enterprise")
    at.run()
    assert not at.exception
    assert "in Enterprise weighs" in at.subheader[0].value


def test_levers_move_by_the_amounts_that_are_chosen_and_go_to_the_deck_with_them(visit) -> None:
    at = show(visit("tradeoffs"), "Levers")
    usual = at.get("plotly_chart")[0].proto.spec
    at.number_input(key="tradeoffs-score-10").set_value(3.0).run()
    assert not at.exception, at.exception
    assert at.get("plotly_chart")[0].proto.spec != usual
    at.button(key="tradeoffs-levers-to-deck").click().run()
    assert session(at).scenario.deck[-1].options["score_step"] == "3"
