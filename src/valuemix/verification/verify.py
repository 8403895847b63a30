"""Published examples beside what the engine computes of the same inputs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from valuemix.verification.computing import KINDS

__all__ = ["Disputed", "Example", "Verification", "verify"]


@dataclass(frozen=True)
class Example:
    """One printed figure, and what the engine computes in its place.

    `ok` where the two differ by at most half a unit of the last printed digit.
    """

    name: str
    source: str
    printed: float
    computed: float
    difference: float
    ok: bool

    @property
    def shown_difference(self) -> float:
        """Difference without the noise of the arithmetic."""
        return round(self.difference, 12) + 0.0


@dataclass(frozen=True)
class Disputed:
    """A published example that contradicts itself, and what is wrong in it."""

    name: str
    source: str
    wrong: str


@dataclass(frozen=True)
class Verification:
    """Every published example with its result, and the examples that are wrong in print."""

    examples: tuple[Example, ...]
    disputed: tuple[Disputed, ...]

    @property
    def ok(self) -> bool:
        """Whether every figure comes out as printed."""
        return all(example.ok for example in self.examples)

    @property
    def finding(self) -> str:
        """How many figures come out as printed, in one sentence."""
        right = sum(example.ok for example in self.examples)
        sources = len({example.source for example in self.examples})
        return f"{right} of {len(self.examples)} figures from {sources} sources come out as printed."

    def document(self) -> dict[str, Any]:
        """Return what ``valuemix verify --json`` prints."""
        return asdict(self) | {"ok": self.ok}

    def text(self) -> str:
        """Return what ``valuemix verify`` prints."""
        lines = [
            f"{'as printed' if e.ok else 'DIFFERS'}  {e.name}: printed {e.printed:.10g}, "
            f"computed {e.computed:.10g}, difference {e.shown_difference:.2g} ({e.source})"
            for e in self.examples
        ]
        lines += ["", "Wrong in print, and not counted:"]
        lines += [f"{d.name} ({d.source}): {d.wrong}" for d in self.disputed]
        lines += ["", self.finding]
        return "\n".join(lines)


def verify() -> Verification:
    """Published examples of the literature, computed anew by this engine.

    Returns
    -------
    Verification
        One example a printed figure; its `ok` tells whether all of them come out as printed.

    Examples
    --------
    >>> import valuemix as vm
    >>> vm.verify().ok
    True
    """
    read = _read()
    found: list[Example] = []
    for case in read["examples"]:
        computed = KINDS[case["kind"]](case["inputs"])
        for (label, printed), value in zip(case["printed"].items(), computed, strict=True):
            found.append(_compared(f"{case['name']}, {label}", case["source"], printed, float(value)))
    return Verification(tuple(found), tuple(Disputed(**case) for case in read["disputed"]))


def _compared(name: str, source: str, printed: str, computed: float) -> Example:
    """Return a figure beside what is printed, as far as its digits tell."""
    exponent = Decimal(printed).as_tuple().exponent
    half = 0.5 * 10.0 ** int(exponent)
    difference = computed - float(printed)
    return Example(name, source, float(printed), computed, difference, abs(difference) <= half + 1e-9)


@cache
def _read() -> dict[str, Any]:
    """Return the examples of the package."""
    read: dict[str, Any] = json.loads((files(__package__) / "examples.json").read_text(encoding="utf-8"))
    return read
