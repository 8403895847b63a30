"""The command that makes files: the ending says what, the first scenario is the baseline, nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner, Result
from nightly import sampled
from pptx import Presentation
from sample_scenarios import ROOT

from valuemix.cli import main
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.slides import exhibits_of, slide_of
from valuemix.files.scenarios.scenario_file import load, save
from valuemix.files.tables.importer import read_workbook
from valuemix.model.scenario import Scenario

BASE = ROOT / "scenarios" / "base-case.json"
OTHER = ROOT / "scenarios" / "green-mandate.json"
COMPARISON = ["ranks_across", "value_changes", "regret"]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, words)])


def headings(report: Path) -> list[str]:
    """Findings of a report, without their numbers."""
    page = lxml.html.parse(str(report)).getroot()
    sections = page.xpath("//section[@class='finding' or @class='lead']")
    return [section.xpath("div/h2 | div/h3")[0].text_content().split(". ", 1)[-1] for section in sections]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys of the exhibits that pictures were asked of; no browser is started."""
    asked: list[str] = []

    def pictures(exhibits: Sequence[Exhibit], kind: str, **_: object) -> list[bytes]:
        asked.extend(exhibit.key for exhibit in exhibits)
        return [f"{kind} of {exhibit.key}".encode() for exhibit in exhibits]

    import valuemix.export.picture  # noqa: F401

    monkeypatch.setattr(sys.modules["valuemix.export.picture"], "make_pictures", pictures)
    return asked


def test_a_deck_has_a_slide_for_each_exhibit(tmp_path: Path) -> None:
    target = tmp_path / "board.pptx"
    result = run(BASE, "-o", target)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"Wrote {target}.\n")
    cover, *slides = Presentation(str(target)).slides
    titles = [
        slide.shapes.title.text_frame.text
        for slide in slides
        if slide.shapes.title.text_frame.text != "Appendix"
    ]
    findings = [exhibit.finding for exhibit in exhibits_of(load(BASE))]
    assert cover.shapes.title.text_frame.text == findings[0]
    assert all(finding.startswith(title) for finding, title in zip(findings, titles, strict=True))


def test_sections_are_the_slides_of_the_deck_or_all_that_have_something_to_show(
    drawn: list[str], tmp_path: Path
) -> None:
    run(
        BASE, "-o", tmp_path / "c.png", "--section", "inputs", "--section", "Decision", "--exhibit", "ranking"
    )
    assert drawn[:2] == ["weights", "scores"]
    assert drawn[-1] == "ranking"
    assert {"decision", "reversal"} <= {*drawn[2:-1]}


@pytest.mark.nightly  # by day tests/export/test_workbook_file.py reads workbooks back
def test_a_workbook_imports_as_the_same_scenario(tmp_path: Path) -> None:
    target = tmp_path / "model.xlsx"
    assert run(BASE, "-o", target).exit_code == 0
    assert read_workbook(target).replace(deck=()) == load(BASE).replace(deck=())


def test_more_scenarios_make_a_comparison_with_the_first(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    assert run(BASE, OTHER, "-o", target).exit_code == 0
    exhibits = exhibits_of(load(BASE), [load(OTHER)])
    assert [exhibit.key for exhibit in exhibits if exhibit.key in COMPARISON] == COMPARISON
    summed = sorted(exhibits, key=lambda exhibit: exhibit.key != "summary")
    assert headings(target) == [exhibit.finding for exhibit in summed]


def test_scenarios_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twin = load(OTHER).renamed(load(BASE).name)
    save(twin, tmp_path / "twin.json")
    target = tmp_path / "report.html"
    words = ["--exhibit", "ranks_across"]
    assert run(BASE, tmp_path / "twin.json", OTHER, "-o", target, *words).exit_code == 0
    title = lxml.html.parse(str(target)).getroot().findtext(".//title")
    assert title == f"{twin.name}, {twin.name} (2) and {load(OTHER).name}"


def test_slides_that_were_collected_are_taken_in_their_order(tmp_path: Path) -> None:
    slides = (
        slide_of("values"),
        slide_of("ranking", segment="Enterprise").model_copy(update={"title": "We win"}),
    )
    save(load(BASE).replace(deck=slides), tmp_path / "own.json")
    target = tmp_path / "report.html"
    assert run(tmp_path / "own.json", "-o", target).exit_code == 0
    assert headings(target)[1:] == ["We win"]
    assert run(tmp_path / "own.json", OTHER, "-o", target, "--overwrite").exit_code == 0
    assert len(headings(target)) == 2 + len(COMPARISON)


def test_a_segment_is_shown_where_an_exhibit_shows_one(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    words = ["--exhibit", "ranking", "--exhibit", "leaders", "--segment", "Public sector"]
    assert run(BASE, "-o", target, *words).exit_code == 0
    scenario: Scenario = load(BASE)
    slides = [slide_of("ranking", segment="Public sector"), slide_of("leaders")]
    assert headings(target) == [exhibit.finding for exhibit in exhibits_of(scenario, (), slides)]
    assert run(BASE, "-o", tmp_path / "all.html", "--segment", "Public sector").exit_code == 0
    assert len(set(headings(tmp_path / "all.html"))) == len(headings(tmp_path / "all.html"))


def test_one_picture_has_the_name_given_and_several_are_numbered(tmp_path: Path, drawn: list[str]) -> None:
    assert run(BASE, "-o", tmp_path / "chart.png", "--exhibit", "ranking").exit_code == 0
    assert (tmp_path / "chart.png").read_bytes() == b"png of ranking"
    result = run(BASE, "-o", tmp_path / "chart.svg", "--exhibit", "ranking", "--exhibit", "stability")
    names = ["chart-1-ranking.svg", "chart-2-stability.svg"]
    assert result.stderr.splitlines() == [f"Wrote {tmp_path / name}." for name in names]
    assert sorted(path.name for path in tmp_path.glob("*.svg")) == names
    assert drawn == ["ranking", "ranking", "stability"]


@pytest.mark.usefixtures("drawn")
def test_pictures_sort_by_name_in_the_order_of_their_slides(tmp_path: Path) -> None:
    assert run(BASE, "-o", tmp_path / "chart.png").exit_code == 0
    keys = [path.stem.split("-")[-1] for path in sorted(tmp_path.glob("chart-*.png"))]
    assert keys == [exhibit.key for exhibit in exhibits_of(load(BASE))]
    assert len(keys) >= 10


def test_nothing_is_written_where_one_of_the_pictures_is_there(tmp_path: Path, drawn: list[str]) -> None:
    (tmp_path / "chart-2-stability.pdf").write_bytes(b"mine")
    words = [BASE, "-o", tmp_path / "chart.pdf", "--exhibit", "ranking", "--exhibit", "stability"]
    result = run(*words)
    assert result.exit_code == 1
    assert "chart-2-stability.pdf: there is a file of this name" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["chart-2-stability.pdf"]
    assert drawn == []
    assert run(*words, "--overwrite").exit_code == 0
    assert (tmp_path / "chart-2-stability.pdf").read_bytes() == b"pdf of stability"


def test_the_desk_alone_is_one_small_page(tmp_path: Path) -> None:
    result = run(BASE, "-o", tmp_path / "desk.html", "--desk")
    assert result.stderr.splitlines() == [f"Wrote {tmp_path / 'desk.html'}."]
    page = (tmp_path / "desk.html").read_bytes()
    assert b'id="desk-data"' in page
    assert len(page) < 300_000


# All are written by one function.
@pytest.mark.parametrize("name", sampled(["model.xlsx", "board.pptx", "report.html"]))
def test_a_file_that_is_there_stays_unless_that_is_allowed(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(b"mine")
    result = run(BASE, "-o", target)
    assert result.exit_code == 1
    assert "replace it with --overwrite" in result.stderr
    assert target.read_bytes() == b"mine"
    assert run(BASE, "-o", target, "--overwrite").exit_code == 0
    assert target.read_bytes() != b"mine"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["-o", "chart.gif"], "let it end in .pptx, .xlsx, .html, .png, .svg or .pdf"),
        (["-o", "chart"], "does not say what to make"),
        (["-o", "r.html", "--exhibit", "rankings"], "Did you mean 'ranking'?"),
        (["-o", "r.html", "--section", "Decisions"], "Did you mean 'Decision'?"),
        (["-o", "r.html", "--section", "Evidence"], "Evidence has nothing to show of Base case"),
        (["-o", "r.html", "--agenda"], "--agenda is for decks"),
        (["-o", "r.html", "--exhibit", "regret"], "give two files or more"),
        (["-o", "r.html", "--segment", "Enterprize"], "Did you mean 'Enterprise'?"),
        (["-o", "r.html", "--template", "house.potx"], "--template is for decks"),
        (["-o", "b.pptx", "--template", "house.potx"], "house.potx: there is no such file"),
        (["-o", "m.xlsx", "--exhibit", "ranking"], "a workbook holds the whole scenario"),
        ([str(OTHER), "-o", "m.xlsx"], "a workbook holds one scenario, got 2"),
        (["-o", "no/such/folder/r.html"], "the folder does not exist"),
        (["-o", "board.pptx", "--desk"], "let the output end in .html"),
        (["-o", "r.html", "--desk", "--segment", "Enterprise"], "the desk alone shows no exhibits"),
        ([str(OTHER), "-o", "r.html", "--desk"], "the desk alone holds one scenario, got 2"),
    ],
)
def test_a_request_that_cannot_be_met_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(BASE, *words)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert told in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
