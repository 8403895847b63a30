"""Kinds of exhibit: what each is called, where it stands, what a slide of it can say, how it is worked out."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ParamSpec

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.request import Request
from valuemix.exhibits.words import formulas
from valuemix.exhibits.words.wording import plain, scale
from valuemix.model.scenario import Scenario

__all__ = ["KINDS", "Kind", "arrange", "exhibit_kind", "method_of"]

P = ParamSpec("P")


@dataclass(frozen=True)
class Kind:
    """One kind of exhibit.

    Attributes
    ----------
    function : str
        Name of the function that makes it.
    label : str
        What it is called in lists.
    page : str
        Where it stands in the app.
    own_options : tuple of str
        What a slide of it can say, beside whose scores count.
    formula : str
        How it is worked out, in a sentence or two.
    make : callable
        Makes it from a request.
    compares : bool
        Whether it needs other scenarios beside the open one.
    several_views : bool
        Whether it sets views side by side, or rests on no scores.
    """

    function: str
    label: str
    page: str
    own_options: tuple[str, ...]
    formula: str
    make: Callable[[Request], Exhibit]
    compares: bool = False
    several_views: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """All that a slide of it can say.

        Examples
        --------
        >>> KINDS["tradeoff"].options
        ('segment', 'discipline', 'mover', 'view')
        """
        one_view = self.compares or self.several_views
        return self.own_options if one_view else (*self.own_options, "view")


KINDS: dict[str, Kind] = {}
"""Every kind of exhibit by its key, in the order of the pages; each is entered where it is defined."""


def exhibit_kind(
    label: str,
    page: str,
    options: tuple[str, ...],
    formula: str,
    *,
    key: str = "",
    make: Callable[[Request], Exhibit] | None = None,
    compares: bool = False,
    several_views: bool = False,
) -> Callable[[Callable[P, Exhibit]], Callable[P, Exhibit]]:
    """Enter a function as a kind of exhibit.

    Parameters
    ----------
    label, page, options, formula, compares, several_views
        As in `Kind`.
    key : str
        Key of the kind; the name of the function by default.
    make : callable, optional
        Makes it from a request. By default the function is called with the result that its first
        parameter asks for, and with the options that bear the names of the others.

    Examples
    --------
    >>> KINDS["ranking"].label, KINDS["ranking"].page
    ('Ranking', 'Balance')
    """

    def enter(function: Callable[P, Exhibit]) -> Callable[P, Exhibit]:
        name = function.__name__

        @functools.wraps(function)
        def keyed(*args: P.args, **kwargs: P.kwargs) -> Exhibit:
            return dataclasses.replace(function(*args, **kwargs), key=key or name)

        made = make or (lambda request: keyed(*_first(function, request), **_others(function, request)))
        KINDS[key or name] = Kind(name, label, page, options, formula, made, compares, several_views)
        return keyed

    return enter


def arrange(functions: Iterable[str]) -> None:
    """Put the kinds in the order of the functions that make them."""
    order = {name: place for place, name in enumerate(functions)}
    kinds = sorted(KINDS.items(), key=lambda item: order[item[1].function])
    KINDS.clear()
    KINDS.update(kinds)


def _first(function: Callable[..., Exhibit], request: Request) -> tuple[Any]:
    """The result that a function takes first, by its annotation."""
    wanted = str(next(iter(inspect.signature(function).parameters.values())).annotation)
    for result in ("Tradeoffs", "Robustness", "Comparison", "Evaluation"):
        if result in wanted:
            return (getattr(request, result.lower()),)
    return (request.scenario,)


def _others(function: Callable[..., Exhibit], request: Request) -> dict[str, Any]:
    """Options that a function takes, as numbers where its annotation says so."""
    _, *others = inspect.signature(function).parameters.values()
    return {
        each.name: request.amount(each.name, 0.0)
        if "float" in str(each.annotation)
        else request.options[each.name]
        for each in others
        if each.name in request.options
    }


def method_of(exhibit: Exhibit) -> tuple[str, ...]:
    """Formula, settings, seed, and the name and content hash of each scenario.

    Parameters
    ----------
    exhibit : Exhibit
        Any.

    Returns
    -------
    tuple of str
        Paragraphs of plain text.

    Examples
    --------
    >>> from valuemix.exhibits import ranking
    >>> from valuemix.model.scenario import Scenario
    >>> for line in method_of(ranking(Scenario.from_arrays([[8, 2]]))):
    ...     print(line)
    Value of a proposition in a segment: weighted mean ... A contribution is weight times score.
    Scenario Scenario: scale 0 to 10, compensation 1, fairness 0, seed 0; content ...
    """
    formula = KINDS[exhibit.key].formula if exhibit.key in KINDS else formulas.VALUE
    return (formula, *(_scenario_line(scenario) for scenario in exhibit.scenarios))


def _scenario_line(scenario: Scenario) -> str:
    settings = scenario.settings
    return (
        f"Scenario {scenario.name}: scale {scale(scenario)}, compensation {_setting(settings.compensation)}, "
        f"fairness {_setting(settings.fairness)}, seed {settings.seed}; content {scenario.content_hash}"
    )


def _setting(value: float | str) -> str:
    return value if isinstance(value, str) else plain(value)
