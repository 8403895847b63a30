"""The best set of propositions and its frontier: seconds of the processor for random cases.

    python benchmarks/portfolio.py [--cases 5] [--frontier]

60 propositions with costs from 1 to 60, a budget of 120, segments and fairness as listed. The bar is 2 s for the best
set; the frontier comes on top.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

import numpy as np

from valuemix.analysis.portfolio.choose import choose
from valuemix.model.scenario import Scenario

SHAPES = ((5, 0.0), (5, 1.0), (5, 2.0), (5, "max"), (12, 0.0))


def case(segments: int, fairness: float | str, seed: int) -> Scenario:
    dice = np.random.default_rng(seed)
    base = Scenario.from_arrays(
        dice.integers(0, 101, (segments, 60, 4)) / 10,
        points=dice.integers(1, 50, (segments, 4)),
        sizes=dice.integers(1, 50, segments),
    )
    costs = zip(base.propositions, dice.integers(1, 60, 60).tolist(), strict=True)
    parts = [part.model_copy(update={"cost": float(cost)}) for part, cost in costs]
    return base.replace(propositions=parts).with_settings(fairness=fairness)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5)
    parser.add_argument("--frontier", action="store_true", help="Time the frontier too.")
    given = parser.parse_args()
    for segments, fairness in SHAPES:
        best, steps = [], []
        for seed in range(given.cases):
            scenario = case(segments, fairness, seed)
            start = time.process_time()
            found = choose(scenario, 120.0)
            best.append(time.process_time() - start)
            if given.frontier:
                start = time.process_time()
                len(found.frontier)
                steps.append(time.process_time() - start)
        told = f", frontier {statistics.median(steps):.2f} s" if steps else ""
        print(
            f"{segments} segments, fairness {fairness}: median {statistics.median(best):.2f} s, "
            f"most {max(best):.2f} s{told}"
        )


if __name__ == "__main__":
    main()
