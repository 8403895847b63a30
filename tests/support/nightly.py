"""How many examples a law is tried on: a sample in the suite, all of them in ``.ci/nightly``."""

from __future__ import annotations

import os

SAMPLE = 5
NIGHTLY = bool(os.environ.get("VALUEMIX_NIGHTLY"))


def tries(many: int, few: int = SAMPLE) -> int:
    """Examples of a law that draws figures, makes files or looks for changes: too dear for many at every change."""
    return many if NIGHTLY else min(many, few)
