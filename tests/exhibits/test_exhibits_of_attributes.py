"""Analyses stay on disciplines: what attributes give counts as the same scores would, in every exhibit."""

from __future__ import annotations

import functools

import pandas as pd
import pytest
from attribute_samples import two_levels

from valuemix.errors import ValuemixError
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario


@functools.cache
def _complete() -> Scenario:
    scenario = two_levels()
    first, *others = (row for row in scenario.attribute_scores if row.proposition != "Take-back")
    new = [
        first.model_copy(
            update={"proposition": "Take-back", "attribute": name, "value": value, "low": None, "high": None}
        )
        for name, value in (("Delivery", 12.0), ("Faults", 1.0))
    ]
    rows = [first, *others, *new]
    return scenario.replace(attribute_scores=rows, believed=scenario.without_attributes().scores)


@pytest.mark.parametrize("name", [key for key in KINDS if key != "attribute_profile"])
@pytest.mark.one_in(6)
def test_an_exhibit_is_that_of_the_scores_alone(name: str) -> None:
    scenario = _complete()
    options = {"scenarios": "Other"} if "scenarios" in KINDS[name].options else {}
    slide = slide_of(name, **options)
    made, alone = (_made(one, slide) for one in (scenario, _plain()))
    assert made[0] == alone[0]
    if made[1] is not None and alone[1] is not None:
        # What else would make a challenger lead is told of attributes where there are any.
        told = [each.drop(columns="others", errors="ignore") for each in (made[1], alone[1])]
        pd.testing.assert_frame_equal(*told)


@functools.cache
def _plain() -> Scenario:
    return _complete().without_attributes()


def _made(scenario: Scenario, slide: Slide) -> tuple[str, pd.DataFrame | None]:
    """Finding and table, or what is missing for the exhibit."""
    other = scenario.renamed("Other").with_weights("Enterprise", care=60)
    try:
        exhibit = exhibit_of(scenario, slide, finder([other]))
    except ValuemixError as error:
        return str(error), None
    return exhibit.finding, exhibit.table
