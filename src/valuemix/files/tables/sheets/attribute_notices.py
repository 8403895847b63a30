"""What an import says of attributes: values that are missing, and values beyond an anchor."""

from __future__ import annotations

import numpy as np

from valuemix.errors import Place, shorten
from valuemix.files.tables.sheets.cells import Draft
from valuemix.model.attributes.value_function import beyond_anchor
from valuemix.model.rule_parts import number
from valuemix.model.scenario import Scenario

__all__ = ["tell_attributes"]


def tell_attributes(draft: Draft, scenario: Scenario) -> None:
    """Say which values count as an anchor, and which are missing.

    Parameters
    ----------
    draft : Draft
        Takes the notices.
    scenario : Scenario
        Valid.
    """
    named = {attribute.name: attribute for attribute in scenario.attributes}
    for i, row in enumerate(scenario.attribute_scores):
        attribute = named[row.attribute]
        end = "" if row.value is None else beyond_anchor(attribute, row.value)
        if end and row.value is not None:
            anchor = number(getattr(attribute, end))
            message = (
                f"{number(row.value)} lies beyond {end} of {shorten(row.attribute)!r} and counts as {anchor}"
            )
            place = draft.places.get(("attribute_scores", i, "value"), Place())
            mend = "Leave it, or move the anchor in the sheet Attributes"
            draft.notice("BEYOND_ANCHOR", message, place, mend)
    if scenario.attributes:
        _tell_missing(draft, scenario)


def _tell_missing(draft: Draft, scenario: Scenario) -> None:
    """Name every proposition that has no value on an attribute that has weight, and where."""
    scoring = scenario.attribute_scoring
    lacking = np.isnan(scoring.unit_values) & (scoring.points > 0)[:, None]
    for p, a in np.argwhere(lacking.any(axis=0)).tolist():
        segments = [scenario.segment_names[g] for g in np.flatnonzero(lacking[:, p, a])]
        everywhere = len(segments) == len(scenario.segment_names)
        where = "" if everywhere else f" in {', '.join(map(shorten, segments[:3]))}"
        where += f" and {len(segments) - 3} more segments" if not everywhere and len(segments) > 3 else ""
        name, attribute = shorten(scenario.proposition_names[p]), shorten(scenario.attribute_names[a])
        message = (
            f"{name} has no value on {attribute}{where}; its weight goes to the other attributes there, and "
        )
        draft.notice("MISSING", message + "results that rest on it are marked partial", Place())
