"""A workbook with moments: its input sheets come back, and its formulas rest on the means over moments."""

from __future__ import annotations

from pathlib import Path

import pytest
from moment_samples import two_segments_at_faults
from spreadsheet import edited, recalculated

from valuemix.analysis.value.scoring import evaluate
from valuemix.export.workbook import make_workbook
from valuemix.files.tables.importer import import_files


def test_it_comes_back_as_the_same_scenario() -> None:
    scenario = two_segments_at_faults()
    assert import_files({"book.xlsx": make_workbook(scenario)}).scenario == scenario


@pytest.mark.slow
def test_values_follow_the_means_and_the_sizes(tmp_path: Path) -> None:
    scenario = two_segments_at_faults()
    book = make_workbook(scenario)
    found = recalculated({"plain": book, "edited": edited(book, {("Segments", "C2"): 10.0})}, tmp_path)
    for name, expected in (("plain", scenario), ("edited", scenario.with_sizes(Enterprise=10))):
        told = [
            v
            for (sheet, _), v in found[name].items()
            if sheet == "Calculation" and isinstance(v, int | float)
        ]
        for value in (*evaluate(expected).overall, *evaluate(expected).values.ravel()):
            assert any(abs(v - value) < 1e-9 for v in told), (name, value)
