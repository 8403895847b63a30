"""Which scenarios are compared: the open one as edited, and others of the folder."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from valuemix.analysis.compare import Comparison, compare
from valuemix.model.scenario import Scenario
from valuemix.ui.state import Session

__all__ = ["comparison_of", "labels"]


def labels(now: Session) -> dict[str, str]:
    """Names of the scenarios that the open one can be compared with, by id.

    The open scenario itself is among them where it was edited: as it was saved.
    """
    own = now.saved.id if now.saved else ""
    found = {e.id: e.name for e in now.entries if not e.problem and (e.id != own or now.edited)}
    return {i: f"{name} (as saved)" if i == own else name for i, name in found.items()}


def comparison_of(now: Session, ids: Sequence[str]) -> Comparison:
    """Comparison of the open scenario, as edited, with others.

    Raises
    ------
    ValuemixError
        Where one of them cannot be opened any more.
    """
    names = labels(now)
    others = [now.store.open(chosen).scenario for chosen in ids]
    named = [
        scenario.renamed(names[chosen]) if now.saved and chosen == now.saved.id else scenario
        for chosen, scenario in zip(ids, others, strict=True)
    ]
    return _compared(now.scenario, *named)


@functools.lru_cache(maxsize=16)
def _compared(*scenarios: Scenario) -> Comparison:
    return compare(*scenarios)
