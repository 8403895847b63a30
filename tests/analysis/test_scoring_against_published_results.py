"""Published worked examples come out of the scoring as they are printed."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from valuemix.analysis.value.scoring import evaluate
from valuemix.model.scenario import Scenario

ORACLES = Path(__file__).parents[1] / "data" / "oracles"


def oracle(name: str) -> dict:
    return json.loads((ORACLES / f"{name}.json").read_text("utf-8"))


def test_kotlers_laptops_have_their_printed_values() -> None:
    example = oracle("kotler_keller_laptop_expectancy_value")
    inputs = example["inputs"]
    result = evaluate(
        Scenario.from_arrays(
            inputs["scores"],
            points=inputs["weights"],
            propositions=inputs["alternatives"],
            segments=["Linda"],
        )
    )
    found = dict(zip(inputs["alternatives"], result.overall, strict=True))
    assert found == pytest.approx(example["computed_outputs"], abs=1e-9)
    assert result.overall_ranks.tolist() == [1, 2, 3, 4]


def test_krackas_building_ranking_is_reproduced() -> None:
    example = oracle("kracka2010_weighted_sum")
    matrix = np.array(example["inputs"]["matrix"])
    smaller_is_better = np.array([objective == "min" for objective in example["inputs"]["objectives"]])
    benefit = np.where(smaller_is_better, 1 / matrix, matrix)
    scores = benefit / benefit.sum(axis=0)
    result = evaluate(Scenario.from_arrays(scores, points=example["inputs"]["weights"], scale=(0, 1)))
    assert result.overall == pytest.approx(example["published_outputs"]["score"], abs=1e-6)
    assert result.overall_ranks.tolist() == example["published_outputs"]["rank"]


def test_gales_quality_profile_scores_232() -> None:
    example = oracle("gale_endosurgery_quality_profile")
    inputs = example["inputs"]
    result = evaluate(Scenario.from_arrays([inputs["ratios"]], points=inputs["weights"], scale=(0, 10)))
    parts = result.overall_contributions
    assert parts is not None
    assert 100 * result.overall[0] == pytest.approx(
        example["published_outputs"]["market_perceived_quality_score"]
    )
    assert 100 * parts[0] == pytest.approx(example["published_outputs"]["weight_x_ratio"])


def test_every_hospital_has_its_published_total_performance_score() -> None:
    with (ORACLES / "hospital_value_based_purchasing_fy2024.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    domains = ("clinical_outcomes", "engagement", "safety", "efficiency")
    scores = np.array([[float(row[d]) if row[d] else np.nan for d in domains] for row in rows])
    published = np.array([float(row["total_performance_score"]) for row in rows])
    result = evaluate(
        Scenario.from_arrays(
            scores, disciplines=domains, propositions=[row["facility_id"] for row in rows], scale=(0, 100)
        )
    )
    assert len(rows) == 2474
    assert np.abs(result.overall - published).max() < 1e-6
    assert result.overall_partial.tolist() == np.isnan(scores).any(axis=1).tolist()
    assert result.overall_partial.sum() == 437
