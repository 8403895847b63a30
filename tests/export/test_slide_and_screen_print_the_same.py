"""Every exhibit prints the same numbers in its figure and on its native slide."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from pptx import Presentation
from printed_numbers import in_figure, on_slides
from sample_scenarios import ROOT

from valuemix.cli import main
from valuemix.errors import ValuemixError
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario

FAULTS = ROOT / "tests" / "data" / "faults"


def on_100() -> Scenario:
    scores = np.random.default_rng(3).uniform(0, 100, (3, 4, 4))
    return Scenario.from_arrays(
        scores, scale=(0, 100), name="On a hundred", segments=["North", "South", "East"],
        propositions=["Alpha", "Bravo", "Charlie", "Delta"],
    )  # fmt: skip


def with_holes() -> Scenario:
    scores = np.random.default_rng(4).uniform(0, 10, (3, 4, 4))
    scores[0, 1, 2] = np.nan
    scores[:, 3, 0] = np.nan
    return Scenario.from_arrays(
        scores, name="On ten", segments=["North", "South", "East"],
        propositions=["Alpha", "Bravo", "Charlie", "Delta"],
    )  # fmt: skip


CASES = {
    "examples": (
        load(ROOT / "scenarios" / "everyone-served.json"),
        load(ROOT / "scenarios" / "green-mandate.json"),
    ),
    "another scale, with holes": (with_holes(), on_100()),
}


@pytest.mark.parametrize("key", [*KINDS])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.one_in(2)
def test_slide_and_figure_print_the_same_numbers(case: str, key: str) -> None:
    scenario, other = CASES[case]
    options = {"scenarios": other.name} if "scenarios" in KINDS[key].options else {}
    try:
        exhibit = exhibit_of(scenario, slide_of(key, **options), finder([other]))
    except ValuemixError:
        pytest.skip("the scenario has not what this exhibit needs")
    assert on_slides(exhibit) == in_figure(exhibit)


def test_values_on_another_scale_are_not_subtracted_on_a_slide_either(tmp_path: Path) -> None:
    target = tmp_path / "x.pptx"
    names = [str(FAULTS / f"other_scale_{which}.json") for which in ("now", "before")]
    result = CliRunner().invoke(main, ["export", *names, "--exhibit", "change", "-o", str(target)])
    assert result.exit_code == 0, result.stderr
    (slide,) = Presentation(io.BytesIO(target.read_bytes())).slides
    assert "cannot be compared" in slide.shapes.title.text
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    texts = ["".join(t.text or "" for t in p.xpath(".//a:t")) for p in chart._chartSpace.xpath(".//c:dLbl")]
    assert not [text for text in texts if "70" in text or "62.5" in text]
