"""The desk in a file: weights move without a server, and go back as a code that the app takes as an edit."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Any

from valuemix.analysis.value.scoring import evaluate
from valuemix.export.report.page import dated, digest, html_page, own
from valuemix.model.carried_weights import names_mark
from valuemix.model.scenario import Scenario
from valuemix.screen.desk import (
    ALL,
    desk_css,
    desk_data,
    desk_html,
    desk_script,
    lead_words,
    without_comments,
)
from valuemix.screen.html.markup import Markup, data_block, element
from valuemix.screen.skins import SKINS

__all__ = ["desk_block", "desk_code", "make_desk"]

TELLS = "The ranking answers while a weight moves. Nothing leaves this file."
MAX_SENDER = 40


def make_desk(scenario: Scenario, *, today: datetime.date | None = None) -> bytes:
    """The desk of a scenario alone, as one small HTML file.

    Parameters
    ----------
    scenario : Scenario
        All its scores, weights and sizes are in the file.
    today : date, optional
        Date to print below the title; none without it.

    Returns
    -------
    bytes
        An HTML file of some 100 kB, that reaches nobody.

    Examples
    --------
    >>> page = make_desk(Scenario.from_arrays([[8, 2], [7, 7]], name="Base case"))
    >>> page[:15], len(page) < 300_000
    (b'<!DOCTYPE html>', True)
    """
    head = element("header", element("h1", scenario.name), *dated(today), element("p", TELLS, class_="meta"))
    page = element("main", *desk_block(scenario), class_="alone")
    look = own("report.css")
    return html_page(
        scenario.name,
        [head, page],
        look=look,
        scripts=[desk_code()],
        allowed={
            "style-src": f"{digest(look)} {digest(_look())}",
            "require-trusted-types-for": "'script'",
        },
    )


def desk_block(scenario: Scenario) -> list[Markup]:
    """The desk's place in a page, and its data; `desk_code` brings it to life."""
    inside = element("template", element("style", Markup(_look())), Markup(desk_html()), _sending())
    without = element(
        "p", "The desk needs a browser that runs scripts: open this file in one.", class_="meta"
    )
    return [element("div", inside, without, id="desk"), data_block(_data(scenario), "desk-data")]


@cache
def desk_code() -> str:
    """One classic script: the desk, and what stands in for the app."""
    drawn = desk_script().replace("export default ", "")
    offline = without_comments(own("offline.js"))
    return f'"use strict";\n(() => {{\n{drawn}\n{{\n{offline}}}\n}})();\n'


def _data(scenario: Scenario) -> dict[str, Any]:
    rows = {ALL: None, **{str(row): name for row, name in enumerate(scenario.segment_names)}}
    marks = [f"var(--mark-{place})" for place in range(len(SKINS["light"].marks))]
    return {
        **desk_data(scenario, evaluate(scenario), marks, marked="as sent"),
        "said": {row: lead_words(scenario, segment) for row, segment in rows.items()},
        "mark": names_mark(scenario),
    }


@cache
def _look() -> str:
    light, dark = (
        ":host{" + "".join(f"--mark-{place}:{color};" for place, color in enumerate(SKINS[skin].marks)) + "}"
        for skin in ("light", "dark")
    )
    screen = f"@media screen and (prefers-color-scheme: dark){{{dark}}}"
    return "\n".join([light, screen, desk_css(), own("offline.css")])


def _sending() -> Markup:
    """Undo and reset, and the way back to whoever sent the file."""

    def button(kind: str, label: str) -> Markup:
        return element("button", label, type="button", class_=kind)

    name = element("input", type="text", class_="by", maxlength=str(MAX_SENDER), autocomplete="name")
    code = element(
        "input", type="text", class_="code", readonly=True, hidden=True, aria_label="Weights as a code"
    )
    return element(
        "div",
        element("p", class_="as-sent"),
        button("undo", "Undo"), button("reset", "Weights as sent"),
        element("label", "Your name (optional)", name), button("copy", "Copy the weights as a code"),
        code,
        element("p", class_="note", role="status"),
        class_="sending",
    )  # fmt: skip
