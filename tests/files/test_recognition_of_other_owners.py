"""Tables as their owners make them: remarks that weigh, points that people divide, limits below, lists beside."""

from __future__ import annotations

import numpy as np
import pytest

from valuemix.analysis.value.scoring import evaluate
from valuemix.exhibits.words.wording import source_of
from valuemix.files.recognition.entry import recognise_files
from valuemix.files.recognition.reading import Reading
from valuemix.files.recognition.recognise import Recognised

POINTS = "40 35 25,10 60 30,20 20 60,50 50 0,5 15 80,30 30 40,70 20 10,25 25 50".split(",")
VOTES = "No,Area,Pool,Park,Path,Sum\n" + "".join(
    f"{i},{'East' if i % 2 else 'West'},{points.replace(' ', ',')},100\n"
    for i, points in enumerate(POINTS, 1)
)


def read(text: str) -> Recognised:
    return recognise_files({"table.csv": text.encode()})


def values(found: Recognised) -> np.ndarray:
    return evaluate(found.scenario(take_guesses=True)).values.round(3)


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (  # points beside raw values, and a list of limits below
            ",,Bolt,,Volt,\nNeed,Weight,Value,Points,Value,Points\nPrice,50,612,4.4,534,8.3\nRange,30,350,6.0,400,8.0\n"
            "Seats,20,88,6.0,90,6.7\nTotal points,100,,5.2,,7.89\n\nPoints at:\nPrice,700,,500,\nRange,200,,450,\n",
            ("Bolt Points", "Volt Points"),
            [5.2, 7.89],
        ),
        (  # products of a score out of 5
            "Need,Weight,Ost,,West,\n,,Pt.,Points,Pt.,Points\nFee,40,4,32,5,40\nPlan,30,3,18,2,12\nFleet,20,2,8,5,20\n"
            "Team,10,5,10,3,6\nTOTAL,100,,68,,78\n",
            ("Ost", "West"),
            [3.4, 3.9],
        ),
        (  # weights that are called points
            ",Points out of 100,Spring,Pump\nWalk,25,4,3\nDry season,45,3,5\nCare,30,5,2\nTotal,100,3.85,3.6\n",
            ("Spring", "Pump"),
            [3.85, 3.6],
        ),
        (  # one table is no list of markets beside another
            "Market,Demand,Price,Duty,Total\nWeight,50,30,20,100\nJapan,4,3,5,3.9\nChile,5,2,1,3.3\nPeru,2,5,5,3.5\n",
            ("Japan", "Chile", "Peru"),
            [3.9, 3.3, 3.5],
        ),
        (  # heads of groups that hold sums of weights, beside a row that is signed
            "Criterion,Weight,Tema,Fina\nA. Fit,35,,\nRetail,20,3,2\nPay,15,5,4\nB. Tech,65,,\nCloud,40,4,1\n"
            "Data,25,2,4\nWeighted score,100,3.45,2.4\nSigned,,,Date\n",
            ("Tema", "Fina"),
            [3.45, 2.4],
        ),
        (  # a name that looks like an id, with a total of its own
            "Idea,Reach,Impact,Effort,RICE\nChat,500,2,4,250\nVoice ID,900,3,2,1350\nTour,700,1,7,100\n"
            "Search,400,2,1,800\n",
            ("Chat", "Voice ID", "Tour", "Search"),
            None,
        ),
    ],
    ids=["points", "top", "weights", "market", "groups", "id"],
)  # fmt: skip
def test_what_totals_prove(text: str, options: tuple[str, ...], expected: list[float] | None) -> None:
    found = read(text)
    proof = found.reading.proof
    assert found.reading.options == options
    assert proof is not None
    assert proof.agree == proof.compared == len(options)
    assert not found.reading.questions
    if expected is not None:
        assert values(found)[0] == pytest.approx(expected)


def test_limits_in_another_language_below_the_offers() -> None:
    rows = "Tiltak,Pris,Kutt,Poeng\n,mill. kr,tonn,0–100\nVekt (%),40,60,100\n"
    offers = {
        "Kai": (38, 900),
        "Batteri": (86, 2150),
        "Dokk": (45, 650),
        "Salong": (27, 40),
        "Hybrid": (112, 2400),
    }
    points = {name: 40 * (120 - a) / 110 + 60 * b / 2500 for name, (a, b) in offers.items()}
    rows += "".join(f"{name},{a},{b},{points[name]:.1f}\n" for name, (a, b) in offers.items())
    found = read(rows + "\nDårligst (0 poeng),120,0,\nBest (100 poeng),10,2500,\n")
    assert str(found.reading.proof) == "Your own totals agree (5 of 5)."
    assert values(found)[0] * 10 == pytest.approx([*points.values()], abs=0.01)


def test_points_that_people_divide_with_a_vote_that_does_not_count_and_means_below() -> None:
    spoilt = "9,East,50,30,10,90\n10,West,20,30,50,100\n11,East,,,,\n"
    found = read(VOTES + spoilt + "Mean,,30,31.7,38.3,100\nRank,,3,2,1,\n")
    assert found.reading.options == ("Pool", "Park", "Path")
    assert found.reading.segments == ("East", "West")
    assert [left.what for left in found.reading.left_out if "do not add up" in left.why] == ["row 10"]
    assert values(found)[0] == pytest.approx([33.75, 22.5, 43.75])


def test_a_row_of_means_without_a_name_proves_ratings_and_is_no_odd_vote() -> None:
    rated = np.array([[float(n) for n in p.split()] for p in POINTS]) % 7
    rows = [f"R{i},{'East' if i % 2 else 'West'},{','.join(map(str, own))}" for i, own in enumerate(rated)]
    mean = ",".join(map("{:.3f}".format, rated.mean(axis=0)))
    text = "\n".join(["Respondent,Area,Pool,Park,Path", *rows, f",,{mean}"])
    found = recognise_files({"t.csv": text.encode()}, Reading(columns_are="options"))
    assert found.reading.options == ("Pool", "Park", "Path")
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."
    assert not [left for left in found.reading.left_out if "do not add up" in left.why]


def test_a_remark_weighs_nothing_anew_where_totals_prove_that_all_weigh_the_same() -> None:
    found = read(
        "Fit counts double\n\nPlay,Fit,Cost,Total\nGulls,8,4,12\nStorm,3,9,12\nHamlet,5,8,13\nMilk,2,6,8\n"
    )
    assert found.reading.proof is not None
    assert found.scenario(take_guesses=True).weights.tolist() == [[0.5, 0.5]]


def test_weights_of_people_who_divide_points_count() -> None:
    head, *rows = VOTES.splitlines()
    weighed = [f"{row},{1.5 if i % 2 else 0.5}" for i, row in enumerate(rows)]
    found = read("\n".join([f"{head},Weight", *weighed]))
    points = np.array([[float(n) for n in p.split()] for p in POINTS])
    assert values(found)[0] == pytest.approx(points[::2].mean(axis=0))
    assert found.scenario(take_guesses=True).size_shares.tolist() == pytest.approx([0.25, 0.75])


def test_remarks_that_weigh_and_count() -> None:
    rows = "Group,Criterion,Offer,Mark\n" + "".join(
        f"{g},{c},{o},{m}\n"
        for g, marks in (
            ("Young", ("very low", "high", "low", "fair")),
            ("Old", ("low", "low", "high", "high")),
        )
        for (c, o), m in zip((("Use", "A"), ("Use", "B"), ("Fit", "A"), ("Fit", "B")), marks, strict=True)
    )
    remark = "very low = 1; low = 2; fair = 3; high = 4. Use counts double.\n\n"
    found = read(f'{remark}{rows}\n"Members: Young 300, Old 100"\n')
    assert found.reading.words == {"very low": 1.0, "high": 4.0, "low": 2.0, "fair": 3.0}
    assert values(found) == pytest.approx(np.array([[4 / 3, 11 / 3], [8 / 3, 8 / 3]]), abs=1e-3)
    assert found.scenario(take_guesses=True).size_shares.tolist() == pytest.approx([0.75, 0.25])


def test_tasters_who_rate_each_sample_with_weights_below_the_heads_and_a_key_at_the_foot() -> None:
    marks = np.random.default_rng(4).integers(1, 10, size=(8, 3, 2))
    rows = "Taster code,Grupo,Sample,Aroma,Taste\nWeight,,,0.4,0.6\n" + "".join(
        f"C{t:02},{'Old' if t < 5 else 'Young'},Y-{s},{marks[t, s, 0]},{marks[t, s, 1]}\n"
        for t in range(8)
        for s in np.roll(range(3), t)
    )
    found = read(rows + "\nY-0 = today; Y-1 = cream; Y-2 = without\n")
    assert (found.reading.options, found.reading.segments) == (("Y-0", "Y-1", "Y-2"), ("Old", "Young"))
    assert values(found)[0] == pytest.approx(marks[:5].mean(axis=0) @ [0.4, 0.6], abs=1e-3)


def test_cells_that_say_who_scored_are_no_groups_and_dates_no_codes() -> None:
    sheet = "Taster:,Hanne,,Room 2,\n\nBeer,Aroma,Look,Taste,Total\nHelles,8,7,9,24\nPale,6,9,5,20\nVienna,7,7,6,20\n"
    assert not [said for said in read(sheet).reading.guesses if said.startswith("Under")]
    found = read(
        "Need,Weight,Lund,Loom\nFit,9,High,Low\nPrice,4,Low,High\nTeam,2,High,High\n\nUntil,,Dec 2025,none\n"
    )
    assert found.reading.options == ("Lund", "Loom")


def test_one_characteristic_that_is_called_an_option_makes_options_of_all() -> None:
    house = (
        "Need,Importance,Motor,Shell,Grip,Ours,Theirs\nLight,5,9,3,,2,4\nSafe,3,,9,1,4,3\nNice,2,1,3,9,3,2\n"
        "Cheap,4,3,,,4,4\nTechnical importance,,59,48,21,,\n"
    )
    assert read(house).reading.options == ("Ours", "Theirs")
    found = recognise_files({"t.csv": house.encode()}, Reading(roles={"Shell": "option"}))
    assert found.reading.options == ("Motor", "Shell", "Grip")
    assert values(found)[0] * 14 == pytest.approx([59, 48, 21], abs=0.01)


def test_units_of_which_one_reads_as_a_word_are_no_option_and_an_order_of_serving_no_criterion() -> None:
    text = "Scheme,Cost,Homes,Ordre\n,GBP k,no.,\nWeight,60,40,\nHill,900,300,2\nZone,400,100,1\nTown,700,500,3\n"
    found = read(text)
    assert (found.reading.options, found.reading.criteria) == (("Hill", "Zone", "Town"), ("Cost", "Homes"))
    assert found.reading.units == {"Cost": "GBP k", "Homes": "no."}


def test_verdicts_are_scores_where_nothing_else_is_and_a_blank_sum_of_weights_no_criterion() -> None:
    rows = [(g, c, o) for g in ("Stars", "Dust") for c in ("Return", "Staff") for o in ("Cam", "Lens")]
    words = ("Good", "Fair", "Poor", "Good", "Fair", "Good", "Good", "Poor")
    listed = "".join(f"{g},{c},{o},{w}\n" for (g, c, o), w in zip(rows, words, strict=True))
    found = read(f"User group,Criterion,Device,Verdict\n{listed}")
    assert (found.reading.options, found.reading.segments) == (("Cam", "Lens"), ("Stars", "Dust"))
    sites = "Need,Weight,0 points at,100 points at,Porto,Brno\nPower,50,110,50,78,96\nGrid,30,20,80,45,40\n"
    found = read(f"{sites}Land,20,16,4,8,6\nSum of weights,100,,,,\n\nScore,,,,52.5,38.3\n")
    assert found.reading.criteria == ("Power", "Grid", "Land")


def test_what_an_owner_says_of_the_source_is_the_source_beside_the_file() -> None:
    table = "Offers for the hospital\nQuelle: Einkauf im März 2026\n,Fee,Care\nWeight,60,40\nA,3,5\nB,4,2\n"
    assert read(table).scenario(take_guesses=True).source == "Einkauf im März 2026 (table.csv)"
    bare = read(table.replace("Quelle: ", "By ")).scenario(take_guesses=True)
    assert bare.source == "table.csv"
    assert source_of(bare).startswith("table.csv; ")
