"""Sections of a deck that are asked for by name, with the slides in each."""

from __future__ import annotations

from collections.abc import Sequence

from valuemix.charts.table import Table
from valuemix.errors import UnknownName, ValuemixError
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.opening import SECTIONS, section_of
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.model.names import name_key
from valuemix.model.parts import Slide
from valuemix.model.scenario import Scenario

__all__ = ["slides_in"]


def slides_in(
    section: str, slides: Sequence[Slide], scenario: Scenario, others: Sequence[Scenario] = ()
) -> list[Slide]:
    """Slides of a section: those of a deck that belong to it; where it has none, all that have something to show.

    Parameters
    ----------
    section : str
        Its name.
    slides : sequence of Slide
        Of the deck.
    scenario : Scenario
        What the deck is about.
    others : sequence of Scenario
        What it is compared with.

    Raises
    ------
    UnknownName
        Where there is no such section.
    ValuemixError
        Where nothing in it has anything to show.

    Examples
    --------
    >>> scenario = Scenario.from_arrays([[[8, 2]], [[7, 7]]])
    >>> [slide.exhibit for slide in slides_in("who leads", [slide_of("ranking"), slide_of("weights")], scenario)]
    ['ranking']
    >>> [slide.exhibit for slide in slides_in("Customers", [], scenario)][:2]
    ['statement', 'focus']
    """
    found = next((each for each in SECTIONS if name_key(each) == name_key(section)), None)
    if found is None:
        raise UnknownName("section", section, SECTIONS)
    own = [slide for slide in slides if section_of(slide.exhibit) == found]
    own = own or [slide for slide in _plain(found, others) if _shows(slide, scenario, others)]
    if not own:
        raise ValuemixError(f"the section {found} has nothing to show of {scenario.name}; leave it out")
    return own


def _plain(section: str, others: Sequence[Scenario]) -> list[Slide]:
    """A slide of each kind of exhibit in a section."""
    names = "\n".join(other.name for other in others)
    kinds = {key: kind for key, kind in KINDS.items() if section_of(key) == section}
    return [slide_of(key, scenarios=names if kind.compares else None) for key, kind in kinds.items()]


def _shows(slide: Slide, scenario: Scenario, others: Sequence[Scenario]) -> bool:
    """Whether a slide can be made, and its chart has anything in it."""
    if KINDS[slide.exhibit].compares and not others:
        return False
    try:
        chart = exhibit_of(scenario, slide, finder(others)).chart
    except ValuemixError:
        return False
    return not isinstance(chart, Table) or bool(chart.rows)
