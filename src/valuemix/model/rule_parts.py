"""What the rules share: how a problem is told, and the rules on names, lists and amounts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

from valuemix.errors import Place, Problem, closest, shorten, unknown_message
from valuemix.model.names import MAX_NAME, MAX_TEXT, clashes, forbidden_character, name_key
from valuemix.model.parts import MAX_POINTS

__all__ = [
    "Path",
    "amount_problems",
    "clash_problems",
    "list_problems",
    "name_problems",
    "number",
    "points_problems",
    "problem",
    "spelling_mend",
    "text_problems",
    "too_many",
    "twice_problems",
    "unknown_name",
    "unknown_names",
]

Path = tuple[str | int, ...]


def problem(code: str, path: Path, message: str, mend: str = "") -> Problem:
    """Problem at a path inside the scenario."""
    return Problem(code, message, mend, Place(path=path))


def number(value: float) -> str:
    """Number as messages write it: no needless decimals, a true minus sign."""
    plain = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.12g}"
    return plain.replace("-", "−")


def text_problems(texts: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    """Texts that are too long or hold what cannot be shown."""
    for path, text in texts:
        if len(text) > MAX_TEXT:
            yield problem(
                "LENGTH", path, f"text has {len(text):,} characters, at most {MAX_TEXT}", "Shorten it"
            )
        found = forbidden_character(text, line_breaks=True)
        if found:
            yield problem("CHARACTER", path, f"text holds {found}", "Delete it")


def name_problems(thing: str, name: str, path: Path) -> Iterator[Problem]:
    """A name is there, not too long, and can be shown."""
    if not name:
        yield problem("MISSING", path, f"{thing} name is blank", "Give it a name")
    elif len(name) > MAX_NAME:
        yield problem(
            "LENGTH",
            path,
            f"{thing} name {shorten(name)!r} has {len(name):,} characters, at most {MAX_NAME}",
            "Shorten it",
        )
    found = forbidden_character(name)
    if found:
        yield problem("CHARACTER", path, f"{thing} name {shorten(name)!r} holds {found}", "Delete it")


def list_problems(thing: str, names: Sequence[str], field: str) -> Iterator[Problem]:
    """There is at least one, and all have names of their own."""
    if not names:
        yield problem("EMPTY", (field,), f"there is no {thing}", f"Add at least one {thing}")
    for i, name in enumerate(names):
        yield from name_problems(thing, name, (field, i, "name"))
    yield from clash_problems(thing, names, field, "name")


def clash_problems(thing: str, names: Sequence[str], field: str, part: str) -> Iterator[Problem]:
    """No two names are the same but for capitals."""
    for first, later in clashes(names):
        if not names[first]:
            continue
        if names[first] == names[later]:
            code, message = "DUPLICATE", f"{thing} {shorten(names[first])!r} stands twice"
        else:
            code = "NAME_CLASH"
            message = (
                f"{thing} {shorten(names[later])!r} and {shorten(names[first])!r} differ by capitals only"
            )
        yield problem(code, (field, later, part), message, "Write it one way, or give one another name")


def amount_problems(thing: str, owner: str, value: float, path: Path, most: float) -> Iterator[Problem]:
    """An amount is 0 or more, and no number too large to compute with."""
    if not 0 <= value <= most:
        yield problem(
            "RANGE",
            path,
            f"{thing} of {shorten(owner)!r} must be 0 or more and at most {most:.0e}".replace("e+", "e")
            + f", got {number(value)}",
            "Write 0 or a positive number",
        )


def points_problems(
    segment: str, points: Mapping[str, float], known: Sequence[str], path: Path
) -> Iterator[Problem]:
    """Points stand on every discipline, and on one at least above 0."""
    for name in points:
        if name not in known:
            yield problem("UNKNOWN", (*path, name), unknown_message("discipline", name, known))
    for name in known:
        if name not in points:
            yield problem(
                "SCHEMA",
                (*path, name),
                f"points of {shorten(segment)!r} on {name} are missing",
                "Write 0 where a discipline does not matter",
            )
    for name, value in points.items():
        yield from amount_problems(f"points on {shorten(name)}", segment, value, (*path, name), MAX_POINTS)
    if points and all(value == 0 for value in points.values()):
        yield problem(
            "WEIGHTS_ZERO",
            path,
            f"the points of {shorten(segment)!r} add up to 0",
            "Give at least one discipline a point",
        )


def spelling_mend(name: str, known: Sequence[str]) -> str:
    """Way out for an unknown name: the near miss, if there is one."""
    near = closest(name, known)
    return (
        f"Spell it {near!r}" if near and name_key(near) != name_key(name) else "Add it, or correct the name"
    )


def too_many(things: str, count: int, most: int, path: Path) -> Problem:
    """Problem that is told alone: what stands in so many things is not looked at."""
    return problem("RANGE", path, f"there are at most {most:,} {things}, got {count:,}", "Keep fewer")


def unknown_names(scenario: object, row: object, fields: Iterable[str], path: Path) -> Iterator[Problem]:
    """Names in a row that the scenario does not have."""
    for field in fields:
        known, name = getattr(scenario, f"{field}_names"), str(getattr(row, field))
        if name not in known:
            yield unknown_name(field, name, known, (*path, field))


def unknown_name(kind: str, name: str, known: Sequence[str], path: Path) -> Problem:
    """Problem of a name that nothing has."""
    return problem("UNKNOWN", path, unknown_message(kind, name, known), spelling_mend(name, known))


def twice_problems(keys: Sequence[tuple[str, ...]], column: tuple[str, str], what: str) -> Iterator[Problem]:
    """Rows of the same names; the problem stands at a column of a field."""
    first: dict[Hashable, int] = {}
    for i, key in enumerate(keys):
        if first.setdefault(key, i) != i:
            message = f"{what} of {', '.join(shorten(part) for part in key if part)} stands twice"
            yield problem("DUPLICATE", (column[0], i, column[1]), message, "Delete one of them")
