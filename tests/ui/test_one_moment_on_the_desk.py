"""One moment in view on the Balance page: what is moved there, undone, and given back."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from moment_samples import two_segments_at_faults
from sample_scenarios import ROOT

from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.files.scenarios.folder import Saved
from valuemix.files.scenarios.scenario_file import load
from valuemix.screen.desk import desk_data
from valuemix.ui.pages import balance
from valuemix.ui.session import edits as edited
from valuemix.ui.session.edits import Edits
from valuemix.ui.session.history import History, Work
from valuemix.ui.session.sliders import Moved, Viewed, with_moved
from valuemix.ui.session.view import View

START = two_segments_at_faults()
ORDER, FAULT = 0, 2


@pytest.fixture
def edits(monkeypatch: pytest.MonkeyPatch) -> Edits:
    monkeypatch.setattr(edited, "value", lambda _: None)
    work = Work.on(Saved(START, "faults", 1, "hash", Path("faults.json")))
    return Edits(History((work,)), View())


def moved(row: str, *points: list[float], when: int = ORDER) -> Moved:
    return Moved(kind="points", seq=1, row=row, when=when, points=[*points], shown=points[0])


def test_the_moment_in_view_is_worked_out_by_itself(edits: Edits) -> None:
    before = edits.desk.rev
    edits.follow_desk()
    edits._take(Viewed(kind="view", seq=1, row="0", when=FAULT))
    edits.follow_desk()
    assert (edits.moment, edits.view.segment, edits.desk.rev) == ("Fault", "Enterprise", before + 1)
    assert edits.viewed == START.at_moment("Fault")
    assert edits.before is not None
    assert edits.before.scenario == START.at_moment("Fault")
    edits._take(Viewed(kind="view", seq=2, row="0"))
    assert (edits.moment, edits.viewed) == (None, START)


def test_the_first_move_in_a_moment_gives_it_points_of_its_own_and_leaves_the_others(edits: Edits) -> None:
    edits._take(Viewed(kind="view", seq=1, row="0", when=ORDER))
    assert edits.mixed == ()
    edits._take(moved("0", [20, 80]))
    after = edits.scenario
    assert after.at_moment("Order").points.tolist() == [[20, 80], [30, 70]]
    for other in ("Use", "Fault"):
        assert after.at_moment(other) == START.at_moment(other)
    assert after.given_points.tolist() == START.given_points.tolist()
    mean = START.moment_means.shares[0] @ [20, 50, 90]
    assert after.points[0, 0] == pytest.approx(mean)
    assert edits.mixed == ("Enterprise",)
    edits.undo()
    assert edits.scenario == START


def test_a_moment_takes_the_weights_of_its_segment_again(edits: Edits) -> None:
    edits._take(Viewed(kind="view", seq=1, row="0", when=FAULT))
    edits.take_segments_weights()
    assert edits.scenario.at_moment("Fault").points.round(9).tolist() == [[50, 50], [90, 10]]
    edits.view.segment = None
    edits.take_segments_weights()
    assert edits.scenario.moment_points == ()
    edits.undo()
    edits.undo()
    assert edits.scenario == START


def test_all_segments_move_in_one_moment_and_a_segment_that_stays_gets_no_points(edits: Edits) -> None:
    edits._take(Viewed(kind="view", seq=1, row="all", when=ORDER))
    edits._take(moved("all", [60, 40], [30, 70]))
    own = [row.segment for row in edits.scenario.moment_points if row.moment == "Order"]
    assert own == ["Enterprise"]


@pytest.mark.parametrize(("chosen", "points"), [("equal", [50, 50]), ("1", [45, 55]), ("saved", [90, 10])])
def test_presets_are_of_the_moment_in_view(
    edits: Edits, monkeypatch: pytest.MonkeyPatch, chosen: str, points: list[float]
) -> None:
    edits._take(Viewed(kind="view", seq=1, row="0", when=FAULT))
    edits._take(moved("0", [10, 90], when=FAULT))
    monkeypatch.setattr(edited, "value", lambda key: chosen if key == "preset" else None)
    edits.preset("0", "preset")
    assert edits.scenario.at_moment("Fault").points[0].round(9).tolist() == points
    if chosen == "saved":
        assert edits.scenario == START


def test_a_moment_that_is_gone_is_no_more_in_view(edits: Edits) -> None:
    edits._take(Viewed(kind="view", seq=1, row="all", when=FAULT))
    edits.commit(START.replace(moments=(), moment_shares=(), moment_points=(), moment_scores=()))
    assert (edits.moment, edits.viewed) == (None, edits.scenario)
    edits.undo()
    assert edits.moment == "Fault"


def test_what_was_saved_without_the_moment_shows_no_marks(edits: Edits) -> None:
    bare = START.replace(moments=(), moment_shares=(), moment_points=(), moment_scores=())
    work = Work.on(Saved(bare, "faults", 1, "hash", Path("faults.json")))
    edits.history = History((work,)).edited(START)
    edits._take(Viewed(kind="view", seq=1, row="all", when=FAULT))
    assert (edits.moment, edits.before, edits.changed_from) == ("Fault", None, None)


def test_a_moved_moment_counts_in_the_value_over_all() -> None:
    after = with_moved(START, moved("0", [0, 100], when=FAULT))
    own = evaluate(after.at_moment("Fault")).values[0]
    others = evaluate(START.at_moment("Order")).values[0]
    share = START.moment_means.shares[0, FAULT]
    assert evaluate(after).values[0] == pytest.approx(share * own + (1 - share) * others)


def test_points_of_another_shape_are_refused() -> None:
    with pytest.raises(EditError, match="does not fit"):
        with_moved(START, moved("0", [1, 2, 3]))


def test_a_slider_moved_back_before_another_is_touched_brings_every_moment_back(edits: Edits) -> None:
    there = [100.0, 0.0]
    for anchors, restored in (((1, 1), True), ((2, 3), False)):
        for anchor, points in zip(anchors, (there, START.points[0].tolist()), strict=True):
            edits._take(moved("0", points, when=-1).model_copy(update={"anchor": anchor}))
        mixes = edits.scenario.moment_means.mixes
        assert bool(abs(mixes - START.moment_means.mixes).max() < 1e-9) is restored
        edits.reset()


def test_the_desk_gets_what_moments_weigh_and_are_worth_where_they_move() -> None:
    sent = desk_data(START, None, ["red"])["mixed"]
    assert sent["mixes"][0][:2] == [None, None]
    assert sent["mixes"][0][FAULT] == pytest.approx([0.9, 0.1])
    assert [0, FAULT, 1, [10.0, None]] in sent["own"]
    assert (sent["over"], sent["given"][1]) == (1, [0.3, 0.7])
    assert desk_data(START.at_moment("Fault"), None, ["red"])["mixed"] is None


def test_a_moment_of_which_little_was_asked_is_told_to_be_mostly_the_whole() -> None:
    now = SimpleNamespace(scenario=load(ROOT / "scenarios" / "airport-by-places.json"), segment=None)
    assert "mostly that of the whole" in balance._hardly_asked(now, "Access")
    assert not balance._hardly_asked(now, "Gate")
    now.scenario = load(ROOT / "scenarios" / "when-and-where.json")
    assert not balance._hardly_asked(now, now.scenario.moment_names[0])
