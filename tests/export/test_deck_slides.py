"""Every slide says the finding, where it comes from and how it was worked out, in the theme's own look."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from company_templates import bytes_of, company
from lxml import etree
from nightly import NIGHTLY
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Emu
from sample_scenarios import hostile, hostile_names, large, long_names, made

from valuemix.exhibits import discipline_check, leaders, ranking, scores, values_table, weights
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import method_of
from valuemix.exhibits.slides import exhibits_of
from valuemix.export.pptx import make_deck

DAY = datetime.date(2026, 3, 1)
SHAPES = {"one": made(1, 1, 2), "few": made(3, 2), "many": large(), "long names": long_names()}


def opened(exhibits: list[Exhibit], **options: Any) -> Any:
    return Presentation(io.BytesIO(make_deck(exhibits, today=DAY, **options)))


def shown(presentation: Any) -> list[Any]:
    """Slides of exhibits: not the title slide, and not the one before the appendix."""
    return [
        slide
        for slide in presentation.slides
        if any(shape.name.startswith("Source") for shape in slide.shapes)
    ]


def presentation_place(slide: Any) -> int:
    """Number of a slide in its presentation."""
    slides = slide.part.package.presentation_part.presentation.slides
    return [each.slide_id for each in slides].index(slide.slide_id) + 1


def texts_of(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


@pytest.fixture(scope="module")
def exhibits() -> list[Exhibit]:
    scenario = made(4, 3, name="Base case")
    other = scenario.with_weights("Segment 1", innovation=70).renamed("Innovation first")
    return exhibits_of(scenario, [other])


@pytest.fixture(scope="module")
def deck(exhibits: list[Exhibit]) -> bytes:
    return make_deck(exhibits, today=DAY)


@pytest.fixture(scope="module")
def slides(deck: bytes) -> list[Any]:
    return shown(Presentation(io.BytesIO(deck)))


def test_every_exhibit_is_a_slide_with_its_finding_as_the_title(
    exhibits: list[Exhibit], slides: list[Any]
) -> None:
    assert [slide.shapes.title.text for slide in slides] == [exhibit.finding for exhibit in exhibits]


def test_every_slide_names_its_subtitle_source_notes_and_date(
    exhibits: list[Exhibit], slides: list[Any]
) -> None:
    for exhibit, slide in zip(exhibits, slides, strict=True):
        texts = texts_of(slide)
        for part in (exhibit.subtitle, f"Source: {exhibit.source}", "1 March 2026", *exhibit.notes):
            assert part in texts


def test_the_speaker_notes_say_how_it_was_worked_out(exhibits: list[Exhibit], slides: list[Any]) -> None:
    for exhibit, slide in zip(exhibits, slides, strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        for line in (exhibit.finding, *method_of(exhibit)):
            assert line in notes


def test_every_chart_and_table_has_its_alternative_text(exhibits: list[Exhibit], slides: list[Any]) -> None:
    for exhibit, slide in zip(exhibits, slides, strict=True):
        graphics = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert graphics or exhibit.key == "summary"
        for shape in graphics:
            assert shape.element.find(".//{*}cNvPr").get("descr")


def test_the_pages_are_numbered_by_a_field(slides: list[Any]) -> None:
    numbers = [[f.text for f in slide.element.xpath('.//a:fld[@type="slidenum"]/a:t')] for slide in slides]
    places = [presentation_place(slide) for slide in slides]
    assert numbers == [[f"{place}"] for place in places]
    assert places[:3] == [2, 3, 4]


def test_title_subtitle_and_foot_stand_in_the_same_places_on_every_slide(slides: list[Any]) -> None:
    places = {
        tuple(
            (s.left, s.top, s.width, s.height)
            for s in slide.shapes
            if s.name.startswith(("Subtitle", "Source"))
        )
        for slide in slides
    }
    assert len(places) == 1
    assert len({(s.shapes.title.left, s.shapes.title.top, s.shapes.title.width) for s in slides}) == 1


def test_no_slide_and_no_chart_has_a_colour_or_font_of_its_own(deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        parts = [name for name in archive.namelist() if re.match(r"ppt/(slides|charts)/[^/]*\.xml", name)]
        assert parts
        for name in parts:
            text = archive.read(name).decode()
            assert "srgbClr" not in text, name
            assert not [
                font for font in re.findall(r'typeface="([^"]*)"', text) if not font.startswith("+")
            ], name


def test_every_part_is_well_formed_and_points_nowhere_else(deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name.endswith((".xml", ".rels")):
                etree.fromstring(content)
            assert b'TargetMode="External"' not in content, name
            assert b"<!DOCTYPE" not in content, name


def test_every_shape_has_an_id_of_its_own(slides: list[Any]) -> None:
    for slide in slides:
        ids = slide.element.xpath(".//p:cNvPr/@id")
        assert len(ids) == len(set(ids))


def test_every_shape_stays_on_the_slide_and_no_body_reaches_the_foot(slides: list[Any]) -> None:
    for slide in slides:
        foot = next(shape for shape in slide.shapes if shape.name.startswith("Source"))
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= 12_192_000
            assert shape.top + shape.height <= 6_858_000
            if shape.has_table or shape.has_chart or shape.name.startswith(("Sentence", "Left out")):
                assert shape.top + shape.height <= foot.top + Emu(1)


def test_the_progress_counts_every_exhibit(exhibits: list[Exhibit]) -> None:
    told: list[tuple[int, int]] = []
    make_deck(exhibits[:3], today=DAY, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_the_same_exhibits_give_the_same_file(exhibits: list[Exhibit], deck: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}
        books = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    assert {load_workbook(io.BytesIO(book)).properties.created.year for book in books} == {2000}
    assert make_deck(exhibits, today=DAY) == deck


def test_a_deck_of_nothing_has_no_slides() -> None:
    assert len(opened([]).slides) == 0


def test_hostile_names_stand_as_they_were_typed_and_do_nothing() -> None:
    scenario = hostile()
    deck = make_deck([values_table(scenario), leaders(scenario)], today=DAY)
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        for name in archive.namelist():
            assert b"hlinkClick" not in archive.read(name)
            assert b'TargetMode="External"' not in archive.read(name)
    tables = [s.table for slide in Presentation(io.BytesIO(deck)).slides for s in slide.shapes if s.has_table]
    own = [table for table in tables if table.cell(0, 0).text == "Proposition"]
    names = set(hostile_names())
    seen = {table.cell(row, 0).text for table in own for row in range(1, len(table.rows))}
    whole = {name for name in seen if "…" not in name}
    assert len(whole) > 10
    assert whole <= names


@pytest.mark.parametrize("mark", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\u2028", "\r\n", "\t"])
@pytest.mark.one_in(3)
def test_control_characters_in_a_title_or_source_become_blanks(mark: str) -> None:
    exhibit = ranking(made(3, 2))
    slide = opened([replace(exhibit, finding=f"One{mark}two", source=f"Here{mark}there")]).slides[0]
    assert slide.shapes.title.text == "One two"
    assert "Source: Here there" in texts_of(slide)


def test_a_title_without_end_is_cut_on_the_slide_and_whole_in_the_notes() -> None:
    finding = "Predictive uptime leads overall " * 60
    slide = opened([replace(ranking(made(3, 2)), finding=finding)]).slides[0]
    title = slide.shapes.title
    assert title.text.endswith("…")
    assert len(title.text) < 700
    assert finding.strip() in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize(("words", "size"), [(8, None), (18, None), (24, 20), (26, 18)])
def test_a_longer_title_is_smaller_but_whole(words: int, size: int | None) -> None:
    finding = " ".join(["uptime"] * words)
    slide = opened([replace(ranking(made(3, 2)), finding=finding)]).slides[0]
    font = slide.shapes.title.text_frame.paragraphs[0].runs[0].font
    assert slide.shapes.title.text == finding
    assert (font.size and font.size.pt) == size


def test_a_title_that_is_too_long_loses_its_last_clause_to_the_subtitle() -> None:
    start, rest = " ".join(["uptime"] * 20), " ".join(["parts"] * 12)
    exhibit = replace(ranking(made(3, 2)), finding=f"{start}: {rest}")
    slide = opened([exhibit]).slides[0]
    assert slide.shapes.title.text == start
    told = next(shape.text_frame.text for shape in slide.shapes if shape.name.startswith("Subtitle"))
    assert told == f"Parts {rest.split(' ', 1)[1]}. {exhibit.subtitle}"


def test_all_titles_of_a_deck_have_one_size() -> None:
    short, long = ranking(made(3, 2)), replace(leaders(made(3, 2)), finding=" ".join(["uptime"] * 24))
    slides = shown(opened([short, long, values_table(made(3, 2))]))
    assert {slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size.pt for slide in slides} == {20}


@pytest.mark.parametrize(
    "scenario",
    [
        long_names(),
        pytest.param(made(1, 1, 2), marks=pytest.mark.nightly),  # its room is that of any with more
        pytest.param(made(3, 2), marks=pytest.mark.nightly),  # as the deck above
        pytest.param(large(), marks=pytest.mark.nightly),  # test_deck_charts_hold.py draws as many parts
    ],
    ids=["long names", "one", "few", "many"],
)  # fmt: skip
def test_decks_of_few_and_many_parts_keep_inside_the_slide_and_can_be_read(scenario: Any) -> None:
    deck = opened(exhibits_of(scenario))
    for slide in deck.slides:
        roots = [slide.element, *(shape.chart._chartSpace for shape in slide.shapes if shape.has_chart)]
        sizes = [int(v) for root in roots for v in root.xpath(".//a:rPr/@sz | .//a:defRPr/@sz")]
        assert min(sizes, default=900) >= 900, slide.shapes.title.text
    for slide in shown(deck):
        foot = next(shape for shape in slide.shapes if shape.name.startswith("Source"))
        bodies = [
            s
            for s in slide.shapes
            if s.has_table or s.has_chart or s.name.startswith(("Sentence", "Left out"))
        ]
        assert all(s.top + s.height <= foot.top for s in bodies)
        assert all(s.left >= 0 and s.left + s.width <= 12_192_000 for s in bodies)


def test_inputs_with_many_rows_and_columns_go_on_over_further_slides() -> None:
    scenario = made(50, 2, 12)
    slides = opened([scores(scenario, "Segment 1")]).slides
    assert len(slides) == 3
    assert "(2 of 3)" in texts_of(slides[1])
    tables = [next(shape.table for shape in slide.shapes if shape.has_table) for slide in slides]
    names = [[table.cell(row, 0).text for row in range(1, len(table.rows))] for table in tables]
    assert {name for page in names for name in page} == set(scenario.proposition_names)
    heads = [[table.cell(0, column).text for column in range(1, len(table.columns))] for table in tables]
    assert {head for page in heads for head in page} == set(scenario.discipline_names)
    assert not any(shape.name.startswith("Left out") for slide in slides for shape in slide.shapes)


@pytest.mark.nightly  # by day tables go on over further slides of the usual width
def test_nothing_of_the_inputs_is_left_out_on_a_narrow_template_either() -> None:
    template = bytes_of(company())
    # Tables of 8 x 12 numbers take seconds each: at night.
    for scenario in (large(), long_names(), made(20, 8, 12)) if NIGHTLY else (made(6, 2, 12),):
        exhibits = [weights(scenario), scores(scenario), discipline_check(scenario)]
        for slide in shown(opened(exhibits, template=template)):
            assert not any(shape.name.startswith("Left out") for shape in slide.shapes), (
                slide.shapes.title.text
            )


def test_a_note_stands_at_the_foot_whole_or_in_the_speaker_notes_alone(exhibits: list[Exhibit]) -> None:
    notes = ("short", *(f"{word} {'and what it rests on ' * 9}".strip() for word in ("one", "two", "three")))
    long = replace(exhibits[1], notes=notes)
    slide = shown(opened([long]))[-1]
    foot = next(shape for shape in slide.shapes if shape.name.startswith("Source")).text_frame.text
    parts = foot.split(" | ")
    assert parts[0] == f"Source: {long.source}"
    assert parts[-1] == "1 March 2026"
    there = [part.removeprefix("Note: ") for part in parts[1:-1]]
    assert there
    assert [note for note in notes if note in there] == there
    assert set(there) < set(notes)
    assert all(note in slide.notes_slide.notes_text_frame.text for note in notes)
