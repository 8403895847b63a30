"""The finding of the export, and a live line once inputs have changed: who has the highest value then."""

from __future__ import annotations

from valuemix.export.workbook.cells import Block, figure, fixed

__all__ = ["CHANGED", "finding_formula", "moved_formula", "with_room"]

CHANGED = "Inputs have changed since the export"
"""Start of the live line."""

_MOST_NAMES = 3


def with_room(finding: str) -> str:
    """Text as long as a finding with its live line, for the height of its row."""
    return f"{finding}. {CHANGED}: {'n' * 40} is highest now"


def moved_formula(block: Block, proposition: int) -> str:
    """Whether the value or the name of a proposition is no longer that of the export: 1 or 0."""
    value, exported = block.at(proposition, "value"), block.at(proposition, "exported")
    name, named = f"$A{block.body + proposition + 1}", block.at(proposition, "named")
    both = f"AND(ISNUMBER({value}),ISNUMBER({exported}))"
    other = f"IF({both},ABS(N({value})-N({exported}))>tie_margin,ISNUMBER({value})<>ISNUMBER({exported}))"
    return f"IF(OR({other},{name}<>{named}),1,0)"


def finding_formula(block: Block) -> str:
    """The sentence of the export, as it stands on the screen, and after it what has changed since."""
    title, named = fixed(block.top, 0), fixed(block.top, block.column("named"))
    names = block.whole("leads")
    count = f'SUMPRODUCT(({names}<>"")*1)'
    joined = f'_xlfn.TEXTJOIN(" and ",TRUE,{names})'
    who = f'IF({count}>{_MOST_NAMES},{count}&" propositions",{joined})'
    verb = f'IF({count}=1," is"," are")'
    best = figure(block.of("first"), block.of("decimals"))
    now = f'IF({count}=0,"nothing has a value now",{who}&{verb}&" highest now, at "&{best})'
    changed = f"OR(SUM({block.whole('moved')})>0,{title}<>{named})"
    return f'{block.of("exported")}&IF({changed},". {CHANGED}: "&{now},"")'
