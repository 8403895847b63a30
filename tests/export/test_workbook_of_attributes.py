"""A workbook with attributes goes on calculating: value, weight and anchor move scores, values and ranks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from attribute_samples import two_levels
from spreadsheet import edited, recalculated

from valuemix.analysis.value.scoring import evaluate
from valuemix.export.workbook import make_workbook
from valuemix.files.tables.importer import import_files


def test_it_comes_back_as_the_same_scenario() -> None:
    scenario = two_levels()
    assert import_files({"book.xlsx": make_workbook(scenario)}).scenario == scenario


@pytest.mark.nightly  # one more start of LibreOffice; test_workbook_recalculated.py has the other sheets
@pytest.mark.slow
def test_an_edited_value_weight_and_anchor_move_the_ranking_as_the_library_does(tmp_path: Path) -> None:
    scenario = two_levels()
    book = make_workbook(scenario)
    changes = {("Attribute scores", "D2"): 11.0, ("Attributes", "C3"): 90.0, ("Attributes", "D2"): 30.0}
    found = recalculated({"as it was": book, "edited": edited(book, changes)}, tmp_path)
    attributes = [*scenario.attributes]
    attributes[0] = attributes[0].model_copy(update={"worst": 30.0})
    attributes[1] = attributes[1].model_copy(update={"weight": 90.0})
    rows = [*scenario.attribute_scores]
    rows[0] = rows[0].model_copy(update={"value": 11.0})
    after = scenario.replace(attributes=attributes, attribute_scores=rows)
    for name, expected in (("as it was", scenario), ("edited", after)):
        cells = found[name]
        ids, count = expected.discipline_ids, len(expected.segments)
        for g, p, d in np.ndindex(expected.array("scores").shape):
            score = expected.array("scores")[g, p, d]
            at = cells.get(("Scores", f"{'CDEFGH'[d]}{2 + p * count + g}"))
            shown = np.nan if at in (None, "") else float(at)
            np.testing.assert_allclose(shown, score, atol=1e-9, err_msg=f"{name} {g} {p} {ids[d]}")
        told = [v for (sheet, _), v in cells.items() if sheet == "Calculation"]
        for value in evaluate(expected).overall:
            assert any(isinstance(v, int | float) and abs(v - value) < 1e-9 for v in told), (name, value)
