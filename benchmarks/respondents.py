"""How long a survey takes beside DuckDB's own weighted means of the same columns, and the memory of both.

OPENBLAS_NUM_THREADS=1 python benchmarks/respondents.py [ROWS] [CLUSTERS]
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb

from valuemix.respondents.survey import read_survey

COLUMNS, DISCIPLINES = 84, ("innovation", "operational_excellence", "social_purpose", "customer_intimacy")


class Taken(NamedTuple):
    """Seconds on the clock, and of all processors: the second says more on a machine that is shared."""

    clock: float
    processor: float


def now() -> Taken:
    """Now."""
    return Taken(time.perf_counter(), time.process_time())


def since(start: Taken) -> Taken:
    """What was taken."""
    return Taken(*(end - begin for end, begin in zip(now(), start, strict=True)))


def written(folder: Path, rows: int, clusters: int) -> Path:
    """Ratings from 1 to 5, one in twenty missing, by four segments with weights and clusters."""
    answers = ", ".join(
        f"CASE WHEN hash(i, {c}) % 20 > 0 THEN CAST(1 + hash(i, {c + 1000}) % 5 AS DOUBLE) END AS c{c}"
        for c in range(COLUMNS)
    )
    file = folder / "respondents.parquet"
    duckdb.sql(
        f"COPY (FROM range({rows}) t(i) SELECT 'S' || hash(i, -1) % 4 AS segment, "
        f"0.5 + hash(i, -2) % 1000 / 1000.0 AS weight, "
        f"hash(i, -3) % {max(clusters, 1)} AS cluster, {answers}) TO '{file}' (FORMAT parquet)"
    )
    return file


def means(file: Path) -> Taken:
    """Of the engine's own weighted means."""
    asked = ", ".join(f"sum(weight * c{c}) / sum(weight) FILTER (c{c} IS NOT NULL)" for c in range(COLUMNS))
    start = now()
    duckdb.sql(f"FROM '{file}' SELECT segment, {asked} GROUP BY segment").fetchall()
    return since(start)


def survey(file: Path, clusters: int) -> Taken:
    """Of the survey with all that it does."""
    ratings = [
        {"proposition": f"Offer {c // 4}", "discipline": DISCIPLINES[c % 4], "column": f"c{c}"}
        for c in range(4, COLUMNS)
    ]
    importance = {name: f"c{d}" for d, name in enumerate(DISCIPLINES)}
    roles = {"segment": "segment", "weight": "weight", "scale": [1, 5]}
    more = {"cluster": "cluster"} if clusters else {}
    start = now()
    read_survey(file, {**roles, **more, "ratings": ratings, "importance": importance})
    return since(start)


def main() -> None:
    given = [int(word) for word in sys.argv[1:3]]
    rows, clusters = [*given, *(10**6, 0)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder), rows, clusters)
        own, found = means(file), survey(file, clusters)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    load = os.getloadavg()[0]
    print(
        f"{rows:,} rows x {COLUMNS} columns, {clusters:,} clusters: survey {found.clock:.1f} s "
        f"({found.processor:.1f} s of processors), means {own.clock:.1f} s ({own.processor:.1f}), ratio "
        f"{found.clock / own.clock:.1f} ({found.processor / own.processor:.1f}), "
        f"at most {memory:,.0f} MB, load {load:.1f}"
    )


if __name__ == "__main__":
    main()
