"""Small tables of respondents, and the maps that read them."""

import functools
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

import valuemix as vm

DISCIPLINES = ("innovation", "operational_excellence", "social_purpose", "customer_intimacy")
PROPOSITIONS = ("Green line", "Express")


def respondents(count: int = 120, seed: int = 0) -> pd.DataFrame:
    """Wide table: segment, points on four disciplines, ratings of two propositions from 1 to 5, a judgment."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame({"segment": rng.choice(["Families", "Business"], count)})
    points = rng.multinomial(100, [0.4, 0.3, 0.1, 0.2], count)
    for d, name in enumerate(DISCIPLINES):
        rows[f"points_{name}"] = points[:, d]
        for p, middle in enumerate((3.2, 3.0)):
            rows[f"{p}_{name}"] = np.clip(np.round(rng.normal(middle, 1, count)), 1, 5).astype(int)
    rows["overall"] = rows[[f"0_{name}" for name in DISCIPLINES]].mean(axis=1) + rng.normal(0, 0.5, count)
    return rows


def roles(**more: object) -> dict[str, object]:
    """Map of `respondents`, with stated importance."""
    ratings = [
        {"proposition": proposition, "discipline": name, "column": f"{p}_{name}"}
        for p, proposition in enumerate(PROPOSITIONS)
        for name in DISCIPLINES
    ]
    importance = {name: f"points_{name}" for name in DISCIPLINES}
    return {"segment": "segment", "scale": [1, 5], "ratings": ratings, "importance": importance, **more}


def written(rows: pd.DataFrame, folder: Path, name: str = "answers.csv") -> Path:
    """The table as a csv file in a folder."""
    rows.to_csv(folder / name, index=False)
    return folder / name


@functools.cache
def heard() -> vm.Scenario:
    """Scenario from `respondents`."""
    with tempfile.TemporaryDirectory() as folder:
        return vm.survey(written(respondents(), Path(folder)), roles())


@functools.cache
def heard_twice() -> vm.Scenario:
    """Scenario from two waves of `respondents`, the same people, who care more for innovation in the second.

    They are believed to care for operational excellence.
    """
    first = respondents(200).assign(wave="2025-05-01", id=range(200))
    second = first.assign(wave="2026-05-01")
    second["points_innovation"] += 30
    second["0_innovation"] = np.minimum(second["0_innovation"] + 1, 5)
    with tempfile.TemporaryDirectory() as folder:
        rows = pd.concat([first, second], ignore_index=True)
        made = vm.survey(written(rows, Path(folder)), roles(id="id", wave="wave", overall="overall"))
    believed = dict(zip(DISCIPLINES, (20.0, 60.0, 10.0, 10.0), strict=True))
    return made.replace(believed_weights=dict.fromkeys(made.segment_names, believed))
