"""Large scenarios: read by column, refused early where they are too large, the same in every other way."""

from __future__ import annotations

import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.errors import InvalidFile, InvalidScenario, StorageError
from valuemix.files.scenarios import strict_json
from valuemix.files.scenarios.scenario_file import dumps, loads
from valuemix.model.parts import MAX_CELLS, MAX_ROWS
from valuemix.model.scenario import Scenario
from valuemix.model.score_table import ScoreTable

NAMES = (("Families", "Business"), ("Express", "Green line"), ("speed", "care"))


def in_full(**changes: Any) -> dict[str, Any]:
    """Scores as mappings, with one row changed."""
    table = ScoreTable(np.arange(8.0).reshape(2, 2, 2), NAMES).plain()
    table["Business"]["Express"].update(changes)
    return table


@pytest.mark.nightly  # below a table is read by column where it can be
def test_ten_thousand_segments_are_made_without_an_object_for_every_cell() -> None:
    scores = np.tile([[5.0, 6.0, np.nan, 7.5]], (10_000, 20, 1))
    Scenario.from_arrays(scores[:1])
    tracemalloc.start()
    scenario = Scenario.from_arrays(scores)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert scenario.array("scores").shape == (10_000, 20, 4)
    # A dictionary for each of 200,000 rows alone would take some 40 MB.
    assert most < 45_000_000


@pytest.mark.parametrize("odd", [True, "5", np.float32(5), float("nan"), float("inf"), 10**400])
def test_a_table_with_anything_out_of_the_ordinary_is_looked_at_cell_by_cell(odd: Any) -> None:
    assert ScoreTable.by_column(in_full(), NAMES) is not None
    assert ScoreTable.by_column(in_full(speed=odd), NAMES) is None


def test_unknown_and_absent_names_are_no_table_read_by_column() -> None:
    for table in (
        {**in_full(), "Partners": {}},
        {"Families": in_full()["Families"]},
        in_full(comfort=1.0),
        {**in_full(), "Business": [1, 2]},
        {**in_full(), "Business": {"Express": {"speed": 1.0, "care": 2.0}, "Green line": [1.0, 2.0]}},
        [1, 2],
    ):
        assert ScoreTable.by_column(table, NAMES) is None


CELLS = st.lists(st.none() | st.integers(0, 10) | st.floats(0, 10), min_size=8, max_size=8)


@settings(max_examples=tries(60), deadline=None)
@given(CELLS)
def test_read_by_column_and_cell_by_cell_a_table_is_the_same(cells: list[float | None]) -> None:
    array = np.array(cells, dtype=np.float64).reshape(2, 2, 2)
    table = ScoreTable(array, NAMES)
    by_column = ScoreTable.by_column(table.plain(), NAMES)
    assert by_column is not None
    one_by_one = ScoreTable.of(table.plain(), NAMES)
    assert table == by_column == one_by_one
    assert hash(table) == hash(by_column) == hash(one_by_one)
    assert {s: {p: dict(row) for p, row in block.items()} for s, block in table.items()} == table.plain()


def test_tables_differ_by_a_cell_a_name_or_a_gap() -> None:
    table = ScoreTable(np.arange(8.0).reshape(2, 2, 2), NAMES)
    gap = np.arange(8.0)
    gap[3] = np.nan
    others = (
        ScoreTable(np.arange(1.0, 9.0).reshape(2, 2, 2), NAMES),
        ScoreTable(gap.reshape(2, 2, 2), NAMES),
        ScoreTable(table.array, (*NAMES[:2], ("speed", "comfort"))),
    )
    assert all(table != other for other in others)
    assert table == table.plain()
    assert table != "a table"


@pytest.mark.parametrize(("things", "path"), [("segments", "segments"), ("propositions", "propositions")])
def test_too_many_segments_or_propositions_are_told_alone(things: str, path: str) -> None:
    shape = (MAX_ROWS + 1, 1, 2) if things == "segments" else (1, MAX_ROWS + 1, 2)
    with pytest.raises(InvalidScenario) as refusal:
        Scenario.from_arrays(np.full(shape, 99.0))
    (problem,) = refusal.value.problems
    assert str(problem) == f"/{path}: there are at most 20,000 {things}, got 20,001. Keep fewer."


def test_a_table_of_too_many_cells_is_refused_before_it_is_made() -> None:
    count = 5_000
    fields: dict[str, Any] = {
        "name": "Large",
        "segments": [
            {"name": f"G{i}", "points": dict.fromkeys(("innovation", "operational_excellence",
             "social_purpose", "customer_intimacy"), 1)} for i in range(count)
        ],
        "propositions": [{"name": f"P{i}"} for i in range(count)],
        "scores": {},
    }  # fmt: skip
    with pytest.raises(InvalidScenario) as refusal:
        Scenario(**fields)
    (problem,) = refusal.value.problems
    assert f"at most {MAX_CELLS:,} scores" in str(problem)
    assert "got 100,000,000" in str(problem)


def test_a_file_of_200_000_segments_is_refused_before_it_is_read() -> None:
    points = '{"innovation":1}'
    segments = ",".join(f'{{"name":"s{i}","points":{points}}}' for i in range(200_000))
    text = f'{{"version":1,"name":"x","segments":[{segments}],"propositions":[{{"name":"p"}}],"scores":{{}}}}'
    data = text.encode()
    tracemalloc.start()
    with pytest.raises(InvalidFile, match=r"large\.json: the file holds more than 300,000 rows") as refusal:
        loads(data, "large.json")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(refusal.value.problems) == 1
    assert most < 5 * len(data)


def test_what_is_too_large_to_be_read_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario.from_arrays(np.full((30, 3, 4), 5.0))
    monkeypatch.setattr(strict_json, "MAX_ENTRIES", 300)
    assert loads(dumps(scenario)) == scenario
    with pytest.raises(
        StorageError, match="'Scenario' is too large for a file: the file holds more than 300"
    ):
        dumps(scenario.with_table("promised", scenario.array("scores")))
