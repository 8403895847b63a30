"""How many examples a law is tried on: a sample in the suite, all of them in ``.ci/nightly``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

SAMPLE = 2
NIGHTLY = bool(os.environ.get("VALUEMIX_NIGHTLY"))


def sampled(cases: Iterable[Any], few: int = 1, *, rows: bool = False) -> list[Any]:
    """Cases of one kind: the first of them in the suite, the rest by night; rows where each has several arguments."""
    return [
        case if place < few else pytest.param(*(case if rows else (case,)), marks=pytest.mark.nightly)
        for place, case in enumerate(cases)
    ]


def tries(many: int, few: int = SAMPLE) -> int:
    """Examples of a law that draws figures, makes files or looks for changes: too dear for many at every change."""
    return many if NIGHTLY else min(many, few)
