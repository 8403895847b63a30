"""Kinds of exhibit: what each is called, where it stands, what a slide of it can say, how it is worked out."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from valuemix.analysis.value.scoring import Evaluation
from valuemix.errors import EditError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.request import RESULTS, Request
from valuemix.exhibits.words import formulas
from valuemix.exhibits.words.grounds import over_moments
from valuemix.exhibits.words.wording import plain, scale
from valuemix.model.scenario import Scenario

__all__ = ["KINDS", "Kind", "arrange", "exhibit_kind", "method_of"]

First = TypeVar("First")
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
) -> Callable[
    [Callable[Concatenate[First, P], Exhibit]],
    Callable[Concatenate[First | Scenario | Evaluation, P], Exhibit],
]:
    """Enter a function as a kind of exhibit.

    What it is computed from comes first, then the segment where it has one, then options by their names.
    The first annotation says which result it needs: a scenario that is given in its place is worked out.

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

    def enter(
        function: Callable[Concatenate[First, P], Exhibit],
    ) -> Callable[Concatenate[First | Scenario | Evaluation, P], Exhibit]:
        name, any_call = function.__name__, cast("Callable[..., Exhibit]", function)
        first, *others = inspect.signature(function).parameters.values()
        wanted = next((result for result in RESULTS if result in str(first.annotation)), "Scenario")

        def entered(given: object, /, *args: Any, **kwargs: Any) -> Exhibit:
            # Scripts from before options were named pass them by their places.
            named = {each.name: value for each, value in zip(others, args, strict=False)}
            made = any_call(_result(given, wanted, name), *args[len(others) :], **named, **kwargs)
            over = () if "moment" in made.table else (over_moments(made.scenarios),)
            return dataclasses.replace(
                made, key=key or name, notes=tuple(dict.fromkeys((*made.notes, *over)))
            )

        def asked(request: Request) -> Exhibit:
            return entered(request.result(wanted), **_options(others, request))

        KINDS[key or name] = Kind(name, label, page, options, formula, make or asked, compares, several_views)
        functools.update_wrapper(entered, function)
        return entered

    return enter


def arrange(functions: Iterable[str]) -> None:
    """Put the kinds in the order of the functions that make them."""
    order = {name: place for place, name in enumerate(functions)}
    kinds = sorted(KINDS.items(), key=lambda item: order[item[1].function])
    KINDS.clear()
    KINDS.update(kinds)


def _result(given: object, wanted: str, name: str) -> Any:
    """What an exhibit is computed from: what is given, or the result of the scenario that is."""
    if isinstance(given, RESULTS[wanted]):
        return given
    scenario = given.scenario if isinstance(given, Evaluation) else given
    if wanted == "Comparison" or not isinstance(scenario, Scenario):
        either = {"Comparison": "a Comparison", "Scenario": "a scenario"}
        shown = either.get(wanted, f"a scenario or its {wanted}")
        raise EditError(f"{name} shows {shown}, got a {type(given).__name__}")
    return Request(scenario, {}, lambda _: scenario).result(wanted)


def _options(parameters: Sequence[inspect.Parameter], request: Request) -> dict[str, Any]:
    """Options that a request gives, as numbers where their annotations say so."""
    return {
        each.name: request.amount(each.name, 0.0)
        if "float" in str(each.annotation)
        else request.options[each.name]
        for each in parameters
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
        f"fairness {_setting(settings.fairness)}, {_over(scenario)}seed {settings.seed}; "
        f"content {scenario.content_hash}"
    )


def _over(scenario: Scenario) -> str:
    given = scenario.settings.compensation_over_moments
    return (
        f"compensation over moments {_setting(1.0 if given is None else given)}, " if scenario.moments else ""
    )


def _setting(value: float | str) -> str:
    return value if isinstance(value, str) else plain(value)
