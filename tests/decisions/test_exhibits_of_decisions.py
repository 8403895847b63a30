"""The exhibits of a decision: what they say is what holds in the scenario, of the day and of today."""

import json
from pathlib import Path

import pytest
from sample_scenarios import ROOT

from valuemix import exhibits
from valuemix.analysis.decisions.reopening import chance_found
from valuemix.analysis.decisions.reversal import Choice, is_reversed
from valuemix.analysis.evidence.wave_leads import leads_of_pair
from valuemix.decisions.folder import Kept
from valuemix.decisions.outlook import came_true, would_be_found
from valuemix.decisions.record import Decision, choices_among, decide, expected
from valuemix.decisions.review import review
from valuemix.errors import EditError
from valuemix.exhibits import Exhibit
from valuemix.exhibits.documents.decisions import review_finding
from valuemix.exhibits.slides import exhibit_of, finder, slide_of
from valuemix.files.scenarios.scenario_file import load
from valuemix.model.scenario import Scenario


@pytest.fixture(scope="module")
def base() -> Scenario:
    return load(ROOT / "scenarios" / "base-case.json")


@pytest.fixture(scope="module")
def record(base: Scenario) -> Decision:
    return decide(base, "Predictive uptime", "2027-06-30", decided="2027-01-31", by="Board", note="It holds.")


def parts(shown: Exhibit) -> dict[str, str]:
    return dict(zip(shown.table["part"], shown.table["sentence"], strict=True))


def test_how_sure_names_the_segments_in_which_its_lead_is_not_clear(base: Scenario) -> None:
    assert parts(exhibits.decision(base, chosen="Predictive uptime"))["How sure"] == (
        "Predictive uptime probably leads overall; its lead is too close to call in Enterprise (34 % of size) and "
        "in Mid-market (24 % of size)"
    )


def test_distances_stand_nearest_first_and_the_first_one_does_reverse(base: Scenario) -> None:
    table = exhibits.reversal(base).table
    assert table["distance"].is_monotonic_increasing
    first = table.iloc[0]
    assert (first["kind"], first["discipline"], first["segment"]) == ("weight", "Innovation", "")
    today = float((base.size_shares * base.weights[:, 0]).sum())
    for step, gone in (
        (-1e-6, True),
        (1e-3, False),
    ):  # the weight has to fall, in every segment in proportion
        own = base.weights[:, 0] * (first["then"] + step) / today
        weights = base.weights * ((1 - own) / (1 - base.weights[:, 0]))[:, None]
        weights[:, 0] = own
        assert is_reversed(base.with_points(100 * weights), Choice("Predictive uptime")) is gone


def test_the_day_of_the_record_is_marked_and_today_is_computed_anew(base: Scenario, record: Decision) -> None:
    today = base.with_weights("Enterprise", innovation=25)
    shown = exhibits.reversal(today, record=record).table.iloc[0]
    assert shown["distance_then"] == pytest.approx(record.reversing[0].distance)
    assert shown["distance"] < shown["distance_then"]


def test_a_reversed_decision_says_so_with_who_is_ahead(base: Scenario, record: Decision) -> None:
    gone = base.with_weights("Enterprise", innovation=0).with_weights("Mid-market", innovation=0)
    for shown in (exhibits.reversal(gone, record=record), exhibits.decision(gone, record=record)):
        assert "Predictive uptime is reversed: Named engineer" in shown.finding


def test_what_is_not_there_any_more_cannot_be_judged(record: Decision) -> None:
    other = Scenario.from_arrays([[8, 2, 5, 5], [4, 5, 5, 5]])
    assert "cannot be judged" in exhibits.reversal(other, record=record).finding
    assert "cannot be judged" in exhibits.decision(other, record=record).finding


def test_the_page_names_whom_it_does_not_serve_by_size(base: Scenario) -> None:
    chosen = json.dumps({"Enterprise": "Named engineer", "Mid-market": "Predictive uptime"})
    told = parts(exhibits.decision(base, chosen=chosen))
    assert told["For whom"].replace("\xa0", " ") == "Enterprise and Mid-market (58 % of size)"
    given_up = told["What we give up"].replace("\xa0", " ")
    assert given_up.startswith(
        "We will not serve Public sector (18 % of size), Small business (14 % of size)"
    )
    assert "Enterprise (34 % of size): Predictive uptime is ahead there, too close to call" in given_up
    assert "Named engineer is 0.8 below" in told["How sure"]


def test_a_persons_words_take_the_place_of_the_pages_own(base: Scenario, record: Decision) -> None:
    slide = slide_of("decision", gives_up="The depots.", note="They pay.", by="Board", review="2027-06-30")
    told = parts(exhibit_of(base, slide, finder(())))
    assert (told["What we give up"], told["Why, and why not others"]) == ("The depots.", "They pay.")
    assert told["Decided"] == "Board; looked at again on 2027-06-30"
    assert parts(exhibits.decision(base, record=record))["Decided"].startswith("Board")


@pytest.mark.parametrize("chosen", ["{", "{1: 2}", '{"Enterprise": 3}'])
def test_what_is_no_choice_is_told(base: Scenario, chosen: str) -> None:
    with pytest.raises(EditError, match="one by segment as JSON"):
        exhibits.reversal(base, chosen=chosen)


def test_a_lead_that_is_short_for_its_answers_says_how_likely_its_fall_would_be_found() -> None:
    airport = load(ROOT / "scenarios" / "airport-survey-sfo-2017.json")
    (chosen,) = choices_among(airport, "Boarding Area D")
    found = would_be_found(airport, chosen)
    assert found is not None
    pair = airport.proposition_index("Boarding Area D"), airport.proposition_index(found.rival)
    newest = leads_of_pair(airport, None, pair)
    error = newest.errors[-1] * (found.answers / found.needed) ** 0.5  # of a wave with the answers needed
    assert newest.leads[-1] / error == pytest.approx(3.2, abs=1e-3)
    assert found.chance == chance_found(float(newest.leads[-1] / newest.errors[-1])) < 0.5
    assert any(
        f"waves of {round(found.needed, -3):,} answers" in note for note in exhibits.decision(airport).notes
    )


def test_a_decision_without_answers_says_nothing_of_waves(base: Scenario) -> None:
    assert would_be_found(base, choices_among(base, "Predictive uptime")[0]) is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Mid-market's lead is above 0 by June", True),
        ("Mid-market’s lead is above 0.2", False),
        ("The lead overall is below 3.", True),
        ("Lead is above 9", False),
        ("Nobody's lead is above 0", None),
        ("The board agrees", None),
    ],
)
def test_what_is_expected_of_a_lead_is_judged_by_the_numbers(
    base: Scenario, text: str, *, holds: bool | None
) -> None:
    chosen = choices_among(base, "Predictive uptime")
    assert came_true(text, chosen, base) is holds


def test_a_review_counts_what_came_true_by_the_numbers_and_by_people(base: Scenario) -> None:
    expects = [expected("2027-03-01", text) for text in ("The lead is above 0", "They agree", "They pay")]
    record = decide(base, "Predictive uptime", "2027-06-30", decided="2027-01-31", expects=tuple(expects))
    found = review(record, base, today="2027-04-01", said={"The lead is above 0": False, "They agree": False})
    assert found.came_true == (True, False, None)
    told = review_finding([(Kept(Path("a.json"), record), found)])
    assert told == (
        "The one decision on record stands; one of two expectations that were due came true, "
        "one expectation is due and not judged yet"
    )
    assert review(record, base, today="2027-02-01").came_true == ()


def test_a_tie_is_a_tie_in_what_is_chosen_given_up_and_reversed() -> None:
    tied = Scenario.from_arrays(
        [[8, 4], [6, 7], [5, 8]], propositions=["Build", "Buy", "Partner"], disciplines=["R", "C"]
    )
    nobody = exhibits.decision(tied)
    assert nobody.finding == "No leader: Buy and Partner tie overall; choose one of them"
    assert nobody.table.empty
    told = parts(exhibits.decision(tied, chosen="Buy"))
    assert told["What we give up"].endswith("Partner ties with it there")
    assert told["What would reverse it"].startswith(
        "Any lower score of Buy on R than 6.0, as Partner ties with it"
    )
    nearest = exhibits.reversal(tied, chosen="Buy").chart.rows[0]  # type: ignore[union-attr]
    assert [note.text for note in nearest.notes] == ["6.0", "any less"]


def test_where_a_loss_is_accepted_what_reverses_is_more_of_it_and_not_that_another_is_ahead() -> None:
    scenario = Scenario.from_arrays([[8, 2], [7, 5]], propositions=["Express", "Green line"])
    told = parts(exhibits.decision(scenario, chosen="Express"))["What would reverse it"]
    assert told.count("(Green line is ahead by more than is accepted then)") == 2
    assert "accepted" not in parts(exhibits.decision(scenario, chosen="Green line"))["What would reverse it"]


def test_the_distance_of_a_weight_is_the_difference_of_its_two_figures(base: Scenario) -> None:
    rows = [(row.text, [note.text for note in row.notes]) for row in exhibits.reversal(base).chart.rows]
    whole = [
        (far, *map(int, (end.removesuffix("\u00a0%") for end in ends)))
        for far, ends in rows
        if "%" in ends[0]
    ]
    assert len(whole) > 4
    assert all(far == f"{abs(now - then)}\u00a0%" for far, now, then in whole)
