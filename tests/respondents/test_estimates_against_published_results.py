"""Means and covariances of real surveys, held against R's package survey."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sample_scenarios import ROOT
from survey_reference import estimates

import valuemix as vm
from valuemix.analysis.certainty.certainty import certainty, degree_of
from valuemix.analysis.evidence.leads import heard_lead
from valuemix.model.parts import Doubt
from valuemix.respondents.survey import Survey, read_survey

DATA = ROOT / "tests" / "data"
SURVEYS = DATA / "surveys"
ITEMS = ("api00", "api99", "meals")


def oracle(name: str) -> Any:
    return json.loads((DATA / "oracles" / f"{name}.json").read_text("utf-8"))


def schools(**roles: object) -> dict[str, object]:
    ratings = [{"proposition": "School", "discipline": item, "column": item} for item in ITEMS]
    return {"scale": [0, 1000], "ratings": ratings, **roles}


@pytest.mark.parametrize(
    ("design", "file", "roles"),
    [
        ("cluster_no_fpc", "apiclus1", {"cluster": "dnum"}),
        ("cluster_fpc", "apiclus1", {"cluster": "dnum", "population": "fpc"}),
        ("strata_no_fpc", "apistrat", {"stratum": "stype"}),
        ("strata_fpc", "apistrat", {"stratum": "stype", "population": "fpc"}),
    ],
)
def test_means_and_covariance_of_californian_schools(design: str, file: str, roles: dict[str, str]) -> None:
    published = oracle("survey_api")[design]
    means, covariance = estimates(read_survey(SURVEYS / f"{file}.csv", schools(weight="pw", **roles)))
    np.testing.assert_allclose(means, published["mean"], rtol=1e-9)
    np.testing.assert_allclose(covariance, published["covariance"], rtol=1e-9)


@pytest.fixture(scope="module")
def domains(tmp_path_factory: pytest.TempPathFactory) -> Survey:
    rows = pd.read_csv(SURVEYS / "apiclus1.csv")
    row = np.arange(1, len(rows) + 1)
    rows.loc[row % 7 == 3, "meals"] = np.nan
    rows.loc[row % 11 == 5, "api99"] = np.nan
    rows["weight"] = rows["pw"] * (1 + (row % 3) / 2)
    rows["stratum"] = np.where(rows["dnum"] < 500, "a", "b")
    file = tmp_path_factory.mktemp("domains") / "schools.csv"
    rows.to_csv(file, index=False)
    return read_survey(file, schools(weight="weight", cluster="dnum", stratum="stratum", segment="stype"))


def test_segments_that_share_clusters_have_the_whole_covariance_between_them(domains: Survey) -> None:
    published = oracle("survey_domains")
    means, covariance = estimates(domains)
    np.testing.assert_allclose(means, published["mean"], rtol=1e-9)
    np.testing.assert_allclose(covariance, published["covariance"], rtol=1e-9)
    assert domains.sample.clusters - len(domains.sample.units) == published["degrees_of_freedom"]
    apart = np.zeros(9)
    apart[0], apart[6] = 1, -1
    right = published["variance_of_difference_E_minus_M_api00"]["right"]
    assert apart @ covariance @ apart == pytest.approx(right, rel=1e-9)


def test_what_a_scenario_packs_is_close_to_full_precision(domains: Survey) -> None:
    evidence = domains.scenario.evidence
    assert evidence is not None
    for heard, block in zip(evidence.segments, domains.heard.blocks, strict=True):
        np.testing.assert_allclose(heard.matrix, block, rtol=1e-6)
    assert {(pair.first, pair.second) for pair in evidence.between} == {("E", "H"), ("E", "M"), ("H", "M")}


@pytest.fixture(scope="module")
def airport() -> Survey:
    """The example as the oracle has it: each passenger by itself, and the weights of that day held."""
    into = vm.load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    held = into.replace(evidence=None).with_points([[29.6, 39.3, 13.2, 17.9], [19, 34.3, 15.8, 30.9]])
    said = json.loads((ROOT / "docs" / "airport-survey.map.json").read_text())
    del said["cluster"], said["overall"]
    return read_survey(SURVEYS / "sfo_2017.csv.gz", said | {"weights": "keep"}, into=held)


def test_values_of_the_airport_and_their_errors(airport: Survey) -> None:
    published = oracle("sfo_first")
    found = heard_lead(airport.scenario)
    assert airport.sample.respondents == 2586
    np.testing.assert_allclose(found.values, published["values"], rtol=1e-9)
    np.testing.assert_allclose(found.errors, published["se"], rtol=1e-6)  # packed as float32
    weights, sizes = airport.scenario.weights, airport.scenario.size_shares
    variance = np.zeros(7)
    for items, block in zip(airport.heard.items, airport.heard.blocks, strict=True):
        slopes = np.zeros((7, len(items)))
        for i, item in enumerate(items):
            slopes[item.proposition, i] = sizes[item.segment] * weights[item.segment, item.discipline]
        variance += np.diag(slopes @ block @ slopes.T)
    np.testing.assert_allclose(np.sqrt(variance), published["se"], rtol=1e-9)


def test_who_leads_at_the_airport_is_open(airport: Survey) -> None:
    held = airport.scenario.doubt.model_copy(update={"weights_within": 0.0})
    published, found = oracle("sfo_first"), heard_lead(airport.scenario.with_settings(doubt=held))
    assert found.closest is not None
    assert found.closest.lead == pytest.approx(published["lead_D_minus_E"], rel=1e-9)
    assert found.closest.error == pytest.approx(published["se_lead"], rel=1e-6)
    # Student's t with 38 degrees of freedom in place of the normal, and quasi-random draws.
    assert found.certainty.least == pytest.approx(published["share_D_above_E"], abs=5e-3)
    assert found.certainty.first == pytest.approx(max(published["first"]), abs=5e-3)
    assert (found.certainty.degree, degree_of(found.certainty.least)) == ("open", "open")
    assert [airport.scenario.proposition_names[p] for p in found.certainty.rivals] == ["Boarding Area E"]


def test_intervals_with_the_halo_give_the_share_that_the_answers_carry(airport: Survey) -> None:
    published, bare = oracle("sfo_first"), airport.scenario.replace(evidence=None)
    found = certainty(bare, None, Doubt(weights_within=0, ranges="interval", halo=0.47))
    assert found.degree == "open"
    assert found.least == pytest.approx(published["share_D_above_E"], abs=0.012)
    assert found.first == pytest.approx(max(published["first"]), abs=0.012)
    assert [bare.proposition_names[p] for p in found.rivals] == ["Boarding Area E"]


def test_the_airports_halo_is_that_of_its_passengers(airport: Survey) -> None:
    doubt = airport.scenario.doubt
    assert (doubt.ranges, doubt.halo) == ("interval", 0.47)


def test_a_file_of_respondents_can_be_a_path_as_text() -> None:
    heard = vm.survey(str(Path(SURVEYS / "apistrat.csv")), schools(weight="pw"))
    assert heard.name == "apistrat"
