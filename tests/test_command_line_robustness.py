"""The commands about robustness and trade-offs: one document on standard output, mistakes in one message."""

import json

import pytest
from click.testing import CliRunner, Result
from sample_scenarios import ROOT

from valuemix.analysis.robustness.robustness import robustness
from valuemix.cli import main
from valuemix.exhibits import acceptability
from valuemix.files.scenarios.scenario_file import load

BASE = str(ROOT / "scenarios" / "base-case.json")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def refuse(constant: str) -> float:
    raise AssertionError(f"{constant} is not JSON")


def document(*words: str) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    return json.loads(result.stdout, parse_constant=refuse)


def test_robustness_prints_the_promised_keys() -> None:
    found = document("robustness", BASE, "--no-ranges")
    assert {"draws", "seed", "weights", "propositions", "pairwise"} <= set(found)
    assert (found["draws"], found["seed"], found["weights"], found["segment"]) == (0, 0, "unknown", None)
    for row in found["propositions"]:
        assert {"proposition", "rank_acceptability", "first_exact", "central_weights", "confidence"} <= set(
            row
        )
        assert sum(row["rank_acceptability"]) == pytest.approx(1, abs=1e-6)
        assert row["first_exact"] == pytest.approx(row["rank_acceptability"][0], abs=1e-9)
        never = row["rank_acceptability"][0] == 0
        assert (row["central_weights"] is None) == (row["confidence"] is None) == never
        if row["central_weights"]:
            assert sum(row["central_weights"].values()) == pytest.approx(1)
    assert found["propositions"][0]["proposition"] == "Predictive uptime"
    assert "social_purpose" in found["propositions"][0]["central_weights"]


def test_drawn_shares_have_draws_seed_and_half_widths() -> None:
    asked = ("robustness", BASE, "--segment", "Mid-market", "--weights", "within:5", "--draws", "3000")
    found, again = document(*asked, "--seed", "7"), document(*asked, "--seed", "7")
    assert found == again
    assert found != document(*asked, "--seed", "8")
    assert (found["draws"], found["seed"], found["weights"]) == (3000, 7, "within:5")
    assert found["segment"] == "Mid-market"
    for row in found["propositions"]:
        assert row["first_exact"] is None
        assert row["half_width"] == pytest.approx(
            [1.96 * (s * (1 - s) / 3000) ** 0.5 for s in row["rank_acceptability"]]
        )


def test_seed_0_is_a_seed_and_one_draw_is_enough() -> None:
    one = document("robustness", BASE, "--weights", "within:5", "--draws", "1", "--seed", "0")
    assert (one["draws"], one["seed"]) == (1, 0)
    firsts = [row["rank_acceptability"][0] for row in one["propositions"]]
    assert sorted(firsts) == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    "more",
    [("--ranges",), (), ("--no-ranges", "--scores-within", "1"), ("--no-ranges", "--sizes-within", "30")],
)
def test_scores_and_sizes_can_be_uncertain_too(more: tuple[str, ...]) -> None:
    asked = ("robustness", BASE, "--draws", "500")
    found = document(*asked, *more)
    assert not found["exact"]
    assert found["draws"] == 500
    assert document(*asked, "--no-ranges")["exact"]


def test_people_read_percentages_and_how_they_were_found() -> None:
    exact = run("robustness", BASE, "--no-ranges")
    drawn = run("robustness", BASE, "--weights", "order", "--draws", "2000")
    assert exact.exit_code == drawn.exit_code == 0
    assert "24\u00a0%" in exact.stdout
    assert (
        "Shares are exact, nothing was drawn; the score ranges of the scenario are left out." in exact.stdout
    )
    assert "2,000 draws, seed 0; shares hold within ±" in drawn.stdout
    assert "Predictive uptime" in drawn.stdout


def test_tradeoffs_prints_the_promised_keys() -> None:
    found = document("tradeoffs", BASE, "--segment", "Mid-market")
    assert set(found) == {"sweeps", "flips", "certainty"}
    assert len(found["sweeps"]) == 4
    for sweep in found["sweeps"]:
        assert {"segment", "discipline", "weight", "leader", "stable_from", "stable_to", "crossovers"} <= set(
            sweep
        )
        assert sweep["stable_from"] <= sweep["weight"] <= sweep["stable_to"]
    for flip in found["flips"]:
        assert {"segment", "challenger", "possible", "points_moved", "weights"} <= set(flip)
    one = document("tradeoffs", BASE, "--discipline", "Innovation")
    assert {sweep["segment"] for sweep in one["sweeps"]} >= {None, "Mid-market"}
    assert len({sweep["discipline"] for sweep in one["sweeps"]}) == 1
    assert "Mid-market" in run("tradeoffs", BASE).stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("robustness", BASE, "--weights", "known"), "unknown, order or within:X"),
        (("robustness", BASE, "--draws", "0"), "draws must be 1 or more"),
        (("robustness", BASE, "--seed", "-1"), "a seed must be 0 or more"),
        (("robustness", BASE, "--scores-within", "-1"), "0 or more"),
        (("robustness", BASE, "--scores-within", "nan"), "0 or more"),
        (("robustness", BASE, "--sizes-within", "101"), "0 to 100 %"),
        (("robustness", BASE, "--segment", "Mid-markt"), "Did you mean 'Mid-market'"),
        (("robustness", "nowhere.json"), "nowhere.json"),
        (("tradeoffs", BASE, "--segment", "Nobody"), "unknown segment"),
        (("tradeoffs", BASE, "--discipline", "inovation"), "Did you mean 'innovation'"),
    ],
)
def test_a_mistake_is_one_message_and_exit_1(words: tuple[str, ...], message: str) -> None:
    result = run(*words, "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_robustness_for_people_starts_with_the_sentence_of_its_exhibit() -> None:
    printed = run("robustness", BASE, "--weights", "within:10").stdout
    result = robustness(load(BASE), weights="within:10", ranges=True)
    assert printed.startswith(f"{acceptability(result).finding}.\n\nHow often each rank")
