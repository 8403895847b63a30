"""The data editor of one browser tab: the table in a grid, its edits, and files that were brought in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from valuemix.errors import EditError, Problem, ProblemsError
from valuemix.files.tables.frames import FIRST_ROW, blank_frame, in_grid, title, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import LISTS, SHEETS, Sheet
from valuemix.ui.session.incoming.brought_in import BroughtIn, newest
from valuemix.ui.session.state import bind, kept, value
from valuemix.ui.session.tab import Session

__all__ = ["DataEditor", "Grid", "data_editor", "without_table"]

_FIRST = next(iter(SHEETS))


@dataclass(frozen=True)
class Grid:
    """One table in a grid and what came of the edits in it.

    The scenario is always the base with all edits of this grid, so that the grid never
    changes under the hands of the person who types.

    Attributes
    ----------
    sheet : str
        Which table.
    base : Scenario
        What the grid was drawn from.
    result : Scenario
        The base with the edits that were valid last.
    version : int
        Tells one grid from the next.
    segment : str or None
        The segment whose rows it has; None for all rows.
    edits : GridEdits
        What was typed, valid or not.
    problems, notices : tuple of Problem
        What is wrong with the edits as they stand now, and what is worth saying of them.
    """

    sheet: str
    base: Scenario
    result: Scenario
    version: int
    segment: str | None = None
    edits: GridEdits = field(default_factory=GridEdits)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def key(self) -> str:
        """Key of its widget."""
        return f"data-grid-{self.sheet}-{self.version}"

    @property
    def frame(self) -> pd.DataFrame:
        """What it was drawn from: one row a proposition where it has one segment."""
        frames = to_frames(self.base)
        there = self.sheet in frames
        frame = in_grid(frames[self.sheet], self.sheet) if there else blank_frame(self.base, self.sheet)
        if self.segment is None:
            return frame
        own = frame[frame["segment"] == self.segment]
        return own.drop(columns="segment") if SHEETS[self.sheet].is_scores else own

    @property
    def is_elsewhere(self) -> bool:
        """Whether the problems are cells of other tables that the edits do not go with."""
        here = title(self.sheet)
        return all(p.place.file and not p.place.file.startswith(here) for p in self.problems)

    def _in_whole_table(self, edits: GridEdits) -> GridEdits:
        """The edits by their places among the rows of all segments."""
        if self.segment is None:
            return edits
        places = [row - FIRST_ROW for row in self.frame.index]
        return replace(edits, edited_rows={places[p]: cells for p, cells in edits.edited_rows.items()})

    def after(self, edits: GridEdits) -> Grid:
        """The grid with other edits; the last valid result stays where they are not."""
        try:
            imported = edit_table(self.base, self.sheet, self._in_whole_table(edits))
        except ProblemsError as error:
            return replace(self, edits=edits, problems=error.problems, notices=())
        return replace(self, result=imported.scenario, edits=edits, problems=(), notices=imported.notices)


@dataclass
class DataEditor:
    """What the Data page holds beside the session.

    Attributes
    ----------
    session : Session
        Whose scenario is edited.
    brought : BroughtIn
        What was brought in and is not imported yet.
    sheet : str
        The table in view.
    grid : Grid or None
        Its grid; None for a new one.
    told : str
        What to tell of edits that wait, on this page only.
    """

    session: Session
    brought: BroughtIn
    sheet: str = _FIRST
    grid: Grid | None = None
    versions: int = 0
    told: str = ""

    def grid_in_view(self) -> Grid:
        """The grid to draw; a new one where the scenario changed by other means than its edits."""
        scenario, grid = self.session.scenario, self.grid
        if self.sheet not in self.sheets:
            self.sheet = "scores"
        segment = self.session.segment if SHEETS[self.sheet].is_scores else None
        same = grid is not None and (grid.segment == segment or bool(grid.problems))
        if grid is None or not same or (grid.sheet, grid.result) != (self.sheet, scenario):
            self.versions += 1
            grid = self.grid = Grid(self.sheet, scenario, scenario, self.versions, segment)
        return grid

    def show(self, sheet: str, *, hush: bool = True) -> None:
        """Bring a table of another scenario into view; what came of the last action stays told where it shall."""
        if hush:
            self._hush()
        self.sheet, self.grid = sheet, None

    @property
    def sheets(self) -> list[str]:
        """Tables that the scenario has, and the one in view where its rows are still to come."""
        has = to_frames(self.session.scenario)
        opened = self.sheet if SHEETS[self.sheet].may_be_blank else ""
        return [sheet for sheet in SHEETS if sheet in has or sheet == opened]

    def follow(self) -> None:
        """Take what was typed into the grid since the page was drawn; valid edits become a step to undo."""
        grid = self.grid
        if grid is None:
            return
        state = value(grid.key)
        if state is None:
            self._left(grid)
            return
        edits = GridEdits(state["edited_rows"], state["added_rows"], state["deleted_rows"])
        if edits != grid.edits:
            self._hush()
            self.grid = grid.after(edits)
            self.session.edits.commit(self.grid.result)

    def _left(self, grid: Grid) -> None:
        """Start a new grid: the page was left, and the browser forgot the edits in the old one."""
        self.grid, name = None, title(grid.sheet)
        waited = f"The edits of {name} that waited were discarded when the page was left; make them again."
        self.told = waited if grid.problems else ""

    def discard(self) -> None:
        """Forget the edits that could not be taken."""
        self._hush()
        self.grid = None

    def choose(self, key: str) -> None:
        """Bring another table into view, unless edits of this one wait to be mended."""
        self._hush()
        if self.grid is not None and self.grid.problems:
            name = title(self.grid.sheet)
            self.told = f"{name} has edits that wait: mend or discard them, then go to another table."
            return
        self.sheet = value(key) or self.sheet  # nothing where the page was left before it was drawn

    def choose_segment(self, key: str, names: Sequence[str]) -> None:
        """Bring the rows of another segment into view, unless edits of this one wait to be mended."""
        self._hush()
        if self.grid is not None and self.grid.problems:
            self.told = "These edits wait: mend or discard them, then go to another segment."
            return
        self.session.view.choose_segment(key, names)

    def add(self, key: str) -> None:
        """Add optional tables: score tables start as copies of the scores, later points as those of today."""
        self._hush()
        scenario, asked = self.session.scenario, value(key)
        missing = [
            sheet for sheet in SHEETS.values() if sheet.adds == asked and sheet.name not in self.sheets
        ]
        if asked and missing:
            self.sheet = missing[0].name
            begun = {sheet.field: sheet.begins(scenario) for sheet in missing if sheet.begins}
            self.session.edits.commit(scenario.replace(**begun))

    def remove(self) -> None:
        """Remove the optional table in view."""
        self._hush()
        sheet = self.sheet
        self.session.edits.edit(lambda scenario: without_table(scenario, sheet))
        if not self.session.edits.told.message:
            self.sheet = "scores"

    @property
    def box(self) -> str:
        """Key of the box that takes files and copied cells."""
        return f"data-import-{self.brought.count}"

    def open_box(self) -> None:
        """Go to the box that takes files and copied cells, and open it."""
        bind(self.box, content=True)
        self.session.view.next_page = "data"

    def bring(self, key: str) -> None:
        """Read the files in the upload box; nothing is changed by it."""
        self._hush()
        self.brought.bring({name: file.getvalue() for name, file in newest(value(key) or ()).items()})

    def paste(self, key: str) -> None:
        """Read the cells in the box; nothing is changed by it."""
        self._hush()
        self.brought.paste(str(value(key) or ""))

    def fill(self) -> None:
        """Put the scores that were brought in into the open scenario; a step that can be undone."""
        if self.brought.fill():
            self.show("scores", hush=False)

    def open(self) -> None:
        """Make what was brought in the present scenario, under a name that is free."""
        if self.brought.open():
            self.show(_FIRST, hush=False)

    def update(self, scenario_id: str) -> None:
        """Make what was brought in an unsaved edit of a saved scenario."""
        if self.brought.update(scenario_id):
            self.show(_FIRST, hush=False)

    def _hush(self) -> None:
        self.session.view.told.message = self.session.view.told.done = self.told = ""


def data_editor(now: Session) -> DataEditor:
    """The data editor of this browser tab."""
    return kept("data-editor", lambda: DataEditor(now, BroughtIn(now.edits, now.files)))


def without_table(scenario: Scenario, sheet: str) -> Scenario:
    """A scenario without an optional table, and without what names its rows; values of attributes stay as scores.

    Raises
    ------
    EditError
        Where rows that stay name one of its rows.
    """
    if sheet == "attributes":
        return scenario.without_attributes()
    _refuse_named(scenario, sheet)
    names = [s for s in LISTS if s.name == sheet or any(c.of == sheet and not c.every for c in s.columns)]
    left = {s.field: s.nothing for s in names} or {SHEETS[sheet].field: SHEETS[sheet].nothing}
    return scenario.replace(**left)


def _refuse_named(scenario: Scenario, sheet: str) -> None:
    """Refuse to remove a table whose rows are named in another that stays."""
    for other in LISTS:
        if count := _rows_that_name(scenario, other, sheet):
            named = "1 row" if count == 1 else f"{count} rows"
            raise EditError(
                f"What stands in {title(sheet)} is named in {named} of {title(other.name)}; "
                "blank or delete that there, then remove the table."
            )


def _rows_that_name(scenario: Scenario, other: Sheet, sheet: str) -> int:
    """How many rows of another table name a row of this one, and would stay without it."""
    columns = [c.name for c in other.columns if c.of == sheet and c.every]
    return sum(any(getattr(row, c) for c in columns) for row in getattr(scenario, other.field) if columns)
