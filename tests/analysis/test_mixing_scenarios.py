"""A scenario part of the way from one to another."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries

from valuemix.analysis.compare.compare import compare
from valuemix.analysis.compare.mix import can_mix, mixed
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import EditError
from valuemix.model.scenario import Scenario


def pair(seed: int) -> tuple[Scenario, Scenario]:
    rng = np.random.default_rng(seed)
    one, other = (
        Scenario.from_arrays(
            rng.integers(0, 11, (2, 4, 4)),
            points=rng.integers(1, 50, (2, 4)),
            sizes=rng.integers(1, 9, 2),
            name=name,
        )
        for name in ("A", "B")
    )
    return one, other


@settings(max_examples=tries(40))
@given(st.integers(0, 10_000), st.floats(0, 1))
def test_values_part_of_the_way_are_those_of_the_path(seed: int, share: float) -> None:
    one, other = pair(seed)
    path = compare(one, other).path("A", "B")
    assert path is not None
    between = evaluate(mixed(one, other, share))
    piece = next(p for p in path.pieces if p.from_share <= share <= p.to_share)
    best = between.overall.max()
    assert between.overall[list(piece.leaders)] == pytest.approx(np.full(len(piece.leaders), best), abs=1e-6)


@given(st.integers(0, 100))
def test_the_ends_are_the_scenarios(seed: int) -> None:
    one, other = pair(seed)
    assert evaluate(mixed(one, other, 0)).overall == pytest.approx(evaluate(one).overall, abs=1e-9)
    assert evaluate(mixed(one, other, 1)).overall == pytest.approx(evaluate(other).overall, abs=1e-9)


def test_scores_at_the_end_of_the_scale_stay_on_the_scale() -> None:
    one, other = (Scenario.from_arrays([[10, second], [1, 2]]) for second in (3, 4))
    share = 2.2167739298356708e-05
    assert (1 - share) * 10 + share * 10 > 10
    assert mixed(one, other, share).array("scores")[0, 0, 0] == 10


def test_what_has_other_parts_or_settings_cannot_be_mixed() -> None:
    one, other = pair(0)
    assert can_mix(one, other)
    for different in (other.with_settings(fairness=1), Scenario.from_arrays([[1, 2, 3, 4]])):
        assert not can_mix(one, different)
        with pytest.raises(EditError, match="can be mixed"):
            mixed(one, different, 0.5)
    with pytest.raises(EditError, match="0 to 1"):
        mixed(one, other, 1.5)


def test_ranges_stay_where_scores_are_the_same() -> None:
    one = Scenario.from_arrays([[5, 5], [6, 4]], points=[80, 20]).with_table("low", [[[4, 4], [5, 3]]])
    other = one.with_points([[20, 80]])
    assert mixed(one, other, 0.5).low == one.low
    assert mixed(one, other.with_scores("Proposition 1", discipline_1=9), 0.5).low is None
