"""Odd scenarios through every kind of exhibit and every file: nothing breaks, and no two contradict each other.

What an exhibit says is read from its words alone, as a reader would.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from nightly import tries
from odd_scenarios import odd_scenario
from pptx import Presentation

from valuemix import export
from valuemix.analysis.certainty.certainty import certainty, differing
from valuemix.errors import ValuemixError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import exhibit_of, exhibits_of, finder, slide_of
from valuemix.exhibits.words import wording
from valuemix.model.scenario import Scenario

TODAY = ("ranking", "values", "stability", "tradeoff", "levers", "summary", "statement", "dials")
"""Exhibits that say who leads overall today, whatever else they say."""

DEGREES = {
    "leads": {"certain", "clear"},
    "is the proposition to lead with": {"certain", "clear"},
    "Our strategy: lead with": {"certain", "clear", "likely"},
    "probably leads": {"likely"},
    "is probably the proposition to lead with": {"likely"},
    "is ahead": {"open"},
    "Too close to call between": {"open"},
}
IN_CELLS = {
    "certain": "leads whatever is in doubt",
    "clear": "leads",
    "likely": "probably leads",
    "open": "too close to call",
}
BROKEN = re.compile(r"\bnan\b|\binf\b|\bNone\b|−0\.0+\b|(?<![\d.,])1 points\b|  ")
LEAD = re.compile(r"(?:overall,? by|ahead of .{1,80} overall by|the lead of) ((?:less than )?[\d.]+)")
PARTS = re.compile(
    r"by (?P<lead>[\d.]+) over .+: .+ adds? (?P<adds>[\d.]+)(?P<each> each)?"
    r", .+ takes (?P<takes>[\d.]+)(?:, the rest (?P<rest>(?:adds )?[\d.]+))?$"
)
ABOVE = re.compile(r"(?:^|; )(?P<pair>.{1,60} is above .{1,60}) in (?P<share>\S+ %) of the cases")


def every_exhibit(scenario: Scenario) -> dict[str, Exhibit]:
    """Exhibits of every kind that the scenario has the data for; what lacks data is said, not broken."""
    other = scenario.renamed("Other case").with_points(scenario.points[:, ::-1].copy())
    made = {}
    for key in KINDS:
        options = {"scenarios": "Other case"} if KINDS[key].compares else {}
        try:
            made[key] = exhibit_of(scenario, slide_of(key, **options), finder([other]))
        except ValuemixError:
            continue
    return made


def texts_in(exhibit: Exhibit) -> list[str]:
    """What stands in the figure of an exhibit."""
    figure = exhibit.figure_in("light").to_plotly_json()
    marks = [text for trace in figure["data"] for text in _listed(trace.get("text"))]
    return [*map(str, marks), *(note["text"] for note in figure["layout"].get("annotations", ()))]


def _listed(text: Any) -> list[Any]:
    return (
        [text] if isinstance(text, str) else [] if text is None else [*np.ravel(np.array(text, dtype=object))]
    )


def numbered(text: str, names: list[str]) -> str:
    """Text with a number in place of every name, for names may hold commas, or one another."""
    for place, name in sorted(enumerate(names), key=lambda each: -len(each[1])):
        text = re.sub(rf"(?<![\w&]){re.escape(name)}(?!\w)", f"«{place}»", text)
    return text


def told(exhibit: Exhibit, names: list[str]) -> set[tuple[str, str]]:
    """Pairs of a leader overall and the words with which it is called that."""
    text = numbered(exhibit.finding.replace("\u00a0", " ").replace(" (partial value)", ""), names)
    place_told = "" if text.startswith("No leader can be told overall: ") else " overall"
    found = set()
    for place, name in enumerate(names):
        who = f"«{place}»"
        for words in ("leads", "probably leads", "is ahead"):
            if re.search(rf"{who} (?:still |now )?{words}{place_told}", text):
                found.add((name, words))
        for words in ("is the proposition to lead with", "is probably the proposition to lead with"):
            if re.search(rf"{who} {words}", text):
                found.add((name, words))
        if re.search(rf"Our strategy: lead with {who}", text):
            found.add((name, "Our strategy: lead with"))
        if re.match(rf"Too close to call between {who}", text):
            found.add((name, "Too close to call between"))
    return found


def assert_told_in_one_way(scenario: Scenario, folder: Path) -> None:
    made, sure = every_exhibit(scenario), certainty(scenario)
    names = wording.short_names(scenario.proposition_names)
    assert {"summary", "ranking", "weights"} <= made.keys()
    for exhibit in made.values():
        for text in (exhibit.finding, exhibit.subtitle, exhibit.alt, *exhibit.notes):
            assert text.strip()
            assert not BROKEN.search(text), f"{exhibit.key}: {text}"
        if exhibit.key != "dials":  # where the ends of both dials are infinite
            shown = exhibit.table.drop(columns="fairness", errors="ignore")  # a setting, that may be infinite
            numbers = shown.select_dtypes("number").to_numpy(dtype=float)
            assert not np.isinf(numbers).any(), exhibit.key
        assert not re.search(r"\bnan\b|\bNone\b", " ".join(texts_in(exhibit)).lower()), exhibit.key
    _leaders_and_degrees(made, names, sure.degree, [names[p] for p in sure.leaders])
    _degrees_in_cells(made, scenario)
    _one_printed_lead(made)
    _parts_add_up(made["ranking"].finding)
    if scenario.segment_names[0].startswith("Segment"):
        _weights_add_up(made["weights"].alt)
    _one_printed_share(made)
    _one_least_change(made)
    _files(scenario, made, folder)


def _leaders_and_degrees(made: dict[str, Exhibit], names: list[str], degree: str, leaders: list[str]) -> None:
    for key in TODAY:
        if key not in made or len(names) == 1:
            continue
        for name, words in told(made[key], names):
            assert leaders == [name], f"{key}: {made[key].finding}"
            assert degree in DEGREES[words], f"{key} is {degree}: {made[key].finding}"
    if len(leaders) == 1 and len(names) > 1:
        assert told(made["summary"], names), made["summary"].finding
        assert told(made["stability"], names), made["stability"].finding
    if len(leaders) > 1:
        tie = r"\btie\b|level|share the lead|equally|do not decide"
        assert re.search(tie, made["summary"].finding), made["summary"].finding


def _degrees_in_cells(made: dict[str, Exhibit], scenario: Scenario) -> None:
    """Every segment's leader is as sure in the table of leaders as certainty has it, clear as Holm allows."""
    if "leaders" not in made or len(scenario.propositions) == 1:
        return
    every = [certainty(scenario, name) for name in scenario.segment_names]
    there = iter(differing([found.least for found in every if len(found.leaders) == 1]))
    for found, sure in zip(every, made["leaders"].table["sure"], strict=True):
        others = any(share == share for share in found.above)
        word = "tie" if len(found.leaders) > 1 else IN_CELLS[found.degree] if others else ""
        if len(found.leaders) == 1 and not next(there) and found.degree == "clear":
            word = IN_CELLS["likely"]
        assert sure == word, (sure, found)


def _parts_add_up(finding: str) -> None:
    """What adds to a lead, less what takes from it, is the lead as they are printed."""
    if (found := PARTS.search(finding)) and not found["each"]:
        rest = found["rest"] or "adds 0"
        last = float(rest.removeprefix("adds ")) * (1 if rest.startswith("adds") else -1)
        assert float(found["adds"]) - float(found["takes"]) + last == pytest.approx(float(found["lead"])), (
            finding
        )


def _weights_add_up(alt: str) -> None:
    """Printed weights of a segment sum to 100."""
    rows = [re.findall(r"([<>]?)([\d.]+)\u00a0%", part) for part in re.split(r"; |\. ", alt) if ": " in part]
    whole = [
        round(sum(float(n) for _, n in row), 1) for row in rows if row and not any(sign for sign, _ in row)
    ]
    assert any(rows)
    assert set(whole) <= {100}, alt


def _one_printed_lead(made: dict[str, Exhibit]) -> None:
    leads = {
        key: found[1]
        for key in ("ranking", "levers", "statement", "challenges")
        if key in made and (found := LEAD.search(made[key].finding.replace("\u00a0", " ")))
    }
    assert len(set(leads.values())) <= 1, leads


def _one_printed_share(made: dict[str, Exhibit]) -> None:
    """One pair of propositions is ahead in one share of the cases, in every note about values today."""
    shares: dict[str, set[str]] = {}
    for key in (*TODAY, "challenges", "acceptability", "pairwise", "leader_map", "preference_share"):
        for note in made[key].notes if key in made else ():
            for found in ABOVE.finditer(note.replace("\u00a0", " ")):
                shares.setdefault(found["pair"].split(": ")[-1], set()).add(found["share"])
    assert all(len(each) == 1 for each in shares.values()), shares


def _one_least_change(made: dict[str, Exhibit]) -> None:
    if "stability" not in made or "challenges" not in made or made["challenges"].table.empty:
        return
    switch = made["stability"].table["switch_distance"].min()
    moved = made["challenges"].table["lead_share"].min()
    exact = made["challenges"].table["exact"].all() and not any(
        "searched" in n for n in made["stability"].notes
    )
    if exact and not np.isnan(switch):
        assert moved <= switch + 1e-6
    told_safely = made["summary"].table["sentence"].iloc[-1]
    if "is nearer, by part of its range" in told_safely:
        names = wording.short_names(made["summary"].scenarios[0].proposition_names)
        least = re.match(
            r"With (.+), (.+) draws? level; no .+ is nearer, by part of its range",
            numbered(told_safely, names),
        )
        assert least, told_safely
        listed = re.split(r", | and ", least[2])
        assert all(re.fullmatch(r"«\d+»|\w+ more", name) for name in listed), told_safely
    if "would change that" in made["summary"].finding:
        # A name may hold a semicolon, too.
        parts = made["summary"].finding.removesuffix(" would change that").split("; ")
        changes = ["; ".join(parts[start:]) for start in range(1, len(parts))]
        assert any(told_safely.startswith(f"With {change}") for change in changes), (told_safely, changes)


def _files(scenario: Scenario, made: dict[str, Exhibit], folder: Path) -> None:
    summary, ranking = made["summary"].finding, made["ranking"].finding
    shown = exhibits_of(scenario)
    deck = Presentation(str(export.deck(shown, folder / "board.pptx")))
    title = " ".join(shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)
    assert _plain(summary)[:40] in _plain(title)
    report = export.report(shown, folder / "board.html").read_text(encoding="utf-8")
    assert "</html>" in report
    book = openpyxl.load_workbook(
        export.workbook(scenario, folder / "board.xlsx"), read_only=True, data_only=True
    )
    cells = [
        str(c) for sheet in book.worksheets[:2] for row in sheet.iter_rows(values_only=True) for c in row if c
    ]
    assert any(_plain(ranking) in _plain(cell) for cell in cells), ranking
    book.close()


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


@pytest.mark.nightly  # one of them proves little: by day tests/exhibits/test_a_fact_has_one_printed_value.py
@pytest.mark.slow
@pytest.mark.parametrize("number", range(tries(15, 1)))
def test_a_sample_of_odd_scenarios_is_told_in_one_way(number: int, tmp_path: Path) -> None:
    assert_told_in_one_way(odd_scenario(number, (3, 2)), tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("number", range(1000, 1500))
def test_every_odd_scenario_is_told_in_one_way(number: int, tmp_path: Path) -> None:
    assert_told_in_one_way(odd_scenario(number), tmp_path)
