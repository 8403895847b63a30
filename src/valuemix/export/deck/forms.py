"""Which function draws which exhibit, by its key; any other becomes a table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from valuemix.export.deck.slide import Form
from valuemix.export.deck.table_forms import draw_any

__all__ = ["FORMS", "form_of"]

FORMS: Mapping[str, Form] = MappingProxyType({})


def form_of(key: str) -> Form:
    """Function that draws exhibits of a key.

    Examples
    --------
    >>> form_of("a new exhibit").__name__
    'draw_any'
    """
    return FORMS.get(key, draw_any)
