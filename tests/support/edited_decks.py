"""Edits of a deck as people make them: by what stands on a slide, never by names of shapes or marks."""

from __future__ import annotations

import copy
import io
import random
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.util import Emu

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def replaced(deck: bytes, parts: dict[str, bytes]) -> bytes:
    """The deck with some parts in place of its own."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(deck)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            new.writestr(member, parts.get(member.filename) or old.read(member))
    return file.getvalue()


def planted(deck: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Parts of a deck in which one number that is read on a slide, in a chart or in the notes is another one."""
    chance = random.Random(seed)  # noqa: S311 -- nothing depends on it but which numbers are tried
    with zipfile.ZipFile(io.BytesIO(deck)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    read = re.compile(r"ppt/(slides/slide|notesSlides/notesSlide|charts/chart)\d+\.xml$")
    places = [
        (name, place)
        for name in sorted(filter(read.match, parts))
        for place, element in enumerate(_numbers(etree.fromstring(parts[name])))
        if element is not None
    ]
    for name, place in chance.sample(places, count):
        root = etree.fromstring(parts[name])
        element = [*_numbers(root)][place]
        element.text = _another(element.text, chance)
        yield name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _numbers(root: Any) -> Iterator[Any]:
    """Texts with a digit in them and numbers of charts; not the numbers of pages."""
    for element in root.iter(f"{DRAWING}t", f"{CHART}v"):
        is_page = element.getparent().tag == f"{DRAWING}fld"
        if re.search(r"\d", element.text or "") and not is_page:
            yield element


def _another(text: str, chance: random.Random) -> str:
    try:
        return repr(float(text) * 1.07 + 0.1)
    except ValueError:
        digits = [found.start() for found in re.finditer(r"\d", text)]
        place = chance.choice(digits)
        return text[:place] + str((int(text[place]) + chance.randint(1, 9)) % 10) + text[place + 1 :]


def _moved(slide: Any, chance: random.Random) -> None:
    shape = chance.choice(list(slide.shapes))
    shape.left, shape.top = Emu(chance.randint(0, 5_000_000)), Emu(chance.randint(0, 3_000_000))


def _resized(slide: Any, chance: random.Random) -> None:
    shape = chance.choice(list(slide.shapes))
    shape.width = Emu(chance.randint(1_000_000, 9_000_000))


def _recoloured(slide: Any, chance: random.Random) -> None:
    for run in slide.shapes.element.iter(f"{DRAWING}rPr"):
        for fill in run.findall(f"{DRAWING}solidFill"):
            run.remove(fill)
        fill = etree.SubElement(run, f"{DRAWING}solidFill")
        etree.SubElement(fill, f"{DRAWING}srgbClr").set("val", f"{chance.randrange(1 << 24):06X}")
        run.insert(0, fill)


def _in_another_font(slide: Any, chance: random.Random) -> None:
    for run in slide.shapes.element.iter(f"{DRAWING}rPr"):
        run.set("sz", str(chance.randint(9, 30) * 100))


def _with_a_title_of_their_own(slide: Any, chance: random.Random) -> None:
    slide.shapes.title.text = f"Our words {chance.random()}"


def _with_a_text(slide: Any, chance: random.Random) -> None:
    slide.shapes.add_textbox(0, 0, 999, 999).text_frame.text = f"Beside {chance.random()}"


def _with_notes(slide: Any, chance: random.Random) -> None:
    notes = slide.notes_slide.notes_text_frame
    notes.text = f"Say {chance.random()}\n{notes.text}"


def _with_a_row(slide: Any, chance: random.Random) -> None:
    for shape in slide.shapes:
        if shape.has_table:
            row = copy.deepcopy(chance.choice(shape.table._tbl.tr_lst[1:]))
            for text in row.iter(f"{DRAWING}t"):
                text.text = f"Own {chance.random():.3f}"
            shape.table._tbl.tr_lst[-1].addnext(row)


def _with_a_cell(slide: Any, chance: random.Random) -> None:
    for shape in slide.shapes:
        if shape.has_table:
            text = chance.choice(list(shape.table._tbl.tr_lst[1].iter(f"{DRAWING}t")))
            text.text = f"Retyped {chance.random():.3f}"


ON_A_SLIDE = (
    _moved, _resized, _recoloured, _in_another_font, _with_a_title_of_their_own, _with_a_text, _with_notes,
    _with_a_row, _with_a_cell,
)  # fmt: skip
WORDS = ("Our words ", "Beside ", "Say ", "Own ", "Retyped ")
"""How what people wrote begins."""


def edited(deck: bytes, seed: int, edits: int) -> bytes:
    """A deck after some edits: on its slides, and of the slides themselves."""
    chance = random.Random(seed)  # noqa: S311 -- nothing depends on it but which edits are tried
    presentation = Presentation(io.BytesIO(deck))
    for _ in range(edits):
        chance.choice(ON_A_SLIDE)(chance.choice(list(presentation.slides)), chance)
    listed = presentation.slides._sldIdLst
    presentation.slides.add_slide(
        presentation.slide_layouts[0]
    ).shapes.title.text = f"Our words {chance.random()}"
    listed.insert(chance.randrange(len(listed)), listed[-1])
    listed.remove(listed[chance.randrange(len(listed))])
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()
