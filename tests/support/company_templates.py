"""Presentations such as companies have them, made by code."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu

__all__ = ["bytes_of", "company", "potx", "replaced", "wide"]

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
