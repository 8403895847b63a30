"""What the Export page shows of a slide is the slide: its texts, places, sizes and number."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from lxml import html
from moment_samples import BY_MOMENT, in_hours_and_euros
from pptx import Presentation
from respondent_tables import heard_twice as heard
from sample_scenarios import ROOT

from valuemix.exhibits import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import default_slides, exhibits_on, finder, slide_of
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.preview import PreviewedSlide, preview, previews
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario
from valuemix.screen.frame import unframed
from valuemix.screen.skins import SKINS

BASE, OTHER = (load(ROOT / "scenarios" / f"{name}.json") for name in ("base-case", "margin-squeeze"))
TODAY = date(2026, 3, 1)
POINT, PIXEL = 96 / 72, 9525


def exhibits_of(scenario: Scenario, *keys: str) -> list[Exhibit]:
    return exhibits_on(scenario, [slide_of(key) for key in keys], finder((OTHER,)))


def slides_of(exhibits: list[Exhibit]) -> list[Any]:
    """Slides of the deck, its title slide left out."""
    deck = Presentation(io.BytesIO(make_deck(exhibits, today=TODAY)))
    return [slide for slide in deck.slides if slide.slide_layout.element.get("type") == "titleOnly"]


def previews_of(exhibits: list[Exhibit]) -> list[PreviewedSlide]:
    return [page for place in range(len(exhibits)) for page in preview(exhibits, place, today=TODAY)]


def styled(element: Any) -> dict[str, str]:
    return dict(part.split(":", 1) for part in element.get("style").split(";") if part)


def texts(shown: PreviewedSlide) -> list[str]:
    page = html.fromstring(shown.html)
    return ["".join(each.itertext()) for each in page if each.tag == "div" and "".join(each.itertext())]


def cells(shown: PreviewedSlide) -> list[list[str]]:
    rows = html.fromstring(shown.html).iter("tr")
    return [["".join(cell.itertext()) for cell in row] for row in rows]


@pytest.fixture(scope="module")
def usual() -> list[Exhibit]:
    return exhibits_on(BASE, [*default_slides(BASE, []), slide_of("statement")], finder(()))


@pytest.fixture(scope="module")
def pairs(usual: list[Exhibit]) -> list[tuple[Any, PreviewedSlide]]:
    """Each slide of the deck with its preview."""
    return list(zip(slides_of(usual), previews_of(usual), strict=True))


def test_a_preview_has_the_texts_the_numbers_and_the_tables_of_its_slide(
    pairs: list[tuple[Any, PreviewedSlide]],
) -> None:
    slides = [slide for slide, _ in pairs]
    covers = [slide for slide in slides if slide.shapes.title.text == "Appendix"]
    assert not covers
    for slide, each in pairs:
        drawn = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
        if each.chart is None:
            assert texts(each) == [shape.text_frame.text for shape in drawn]
            tables = [shape.table for shape in slide.shapes if shape.has_table]
            assert cells(each) == [
                [cell.text for cell in row.cells] for table in tables for row in table.rows
            ]
        else:
            own = {shape.text_frame.text for shape in drawn if shape.is_placeholder}
            own |= {shape.text_frame.text for shape in drawn if shape.name.startswith(("Subtitle", "Source"))}
            assert set(texts(each)) == own


def test_previews_of_a_whole_deck_are_all_its_slides_the_title_slides_among_them(
    usual: list[Exhibit],
) -> None:
    exhibits = [*usual[:2], *usual[-3:-1]]
    deck = Presentation(io.BytesIO(make_deck(exhibits, today=TODAY))).slides
    shown = [*previews(exhibits, today=TODAY)]
    covers = [i for i, slide in enumerate(deck) if slide.slide_layout.element.get("type") == "title"]
    assert [page for i, page in enumerate(shown) if i not in covers] == previews_of(exhibits)
    assert len(covers) == 2
    for slide, each in ((deck[i], shown[i]) for i in covers):
        assert each.chart is None
        told = [[p.text for p in shape.text_frame.paragraphs] for shape in slide.placeholders]
        page = html.fromstring(each.html)
        assert [[line.text_content() for line in place] for place in page] == told
        places = [(styled(place)["left"], styled(place)["top"]) for place in page]
        assert places == [
            (f"{round(s.left / PIXEL, 1)}px", f"{round(s.top / PIXEL, 1)}px") for s in slide.placeholders
        ]


def test_everything_stands_where_it_stands_on_the_slide_and_in_its_size(
    pairs: list[tuple[Any, PreviewedSlide]],
) -> None:
    for slide, each in pairs:
        for shape in (
            s for s in slide.shapes if s.name.startswith(("Subtitle", "Source", "Table", "Sentence"))
        ):
            if each.chart is not None and shape.name.startswith("Table"):
                continue
            left, top, width = (round(length / PIXEL, 1) for length in (shape.left, shape.top, shape.width))
            [found] = [
                element
                for element in html.fromstring(each.html)
                if {"left": f"{left}px", "top": f"{top}px"}.items() <= styled(element).items()
            ]
            assert styled(found)["width"] == f"{width}px"
            if shape.has_text_frame:
                points = shape.text_frame.paragraphs[0].runs[0].font.size.pt
                assert styled(found[0])["font-size"] == f"{points * POINT:g}px"


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if not kind.compares])
@pytest.mark.one_in(16)
def test_a_chart_has_the_room_of_the_body_and_neither_title_nor_foot(key: str) -> None:
    scenario = heard() if KINDS[key].page == "Evidence" else BASE
    scenario = in_hours_and_euros() if key in BY_MOMENT else scenario
    [exhibit] = (
        exhibits_of(scenario, key)
        if key != "tradeoff"
        else exhibits_on(BASE, [slide_of(key, discipline=BASE.discipline_ids[0])], finder(()))
    )
    for each in preview([exhibit], 0):
        left, top, width, height = each.box
        assert left >= 0
        assert left + width <= 1280
        assert top > 170
        assert top + height < 650
        if each.chart is not None:
            figure = unframed(each.chart, width, height)
            assert (figure.layout.width, figure.layout.height) == (width, height)
            inside = [note.text for note in figure.layout.annotations]
            assert len(inside) == len(each.chart.figure.layout.annotations) - 3
            assert not any("Source:" in (text or "") for text in inside)
            assert min(figure.layout.margin[side] for side in "lrtb") >= 0


def test_a_preview_has_the_number_of_its_slide_behind_title_and_appendix() -> None:
    exhibits = exhibits_of(BASE, "ranking", "leaders", "scores")
    deck = list(Presentation(io.BytesIO(make_deck(exhibits))).slides)
    for place, title in enumerate(exhibit.finding for exhibit in exhibits):
        number = next(
            i
            for i, slide in enumerate(deck, start=1)
            if slide.slide_layout.element.get("type") == "titleOnly"
            and title.startswith(slide.shapes.title.text)
        )
        assert texts(preview(exhibits, place)[0])[-1] == str(number)


def test_a_long_table_takes_all_its_slides_and_a_long_chart_says_what_is_left_out() -> None:
    many = Scenario.from_arrays([[float(i % 10), 5] for i in range(60)])
    scores, ranking = exhibits_of(many, "scores", "ranking")
    assert [texts(page)[1].rpartition(" (")[2] for page in preview([scores], 0)] == [
        "1 of 3)", "2 of 3)", "3 of 3)",
    ]  # fmt: skip
    [page] = preview([ranking], 0)
    assert any("Left out for lack of room: the last 41 propositions" in text for text in texts(page))
    assert page.chart is not None
    assert len(page.chart.chart) == 60 - 41


def test_texts_that_say_no_colour_are_dark_on_the_white_page_whatever_the_look_around_it() -> None:
    [page] = preview(exhibits_of(BASE, "ranking"), 0)
    look = styled(html.fromstring(page.html))
    assert (look["background"], look["color"], look["color-scheme"]) == ("#fff", SKINS["deck"].ink, "light")


def test_names_are_text_and_never_markup() -> None:
    named = Scenario.from_arrays([[8, 2], [6, 5]], propositions=["<b>Express</b>", "Green"])
    exhibits = [
        replace(each, finding="Lead with <i>speed</i>") for each in exhibits_of(named, "scores", "ranking")
    ]
    for place in range(2):
        shown = preview(exhibits, place)[0]
        assert "Lead with <i>speed</i>" in texts(shown)[0]
        assert "<i>" not in shown.html
        assert "<b>" not in shown.html
