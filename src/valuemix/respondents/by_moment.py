"""What respondents say of moments, on the sheets of moments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from valuemix.errors import EditError, shorten
from valuemix.model.moments.parts import Moment, MomentScore
from valuemix.model.names import name_key
from valuemix.model.scenario import Scenario
from valuemix.respondents.case import Frame, few
from valuemix.respondents.heard import Heard

__all__ = ["with_moments"]

_DIGITS = 12


def with_moments(made: Scenario, frame: Frame, heard: Heard) -> Scenario:
    """The case with scores of moments as respondents gave them; moments that it has not are added.

    Raises
    ------
    EditError
        Where a moment is new and the others have shares of contacts.
    """
    if not heard.in_moments:
        return made
    new = _new(made, [*dict.fromkeys(moment for moment, _ in heard.in_moments)])
    known = {name_key(name): name for name in (*made.moment_names, *new)}
    names = [known[name_key(moment)] for moment, _ in heard.in_moments]
    return made.replace(
        moments=[*made.moments, *(Moment(name=name) for name in new)],
        moment_scores=_scores(made, frame, heard, names),
    )


def _new(made: Scenario, asked: Sequence[str]) -> list[str]:
    """Moments that the case has not."""
    known = {name_key(name) for name in made.moment_names}
    new = [name for name in asked if name_key(name) not in known]
    if new and any(moment.share is not None for moment in made.moments):
        raise EditError(
            f"the map has ratings in {few(new)}, no moment of {shorten(made.name)!r}, whose moments have shares of "
            "contacts; add a row with its share to the sheet Moments, or leave the shares there blank"
        )
    return new


def _scores(made: Scenario, frame: Frame, heard: Heard, names: Sequence[str]) -> list[MomentScore]:
    """Rows of the sheet, with what was heard in its place."""
    rows = {(row.proposition, row.segment, row.moment): row for row in made.moment_scores}
    for g, p, m in np.argwhere(~np.isnan(heard.moment_scores)).tolist():
        at, to = int(frame.segments[g]), int(frame.propositions[p])
        if at >= 0 and to >= 0:
            key = made.proposition_names[to], made.segment_names[at], names[m]
            scores = dict(rows[key].scores) if key in rows else {}
            scores[frame.disciplines[heard.in_moments[m][1]].id] = float(
                f"{heard.moment_scores[g, p, m]:.{_DIGITS}g}"
            )
            rows[key] = MomentScore(proposition=key[0], segment=key[1], moment=key[2], scores=scores)
    return [*rows.values()]
