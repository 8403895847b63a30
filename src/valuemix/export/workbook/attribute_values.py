"""The sheet on which attributes become scores: number, value from 0 to 1 and weight of each."""

from __future__ import annotations

import numpy as np
from xlsxwriter.utility import xl_range_formula

from valuemix.export.workbook.cells import SheetWriter, fixed
from valuemix.export.workbook.inputs import Inputs
from valuemix.export.workbook.looks import PRINTED_FOOT
from valuemix.files.tables.writing.sheet_pen import Pen
from valuemix.model.attributes.value_function import curve_of
from valuemix.model.scenario import Scenario

__all__ = ["ATTRIBUTE_VALUES", "AttributeSheet"]

ATTRIBUTE_VALUES = "Attribute values"
_TOP = 3
"""Row of the header, from 0."""


class AttributeSheet:
    """The sheet of attributes, and references to what it works out.

    Parameters
    ----------
    scenario : Scenario
        With attributes.
    inputs : Inputs
        References to the input sheets.
    """

    def __init__(self, scenario: Scenario, inputs: Inputs) -> None:
        self._scenario, self._inputs = scenario, inputs
        self._scoring = scenario.attribute_scoring
        # Attributes of a discipline stand side by side, so that ranges hold them.
        self._order: list[int] = np.argsort(self._scoring.disciplines, kind="stable").tolist()
        self._rows = {
            (row.proposition, row.segment, row.attribute): i
            for i, row in enumerate(scenario.attribute_scores)
        }
        self._own = {(w.attribute, w.segment): i for i, w in enumerate(scenario.attribute_weights)}

    # ------------------------------------------------------------------ references

    def score(self, g: int, p: int, d: int) -> str:
        """Formula of a score: the mean of the values with the weights, on the scale."""
        values, weights = (self._range(g, p, d, block) for block in (1, 2))
        total = f"SUMPRODUCT(ISNUMBER({values})*{weights})"
        mean = f"SUMPRODUCT({values},{weights})/{total}"
        return f'IF({total}=0,"",lowest_score+scale_width*MAX(0,MIN(1,{mean})))'

    def incomplete(self, g: int, p: int, d: int) -> str:
        """Formula that is 1 where a score rests on fewer attributes than have weight, else 0."""
        values, weights = (self._range(g, p, d, block) for block in (1, 2))
        some = f"SUMPRODUCT(ISNUMBER({values})*({weights}>0))"
        return f"AND({some}>0,{some}<SUMPRODUCT(({weights}>0)*1))*1"

    @property
    def places(self) -> list[int]:
        """Places of the disciplines that are made of attributes."""
        return sorted({*self._scoring.disciplines.tolist()})

    def in_place(self) -> str:
        """Range of the formulas that say whether the rows still name what they did."""
        column = 2 + 3 * len(self._order)
        last = _TOP + max(1, len(self._checks()))
        return str(xl_range_formula(ATTRIBUTE_VALUES, _TOP + 1, column, last, column))

    def _checks(self) -> list[str]:
        """Whether each row of the sheets with values and weights names what it did, as formulas."""
        scenario, inputs, found = self._scenario, self._inputs, list[str]()
        for i, row in enumerate(scenario.attribute_scores):
            p, a = (
                scenario.proposition_names.index(row.proposition),
                scenario.attribute_names.index(row.attribute),
            )
            names = [
                f"{inputs.attribute_score(i, 'proposition')}={inputs.proposition(p)}",
                f"{inputs.attribute_score(i, 'attribute')}={inputs.attribute(a, 'attribute')}",
                f"{inputs.attribute_score(i, 'segment')}={self._segment(row.segment)}",
            ]
            found.append(f"AND({','.join(names)})")
        for i, own in enumerate(scenario.attribute_weights):
            a = scenario.attribute_names.index(own.attribute)
            names = [
                f"{inputs.attribute_weight(i, 'attribute')}={inputs.attribute(a, 'attribute')}",
                f"{inputs.attribute_weight(i, 'segment')}={self._segment(own.segment)}",
            ]
            found.append(f"AND({','.join(names)})")
        return found

    def _segment(self, name: str) -> str:
        return self._inputs.segment(self._scenario.segment_names.index(name)) if name else '""'

    def _row(self, g: int, p: int) -> int:
        return _TOP + 1 + p * len(self._scenario.segments) + g

    def _column(self, block: int, a: int) -> int:
        """Column of an attribute among the numbers (0), the values (1) or the weights (2)."""
        return 2 + block * len(self._order) + self._order.index(a)

    def _range(self, g: int, p: int, d: int, block: int) -> str:
        columns = [self._column(block, a) for a in np.flatnonzero(self._scoring.disciplines == d).tolist()]
        row = self._row(g, p)
        return str(xl_range_formula(ATTRIBUTE_VALUES, row, min(columns), row, max(columns)))

    # ------------------------------------------------------------------ writing

    def write(self, pen: Pen) -> None:
        """Add the sheet to the workbook."""
        writer = SheetWriter(pen, ATTRIBUTE_VALUES, tall=0)
        writer.sheet.set_column(0, 1, 28)
        writer.sheet.set_column(2, 2 + 3 * len(self._order), 16)
        writer.sheet.set_row(0, 28)
        writer.sheet.freeze_panes(_TOP + 1, 2)
        writer.sheet.set_footer(PRINTED_FOOT)
        writer.text(0, 0, "How attributes become scores", "title")
        lines = (
            "A value counts from 0 (worst) to 1 (best), straight between the points of its value function; a number "
            "beyond an anchor counts as the anchor. A score is the weighted mean of the values of its discipline.",
            "A missing value gives its weight to the others. Points of a value function are as they were when this "
            "was exported: import the workbook to use others.",
        )
        for row, line in enumerate(lines, start=1):
            writer.text(row, 0, line, "muted")
        self._write_header(writer)
        for g, p in np.ndindex(len(self._scenario.segments), len(self._scenario.propositions)):
            self._write_row(writer, g, p)
        for row, check in enumerate(self._checks() or ["TRUE"], start=_TOP + 1):
            writer.put(row, 2 + 3 * len(self._order), check, value=True, look="computed")

    def _write_header(self, writer: SheetWriter) -> None:
        writer.text(_TOP, 0, "Proposition", "header")
        writer.text(_TOP, 1, "Segment", "header")
        for a, attribute in enumerate(self._scenario.attributes):
            name = self._inputs.attribute(a, "attribute")
            unit = f" ({attribute.unit})" if attribute.unit else ""
            for block, (word, formula) in enumerate(
                ((unit, f'{name}&IF({self._unit(a)}="",""," ("&{self._unit(a)}&")")'),
                 (": value", f'{name}&": value"'), (": weight", f'{name}&": weight"'))
            ):  # fmt: skip
                writer.put(_TOP, self._column(block, a), formula, attribute.name + word, "header")
        writer.text(_TOP, 2 + 3 * len(self._order), "Row in place", "header")

    def _unit(self, a: int) -> str:
        return self._inputs.attribute(a, "unit")

    def _write_row(self, writer: SheetWriter, g: int, p: int) -> None:
        row, scoring, inputs = self._row(g, p), self._scoring, self._inputs
        writer.put(row, 0, inputs.proposition(p), self._scenario.proposition_names[p], "label")
        writer.put(row, 1, inputs.segment(g), self._scenario.segment_names[g], "label")
        for a in self._order:
            source = self._source(g, p, a)
            number = fixed(row, self._column(0, a))
            writer.put(row, self._column(0, a), source, scoring.numbers[g, p, a], "exact")
            formula = f'IF(ISNUMBER({number}),{self._curve(a, number)},"")'
            writer.put(row, self._column(1, a), formula, scoring.unit_values[g, p, a], "unit")
            writer.put(row, self._column(2, a), self._weight(g, a), scoring.points[g, a], "exact")

    def _source(self, g: int, p: int, a: int) -> str:
        """Formula of a number: of the row that names the segment, else of the one for all."""
        scenario, formula = self._scenario, '""'
        name, attribute = scenario.proposition_names[p], scenario.attribute_names[a]
        for segment in ("", scenario.segment_names[g]):
            i = self._rows.get((name, segment, attribute))
            if i is not None:
                given = self._inputs.attribute_score(i, "value")
                formula = f"IF(ISNUMBER({given}),{given},{formula})"
        return formula

    def _weight(self, g: int, a: int) -> str:
        i = self._own.get((self._scenario.attribute_names[a], self._scenario.segment_names[g]))
        return (
            self._inputs.attribute(a, "weight") if i is None else self._inputs.attribute_weight(i, "weight")
        )

    def _curve(self, a: int, number: str) -> str:
        """Formula of the value of a number: what each piece of the value function adds."""
        curve = curve_of(self._scenario.attributes[a])
        ends = [f"{x!r}" for x in curve[:, 0].tolist()]
        ends[0], ends[-1] = self._inputs.attribute(a, "worst"), self._inputs.attribute(a, "best")
        pieces = []
        for k, gain in enumerate(np.diff(curve[:, 1]).tolist()):
            share = f"({number}-{ends[k]})/({ends[k + 1]}-({ends[k]}))"
            pieces.append(f"{gain!r}*MAX(0,MIN(1,{share}))")
        return "+".join(pieces)
