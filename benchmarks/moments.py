"""How fast a change of weights is answered with moments: ``python benchmarks/moments.py [--page] [--bent]``.

8 segments x 40 moments x 20 propositions, each moment with points and scores of its own. Prints the best and the
median of several changes, each to weights not seen before, beside numpy's time to sort a million numbers:

- the copy with other weights, what its values, ranks and the degree of the lead take (bar: 20 ms together),
- the sweeps of all weights, and the challenges, which follow after the release;
- with --bent, the same at compensation 0.5; with --page, the whole answer of the Balance page as the server gives it.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from balance_screen import Screen
from moment_samples import large_by_moment
from sample_scenarios import saved_in
from streamlit.testing.v1 import AppTest

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.analysis.value.scoring import evaluate
from valuemix.model.scenario import Scenario
from valuemix.ui import server

CHANGES, BAR = 12, 20.0
ROWS = {"one segment": 0, "all segments": None}


def changed(scenario: Scenario, row: int | None, step: int) -> Scenario:
    """Weights moved in one segment, or in all of them, as nobody moved them before."""
    segment = None if row is None else scenario.segment_names[row]
    return scenario.with_weights(segment, {scenario.discipline_ids[0]: 20 + 1.7 * step})


def valued(scenario: Scenario) -> None:
    """Values and ranks."""
    found = evaluate(scenario)
    _ = found.ranks, found.overall_ranks


def challenged(scenario: Scenario) -> None:
    """What each challenger would need."""
    _ = tradeoffs(scenario).challenges


PARTS: dict[str, Callable[[Scenario], Any]] = {
    "values and ranks": valued,
    "degree of the lead": certainty,
    "sweeps": tradeoffs,
    "challenges": challenged,
}


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Milliseconds, and what came of it."""
    began = time.perf_counter()
    found = action()
    return (time.perf_counter() - began) * 1000, found


def line(what: str, times: list[float], beside: float) -> None:
    best = min(times)
    print(
        f"{what:<44} best {best:8.1f} ms   median {np.median(times):8.1f} ms   {best / beside:6.2f} x the sort"
    )


def parts(scenario: Scenario, beside: float, *, compensation: float, changes: int = CHANGES) -> None:
    """Each part of an answer by itself, and what has to be there at once together."""
    base = scenario.with_settings(compensation=compensation)
    for name, row in ROWS.items():
        challenged(changed(base, row, -1))  # what is imported and kept once is
        times: dict[str, list[float]] = {}
        for step in range(changes):
            taken, new = timed(lambda step=step, row=row: changed(base, row, step))
            times.setdefault("copy", []).append(taken)
            for part, action in PARTS.items():
                times.setdefault(part, []).append(timed(lambda action=action, new=new: action(new))[0])
        title = f"compensation {compensation:g}, {name}"
        for part, each in times.items():
            line(f"{title}: {part}", each, beside)
        together = np.sum([times[part] for part in ("copy", *[*PARTS][:2])], axis=0).tolist()
        line(f"{title}: at once", together, beside)
        best = min(together)
        print(f"{'':<44} bar {BAR:g} ms: {'meets' if best <= BAR else 'misses'} it ({best / BAR:.2f})")


def page(scenario: Scenario, beside: float) -> None:
    """The whole answer of the Balance page to a move, without a browser."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VALUEMIX_SCENARIOS"] = str(saved_in(Path(folder) / "scenarios", scenario))
        at = AppTest.from_file(str(server.SCRIPT), default_timeout=120)
        at.context = {"theme": "light"}
        at.query_params["scenario"] = "only"
        screen = Screen(at).run()
        for name, segment in (("all segments", None), ("one segment", scenario.segment_names[0])):
            screen.segment(segment)
            times = [timed(lambda step=step: screen.move(0, 20 + step))[0] for step in range(CHANGES + 2)]
            line(f"page, {name}: a move answered", times[2:], beside)


def main() -> None:
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    numbers = np.random.default_rng(1).random(1_000_000)
    beside = min(timed(lambda: np.sort(numbers))[0] for _ in range(5))
    print(f"numpy sorts a million numbers in {beside:.1f} ms")
    scenario = large_by_moment()
    if "--page" in sys.argv:
        page(scenario, beside)
        return
    parts(scenario, beside, compensation=1)
    if "--bent" in sys.argv:  # minutes: where values bend, challenges are searched for
        parts(scenario, beside, compensation=0.5, changes=1)


if __name__ == "__main__":
    main()
