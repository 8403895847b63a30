"""What customers feel against what is promised and believed: gaps, delivery, burden, service and terms by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from valuemix import exhibits
from valuemix.errors import EditError, NothingToShow, UnknownName
from valuemix.exhibits.exhibit import Exhibit
from valuemix.exhibits.words.steps import shown_changes
from valuemix.model.parts import Function, Link
from valuemix.model.scenario import Scenario

FELT = [[[4, 6], [6, 6]], [[8, 2], [5, 5]]]


def case(**tables: object) -> Scenario:
    """Two propositions for 30 families and 10 students, who weigh both disciplines alike."""
    scenario = Scenario.from_arrays(
        FELT, sizes=[30, 10], segments=["Families", "Students"], propositions=["Express", "Green line"]
    )
    for name, table in tables.items():
        scenario = scenario.with_table(name, np.array(table, dtype=float))
    return scenario


def changed(segment: int, proposition: int, discipline: int, score: float) -> list:
    table = np.array(FELT, dtype=float)
    table[segment, proposition, discipline] = score
    return table.tolist()


# ---------------------------------------------------------------------- gaps


def test_the_widest_gap_is_named_with_both_numbers_and_how_many_reach_the_bar() -> None:
    believed = case(believed=changed(0, 0, 0, 8))  # (3 x 8 + 8) / 4 = 8 against (3 x 4 + 8) / 4 = 5
    shown = exhibits.perception(believed)
    assert shown.finding == (
        "Express on Discipline 1 has the widest gap: we believe 8.0, customers say 5.0; "
        "one of four gaps reaches the bar of 2"
    )
    assert shown.table["gap"].tolist() == [3.0, 0.0, 0.0, 0.0]
    assert exhibits.perception(believed, "Families").table["gap"].iloc[0] == 4.0
    assert exhibits.perception(believed, "Students").finding == "We believe what customers say throughout"


def test_gaps_are_shown_by_proposition_discipline_and_segment() -> None:
    believed = case(believed=changed(0, 0, 0, 8))
    assert exhibits.perception(believed, by="proposition").finding.startswith(
        "Express has the widest gap: we believe 6.5, customers say 5.0"
    )
    assert exhibits.perception(believed, by="segment").finding.startswith("Families has the widest gap")
    only = exhibits.perception(believed, proposition="express")
    assert only.table["discipline"].tolist() == ["Discipline 1", "Discipline 2"]
    assert "of Express" in only.subtitle
    with pytest.raises(EditError, match="leave out the segment"):
        exhibits.perception(believed, "Families", by="discipline")
    with pytest.raises(EditError, match="'colour'"):
        exhibits.perception(believed, by="colour")
    with pytest.raises(UnknownName, match="Nobody"):
        exhibits.perception(believed, "Nobody")


def test_customers_who_feel_more_than_believed_are_no_problem_and_said_so() -> None:
    modest = case(believed=changed(0, 0, 0, 0))
    assert exhibits.perception(modest).finding.endswith("nowhere do they say less than we believe")
    assert not exhibits.perception(modest).table["beyond_bar"].any()


def test_a_single_gap_and_a_promise_that_holds_everywhere_have_sentences_of_their_own() -> None:
    one = Scenario.from_arrays([[4, np.nan]], propositions=["Express"], segments=["All"])
    same, less = (one.with_table("believed", [[[score, 5]]]) for score in (4, 7))
    assert (
        exhibits.perception(same).finding == "Of Express on Discipline 1 we believe what customers say, 4.0"
    )
    assert exhibits.perception(less).finding == (
        "Express on Discipline 1: we believe 7.0, customers say 4.0, 3.0 less than we believe"
    )
    both = case(promised=np.array(FELT) + 2.0)
    assert exhibits.cover_stories(both).finding.startswith(
        "All four promises are cover stories, none of them clearly, all as large"
    )


def test_gaps_that_tie_are_counted() -> None:
    both = case(believed=np.array(FELT) + 1.0)
    assert exhibits.perception(both).finding == (
        "Four share the widest gap, 1.0, such as Express on Discipline 1: we believe 6.0, customers say 5.0; "
        "none reaches the bar of 2"
    )


def test_a_cover_story_is_a_promise_at_or_beyond_the_bar() -> None:
    promised = case(promised=changed(0, 0, 0, 8))
    assert exhibits.cover_stories(promised).finding == (
        "Express on Discipline 1 is a cover story, the only one of four promises: promised 8.0, felt 5.0"
    )
    lenient = exhibits.cover_stories(promised.with_settings(cover_story_bar=3.5))
    assert lenient.finding == (
        "No promise is a cover story: Express on Discipline 1 is missed most, promised 8.0, felt 5.0, "
        "short of the bar of 3.5"
    )
    strict = exhibits.cover_stories(promised.with_settings(cover_story_bar=3.0))
    assert strict.table["beyond_bar"].tolist() == [True, False, False, False]


def test_a_promise_kept_or_outdone_is_no_cover_story() -> None:
    assert exhibits.cover_stories(case(promised=FELT)).finding == "Customers feel exactly what is promised"
    modest = exhibits.cover_stories(case(promised=changed(0, 0, 0, 0)))
    assert modest.finding == (
        "Perhaps customers get what is promised or more, "
        "most of all Express on Discipline 1: promised 2.0, felt 5.0"
    )


def test_promises_that_are_missed_stand_before_those_outdone_however_wide() -> None:
    table = np.array(FELT, dtype=float)
    table[:, 0, 0], table[:, 1, 1] = 0.0, [8.0, 7.0]
    shown = exhibits.cover_stories(case(promised=table))
    assert shown.table["proposition"].iloc[0] == "Green line"
    assert shown.finding.startswith("Green line on Discipline 2 is perhaps a cover story, the only one")


# ---------------------------------------------------------------------- views


def test_whom_we_would_lead_with_if_we_believed_ourselves() -> None:
    # Felt: Express (3 x 5 + 5) / 4 = 5.0, Green line (3 x 6 + 5) / 4 = 5.75.
    ours = case(believed=changed(0, 0, 0, 9))
    shown = exhibits.led_by_view(ours)
    assert shown.finding == (
        "Believing ourselves we would lead overall with Express; customers put Green line first"
    )
    felt = shown.table[shown.table["view"] == "felt"].set_index("proposition")["value"]
    assert felt.to_dict() == {"Green line": 5.75, "Express": 5.0}
    assert shown.notes[0] == "there are no promised scores; fill in the sheet Promised"
    assert [each.split(":")[0] for each in shown.notes[1].split("; ")] == ["believed", "felt"]
    assert exhibits.led_by_view(case(believed=FELT, promised=FELT)).finding == (
        "Green line leads overall whether promised, believed or felt scores count"
    )
    both = case(promised=changed(0, 0, 0, 9), believed=changed(0, 0, 0, 9))
    assert exhibits.led_by_view(both).finding.startswith("By our promises and our own belief we would lead")


# ---------------------------------------------------------------------- delivery


def chain(**survives: dict[str, float]) -> Scenario:
    promised = case(promised=np.full((2, 2, 2), 8.0))
    return promised.replace(delivery=[Function(name=name, survives=own) for name, own in survives.items()])


def test_a_promise_is_followed_through_every_function_to_what_is_felt() -> None:
    # 8 is promised; Sales leaves 3/4 of discipline 1, half the weight: 7; Service half of both: 3.5.
    made = exhibits.delivery_chain(
        chain(
            Sales={"discipline_1": 0.75, "discipline_2": 1.0},
            Service={"discipline_1": 0.5, "discipline_2": 0.5},
        ),
        proposition="Green line",
    )
    assert made.finding == (
        "Of the 8.0 that Green line promises overall, 3.5 should arrive: Service takes most, 3.5; "
        "customers feel 5.8, 2.3 more"
    )
    steps = made.table.set_index("step")
    assert steps["change"].dropna().to_dict() == pytest.approx(
        {"Sales": -1, "Service": -3.5, "Unexplained": 2.25}
    )
    assert steps["end"].to_dict() == pytest.approx({
        "Promised": 8.0, "Sales": 7.0, "Service": 3.5, "Should arrive": 3.5, "Unexplained": 5.75, "Felt": 5.75,
    })  # fmt: skip


def test_a_chain_is_shown_by_discipline_too() -> None:
    lossy = chain(Sales={"discipline_1": 0.75, "discipline_2": 1.0})
    made = exhibits.delivery_chain(lossy, proposition="Green line", by="discipline")
    assert "Discipline 1 alone takes 1.0" in made.finding
    with pytest.raises(EditError, match="'colour'"):
        exhibits.delivery_chain(lossy, by="colour")


def test_the_sentence_prints_the_loss_that_the_chart_prints() -> None:
    base = Scenario.from_arrays([[5, 5]], propositions=["Express"]).with_table("promised", [[[10, 10]]])
    # Losses of 0.25 and 0.15 sum to 0.4: one of them is printed a unit away from its own rounding.
    functions = [
        Function(name="Sales", survives={"discipline_1": 0.95}),
        Function(name="Service", survives={"discipline_2": 0.97}),
    ]
    made = exhibits.delivery_chain(base.replace(delivery=functions))
    shown = dict(zip(made.table["step"], shown_changes(made.table, made.decimals), strict=True))
    assert f"Sales takes most, {-shown['Sales']:.1f};" in made.finding


def test_a_chain_that_loses_nothing_says_so() -> None:
    made = exhibits.delivery_chain(chain(Sales={}), proposition="Green line")
    assert made.finding.startswith("Nothing of the 8.0 that Green line promises overall is lost on the way")
    assert exhibits.delivery_levers(chain(Sales={})).finding.startswith("Nothing is lost in any function")


def test_a_promise_that_is_made_nowhere_cannot_be_followed() -> None:
    blank = np.full((2, 2, 2), np.nan)
    lossy = chain(Sales={"discipline_1": 0.75}).with_table("promised", blank)
    assert exhibits.cover_stories(lossy).finding == (
        "No score is both promised and felt, so no promise can be checked"
    )
    for make in (exhibits.delivery_chain, exhibits.delivery_levers):
        made = make(lossy)
        assert made.finding.endswith("so nothing can be followed")
        for skin in ("deck", "light", "dark"):
            made.figure_in(skin)


def test_a_segment_without_values_is_served_and_drawn_all_the_same() -> None:
    empty = np.array(FELT, dtype=float)
    empty[0, :, 0], empty[0, :, 1] = np.nan, 5.0
    weights = served(1.0).with_table("scores", empty).with_weights("Families", discipline_1=100)
    with pytest.raises(EditError, match="no segment that is served has a value"):
        exhibits.service(weights)
    assert (
        exhibits.net_value(weights.with_table("burdens", np.full((2, 2, 4), 5.0)))
        .table["net_value"]
        .notna()
        .all()
    )


def test_the_fix_that_returns_most_is_named() -> None:
    # (0.75 x 8 + 0.5 x 8) / 2 = 5 arrives, 6 without the loss in Sales, 7 without that in Service.
    lossy = chain(Sales={"discipline_1": 0.75, "discipline_2": 1.0}, Service={"discipline_2": 0.5})
    made = exhibits.delivery_levers(lossy)
    whole = made.table[made.table["discipline"] == "Whole function"].set_index("function")
    assert whole["gain"].to_dict() == pytest.approx({"Service": 2.0, "Sales": 1.0})
    assert made.finding == (
        "Fixing Service would return most, 2.0 of value on average: all of it on Discipline 2"
    )


# ---------------------------------------------------------------------- burden


def burdened(weight: float) -> Scenario:
    """Express is heavy (8), Green line light (2), everywhere."""
    heavy = case(burdens=[[[8, 8, 8, 8], [2, 2, 2, 2]]] * 2)
    return heavy.replace(segments=[s.model_copy(update={"burden": weight}) for s in heavy.segments])


def test_net_values_take_burden_off() -> None:
    # Families: Express 0.5 x 5 + 0.5 x (10 - 8) = 3.5; Green line 0.5 x 6 + 0.5 x 8 = 7.
    made = exhibits.net_value(burdened(50.0), "Families")
    assert made.table.set_index("proposition")["net_value"].to_dict() == {"Green line": 7.0, "Express": 3.5}
    assert made.finding.replace("\u00a0", " ") == (
        "With burden at 50 % of the weight Green line still leads Families at 7.0, 3.5 ahead of Express"
    )
    assert exhibits.net_value(burdened(0.0), "Families").finding == (
        "Burden has no weight among Families, so net values are the values: Green line leads at 6.0"
    )


def test_a_leader_that_is_a_burden_loses_the_lead() -> None:
    light = case(burdens=[[[1, 1, 1, 1], [9, 9, 9, 9]]] * 2)
    light = light.replace(segments=[s.model_copy(update={"burden": 50.0}) for s in light.segments])
    made = exhibits.net_value(light)
    assert made.finding.replace("\u00a0", " ") == (
        "With burden at 50 % of the weight Express leads overall at 7.0, no longer Green line, "
        "which is left with 3.4"
    )


def test_the_best_value_lies_farthest_above_the_fair_value_line() -> None:
    # In Families the slope is 1, through burden 5 and value 5.5: 2 is fair with 2.5, so 6 is 3.5 above.
    made = exhibits.value_map(burdened(50.0), "Families")
    assert made.finding == (
        "Green line is the best value among Families: 6.0 at a burden of 2.0, 3.5 above the fair-value line"
    )
    assert made.table["above"].tolist() == [3.5, -3.5]
    assert made.table["slope"].tolist() == [1.0, 1.0]


def test_a_map_of_one_proposition_shows_its_segments_by_size() -> None:
    made = exhibits.value_map(burdened(50.0), None, "Green line")
    assert made.table.set_index("segment")["size_share"].to_dict() == {"Families": 0.75, "Students": 0.25}
    assert made.finding.startswith("Green line is the best value among Families: 6.0 at a burden of 2.0")
    with pytest.raises(EditError, match="leave out one of them"):
        exhibits.value_map(burdened(50.0), "Families", "Green line")


def test_a_proposition_below_the_line_everywhere_is_not_called_the_best_value() -> None:
    assert exhibits.value_map(burdened(50.0), None, "Express").finding == (
        "Express is equally far below fair value in both segments"
    )
    made = exhibits.value_map(burdened(50.0).with_table("scores", changed(0, 0, 0, 3)), None, "Express")
    assert (made.table["above"] < 0).all()
    assert made.finding.startswith("Express is good value in no segment: nearest to the fair-value line is ")
    assert made.finding.endswith(" below it")


def test_a_lead_over_the_line_too_small_to_print_is_less_than_a_unit() -> None:
    base = Scenario.from_arrays([[6.0, 6.0], [6.0, 5.99]], propositions=["Express", "Green line"])
    made = exhibits.value_map(base.with_table("burdens", [[[4] * 4] * 2]))
    assert made.finding.endswith("less than 0.01 above the fair-value line")


def test_what_is_felt_nearly_as_it_should_arrive_is_said_so() -> None:
    # 8.1 comes down to 8.1 x 0.5 = 4.05; 4.02 is felt.
    base = Scenario.from_arrays([[4.02, 4.02]], propositions=["Express"]).with_table(
        "promised", [[[8.1, 8.1]]]
    )
    half = dict.fromkeys(base.discipline_ids, 0.5)
    made = exhibits.delivery_chain(base.replace(delivery=[Function(name="Sales", survives=half)]))
    assert made.finding == (
        "Of the 8.10 that Express promises overall, 4.05 should arrive: Sales takes 4.05; "
        "customers feel nearly that, 4.02"
    )


def test_a_map_of_one_proposition_in_the_only_segment_names_the_segment() -> None:
    base = Scenario.from_arrays(
        [[8, 6], [6, 5]], segments=["Families"], propositions=["Express", "Green line"]
    )
    made = exhibits.value_map(base.with_table("burdens", [[[4] * 4] * 2]), None, "Express")
    assert made.finding == "Families is the only segment where Express is on the map: 7.0 at a burden of 4.0"


def test_labels_of_gaps_stand_uncut_on_two_lines_on_a_screen() -> None:
    base = Scenario.from_arrays(
        [[8, 6], [6, 5]],
        propositions=["Predictive uptime", "Self-service core"],
        disciplines=["Innovation", "Operational excellence"],
    )
    made = exhibits.perception(base.with_table("believed", [[[9, 8], [8, 5]]]))
    labels = made.figure_in("light").layout.yaxis.ticktext
    assert "Predictive uptime:<br>Operational excellence" in labels
    assert "Self-service core:<br>Innovation" in labels


def test_arrows_start_where_the_baseline_has_a_proposition() -> None:
    base = burdened(50.0).renamed("Last year")
    better = base.with_table("scores", changed(0, 0, 0, 6)).renamed("Plan")
    made = exhibits.value_map(better, "Families", baseline=base)
    assert made.finding.endswith("; Express has moved most, value +1.00")
    assert made.scenarios == (better, base)
    arrows = [a for a in made.figure.layout.annotations if a.showarrow]
    assert [(a.ax, a.ay, a.x, a.y) for a in arrows] == [(8.0, 5.0, 8.0, 6.0)]
    unmoved = exhibits.value_map(base, "Families", baseline=case())
    assert not [a for a in unmoved.figure.layout.annotations if a.showarrow]


def test_where_only_burden_counts_nothing_makes_up_for_it() -> None:
    made = exhibits.value_map(burdened(100.0))
    assert made.finding == "Only burden counts overall, so no value makes up for it"
    made.figure_in("light")


# ---------------------------------------------------------------------- service and terms


def served(strength: float) -> Scenario:
    return case().replace(links=[Link(from_segment="Students", to_segment="Families", strength=strength)])


def test_the_weakest_link_is_named_with_what_it_takes() -> None:
    # Students receive 5, so that at full strength Families' 6 for Green line cannot last: 5; Express stays 5.
    made = exhibits.service(served(1.0))
    assert (
        made.finding
        == "Students, served at 5.0, limits Families: for one of two propositions, by 0.5 on average; "
        "so in 75\u00a0% of the cases held possible"
    )
    assert made.table[["felt", "lost", "limited"]].iloc[0].tolist() == [5.5, 0.5, 5.0]
    one = exhibits.service(served(1.0), "Green line")
    assert one.finding.endswith(
        "of the 6.0 that Green line is worth there 5.0 can last; so in 100\u00a0% of the cases held possible"
    )


def test_links_that_limit_nothing_are_said_to() -> None:
    with pytest.raises(NothingToShow, match="the only link allows as much as is felt today, or more"):
        exhibits.service(served(0.1))


def test_the_leader_changes_on_the_way_to_the_long_term() -> None:
    # Families: Express 10 - 8 w, Green line 4 + w on w, the share of discipline 2; both 4 2/3 at w = 2/3.
    single = Scenario.from_arrays(
        [[10, 2], [4, 5]], points=[1, 0], segments=["Families"], propositions=["Express", "Green line"]
    ).replace(later={"Families": {"discipline_1": 0.0, "discipline_2": 1.0}})
    made = exhibits.terms(single)
    assert made.finding.replace("\u00a0", " ") == (
        "The lead passes from Express to Green line at 67 % of the way to the long term; "
        "Express has the least regret, 3.00 at most"
    )
    crossing = made.table.loc[made.table["crossover"], "way_share"].unique()
    assert crossing == pytest.approx([2 / 3])
    stays = single.replace(later={"Families": {"discipline_1": 1.0, "discipline_2": 0.0}})
    assert (
        exhibits.terms(stays).finding == "Express leads overall all the way from the short to the long term"
    )


# ---------------------------------------------------------------------- what lacks


LACKING: dict[str, tuple[Callable[[Scenario], Exhibit], str]] = {
    "perception": (exhibits.perception, "Believed"),
    "cover_stories": (exhibits.cover_stories, "Promised"),
    "led_by_view": (exhibits.led_by_view, "Believed"),
    "delivery_chain": (exhibits.delivery_chain, "Delivery"),
    "delivery_levers": (exhibits.delivery_levers, "Delivery"),
    "net_value": (exhibits.net_value, "Burdens"),
    "value_map": (exhibits.value_map, "Burdens"),
    "service": (exhibits.service, "Links"),
    "terms": (exhibits.terms, "Segments later"),
    "disciplines_by_moment": (exhibits.disciplines_by_moment, "Moments"),
    "where": (exhibits.where, "Moments"),
    "journey": (exhibits.journey, "Moments"),
    "returns": (exhibits.returns, "Moments"),
}


@pytest.mark.parametrize("key", LACKING)
def test_what_lacks_its_table_names_the_sheet_to_fill_in(key: str) -> None:
    make, sheet = LACKING[key]
    with pytest.raises(EditError, match=f"fill in the sheet {sheet}"):
        make(case())


@pytest.mark.parametrize("theta", [10, 100, 1e6])
def test_values_that_tie_have_shares_that_tie(theta: float) -> None:
    scenario = Scenario.from_arrays([[8, 2], [8 + 6e-9, 2], [1, 1]], propositions=["A", "B", "C"])
    table = exhibits.preference_share(scenario, sensitivity=theta).table
    assert table["rank"].tolist() == table["share_rank"].tolist() == [1, 1, 3]


def test_preference_says_that_no_proposition_has_a_value_where_none_has() -> None:
    scenario = Scenario.from_arrays([[[5, 5]], [[5, np.nan]]], points=[[1, 1], [0, 1]])
    made = exhibits.preference_share(scenario, "Segment 2")
    assert made.finding == (
        "No proposition has a value in Segment 2: every discipline with weight lacks a score"
    )
    assert [row.text for row in made.chart.rows] == ["no value"]
