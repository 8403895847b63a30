"""Edits of a deck as people make them: by what stands on a slide, never by names of shapes or marks."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

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
