"""The desk as files and data: sliders, ranking and segments that answer in the browser while they move.

It is one component of plain files in ``ui/static/desk``, read here as data: the Balance page and the files that
work without a server show the same one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.value.moving import moving_moments
from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.words.claims import lead_verb
from valuemix.exhibits.words.formats import decimals_of, lead_decimals
from valuemix.model.carried_weights import points_by_name
from valuemix.model.scenario import Scenario
from valuemix.model.weights import TOTAL_POINTS, rounded_points, shares
from valuemix.typing import FloatArray

__all__ = [
    "ALL",
    "SIZES",
    "desk_css",
    "desk_data",
    "desk_html",
    "desk_script",
    "lead_words",
    "without_comments",
]

ALL, SIZES = "all", "sizes"
"""Row of the sliders that move every segment together, and of those for sizes."""
_SCRIPTS = ("engine.js", "mix.js", "draw.js", "sliders.js", "standing.js", "tracks.js", "desk.js")
_COMMENT = re.compile(r"^ *(//[^\n]*|/\*((?!\*/).)*\*/) *$", re.MULTILINE | re.DOTALL)


@cache
def _text(name: str) -> str:
    return resources.files("valuemix").joinpath("ui", "static", "desk", name).read_text(encoding="utf-8")


def desk_html() -> str:
    """Its markup: a section of the class ``desk``."""
    return _text("desk.html")


def desk_css() -> str:
    """Its look; colours are Streamlit's variables, with those of the system where there are none."""
    return without_comments(_text("desk.css"))


def desk_script() -> str:
    """All scripts as one module, whose default export draws: it is loaded from where no other file is found."""
    without_imports = re.sub(r"^import .*;$", "", "\n".join(map(_text, _SCRIPTS)), flags=re.MULTILINE)
    return without_comments(re.sub(r"^export (?!default)", "", without_imports, flags=re.MULTILINE))


def without_comments(text: str) -> str:
    """A script or a style without comments that have lines of their own, and without indents.

    Those are for who reads the files: the app sends the text with every answer, and a report carries it.

    Examples
    --------
    >>> without_comments("// Twice.\\nconst two = n => {\\n  return 2 * n; // not 3\\n};\\n")
    'const two = n => {\\nreturn 2 * n; // not 3\\n};\\n'
    """
    return re.sub(r"\n\s*", "\n", _COMMENT.sub("", text)).lstrip()


def desk_data(
    scenario: Scenario, saved: Evaluation | None, colors: Sequence[str], *, marked: str = "before"
) -> dict[str, Any]:
    """What the desk shows of a scenario, as JSON: scores and points as in the file, nothing that it computes itself.

    Parameters
    ----------
    scenario : Scenario
        Its scores, points and sizes.
    saved : Evaluation or None
        What the marks show; None without any.
    colors : sequence of str
        Of the disciplines; they come again where these are more.
    marked : str
        What the marks are called.
    """
    settings = scenario.settings
    return {
        "propositions": [*scenario.proposition_names],
        "disciplines": [*scenario.discipline_names],
        "segments": [*scenario.segment_names],
        "colors": [colors[d % len(colors)] for d in range(len(scenario.disciplines))],
        "scale": {"lowest": scenario.scale.lowest, "highest": scenario.scale.highest},
        "decimals": decimals_of(scenario),
        "lead_decimals": lead_decimals(scenario),
        "rho": settings.compensation, "eps": settings.fairness,
        "scores": _listed(scenario.array("scores")),
        "points": scenario.points.tolist(), "sizes": scenario.sizes.tolist(),
        "mixed": _moments(scenario),
        "saved": saved and _saved(saved, scenario), "marked": marked,
    }  # fmt: skip


def _moments(scenario: Scenario) -> dict[str, Any] | None:
    """What moments weigh and are worth that move with their segment; what is the segment's stands there once."""
    if moving_moments(scenario) is None:
        return None
    over = scenario.settings.compensation_over_moments
    means, given = scenario.moment_means, shares(scenario.given_points)
    own = {(row.segment, row.moment) for row in scenario.moment_points}
    names = scenario.moment_names
    mixes = [
        [mix if (segment, names[j]) in own else None for j, mix in enumerate(rows)]
        for segment, rows in zip(scenario.segment_names, means.mixes.tolist(), strict=True)
    ]
    scores = means.own_scores
    places = np.argwhere(~np.isnan(scores).all(axis=-1)).tolist()
    return {
        "shares": means.shares.tolist(), "mixes": mixes, "given": given.tolist(),
        "scores": _listed(scenario.given("scores")),
        "own": [[*place, _listed(scores[tuple(place)])] for place in places],
        "over": 1 if over is None else over,
    }  # fmt: skip


def lead_words(scenario: Scenario, segment: str | None) -> dict[str, Any]:
    """Who leads a segment, or all together, and how sure that is in words; nobody where there is no one leader."""
    found = certainty(scenario, segment)
    if len(found.leaders) != 1 or len(scenario.propositions) == 1:
        return {"leader": None, "words": ""}
    words = lead_verb([found.degree]) + (", too close to call," if found.degree == "open" else "")
    return {"leader": found.leaders[0], "words": words}


def _listed(array: FloatArray) -> Any:
    """Numbers as lists; None where there is none."""
    listed = array.astype(object)
    listed[np.isnan(array)] = None
    return listed.tolist()


def _saved(before: Evaluation, scenario: Scenario) -> dict[str, Any] | None:
    """Values and weights of the saved scenario for what is there today; None where scales differ."""
    saved = before.scenario
    if saved.scale != scenario.scale:
        return None
    names, columns = {name: p for p, name in enumerate(saved.proposition_names)}, scenario.proposition_names
    rows = [
        before.values_in(name) if name in saved.segment_names else None
        for name in scenario.segment_names
    ]  # fmt: skip
    values = [
        [_number(row[names[each]]) if row is not None and each in names else None for each in columns]
        for row in [*rows, before.overall]
    ]
    return {"values": values, "points": _saved_points(saved, scenario)}


def _saved_points(saved: Scenario, scenario: Scenario) -> dict[str, list[float]]:
    """Saved weights by row, in points of 100; none where the disciplines differ."""
    found: dict[str, list[int]] = {}
    if saved.discipline_ids == scenario.discipline_ids:
        points = points_by_name(saved, scenario)
        found |= {
            str(row): rounded_points(each, 10 * TOTAL_POINTS) for row, each in enumerate(points.tolist())
        }
        found[ALL] = rounded_points([*(saved.size_shares @ saved.weights)], 10 * TOTAL_POINTS)
    if saved.segment_names == scenario.segment_names:
        found[SIZES] = rounded_points(saved.sizes.tolist(), 10 * TOTAL_POINTS)
    return {row: [each / 10 for each in points] for row, points in found.items()}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
