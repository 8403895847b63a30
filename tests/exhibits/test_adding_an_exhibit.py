"""The walk-through "Add an exhibit" of CONTRIBUTING.md, followed in a copy of the source."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sample_scenarios import ROOT

SOURCE = ROOT / "src" / "valuemix"
EXHIBIT = '''"""How far the values of each proposition lie apart between the segments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from valuemix.analysis.value.scoring import Evaluation
from valuemix.charts.table import Column, Table, named, texts
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import exhibit_kind
from valuemix.exhibits.words import wording
from valuemix.exhibits.words.formats import decimals_of, number


@exhibit_kind("Spread between segments", "Balance", (), "Largest value in any segment less the smallest.")
def spread(evaluation: Evaluation) -> Exhibit:
    """Spread of every proposition's value between the segments."""
    scenario, decimals = evaluation.scenario, decimals_of(evaluation.scenario)
    names, spreads = scenario.proposition_names, np.ptp(evaluation.values, axis=0)
    table = pd.DataFrame({"proposition": names, "spread": spreads})
    table = table.sort_values("spread", ascending=False, kind="stable", ignore_index=True)
    printed = [number(value, decimals) for value in table["spread"]]
    chart = Table((named("Proposition", table["proposition"].tolist()), Column("Spread", texts(printed), "right")))
    return Exhibit(
        finding=f"At today's scores {table['proposition'][0]} differs most between segments, by {printed[0]}",
        subtitle=f"Largest less smallest value ({wording.scale(scenario)}) by proposition",
        table=table,
        notes=(),
        alt=f"Table of spreads. {'; '.join(map(' '.join, zip(table['proposition'], printed)))}.",
        decimals=decimals,
        scenarios=(scenario,),
        chart=chart,
    )
'''
STEPS = (
    ("import change\n", "from valuemix.exhibits.balance.spread import spread\n"),
    ('    "values_table",\n', '    "spread",\n'),
)
USE = """
import sys
import lxml.html
import valuemix as vm
from pptx import Presentation
from valuemix.cli import main
from valuemix.exhibits.kind import KINDS

scenario, folder = vm.load(sys.argv[1]), sys.argv[2]
for file in ("board.pptx", "board.html"):
    main(["export", sys.argv[1], "--exhibit", "spread", "-o", f"{folder}/{file}"], standalone_mode=False)
shown = vm.exhibits.spread(scenario)
assert (KINDS["spread"].label, KINDS["spread"].page) == ("Spread between segments", "Balance")
assert [*KINDS].index("spread") == [*KINDS].index("values") + 1
slides = [s for s in Presentation(f"{folder}/board.pptx").slides if s.shapes.title.text == shown.finding]
[table] = [shape.table for shape in slides[0].shapes if shape.has_table]
printed = [[cell.text for cell in row.cells] for row in table.rows]
assert printed == [["Proposition", "Spread"], *[[cell.text for cell in row] for row in shown.chart.rows]]
report = lxml.html.parse(f"{folder}/board.html")
assert [cell.text for cell in report.iter("td") if cell.get("class") == "right"] == [row[1] for row in printed[1:]]
assert shown.figure.data
print("followed")
"""


@pytest.mark.nightly  # the steps of CONTRIBUTING.md in a copy of the source: they change seldom
@pytest.mark.slow
def test_an_exhibit_is_one_file_and_its_place(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "valuemix")
    exhibits = tmp_path / "valuemix" / "exhibits"
    (exhibits / "balance" / "spread.py").write_text(EXHIBIT, encoding="utf-8")
    place = exhibits / "__init__.py"
    source = place.read_text(encoding="utf-8")
    for before, line in STEPS:
        assert source.count(before) == 1, before
        source = source.replace(before, before + line)
    place.write_text(source, encoding="utf-8")

    case = ROOT / "scenarios" / "base-case.json"
    assert run(tmp_path, "-c", USE, case, tmp_path).endswith("followed\n")


def run(home: Path, *words: object) -> str:
    env = {**os.environ, "PYTHONPATH": str(home)}
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=home,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
