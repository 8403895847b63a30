"""A deck that people have edited, brought up to date: our shapes wherever they are, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from valuemix.decisions.folder import Kept
from valuemix.decisions.review import Reviewed, review
from valuemix.errors import InvalidTemplate, ValuemixError
from valuemix.exhibits.exhibit import Exhibit
from valuemix.export.pptx.identity.deck_data import DeckData
from valuemix.export.pptx.identity.meaning import said_in
from valuemix.export.pptx.identity.package import CUSTOM, TYPES, Package, parsed, written
from valuemix.export.pptx.template.package_check import flaws_of
from valuemix.export.pptx.update.adding import add_pages
from valuemix.export.pptx.update.anew import Anew, computed_anew, cover_of, open_deck, tokens_in
from valuemix.export.pptx.update.changes import Change
from valuemix.export.pptx.update.looks import Same, same_in
from valuemix.export.pptx.update.pages import Edit, merge_page
from valuemix.export.pptx.update.since import add_since, findings_of, since
from valuemix.model.scenario import Scenario

__all__ = ["Updated", "update"]

_OURS = re.compile(
    r"ppt/(slides/[^/]+\.xml|notesSlides/[^/]+\.xml|charts/[^/]+\.xml|charts/_rels/[^/]+\.rels|embeddings/[^/]+)$"
)
"""Parts that an update may change, beside the properties."""


_FEWER = "the exhibit takes fewer slides now, and those before this one hold all of it; delete this one"


_UNMARKED = "it has the title of this exhibit, but its shapes lost their marks, as in copies by LibreOffice"


@dataclass(frozen=True)
class Updated:
    """A deck that was brought up to date.

    Attributes
    ----------
    content : bytes
        The file.
    changes : list of Change
        What was changed, kept and left, in the order of the slides.
    decisions : list of (Kept, Reviewed)
        Whether the decisions that were given stand.
    """

    content: bytes
    changes: list[Change] = field(repr=False)
    decisions: list[tuple[Kept, Reviewed | str]] = field(default_factory=list, repr=False)


def update(
    content: bytes,
    scenarios: Sequence[Scenario],
    *,
    made_from: Sequence[Scenario] = (),
    today: date | None = None,
    changes_slide: bool = False,
    decisions: Sequence[Kept] = (),
) -> Updated:
    """Bring a deck up to date.

    Charts, tables, titles, texts and notes of ours are found by their marks, wherever they stand. What people
    changed stays: places, sizes, fonts, colours, words and cells, slides and shapes of their own, and what they
    deleted stays deleted. Every other part of the file stays byte for byte as it is.

    Parameters
    ----------
    content : bytes
        The deck, whoever saved it last.
    scenarios : sequence of Scenario
        What it is to show, the open one first.
    made_from : sequence of Scenario
        What it was made from, where it keeps no scenario itself.
    today : date, optional
        Named on the slides; today where it is None.
    changes_slide : bool
        Whether what changed is said on a slide of its own, the last one, where anything did.
    decisions : sequence of Kept
        Decisions on record that are held against what it is to show; that slide says whether they stand.

    Raises
    ------
    ValuemixError
        Where the file is no deck of ours, or does not say what it was made from.

    Examples
    --------
    >>> from valuemix.exhibits.slides import exhibits_of, slide_of
    >>> from valuemix.export.pptx import make_deck
    >>> before = Scenario.from_arrays([[8, 2], [7, 7]], propositions=["Express", "Green line"])
    >>> deck = make_deck(exhibits_of(before, slides=[slide_of("ranking")]))
    >>> update(deck, [before]).changes
    []
    >>> after = before.with_weights(None, {before.discipline_ids[0]: 90})
    >>> update(deck, [after]).changes[0].after
    'No leader can be told overall: Express is ahead by 0.4 over Green line'
    """
    package, data = open_deck(content)
    known = [*data.scenarios] or [*made_from]
    if not known:
        raise ValuemixError("the deck keeps no scenario; name the one that it was made from with --case")
    day = today or datetime.now().astimezone().date()
    base = computed_anew(content, data, known, data.today)
    ours = computed_anew(content, replace(data, scenarios=tuple(known)), scenarios, day)
    same = same_in(ours.package)
    changes: list[Change] = []
    for place, name in enumerate(package.slides(), 1):
        changes += _updated(package, name, place, base, ours, data, same)
    changes = add_pages(package, base, ours, changes)
    hashes = {**data.hashes, **ours.data.hashes}
    kept = ours.data.scenarios if data.scenarios else ()
    replace(ours.data, hashes=hashes, scenarios=kept).put(package)
    found = _reviewed(decisions, scenarios[0], day)
    findings = findings_of(base, ours)
    if changes_slide and (findings or known[0] != scenarios[0]):
        shown = since(known[0], scenarios[0], (data.today, day), findings, found)
        _say_what_changed(package, content, shown, data, day, changes)
    return Updated(_checked(package, content), changes, found)


def _reviewed(decisions: Sequence[Kept], scenario: Scenario, day: date) -> list[tuple[Kept, Reviewed | str]]:
    told = ((each, each.decision) for each in decisions)
    return [(kept, review(own, scenario, day.isoformat()) if own else kept.problem) for kept, own in told]


def _say_what_changed(
    package: Package,
    content: bytes,
    shown: Exhibit,
    data: DeckData,
    day: date,
    changes: list[Change],
) -> None:
    """Add the slide with what changed as the last one, and list it."""
    try:
        add_since(package, shown, content, data.layout, data.footer, day)
    except InvalidTemplate as error:
        raise ValuemixError(str(error).replace("the template", "the deck")) from error
    told = Change(len(package.slides()), "changes", shown.subtitle, "updated", "no such slide", shown.finding)
    changes.append(told)


def _updated(
    package: Package, name: str, place: int, base: Anew, ours: Anew, data: DeckData, same: Same
) -> list[Change]:
    """Bring one slide up to date; what was changed on it."""
    said = said_in(package, name)
    changes: list[Change] = []
    root = parsed(package[name])
    before = written(root)
    tokens = tokens_in(said) or cover_of(said, base)
    if not tokens:
        changes += _without_marks(said, place, base)
    for token in [own for own in tokens if own in base.exhibits]:
        old, new, kind = base.pages.get(token), ours.pages.get(token), base.exhibits[token]
        if old is None or new is None:
            reason = ours.refused.get(token) or base.refused.get(token) or _FEWER
            changes.append(Change(place, kind, "the exhibit", "left", "", reason))
            continue
        edit = Edit(
            package, name, root, base.package, ours.package, old, new, data, same, place, kind, changes
        )
        merge_page(edit, said)
    if written(root) != before:
        package.changed[name] = written(root)
    return changes


def _without_marks(said: dict[str, list[Any]], place: int, base: Anew) -> list[Change]:
    """A slide that bears the title of an exhibit and no mark, as copies of some programs do: told, never guessed."""
    kinds = (
        base.exhibits[page.token]
        for page in base.pages.values()
        if page.said.get("title") == said.get("title")
    )
    return [Change(place, kind, "slide", "left", "", _UNMARKED) for kind in [*kinds][:1]]


def _checked(package: Package, content: bytes) -> bytes:
    """The file, once only parts that may differ are found to differ, and it holds together as before.

    Raises
    ------
    RuntimeError
        Where another part differs.
    """
    made = package.patched()
    usual = [CUSTOM, TYPES, Package.relations_name("")]
    added = [name for name in package.changed if name not in package.parts and _OURS.match(name)]
    if any(name.startswith("ppt/slides/") for name in added):
        start = package.related("", "officeDocument")
        usual += [start, *map(Package.relations_name, [start, *added])]
    others = [name for name in package.touched(made) if name not in usual and not _OURS.match(name)]
    if others or set(package.parts) - set(Package.of(made).parts):
        raise RuntimeError(f"an update changed {others}")
    flaws = set(flaws_of(made)) - set(flaws_of(content))
    if flaws:
        raise RuntimeError(f"the updated deck does not hold together: {sorted(flaws)[0]}")
    return made
