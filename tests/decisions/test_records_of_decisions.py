"""Decisions on record: written once, read back equal, damage and edits told; the commands around them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_scenarios import ROOT

from valuemix.cli import main
from valuemix.decisions.folder import keep, kept_in, read_decision
from valuemix.decisions.record import Decision, decide
from valuemix.decisions.review import review
from valuemix.errors import EditError, InvalidFile, UnknownName
from valuemix.files.scenarios.scenario_file import load, save
from valuemix.model.scenario import Scenario

BASE = ROOT / "scenarios" / "base-case.json"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def two(**more: object) -> Decision:
    scenario = Scenario.from_arrays([[9, 2, 5, 5], [6, 5, 5, 5]], propositions=["Express", "Green line"])
    return decide(scenario, "Green line", "2027-06-30", decided="2027-01-31", **more)  # type: ignore[arg-type]


def test_a_record_comes_back_equal_and_no_record_replaces_another(tmp_path: Path) -> None:
    first, second = keep(two(), tmp_path / "decisions"), keep(two(), tmp_path / "decisions")
    assert first != second
    assert [each.decision for each in kept_in(tmp_path / "decisions")] == [two(), two()]
    assert not read_decision(first).edited


def test_a_record_that_was_changed_by_hand_says_so(tmp_path: Path) -> None:
    path = keep(two(), tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("2027-06-30", "2028-06-30"), encoding="utf-8")
    kept = read_decision(path)
    assert kept.edited
    assert kept.decision is not None
    assert kept.decision.review == "2028-06-30"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "damaged"),
        ("{}", "format"),
        ('{"format": "valuemix decision", "version": 9}', "Update valuemix"),
        ('{"format": "valuemix decision", "version": 1, "scenario": {}}', "names no version"),
    ],
)
def test_what_is_no_record_is_told_and_hides_no_other(tmp_path: Path, text: str, told: str) -> None:
    keep(two(), tmp_path)
    (tmp_path / "zz.json").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFile, match=told):
        read_decision(tmp_path / "zz.json")
    assert [each.decision is None for each in kept_in(tmp_path)] == [False, True]


def test_a_wrong_field_of_a_record_is_named(tmp_path: Path) -> None:
    path = keep(two(), tmp_path)
    document = json.loads(path.read_text(encoding="utf-8")) | {"review": "soon"}
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(InvalidFile, match="2027-03-31, got 'soon'"):
        read_decision(path)


@pytest.mark.parametrize(
    ("review_on", "told"), [("soon", "2027-03-31"), ("2026-12-31", "before the decision")]
)
def test_a_review_has_a_date_after_the_decision(review_on: str, told: str) -> None:
    scenario = Scenario.from_arrays([[9, 2], [6, 5]], propositions=["Express", "Green line"])
    with pytest.raises(EditError, match=told):
        decide(scenario, "Express", review_on, decided="2027-01-31")


def test_what_has_no_value_cannot_be_chosen_and_what_is_not_there_is_named() -> None:
    scenario = Scenario.from_arrays([[9, 2], [None, None]], propositions=["Express", "Green line"])
    with pytest.raises(EditError, match="no value overall"):
        decide(scenario, "Green line", "2099-01-01")
    with pytest.raises(UnknownName):
        decide(scenario, "Quiet zone", "2099-01-01")


def test_a_choice_that_is_gone_from_the_scenario_cannot_be_judged() -> None:
    other = Scenario.from_arrays([[9, 2]], propositions=["Express"])
    assert review(two(), other).state == "unknown"


def test_a_loss_on_another_scale_is_the_same_share_of_it() -> None:
    wide = Scenario.from_arrays(
        [[90, 20, 50, 50], [60, 50, 50, 50]], scale=(0, 100), propositions=["Express", "Green line"]
    )
    assert review(two(), wide).choices[0].lost == pytest.approx(10 * two().chosen[0].lost)


def test_the_commands_record_review_and_end_with_2_where_one_is_reversed(tmp_path: Path) -> None:
    case, folder = save(load(BASE), tmp_path / "case.json"), tmp_path / "decisions"
    made = run("decide", case, "--choose", "Predictive uptime", "--review", "2099-01-01", "-o", folder)
    assert made.exit_code == 0, made.stderr
    assert "It was the best there on that day." in made.stdout
    stands = run("review", folder)
    assert stands.exit_code == 0
    assert "Predictive uptime for everyone: stands" in stands.stdout
    save(load(case).with_weights(customer_intimacy=60), case, overwrite=True)
    gone = run("review", folder, "--json")
    assert gone.exit_code == 2
    document = json.loads(gone.stdout)
    assert document["reversed"] == 1
    assert document["decisions"][0]["state"] == "reversed"


def test_a_set_is_recorded_with_its_limits_and_reversed_where_it_breaks_one(tmp_path: Path) -> None:
    case, folder = save(load(BASE), tmp_path / "case.json"), tmp_path / "decisions"
    both = ["--choose", "Predictive uptime", "--choose", "Named engineer"]
    rest = ["--review", "2099-01-01", "-o", folder]
    made = run("decide", case, *both, "--budget", 1400, *rest)
    assert made.exit_code == 0, made.stderr
    assert "the set Predictive uptime and Named engineer for everyone" in made.stdout
    assert (
        made.stdout.count("any higher cost, as it uses all of its budget (it is beyond the budget then)") == 1
    )
    assert "Any one of these reverses it (a loss of more than 0.5, or limits that it breaks; " in made.stdout
    assert "reverses it: it uses all of its budget, as on the day" in run("review", folder).stdout
    (stands,) = json.loads(run("review", folder, "--json").stdout)["decisions"]
    (choice,) = stands["choices"]
    assert (stands["state"], choice["set"], choice["budget"]) == ("stands", [*both[1::2]], 1400)
    scenario = load(case)
    dearer = [part.model_copy(update={"cost": 900.0}) for part in scenario.propositions]
    save(scenario.replace(propositions=dearer), case, overwrite=True)
    gone = run("review", folder)
    assert gone.exit_code == 2
    assert "it costs 1,800, and the budget is 1,400" in gone.stdout
    over = run("decide", case, *both, "--budget", 1400, *rest)
    assert over.exit_code == 1
    assert "the set breaks a rule: it costs 1,800, and the budget is 1,400" in over.stderr


def test_one_by_segment_is_recorded_from_pairs_in_order(tmp_path: Path) -> None:
    pairs = ["--choose", "Predictive uptime", "--segment", "Enterprise", "--choose", "Named engineer"]
    rest = ["--review", "2099-01-01", "-o", tmp_path / "d"]
    assert run("decide", BASE, *pairs, "--segment", "Mid-market", *rest).exit_code == 0
    (record,) = kept_in(tmp_path / "d")
    assert record.decision is not None
    assert [(each.segment, each.proposition) for each in record.decision.chosen] == [
        ("Enterprise", "Predictive uptime"),
        ("Mid-market", "Named engineer"),
    ]
    for more, told in (
        ([], "2 propositions are chosen for 1 segments"),
        (["--segment", "Enterprise"], "a segment is named twice"),
        (["--budget", 9], "a set is chosen for all segments"),
    ):
        assert told in run("decide", BASE, *pairs, *more, *rest).stderr


def test_a_decision_without_its_scenario_is_told_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    run(
        "decide",
        BASE,
        "--choose",
        "Predictive uptime",
        "--review",
        "2099-01-01",
        "-o",
        tmp_path / "elsewhere" / "d",
    )
    result = run("review", tmp_path / "elsewhere" / "d")
    assert result.exit_code == 1
    assert "its scenario 'base-case.json' is not beside the folder; name it with --case" in result.stdout


def test_a_folder_that_is_not_there_is_a_message(tmp_path: Path) -> None:
    result = run("review", tmp_path / "none")
    assert result.exit_code == 1
    assert "there is no such folder" in result.stderr
    (tmp_path / "empty").mkdir()
    assert run("review", tmp_path / "empty").stdout == "No decisions in this folder.\n"
