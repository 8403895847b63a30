"""One HTML file with every finding: it needs no network, prints well and reads aloud well."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from functools import cache

from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import method_of
from valuemix.exhibits.words import wording
from valuemix.export.report.desk import TELLS, desk_block, desk_code
from valuemix.export.report.exhibit import Entry, entries_of
from valuemix.export.report.page import dated, html_page, own
from valuemix.screen.html.markup import Markup, data_block, element
from valuemix.screen.html.table import SORT_TABLES, table_css

__all__ = ["make_report"]

_CONFIG = {
    "displaylogo": False,
    "showSendToCloud": False,
    "modeBarButtonsToRemove": ["zoom2d", "pan2d", "select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 3},
}  # fmt: skip


def make_report(
    exhibits: Sequence[Exhibit],
    *,
    today: datetime.date | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Report of exhibits: findings in their order, then inputs and method.

    Parameters
    ----------
    exhibits : sequence of Exhibit
        What is shown; summaries come first, tables of weights and scores last.
    today : date, optional
        Date to print below the title; none without it.
    progress : callable, optional
        Called with the numbers of exhibits done and wanted.

    Returns
    -------
    bytes
        An HTML file of about 5 MB, most of it plotly.js; the same for the same exhibits and date.

    Examples
    --------
    >>> from valuemix.exhibits import leaders
    >>> from valuemix.model.scenario import Scenario
    >>> page = make_report([leaders(Scenario.from_arrays([[8, 2], [7, 7]]))])
    >>> page[:15], b"Proposition 2 leads" in page
    (b'<!DOCTYPE html>', True)
    """
    entries, tell = entries_of(exhibits), progress or (lambda _done, _total: None)
    sections, figures = [], {}
    for done, entry in enumerate(entries):
        tell(done, len(entries))
        drawn = entry.figures()
        sections.append(entry.section(drawn))
        if drawn:
            figures[entry.chart_id] = drawn
    blocks = [data_block(_CONFIG, "config"), data_block(figures, "figures")]
    page = html_page(
        _title(entries),
        [*_body(entries, sections, today), *blocks],
        look=own("report.css") + table_css(),
        scripts=_code(),
        allowed={"style-src": "'unsafe-inline'", "img-src": "data: blob:"},
    )
    tell(len(entries), len(entries))
    return page


# ---------------------------------------------------------------------- page


@cache
def _code() -> tuple[str, ...]:
    """The desk; plotly.js; and what draws the figures with it and sorts the tables."""
    from plotly.offline import get_plotlyjs

    return desk_code(), get_plotlyjs(), own("report.js") + SORT_TABLES + "sortTables();\n"


def _title(entries: Sequence[Entry]) -> str:
    names = dict.fromkeys(scenario.name for entry in entries for scenario in entry.exhibit.scenarios)
    return wording.joined([*names]) or "Report"


def _body(entries: Sequence[Entry], sections: Sequence[Markup], today: datetime.date | None) -> list[Markup]:
    pairs = list(zip(entries, sections, strict=True))
    summaries = [section for entry, section in pairs if entry.is_summary]
    findings = [section for entry, section in pairs if not (entry.is_summary or entry.is_input)]
    inputs = [section for entry, section in pairs if entry.is_input]
    if inputs:
        inputs = [element("section", element("h2", "Inputs"), *inputs, id="inputs")]
    return [
        element("header", element("h1", _title(entries)), *dated(today)),
        element(
            "main", _weights(entries), *summaries, _contents(entries), *findings, *inputs, _method(entries)
        ),
    ]


def _weights(entries: Sequence[Entry]) -> Markup:
    """The desk of the first scenario: weights to move, with everything below as it was sent."""
    scenario = entries[0].exhibit.scenarios[0]
    return element(
        "section",
        element("h2", f"Move the weights of {scenario.name}"),
        element("p", f"{TELLS} All below stays as it was sent.", class_="subtitle"),
        *desk_block(scenario),
        class_="weigh",
    )


def _contents(entries: Sequence[Entry]) -> Markup:
    links = [(e.exhibit.finding, e.id) for e in entries if not (e.is_summary or e.is_input)]
    ends = [("Inputs", "inputs")] if any(e.is_input for e in entries) else []
    items = [element("li", element("a", text, href=f"#{to}")) for text, to in links]
    items += [
        element("li", element("a", text, href=f"#{to}"), class_="end")
        for text, to in [*ends, ("Method", "method")]
    ]
    return element("nav", element("h2", "Contents"), element("ol", *items), aria_label="Contents")


def _method(entries: Sequence[Entry]) -> Markup:
    """Each sentence on the method once, with the exhibits that it holds for."""
    holds: dict[str, list[Entry]] = {}
    for entry in entries:
        for line in method_of(entry.exhibit):
            holds.setdefault(line, []).append(entry)
    rows = []
    for line, held in holds.items():
        links = [part for entry in held for part in (", ", element("a", entry.label, href=f"#{entry.id}"))]
        rows += [element("dt", "On ", *links[1:]), element("dd", line)]
    return element("section", element("h2", "Method"), element("dl", *rows), id="method", class_="method")
