"""What every test may draw: any valid scenario, as ``st.from_type(Scenario)``."""

from __future__ import annotations

import functools
import gc
import os
import shutil
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import bytecode  # noqa: F401 - before what is large
import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from nightly import NIGHTLY, tries

from valuemix.model.names import clean_name, forbidden_character, name_key
from valuemix.model.parts import (
    BURDENS,
    OVERALL,
    Discipline,
    Doubt,
    Function,
    Link,
    Proposition,
    Scale,
    Segment,
    Settings,
    Slide,
)
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import RESERVED_IDS

# A test is no stopwatch: machines are noisy, and timings are measured in benchmarks/.
# CI tries the same examples in every run; a run by hand looks for new ones.
settings.register_profile(
    "valuemix", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=tries(100, 4)
)
settings.load_profile("valuemix")
if not NIGHTLY:
    # Constants of the source are looked for at night: it takes seconds, and what is tried depends on what is loaded.
    providers._get_local_constants = lambda: providers._local_constants

TESTS = Path(__file__).parent
ONE_BROWSER = "tests/browser/"
"""The tests of this folder share a browser and an app, which take a quarter of a minute to start."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files as ``--dist loadfile`` deals them out, but those of a browser all to one process."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return ONE_BROWSER if nodeid.startswith(ONE_BROWSER) else super()._split_scope(nodeid)

    return Scheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the cases of a test that is marked so, one in so many is for the suite, and the others for the night."""
    seen: Counter[str] = Counter()
    for item in items:
        mark, name = item.get_closest_marker("one_in"), item.nodeid.partition("[")[0]
        if mark and seen[name] % mark.args[0]:
            item.add_marker(pytest.mark.nightly)
        seen[name] += 1


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look at it again, and at the rest more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)
    gc.enable()


def pytest_runtest_setup(item: pytest.Item) -> None:
    needed = ("soffice", "pdftotext")
    if item.get_closest_marker("office") and not all(map(shutil.which, needed)):
        pytest.skip(
            "no LibreOffice here: install libreoffice-calc, libreoffice-impress, poppler-utils and fonts-noto-cjk"
        )


class Examples:
    """Examples stand in docstrings of the source: neither tests nor files without any are searched for them."""

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
        return [each for each in (yield) if not isinstance(each, DoctestModule) or _has_examples(each.path)]


def _has_examples(path: Path) -> bool:
    return TESTS not in path.parents and b">>> " in path.read_bytes()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Examples())
    # The process that only deals out tests makes no file: it need not load what makes them.
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        import office_files

        office_files.watch()


LETTERS = st.characters(exclude_categories=["Cc", "Cf", "Cn", "Cs", "Zl", "Zp"])
NAMES = (
    st.text(LETTERS, min_size=1, max_size=12)
    .map(clean_name)
    .filter(lambda name: bool(name) and forbidden_character(name) is None)
)
TEXTS = st.text(st.one_of(LETTERS, st.just("\n")), max_size=30)
AMOUNTS = st.floats(0, 1e12, allow_subnormal=False)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda text: text not in RESERVED_IDS)


SEGMENT_NAMES = NAMES.filter(lambda name: name_key(name) != name_key(OVERALL))


# A strategy is checked when it is first drawn from, which takes longer than to draw: those that come again are kept.


@functools.cache
def names(most: int, each: st.SearchStrategy[str] = NAMES) -> st.SearchStrategy[list[str]]:
    return st.lists(each, min_size=1, max_size=most, unique_by=name_key)


@functools.cache
def exactly(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(NAMES, min_size=count, max_size=count, unique_by=name_key)


@functools.cache
def amounts(count: int) -> st.SearchStrategy[list[float]]:
    return st.lists(AMOUNTS, min_size=count, max_size=count).filter(any)


@functools.lru_cache(1000)
def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low + 0.0, high + 0.0)  # 0 is the same as −0, and is kept under it


@functools.lru_cache(1000)
def cells(low: float, high: float) -> st.SearchStrategy[float | None]:
    """A number, or none."""
    return st.none() | numbers(low, high)


SHARES = st.floats(0, 1, allow_subnormal=False)
MAYBE = st.booleans()
MAYBE_SHARES = st.none() | SHARES
STRENGTHS = SHARES.filter(bool)
ID_LISTS = st.lists(IDS, min_size=2, max_size=4, unique_by=lambda text: text.replace("_", ""))
KINDS = st.sampled_from(["customer", "employee", "partner"])
RELATIVE_BURDENS = st.just(0.0) | st.floats(0, 100)
COMPENSATIONS = st.sampled_from(["min", "max"]) | st.floats(-100, 100)
FAIRNESSES = st.just("max") | st.floats(0, 100)
SEEDS = st.integers(0, 2**31 - 1)
SLIDES = st.builds(
    Slide, exhibit=NAMES, options=st.dictionaries(NAMES, TEXTS, max_size=2), title=TEXTS, source=TEXTS
)
DECKS = st.lists(SLIDES, max_size=2)


def functions(ids: list[str]) -> st.SearchStrategy[list[Function]]:
    """Up to three functions of a chain."""
    survives = st.fixed_dictionaries(dict.fromkeys(ids, MAYBE_SHARES))
    return st.lists(st.builds(Function, name=NAMES, survives=survives), max_size=3, unique_by=_key)


def _key(function: Function) -> str:
    return name_key(function.name)


def links(segments: list[str]) -> st.SearchStrategy[list[Link]]:
    """Links that lead from earlier segments to later ones, so that they never go round."""
    pairs = [(one, other) for i, one in enumerate(segments) for other in segments[i + 1 :]]
    if not pairs:
        return st.just([])
    strengths = st.dictionaries(st.sampled_from(pairs), STRENGTHS)
    return strengths.map(
        lambda found: [Link(from_segment=a, to_segment=b, strength=s) for (a, b), s in found.items()]
    )


DOUBTS = st.builds(
    Doubt,
    weights_within=st.floats(0, 100),
    weights_shift=st.sampled_from(["shared", "own"]),
    scores_within=st.floats(0, 100),
    ranges=st.sampled_from(["limits", "interval"]),
    halo=st.floats(0, 1),
    sizes_within=st.floats(0, 100),
)
MAYBE_DOUBTS = st.none() | DOUBTS


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any valid scenario of a few parts."""
    lowest = draw(numbers(-100, 100))
    scale = Scale(lowest=lowest, highest=lowest + draw(numbers(0.5, 100)))
    ids = draw(ID_LISTS)
    labels = draw(exactly(len(ids)))
    segments, propositions = draw(names(3, SEGMENT_NAMES)), draw(names(4))
    sizes = draw(amounts(len(segments)))
    score = numbers(scale.lowest, scale.highest)

    def table(low: Any = None, high: Any = None) -> dict[str, Any]:
        """Cells within those of two other tables, one score a row at least where there are none."""
        rows: dict[str, Any] = {}
        for s in segments:
            for p in propositions:
                row = {
                    d: draw(
                        cells(
                            scale.lowest if low is None or low[s][p][d] is None else low[s][p][d],
                            scale.highest if high is None or high[s][p][d] is None else high[s][p][d],
                        )
                    )
                    for d in ids
                }
                if low is None and high is None and not any(v is not None for v in row.values()):
                    row[ids[0]] = draw(score)
                rows.setdefault(s, {})[p] = row
        return rows

    def burdens() -> dict[str, Any]:
        row = st.fixed_dictionaries(dict.fromkeys(BURDENS, cells(scale.lowest, scale.highest)))
        return {s: {p: draw(row) for p in propositions} for s in segments}

    scores = table()
    return Scenario(
        name=draw(NAMES),
        note=draw(TEXTS),
        source=draw(TEXTS),
        scale=scale,
        disciplines=[
            Discipline(id=i, name=label, lowest=draw(TEXTS), highest=draw(TEXTS))
            for i, label in zip(ids, labels, strict=True)
        ],
        segments=[
            Segment(
                name=name,
                size=size,
                kind=draw(KINDS),
                points=dict(zip(ids, draw(amounts(len(ids))), strict=True)),
                burden=draw(RELATIVE_BURDENS),
            )
            for name, size in zip(segments, sizes, strict=True)
        ],
        propositions=[Proposition(name=name, description=draw(TEXTS)) for name in propositions],
        scores=scores,
        low=table(high=scores) if draw(MAYBE) else None,
        high=table(low=scores) if draw(MAYBE) else None,
        promised=table() if draw(MAYBE) else None,
        believed=table() if draw(MAYBE) else None,
        later={s: dict(zip(ids, draw(amounts(len(ids))), strict=True)) for s in segments}
        if draw(MAYBE)
        else None,
        burdens=burdens() if draw(MAYBE) else None,
        delivery=draw(functions(ids)),
        links=draw(links(segments)),
        deck=draw(DECKS),
        settings=Settings(
            compensation=draw(COMPENSATIONS),
            fairness=draw(FAIRNESSES),
            lead_bar=draw(cells(scale.lowest, scale.highest)),
            threshold=draw(cells(scale.lowest, scale.highest)),
            cover_story_bar=draw(cells(0.01, scale.width)),
            seed=draw(SEEDS),
            doubt=draw(MAYBE_DOUBTS),
        ),
    )


st.register_type_strategy(Scenario, scenarios())
