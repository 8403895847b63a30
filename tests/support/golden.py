"""What the shipped scenarios say: every sentence, table, document and slide, kept to be compared with.

``python tests/support/golden.py`` writes the files anew, where a sentence or a number is meant to change.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import json
import math
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
from click.testing import CliRunner
from pptx import Presentation
from spreadsheet import cells

from valuemix import export
from valuemix.analysis.compare.compare import compare
from valuemix.cli import main
from valuemix.errors import ValuemixError
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import exhibit_of, exhibits_of, finder, slide_of
from valuemix.export.workbook import make_workbook
from valuemix.export.workbook.comparison import make_comparison
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario

ROOT = Path(__file__).parents[2]
SCENARIOS = ROOT / "scenarios"
FOLDER = ROOT / "tests" / "data" / "golden"
NAMES = sorted(path.stem for path in SCENARIOS.glob("*.json"))
COMPARED = {"base-case": ("green-mandate", "margin-squeeze")}
"""Which scenarios are compared with which others."""

_DATE = re.compile(r"\d{1,2} (?:" + "|".join(calendar.month_name[1:]) + r") \d{4}")
"""A deck says on which day it was made."""


def exhibits(name: str, kinds: Iterable[str] = KINDS) -> dict[str, Any]:
    """Exhibits of a shipped scenario: words, and the table in nine figures."""
    scenario = load(SCENARIOS / f"{name}.json")
    others = [load(SCENARIOS / f"{other}.json") for other in COMPARED.get(name, ())]
    return json.loads(json.dumps({kind: _exhibit(scenario, others, kind) for kind in kinds}))  # type: ignore[no-any-return]


def documents(name: str) -> dict[str, Any]:
    """The JSON documents of the command line."""
    path = str(SCENARIOS / f"{name}.json")
    commands = [["rank"], ["tradeoffs"], ["customers"], ["robustness", "--draws", "1000"]]
    found = {" ".join(words): _document([words[0], path, *words[1:]]) for words in commands}
    if name in COMPARED:
        found["compare"] = _document(
            ["compare", path, *(str(SCENARIOS / f"{n}.json") for n in COMPARED[name])]
        )
    return found


def slides(name: str) -> list[list[str]]:
    """Texts of the deck as it is by default, slide by slide, speaker notes last."""
    scenario = load(SCENARIOS / f"{name}.json")
    with tempfile.TemporaryDirectory() as folder:
        path = export.deck(exhibits_of(scenario), Path(folder) / "deck.pptx")
        deck = Presentation(io.BytesIO(path.read_bytes()))
    every = [[*_texts(slide.shapes), slide.notes_slide.notes_text_frame.text] for slide in deck.slides]
    return [[_DATE.sub("(date)", text) for text in texts] for texts in every]


def formulas(name: str) -> dict[str, str]:
    """How many formulas the sheets of a workbook have, and a digest of them with their places.

    ``tests/export/test_workbook_recalculated.py`` calculates them in LibreOffice by night: run it where they change.
    """
    scenario = load(SCENARIOS / f"{name}.json")
    others = [load(SCENARIOS / f"{other}.json") for other in COMPARED.get(name, ())]
    books = [make_workbook(scenario), *([make_comparison(compare(scenario, *others))] if others else ())]
    sheets: dict[str, list[str]] = {}
    for book in books:
        for (sheet, place), text in cells(book, formulas=True).items():
            formula = getattr(text, "text", text)
            if isinstance(formula, str) and formula.startswith("="):
                sheets.setdefault(sheet, []).append(f"{place}{formula}")
    return {
        sheet: f"{len(found)}: {hashlib.sha256(repr(found).encode()).hexdigest()[:16]}"
        for sheet, found in sheets.items()
    }


def all_of(name: str) -> dict[str, Any]:
    """All that is kept of one scenario, as JSON reads it back."""
    found = {"exhibits": exhibits(name), "documents": documents(name), "slides": slides(name)}
    found["formulas"] = formulas(name)
    result: dict[str, Any] = json.loads(json.dumps(found))
    return result


def kept(name: str) -> dict[str, Any]:
    """All that was kept of one scenario."""
    result: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return result


def differences(was: Any, now: Any, place: str = "") -> Iterator[str]:
    """Where two documents differ: numbers by more than a part in ten million, all else at all."""
    if isinstance(was, dict) and isinstance(now, dict):
        for key in [*was, *(key for key in now if key not in was)]:
            yield from differences(was.get(key, "nothing"), now.get(key, "nothing"), f"{place}/{key}")
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for index, pair in enumerate(zip(was, now, strict=True)):
            yield from differences(*pair, f"{place}/{index}")
    elif not _same(was, now):
        yield f"{place}: {was!r} became {now!r}"


def _same(was: Any, now: Any) -> bool:
    numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in (was, now))
    return math.isclose(was, now, rel_tol=1e-7, abs_tol=1e-9) if numbers else was == now


def _exhibit(scenario: Scenario, others: list[Scenario], kind: str) -> dict[str, Any] | str:
    options = (
        {"scenarios": "\n".join(other.name for other in others)} if "scenarios" in KINDS[kind].options else {}
    )
    if "draws" in KINDS[kind].options:
        options["draws"] = "1000"
    try:
        made = exhibit_of(scenario, slide_of(kind, **options), finder(others))
    except ValuemixError as error:
        return str(error)
    return {
        "finding": made.finding,
        "subtitle": made.subtitle,
        "notes": list(made.notes),
        "alt": made.alt,
        "source": made.source,
        "table": [list(made.table.columns), *_rows(made.table)],
    }


def _rows(table: pd.DataFrame) -> list[list[Any]]:
    return [[_cell(value) for value in row] for row in table.itertuples(index=False, name=None)]


def _cell(value: Any) -> Any:
    if isinstance(value, str | bool | int) or value is None:
        return value
    if hasattr(value, "item"):
        return _cell(value.item())
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.9g}")
    return None if value is pd.NA else str(value)


def _document(words: list[str]) -> Any:
    result = CliRunner().invoke(main, [*words, "--json"])
    return _short(json.loads(result.stdout)) if result.exit_code == 0 else result.output


def _short(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _short(value) for key, value in found.items() if key != "file"}
    if isinstance(found, list):
        return [_short(value) for value in found]
    return float(f"{found:.9g}") if isinstance(found, float) else found


def _texts(shapes: Any) -> list[str]:
    found = []
    for shape in shapes:
        if shape.has_text_frame and shape.text_frame.text:
            found.append(shape.text_frame.text)
        elif getattr(shape, "has_table", False) and shape.has_table:
            found.append(" | ".join(cell.text for row in shape.table.rows for cell in row.cells))
        elif getattr(shape, "has_chart", False) and shape.has_chart:
            found += [str(text) for text in shape.chart._chartSpace.xpath(".//a:t/text()")]
            found += [str(text) for text in shape._element.xpath(".//p:cNvPr/@descr")]
    return found


def write() -> None:
    """Write all files anew: one line an exhibit, a document and a slide, so that a change is one line."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        text = json.dumps(all_of(name), ensure_ascii=False, indent=None)
        parts = json.loads(text)
        lines = [f'"{part}": {_lines(parts[part])}' for part in parts]
        (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _lines(part: Any) -> str:
    if isinstance(part, dict):
        body = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in part.items()]
        return "{\n" + ",\n".join(body) + "\n}"
    return "[\n" + ",\n".join(json.dumps(value, ensure_ascii=False) for value in part) + "\n]"


if __name__ == "__main__":
    write()
