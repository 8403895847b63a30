"""Analyses stay on means over moments and say so: what moments give counts as the same points and scores would."""

from __future__ import annotations

import numpy as np
import pytest
from moment_samples import two_segments_at_faults

from valuemix.errors import ValuemixError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.model.scenario import Scenario

OWN = ("where", "journey", "returns")
"""What shows moments themselves."""


@pytest.mark.parametrize("name", [key for key in KINDS if key not in OWN])
def test_an_exhibit_is_that_of_the_means_and_says_so(name: str) -> None:
    scenario = two_segments_at_faults().with_sizes(Enterprise=47)
    scores = scenario.given("scores")
    scenario = scenario.with_table("promised", scores).with_table("low", scores - 1)
    shown, alone = (_made(one, name) for one in (scenario, scenario.without_moments()))
    if isinstance(shown, Exhibit) and isinstance(alone, Exhibit):
        # Those that are equal may stand in any order.
        numbers = [np.sort(each.table.select_dtypes("number").to_numpy(float), 0) for each in (shown, alone)]
        assert np.allclose(*numbers, atol=1e-9, equal_nan=True)
        assert shown.notes[-1].startswith("weights and scores are means over three moments by contacts")
        assert len(shown.notes) == len(alone.notes) + 1
    else:
        assert shown == alone


def _made(scenario: Scenario, name: str) -> Exhibit | str:
    """The exhibit, or what is missing for it."""
    options = {"scenarios": "Other"} if "scenarios" in KINDS[name].options else {}
    other = scenario.renamed("Other").with_sizes(Enterprise=10)
    try:
        return exhibit_of(scenario, slide_of(name, **options), finder([other]))
    except ValuemixError as error:
        return str(error)
