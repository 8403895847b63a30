"""A scenario of arrays and frames, and frames of a scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuemix.errors import EditError, UnknownName
from valuemix.model.labelled import (
    Axis,
    aligned,
    has_labels,
    labels_of,
    numbers,
    table_by_name,
    table_labels,
)
from valuemix.model.layout import labelled
from valuemix.model.names import clean_name
from valuemix.model.parts import (
    DEFAULT_DISCIPLINES,
    Discipline,
    Proposition,
    Scale,
    Segment,
)
from valuemix.model.score_table import ScoreTable
from valuemix.model.sheets import SHEETS, TABLES_BY_PROPOSITION, WEIGHINGS
from valuemix.typing import FloatArray

if TYPE_CHECKING:
    from valuemix.model.content import Content
    from valuemix.model.scenario import Scenario

__all__ = ["axes_of", "fields_of_arrays", "fields_of_frames", "frames_of", "table_of"]

Names = Sequence[str] | None


def axes_of(scenario: Content, *kinds: str) -> tuple[Axis, ...]:
    """Axes of the arrays of a scenario: ``"segment"``, ``"proposition"``, ``"discipline"``."""
    axes = {
        "segment": Axis("segment", scenario.segment_names),
        "proposition": Axis("proposition", scenario.proposition_names),
        "discipline": Axis("discipline", scenario.discipline_names, scenario.discipline_ids),
    }
    return tuple(axes[kind] for kind in kinds)


def table_of(table: str, data: object, axes: Sequence[Axis]) -> ScoreTable:
    """Table for a scenario, from an array of shape (G, P, D) or from a frame."""
    each, (segments, propositions, columns) = SHEETS[table].each, axes
    if each and each.each != columns.kind:
        columns = Axis(each.each, each.headers(()), each.headers(()))
    names = (segments.names, propositions.names, columns.ids)
    if has_labels(data):
        return ScoreTable(table_by_name(table, data, segments, propositions, columns), names)
    array = numbers(table, data)
    if array.ndim != len(names):
        raise EditError(f"{table} must have the shape {tuple(map(len, names))}, got {array.shape}")
    return ScoreTable(aligned(table, array, segments, propositions, columns), names)


def fields_of_arrays(
    scores: object,
    points: object = None,
    sizes: object = None,
    disciplines: Sequence[str] | Sequence[Discipline] | None = None,
    segments: Names = None,
    propositions: Names = None,
) -> dict[str, Any]:
    """Disciplines, segments, propositions and scores of a scenario; see `Scenario.from_arrays`."""
    if has_labels(scores):
        found = _by_label(scores, points, sizes, disciplines)
        segments, propositions, parts = segments or found[0], propositions or found[1], found[2]
    else:
        scores = _three_axes(scores)
        segments = _counted("segment", segments, scores.shape[0])
        propositions = _counted("proposition", propositions, scores.shape[1])
        parts = _disciplines(disciplines, scores.shape[2])
    axes = (
        Axis("segment", [*map(clean_name, segments)]),
        Axis("proposition", [*map(clean_name, propositions)]),
        Axis("discipline", [d.name for d in parts], [d.id for d in parts]),
    )
    return {
        "disciplines": parts,
        "segments": _segments(axes[0], axes[2], points, sizes),
        "propositions": tuple(Proposition(name=name) for name in axes[1].names),
        "scores": table_of("scores", scores, axes),
    }


def _by_label(
    scores: object, points: object, sizes: object, disciplines: Sequence[str] | Sequence[Discipline] | None
) -> tuple[Sequence[str], Sequence[str], tuple[Discipline, ...]]:
    """Segments, propositions and disciplines that tables name; numbered ones where they name none."""
    segments, propositions, columns, (rows, width) = table_labels(scores)
    return (
        segments or _segments_of(points) or _segments_of(sizes) or _numbered("Segment", 1),
        propositions or _numbered("Proposition", rows),
        _labelled_as(disciplines, columns) if columns else _disciplines(disciplines, width),
    )


def _three_axes(scores: object) -> FloatArray:
    """Scores of shape (G, P, D), also where one segment alone is given."""
    array = numbers("scores", scores)
    array = array[None] if array.ndim == 2 else array
    if array.ndim != 3:
        shapes = "(segments, propositions, disciplines) or (propositions, disciplines)"
        raise EditError(f"scores must have the shape {shapes}, got {array.shape}")
    return array


def fields_of_frames(
    scores: object, weights: object, sizes: object, like: Scenario | None, more: Mapping[str, Any]
) -> dict[str, Any]:
    """Fields of a scenario; see `Scenario.from_frames`."""
    if not has_labels(scores):
        raise EditError("scores must be a DataFrame; Scenario.from_arrays takes arrays")
    kept: dict[str, Any] = {"name": "Scenario"}
    stored: Mapping[str, Any] = {}
    if like is not None:
        kept = {field: getattr(like, field) for field in type(like).model_fields}
        stored = frames_of(like)
    parts = more.get("disciplines", kept.get("disciplines"))
    fields = fields_of_arrays(
        scores,
        stored.get("weights") if weights is None else weights,
        stored.get("sizes") if sizes is None else sizes,
        disciplines=parts,
    )
    if like is not None:
        fields |= _with_traits(fields, like)
    return kept | fields | _given(fields, more)


def frames_of(scenario: Content) -> dict[str, Any]:
    """Frames of a scenario; see `Scenario.to_frames`."""
    import pandas as pd

    segments = pd.Index(scenario.segment_names, name="segment")
    rows = pd.MultiIndex.from_product(
        [scenario.segment_names, scenario.proposition_names], names=["segment", "proposition"]
    )
    ids = [*scenario.discipline_ids]
    frames: dict[str, Any] = {
        table: pd.DataFrame(
            scenario.given(table).reshape(len(rows), -1).copy(), rows, [*scenario.columns(table)]
        )
        for table in scenario.tables
    }
    frames["weights"] = pd.DataFrame(scenario.given_points.copy(), segments, ids)
    frames["sizes"] = pd.Series(scenario.sizes.copy(), segments, name="size")
    for sheet in WEIGHINGS:
        weighing = getattr(scenario, sheet.field)
        if weighing is not None:
            frames[sheet.field] = pd.DataFrame([[*row.values()] for row in weighing.values()], segments, ids)
    return frames


def _given(fields: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that were given as such; frames among them as tables of the scenario."""
    parts = fields["disciplines"]
    axes = (
        Axis("segment", [s.name for s in fields["segments"]]),
        Axis("proposition", [p.name for p in fields["propositions"]]),
        Axis("discipline", [d.name for d in parts], [d.id for d in parts]),
    )
    found = dict(more)
    for table in TABLES_BY_PROPOSITION:
        if has_labels(found.get(table)):
            found[table] = table_of(table, found[table], axes)
    for field in (sheet.field for sheet in WEIGHINGS if has_labels(found.get(sheet.field))):
        rows = aligned(field, found[field], axes[0], axes[2]).tolist()
        found[field] = {
            name: dict(zip(axes[2].ids, row, strict=True))
            for name, row in zip(axes[0].names, rows, strict=True)
        }
    if isinstance(found.get("scale"), tuple):
        lowest, highest = found["scale"]
        found["scale"] = Scale(lowest=lowest, highest=highest)
    return found | {"disciplines": parts}


def _with_traits(fields: Mapping[str, Any], like: Scenario) -> dict[str, Any]:
    """Segments and propositions with what another scenario says of those of the same name."""
    groups, things = {s.name: s for s in like.segments}, {p.name: p for p in like.propositions}
    names = {p.name for p in fields["propositions"]}
    return {
        "segments": tuple(
            groups[s.name].model_copy(update={"size": s.size, "points": s.points}) if s.name in groups else s
            for s in fields["segments"]
        ),
        "propositions": tuple(things.get(p.name, p).among(names) for p in fields["propositions"]),
    }


def _segments(segments: Axis, disciplines: Axis, points: object, sizes: object) -> tuple[Segment, ...]:
    shape = len(segments.names), len(disciplines.names)
    rows = np.ones(shape) if points is None else aligned("points", points, segments, disciplines)
    amounts = np.ones(shape[0]) if sizes is None else aligned("sizes", sizes, segments)
    return tuple(
        Segment(name=name, size=size, points=dict(zip(disciplines.ids, row, strict=True)))
        for name, size, row in zip(segments.names, amounts.tolist(), rows.tolist(), strict=True)
    )


def _segments_of(data: Any) -> list[str] | None:
    """Segments that weights or sizes name; a Series of weights by discipline names none."""
    if not has_labels(data):
        return None
    if data.ndim == 2 and "segment" in data.columns:
        return [*map(str, data["segment"])]
    return labels_of(data.index)


def _numbered(word: str, count: int) -> list[str]:
    return [f"{word} {i + 1}" for i in range(count)]


def _counted(kind: str, names: Names, count: int) -> list[str]:
    """As many clean names as there are things; numbered ones where there are no names."""
    if not names:
        return _numbered(kind.capitalize(), count)
    if len(names) != count:
        raise EditError(f"there are {len(names)} names of {kind}s for {count} of them in the scores")
    return [*names]


def _disciplines(given: Sequence[str] | Sequence[Discipline] | None, count: int) -> tuple[Discipline, ...]:
    if not given:
        return labelled(None, count)
    _counted("discipline", [str(part) for part in given], count)
    parts = [part for part in given if isinstance(part, Discipline)]
    return tuple(parts) if parts else labelled([str(part) for part in given], count)


def _labelled_as(
    given: Sequence[str] | Sequence[Discipline] | None, labels: Sequence[str]
) -> tuple[Discipline, ...]:
    """Disciplines as given, else those of these labels; the usual ones where they are named by id or label."""
    if given:
        return _disciplines(given, len(given))
    usual = Axis("discipline", [d.name for d in DEFAULT_DISCIPLINES], [d.id for d in DEFAULT_DISCIPLINES])
    try:
        return tuple(DEFAULT_DISCIPLINES[place] for place in usual.places_of(labels))
    except UnknownName:
        return labelled(labels, len(labels))
