"""Scenarios that are hard to show: large ones, long names, names that try to be something else."""

from __future__ import annotations

import csv
import functools
import shutil
from pathlib import Path

import numpy as np

from valuemix.files.scenarios.scenario_file import save
from valuemix.model.scenario import Scenario

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT / "tests" / "data" / "hostile"
LONG = (
    "Wärmepumpenüberwachung für öffentliche Gebäude über Nacht Öl",
    "Predictive maintenance with named engineers in every country",
    "面向公共部门客户的循环回收与再制造服务以及备件四十八小时内送达承诺方案和现场工程师常驻支持全天候远程监控与年度节能审计报告",
)
ALMOST_MARKDOWN = (
    "Plan -> B -- C >= 3 <-> D",
    ":smile: :streamlit: :material_delete:",
    "WWW.example.com me@example.com",
    "# 1. *a* _b_ ~~c~~ `d` | e",
)


def made(
    propositions: int = 6,
    segments: int = 5,
    disciplines: int = 4,
    /,
    *,
    seed: int = 1,
    name: str = "",
    **names: list[str],
) -> Scenario:
    """Scenario of given numbers of parts, with scores of one decimal and whole points."""
    dice = np.random.default_rng(seed)
    return Scenario.from_arrays(
        dice.integers(10, 95, (segments, propositions, disciplines)) / 10,
        points=dice.integers(5, 50, (segments, disciplines)),
        sizes=dice.integers(50, 900, segments),
        name=name or f"{propositions} propositions in {segments} segments",
        **names,
    )


@functools.cache
def large() -> Scenario:
    """Twenty propositions in eight segments."""
    return made(20, 8)


@functools.cache
def long_names() -> Scenario:
    """Names of 60 characters with umlauts and Chinese, everywhere."""
    return made(
        6,
        3,
        name=f"{LONG[0]}: scenario",
        segments=[*LONG],
        propositions=[*LONG, *(f"{text[:56]} (2)" for text in LONG)],
        disciplines=[f"{text[:50]} D" for text in LONG] + ["Kundennähe"],
    )


def hostile_names(port: int = 8765) -> list[str]:
    """Names of propositions that hold markup, links, images, formulas, icons and paths; links lead to the port."""
    names = []
    for path in sorted(HOSTILE.glob("text_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            names.append(list(csv.reader(file))[1][0].replace("8765", str(port)))
    return [*names, *ALMOST_MARKDOWN]


@functools.cache
def hostile(port: int = 8765) -> Scenario:
    """Every hostile name as a proposition, some of them as segments, disciplines and the scenario as well."""
    names = hostile_names(port)
    return made(
        len(names),
        5,
        name=f"<img src=x onerror=window.__pwn=1> :red[x] ![i](http://127.0.0.1:{port}/s)",
        propositions=names,
        segments=[f"{text} (segment)" for text in names[:5]],
        disciplines=[
            f"![x](http://127.0.0.1:{port}/d)",
            "$\\href{javascript:window.__pwn=1}{click}$",
            ":red[Winner] :material/delete: <b>x</b>",
            f"[Sign in](http://127.0.0.1:{port}/p) https://127.0.0.1/x",
        ],
    )


def examples_in(folder: Path) -> Path:
    """Copy of the example scenarios in a folder that tests may change."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "scenarios").glob("*.json"):
        shutil.copyfile(path, folder / path.name)
    return folder


def saved_in(folder: Path, scenario: Scenario, scenario_id: str = "only") -> Path:
    """Folder with one scenario in it."""
    folder.mkdir(parents=True, exist_ok=True)
    save(scenario, folder / f"{scenario_id}.json")
    return folder
