"""The engine against figures that are printed elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

import valuemix as vm
from valuemix.cli import main
from valuemix.verification import verify as room


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    result = CliRunner().invoke(main, ["verify", "--json"])
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def test_at_least_40_printed_figures_come_out_as_printed(document: dict[str, Any]) -> None:
    assert len(document["examples"]) >= 40
    assert [e["name"] for e in document["examples"] if not e["ok"]] == []
    assert document["ok"] is True


def test_every_example_is_told_once_with_its_source_and_its_difference(document: dict[str, Any]) -> None:
    names = [e["name"] for e in document["examples"]]
    assert len(set(names)) == len(names)
    for example in document["examples"]:
        assert example["source"]
        assert example["difference"] == example["computed"] - example["printed"]
    assert all(case["wrong"] for case in document["disputed"])


def test_a_figure_that_is_off_by_a_unit_of_its_last_digit_fails_and_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read = json.loads(json.dumps(room._read()))
    read["examples"][0]["printed"]["laptop A"] = "8.1"
    monkeypatch.setattr(room, "_read", lambda: read)
    wrong = [e for e in vm.verify().examples if not e.ok]
    assert [e.name for e in wrong] == ["Laptops of one consumer, laptop A"]
    result = CliRunner().invoke(main, ["verify"])
    assert result.exit_code == 1
    assert "DIFFERS  Laptops of one consumer, laptop A: printed 8.1, computed 8" in result.stdout
    assert "52 of 53 figures from 8 sources come out as printed." in result.stdout
