"""What the owner's totals tell of columns that no name tells: pairs, columns without a score, sheets that sum up."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_tables import book_of, order, table

from valuemix.analysis.value.scoring import evaluate
from valuemix.files.recognition.entry import recognise, recognise_files

SCORES = {"Alfa": (4, 2, 5, 5), "Beta": (3, 5, 2, 4), "Gama": (5, 4, 1, 2), "Delta": (2, 3, 4, 4)}
WEIGHTS = (40, 30, 20, 10)
NAMES = ("Ux", "Ve", "Wy", "Zo")


def total(scores: tuple[int, ...], weights: tuple[int, ...] = WEIGHTS) -> float:
    return sum(s * w for s, w in zip(scores, weights, strict=True)) / sum(weights)


def test_pairs_of_score_and_weighted_score_are_told_by_arithmetic_in_any_language(tmp_path: Path) -> None:
    lines = [f",,{',,'.join(SCORES)},", "Jarmu,Suly," + ",".join(["Jegy,Sulyozott jegy"] * len(SCORES))]
    for j, (name, weight) in enumerate(zip(NAMES, WEIGHTS, strict=True)):
        cells = ",".join(f"{s[j]},{s[j] * weight / 100:.2f}" for s in SCORES.values())
        lines.append(f"{name},{weight},{cells}")
    found = recognise(table(tmp_path, "\n".join(lines)))
    assert found.reading.options == tuple(SCORES)
    assert found.reading.criteria == NAMES
    assert order(found) == ["Alfa", "Gama", "Beta", "Delta"]


@pytest.mark.parametrize("below", ["40,30,20,10,100,,", "40,30,20,10,,,"], ids=["summed up", "blank"])
def test_an_amount_that_the_totals_do_not_take_is_no_criterion(tmp_path: Path, below: str) -> None:
    spent = {"Alfa": 40, "Beta": 12, "Gama": 65, "Delta": 8}
    places = {"Alfa": 1, "Gama": 2, "Beta": 3, "Delta": 4}
    rows = [f"{n},{','.join(map(str, s))},{spent[n]},{places[n]},{total(s):.2f}" for n, s in SCORES.items()]
    text = "\n".join(["Angebot,Ux,Ve,Wy,Zo,Invest (T€),Rang,Nutzwert", *rows, f"Gewichtung,{below}"])
    found = recognise(table(tmp_path, text))
    assert found.reading.criteria == NAMES
    assert str(found.reading.proof) == "Your own totals agree (4 of 4)."
    assert not found.reading.questions
    assert any(left.what == "Invest (T€)" for left in found.reading.left_out)


def test_a_column_that_no_total_takes_is_left_out_without_any_weights(tmp_path: Path) -> None:
    rows = [f"{n},{','.join(map(str, s))},{9 * i + 3},{sum(s)}" for i, (n, s) in enumerate(SCORES.items())]
    found = recognise(table(tmp_path, "\n".join(["Offer,Ux,Ve,Wy,Zo,Days,Total", *rows])))
    assert found.reading.criteria == NAMES
    why = {left.what: left.why for left in found.reading.left_out}
    assert why["Days"] == "your totals come out without it"


def test_weights_in_a_row_that_no_name_tells_need_not_stand_over_totals_and_places(tmp_path: Path) -> None:
    rows = [f"{n},{','.join(map(str, s))},{total(s):.2f},{i + 1}" for i, (n, s) in enumerate(SCORES.items())]
    text = "\n".join(["Ajanlat,Ux,Ve,Wy,Zo,Vegso,Hely", "Sulyok,40,30,20,10,,", *rows])
    found = recognise(table(tmp_path, text))
    assert found.scenario(take_guesses=True).weights.round(2).tolist() == [[0.4, 0.3, 0.2, 0.1]]
    assert str(found.reading.proof) == "Your own totals agree (4 of 4)."


def overview(*below: list[object]) -> dict[str, list[list[object]]]:
    weights = {"Nord": WEIGHTS, "Sud": (10, 20, 30, 40)}
    book: dict[str, list[list[object]]] = {
        title: [
            ["Offer", *NAMES, "Total"],
            ["Weight", *w, ""],
            *([n, *s, total(s, w)] for n, s in SCORES.items()),
        ]
        for title, w in weights.items()
    }
    sums = []
    for name, scores in SCORES.items():
        one, other = (total(scores, w) for w in weights.values())
        sums.append([name, one, other, (3 * one + other) / 4])
    return {**book, "Sintesi": [["Offer", *weights, "In tutto"], *below, *sums]}


def test_a_sheet_that_sums_segments_up_proves_them_and_gives_the_sizes_that_stand_in_it() -> None:
    found = recognise_files({"two.xlsx": book_of(overview(["Clienti", 3, 1, ""]))})
    assert found.reading.segments == ("Nord", "Sud")
    assert found.reading.sizes == {"Nord": 3.0, "Sud": 1.0}
    assert str(found.reading.proof) == "Your own totals agree (20 of 20)."
    scenario = found.scenario(take_guesses=True)
    assert evaluate(scenario).overall[0] == pytest.approx((3 * 3.7 + 4.3) / 4)


def test_a_sheet_that_sums_segments_up_is_no_proof_where_its_totals_are_others() -> None:
    found = recognise_files({"two.xlsx": book_of(overview())})
    assert found.reading.sizes == {}
    assert str(found.reading.proof) == "Your own totals agree (16 of 16)."


def test_a_criterion_counted_down_in_its_weighted_scores_is_turned(tmp_path: Path) -> None:
    lines = [f",,{',,'.join(SCORES)},", "Critère,Poids," + ",".join(["Note,Pondéré"] * len(SCORES))]
    counted = {name: (s[0], 6 - s[1], *s[2:]) for name, s in SCORES.items()}
    for j, (name, weight) in enumerate(zip(NAMES, WEIGHTS, strict=True)):
        cells = ",".join(f"{SCORES[n][j]},{s[j] * weight / 100:.2f}" for n, s in counted.items())
        lines.append(f"{name},{weight},{cells}")
    lines.append("Total,100," + ",".join(f",{total(s):.2f}" for s in counted.values()))
    found = recognise(table(tmp_path, "\n".join(lines)))
    assert str(found.reading.proof) == "Your own totals agree (4 of 4)."
    assert order(found) == sorted(counted, key=lambda name: -total(counted[name]))


OFFERS = {
    "Nord": (38_200, 860, 2.5),
    "Sud": (27_450, 990, 4.1),
    "Ost": (31_900, 1_150, 3.3),
    "West": (29_100, 905, 1.2),
}


@pytest.mark.parametrize("anchored", [True, False], ids=["between anchors", "between least and greatest"])
def test_totals_prove_the_ends_between_which_raw_values_are_scored(tmp_path: Path, *, anchored: bool) -> None:
    first, second, third = zip(*OFFERS.values(), strict=True)
    ends = [(40_000, 800, 5), (25_000, 1_200, 1)] if anchored else (
        [(max(first), min(second), max(third)), (min(first), max(second), min(third))]
    )  # fmt: skip
    worst, best = ends
    of = {
        name: 10
        * sum(w * (x - a) / (b - a) for w, x, a, b in zip((0.5, 0.3, 0.2), values, worst, best, strict=True))
        for name, values in OFFERS.items()
    }
    printed = [
        f"0 points at,{','.join(map(str, worst))},,",
        f"10 points at,{','.join(map(str, best))},,",
    ] * anchored
    rows = [f"{name},{','.join(map(str, values))},{of[name]:.2f}," for name, values in OFFERS.items()]
    text = "\n".join(["Van,Ux,Ve,Wy,Total,Note", "Weight,50,30,20,100,", *printed, *rows])
    found = recognise(table(tmp_path, text))
    assert str(found.reading.proof) == "Your own totals agree (4 of 4)."
    values = evaluate(found.scenario(take_guesses=True)).values[0]
    assert dict(zip(OFFERS, values.round(2).tolist(), strict=True)) == pytest.approx(of, abs=0.006)


def test_a_row_of_directions_may_stand_above_the_names(tmp_path: Path) -> None:
    found = recognise(
        table(tmp_path, ",min,max\nVan,Ux,Ve\nWeight,90,10\nA,20000,800\nB,25000,900\nC,18000,700")
    )
    assert order(found) == ["C", "A", "B"]


def test_a_remark_that_less_is_better_counts_for_the_criterion_that_it_names(tmp_path: Path) -> None:
    rows = "Weight,20,80\nA,9,5\nB,1,9\nC,5,1"
    found = recognise(table(tmp_path, f"Offer,Noise (pts),Ease\n{rows}\n\n* noise: lower is better,,"))
    assert order(found) == ["B", "A", "C"]
    proved = "Weight,20,80,100\nA,9,5,5.8\nB,1,9,7.4\nC,5,1,1.8"
    asked = recognise(
        table(tmp_path, f"Offer,Noise (pts),Ease,Total\n{proved}\n\n* noise: lower is better,,,")
    )
    assert [question.about for question in asked.reading.questions] == [("Noise (pts)",)]
