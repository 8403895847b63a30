"""What a deck was made from, kept among its properties: version, scenarios, slides, hashes of what was written."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from lxml import etree

from valuemix.errors import ValuemixError
from valuemix.export.pptx.identity.meaning import Said, hash_of
from valuemix.export.pptx.identity.package import CUSTOM, Package, parsed, written
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario

__all__ = ["DeckData", "kept_in"]

_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAME, _PIECE = "valuemix ", 240
"""Names of the properties, and characters in each: programs of Office cut texts that are longer than 255."""

_MOST = 40_000_000
"""Bytes that the data of a deck may unfold to."""


@dataclass(frozen=True)
class DeckData:
    """What a deck was made from.

    Attributes
    ----------
    version : str
        Of the valuemix that made it.
    today : date
        Named on its slides.
    footer, layout : str
        As it was asked for, and the template's layout that exhibits stand on; empty on the plain one.
    slides : tuple of Slide
        Its exhibits with their options, in their order.
    scenarios : tuple of Scenario
        What they were made from, the baseline first; none where they were to be left out.
    hashes : dict of str to str
        Of what was written, by token and part.
    agenda : bool
        Whether it has an agenda.
    """

    version: str
    today: date
    footer: str
    layout: str
    slides: tuple[Slide, ...]
    scenarios: tuple[Scenario, ...] = ()
    hashes: dict[str, str] = field(default_factory=dict)
    agenda: bool = False

    def wrote(self, key: str, said: Said) -> bool:
        """Whether a part says what was written when the deck was made."""
        return self.hashes.get(key) == hash_of(said)

    def put(self, package: Package) -> None:
        """Write it among the properties of a file, in place of what was there; all others stay."""
        root = parsed(package[CUSTOM]) if CUSTOM in package else _empty()
        for each in [own for own in root if own.get("name", "").startswith(_NAME)]:
            root.remove(each)
        text = base64.b64encode(zlib.compress(self._text().encode(), 9)).decode()
        taken = max((int(own.get("pid", 1)) for own in root), default=1)
        for place, start in enumerate(range(0, len(text), _PIECE)):
            own = etree.SubElement(
                root, f"{{{_SPACE}}}property", fmtid=_FORMAT_ID, pid=str(taken + place + 1)
            )
            own.set("name", f"{_NAME}{place + 1:04d}")
            etree.SubElement(own, f"{{{_TYPES}}}lpwstr").text = text[start : start + _PIECE]
        package.add(CUSTOM, written(root), _CONTENT)
        package.relate("", "custom-properties", CUSTOM)

    def _text(self) -> str:
        return json.dumps(
            {
                "format": 1,
                "version": self.version,
                "today": self.today.isoformat(),
                "footer": self.footer,
                "layout": self.layout,
                "slides": [slide.model_dump(mode="json") for slide in self.slides],
                "scenarios": [json.loads(dumps(each.replace(deck=()))) for each in self.scenarios],
                "hashes": self.hashes,
                **({"agenda": True} if self.agenda else {}),
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @classmethod
    def _of(cls, document: dict[str, Any]) -> Self:
        return cls(
            version=str(document["version"]),
            today=date.fromisoformat(document["today"]),
            footer=str(document["footer"]),
            layout=str(document["layout"]),
            slides=tuple(Slide.model_validate_json(json.dumps(each)) for each in document["slides"]),
            scenarios=tuple(loads(json.dumps(each)) for each in document["scenarios"]),
            hashes={str(name): str(text) for name, text in document["hashes"].items()},
            agenda=bool(document.get("agenda")),
        )


def kept_in(package: Package) -> DeckData | None:
    """What a deck says that it was made from; None where it says nothing.

    Raises
    ------
    ValuemixError
        Where what it says is damaged, or of a valuemix that is newer.
    """
    root = parsed(package[CUSTOM]) if CUSTOM in package else _empty()
    pieces = {
        own.get("name"): "".join(own.itertext()) for own in root if own.get("name", "").startswith(_NAME)
    }
    if not pieces:
        return None
    try:
        packed = base64.b64decode("".join(pieces[name] for name in sorted(pieces)), validate=True)
        document = json.loads(zlib.decompressobj().decompress(packed, _MOST))
        newer = document["format"] != 1
        data = None if newer else DeckData._of(document)  # noqa: SLF001
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error, ValuemixError) as error:
        raise ValuemixError(
            "what the deck says of how it was made is damaged; make it anew, or work with a copy from before"
        ) from error
    if newer:
        raise ValuemixError("the deck was made by a newer valuemix; update this one")
    return data


def _empty() -> Any:
    return etree.Element(f"{{{_SPACE}}}Properties", nsmap={None: _SPACE, "vt": _TYPES})
