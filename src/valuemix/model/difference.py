"""What differs between two scenarios: every edit once, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, TypeVar

from valuemix.errors import shorten
from valuemix.model.parts import BURDENS, TABLES_BY_PROPOSITION
from valuemix.model.table_rules import table_word

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
        for find in (
            *(_texts, _scale, _disciplines, _segments, _later, _propositions, _tables),
            *(_delivery, _links, _settings, _deck),
        )
        for difference in find(before, after)
    )


def _texts(a: Scenario, b: Scenario) -> Iterator[Difference]:
    for what in ("name", "note", "source"):
        yield from _changed(what, getattr(a, what), getattr(b, what))


def _scale(a: Scenario, b: Scenario) -> Iterator[Difference]:
    yield from _changed("lowest score of the scale", a.scale.lowest, b.scale.lowest)
    yield from _changed("highest score of the scale", a.scale.highest, b.scale.highest)


def _disciplines(a: Scenario, b: Scenario) -> Iterator[Difference]:
    before, after = ({d.id: d.name for d in scenario.disciplines} for scenario in (a, b))
    yield from (
        Difference(what, None, None, discipline=name) for what, name in _listed("discipline", before, after)
    )
    yield from _order("disciplines", before, after)
    for one, other in _shared_disciplines(a, b):
        for what, field in (
            ("label", "name"),
            ("lowest score means", "lowest"),
            ("highest score means", "highest"),
        ):
            yield from _changed(what, getattr(one, field), getattr(other, field), discipline=one.name)


def _segments(a: Scenario, b: Scenario) -> Iterator[Difference]:
    before, after = ({name: name for name in scenario.segment_names} for scenario in (a, b))
    yield from (
        Difference(what, None, None, segment=name) for what, name in _listed("segment", before, after)
    )
    yield from _order("segments", before, after)
    others = {segment.name: segment for segment in b.segments}
    for one in a.segments:
        other = others.get(one.name)
        if other is None:
            continue
        yield from _changed("kind", one.kind, other.kind, segment=one.name)
        yield from _changed("size", one.size, other.size, segment=one.name)
        yield from _changed("weight of burden", one.burden, other.burden, segment=one.name)
        for left, right in _shared_disciplines(a, b):
            yield from _changed(
                "points", one.points[left.id], other.points[right.id], segment=one.name, discipline=left.name
            )


def _later(a: Scenario, b: Scenario) -> Iterator[Difference]:
    if a.later == b.later:
        return
    one, other = a.later or {}, b.later or {}
    for segment in _shared(a.segment_names, b.segment_names):
        for left, right in _shared_disciplines(a, b):
            before, after = one.get(segment, {}).get(left.id), other.get(segment, {}).get(right.id)
            yield from _changed("later points", before, after, segment=segment, discipline=left.name)


def _propositions(a: Scenario, b: Scenario) -> Iterator[Difference]:
    before, after = ({name: name for name in scenario.proposition_names} for scenario in (a, b))
    yield from (
        Difference(what, None, None, proposition=name) for what, name in _listed("proposition", before, after)
    )
    yield from _order("propositions", before, after)
    others = {proposition.name: proposition for proposition in b.propositions}
    for one in a.propositions:
        if one.name in others:
            described = others[one.name].description
            yield from _changed("description", one.description, described, proposition=one.name)


def _tables(a: Scenario, b: Scenario) -> Iterator[Difference]:
    for table in TABLES_BY_PROPOSITION:
        one, other = a.table(table), b.table(table)
        if one is None and other is None:
            continue
        cells = list(_cells(a, b, table))
        yield from cells
        if not cells and (one is None) != (other is None):
            yield Difference(
                f"table of {table_word(table)}s", *("none" if t is None else "blank" for t in (one, other))
            )


def _cells(a: Scenario, b: Scenario, table: str) -> Iterator[Difference]:
    """Cells at names that both scenarios have; a table that is absent is blank."""
    one: Mapping[str, Any] = a.table(table) or {}
    other: Mapping[str, Any] = b.table(table) or {}
    shared = [(left.id, left.name) for left, _ in _shared_disciplines(a, b)]
    columns = [(name, name) for name in BURDENS] if table == "burdens" else shared
    for segment in _shared(a.segment_names, b.segment_names):
        for proposition in _shared(a.proposition_names, b.proposition_names):
            left, right = _row(one, segment, proposition), _row(other, segment, proposition)
            for key, label in columns:
                yield from _changed(
                    table_word(table),
                    left.get(key),
                    right.get(key),
                    segment=segment,
                    proposition=proposition,
                    discipline=label,
                )


def _delivery(a: Scenario, b: Scenario) -> Iterator[Difference]:
    before, after = ({f.name: f for f in scenario.delivery} for scenario in (a, b))
    left, right = ({name: name for name in functions} for functions in (before, after))
    for what, name in _listed("function", left, right):
        yield Difference(f"{what}: {name}", None, None)
    yield from _order("functions", left, right)
    for name in _shared(before, after):
        what = f"share that survives {name}"
        for one, other in _shared_disciplines(a, b):
            shares = before[name].survives.get(one.id), after[name].survives.get(other.id)
            yield from _changed(what, *shares, discipline=one.name)


def _links(a: Scenario, b: Scenario) -> Iterator[Difference]:
    """Links between segments that both scenarios have; those of others went or came with them."""
    shared = set(_shared(a.segment_names, b.segment_names))
    before, after = (
        {
            (link.from_segment, link.to_segment): link.strength
            for link in scenario.links
            if {link.from_segment, link.to_segment} <= shared
        }
        for scenario in (a, b)
    )
    for ends in dict.fromkeys([*before, *after]):
        yield from _changed(f"link to {ends[1]}", before.get(ends), after.get(ends), segment=ends[0])
    yield from _order(
        "links", *({ends: " to ".join(ends) for ends in strengths} for strengths in (before, after))
    )


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


def _settings(a: Scenario, b: Scenario) -> Iterator[Difference]:
    before, after = a.settings.by_name, b.settings.by_name
    for what, value in before.items():
        yield from _changed(what.replace("_", " "), value, after[what])


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


def _row(table: Mapping[str, Any], segment: str, proposition: str) -> Mapping[str, float | None]:
    row: Mapping[str, float | None] = table.get(segment, {}).get(proposition, {})
    return row


def _shown(value: Cell, decimals: int | None = None) -> str:
    if value is None or value == "":
        return "blank"
    if isinstance(value, str):
        return repr(shorten(value))
    if decimals is not None:
        value = round(value, decimals)
    return f"{value!r}".removesuffix(".0").replace("-", "−")
