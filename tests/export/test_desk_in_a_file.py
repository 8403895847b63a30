"""The desk in a file: small, with all that it needs and nothing that reaches out, and names only as data."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from typing import Any

import lxml.html
import numpy as np
import pytest
from sample_scenarios import ROOT, hostile, hostile_names, made

from valuemix import export
from valuemix.errors import FileIsThere, StorageError
from valuemix.exhibits import ranking
from valuemix.export.report.desk import desk_code, make_desk
from valuemix.export.report.report import make_report
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario
from valuemix.screen.desk import lead_words


@pytest.fixture(scope="module")
def base() -> Scenario:
    return load(ROOT / "scenarios" / "base-case.json")


@pytest.fixture(scope="module")
def desk(base: Scenario) -> Any:
    return lxml.html.document_fromstring(make_desk(base))


def data_of(document: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document.get_element_by_id("desk-data").text)
    return found


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_desk_alone_is_small_even_where_the_scenario_is_large() -> None:
    long = [f"Proposition {place} with a name that fills {'all of the ' * 10}line" for place in range(20)]
    scenario = made(20, 8).with_points(np.linspace(1, 3, 32).reshape(8, 4) / 7)
    renamed = Scenario.from_arrays(scenario.array("scores"), points=scenario.points, propositions=long)
    assert len(make_desk(renamed)) < 300_000


def test_it_holds_the_scenario_and_how_sure_every_lead_is(base: Scenario, desk: Any) -> None:
    data = data_of(desk)
    assert data["propositions"] == [*base.proposition_names]
    assert np.array_equal(np.array(data["scores"], dtype=float), base.array("scores"))
    assert data["points"] == base.points.tolist()
    assert set(data["said"]) == {"all", *map(str, range(len(base.segments)))}
    assert data["said"]["all"] == lead_words(base, None)
    assert data["said"]["2"] == lead_words(base, base.segment_names[2])


def test_its_policy_lets_in_its_own_script_and_styles_and_nothing_else(desk: Any) -> None:
    policy = desk.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    scripts = [each.text for each in desk.iter("script") if each.get("type") is None]
    assert rules == {
        "default-src": "'none'",
        "script-src": " ".join(map(digest, scripts)),
        "style-src": " ".join(digest(each.text) for each in desk.iter("style")),
        "require-trusted-types-for": "'script'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert desk.xpath("//@src | //@href | //@style | //@onclick") == []


def test_its_script_is_a_classic_one_that_writes_no_markup() -> None:
    code = desk_code()
    assert not re.search(r"^\s*(import|export)\b", code, re.MULTILINE)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function", code
    )
    assert not re.search(r"""setAttribute\(\s*["']style""", code)
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|sendBeacon|EventSource|localStorage)\b", code)
    assert "</script" not in code


@pytest.mark.parametrize("name", [*hostile_names()][:12])
def test_no_name_can_end_the_data(name: str) -> None:
    scenario = Scenario.from_arrays([[8, 2], [7, 7]], propositions=[name, "B"], segments=[name], name=name)
    text = make_desk(scenario).split(b'id="desk-data">')[1].split(b"</script>")[0]
    assert not set(b"<>&") & set(text)
    assert json.loads(text)["propositions"][0] == scenario.proposition_names[0]


def test_hostile_names_add_no_element() -> None:
    def kinds(scenario: Scenario) -> list[str]:
        return [str(each.tag) for each in lxml.html.document_fromstring(make_desk(scenario)).iter()]

    assert kinds(hostile()) == kinds(made(28, 5))


def test_the_same_scenario_gives_the_same_bytes(base: Scenario) -> None:
    assert make_desk(base) == make_desk(base)


def test_a_report_opens_with_the_desk_of_its_first_scenario(base: Scenario) -> None:
    report = lxml.html.document_fromstring(make_report([ranking(base)]))
    assert data_of(report) == data_of(lxml.html.document_fromstring(make_desk(base)))
    assert report.find(".//main")[0].find("h2").text == f"Move the weights of {base.name}"


def test_the_library_writes_it_where_nothing_is_yet(base: Scenario, tmp_path: Any) -> None:
    path = export.desk(base, tmp_path / "desk.html")
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")
    with pytest.raises(FileIsThere):
        export.desk(base, path)
    with pytest.raises(StorageError, match="desk"):
        export.desk(base, tmp_path / "desk.pdf")
