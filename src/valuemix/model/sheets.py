"""The sheets of a scenario, one row each: what the import, template, grid, workbook and comparison know of them.

A sheet is a table that people fill in. What is said of it here is said nowhere else; CONTRIBUTING.md tells how
to add one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from valuemix.errors import Problem
from valuemix.glossary import meaning
from valuemix.model.attributes.parts import Attribute, AttributeScore, AttributeWeight
from valuemix.model.attributes.rules import (
    attribute_problems,
    attribute_score_problems,
    attribute_weight_problems,
)
from valuemix.model.burdens.parts import BurdenLimit, MomentBurden
from valuemix.model.burdens.rules import burden_limit_problems, moment_burden_problems
from valuemix.model.moments.parts import Moment, MomentPoints, MomentScore, MomentShare
from valuemix.model.moments.rules import (
    moment_points_problems,
    moment_problems,
    moment_score_problems,
    moment_share_problems,
)
from valuemix.model.names import in_one_cell, names_in_cell
from valuemix.model.parts import (
    BURDENS,
    CHOOSE,
    DEFAULT_DISCIPLINES,
    KINDS,
    MAX_DISCIPLINES,
    MAX_FUNCTIONS,
    Discipline,
    Function,
    Link,
    Part,
    Proposition,
    Segment,
)
from valuemix.model.planned.parts import PlannedChange
from valuemix.model.planned.rules import planned_change_problems
from valuemix.model.portfolio.rules import floor_problems, proposition_problems
from valuemix.model.reasons.parts import REASON_KINDS, Reason
from valuemix.model.reasons.rules import reason_problems
from valuemix.model.resources.parts import Capability, Resource, ResourceTarget
from valuemix.model.resources.rules import capability_problems, resource_problems, resource_target_problems
from valuemix.model.service_rules import delivery_problems, link_problems, weighing_problems
from valuemix.model.table_rules import absent_problems, range_order_problems

if TYPE_CHECKING:
    from valuemix.model.content import Content

__all__ = [
    "LISTS",
    "RESERVED_IDS",
    "SHEETS",
    "TABLES",
    "TABLES_BY_PROPOSITION",
    "TEMPLATE",
    "WEIGHINGS",
    "Column",
    "Sheet",
]

Holds = Literal[
    "name", "names", "text", "choice", "amount", "number", "weight", "points", "score", "share", "date"
]
Value = str | float


@dataclass(frozen=True)
class Column:
    """One column of a sheet, or one for each discipline or burden.

    Parameters
    ----------
    name : str
        Its header; of one for each discipline what stands for all of them.
    holds : str
        What its cells are: a ``"name"``, ``"names"`` parted by semicolons, ``"text"``, a ``"choice"`` of
        `choices`, an ``"amount"`` that has to be there, any ``"number"``, a ``"weight"`` out of 100 (blank
        is 0), ``"points"``, a ``"score"`` on the scale, a ``"share"``, a ``"date"`` as text.
    field : str
        Attribute of the part that a row becomes.
    note : str
        Comment on the header of the template; ``{}`` is the discipline or burden.
    help : str
        Help of the grid; ``{name}`` is the discipline or burden, ``{lowest}`` and ``{highest}`` the ends of the
        scale, ``{anchors}`` what they mean.
    each : {"", "discipline", "burden"}
        What it stands there for each of.
    of : str
        The sheet that lists the names in it; blank where this one does.
    every : bool
        Whether a blank name stands for every one of them.
    key : bool
        Whether it tells a row from others of the same names.
    known : bool
        Whether a number has to be there.
    percent : bool
        Whether a percent cell of a number counts as points: 40 % as 40.
    needed : bool
        Whether the header has to have it.
    start : str or float, optional
        What a new row of the grid starts with.
    choices : sequence of str
        What can be chosen.
    width : int
        In the template, in characters.
    grid_width : {"medium", "large"}, optional
        In the grid.
    word : str
        What a comparison calls it, where that is not its name; ``{}`` is the name of the row.
    shown : callable, optional
        Whether the sheet of a scenario has it.
    offered : bool
        Whether the grid has it wherever it is shown or not.
    before : str
        What stands before the discipline in its headers.
    """

    name: str
    holds: Holds
    field: str = ""
    note: str = ""
    help: str | None = None
    each: Literal["", "discipline", "burden"] = ""
    of: str = ""
    every: bool = False
    key: bool = False
    known: bool = False
    percent: bool = False
    needed: bool = True
    start: Value | None = None
    choices: Sequence[str] = ()
    width: int = 15
    grid_width: Literal["medium", "large"] | None = None
    word: str = ""
    shown: Callable[[Content], bool] | None = None
    offered: bool = False
    before: str = ""

    def cell(self, part: Part) -> Any:
        """What stands in it for a part: its own value, or one for each discipline."""
        value = getattr(part, self.field)
        return in_one_cell(value) if self.holds == "names" else value

    def renamed(self, value: Any, names: Mapping[str, str | None]) -> Any:
        """A value of a part, or of a cell, with its names changed; the names that are None are left out."""
        if self.holds == "name":
            return names.get(value, value)
        if isinstance(value, str):
            return in_one_cell(self.renamed(names_in_cell(value), names))
        return tuple(new for name in value if (new := names.get(name, name)) is not None)

    @property
    def title(self) -> str:
        """Its name as people read it."""
        return self.name.capitalize()

    @property
    def blank(self) -> tuple[str, ...]:
        """The blank name, where it stands for every one of them."""
        return ("",) if self.every else ()

    def headers(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Headers that it stands for, with these ids of disciplines."""
        each = {"": (self.name,), "discipline": ids, "burden": BURDENS}[self.each]
        return tuple(self.before + name for name in each)


@dataclass(frozen=True)
class Sheet:
    """One sheet: where it stands in a scenario, its columns, and what people read about it.

    Parameters
    ----------
    name : str
        Its name in small letters.
    field : str
        Field of the scenario.
    columns : sequence of Column
        From left to right.
    note : str
        What it holds, in a line of the template.
    about : str
        The caption above its grid.
    part : type of Part, optional
        What a row becomes; None where the field is a table by segment, or no table.
    thing : str
        What a row is called; of a score table what a cell is called.
    needed : bool
        Whether an import must have it.
    adds, label : str
        Entry of the menu that adds it, and what that says; blank where a scenario always has the sheet.
    begins : callable, optional
        What the field starts with where the sheet is added; None where its rows come one by one.
    rows : int
        Rows that the template checks while people type; the import takes more.
    example : sequence of rows
        Rows of the template.
    beside : str
        The sheet that it stands next to on screen, where not the one before it in the template.
    problems : callable, optional
        Rules of its own.

    Examples
    --------
    >>> SHEETS["links"].headers(["innovation"]), SHEETS["low"].headers(["innovation"])
    (('from', 'to', 'strength'), ('proposition', 'segment', 'innovation'))
    """

    name: str
    field: str
    columns: Sequence[Column]
    note: str
    about: str
    part: type[Part] | None = None
    thing: str = ""
    needed: bool = False
    adds: str = ""
    label: str = ""
    begins: Callable[[Content], Any] | None = None
    rows: int = 50
    example: Sequence[tuple[Value, ...]] = ()
    beside: str = ""
    problems: Callable[[Content], Iterator[Problem]] | None = None

    @property
    def title(self) -> str:
        """Its name as people read it."""
        return self.name.capitalize()

    @property
    def each(self) -> Column | None:
        """The column that stands there for each discipline or burden, if there is one."""
        return next((column for column in self.columns if column.each), None)

    @property
    def is_scores(self) -> bool:
        """Whether it has a cell on the scale for each segment, proposition and discipline or burden."""
        return any(column.holds == "score" for column in self.columns)

    @property
    def is_weighing(self) -> bool:
        """Whether it has points of each segment, and the segments are listed elsewhere."""
        return self.part is None and any(column.holds == "points" for column in self.columns)

    @property
    def may_be_blank(self) -> bool:
        """Whether its rows come one by one, from none at all."""
        return self.part is not None and bool(self.adds)

    @property
    def nothing(self) -> tuple[()] | None:
        """What the field is where a scenario does not have the sheet."""
        return None if self.part is None else ()

    def headers(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Headers of its columns with these ids of disciplines."""
        return tuple(header for column in self.columns for header in column.headers(ids))

    def shown(self, scenario: Content) -> list[Column]:
        """Columns that the sheet of a scenario has."""
        return [column for column in self.columns if column.shown is None or column.shown(scenario)]

    def required(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Headers that an import must find."""
        return tuple(header for column in self.columns if column.needed for header in column.headers(ids))


def _takes(scenario: Content) -> bool:
    """Whether any proposition says what it takes, or what it goes with."""
    return any(
        p.choose or p.needs or p.excludes or (p.cost, p.people) != (None, None) for p in scenario.propositions
    )


# fmt: off
_PROPOSITION = Column("proposition", "name", of="propositions", width=28, help=meaning("proposition"),
                      note="One of the sheet Propositions.")
_TAKES: tuple[tuple[str, Holds, Value | None, Sequence[str], int, str], ...] = (
    ("cost", "number", None, (), 12, "What it takes of the budget, in the unit of costs in Settings. "
     "Blank: not known, counted as 0."),
    ("people", "number", None, (), 12, "How many people it takes. Blank: not known, counted as 0."),
    ("choose", "choice", "", CHOOSE, 12, "must: every set has it. must not: none has. Blank: as it comes."),
    ("needs", "names", "", (), 28, "Propositions that a set with this one must hold too, parted by ;"),
    ("excludes", "names", "", (), 28, "Propositions that a set with this one may not hold, parted by ;"),
)
_SEGMENT = Column("segment", "name", of="segments", width=28, help=meaning("segment"),
                  note="One of the sheet Segments. Blank: the row counts for every segment.")


def _scores(field: str, cell: str, score: str, note: str, about: str, **more: Any) -> Sheet:
    """Sheet with a score in each cell."""
    needed = bool(more.get("needed"))
    column = Column("score", "score", "", f"{score} on {{}}, on the scale in Settings.",
                   "{name}, from {lowest} to {highest}.{anchors}", each="discipline", needed=needed)
    if not needed:
        more = {"adds": field, "begins": lambda scenario: scenario.scores, **more}
    return Sheet(field, field, (_PROPOSITION, _SEGMENT, column), note, about, thing=cell, rows=400, **more)


def _weighing(name: str, field: str, when: str, word: str, note: str, about: str, **more: Any) -> Sheet:
    """Sheet with points of each segment beside those of today."""
    return Sheet(name, field, (
        Column("segment", "name", note="One of the sheet Segments. One without a row here keeps the points of today.",
               of="segments", width=28, help=meaning("segment")),
        Column("points", "points", note=f"Points for {{}} {when}, out of 100.", each="discipline",
               help=f"Points for {{name}} {when}. {meaning('points')}", word=word),
    ), note, about, adds=name, problems=partial(weighing_problems, field, word),
        begins=lambda scenario: {segment.name: segment.points for segment in scenario.segments}, **more)


_ROWS = (
    Sheet("segments", "segments", (
        Column("segment", "name", "name", "Name of the group that is served.", meaning("segment"), width=28),
        Column("kind", "choice", "kind", "customer, employee or partner: everyone who is served counts. "
               "Blank means customer.", meaning("kind"), needed=False, start=KINDS[0], choices=KINDS, width=12),
        Column("size", "amount", "size", "How much it counts in the overall value, in any unit: customers, revenue, "
               "people.", meaning("size"), start=0, width=12),
        Column("points", "points", "points", "Points for {}, out of 100.",
               f"Points for {{name}}. {meaning('points')}", each="discipline"),
        Column("burden", "weight", "burden", "How much burden weighs beside value, in points out of 100; the sheet "
               "Burdens. Blank: not at all.", "How much burden weighs beside value, in points out of 100.",
               needed=False, start=0, word="weight of burden",
               shown=lambda scenario: scenario.burdens is not None or any(s.burden for s in scenario.segments)),
        Column("floor", "number", "floor", "Value that a set of propositions has to give it at least, on the scale in "
               "Settings. Blank: any.", meaning("floor"), needed=False, width=12, offered=True,
               shown=lambda scenario: any(s.floor is not None for s in scenario.segments)),
        Column("contacts", "number", "contacts", "Contacts of one customer in a year. Blank: not known.",
               meaning("contacts a year"), needed=False, width=12, offered=True, word="contacts a year",
               shown=lambda scenario: any(s.contacts is not None for s in scenario.segments)),
    ), "Who weighs: size, and points for each discipline that add up to 100",
        "Who weighs. Points say how much each discipline matters to a segment; 100 in all is easiest to read.",
        part=Segment, thing="segment", needed=True, problems=floor_problems, example=(
            ("Enterprise", "customer", 60, 40, 30, 10, 20, "", "", ""),
            ("Small business", "customer", 30, 15, 45, 10, 30, "", "", ""),
            ("Distributors", "partner", 10, 25, 35, 15, 25, "", "", ""),
        )),
    Sheet("propositions", "propositions", (
        Column("proposition", "name", "name", "Name of what you offer.", meaning("proposition"), width=28),
        Column("description", "text", "description", "In one line, for people who read the charts.",
               "In one line, for people who read the charts.", needed=False, start="", width=60, grid_width="large"),
        *(Column(name, holds, name, note, note, needed=False, start=start, choices=choices, width=width,
                 of="propositions" if holds == "names" else "", shown=_takes, offered=True)
          for name, holds, start, choices, width, note in _TAKES),
    ), "What is scored, in one line each, and what it takes where a set is chosen",
        "What is scored. Rename, add or delete one here and every other table follows.",
        part=Proposition, thing="proposition", rows=100, problems=proposition_problems, example=(
            ("Predictive uptime", "Machines call for service before they stop", 120, 6, "", "", ""),
            ("48-hour parts", "Any spare part on site within two days", 80, 4, "", "", ""),
            ("Named engineer", "One engineer who knows the plant", 60, 8, "", "", ""),
        )),
    _scores("scores", "score", "Score", "How well each proposition does for each segment on each discipline",
            "How well each proposition does for each segment. A blank cell is a missing score.",
            needed=True, problems=absent_problems, example=(
                ("Predictive uptime", "Enterprise", 9, 6, 6, 5),
                ("Predictive uptime", "Small business", 7, 5, 6, 4),
                ("Predictive uptime", "Distributors", 8, 5, 6, 4),
                ("48-hour parts", "Enterprise", 4, 9, 4, 5),
                ("48-hour parts", "Small business", 4, 8, 4, 6),
                ("48-hour parts", "Distributors", 4, 9, 4, 7),
                ("Named engineer", "", 5, 6, 5, 9),
            )),
    *(_scores(end, f"{end} score", f"{end.capitalize()}est plausible score",
              f"The {end}est score that is still plausible", f"The {end}est score that is still plausible.",
              adds="range", label="The range of each score", problems=partial(range_order_problems, end))
      for end in ("low", "high")),
    _scores("promised", "promised score", "Score that you claim", "The score that you claim",
            "What is claimed towards customers.", label="Promised scores"),
    _scores("believed", "believed score", "Score that you think they give", "The score that you think customers give",
            "What the company thinks customers get.", label="Believed scores"),
    _weighing("segments later", "later", "in the long term", "later points",
              "Points in the long term, where they differ from those of today",
              "Points in the long term. The page Customer view shows when the leader changes on the way there.",
              label="Points in the long term", beside="segments"),
    _weighing("believed weights", "believed_weights", "that you think they give", "believed points",
              "Points that you think customers give, where they differ from those of today",
              "Points that you think customers give. The page Evidence sets them beside what those asked say.",
              label="Believed weights", beside="believed"),
    Sheet("attributes", "attributes", (
        Column("attribute", "name", "name", "What the discipline is made of, such as delivery time.",
               meaning("attribute"), width=28),
        Column("discipline", "name", "discipline", "The discipline that it belongs to, by id or name.",
               "The discipline that it belongs to. It has no scores of its own then.", of="disciplines", width=24,
               word="discipline of {}"),
        Column("weight", "amount", "weight", "Weight within the discipline, in any unit.",
               "Weight within the discipline, in any unit.", start=1, width=12, word="weight of {}"),
        Column("worst", "number", "worst", "Anchor in its own unit: what counts 0. Above best where less is better.",
               "What counts 0, in its own unit; above best where less is better.", start=0, width=12, known=True,
               word="worst of {}"),
        Column("best", "number", "best", "Anchor in its own unit: what counts 1.",
               "What counts 1, in its own unit.", start=1, width=12, known=True, word="best of {}"),
        Column("unit", "text", "unit", "Such as days or euros.", "Such as days or euros.", needed=False, start="",
               width=12, word="unit of {}"),
        Column("value function", "text", "value_function", "Points between worst and best, such as 10: 0.8. "
               "Blank: a straight line.", f"Such as 10: 0.8; blank for a straight line. {meaning('value function')}",
               needed=False, start="", width=24, word="value function of {}"),
    ), "What a discipline is made of, with an anchor for worst and for best in its own unit",
        "What a discipline is made of. Its score is the weighted sum of their values, from worst (0) to best (1); "
        "a number beyond an anchor counts as the anchor.",
        part=Attribute, thing="attribute", adds="attributes", label="Attributes: what a discipline is made of",
        rows=60, problems=attribute_problems),
    Sheet("attribute weights", "attribute_weights", (
        Column("attribute", "name", "attribute", "One of the sheet Attributes.", meaning("attribute"),
               of="attributes", width=28),
        Column("segment", "name", "segment", "The segment that weighs it otherwise.", meaning("segment"),
               of="segments", width=28),
        Column("weight", "amount", "weight", "Weight within the discipline for this segment, in the unit of the "
               "sheet Attributes.", "Weight within the discipline for this segment.", start=1, width=12,
               word="weight of the attribute {}"),
    ), "Weights of attributes where a segment has its own",
        "Weights of attributes where a segment weighs them otherwise than the table Attributes says.",
        part=AttributeWeight, thing="attribute weight", adds="attribute weights",
        label="Weights of attributes by segment", problems=attribute_weight_problems),
    Sheet("attribute scores", "attribute_scores", (
        Column("proposition", "name", "proposition", "One of the sheet Propositions.", meaning("proposition"),
               of="propositions", width=28),
        Column("segment", "name", "segment", "One of the sheet Segments. Blank: the row counts for every segment.",
               "Blank: the row counts for every segment that has none of its own.", of="segments", every=True,
               width=28, start=""),
        Column("attribute", "name", "attribute", "One of the sheet Attributes.", meaning("attribute"),
               of="attributes", width=28),
        Column("value", "number", "value", "What is offered, in the unit of the attribute. Blank: not known.",
               "What is offered, in the unit of the attribute; blank where it is not known.", width=12,
               word="value of {}"),
        *(Column(end, "number", end, f"{end.capitalize()}est number that is still plausible.",
                 f"The {end}est number that is still plausible.", needed=False, width=12,
                 word=f"{end} value of {{}}") for end in ("low", "high")),
    ), "What each proposition offers on each attribute, in its own unit",
        "What each proposition offers on each attribute, in the unit of the attribute.",
        part=AttributeScore, thing="attribute score", adds="attribute scores", label="Scores of attributes",
        rows=400, problems=attribute_score_problems),
    Sheet("moments", "moments", (
        Column("moment", "name", "name", "A kind of contact, such as a fault by phone; one online is another.",
               meaning("moment"), width=28),
        Column("stage", "text", "stage", "before, during or after; may be blank.", "Before, during or after.",
               needed=False, start="", width=12, word="stage of {}"),
        *(Column(name, "text", name, note, note, needed=False, start="", width=16, word=f"{name} of {{}}")
          for name, note in (("channel", "Such as phone or online."), ("product", "What it is about."))),
        Column("share", "number", "share", "Share of contacts, in any unit. All blank: equal.",
               f"In any unit; all blank: equal. {meaning('share of contacts')}", needed=False, width=12,
               percent=True, word="share of contacts of {}"),
        Column("counts", "number", "counts", "How much one such contact counts; a fault perhaps 3. Blank: 1.",
               "How much one such contact counts; blank is 1.", needed=False, width=12, word="count of {}"),
        Column("cost of a point", "number", "costs", "What one more point of score on {} costs here, in the unit of "
               "costs in Settings. Blank: not known.", "What one more point of score on {name} costs in this moment.",
               each="discipline", needed=False, before="cost of a point: ", word="cost of a point at {}"),
    ), "Moments in which customers meet what is offered: before, during, after",
        "Moments in which customers meet what is offered. Values are means over moments by their share of contacts, "
        "times how much one contact counts; a moment without points or scores of its own takes those of the segment.",
        part=Moment, thing="moment", adds="moments", label="Moments: when and where", rows=60,
        problems=moment_problems),
    Sheet("moment shares", "moment_shares", (
        Column("segment", "name", "segment", "The segment that has contacts of its own.", meaning("segment"),
               of="segments", width=28),
        Column("moment", "name", "moment", "One of the sheet Moments.", meaning("moment"), of="moments", width=28),
        Column("share", "amount", "share", "Share of this segment's contacts, in any unit.",
               meaning("share of contacts"), start=0, width=12, percent=True, word="share of contacts of {}"),
    ), "Shares of contacts where a segment has its own",
        "Shares of contacts where a segment has others than the table Moments says.",
        part=MomentShare, thing="moment share", adds="moment shares", label="Shares of contacts by segment",
        rows=200, problems=moment_share_problems),
    Sheet("moment points", "moment_points", (
        Column("segment", "name", "segment", "One of the sheet Segments.", meaning("segment"), of="segments", width=28),
        Column("moment", "name", "moment", "One of the sheet Moments.", meaning("moment"), of="moments", width=28),
        Column("points", "points", "points", "Points for {} in this moment, out of 100.",
               f"Points for {{name}} in this moment. {meaning('points')}", each="discipline", word="points at {}"),
    ), "Points in a moment where they differ from those of the segment",
        "Points in a moment where they differ from those of the segment; 100 in all is easiest to read.",
        part=MomentPoints, thing="moment mix", adds="moment points", label="Points by moment", rows=200,
        problems=moment_points_problems),
    Sheet("moment scores", "moment_scores", (
        Column("proposition", "name", "proposition", "One of the sheet Propositions.", meaning("proposition"),
               of="propositions", width=28),
        Column("segment", "name", "segment", "One of the sheet Segments. Blank: the row counts for every segment.",
               "Blank: the row counts for every segment that has none of its own.", of="segments", every=True,
               width=28, start=""),
        Column("moment", "name", "moment", "One of the sheet Moments.", meaning("moment"), of="moments", width=28),
        Column("score", "number", "scores", "Score on {} in this moment. Blank: that of the segment.",
               "{name} in this moment, from {lowest} to {highest}; blank is the segment's.{anchors}",
               each="discipline", needed=False, word="score at {}"),
    ), "Scores in a moment where they differ from those of the segment",
        "Scores in a moment where they differ from those of the segment; a blank cell takes the segment's.",
        part=MomentScore, thing="moment score", adds="moment scores", label="Scores by moment", rows=400,
        problems=moment_score_problems),
    Sheet("reasons", "reasons", (
        Column("proposition", "name", "proposition", "One of the sheet Propositions.", meaning("proposition"),
               of="propositions", width=28),
        Column("segment", "name", "segment", "One of the sheet Segments. Blank: it holds for every segment.",
               "Blank: it holds for every segment.", of="segments", every=True, width=28, start=""),
        Column("discipline", "name", "discipline", "The discipline that is scored, by id or name. Blank where an "
               "attribute is.", "The discipline that is scored; blank where an attribute is.", of="disciplines",
               every=True, width=24, start=""),
        Column("attribute", "name", "attribute", "The attribute that is scored, where a discipline is made of them.",
               "The attribute that is scored, where a discipline is made of them.", of="attributes", every=True,
               needed=False, width=24, start="", shown=lambda scenario: bool(scenario.attributes)),
        Column("kind", "choice", "kind", "judgment, data, or own words: what a customer said, word for word. "
               "Blank means judgment.", "Own words: what a customer said, word for word.", needed=False,
               start=REASON_KINDS[0], choices=REASON_KINDS, width=14, word="kind of the reason {}"),
        Column("text", "text", "text", "Why the score stands as it does.", "Why the score stands as it does.",
               start="", width=60, grid_width="large", key=True),
        Column("source", "text", "source", "Where it comes from.", "Where it comes from.", needed=False, start="",
               width=32, word="source of the reason {}"),
        Column("date", "date", "date", "Since when, such as 2026-03-14, 2026-03 or 2026.",
               "Such as 2026-03-14, 2026-03 or 2026.", needed=False, start="", width=14,
               word="date of the reason {}"),
        Column("who", "text", "who", "Who says so.", "Who says so.", needed=False, start="", width=24,
               word="who says the reason {}"),
    ), "Why scores stand as they do: judgment, data or a customer's own words",
        "Why a score stands as it does; a score may have several reasons. No value depends on them.",
        part=Reason, thing="reason", adds="reasons", label="Reasons: why a score stands", rows=400,
        problems=reason_problems),
    Sheet("burdens", "burdens", (
        _PROPOSITION, _SEGMENT,
        Column("burden", "score", each="burden",
               note="What it costs in {}, on the scale in Settings, or in the unit of the sheet Burden limits; more is "
               "heavier. Blank: takes no part.",
               help="What it costs in {name}: from {lowest} to {highest}, or in the unit of the table Burden limits; "
               "more is heavier."),
    ), "What a proposition costs the people who take it: time, worry, effort, money",
        "What a proposition costs the people who take it, on the scale of the scores; more is heavier. "
        "How much that weighs beside value is the column Burden of the Segments table.",
        thing="burden", adds="burdens", label="Burdens", begins=lambda _: {}, rows=400),
    Sheet("burden limits", "burden_limits", (
        Column("segment", "name", "segment", "One of the sheet Segments. Blank: the row counts for every segment.",
               "Blank: the row counts for every segment that has none of its own.", of="segments", every=True,
               width=28, start=""),
        Column("burden", "name", "burden", "time, worry, effort or money.", "Time, worry, effort or money.",
               choices=BURDENS, key=True, width=12),
        Column("unit", "text", "unit", "Such as hours or euros.", "Such as hours or euros.", needed=False, start="",
               width=12, word="unit of {}"),
        Column("worst", "number", "worst", "The amount that nobody bears, in this unit. Blank: amounts stand on the "
               "scale in Settings.", "The amount that nobody bears; blank where amounts stand on the scale.",
               needed=False, width=12, word="worst amount of {}"),
        Column("weight", "number", "weight", "Weight among the four, in any unit. All blank: equal.",
               "Weight among the four, in any unit; all blank: equal.", needed=False, width=12, percent=True,
               word="weight of {}"),
    ), "Burdens in their own units: the amount of each that nobody bears, and its weight",
        "Burdens in their own units: the amount of time, worry, effort or money that nobody bears, which counts as the "
        "end of the scale, and how much each weighs among the four.",
        part=BurdenLimit, thing="burden limit", adds="burden limits", label="Burdens in their own units",
        problems=burden_limit_problems),
    Sheet("moment burdens", "moment_burdens", (
        Column("proposition", "name", "proposition", "One of the sheet Propositions.", meaning("proposition"),
               of="propositions", width=28),
        Column("segment", "name", "segment", "One of the sheet Segments. Blank: the row counts for every segment.",
               "Blank: the row counts for every segment that has none of its own.", of="segments", every=True,
               width=28, start=""),
        Column("moment", "name", "moment", "One of the sheet Moments.", meaning("moment"), of="moments", width=28),
        *(Column(name, "number", name, f"What one such contact costs in {name}, in the unit of the sheet Burden "
                 "limits. Blank: that of the sheet Burdens.", f"What one such contact costs in {name}; blank is what "
                 "the table Burdens says.", needed=False, width=12, word=f"{name} at {{}}") for name in BURDENS),
    ), "Burdens of one contact in a moment where they differ from those of the segment",
        "What one contact costs in a moment, where that differs from the table Burdens; a blank cell takes that.",
        part=MomentBurden, thing="moment burden", adds="moment burdens", label="Burdens by moment", rows=400,
        problems=moment_burden_problems),
    Sheet("delivery", "delivery", (
        Column("function", "name", "name", "In the order in which a promise passes through, such as Product, Sales, "
               "Operations, Service.", "Such as Product, Sales, Operations or Service.", width=28),
        Column("survives", "share", "survives", "Share of {} that survives it, such as 90 %. Blank: nothing is lost.",
               "Share of {name} that survives this function, 0 to 1. Blank: all of it.",
               each="discipline", needed=False, word="share that survives {}"),
    ), "Functions that a promise passes through, and the share that survives each",
        "Functions that a promise passes through, in order, with the share of value that survives each: "
        "1 where nothing is lost, which a blank cell means too.",
        part=Function, thing="function", adds="delivery", label="Delivery: what survives each function",
        rows=MAX_FUNCTIONS, problems=delivery_problems),
    Sheet("links", "links", (
        Column("from", "name", "from_segment", "The segment that serves; one of the sheet Segments.",
               "The segment that serves.", of="segments", width=28),
        Column("to", "name", "to_segment", "The segment that it serves.", "The segment that it serves.",
               of="segments", width=28),
        Column("strength", "share", "strength", "How much the one that is served depends on the other, such as 50 %.",
               "How much the one depends on the other: above 0, 1 wholly.", start=0.5, word="link to {}"),
    ), "Who serves whom, and how much they depend on it",
        "Who serves whom: how much the value that the one feels depends on the value that the other receives, "
        "from 0 to 1.",
        part=Link, thing="link", adds="links", label="Links: who serves whom", problems=link_problems),
    Sheet("resources", "resources", (
        Column("function", "text", "function", "Who spends it, such as Sales or Service; blank: the whole firm.",
               "Such as Sales or Service; blank: the whole firm.", needed=False, start="", width=28, key=True),
        Column("kind", "text", "kind", "Such as budget, people, management time or bonus points.",
               "Such as budget, people, management time or bonus points.", start="", width=24, key=True),
        Column("amount", "number", "amounts", "What is spent on {}, in any unit of this kind. Blank: nothing.",
               "What is spent on {name}, in any unit of this kind.", each="discipline", needed=False,
               word="amount of {}"),
    ), "What each function spends on each discipline: budget, people, management time, bonus points",
        "What is spent on each discipline, by function and kind: budget, people, management time, bonus points. Each "
        "kind is held by itself against what those who are served weigh.",
        part=Resource, thing="resource", adds="resources", label="Resources: what is spent on each discipline",
        rows=200, problems=resource_problems),
    Sheet("resource targets", "resource_targets", (
        Column("kind", "text", "kind", "One of the kinds of the sheet Resources.", "One of the table Resources.",
               start="", width=24, key=True),
        Column("share", "number", "shares", "Share of it that is meant for {}, in any unit. Blank: none.",
               "Share that is meant for {name}, in any unit.", each="discipline", needed=False, percent=True,
               word="target share of {}"),
    ), "How a kind of resource is meant to be spread, where somebody has decided that",
        "How a kind of resource is meant to be spread; only then is told what would have to move, and from whom.",
        part=ResourceTarget, thing="target", adds="resource targets", label="Targets for resources",
        problems=resource_target_problems),
    Sheet("capabilities", "capabilities", (
        Column("capability", "name", "name", "Something the firm is able to do, such as field service.",
               meaning("capability"), width=28),
        Column("level today", "amount", "level", "Where it stands, 0 to its highest level.", "Where it stands today.",
               width=12, word="level of {}"),
        Column("highest level", "amount", "highest", "The level at which no more could be asked of it, such as 5.",
               "The level at which no more could be asked of it.", width=12, word="highest level of {}", start=5),
        Column("cost of a level", "number", "cost", "Of one more level, in the unit of costs in Settings. Blank: not "
               "known.",
               "Of one more level, in the unit of costs.", needed=False, width=15, word="cost of a level of {}"),
        Column("support", "number", "support", "How much {} rests on it: 9 wholly, 3 clearly, 1 slightly. Blank: not "
               "at all.", "How much {name} rests on it: 0, 1, 3 or 9.", each="discipline", needed=False,
               word="support by {}"),
    ), "What the firm is able to do, to which level, and which disciplines rest on it",
        "What the firm is able to do, to which level, and how much each discipline rests on it: 9 wholly, 3 clearly, "
        "1 slightly. What a proposition promises then says which levels are missing.",
        part=Capability, thing="capability", adds="capabilities", label="Capabilities and what rests on them",
        problems=capability_problems),
    Sheet("decisions planned", "planned_changes", (
        Column("decision", "name", "decision", "What is planned; several rows where it changes several things.",
               meaning("planned decision"), width=32, key=True),
        Column("segment", "name", "segment", "One of the sheet Segments. Blank: every segment.",
               "Blank: every segment.", of="segments", every=True, needed=False, width=24, start=""),
        Column("proposition", "name", "proposition", "One of the sheet Propositions. Blank: every proposition.",
               "Blank: every proposition.", of="propositions", every=True, needed=False, width=24, start=""),
        Column("moment", "name", "moment", "One of the sheet Moments. Blank: every moment.", "Blank: every moment.",
               of="moments", every=True, needed=False, width=20, start="",
               shown=lambda scenario: bool(scenario.moments)),
        Column("discipline", "name", "discipline", "The score that changes: an id or a name of a discipline. Blank "
               "where a burden does.", "Whose score changes; blank where a burden does.", of="disciplines", every=True,
               needed=False, width=24, start="", key=True),
        Column("burden", "choice", "burden", "The burden that changes: time, worry, effort or money. Blank where a "
               "score does.", "Which burden changes; blank where a score does.", choices=("", *BURDENS), needed=False,
               start="", key=True, width=12),
        *(Column(name, "number", name, note, note, needed=name == "likely", known=name == "likely", width=12,
                 word=f"{name} change by {{}}")
          for name, note in (("low", "The least change. Blank: the likely one."), ("likely", "The likely change: 1 is "
                             "one more, -1 one less."), ("high", "The largest change. Blank: the likely one."))),
        Column("cost", "number", "cost", "Of the decision, in the unit of costs in Settings; costs of its rows add up.",
               "Of the decision; costs of its rows add up.", needed=False, width=12, word="cost of {}"),
        Column("owner", "text", "owner", "Who answers for it.", "Who answers for it.", needed=False, start="",
               width=24, word="owner of {}"),
    ), "Decisions that are planned, and what each would change for whom",
        "Decisions that are planned, and what each would change: a score or a burden, for whom, by how much at least, "
        "likely and at most. The page Decide tells who would win and who would lose.",
        part=PlannedChange, thing="planned change", adds="decisions planned", label="Decisions planned: their impact",
        rows=200, problems=planned_change_problems),
    Sheet("disciplines", "disciplines", (
        Column("id", "text", "id", "Small letters, digits and underscores. Columns of the other sheets are called by "
               "it, or by the name.", "Small letters, digits and underscores; names the column in workbooks.",
               start="", width=24),
        Column("name", "text", "name", "What people read.", meaning("discipline"), width=24, word="label"),
        *(Column(f"{end} score means", "text", end, f"In one line{more}", needed=False, start="", width=44,
                 grid_width="medium")
          for end, more in (("lowest", ", so that everybody scores alike."), ("highest", "."))),
    ), "What is scored on; rename them or bring 2 to 12 of your own",
        "What propositions are scored on, 2 to 12 of them. "
        "The id names the column in workbooks; left blank, it is made of the name.",
        part=Discipline, thing="discipline", rows=MAX_DISCIPLINES, example=tuple(
            (discipline.id, discipline.name, *ends) for discipline, ends in zip(DEFAULT_DISCIPLINES, (
                ("Nothing that others do not offer", "A first in its market"),
                ("Often late or faulty", "Always right, on time, without effort"),
                ("No good beyond the sale", "A clear good for society or nature"),
                ("One size for all", "Made for this one customer"),
            ), strict=True)
        )),
    Sheet("settings", "settings", (
        Column("setting", "text", width=20, note="Do not rename these."),
        Column("value", "text", width=60, note="Blank leaves the usual setting."),
    ), "Name, source, scale, and how values are put together",
        "How values are put together. A blank value stands for the default."),
)
# fmt: on

TEMPLATE: Mapping[str, Sheet] = {sheet.name: sheet for sheet in _ROWS}
"""Every sheet by its name, in the order of the workbook to fill in."""

SHEETS: Mapping[str, Sheet] = {
    name: TEMPLATE[name]
    for name in sorted(TEMPLATE, key=lambda name: [*TEMPLATE].index(TEMPLATE[name].beside or name))
}
"""Every sheet by its name, in the order in which people read them; names of csv files as well."""

TABLES_BY_PROPOSITION = tuple(sheet.field for sheet in SHEETS.values() if sheet.is_scores)
"""Every table with a row for each segment and proposition."""

WEIGHINGS = tuple(sheet for sheet in SHEETS.values() if sheet.is_weighing)
"""Sheets of points of each segment beside those of today."""

TABLES = tuple(name for name in TABLES_BY_PROPOSITION if SHEETS[name].headers(["id"])[-1] == "id")
"""The score tables of a scenario: the one that counts, then the optional ones."""

LISTS = tuple(sheet for sheet in SHEETS.values() if sheet.part is not None)
"""Sheets on which a row is a part of the scenario."""

RESERVED_IDS = frozenset(
    {
        *BURDENS,
        *("discipline", "felt", "later", "score", "to", "from", "strength", "value", "weight", "description"),
        *TABLES[1:],
        *(
            column.name
            for sheet in SHEETS.values()
            if sheet.each and not sheet.each.before
            for column in sheet.columns
            if not column.each
        ),
    }
)
"""Words that name columns of the tables, so that no discipline may be called by them."""
