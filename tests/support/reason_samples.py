"""A scenario whose scores have reasons, with texts that nothing may run or read as markup."""

from __future__ import annotations

from attribute_samples import two_levels

from valuemix.model.reasons.parts import Reason
from valuemix.model.scenario import Scenario

__all__ = ["HOSTILE", "with_reasons"]

HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> **[a](b)** $x$'


def with_reasons() -> Scenario:
    """One reason of an attribute, one of a discipline in a segment, one of a discipline made of attributes."""
    return two_levels().replace(
        reasons=[
            Reason(
                proposition="48-hour parts",
                attribute="Delivery",
                kind="own words",
                text="It came before we asked",
                source="Interview",
                date="2026-03",
                who="Plant manager",
            ),
            Reason(
                proposition="48-hour parts",
                segment="Enterprise",
                discipline="care",
                kind="data",
                text=HOSTILE,
            ),
            Reason(proposition="Named engineer", discipline="speed", text="Two of three calls", date="2025"),
        ]
    )
