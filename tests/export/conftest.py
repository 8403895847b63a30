"""Decks of a module that are made once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.identity.deck_data import DeckData
from valuemix.export.pptx.update import anew
from valuemix.model.scenario import Scenario


@pytest.fixture(scope="module")
def made_once() -> Iterator[None]:
    """Who replays or updates a deck makes it anew: in a module the same is made once.

    What it is made from says all of it. A deck on the layouts of a template is made every time, and at night
    all are in the campaign of updates.
    """
    exhibits: dict[Any, tuple[list[Exhibit], dict[str, str]]] = {}
    decks: dict[Any, bytes] = {}
    make_exhibits, make = anew._exhibits, anew._deck

    def exhibits_of(data: DeckData, scenarios: Sequence[Scenario]) -> tuple[list[Exhibit], dict[str, str]]:
        key = (repr(data.slides), *(each.model_dump_json() for each in (*scenarios, *data.scenarios)))
        if key not in exhibits:
            exhibits[key] = make_exhibits(data, scenarios)
        return exhibits[key]

    def deck(made: list[Exhibit], content: bytes, data: DeckData, today: date) -> bytes:
        if data.layout:
            return make(made, content, data, today)
        key = (id(made), today, data.footer, data.agenda)
        if key not in decks:
            decks[key] = make(made, content, data, today)
        return decks[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anew, "_exhibits", exhibits_of)
        patch.setattr(anew, "_deck", deck)
        yield
