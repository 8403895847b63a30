"""The slide that says what an update changed: who leads, values and findings, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

import pandas as pd

from valuemix.analysis.compare.compare import compare
from valuemix.analysis.value.scoring import evaluate
from valuemix.charts.table import Column, Table, named, texts
from valuemix.decisions.review import Reviewed, review
from valuemix.exhibits.balance.ranking import ranking
from valuemix.exhibits.compare.value_changes import value_changes
from valuemix.exhibits.documents.decisions import Found, reviewed_label, stand_words, standing
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS
from valuemix.exhibits.words.formats import gap, number, signed
from valuemix.export.pptx.deck import look_of, make_deck
from valuemix.export.pptx.identity.package import Package
from valuemix.export.pptx.identity.tokens import token_of
from valuemix.export.pptx.page.slide import Look, day_of
from valuemix.export.pptx.registry import forms_of
from valuemix.export.pptx.update.adding import put_slide
from valuemix.export.pptx.update.anew import Anew, Page
from valuemix.model.scenario import Scenario

__all__ = ["add_since", "findings_of", "since"]

Row = tuple[str, str, str]


def since(
    before: Scenario,
    after: Scenario,
    days: tuple[date, date],
    findings: Sequence[Row] = (),
    decisions: Found = (),
) -> Exhibit:
    """Whether decisions stand, who leads, every overall value and some findings, then and now.

    Parameters
    ----------
    before, after : Scenario
        As it was, and as it is now.
    days : (date, date)
        Of the deck as it was, and as it is now.
    findings : sequence of (str, str, str)
        What each is about, and its words before and after.
    decisions : sequence of (Kept, Reviewed or str)
        Decisions on record with their reviews of now.

    Returns
    -------
    Exhibit
        With one row a thing: what, before, after, and whether it is one of the findings.

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
    rows: list[Row] = [*_decided(decisions, before, days[0]), ("Who leads", *leads), *_values(made), *told]
    stand = f"; {standing(decisions)}" if decisions else ""
    table = pd.DataFrame(rows, columns=["what", "before", "after"])
    table["is_finding"] = [place >= len(rows) - len(told) for place in range(len(rows))]
    columns = [
        Column(heading, texts(table[name].tolist()), lines=6)
        for heading, name in ((then, "before"), (now, "after"))
    ]
    return Exhibit(
        finding=made.finding.replace(f" in {then} and {now}", f" on {then} and {now}") + stand,
        subtitle=f"What changed since {then}",
        table=table,
        notes=made.notes[:1],
        alt=_alt(table),
        decimals=made.decimals,
        scenarios=(after, before),
        chart=Table((named("", table["what"].tolist()), *columns)),
    )


def _alt(table: pd.DataFrame) -> str:
    rows = zip(table["what"], table["before"], table["after"], strict=True)
    return "; ".join(f"{what}: {old or 'none'}, now {new or 'none'}" for what, old, new in rows)


def _decided(found: Found, before: Scenario, day: date) -> Iterator[Row]:
    """Decisions with how each stood on a day and stands now."""
    for _, each in found:
        if isinstance(each, Reviewed):
            was_taken = each.decision.decided <= day.isoformat()
            stood = (
                stand_words(review(each.decision, before, day.isoformat())) if was_taken else "not taken yet"
            )
            yield f"Decision of {reviewed_label(each)}", stood, stand_words(each)


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
        old, new = (_title_on(own.pages.get(token_of(slide))) for own in (base, ours))
        if slide.exhibit in KINDS and slide.exhibit not in _TOLD and "" not in (old, new) and old != new:
            rows.append((KINDS[slide.exhibit].label, old, new))
    return rows


def _title_on(page: Page | None) -> str:
    return " ".join(page.of("title") or []) if page else ""


_TOLD = ("summary", "ranking", "values")
"""Exhibits whose findings say who leads and overall values, which are told by themselves."""


def add_since(
    package: Package, shown: Exhibit, content: bytes, layout: str, footer: str, today: date
) -> None:
    """Put what changed on a new slide, the last one of a deck, on one of the deck's own layouts.

    Findings that have no room there are left out, and it says how many; other rows go on over a further slide.

    Raises
    ------
    InvalidTemplate
        Where no layout of the deck can be used.
    """
    look = look_of([shown], template=content, layout=layout or None, footer=footer, today=today)
    brief = _on_one_slide(shown, look)
    made = Package.of(make_deck([brief], template=content, layout=layout or None, footer=footer, today=today))
    for own in made.slides():
        put_slide(package, made, own, package.slides()[-1], made.related(own, "slideLayout"))


def _on_one_slide(shown: Exhibit, look: Look) -> Exhibit:
    """The exhibit with as many of its findings as a slide has room for."""
    for rows in range(len(shown.table), int((~shown.table["is_finding"]).sum()) - 1, -1):
        brief = _cut(shown, rows)
        if len(forms_of(brief, look.page_layout.body, look.page_layout.broad)) == 1:
            break
    return brief


def _cut(shown: Exhibit, rows: int) -> Exhibit:
    """The first rows of what changed, with a note of how many more there are."""
    left = len(shown.table) - rows
    if not left:
        return shown
    columns = (replace(each, cells=each.cells[:rows]) for each in cast("Table", shown.chart).columns)
    verb = "finding changed: its slide says how" if left == 1 else "findings changed: their slides say how"
    table = shown.table.iloc[:rows]
    notes = (f"{left} more {verb}", *shown.notes)
    return replace(shown, table=table, chart=Table(tuple(columns)), alt=_alt(table), notes=notes)
