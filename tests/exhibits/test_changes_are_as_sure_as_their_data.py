"""Every gain, loss and move that is told between two versions is as sure as the data of both."""

from __future__ import annotations

import re

import numpy as np
import pytest
from nightly import tries

from valuemix.analysis.certainty.grading import grades
from valuemix.analysis.compare.bridges import PARTS
from valuemix.analysis.compare.compare import compare
from valuemix.exhibits import (
    bridge,
    change,
    input_differences,
    path,
    ranks_across,
    regret,
    terms,
    value_changes,
    value_map,
)
from valuemix.exhibits.documents.compare import compare_text
from valuemix.exhibits.words.formats import gap, signed
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario

MEASURED = Doubt(weights_within=0, scores_within=0, ranges="interval", halo=0)
FLAT = re.compile(r"(?<!probably )(?<!perhaps )\b(gains?|loses?)\b(?! overall)")


def survey(rng, name, shape=(2, 3, 2), sd=0.3, doubt=MEASURED):
    """Scores that differ by chance alone, with their 95 % intervals."""
    scores = 5 + rng.normal(0, sd, shape)
    ranged = Scenario.from_arrays(scores, name=name).with_table("low", scores - 1.96 * sd)
    return ranged.with_table("high", scores + 1.96 * sd).with_settings(doubt=doubt)


def test_two_surveys_of_the_same_are_not_told_as_gains_and_losses():
    rng = np.random.default_rng(4)
    shape = (4, 3, 3)
    before, after = survey(rng, "A", shape), survey(rng, "B", shape)
    told = value_changes(compare(before, after))
    assert "Proposition 2 probably gains most" in told.finding
    assert "Proposition 3 and Proposition 1 perhaps lose most" in told.finding
    moved = change(before, after)
    assert not FLAT.search(moved.finding), moved.finding
    for notes in (told.notes, moved.notes):
        assert any("the same errors in both but in scores that differ" in note for note in notes)


@pytest.mark.nightly  # a sample of worlds proves little: by day test_golden.py holds every degree of certainty
def test_chance_alone_is_seldom_told_flat():
    rng = np.random.default_rng(6)
    flat, worlds = np.zeros(2), tries(40, 12)
    for _ in range(worlds):
        before, after = survey(rng, "A"), survey(rng, "B")
        told = (value_changes(compare(before, after)).finding, change(before, after).finding)
        flat += [bool(FLAT.search(sentence)) for sentence in told]
    assert (flat <= worlds * 0.05 + 2 * np.sqrt(worlds * 0.05 * 0.95)).all(), flat


@pytest.mark.parametrize("ranges", ["limits", "interval"])
def test_judges_misjudge_both_alike_while_two_samples_do_not(ranges):
    doubt = MEASURED.model_copy(update={"ranges": ranges})
    before = survey(np.random.default_rng(1), "A", doubt=doubt)
    after = before
    for table in ("scores", "low", "high"):
        array = before.array(table).copy()
        array[:, 0, 0] += 0.2
        after = after.with_table(table, array)
    found = value_changes(compare(before, after))
    assert ("probably" in found.finding or "perhaps" in found.finding) is (ranges == "interval")
    assert ("but in scores that differ" in found.notes[0]) is (ranges == "interval")


@pytest.mark.nightly  # a sample of worlds proves little: by day test_golden.py holds every degree of certainty
def test_leads_of_many_noise_surveys_are_seldom_told_as_clear():
    rng, worlds, clear = np.random.default_rng(12), tries(25, 8), 0
    for _ in range(worlds):
        many = compare(*(survey(rng, f"S{i}", (1, 2, 2)) for i in range(6)))
        found = ranks_across(many)
        told = bool(re.search(r"(is|are) clear|(?<!probably )leads? in", found.finding))
        assert told <= ("leads" in {*found.table["sure"]})
        clear += told
    assert clear <= 0.05 * worlds + 2 * np.sqrt(worlds * 0.05 * 0.95)


def test_a_lead_that_is_told_with_others_asks_for_more_in_words_table_and_note():
    one = Scenario.from_arrays([[8, 4], [5, 5.6]], name="A")
    both = compare(one, one.with_weights(discipline_1=49.9).renamed("B"))
    alone, found = ranks_across(compare(one)), ranks_across(both)
    assert "Proposition 1 leads overall" in alone.finding
    assert "Proposition 1 probably leads in both scenarios" in found.finding
    assert {*found.table["sure"]} == {"probably leads", ""}
    assert "told together, a lead is clear from more than 97.5\u00a0% (Holm's procedure)" in found.notes
    assert "probably leads all the way" in path(both).finding


def three_on_the_way(middle):
    """One leads at first, one in the end, and one between them by as much as it scores above 5."""
    scores, names = [[8, 2], [2, 8], [middle, middle]], ["First", "Last", "Middle"]
    return Scenario.from_arrays(scores, points=[90, 10], name="A", propositions=names, segments=["All"])


@pytest.mark.parametrize(
    ("middle", "sure"), [(5.02, "; two leads are clear, one is too close to call"), (6, "")]
)
def test_who_leads_between_the_ends_is_as_sure_as_its_own_lead(middle, sure):
    start = three_on_the_way(middle)
    end = start.with_weights("All", discipline_1=10).renamed("B")
    told = path(compare(start, end))
    assert re.search(rf"from First to Middle at \S+.%, then to Last at \S+.%{sure}$", told.finding)
    assert "between the ends a lead is as sure as half-way along its stretch" in told.notes
    later = start.replace(later={"All": {"discipline_1": 10.0, "discipline_2": 90.0}})
    assert ("one is too close to call" in terms(later).finding) is bool(sure)


@pytest.mark.nightly  # a sample of worlds proves little: by day test_golden.py holds every degree of certainty
def test_the_largest_of_many_differences_is_seldom_told_flat_where_all_are_noise():
    rng, worlds, flat = np.random.default_rng(12), tries(25, 8), 0
    for _ in range(worlds):
        both = compare(survey(rng, "A", (1, 4, 4)), survey(rng, "B", (1, 4, 4)))
        found = input_differences(both)
        flat += bool(re.search(r"\): Proposition \d [+−]", found.finding))
        assert any("it is the largest of 48 (Holm's procedure)" in note for note in found.notes)
        assert "who is first today by" in found.finding
    assert flat <= 0.05 * worlds + 2 * np.sqrt(worlds * 0.05 * 0.95)


def test_a_difference_that_judges_see_alike_stays_flat_among_many():
    before = Scenario.from_arrays([[8, 4, 6], [5, 5, 5]], name="A")
    after = before.with_scores("Proposition 1", discipline_1=5, discipline_2=5, discipline_3=5).renamed("B")
    assert "Proposition 1 −1.00 overall" in input_differences(compare(before, after)).finding


def test_what_hardly_ever_holds_does_not_make_others_clear():
    assert grades([0.98, 0.001]) == grades([0.98, 0.5]) == ["likely", "open"]


NEAR = (
    Scenario.from_arrays([[8, 8, 8], [5, 5, 5], [5, 5, 5]], name="B"),
    Scenario.from_arrays([[8, 8, 8], [5.9, 5, 5], [5, 5.87, 5]], name="A"),
)


def test_the_largest_change_is_no_surer_here_than_there():
    before, after = NEAR
    assert "Proposition 2 perhaps gains most" in value_changes(compare(before, after)).finding
    assert "the largest change is perhaps Proposition 2 with +0.3" in change(before, after).finding


def test_who_has_moved_most_on_the_map_is_no_surer():
    burdens = np.full((1, 3, 4), 5.0)
    before, after = (each.with_table("burdens", burdens) for each in NEAR)
    assert "; Proposition 2 has perhaps moved most" in value_map(after, baseline=before).finding
    heavier = burdens.copy()
    heavier[0, 2] = 9
    moved = value_map(after.with_table("burdens", heavier), baseline=before).finding
    assert "; Proposition 3 has moved most" in moved


def test_no_regret_with_a_tie_is_no_surer_than_the_leads():
    one = Scenario.from_arrays([[5.02, 5], [5, 5]], name="A")
    level = Scenario.from_arrays([[5.02, 5], [5.02, 5]], name="C")
    both = compare(one, level)
    for exhibit in (regret, ranks_across, path):
        assert exhibit(both).finding.endswith("the lead is too close to call")
    clear = Scenario.from_arrays([[9, 9], [5, 5]], name="A")
    even = Scenario.from_arrays([[9, 9], [9, 9]], name="C")
    assert "too close" not in regret(compare(clear, even)).finding


# ---------------------------------------------------------------------- what is printed adds up


def read(text):
    return float(text.replace("−", "-").replace("+", ""))


def pairs():
    """Two scenarios that differ in weights by a little, so that rounding shows."""
    for seed in range(tries(25, 8)):
        rng = np.random.default_rng(seed)
        points = rng.integers(10, 40, (2, 3)).astype(float)
        base = Scenario.from_arrays(rng.integers(2, 10, (2, 4, 3)).astype(float), points=points, name="A")
        yield compare(base, base.with_points(points + rng.integers(-4, 5, points.shape)).renamed("B"))


def test_regrets_and_changes_are_what_the_printed_values_leave():
    for both in pairs():
        text = compare_text(both).split("\n\n")
        values, change, regrets = (
            {
                line[:13]: [read(n) for n in re.findall(r"[+−]?\d+\.\d+", line[13:])]
                for line in block.split("\n")[1:5]
            }
            for block in text[1:4]
        )
        best = [max(column) for column in zip(*values.values(), strict=True)]
        told = value_changes(both)
        for name, own in values.items():
            behind = [most - value for most, value in zip(best, own, strict=True)]
            assert regrets[name] == pytest.approx([*behind, max(behind)])
            assert change[name][-1] == pytest.approx(own[1] - own[0])
            assert sum(change[name][:-1]) == pytest.approx(change[name][-1])
            assert f"{name} {own[1]:.2f} ({signed(own[1] - own[0], 2)})" in told.alt
        stated = re.search(r"never more than (\S+) behind", text[3])
        assert stated is None or read(stated[1]) in [row[-1] for row in regrets.values()]


def test_printed_parts_are_within_a_hundredth_of_the_real_ones_and_add_up():
    for both in pairs():
        for name in both.propositions:
            made = bridge(both, name)
            real = made.table.set_index("step")["change"]
            for step, text in re.findall(r"(\w[\w ]*) ([+−]?\d+\.\d\d)(?=[,(; ])", made.alt):
                if step in PARTS:
                    assert read(text) == pytest.approx(real[step], abs=0.01 + 1e-9)
            split = [note for note in made.notes if note.startswith("weights by discipline")]
            shown = [read(text) for text in re.findall(r"[+−]\d+\.\d\d", " ".join(split))]
            values = both.values()[:, both.propositions.index(name)]
            assert sum(shown) == pytest.approx(gap(values[1], values[0], 2))


def test_weights_that_cancel_out_are_told_where_the_note_tells_them():
    # Both disciplines go the same way in weight for weight: what one adds the other takes.
    base = Scenario.from_arrays([[8, 2, 5], [4, 5, 5]], points=[40, 40, 20], name="A")
    other = base.with_points([[45.0, 45.0, 10.0]]).renamed("B")
    told = bridge(compare(base, other), "Proposition 1")
    assert told.finding.startswith(
        "Proposition 1 stays at 5.00 from A to B: what the weights do cancels out ("
    )
    assert "+" in told.finding
