"""The owner's totals outrank what names tell: how they count what is missing, and what they are worked out from."""

from __future__ import annotations

from pathlib import Path

import pytest
from written_tables import order, table

from valuemix.files.recognition.entry import recognise


@pytest.mark.parametrize(
    ("totals", "best", "is_filled"),
    [
        ((3.5, 3.2, 3.1), "A", True),
        ((3.5, 4.0, 3.1), "B", False),
        ((70, 64, 62), "A", True),
        ((70, 80, 62), "B", False),
        ((350, 320, 310), "A", True),
        ((5.83, 5.33, 5.17), "A", True),
    ],
    ids=[
        "missing as 0",
        "left out",
        "percent, as 0",
        "percent, left out",
        "points",
        "to a top of the owner's",
    ],
)
def test_a_missing_score_counts_as_in_the_owners_totals(
    tmp_path: Path, totals: tuple[float, ...], best: str, *, is_filled: bool
) -> None:
    rows = [("A", 4, 3, 3), ("B", 4, 4, ""), ("C", 3, 2, 5)]
    lines = [f"{','.join(map(str, row))},{total}" for row, total in zip(rows, totals, strict=True)]
    found = recognise(table(tmp_path, "\n".join([",Speed,Care,Price,Total", "Weight,50,30,20,", *lines])))
    assert str(found.reading.proof) == "Your own totals agree (3 of 3)."
    assert order(found)[0] == best
    told = "Your totals count a missing score as 0, and so it is here: B on Price."
    assert (told in found.reading.guesses) == is_filled


def test_a_feature_without_effort_is_left_out_of_a_backlog(tmp_path: Path) -> None:
    rows = "Feature,Reach,Impact,Effort,RICE\nCarts,12000,1,4,3000\nPay,18500,2,6,6167\nLoyalty,9000,2,,\n"
    found = recognise(table(tmp_path, rows))
    assert order(found) == ["Pay", "Carts"]
    [why] = [left.why for left in found.reading.left_out if left.what == "Loyalty"]
    assert why == "without 'Effort' its product has no value"
