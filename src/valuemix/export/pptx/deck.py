"""Exhibits as a PowerPoint deck: one a slide, every chart and table native and editable."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from pptx.slide import Slide

from valuemix import __version__
from valuemix.errors import InvalidTemplate
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.opening import APPENDIX, Opening, appendix_of, opening_of, section_of
from valuemix.export.pptx.identity.deck_data import DeckData
from valuemix.export.pptx.identity.meaning import hashes_of
from valuemix.export.pptx.identity.package import Package
from valuemix.export.pptx.identity.tokens import mark
from valuemix.export.pptx.page.agenda import add_agenda
from valuemix.export.pptx.page.cover import add_cover
from valuemix.export.pptx.page.slide import Look, add_slide, day_of
from valuemix.export.pptx.page.text import clean
from valuemix.export.pptx.page.titles import title_size
from valuemix.export.pptx.registry import forms_of
from valuemix.export.pptx.sections import list_notes_master, list_sections
from valuemix.export.pptx.template.package_check import flaws_of
from valuemix.export.pptx.template.template import open_page_layout

__all__ = ["Part", "add_exhibit", "add_parts", "look_of", "make_deck"]

_LONGEST = 255
"""Characters that a property of a document holds."""


@dataclass(frozen=True)
class Part:
    """Slides of a deck that belong together.

    Attributes
    ----------
    section : str
        Part of the deck that they are listed in.
    exhibit : Exhibit or None
        What they show; None for a title slide.
    slides : list
        At least one.
    cover : str
        Which title slide it is, one of `COVERS`; blank where it shows an exhibit.
    """

    section: str
    exhibit: Exhibit | None
    slides: list[Slide]
    cover: str = ""


def make_deck(
    exhibits: Sequence[Exhibit],
    *,
    template: bytes | None = None,
    layout: str | None = None,
    footer: str = "",
    agenda: bool = False,
    with_scenario: bool = True,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """A .pptx file with one exhibit a slide; what is too long goes on over further slides.

    Several exhibits are opened by a title slide with the answer and how safe it is, and divided into
    sections; those at the end that are for reference are an appendix.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        In the order of the slides.
    template : bytes, optional
        The company's own .pptx or .potx: its layouts, fonts and theme colours are used, its
        slides are dropped. A plain 16:9 deck where it is None.
    layout : str, optional
        Name of the template's layout that exhibits stand on; the one that suits best where it is None.
    footer : str
        Own words at the foot of every slide; none where it is empty.
    agenda : bool
        Whether its sections are told on a slide after the first, where it has several exhibits.
    with_scenario : bool
        Whether the file keeps the scenarios with every score and name, so that it can be made anew and updated.
    today : date, optional
        Named at the foot of every slide; today where it is None.
    progress : callable, optional
        Told how many exhibits of how many are set.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InvalidTemplate
        Where the template cannot be used, with the way out.

    Examples
    --------
    >>> from valuemix.exhibits import ranking
    >>> from valuemix.model.scenario import Scenario
    >>> make_deck([ranking(Scenario.from_arrays([[8, 2], [6, 5]]))])[:2]
    b'PK'
    """
    look = look_of(exhibits, template=template, layout=layout, footer=footer, today=today)
    presentation = look.page_layout.presentation
    opening = opening_of(exhibits) if len(exhibits) > 1 else None
    sections, done = [], 0
    for part in add_parts(look, exhibits, opening, agenda=agenda):
        sections += [part.section] * len(part.slides)
        _mark(part)
        done += part.exhibit is not None
        if progress and part.exhibit is not None:
            progress(done, len(exhibits))
    if len(exhibits) > 1:
        list_sections(presentation, [(name, len([*own])) for name, own in groupby(sections)])
    list_notes_master(presentation)
    titles = [opening.answer] if opening else [each.finding for each in exhibits]
    _sign(presentation, "".join(titles), look.today)
    made = _sound(presentation, templated=template is not None)
    data = DeckData(
        version=__version__,
        today=look.today,
        footer=look.footer,
        layout=look.page_layout.layout.name if template is not None else "",
        slides=(),
        agenda=agenda,
    )
    return _signed(made, exhibits, data, with_scenario=with_scenario)


def look_of(
    exhibits: Sequence[Exhibit],
    *,
    template: bytes | None = None,
    layout: str | None = None,
    footer: str = "",
    today: date | None = None,
) -> Look:
    """What all slides of a deck share; parameters and errors as for `make_deck`."""
    page_layout = open_page_layout(template, layout=layout, footed=bool(clean(footer)))
    size = title_size(page_layout.title, [clean(exhibit.finding) for exhibit in exhibits])
    return Look(page_layout, size, today or datetime.now().astimezone().date(), clean(footer))


def add_exhibit(look: Look, exhibit: Exhibit) -> list[Slide]:
    """Add the slides of one exhibit; several where it is too long for one."""
    forms = forms_of(exhibit, look.page_layout.body, look.page_layout.broad)
    parts = [f" ({page} of {len(forms)})" if len(forms) > 1 else "" for page in range(1, len(forms) + 1)]
    return [add_slide(look, exhibit, form, part) for form, part in zip(forms, parts, strict=True)]


def add_parts(
    look: Look, exhibits: Sequence[Exhibit], opening: Opening | None, *, agenda: bool = False
) -> Iterator[Part]:
    """Add the slides of a whole deck, one part after the other: title, exhibits, a word before the appendix."""
    if opening is not None:
        about = "  |  ".join(filter(None, [opening.about, day_of(look.today), look.footer]))
        cover = add_cover(look, opening.answer, [opening.safety, about])
        yield Part(section_of("summary"), None, [cover], "opening")
        if agenda:
            yield Part(section_of("summary"), None, [add_agenda(look, _agenda_of(exhibits))], "agenda")
    start = appendix_of([exhibit.key for exhibit in exhibits])
    for place, exhibit in enumerate(exhibits):
        if place == start:
            yield Part(APPENDIX, None, [add_cover(look, APPENDIX, [_contents(exhibits[place:])])], "appendix")
        is_appended = start is not None and place >= start
        section = APPENDIX if is_appended else section_of(exhibit.key)
        yield Part(section, exhibit, add_exhibit(look, exhibit))


def _contents(exhibits: Sequence[Exhibit]) -> str:
    """Kinds of some exhibits in words."""
    labels = [KINDS[each.key].label if each.key in KINDS else each.subtitle for each in exhibits]
    return "; ".join(dict.fromkeys(labels))


def _agenda_of(exhibits: Sequence[Exhibit]) -> list[tuple[str, str]]:
    """Sections of a deck in their order, and the kinds of exhibits in each."""
    start = appendix_of([each.key for each in exhibits])
    held: dict[str, list[Exhibit]] = {}
    for place, each in enumerate(exhibits):
        is_appended = start is not None and place >= start
        held.setdefault(APPENDIX if is_appended else section_of(each.key), []).append(each)
    return [(name, _contents(own)) for name, own in held.items()]


def _mark(part: Part) -> None:
    """Mark the shapes of slides that can be made anew."""
    if part.exhibit is None:
        mark(part.slides, part.cover)
    elif part.exhibit.origin is not None:
        mark(part.slides, part.exhibit.origin.slide)


def _signed(deck: bytes, exhibits: Sequence[Exhibit], data: DeckData, *, with_scenario: bool) -> bytes:
    """The file with what it was made from, and one date for all its parts: equal exhibits give an equal file."""
    package = Package.of(deck)
    origins = [each.origin for each in exhibits if each.origin is not None]
    if origins:
        scenarios = dict.fromkeys(each for origin in origins for each in origin.scenarios)
        replace(
            data,
            slides=tuple(dict.fromkeys(origin.slide for origin in origins)),
            scenarios=tuple(scenarios) if with_scenario else (),
            hashes=hashes_of(package),
        ).put(package)
    return package.patched(undated=True)


def _sign(presentation: Any, title: str, today: date) -> None:
    """Say in the file's properties what it is, whatever a template said; its preview goes."""
    properties = presentation.core_properties
    properties.title, properties.subject, properties.keywords = clean(title)[:_LONGEST], "", ""
    properties.author = properties.last_modified_by = "valuemix"
    properties.created = properties.modified = datetime.combine(today, time())
    package = presentation.part.package
    for rel in [rel for rel in package.iter_rels() if rel.reltype.endswith("/thumbnail")]:
        package.drop_rel(rel.rId)


def _sound(presentation: Any, *, templated: bool) -> bytes:
    """The file, once its package is found to hold together.

    Raises
    ------
    InvalidTemplate
        Where a template leads to a file that PowerPoint would not open.
    """
    file = io.BytesIO()
    presentation.save(file)
    flaws = flaws_of(file.getvalue())
    if flaws and templated:
        raise InvalidTemplate(
            f"the template is damaged ({flaws[0]}); open it in PowerPoint and save it again as .pptx or .potx"
        )
    if flaws:
        raise RuntimeError(f"the deck does not hold together: {flaws[0]}")
    return file.getvalue()
