"""Exhibits as a PowerPoint deck: one a slide, every chart and table native and editable."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.deck.base import open_stage
from valuemix.export.deck.forms import forms_of
from valuemix.export.deck.slide import add_slide
from valuemix.export.deck.text import clean

__all__ = ["make_deck"]

_LONGEST = 255
"""Characters that a property of a document holds."""


def make_deck(
    exhibits: Sequence[Exhibit],
    *,
    template: bytes | None = None,
    today: date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """A .pptx file with one exhibit a slide; inputs that are long go on over further slides.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        In the order of the slides.
    template : bytes, optional
        The company's own .pptx or .potx: its layouts, fonts and theme colours are used, its
        slides are dropped. A plain 16:9 deck where it is None.
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
    today = today or datetime.now().astimezone().date()
    stage = open_stage(template)
    for done, exhibit in enumerate(exhibits, start=1):
        forms = forms_of(exhibit)
        for page, form in enumerate(forms, start=1):
            part = f" ({page} of {len(forms)})" if len(forms) > 1 else ""
            add_slide(stage, replace(exhibit, subtitle=exhibit.subtitle + part), form, today)
        if progress is not None:
            progress(done, len(exhibits))
    _sign(stage.presentation, exhibits[0].finding if exhibits else "", today)
    file = io.BytesIO()
    stage.presentation.save(file)
    return file.getvalue()


def _sign(presentation: Any, title: str, today: date) -> None:
    """Say in the file's properties what it is, whatever a template said; its preview goes."""
    properties = presentation.core_properties
    properties.title, properties.subject, properties.keywords = clean(title)[:_LONGEST], "", ""
    properties.author = properties.last_modified_by = "valuemix"
    properties.created = properties.modified = datetime.combine(today, time())
    package = presentation.part.package
    for rel in [rel for rel in package.iter_rels() if rel.reltype.endswith("/thumbnail")]:
        package.drop_rel(rel.rId)
