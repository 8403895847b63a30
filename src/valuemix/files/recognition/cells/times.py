"""Points in time as people write them: dates, months, quarters and years."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence

from valuemix.files.recognition.cells.words import plain

__all__ = ["are_times"]

_MONTH = (
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|"
    r"september|october|november|december|januar|februar|marz|mai|juni|juli|oktober|dezember|dez|okt|"
    r"janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|"
    r"mrt|mei|augustus|maart|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_YEAR = r"(19|20)\d\d"
_TIME = re.compile(
    rf"(\d{{1,2}} )?{_MONTH}( (\d\d|{_YEAR}))?|{_YEAR}|(fy|q[1-4]|kw ?\d+|week \d+|h[12]) ?({_YEAR}|\d\d)?|"
    rf"{_YEAR} q[1-4]|\d{{1,2}} \d{{1,2}} {_YEAR}( [\d ]+)?|{_YEAR}[ -]\d{{1,2}}([ -]\d{{1,2}})?( [\d ]+)?"
)
_DAY = re.compile(rf"{_YEAR}-\d\d?-\d\d?(?!\d)|\d\d?[./-]\d\d?[./-](19|20)\d\d(?!\d)")
_MOST_OTHER = 0.2
_LEAST, _DAYS = 4, 2


def are_times(texts: Sequence[str]) -> bool:
    """Whether nearly all of some texts, four or more, are dates, months, quarters or years, or two or more are days.

    Examples
    --------
    >>> are_times(["2025-03-19", "1.4.2025", "12-feb", "May"]), are_times(["2025", "2026"])
    (True, False)
    """
    if len(texts) >= _DAYS and all(_DAY.match(text.strip()) for text in texts):
        return True
    spared = len(texts) - math.ceil((1 - _MOST_OTHER) * len(texts))
    others = (text for text in texts if not _TIME.fullmatch(plain(text)))
    return len(texts) >= _LEAST and next(itertools.islice(others, spared, None), None) is None
