"""Random scenarios in which sets are chosen under a budget."""

import numpy as np

from valuemix.model.scenario import Scenario

FAIRNESS = (0, 0.3, 1, 2, 5, 100, "max", 0.99999, 1.0000001, 0.5)


def costed(seed: int, propositions: int) -> tuple[Scenario, float]:
    """Scenario with costs, needs, excludes and floors, and a budget; every other one on steps, so that much ties."""
    dice = np.random.default_rng(seed)
    segments = int(dice.integers(1, 5))
    scores = dice.integers(0, 9, (segments, propositions, 2)) * 1.25
    scores = scores if seed % 2 else 10 * dice.random(scores.shape)
    scores = np.where(dice.random(scores.shape[:2])[..., None] < 0.1, np.nan, scores)
    scenario = Scenario.from_arrays(scores, sizes=[1, *dice.integers(0, 9, segments - 1)])
    names = scenario.proposition_names
    said = [
        {
            "cost": float(dice.integers(0, 6)),
            "choose": str(dice.choice(["", "", "", "", "must", "must not"])),
            "needs": (names[(p + 1) % propositions],) if propositions > 1 and dice.random() < 0.15 else (),
            "excludes": (names[(p + 2) % propositions],) if propositions > 2 and dice.random() < 0.15 else (),
        }
        for p in range(propositions)
    ]
    parts = [part.model_copy(update=more) for part, more in zip(scenario.propositions, said, strict=True)]
    floors = [None if dice.random() < 0.7 else float(dice.integers(1, 8)) for _ in range(segments)]
    groups = [s.model_copy(update={"floor": f}) for s, f in zip(scenario.segments, floors, strict=True)]
    scenario = scenario.replace(propositions=parts, segments=groups)
    budget = 0.5 * sum(part.cost or 0.0 for part in parts)
    return scenario.with_settings(fairness=FAIRNESS[seed % len(FAIRNESS)]), budget
