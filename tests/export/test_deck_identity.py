"""Every shape of a deck says which exhibit it shows, and the file what it was made from."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import pytest
from pptx import Presentation
from sample_scenarios import made

from valuemix.errors import ValuemixError
from valuemix.exhibits import ranking
from valuemix.exhibits.slides import exhibits_of
from valuemix.export.pptx import make_deck
from valuemix.export.pptx.identity.deck_data import DeckData, kept_in
from valuemix.export.pptx.identity.meaning import hashes_of
from valuemix.export.pptx.identity.package import CUSTOM, Package, parsed, written
from valuemix.export.pptx.identity.tokens import token_in, token_of

DAY = datetime.date(2026, 3, 1)
OTHERS = b"""<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
 xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property
 fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="Label"><vt:lpwstr>Internal</vt:lpwstr></property>
</Properties>"""


@pytest.fixture(scope="module")
def package() -> Package:
    scenario = made(4, 3, name="Base case")
    other = scenario.with_weights("Segment 1", innovation=70).renamed("Innovation first")
    return Package.of(make_deck(exhibits_of(scenario, [other]), today=DAY, footer="For the board"))


def data_of(package: Package) -> DeckData:
    found = kept_in(package)
    assert found is not None
    return found


def test_a_deck_keeps_what_it_was_made_from(package: Package) -> None:
    data = data_of(package)
    again = exhibits_of(data.scenarios[0], data.scenarios[1:], data.slides)
    assert make_deck(again, today=data.today, footer=data.footer) == package.patched(undated=True)


def test_the_scenario_is_left_out_where_it_is_asked_for() -> None:
    scenario = made(4, 3, name="Base case")
    data = data_of(Package.of(make_deck(exhibits_of(scenario), today=DAY, with_scenario=False)))
    assert data.scenarios == ()
    assert data.slides[0].exhibit == "summary"
    assert data.hashes


def test_every_chart_table_and_text_bears_the_token_of_its_exhibit(package: Package) -> None:
    known = {token_of(slide, page) for slide in data_of(package).slides for page in range(3)}
    slides = Presentation(io.BytesIO(package.patched())).slides
    for slide in slides:
        names = [s.name for s in slide.shapes if not s.is_placeholder]
        marks = [token_in(name) for name in names]
        assert len(set(marks)) == len(names)
        assert {token for token, _ in marks} <= known
    assert token_in(slides[0].shapes.title.name) == (token_of("opening"), "t1")


def test_the_data_stand_beside_the_properties_that_were_there(package: Package) -> None:
    kept = Package({**package.parts, CUSTOM: OTHERS}, package.members)
    data = replace(data_of(package), footer="Other words")
    data.put(kept)
    data.put(kept)
    root = parsed(kept[CUSTOM])
    numbers = [each.get("pid") for each in root]
    assert root[0].get("name") == "Label"
    assert len(set(numbers)) == len(numbers)
    assert max(len("".join(each.itertext())) for each in root) <= 255
    assert data_of(kept) == data
    assert sum("custom-properties" in kind for kind, _ in kept.relations("").values()) == 1


def test_the_hashes_are_of_what_is_read_and_not_of_how_it_looks(package: Package) -> None:
    deck = Presentation(io.BytesIO(package.patched()))
    chart = next(shape for slide in deck.slides for shape in slide.shapes if shape.has_chart)
    chart.left, chart.name = 0, f"Mine - {token_in(chart.name)[0]}"
    chart.chart.font.size = 120_000
    saved = io.BytesIO()
    deck.save(saved)
    assert hashes_of(Package.of(saved.getvalue())) == data_of(package).hashes


@pytest.mark.parametrize("text", ["=", "AAAA", "e30=", "eJyrVkrLL8pNLFGyMqoFAB+fBEs="])
def test_damaged_data_are_told(package: Package, text: str) -> None:
    root = parsed(package[CUSTOM])
    for each in root[1:]:
        root.remove(each)
    root[0][0].text = text
    with pytest.raises(ValuemixError, match=r"damaged|newer"):
        kept_in(Package({**package.parts, CUSTOM: written(root)}, package.members))


def test_an_exhibit_of_a_result_is_no_slide_and_bears_no_token() -> None:
    package = Package.of(make_deck([ranking(made(3, 2))], today=DAY))
    assert kept_in(package) is None
    assert hashes_of(package) == {}
