"""The desk's engine says what the library says, number by number, in a real Chromium."""

from __future__ import annotations

import numpy as np
import pytest
from engine_cases import ANSWER, Told, drawn, open_engine
from playwright.sync_api import Browser

BATCH = 50


@pytest.mark.parametrize("count", [BATCH, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_every_number_of_the_engine_is_the_librarys(chromium: Browser, count: int) -> None:
    page = chromium.new_page()
    open_engine(page)
    dice = np.random.default_rng(11)
    for _ in range(0, count, BATCH):
        cases = [drawn(dice) for _ in range(BATCH)]
        for case, answer in zip(cases, page.evaluate(ANSWER, cases), strict=True):
            Told(case).check(answer)
    page.close()
