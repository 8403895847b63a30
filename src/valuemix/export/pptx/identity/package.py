"""A presentation as its parts: read as they are, replaced one by one, every other part byte for byte as it was."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import unquote

from lxml import etree

__all__ = ["CUSTOM", "RELATIONS", "TYPES", "Package", "parsed", "written"]

TYPES, CUSTOM = "[Content_Types].xml", "docProps/custom.xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def parsed(content: bytes) -> Any:
    """Root of some XML, with nothing in it that leads out of it."""
    return etree.fromstring(content, _PARSER)


def written(root: Any) -> bytes:
    """XML of a root as a part of a package."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


@dataclass
class Package:
    """Parts of a file by name, and those that take their places.

    Attributes
    ----------
    parts : dict of str to bytes
        As they were read.
    changed : dict of str to bytes
        Parts that are replaced or new.
    members : list of ZipInfo
        How they stand in the file.
    """

    parts: dict[str, bytes]
    members: list[zipfile.ZipInfo]
    changed: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Read a file that was found to be sound."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            return cls({each.filename: archive.read(each) for each in members}, members)

    def __getitem__(self, name: str) -> bytes:
        return self.changed.get(name, self.parts.get(name, b""))

    def __contains__(self, name: str) -> bool:
        return name in self.changed or name in self.parts

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of the relations of a part by their ids; those that lead out of the file are left out."""
        name = self.relations_name(part)
        if name not in self:
            return {}
        folder = posixpath.dirname(part)
        return {
            each.get("Id"): (each.get("Type", "").rsplit("/", 1)[-1], _target(folder, each.get("Target", "")))
            for each in parsed(self[name]).iter(_RELATED)
            if each.get("TargetMode") != "External"
        }

    def related(self, part: str, kind: str) -> str:
        """First part that another is related to in a way; empty where there is none."""
        return next((target for own, target in self.relations(part).values() if own == kind), "")

    @staticmethod
    def relations_name(part: str) -> str:
        """Part that holds the relations of another."""
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation to a part, and give its id; the one that is there where it has it."""
        for own, (_, other) in self.relations(part).items():
            if other == target:
                return own
        name = self.relations_name(part)
        space = _RELATED[1:].split("}")[0]
        root = (
            parsed(self[name])
            if name in self
            else etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
        )
        taken = {each.get("Id") for each in root.iter(_RELATED)}
        rel_id = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        etree.SubElement(root, _RELATED, Id=rel_id, Type=f"{RELATIONS}/{kind}", Target=f"/{target}")
        self.changed[name] = written(root)
        return rel_id

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part, or replace it, and say what it is."""
        self.changed[part] = content
        root = parsed(self[TYPES])
        space = root.tag[: root.tag.index("}") + 1]
        if not any(each.get("PartName") == f"/{part}" for each in root):
            etree.SubElement(root, f"{space}Override", PartName=f"/{part}", ContentType=content_type)
            self.changed[TYPES] = written(root)

    def slides(self) -> list[str]:
        """Parts of the slides in the order in which they are shown."""
        start = self.related("", "officeDocument")
        relations = self.relations(start)
        own = "{http://schemas.openxmlformats.org/presentationml/2006/main}sldId"
        ids = [each.get(f"{{{RELATIONS}}}id") for each in parsed(self[start]).iter(own)]
        return [relations[rel_id][1] for rel_id in ids if rel_id in relations]

    def patched(self, *, undated: bool = False) -> bytes:
        """The file with the changed parts; all others byte for byte as they were.

        Parameters
        ----------
        undated : bool
            Whether all members bear one date, so that equal parts give an equal file.
        """
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for member in self.members:
                own = zipfile.ZipInfo(member.filename, _ALWAYS if undated else member.date_time)
                own.compress_type, own.external_attr = member.compress_type, member.external_attr
                archive.writestr(own, self[member.filename])
            for name in self.changed:
                if name not in self.parts:
                    archive.writestr(zipfile.ZipInfo(name, _ALWAYS), self.changed[name], zipfile.ZIP_DEFLATED)
        return file.getvalue()

    def touched(self, data: bytes) -> Mapping[str, bytes]:
        """Parts of a patched file that differ from those that were read."""
        return {
            name: content
            for name, content in Package.of(data).parts.items()
            if self.parts.get(name) != content
        }


def _target(folder: str, target: str) -> str:
    """Name of a part that a relation of a part in a folder leads to.

    Examples
    --------
    >>> _target("ppt/slides", "../charts/chart1.xml"), _target("", "/ppt/presentation.xml")
    ('ppt/charts/chart1.xml', 'ppt/presentation.xml')
    """
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
