"""The example case of the exhibits: six propositions for five segments."""

import numpy as np
import pytest

from valuemix.analysis.value.scoring import Evaluation, evaluate
from valuemix.model.scenario import Scenario

SCORES = {
    "Predictive uptime": [8.5, 6.5, 4.3, 6.9],
    "48-hour parts": [3.5, 9.2, 4.3, 5.4],
    "Circular take-back": [5.9, 4.2, 9.3, 5.0],
    "Named engineer": [4.4, 6.2, 5.0, 9.2],
    "Self-service core": [5.6, 8.1, 4.3, 2.7],
    "Co-design lab": [8.8, 3.1, 5.7, 8.1],
}
SEGMENTS = {
    "Enterprise": (34, [34, 26, 14, 26]),
    "Mid-market": (24, [22, 34, 14, 30]),
    "Public sector": (18, [14, 22, 44, 20]),
    "Small business": (14, [12, 48, 12, 28]),
    "Distributors": (10, [16, 52, 12, 20]),
}


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return Scenario.from_arrays(
        np.repeat([[*SCORES.values()]], len(SEGMENTS), axis=0),
        sizes=[size for size, _ in SEGMENTS.values()],
        points=[points for _, points in SEGMENTS.values()],
        segments=[*SEGMENTS],
        propositions=[*SCORES],
        name="Base case",
    ).replace(source="Illustrative data; 3 workshops, n = 42")


@pytest.fixture(scope="session")
def result(scenario: Scenario) -> Evaluation:
    return evaluate(scenario)


@pytest.fixture(scope="session")
def closer(scenario: Scenario) -> Evaluation:
    """The same case with more weight on customer intimacy in Enterprise: Co-design lab overtakes."""
    return evaluate(scenario.with_weights("Enterprise", customer_intimacy=45))
