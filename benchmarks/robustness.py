"""Acceptability beside its peers: the same work, in one interleaved run, as a table of ratios.

    python benchmarks/robustness.py [--draws 1000000] [--rounds 3] [--peers PYTHON]

The work: rank acceptability, pairwise winning indices and central weights of 20 propositions on 4
disciplines over uniformly drawn weights, additive values. Each contender runs in a process of its
own on one thread, a warm-up first; rounds go through all contenders in turn; times are those of the
processor, so that other work on the machine counts less. Peers live in any environment:

    python -m venv peers && peers/bin/pip install pysensmcda pymcdm pyrepo-mcda scikit-criteria
    python benchmarks/robustness.py --peers peers/bin/python

What is not installed is listed as missing, and the rest runs. Peers that value one draw at a time
get fewer draws and their time is scaled up; the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")

import numpy as np

SHAPE = 20, 4
SCORES = np.random.default_rng(1).random(SHAPE)
CRITERIA = np.ones(SHAPE[1])
Run = Callable[[int], "np.ndarray"]


def valuemix_draws() -> Run:
    from valuemix.analysis.draws.draws import Doubt
    from valuemix.analysis.draws.sampling import sample
    from valuemix.analysis.value.case import Case

    case = Case(SCORES[None], np.full((1, SHAPE[1]), 1 / SHAPE[1]), np.ones(1))
    return lambda draws: sample(case, Doubt(), draws=draws, seed=0).rank_acceptability[:, 0]


def valuemix_exact() -> Run:
    from valuemix.analysis.draws.draws import Doubt
    from valuemix.analysis.robustness.acceptability import acceptability
    from valuemix.analysis.value.case import Case

    case = Case(SCORES[None], np.full((1, SHAPE[1]), 1 / SHAPE[1]), np.ones(1))
    return lambda _: acceptability(case, Doubt()).rank_acceptability[:, 0]


def numpy_script() -> Run:
    """What most people write: all draws at once, a double argsort, pairs by comparing columns."""

    def run(draws: int) -> np.ndarray:
        weights = np.random.default_rng(0).dirichlet(np.ones(SHAPE[1]), draws)
        values = weights @ SCORES.T
        ranks = np.argsort(np.argsort(-values, axis=1), axis=1)
        acceptability = np.stack([(ranks == rank).mean(axis=0) for rank in range(SHAPE[0])], axis=1)
        [[(values[:, p] > values[:, q]).mean() for q in range(SHAPE[0])] for p in range(SHAPE[0])]
        [weights[ranks[:, p] == 0].mean(axis=0) for p in range(SHAPE[0]) if acceptability[p, 0]]
        return acceptability[:, 0]

    return run


def pysensmcda_with(method: Callable[..., np.ndarray]) -> Run:
    from pysensmcda.robustness import pairwise_winning_indices
    from pysensmcda.smaa import central_weights, rank_acceptability, simulate

    def run(draws: int) -> np.ndarray:
        result = simulate(method, SCORES, CRITERIA, num_samples=draws, reverse_ranking=True, seed=0)
        pairwise_winning_indices(result.rankings)
        central_weights(result)
        return rank_acceptability(result)[:, 0]

    return run


def pysensmcda_product() -> Run:
    return pysensmcda_with(lambda matrix, weights, _types: matrix @ weights)


def weighted_sum_of_pymcdm() -> Callable[..., np.ndarray]:
    from pymcdm.methods import WSM

    def unscaled(matrix: np.ndarray, cost: bool = False) -> np.ndarray:
        """Scores as they stand: the default scaling by sums would be another problem."""
        return -matrix if cost else matrix

    return WSM(normalization_function=unscaled)


def pysensmcda_documented() -> Run:
    return pysensmcda_with(weighted_sum_of_pymcdm())


def pysensmcda_exact() -> Run:
    from pysensmcda.smaa import exact_acceptability

    return lambda _: exact_acceptability(SCORES, CRITERIA, scaling="none", weight_bounds=False).acceptability


def counted(value: Callable[[np.ndarray], np.ndarray]) -> Run:
    """Loop that most would write around a library that values one weighting at a time."""

    def run(draws: int) -> np.ndarray:
        weights = np.random.default_rng(0).dirichlet(np.ones(SHAPE[1]), draws)
        ranks, wins, won = np.zeros((20, 20)), np.zeros((20, 20)), np.zeros(SHAPE)
        everyone = np.arange(20)
        for w in weights:
            values = value(w)
            rank = np.argsort(np.argsort(-values))
            ranks[everyone, rank] += 1
            wins += values[:, None] > values
            won[rank == 0] += w
        return ranks[:, 0] / draws

    return run


def pymcdm_loop() -> Run:
    method = weighted_sum_of_pymcdm()
    return counted(lambda w: method(SCORES, w, CRITERIA))


def skcriteria_loop() -> Run:
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    method = WeightedSumModel()

    def value(w: np.ndarray) -> np.ndarray:
        decision = skcriteria.mkdm(SCORES, [max] * SHAPE[1], weights=w)
        return np.asarray(method.evaluate(decision).e_.score)

    return counted(value)


def pyrepo_smaa() -> Run:
    from pyrepo_mcda.mcda_methods import VIKOR_SMAA

    def run(draws: int) -> np.ndarray:
        weights = np.random.default_rng(0).dirichlet(np.ones(SHAPE[1]), draws)
        acceptability, _, _ = VIKOR_SMAA()(SCORES, weights, CRITERIA)
        return acceptability[:, 0]

    return run


OURS, PEER = "ours", "peer"
# Name: (maker, whose environment, part of the draws, remark)
CONTENDERS: dict[str, tuple[Callable[[], Run], str, float, str]] = {
    "valuemix, drawn": (valuemix_draws, OURS, 1, ""),
    "numpy script": (numpy_script, OURS, 1, ""),
    "pysensmcda, matrix product": (pysensmcda_product, PEER, 1, ""),
    "pysensmcda, as documented": (pysensmcda_documented, PEER, 0.1, ""),
    "pymcdm, in a loop": (pymcdm_loop, PEER, 0.02, ""),
    "scikit-criteria, in a loop": (skcriteria_loop, PEER, 0.0005, ""),
    "pyrepo-mcda, VIKOR_SMAA": (pyrepo_smaa, PEER, 0.005, "VIKOR, not a weighted sum; no pairwise"),
}
EXACT: dict[str, tuple[Callable[[], Run], str, float, str]] = {
    "valuemix, exact": (valuemix_exact, OURS, 0, "all ranks, pairwise, central weights"),
    "pysensmcda, exact": (pysensmcda_exact, PEER, 0, "first ranks and central weights alone"),
}


def measure(name: str, draws: int) -> None:
    """Run one contender in this process and print what it took as JSON."""
    run = (CONTENDERS | EXACT)[name][0]()
    run(max(min(draws // 10, 2000), 10))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    times = []
    for _ in range(1 if draws else 15):
        start = time.process_time()
        firsts = run(draws)
        times.append(time.process_time() - start)
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(json.dumps({"seconds": statistics.median(times), "mib": peak, "firsts": list(map(float, firsts))}))


def run_apart(python: str, name: str, draws: int) -> dict[str, object] | str:
    """Measure a contender in a process of its own; its last line of error where it fails."""
    command = [python, str(Path(__file__).resolve()), "--one", name, "--draws", str(draws)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1]
    result: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return result


def run_c(program: str, draws: int) -> dict[str, object]:
    scores = " ".join(map(str, SCORES.ravel()))
    done = subprocess.run(
        [program, str(draws), *map(str, SHAPE)], input=scores, capture_output=True, text=True, check=True
    )
    seconds, *firsts = map(float, done.stdout.split())
    return {"seconds": seconds, "mib": 0.0, "firsts": firsts}


def compiled(folder: str) -> str | None:
    compiler = shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    source, program = Path(__file__).with_name("robustness.c"), str(Path(folder) / "robustness")
    flags = ["-O3", "-march=native", "-ffast-math"]
    built = subprocess.run([compiler, *flags, str(source), "-o", program, "-lm"], check=False)
    return None if built.returncode else program


def compare(draws: int, rounds: int, peers: str) -> None:
    found: dict[str, list[dict[str, object]]] = {}
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        program = compiled(folder)
        if program is None:
            missing["C"] = "no gcc or clang"
        for _ in range(rounds):
            if program:
                found.setdefault("C, -O3 -march=native", []).append(run_c(program, draws))
            for name, (_, whose, part, _) in (CONTENDERS | EXACT).items():
                if name in missing:
                    continue
                result = run_apart(sys.executable if whose == OURS else peers, name, int(draws * part))
                if isinstance(result, str):
                    missing[name] = result
                else:
                    found.setdefault(name, []).append(result)
    report(found, missing, draws, rounds)


def report(
    found: dict[str, list[dict[str, object]]], missing: dict[str, str], draws: int, rounds: int
) -> None:
    medians = {name: statistics.median(r["seconds"] for r in runs) for name, runs in found.items()}
    exact = np.array(found["valuemix, exact"][0]["firsts"])
    print(f"{SHAPE[0]} propositions, {SHAPE[1]} disciplines, {draws:,} draws, median of {rounds} rounds\n")
    print("| | CPU seconds | ratio | extra MiB | first ranks off by | |\n|---|---|---|---|---|---|")
    for table, base in ((CONTENDERS, "valuemix, drawn"), (EXACT, "valuemix, exact")):
        names = [name for name in found if name in table or (table is CONTENDERS and name.startswith("C,"))]
        for name in sorted(names, key=lambda name: medians[name] / (table.get(name, (0, 0, 1))[2] or 1)):
            _, _, part, remark = table.get(name, (None, OURS, 1, ""))
            seconds = medians[name] / (part or 1)
            scaled = f"scaled from {int(draws * part):,} draws" if 0 < part < 1 else ""
            mib = max(float(r["mib"]) for r in found[name])
            memory = "" if scaled or name.startswith("C,") else f"{mib:.0f}"
            off = "" if "VIKOR" in name else f"{abs(np.array(found[name][0]['firsts']) - exact).max():.0e}"
            remarks = "; ".join(filter(None, [scaled, remark]))
            print(
                f"| {name} | {seconds:.3g} | {seconds / medians[base]:.2f} | {memory} | {off} | {remarks} |"
            )
    for name, why in missing.items():
        print(f"\nMissing: {name}: {why}")
    if shutil.which("Rscript") is None:
        print("\nNot part of this run: R's smaa (no Rscript on this machine).")


def main() -> None:
    parser = argparse.ArgumentParser(description="Acceptability beside its peers.")
    parser.add_argument("--draws", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable, help="Python that has the peers installed")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        measure(chosen.one, chosen.draws)
    else:
        compare(chosen.draws, chosen.rounds, chosen.peers)


if __name__ == "__main__":
    main()
