"""Trade-offs as JSON and as text."""

import json
import re

import pytest

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import UnknownName
from valuemix.exhibits.documents.documents import tradeoffs_document, tradeoffs_text
from valuemix.exhibits.words import grounds
from valuemix.model.scenario import Scenario


def test_without_a_segment_overall_and_every_segment_are_told(scenario):
    document = tradeoffs_document(scenario)
    views = [None, *scenario.segment_names]
    assert list(document) == ["sweeps", "flips", "certainty"]
    assert [each["segment"] for each in document["certainty"]] == views
    for each in document["certainty"]:
        found = certainty(scenario, each["segment"])
        assert (each["degree"], each["least"]) == (found.degree, found.least)
        assert each["leader"] == scenario.proposition_names[found.leaders[0]]
    assert [(s["segment"], s["discipline"]) for s in document["sweeps"]] == [
        (view, d) for view in views for d in scenario.discipline_ids
    ]
    assert {flip["segment"] for flip in document["flips"]} == set(views)
    assert list(document["sweeps"][0]) == [
        "segment", "discipline", "weight", "leader", "stable_from", "stable_to", "crossovers",
    ]  # fmt: skip
    assert list(document["flips"][0]) == ["segment", "challenger", "possible", "points_moved", "weights"]
    json.dumps(document, allow_nan=False)


def test_one_segment_and_one_discipline_can_be_asked_for(scenario):
    document = tradeoffs_document(scenario, "Mid-market", "Innovation")
    (sweep,) = document["sweeps"]
    assert sweep["weight"] == pytest.approx(0.22)
    assert sweep["leader"] == "Predictive uptime"
    assert [(c["from"], c["to"]) for c in sweep["crossovers"]] == [
        ("Named engineer", "Predictive uptime"),
        ("Predictive uptime", "Co-design lab"),
    ]
    assert [c["weight"] for c in sweep["crossovers"]] == [sweep["stable_from"], sweep["stable_to"]]
    with pytest.raises(UnknownName):
        tradeoffs_document(scenario, "Nobody")
    with pytest.raises(UnknownName):
        tradeoffs_document(scenario, None, "inovation")


def test_at_the_weights_of_a_flip_the_challenger_leads(scenario):
    for flip in tradeoffs_document(scenario)["flips"]:
        if not flip["possible"]:
            assert flip["points_moved"] is None is flip["weights"]
            continue
        own = flip["weights"] if flip["segment"] is None else {flip["segment"]: flip["weights"]}
        points = {
            name: [own[name][d] for d in scenario.discipline_ids] if name in own else row
            for name, row in zip(scenario.segment_names, scenario.weights.tolist(), strict=True)
        }
        values = evaluate(scenario.with_points([*points.values()])).values_in(flip["segment"])
        place = scenario.proposition_index(flip["challenger"])
        assert values[place] == pytest.approx(values.max(), abs=1e-7)


def test_what_is_impossible_has_no_numbers():
    scenario = Scenario.from_arrays([[8, 8, 8], [4, 5, 6]], propositions=["Best", "Worse"], segments=["All"])
    (flip,) = tradeoffs_document(scenario, "All")["flips"]
    assert flip == {
        "segment": "All", "challenger": "Worse", "possible": False, "points_moved": None, "weights": None,
    }  # fmt: skip
    assert "impossible" in tradeoffs_text(scenario, "All")


def test_the_text_tells_intervals_crossovers_and_needs(scenario):
    text = tradeoffs_text(scenario, "Mid-market").replace("\u00a0", " ")
    assert text.startswith(
        "No leader can be told in Mid-market: Predictive uptime is ahead, too close to call with Named engineer\n"
    )
    assert text.endswith(
        f"(at today's scores; {grounds.how_sure(scenario, 'Mid-market')})".replace("\u00a0", " ")
    )
    assert "stable 18 % to 72 %" in text
    assert "Co-design lab from 72 %" in text
    assert "comes first with" in text
    overall = tradeoffs_text(scenario).split("\n\n")[0]
    assert re.search(
        r"comes first with [\d.]+ points of weights moved together .* \([\d.]+ points over all segments by size\)\n",
        overall,
    )
