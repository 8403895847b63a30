"""Sentences of the robustness exhibits for cases worked out by hand, and what their charts show."""

import numpy as np
import pytest

from valuemix import exhibits
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.robustness.robustness import Assumptions, robustness
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits import acceptability, central_weights, pairwise
from valuemix.exhibits.documents.documents import rank_document, robustness_document, robustness_text
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import claims, grounds
from valuemix.model.parts import Doubt
from valuemix.model.scenario import Scenario
from valuemix.screen.skins import SKINS

NAMES = ["A", "B", "C", "D"]


def finding(kind, scores, points=None, **asked):
    rows = np.array(scores, dtype=float)
    scenario = Scenario.from_arrays(rows, propositions=NAMES[: len(rows)], points=points)
    return getattr(exhibits, kind)(robustness(scenario, **asked)).finding.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("scores", "asked", "sentence"),
    [
        ([[5, 5]], {}, "A is the only proposition, so it is always first"),
        ([[5, 5], [5, 5]], {}, "Both propositions tie whatever the weights, at today's scores"),
        ([[5, 4], [5, 4], [5, 4]], {}, "All three propositions tie whatever the weights, at today's scores"),
        ([[8, 8], [5, 5]], {}, "A stays first whatever the weights"),
        ([[8, 8], [8, 8], [5, 5]], {}, "A and B tie for first whatever the weights, at today's scores"),
        (
            [[8, 8], [5, 5]],
            {"weights": "within:5"},
            "A stays first in all 100,000 draws of weights within 5 points of today's",
        ),
        (
            [[8, 8], [5, 5]],
            {"weights": "within:1", "draws": 1},
            "A stays first in the only draw of weights within 1 point of today's",
        ),
        ([[10, 0], [2.5, 2.5]], {}, "A stays first in 75 % of all weights; only B (25 %) can overtake it"),
        (
            [[10, 0], [10, 0], [2.5, 2.5]],
            {},
            "A and B together stay first in 75 % of all weights; only C (25 %) can overtake them",
        ),
        ([[10, 0], [0, 10]], {}, "A and B are first equally often, in 50 % of all weights each"),
        (
            [[10, 0], [2, 9], [6.5, 5]],
            {},
            "No proposition is first in more than half of all weights: "
            "B comes closest with 47 %, C, ahead today, has 12 %",
        ),
        (
            [[10, 0], [0, 7], [1, 6.5]],
            {},
            "A stays first in 58 % of all weights, then B (33 %); one other in 9 %; A probably leads overall",
        ),
        (
            [[10, 0], [4, 6], [2, 8]],
            {},
            "A and C are first equally often, in 50 % of all weights each",
        ),
    ],
)
def test_who_is_first_has_a_sentence_for_every_case(scores, asked, sentence):
    assert finding("acceptability", scores, **asked) == sentence


def test_today_leads_but_another_is_first_more_often():
    found = finding("acceptability", [[10, 0], [2.5, 2.5]], points=[[20, 80]])
    told = "B is ahead today, but A is first more often: in 75 % of all weights against 25 %"
    assert found == f"No leader can be told overall: {told}"


def test_shares_of_few_draws_are_not_put_in_order():
    found = finding("acceptability", [[10, 0], [0, 10]], weights="within:5", draws=50)
    assert found.endswith("of all weights within 5 points of today's: these draws cannot tell them apart")


def test_where_each_beats_one_and_loses_to_another_nobody_beats_all():
    circle = [[10, 1, 5], [5, 10, 1], [1, 5, 10]]
    start = "No proposition beats every other one in more than half of all weights"
    assert finding("pairwise", circle).startswith(start)


@pytest.mark.parametrize(
    ("scores", "sentence"),
    [
        ([[5, 5]], "A is the only proposition, so there is no duel"),
        ([[5, 5], [5, 5]], "Both propositions tie whatever the weights, at today's scores"),
        ([[8, 8], [5, 5]], "A beats B whatever the weights"),
        ([[10, 0], [2.5, 2.5]], "A beats B in 75 % of all weights"),
        ([[10, 0], [0, 10]], "No proposition beats every other one in more than half of all weights"),
        (
            [[10, 0], [2.5, 2.5], [4, 4]],
            "A beats every other proposition in more than half of all weights; the closest duel is with C, 60 %",
        ),
    ],
)
def test_duels_have_a_sentence_for_every_case(scores, sentence):
    assert finding("pairwise", scores) == sentence


def test_cells_are_blank_for_none_and_bold_for_the_largest_of_a_row():
    scenario = Scenario.from_arrays([[10, 0], [2.5, 2.5], [1, 1]], propositions=["A", "B", "C"])
    rows = exhibits.acceptability(robustness(scenario)).chart.rows
    assert [[cell.text.replace("\u00a0", " ") for cell in row] for row in rows] == [
        ["A", "75 %", "15 %", "10 %"],
        ["B", "25 %", "75 %", ""],
        ["C", "", "10 %", "90 %"],
    ]
    assert [[cell.bold for cell in row[1:]] for row in rows] == np.eye(3, dtype=bool).tolist()
    drawn = robustness(scenario, weights="within:100", shift="own", draws=4096)
    assert exhibits.acceptability(drawn).chart.rows[2][1].text.replace("\u00a0", " ") == "<0.1 %"


def test_notes_say_exact_or_drawn_with_seed_and_half_width():
    scenario = Scenario.from_arrays([[10, 0], [2.5, 2.5]])
    exact, drawn = (
        exhibits.acceptability(robustness(scenario, seed=7, draws=10_000, weights=weights)).notes
        for weights in ("unknown", "within:40")
    )
    assert exact[0] == "shares are exact, nothing was drawn; scores are taken as they are"
    taken = "assuming weights within 10 points and scores within 5\xa0% of the scale"
    assert exact[1].replace("100\xa0%", "100 %") == (
        "Proposition 1 leads overall: Proposition 1 is above Proposition 2 in 100 % of the cases held "
        f"possible, {taken}"
    )
    assert drawn[0].startswith("10,000 draws, seed 7; shares hold within ±")


def test_all_exhibits_of_uncertain_weights_note_how_sure_the_lead_is(scenario):
    result = robustness(scenario, draws=100)
    sure = grounds.how_sure(scenario)
    for exhibit in (exhibits.acceptability, exhibits.pairwise, exhibits.central_weights):
        assert exhibit(result).notes[-1] == f"{claims.lead_today(evaluate(scenario), None)}: {sure}"


def test_first_ranks_are_exact_beside_drawn_ones_for_five_disciplines():
    scores = np.random.default_rng(1).integers(0, 11, (4, 5))
    result = robustness(Scenario.from_arrays(scores), draws=1000)
    exhibit = exhibits.acceptability(result)
    assert not result.result.exact
    assert exhibit.notes[0] == "shares of rank 1 are exact"
    first = exhibit.table[exhibit.table["rank"] == 1]
    assert sorted(first["share"]) == pytest.approx(sorted(result.result.first_exact), abs=1e-9)
    assert (first["half_width"] == 0).all()


def test_subtitles_say_what_is_uncertain_in_plain_words(scenario):
    wide = scenario.with_table("low", np.maximum(scenario.array("scores") - 1, 0))
    found = robustness(wide, weights="within:5", ranges=True, sizes_within=0.1, draws=100)
    assert exhibits.acceptability(found).subtitle.replace("\u00a0", " ") == (
        "How often, in %, a proposition takes each rank over all weights within 5 points of today's "
        "(one shift in every segment), all equally likely, "
        "scores between their low and high ends, sizes within 10 %"
    )


@pytest.mark.parametrize("skin", ["deck", "light", "dark"])
def test_text_can_be_read_on_cells_of_every_depth(skin):
    def light(color):
        channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    look = SKINS[skin]
    for end in (look.cold, look.hot):
        high, low = sorted((light(look.ink), light(end)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_the_degree_of_the_lead_stands_beside_the_shares_and_rests_on_the_scenarios_own_doubt(scenario):
    own = Request(scenario, {}, lambda _: scenario).robustness
    for name in ("acceptability", "pairwise"):
        exhibit = getattr(exhibits, name)(own)
        assert "all 100,000 draws" not in exhibit.finding
        assert " of the cases held possible" in exhibit.finding
        assert "(one shift in every segment)" in exhibit.subtitle
        lead = next(note for note in exhibit.notes if note.startswith("Predictive uptime"))
        certain = certainty(scenario)
        assert lead.startswith(claims.leads(certain, "Predictive uptime", None))
        assert grounds.taken(scenario) in lead


def test_a_slide_uses_ranges_wherever_there_are_any_unless_it_says_no(scenario):
    wide = scenario.with_table("low", np.maximum(scenario.array("scores") - 1, 0))

    def taken(**options):
        return Request(wide, options, lambda _: wide).robustness.assumptions

    assert taken() == Assumptions.of(wide)
    assert taken(weights="within:5", draws="100").ranges
    assert not taken(weights="within:5", ranges="no", draws="100").ranges
    assert (taken(draws="100").shift, taken(shift="own", draws="100").shift) == ("shared", "own")


def test_each_segments_own_shift_and_intervals_are_named(scenario):
    wide = scenario.with_table("low", np.maximum(scenario.array("scores") - 1, 0))
    wide = wide.with_settings(doubt=Doubt(ranges="interval"))
    found = robustness(wide, weights="within:5", shift="own", ranges=True, draws=100)
    assert (
        exhibits.acceptability(found)
        .subtitle.replace("\u00a0", " ")
        .endswith(
            "over all weights within 5 points of today's (each segment by itself), all equally likely, "
            "scores by their 95 % intervals"
        )
    )
    document = robustness_document(found)
    assert (document["shift"], document["ranges_as"]) == ("own", "interval")
    plain = robustness_document(robustness(scenario))
    assert (plain["shift"], plain["ranges_as"]) == (None, None)


def test_where_nothing_is_in_doubt_the_sentence_says_so(scenario):
    found = robustness(scenario, weights="within:0", draws=10)
    told = "No leader can be told overall: Predictive uptime stays first with nothing in doubt"
    assert exhibits.acceptability(found).finding == told


CLOSE = Scenario.from_arrays([[5.02, 5.01], [5, 5]], propositions=["A", "B"])
"""A is ahead at all weights, but by less than scores are in doubt."""


@pytest.mark.parametrize(
    ("exhibit", "told"),
    [
        (
            acceptability,
            "No leader can be told overall: A stays first whatever the weights, at today's scores",
        ),
        (pairwise, "A beats B whatever the weights, at today's scores"),
        (
            central_weights,
            "A alone is first whatever the weights, at today's scores: no weights favour another",
        ),
    ],
)
def test_what_holds_at_all_weights_says_that_scores_are_taken_as_they_are(exhibit, told):
    shown = exhibit(robustness(CLOSE))
    assert shown.finding == told
    assert "shares are exact, nothing was drawn; scores are taken as they are" in shown.notes
    known = CLOSE.with_settings(doubt=Doubt(scores_within=0))
    assert "today's scores" not in exhibit(robustness(known)).finding
    assert "as they are" not in " ".join(exhibit(robustness(known)).notes)


def test_robustness_on_the_terminal_and_as_json_says_how_sure_the_lead_is_today():
    text, document = robustness_text(robustness(CLOSE)), robustness_document(robustness(CLOSE))
    assert "100\u00a0%" in text
    assert "A is ahead overall, too close to call with B: A is above B in 54\u00a0% of the cases" in text
    assert document["certainty"] == rank_document(evaluate(CLOSE))["certainty"]["overall"]
    inside = robustness_document(robustness(CLOSE, "Segment 1"))
    assert inside["certainty"] == rank_document(evaluate(CLOSE))["certainty"]["segments"]["Segment 1"]
