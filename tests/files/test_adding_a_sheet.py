"""The walk-through "Add a sheet" of CONTRIBUTING.md, followed in a copy of the source."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from valuemix.files.tables.importer import import_files
from valuemix.files.tables.writing.template import template_workbook

SOURCE = Path(__file__).parents[2] / "src" / "valuemix"
PART = '''

class Supplier(Part):
    """Something that a proposition takes."""

    name: Name
    proposition: Name
    amount: Amount
'''
FIELD = "    suppliers: Annotated[tuple[Supplier, ...], Field(strict=False)] = ()\n"
LEFT_OUT = """        if not self.suppliers:
            left_out["suppliers"] = True
"""
ROW = """    Sheet("suppliers", "suppliers", (
        Column("supplier", "name", "name", "What it is called."),
        Column("proposition", "name", "proposition", "What takes it.", of="propositions"),
        Column("amount", "amount", "amount", "How much.", start=0, word="amount of {}"),
    ), "What it takes", "What it takes.", part=Supplier, thing="supplier", adds="suppliers", label="Suppliers"),
"""
STEPS = (
    ("model/parts.py", "\nDEFAULT_DISCIPLINES = (", PART),
    ("model/content.py", "    settings: Settings = Settings()\n", FIELD),
    ("model/content.py", "    Proposition,\n", "    Supplier,\n"),
    ("model/content.py", "        if self.settings.doubt is None:", LEFT_OUT),
    ("model/sheets.py", "    Proposition,\n", "    Supplier,\n"),
    ("model/sheets.py", '    Sheet("disciplines"', ROW),
)
USE = """
import io
import sys
import openpyxl
from valuemix.export.workbook import make_workbook
from valuemix.files.tables.frames import from_frames, to_frames
from valuemix.files.tables.grids import GridEdits, edit_table
from valuemix.files.tables.importer import import_files
from valuemix.files.tables.writing.template import template_workbook
from valuemix.model.scenario import Scenario
from valuemix.ui.widgets.grid_columns import columns_of

assert import_files({"template.xlsx": template_workbook()}).scenario.content_hash == sys.argv[1]
template = openpyxl.load_workbook(io.BytesIO(template_workbook()))
header = [cell.value for cell in template["Suppliers"][1]]
assert header == ["supplier", "proposition", "amount"], header
template["Suppliers"].append(["Crew", "48-hour parts", 3])
template["Suppliers"].delete_rows(2, template["Suppliers"].max_row - 2)
filled = io.BytesIO()
template.save(filled)
scenario = import_files({"filled.xlsx": filled.getvalue()}).scenario
[crew] = scenario.suppliers
assert (crew.name, crew.proposition, crew.amount) == ("Crew", "48-hour parts", 3.0)

added = edit_table(scenario, "suppliers", GridEdits(added_rows=[{
    "supplier": "Van", "proposition": "Named engineer", "amount": 1}])).scenario
assert [str(one) for one in scenario.diff(added)] == ["supplier added: Van"]
renamed = edit_table(added, "propositions", GridEdits(edited_rows={1: {"proposition": "Parts"}})).scenario
assert renamed.suppliers[0].proposition == "Parts"
assert list(columns_of(renamed, "suppliers")) == ["_index", *header]

assert from_frames(to_frames(renamed)).scenario.suppliers == renamed.suppliers
again = import_files({"book.xlsx": make_workbook(renamed)}).scenario
assert again == renamed
print("followed")
"""


@pytest.mark.nightly  # ten seconds; what reads the rows of sheets has tests of its own
@pytest.mark.slow
def test_a_sheet_is_one_row(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "valuemix")
    for name, before, text in STEPS:
        path = tmp_path / "valuemix" / name
        source = path.read_text(encoding="utf-8")
        assert source.count(before) == 1, (name, before)
        path.write_text(source.replace(before, text + before), encoding="utf-8")
    before = import_files({"template.xlsx": template_workbook()}).scenario.content_hash
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", USE, before],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=tmp_path,
    )
    assert done.stdout.strip() == "followed", done.stderr
