"""Reasons behind scores: counted anew, told in notes of slides and in the report, quoted in the profile."""

from __future__ import annotations

import io
from itertools import product

import numpy as np
from pptx import Presentation
from reason_samples import HOSTILE, with_reasons

from valuemix import exhibits
from valuemix.exhibits.words.reasons import backed, reasons_by_score
from valuemix.export.pptx.deck import make_deck
from valuemix.export.report.report import make_report


def test_scores_with_a_reason_are_counted_anew() -> None:
    scenario = with_reasons()
    scores = scenario.array("scores")
    made = {attribute.name: attribute.discipline for attribute in scenario.attributes}
    counts = [0, 0, 0]
    for (g, s), (p, name), (d, one) in product(
        *map(enumerate, (scenario.segment_names, scenario.proposition_names, scenario.discipline_ids))
    ):
        own = [
            r.kind
            for r in scenario.reasons
            if r.proposition == name and r.segment in ("", s) and one == (r.discipline or made[r.attribute])
        ]
        scored = scores[g, p, d] == scores[g, p, d]
        counts = [
            a + (scored and b) for a, b in zip(counts, (True, bool(own), "own words" in own), strict=True)
        ]
    assert counts == [18, 5, 2]
    told = backed(scenario)
    assert told.startswith("five of 18 scores have a reason, two rest on a customer’s own words; ")
    assert told.endswith("ahead today, has none on Price")
    assert told in exhibits.scores(scenario).notes
    assert backed(scenario.replace(reasons=())) == ""
    blank = scenario.without_attributes()
    assert (
        backed(blank.with_table("scores", np.full(scores.shape, np.nan)).replace(low=None, high=None)) == ""
    )


def test_reasons_of_a_segment_are_those_that_hold_there() -> None:
    scenario = with_reasons()
    assert [*reasons_by_score(scenario, "Small business", attributes=False)] == ["Named engineer, Speed"]
    assert [*reasons_by_score(scenario, attributes=True)] == ["48-hour parts, Delivery"]


def test_slides_of_scores_and_attributes_tell_reasons_and_quote_customers() -> None:
    scenario = with_reasons()
    shown = [exhibits.scores(scenario), exhibits.attribute_profile(scenario), exhibits.weights(scenario)]
    decks = [Presentation(io.BytesIO(make_deck([one]))) for one in shown]
    scores, profile, weights = (deck.slides[0] for deck in decks)
    heard = (
        "48-hour parts, Delivery: “It came before we asked” (own words, Interview, 2026-03, Plant manager)"
    )
    for slide in (scores, profile):
        assert {heard, f"48-hour parts, Care: {HOSTILE} (Enterprise, data)"} <= {
            *slide.notes_slide.notes_text_frame.text.splitlines()
        }
    assert heard not in weights.notes_slide.notes_text_frame.text
    table = next(shape.table for shape in profile.shapes if shape.has_table)
    assert any("Plant manager: “It came before we asked”" in cell.text for cell in table.iter_cells())


def test_the_report_tells_reasons_as_text() -> None:
    page = make_report([exhibits.scores(with_reasons())]).decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **[a](b)**" in page
