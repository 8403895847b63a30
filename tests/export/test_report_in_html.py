"""The report holds the exhibits' own numbers and words, reaches nobody, and shows names as they were typed."""

from __future__ import annotations

import base64
import datetime
import hashlib
import json
import math
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import lxml.html
import pandas as pd
import pytest
from moment_samples import BY_MOMENT, in_hours_and_euros
from respondent_tables import heard_twice as heard
from sample_scenarios import ROOT, hostile, hostile_names, made

from valuemix.charts.sentences import Sentences
from valuemix.charts.table import Table
from valuemix.exhibits import ranking, statement
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.kind import KINDS, method_of
from valuemix.exhibits.slides import exhibits_of, slide_of
from valuemix.exhibits.words.formats import number
from valuemix.export.report.numbers import numbers
from valuemix.export.report.report import make_report
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario

VOID = {"meta", "input"}
DAY = datetime.date(2026, 3, 1)


@pytest.fixture(scope="module")
def exhibits() -> list[Exhibit]:
    scenario = made(4, 3, name="Base case")
    other = scenario.with_weights("Segment 1", innovation=70).renamed("Innovation first")
    return exhibits_of(scenario, [other])


@pytest.fixture(scope="module")
def report(exhibits: list[Exhibit]) -> bytes:
    return make_report(exhibits, today=DAY)


@pytest.fixture(scope="module")
def document(report: bytes) -> Any:
    return lxml.html.document_fromstring(report)


def text(element: Any) -> str:
    content: str = element.text_content()
    return content


def section_of(document: Any, exhibit: Exhibit) -> Any:
    found = [s for s in document.iter("section") if exhibit.subtitle in [text(p) for p in s.findall("div/p")]]
    assert len(found) == 1
    return found[0]


def charted(exhibits: list[Exhibit]) -> list[Exhibit]:
    return [exhibit for exhibit in exhibits if exhibit.key != "summary"]


def test_the_tables_hold_the_numbers_of_the_exhibits_in_full(document: Any, exhibits: list[Exhibit]) -> None:
    for exhibit in charted(exhibits):
        rows = section_of(document, exhibit).findall("details//tbody/tr")
        assert len(rows) == len(exhibit.table) > 0
        for row, expected in zip(rows, exhibit.table.itertuples(index=False), strict=True):
            for cell, value in zip(row, expected, strict=True):
                if isinstance(value, float) and math.isfinite(value):
                    assert float(cell.find("data").get("value")) == value
                    assert text(cell) == number(value, exhibit.decimals + 3)
                elif isinstance(value, str):
                    assert text(cell) == value


def test_the_figures_are_those_of_the_exhibits(document: Any, exhibits: list[Exhibit]) -> None:
    figures = json.loads(document.get_element_by_id("figures").text)
    drawn = [exhibit for exhibit in charted(exhibits) if not isinstance(exhibit.chart, Table)]
    assert len(figures) == len(drawn) < len(charted(exhibits))
    for exhibit in drawn:
        chart = section_of(document, exhibit).find(".//figure//div[@role='img']")
        for skin in ("light", "dark"):
            expected = json.loads(exhibit.figure_in(skin).to_json(validate=False))
            assert figures[chart.get("id")][skin] == expected


@pytest.fixture(scope="module")
def every_exhibit() -> list[Exhibit]:
    """All that can be ordered, of an example that has data for everything."""
    scenario = load(ROOT / "scenarios" / "everyone-served.json")
    other = scenario.renamed("As it was")
    compared = {key: "As it was" for key, recipe in KINDS.items() if "scenarios" in recipe.options}
    asked = [slide_of(key) for key, recipe in KINDS.items() if recipe.page == "Evidence"]
    slides = [slide_of(key, scenarios=compared.get(key)) for key in KINDS]
    by_moment = [slide_of(key) for key in BY_MOMENT]
    others = [slide for slide in slides if slide not in (*asked, *by_moment)]
    moments = exhibits_of(in_hours_and_euros(), [], by_moment)
    return [*exhibits_of(scenario, [other], others), *exhibits_of(heard(), [], asked), *moments]


def test_a_report_holds_every_exhibit_that_there_is(every_exhibit: list[Exhibit]) -> None:
    document = lxml.html.document_fromstring(make_report(every_exhibit))
    figures = json.loads(document.get_element_by_id("figures").text)
    assert len(figures) == sum(not isinstance(e.chart, Sentences | Table) for e in every_exhibit) > 20
    assert "inf" not in {text(cell) for cell in document.iter("td")}


def test_a_number_without_end_stands_as_a_sign(exhibits: list[Exhibit]) -> None:
    table = pd.DataFrame({"name": ["up", "down", "none"], "amount": [math.inf, -math.inf, math.nan]})
    shown = lxml.html.fromstring(numbers(replace(exhibits[1], table=table)))
    assert [text(row[1]) for row in shown.findall(".//tbody/tr")] == ["∞", "−∞", "–"]


def the_summary(exhibits: list[Exhibit]) -> Exhibit:
    """What a report opens with, wherever the slides have it."""
    return next(e for e in exhibits if e.key == "summary")


def test_findings_stand_in_their_order_after_the_summary_and_before_inputs_and_method(
    document: Any, exhibits: list[Exhibit]
) -> None:
    lead = the_summary(exhibits)
    shown = [e for e in exhibits if e is not lead and e.key not in {"weights", "scores"}]
    assert len(shown) > 3
    headings = [text(h) for h in document.iter("h2")]
    numbered = [f"{place}. {e.finding}" for place, e in enumerate(shown, start=1)]
    assert headings == [
        "Move the weights of Base case",
        lead.finding,
        "Contents",
        *numbered,
        "Inputs",
        "Method",
    ]
    assert [text(a) for a in document.findall(".//nav//a")] == [
        *(e.finding for e in shown),
        "Inputs",
        "Method",
    ]
    reordered = make_report([*reversed(exhibits)], today=DAY)
    again = [text(h) for h in lxml.html.document_fromstring(reordered).iter("h2")]
    assert again[1] == lead.finding
    assert again[-2:] == ["Inputs", "Method"]
    assert again[3] == f"1. {shown[-1].finding}"


def test_the_summary_is_text(document: Any, exhibits: list[Exhibit]) -> None:
    sentences = the_summary(exhibits).table["sentence"].tolist()
    assert [text(dd) for dd in document.find(".//section[@class='lead']").iter("dd")] == sentences
    assert len(sentences) == 3


def test_a_statement_is_text_with_its_source_and_what_was_worded_by_hand() -> None:
    exhibit = statement(made(4, 3), {"For whom": "Firms <b>in a hurry</b>."})
    page = lxml.html.document_fromstring(make_report([exhibit]))
    section = page.find(".//section[@class='finding']")
    assert [text(dd) for dd in section.iter("dd")] == exhibit.table["sentence"].tolist()
    assert text(section.find("div/p[@class='foot']")) == " · ".join(
        [f"Source: {exhibit.source}", *exhibit.notes]
    )
    assert section.find(".//figure") is None


def test_every_line_on_the_method_stands_once_with_its_exhibits(
    document: Any, exhibits: list[Exhibit]
) -> None:
    method = document.get_element_by_id("method")
    lines = [text(dd) for dd in method.iter("dd")]
    assert sorted(lines) == sorted({line for e in exhibits for line in method_of(e)})
    labels = dict(zip(lines, [text(dt) for dt in method.iter("dt")], strict=True))
    assert labels[method_of(the_summary(exhibits))[0]].startswith("On the summary")
    assert labels[method_of(exhibits[0])[0]].startswith("On 1")


def test_source_notes_and_words_for_those_who_do_not_see_stand_with_every_chart(
    document: Any, exhibits: list[Exhibit]
) -> None:
    for exhibit in charted(exhibits):
        figure = section_of(document, exhibit).find("div/figure")
        if not isinstance(exhibit.chart, Table):
            assert figure.find(".//div[@role='img']").get("aria-label") == exhibit.alt
        else:
            assert text(figure.find(".//caption")) == exhibit.subtitle
        foot = text(figure.find("figcaption"))
        for part in (f"Source: {exhibit.source}", *exhibit.notes):
            assert part in foot


def test_the_page_is_made_for_screen_readers(document: Any) -> None:
    assert document.get("lang") == "en"
    assert [text(h) for h in document.iter("h1")] == ["Base case and Innovation first"]
    assert len(document.findall(".//main")) == 1
    for table in document.iter("table"):
        assert text(table.find("caption"))
        assert {th.get("scope") for th in table.findall("thead//th")} == {"col"}
        assert {th.get("scope") for th in table.findall("tbody//th")} == {"row"}
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in document.xpath("//a/@href")} <= set(ids)


def test_the_page_reaches_nobody(document: Any) -> None:
    assert document.xpath("//@src") == []
    assert all(link.startswith("#") for link in document.xpath("//@href"))
    assert json.loads(document.get_element_by_id("config").text)["showSendToCloud"] is False
    policy = document.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}
    code = [script.text for script in document.iter("script") if script.get("type") is None]
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in code]
    assert rules["script-src"].split() == [f"'sha256-{digest}'" for digest in digests]


def test_plotly_stands_in_the_page_once(report: bytes) -> None:
    assert report.count(b"Licensed under the MIT license\n*/") == 1
    assert len(report) < 8_000_000


def test_the_same_exhibits_give_the_same_bytes(exhibits: list[Exhibit], report: bytes) -> None:
    assert make_report(exhibits, today=DAY) == report
    assert b"<time" in report
    assert b"1 March 2026" in report
    assert b"<time" not in make_report(exhibits[:1])


def test_progress_is_told_from_nothing_to_all(exhibits: list[Exhibit]) -> None:
    told: list[tuple[int, int]] = []
    make_report(exhibits[:3], progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


class Nesting(HTMLParser):
    """Open elements; fails where one is closed that is not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: dict[str, int] = {}
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag] = self.seen.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def nesting_of(report: bytes) -> Nesting:
    parser = Nesting()
    parser.feed(report.decode())
    parser.close()
    assert parser.open == []
    return parser


def test_hostile_names_stand_as_they_were_typed_and_add_no_element() -> None:
    scenario = hostile()
    report = make_report(exhibits_of(scenario))
    parsed, plain = nesting_of(report), nesting_of(make_report(exhibits_of(made(6, 5))))
    assert set(parsed.seen) == set(plain.seen)
    assert parsed.attributes == plain.attributes
    assert parsed.seen["script"] == 6
    page = lxml.html.document_fromstring(report)
    cells = {text(cell) for cell in page.xpath("//td | //th")}
    assert [name for name in scenario.proposition_names if name not in cells] == []
    assert page.findtext(".//title") == text(page.find(".//h1")) == scenario.name


@pytest.mark.parametrize("name", hostile_names())
@pytest.mark.one_in(12)
def test_no_name_can_end_the_data_of_the_figures(name: str) -> None:
    scenario = Scenario.from_arrays([[8, 2], [7, 7]], propositions=[name, "B"], name=name)
    report = make_report([ranking(scenario)])
    data = report.split(b'id="figures">')[1].split(b"</script>")[0]
    assert not set(b"<>&") & set(data)
    assert set(json.loads(data)) == {"chart-1"}
