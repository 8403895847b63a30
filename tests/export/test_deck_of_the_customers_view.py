"""Native forms of service, of what fixes return, and of arrows on the value map hold the exhibits' numbers."""

from __future__ import annotations

import numpy as np
import pytest
from deck_charts import drawn
from optional_sheets import poorly_served, with_optional_sheets
from sample_scenarios import large, made

from valuemix import exhibits
from valuemix.exhibits.words.formats import number
from valuemix.model.scenario import Scenario


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return with_optional_sheets(made(5, 4), seed=3)


def test_links_go_from_what_is_felt_to_what_they_let_last(scenario: Scenario) -> None:
    exhibit = exhibits.service(poorly_served(scenario))
    chart = drawn(exhibit)
    rows = exhibit.table.to_dict("records")
    for row, name in zip(rows, chart.series, strict=False):
        ends = chart.numbers(name, "xVal")[:2]
        np.testing.assert_allclose(ends, [row["felt"], row["limited"]])


def test_what_fixes_return_is_printed_in_a_table(scenario: Scenario) -> None:
    exhibit = exhibits.delivery_levers(scenario)
    table = next(shape.table for shape in drawn(exhibit).slide.shapes if shape.has_table)
    printed = [[cell.text for cell in row.cells][1:] for row in table.rows][1:]
    gains = exhibit.table["gain"].to_numpy().reshape(len(printed), -1)
    assert printed == [[number(gain, exhibit.decimals) for gain in line] for line in gains]


def test_only_what_moved_has_an_arrow(scenario: Scenario) -> None:
    lighter = scenario.array("burdens").copy()
    lighter[:, 0] = scenario.scale.lowest
    plan = scenario.with_table("burdens", lighter).renamed("Plan")
    chart = drawn(exhibits.value_map(plan, baseline=scenario))
    assert [name for name in chart.series if "before" in name] == [
        f"{scenario.proposition_names[0]}: from before"
    ]


def test_names_on_the_map_stand_within_its_axes() -> None:
    chart = drawn(exhibits.value_map(with_optional_sheets(large(), seed=1)))
    for axis, which in (("xVal", 0), ("yVal", 1)):
        ends = [
            [float(v) for v in chart.space.xpath(f"(.//c:valAx)[{which + 1}]//c:{end}/@val")]
            for end in ("min", "max")
        ]
        places = [v for v in chart.numbers("Names", axis) if v == v]
        assert places
        assert ends[0][0] <= min(places)
        assert max(places) <= ends[1][0]
