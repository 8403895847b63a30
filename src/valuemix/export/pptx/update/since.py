"""The slide that says what an update changed: who leads, values and findings, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any

import pandas as pd
from pptx.oxml.ns import qn

from valuemix.analysis.compare.compare import compare
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.table import Column, Table, named, texts
from valuemix.exhibits.balance.ranking import ranking
from valuemix.exhibits.compare.value_changes import value_changes
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.words.formats import gap, number, signed
from valuemix.export.pptx.deck import make_deck
from valuemix.export.pptx.identity.package import Package, parsed, written
from valuemix.export.pptx.identity.tokens import token_of
from valuemix.export.pptx.page.slide import day_of
from valuemix.export.pptx.update.anew import Anew
from valuemix.model.scenario import Scenario

__all__ = ["add_since", "findings_of", "since"]

Row = tuple[str, str, str]
_SLIDE = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
_SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}sldId"


def since(
    before: Scenario, after: Scenario, days: tuple[date, date], findings: Sequence[Row] = ()
) -> Exhibit:
    """Who leads, every overall value and some findings, then and now.

    Parameters
    ----------
    before, after : Scenario
        As it was, and as it is now.
    days : (date, date)
        Of the deck as it was, and as it is now.
    findings : sequence of (str, str, str)
        What each is about, and its words before and after.

    Returns
    -------
    Exhibit
        With one row a thing: what, before, after.

    Examples
    --------
    >>> before = Scenario.from_arrays([[8, 2], [7, 7]], propositions=["Express", "Green line"])
    >>> shown = since(before, before.with_weights(discipline_1=90), (date(2026, 3, 1), date(2026, 4, 12)))
    >>> shown.subtitle
    'What changed since 1 March 2026'
    >>> shown.table["what"].tolist()
    ['Who leads', 'Value of Express', 'Value of Green line']
    """
    then, now = day_of(days[0]), day_of(days[1]) if days[0] != days[1] else "now"
    made = value_changes(compare(before.renamed(then), after.renamed(now)))
    leads = ranking(evaluate(before)).finding, ranking(evaluate(after)).finding
    told = [row for row in findings if row[1:] != leads]
    rows: list[Row] = [("Who leads", *leads), *_values(made), *told]
    table = pd.DataFrame(rows, columns=["what", "before", "after"])
    columns = [
        Column(heading, texts(table[name].tolist()), lines=4)
        for heading, name in ((then, "before"), (now, "after"))
    ]
    return Exhibit(
        finding=made.finding.replace(f" in {then} and {now}", f" on {then} and {now}"),
        subtitle=f"What changed since {then}",
        table=table,
        notes=made.notes[:1],
        alt="; ".join(f"{what}: {old or 'none'}, now {new or 'none'}" for what, old, new in rows),
        decimals=made.decimals,
        scenarios=(after, before),
        chart=Table((named("", table["what"].tolist()), *columns)),
    )


def _values(made: Exhibit) -> Iterator[Row]:
    """Overall values then and now, with the difference of the figures shown."""
    for row in made.table.iloc[-made.table["proposition"].nunique() :].to_dict("records"):
        old, new = (number(row[name], made.decimals) for name in ("baseline_value", "value"))
        moved = ""
        if not pd.isna(row["change"]):
            moved = f"  {signed(gap(row['value'], row['baseline_value'], made.decimals), made.decimals)}"
        yield f"Value of {row['proposition']}", old, f"{new}{moved}"


def findings_of(base: Anew, ours: Anew) -> list[Row]:
    """Titles of the exhibits of a deck that are not what they were."""
    rows = []
    for slide in base.data.slides:
        pages = [own.pages.get(token_of(slide)) for own in (base, ours)]
        old, new = (" ".join(page.of("title") or []) if page else "" for page in pages)
        if old != new and old and new and slide.exhibit in KINDS:
            rows.append((KINDS[slide.exhibit].label, old, new))
    return rows


def add_since(
    package: Package, shown: Exhibit, content: bytes, layout: str, footer: str, today: date
) -> None:
    """Put an exhibit on new slides, the last ones of a deck, on one of the deck's own layouts.

    Raises
    ------
    InvalidTemplate
        Where no layout of the deck can be used.
    """
    made = Package.of(make_deck([shown], template=content, layout=layout or None, footer=footer, today=today))
    start = package.related("", "officeDocument")
    for own in made.slides():
        free = (f"ppt/slides/slide{n}.xml" for n in count(1))
        name = next(each for each in free if each not in package)
        package.add(name, made[own], _SLIDE)
        package.relate(name, "slideLayout", made.related(own, "slideLayout"))
        _list(package, start, package.relate(start, "slide", name))


def _list(package: Package, start: str, rel_id: str) -> None:
    """List a slide as the last one, and in the last section."""
    root = parsed(package[start])
    listed: Any = root.find(qn("p:sldIdLst"))
    new = str(max([255, *(int(each.get("id")) for each in listed)]) + 1)
    last = listed[-1]
    last.addnext(root.makeelement(qn("p:sldId"), {"id": new, qn("r:id"): rel_id}))
    for own in [each for each in root.iter(_SECTION) if each.get("id") == last.get("id")]:
        own.addnext(own.makeelement(_SECTION, {"id": new}))
    package.changed[start] = written(root)
