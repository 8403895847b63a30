"""What differs between two scenarios: every edit once, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from valuemix.errors import shorten
from valuemix.model.settings import SETTINGS, Setting
from valuemix.model.sheets import SHEETS, Column, Sheet
from valuemix.typing import FloatArray

if TYPE_CHECKING:
    from valuemix.model.parts import Discipline
    from valuemix.model.scenario import Scenario

__all__ = ["Cell", "Difference", "diff"]

Cell = str | float | None
Key = TypeVar("Key")
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Parameters
    ----------
    what : str
        What it is, in words: ``"points"``, ``"score"``, ``"size"``, ``"segment added"``.
    before, after : str, float or None
        Its value in the first scenario and in the second; None where there is none.
    segment, proposition, discipline : str
        Where it stands, in names (the label of the discipline); blank where that says nothing.

    Examples
    --------
    >>> print(Difference("points", 34.0, 40.0, segment="Enterprise", discipline="Innovation"))
    Enterprise, Innovation: points 34 → 40
    >>> print(Difference("points", 34.0, 99.99999999999999), Difference("size", 1.0, 1.00000001), sep="; ")
    points 34 → 100; size 1 → 1.00000001
    >>> print(Difference("name", "Base case", "Purpose-led"))
    name 'Base case' → 'Purpose-led'
    """

    what: str
    before: Cell
    after: Cell
    segment: str = ""
    proposition: str = ""
    discipline: str = ""

    @property
    def path(self) -> tuple[str, ...]:
        """Names of the segment, proposition and discipline that it stands at."""
        return tuple(name for name in (self.segment, self.proposition, self.discipline) if name)

    def __str__(self) -> str:
        if self.before is None and self.after is None:
            change = self.what
        else:
            before, after = _shown(self.before, _DECIMALS), _shown(self.after, _DECIMALS)
            if before == after:  # they differ, so it has to show
                before, after = _shown(self.before), _shown(self.after)
            change = f"{self.what} {before} → {after}"
        return f"{', '.join(self.path)}: {change}" if self.path else change


def diff(before: Scenario, after: Scenario) -> tuple[Difference, ...]:
    """Everything that differs between two scenarios, cell by cell.

    Segments and propositions are matched by name, disciplines by id; what only one of the
    two scenarios has is told once, without its cells. One with another name is another one.

    Parameters
    ----------
    before, after : Scenario
        Any two.

    Returns
    -------
    tuple of Difference
        Empty where, and only where, the scenarios are equal; in the order of the file.

    Examples
    --------
    >>> from valuemix.model.scenario import Scenario
    >>> base = Scenario.from_arrays([[5, 5, 5, 5]], segments=["Families"], propositions=["Express"])
    >>> edited = base.with_scores("Express", innovation=7).with_settings(compensation="min")
    >>> for difference in diff(base, edited):
    ...     print(difference)
    Families, Express, Innovation: score 5 → 7
    compensation 1 → 'min'
    """
    return tuple(
        difference
        for find in (_traits, _sheets, _settings, _deck, _evidence)
        for difference in find(before, after)
    )


def _traits(a: Scenario, b: Scenario) -> Iterator[Difference]:
    """What stands on the sheet Settings and is no setting: name, note, source and scale."""
    yield from _rows(a, b, [row for row in SETTINGS.values() if row.place[0] != "settings"])


def _settings(a: Scenario, b: Scenario) -> Iterator[Difference]:
    yield from _rows(a, b, [row for row in SETTINGS.values() if row.place[0] == "settings"])


def _rows(a: Scenario, b: Scenario, rows: Iterable[Setting]) -> Iterator[Difference]:
    for row in rows:
        yield from _changed(row.word or row.name.replace("_", " "), row.of(a), row.of(b))


def _sheets(a: Scenario, b: Scenario) -> Iterator[Difference]:
    """What differs on the sheets, in the order of the file."""
    order = [*type(a).model_fields]
    for sheet in sorted(SHEETS.values(), key=lambda sheet: order.index(sheet.field)):
        if sheet.is_scores:
            yield from _table(a, b, sheet)
        elif sheet.part and all(column.of or column.key for column in _keys(sheet)):
            yield from _relations(a, b, sheet)
        elif sheet.part:
            yield from _things(a, b, sheet)
        elif sheet.each:
            yield from _by_segment(a, b, sheet)


def _keys(sheet: Sheet) -> list[Column]:
    """Columns that say what a row is of: its names, or its id."""
    return [column for column in sheet.columns if column.holds == "name" or column.key] or [sheet.columns[0]]


def _things(a: Scenario, b: Scenario, sheet: Sheet) -> Iterator[Difference]:
    """Things with names of their own: those that came or went, their order, and what is said of the others."""
    key = _keys(sheet)[0]
    one, other = ({getattr(p, key.field): p for p in getattr(s, sheet.field)} for s in (a, b))
    before, after = ({key: part.name for key, part in parts.items()} for parts in (one, other))
    for what, name in _listed(sheet.thing, before, after):
        place = _at(sheet, name)
        yield Difference(what if place else f"{what}: {name}", None, None, **place)
    yield from _order(f"{sheet.thing}s", before, after)
    for shared in _shared(before, after):
        for column in sorted(sheet.columns, key=lambda column: bool(column.each)):
            if column != key:
                name = before[shared]
                yield from _column(a, b, column, (one[shared], other[shared]), name, _at(sheet, name))


def _at(sheet: Sheet, name: str) -> dict[str, str]:
    """Where the differences of a thing stand; nowhere for one that paths do not name."""
    return {sheet.thing: name} if sheet.thing in ("segment", "proposition", "discipline") else {}


def _column(
    a: Scenario, b: Scenario, column: Column, parts: tuple[Any, Any], name: str, place: Mapping[str, str]
) -> Iterator[Difference]:
    """What differs in one column between two rows of one name."""
    what = (column.word or column.name).format(name)
    before, after = (column.cell(part) for part in parts)
    if column.each:
        yield from _each(a, b, what, (before, after), place)
    else:
        yield from _changed(what, before, after, **place)


def _relations(a: Scenario, b: Scenario, sheet: Sheet) -> Iterator[Difference]:
    """Rows between things that both scenarios have; those of others went or came with them."""
    keys = _keys(sheet)
    before, after = _by_names(a, b, keys, sheet), _by_names(b, a, keys, sheet)
    for ends in dict.fromkeys([*before, *after]):
        where, rest = _where(sheet, ends, dict(zip(b.discipline_ids, b.discipline_names, strict=True)))
        yield from _relation(a, b, sheet, where, rest, before.get(ends), after.get(ends))
    join = " to " if len({key.of for key in keys}) == 1 else ", "
    labels = (
        {ends: join.join(shorten(end) for end in ends if end) for ends in rows} for rows in (before, after)
    )
    yield from _order(f"{sheet.thing}s", *labels)


def _by_names(
    scenario: Scenario, other: Scenario, keys: Sequence[Column], sheet: Sheet
) -> dict[tuple[str, ...], Any]:
    """Rows by the names in them, as far as the other scenario has these names as well."""
    known = [
        {*_shared(_names(scenario, key), _names(other, key)), *key.blank} if key.of else None for key in keys
    ]
    rows = {tuple(getattr(part, key.field) for key in keys): part for part in getattr(scenario, sheet.field)}
    return {
        ends: part
        for ends, part in rows.items()
        if all(names is None or name in names for name, names in zip(ends, known, strict=True))
    }


def _relation(
    a: Scenario,
    b: Scenario,
    sheet: Sheet,
    where: Mapping[str, str],
    rest: Sequence[str],
    one: Any,
    other: Any,
) -> Iterator[Difference]:
    """What differs between two rows of the same names; either may be absent."""
    found = [*_of_row(a, b, sheet, where, ", ".join(rest), one, other)]
    yield from found
    if not found and (one is None) != (other is None):
        what = "added" if one is None else "removed"
        yield Difference(f"{sheet.thing} {what}: {', '.join(rest)}", None, None, **where)


def _of_row(
    a: Scenario, b: Scenario, sheet: Sheet, where: Mapping[str, str], named: str, *parts: Any
) -> Iterator[Difference]:
    """What differs cell by cell; nothing where a row that came or went is told as a whole."""
    keys = _keys(sheet)
    if None in parts and any(key.key for key in keys):
        return
    for column in sheet.columns:
        if column not in keys:
            values = [None if part is None else getattr(part, column.field) for part in parts]
            if column.each:
                yield from _each(a, b, column.word.format(named), values, where)
            else:
                yield from _changed(column.word.format(named), *values, **where)


def _each(
    a: Scenario, b: Scenario, what: str, values: Sequence[Mapping[str, Cell] | None], where: Mapping[str, str]
) -> Iterator[Difference]:
    """What differs in the cells of two rows, discipline by discipline; either row may be absent."""
    before, after = (row or {} for row in values)
    for left, right in _shared_disciplines(a, b):
        yield from _changed(what, before.get(left.id), after.get(right.id), **where, discipline=left.name)


def _where(
    sheet: Sheet, ends: Sequence[str], disciplines: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    """Segment, proposition and label of the discipline among the names in a row, and what is left of them."""
    where: dict[str, str] = {}
    rest = []
    for key, name in zip(_keys(sheet), ends, strict=True):
        thing = SHEETS[key.of].thing if key.of else ""
        if thing in ("segment", "proposition", "discipline") and thing not in where:
            where[thing] = disciplines.get(name, name) if thing == "discipline" else name
        elif name:
            rest.append(shorten(name) if key.key else name)
    return where, rest


def _names(scenario: Scenario, column: Column) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(
        scenario, "discipline_ids" if column.of == "disciplines" else f"{SHEETS[column.of].thing}_names"
    )
    return names


def _by_segment(a: Scenario, b: Scenario, sheet: Sheet) -> Iterator[Difference]:
    one, other = (getattr(scenario, sheet.field) or {} for scenario in (a, b))
    for segment in _shared(a.segment_names, b.segment_names):
        for left, right in _shared_disciplines(a, b):
            before, after = one.get(segment, {}).get(left.id), other.get(segment, {}).get(right.id)
            yield from _changed(sheet.columns[-1].word, before, after, segment=segment, discipline=left.name)


def _table(a: Scenario, b: Scenario, sheet: Sheet) -> Iterator[Difference]:
    one, other = a.table(sheet.field), b.table(sheet.field)
    cells = [*_cells(a, b, sheet)]
    yield from cells
    if not cells and (one is None) != (other is None):
        states = ("none" if table is None else "blank" for table in (one, other))
        yield Difference(f"table of {sheet.thing}s", *states)


def _cells(a: Scenario, b: Scenario, sheet: Sheet) -> Iterator[Difference]:
    """Cells at names that both scenarios have; a table that is absent is blank."""
    labels = dict(zip(a.discipline_ids, a.discipline_names, strict=True))
    axes = [
        _shared(a.segment_names, b.segment_names),
        _shared(a.proposition_names, b.proposition_names),
        _shared(a.columns(sheet.field), b.columns(sheet.field)),
    ]
    left, right = (_among(scenario, sheet.field, axes) for scenario in (a, b))
    for place in np.argwhere((left != right) & ~(np.isnan(left) & np.isnan(right))).tolist():
        segment, proposition, column = (names[i] for names, i in zip(axes, place, strict=True))
        before, after = (None if np.isnan(table[*place]) else float(table[*place]) for table in (left, right))
        yield Difference(sheet.thing, before, after, segment, proposition, labels.get(column, column))


def _among(scenario: Scenario, table: str, axes: Sequence[Sequence[str]]) -> FloatArray:
    """Cells of a table at these names, in their order."""
    own = scenario.segment_names, scenario.proposition_names, scenario.columns(table)
    places = [{name: place for place, name in enumerate(every)} for every in own]
    kept = [np.array([at[name] for name in names], dtype=int) for at, names in zip(places, axes, strict=True)]
    return np.asarray(scenario.given(table)[np.ix_(*kept)])


def _deck(a: Scenario, b: Scenario) -> Iterator[Difference]:
    """Slides by their number."""
    for number, (one, other) in enumerate(zip_longest(a.deck, b.deck), start=1):
        if one is None or other is None:
            yield from _changed(f"slide {number}", *(s.exhibit if s else None for s in (one, other)))
            continue
        yield from _changed(f"exhibit of slide {number}", one.exhibit, other.exhibit)
        for key in dict.fromkeys([*one.options, *other.options]):
            what = f"{key} of slide {number}"
            yield from _changed(what, one.options.get(key), other.options.get(key))
        for what in ("title", "source"):
            yield from _changed(f"{what} of slide {number}", getattr(one, what), getattr(other, what))


def _evidence(a: Scenario, b: Scenario) -> Iterator[Difference]:
    """What respondents said, as a whole: it is read, never edited."""
    if a.evidence == b.evidence:
        return
    before, after = (
        f"{found.source}, {found.respondents:,} respondents" if found else None
        for found in (a.evidence, b.evidence)
    )
    if before == after:
        yield Difference("evidence read anew", None, None)
    else:
        yield Difference("evidence", before, after)


def _changed(
    what: str, before: Cell, after: Cell, *, segment: str = "", proposition: str = "", discipline: str = ""
) -> Iterator[Difference]:
    if before != after:
        yield Difference(what, before, after, segment, proposition, discipline)


def _listed(thing: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What only one of the two has, by label."""
    yield from ((f"{thing} removed", before[key]) for key in before if key not in after)
    yield from ((f"{thing} added", after[key]) for key in after if key not in before)


def _order(things: str, before: Mapping[Key, str], after: Mapping[Key, str]) -> Iterator[Difference]:
    """Another order of what both have, told in labels."""
    left, right = _shared(before, after), _shared(after, before)
    if left != right:
        yield Difference(
            f"order of {things}", *(", ".join(before[key] for key in keys) for keys in (left, right))
        )


def _shared(names: Iterable[Key], others: Collection[Key]) -> list[Key]:
    return [name for name in names if name in others]


def _shared_disciplines(a: Scenario, b: Scenario) -> Iterator[tuple[Discipline, Discipline]]:
    others = {discipline.id: discipline for discipline in b.disciplines}
    yield from ((one, others[one.id]) for one in a.disciplines if one.id in others)


def _shown(value: Cell, decimals: int | None = None) -> str:
    if value is None or value == "":
        return "blank"
    if isinstance(value, str):
        return repr(shorten(value))
    if decimals is not None:
        value = round(value, decimals)
    return f"{value!r}".removesuffix(".0").replace("-", "−")
