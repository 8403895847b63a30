"""``valuemix customers`` prints what the Customer view finds."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from sample_scenarios import ROOT

from valuemix.cli import main
from valuemix.exhibits.kind import KINDS

EXAMPLE = ROOT / "scenarios" / "everyone-served.json"
PLAIN = ROOT / "scenarios" / "airport-survey-sfo-2017.json"


def customers(*words: str) -> Result:
    return CliRunner().invoke(main, ["customers", *words])


def test_every_exhibit_of_the_page_is_printed_with_its_table() -> None:
    document = json.loads(customers(str(EXAMPLE), "--json").stdout)
    keys = [key for key, recipe in KINDS.items() if recipe.page == "Customer view"]
    assert [each["key"] for each in document["exhibits"]] == keys
    told = [each for each in document["exhibits"] if each["lacks"] is None]
    assert {*keys} - {each["key"] for each in told} == {
        "disciplines_by_moment",
        "where",
        "journey",
        "simplify",
        "returns",
    }  # it has no moments
    assert all(each["finding"] and each["rows"] for each in told)
    chain = next(each for each in document["exhibits"] if each["key"] == "delivery_chain")
    assert chain["rows"][0]["end"] == pytest.approx(7.864160714285715, abs=1e-12)
    assert chain["rows"][0]["change"] is None


def test_what_lacks_names_its_sheet_and_the_rest_is_told() -> None:
    printed = customers(str(PLAIN)).stdout
    assert "delivery_chain: there is no delivery chain; fill in the sheet Delivery" in printed
    assert "preference_share\n  Boarding Area D has the largest preference share" in printed


def test_the_view_is_said_in_findings() -> None:
    document = json.loads(customers(str(EXAMPLE), "--view", "believed", "--json").stdout)
    focus = next(each for each in document["exhibits"] if each["key"] == "focus")
    assert focus["finding"].startswith("Where believed scores count: ")


@pytest.mark.parametrize(
    ("words", "message"),
    [(("--view", "hoped"), "unknown view 'hoped'"), (("--segment", "Nobody"), "unknown segment 'Nobody'")],
)
def test_a_wrong_name_is_one_message(words: tuple[str, ...], message: str) -> None:
    result = customers(str(EXAMPLE), *words)
    assert result.exit_code == 1
    assert message in result.stderr
