"""Records whose columns no name tells: sums, ids, ages, weights and merged names are told by arithmetic and layout."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from written_tables import book_of

from valuemix.analysis.value.scoring import evaluate
from valuemix.files.recognition.entry import recognise_files
from valuemix.files.recognition.recognise import Recognised

OPTIONS, GROUPS, CRITERIA = ("Qa", "Qb", "Qc"), ("Gx", "Gy"), ("Ke", "Kb", "Kc", "Kd")
SCORES = np.random.default_rng(7).integers(1, 10, size=(2, 3, 4))
WEIGHTS = np.array([[40, 30, 20, 10], [10, 20, 30, 40]])


def read(rows: list[list[object]]) -> Recognised:
    return recognise_files({"t.csv": "\n".join(",".join(map(str, row)) for row in rows).encode()})


def long_list(*, summed: str = "", weighted: bool = False) -> list[list[object]]:
    """Rows under heads of no language: number, group, offer, criterion, score, weight, who."""
    rows: list[list[object]] = [["Zq", "Zg", "Zo", "Zc", "Zs", *(["Zw"] if weighted else []), "Zb"]]
    for g, group in enumerate(GROUPS):
        for p, option in enumerate(OPTIONS):
            for d, criterion in enumerate(CRITERIA):
                weight = [WEIGHTS[g, d]] if weighted else []
                rows.append([len(rows), group, option, criterion, SCORES[g, p, d], *weight, "ab"[d % 2]])
            if summed:
                total = SCORES[g, p] @ WEIGHTS[g] / 100 if weighted else SCORES[g, p].sum()
                rows.append(["", group, option, summed, total, *([100] if weighted else []), ""])
    return rows


@pytest.mark.parametrize("summed", ["Summa", "Razem", "Zt"])
def test_rows_of_sums_tell_the_criteria_and_are_none(summed: str) -> None:
    found = read(long_list(summed=summed))
    assert found.reading.criteria == CRITERIA
    assert str(found.reading.proof) == "Your own totals agree (6 of 6)."
    assert {question.about for question in found.reading.questions} == {("Zg",)}
    assert evaluate(found.scenario(take_guesses=True)).values == pytest.approx(SCORES.mean(axis=2))


def test_weights_tell_which_column_names_the_criteria() -> None:
    found = read(long_list(weighted=True, summed="Summa"))
    wanted = np.einsum("gpd,gd->gp", SCORES, WEIGHTS) / 100
    assert found.reading.roles["Zw"] == "weight"
    assert evaluate(found.scenario(take_guesses=True)).values == pytest.approx(wanted)


def test_scores_beside_the_names_of_segments_are_no_sizes() -> None:
    rows = [[row[1], row[4], row[3], row[2]] for row in long_list()]
    rows[0] = ["Segment", "Score", "Criterion", "Offer"]
    assert np.ptp(read(rows).scenario().sizes) == 0


def test_results_by_segment_are_no_weights_and_prove_those_of_a_list() -> None:
    weights = dict(zip(CRITERIA, WEIGHTS[0].tolist(), strict=True))
    results = SCORES @ WEIGHTS[0] / 100
    tables: dict[str, list[list[object]]] = {
        "scores": [
            ["Audience", "Offer", "Criterion", "Score"],
            *([*row[1:4], int(str(row[4]))] for row in long_list()[1:]),
        ],
        "weights": [["Criterion", "Weight %", "Means"], *([name, w, "so"] for name, w in weights.items())],
        "result": [["Offer", *GROUPS], *([name, *results[:, p].tolist()] for p, name in enumerate(OPTIONS))],
    }
    tables["scores"][0] = ["Audience", "Offer", "Criterion", "Score"]
    found = recognise_files({"panel.xlsx": book_of(tables)})
    assert str(found.reading.proof) == "Your own totals agree (6 of 6)."
    assert evaluate(found.scenario()).values == pytest.approx(results)


def test_names_that_stand_once_hold_for_the_rows_below() -> None:
    rows = [[row[1], row[2], row[3], row[4]] for row in long_list()]
    rows[0] = ["Segment", "Offer", "Criterion", "Score"]
    for i in range(len(rows) - 1, 1, -1):
        rows[i][:2] = ["" if rows[i][j] == rows[i - 1][j] else rows[i][j] for j in (0, 1)]
    found = read(rows)
    assert not found.reading.questions
    assert evaluate(found.scenario()).values == pytest.approx(SCORES.mean(axis=2))


def test_who_answered_their_age_and_the_mean_of_a_row_are_no_criteria() -> None:
    rng = np.random.default_rng(3)
    rows: list[list[object]] = [["Zid", "Zwave", "Zgroup", "Zoffer", "Zage", "Ke", "Kb", "Kc", "Zmean"]]
    for person in range(12):
        about = [400 + person, 1 + person // 6, GROUPS[person % 2]], [20 + 5 * person % 47]
        for option in OPTIONS:
            answers = rng.integers(1, 8, size=3).tolist()
            rows.append([*about[0], option, *about[1], *answers, f"{sum(answers) / 3:.2f}"])
    found = read(rows)
    assert (found.reading.shape, found.reading.criteria) == (3, ("Ke", "Kb", "Kc"))
    assert found.reading.options == OPTIONS
    assert str(found.reading.proof) == "Your own totals agree (36 of 36)."


def test_codes_are_who_answered_and_few_texts_that_are_the_same_for_each_of_them_are_the_segments() -> None:
    rows: list[list[object]] = [["Zid ID", "Zchannel", "Zkind", "Zoffer", "Zbranch", "Ke", "Kb"]]
    for person, option in itertools.product(range(12), OPTIONS):
        kind, channel = GROUPS[person % 2], "xyz"[len(rows) // 2 % 3]
        answers = SCORES[person % 2, OPTIONS.index(option), :2]
        rows.append([f"M{101 + person}", channel, kind, option, ["North", "South"][person % 3 > 0], *answers])
    found = read(rows)
    assert (found.reading.shape, found.reading.options, found.reading.segments) == (3, OPTIONS, GROUPS)
    assert [question.about for question in found.reading.questions] == [("Zkind",)]
    alone = read([[*row[:4], *row[5:]] for row in rows])
    assert (alone.reading.segments, alone.reading.questions) == (GROUPS, ())
    assert evaluate(alone.scenario()).values == pytest.approx(SCORES[:, :, :2].mean(axis=2))


def test_words_of_weights_are_what_a_legend_says_else_a_usual_order() -> None:
    rows: list[list[object]] = [
        ["Criterion", "Priority", "Depot", "Drone"],
        ["Speed", "critical", 7, 9],
        ["Care", "high", 5, 2],
        ["Reach", "low", 6, 8],
    ]
    assert read(rows).scenario(take_guesses=True).points[0].tolist() == [4, 3, 1]
    told = read([["critical = 5 / high = 3 / low = 2"], *rows])
    assert told.scenario(take_guesses=True).points[0].tolist() == [5, 3, 2]


def test_strengths_and_plans_of_a_house_of_quality_are_no_offers() -> None:
    heads: list[object] = ["Need", "Importance", "Motor", "Frame", "We", "Rival", "Target", "Sales point"]
    rows: list[list[object]] = [
        ["Light", 5, 9, 1, 3, 4, 5, 1.5],
        ["Strong", 4, 3, 9, 4, 2, 5, 1],
        ["Cheap", 3, 1, 3, 2, 5, 3, 1],
    ]
    assert read([heads, *rows]).reading.options == ("We", "Rival")


def test_all_criteria_in_doubt_are_asked_of_at_once() -> None:
    found = read([["Option", "Fit", "Cost", "Risk"], ["Weight", 40, 30, 30], ["A", 4, 5, 1], ["B", 3, 1, 5]])
    [question] = found.reading.questions
    assert question.about == ("Cost", "Risk")


def test_an_overall_judgement_that_the_owners_mean_counts_is_a_criterion() -> None:
    heads: list[object] = ["Respondent", "Offer", "Speed", "Care", "Would recommend", "Mean"]
    answers = [
        (1, "A", 3, 5, 7),
        (1, "B", 4, 1, 4),
        (2, "A", 6, 2, 1),
        (2, "B", 5, 7, 6),
        (3, "A", 2, 2, 5),
        (3, "B", 7, 4, 4),
    ]
    found = read([heads, *([*row, f"{sum(row[2:]) / 3:.2f}"] for row in answers)])
    assert found.reading.criteria == ("Speed", "Care", "Would recommend")
    assert found.reading.proof


def test_a_mean_of_row_means_that_ranks_otherwise_is_told() -> None:
    """A: rows (9, 9) and (1, blank), by rows 5.0 and by criteria 7.0; B: rows of 6 alone, 6.0 either way."""
    heads: list[object] = ["Respondent", "Offer", "Speed", "Care", "Mean"]
    rows: list[list[object]] = [[1, "A", 9, 9, 9], [1, "B", 6, 6, 6], [2, "A", 1, "", 1], [2, "B", 7, 5, 6]]
    found = read([heads, *rows])
    assert [w.split(":")[0] for w in found.reading.warnings] == [
        "The mean of your 'Mean' puts 'B' before 'A'; here 'A' is before"
    ]
    rows[2][3:] = [1, 1]
    assert read([heads, *rows]).reading.warnings == ()
