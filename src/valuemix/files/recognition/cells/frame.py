"""Where a sheet keeps its names and its numbers: header, labels, groups, units, and the blocks that repeat."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from valuemix.files.recognition.cells.grid import Grid, Texts
from valuemix.files.recognition.cells.lines import Lines, column_lines, row_lines
from valuemix.files.recognition.cells.times import are_times
from valuemix.files.recognition.cells.words import Part, are_directions, is_bare, is_named, plain
from valuemix.typing import BoolArray, FloatArray

__all__ = ["Frame", "find_frames"]

_SEARCHED_ROWS = 40
_MOST_MARKS, _FEWEST = 6, 2
_CODE = re.compile(r"[A-Za-z]{1,4}[-_ ]?\d{3,}")
_CODED = re.compile(r"[^\W\d_]{0,3}[-_. ]?\d{1,5}")
_ASIDES: tuple[Part, ...] = ("unit", "direction")
_NO_NAMES: tuple[Part, ...] = ("note", "unit", "wave", "index")


@dataclass(frozen=True)
class Frame:
    """A block of cells with names at two sides.

    Parameters
    ----------
    grid : Grid
    rows, columns : Lines
    text_columns : tuple of int
        Columns of texts other than the names: keys of records, groups, notes.
    header : int
        Row of the names of columns.
    title : str
        What stands above the block.
    notes : tuple of str
        Other texts around it.
    remarks : tuple of str
        Rows of text above and below that name no group: titles and footers.
    is_turned : bool
        Whether rows and columns have changed places.
    """

    grid: Grid
    rows: Lines
    columns: Lines
    text_columns: tuple[int, ...]
    header: int
    title: str
    notes: tuple[str, ...] = ()
    is_turned: bool = False
    remarks: tuple[str, ...] = ()

    def turned(self) -> Frame:
        """The same with rows as columns; keys of records have no meaning then."""
        return Frame(
            self.grid.turned(),
            self.columns,
            self.rows,
            (),
            -1,
            self.title,
            self.notes,
            not self.is_turned,
            self.remarks,
        )


def find_frames(grid: Grid) -> list[Frame]:
    """Blocks of a sheet, one below the other; none where no names stand over numbers or words."""
    header = _header(grid)
    if header is None:
        return []
    grid = _spread_weights(grid, header)
    starts = _starts(grid, header)
    if len(starts) == 1:
        other = _other_table(grid)
        if other is None:
            return [_frame(grid, header)]
        return [
            *find_frames(grid.part(slice(0, other))),
            *find_frames(grid.part(slice(other, len(grid.rows)))),
        ]
    end = _end_of_last(grid, header, starts)
    parts = [grid.part(slice(*ends)) for ends in itertools.pairwise((*starts, end))]
    found = [(part, row) for part in parts if (row := _header(part)) is not None]
    titles = min(row for _, row in found[1:]) if len(found) > 1 else 0
    frames = [_frame(part, row, titles) for part, row in found]
    below = [header, *range(end + 1, len(grid.rows))]
    if len(below) > 1:
        frames.append(replace(_frame(grid.part(below), 0), title=" ".join(filter(None, grid.texts[end]))))
    return frames


def _header(grid: Grid) -> int | None:
    """Row whose texts stand over most columns of values."""
    values, words = grid.values, grid.words
    texts = grid.filled & np.isnan(grid.numbers) & ~grid.formulas
    below = np.cumsum(values[::-1], axis=0)[::-1]
    filled = np.cumsum(grid.filled[::-1], axis=0)[::-1]
    last = min(len(grid.rows) - 1, _SEARCHED_ROWS)
    over = texts[:last] & ~words[:last] & (below[1 : last + 1] > 0)
    over &= below[1 : last + 1] * 2 >= filled[1 : last + 1]
    counts = over.sum(axis=1)
    if not counts.size or not counts.max():
        return None
    best = int(counts.argmax())
    while best + 1 < last and counts[best + 1] == counts.max() and _is_lower_header(grid, best, best + 1):
        best += 1
    return best


def _spread_weights(grid: Grid, header: int) -> Grid:
    """The same, with a weight over each column where groups of columns have one between their names and the header."""
    row, heads = header - 1, np.flatnonzero(grid.filled[header])
    starts = np.flatnonzero(np.isfinite(grid.numbers[row])) if row > 0 else heads
    if (
        not _is_weight_row(grid, row)
        or len(starts) < _FEWEST
        or not grid.filled[[row - 1, header]][:, starts].all()
    ):
        return grid
    texts, numbers = grid.texts.copy(), grid.numbers.copy()
    for start, end in itertools.pairwise((*starts.tolist(), heads.max() + 1)):
        texts[row, start:end], numbers[row, start:end] = texts[row, start], numbers[row, start]
    return replace(grid, texts=texts, numbers=numbers)


def _is_weight_row(grid: Grid, row: int) -> bool:
    return row > 0 and any(is_named("weight", text) for text in grid.texts[row].tolist())


def _weighs_groups(grid: Grid, row: int) -> bool:
    """Whether a row has a weight for each column, and the row above it a name for some of them."""
    weighed, named = np.isfinite(grid.numbers[row]), grid.filled[row - 1]
    return _is_weight_row(grid, row) and (weighed & named).sum() >= _FEWEST and bool((weighed & ~named).any())


def _is_lower_header(grid: Grid, one: int, other: int) -> bool:
    """Whether a row below a header is one too: another, as far to the left, and none of units or directions."""
    if grid.filled[one].argmax() < grid.filled[other].argmax():
        return False
    first = next((text for text in grid.texts[other].tolist() if text), "")
    is_aside = is_named("unit", first) or is_named("direction", first)
    return not is_aside and bool((grid.texts[one] != grid.texts[other]).any())


def _other_table(grid: Grid) -> int | None:
    """Row of the title of another table below: alone after a blank one, and above names that stand over numbers."""
    counts, values = grid.filled.sum(axis=1), np.asarray(grid.values.any(axis=1))
    first = int(np.cumsum(values).searchsorted(2)) + 1
    bare = [
        row for row in range(first, len(counts) - 3) if counts[row] == 1 and not values[row : row + 2].any()
    ]
    above_names = (row for row in bare if counts[row + 1] > 2 and values[row + 2 : row + 4].all())
    others = sorted({*above_names, *_begun_again(grid, first - 1)})
    return next((row for row in others if counts[row - 1] == 0 or _skips(grid, row)), None)


def _begun_again(grid: Grid, first: int) -> Iterator[int]:
    """Rows with a text alone below which two names of the table come again, as in a list of limits of the criteria."""
    names = grid.texts[:, 0].tolist()
    pairs = [*itertools.pairwise(names)]
    for row in np.flatnonzero(grid.filled.sum(axis=1) == 1).tolist():
        is_wide = first < row < len(pairs) - 1 and grid.filled[row + 1].sum() > _FEWEST
        if is_wide and all(pairs[row + 1]) and pairs[row + 1] in pairs[:row]:
            yield row


def _skips(grid: Grid, row: int) -> bool:
    """Whether a blank row of the sheet stands before one, which the grid leaves out."""
    before, at = grid.rows[max(row - 1, 0)], grid.rows[row]
    return at.isdigit() and int(at) - int(before) > 1


def _starts(grid: Grid, header: int) -> list[int]:
    """First rows of the blocks that begin with the same header, with the titles above each."""
    named = np.flatnonzero(grid.filled[header])
    alike = np.flatnonzero(grid.texts[:, named[0]] == grid.texts[header, named[0]])
    same = alike[(grid.texts[np.ix_(alike, named)] == grid.texts[header, named]).astype(bool).all(axis=1)]
    values = np.asarray(grid.values.any(axis=1))
    starts = [0]
    for row in same.tolist():
        if row <= header:
            continue
        start = row
        while start - 1 > starts[-1] and not values[start - 1]:
            start -= 1
        starts.append(start)
    return starts


def _end_of_last(grid: Grid, header: int, starts: Sequence[int]) -> int:
    """Where the last of the blocks ends: with as many rows as the first has, where a title follows there."""
    again = int(np.flatnonzero((grid.texts == grid.texts[header]).all(axis=1))[-1])
    count = int(np.asarray(grid.values[header + 1 : starts[1]].any(axis=1)).sum())
    end = again + 1 + count
    if end + 1 >= len(grid.rows) or grid.filled[end].sum() != 1:
        return len(grid.rows)
    return end if grid.values[end + 1 :].any() else len(grid.rows)


def _frame(grid: Grid, header: int, own: int = 0) -> Frame:
    """Frame of a block with its names in a row; of the texts above it the last few may be its own title."""
    values = grid.values
    columns, texts = _columns(grid, header, values)
    label = _label(grid, header, texts)
    upper = _upper(grid, header, columns)
    asides = _asides(grid, header, columns, values, label)
    body = _body(grid, header, columns, values, asides)
    titles = [r for r in range(header) if r not in upper and r not in body]
    below = _rows_of_texts(grid, header, columns, values, asides)
    alone = [r for r in below if label is not None and grid.filled[r, label]]
    above, notes = _texts_of(grid, titles), _texts_of(grid, below)
    named = above[-own:] or above
    title = (*named, *above[: len(above) - len(named)])
    rows = row_lines(grid, body, header, label, texts, alone)
    groups = {*rows.groups.values()}
    return Frame(
        grid,
        rows=rows,
        columns=column_lines(grid, columns, header, upper, asides),
        text_columns=tuple(c for c in texts if c != label),
        header=header,
        title=" ".join(named),
        notes=(*title, *notes, *(t for row in upper for t in grid.texts[row].tolist() if t)),
        remarks=tuple(text for text in (*title, *notes) if text and text not in groups),
    )


def _columns(grid: Grid, header: int, values: BoolArray) -> tuple[list[int], list[int]]:
    """Columns that hold values in half of their cells or more, and those of texts."""
    below = slice(header + 1, None)
    counts, filled = values[below].sum(axis=0), grid.filled[below].sum(axis=0)
    often = np.flatnonzero((counts > 0) & (counts * 2 >= filled)).tolist()
    columns = [c for c in often if not _is_text_column(grid, header, c)]
    columns = sorted(
        {*columns, *(c for c in np.flatnonzero(filled > 0).tolist() if _are_marks(grid, header, c))}
    )
    return columns, [c for c in np.flatnonzero(filled > 0).tolist() if c not in columns]


def _some(grid: Grid, columns: Sequence[int], values: BoolArray) -> BoolArray:
    """Rows with anything where others have scores: what a text there means is asked, but not of a text or two alone."""
    few = grid.filled.sum(axis=1) <= np.array([1 + _skips(grid, row) for row in range(len(grid.rows))])
    alone = few & ~values.any(axis=1)
    return np.asarray((values | grid.filled)[:, columns].any(axis=1) & ~alone)


def _body(
    grid: Grid, header: int, columns: Sequence[int], values: BoolArray, asides: Mapping[int, str]
) -> list[int]:
    """Rows of scores; above the header those alone that are half full of values."""
    enough = np.asarray(values[:, columns].sum(axis=1) >= max(1, (len(columns) + 1) // 2))
    holds = np.where(np.arange(len(grid.rows)) > header, _some(grid, columns, values), enough)
    holds[header] = False
    return [r for r in np.flatnonzero(holds).tolist() if r not in asides]


def _rows_of_texts(
    grid: Grid,
    header: int,
    columns: Sequence[int],
    values: BoolArray,
    asides: Mapping[int, str],
) -> list[int]:
    """Rows below the header that hold texts alone: names of groups, and footnotes."""
    alone = grid.filled.any(axis=1) & ~_some(grid, columns, values)
    return [r for r in np.flatnonzero(alone).tolist() if r > header and r not in asides]


def _is_text_column(grid: Grid, header: int, column: int) -> bool:
    """Whether a column is one of names, such as offers that are called X and Y, or by the codes of products."""
    head = grid.texts[header, column]
    if _are_codes(head, grid.numbers[header + 1 :, column]):
        return True
    cells = grid.filled[header + 1 :, column]
    numbers = np.isfinite(grid.numbers[header + 1 :, column]) | grid.formulas[header + 1 :, column]
    if numbers[cells].all():
        return False
    coded = sum(_CODE.fullmatch(text) is not None for text in grid.texts[header + 1 :, column].tolist())
    if 2 * coded > cells.sum():
        return True
    parts: tuple[Part, ...] = ("option", "segment", "rater", "criterion", "respondent")
    return any(is_bare(part, head) for part in parts)


def _are_marks(grid: Grid, header: int, column: int) -> bool:
    """Whether a column of weights holds a few words that nobody knows: what they stand for is asked."""
    head, cells = grid.texts[header, column], [t for t in grid.texts[header + 1 :, column].tolist() if t]
    is_weight = (is_named("weight", head) or is_named("priority", head)) and not is_named("criterion", head)
    return is_weight and 1 < len({*cells}) <= min(_MOST_MARKS, len(cells) - 1)


def _are_codes(head: str, numbers: FloatArray) -> bool:
    """Whether numbers are codes of offers: whole ones under a head such as "Product code"."""
    there = numbers[np.isfinite(numbers)]
    words = plain(head)
    is_code = (is_named("option", head) and re.search(r"\b(code|number|no|nr|nummer|id)\b", words)) or (
        re.fullmatch(r"sku|(product|item|article) ?(code|no|id)|(artikel|produkt)(nr|nummer)", words)
    )
    return bool(is_code and there.size and (there == np.round(there)).all())


def _label(grid: Grid, header: int, texts: Sequence[int]) -> int | None:
    """Column that names the rows: of those with most different texts the first."""
    best, most = None, 0.0
    for column in texts:
        cells = [text for text in grid.texts[header + 1 :, column].tolist() if text]
        head = grid.texts[header, column]
        numbered = is_named("index", head)  # such as "Offer no."
        alone = len({*cells}) == len(cells)  # A supplier of several offers names none of them.
        named = alone and not numbered and (is_named("option", head) or is_named("criterion", head))
        noted = any(is_named(part, head) for part in _NO_NAMES)
        count = len({*cells}) * (0.05 if are_times(cells) else 1 + named - 0.9 * noted)
        # Of a code and a name, each another in every row, the name is said; above them may stand the weights.
        coded = sum(1 for text in cells if _CODED.fullmatch(text))
        count -= 1.01 * (coded >= max(len(cells) - 1, _FEWEST))
        if count > most:
            best, most = column, count
    return best


def _upper(grid: Grid, header: int, columns: Sequence[int]) -> list[int]:
    """Rows right above the header that name groups of columns."""
    rows = []
    for row in range(header - 1, -1, -1):
        over = grid.texts[row, columns]
        if row == header - 1 and _weighs_groups(grid, row):
            continue
        if not _may_name_groups(grid, row, over):
            break
        if not _says_units_or_directions(grid, row, over):
            rows.append(row)
    return rows


def _may_name_groups(grid: Grid, row: int, over: Texts) -> bool:
    """Whether a row without numbers has names over columns: no title alone, and nothing such as "Taster: Ann"."""
    cells, groups = grid.filled[row], (over != "").sum()
    if np.isfinite(grid.numbers[row]).any() or not groups:
        return False
    is_title = cells.sum() == 1 and (cells[0] or (groups == 1 and over[0] != ""))
    return not is_title and not str(grid.texts[row][cells][0]).endswith(":")


def _says_units_or_directions(grid: Grid, row: int, over: Texts) -> bool:
    """Whether a row above the header says in what columns are measured, or which direction is better."""
    return _called_aside(grid, row) != "" or are_directions([*filter(None, over.tolist())])


def _called_aside(grid: Grid, row: int) -> str:
    """What a cell of a row is called, of unit and direction; blank where it is neither."""
    texts = grid.texts[row].tolist()
    return next((part for part in _ASIDES for text in texts if is_named(part, text)), "")


def _asides(
    grid: Grid, header: int, columns: Sequence[int], values: BoolArray, label: int | None
) -> dict[int, str]:
    """Rows around the header that say something of columns: their unit, or which direction is better."""
    above = range(max(header - 3, 0), header)
    rows = [r for r in above if _says_units_or_directions(grid, r, grid.texts[r, columns])]
    rows += range(header + 1, min(header + 4, len(grid.rows)))
    said = {row: _said_of_columns(grid, row, columns, values, label) for row in rows}
    return {row: part for row, part in said.items() if part}


def _said_of_columns(
    grid: Grid, row: int, columns: Sequence[int], values: BoolArray, label: int | None
) -> str:
    """What a row says of the columns: "unit", "direction", or a blank."""
    cells = [*filter(None, grid.texts[row, columns].tolist())]
    if are_directions(cells):
        return "direction"
    scores = values[row, columns] & ~grid.words[row, columns]
    # "no." is a unit among others, and a word where all are words.
    if not cells or scores.any() or grid.words[row, columns].sum() * _FEWEST > len(cells):
        return ""
    is_nameless = label is None or not grid.texts[row, label]
    return _called_aside(grid, row) or ("unit" if is_nameless and max(map(len, cells)) <= 12 else "")


def _texts_of(grid: Grid, rows: Sequence[int]) -> tuple[str, ...]:
    return tuple(" ".join(t for t in grid.texts[row].tolist() if t) for row in rows)
