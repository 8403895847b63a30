"""Scenarios side by side: bridges, regret, agreement, paths and what each input does."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from nightly import tries
from scipy.optimize import brentq

from valuemix.analysis.compare.agreement import rank_agreement
from valuemix.analysis.compare.bridges import PARTS
from valuemix.analysis.compare.compare import compare
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError, UnknownName
from valuemix.model.scenario import Scenario

SETTINGS = st.sampled_from(
    [(1.0, 0.0), (1.0, 0.0), (1.0, 0.0), (0.0, 0.0), (0.5, 2.0), ("min", 0.0), (1.0, "max")]
)


def some(draw, names, least=1):
    """Some of the names, in any order."""
    chosen = draw(st.lists(st.sampled_from(names), min_size=least, max_size=len(names), unique=True))
    return list(chosen)


@st.composite
def scenarios(draw, same=False, plain=False, missing=True):
    """Scenarios that share some names: whole scores, weights and sizes of 0, missing scores, any settings."""
    segments = list("XYZ") if same else some(draw, "XYZ")
    propositions = list("ABCD") if same else some(draw, "ABCD")
    disciplines = ["Speed", "Care", "Price"] if same else some(draw, ["Speed", "Care", "Price"], 2)
    shape = len(segments), len(propositions), len(disciplines)
    count = shape[0] * shape[1] * shape[2]
    cell = st.integers(0, 10) | st.none() if missing else st.integers(0, 10)
    cells = draw(st.lists(cell, min_size=count, max_size=count))
    scores = np.array([np.nan if c is None else c for c in cells], dtype=float).reshape(shape)
    scores[np.isnan(scores).all(axis=2), 0] = 5
    amounts = st.integers(0, 4)
    points = np.array(draw(st.lists(amounts, min_size=shape[0] * shape[2], max_size=shape[0] * shape[2])))
    points = points.reshape(shape[0], shape[2])
    points[points.sum(axis=1) == 0] = 1
    sizes = np.array(draw(st.lists(amounts, min_size=shape[0], max_size=shape[0])))
    scenario = Scenario.from_arrays(
        scores,
        points=points,
        sizes=sizes if sizes.any() else np.ones(shape[0]),
        segments=segments,
        propositions=propositions,
        disciplines=disciplines,
        name=draw(st.sampled_from(["Base", "Bold", "Calm"])),
    )
    compensation, fairness = (1.0, 0.0) if plain else draw(SETTINGS)
    return scenario.with_settings(compensation=compensation, fairness=fairness)


def equal(one, other):
    return np.allclose(one, other, atol=1e-9, rtol=0, equal_nan=True)


# ---------------------------------------------------------------------- values and ranks


@given(st.lists(scenarios(), min_size=1, max_size=4))
@effort(max_examples=tries(40))
def test_every_value_and_rank_is_the_scenarios_own(chosen):
    both = compare(*chosen)
    for view in (None, *both.segments):
        for k, scenario in enumerate(chosen):
            own = evaluate(scenario)
            has = view is None or view in scenario.segment_names
            for p, name in enumerate(both.propositions):
                value, rank = both.values(view)[k, p], both.ranks(view)[k, p]
                if has and name in scenario.proposition_names:
                    place = scenario.proposition_names.index(name)
                    assert equal(value, own.values_in(view)[place])
                    assert rank == own.ranks_in(view)[place]
                else:
                    assert np.isnan(value)
                    assert rank == 0


@given(st.lists(scenarios(), min_size=2, max_size=4), st.randoms())
@effort(max_examples=tries(40))
def test_the_order_of_scenarios_changes_no_value_rank_or_agreement(chosen, dice):
    order = list(range(len(chosen)))
    dice.shuffle(order)
    one, other = compare(*chosen), compare(*(chosen[k] for k in order))
    at = [one.propositions.index(name) for name in other.propositions]
    for view in (None, *one.segments):
        assert equal(one.values(view)[order][:, at], other.values(view))
        assert (one.ranks(view)[order][:, at] == other.ranks(view)).all()
    for measure in ("kendall_tau", "spearman"):
        assert equal(getattr(one, measure)[np.ix_(order, order)], getattr(other, measure))
    assert {one.propositions[p] for p in one.robust} == {other.propositions[p] for p in other.robust}


@given(scenarios())
@effort(max_examples=tries(40))
def test_a_scenario_compared_with_itself_differs_in_nothing(scenario):
    both = compare(scenario, scenario.renamed("Copy"))
    assert both.unshared == ()
    assert len(both.input_differences()) == 0
    assert (both.bridges()[[*PARTS, "total"]].fillna(0) == 0).all(axis=None)
    assert equal(both.changes()[1], np.where(np.isnan(both.values()[0]), np.nan, 0))
    agreement = both.kendall_tau[0, 1]
    assert np.isnan(agreement) or agreement == 1


def test_what_only_some_scenarios_have_is_listed_with_those_that_have_it():
    base = Scenario.from_arrays([[1, 2], [3, 4]], propositions=["A", "B"], segments=["X"], name="Base")
    other = Scenario.from_arrays(
        [[[1, 2, 3]], [[1, 2, 3]]], propositions=["B"], segments=["X", "Y"], name="Bold"
    )
    found = {(item.kind, item.name): item.scenarios for item in compare(base, other, base).unshared}
    assert found == {
        ("proposition", "A"): ("Base", "Base (2)"),
        ("segment", "Y"): ("Bold",),
        ("discipline", "Discipline 3"): ("Bold",),
    }


def test_names_that_differ_in_capitals_or_width_alone_are_the_same():
    base = Scenario.from_arrays([[1, 2]], propositions=["Green line"], segments=["Familien"])
    other = Scenario.from_arrays([[3, 2]], propositions=["GREEN LINE"], segments=["familien"])
    both = compare(base, other)
    assert (both.unshared, both.propositions, both.segments) == ((), ("Green line",), ("Familien",))
    assert both.values("FAMILIEN").ravel().tolist() == pytest.approx([1.5, 2.5])
    differences = both.input_differences()
    assert differences[["what", "segment", "proposition"]].to_numpy().tolist() == [
        ["score", "Familien", "Green line"]
    ]


def test_a_comparison_of_nothing_and_unknown_names_are_refused():
    one = Scenario.from_arrays([[1, 2]])
    with pytest.raises(EditError, match="nothing to compare"):
        compare()
    with pytest.raises(UnknownName, match="unknown segment 'Nowhere'"):
        compare(one).values("Nowhere")
    with pytest.raises(UnknownName, match="unknown scenario 'Other'"):
        compare(one).path("Scenario", "Other")


# ---------------------------------------------------------------------- bridges


@given(scenarios(), scenarios())
@effort(max_examples=tries(80))
def test_the_parts_of_a_bridge_sum_to_the_change(one, other):
    both = compare(one, other)
    bridges = both.bridges()
    shared = [name for name in both.propositions if name in both.shared_by(0, 1)]
    assert bridges["proposition"].tolist() == shared
    values = {p: evaluate(s).overall[s.proposition_index(p)] for s in (one,) for p in shared}
    for row in bridges.to_dict("records"):
        place = other.proposition_index(row["proposition"])
        assert equal(row["total"], evaluate(other).overall[place] - values[row["proposition"]])
        parts = [row[part] for part in PARTS]
        if not np.isnan(parts).any():
            assert sum(parts) == pytest.approx(row["total"], abs=1e-9)


@given(scenarios(missing=False), scenarios(missing=False))
@effort(max_examples=tries(40))
def test_with_complete_scores_every_change_can_be_split(one, other):
    assert not compare(one, other).bridges().isna().any(axis=None)


@given(scenarios(), scenarios())
@effort(max_examples=tries(40))
def test_the_way_back_turns_the_sign_of_every_part(one, other):
    there, back = (
        compare(*pair).bridges().sort_values("proposition")[[*PARTS, "total"]].to_numpy(dtype=float)
        for pair in ((one, other), (other, one))
    )
    assert equal(there, -back)


@given(scenarios(same=True), scenarios(same=True))
@effort(max_examples=tries(40))
def test_what_does_not_differ_takes_no_part(one, other):
    for part, mixed in {
        "weights": one.with_points(other.points),
        "scores": one.with_table("scores", other.array("scores")),
        "sizes": one.with_sizes(dict(zip(one.segment_names, map(float, other.sizes), strict=True))),
        "settings": one.replace(settings=other.settings),
    }.items():
        bridges = compare(one, mixed).bridges()
        others = [other_part for other_part in PARTS if other_part != part]
        assert (bridges[others].fillna(0) == 0).all(axis=None)
        assert equal(bridges[part], bridges["total"])


def test_a_bridge_by_hand():
    """Weight 0.8 to 0.2 and score 2 to 6 on the other discipline: each alone, and after the other."""
    base = Scenario.from_arrays([[8, 2]], points=[80, 20], propositions=["Express"])
    other = base.with_points([[20, 80]]).with_scores("Express", discipline_2=6)
    row = compare(base, other).bridges().iloc[0]
    # 6.8; weights first 3.2, scores first 7.6; both 6.4.
    assert row["weights"] == pytest.approx(((3.2 - 6.8) + (6.4 - 7.6)) / 2)
    assert row["scores"] == pytest.approx(((7.6 - 6.8) + (6.4 - 3.2)) / 2)
    assert row["total"] == pytest.approx(-0.4)
    assert (row["sizes"], row["settings"]) == (0, 0)


def test_a_segment_of_one_side_alone_is_a_matter_of_segments_and_a_discipline_one_of_weights():
    base = Scenario.from_arrays([[8, 2]], propositions=["A"], segments=["X"])
    wider = Scenario.from_arrays([[[8, 2]], [[4, 2]]], propositions=["A"], segments=["X", "Y"])
    row = compare(base, wider).bridges().iloc[0]
    assert (row["segments"], row["sizes"], row["total"]) == pytest.approx((-1.0, 0, -1.0))
    richer = Scenario.from_arrays([[8, 2, 5]], points=[1, 1, 2], propositions=["A"], segments=["X"])
    row = compare(wider, richer).bridges().iloc[0]
    assert row["weights"] + row["segments"] == pytest.approx(row["total"])
    assert (row["scores"], row["sizes"], row["total"]) == pytest.approx((0, 0, 1.0))


def test_a_segment_under_another_name_is_no_matter_of_sizes():
    scores = [[[8, 2], [4, 5]], [[3, 6], [5, 5]]]
    base = Scenario.from_arrays(scores, segments=["X", "Y"], sizes=[60, 40], points=[[3, 1], [1, 3]])
    renamed = Scenario.from_arrays(scores, segments=["X", "Z"], sizes=[6, 4], points=[[1, 3], [2, 1]])
    rows = compare(base, renamed).bridges()
    assert rows["sizes"].to_numpy() == pytest.approx(0, abs=1e-12)
    assert rows["segments"].iloc[0] != 0
    assert equal(rows[list(PARTS)].sum(axis=1), rows["total"])


def test_segments_that_come_leave_the_sizes_of_the_others_to_each_other():
    base = Scenario.from_arrays([[[8, 2]], [[4, 6]]], segments=["X", "Y"], sizes=[60, 40])
    wider = Scenario.from_arrays([[[8, 2]], [[4, 6]], [[9, 9]]], segments=["X", "Y", "Z"], sizes=[30, 20, 50])
    row = compare(base, wider).bridges().iloc[0]
    assert (row["sizes"], row["segments"]) == pytest.approx((0, row["total"]), abs=1e-12)
    row = compare(base, wider.with_sizes(X=20, Y=30, Z=50)).bridges().iloc[0]
    assert row["sizes"] == 0  # both segments have a value of 5
    assert row["segments"] == pytest.approx(2.0)


@given(scenarios(), scenarios())
@effort(max_examples=tries(60))
def test_the_weights_of_disciplines_sum_to_the_part_of_the_weights(one, other):
    both = compare(one, other)
    rows = both.bridges().set_index("proposition")
    for name in rows.index:
        parts = [*both.weight_parts(1, name).values()]
        if not np.isnan([*parts, rows.loc[name, "weights"]]).any():
            assert sum(parts) == pytest.approx(rows.loc[name, "weights"], abs=1e-9)
        assert parts == sorted(parts, key=lambda part: -abs(np.nan_to_num(part)))


def test_the_weights_of_disciplines_are_those_of_all_orders():
    """Against the definition: every order in which three weights can change, among two other parts."""
    base = Scenario.from_arrays(
        [[[8, 2, 5]], [[4, 6, 1]]], points=[[5, 3, 2], [2, 2, 6]], sizes=[1, 2], propositions=["A"]
    )
    other = base.with_points([[1, 4, 5], [4, 1, 5]]).with_scores("A", discipline_2=9)
    other = other.replace(settings=base.with_settings(compensation=0.5).settings)
    found = compare(base, other).weight_parts(1, "A")

    def value(weights, part):
        scores, rho = ((other if name in part else base) for name in ("scores", "settings"))
        mixed = np.where([d in weights for d in range(3)], other.weights, base.weights)
        u = scores.unit_scores[:, 0]
        means = (mixed * u**rho.settings.rho).sum(axis=1) / mixed.sum(axis=1)
        return 10 * means ** (1 / rho.settings.rho) @ base.size_shares

    parts, orders = np.zeros(3), 0
    for order in itertools.permutations(["scores", "settings", "weights"]):
        for within in itertools.permutations(range(3)):
            orders += 1
            done = set(order[: order.index("weights")])
            steps = [value(within[:n], done) for n in range(4)]
            parts[list(within)] += np.diff(steps)
    by_name = [found[name] for name in base.discipline_names]
    assert by_name == pytest.approx(parts / orders)


@given(scenarios(same=True, missing=False))
@effort(max_examples=tries(30))
def test_a_discipline_whose_weight_stays_takes_no_part(one):
    turned = one.with_points(np.column_stack([one.weights[:, :2][:, ::-1], one.weights[:, 2]]))
    both = compare(one, turned)
    for name in one.proposition_names:
        assert "Price" not in both.weight_parts(1, name)


def test_twelve_disciplines_are_split_at_once():
    rng = np.random.default_rng(1)
    base = Scenario.from_arrays(rng.integers(0, 11, (3, 1, 12)), points=rng.integers(1, 9, (3, 12)))
    both = compare(base, base.with_points(rng.integers(1, 9, (3, 12))))
    parts = both.weight_parts(1, base.proposition_names[0])
    assert sum(parts.values()) == pytest.approx(both.bridges()["total"].iloc[0])


def test_weights_that_have_nothing_in_common_are_split_evenly():
    base = Scenario.from_arrays([[8, 2]], points=[100, 0], propositions=["A"])
    parts = compare(base, base.with_points([[0, 100]])).weight_parts(1, "A")
    assert [*parts.values()] == pytest.approx([-3.0, -3.0])


def test_values_on_different_scales_are_not_subtracted():
    base = Scenario.from_arrays([[8, 2], [4, 5]])
    both = compare(base, Scenario.from_arrays([[4, 2], [4, 5]], scale=(1, 5)))
    assert both.same_scale == (True, False)
    assert both.bridges()[[*PARTS, "total"]].isna().all(axis=None)
    assert both.robust == ()
    assert both.regret()["regret"].isna().all()
    assert not np.isnan(both.kendall_tau).any()


# ---------------------------------------------------------------------- regret and agreement


def test_regret_by_hand():
    def case(*values):
        return Scenario.from_arrays([[v, v] for v in values], propositions=["A", "B", "C"])

    both = compare(case(7, 6.5, 4), case(5, 6, 6.5), case(8, 7, 2))
    table = both.regret().pivot_table(index="proposition", columns="scenario", values="regret")
    assert table.loc["A"].tolist() == [0, 1.5, 0]
    assert table.loc["B"].tolist() == [0.5, 0.5, 1]
    assert table.loc["C"].tolist() == [3, 0, 6]
    assert [both.propositions[p] for p in both.robust] == ["B"]
    assert both.regret()["maximum"].tolist()[::3] == [1, 1.5, 6]


def test_choices_of_equal_maximum_regret_are_all_robust():
    both = compare(
        Scenario.from_arrays([[7, 7], [5, 5], [1, 1]]), Scenario.from_arrays([[5, 5], [7, 7], [1, 1]])
    )
    assert both.robust == (0, 1)


@given(st.lists(scenarios(same=True, missing=False), min_size=1, max_size=4))
@effort(max_examples=tries(40))
def test_no_choice_has_a_smaller_maximum_regret_than_the_robust_one(chosen):
    both = compare(*chosen)
    worst = [
        max(np.nanmax(evaluate(s).overall) - evaluate(s).overall[p] for s in chosen)
        for p in range(len(both.propositions))
    ]
    assert both.robust
    assert all(worst[p] <= min(worst) + 1e-8 for p in both.robust)


@pytest.mark.parametrize("measure", ["kendall", "spearman"])
def test_the_same_order_agrees_by_exactly_one_and_the_reverse_by_exactly_minus_one(measure):
    for count in range(2, 40):
        for ranks in (np.arange(1, count + 1), np.array([1, 1, *range(3, count + 2)])):
            assert rank_agreement(ranks, ranks, measure) == 1
            assert rank_agreement(ranks, ranks.max() + 1 - ranks, measure) == -1


def test_agreement_is_undefined_where_all_tie_and_told_for_a_reversal():
    def case(*values):
        return Scenario.from_arrays([[v, v] for v in values])

    tau = compare(case(1, 2, 3), case(3, 2, 1), case(2, 2, 2)).kendall_tau
    assert tau[0].tolist()[:2] == pytest.approx([1, -1])
    assert np.isnan(tau[2]).all()


# ---------------------------------------------------------------------- path


def along(one, other, t):
    """Overall values of scenarios of the same names, mixed by hand at compensation 1 and fairness 0."""
    mix = [
        (1 - t) * getattr(one, n) + t * getattr(other, n) for n in ("size_shares", "weights", "unit_scores")
    ]
    return np.einsum("g,gd,gpd->p", *mix)


@given(scenarios(same=True, plain=True, missing=False), scenarios(same=True, plain=True, missing=False))
@effort(max_examples=tries(80))
def test_the_leaders_of_every_piece_lead_there_and_change_where_a_root_finder_says(one, other):
    path = compare(one, other.renamed("Other")).path(one.name, "Other")
    assert path.exact
    assert path.pieces[0].from_share == 0
    assert path.pieces[-1].to_share == 1
    for piece in path.pieces:
        for t in np.linspace(piece.from_share, piece.to_share, 7)[1:-1]:
            values = along(one, other, t)
            assert all(values[p] >= values.max() - 1e-8 for p in piece.leaders)
    for before, after in itertools.pairwise(path.pieces):
        assert before.to_share == after.from_share
        a, b = before.leaders[0], next(p for p in after.leaders + before.leaders if p != before.leaders[0])
        low, high = (before.from_share + before.to_share) / 2, (after.from_share + after.to_share) / 2

        def gap(t, a=a, b=b):
            values = along(one, other, t)
            return values[a] - values[b]

        if gap(low) * gap(high) < 0 and abs(gap(low)) > 1e-6 and abs(gap(high)) > 1e-6:
            assert brentq(gap, low, high, xtol=1e-14) == pytest.approx(after.from_share, abs=1e-7)


def test_a_path_by_hand():
    """A falls from 6.8 to 3.2 and B rises from 4.2 to 4.8: they meet after 2.6 of 4.2."""
    base = Scenario.from_arrays([[8, 2], [4, 5]], points=[80, 20], name="A")
    path = compare(base, base.with_points([[20, 80]]).renamed("B")).path("A", "B")
    assert [piece.leaders for piece in path.pieces] == [(0,), (1,)]
    assert path.pieces[0].to_share == pytest.approx(2.6 / 4.2, abs=1e-12)
    assert path.to_frame()["leaders"].tolist() == ["Proposition 1", "Proposition 2"]


def test_weights_and_sizes_that_move_together_make_a_leader_come_and_go():
    base = Scenario.from_arrays(
        [[[10, 0], [3, 3]], [[0, 10], [3, 3]]], points=[[100, 0], [100, 0]], sizes=[1, 0], name="A"
    )
    other = base.with_points([[0, 100], [0, 100]]).with_sizes({"Segment 1": 0, "Segment 2": 1}).renamed("B")
    path = compare(base, other).path("A", "B")
    # The first is worth (1-t)^2 + t^2, the second 0.3 all along: they never meet, and touch at 0.5 at 5.
    assert [piece.leaders for piece in path.pieces] == [(0,)]
    higher = base.with_scores("Proposition 2", discipline_1=6, discipline_2=6)
    path = compare(higher, other.with_scores("Proposition 2", discipline_1=6, discipline_2=6)).path("A", "B")
    assert [piece.leaders for piece in path.pieces] == [(0,), (1,), (0,)]
    crossing = (1 - np.sqrt(0.2)) / 2
    assert [piece.from_share for piece in path.pieces[1:]] == pytest.approx([crossing, 1 - crossing])


@given(scenarios(), scenarios())
@effort(max_examples=tries(50))
def test_both_ends_of_a_path_are_the_two_scenarios(one, other):
    both = compare(one, other.renamed("Other"))
    path = both.path(one.name, "Other")
    if path is None:
        finite = [s.settings for s in (one, other)]
        assert not both.shared_by(0, 1) or finite[0] != finite[1]
        return
    for end, scenario in ((0, one), (-1, other)):
        own = evaluate(scenario).overall
        at = [scenario.proposition_index(name) for name in path.propositions]
        assert equal(10 * path.values[end], own[at])


def test_settings_that_differ_are_mixed_as_numbers_and_one_that_is_none_ends_the_path():
    base = Scenario.from_arrays([[9, 1], [4, 4]], name="A")
    geometric = base.with_settings(compensation=0.0).renamed("B")
    path = compare(base, geometric).path("A", "B")
    assert not path.exact
    assert [piece.leaders for piece in path.pieces] == [(0,), (1,)]
    # (9^r + 1^r) / 2 = 4^r at r = 0.5
    assert path.pieces[0].to_share == pytest.approx(0.5, abs=1e-6)
    assert compare(base, base.with_settings(compensation="min").renamed("B")).path("A", "B") is None


# ---------------------------------------------------------------------- inputs


def test_each_difference_is_made_alone_and_the_largest_comes_first():
    base = Scenario.from_arrays(
        [[[8, 2], [4, 5]], [[6, 6], [1, 9]]], points=[50, 50], sizes=[1, 3], propositions=["A", "B"]
    )
    other = (
        base.with_sizes({"Segment 1": 3})
        .with_scores("B", "Segment 2", discipline_1=5)
        .with_points([[80, 50], [50, 50]])
    )
    found = compare(base, other).input_differences()
    by_hand = {
        "size": base.with_sizes({"Segment 1": 3}),
        "points": base.with_points([[80, 50], [50, 50]]),
        "score": base.with_scores("B", "Segment 2", discipline_1=5),
    }
    for row in found.to_dict("records"):
        moves = evaluate(by_hand[row["what"]]).overall - evaluate(base).overall
        largest = np.argmax(abs(moves))
        assert row["effect"] == pytest.approx(moves[largest])
        assert row["moves"] == base.proposition_names[largest]
    assert (found["effect"].abs().diff().dropna() <= 0).all()


@given(scenarios(), scenarios())
@effort(max_examples=tries(40))
def test_every_difference_is_listed_with_its_effect(one, other):
    both = compare(one, other)
    found = both.input_effects(both.names[1])
    texts = {"name", "note", "source"}
    assert sorted(map(str, (f.difference for f in found))) == sorted(
        str(d) for d in one.diff(other) if d.what not in texts
    )
    effects = [-1 if np.isnan(f.effect) else abs(f.effect) for f in found]
    assert effects == sorted(effects, reverse=True)


def test_a_proposition_that_comes_may_take_the_lead_without_moving_a_value():
    base = Scenario.from_arrays([[5, 5]], propositions=["A"], name="Base")
    other = Scenario.from_arrays([[5, 5], [7, 7]], propositions=["A", "B"], name="Bold")
    (found,) = compare(base, other).input_effects("Bold")
    assert (found.difference.what, found.effect, found.leaders) == ("proposition added", 0, ("B",))


def test_points_that_cannot_go_alone_have_no_effect_to_tell():
    base = Scenario.from_arrays([[5, 6]], points=[1, 0])
    found = compare(base, base.with_points([[0, 1]])).input_effects("Scenario (2)")
    assert np.isnan(found[-1].effect)
    assert found[-1].leaders is None
    assert found[0].effect == pytest.approx(0.5)
