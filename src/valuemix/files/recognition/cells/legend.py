"""Words and the numbers that they stand for, as a list somewhere in the file gives them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from valuemix.files.recognition.cells.values import is_word, word_key
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.tables.reading.numbers import parse_number
from valuemix.files.tables.reading.tables import Table

__all__ = ["legend_in"]

_SAID = re.compile(
    r"(-?\d+(?:[.,]\d+)?)\s*(?:=|:|–|-)\s*([^\W\d][^=:]{0,40})|([^\W\d][^=:]{0,40})\s*=\s*(-?\d+(?:[.,]\d+)?)"
)
_PAIR, _USED = 2, 3
_Entry = tuple[str, float]


def legend_in(tables: Sequence[Table]) -> dict[str, float]:
    """Numbers by the key of their words, where a list gives them and cells elsewhere hold these words.

    Examples
    --------
    >>> from valuemix.files.tables.reading.csv_tables import read_csv
    >>> text = b"Offer,Verdict\\nA,ok\\nA,fab\\nB,fab\\nB,ok\\n\\nVerdict,Points\\nok,1\\nfab,4\\n"
    >>> legend_in([read_csv(text, "offers.csv")])
    {'ok': 1.0, 'fab': 4.0}
    """
    runs = [run for table in tables for run in _runs(table)]
    if not runs:
        return {}
    texts = Counter(text for table in tables for row in table.rows for text in row.texts if text)
    cells: Counter[str] = Counter()
    for text, count in texts.items():
        cells[word_key(text)] += count
    return dict(entry for run in reversed(runs) if _is_used(run, cells) for entry in run)


def _is_used(run: Sequence[_Entry], cells: Counter[str]) -> bool:
    """Whether cells elsewhere hold two of the words or more, and three times or more."""
    used = [word for word, _ in run if cells[word] > 1]
    return len(used) >= _PAIR and sum(cells[word] - 1 for word in used) >= _USED


def _runs(table: Table) -> Iterator[list[_Entry]]:
    """Lists of words with a number each, that are headed as scores or hold a known word."""
    run: list[_Entry] = []
    head: Sequence[str] = ()
    for row in (*table.rows, None):
        texts = [] if row is None else [*filter(None, row.texts)]
        entry = _entry([text.strip() for text in texts]) if len(texts) <= _PAIR + 1 else None
        if entry is not None:
            run.append(entry)
            continue
        if _is_legend(run, head):
            yield run
        run, head = [], texts


def _entry(texts: Sequence[str]) -> _Entry | None:
    """A word and its number: in two cells, perhaps with a remark behind, or in one such as "1 = poor"."""
    if len(texts) == 1:
        said = _SAID.fullmatch(texts[0])
        texts = [text for text in said.groups() if text] if said else []
    numbers = [_number(text) for text in texts]
    there = [i for i, number in enumerate(numbers) if number is not None]
    number = numbers[there[0]] if len(there) == 1 and there[0] < _PAIR <= len(texts) else None
    return None if number is None else (word_key(texts[1 - there[0]]), number)


def _number(text: str) -> float | None:
    return parse_number(text, "," if "," in text else ".")


def _is_legend(run: Sequence[_Entry], head: Sequence[str]) -> bool:
    """Whether words differ, and numbers too, and they are called scores, or one of the words is known to be one."""
    words, numbers = {word for word, _ in run}, {number for _, number in run}
    if len(run) < _PAIR or len(words) < len(run) or len(numbers) < len(run):
        return False
    return any(is_named("score", text) for text in head[:_PAIR]) or any(map(is_word, words))
