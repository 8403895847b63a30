"""Weights that are sent as a code: taken exactly, or refused with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nightly import tries
from sample_scenarios import made

from valuemix.errors import EditError, ValuemixError
from valuemix.model.carried_weights import weights_code, weights_sender, with_weights_code
from valuemix.model.scenario import Scenario


@given(st.from_type(Scenario), st.text(max_size=60))
@settings(max_examples=tries(100))
def test_nothing_but_a_code_of_weights_is_taken(scenario: Scenario, text: str) -> None:
    with pytest.raises(EditError):
        with_weights_code(scenario, text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda code: code + "~10_20_30_40", "other segments"),
        (lambda code: code.rpartition("_")[0], "other segments"),
        (lambda code: "0" * 8 + code[8:], "other segments"),
        (lambda code: code + "~sizes=30_30_40", "other segments"),
        (lambda code: code + "~sizes=", "no code"),
        (lambda code: code + "~by=Ms B.~sizes=30_70", "no code"),
        (lambda code: code + "~by=<b>", "no code"),
        (lambda code: code.replace("_", "_-", 1), "no code"),
        (lambda code: code.replace("_", "_nan_", 1), "no code"),
        (lambda code: code.replace("_", "_1_0_", 1).replace("1_0", "٣"), "no code"),
        (lambda code: code + "0" * 4000, "no code"),
        (lambda code: re.sub(r"(?<=~)[\d_.]+", "0_0_0_0", code), "points"),
        (lambda code: re.sub(r"(?<=~)\d+", "9" * 16, code, count=1), "points"),
    ],
)
def test_a_wrong_code_is_refused_with_the_reason(change: Callable[[str], str], message: str) -> None:
    scenario = made(3, 2)
    with pytest.raises(ValuemixError, match=message):
        with_weights_code(scenario, change(weights_code(scenario)))


def test_weights_made_for_other_segments_are_not_applied_to_these() -> None:
    code = weights_code(made(3, 2, segments=["A", "B"]))
    with pytest.raises(EditError, match="other segments"):
        with_weights_code(made(3, 2, segments=["B", "A"]), code)


def test_a_code_that_a_mail_broke_into_lines_is_taken_whole() -> None:
    scenario = made(3, 2)
    other = scenario.with_points(scenario.points[::-1])
    code = weights_code(other)
    assert with_weights_code(scenario, f"\n {code[:20]}\r\n  {code[20:]}\n") == other


def test_sizes_that_were_moved_come_with_the_weights() -> None:
    scenario = made(3, 2)
    found = with_weights_code(scenario, weights_code(scenario) + "~sizes=12.5_87.5")
    np.testing.assert_allclose(found.size_shares, [0.125, 0.875])
    assert np.array_equal(found.points, scenario.points)


@pytest.mark.parametrize(
    ("sent", "name"),
    [("", ""), ("~by=Ms%20B.", "Ms B."), ("~by=Zo%C3%AB", "Zoë"), ("~by=%E2%80%AEx", ""), ("~by=%0A%00", "")],
)
def test_a_code_says_who_sends_it_in_letters_that_a_name_may_hold(sent: str, name: str) -> None:
    assert weights_sender(weights_code(made(3, 2)) + sent) == name
