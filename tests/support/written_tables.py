"""Scenarios written out as people write them: in several shapes, with whatever people put around them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import openpyxl
from hypothesis import strategies as st

from valuemix.analysis.value.scoring import evaluate
from valuemix.files.recognition.recognise import Recognised

OPTIONS = [
    "Alpha",
    "Nordwind",
    "Plan 9",
    "Tempo",
    "Grüne Linie",
    "Quick fix",
    "Old way",
    "Über-Box",
    "K2",
    "Café Sol",
]
CRITERIA = ["Speed", "Care", "Taste", "Warmth", "Honesty", "Depth", "Ease", "Clarity", "Low cost", "Price fit",
            "Nähe", "Sûreté", "Qualität", "Reach out", "Looks"]  # fmt: skip
SEGMENTS = ["Families", "Business", "Students", "Hotels"]
RATERS = ["Rater Anna", "Rater Ben", "Rater Cleo"]
WORDS = {
    "en": (
        "Weight",
        "Criterion",
        "Option",
        "Weighted total",
        "Rank",
        "Comments",
        "Segment",
        "Score",
        "Rater",
        "Size",
    ),
    "de": tuple(
        "Gewichtung Kriterium Anbieter Gesamt Rang Bemerkung Zielgruppe Punkte Bewerter Anzahl".split()
    ),
    "fr": tuple(
        "Poids,Critère,Offre,Total pondéré,Classement,Commentaires,Segment,Note,Juge,Clients".split(",")
    ),
    "es": tuple(
        "Peso Criterio Opción Resultado Puesto Comentarios Segmento Puntuación Evaluador Clientes".split()
    ),
}
"""What the parts of a table are called, by language, always in the same order."""


@dataclass
class Truth:
    """What is written: scores (G, P, D), weights (G, D) and sizes (G,) by names."""

    options: list[str]
    criteria: list[str]
    groups: list[str]
    scores: np.ndarray
    weights: np.ndarray
    sizes: np.ndarray

    def totals(self, g: int) -> np.ndarray:
        return self.scores[g] @ self.weights[g] / self.weights[g].sum()


@dataclass
class Looks:
    """How it is written."""

    words: tuple[str, ...]
    title: bool
    blank: bool
    notes: bool
    totals: bool
    ranks: bool
    comma: bool
    corner: bool
    numbered: bool
    weight_last: bool
    percent: bool


@st.composite
def truths(draw, groups=1, names=SEGMENTS, one_weight=False):
    p, d = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    options = draw(st.permutations(OPTIONS))[:p]
    criteria = draw(st.permutations(CRITERIA))[:d]
    top, step = draw(st.sampled_from([(5, 1), (10, 1), (10, 0.5), (100, 5)]))
    # On a scale of 100 a column of 5 and 10 alone would be of another scale to anybody.
    least = 3 if top == 100 else 1
    cells = draw(
        st.lists(st.integers(least, int(top / step)), min_size=groups * p * d, max_size=groups * p * d)
    )
    scores = np.array(cells, dtype=float).reshape(groups, p, d) * step
    weights = np.array(
        [
            draw(st.lists(st.integers(1, 9), min_size=d, max_size=d))
            for _ in range(1 if one_weight else groups)
        ],
        dtype=float,
    )
    weights = np.round(100 * weights / weights.sum(axis=1, keepdims=True), 1)
    weights = np.repeat(weights, groups, axis=0) if one_weight else weights
    sizes = np.array(draw(st.lists(st.integers(1, 900), min_size=groups, max_size=groups)), dtype=float)
    return Truth(list(options), list(criteria), list(names[:groups]), scores, weights, sizes)


@st.composite
def looks(draw):
    flags = draw(st.lists(st.booleans(), min_size=10, max_size=10))
    return Looks(WORDS[draw(st.sampled_from(sorted(WORDS)))], *flags)


def matrix(truth: Truth, look: Looks, g: int = 0, *, weighted: bool = True) -> list[list[object]]:
    """Rows of one matrix with the options in rows."""
    weight, _, option, total, rank, notes, *_ = look.words
    shares = truth.weights[g] / 100 if look.percent else truth.weights[g]
    totals = truth.totals(g)
    head = [option if look.corner else "", *truth.criteria]
    line = [weight, *shares.tolist()]
    body = [[name, *row] for name, row in zip(truth.options, truth.scores[g].tolist(), strict=True)]
    if look.totals:
        head.append(total)
        line.append("")
        body = [[*row, round(float(t), 3)] for row, t in zip(body, totals, strict=True)]
    if look.ranks:
        head.append(rank)
        line.append("")
        places = (-totals).argsort(kind="stable").argsort(kind="stable") + 1
        body = [[*row, int(place)] for row, place in zip(body, places, strict=True)]
    if look.notes:
        head.append(notes)
        line.append("")
        body = [[*row, "as told" if i % 2 else ""] for i, row in enumerate(body)]
    if look.numbered:
        head, line = ["#", *head], ["", *line]
        body = [[i, *row] for i, row in enumerate(body, 1)]
    rows = [head, *([line] if weighted and not look.weight_last else []), *body]
    if look.blank:
        rows.insert(1, [])
    if weighted and look.weight_last:
        rows.append(line)
    return rows


def turned(rows: list[list[object]], look: Looks) -> list[list[object]]:
    """The same with the criteria in rows."""
    width = max(map(len, rows))
    full = [[*row, *[""] * (width - len(row))] for row in rows if row]
    columns = [list(column) for column in zip(*full, strict=True)]
    columns[int(look.numbered)][0] = ""
    columns[0][0] = look.words[1] if look.corner else ""
    return columns


def decorated(rows: list[list[object]], look: Looks) -> list[list[object]]:
    """The same with what people put above it."""
    above: list[list[object]] = [["What we thought of in March 2026"]] if look.title else []
    return [*above, *([[]] if look.title and look.blank else []), *rows]


def csv_of(rows: list[list[object]], look: Looks) -> bytes:
    sep = ";" if look.comma else ","

    def text(cell: object) -> str:
        if isinstance(cell, float):
            plain = f"{cell:.10g}"
            return plain.replace(".", ",") if look.comma else plain
        return str(cell)

    width = max(map(len, rows))
    lines = [sep.join([*map(text, row), *[""] * (width - len(row))]) for row in rows]
    return "\n".join(lines).encode()


def book_of(sheets: dict[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([cell if cell != "" else None for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def table(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    """A file of a table."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def order(found: Recognised, **options: bool) -> list[str]:
    """Options from the best to the worst."""
    frame = evaluate(found.scenario(**options)).to_frame()
    overall = frame[frame["segment"] == "Overall"]
    return [str(name) for name in overall.sort_values("value", ascending=False)["proposition"]]
