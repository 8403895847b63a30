"""The sheet on which every value is worked out: one block a segment, and one over all of them."""

from __future__ import annotations

from typing import Any

from valuemix.analysis.value.scoring import TIE
from valuemix.exhibits.words.formats import decimals_of, usual_decimals
from valuemix.export.workbook.block_writer import COLUMN_WIDTH, BlockWriter
from valuemix.export.workbook.cells import CALCULATION, Block, SheetWriter, cell
from valuemix.export.workbook.inputs import Inputs
from valuemix.export.workbook.looks import PRINTED_FOOT
from valuemix.export.workbook.results import SETTINGS_TOP, Case
from valuemix.files.tables.writing.sheet_pen import Pen

__all__ = ["write_calculation"]


def write_calculation(pen: Pen, case: Case) -> None:
    """Write the sheet."""
    writer = SheetWriter(pen, CALCULATION, tall=0)
    _set_up(writer, case.blocks[0])
    _write_settings(writer, case)
    for number in range(len(case.blocks)):
        BlockWriter(writer, case, number).write()


def _set_up(writer: SheetWriter, block: Block) -> None:
    sheet = writer.sheet
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, block.contribution(block.disciplines - 1), COLUMN_WIDTH)
    sheet.set_row(0, 28)
    sheet.freeze_panes(0, 1)
    sheet.set_footer(PRINTED_FOOT)
    writer.text(0, 0, "How every value is worked out", "title")
    lines = (
        "A score counts from 0 to 1: (score − lowest) / width. A value is the power mean of these with the weights, "
        "back on the scale; compensation is its exponent. Overall: the same over segments, with 1 − fairness.",
        "A score without weight, or that is missing, takes no part: its weight goes to the others. "
        "Nothing here is typed: change the light yellow cells of the input sheets.",
    )
    for row, line in enumerate(lines, start=1):
        writer.text(row, 0, line, "muted")


def _write_settings(writer: SheetWriter, case: Case) -> None:
    """Settings as the formulas use them, each with a name."""
    scenario, inputs, blocks = case.scenario, case.inputs, case.blocks[:-1]
    scale, settings = scenario.scale, scenario.settings
    rows_in_place = [block.whole("in_place") for block in blocks]
    if case.attributes is not None:
        rows_in_place.append(case.attributes.in_place())
    means = [block.whole("mean") for block in blocks]
    cells = len(scenario.segments) * len(scenario.propositions)
    given = inputs.all_scores()
    finer = f"(ABS(ROUND({given},usual_decimals)-{given})>1E-9*scale_width)*1"
    exponent = "min" if settings.fairness == "max" else 1 - float(settings.fairness)
    lines: list[tuple[str, str, str, Any]] = [
        ("lowest_score", "Lowest score", _setting(inputs, "scale_min", 0), scale.lowest),
        ("highest_score", "Highest score", _setting(inputs, "scale_max", 10), scale.highest),
        ("scale_width", "Width of the scale", "highest_score-lowest_score", scale.width),
        ("tie_margin", "Values this close tie", f"{TIE:.0E}*scale_width", TIE * scale.width),
        (
            "usual_decimals",
            "Decimals of values on such a scale",
            "IF(scale_width>=1000,0,1+MAX(0,ROUNDUP(LOG10(2/scale_width)-1E-9,0)))",
            usual_decimals(scale.width),
        ),
        (
            "value_decimals",
            "Decimals in sentences: one more where scores are given with more",
            f"usual_decimals+IF(IFERROR(SUMPRODUCT({finer}),0)>0,1,0)",
            decimals_of(scenario),
        ),
        ("compensation", "Compensation", _setting(inputs, "compensation", 1), settings.compensation),
        ("fairness", "Fairness", _setting(inputs, "fairness", 0), settings.fairness),
        (
            "segment_exponent",
            "Exponent over segments: 1 − fairness",
            'IF(fairness="max","min",1-fairness)',
            exponent,
        ),
        (
            "overall_adds_up",
            "Overall values are sums of contributions",
            f"AND(compensation=1,segment_exponent=1,COUNT({','.join(means)})={cells})",
            case.evaluation.overall_additive,
        ),
        (
            "inputs_in_place",
            "Rows and columns of the inputs in place",
            f"AND({','.join([*inputs.columns_in_place(), *rows_in_place])})",
            True,
        ),
    ]
    for row, (name, label, formula, value) in enumerate(lines, start=SETTINGS_TOP):
        writer.text(row, 0, label, "label")
        writer.put(row, 1, formula, value, "computed")
        writer.pen.book.define_name(name, f"={cell(CALCULATION, row, 1)}")


def _setting(inputs: Inputs, name: str, usual: float) -> str:
    """Formula of a setting; a blank one stands for the usual value."""
    place = inputs.setting(name)
    return f'IF({place}="",{usual},IF(ISTEXT({place}),LOWER(TRIM({place})),{place}))'
