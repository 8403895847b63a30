"""What python-pptx has no words for in a presentation: its sections, and the list of its notes master."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

__all__ = ["list_notes_master", "list_sections"]

_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_KIND = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"


def list_sections(presentation: Any, sections: Sequence[tuple[str, int]]) -> None:
    """Divide the slides into sections.

    Parameters
    ----------
    presentation : pptx.presentation.Presentation
        With its slides.
    sections : sequence of (str, int)
        Name of each, and how many slides it has.
    """
    ids, markup = [slide.slide_id for slide in presentation.slides], ""
    start = 0
    for place, (name, count) in enumerate(sections):
        own = "".join(f'<p14:sldId id="{each}"/>' for each in ids[start : start + count])
        # The id must be one of a kind and may be any: the same deck gets the same ones.
        key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{place} {name}")).upper()
        markup += f'<p14:section name={quoteattr(name)} id="{{{key}}}"><p14:sldIdLst>{own}</p14:sldIdLst></p14:section>'
        start += count
    root = presentation.element
    extensions = root.find(qn("p:extLst"))
    if extensions is None:
        extensions = parse_xml(f"<p:extLst {nsdecls('p')}/>")
        root.append(extensions)
    listed = f'<p14:sectionLst xmlns:p14="{_P14}">{markup}</p14:sectionLst>'
    extensions.insert(0, parse_xml(f'<p:ext {nsdecls("p")} uri="{_KIND}">{listed}</p:ext>'))


def list_notes_master(presentation: Any) -> None:
    """Name the master of the notes in the presentation, as PowerPoint does; python-pptx only relates it."""
    root = presentation.element
    rel_id = next(
        (rel.rId for rel in presentation.part.rels.values() if rel.reltype.endswith("/notesMaster")), None
    )
    if rel_id is None or root.find(qn("p:notesMasterIdLst")) is not None:
        return
    listed = (
        f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{rel_id}"/></p:notesMasterIdLst>'
    )
    root.find(qn("p:sldMasterIdLst")).addnext(parse_xml(listed))
