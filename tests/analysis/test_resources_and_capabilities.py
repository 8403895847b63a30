"""What is spent beside what is weighed, what would have to move, and which levels are missing."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from sample_scenarios import ROOT

from valuemix import exhibits
from valuemix.analysis.customers.capabilities import capabilities_needed
from valuemix.analysis.customers.resources import resources_against_weights
from valuemix.cli import main
from valuemix.errors import EditError, InvalidScenario
from valuemix.export.workbook import make_workbook
from valuemix.files.scenarios.scenario_file import dumps, load, loads
from valuemix.files.tables.importer import import_files
from valuemix.model.resources.parts import Capability, Resource, ResourceTarget
from valuemix.model.scenario import Scenario

FILE = ROOT / "scenarios" / "base-case.json"
BASE = load(FILE)
SMALL = Scenario.from_arrays(
    [[[8, 2], [5, 6]], [[6, 4], [7, 7]]],
    points=[[60, 40], [20, 80]],
    sizes=[3, 1],
    disciplines=["Speed", "Care"],
    segments=["Firms", "Families"],
    propositions=["Express", "Basic"],
)


def spent(*rows: tuple[str, str, float, float]) -> list[Resource]:
    return [Resource(function=f, kind=k, amounts={"speed": a, "care": b}) for f, k, a, b in rows]


@settings(max_examples=tries(100, 20), deadline=None)
@given(st.integers(0, 2**20))
def test_transfers_reach_the_target_and_no_function_gives_what_it_has_not(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ids = [f"d{i}" for i in range(int(rng.integers(2, 6)))]
    base = Scenario.from_arrays([[[5.0] * len(ids)]], disciplines=ids)
    rows = [rng.integers(0, 9, len(ids)).astype(float) for _ in range(int(rng.integers(1, 5)))]
    rows[0][0] += 1
    target = rng.integers(0, 5, len(ids)).astype(float)
    target[-1] += 1
    ids = [*base.discipline_ids]
    found = resources_against_weights(
        base.replace(
            resources=[
                Resource(function=f"F{i}", kind="k", amounts=dict(zip(ids, row.tolist(), strict=True)))
                for i, row in enumerate(rows)
            ],
            resource_targets=[ResourceTarget(kind="k", shares=dict(zip(ids, target.tolist(), strict=True)))],
        )
    )
    spread = found.shares[0].copy()
    given_up = np.zeros((len(rows), len(ids)))
    for move in found.transfers:
        spread[[move.source, move.to]] += (-move.share, move.share)
        given_up[int(move.function[1:]), move.source] += move.share
    assert np.allclose(spread, target / target.sum(), atol=1e-8)
    assert (given_up <= np.array(rows) / np.sum(rows) + 1e-9).all()
    # No more is moved than has to be: the distance of the two spreads.
    moved = math.fsum(move.share for move in found.transfers)
    assert moved == pytest.approx(np.abs(found.shares[0] - target / target.sum()).sum() / 2, abs=1e-8)


def test_each_kind_is_held_by_itself_against_weights_and_promises() -> None:
    promised = np.array([[[9, 1], [1, 1]], [[5, 5], [1, 1]]], dtype=float)
    scenario = SMALL.with_table("promised", promised).replace(
        resources=spent(("Sales", "budget", 6, 2), ("Service", "budget", 1, 1), ("", "people", 0, 5))
    )
    found = resources_against_weights(scenario)
    assert found.kinds == ("budget", "people")
    assert found.shares.tolist() == [[0.7, 0.3], [0.0, 1.0]]
    assert found.weights.tolist() == pytest.approx([0.5, 0.5])
    assert found.distances.tolist() == pytest.approx([0.2, 0.5])
    assert found.segment_distances.tolist() == [pytest.approx([0.1, 0.5]), pytest.approx([0.6, 0.2])]
    assert found.promised.tolist() == pytest.approx([0.8, 0.2])  # (3 x 9 + 5, 3 x 1 + 5) / 4
    assert found.transfers == ()


def test_a_level_is_asked_for_by_the_discipline_that_needs_it_most() -> None:
    scenario = SMALL.replace(
        capabilities=[
            Capability(name="Service", level=3, highest=10, cost=2, support={"speed": 9, "care": 9}),
            Capability(name="Stock", level=2, highest=3, support={"speed": 3}),
            Capability(name="Staff", level=0, highest=4, support={"speed": 1, "care": 9}),
        ]
    )
    found = capabilities_needed(scenario, 0)  # speed 7.5, care 2.5, by size
    assert found.required.tolist() == pytest.approx([7.5, 0.75, 1.0])
    assert found.driver.tolist() == [0, 0, 1]
    assert found.gaps.tolist() == [5.0, 0.0, 1.0]
    assert np.array_equal(found.costs, [10.0, 0.0, np.nan], equal_nan=True)
    told = exhibits.capabilities(scenario, proposition="Express").finding
    assert told == (
        "Two of three capabilities are short of what Express asks: Service by 4.5, five whole levels; "
        "the missing levels cost at least 10"
    )


def test_a_score_that_is_not_known_asks_for_nothing() -> None:
    blank = SMALL.with_table("scores", np.array([[[np.nan, 2], [5, 6]], [[np.nan, 4], [7, 7]]]))
    only = blank.replace(capabilities=[Capability(name="Service", level=3, highest=10, support={"speed": 9})])
    assert np.isnan(capabilities_needed(only, 0).gaps).all()
    assert exhibits.capabilities(only, proposition="Express").finding.startswith("No level can be told")
    assert (
        exhibits.capabilities(only, proposition="Basic").finding
        == "Service is 2.5 levels short of what Basic asks: three whole levels to buy"
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"resources": spent(("", "budget", 0, 0))}, "the amounts of 'budget' add up to 0"),
        ({"resources": spent(("", "budget", -1, 2))}, "must be 0 or more"),
        ({"resources": spent(("A", "budget", 1, 2), ("A", "budget", 1, 2))}, "stands twice"),
        ({"resources": spent(("A", "budget", 1, 2), ("B", "Budget", 1, 2))}, "differ by capitals only"),
        ({"resource_targets": [ResourceTarget(kind="time", shares={"speed": 1})]}, "unknown kind of resource 'time'"),
        ({"capabilities": [Capability(name="A", level=6, highest=5, support={"speed": 9})]}, "0 to its highest, 5"),
        ({"capabilities": [Capability(name="A", level=1, highest=5, support={"speed": 5})]}, "must be 0, 1, 3 or 9"),
        ({"capabilities": [Capability(name="A", level=1, highest=5, support={})]}, "supports no discipline"),
        ({"capabilities": [Capability(name="A", level=1, highest=0, support={"care": 1})]}, "must be above 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(changes: dict, message: str) -> None:
    with pytest.raises(InvalidScenario) as refused:
        SMALL.replace(**changes)
    assert message in str(refused.value)


def test_without_the_sheets_it_says_which_to_fill_in() -> None:
    with pytest.raises(EditError, match="fill in the sheet Resources"):
        exhibits.resources(SMALL)
    with pytest.raises(EditError, match="fill in the sheet Capabilities"):
        exhibits.capabilities(SMALL)


def test_a_file_and_a_workbook_hold_all_of_it() -> None:
    target = ResourceTarget(kind="Budget", shares={"innovation": 30, "operational_excellence": 70})
    scenario = BASE.replace(resource_targets=[target])
    assert loads(dumps(scenario)) == scenario
    back = import_files({"book.xlsx": make_workbook(scenario)}).scenario
    for field in ("resources", "resource_targets", "capabilities"):
        assert getattr(back, field) == getattr(scenario, field)


def test_the_command_prints_what_the_exhibits_say() -> None:
    document = json.loads(CliRunner().invoke(main, ["mirror", str(FILE), "--json"]).stdout)
    shares = {each["kind"]: each["shares"]["operational_excellence"] for each in document["kinds"]}
    assert shares["Bonus points"] == pytest.approx(0.8)
    gaps = {each["capability"]: each["gap"] for each in document["capabilities"]}
    missing = {"Remote diagnostics": 2, "Parts logistics": 2, "Refurbishment": 1}
    assert {name: gap for name, gap in gaps.items() if gap} == missing
    told = CliRunner().invoke(main, ["mirror", str(FILE)]).stdout.replace("\u00a0", " ")
    assert told.splitlines()[0] == exhibits.resources(BASE).finding.replace("\u00a0", " ")
    refused = CliRunner().invoke(main, ["mirror", str(ROOT / "scenarios" / "airport-survey-sfo-2017.json")])
    assert refused.exit_code == 1
    assert "fill in the sheet Resources or Capabilities" in refused.stderr
