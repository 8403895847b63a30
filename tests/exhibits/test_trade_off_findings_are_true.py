"""Whatever the scenario, each finding about trade-offs holds when it is tried out on the model."""

import re

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix import exhibits
from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.tradeoffs.leader_map import paired_weights
from valuemix.analysis.tradeoffs.tradeoffs import after_flip, case_of, tradeoffs
from valuemix.analysis.value.case import leaders_of, swept_weights
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import ValuemixError
from valuemix.exhibits.tradeoffs.switches import shown_weights
from valuemix.exhibits.words import wording
from valuemix.model.scenario import Scenario
from valuemix.model.weights import rounded_points, slider_points

HOSTILE = st.text(
    st.sampled_from("<b>&;$%{x}/a href='https://:.\"\\*_[]()`|~#=+-@ 予Ä1"), min_size=1, max_size=60
).filter(lambda name: name.strip() == name and name)


@st.composite
def scenarios(draw, names=False, least_disciplines=2):
    """Small scenarios with ties, missing scores, weights and sizes of 0, weights of 100, any compensation."""
    g, p, d = draw(st.integers(1, 3)), draw(st.integers(1, 5)), draw(st.integers(least_disciplines, 4))
    steps = draw(st.sampled_from([2, 5, 40]))
    missing = st.none() if draw(st.booleans()) else st.nothing()
    cells = draw(st.lists(st.integers(0, steps) | missing, min_size=g * p * d, max_size=g * p * d))
    low, high = draw(st.sampled_from([(0, 10), (1, 5), (-5, 5)]))
    scores = np.array([np.nan if c is None else c / steps for c in cells], dtype=float).reshape(g, p, d)
    scores = low + scores * (high - low)
    scores[np.isnan(scores).all(axis=2), 0] = low

    def amounts(count):
        found = draw(st.lists(st.integers(0, 4), min_size=count, max_size=count))
        return found if any(found) else [1, *[0] * (count - 1)]

    def called(letter, count):
        if not names:
            return [f"{letter}{i + 1}" for i in range(count)]
        return draw(st.lists(HOSTILE, min_size=count, max_size=count, unique_by=lambda n: n.casefold()))

    made = Scenario.from_arrays(
        scores, points=[amounts(d) for _ in range(g)], sizes=amounts(g), scale=(low, high),
        propositions=called("P", p), segments=called("G", g), disciplines=[f"D{i + 1}" for i in range(d)],
        name="Case",
    )  # fmt: skip
    settings_ = draw(
        st.sampled_from([{}, {}, {"compensation": 0.5}, {"compensation": 0}, {"compensation": "min"}])
    )
    return made.with_settings(**settings_)


def views(scenario):
    return [None, *scenario.segment_names]


def led_at(scenario, segment, d, shares):
    """Sets of names that lead where a weight moves to each of some shares, and today's."""
    case = case_of(scenario, segment)
    segments = list(range(len(case.sizes)))
    values = case.values(weights=swept_weights(case, d, np.clip(shares, 0, 1), segments))
    return [{scenario.proposition_names[p] for p in np.flatnonzero(row)} for row in leaders_of(values)]


def led_today(scenario, segment):
    return {scenario.proposition_names[p] for p in evaluate(scenario).standing(segment).leaders}


def names_in(text):
    return set(re.findall(r"\bP\d\b", text))


def tells(text, names):
    """Whether a text names just these, or some of them and how many more there are."""
    return names_in(text) == names or (names_in(text) < names and "more" in text)


def says_who_leads(finding, scenario, segment):
    """Whether a sentence ends with today's leader, as sure as its degree; other tests prove the degree."""
    start, leaders, found = (
        finding.split("; ")[-1],
        led_today(scenario, segment),
        certainty(scenario, segment),
    )
    if len(leaders) > 1:
        return " tie " in start and tells(start.split(" tie ")[0], leaders)
    verb = {"open": "is ahead", "likely": "probably leads"}.get(found.degree, "leads")
    close = found.degree == "open"
    rivals = {
        n for n, above in zip(scenario.proposition_names, found.above, strict=True) if above < 0.85 - 1e-9
    }
    contest = re.search("too close to call with (.*)", start)
    return (
        re.search(rf"(?:^|: ){next(iter(leaders))}(?: \(partial value\))? {verb}[ ,]", start) is not None
        and finding.startswith("No leader can be told ") == close
        and (contest is not None) == close
        and (not contest or tells(contest[1], rivals))
    )


def numbers_in(text):
    return [float(n) for n in re.findall(r"\d+(?:\.\d+)?", re.sub(r"\b[PDG]\d\b", "", text))]


def next_to(sweep, share, step):
    """A weight in the stretch just below or above a share, not in the middle, where lines of few digits may touch."""
    if (share if step < 0 else 1 - share) < 1e-11:  # what jumps at an end leads there alone
        return round(share)
    if step < 0:
        piece = [p for p in sweep.pieces if p.from_share < share - 1e-12][-1]
        return share - 0.381966 * (share - piece.from_share)
    piece = next(p for p in sweep.pieces if p.to_share > share + 1e-12)
    return share + 0.381966 * (piece.to_share - share)


def all_along(sweep):
    """Points of a path; where crossings were searched for, the note excepts half a point."""
    margin = 1e-6 if sweep.exact else 0.006
    return np.linspace(margin, 1 - margin, 31)


def printed(weight, share):
    """Number that is printed for a weight: near the true one, and on its true side of today's."""
    shown, today = weight.at(share), weight.today
    assert abs(shown - 100 * share) <= 1 + 1e-9
    if abs(share - today) > 1e-9:
        assert (shown > weight.points) == (share > today)
        assert shown != weight.points
        return shown
    return {"<1": 1.0, ">99": 99.0}.get(weight.bare(share), shown)


@settings(deadline=None, max_examples=tries(60), phases=[Phase.generate])
@given(scenarios())
def test_a_stretch_named_for_a_weight_is_where_the_leader_leads_and_nowhere_near_beyond(scenario):
    for segment in views(scenario):
        result = tradeoffs(scenario, segment)
        for d, sweep in enumerate(result.sweeps):
            finding = exhibits.tradeoff(result, f"D{d + 1}").finding.replace("\u00a0", " ")
            today = led_today(scenario, segment)
            low, high = sweep.leader_interval
            near = np.clip(np.linspace(low, high, 7), low + 1e-7, high - 1e-7)
            if "weighs" not in finding or not today or len(scenario.propositions) == 1:
                assert "only proposition" in finding or "No proposition has a value" in finding
            elif "whatever D" in finding:
                assert all(today <= led for led in led_at(scenario, segment, d, all_along(sweep)))
                assert says_who_leads(finding, scenario, segment)
            elif "as it does today" in finding:
                assert (len(today) > 1) == (" tie " in finding)
                alone = len(today) == 1
                assert says_who_leads(finding if alone else finding.split("scores ")[1], scenario, segment)
                assert [low, high] == pytest.approx([sweep.today_share] * 2, abs=1e-6)
                for side, step in (("below it", -1), ("above it", 1), ("either side", 1)):
                    told = re.search(
                        r"((?:P\d(?:, | and )?|\w+ more)+) (?:is|are) first (?:on )?" + side, finding
                    )
                    if told:
                        assert tells(told[1], led_at(scenario, segment, d, [next_to(sweep, low, step)])[0])
            else:
                assert all(today <= led for led in led_at(scenario, segment, d, near))
                assert says_who_leads(finding, scenario, segment)
                switch, after = finding.removeprefix(
                    f"No leader can be told {wording.where(segment)}: "
                ).split("; ")[:2]
                weight = shown_weights(result)[d]
                of_one = segment or len(scenario.segments) == 1
                printed_today = slider_points if of_one else rounded_points
                own = printed_today([s.today_share for s in result.sweeps])[d]
                assert weight.points in (own, round(100 * sweep.today_share, weight.decimals))
                ends = [low] * ("more than" in switch or "between" in switch)
                ends += [high] * ("less than" in switch or "between" in switch)
                assert numbers_in(switch) == pytest.approx([printed(weight, end) for end in ends])
                nearest = min(ends, key=lambda end: abs(end - sweep.today_share))
                shown = numbers_in(after)
                assert shown[0] == printed(weight, sweep.today_share)
                if "less than" not in after and "on the edge" not in after:
                    assert shown[1] == pytest.approx(abs(weight.points - weight.at(nearest)), abs=1e-9)
                beyond = [next_to(sweep, end, 1 if end == high else -1) for end in ends]
                said = after.split("switch to ")[1]
                assert any(tells(said, led) for led in led_at(scenario, segment, d, beyond))
                assert all(not today <= led for led in led_at(scenario, segment, d, beyond))


def test_a_value_that_jumps_at_todays_weight_leads_there_alone():
    scenario = Scenario.from_arrays(
        [[0, 10], [10, 5]], points=[0, 100], segments=["North"], propositions=["P1", "P2"],
        disciplines=["D1", "D2"],
    ).with_settings(compensation=0)  # fmt: skip
    result = tradeoffs(scenario, "North")
    finding = exhibits.tradeoff(result, "D1").finding.replace("\u00a0", " ")
    # A weight of nothing is not in doubt: it stays nothing.
    told = "P1 leads North"
    assert finding == (
        f"At today's scores P1 stays first only where D1 weighs 0 %, as it does today: "
        f"P2 is first above it; {told}"
    )
    finding = exhibits.stability(result).finding
    assert finding == (
        "At today's scores the smallest change in one of the weights of D1 and D2 ends the lead of P1; "
        f"{told}"
    )


def test_curves_that_tie_for_a_hair_of_weight_tie_at_one_weight():
    scores = [
        [[0, 10, 10], [10, 10, 10], [0, 10, 10], [10, 10, 10]],
        [[10, 10, 10], [10, 0, 10], [10, 0, 10], [0, 0, 0]],
        [[10, 5, 0], [5, 10, 10], [10, 10, 10], [10, 10, 10]],
    ]
    scenario = Scenario.from_arrays(
        scores, points=np.eye(3) * 100, sizes=[3, 1, 2], propositions=["P1", "P2", "P3", "P4"],
        disciplines=["D1", "D2", "D3"],
    ).with_settings(compensation=0.5)  # fmt: skip
    result = tradeoffs(scenario)
    low, high = result.sweeps[2].leader_interval
    assert 0 < high - low < 1e-6
    finding = exhibits.tradeoff(result, "D3").finding.replace("\u00a0", " ")
    assert (
        finding == "At today's scores P2 and P4 tie overall only where D3 weighs 33 %, as it does today: "
        "P4 is first below it, P2 is first above it"
    )


@settings(deadline=None, max_examples=tries(60), phases=[Phase.generate])
@given(scenarios())
def test_the_table_of_a_trade_off_holds_today_and_every_crossover_of_the_leader(scenario):
    for segment in views(scenario):
        result = tradeoffs(scenario, segment)
        for d, sweep in enumerate(result.sweeps):
            table = exhibits.tradeoff(result, f"D{d + 1}").table
            today = table[table["today"]].set_index("proposition")
            assert today["weight_share"].unique() == pytest.approx([sweep.today_share])
            values = result.evaluation.values_in(segment)
            known = ~np.isnan(values)  # at an end without a value the line goes on
            assert today.loc[list(scenario.proposition_names), "value"].to_numpy()[known] == pytest.approx(
                values[known], abs=1e-9 * scenario.scale.width
            )
            assert set(today.index[today["leads"]]) >= led_today(scenario, segment)
            crossing = sorted(table.loc[table["crossover"], "weight_share"].unique())
            assert crossing == pytest.approx([piece.from_share for piece in sweep.pieces[1:]])


@settings(deadline=None, max_examples=tries(60), phases=[Phase.generate])
@given(scenarios())
def test_the_most_fragile_weight_is_the_nearest_to_a_switch_and_switches_as_said(scenario):
    for segment in views(scenario):
        result = tradeoffs(scenario, segment)
        shown = exhibits.stability(result)
        finding, table = shown.finding.replace("\u00a0", " "), shown.table
        distances = table["switch_distance"].dropna().to_numpy()
        assert (np.diff(distances) >= 0).all()
        alone = "is the only weight that alone" in finding
        assert not alone or len(distances) == 1
        if alone or "nearest to a switch" in finding:
            name = re.search(r"scores (D\d)", finding)[1]
            d = int(name[1]) - 1
            row = table[table["discipline"] == name].iloc[0]
            assert row["switch_distance"] == distances.min()
            step = np.sign(row["switch_share"] - row["weight_share"])
            there = next_to(result.sweeps[d], row["switch_share"], step)
            new = re.search("puts (.*) first", finding)[1]
            assert tells(new, led_at(scenario, segment, d, [there])[0])
            assert says_who_leads(finding, scenario, segment)
            assert (" less" in finding.split(", from")[0].replace("less than", "")) == (
                row["switch_share"] < row["weight_share"]
            )
        elif "no single weight" in finding:
            assert says_who_leads(finding, scenario, segment)
            for d in range(len(table)):
                led = led_at(scenario, segment, d, all_along(result.sweeps[d]))
                assert all(led_today(scenario, segment) <= leaders for leaders in led)
        elif "the smallest change" in finding:
            assert says_who_leads(finding, scenario, segment)
            assert (" ends the lead of " in finding) == (len(led_today(scenario, segment)) == 1)
            assert distances.min() == pytest.approx(0, abs=1e-6)
        else:
            assert "only proposition" in finding or "No proposition has a value" in finding


def is_points(true, shown, less):
    """Points are printed to the nearest whole one, or as less than one."""
    assert true < 0.5 + 1e-6 if less else abs(float(shown) - true) <= 0.5 + 1e-6


@settings(deadline=None, max_examples=tries(30), phases=[Phase.generate])
@given(scenarios())
def test_weights_moved_as_said_make_the_challenger_lead(scenario):
    for segment in views(scenario):
        result = tradeoffs(scenario, segment)
        shown = exhibits.challenges(result)
        table, finding = shown.table, shown.finding.replace("\u00a0", " ")
        possible = table["lead_share"].dropna().to_numpy(dtype=float) if len(table) else np.array([])
        assert (np.diff(possible) >= -1e-12).all()
        for challenge, (_, row) in zip(result.challenges, table.iterrows(), strict=True):
            if not challenge.lead.possible:
                assert "impossible" in row["moves"] or "no such weights" in row["moves"]
                continue
            changed = after_flip(result, challenge.lead)
            value = evaluate(changed).values_in(segment)
            assert value[challenge.challenger] >= np.nanmax(value) - 1e-6 * scenario.scale.width
            words = re.fullmatch(r"(?:.* in .* )?from (.*) to (.*)", row["moves"])
            if words and segment is not None:
                changes = row[[f"change_{i}" for i in scenario.discipline_ids]].to_numpy(dtype=float)
                assert {f"D{d + 1}" for d in np.flatnonzero(changes < -1e-9)} == set(
                    re.findall(r"D\d", words[1])
                )
                assert {f"D{d + 1}" for d in np.flatnonzero(changes > 1e-9)} == set(
                    re.findall(r"D\d", words[2])
                )
                assert row["lead_share"] == pytest.approx(np.abs(changes).sum() / 2, abs=1e-9)
        if "points" in finding or "point " in finding:
            assert table["challenger"].iloc[0] in finding
            flip = result.challenges[0].lead
            own = 100 * np.abs(after_flip(result, flip).weights - scenario.weights).sum(axis=1) / 2
            places = re.findall(
                r"(less than )?([\d.]+) points?(?: of weights? moved(?: together)?)? in (G\d+)", finding
            )
            mean = re.search(r"that is (less than )?([\d.]+) points? over all segments by size", finding)
            if segment is None and len(scenario.segments) > 1 and flip.moved_share > 1e-9:
                # What a slider of each segment shows, and what that comes to over all of them.
                assert places
                assert mean
                for less, points, name in places:
                    is_points(own[scenario.segment_index(name)], points, less)
                assert abs(float(mean[2]) - 100 * possible[0]) <= (1 if mean[1] else 0.5) + 1e-6
            elif "less than" not in finding:
                is_points(100 * possible[0], next(n for n in numbers_in(finding)), "")


@settings(deadline=None, max_examples=tries(30, 2), phases=[Phase.generate])
@given(scenarios(least_disciplines=3), st.integers(0, 2**32 - 1))
def test_any_point_of_the_map_has_the_leader_of_its_region(scenario, seed):
    dice = np.random.default_rng(seed)
    for segment in views(scenario):
        shown = exhibits.leader_map(scenario, "D1", "D2", segment)
        table = shown.table[shown.table["point"] != "today"]
        areas = table.drop_duplicates("leader")["area_share"]
        assert areas.sum() == pytest.approx(1, abs=1e-6)
        case = case_of(scenario, segment)
        pairs = dice.dirichlet([1, 1, 1], 40)[:, :2]
        led = leaders_of(case.values(weights=paired_weights(case, 0, 1, pairs)))
        for pair, row in zip(pairs, led, strict=True):
            names = {scenario.proposition_names[p] for p in np.flatnonzero(row)}
            for leader, corners in table[table["point"] == "corner"].groupby("leader"):
                if inside(pair, corners[["first_share", "second_share"]].to_numpy()):
                    assert names == set(leader.split(" / "))
        today = led_today(scenario, segment)
        if today and len(scenario.propositions) > 1:
            assert says_who_leads(shown.finding, scenario, segment)
            first = re.search(r"scores (.*) comes? first", shown.finding)[1]
            regions = [set(leader.split(" / ")) for leader in table["leader"].unique()]
            own = [region for region in regions if today <= region]
            assert tells(first, own[0] if own else regions[0])


def inside(point, corners):
    """Whether a point lies well within a polygon whose corners go counter-clockwise."""
    edges = np.roll(corners, -1, axis=0) - corners
    to = point - corners
    lengths = np.maximum(np.linalg.norm(edges, axis=1), 1e-12)
    return ((edges[:, 0] * to[:, 1] - edges[:, 1] * to[:, 0]) / lengths > 1e-7).all()


@settings(deadline=None, max_examples=tries(40), phases=[Phase.generate])
@given(scenarios())
def test_an_error_that_is_said_to_change_the_leader_does(scenario):
    for segment in views(scenario):
        shown = exhibits.levers(scenario, segment)
        finding, table = shown.finding, shown.table
        today = led_today(scenario, segment)
        assert len(table) <= 12
        for _, row in table[table["lever"] == "score"].iterrows():
            for end in ("low", "high"):
                changed = scores_with(scenario, row, row[f"{end}_input"])
                values = evaluate(changed).values_in(segment)
                leader = evaluate(scenario).standing(segment).leaders[0]
                lead = values[leader] - np.nanmax(np.delete(values, leader))
                assert row[f"{end}_lead"] == pytest.approx(lead, abs=1e-9 * scenario.scale.width + 1e-9)
        if "would change the leader" in finding:
            assert len(today) == 1
            assert says_who_leads(finding, scenario, segment)
            assert table["loses"].any()
        elif "No single move ends" in finding:
            assert says_who_leads(finding, scenario, segment)
            assert not table["loses"].any()
            assert table[["low_lead", "high_lead"]].to_numpy().min() > 0
        elif " tie " in finding:
            assert len(today) > 1
            assert tells(finding.split(" tie ")[0], today)


def scores_with(scenario, row, score):
    scores = scenario.array("scores").copy()
    place = (
        scenario.segment_index(row["in_segment"]),
        scenario.proposition_index(row["proposition"]),
        scenario.discipline_index(row["discipline"]),
    )
    scores[place] = np.clip(score, scenario.scale.lowest, scenario.scale.highest)
    return scenario.with_table("scores", scores)


@settings(deadline=None, max_examples=tries(25, 1), phases=[Phase.generate])
@given(scenarios(names=True))
def test_every_exhibit_of_trade_offs_can_be_made_and_drawn_whatever_the_names(scenario):
    for segment in views(scenario)[:2]:
        result = tradeoffs(scenario, segment)
        made = [exhibits.tradeoff(result, d) for d in scenario.discipline_ids[:2]]
        made += [exhibits.stability(result), exhibits.challenges(result), exhibits.levers(scenario, segment)]
        if len(scenario.disciplines) > 2:
            made.append(exhibits.leader_map(scenario, "D1", "D3", segment))
        for exhibit in made:
            assert all((exhibit.finding.strip(), exhibit.alt.strip(), exhibit.subtitle))
            assert "nan" not in re.sub(
                "|".join(map(re.escape, scenario.proposition_names)), "", exhibit.finding
            )
            for skin in ("deck", "light", "dark"):
                figure = exhibit.figure_in(skin)
                texts = str(figure.to_plotly_json())
                assert "<b>&;" not in texts.replace("<b>&lt;", "").replace("<b>&amp;", "")


@pytest.mark.parametrize("pair", [("D1", "D1"), ("D1", "D2")])
def test_a_map_of_one_weight_is_refused_with_the_way_out(pair):
    two = Scenario.from_arrays([[[1, 2], [2, 1]]], disciplines=["D1", "D2"])
    with pytest.raises(ValuemixError, match="three or more"):
        exhibits.leader_map(two, *pair)
