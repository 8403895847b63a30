"""The rows of the sheet of decisions planned."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from valuemix.model.parts import Amount, Name, Number, Part, Text

__all__ = ["PlannedChange"]


class PlannedChange(Part):
    """One change that a planned decision would make; a decision may make several.

    Attributes
    ----------
    decision : str
        What is planned, such as closing the night desk.
    segment, proposition, moment : str
        Names; each blank where the change holds for every one.
    discipline : str
        Id of the one whose score changes; blank where a burden does.
    burden : {"", "time", "worry", "effort", "money"}
        The burden that changes; blank where a score does.
    low, likely, high : float
        Least, likely and largest change, on the scale or in the burden's unit.
    cost : float or None
        Of the decision, in the unit of costs; once for all of its rows, or added up over them.
    owner : str
        Who answers for it.
    """

    decision: Name
    segment: Name = ""
    proposition: Name = ""
    moment: Name = ""
    discipline: Name = ""
    burden: Annotated[Name, AfterValidator(str.casefold)] = ""
    low: Number | None = None
    likely: Number
    high: Number | None = None
    cost: Amount | None = None
    owner: Text = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Least and largest change; the likely one where they are blank."""
        low = self.likely if self.low is None else self.low
        return low, self.likely if self.high is None else self.high
