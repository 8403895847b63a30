"""Which function draws which exhibit, by its key; any other becomes a table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from valuemix.export.deck import heat_forms, profile_forms, table_forms, text_forms
from valuemix.export.deck.slide import Form

__all__ = ["FORMS", "form_of"]

FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "acceptability": heat_forms.draw_acceptability,
        "central_weights": heat_forms.draw_central_weights,
        "challenges": table_forms.draw_challenges,
        "discipline_check": profile_forms.draw_discipline_check,
        "fit": profile_forms.draw_fit,
        "input_differences": table_forms.draw_input_differences,
        "leaders": table_forms.draw_leaders,
        "pairwise": heat_forms.draw_pairwise,
        "scores": heat_forms.draw_scores,
        "statement": text_forms.draw_sentences,
        "summary": text_forms.draw_sentences,
        "value_changes": heat_forms.draw_value_changes,
        "values": heat_forms.draw_values,
        "weights": heat_forms.draw_weights,
    }
)


def form_of(key: str) -> Form:
    """Function that draws exhibits of a key.

    Examples
    --------
    >>> form_of("a new exhibit").__name__
    'draw_any'
    """
    return FORMS.get(key, table_forms.draw_any)
