"""A workbook with moments comes back; test_workbook_recalculated.py calculates one."""

from __future__ import annotations

from moment_samples import two_segments_at_faults

from valuemix.export.workbook import make_workbook
from valuemix.files.tables.importer import import_files


def test_it_comes_back_as_the_same_scenario() -> None:
    scenario = two_segments_at_faults()
    assert import_files({"book.xlsx": make_workbook(scenario)}).scenario == scenario
