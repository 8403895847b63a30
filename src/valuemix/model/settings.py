"""The settings of a scenario, one row each: what the import, template, grid, workbook and rules know of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal

from valuemix.errors import Problem
from valuemix.glossary import meaning
from valuemix.model.parts import MAX_EXPONENT, MAX_SEED
from valuemix.model.rule_parts import number, problem

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = ["SETTINGS", "Setting", "range_problems"]


@dataclass(frozen=True)
class Setting:
    """One row of the sheet Settings.

    Parameters
    ----------
    name : str
        What it is called there.
    place : tuple of str
        Where it stands in a scenario.
    note : str
        What it does, in a line of the template.
    help : str
        The same for the grid; blank where the note does.
    holds : {"number", "whole", "text", "choice"}
        What it is.
    words : sequence of str
        Words that may stand there; of a choice all that may.
    example : str or float
        What the template has.
    least, most : float, optional
        Ends of its range; one that a rule of its own checks has none.
    mend : str
        The way out where it lies off its range.
    word : str
        What a comparison calls it, where that is not its name.

    Examples
    --------
    >>> SETTINGS["doubt_halo"].place, SETTINGS["doubt_halo"].most
    (('settings', 'doubt', 'halo'), 1.0)
    """

    name: str
    place: tuple[str, ...]
    note: str
    help: str = ""
    holds: Literal["number", "whole", "text", "choice"] = "number"
    words: Sequence[str] = ()
    example: str | float = ""
    least: float = 0.0
    most: float | None = None
    mend: str = "Correct it, or leave it out"
    word: str = ""

    def of(self, scenario: Content) -> Any:
        """Its value in a scenario; None where it is not set."""
        return reduce(lambda part, name: None if part is None else getattr(part, name), self.place, scenario)


_S, _D = ("settings",), ("settings", "doubt")

# fmt: off
_ROWS = (
    Setting("name", ("name",), "What the scenario is called.", "What people know the scenario by.",
            holds="text", example="Example: industrial services"),
    Setting("note", ("note",), "Anything worth remembering.",
            holds="text", example="Illustrative numbers. Replace them by yours."),
    Setting("source", ("source",), "Where the scores come from; printed under every chart.",
            "Where the scores come from; printed at the foot of every chart.", holds="text", example="Illustrative"),
    Setting("scale_min", ("scale", "lowest"), "The lowest score there can be.",
            "The lowest score there can be; 0 by default.", example=0, word="lowest score of the scale"),
    Setting("scale_max", ("scale", "highest"), "The highest score there can be; higher is better.",
            "The highest score there can be; 10 by default. Every score must lie on the scale.", example=10,
            word="highest score of the scale"),
    Setting("compensation", (*_S, "compensation"),
            "1: strengths offset weaknesses fully. 0: partly. min: only the weakest discipline counts.",
            f"{meaning('compensation')} min, max or a number; 1 by default.", words=("min", "max"), example=1,
            least=-MAX_EXPONENT, most=MAX_EXPONENT, mend="1 lets strengths offset weaknesses fully"),
    Setting("fairness", (*_S, "fairness"),
            "0: segments count by their size. Larger: the worst-served segment counts more.",
            f"{meaning('fairness')} A number or max; 0 by default.", words=("max",), example=0,
            most=MAX_EXPONENT, mend="0 is the mean over segments by size"),
    Setting("lead_bar", (*_S, "lead_bar"),
            "Score from which a proposition counts as leading a discipline; blank: 70 % of the scale.",
            f"{meaning('lead bar')} 70 % of the scale by default."),
    Setting("threshold", (*_S, "threshold"),
            "Score from which a proposition counts as holding a discipline; blank: 50 % of the scale.",
            f"{meaning('threshold')} 50 % of the scale by default."),
    Setting("cover_story_bar", (*_S, "cover_story_bar"), "How far a promise may lie above what is felt before it is "
            "a cover story; blank: 20 % of the scale's width.", "How far a promised score may lie above the felt one "
            "before it counts as a cover story; 20 % of the scale's width by default."),
    Setting("compensation_over_moments", (*_S, "compensation_over_moments"), "The same over moments, where the case "
            "has any; blank: 1.", f"{meaning('compensation over moments')} min, max or a number; 1 by default.",
            words=("min", "max"), least=-MAX_EXPONENT, most=MAX_EXPONENT, mend="1 is the mean over moments"),
    Setting("cost_unit", (*_S, "cost_unit"), "Unit of all costs, of propositions, levels, decisions and points of "
            "score, such as thousand euros; blank: not said.", "Unit of all costs, of propositions, levels, decisions "
            "and points of score, such as thousand euros; printed with every cost and budget.", holds="text"),
    Setting("seed", (*_S, "seed"), "Where random draws start; the same seed gives the same numbers.", "Where random "
            "draws start, a whole number; the same seed gives the same numbers. 0 by default.",
            holds="whole", example=0, most=MAX_SEED, mend="Any whole number will do, 0 for one"),
    Setting("doubt_weights_within", (*_D, "weights_within"),
            "How far each weight may be off, in points out of 100; 0 where weights are known; blank: 10.", most=100.0),
    Setting("doubt_weights_shift", (*_D, "weights_shift"), "shared: one shift counts in every segment. own: each "
            "segment's weights are off by themselves; blank: shared.", holds="choice", words=("shared", "own")),
    Setting("doubt_scores_within", (*_D, "scores_within"), "How far a score without Low and High may be off, "
            "in percent of the scale's width; blank: 5.", most=100.0),
    Setting("doubt_ranges", (*_D, "ranges"), "What Low and High are. limits: hard ends. interval: the ends of a "
            "95 % interval; blank: limits.", holds="choice", words=("limits", "interval")),
    Setting("doubt_halo", (*_D, "halo"), "How far errors of one proposition's scores go together, 0 to 1; "
            "blank: 0.5, as where people judged.", most=1.0),
    Setting("doubt_sizes_within", (*_D, "sizes_within"),
            "How far each segment's size may be off, in percent of itself; blank: 0.", most=100.0),
)
# fmt: on

SETTINGS: Mapping[str, Setting] = {row.name: row for row in _ROWS}
"""Every setting by its name, in the order of the sheet."""


def range_problems(scenario: Content) -> Iterator[Problem]:
    """Numbers lie within the range of their setting."""
    for row in _ROWS:
        value = row.of(scenario)
        if row.most is None or value is None or isinstance(value, str) or row.least <= value <= row.most:
            continue
        ends = f"{row.least:.0f} to {row.most:,.0f}".replace("-", "−") + "".join(
            f"{' or' if place else ', or'} {word}" for place, word in enumerate(row.words)
        )
        got = number(value) if isinstance(value, float) else value
        yield problem("RANGE", row.place, f"{row.name} must be from {ends}, got {got}", row.mend)
