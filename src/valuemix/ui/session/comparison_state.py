"""Which scenarios are compared: the open one as edited, and others of the folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from valuemix.analysis.compare.compare import Comparison
from valuemix.errors import UnknownName
from valuemix.exhibits.request import side_by_side
from valuemix.exhibits.slides import slide_of
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario
from valuemix.ui.session.size_limit import fitting
from valuemix.ui.session.start import scenario_labels
from valuemix.ui.session.tab import Session

__all__ = ["as_saved", "compared_slide", "comparison_of", "finder", "labels"]


def labels(now: Session) -> dict[str, str]:
    """Names of the scenarios that the open one can be compared with, by id.

    The open scenario itself is among them where it was edited: as it was saved.
    """
    own = now.edits.saved.id if now.edits.saved else ""
    found = scenario_labels(now.files.entries)
    return {
        i: as_saved(name) if i == own else name for i, name in found.items() if i != own or now.edits.edited
    }


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
