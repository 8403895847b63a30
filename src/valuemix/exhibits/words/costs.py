"""Costs as they are printed: in the one unit that a scenario says for all of them."""

from __future__ import annotations

from valuemix.exhibits.words import wording
from valuemix.model.scenario import Scenario

__all__ = ["amount", "cost_head", "cost_unit", "in_unit", "money", "unit_of"]


def amount(value: float) -> str:
    """Cost or people as they are printed: in the owner's unit, with no needless decimals.

    Examples
    --------
    >>> amount(12500.0), amount(0.25)
    ('12,500', '0.25')
    """
    return f"{value:,.10g}".replace("-", "\u2212")


def money(scenario: Scenario, value: float) -> str:
    """Cost or budget as it is printed, with its unit where the scenario says one.

    Examples
    --------
    >>> base = Scenario.from_arrays([[8, 2]])
    >>> money(base, 1400), money(base.with_settings(cost_unit="thousand euros"), 1400).replace("\\xa0", " ")
    ('1,400', '1,400 thousand euros')
    """
    return in_unit(scenario, amount(value))


def in_unit(scenario: Scenario, printed: str) -> str:
    """A cost that is printed, with its unit."""
    unit = unit_of(scenario)
    return f"{printed}\u00a0{unit}" if unit else printed


def unit_of(scenario: Scenario) -> str:
    """Unit of costs in one line, blank where none is said."""
    return wording.short_names([" ".join(scenario.settings.cost_unit.split())])[0]


def cost_head(scenario: Scenario, head: str = "Cost") -> str:
    """Head of a column of costs, or label of a box for one.

    Examples
    --------
    >>> cost_head(Scenario.from_arrays([[8, 2]]).with_settings(cost_unit="k€"))
    'Cost (k€)'
    """
    unit = unit_of(scenario)
    return f"{head} ({unit})" if unit else head


def cost_unit(scenario: Scenario) -> dict[str, str]:
    """Unit of the costs in a document, where there is one."""
    return {"cost_unit": scenario.settings.cost_unit} if scenario.settings.cost_unit else {}
