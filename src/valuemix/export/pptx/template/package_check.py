"""Whether a package holds together: what PowerPoint finds out before it shows a first slide."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

__all__ = ["flaws_of"]

_TYPES = "[Content_Types].xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OF_RELATIONS = {"r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships"}
_IDS_OF_RELATIONS = etree.XPath("//@r:*", namespaces=_OF_RELATIONS, smart_strings=False)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def flaws_of(data: bytes) -> list[str]:
    """What is wrong with an Office file as a package; nothing where it is sound.

    Parts are there once, every one has a content type, XML is well-formed, relations lead to parts
    that are there, and every id of a relation that a part uses is one of its own.

    Parameters
    ----------
    data : bytes
        The file.

    Examples
    --------
    >>> file = io.BytesIO()
    >>> with zipfile.ZipFile(file, "w") as archive:
    ...     archive.writestr("[Content_Types].xml", "<Types><Default Extension='xml'/></Types>")
    ...     archive.writestr("ppt/slide1.xml", "<a></b>")
    >>> flaws_of(file.getvalue())
    ['ppt/slide1.xml is no well-formed XML']
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        counts = Counter(map(_key, names))
        twice = [f"{name} is there twice" for name in dict.fromkeys(names) if counts[_key(name)] > 1]
        trees: dict[str, etree._Element] = {}
        broken = []
        for name in dict.fromkeys(names):
            if name.endswith((".xml", ".rels")):
                try:
                    trees[name] = etree.fromstring(archive.read(name), _PARSER)
                except etree.XMLSyntaxError:
                    broken.append(f"{name} is no well-formed XML")
    if _TYPES not in trees:
        return [*twice, *broken, "there are no content types"]
    return [*twice, *broken, *_untyped(trees[_TYPES], names), *_unrelated(trees, set(counts))]


def _key(name: str) -> str:
    """Names of parts differ by more than capital letters."""
    return unquote(name).lstrip("/").casefold()


def _untyped(types: etree._Element, names: list[str]) -> Iterator[str]:
    """Parts without a content type."""
    endings = {(each.get("Extension") or "").casefold() for each in types if each.get("Extension")}
    parts = {_key(each.get("PartName") or "") for each in types if each.get("PartName")}
    for name in names:
        ending = name.rpartition(".")[2].casefold()
        if not name.endswith("/") and name != _TYPES and ending not in endings and _key(name) not in parts:
            yield f"{name} has no content type"


def _unrelated(trees: dict[str, etree._Element], there: set[str]) -> Iterator[str]:
    """Relations that lead nowhere, and ids that no relation has."""
    for name, tree in trees.items():
        if name.endswith(".rels"):
            source = posixpath.dirname(posixpath.dirname(name))
            targets = [relation.get("Target") for relation in _relations(tree) if _is_inside(relation)]
            lost = [target for target in targets if target is None or not _leads(source, target, there)]
            yield from (f"{name} leads to {target}, which is not there" for target in lost)
        else:
            folder, file = posixpath.split(name)
            own = _relations(trees.get(f"{folder}/_rels/{file}.rels".lstrip("/")))
            unknown = _used(tree) - {relation.get("Id") for relation in own}
            yield from (
                f"{name} uses the relation {each}, which it does not have" for each in sorted(unknown)
            )


def _relations(tree: etree._Element | None) -> list[etree._Element]:
    return [] if tree is None else [*tree.iter(_RELATION)]


def _is_inside(relation: etree._Element) -> bool:
    return relation.get("TargetMode") != "External" or relation.get("Target") is None


def _used(tree: etree._Element) -> set[str]:
    """Ids of relations that a part uses."""
    return {str(value) for value in _IDS_OF_RELATIONS(tree) if value}


def _leads(source: str, target: str, there: set[str]) -> bool:
    path = target.partition("#")[0]
    return _key(posixpath.normpath(posixpath.join("/" + source, path))) in there
