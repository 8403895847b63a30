"""Waves: what the same people say again, and how its errors hang together with those before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from respondent_tables import DISCIPLINES, respondents, roles, written

import valuemix as vm
from valuemix.model.evidence import Across, Evidence
from valuemix.respondents.waves import history

MAP = roles(id="id", wave="wave", weight="weight", stratum="stratum")


def panel() -> pd.DataFrame:
    """Two waves of people of whom two thirds are in both, some of them in another segment by then."""
    rng = np.random.default_rng(3)
    waves = [respondents(90, seed=1), respondents(90, seed=2)]
    for age, (wave, day) in enumerate(zip(waves, ("2025-05-01", "2026-05-01"), strict=True)):
        wave["wave"], wave["id"] = day, np.arange(90) + 30 * age
        wave["stratum"] = np.where(wave["id"] % 3 == 0, "north", "south")
        wave["weight"] = rng.uniform(0.5, 2, 90).round(3)
    waves[1].loc[:59, "0_innovation"] = waves[0]["0_innovation"].to_numpy()[30:]
    return pd.concat(waves, ignore_index=True)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return panel()


@pytest.fixture(scope="module")
def both(rows: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return evidence(rows, tmp_path_factory.mktemp("panel"))


def evidence(
    rows: pd.DataFrame, folder: Path, said: dict[str, object] | None = None, **more: str
) -> Evidence:
    found = vm.survey(written(rows, folder), said or MAP, **more).evidence
    assert found is not None
    return found


def moved(rows: pd.DataFrame, segment: str, column: str) -> pd.Series:
    """Residual of each person, centred in the stratum, as the formula has it; written as it stands."""
    mine = rows["segment"] == segment
    weight = rows["weight"].where(mine, 0.0)
    mean = (weight * rows[column]).sum() / weight.sum()
    residual = (weight * (rows[column] - mean) / weight.sum()).set_axis(rows["id"])
    strata = rows["stratum"].to_numpy()
    for stratum in ("north", "south"):
        n = (strata == stratum).sum()
        centred = residual[strata == stratum] - residual[strata == stratum].mean()
        residual[strata == stratum] = np.sqrt(n / (n - 1)) * centred
    return residual


def place(found: Evidence, age: int, segment: str, discipline: str, proposition: str = "Green line") -> int:
    own = found.waves[age].by_segment[segment].estimates
    return next(
        i
        for i, e in enumerate(own)
        if (e.of, e.proposition, e.discipline) == ("score", proposition, discipline)
    )


def block(found: Evidence, first: str, second: str) -> np.ndarray:
    pair = next(each for each in found.across if (each.first, each.second) == (first, second))
    shape = [len(found.waves[age].by_segment[name].estimates) for age, name in ((0, first), (1, second))]
    return pair.matrix((shape[0], shape[1]))


@pytest.mark.parametrize("first", ["Families", "Business"])
@pytest.mark.parametrize("second", ["Families", "Business"])
def test_covariance_of_two_waves_is_that_over_the_people_in_both(
    rows: pd.DataFrame, both: Evidence, first: str, second: str
) -> None:
    newer, older = rows[rows["wave"] == "2026-05-01"], rows[rows["wave"] == "2025-05-01"]
    for d, other in ((DISCIPLINES[0], DISCIPLINES[0]), (DISCIPLINES[1], DISCIPLINES[3])):
        one, two = moved(newer, first, f"0_{d}"), moved(older, second, f"0_{other}")
        shared = one.index.intersection(two.index)
        assert len(shared) == 60
        right = float((one[shared] * two[shared]).sum())
        got = block(both, first, second)[place(both, 0, first, d), place(both, 1, second, other)]
        assert got == pytest.approx(right, rel=1e-5, abs=1e-9)  # as float32 keeps it


def test_each_wave_says_what_it_says_by_itself(rows: pd.DataFrame, both: Evidence, tmp_path: Path) -> None:
    assert [wave.asked for wave in both.waves] == ["2026-05-01", "2025-05-01"]
    for age, wave in enumerate(both.waves):
        alone = evidence(rows[rows["wave"] == wave.asked], tmp_path)
        assert not alone.earlier
        for name, own in alone.by_segment.items():
            assert own.estimates == both.waves[age].by_segment[name].estimates
            assert sum(own.choose.values()) == pytest.approx(1)
            assert own.choose == both.waves[age].by_segment[name].choose
            np.testing.assert_allclose(
                own.matrix, both.waves[age].by_segment[name].matrix, rtol=1e-5, atol=1e-10
            )


def test_people_in_both_waves_all_of_them_are_one_sample_of_twice_as_many_questions(tmp_path: Path) -> None:
    """The covariance is then that between two questions that were asked at once."""
    wide = respondents(80)
    waves = [wide.assign(wave=day, id=range(80)) for day in ("2025", "2026")]
    waves[0] = waves[0].assign(**{f"0_{d}": wide[f"1_{d}"] for d in DISCIPLINES})
    found = evidence(pd.concat(waves), tmp_path, roles(id="id", wave="wave"))
    own = found.by_segment["Families"]
    for d in DISCIPLINES:
        across = block(found, "Families", "Families")[
            place(found, 0, "Families", d), place(found, 1, "Families", d)
        ]
        at = place(found, 0, "Families", d), place(found, 0, "Families", d, "Express")
        assert across == pytest.approx(own.matrix[at], rel=1e-5, abs=1e-10)


def test_the_order_of_rows_changes_nothing(rows: pd.DataFrame, both: Evidence, tmp_path: Path) -> None:
    mixed = evidence(rows.sample(frac=1, random_state=1), tmp_path)
    assert [wave.segments for wave in mixed.waves] == [wave.segments for wave in both.waves] or _close(
        mixed, both
    )


def _close(one: Evidence, other: Evidence) -> bool:
    for a, b in zip(one.waves, other.waves, strict=True):
        for own, right in zip(a.segments, b.segments, strict=True):
            assert own.estimates == right.estimates
            np.testing.assert_allclose(own.matrix, right.matrix, rtol=1e-6, atol=1e-12)
    return True


def test_other_people_are_independent_and_numbers_in_dates_count(rows: pd.DataFrame, tmp_path: Path) -> None:
    told = {"2025-05-01": "wave 9", "2026-05-01": "wave 10"}
    others = rows.assign(id=rows["id"].astype(str) + rows["wave"], wave=rows["wave"].map(told))
    found = evidence(others, tmp_path)
    assert [wave.asked for wave in found.waves] == ["wave 10", "wave 9"]
    assert not found.across
    assert not evidence(others, tmp_path, wave="wave 9").earlier


def test_a_second_file_is_the_next_wave_and_edits_stay_on_top(rows: pd.DataFrame, tmp_path: Path) -> None:
    parts = [rows[rows["wave"] == day].drop(columns="wave") for day in ("2025-05-01", "2026-05-01")]
    said = roles(weight="weight", stratum="stratum")
    first = vm.survey(written(parts[0], tmp_path, "one.csv"), said, wave="2025-05-01")
    edited = first.with_weights("Families", social_purpose=50)
    made = vm.survey(written(parts[1], tmp_path, "two.csv"), said, wave="2026-05-01", into=edited)
    found = made.evidence
    assert found is not None
    assert first.evidence is not None
    assert [wave.source for wave in found.waves] == ["two.csv", "one.csv"]
    assert found.earlier[0].segments == first.evidence.segments
    g = made.segment_index("Families")
    np.testing.assert_allclose(made.weights[g], edited.weights[g])
    assert any("weights that were changed by hand stay: Families" in note for note in found.notes)
    again = vm.survey(tmp_path / "two.csv", said, wave="2026-05-01", into=made)
    assert [wave.source for wave in again.evidence.waves] == ["two.csv", "one.csv"]
    undated = vm.survey(tmp_path / "one.csv", said, into=made)
    assert [wave.source for wave in undated.evidence.waves] == ["one.csv", "one.csv"]
    assert [wave.asked for wave in undated.evidence.waves] == ["", "2025-05-01"]
    with pytest.raises(vm.ValuemixError, match="bring the earlier wave in first"):
        vm.survey(tmp_path / "one.csv", said, wave="2024-05-01", into=made)


def test_a_segment_that_was_called_otherwise_is_told_and_joined_by_names(
    rows: pd.DataFrame, tmp_path: Path
) -> None:
    old = rows.assign(segment=rows["segment"].where(rows["wave"] > "2026", "Old " + rows["segment"]))
    names = {n: n for n in ("Families", "Business")}
    apart = evidence(old, tmp_path)
    assert not apart.earlier
    assert any("not in the case; join by names in the map" in note for note in apart.notes)
    joined = {
        **MAP,
        "segment": {"columns": ["segment"], "names": {**names, **{f"Old {n}": n for n in names}}},
    }
    assert set(evidence(old, tmp_path, joined).earlier[0].by_segment) == {*names}


def test_waves_come_back_from_a_file_and_go_along_with_new_names(both: Evidence, tmp_path: Path) -> None:
    scenario = vm.survey(written(panel(), tmp_path), MAP)
    vm.save(scenario, tmp_path / "case.json")
    assert vm.load(tmp_path / "case.json") == scenario
    renamed = both.renamed("segments", {"Families": "Households"})
    assert [[own.segment for own in wave.segments] for wave in renamed.waves] == [["Households"]] * 2
    assert [(pair.first, pair.second) for pair in renamed.across] == [("Households", "Households")]
    with pytest.raises(ValueError, match="which are not there"):
        both.with_earlier([], both.across)
    assert isinstance(both.across[0], Across)


@pytest.mark.parametrize(("part", "across", "earlier"), [(0.7, 0, 1), (0.3, 0, 0)])
@pytest.mark.one_in(2)
def test_what_is_too_much_to_keep_is_left_out_and_told(
    part: float, across: int, earlier: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = panel()
    whole = evidence(rows, tmp_path)
    size = sum(len(own.covariance) for wave in whole.waves for own in wave.segments)
    size += sum(len(pair.covariance) for pair in whole.across)
    monkeypatch.setattr(history, "MAX_EVIDENCE", part * size)
    found = evidence(rows, tmp_path)
    assert (len(found.across), len(found.earlier)) == (across, earlier)
    assert any("waves are taken as independent of each other" in note for note in found.notes)
    assert any("oldest waves left out" in note for note in found.notes) == (not earlier)
