"""Exhibits as tables with hairlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from valuemix.charts.roles import Role
from valuemix.charts.table import Cell, Column
from valuemix.exhibits.balance.leaders_figure import lead_text, most_frequent
from valuemix.exhibits.compare.input_differences_figure import FIELDS, SHOWN
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.formats import enough, number, percents, signed
from valuemix.model.difference import Difference

__all__ = ["any_columns", "challenges_columns", "input_differences_columns", "leaders_columns"]


def texts(values: Sequence[str], **look: Any) -> list[Cell]:
    """Cells that look alike."""
    return [Cell(value, **look) for value in values]


def leaders_columns(exhibit: Exhibit) -> list[Column]:
    """Leader, runner-up and lead in every segment; the most frequent leader is coloured."""
    table, decimals = exhibit.table, exhibit.decimals
    often = most_frequent(table["leader"].tolist())
    roles: list[Role] = ["highlight" if name == often else "ink" for name in table["leader"]]
    segments = [
        name if kind == "customer" else f"{name} ({kind})"
        for name, kind in zip(table["segment"], table["kind"], strict=True)
    ]
    leads = zip(table["value"], table["runner_up_value"], table["lead"], strict=True)
    leading = zip(table["leader"], table["value"], roles, strict=True)
    names, values = zip(
        *(
            (Cell(name or "–", bold=True, role=role), Cell(number(value, decimals), bold=True, role=role))
            for name, value, role in leading
        ),
        strict=True,
    )
    return [
        Column("Segment", texts(segments)),
        Column("Share of size", texts(percents(table["size_share"].tolist())), "right"),
        Column("Leader", names),
        Column("Value", values, "right"),
        Column("Runner-up", texts([name or "–" for name in table["runner_up"]])),
        Column("Lead", texts([lead_text(*each, decimals) for each in leads]), "right"),
        Column("How sure", texts([sure or "–" for sure in table["sure"]])),
    ]


def challenges_columns(exhibit: Exhibit) -> list[Column]:
    """Weight that each challenger needs, between which disciplines, and what else would do."""
    table = exhibit.table
    points = [
        "impossible" if pd.isna(share) else enough(100 * share, 0.0, exhibit.decimals)
        for share in table["lead_share"]
    ]
    nearest = [place == 0 and text != "impossible" for place, text in enumerate(points)]
    return [
        Column("Challenger", _first(table["challenger"].tolist(), nearest)),
        Column("Points of weight to move", _first(points, nearest), "right"),
        Column("How", texts(table["moves"].tolist()), lines=5),
        Column("Or else", texts(table["others"].tolist(), role="muted"), lines=5),
    ]


def _first(values: Sequence[str], highlighted: Sequence[bool]) -> list[Cell]:
    return [
        Cell(value, bold=one, role="highlight" if one else "ink")
        for value, one in zip(values, highlighted, strict=True)
    ]


def input_differences_columns(exhibit: Exhibit) -> list[Column]:
    """The inputs that differ and what each of them does alone, largest effect first."""
    table = exhibit.table.head(SHOWN)
    found = [Difference(**{str(name): row[name] for name in FIELDS}) for row in table.to_dict("records")]
    places = [", ".join(each.path) or "Whole scenario" for each in found]
    changes = [str(each).removeprefix(f"{', '.join(each.path)}: ") for each in found]
    effects = [_effect(row, exhibit.decimals) for row in table.itertuples()]
    return [
        Column("Where", texts(places)),
        Column("Before → after", texts(changes)),
        Column("Overall value", texts(effects, bold=True), "right"),
        Column("Whose", texts(table["moves"].tolist())),
    ]


def _effect(row: Any, decimals: int) -> str:
    if pd.isna(row.effect):
        return "–"
    return signed(row.effect, decimals) if row.moves else "none"


def any_columns(exhibit: Exhibit) -> list[Column]:
    """Table of an exhibit that has no form of its own."""
    table = exhibit.table
    return [_column(table[name], str(name), exhibit.decimals) for name in table.columns]


def _column(values: pd.Series, name: str, decimals: int) -> Column:
    heading = name.removesuffix("_share").replace("_", " ").capitalize()
    if pd.api.types.is_bool_dtype(values):
        return Column(heading, texts(["yes" if value else "no" for value in values]))
    if pd.api.types.is_integer_dtype(values):
        return Column(heading, texts(["–" if pd.isna(v) else number(v, 0) for v in values]), "right")
    if not pd.api.types.is_numeric_dtype(values):
        return Column(heading, texts([str(value) for value in values]), lines=3)
    if name.endswith("_share") or name == "share":
        return Column(heading, texts([_percent(value) for value in values]), "right")
    return Column(heading, texts([number(value, decimals) for value in values]), "right")


def _percent(share: float) -> str:
    return "–" if pd.isna(share) else f"{number(100 * share, 0)}\u00a0%"
