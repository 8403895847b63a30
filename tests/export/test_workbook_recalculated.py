"""The workbook in a spreadsheet program: what LibreOffice calculates is what the library says."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from moment_samples import two_segments_at_faults
from sample_scenarios import ROOT, hostile, made
from spreadsheet import Cells, cells, edited, formula_cells, recalculated

from valuemix.analysis.compare.compare import compare
from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits import ranking
from valuemix.export.workbook import make_workbook
from valuemix.export.workbook.comparison import make_comparison
from valuemix.export.workbook.sentences import CHANGED
from valuemix.files.scenarios.scenario_file import load
from valuemix.files.tables.importer import import_files
from valuemix.model.scenario import Scenario

# By day `tests/test_golden.py` reads that the formulas are those that were calculated here.
pytestmark = [pytest.mark.slow, pytest.mark.office, pytest.mark.nightly]

BASE = load(ROOT / "scenarios" / "base-case.json").replace(low=None, high=None)
SETTINGS: dict[str, tuple[float | str, float | str]] = {
    "sum": (1.0, 0.0),
    "geometric": (0.0, 0.0),
    "harmonic": (-2.0, 1.0),
    "root": (0.5, 2.0),
    "weakest": ("min", "max"),
    "strongest": ("max", 0.5),
    "extreme": (-100.0, 100.0),
    "large": (100.0, 1.0),
    "nearly geometric": (1e-4, 1 - 1e-4),
}
CASES = [(name, kind) for name in SETTINGS for kind in ("full", "holes")]
SHAPES = ("hostile", "twelve", "one")
EDITS: dict[str, Mapping[tuple[str, str], Any]] = {
    "weight": {("Segments", "D2"): 90},
    "size": {("Segments", "C2"): 0, ("Segments", "C4"): 77.7},
    "score": {("Scores", "C2"): 1.2, ("Scores", "D9"): None},
    "compensation": {("Settings", "B7"): -1.5},
    "words": {("Settings", "B7"): " Min ", ("Settings", "B8"): "MAX"},
    "fairness": {("Settings", "B8"): 2},
    "usual settings": {("Settings", "B7"): None, ("Settings", "B8"): None},
    "scale": {("Settings", "B6"): 20},
    "name": {("Disciplines", "B2"): "=Novelty"},
    "tie": {("Scores", f"{c}{r}"): 5 for c in "CDEF" for r in range(2, 7)}
    | {("Scores", f"{c}{r}"): 5 for c in "CDEF" for r in range(7, 12)},
}
SMALL = made(2, 2, 2)


def with_holes() -> Scenario:
    """Missing scores, zero scores, weights of 0, a segment without size, a scale that begins below 0."""
    dice = np.random.default_rng(3)
    scores = dice.integers(-2, 3, (3, 6, 4)).astype(float)
    scores[dice.random(scores.shape) < 0.3] = math.nan
    scores[..., 0] = np.where(np.isnan(scores).all(axis=-1), -2, scores[..., 0])
    points = dice.integers(0, 3, (3, 4)).astype(float)
    points[:, 1] += 1
    return Scenario.from_arrays(scores, points=points, sizes=[2, 0, 3], scale=(-2, 2))


def with_settings(scenario: Scenario, compensation: float | str, fairness: float | str) -> Scenario:
    changes = {"compensation": compensation, "fairness": fairness}
    return scenario.replace(settings=scenario.settings.model_copy(update=changes))


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    whole = {"full": BASE, "holes": with_holes()}
    named = {f"{kind}, {name}": with_settings(whole[kind], *SETTINGS[name]) for name, kind in CASES}
    one = Scenario.from_arrays([[8, 2]], propositions=["Only"], segments=["All of them"])
    shapes = {"hostile": hostile(), "twelve": made(5, 2, 12), "one": one}
    return named | shapes


@pytest.fixture(scope="module")
def edits() -> dict[str, bytes]:
    book = make_workbook(BASE)
    return {name: edited(book, changes) for name, changes in EDITS.items()}


@pytest.fixture(scope="module")
def exported(scenarios: dict[str, Scenario]) -> dict[str, bytes]:
    return {name: make_workbook(scenario) for name, scenario in scenarios.items()}


@pytest.fixture(scope="module")
def calculated(
    exported: dict[str, bytes], edits: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Cells]:
    """All workbooks calculated in one start of the program, which takes longer than the calculation."""
    book = make_workbook(BASE)
    special = dict(comparisons())
    swapped = dict(zip([("Scores", "B2"), ("Scores", "B3")], reversed(SMALL.segment_names), strict=True))
    special["choice"] = edited(book, {("By segment", "B3"): "Public sector"})
    special["moved"] = edited(make_workbook(SMALL), swapped)
    moments = make_workbook(two_segments_at_faults())
    special |= {"moments": moments, "moments edited": edited(moments, {("Segments", "C2"): 10.0})}
    return recalculated(exported | edits | special, tmp_path_factory.mktemp("calc"))


@functools.cache
def comparisons() -> dict[str, bytes]:
    """Three scenarios side by side; and two that share one proposition, in which another ties or has no value."""
    others = (load(ROOT / "scenarios" / f"{name}.json") for name in ("green-mandate", "margin-squeeze"))
    one = Scenario.from_arrays([[8, 2], [4, 5], [8, 2]], propositions=["x", "y", "z"])
    other = Scenario.from_arrays([[3, 2], [4, 1], [np.nan] * 2], propositions=["x", "v", "w"])
    book = make_comparison(compare(one, other))
    moved = edited(book, {("Values", "C3"): 9.5, ("Values", "C8"): 9.5})
    return {"compared": make_comparison(compare(BASE, *others)), "odd": book, "odd moved": moved}


def test_a_comparison_calculates_ranks_changes_and_regret_of_its_values(calculated: dict[str, Cells]) -> None:
    for name, book in comparisons().items():
        if name != "odd moved":
            places, written = formula_cells(book), cells(book)
            assert len(places) > 10
            for place in places:
                one, other = (of.get(place) or 0 for of in (written, calculated[name]))
                assert other == pytest.approx(one, rel=1e-9, abs=1e-9), place
    moved = calculated["odd moved"]
    assert [moved["Ranks", f"C{row}"] for row in (2, 3, 4)] == [2, 1, 2]
    assert moved["Regret", "B2"] == pytest.approx(4.5)


def assert_same(found: Cells, data: bytes, *, but: str = "", edited: bool = False) -> None:
    """Every formula gives what the workbook says beside it, numbers to 1e-9.

    Of an edited workbook all but the sentences, which stay those of the export, and what tells the edit.
    """
    written = cells(data)
    told = {place for place, text in written.items() if place[0] == "Calculation" and text == "Differs now"}
    columns = {place[1].rstrip("0123456789") for place in told}
    findings = {written["Read me", "A2"], written["By segment", "A1"]}
    findings |= {
        written[s, f"B{c[1:]}"]
        for (s, c), text in written.items()
        if s == "Calculation" and text == "Finding"
    }
    for place in formula_cells(data):
        if place[0] == but:
            continue
        flag = place[0] == "Calculation" and place[1].rstrip("0123456789") in columns
        if edited and (flag or written.get(place) in findings):
            continue
        one, other = written.get(place, ""), found.get(place, "")
        if isinstance(one, str | bool) or isinstance(other, str | bool):
            assert one == other, place
        else:
            assert other == pytest.approx(one, rel=1e-9, abs=1e-9), place


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_every_compensation_and_fairness_gives_the_numbers_of_the_library(
    kind: str, name: str, exported: dict[str, bytes], calculated: dict[str, Cells]
) -> None:
    key = f"{kind}, {name}"
    assert_same(calculated[key], exported[key])


@pytest.mark.parametrize("name", SHAPES)
def test_other_shapes_and_names_give_the_numbers_of_the_library(
    name: str, exported: dict[str, bytes], calculated: dict[str, Cells]
) -> None:
    assert_same(calculated[name], exported[name])


@pytest.mark.parametrize("name", EDITS)
def test_a_changed_input_gives_the_workbook_of_the_changed_scenario(
    name: str, edits: dict[str, bytes], calculated: dict[str, Cells]
) -> None:
    changed = import_files({"edited.xlsx": edits[name]}).scenario
    assert changed != BASE or name == "usual settings"
    assert_same(calculated[name], make_workbook(changed), edited=True)


@pytest.mark.parametrize("name", EDITS)
def test_the_finding_stays_that_of_the_export_and_a_line_says_what_has_changed(
    name: str, edits: dict[str, bytes], calculated: dict[str, Cells]
) -> None:
    changed = import_files({"edited.xlsx": edits[name]}).scenario
    exported, result = ranking(BASE).finding, evaluate(changed)
    found = str(calculated[name]["Overall", "A1"])
    assert found.startswith(exported)
    assert calculated[name]["Read me", "A2"] == calculated[name]["Results", "A1"] == found
    if np.allclose(result.overall, evaluate(BASE).overall, rtol=0, atol=1e-12):
        assert found == exported
    else:
        names = [changed.proposition_names[p] for p in result.standing().leaders]
        who = " and ".join(names) if len(names) <= 3 else f"{len(names)} propositions"
        verb = "is" if len(names) == 1 else "are"
        assert found.startswith(f"{exported}. {CHANGED}: {who} {verb} highest now, at ")


def test_the_chosen_segment_is_the_one_that_is_shown(calculated: dict[str, Cells]) -> None:
    found = calculated["choice"]
    first = BASE.replace(segments=sorted(BASE.segments, key=lambda s: s.name != "Public sector"))
    assert_same(found, make_workbook(BASE), but="By segment", edited=True)
    written = cells(make_workbook(first))
    rows = [place for place in written if place[0] == "By segment" and place[1][0] in "ABCDEFGI"]
    for place in rows:
        assert found[place] == written[place] or found[place] == pytest.approx(written[place], abs=1e-9), (
            place
        )
    assert found["By segment", "A1"] == ranking(BASE, "Public sector").finding


def test_moved_rows_are_told_of(calculated: dict[str, Cells]) -> None:
    assert str(calculated["moved"]["Results", "A3"]).startswith(
        "Inputs were moved or renamed on one sheet only"
    )
    assert not calculated["choice"].get(("Results", "A3"))


@pytest.mark.parametrize(("name", "size"), [("moments edited", 10), ("moments", None)])
def test_values_follow_the_means_over_moments_and_the_sizes(
    calculated: dict[str, Cells], name: str, size: int | None
) -> None:
    scenario = two_segments_at_faults()
    expected = evaluate(scenario if size is None else scenario.with_sizes(Enterprise=size))
    told = [v for (sheet, _), v in calculated[name].items() if sheet == "Calculation"]
    for value in (*expected.overall, *expected.values.ravel()):
        assert any(isinstance(v, int | float) and abs(v - value) < 1e-9 for v in told), (name, value)
