"""The rows of the sheets of resources and capabilities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from valuemix.model.parts import Amount, Name, Number, Part, Text, _Frozen

__all__ = ["SUPPORT", "Capability", "Resource", "ResourceTarget"]

SUPPORT = (0.0, 1.0, 3.0, 9.0)
"""How much a capability supports a discipline: not, slightly, clearly, wholly."""

Cells = Annotated[Mapping[Name, Number | None], *_Frozen]


class Resource(Part):
    """What one function spends of one kind of resource on each discipline.

    Attributes
    ----------
    function : str
        Who spends it, such as Sales; blank for the whole firm.
    kind : str
        Such as budget, people, management time or bonus points; kinds are never added up.
    amounts : mapping of discipline id to float or None
        In any unit of that kind; None is 0.
    """

    function: Text = ""
    kind: Name
    amounts: Cells


class ResourceTarget(Part):
    """How a kind of resource is meant to be spread over the disciplines.

    Attributes
    ----------
    kind : str
        One of the sheet Resources.
    shares : mapping of discipline id to float or None
        In any unit; used as their share of the sum, None is 0.
    """

    kind: Name
    shares: Cells


class Capability(Part):
    """Something the firm is able to do, to a level, and which disciplines rest on it.

    Attributes
    ----------
    name : str
        Such as field service; no two have the same name.
    level, highest : float
        Where it stands, and the level at which no more could be asked of it.
    cost : float or None
        Of one more level, in the unit of costs; None where that is not known.
    support : mapping of discipline id to float or None
        0, 1, 3 or 9: how much the discipline rests on it; None is 0.
    """

    name: Name
    level: Amount
    highest: Amount
    cost: Amount | None = None
    support: Cells
