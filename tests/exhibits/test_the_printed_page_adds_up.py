"""What is printed on a page adds up, and one thing has one printed value on all pages."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from nightly import tries
from random_scenarios import scenarios

from valuemix import exhibits
from valuemix.analysis.compare.compare import compare
from valuemix.analysis.tradeoffs.tradeoffs import tradeoffs
from valuemix.exhibits.words.formats import weights_printed
from valuemix.model.parts import Function
from valuemix.model.scenario import Scenario

SHARE = "([<>]?[\\d.]+\u00a0%)"
RUNS = settings(max_examples=tries(25), deadline=None)


def read(text):
    return float(re.sub(r"<[^>]*>|\*", "", text).replace("−", "-").replace(",", "") or 0)


def cells_of(chart):
    """Texts of a table, row by row."""
    return [[cell.text for cell in row] for row in chart.rows]


@given(scenarios())
@RUNS
def test_contributions_in_a_bar_sum_to_the_value_at_its_end(scenario):
    for segment in (None, *scenario.segment_names):
        made = exhibits.ranking(scenario, segment)
        if "contribution" not in made.table:
            continue
        for row in made.chart.rows:
            if row.text != "no value":
                parts = sum(read(part.text) for part in row.parts)
                assert parts == pytest.approx(read(row.text), abs=1e-9)


def steps_add_up(made):
    """Whether steps between full bars sum to the difference of these, as printed."""
    stands = 0.0
    for place, step in enumerate(made.chart.steps):
        if step.full and place:
            assert read(step.text) == pytest.approx(stands, abs=1e-9)
        stands = read(step.text) if step.full else stands + read(step.text)


@given(scenarios())
@RUNS
def test_what_moves_a_value_sums_to_its_change(scenario):
    turned = scenario.with_points(scenario.points[:, ::-1] + 1).with_sizes(
        {name: 1 + place for place, name in enumerate(scenario.segment_names)}
    )
    both = compare(scenario, turned.renamed("Other"))
    for name in scenario.proposition_names:
        made = exhibits.bridge(both, name)
        if (
            not made.table[["start", "end"]].isna().any(axis=None)
            and not made.table["change"][1:-1].isna().any()
        ):
            steps_add_up(made)


@given(scenarios())
@RUNS
def test_losses_sum_to_what_does_not_arrive(scenario):
    promised = np.minimum(scenario.array("scores") + 0.07 * scenario.scale.width, scenario.scale.highest)
    promised = np.where(np.isnan(promised), scenario.scale.highest, promised)
    functions = [
        Function(name="Sales", survives=dict.fromkeys(scenario.discipline_ids, 0.83)),
        Function(name="Service", survives={scenario.discipline_ids[0]: 0.41}),
    ]
    case = scenario.with_table("promised", promised.tolist()).replace(delivery=functions)
    for by in ("function", "discipline"):
        made = exhibits.delivery_chain(case, by=by)
        if not made.table["end"].isna().any():
            steps_add_up(made)


@given(scenarios())
@RUNS
def test_what_fixes_return_on_each_discipline_sums_to_what_the_whole_function_does(scenario):
    survives = {name: 1 - 0.07 * place for place, name in enumerate(scenario.discipline_ids, start=1)}
    case = scenario.with_table("promised", scenario.array("scores")).replace(
        delivery=[Function(name="Sales", survives=survives), Function(name="Service", survives=survives)]
    )
    made = exhibits.delivery_levers(case)
    for texts, (_, rows) in zip(
        cells_of(made.chart), made.table.groupby("function", sort=False), strict=True
    ):
        *parts, whole = rows["gain"]
        if np.isclose(sum(parts), whole, rtol=1e-9, atol=0):
            assert sum(map(read, texts[1:-1])) == pytest.approx(read(texts[-1]), abs=1e-9)
        assert (
            ", ".join(f"{name} {text}" for name, text in zip(rows["discipline"], texts[1:], strict=True))
            in made.alt
        )


def test_parts_of_a_fix_are_told_as_they_are_printed_beside_it():
    # 0.144, 0.144 and 0.144 of 0.432: one of the three is printed as 0.2.
    felt = Scenario.from_arrays([[8, 8, 8]], propositions=["Express"])
    case = felt.with_table("promised", [[[8.64] * 3]]).replace(
        delivery=[Function(name="Sales", survives=dict.fromkeys(felt.discipline_ids, 0.95))]
    )
    made = exhibits.delivery_levers(case)
    assert cells_of(made.chart) == [["Sales", "0.2", "0.1", "0.1", "0.4"]]
    assert made.finding.endswith("alone the same each")


@given(scenarios())
@RUNS
def test_a_profile_sums_to_100_in_words_as_in_its_bar(scenario):
    for of in ("propositions", "segments"):
        for profile in re.findall(r" \(([^)]*%)\)", exhibits.focus(scenario, of).alt):
            shown = re.findall(SHARE, profile)
            if not any("<" in text or ">" in text for text in shown):
                assert sum(int(text.removesuffix("\u00a0%")) for text in shown) == 100


def test_the_most_focused_and_the_most_even_are_told_apart_from_the_next():
    made = exhibits.focus(Scenario.from_arrays([[9, 3], [8.8, 3.2], [6, 5], [6.1, 5.2]]))
    numbers = [f"{value:.2f}" for value in made.table["effective_number"][::2]]
    assert numbers == ["1.60", "1.64", "1.98", "1.99"]
    assert "as if on 1.60 of two disciplines" in made.finding
    assert "is the most even (1.99)" in made.finding
    assert all(f" {value} (" in made.alt for value in numbers)


@given(scenarios())
@RUNS
def test_preference_shares_sum_to_100_where_no_two_tie_and_equal_ones_look_alike(scenario):
    for segment in (None, *scenario.segment_names):
        made = exhibits.preference_share(scenario, segment)
        exact = made.table["preference_share"].dropna().tolist()
        shown = [float(text) for text in re.findall(r"([\d.]+)\u00a0%", made.alt)]
        level = [
            one == other
            for (a, b), (one, other) in zip(pairwise(exact), pairwise(shown), strict=True)
            if a - b <= 1e-9
        ]
        assert all(level)
        if exact and not level:
            assert sum(shown) == pytest.approx(100, abs=1e-9)
        assert shown == pytest.approx([100 * part for part in exact], abs=10.0**-made.decimals)


def printed_weights(scenario, segment):
    """Weights of all disciplines as every exhibit that names them prints them."""
    place = segment or "Overall"
    found = exhibits.weights(scenario).alt.removesuffix(".")
    found = next(part for part in found.split("; ") if part.split(". ")[-1].startswith(f"{place}: "))
    yield re.findall(r"D\d " + SHARE, found)
    ranking = exhibits.ranking(scenario, segment)
    if "contribution" in ranking.table:
        words = " ".join(note.text or "" for note in ranking.figure_in("light").layout.annotations)
        yield re.findall(r"D\d (?:weight )?" + SHARE, words)
    result = tradeoffs(scenario, segment)
    today = dict(re.findall(r"(D\d), " + SHARE + " in the case", exhibits.stability(result).alt))
    yield [today[name] for name in scenario.discipline_names]
    yield [
        re.search(", " + SHARE + " in the case", exhibits.tradeoff(result, name).alt)[1]
        for name in scenario.discipline_names
    ]
    first, *_, last = scenario.discipline_names
    if len(scenario.discipline_names) > 2:
        two = re.search(
            rf"Today's weights: {SHARE} and {SHARE}\.",
            exhibits.leader_map(scenario, first, last, segment).alt,
        )
        yield [two[1], None, *[None] * (len(scenario.discipline_names) - 3), two[2]]


def is_finer(text, share):
    """Whether a percentage is the true one with more decimals."""
    digits = text.removesuffix("\u00a0%").partition(".")[2]
    return digits and float(text.removesuffix("\u00a0%")) == pytest.approx(
        100 * share, abs=0.5001 * 10 ** -len(digits)
    )


@given(scenarios())
@RUNS
def test_a_weight_has_one_printed_value(scenario):
    for segment in (None, scenario.segment_names[0]):
        own = scenario.weights[0] if segment else scenario.size_shares @ scenario.weights
        expected = weights_printed(own.tolist(), mean=not segment and len(scenario.segments) > 1)
        for found in printed_weights(scenario, segment):
            for usual, share, text in zip(expected, own, found, strict=True):
                # A switch nearby is told apart by decimals, and today's weight with it.
                assert text in (None, usual) or is_finer(text, share)
