"""A deck opens with the answer and how safe it is, is divided into sections, and ends with an appendix."""

from __future__ import annotations

import datetime
import functools
import io
from typing import Any

import numpy as np
import pytest
from pptx import Presentation
from sample_scenarios import ROOT, made

from valuemix.exhibits.opening import appendix_of
from valuemix.exhibits.slides import default_slides, exhibits_of, slide_of
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.update.replay import replay
from valuemix.export.pptx.update.update import update
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario

pytestmark = pytest.mark.usefixtures("made_once")

DAY = datetime.date(2026, 3, 1)
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
BASE, GREEN, MARGIN = (
    load(ROOT / "scenarios" / f"{name}.json") for name in ("base-case", "green-mandate", "margin-squeeze")
)


@functools.cache
def deck(scenario: Scenario, *others: Scenario) -> Any:
    return Presentation(io.BytesIO(make_deck(exhibits_of(scenario, others), today=DAY)))


def sections(presentation: Any) -> list[tuple[str, int]]:
    found = presentation.element.iter(f"{{{P14}}}section")
    return [(each.get("name"), len(each.findall(f".//{{{P14}}}sldId"))) for each in found]


def texts(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_the_title_slide_says_the_answer_and_how_safe_it_is() -> None:
    summary = exhibits_of(BASE)[0]
    title, below = texts(deck(BASE).slides[0])
    safety, about = below.split("\n")
    assert title == summary.finding
    assert safety == dict(zip(summary.table["part"], summary.table["sentence"], strict=True))["How safely"]
    assert about == "Base case | 1 March 2026"


def test_a_comparison_opens_with_what_it_finds_and_shows_the_changes_of_every_scenario() -> None:
    presentation, exhibits = deck(BASE, GREEN, MARGIN), exhibits_of(BASE, [GREEN, MARGIN])
    assert exhibits[0].key == "ranks_across"
    assert presentation.slides[0].shapes.title.text == exhibits[0].finding
    changed = [each.subtitle for each in exhibits if each.key == "value_changes"]
    assert GREEN.name in changed[0]
    assert MARGIN.name in changed[1]
    assert sections(presentation)[1][0] == "Comparison"


def test_the_sections_hold_all_slides_in_their_order() -> None:
    presentation = deck(BASE)
    names, counts = zip(*sections(presentation), strict=True)
    assert names == ("The answer", "Who leads", "How safely", "Appendix")
    assert sum(counts) == len(presentation.slides)


def test_an_agenda_names_the_sections_and_an_update_keeps_it() -> None:
    one, other = made(3, 2, seed=1, name="Case"), made(3, 2, seed=2, name="Case")
    slides = [slide_of("ranking"), slide_of("stability"), slide_of("scores")]
    content = make_deck(exhibits_of(one, slides=slides), today=DAY, agenda=True)
    agenda = Presentation(io.BytesIO(content)).slides[1]
    assert texts(agenda)[0] == "Agenda"
    rows = ["Who leads", "Ranking", "How safely", "Stability intervals", "Appendix", "Scores"]
    assert [text for text in texts(agenda) if text in rows] == rows
    updated = update(content, [other], today=DAY).content
    assert texts(Presentation(io.BytesIO(updated)).slides[1]) == texts(agenda)
    assert [told.exhibit for told in replay(updated)][:2] == ["opening", "agenda"]
    assert {told.state for told in replay(updated)} == {"same"}


@pytest.mark.parametrize("count", range(6))
def test_at_most_eight_slides_stand_before_the_appendix(count: int) -> None:
    others = [made(4, 3, seed=seed, name=f"Scenario {seed}") for seed in range(2, 2 + count)]
    slides = default_slides(made(4, 3, name="Base"), others)
    start = appendix_of([slide.exhibit for slide in slides])
    assert start is not None
    assert 1 + start <= 8
    changes = [slide.options["other"] for slide in slides if slide.exhibit == "value_changes"]
    assert changes == [other.name for other in others]


def test_segments_that_score_nearly_alike_share_one_table() -> None:
    assert [slide.exhibit for slide in default_slides(BASE)].count("scores") == 1
    scores = made(4, 1, name="Base").array("scores")[0]
    scores = np.stack([scores, scores + 0.1, np.clip(scores + 4, 0, 10)])
    alike = Scenario.from_arrays(scores, sizes=[10, 10, 1], segments=["North", "South", "East"])
    own = [dict(slide.options) for slide in default_slides(alike) if slide.exhibit == "scores"]
    assert own == [{}, {"segment": "East"}]


def test_no_slide_is_empty_where_everything_ties() -> None:
    for slide in deck(Scenario.from_arrays(np.full((3, 3, 2), 5.0))).slides:
        bodies = [s for s in slide.shapes if s.has_chart or s.has_table or s.name.startswith("Sentence")]
        assert bodies or len(slide.placeholders) == 2, slide.shapes.title.text


def test_the_presentation_names_its_master_of_notes_as_powerpoint_does() -> None:
    presentation = deck(BASE)
    (rel_id,) = presentation.element.xpath("./p:notesMasterIdLst/p:notesMasterId/@r:id")
    master = presentation.part.related_part(rel_id)
    assert [rel.reltype.rsplit("/", 1)[1] for rel in master.rels.values()] == ["theme"]
    kinds = [child.tag.rsplit("}", 1)[1] for child in presentation.element]
    assert kinds.index("notesMasterIdLst") == kinds.index("sldMasterIdLst") + 1
