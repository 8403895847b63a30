"""A deck compared with what its scenario says: which slides are the same, and what differs on the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from valuemix.errors import ValuemixError
from valuemix.export.pptx.identity.deck_data import DeckData
from valuemix.export.pptx.identity.meaning import chart_of, name_of, said_in, shapes_of
from valuemix.export.pptx.identity.package import Package, parsed
from valuemix.export.pptx.identity.tokens import token_in
from valuemix.export.pptx.update.anew import Anew, Page, computed_anew, cover_of, open_deck, tokens_in
from valuemix.export.pptx.update.books import Cells, cells_of
from valuemix.model.scenario import Scenario

__all__ = ["State", "Told", "replay", "told_of"]

State = Literal["same", "changed by hand", "differs", "not ours"]


@dataclass(frozen=True)
class Told:
    """What is to be said of one exhibit on one slide.

    Attributes
    ----------
    slide : int
        Number of the slide.
    exhibit : str or None
        Kind of exhibit; None where the slide is not ours.
    state : str
        ``"same"``, ``"changed by hand"``, ``"differs"`` (as it was written, but computed anew it says something else)
        or ``"not ours"``.
    what : tuple of str
        Parts of it that are not the same.
    """

    slide: int
    exhibit: str | None
    state: State
    what: tuple[str, ...] = ()


def replay(content: bytes, scenarios: Sequence[Scenario] = ()) -> list[Told]:
    """Compute every slide of a deck anew and compare what it says, whoever saved it and however it looks.

    Parameters
    ----------
    content : bytes
        The deck.
    scenarios : sequence of Scenario
        What it is computed from; those that it keeps itself where there are none.

    Returns
    -------
    list of Told
        One an exhibit on a slide, in the order of the slides.

    Raises
    ------
    ValuemixError
        Where the file is no deck of ours, or keeps no scenario and none is given.

    Examples
    --------
    >>> from valuemix.exhibits.slides import exhibits_of, slide_of
    >>> from valuemix.export.pptx import make_deck
    >>> scenario = Scenario.from_arrays([[8, 2], [7, 7]])
    >>> deck = make_deck(exhibits_of(scenario, slides=[slide_of("ranking")]))
    >>> {told.state for told in replay(deck)}
    {'same'}
    """
    package, data = open_deck(content)
    given = [*scenarios] or [*data.scenarios]
    if not given:
        raise ValuemixError("the deck keeps no scenario; name the one to compute it from with --case")
    anew = computed_anew(content, data, given, data.today)
    return [
        told
        for place, name in enumerate(package.slides(), 1)
        for told in told_of(package, name, place, anew, data)
    ]


def told_of(package: Package, name: str, place: int, anew: Anew, data: DeckData) -> Iterator[Told]:
    """What is to be said of one slide of a deck beside the deck computed anew."""
    said = said_in(package, name)
    known = [token for token in (tokens_in(said) or cover_of(said, anew)) if token in anew.exhibits]
    if not known:
        yield Told(place, None, "not ours")
    for token in known:
        state, what = _state(package, name, said, anew.pages.get(token), anew, data)
        yield Told(place, anew.exhibits[token], state, what)


def _state(
    package: Package, name: str, said: dict[str, list[Any]], page: Page | None, anew: Anew, data: DeckData
) -> tuple[State, tuple[str, ...]]:
    """State of one exhibit on a slide, and which parts of it are not the same."""
    if page is None:
        return "differs", ("cannot be made of this scenario",)
    found = [*_unequal(said, page, data), *_books(package, name, page, anew)]
    by_hand = [each for each in found if each.by_hand]
    state: State = "changed by hand" if by_hand else "differs" if found else "same"
    return state, tuple(dict.fromkeys(each.name for each in by_hand or found))


@dataclass(frozen=True)
class _Unequal:
    """A part of a slide that says something else than computed anew, and whether that is not as it was written."""

    name: str
    by_hand: bool


def _unequal(said: dict[str, list[Any]], page: Page, data: DeckData) -> Iterator[_Unequal]:
    """Parts of a page that are not as computed anew."""
    for key, name in page.names.items():
        for copy in said.get(key, []):
            if copy != page.of(key):
                yield _Unequal(name, not data.wrote(key, copy))
        if key not in said and page.is_whole(said):
            yield _Unequal(f"{name} is missing", key in data.hashes)
    for key in said:
        if key.startswith(page.token) and key not in page.names:
            yield _Unequal("a text that is no more", not data.wrote(key, said[key][0]))
    if page.is_whole(said):
        yield from _words(said, page, data)


def _words(said: dict[str, list[Any]], page: Page, data: DeckData) -> Iterator[_Unequal]:
    """The title, and the notes that are ours; whatever else stands in the notes is theirs."""
    title, notes = said.get("title", [[]])[0], said.get("notes", [[]])[0]
    if title != page.of("title"):
        yield _Unequal("title", not data.wrote(f"{page.token}-title", title))
    if not set(page.of("notes")) <= set(notes):
        yield _Unequal("notes", not data.wrote(f"{page.token}-notes", notes))


def _books(package: Package, name: str, page: Page, anew: Anew) -> Iterator[_Unequal]:
    """Charts that are the same over a workbook that is not; programs that drop it drop no number that is seen."""
    if page.of(page.token) not in said_in(package, name).get(page.token, []):
        return
    ours = _book_cells(anew.package, page.name, page.token)
    for cells in _book_cells(package, name, page.token):
        if ours and cells != ours[0]:
            yield _Unequal(f"workbook of {page.names[page.token]}", by_hand=True)


def _book_cells(package: Package, slide: str, token: str) -> list[Cells]:
    """Cells of the workbooks of the charts with a token."""
    charts = [
        chart_of(package, slide, shape)
        for shape in shapes_of(parsed(package[slide]))
        if token_in(name_of(shape)) == (token, "")
    ]
    books = [package.related(chart, "package") for chart in charts if chart]
    return [cells_of(package[book]) for book in books if book]
