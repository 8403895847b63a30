"""Which scenarios are compared: the open one as edited, and others of the folder."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from valuemix.analysis.compare.compare import Comparison
from valuemix.analysis.value.scoring import TIE
from valuemix.errors import UnknownName, ValuemixError
from valuemix.exhibits.request import side_by_side
from valuemix.exhibits.slides import slide_of
from valuemix.files.scenarios.folder import read_saved
from valuemix.files.scenarios.store import Entry
from valuemix.model.names import name_key
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.session.size_limit import fitting
from valuemix.ui.session.start import scenario_labels
from valuemix.ui.session.tab import Session

__all__ = [
    "COMPARED",
    "as_saved",
    "chosen_to_compare",
    "compared_slide",
    "comparison_of",
    "finder",
    "first_moved",
    "labels",
    "usually_compared",
]

COMPARED, MOST_USUAL = "compare-with", 3
"""The choice of scenarios on the Compare page, and how many it starts with."""


def labels(now: Session) -> dict[str, str]:
    """Names of the scenarios that the open one can be compared with, by id.

    The open scenario itself is among them where it was edited: as it was saved.
    """
    own = now.edits.saved.id if now.edits.saved else ""
    found = scenario_labels(now.files.entries)
    return {
        i: as_saved(name) if i == own else name for i, name in found.items() if i != own or now.edits.edited
    }


def usually_compared(now: Session) -> list[str]:
    """Ids of what a comparison starts with: saved last, and with a proposition of the open scenario."""
    own = now.edits.saved.id if now.edits.saved else ""
    named = {*map(name_key, now.scenario.proposition_names)}
    sharing = (
        entry.id
        for entry in sorted(now.files.entries, key=lambda each: each.saved_at, reverse=True)
        if entry.id != own and not entry.problem and named & _propositions(entry)
    )
    return [*itertools.islice(sharing, MOST_USUAL)]


def _propositions(entry: Entry) -> frozenset[str]:
    """Names of the propositions of a scenario that the pages can show; none where it cannot be read."""
    try:
        return _propositions_of(entry.path, entry.id, entry.hash)
    except ValuemixError:
        return frozenset()


@functools.lru_cache(maxsize=512)
def _propositions_of(path: Path, scenario_id: str, _hash: str) -> frozenset[str]:
    return frozenset(map(name_key, fitting(read_saved(path, scenario_id).scenario).proposition_names))


def chosen_to_compare(now: Session) -> list[str]:
    """Ids of the scenarios that a person chose on the Compare page."""
    names = labels(now)
    return [chosen for chosen in now.view.chosen.get(COMPARED, "").split("/") if chosen in names]


def as_saved(name: str) -> str:
    """What the open scenario is called as it was saved, beside itself as edited."""
    return f"{name} (as saved)"


def comparison_of(now: Session, ids: Sequence[str]) -> Comparison:
    """Comparison of the open scenario, as edited, with others.

    Raises
    ------
    ValuemixError
        Where one of them cannot be opened any more, or is too large for the pages.
    """
    names = labels(now)
    return side_by_side(
        now.scenario,
        *(fitting(now.files.store.open(chosen).scenario).renamed(names[chosen]) for chosen in ids),
    )


def compared_slide(exhibit: str, compared: Comparison, **options: str | None) -> Slide:
    """Slide of an exhibit that compares these scenarios, by their names."""
    return slide_of(exhibit, scenarios="\n".join(other.name for other in compared.scenarios[1:]), **options)


def first_moved(compared: Comparison, other: str | None) -> str:
    """Today's leader, or the best of those whose value moved where its own did not."""
    today, then = compared.values()[[0, compared.index(other or compared.names[1])]]
    order = np.argsort(-today, kind="stable").tolist()
    moved = np.abs(then - today) > TIE * compared.baseline.scale.width
    return compared.propositions[int(next((p for p in order if moved[p]), order[0]))]


def finder(now: Session) -> Callable[[str], Scenario]:
    """Finds a scenario of the folder by its name, and the open one as it was saved.

    The scenario that it gives bears that name. It raises UnknownName where there is none.
    """

    def find(name: str) -> Scenario:
        if name == as_saved(now.edits.baseline.name):
            return now.edits.baseline.renamed(name)
        ids = {label: i for i, label in scenario_labels(now.files.entries).items()}
        first = {entry.name: entry.id for entry in reversed(now.files.entries) if not entry.problem}
        if name not in first | ids:
            raise UnknownName("scenario", name, [*ids])
        return fitting(now.files.store.open((first | ids)[name]).scenario).renamed(name)

    return find
