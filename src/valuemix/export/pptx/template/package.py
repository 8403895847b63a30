"""A company's presentation, looked through with bounds before any library opens it, and emptied."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError
from pptx.oxml.ns import qn

from valuemix.errors import InvalidTemplate, shorten

__all__ = ["check_presentation", "damage_told", "open_emptied"]

MAX_BYTES = 60_000_000
SMALLER = "compress its pictures, or delete its sample slides"
"""What to do where a template has more."""

MAX_UNZIPPED = 400_000_000
MAX_XML = 30_000_000
MAX_RATIO = 300
MAX_MEMBERS = 5_000

_KIND = b"application/vnd.openxmlformats-officedocument.presentationml."
_MACROS = b"macroEnabled.main+xml", b"vnd.ms-office.vbaProject"
_CHANGED = b"template.main+xml", b"slideshow.main+xml"
_CORE = b"package/2006/relationships/metadata/core-properties"
_CORE_OF_ISO = b"officedocument/2006/relationships/metadata/core-properties"
"""How ISO spells the relation to the properties of a document; the library would add them a second time."""
_HERE = "the template"
_DAMAGE = (
    AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError, PythonPptxError, RuntimeError,
    TypeError, ValueError, etree.LxmlError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What the zip, XML and presentation libraries raise on damaged files."""


def open_emptied(data: bytes) -> Any:
    """Open a .pptx or .potx and drop its slides.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    pptx.presentation.Presentation
        Without slides, and without links to anything outside.

    Raises
    ------
    InvalidTemplate
        Where it is no presentation, damaged, locked, too large, holds macros or needs other files.
    """
    data = check_presentation(data)
    with damage_told():
        presentation = Presentation(io.BytesIO(data))
        _drop_slides(presentation)
        _drop_links(presentation)
        _drop_notes(presentation)
        _visit(presentation)
    return presentation


def check_presentation(data: bytes) -> bytes:
    """The file with the content type of a presentation; as `open_emptied`, but its slides and links stay.

    Raises
    ------
    InvalidTemplate
        Where it is no presentation, damaged, locked, too large or holds macros.
    """
    _check_kind(data)
    with damage_told():
        return _as_presentation(data)


@contextmanager
def damage_told() -> Iterator[None]:
    """Tell what the libraries stumble over as damage of the template."""
    try:
        yield
    except _DAMAGE as error:
        reason = shorten(" ".join(str(error).split()) or type(error).__name__, 80)
        if isinstance(error, AttributeError | TypeError):
            reason = "one of its parts is not of the kind that it is said to be"
        message = f"{_HERE} is damaged ({reason}); open it in PowerPoint and save it again as .pptx or .potx"
        raise InvalidTemplate(message) from error


def _check_kind(data: bytes) -> None:
    """Refuse what is no zip, or more than a template should be."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InvalidTemplate(
            f"{_HERE} has a password or is an old .ppt file; save it as .pptx or .potx without a password"
        )
    if not data.startswith(b"PK\x03\x04"):
        raise InvalidTemplate(f"{_HERE} is no presentation; choose a .pptx or .potx file")
    if len(data) > MAX_BYTES:
        raise InvalidTemplate(
            f"{_HERE} has {len(data) // 1_000_000} MB, at most {MAX_BYTES // 1_000_000} are read; {SMALLER}"
        )


def _as_presentation(data: bytes) -> bytes:
    """The file with the content type of a presentation, every member checked on the way."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_members(archive, len(data))
        if "[Content_Types].xml" not in archive.namelist():
            raise InvalidTemplate(f"{_HERE} is a zip file, but no presentation; choose a .pptx or .potx file")
        types, relations = archive.read("[Content_Types].xml"), archive.read("_rels/.rels")
        if any(mark in types for mark in _MACROS):
            raise InvalidTemplate(f"{_HERE} holds macros; save it as .pptx or .potx, which drops them")
        if b"http://purl.oclc.org/ooxml/" in relations:
            raise InvalidTemplate(
                f"{_HERE} is saved as Strict Open XML; save it as an ordinary PowerPoint Presentation (.pptx)"
            )
        changed = types
        for kind in _CHANGED:
            changed = changed.replace(_KIND + kind, _KIND + b"presentation.main+xml")
        if _KIND + b"presentation.main+xml" not in changed:
            raise InvalidTemplate(
                f"{_HERE} is an Office file, but no presentation; choose a .pptx or .potx file"
            )
        usual = relations.replace(_CORE_OF_ISO, _CORE)
        if (changed, usual) == (types, relations):
            return data
        return _rewritten(archive, {"[Content_Types].xml": changed, "_rels/.rels": usual})


def _check_members(archive: zipfile.ZipFile, packed: int) -> None:
    members = archive.infolist()
    unzipped = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unzipped > min(MAX_UNZIPPED, MAX_RATIO * packed):
        raise InvalidTemplate(
            f"{_HERE} unfolds to {unzipped // 1_000_000} MB in {len(members):,} parts, more than is read; "
            "delete its sample slides and pictures"
        )
    for member in members:
        if not member.filename.endswith((".xml", ".rels", ".vml")):
            continue
        if member.file_size > MAX_XML:
            raise InvalidTemplate(f"{_HERE} holds {shorten(member.filename)}, which is too large to be read")
        if b"<!DOCTYPE" in archive.read(member):
            raise InvalidTemplate(
                f"{_HERE} holds a document type declaration in {shorten(member.filename)}, "
                "which no presentation program writes; save it again with PowerPoint"
            )


def _rewritten(archive: zipfile.ZipFile, changes: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as result:
        for member in archive.infolist():
            result.writestr(member.filename, changes.get(member.filename) or archive.read(member))
    return file.getvalue()


def _drop_slides(presentation: Any) -> None:
    """Drop the sample slides and whatever names them: sections and custom shows."""
    root, rels = presentation.element, presentation.part.rels
    listed = root.find(qn("p:sldIdLst"))
    for slide in list(listed if listed is not None else ()):
        listed.remove(slide)
        rels.pop(slide.get(qn("r:id")))
    for tag in (qn("p:custShowLst"), "{http://schemas.microsoft.com/office/powerpoint/2010/main}sectionLst"):
        for found in list(root.iter(tag)):
            extension = found.getparent()
            extension.remove(found)
            if extension.tag == qn("p:ext"):
                extension.getparent().remove(extension)
    for rel in [rel for rel in rels.values() if rel.reltype.endswith(("/printerSettings", "/slide"))]:
        rels.pop(rel.rId)


def _drop_links(presentation: Any) -> None:
    """Drop links out of the file and to slides that are gone; refuse parts that live elsewhere."""
    for part in presentation.part.package.iter_parts():
        for rel in list(part.rels.values()):
            gone = not rel.is_external and rel.reltype.endswith("/slide") and part is not presentation.part
            if rel.is_external and not rel.reltype.endswith("/hyperlink"):
                raise InvalidTemplate(
                    f"{_HERE} shows something that is kept in another place ({shorten(rel.target_ref)}); "
                    "embed it, or break the link (File, Info, Edit Links to Files)"
                )
            if rel.is_external or (gone and _is_page(part)):
                _unlink(part, rel.rId)


def _drop_notes(presentation: Any) -> None:
    """Drop a master of notes that has no place for notes; slides get one that has."""
    for rel in [rel for rel in presentation.part.rels.values() if rel.reltype.endswith("/notesMaster")]:
        if rel.is_external or not rel.target_part.notes_master.element.xpath('.//p:ph[@type="body"]'):
            for listed in presentation.element.xpath("./p:notesMasterIdLst"):
                presentation.element.remove(listed)
            presentation.part.rels.pop(rel.rId)


def _visit(presentation: Any) -> None:
    """Look at every shape of every master and layout once, so that damage is found before anything is drawn."""
    for master in presentation.slide_masters:
        layouts = [page for layout in master.slide_layouts for page in (layout, layout.slide_master)]
        for shape in [shape for page in (master, *layouts) for shape in page.shapes]:
            _ = shape.left, shape.is_placeholder and shape.placeholder_format.type


def _is_page(part: Any) -> bool:
    """Whether a part is a master or a layout; the notes of a slide go with it."""
    return bool(part.partname.startswith(("/ppt/slideMasters/", "/ppt/slideLayouts/")))


def _unlink(part: Any, rel_id: str) -> None:
    """Remove a relationship and the links in the text and shapes that use it."""
    for link in part._element.xpath(f'//*[@r:id="{rel_id}"]'):  # noqa: SLF001 -- parts have no public root
        link.getparent().remove(link)
    part.rels.pop(rel_id)
