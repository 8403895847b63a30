"""A scenario file: the same scenario gives the same bytes, and nothing is lost on the way."""

from __future__ import annotations

import json
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.errors import InvalidFile, InvalidScenario, StorageError, ValuemixError
from valuemix.files.scenarios.saved_block import SavedBlock, body_hash
from valuemix.files.scenarios.scenario_file import (
    dumps,
    json_schema,
    load,
    loads,
    make_json_schema,
    read,
    save,
)
from valuemix.model.scenario import Scenario

GOLDEN = Path(__file__).parents[1] / "data" / "scenario-version-1.json"
IN_FULL = GOLDEN.with_name("scenario-version-1-in-full.json")
WITH_EVIDENCE = GOLDEN.with_name("scenario-version-1-with-evidence.json")
WITH_WAVES = GOLDEN.with_name("scenario-version-1-with-waves.json")
WITH_ATTRIBUTES = GOLDEN.with_name("scenario-version-1-with-attributes.json")
ANY_SCENARIO = st.from_type(Scenario)
DRAWN = settings(max_examples=tries(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def base() -> Scenario:
    return Scenario.from_arrays([[8, 9, 6, 9], [7, 7, 7, 7.5]], name="Base case", segments=["Families"])


@DRAWN
@given(ANY_SCENARIO)
def test_a_scenario_comes_back_from_its_text_as_it_was(scenario: Scenario) -> None:
    text = dumps(scenario)
    assert loads(text) == scenario
    assert loads(text.encode()) == scenario


@DRAWN
@given(ANY_SCENARIO)
def test_text_read_and_written_again_is_the_same_text(scenario: Scenario) -> None:
    text = dumps(scenario)
    assert dumps(loads(text)) == text
    block = SavedBlock.now("some-id", 3, "Ada")
    stamped = dumps(scenario, block)
    found = read(stamped)
    assert found.saved is not None
    assert dumps(found.scenario, found.saved) == stamped
    assert not found.edited


@DRAWN
@given(ANY_SCENARIO)
def test_the_saved_block_changes_one_line_and_not_the_scenario(scenario: Scenario) -> None:
    plain = dumps(scenario).splitlines()
    stamped = dumps(scenario, SavedBlock.now("some-id", 3, "Ada")).splitlines()
    assert [line for line in stamped if line not in plain] == [stamped[3]]
    assert stamped[3].startswith(' "saved": {"id": "some-id", "revision": 3, ')
    assert [*stamped[:3], *stamped[4:]] == plain
    assert loads("\n".join(stamped)) == scenario


def test_one_edit_changes_one_line(base: Scenario) -> None:
    before = dumps(base).splitlines()
    after = dumps(base.with_scores("Proposition 1", "Families", innovation=9)).splitlines()
    assert len(before) == len(after)
    assert sum(a != b for a, b in zip(before, after, strict=True)) == 1


def test_a_file_of_version_1_opens_for_ever() -> None:
    scenario = load(GOLDEN)
    assert scenario.name == "Base case"
    assert scenario.segment_names == ("Families", "Crew")
    assert scenario.segments[1].kind == "employee"
    assert scenario.array("scores")[0, 1].tolist() == [8.0, 6.5, 4.0, pytest.approx(np.nan, nan_ok=True)]
    assert scenario.array("low")[0, 0, 0] == 2.0
    assert scenario.settings.compensation == "min"
    assert scenario.settings.lead_bar == 7.5
    found = read(GOLDEN.read_bytes())
    assert found.saved is not None
    assert (found.saved.revision, found.saved.saved_by, found.edited) == (4, "Zoë", False)


def test_so_does_one_that_holds_everything() -> None:
    scenario = load(IN_FULL)
    assert [segment.burden for segment in scenario.segments] == [25, 0]
    assert scenario.later_weights[0].tolist() == [0.2, 0.3, 0.4, 0.1]
    assert scenario.array("burdens")[0, 0].tolist() == [4.0, 2.5, pytest.approx(np.nan, nan_ok=True), 6.0]
    assert scenario.survival_shares.tolist() == [[0.9, 1, 0.75, 1], [1, 1, 1, 1]]
    assert dict(scenario.links[0]) == {"from_segment": "Crew", "to_segment": "Families", "strength": 0.6}
    assert scenario.cover_story_bar == 1.5
    assert [slide.exhibit for slide in scenario.deck] == ["ranking", "summary"]
    assert dict(scenario.deck[0].options) == {"segment": "Families"}


def test_so_does_one_with_evidence_of_respondents() -> None:
    evidence = load(WITH_EVIDENCE).evidence
    assert evidence is not None
    assert (evidence.source, evidence.asked, evidence.respondents) == ("answers.csv", "2026-02-01", 120)
    assert (evidence.strata, evidence.clusters, evidence.weights) == (1, 20, "stated")
    heard = evidence.by_segment["Families"]
    assert [estimate.of for estimate in heard.estimates] == ["weight"] * 4 + ["score"] * 8 + ["size"]
    assert heard.matrix.shape == (13, 13)
    assert np.linalg.eigvalsh(heard.matrix).min() > -1e-9
    assert evidence.between[0].matrix((13, 13)).any()


def test_so_does_one_with_waves() -> None:
    evidence = load(WITH_WAVES).evidence
    assert evidence is not None
    assert [wave.asked for wave in evidence.waves] == ["2026-05-01", "2025-05-01"]
    assert [(pair.newer, pair.older) for pair in evidence.across] == [(0, 1)]
    assert evidence.across[0].matrix((6, 6)).any()


def test_evidence_that_cannot_be_read_is_refused_with_its_place() -> None:
    text = WITH_EVIDENCE.read_text("utf-8")
    start = text.index('"covariance": "') + len('"covariance": "')
    between = text.index('"second":')
    for broken in (
        text[:start] + "?" + text[start:],
        text[:start] + text[start + 16 :],
        text.replace('"of": "weight"', '"of": "wish"', 1),
        text[:between] + text[between:].replace("Families", "Nobody", 1),
    ):
        with pytest.raises(InvalidScenario, match="/evidence"):
            loads(broken)


def test_a_scenario_without_evidence_is_signed_as_before(base: Scenario) -> None:
    heard = base.replace(evidence=load(WITH_EVIDENCE).evidence)
    assert heard.content_hash != base.content_hash
    assert heard.replace(evidence=None).content_hash == base.content_hash
    assert [str(found) for found in base.diff(heard)] == ["evidence blank → 'answers.csv, 120 respondents'"]


@pytest.mark.parametrize(
    "path", [GOLDEN, IN_FULL, WITH_EVIDENCE, WITH_WAVES, WITH_ATTRIBUTES], ids=lambda path: path.stem
)
def test_this_version_writes_the_golden_file_byte_for_byte(path: Path) -> None:
    found = read(path.read_bytes())
    assert dumps(found.scenario, found.saved).encode() == path.read_bytes()


def test_what_is_absent_is_left_out_of_the_file(base: Scenario) -> None:
    text = dumps(base)
    for word in (
        "later",
        "burden",
        "burdens",
        "delivery",
        "links",
        "deck",
        "cover_story_bar",
        "low",
        "evidence",
        "attributes",
        "attribute_scores",
    ):
        assert f'"{word}":' not in text


def test_an_edit_by_hand_is_told_from_a_save(base: Scenario) -> None:
    text = dumps(base, SavedBlock.now("base", 1, "Ada"))
    found = read(text.replace('"innovation": 8', '"innovation": 9'))
    assert found.edited
    assert found.scenario.array("scores")[0, 0, 0] == 9


def test_another_layout_is_no_edit(base: Scenario) -> None:
    text = dumps(base, SavedBlock.now("base", 1, "Ada"))
    assert not read(json.dumps(json.loads(text), indent=4)).edited


def test_the_body_hash_sees_every_value_but_not_the_saved_block() -> None:
    assert body_hash({"a": 1, "b": 2, "saved": {"x": 1}}) == body_hash({"b": 2, "a": 1})
    assert body_hash({"a": 1}) != body_hash({"a": 2})


@pytest.mark.parametrize(
    ("field", "value", "path"),
    [
        ("revision", -1, "/saved/revision"),
        ("revision", "3", "/saved/revision"),
        ("saved_at", "yesterday", "/saved/saved_at"),
        ("saved_by", "a\u202eb", "/saved/saved_by"),
        ("hash", "", "/saved/hash"),
        ("who", "Ada", "/saved/who"),
    ],
)
def test_a_wrong_saved_block_is_refused_with_its_place(
    base: Scenario, field: str, value: object, path: str
) -> None:
    document = json.loads(dumps(base, SavedBlock.now("base", 1, "Ada")))
    document["saved"][field] = value
    with pytest.raises(InvalidFile) as caught:
        loads(json.dumps(document), "base.json")
    assert [str(problem.place) for problem in caught.value.problems] == [f"base.json, {path}"]


@pytest.mark.parametrize("block", [None, [], "Ada"])
def test_a_saved_block_of_another_kind_is_refused(base: Scenario, block: object) -> None:
    document = {**json.loads(dumps(base)), "saved": block}
    with pytest.raises(InvalidFile, match="/saved"):
        loads(json.dumps(document), "base.json")


def test_the_schema_that_ships_is_the_schema_of_the_model() -> None:
    assert json_schema() == make_json_schema()


def test_saving_refuses_to_replace_a_file_unless_told(base: Scenario, tmp_path: Path) -> None:
    path = save(base, tmp_path / "base.json")
    with pytest.raises(StorageError, match=r"base\.json: there is a file of this name"):
        save(base.renamed("Other"), path)
    assert load(path) == base
    save(base.renamed("Other"), path, overwrite=True)
    assert load(path).name == "Other"
    assert [p.name for p in tmp_path.iterdir()] == ["base.json"]


@pytest.mark.parametrize(
    ("name", "message"),
    [("missing.json", "there is no such file"), ("", "this is not a file"), ("no/way.json", "no such file")],
)
def test_what_is_no_file_is_refused_with_the_way_out(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(StorageError, match=message):
        load(tmp_path / name)


def test_saving_into_a_missing_folder_says_so(base: Scenario, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="the folder does not exist; make it"):
        save(base, tmp_path / "gone" / "base.json")


def test_any_depth_of_nesting_is_refused_in_words() -> None:
    for depth in (*range(900, 1100, 7), 5_000, 100_000):
        for opening, closing in (("[", "]"), ('{"a":', "}")):
            text = '{"version": 1, "note": ' + opening * depth + "0" + closing * depth + "}"
            with pytest.raises(ValuemixError) as caught:
                loads(text, "deep.json")
            assert str(caught.value).startswith("deep.json")


def test_a_large_scenario_opens_within_a_blink() -> None:
    scores = np.random.default_rng(1).uniform(0, 10, (8, 20, 4)).round(1)
    text = dumps(Scenario.from_arrays(scores))
    times = []
    for _ in range(10):
        start = time.process_time()
        loads(text)
        times.append(time.process_time() - start)
    assert min(times) < 0.02, "5 ms on a quick machine; four times that anywhere"


def test_three_megabytes_are_refused_within_a_second() -> None:
    text = json.dumps({"version": 1, "remarks": [{"text": 'a "quoted" \\ word [{'}] * 99_000})
    assert len(text) > 3_000_000
    start = time.process_time()
    with pytest.raises(InvalidFile, match="unknown key 'remarks'"):
        loads(text)
    assert time.process_time() - start < 2
