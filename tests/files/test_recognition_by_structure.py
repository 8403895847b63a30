"""What no name tells: people by codes, sizes beside segments, rows without a rank, heads in two rows, roofs."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from openpyxl import Workbook

from valuemix.analysis.value.scoring import evaluate
from valuemix.files.recognition.entry import recognise_files
from valuemix.files.recognition.recognise import Recognised

Rows = Sequence[Sequence[object]]
OFFERS, ASKED, GROUPS = ("Ola", "Brisa"), ("Price", "Care", "Pace"), ("North", "South")
RATED = np.random.default_rng(3).integers(1, 10, size=(12, 2, 3))
WEIGHTS = np.linspace(0.5, 1.6, 12)


def book(**sheets: Rows) -> Recognised:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([*row])
    made.save(stored := io.BytesIO())
    return recognise_files({"t.xlsx": stored.getvalue()})


def values(found: Recognised) -> np.ndarray:
    return evaluate(found.scenario(take_guesses=True)).values


def test_codes_that_come_again_are_people_with_their_survey_weight() -> None:
    head = ["ID_REP", "SEGMENT", "POIDS", "FORMULE", *ASKED]
    rows = [
        [f"R{i:03}", GROUPS[i % 2], WEIGHTS[i], offer, *RATED[i, p].tolist()]
        for i in range(12)
        for p, offer in enumerate(OFFERS)
    ]
    found = book(data=[head, *rows])
    wanted = [np.average(RATED[g::2], axis=0, weights=WEIGHTS[g::2]).mean(axis=1) for g in (0, 1)]
    assert not found.reading.questions
    assert values(found) == pytest.approx(np.array(wanted))
    assert found.reading.sizes == pytest.approx({"North": WEIGHTS[::2].sum(), "South": WEIGHTS[1::2].sum()})


def test_few_codes_are_no_people() -> None:
    head = ["Kode", "Offer", *ASKED]
    rows = [[f"K{i:02}", offer, *RATED[i, p].tolist()] for i in range(3) for p, offer in enumerate(OFFERS)]
    assert "respondent" not in book(data=[head, *rows]).reading.roles.values()


@pytest.mark.parametrize(("shares", "are_sizes"), [((70, 30), True), ((70, 20), False)])
def test_shares_of_segments_in_a_list_are_their_sizes(shares: tuple[int, int], *, are_sizes: bool) -> None:
    head = ["Offer", "Segment", "Udzial", "Criterion", "Score"]
    rows = [
        [offer, segment, shares[g], asked, int(RATED[g, p, d])]
        for p, offer in enumerate(OFFERS)
        for g, segment in enumerate(GROUPS)
        for d, asked in enumerate(ASKED)
    ]
    found = book(data=[head, *rows])
    assert (found.reading.roles["Udzial"] == "size") is are_sizes
    assert found.reading.sizes == ({"North": 70.0, "South": 30.0} if are_sizes else {})


RANKED: Rows = [
    ["Tenderer", *ASKED, "Total", "Rank", "Award?"],
    ["Weight", 0.5, 0.3, 0.2, None, None, None],
    ["Most", 5, 5, 5, None, None, None],
    [],
    ["Ash", 4, 3, 5, 3.9, 2, None],
    ["Elm", 5, 4, 3, 4.3, 1, "yes please"],
    ["Oak", 2, 3, 4, 2.7, 3, None],
    [],
    ["Typical", 3.667, 3.333, 4, 3.633, None, None],
    ["Top mark", 5, 4, 5, 4.3, None, None],
]


def test_rows_apart_without_a_rank_are_no_options_and_words_beside_scores_are_not_asked() -> None:
    found = book(scores=RANKED)
    assert found.reading.options == ("Ash", "Elm", "Oak")
    assert not found.reading.questions
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."


def test_an_option_below_the_others_without_a_rank_stays_where_nothing_sets_it_apart() -> None:
    found = book(scores=[row for row in RANKED[:7] if row] + [["Yew", 3, 3, 3, 3.0, None, None]])
    assert "Yew" in found.reading.options


def test_heads_in_two_rows_are_offers_over_questions_with_points_as_weights() -> None:
    points = [[50 - i, 30 + i, 20] for i in range(12)]
    above = [None, None, "Q2 Points", None, None, "Q3 Ola", None, None, "Q3 Brisa", None, None]
    head = ["No.", "Who", *ASKED, *ASKED, *ASKED]
    rows = [[i + 1, GROUPS[i % 2], *points[i], *RATED[i].ravel().tolist()] for i in range(12)]
    members = [["Group", "Members"], ["North", 300], ["South", 100], ["Total", 400]]
    found = book(answers=[above, head, *rows], members=members)
    each = [np.array(points)[g::2].mean(axis=0) / 100 @ RATED[g::2].mean(axis=0).T for g in (0, 1)]
    assert found.reading.options == OFFERS
    assert values(found) == pytest.approx(np.array(each))
    assert found.reading.sizes == {"North": 300.0, "South": 100.0}


def test_roofs_and_targets_of_a_house_of_quality_are_no_table_and_no_option() -> None:
    parts = ("Motor", "Akku", "Rahmen", "Griff")
    house: Rows = [
        [None, None, "Tecnica", None, None, None, "Valutazioni", None, None],
        [None, None, "▲", "▼", "▲", "▲", None, None, None],
        ["Esigenza del cliente", "Importanza", *parts, "Noi", "Loro", "Obiettivo 2030"],
        ["Leggero", 5, 9, None, 3, 1, 2, 4, 5],
        ["Sicuro", 3, None, 9, 1, None, 4, 3, 4],
        ["Bello", 2, 1, 3, None, 9, 5, 2, 4],
        ["Totale tecnico", None, 47, 33, 18, 23, None, None, None],
    ]
    roof: Rows = [[None, *parts], ["Motor", None, "−", None, "+"], ["Akku"], ["Rahmen"], ["Griff"]]
    found = book(casa=house, tetto=roof)
    assert found.reading.options == ("Noi", "Loro")
    assert found.reading.criteria == ("Leggero", "Sicuro", "Bello")
    assert values(found) == pytest.approx(np.array([[[2, 4, 5], [4, 3, 2]] @ np.array([0.5, 0.3, 0.2])]))
    assert "nothing to choose" in next(left.why for left in found.reading.left_out if left.what == "tetto")


def test_points_in_a_sheet_of_their_own_weigh_the_criteria_of_the_matrix_by_segment() -> None:
    points = [[50 - i, 30 + i, 20, 100] for i in range(12)]
    answers = [[i + 1, GROUPS[i % 2], *points[i]] for i in range(12)]
    means = [
        [None, f"Mean {group}", *np.mean(points[g::2], axis=0)[:3], None] for g, group in enumerate(GROUPS)
    ]
    head = ["No.", "Group", *ASKED, "Sum"]
    marks = [["Offer", "Fee", *ASKED], ["Ola", 29.9, 4, 7, 2], ["Brisa", "45 (once)", 8, 3, 6]]
    found = book(points=[head, *answers, *means], marks=marks)
    each = np.array([np.mean(points[g::2], axis=0)[:3] / 100 for g in (0, 1)])
    assert not found.reading.questions
    assert found.reading.sizes == {"North": 6.0, "South": 6.0}
    assert values(found) == pytest.approx(each @ np.array([[4, 8], [7, 3], [2, 6]]))


def test_a_criterion_that_is_the_mean_of_others_in_a_few_places_is_no_sum() -> None:
    rng = np.random.default_rng(5)
    names, segments, offers = ("Ka", "Kb", "Kc", "Kd"), (*GROUPS, "West"), (*OFFERS, "Cima")
    marks = rng.integers(2, 11, size=(3, 3, 4)) / 2
    marks[:, 0, 3] = marks[:, :, :3].mean(axis=(1, 2)).round(3)  # of the first offer, and of no other
    rows = [
        [segment, name, offer, float(marks[g, p, d])]
        for g, segment in enumerate(segments)
        for d, name in enumerate(names)
        for p, offer in enumerate(offers)
    ]
    found = book(data=[["Segment", "Criterion", "Offer", "Score"], *rows])
    assert found.reading.criteria == names
    assert values(found) == pytest.approx(marks.mean(axis=2))


def test_a_group_in_which_nothing_is_missing_is_compared_whatever_stands_below_the_needs() -> None:
    house: Rows = [
        [None, None, "Hva", None, None, "Hvem", None],
        ["Behov", "Vekt", "Motor", "Akku", "Grep", "Vi", "De"],
        ["Lett", 5, 9, None, 3, 2, 4],
        ["Trygg", 3, None, 9, 1, 4, 3],
        ["Pen", 2, 1, 3, None, 5, 2],
        ["Sum", None, 47, 33, 18, None, None],
        ["Plan 2030", None, 12, 7, 4, None, None],
    ]
    assert book(hus=house).reading.options == ("Vi", "De")


def test_words_of_a_legend_in_a_sheet_of_its_own_are_not_asked() -> None:
    legend = [["Note", "Bedeutung"], [1, "sehr gut"], [2, "gut"], [3, "befriedigend"], [6, "ungenügend"]]
    marks = [
        ["Standort", *ASKED, "Gesamt"],
        ["Gewicht", 0.5, 0.3, 0.2, 1],
        ["Hof", 2, 3, 1, 2.1],
        ["Ulm", 1, 2, 4, 1.9],
    ]
    found = book(marks=marks, legende=legend)
    assert found.reading.options == ("Hof", "Ulm")
    assert not [question for question in found.reading.questions if question.key == "words"]


def test_units_above_the_heads_are_no_groups_and_weighted_columns_with_a_total_no_options() -> None:
    parts = ("Motor", "Akku")
    house: Rows = [
        [None, None, "Engineering", None, "Rating by customers", None],
        ["Unit", None, "W", "l", None, None],
        ["Customer need", "Importance", *parts, "Ours", "Theirs"],
        ["Light", 5, 9, None, 2, 4],
        ["Safe", 3, None, 9, 4, 3],
        ["Nice", 2, 1, 3, 5, 2],
        ["Absolute importance", None, 47, 33, None, None],
    ]
    assert book(house=house).reading.options == ("Ours", "Theirs")
    paired: Rows = [
        ["Kriterium", "Gewicht (%)", "Fix", None, "Flex", None],
        [None, None, "Punkte", "gewichtet", "Punkte", "gewichtet"],
        ["Preis", 50, 4, 2.0, 6, 3.0],
        ["Ruf", 30, 2, 0.6, 9, 2.7],
        ["Netz", 20, 7, 1.4, 3, 0.6],
        ["Summe / Nutzwert", 100, None, 4.0, None, 6.3],
    ]
    found = book(tarife=paired)
    assert found.reading.options == ("Fix", "Flex")
    assert values(found) == pytest.approx(np.array([[4.0, 6.3]]))


@pytest.mark.parametrize("has_mean", [True, False])
def test_raters_below_each_offer_with_their_mean_beside_them(*, has_mean: bool) -> None:
    inner = ["RH", "Chef", *(["Mean"] if has_mean else [])]
    given = {"Pay": ((2, 4), (5, 3)), "Team": ((1, 2), (4, 4)), "Plan": ((3, 3), (2, 5))}
    rows: list[Sequence[object]] = [["Skill", "Weight", *(["Ann"] + [""] * (len(inner) - 1)), "Ben"]]
    rows += [["", "", *inner, *inner]]
    for skill, weight in (("Pay", 50), ("Team", 30), ("Plan", 20)):
        cells = [[*pair, *([sum(pair) / 2] if has_mean else [])] for pair in given[skill]]
        rows.append([skill, weight, *cells[0], *cells[1]])
    found = book(Panel=rows)
    if has_mean:
        assert (found.reading.options, found.reading.raters) == (("Ann", "Ben"), ("RH", "Chef"))
        assert str(found.reading.proof) == "Your own totals agree (6 of 6)."
        assert values(found) == pytest.approx(np.array([[2.55, 3.9]]))
    else:
        assert found.reading.questions, "who is who is asked where nothing tells"


def test_raters_below_each_criterion_whose_weight_stands_between_the_heads() -> None:
    rows: Rows = [
        ["Play", "Reach", None, "Cost", None, "Fit", None, "Score"],
        ["Weight", 3, None, 5, None, 2],
        [None, *("AD", "ED") * 3],
        ["Gulls", 8, 7, 4, 2, 9, 9, 5.55],
        ["Storm", 3, 4, 9, 6, 5, 3, 5.6],
        ["Hamlet", 5, 5, 7, 7, 8, 6, 6.4],
    ]
    found = book(Panel=rows)
    assert (found.reading.options, found.reading.raters) == (("Gulls", "Storm", "Hamlet"), ("AD", "ED"))
    assert not found.reading.questions
    assert values(found) == pytest.approx(np.array([[5.55, 5.6, 6.4]]))


def test_words_are_read_by_a_legend_in_another_sheet_though_all_its_columns_are_texts() -> None:
    words = {"A": ("meh", "wow"), "B": ("wow", "fab"), "C": ("meh", "meh"), "D": ("fab", "wow")}
    legend: list[Sequence[object]] = [
        ["Mark", "Points"],
        ["meh", 1],
        ["fab", 3],
        ["wow", 4],
        [],
        ["Aspect", "Weight"],
        ["Pace", 75],
    ]
    rows: list[Sequence[object]] = [
        [o, a, w] for o in words for a, w in zip(("Pace", "Care"), words[o], strict=True)
    ]
    found = book(
        Legend=[*legend, ["Care", 25]],
        Verdicts=[["Offer", "Aspect", "Mark"], *rows],
    )
    assert not found.reading.questions
    assert found.reading.words == {"meh": 1.0, "wow": 4.0, "fab": 3.0}
    assert values(found) == pytest.approx(np.array([[1.75, 3.75, 1.0, 3.25]]))


def test_a_total_that_counts_a_criterion_the_other_way_round_tells_its_direction() -> None:
    notes = {"Hall": (4, 2, 3, 4), "Loft": (2, 4, 4, 2), "Yard": (3, 4, 5, 1), "Barn": (5, 1, 2, 5)}
    weights = np.array([3, 3, 4, 2])
    rows: list[Sequence[object]] = [["Place", "Reach", "Room", "Rent", "Noise (5 = loud)", "Weighted score"]]
    rows += [["Weight", *weights.tolist(), 12]]
    for name, given in notes.items():
        turned = np.array([*given[:3], 6 - given[3]])
        rows.append([name, *given, round(float(turned @ weights) / 12, 2)])
    found = book(Places=rows)
    assert str(found.reading.proof) == "Your own totals agree (4 of 4)."
    assert found.reading.directions == {"Noise (5 = loud)": "less"}
    assert any("turned round, your totals come out" in guess for guess in found.reading.guesses)
    expected = [row[5] for row in rows[2:]]
    assert values(found)[0] == pytest.approx(np.array(expected, dtype=float), abs=0.006)


def test_people_with_titles_are_raters_and_the_most_that_can_be_given_is_no_option() -> None:
    given = {"Dr. Ada": (20, 10, 5, 25), "Ing. Bo": (24, 12, 9, 21)}
    sheets: dict[str, Rows] = {}
    for name, (a, b, c, d) in given.items():
        heads: list[Sequence[object]] = [["Code", "Name", "Look", "Use", "Total"]]
        rows = [
            ["Points max", "", 30, 20, 50],
            ["P-1", "Ash", a, b, a + b],
            ["P-2", "Elm", c, d - 10, c + d - 10],
        ]
        sheets[name] = [*heads, *rows]
    found = book(**sheets)
    assert (found.reading.options, found.reading.raters) == (("Ash", "Elm"), tuple(given))
    assert not found.reading.questions


SUMMED: Rows = [
    ["Offer", "North", "South", "All", "Rank"],
    ["Share of sales", 0.75, 0.25, "", ""],
    ["Ola", 3.0, 4.0, 3.25, 2],
    ["Brisa", 4.5, 2.0, 3.875, 1],
    ["Sol", 2.0, 5.0, 2.75, 3],
]


def test_a_sheet_that_sums_a_long_list_up_proves_it_and_tells_the_sizes() -> None:
    """The weight of a row follows from segment and criterion, which tells the column of criteria."""
    weights = {"North": (50, 50), "South": (25, 75)}
    scores = {
        "North": {"Ola": (4, 2), "Brisa": (5, 4), "Sol": (3, 1)},
        "South": {"Ola": (1, 5), "Brisa": (5, 1)},
    }
    scores["South"]["Sol"] = (5, 5)
    rows: list[Sequence[object]] = [["Segment", "Trait", "Weight %", "Stove", "Score"]]
    for segment, offers in scores.items():
        for k, trait in enumerate(("Heat", "Looks")):
            rows += [[segment, trait, weights[segment][k], offer, of[k]] for offer, of in offers.items()]
    found = book(List=rows, Sum=SUMMED)
    assert found.reading.options == ("Ola", "Brisa", "Sol")
    assert not found.reading.questions
    assert str(found.reading.proof) == "Your own totals agree (9 of 9)."
    assert found.reading.sizes == {"North": 0.75, "South": 0.25}


SUMS: Rows = [["Offer", "North", "South"], ["Ola", 4.2, 3.8], ["Brisa", 2.8, 2.6]]
COUNTED: Rows = [["Whose", "Count", "Part"], ["North", 150, 0.75], ["South", 50, 0.25]]


@pytest.mark.parametrize(
    ("cover", "sizes"),
    [
        ([*COUNTED, [], *SUMS], (150.0, 50.0)),
        ([*COUNTED, ["Σύνολο", 200, 1], [], *SUMS], (150.0, 50.0)),
        (
            [["Clients", "Part", "Ola", "Brisa"], ["North", 0.8, 4.2, 2.8], ["South", 0.2, 3.8, 2.6]],
            (0.8, 0.2),
        ),
    ],
    ids=[
        "a list with shares",
        "a list with its sum in another language",
        "a column of shares beside the sums",
    ],
)
def test_sizes_stand_in_the_sheet_that_sums_segments_up(cover: Rows, sizes: tuple[float, float]) -> None:
    sheets: dict[str, Rows] = {
        name: [["Trait", "Weight", "Ola", "Brisa"], ["Heat", w, a, b], ["Looks", 100 - w, c, d]]
        for name, (w, a, b, c, d) in {"North": (60, 5, 2, 3, 4), "South": (30, 1, 4, 5, 2)}.items()
    }
    assert book(Cover=cover, **sheets).reading.sizes == dict(zip(sheets, sizes, strict=True))


def test_products_and_characteristics_of_a_house_of_quality_have_totals_of_their_own() -> None:
    needs = {
        "Light": (5, 9, 3, "", 4, 3, 5),
        "Quick": (3, "", 9, 1, 3, 4, 2),
        "Quiet": (4, 1, "", 9, 5, 2, 3),
    }
    needs["Cheap"] = (2, 3, 1, 3, 2, 5, 4)
    numbers = np.array([[float(c or 0) for c in row] for row in needs.values()])
    technical = (numbers[:, 0] @ numbers[:, 1:4]).tolist()
    ranked = (numbers[:, 0] @ numbers[:, 4:]).tolist()
    rows: list[Sequence[object]] = [
        ["", "", "Engineering", "", "", "Competitive evaluation", "", ""],
        ["Need", "Importance", "Mass (kg)", "Gear", "Seal", "Ours", "Rival A", "Rival B"],
        *([name, *cells] for name, cells in needs.items()),
        ["Technical importance", "", *technical, "", "", ""],
        ["Weighted customer score", "", "", "", "", *ranked],
    ]
    found = book(House=rows)
    assert found.reading.options == ("Ours", "Rival A", "Rival B")
    assert str(found.reading.proof).startswith("Your own totals agree")
    assert np.argsort(values(found)[0]).tolist() == np.argsort(ranked).tolist()


def test_a_product_of_some_columns_leaves_out_those_behind_it() -> None:
    factors = {"Chat": (400, 2, 4), "Mail": (900, 1, 3), "Form": (300, 3, 5), "Map": (1200, 0.5, 2)}
    rows: list[Sequence[object]] = [["Idea", "Reach", "Impact", "Effort", "RICE", "Turn"]]
    products = {idea: a * b / c for idea, (a, b, c) in factors.items()}
    rows += [[i, *of, products[i], n + 1] for n, (i, of) in enumerate(factors.items())]
    found = book(Backlog=rows)
    assert found.reading.criteria == ("Reach", "Impact", "Effort")
    assert np.argsort(values(found)[0]).tolist() == np.argsort([*products.values()], kind="stable").tolist()


def test_importance_in_words_above_its_columns_is_no_offer_and_a_price_no_rating() -> None:
    heads: list[Sequence[object]] = [
        ["id", "Kind", "How important is it to you?", "", "Ola", "", "Brisa", ""]
    ]
    heads += [["", "", *(["Pace", "Care"] * 3)]]
    people = [[i, ("Pro", "Home")[i % 2], 9 - i % 3, 3 + i % 2, 7, 4 + i % 3, 5, 9] for i in range(1, 11)]
    found = book(Answers=[*heads, *people])
    assert found.reading.options == ("Ola", "Brisa")
    mean = np.array(people, dtype=object)[:, 2:].astype(float).mean(axis=0)
    assert found.scenario().weights[:, 0].mean() == pytest.approx(mean[0] / mean[:2].sum(), abs=0.01)
    rated = [[i // 2, ("Ola", "Brisa")[i % 2], (8.5, 12)[i % 2], 3 + i % 4, 2 + i % 5] for i in range(2, 22)]
    long = book(Answers=[["Respondent", "Cheese", "Price per kg", "Taste", "Look"], *rated])
    assert long.reading.criteria == ("Taste", "Look")


def test_ties_say_nothing_of_the_direction_and_few_alike_totals_are_no_total() -> None:
    """An order among offers that all score alike is nobody's proof; 1 and 2 are the mean of others by chance."""
    alike: Rows = [
        ["Offer", "Pace", "Care", "Rank"],
        ["Weight", 50, 50, ""],
        ["A", 1, 1, 1],
        ["B", 1, 1, 2],
        ["C", 1, 1, 3],
    ]
    assert not book(Offers=alike).reading.questions
    few: list[Sequence[object]] = [["Offer", "Pace", "Care", "Look"], ["Weight", 25, 25, 50]]
    few += [["A", 1, 1, 1], ["B", 1, 1, 1], ["C", 1, 1, 1], ["D", 1, 2, 2]]
    assert book(Offers=few).reading.criteria == ("Pace", "Care", "Look")


def test_suppliers_of_several_offers_are_no_offers_beside_a_row_of_weights() -> None:
    marks = {
        "Oak": ("Ann", 3, 4),
        "Ash": ("Bo", 5, 2),
        "Elm": ("Ann", 4, 4),
        "Fir": ("Bo", 2, 5),
        "Yew": ("Bo", 1, 1),
    }
    rows: list[Sequence[object]] = [["Ref", "Planks", "Supplier", "Grip", "Life"], ["", "Weight", "", 60, 40]]
    rows += [[f"D{i}", name, *of] for i, (name, of) in enumerate(marks.items(), 1)]
    found = book(Planks=rows)
    assert found.reading.options == tuple(marks)
    assert values(found)[0] == pytest.approx([0.6 * a + 0.4 * b for _, a, b in marks.values()])


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_sheet_of_means_proves_raters_and_its_weights_tell_where_the_criteria_are(
    *, is_turned: bool
) -> None:
    given = {"Vy": [[4, 2.5, 1], [3, 5, 2], [2.5, 3, 4]], "Wy": [[5, 3, None], [3.5, 4, 2], [3, 1, 5]]}
    each = np.array([*given.values()], dtype=float)
    means = np.round(np.nanmean(each, axis=0), 1)
    heads, criteria = ("Ash (x)", "Elm", "Oak"), ("Ka", "Kb", "Kc")

    def sheet(cells: list[list[float]], *beside: Sequence[object]) -> Rows:
        return [["", *criteria], *beside, *([name, *row] for name, row in zip(heads, cells, strict=True))]

    rows = sheet(means.tolist(), ["Weight", 5, 1, 2])
    summed = [*zip(*rows, strict=True)] if is_turned else rows
    sheets = {who: sheet(cells) for who, cells in given.items()}
    found = book(Zsum=summed, **sheets)
    assert (found.reading.options, found.reading.raters, found.reading.questions) == (heads, ("Vy", "Wy"), ())
    assert values(found)[0] == pytest.approx(np.nanmean(each, axis=0) @ [5, 1, 2] / 8)


@pytest.mark.parametrize("totals", [["=B2*2", "=B3*2", "=B4*2", 20], ["=B2*2"] * 4, [0] * 4])
def test_totals_that_nobody_computed_prove_nothing_and_make_no_option_the_weights(
    totals: list[object],
) -> None:
    scores = {"Ash (x)": [4, 2, 2], "Elm": [3, 5, 1], "Fir": [2, 2, 6], "Oak": [1, 3, 5]}
    rows = [[name, *cells, total] for (name, cells), total in zip(scores.items(), totals, strict=True)]
    found = book(Vy=[["Option", "Ka", "Kb", "Plan", "Total"], *rows, ["Zz", *["=AVERAGE(B2:B5)"] * 4]])
    assert (found.reading.options, found.reading.criteria) == (tuple(scores), ("Ka", "Kb", "Plan"))
    assert (found.reading.questions, found.reading.directions) == ((), {})
    assert values(found)[0] == pytest.approx(np.array([*scores.values()]).mean(axis=1))


RAW_AND_POINTS = b"""Need,Weight %,Worst (0 pts),Best (10 pts),Nord,Sud,Ost
Price,60,320,180,245,298,212
Output,40,60,120,92,114,84

2. Points,,,,,,
Need,Weight %,,,Nord,Sud,Ost
Price,60,,,5.36,1.57,7.71
Output,40,,,5.33,9,4
Total,100,,,5.35,4.54,6.23
"""


def test_points_below_raw_values_and_their_anchors_are_no_second_segment() -> None:
    found = recognise_files({"t.csv": RAW_AND_POINTS})
    assert found.reading.segments == ("Everyone",)
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."
    assert found.reading.anchors["Price"] == (320, 180)
