"""What people can use is written down: pages, commands, public names."""

from __future__ import annotations

import re

import pytest
from sample_scenarios import ROOT

import valuemix
from valuemix.cli import main as command_line
from valuemix.exhibits.kind import KINDS
from valuemix.model.sheets import SHEETS, Sheet
from valuemix.ui.main import GROUPS


def page_titles() -> list[str]:
    return [title for group in GROUPS.values() for _module, title, *_ in group]


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def every_document() -> str:
    return readme() + "".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))
    )


def test_there_are_pages_to_document() -> None:
    assert "Balance" in page_titles()


@pytest.mark.parametrize("title", page_titles())
def test_every_page_is_described_in_the_readme(title: str) -> None:
    assert re.search(rf"\*\*{title}\*\*|^#+ .*\b{title}\b", readme(), re.MULTILINE), title


@pytest.mark.parametrize("command", sorted(command_line.commands))
def test_every_command_is_described_in_the_readme(command: str) -> None:
    assert f"valuemix {command}" in readme()


@pytest.mark.parametrize("name", sorted(set(valuemix.__all__) - {"__version__"}))
def test_every_public_name_is_described_in_the_documents(name: str) -> None:
    assert re.search(rf"`(valuemix\.|vm\.)?{name}\b|\b(valuemix|vm)\.{name}\b", every_document()), name


@pytest.mark.parametrize("name", KINDS)
def test_every_exhibit_of_the_command_line_is_named_in_the_reference(name: str) -> None:
    exports = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8").split("\n## Exports\n")[1]
    assert f"`{name}`" in exports.split("\n## ")[0]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_every_sheet_is_named_in_the_reference_with_its_columns(sheet: Sheet) -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8").split("\n## Sheets\n")[1]
    row = next(row for row in reference.splitlines() if sheet.title in row.split(" | ")[0])
    own = [header for column in sheet.columns for header in column.headers(())]
    assert "as in the template" in row or all(f"`{header}`" in row for header in own)
