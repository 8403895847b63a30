"""What matters to respondents: said in five ways, or derived from an overall judgment."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from respondent_tables import respondents, roles, written

from valuemix.errors import EditError
from valuemix.exhibits.documents.survey import survey_document
from valuemix.respondents.derived import derived_shares, moments_of
from valuemix.respondents.importance import shares_of
from valuemix.respondents.survey import read_survey


def test_points_and_ratings_count_in_proportion() -> None:
    assert shares_of(np.array([[40.0, 30, 20, 10]]), "points").tolist() == [[0.4, 0.3, 0.2, 0.1]]
    assert shares_of(np.array([[5.0, 3, 0]]), "ratings").tolist() == [[0.625, 0.375, 0.0]]


def test_ranks_are_the_mean_of_all_weights_of_that_order() -> None:
    rng = np.random.default_rng(1)
    drawn = -np.sort(-rng.dirichlet([1, 1, 1, 1], 200_000), axis=1)
    np.testing.assert_allclose(
        shares_of(np.array([[1.0, 2, 3, 4]]), "ranks")[0], drawn.mean(axis=0), atol=2e-3
    )
    tied = shares_of(np.array([[1.0, 2, 2, 4]]), "ranks")[0]
    assert tied[1] == tied[2]
    assert tied.sum() == pytest.approx(1)


def test_best_and_worst_counts_are_ratios() -> None:
    # Best 4 of 4 and never worst, against never best and worst 4 of 4: nine times to a ninth, by its square root.
    shares = shares_of(np.array([[4.0, 0, 0, 4]]), "best_worst")[0]
    assert shares[0] / shares[1] == pytest.approx(9)


def test_utilities_are_shares_of_a_logit() -> None:
    shares = shares_of(np.array([[1000.0, 1000 + np.log(3)]]), "utilities")[0]
    np.testing.assert_allclose(shares, [0.25, 0.75])


@pytest.mark.parametrize("kind", ["points", "ratings", "ranks", "best_worst", "utilities"])
def test_a_row_with_an_answer_missing_says_nothing(kind: str) -> None:
    assert np.isnan(shares_of(np.array([[1.0, np.nan, 3, 4]]), kind)).all()


def brute_force(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Gain in R squared of each discipline, averaged over all orders of entering."""

    def explained(columns: tuple[int, ...]) -> float:
        if not columns:
            return 0.0
        design = np.column_stack([np.ones(len(x)), x[:, columns]])
        rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        return float(1 - rest.var() / y.var())

    gains = np.zeros(x.shape[1])
    orders = [*permutations(range(x.shape[1]))]
    for order in orders:
        for i, d in enumerate(order):
            gains[d] += explained(order[: i + 1]) - explained(order[:i])
    return gains / len(orders) / explained(tuple(range(x.shape[1])))


@pytest.fixture(scope="module")
def judged() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    x = rng.normal(0, 1, (400, 4)) + rng.normal(0, 0.9, (400, 1))  # a halo
    return x, x @ [0.6, 0.3, 0.1, 0.0] + rng.normal(0, 0.7, 400)


def test_derived_shares_are_the_average_over_all_orders(judged: tuple[np.ndarray, np.ndarray]) -> None:
    shares, _ = derived_shares(moments_of(*judged).mean(axis=0), tuple("abcd"), "all")
    np.testing.assert_allclose(shares, brute_force(*judged), rtol=1e-9)
    assert shares.sum() == pytest.approx(1)
    assert shares[3] > 0.02  # the halo levels: what has no effect has a share all the same


def test_slopes_of_derived_shares_are_those_of_small_steps(judged: tuple[np.ndarray, np.ndarray]) -> None:
    means = moments_of(*judged).mean(axis=0)
    _, slopes = derived_shares(means, tuple("abcd"), "all")
    for k in range(len(means)):
        step = np.eye(len(means))[k] * 1e-6
        up, down = (derived_shares(means + s, tuple("abcd"), "all")[0] for s in (step, -step))
        np.testing.assert_allclose(slopes[:, k], (up - down) / 2e-6, atol=1e-6)


def test_errors_of_derived_shares_are_those_of_a_jackknife(judged: tuple[np.ndarray, np.ndarray]) -> None:
    moments = moments_of(*judged)
    n = len(moments)
    _, slopes = derived_shares(moments.mean(axis=0), tuple("abcd"), "all")
    delta = np.sqrt(np.diag(slopes @ np.cov(moments.T) @ slopes.T / n))
    left_out = np.array(
        [derived_shares((moments.sum(axis=0) - row) / (n - 1), tuple("abcd"), "all")[0] for row in moments]
    )
    jackknife = np.sqrt((n - 1) / n * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0))
    np.testing.assert_allclose(delta, jackknife, rtol=0.05)


def test_a_discipline_on_which_all_answers_are_alike_has_no_derived_importance() -> None:
    rng = np.random.default_rng(0)
    x = np.column_stack([rng.normal(0, 1, 50), np.full(50, 2.0)])
    with pytest.raises(EditError, match="all answers on care are alike"):
        derived_shares(moments_of(x, x[:, 0]).mean(axis=0), ("speed", "care"), "Families")


def test_a_discipline_that_follows_from_others_has_none_either() -> None:
    x = np.random.default_rng(0).normal(0, 1, (50, 2))
    x = np.column_stack([x, x.sum(axis=1)])
    with pytest.raises(EditError, match="follow from those of others"):
        derived_shares(moments_of(x, x[:, 0]).mean(axis=0), ("a", "b", "c"), "Families")


def test_importance_is_derived_beside_what_is_stated_as_it_is_alone(tmp_path: Path) -> None:
    file = written(respondents(200), tmp_path)
    both = read_survey(file, roles(overall="overall"))
    stated, derived = read_survey(file, roles()), read_survey(file, roles(importance={}, overall="overall"))
    assert both.scenario.weights.tolist() == stated.scenario.weights.tolist()
    for g in range(2):
        places = [i for i, item in enumerate(both.heard.items[g]) if item.of == "derived"]
        assert [both.heard.items[g][i].mean for i in places] == derived.heard.weights[g].tolist()
        own = both.heard.blocks[g][np.ix_(places, places)]
        np.testing.assert_allclose(own, derived.heard.blocks[g][:4, :4], rtol=1e-9, atol=1e-15)
    document = survey_document(both)["segments"]["Families"]
    assert document["derived"].keys() == document["weights"].keys()
    assert "derived" not in survey_document(stated)["segments"]["Families"]


def test_a_discipline_with_which_the_judgment_falls_is_named(tmp_path: Path) -> None:
    rows = respondents()
    rows["overall"] -= 2 * rows["0_social_purpose"]
    for said in (roles(overall="overall"), roles(importance={}, overall="overall")):
        notes = read_survey(written(rows, tmp_path), said).notes
        assert any("negative coefficient" in note and "Social purpose in Families" in note for note in notes)


def test_where_nothing_can_be_derived_what_is_stated_stands_and_the_reason_is_told(tmp_path: Path) -> None:
    rows = respondents()
    rows.loc[rows["segment"] == "Families", "overall"] = 3
    found = read_survey(written(rows, tmp_path), roles(overall="overall"))
    assert any("no importance can be derived in 'Families'" in note for note in found.notes)
    assert not any(
        item.of == "derived" for item in found.heard.items[found.sample.segments.index("Families")]
    )
