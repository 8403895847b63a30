"""The slides of a deck computed anew, on its own layouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from valuemix.errors import InvalidTemplate, ValuemixError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.slides import exhibit_of, finder
from valuemix.export.pptx.deck import make_deck
from valuemix.export.pptx.identity.deck_data import DeckData, kept_in
from valuemix.export.pptx.identity.meaning import is_title, name_of, said_in, shapes_of
from valuemix.export.pptx.identity.package import Package, parsed
from valuemix.export.pptx.identity.tokens import COVERS, key_of, token_of
from valuemix.export.pptx.template.package import check_presentation
from valuemix.model.scenario import Scenario

__all__ = ["Anew", "Page", "computed_anew", "cover_of", "open_deck", "tokens_in"]


@dataclass(frozen=True)
class Page:
    """One slide as it is computed anew.

    Attributes
    ----------
    token : str
        Of its exhibit.
    name : str
        Of its part in the package.
    said : dict
        What it says, as by `said_in`.
    names : dict of str to str
        Its shapes with marks: what each is, by token and part.
    """

    token: str
    name: str
    said: dict[str, list[Any]]
    names: dict[str, str]

    def of(self, key: str) -> Any:
        """What a part of it says; None where it has no such part."""
        return self.said.get(key, [None])[0]

    def is_whole(self, said: dict[str, list[Any]]) -> bool:
        """Whether a slide is this page, and not one of theirs that its chart or table was put on."""
        own = sum(key in said for key in self.names)
        return own >= min(2, len(self.names))


@dataclass(frozen=True)
class Anew:
    """A deck computed anew.

    Attributes
    ----------
    data : DeckData
        What it was made from.
    package : Package
        Its file.
    pages : dict of str to Page
        Its slides by their tokens.
    exhibits : dict of str to str
        Kinds of exhibits by the tokens of their slides, of those that could not be made as well.
    refused : dict of str to str
        Why an exhibit could not be made, by its token.
    """

    data: DeckData
    package: Package
    pages: dict[str, Page]
    exhibits: dict[str, str]
    refused: dict[str, str] = field(default_factory=dict)


def open_deck(content: bytes) -> tuple[Package, DeckData]:
    """A deck of ours, whoever saved it last, with what it was made from.

    Raises
    ------
    ValuemixError
        Where it is no presentation, or says nothing of how it was made.
    """
    try:
        check_presentation(content)
    except InvalidTemplate as error:
        raise ValuemixError(str(error).replace("the template", "the deck")) from error
    package = Package.of(content)
    data = kept_in(package)
    if data is None:
        raise ValuemixError(
            "the deck does not say what it was made from: valuemix writes that into its decks, and Inspect Document or "
            "another program may have removed it; work with a copy from before, or make the deck anew"
        )
    return package, data


def computed_anew(content: bytes, data: DeckData, scenarios: Sequence[Scenario], today: date) -> Anew:
    """The exhibits of a deck, made of some scenarios on the deck's own layouts.

    Parameters
    ----------
    content : bytes
        The deck.
    data : DeckData
        What it was made from.
    scenarios : sequence of Scenario
        The open one first; where it is compared with one that is not among them, that of the deck is taken.
    today : date
        Named on the slides.
    """
    made, refused = _exhibits(data, scenarios)
    package = Package.of(_deck(made, content, data, today))
    pages = {}
    for name in package.slides():
        said = said_in(package, name)
        [token] = tokens_in(said)
        pages[token] = Page(token, name, said, _names(package, name))
    made_of = replace(kept_in(package) or data, today=today, slides=data.slides, layout=data.layout)
    return Anew(made_of, package, pages, _kinds(data), refused)


def tokens_in(said: dict[str, list[Any]]) -> list[str]:
    """Tokens of what is said on a slide, each once."""
    return [*dict.fromkeys(key[:9] for key in said if key.startswith("vm-"))]


def cover_of(said: dict[str, list[Any]], anew: Anew) -> list[str]:
    """Token of a title slide by its words, where a program has renamed its places."""
    covers = (anew.pages.get(token_of(cover)) for cover in COVERS)
    return [page.token for page in covers if page and said.get("title") == page.said.get("title")]


def _names(package: Package, slide: str) -> dict[str, str]:
    """Names of the shapes with marks without these, by token and part."""
    names = (name_of(shape) for shape in shapes_of(parsed(package[slide])) if not is_title(shape))
    return {key_of(name): name.rsplit(" - ", 1)[0] for name in names if key_of(name)}


def _exhibits(data: DeckData, scenarios: Sequence[Scenario]) -> tuple[list[Exhibit], dict[str, str]]:
    """Exhibits that can be made, and why the others cannot."""
    made, refused = [], {}
    names = [each.name for each in scenarios]
    find = finder([*scenarios, *(each for each in data.scenarios if each.name not in names)])
    for slide in data.slides:
        try:
            made.append(exhibit_of(scenarios[0], slide, find))
        except ValuemixError as error:
            refused[token_of(slide)] = str(error)
    return made, refused


def _deck(exhibits: list[Exhibit], content: bytes, data: DeckData, today: date) -> bytes:
    """The exhibits on the layouts of the deck; on the plain ones where these cannot be used."""
    own = [{"template": content, "layout": data.layout}, {"template": content}] if data.layout else []
    make = partial(make_deck, exhibits, today=today, footer=data.footer, agenda=data.agenda)
    for options in own:
        try:
            return make(**options)  # type: ignore[arg-type]
        except InvalidTemplate:
            continue
    return make()


def _kinds(data: DeckData) -> dict[str, str]:
    """Kinds of exhibits by the tokens of all the pages that they may take."""
    covers = {token_of(cover): cover for cover in COVERS}
    return covers | {token_of(slide, page): slide.exhibit for slide in data.slides for page in range(_PAGES)}


_PAGES = 20
"""Slides that an exhibit takes at most, as far as its tokens are known."""
