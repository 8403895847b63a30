"""One block of the calculation: from inputs to values, ranks, contributions and a finding."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from valuemix.analysis.value.scoring import OVERALL
from valuemix.export.workbook.cells import COLUMNS, FOOTER, Block, SheetWriter, fixed
from valuemix.export.workbook.looks import height
from valuemix.export.workbook.results import Case
from valuemix.export.workbook.sentences import finding_formula, moved_formula
from valuemix.means import GEOMETRIC_BELOW

__all__ = ["COLUMN_WIDTH", "BlockWriter"]

COLUMN_WIDTH = 13


class BlockWriter:
    """Writes the block of one segment, or the last one, over all segments.

    Parameters
    ----------
    writer : SheetWriter
        Of the sheet of the calculation.
    case : Case
        All blocks, with their results; the overall one is made of the others.
    number : int
        Which of the blocks.
    """

    def __init__(self, writer: SheetWriter, case: Case, number: int) -> None:
        self.writer, self._put, self._text = writer, writer.put, writer.text
        self.inputs, self.result, self.number = case.inputs, case.results[number], number
        self.attributes = case.attributes
        self.block, self.segments = case.blocks[number], case.blocks[:-1]
        self.overall = number == len(self.segments)
        self.exponent = "segment_exponent" if self.overall else "compensation"

    def write(self) -> None:
        """Write every row."""
        self._write_title()
        self._write_header()
        self._write_weights()
        for p in range(self.block.propositions):
            self._put(self.block.body + p, 0, self.inputs.proposition(p), self.result.names[p], "label")
            self._write_parts(p)
            self._write_value(p)
            self._write_rank(p)
            self._write_contributions(p)
            self._write_exported(p)
        self._write_sentences()

    # ------------------------------------------------------------------ head

    def _write_title(self) -> None:
        named = OVERALL if self.overall else self.result.where
        self._text(self.block.top, self.block.column("named"), named, "faint")
        if self.overall:
            self._text(self.block.top, 0, OVERALL, "heading")
        else:
            self._put(self.block.top, 0, self.inputs.segment(self.number), self.result.where, "heading")

    def _write_header(self) -> None:
        block = self.block
        texts = [
            *self.result.part_names,
            *COLUMNS.values(),
            *(f"{word}: contribution" for word in self.result.words),
        ]
        self.writer.sheet.set_row(block.header, height(texts, COLUMN_WIDTH))
        self._text(block.header, 0, "Proposition", "header")
        for part, name in enumerate(self.result.part_names):
            label = self.inputs.segment(part) if self.overall else self.inputs.discipline(part)
            self._put(block.header, 1 + part, label, name, "figures")
        for name, label in COLUMNS.items():
            if not (self.overall and name == "in_place"):
                self._text(block.header, block.column(name), label, "figures")
        for d, name in enumerate(self.result.words):
            label = f'{self.inputs.discipline(d)}&": contribution"'
            self._put(block.header, block.contribution(d), label, f"{name}: contribution", "figures")

    def _write_weights(self) -> None:
        block, inputs = self.block, self.inputs
        self._text(block.weights, 0, "Weight", "label")
        total = inputs.all_segments("size") if self.overall else inputs.all_points(self.number)
        for part, weight in enumerate(self.result.weights):
            amount = inputs.size(part) if self.overall else inputs.points(self.number, part)
            formula = f"IF(SUM({total})=0,0,{amount}/SUM({total}))"
            self._put(block.weights, 1 + part, formula, weight, "share")
        ranks = block.whole("rank")
        after_first = f'IF(COUNT({ranks})>COUNTIF({ranks},1),SMALL({ranks},COUNTIF({ranks},1)+1),"")'
        self._put(block.weights, block.column("second"), after_first, self.result.second_rank, "whole")

    # ------------------------------------------------------------------ one proposition

    def _weight(self, part: int) -> str:
        return fixed(self.block.weights, 1 + part)

    def _write_parts(self, p: int) -> None:
        """What is averaged, blank where it takes no part."""
        for part, value in enumerate(self.result.parts[p]):
            if self.overall:
                source = unit = self.segments[part].at(p, "mean")
            else:
                source = self.inputs.score(self.number, p, part)
                unit = f"({source}-lowest_score)/scale_width"
            formula = f'IF(AND({self._weight(part)}>0,ISNUMBER({source})),{unit},"")'
            self._put(self.block.body + p, 1 + part, formula, value, "unit")

    def _write_value(self, p: int) -> None:
        block, result, row = self.block, self.result, self.block.body + p
        parts, weights, there = block.parts_at(p), block.weight_range, result.parts[p]
        has_value = result.ranks[p] > 0
        kept = there[there == there] if has_value else [0.0]
        weakest, strongest = block.at(p, "weakest"), block.at(p, "strongest")
        counted, mean = block.at(p, "counted"), block.at(p, "mean")
        self._put(row, block.column("weakest"), f"MIN({parts})", min(kept), "unit")
        self._put(row, block.column("strongest"), f"MAX({parts})", max(kept), "unit")
        formula = f"SUMPRODUCT(ISNUMBER({parts})*{weights})"
        self._put(row, block.column("counted"), formula, result.counted[p], "share")
        formula = _power_mean(self.exponent, parts, weights, weakest, strongest, counted)
        self._put(row, block.column("mean"), formula, result.means[p], "unit", array=True)
        formula = f'IF({mean}="","",lowest_score+scale_width*{mean})'
        self._put(row, block.column("value"), formula, result.values[p], "exact")
        self._put(row, block.column("missing"), self._missing(p), result.missing[p], "whole")

    def _missing(self, p: int) -> str:
        if self.overall:
            counts = [f"({self._weight(g)}>0)*{b.at(p, 'missing')}" for g, b in enumerate(self.segments)]
            return "+".join(counts)
        blank = f"SUMPRODUCT(({self.block.weight_range}>0)*1)-COUNT({self.block.parts_at(p)})"
        if self.inputs.means is not None:
            return f"{blank}+{self.inputs.means.missing(self.number, p)}"
        rests = [f"({self._weight(d)}>0)*{formula}" for d, formula in self._incomplete(p)]
        return "+".join([blank, *rests])

    def _incomplete(self, p: int) -> list[tuple[int, str]]:
        """Disciplines that are made of attributes, and whether one of those is missing."""
        sheet = self.attributes
        return [] if sheet is None else [(d, sheet.incomplete(self.number, p, d)) for d in sheet.places]

    def _write_rank(self, p: int) -> None:
        block, result, row = self.block, self.result, self.block.body + p
        value, values = block.at(p, "value"), block.whole("value")
        rank, ranks = block.at(p, "rank"), block.whole("rank")
        higher = f"SUMPRODUCT(ISNUMBER({values})*({values}>{value}+tie_margin))"
        known = result.ranks[p] or float("nan")
        self._put(row, block.column("rank"), f'IF({value}="","",1+{higher})', known, "whole")
        # Propositions of the same rank follow in the order of the input; those without a value come last.
        above = f"{ranks.split(':')[0]}:{rank}"
        place = (
            f'IF({rank}="",COUNT({ranks})+ROWS({above})-COUNT({above}),'
            f'COUNTIF({ranks},"<"&{rank})+COUNTIF({above},{rank}))'
        )
        self._put(row, block.column("place"), place, result.order.index(p) + 1, "whole")
        name, own = xl_rowcol_to_cell(row, 0), result.names[p]
        leads = own if result.ranks[p] == 1 else ""
        self._put(row, block.column("leads"), f'IF({rank}=1,{name},"")', leads, "computed")
        second = fixed(block.weights, block.column("second"))
        formula = f'IF(AND({rank}<>"",{rank}={second}),{name},"")'
        follows = own if result.ranks[p] == result.second_rank else ""
        self._put(row, block.column("second"), formula, follows, "computed")
        if not self.overall:
            formula = self.inputs.row_in_place(self.number, p)
            self._put(row, block.column("in_place"), formula, value=True, look="computed")

    def _write_contributions(self, p: int) -> None:
        block = self.block
        for d, value in enumerate(self.result.contributions[p]):
            column = block.contribution(d)
            if self.overall:
                terms = [f"{self._weight(g)}*{b.at(p, column)}" for g, b in enumerate(self.segments)]
                formula = f'IF(overall_adds_up,{"+".join(terms)},"")'
            else:
                share = f"{self._weight(d)}/{block.at(p, 'counted')}"
                part = f"{share}*{self.inputs.score(self.number, p, d)}"
                formula = f'IF(compensation=1,IF(ISNUMBER({block.at(p, 1 + d)}),{part},0),"")'
            self._put(block.body + p, column, formula, value, "exact")

    def _write_exported(self, p: int) -> None:
        """What the export held, and whether it still holds."""
        block, row = self.block, self.block.body + p
        if self.result.ranks[p]:
            exact = self.writer.pen.formats["exact"]
            self.writer.sheet.write_number(row, block.column("exported"), self.result.values[p], exact)
        self._text(row, block.column("named"), self.result.names[p], "computed")
        self._put(row, block.column("moved"), moved_formula(block, p), 0, "whole")

    # ------------------------------------------------------------------ foot

    def _write_sentences(self) -> None:
        block, result = self.block, self.result
        values, ranks = block.whole("value"), block.whole("rank")
        first, following, ties = block.of("first"), block.of("next"), f"COUNTIF({ranks},1)"
        second = f'IF(COUNT({ranks})>{ties},LARGE({values},{ties}+1),"")'
        lead = f'IF({first}="","",IF({ties}>1,0,IF({following}="","",{first}-{following})))'
        lines = {
            "leader": (_listed(block, "leads"), result.named(1), "computed"),
            "runner_up": (_listed(block, "second"), result.named(result.second_rank), "computed"),
            "first": (f'IF(COUNT({values})=0,"",MAX({values}))', result.best(1), "exact"),
            "next": (second, result.best(result.second_rank), "exact"),
            "lead": (lead, result.lead, "exact"),
            "decimals": ("value_decimals", result.decimals, "whole"),
            "finding": (finding_formula(block), result.finding, "computed"),
        }
        self._text(block.foot("exported"), 0, FOOTER["exported"], "label")
        self._text(block.foot("exported"), 1, result.finding, "computed")
        for name, (formula, value, look) in lines.items():
            self._text(block.foot(name), 0, FOOTER[name], "label")
            self._put(block.foot(name), 1, formula, value, look)


def _listed(block: Block, column: str) -> str:
    return f'_xlfn.TEXTJOIN(", ",TRUE,{block.whole(column)})'


def _power_mean(exponent: str, parts: str, weights: str, weakest: str, strongest: str, counted: str) -> str:
    """Formula of the weighted power mean: scaled by its largest term, so that no exponent overflows."""
    there = f"ISNUMBER({parts})"
    largest = f"IF({exponent}>0,{strongest},{weakest})"
    plain = f"SUMPRODUCT({weights},{parts})/{counted}"
    geometric = f"IF({weakest}=0,0,EXP(SUM(IF({there},{weights}*LN({parts}),0))/{counted}))"
    # Powers as exponentials: LibreOffice has an error where a power is too small for a number.
    term = f"{weights}*EXP({exponent}*LN({parts}/{largest}))"
    total = f"SUM(IF({there}*({parts}>0),{term},0))/{counted}"
    power = f"{largest}*EXP(LN({total})/{exponent})"
    zero = f"OR({strongest}=0,AND({exponent}<0,{weakest}=0))"
    numbers = (
        f"IF({exponent}=1,{plain},IF(ABS({exponent})<{GEOMETRIC_BELOW:.0E},{geometric},IF({zero},0,{power})))"
    )
    ends = f'IF({exponent}="min",{weakest},IF({exponent}="max",{strongest},{numbers}))'
    return f'IF(COUNT({parts})=0,"",{ends})'
