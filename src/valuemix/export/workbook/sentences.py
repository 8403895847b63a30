"""Findings as formulas: they stay true whatever is changed."""

from __future__ import annotations

from valuemix.analysis.scoring import OVERALL
from valuemix.export.workbook.cells import Block, figure, fixed, fixed_range
from valuemix.export.workbook.inputs import Inputs

__all__ = ["finding_formula", "reason_formula"]

_MOST_NAMES = 3


def reason_formula(block: Block, inputs: Inputs) -> str:
    """The discipline on which the leader is furthest ahead, where one can be named."""
    row = {name: _across(block, name) for name in ("lead", "decimals")}
    decimals, ranks = block.of("decimals"), block.whole("rank")
    second = fixed(block.weights, block.column("second"))
    largest = f"MAX({row['lead']})"
    place = f"MATCH({largest},{row['lead']},0)"
    shown = f"INDEX({row['decimals']},{place})"
    missing = [f"SUMIF({block.whole('place')},{n},{block.whole('missing')})" for n in (1, 2)]
    first_label = inputs.discipline(0)
    labels = f"{first_label}:{inputs.discipline(block.disciplines - 1).split('!')[1]}"
    clear = [
        f"COUNT({block.whole(block.contribution(0))})>0",
        f"{missing[1]}=0",
        f"SUMPRODUCT(({row['lead']}>={largest}-tie_margin)*1)=1",
        f"{shown}=MAX({row['decimals']})",
        f"{shown}>0",
    ]
    named = f'IF(AND({",".join(clear)}),": "&INDEX({labels},{place})&" adds "&{figure(shown, decimals)},"")'
    partial = f'IF({missing[0]}>0,", but its value rests on missing scores",{named})'
    return f'IF(AND(COUNTIF({ranks},1)=1,COUNTIF({ranks},{second})=1),{partial},"")'


def finding_formula(block: Block, *, overall: bool) -> str:
    """Who leads, by how much, over whom, and why."""
    title = fixed(block.top, 0)
    place = f'"{OVERALL.lower()}"' if overall else title
    where = f'" {OVERALL.lower()}"' if overall else f'" in "&{title}'
    first, second, decimals = block.of("first"), block.of("next"), block.of("decimals")
    ranks = block.whole("rank")
    who, others = _who(block, "leads"), _who(block, "second")
    best, lead = figure(first, decimals), _ahead(first, second, decimals)
    only = f'{who}&" is the only proposition with a value"&{where}&": "&{best}'
    tie = f'{who}&" tie"&{where}&" at "&{best}'
    share = f'{who}&" share the lead"&{where}&" at "&{best}&", "&{lead}&" ahead of "&{others}'
    leads = f'{who}&" leads "&{place}&" by "&{lead}&" over "&{others}&{block.of("reason")}'
    without = f"IF(COUNT({ranks})=1,{only},{tie})"
    several = f"IF(COUNTIF({ranks},1)>1,{share},{leads})"
    none = f'"No proposition has a value"&{where}'
    return f'IF(COUNT({ranks})=0,{none},IF({second}="",{without},{several}))'


def _who(block: Block, column: str) -> str:
    """Names in a column, or how many where they are many."""
    names = block.whole(column)
    count = f'SUMPRODUCT(({names}<>"")*1)'
    joined = f'_xlfn.TEXTJOIN(" and ",TRUE,{names})'
    return f'IF({count}>{_MOST_NAMES},{count}&" propositions",{joined})'


def _ahead(first: str, second: str, decimals: str) -> str:
    shown = f"ROUND(ROUND({first},{decimals})-ROUND({second},{decimals}),{decimals})"
    return f'IF({shown}>0,{figure(shown, decimals)},"less than "&{figure(f"10^-{decimals}", decimals)})'


def _across(block: Block, row: str) -> str:
    """Range of a line of the foot over the contributions of all disciplines."""
    number = block.foot(row)
    return fixed_range(number, block.contribution(0), number, block.contribution(block.disciplines - 1))
