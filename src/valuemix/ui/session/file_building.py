"""Making the files of the Export page: only when asked, with a bar, and kept until the slides change."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from valuemix.exhibits import Exhibit
from valuemix.export.picture import PictureKind, make_pictures
from valuemix.files.scenarios.folder import slug
from valuemix.model.scenario import Scenario

__all__ = ["FORMATS", "DeckOptions", "Format", "Made", "make", "pictures_zip"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Format:
    """One way out.

    Attributes
    ----------
    label : str
        What it is called.
    ending : str
        Of the file.
    mime : str
        Type of its content.
    what : str
        What is in it, in a sentence.
    """

    label: str
    ending: str
    mime: str
    what: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "deck": Format(
        "Deck", ".pptx", f"{_OFFICE}.presentationml.presentation",
        "PowerPoint with native charts and tables that can be edited, one slide an exhibit, "
        "the method in the speaker notes.",
    ),
    "workbook": Format(
        "Workbook", ".xlsx", f"{_OFFICE}.spreadsheetml.sheet",
        "All inputs and every value as a live formula: change a weight and it recalculates. "
        "It can be imported again. It holds the whole scenario, whatever the slides are.",
    ),
    "report": Format(
        "Report", ".html", "text/html",
        "One page for any browser, without a connection: the desk, on which weights move, every exhibit with its "
        "numbers, and the method. All scores and weights are in it.",
    ),
    "desk": Format(
        "Desk", ".html", "text/html",
        "The desk alone, in one small page for any browser, without a connection: whoever gets it moves the weights "
        "and sends them back as a code. It holds all scores and weights, whatever the slides are.",
    ),
    "pictures": Format(
        "Pictures", ".zip", "application/zip",
        "Every slide as a picture. Needs Chrome or Chromium on the machine that valuemix runs on; "
        "Save a picture below a slide makes one without.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A file that was made, and from what.

    Attributes
    ----------
    recipe : tuple
        What it was made from; another one means that it is out of date.
    name : str
        Of the file.
    content : bytes
        Of the file.
    """

    recipe: tuple[object, ...]
    name: str
    content: bytes


@dataclass(frozen=True)
class DeckOptions:
    """How a deck is to look.

    Attributes
    ----------
    template : bytes or None
        The company's own presentation.
    layout : str
        Name of its layout for exhibits; the best one where empty.
    footer : str
        Words at the foot of every slide.
    with_scenario : bool
        Whether the file keeps the scenarios, so that it can be updated.
    agenda : bool
        Whether its sections are told on a slide after the first.
    """

    template: bytes | None = None
    layout: str = ""
    footer: str = ""
    with_scenario: bool = True
    agenda: bool = False


def make(
    kind: str,
    scenario: Scenario,
    exhibits: Sequence[Exhibit],
    *,
    deck: DeckOptions,
    picture: PictureKind,
    recipe: tuple[object, ...],
) -> Made:
    """Make a file under a progress bar.

    Raises
    ------
    ValuemixError
        Where the template or the machine does not allow it.
    """
    bar = st.progress(0.0, "Starting")

    def progress(done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), f"{done} of {total}")

    try:
        content = _content(kind, scenario, exhibits, deck, picture, progress)
    finally:
        bar.empty()
    # The kind in the name keeps it legal on every system: a file con.pptx is not.
    return Made(recipe, f"{slug(scenario.name)}-{kind}{FORMATS[kind].ending}", content)


def _content(
    kind: str,
    scenario: Scenario,
    exhibits: Sequence[Exhibit],
    deck: DeckOptions,
    picture: PictureKind,
    progress: Progress,
) -> bytes:
    # Imported where they are used: a session that makes no file does not wait for them.
    from valuemix.export.pptx import make_deck
    from valuemix.export.report.desk import make_desk
    from valuemix.export.report.report import make_report
    from valuemix.export.workbook import make_workbook

    if kind == "workbook":
        return make_workbook(scenario)
    if kind == "desk":
        return make_desk(scenario)
    if kind == "report":
        return make_report(exhibits, progress=progress)
    if kind == "pictures":
        return pictures_zip(exhibits, picture, progress)
    return make_deck(
        exhibits,
        template=deck.template,
        layout=deck.layout or None,
        footer=deck.footer,
        with_scenario=deck.with_scenario,
        agenda=deck.agenda,
        progress=progress,
    )


def pictures_zip(exhibits: Sequence[Exhibit], kind: PictureKind, progress: Progress | None = None) -> bytes:
    """Pictures of some exhibits in one archive, numbered in their order."""
    pictures = make_pictures(exhibits, kind, progress=progress)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (exhibit, picture) in enumerate(zip(exhibits, pictures, strict=True), start=1):
            archive.writestr(f"{place:02d}-{exhibit.key}.{kind}", picture)
    return buffer.getvalue()
