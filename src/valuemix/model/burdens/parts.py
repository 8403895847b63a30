"""The rows of the two sheets of burdens in their own units."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from valuemix.model.parts import Amount, Name, Number, Part, Text

__all__ = ["BurdenLimit", "MomentBurden"]


class MomentBurden(Part):
    """What a proposition costs those who take it in one moment, where that differs from the sheet Burdens.

    Attributes
    ----------
    proposition, moment : str
        Names.
    segment : str
        Name; blank where it holds for every segment without a row of its own.
    time, worry, effort, money : float or None
        Amounts a contact, in the unit of the sheet Burden limits, or on the scale where that gives no worst one;
        None where the moment takes the amount of the segment.
    """

    proposition: Name
    segment: Name = ""
    moment: Name
    time: Number | None = None
    worry: Number | None = None
    effort: Number | None = None
    money: Number | None = None

    @property
    def amounts(self) -> tuple[float | None, ...]:
        """The four, in the order of `BURDENS`."""
        return self.time, self.worry, self.effort, self.money


class BurdenLimit(Part):
    """Unit of a burden, the amount that nobody bears, and how much the burden weighs among the four.

    Attributes
    ----------
    segment : str
        Name; blank where it holds for every segment without a row of its own.
    burden : {"time", "worry", "effort", "money"}
        Which one.
    unit : str
        Such as hours or euros.
    worst : float or None
        Amount from which it is as heavy as can be; None for the end of the scale, on which it then stands.
    weight : float or None
        In any unit; None in all: equal.
    """

    segment: Name = ""
    burden: Annotated[Name, AfterValidator(str.casefold)]
    unit: Text = ""
    worst: Amount | None = None
    weight: Amount | None = None
