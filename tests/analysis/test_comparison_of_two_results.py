"""Two results side by side."""

import numpy as np
import pytest

from valuemix.analysis.compare.comparison import change
from valuemix.analysis.value.scoring import evaluate
from valuemix.errors import UnknownName
from valuemix.model.scenario import Scenario


def case(scores, names, **more):
    return evaluate(Scenario.from_arrays(scores, propositions=names, **more))


def test_propositions_are_aligned_by_name_and_not_by_place():
    found = change(case([[1, 1], [2, 2]], ["A", "B"]), case([[2, 2], [3, 3]], ["B", "A"]))
    assert found.propositions == ("A", "B")
    assert found.changes.tolist() == [2, 0]
    assert found.ranks_before.tolist() == [2, 1]
    assert found.ranks_after.tolist() == [1, 2]
    assert found.moved.tolist() == [True, False]


def test_what_only_one_side_has_is_listed_and_has_no_change():
    found = change(case([[1, 1], [2, 2]], ["A", "B"]), case([[2, 2], [3, 3]], ["B", "C"]))
    assert (found.propositions, found.new, found.gone) == (("C", "B", "A"), ("C",), ("A",))
    assert np.isnan(found.changes).tolist() == [True, False, True]
    assert found.to_frame()["rank"].isna().to_list() == [False, False, True]


def test_values_on_different_scales_are_not_subtracted():
    found = change(case([[1, 1]], ["A"]), case([[1, 1]], ["A"], scale=(0, 5)))
    assert not found.same_scale
    assert np.isnan(found.changes).all()


def test_a_segment_that_one_side_lacks_leaves_that_side_empty():
    found = change(case([[1, 1]], ["A"], segments=["X"]), case([[1, 1]], ["A"], segments=["Y"]), "Y")
    assert (found.segment_before, found.segment_after) == (False, True)
    assert np.isnan(found.values_before).all()
    with pytest.raises(UnknownName, match="unknown segment 'Z'"):
        change(case([[1, 1]], ["A"]), case([[1, 1]], ["A"]), "Z")


def test_noise_below_a_tie_is_no_move():
    found = change(case([[0.3, 0.3]], ["A"]), case([[0.1 + 0.2, 0.3]], ["A"]))
    assert not found.moved.any()
