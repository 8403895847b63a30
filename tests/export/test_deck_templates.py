"""A deck on a company's template looks like the company's, holds none of its samples, and hostile files are refused."""

from __future__ import annotations

import contextlib
import datetime
import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from company_templates import bytes_of, company, potx, replaced, wide
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from nightly import tries
from pptx import Presentation
from pptx.oxml.ns import qn
from sample_scenarios import ROOT, made

from valuemix.errors import InvalidTemplate
from valuemix.exhibits import leaders, ranking, summary, values_table
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.slides import exhibits_on, slide_of
from valuemix.exhibits.words.lettering import text_width
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.page.fonts import breadth
from valuemix.export.pptx.page.text import BOLD
from valuemix.export.pptx.template.package import MAX_BYTES
from valuemix.files.scenarios.scenario_file import load

DAY = datetime.date(2026, 3, 1)
TYPES = "[Content_Types].xml"


@pytest.fixture(scope="module")
def exhibits() -> list[Exhibit]:
    scenario = made(4, 3, name="Base case")
    return [summary(scenario), ranking(scenario), leaders(scenario), values_table(scenario)]


@pytest.fixture(scope="module")
def own() -> bytes:
    return bytes_of(company())


def deck_on(template: bytes, exhibits: list[Exhibit]) -> bytes:
    return make_deck(exhibits, template=template, today=DAY)


def shown(deck: bytes) -> list[Any]:
    """Slides of exhibits: not the title slide, and not the one before the appendix."""
    slides = Presentation(io.BytesIO(deck)).slides
    return [slide for slide in slides if any(shape.name.startswith("Source") for shape in slide.shapes)]


def members(deck: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_sample_slides_are_gone_without_a_trace(own: bytes, exhibits: list[Exhibit]) -> None:
    deck = deck_on(own, exhibits)
    parts = members(deck)
    count = len(exhibits) + 2
    assert len([name for name in parts if name.startswith("ppt/slides/slide")]) == count
    assert len([name for name in parts if name.startswith("ppt/notesSlides/notes")]) == count
    assert not any(b"Sample" in content for content in parts.values())
    assert len(shown(deck)) == len(exhibits)


def test_the_layout_is_found_by_its_type_and_not_by_its_name(own: bytes, exhibits: list[Exhibit]) -> None:
    slides = shown(deck_on(own, exhibits))
    assert {slide.slide_layout.element.get("type") for slide in slides} == {"titleOnly"}
    assert {slide.slide_layout.name for slide in slides} == {"Folienlayout 5"}
    for slide, exhibit in zip(slides, exhibits, strict=True):
        assert exhibit.finding.startswith(slide.shapes.title.text)


def test_title_number_and_footer_stay_where_the_layout_has_them(own: bytes, exhibits: list[Exhibit]) -> None:
    deck = make_deck(exhibits[:3], template=own, today=DAY, footer="ACME, for the board")
    for page, slide in enumerate(shown(deck), start=2):
        placed = {shape.placeholder_format.type.name: shape for shape in slide.placeholders}
        assert set(placed) == {"TITLE", "FOOTER", "SLIDE_NUMBER"}
        assert placed["FOOTER"].text_frame.text == "ACME, for the board"
        assert all(shape.element.find(f".//{qn('a:off')}") is None for shape in placed.values())
        assert placed["SLIDE_NUMBER"].element.find(f".//{qn('a:fld')}/{qn('a:t')}").text == f"{page}"


@pytest.mark.parametrize("make", [company, wide], ids=["4:3", "16:9"])
def test_the_body_lies_between_the_title_and_what_stands_at_the_bottom(
    make: Callable[[], Any], exhibits: list[Exhibit]
) -> None:
    deck = make_deck(exhibits, template=bytes_of(make()), today=DAY, footer="ACME")
    width = Presentation(io.BytesIO(deck)).slide_width
    for slide in shown(deck):
        title, foot = (
            slide.shapes.title,
            next(shape for shape in slide.shapes if shape.name.startswith("Source")),
        )
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart or shape.name.startswith("Sentence"):
                assert shape.top >= title.top + title.height
                assert shape.top + shape.height <= foot.top
                assert shape.left + shape.width <= width
        for shape in slide.placeholders:
            if shape.placeholder_format.type.name in ("FOOTER", "SLIDE_NUMBER"):
                assert foot.top + foot.height <= shape.top or foot.left + foot.width <= shape.left


def test_a_template_without_a_layout_for_titles_alone_gives_one_with_a_title_and_a_body(
    exhibits: list[Exhibit],
) -> None:
    slides = shown(deck_on(bytes_of(wide()), exhibits))
    assert {slide.slide_layout.element.get("type") for slide in slides} == {"obj"}
    assert not [
        s for slide in slides for s in slide.placeholders if s.placeholder_format.type.name == "OBJECT"
    ]


def test_a_potx_gives_the_same_slides_as_the_pptx(own: bytes, exhibits: list[Exhibit]) -> None:
    ours, theirs = members(deck_on(own, exhibits)), members(deck_on(potx(own), exhibits))
    slides = [name for name in ours if name.startswith("ppt/slides/")]
    assert all(ours[name] == theirs[name] for name in slides)
    assert b"template.main+xml" not in theirs[TYPES]


def test_a_title_on_a_template_is_as_large_as_the_template_says_where_it_fits(own: bytes) -> None:
    scenario = made(3, 2)
    fits, long = (
        replace(leaders(scenario), finding="A wins"),
        replace(ranking(scenario), finding="A wins as " * 10),
    )
    for exhibit, usual in ((fits, True), (long, False)):
        (slide,) = shown(deck_on(own, [exhibit]))
        size = slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size
        assert (size is None) == usual


def test_links_of_the_template_are_dropped(exhibits: list[Exhibit]) -> None:
    presentation = company(samples=1)
    run = presentation.slide_layouts[5].placeholders[0].text_frame.paragraphs[0].runs[0]
    part, element = presentation.slide_layouts[5].part, run._r.get_or_add_rPr()
    link = part.relate_to(
        "http://example.com/", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )  # fmt: skip
    etree.SubElement(element, qn("a:hlinkClick")).set(qn("r:id"), link)
    parts = members(deck_on(bytes_of(presentation), exhibits))
    assert not any(b'TargetMode="External"' in content for content in parts.values())
    assert b"hlinkClick" not in parts["ppt/slideLayouts/slideLayout6.xml"]


def test_sections_and_custom_shows_go_with_the_slides(exhibits: list[Exhibit]) -> None:
    presentation = company(samples=2)
    root = presentation.element
    rel_id = root.find(qn("p:sldIdLst"))[0].get(qn("r:id"))
    shows = etree.fromstring(
        f'<p:custShowLst xmlns:p="{root.nsmap["p"]}" xmlns:r="{root.nsmap["r"]}"><p:custShow name="Board" id="0">'
        f'<p:sldLst><p:sld r:id="{rel_id}"/></p:sldLst></p:custShow></p:custShowLst>'
    )
    root.find(qn("p:notesSz")).addnext(shows)
    root.append(
        etree.fromstring(
            f'<p:extLst xmlns:p="{root.nsmap["p"]}"><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
            '<p14:section name="Sample" id="{11111111-1111-1111-1111-111111111111}"><p14:sldIdLst>'
            '<p14:sldId id="256"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>'
        )
    )
    parts = members(deck_on(bytes_of(presentation), exhibits))
    assert b"custShow" not in parts["ppt/presentation.xml"]
    assert parts["ppt/presentation.xml"].count(b"sectionLst ") == 1
    assert not any(b"Sample" in content for content in parts.values())


# ---------------------------------------------------------------------- refused


def refused(template: bytes) -> str:
    with pytest.raises(InvalidTemplate) as error:
        make_deck([], template=template, today=DAY)
    return str(error.value)


def test_a_template_without_a_usable_layout_says_what_it_needs() -> None:
    message = refused(bytes_of(wide(kept=("blank", "vertTitleAndTx", "secHead"))))
    assert "no layout of the template can hold an exhibit" in message
    assert "'Title Only'" in message
    assert "Vertical Title" in message


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (b"", "no presentation"),
        (b"Not a zip at all", "no presentation"),
        (b"%PDF-1.7", "no presentation"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b"PK\x03\x04 cut", "damaged"),
        (b"PK\x03\x04" + bytes(MAX_BYTES), "MB"),
    ],
)
def test_what_is_no_presentation_is_refused_with_the_way_out(template: bytes, words: str) -> None:
    message = refused(template)
    assert words in message
    assert any(hint in message for hint in (".pptx", "compress"))


def test_a_workbook_is_no_template(own: bytes) -> None:
    sheet = (b"presentationml.presentation.main+xml", b"spreadsheetml.sheet.main+xml")
    assert "no presentation" in refused(replaced(own, {TYPES: sheet}))


def test_macros_are_refused(own: bytes) -> None:
    kind = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    macros = b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    assert "macros" in refused(replaced(own, {TYPES: (kind, macros)}))


def test_a_zip_that_is_no_office_file_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert "no presentation" in refused(file.getvalue())


def test_a_file_that_unfolds_too_far_is_refused(own: bytes) -> None:
    file = io.BytesIO(own)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/media/bomb.bin", bytes(80_000_000))
    assert "unfolds to" in refused(file.getvalue())


def test_entities_are_refused(own: bytes) -> None:
    start = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    bomb = start + b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(io.BytesIO(own)) as archive:
        declared = archive.read("ppt/theme/theme1.xml").startswith(start)
    assert declared
    assert "document type" in refused(replaced(own, {"ppt/theme/theme1.xml": (start, bomb)}))


def test_pictures_kept_elsewhere_are_refused() -> None:
    presentation = company()
    presentation.slide_layouts[5].part.relate_to(
        "file:///C:/logo.png", "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )  # fmt: skip
    assert "logo.png" in refused(bytes_of(presentation))


@settings(max_examples=tries(60))
@given(place=st.floats(0, 1), length=st.integers(1, 400), byte=st.integers(0, 255))
def test_a_damaged_template_is_used_or_refused_but_never_breaks(place: float, length: int, byte: int) -> None:
    data = bytearray(DAMAGED)
    start = int(place * (len(data) - 1))
    data[start : start + length] = bytes([byte]) * len(data[start : start + length])
    with contextlib.suppress(InvalidTemplate):
        assert make_deck([], template=bytes(data), today=DAY)


@settings(max_examples=tries(40))
@given(
    place=st.floats(0, 1),
    name=st.sampled_from(["ppt/presentation.xml", TYPES, "ppt/_rels/presentation.xml.rels"]),
)
def test_a_template_with_a_part_cut_short_is_refused(place: float, name: str) -> None:
    content = members(DAMAGED)[name]
    cut = content[: int(place * (len(content) - 20))]
    with pytest.raises(InvalidTemplate):
        make_deck([], template=replaced(DAMAGED, {name: (content, cut)}), today=DAY)


DAMAGED = bytes_of(company(samples=1))


def test_no_word_of_a_name_over_a_bar_is_broken_in_a_broad_font(own: bytes) -> None:
    scenario = load(ROOT / "scenarios" / "base-case.json")
    # Weights whose names have room over the bar.
    wide = slide_of("central_weights", weights="within:10", ranges="no", shift="own")
    found = Presentation(io.BytesIO(deck_on(own, exhibits_on(scenario, [wide], find=load))))
    (slide,) = found.slides
    keys = [shape for shape in slide.shapes if shape.name.startswith("Key ")]
    assert len(keys) == len(scenario.disciplines)
    for shape in keys:
        words = [text_width(word) * 12 * BOLD for word in shape.text_frame.text.split()]
        assert max(words) * breadth(slide.slide_layout) <= shape.width.pt
