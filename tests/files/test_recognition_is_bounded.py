"""How much is tried on a table before it is known, counted rather than timed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from valuemix.files.recognition.cells import times
from valuemix.files.recognition.recognise import recognised
from valuemix.files.recognition.records import numbers
from valuemix.files.recognition.shapes import checks
from valuemix.files.tables.reading.csv_tables import read_csv


def counted(patch: pytest.MonkeyPatch, module: object, name: str) -> list[str]:
    """Gets an entry for every call of a function of a module from now on."""
    calls: list[str] = []
    real: Callable[..., Any] = getattr(module, name)

    def call(*args: Any, **named: Any) -> Any:
        calls.append(name)
        return real(*args, **named)

    patch.setattr(module, name, call)
    return calls


def test_lines_that_cannot_be_totals_are_ruled_out_before_every_formula_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scores = np.random.default_rng(1).integers(1, 11, (60, 10))
    weights = np.arange(1, 11)
    rows = [["Option", *(f"Criterion {j + 1}" for j in range(10)), "Total"], ["Weight", *weights, ""]]
    rows += [[f"Option {i + 1}", *row, row @ weights] for i, row in enumerate(scores)]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    tried = counted(monkeypatch, checks, "best_check")
    found = recognised([read_csv(text.encode(), "m.csv")], "m.csv")
    assert str(found.reading.proof) == "Your own totals agree (60 of 60)."
    # Turned, every option may be a total of the others, and with each of the others left out: 600 of them.
    assert 0 < len(tried) < 60


def test_columns_of_ratings_are_not_read_to_their_end_for_dates_and_totals(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ratings = np.random.default_rng(2).uniform(0, 10, (400, 12)).round(1)
    rows = [["respondent", "offer", *(f"item {j + 1}" for j in range(12))]]
    rows += [[str(i // 4), f"Offer {i % 4 + 1}", *row] for i, row in enumerate(ratings)]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    dated = counted(monkeypatch, times, "plain")
    summed = counted(monkeypatch, numbers, "equal_as_printed")
    found = recognised([read_csv(text.encode(), "r.csv")], "r.csv")
    assert found.reading.options == ("Offer 1", "Offer 2", "Offer 3", "Offer 4")
    assert len(dated) < ratings.size // 4
    assert 0 < len(summed) <= 2 * 12
