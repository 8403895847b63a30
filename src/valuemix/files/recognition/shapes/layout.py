"""Readings of a matrix that are possible, each with its totals checked."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from valuemix.files.recognition.cells.frame import Frame
from valuemix.files.recognition.cells.lines import Lines
from valuemix.files.recognition.cells.words import Part, is_named, plain
from valuemix.files.recognition.reading import Reading, Role
from valuemix.files.recognition.shapes.checks import check, checks_of, have_totals
from valuemix.files.recognition.shapes.evidence import Layout, evidence_of
from valuemix.files.recognition.shapes.group_sums import without_group_sums
from valuemix.files.recognition.shapes.summaries import without_sum_of_weights, without_summaries
from valuemix.files.recognition.shapes.unneeded import without_unneeded
from valuemix.files.recognition.shapes.weighted_scores import without_weighted_scores
from valuemix.typing import BoolArray, FloatArray

__all__ = ["layouts", "named_roles"]

_BESIDE: tuple[tuple[Part, Role], ...] = (
    ("weight", "weight"), ("rank", "rank"), ("subtotal", "total"), ("total", "total"), ("index", "index"),
    ("unit", "unit"), ("direction", "direction"), ("note", "note"),
)  # fmt: skip
"""What a line beside the options or the criteria may be by its name."""
_ENDS: tuple[Part, ...] = ("worst", "best", "extreme")
_TRIED = 3
_STRONG, _STRENGTHS = 9.0, (9.0, 5.0, 3.0, 1.0, 0.0)
_PLANNED = re.compile(
    r"(our )?(target|goal)( values?)?|(obiettivo|objetivo|objectif|ziel|zielwert|doel|mal)( .*)?|"
    r"improvement (ratio|factor|rate)|sales? points?|gap|"
    r"(raw|absolute|relative|overall|normali[sz]ed) (weight|importance).*|planned( level| rating)?"
)
_PAIR = 2
_NEEDS = 4
_TECHNICAL: Role = "technical"


def layouts(frame: Frame, values: FloatArray, given: Reading) -> list[Layout]:
    """All readings worth a look, the likeliest first.

    Parameters
    ----------
    frame : Frame
        As it stands in the sheet.
    values : array, shape (R, C)
        Its numbers, words among them.
    given : Reading
        What the owner said, which is followed.
    """
    found: list[Layout] = []
    for side, numbers in ((frame, values), (frame.turned(), values.T)):
        columns_are = "options" if side.is_turned else "criteria"
        if given.columns_are in (None, columns_are):
            found += _on_one_side(side, numbers, given)
    return sorted(found, key=lambda layout: -layout.evidence)


def _on_one_side(frame: Frame, values: FloatArray, given: Reading) -> Iterator[Layout]:
    columns = named_roles(frame.columns, given)
    rows = _without_totalled_notes(named_roles(frame.rows, given), columns, values, given)
    named = [r for r, role in rows.items() if role == "weight"]
    rows |= dict.fromkeys(named[1:], "left out")
    columns = _without_weighed_weights(columns, values, named, given)
    yield _completed(_layout(frame, values, rows, columns, named[0] if named else None), given)
    if not named and not frame.columns.weights and "weight" not in given.roles.values():
        for row in (*_first_and_last([r for r in frame.rows.places if r not in rows]), *rows):
            layout = _layout(frame, values, {**rows, row: "weight"}, columns, row)
            if rows.get(row, "total") == "total" and _may_weigh(layout):
                yield from _borne_out(_completed(layout, given), layout, is_called_total=row in rows)


def _without_weighed_weights(
    columns: Mapping[int, Role], values: FloatArray, weights: Sequence[int], given: Reading
) -> dict[int, Role]:
    """Without weights that weigh something themselves: how heavy a helmet is may be a criterion."""
    if given.roles or len(weights) != 1:
        return dict(columns)
    weighed = np.isfinite(values[weights[0]])
    return {c: role for c, role in columns.items() if role != "weight" or not weighed[c]}


def _without_totalled_notes(
    rows: Mapping[int, Role], columns: Mapping[int, Role], values: FloatArray, given: Reading
) -> dict[int, Role]:
    """Without notes and ids that have numbers and a total beside them: "Meeting notes" or "Voice ID" may be offers."""
    totals = [c for c, role in columns.items() if role == "total"]
    if given.roles or not totals:
        return dict(rows)
    scored = [c for c in range(values.shape[1]) if c not in columns]
    there = np.isfinite(values[:, totals]).all(axis=1) & (np.isfinite(values[:, scored]).sum(axis=1) >= _PAIR)
    return {r: role for r, role in rows.items() if role not in ("note", "index") or not there[r]}


def _first_and_last(rows: Sequence[int]) -> list[int]:
    """Rows where weights stand if they stand anywhere; none where two rows are left to choose from."""
    return [*dict.fromkeys((*rows[:_TRIED], *rows[-1:]))] if len(rows) > 2 else []


def named_roles(lines: Lines, given: Reading) -> dict[int, Role]:
    """Roles of the lines that are named as something else than an option or a criterion."""
    found: dict[int, Role] = {}
    for line in lines.places:
        name = lines.names[line]
        said = given.roles.get(name)
        if said in ("option", "criterion", "score"):
            continue
        role = said or _beside_by_name(name)
        if role is not None:
            found[line] = role
    return found | _ends(lines, given)


@lru_cache(20_000)
def _beside_by_name(name: str) -> Role | None:
    return next((role for part, role in _BESIDE if is_named(part, name)), None)


@lru_cache(20_000)
def _ends_by_name(name: str) -> tuple[Part, ...]:
    return tuple(part for part in _ENDS if is_named(part, name))


def _ends(lines: Lines, given: Reading) -> dict[int, Role]:
    """Lines of the worst and the best value of each criterion, or of the least and the greatest: always two."""
    names = {line: lines.names[line] for line in lines.places if lines.names[line] not in given.roles}
    ends = [(line, parts) for line, name in names.items() if (parts := _ends_by_name(name))]
    worst, best, extreme = ([line for line, parts in ends if part in parts] for part in _ENDS)
    found: dict[int, Role] = dict.fromkeys(extreme, "left out") if len(extreme) == _PAIR else {}
    if len(worst) == len(best) == 1 and len(names) > 2 * _PAIR:
        found |= {worst[0]: "worst", best[0]: "best"}
    return found


def _layout(
    frame: Frame,
    values: FloatArray,
    rows: Mapping[int, Role],
    columns: Mapping[int, Role],
    weight: int | None,
) -> Layout:
    options = tuple(r for r in frame.rows.places if r not in rows)
    criteria = tuple(c for c in frame.columns.places if c not in columns)
    return Layout(frame, values, options, criteria, weight, dict(rows), dict(columns))


def _may_weigh(layout: Layout) -> bool:
    """Whether a row that is not called so may be one of weights: none below 0, not all alike, no column called so."""
    weights = layout.weights
    if weights is None or not layout.criteria or "weight" in layout.column_roles.values():
        return False
    there = weights[np.isfinite(weights)]
    if there.size < _PAIR or (there < 0).any() or not np.ptp(there) > 0:
        return False
    # A line with a total of its own that is not the sum of it is an option.
    totals = layout.values[layout.weight, [c for c, role in layout.column_roles.items() if role == "total"]]
    sums = np.array([there.sum(), 1.0, 100.0])
    return all(np.isclose(sums, total).any() for total in totals[np.isfinite(totals)].tolist())


def _borne_out(completed: Layout, layout: Layout, *, is_called_total: bool) -> Iterator[Layout]:
    """The layout where weights stand over all columns, or totals come out by them; both for one called a total."""
    weights, proof = layout.weights, completed.proof
    is_proved = proof is not None and "weighted" in proof.formula and proof.matches == proof.count
    if weights is None:
        return
    with np.errstate(over="ignore", invalid="ignore"):
        is_whole = bool(np.isclose([1.0, 100.0], weights.sum(), rtol=1e-6).any())
    is_full = bool(np.isfinite(weights).all())
    if (is_proved and is_whole) if is_called_total else (is_proved or is_full):
        yield completed


def _completed(layout: Layout, given: Reading) -> Layout:
    layout = _without_technical(without_weighted_scores(without_group_sums(layout, given)))
    layout = _with_technical(layout, given)
    layout = without_sum_of_weights(without_summaries(layout, given), given)
    layout = _without_unweighted(layout, given)
    layout = _without_inner_sum(layout, given)
    layout = _without_counts(layout, given)
    layout = replace(layout, with_technical=not have_totals(layout))
    layout = _with_turned(replace(layout, checks=tuple(checks_of(layout, given))))
    layout = without_unneeded(_without_other_factors(_without_hidden_totals(layout)), given)
    return replace(layout, evidence=evidence_of(layout, given))


def _without_other_factors(layout: Layout) -> Layout:
    """Without columns that have no part in a product that comes out, such as the place in the order of work."""
    proof = layout.proof
    if proof is None or proof.factors is None:
        return layout
    others: dict[int, Role] = dict.fromkeys((c for c in layout.criteria if c not in proof.criteria), "note")
    kept = tuple(c for c in layout.criteria if c in proof.criteria)
    return replace(layout, criteria=kept, column_roles={**layout.column_roles, **others})


def _with_turned(layout: Layout) -> Layout:
    """With the directions of criteria that the totals count the other way round."""
    turned = dict.fromkeys((c for _, found in layout.checks for c in found.turned), "less")
    return layout.with_directions(turned) if turned else layout


def _without_technical(layout: Layout) -> Layout:
    """Of a house of quality those that compete are the options; technical columns have no part."""
    groups = layout.frame.rows.groups
    compared = [r for r in layout.options if is_named("evaluation", groups.get(r, ""))]
    compared = compared or _judged_in_full(layout)
    others = [r for r in layout.options if r not in compared and groups.get(r)]
    if len(compared) < 2 or not others:
        return _without_strengths(layout) if not groups else layout
    planned = [r for r in compared if _PLANNED.fullmatch(plain(layout.frame.rows.names[r]))]
    roles: dict[int, Role] = {**dict.fromkeys(others, _TECHNICAL), **dict.fromkeys(planned, "note")}
    options = tuple(r for r in compared if r not in planned)
    return _without_unjudged(replace(layout, options=options, row_roles={**layout.row_roles, **roles}))


def _with_technical(layout: Layout, given: Reading) -> Layout:
    """With all technical columns as the options in place of those that compete, where the owner calls one so."""
    technical = [r for r, role in layout.row_roles.items() if role == _TECHNICAL]
    if not any(given.roles.get(layout.frame.rows.names[r]) == "option" for r in technical):
        return layout
    others = {r: role for r, role in layout.row_roles.items() if r not in technical}
    roles: dict[int, Role] = {**others, **dict.fromkeys(layout.options, _TECHNICAL)}
    return replace(layout, options=tuple(technical), row_roles=roles)


def _without_unjudged(layout: Layout) -> Layout:
    """Without columns in which no option has a mark: technical sums are of the others alone."""
    judged = np.asarray(np.isfinite(layout.values[list(layout.options)]).any(axis=0))
    unjudged: dict[int, Role] = dict.fromkeys((c for c in layout.criteria if not judged[c]), "note")
    return replace(
        layout,
        criteria=tuple(c for c in layout.criteria if judged[c]),
        column_roles={**layout.column_roles, **unjudged},
    )


def _without_strengths(layout: Layout) -> Layout:
    """Without technical columns that no group names: strengths such as 9, 3, 1 beside marks of two or more offers."""
    criteria = list(layout.criteria)
    are_strong = _hold_strengths(layout.values[np.ix_(layout.options, criteria)])
    technical = [*itertools.compress(layout.options, are_strong.tolist())]
    if len(technical) < _PAIR:
        return layout
    planned = [r for r in layout.options if _PLANNED.fullmatch(plain(layout.frame.rows.names[r]))]
    left = [r for r in layout.options if r not in (*technical, *planned)]
    # Without a target, many needs tell a house of quality, and characteristics that some have nothing to do with.
    unmet = bool((~(layout.values[np.ix_(technical, criteria)] > 0)).any())
    is_house = bool(planned) or (unmet and len(criteria) >= _NEEDS)
    if not is_house or len(left) < _PAIR:
        return layout
    if not _are_marks(layout.values[np.ix_(left, criteria)]):
        return layout
    roles: dict[int, Role] = {**dict.fromkeys(technical, _TECHNICAL), **dict.fromkeys(planned, "note")}
    return replace(layout, options=tuple(left), row_roles={**layout.row_roles, **roles})


def _are_marks(values: FloatArray) -> bool:
    """Whether numbers are marks, and no strengths: all are there, some are even, and none is 9."""
    are_even = values == 2 * np.floor(values / 2)
    return bool(np.isfinite(values).all() and are_even.any() and not (values == _STRONG).any())


def _judged_in_full(layout: Layout) -> list[int]:
    """Options of the one of two groups in which nothing is missing, where the other has strengths such as 9, 3, 1."""
    groups: dict[str, list[int]] = {}
    for row in layout.options:
        groups.setdefault(layout.frame.rows.groups.get(row, ""), []).append(row)
    if len(groups) != _PAIR:
        return []
    weights = layout.weights
    weighed = [
        c for i, c in enumerate(layout.criteria) if weights is None or np.isfinite(weights[i])
    ]  # Below them stand sums and targets of one of the groups.
    cells = {group: layout.values[np.ix_(rows, weighed)] for group, rows in groups.items()}
    full = [group for group, values in cells.items() if np.isfinite(values).all()]
    loose = [group for group, values in cells.items() if _are_strengths(values)]
    return groups[full[0]] if len(full) == len(loose) == 1 else []


def _are_strengths(values: FloatArray) -> bool:
    """Whether numbers tell how strongly needs and characteristics go together: few, and 9, 3, 1 or nothing."""
    return not np.isfinite(values).all() and bool(_hold_strengths(values.reshape(1, -1)).all())


def _hold_strengths(cells: FloatArray) -> BoolArray:
    """Which rows hold 9, 5, 3, 1 and 0 alone, among them 9, shape (n,)."""
    known = np.isin(cells, _STRENGTHS) | ~np.isfinite(cells)
    return np.asarray(known.all(axis=1) & (cells == _STRONG).any(axis=1))


def _without_unweighted(layout: Layout, given: Reading) -> Layout:
    """Where some criteria have a weight, a column without one is none."""
    weights = layout.weights
    if weights is None or np.isfinite(weights).sum() < _PAIR or np.isfinite(weights).all():
        return layout
    without = [
        c
        for c, weight in zip(layout.criteria, weights, strict=True)
        if np.isnan(weight) and given.roles.get(layout.frame.columns.names[c]) != "criterion"
    ]
    return replace(
        layout,
        criteria=tuple(c for c in layout.criteria if c not in without),
        column_roles={**layout.column_roles, **dict.fromkeys(without, "left out")},
        unweighted=tuple(without),
    )


def _without_inner_sum(layout: Layout, given: Reading) -> Layout:
    """Without a column that adds up those before it, where a total follows: cost of delay in WSJF."""
    if layout.weight is not None or "total" not in layout.column_roles.values() or given.roles:
        return layout
    rows = list(layout.options)
    for at, column in enumerate(layout.criteria[2:-1], 2):
        parts = layout.values[np.ix_(rows, list(layout.criteria[:at]))]
        sums = layout.values[rows, column]
        if len(rows) >= _TRIED and np.ptp(sums) > 0 and np.allclose(parts.sum(axis=1), sums, atol=1e-9):
            roles: dict[int, Role] = {**layout.column_roles, column: "total"}
            return replace(
                layout,
                criteria=tuple(c for c in layout.criteria if c != column),
                column_roles=roles,
                inner=column,
            )
    return layout


def _without_counts(layout: Layout, given: Reading) -> Layout:
    """Without numbers among signs that count them in every row, whatever they are called."""
    rows, names = list(layout.options), layout.frame.columns.names
    signed = _signed(layout, rows)
    if min(len(signed), len(rows)) < _PAIR:
        return layout
    bare = [c for c in layout.criteria if c not in signed and given.roles.get(names[c]) != "criterion"]
    checks = {c: check(layout, signed, c) for c in bare}
    counts = [c for c, found in checks.items() if found and found.matches == len(rows)]
    roles: dict[int, Role] = {**layout.column_roles, **dict.fromkeys(counts, "total")}
    return replace(layout, criteria=tuple(c for c in layout.criteria if c not in counts), column_roles=roles)


def _signed(layout: Layout, rows: Sequence[int]) -> tuple[int, ...]:
    """Criteria that are judged by signs, where some are below 0."""
    cells, words = layout.values[rows], layout.frame.grid.words[rows]
    either = np.asarray(words.any(axis=0) | ~cells.any(axis=0))
    signed = tuple(c for c in layout.criteria if either[c])
    return signed if (cells[:, list(signed)] < 0).any() else ()


def _without_hidden_totals(layout: Layout) -> Layout:
    """A column that no name tells as a total, but every row does."""
    among = {*layout.criteria, *layout.unweighted}
    found = [c for c, check in layout.checks if c in among and check.is_proof]
    if not found:
        return layout
    roles: dict[int, Role] = {**layout.column_roles, **dict.fromkeys(found, "total")}
    return replace(layout, criteria=tuple(c for c in layout.criteria if c not in found), column_roles=roles)
