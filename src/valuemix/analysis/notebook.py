"""How results show themselves in a notebook: by the sentences of the exhibits, which are a floor above."""

from __future__ import annotations

from importlib import import_module

__all__ = ["shown"]


def shown(result: object) -> str:
    """HTML of a result: what the exhibit of it says, a small table, and what that rests on.

    Exhibits are looked up only when a notebook asks: results know nothing of them, and load sooner without.

    Examples
    --------
    >>> from valuemix.analysis.value.scoring import evaluate
    >>> from valuemix.model.scenario import Scenario
    >>> print(shown(evaluate(Scenario.from_arrays([[8, 2], [7, 7]], propositions=["Express", "Green line"]))))
    <div class="tex2jax_ignore mathjax_ignore"><p><strong>Green line leads overall by 2.0 over Express...
    """
    html: str = import_module("valuemix.exhibits.notebook").shown(result)
    return html
