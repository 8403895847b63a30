"""Templates as companies have them: damaged, pale, dark, with art, large; a deck that can be read, or one message."""

from __future__ import annotations

import datetime
import functools
import io
from collections.abc import Callable
from typing import Any

import pytest
from company_templates import banded, bytes_of, company, dark, gradient, large_slides, pale, wide
from nightly import NIGHTLY
from office_files import findings_in
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Emu
from sample_scenarios import ROOT, made

from valuemix.errors import InvalidTemplate
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.slides import exhibits_of, slide_of
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.page.artwork import scenery_of
from valuemix.export.pptx.page.box import Box
from valuemix.export.pptx.page.theme_colors import contrast, least_contrast

DAY = datetime.date(2026, 3, 1)
FAULTS = ROOT / "tests" / "data" / "faults" / "templates"
HARD: dict[str, Callable[[], Any]] = {
    "pale": pale,
    "dark": dark,
    "gradient": gradient,
    "banded": banded,
    "large": large_slides,
}
# Pale on pale is hardest to read, and a gradient hardest to tell the ground of: the others at night.
SHOWN = [
    pytest.param(make, id=name, marks=[pytest.mark.nightly] * (name not in {"pale", "gradient"}))
    for name, make in HARD.items()
]


@pytest.fixture(scope="module")
def exhibits() -> list[Exhibit]:
    scenario, other = made(5, 3, name="Base case"), made(5, 3, seed=2, name="Other")
    keys = ["ranking", "leaders", "values", "stability"]
    if NIGHTLY:
        keys += ["tradeoff", "leader_map", "ranks_across", "change"]
    slides = [slide_of(key, scenarios="Other" if key in ("ranks_across", "change") else None) for key in keys]
    return exhibits_of(scenario, [other], slides)


@pytest.fixture(scope="module")
def slides_of(exhibits: list[Exhibit]) -> Callable[[Callable[[], Any]], list[Any]]:
    """Slides of the exhibits on a hard template, made once."""
    return functools.cache(lambda template: slides_on(template(), exhibits))


def slides_on(template: Any, exhibits: list[Exhibit], **options: Any) -> list[Any]:
    deck = make_deck(exhibits, template=bytes_of(template), today=DAY, **options)
    slides = Presentation(io.BytesIO(deck)).slides
    return [slide for slide in slides if any(shape.name.startswith("Source") for shape in slide.shapes)]


def bodies(slide: Any) -> list[Any]:
    return [
        s for s in slide.shapes if s.has_chart or s.has_table or s.name.startswith(("Subtitle", "Source"))
    ]


def box_of(shape: Any) -> Box:
    return Box(shape.left, shape.top, shape.width, shape.height)


def only(name: str, exhibits: list[Exhibit]) -> Any:
    template = (FAULTS / f"template_{name}.pptx").read_bytes()
    return Presentation(io.BytesIO(make_deck(exhibits[:1], template=template, today=DAY))).slides[0]


# ---------------------------------------------------------------------- damage


def test_properties_that_are_related_as_iso_spells_it_are_there_once(exhibits: list[Exhibit]) -> None:
    assert only("iso_core_properties", exhibits).shapes.title.text


def test_a_notes_master_without_a_place_for_notes_gives_way_to_one_that_has_it(
    exhibits: list[Exhibit],
) -> None:
    slide = only("notes_without_body", exhibits)
    assert exhibits[0].finding in slide.notes_slide.notes_text_frame.text


def test_data_of_add_ins_in_a_placeholder_stay_behind(exhibits: list[Exhibit]) -> None:
    slide = only("tags_in_slide_number", exhibits)
    assert not slide.element.xpath(".//p:custDataLst")
    assert slide.element.xpath('.//a:fld[@type="slidenum"]')


@pytest.mark.parametrize("name", ["master_without_shapes", "missing_relationship", "slide_layout_part"])
def test_a_damaged_template_is_refused_in_one_message(exhibits: list[Exhibit], name: str) -> None:
    with pytest.raises(InvalidTemplate, match=r"^the template is damaged .*; open it in PowerPoint and save"):
        only(name, exhibits)


@pytest.mark.nightly  # it is the validators that it tests
def test_the_validators_find_what_is_wrong() -> None:
    assert findings_in((FAULTS / "template_missing_relationship.pptx").read_bytes(), ".pptx")


# ---------------------------------------------------------------------- colours


@pytest.mark.parametrize("template", SHOWN)
def test_every_text_stands_out_from_what_is_behind_it(
    template: Callable[[], Any], slides_of: Callable[..., list[Any]]
) -> None:
    for slide in slides_of(template):
        scenery = scenery_of(slide.slide_layout)
        for shape in slide.shapes:
            if shape.is_placeholder or shape.has_table or shape.has_chart:
                continue
            grounds = scenery.behind(box_of(shape))
            best = max(least_contrast(color, grounds) for color in ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)))
            for run in shape.element.iter(qn("a:rPr")):
                color = run.find(f"{qn('a:solidFill')}/{qn('a:schemeClr')}")
                if color is not None and run.getparent().findtext(qn("a:t")) != "■":
                    seen = least_contrast(scenery.colors.of(color, grounds[0]), grounds)
                    assert seen >= min(4.5, best) - 0.01, shape.text_frame.text


@pytest.mark.parametrize("template", SHOWN)
def test_numbers_in_cells_and_bars_stand_out_from_their_ground(
    template: Callable[[], Any], slides_of: Callable[..., list[Any]]
) -> None:
    ranked, _, valued, *_ = slides_of(template)
    colors = scenery_of(valued.slide_layout).colors
    table = next(shape.table for shape in valued.shapes if shape.has_table)
    for cell in (cell for row in list(table.rows)[1:] for cell in list(row.cells)[1:]):
        fill, text = (cell._tc.xpath(p)[0] for p in ("./a:tcPr/a:solidFill/*", ".//a:rPr/a:solidFill/*"))
        assert contrast(colors.of(fill), colors.of(text)) >= 4.5
    chart = next(shape.chart for shape in ranked.shapes if shape.has_chart)._chartSpace
    for series in chart.xpath(".//c:ser[c:spPr/a:solidFill]"):
        fill = series.xpath("c:spPr/a:solidFill/*")[0]
        for text in series.xpath("c:dLbls//a:defRPr/a:solidFill/*"):
            assert contrast(colors.of(fill), colors.of(text)) >= 4.5


def test_bars_stand_out_although_the_first_accent_is_as_pale_as_the_ground(
    slides_of: Callable[..., list[Any]],
) -> None:
    slide = slides_of(pale)[0]
    scenery = scenery_of(slide.slide_layout)
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)._chartSpace
    fills = chart.xpath(".//c:ser/c:spPr/a:solidFill/a:schemeClr")
    assert fills
    assert all(least_contrast(scenery.colors.of(fill), scenery.ground) >= 3 for fill in fills)


# ---------------------------------------------------------------------- places and sizes


@pytest.mark.parametrize("template", [gradient, banded], ids=["right and bottom", "top and left"])
def test_nothing_stands_on_art_and_the_body_stays_within_that_of_the_master(
    template: Callable[[], Any], slides_of: Callable[..., list[Any]]
) -> None:
    for slide in slides_of(template):
        art = [each.box for each in scenery_of(slide.slide_layout).art]
        master = slide.slide_layout.slide_master
        body = next(s for s in master.placeholders if s.placeholder_format.type.name == "BODY")
        for shape in bodies(slide):
            assert not [each for each in art if each.within(box_of(shape)).area], shape.name
            assert body.left <= shape.left
            assert shape.left + shape.width <= body.left + body.width + Emu(1)


def test_sizes_grow_with_the_slide(exhibits: list[Exhibit], slides_of: Callable[..., list[Any]]) -> None:
    usual = slides_on(wide(kept=("title", "titleOnly", "blank", "obj")), exhibits)
    for one, other in zip(usual, slides_of(large_slides), strict=True):
        factor = 15 * 914_400 / one.part.package.presentation_part.presentation.slide_height
        for small, big in zip(bodies(one), bodies(other), strict=True):
            sizes = [[int(v) for v in s.element.xpath(".//a:rPr/@sz")] for s in (small, big)]
            assert [factor * size for size in sizes[0]] == pytest.approx(sizes[1])


# ---------------------------------------------------------------------- footer and layout


@pytest.mark.parametrize("footer", ["", "ACME, for the board"])
def test_a_sample_footer_is_not_printed_and_own_words_are(exhibits: list[Exhibit], footer: str) -> None:
    for slide in slides_on(company(), exhibits[:2], footer=footer):
        kinds = [(s.placeholder_format.type.name, s) for s in slide.placeholders]
        assert [s.text_frame.text for kind, s in kinds if kind == "FOOTER"] == ([footer] if footer else [])


def test_a_footer_stands_in_the_foot_where_no_layout_has_a_place_for_it(exhibits: list[Exhibit]) -> None:
    slide = Presentation(io.BytesIO(make_deck(exhibits[:1], footer="For the board", today=DAY))).slides[0]
    foot = next(shape.text_frame.text for shape in slide.shapes if shape.name.startswith("Source"))
    assert foot.endswith("| For the board")


def test_a_layout_is_taken_by_its_name_or_the_names_are_told(exhibits: list[Exhibit]) -> None:
    slides = slides_on(company(), exhibits[:2], layout="folienlayout 1")
    assert {slide.slide_layout.name for slide in slides} == {"Folienlayout 1"}
    with pytest.raises(InvalidTemplate, match=r"no layout 'Board'; it has 'Folienlayout 0'"):
        slides_on(company(), exhibits, layout="Board")
    with pytest.raises(InvalidTemplate, match="name the template as well"):
        make_deck(exhibits, layout="Title Only", today=DAY)
