"""Laws: the kernel agrees with the formulas as they are written, whatever the table and however it is cut."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from respondent_tables import respondents, roles, written
from survey_reference import estimates, reference

from valuemix.analysis.draws.survey_errors import degrees_of
from valuemix.errors import EditError, InvalidFile
from valuemix.model.evidence import Wave
from valuemix.respondents.engines import spark
from valuemix.respondents.sums.crossing import ANY, Crossed
from valuemix.respondents.sums.kernel import Batch, Sums
from valuemix.respondents.survey import read_survey
from valuemix.respondents.table import Engine

ITEMS = ["speed", "care", "price"]
RATINGS = [{"proposition": "Express", "discipline": item, "column": item} for item in ITEMS]


def table(seed: int, rows: int = 240) -> pd.DataFrame:
    """Respondents of three segments and two strata, with clusters across segments and answers missing."""
    rng = np.random.default_rng(seed)
    answers = pd.DataFrame(rng.integers(1, 6, (rows, 3)).astype(float), columns=ITEMS)
    answers = answers.mask(rng.random((rows, 3)) < 0.15)
    stratum = rng.choice(["north", "south"], rows)
    return answers.assign(
        segment=rng.choice(["a", "b", "c"], rows),
        weight=rng.uniform(0.2, 3, rows).round(3),
        stratum=stratum,
        cluster=[f"{h}{c}" for h, c in zip(stratum, rng.integers(0, 12, rows), strict=True)],
        people=1000,
        places=40,
    )


DESIGNS = st.sampled_from(
    [
        {},
        {"stratum": "stratum"},
        {"cluster": "cluster"},
        {"stratum": "stratum", "cluster": "cluster"},
        {"stratum": "stratum", "population": "people"},
        {"stratum": "stratum", "cluster": "cluster", "population": "places"},
    ]
)


def read(
    file: Path | str, design: dict[str, str], engine: Engine = "duckdb"
) -> tuple[np.ndarray, np.ndarray]:
    roles = {"segment": "segment", "weight": "weight", "scale": [1, 5], "ratings": RATINGS, **design}
    return estimates(read_survey(file, roles, engine=engine))


@settings(max_examples=tries(60, 3), deadline=None)
@given(seed=st.integers(0, 10**6), design=DESIGNS)
def test_means_and_covariance_are_those_of_the_formulas(
    tmp_path_factory: pytest.TempPathFactory, seed: int, design: dict[str, str]
) -> None:
    rows, file = table(seed), tmp_path_factory.mktemp("law") / "rows.csv"
    rows.to_csv(file, index=False)
    means, covariance = read(file, design)
    right, spread = reference(rows, ITEMS, segment="segment", weight="weight", **design)
    np.testing.assert_allclose(means, right, rtol=1e-9)
    np.testing.assert_allclose(covariance, spread, rtol=1e-9, atol=1e-15)


@settings(max_examples=tries(40), deadline=None)
@given(seed=st.integers(0, 10**6), design=DESIGNS)
def test_the_order_of_rows_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, design: dict[str, str]
) -> None:
    rows, folder = table(seed), tmp_path_factory.mktemp("order")
    rows.to_parquet(folder / "rows.parquet")
    rows.sample(frac=1, random_state=seed).to_parquet(folder / "shuffled.parquet")
    for one, other in zip(
        read(folder / "rows.parquet", design), read(folder / "shuffled.parquet", design), strict=True
    ):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("rows_go_together", [False, True])
def test_sums_that_are_sent_as_arrays_are_the_same_and_are_added_to(rows_go_together: bool) -> None:
    rng = np.random.default_rng(4)
    codes = [rng.integers(0, n, 40) for n in (2, 3, 2, 6)]
    answers = np.where(rng.random((2, 40)) < 0.2, np.nan, rng.normal(size=(2, 40)))
    weights = [rng.uniform(0.5, 2, 40)] * 2
    unit = codes[3] if rows_go_together else None
    sums = Sums()
    sums.add(Batch(codes[0], codes[1], codes[2] - 1, unit, weights, [*answers]))
    sent, empty = (spark._unpacked(spark._packed(each)) for each in (sums, Sums()))
    assert (empty.cells, empty.units, sent.units.keys()) == ({}, {}, sums.units.keys())
    for key, cell in sums.cells.items():
        for name, numbers in vars(cell).items():
            np.testing.assert_array_equal(getattr(sent.cells[key], name), numbers)
    for key in sums.units:
        for got, right in zip(sent.unit_totals(key), sums.unit_totals(key), strict=True):
            np.testing.assert_array_equal(got, right)
    sent.merge(sums)
    key = next(iter(sums.cells))
    np.testing.assert_array_equal(sent.cells[key].count, 2 * sums.cells[key].count)
    np.testing.assert_array_equal(spark._unpacked(spark._packed(np.arange(3.0))), np.arange(3.0))


def test_what_comes_back_from_a_part_is_never_run() -> None:
    with pytest.raises(ValueError, match="allow_pickle=False"):
        spark._unpacked(spark._packed(np.array([print], dtype=object)))


@pytest.mark.nightly  # Spark takes a minute to start
@pytest.mark.skipif(find_spec("pyspark") is None, reason='no pyspark here: pip install "valuemix[spark]"')
@pytest.mark.skipif(shutil.which("java") is None, reason="no Java here: Spark needs 17 or later")
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
def test_spark_and_duckdb_and_the_formulas_say_the_same(tmp_path: Path) -> None:
    rows = table(7)
    file, parts = tmp_path / "answers [1] it's.csv", tmp_path / "parts"
    rows.to_csv(file, index=False, sep=";")
    parts.mkdir()
    for i, part in enumerate(np.array_split(np.arange(len(rows)), 3)):
        rows.iloc[part].to_parquet(parts / f"{i}.parquet")
    one_by_one = {"stratum": "stratum", "population": "people"}
    clusters = {"stratum": "stratum", "cluster": "cluster"}
    with spark.spark_session():
        for design, source in (
            (one_by_one, file),
            (clusters, f"SELECT * FROM parquet.`{parts}`"),
        ):
            found, same = read(source, design, "spark"), read(file, design)
            right = reference(rows, ITEMS, segment="segment", weight="weight", **design)
            for own, other, formula in zip(found, same, right, strict=True):
                np.testing.assert_allclose(own, other, rtol=1e-12, atol=1e-15)
                np.testing.assert_allclose(own, formula, rtol=1e-12, atol=1e-15)
        waves = pd.concat([respondents(80).assign(wave=wave, id=range(80)) for wave in ("1", "2")])
        waves["points_innovation"] += (waves["wave"] == "2") * 20
        file, said = written(waves, tmp_path), roles(id="id", wave="wave", missing=["it's", 99])
        by_spark, by_duckdb = (read_survey(file, said, engine=engine) for engine in ("spark", "duckdb"))
        for one, other in zip(
            by_spark.scenario.evidence.waves, by_duckdb.scenario.evidence.waves, strict=True
        ):
            assert (one.asked, one.respondents) == (other.asked, other.respondents)
            np.testing.assert_allclose(*map(means_of, (one, other)), rtol=1e-11)
        np.testing.assert_allclose(by_spark.choose, by_duckdb.choose, rtol=1e-12)
        with pytest.raises(InvalidFile, match=r"the query cannot be run: .*nowhere"):
            read("SELECT * FROM nowhere", {}, "spark")


@pytest.mark.parametrize(("gone", "told"), [("find_spec", "package pyspark"), ("shutil.which", "needs Java")])
def test_spark_that_is_not_there_is_told_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gone: str, told: str
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda _: True)
    monkeypatch.setattr(f"{spark.__name__}.{gone}", lambda *_, **__: None)
    table(1).to_csv(tmp_path / "rows.csv")
    with pytest.raises(EditError, match=f"{told}.*or read with DuckDB"):
        read(tmp_path / "rows.csv", {}, "spark")


def means_of(wave: Wave) -> list[float]:
    return [item.mean for segment in wave.segments for item in segment.estimates]


def batch(rng: np.random.Generator, rows: int, *, units: bool) -> Batch:
    answers = rng.normal(0, 1, (rows, 4))
    answers[rng.random((rows, 4)) < 0.2] = np.nan
    return Batch(
        stratum=rng.integers(0, 2, rows),
        segment=rng.integers(0, 3, rows),
        offer=rng.integers(0, 2, rows),
        unit=rng.integers(0, 30, rows) if units else None,
        weights=[rng.uniform(0.5, 2, rows)] * 4,
        answers=[*answers.T],
    )


def cut(whole: Batch, rows: np.ndarray) -> Batch:
    unit = None if whole.unit is None else whole.unit[rows]
    return Batch(
        whole.stratum[rows],
        whole.segment[rows],
        whole.offer[rows],
        unit,
        [weights[rows] for weights in whole.weights],
        [answers[rows] for answers in whole.answers],
    )


@pytest.mark.parametrize("units", [False, True], ids=["people one by one", "in clusters"])
def test_sums_of_parts_add_up_to_those_of_the_whole(units: bool) -> None:
    rng = np.random.default_rng(5)
    whole = batch(rng, 500, units=units)
    together, parts = Sums(), Sums()
    together.add(whole)
    for rows in np.array_split(rng.permutation(500), 7):
        part = Sums()
        part.add(cut(whole, rows))
        parts.merge(part)
    assert parts.cells.keys() == together.cells.keys()
    for key, cell in together.cells.items():
        np.testing.assert_allclose(parts.cells[key].total, cell.total, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(parts.cells[key].squares, cell.squares, rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(parts.cells[key].spread, cell.spread, rtol=1e-12, atol=1e-12)
        assert (parts.cells[key].count == cell.count).all()
        if units:
            for one, other in zip(parts.unit_totals(key), together.unit_totals(key), strict=True):
                np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)


def test_units_that_are_not_kept_leave_their_products_and_how_many_answered() -> None:
    rng = np.random.default_rng(6)
    whole = batch(rng, 500, units=True)
    assert whole.unit is not None
    kept, crossed = Sums(), Sums(crossed=Crossed())
    kept.add(whole)
    for rows in np.array_split(np.argsort(whole.unit, kind="stable"), 90):
        crossed.add(cut(whole, rows))
    assert crossed.crossed
    crossed.crossed.close()
    found = spark._unpacked(spark._packed(crossed)).crossed
    dense = {}
    for key in kept.units:
        codes, vectors = kept.unit_totals(key)
        dense[key] = np.zeros((whole.unit.max() + 1, vectors.shape[1]))
        dense[key][codes] = vectors
    pairs = {(one, other) for one in dense for other in dense if one <= other and one[0] == other[0]}
    assert found.products.keys() == pairs
    for (one, other), product in found.products.items():
        np.testing.assert_allclose(product, dense[one].T @ dense[other], rtol=1e-12, atol=1e-12)
    for (h, g, offer), answered in found.answered.items():
        own = [dense[key] for key in dense if key[:2] == (h, g) and offer in (key[2], ANY)]
        weight = np.sum(own, axis=0)[:, len(answered) :]
        np.testing.assert_array_equal(answered, (weight > 0).sum(axis=0))


def test_degrees_of_freedom_are_of_the_clusters_that_answered(tmp_path: Path) -> None:
    rows = table(11).query("segment != 'c'")
    far = rows["segment"].eq("b") & rows["stratum"].eq("south")
    rows = rows[~far].assign(segment=lambda own: own["segment"].replace("b", "B"))
    rows.to_parquet(tmp_path / "rows.parquet")
    said = {"weight": "weight", "scale": [1, 5], "ratings": RATINGS, "segment": "segment"}
    drawn = {"stratum": "stratum", "cluster": "cluster"}
    read_of = read_survey(tmp_path / "rows.parquet", {**said, **drawn})
    for own in read_of.heard.items:
        for item in own:
            there = rows[rows["segment"] == read_of.sample.segments[item.segment]]
            answered = rows if item.of == "size" else there[there[ITEMS[item.discipline]].notna()]
            assert item.degrees == answered["cluster"].nunique() - answered["stratum"].nunique(), item
    evidence = read_of.scenario.evidence
    assert evidence
    kept = [degrees_of(evidence, each) for own in evidence.segments for each in own.estimates]
    assert kept == [item.degrees for own in read_of.heard.items for item in own]
    assert len({*kept}) > 2


def test_clusters_decide_where_sums_over_all_rows_are_the_same(tmp_path: Path) -> None:
    """1, 2, 3, 4 in clusters {1, 2}, {3, 4} vary, in {1, 4}, {2, 3} they do not."""
    found = []
    for clusters in ([1, 1, 2, 2], [1, 2, 2, 1]):
        rows = pd.DataFrame({"care": [1, 2, 3, 4] * 2, "speed": [4, 3, 2, 1] * 2, "c": clusters * 2})
        rows.to_csv(tmp_path / "rows.csv", index=False)
        ratings = [
            {"proposition": "Express", "discipline": item, "column": item} for item in ("care", "speed")
        ]
        said = {"cluster": "c", "scale": [1, 5], "ratings": ratings}
        found.append(estimates(read_survey(tmp_path / "rows.csv", said))[1])
    np.testing.assert_allclose(found[0], [[1, -1], [-1, 1]], atol=1e-12)
    np.testing.assert_allclose(found[1], 0, atol=1e-12)


def test_rows_of_one_person_are_a_cluster_and_importance_counts_once(tmp_path: Path) -> None:
    rng = np.random.default_rng(2)
    people = pd.DataFrame({"id": range(60), "i1": rng.integers(1, 9, 60), "i2": rng.integers(1, 9, 60)})
    rows = pd.concat(
        [people.assign(offer=o, care=rng.integers(1, 6, 60), speed=rng.integers(1, 6, 60)) for o in "AAB"]
    )
    rows = rows[~((rows["offer"] == "B") & (rows["id"] < 20))]
    rows.to_csv(tmp_path / "rows.csv", index=False)
    roles = {
        "id": "id",
        "scale": [1, 5],
        "importance": {"care": "i1", "speed": "i2"},
        "ratings": {"offer": "offer", "columns": {"care": "care", "speed": "speed"}},
    }
    heard = read_survey(tmp_path / "rows.csv", roles).heard
    shares = people["i1"] / (people["i1"] + people["i2"])
    assert heard.weights[0, 0] == pytest.approx(shares.mean(), rel=1e-12)
    assert heard.blocks[0][0, 0] == pytest.approx(shares.var() / 60, rel=1e-12)
    assert [item.n for item in heard.items[0] if item.of == "score"] == [60, 60, 40, 40]
    own = rows[rows["offer"] == "A"].assign(w=1.0, s="all")
    _, covariance = reference(own, ["care", "speed"], segment="s", weight="w", cluster="id")
    np.testing.assert_allclose(heard.blocks[0][2:4, 2:4], covariance, rtol=1e-9)
