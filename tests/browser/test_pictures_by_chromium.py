"""Pictures as a browser makes them: the size of a slide, the exhibit's words and numbers, nothing else."""

from __future__ import annotations

import io
import re
from concurrent.futures import ThreadPoolExecutor
from xml.etree import ElementTree as ET

import pytest
from nightly import NIGHTLY
from PIL import Image
from running_app import find_browser
from sample_scenarios import hostile, made

from valuemix.exhibits import ranking
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import number
from valuemix.export.picture import KINDS, PictureKind, make_pictures, picture_obstacle

pytestmark = pytest.mark.skipif(find_browser() is None, reason="no Chromium or Chrome on this machine")
HREF = "{http://www.w3.org/1999/xlink}href"


@pytest.fixture(scope="module")
def exhibit() -> Exhibit:
    return ranking(made(4, 3), "Segment 2")


@pytest.fixture(scope="module")
def told() -> dict[str, list[tuple[int, int]]]:
    """Numbers of pictures made and wanted, as they were told of each kind."""
    return {kind: [] for kind in KINDS}


@pytest.fixture(scope="module")
def pictures(exhibit: Exhibit, told: dict[str, list[tuple[int, int]]]) -> dict[PictureKind, list[bytes]]:
    """The exhibit as SVG, with one of hostile names; at night also as PNG and PDF, for which threads ask at once."""
    asked: dict[PictureKind, list[Exhibit]] = {
        "svg": [exhibit, ranking(hostile())],
    }
    if NIGHTLY:
        asked |= {"png": [exhibit, exhibit], "pdf": [exhibit]}

    def made_of(kind: PictureKind) -> list[bytes]:
        return make_pictures(asked[kind], kind, progress=lambda *now: told[kind].append(now))

    with ThreadPoolExecutor(len(asked)) as threads:
        return dict(zip(asked, threads.map(made_of, asked), strict=True))


@pytest.fixture(scope="module")
def drawings(pictures: dict[PictureKind, list[bytes]]) -> list[ET.Element]:
    return [ET.fromstring(picture) for picture in pictures["svg"]]  # noqa: S314 - made by these very tests


def test_nothing_stands_in_the_way_where_a_browser_is() -> None:
    assert picture_obstacle() is None


@pytest.mark.nightly  # a start of the browser more, for the figure that it draws as an SVG
def test_a_png_has_300_dots_an_inch_on_a_slide(pictures: dict[PictureKind, list[bytes]]) -> None:
    assert len(pictures["png"]) == 2
    for picture in pictures["png"]:
        with Image.open(io.BytesIO(picture)) as image:
            image.load()
            assert image.size == (4000, 2250)
            assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
            colors = image.convert("RGB").resize((320, 180)).getcolors(60_000)
            assert len(colors or []) > 20


def test_an_svg_holds_the_words_and_numbers_of_the_exhibit(
    exhibit: Exhibit, drawings: list[ET.Element]
) -> None:
    root = drawings[0]
    assert (root.get("width"), root.get("height")) == ("1280", "720")
    texts = {"".join(element.itertext()) for element in root.iter() if element.tag.endswith("text")}
    told = " ".join("".join(element.itertext()) for element in root.iter() if element.tag.endswith("tspan"))
    for name, value in zip(exhibit.table["proposition"], exhibit.table["value"], strict=True):
        assert name in texts
        assert number(value, exhibit.decimals) in texts
    shown = re.sub(r"\W", "", told + "".join(texts))
    assert re.sub(r"\W", "", exhibit.finding) in shown


@pytest.mark.nightly  # another start of the browser, for what it makes as it makes the others
def test_a_pdf_has_one_page_of_the_size_of_a_slide(pictures: dict[PictureKind, list[bytes]]) -> None:
    [pdf] = pictures["pdf"]
    assert pdf.startswith(b"%PDF-")
    boxes = re.findall(rb"/MediaBox \[([\d. ]+)\]", pdf)
    assert [[round(float(n)) for n in box.split()] for box in boxes] == [[0, 0, 960, 540]]


def test_hostile_names_are_text_in_a_picture(drawings: list[ET.Element]) -> None:
    root = drawings[1]
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "a", "image", "foreignObject", "style"}
    assert all(element.get(HREF, "#").startswith("#") for element in root.iter())


def test_threads_all_get_their_pictures(
    pictures: dict[PictureKind, list[bytes]], told: dict[str, list[tuple[int, int]]]
) -> None:
    assert told["svg"] in ([(0, 2), (1, 2), (2, 2)], [(0, 2), (2, 2)])
    assert [len(made) for made in pictures.values()] == [2, 2, 1][: len(pictures)]
    assert all(picture.startswith(b"<svg") for picture in pictures["svg"])
