"""The desk: sliders, ranking and segments that answer in the browser while they move.

It is one component of plain files in ``ui/static/desk``; this module joins them and makes its data.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

import numpy as np
import streamlit as st

from valuemix.analysis.certainty.certainty import certainty
from valuemix.analysis.value.scoring import Evaluation
from valuemix.exhibits.words.claims import lead_verb
from valuemix.exhibits.words.formats import decimals_of
from valuemix.model.scenario import Scenario
from valuemix.model.weights import TOTAL_POINTS, rounded_points
from valuemix.screen.skins import SKINS
from valuemix.typing import FloatArray
from valuemix.ui.session.edits import DESK
from valuemix.ui.session.sliders import ALL, SIZES, points_by_name
from valuemix.ui.session.tab import Session
from valuemix.ui.widgets.components import skin

__all__ = ["desk", "desk_data"]

_SCRIPTS = ("engine.js", "mix.js", "draw.js", "desk.js")


def _text(name: str) -> str:
    return resources.files("valuemix.ui").joinpath("static", "desk", name).read_text(encoding="utf-8")


def _script() -> str:
    """All scripts as one module: Streamlit loads it from an address where no other file is found."""
    joined = "\n".join(map(_text, _SCRIPTS))
    without_imports = re.sub(r"^import .*;$", "", joined, flags=re.MULTILINE)
    return re.sub(r"^export (?!default)", "", without_imports, flags=re.MULTILINE)


_DESK = st.components.v2.component(
    "valuemix.desk", html=_text("desk.html"), css=_text("desk.css"), js=_script()
)


def desk(now: Session) -> None:
    """The desk of the open scenario; what it sends is taken by `Edits.drain`."""
    now.edits.follow_desk()
    _DESK(key=DESK, data=desk_data(now), default={"commit": None}, on_commit_change=now.edits.drain)


def desk_data(now: Session) -> dict[str, Any]:
    """What the desk shows, as JSON: scores and points as in the file, nothing computed that it computes itself."""
    scenario, agreed = now.scenario, now.edits.desk
    settings = scenario.settings
    return {
        "epoch": agreed.epoch, "rev": agreed.rev, "client": agreed.client, "ack": agreed.ack,
        "propositions": [*scenario.proposition_names],
        "disciplines": [*scenario.discipline_names],
        "segments": [*scenario.segment_names],
        "colors": [SKINS[skin()].marks[d % len(SKINS[skin()].marks)] for d in range(len(scenario.disciplines))],
        "scale": {"lowest": scenario.scale.lowest, "highest": scenario.scale.highest},
        "decimals": decimals_of(scenario),
        "rho": settings.compensation, "eps": settings.fairness,
        "scores": _listed(scenario.array("scores")),
        "points": scenario.points.tolist(), "sizes": scenario.sizes.tolist(),
        "row": now.edits.row,
        "held": {row: sorted(held) for row, held in now.edits.locked.items()}, "shown": agreed.shown,
        "saved": _saved(now.edits.before, scenario),
        "said": _said(now),
    }  # fmt: skip


def _listed(array: FloatArray) -> Any:
    """Numbers as lists; None where there is none."""
    listed = array.astype(object)
    listed[np.isnan(array)] = None
    return listed.tolist()


def _said(now: Session) -> dict[str, Any]:
    """Who leads in view, and how sure that is in words; nobody where there is no one leader."""
    found = certainty(now.scenario, now.segment)
    if len(found.leaders) != 1 or len(now.scenario.propositions) == 1:
        return {"row": now.edits.row, "leader": None, "words": ""}
    words = lead_verb([found.degree]) + (", too close to call," if found.degree == "open" else "")
    return {"row": now.edits.row, "leader": found.leaders[0], "words": words}


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
