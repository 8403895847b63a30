"""Names that stand once for several rows, as merged cells leave them, put into every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.records.columns import keys_of
from valuemix.files.recognition.records.numbers import codes_of

__all__ = ["filled_down"]

_MOST_FILLED, _APART, _LEAST = 0.6, 0.95, 4


def filled_down(frame: Frame, given: Reading) -> Frame:
    """The frame with names filled down, where no two rows are named alike then, and are before."""
    rows = [r for r in frame.rows.places if r > frame.header]
    texts = _naming(frame, given)
    filled = frame.grid.filled[rows]
    sparse = [c for c in texts if filled[:1, c].any() and filled[:, c].mean() <= _MOST_FILLED]
    full = [c for c in texts if filled[:, c].all() and _comes_again(frame, rows, c)]
    if len(rows) < _LEAST or not sparse or not full:
        return frame
    found, named = _with_filled(frame, rows, sparse), [*sparse, *full]
    return found if _apart(found, rows, named) >= _APART > _apart(frame, rows, named) else frame


def _naming(frame: Frame, given: Reading) -> list[int]:
    """Columns of texts that may name something."""
    return [c for c, role in keys_of(frame, given).items() if role not in ("note", "wave", "unit")]


def _with_filled(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> Frame:
    cells, inside = frame.grid.texts.copy(), slice(rows[0], rows[-1] + 1)
    for column in columns:
        cells[inside, column] = [*_down(cells[inside, column].tolist())]
    return replace(frame, grid=replace(frame.grid, texts=cells))


def _down(texts: Sequence[str]) -> Iterator[str]:
    last = ""
    for text in texts:
        last = text or last
        yield last


def _comes_again(frame: Frame, rows: Sequence[int], column: int) -> bool:
    return len({*frame.grid.texts[list(rows), column].tolist()}) < len(rows)


def _apart(frame: Frame, rows: Sequence[int], columns: Sequence[int]) -> float:
    """How many rows are named otherwise than all others, in parts of 1."""
    return (int(codes_of(frame, rows, columns).max()) + 1) / len(rows)
