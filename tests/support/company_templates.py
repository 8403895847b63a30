"""Presentations such as companies have them, made by code."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches

__all__ = [
    "banded", "bytes_of", "company", "dark", "gradient", "large_slides", "pale", "potx", "replaced", "wide",
]  # fmt: skip

_COLORS = {
    "4F81BD": "5B1A99", "C0504D": "C9184A", "9BBB59": "2A9D8F",
    "8064A2": "8D99AE", "4BACC6": "F4A261", "F79646": "264653", "1F497D": "2B2440",
}  # fmt: skip


def bytes_of(presentation: Any) -> bytes:
    """The file of a presentation."""
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def company(*, samples: int = 2) -> Any:
    """A 4:3 template with its own colours and serif, German names of layouts, a bar, a footer and sample slides."""
    presentation = Presentation()
    _repaint(presentation, "DejaVu Serif")
    for place, layout in enumerate(presentation.slide_layouts):
        layout.element.cSld.set("name", f"Folienlayout {place}")
    _bar(presentation)
    for shape in presentation.slide_layouts[5].placeholders:
        if shape.placeholder_format.type is not None and "Footer" in shape.name:
            shape.text_frame.text = "ACME AG – vertraulich"
    for place in range(samples):
        slide = presentation.slides.add_slide(presentation.slide_layouts[place % 2])
        slide.shapes.title.text = "Sample slide, to be deleted"
        slide.notes_slide.notes_text_frame.text = "Sample notes"
    return presentation


def wide(*, kept: tuple[str, ...] = ("title", "obj", "blank"), font: str = "Calibri") -> Any:
    """A 16:9 template without a layout of the type for titles alone."""
    presentation = Presentation()
    _repaint(presentation, font)
    factor = 12_192_000 / presentation.slide_width
    presentation.slide_width = Emu(12_192_000)
    for page in (presentation.slide_master, *presentation.slide_layouts):
        for shape in page.placeholders:
            offset = shape.element.find(f".//{qn('a:off')}")
            if offset is not None:
                shape.left, shape.width = Emu(int(shape.left * factor)), Emu(int(shape.width * factor))
    for layout in list(presentation.slide_layouts):
        if layout.element.get("type") not in kept:
            presentation.slide_master.slide_layouts.remove(layout)
    return presentation


def potx(data: bytes) -> bytes:
    """The same as a .potx file."""
    return replaced(data, {"[Content_Types].xml": (b"presentation.main+xml", b"template.main+xml")})


def replaced(data: bytes, changes: dict[str, tuple[bytes, bytes]]) -> bytes:
    """A zip with text replaced in some of its members."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name in changes:
                assert changes[name][0] in content
                content = content.replace(*changes[name])
            new.writestr(name, content)
    return file.getvalue()


def _repaint(presentation: Any, font: str) -> None:
    for rel in presentation.slide_master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            text = rel.target_part.blob.decode()
            for old, new in _COLORS.items():
                text = text.replace(old, new)
            rel.target_part.blob = text.replace(
                'latin typeface="Calibri"', f'latin typeface="{font}"'
            ).encode()


def _bar(presentation: Any) -> None:
    """A coloured bar across the top of every slide."""
    width = presentation.slide_width
    bar = (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="90" name="Bar"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="150000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "</p:spPr></p:sp>"
    )
    presentation.slide_master.element.cSld.spTree.insert(2, parse_xml(bar))


# ---------------------------------------------------------------------- hard ones

_LAYOUTS = ("title", "titleOnly", "blank", "obj")


def pale() -> Any:
    """A first accent that is nearly white, and a bright second text colour."""
    presentation = wide(kept=_LAYOUTS)
    for rel in presentation.slide_master.part.rels.values():
        if rel.reltype.endswith("/theme"):
            text = rel.target_part.blob.decode()
            rel.target_part.blob = text.replace("5B1A99", "DDDDDD").replace("2B2440", "FF8200").encode()
    return presentation


def dark() -> Any:
    """Light text on a dark ground, by the map of colours of the master."""
    presentation = wide(kept=_LAYOUTS)
    mapped = presentation.slide_master.element.find(qn("p:clrMap"))
    for name, own in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
        mapped.set(name, own)
    return presentation


def gradient() -> Any:
    """A ground from dark to middle blue, art at the right and at the bottom, a body of three quarters."""
    presentation = wide(kept=_LAYOUTS)
    page, width, height = (
        presentation.slide_master.element.cSld,
        presentation.slide_width,
        presentation.slide_height,
    )
    old = page.find(qn("p:bg"))
    if old is not None:
        page.remove(old)
    stops = (
        '<a:gs pos="0"><a:srgbClr val="0B2545"/></a:gs><a:gs pos="100000"><a:srgbClr val="5A7DB0"/></a:gs>'
    )
    page.insert(0, parse_xml(
        f'<p:bg {nsdecls("p", "a")}><p:bgPr><a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst>'
        '<a:lin ang="5400000"/></a:gradFill><a:effectLst/></p:bgPr></p:bg>'
    ))  # fmt: skip
    _white_titles(presentation)
    _art(presentation, (0.84 * width, 0, 0.16 * width, height), "accent2", 91)
    _art(presentation, (0, 0.9 * height, width, 0.1 * height), "accent3", 92)
    for shape in presentation.slide_master.placeholders:
        if "Title" in shape.name or "Text" in shape.name:
            shape.left, shape.width = Emu(int(0.05 * width)), Emu(int(0.75 * width))
    return presentation


def banded() -> Any:
    """A band of colour behind the titles, deeper than they are, and a bar at the left."""
    presentation = wide(kept=_LAYOUTS)
    width, height = presentation.slide_width, presentation.slide_height
    _white_titles(presentation)
    _art(presentation, (0, 0, width, 0.27 * height), "accent1", 91)
    _art(presentation, (0, 0.27 * height, 0.1 * width, 0.73 * height), "accent6", 92)
    return presentation


def large_slides() -> Any:
    """Slides of 15 inches in height, with fonts twice as large."""
    presentation = wide(kept=_LAYOUTS)
    factor = Inches(15) / presentation.slide_height
    presentation.slide_width, presentation.slide_height = (
        Emu(int(presentation.slide_width * factor)),
        Inches(15),
    )
    for page in (presentation.slide_master, *presentation.slide_layouts):
        for shape in page.placeholders:
            if shape.element.find(f".//{qn('a:off')}") is not None:
                places = (shape.left, shape.top, shape.width, shape.height)
                shape.left, shape.top, shape.width, shape.height = (Emu(int(v * factor)) for v in places)
        for body in page.element.iter(qn("a:bodyPr")):
            for side, usual in (("lIns", 91_440), ("tIns", 45_720), ("rIns", 91_440), ("bIns", 45_720)):
                body.set(side, str(int(int(body.get(side, usual)) * factor)))
        for font in page.element.iter(qn("a:defRPr")):
            if font.get("sz"):
                font.set("sz", str(int(int(font.get("sz")) * factor)))
    return presentation


def _white_titles(presentation: Any) -> None:
    style = presentation.slide_master.element.find(
        f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}/{qn('a:defRPr')}"
    )
    style.find(qn("a:solidFill"))[0].set("val", "bg1")


def _art(presentation: Any, place: tuple[float, float, float, float], color: str, number: int) -> None:
    x, y, width, height = map(int, place)
    shape = (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="Art {number}"/><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill></p:spPr></p:sp>'
    )
    presentation.slide_master.element.cSld.spTree.insert(2, parse_xml(shape))
