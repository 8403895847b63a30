"""How long it takes to recognise 2,000 rows by 60 columns, apart from reading them.

python benchmarks/recognition.py
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from valuemix.files.recognition.recognise import recognised
from valuemix.files.tables.reading.csv_tables import read_csv
from valuemix.files.tables.reading.tables import Table

ROWS, COLUMNS = 2000, 60
RUNS = 5


def matrix() -> bytes:
    """A matrix with a row of weights and a column of totals."""
    rng = np.random.default_rng(1)
    scores = rng.integers(1, 11, (ROWS, COLUMNS))
    weights = rng.integers(1, 10, COLUMNS)
    lines = [",".join(["Option", *(f"Criterion {j + 1}" for j in range(COLUMNS)), "Total"])]
    lines.append(",".join(["Weight", *map(str, weights), ""]))
    lines += [
        ",".join([f"Option {i + 1}", *map(str, row), str(total)])
        for i, (row, total) in enumerate(zip(scores, scores @ weights, strict=True))
    ]
    return "\n".join(lines).encode()


def respondents() -> bytes:
    """Ratings of four offers by 500 people on 60 items."""
    rng = np.random.default_rng(2)
    lines = [",".join(["respondent", "offer", *(f"item {j + 1}" for j in range(COLUMNS))])]
    lines += [
        ",".join([str(i // 4), f"Offer {i % 4}", *(f"{x:.1f}" for x in rng.uniform(0, 10, COLUMNS))])
        for i in range(ROWS)
    ]
    return "\n".join(lines).encode()


def fastest(run: Callable[[], object]) -> float:
    """Least time of a few runs, in seconds of the processor: other work on the machine counts less."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the times of both tables."""
    for name, data in (("matrix", matrix()), ("respondents", respondents())):
        table: Table = read_csv(data, f"{name}.csv")
        reading = fastest(lambda data=data, name=name: read_csv(data, f"{name}.csv"))  # type: ignore[misc]
        recognising = fastest(lambda table=table, name=name: recognised([table], f"{name}.csv"))  # type: ignore[misc]
        print(f"{name}: {ROWS} x {COLUMNS} cells recognised in {recognising:.3f} s (read in {reading:.3f} s)")


if __name__ == "__main__":
    main()
