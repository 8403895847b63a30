"""A slide on the screen: the deck's own figure, all of it smaller."""

from __future__ import annotations

import re
from typing import Any

from plotly import graph_objects as go

__all__ = ["scaled"]

_PIXELS = frozenset(
    "size l r t b xshift yshift ax ay height standoff ticklabelstandoff ticklen tickwidth borderpad "
    "borderwidth arrowwidth startstandoff xgap ygap cornerradius".split()
)
"""Measures in pixels, whatever they are part of."""

_FONT_SIZE = re.compile(r'(<span style="[^">]*font-size:)([\d.]+)(?=px)')
"""Of a part of a text that has a size of its own; names are escaped, and never look like one."""


def scaled(figure: go.Figure, factor: float) -> go.Figure:
    """Figure of a fixed size with every measure in pixels multiplied.

    Parameters
    ----------
    figure : Figure
        Of a fixed width and height.
    factor : float
        Above 0.

    Examples
    --------
    >>> figure = go.Figure({"layout": {"width": 1280, "height": 720, "font": {"size": 14}}})
    >>> scaled(figure, 0.5).layout.width, scaled(figure, 0.5).layout.font.size
    (640.0, 7.0)
    """
    found = figure.to_plotly_json()
    data = [_scaled(trace, factor, ()) for trace in found["data"]]
    layout = _scaled(found["layout"], factor, ("layout",))
    return go.Figure({"data": data, "layout": layout}, _validate=False)


def _scaled(part: Any, factor: float, path: tuple[str, ...]) -> Any:
    if isinstance(part, dict):
        return {name: _scaled_entry(name, value, factor, path) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_scaled(item, factor, path) for item in part]
    if isinstance(part, str):
        return _FONT_SIZE.sub(lambda found: f"{found[1]}{float(found[2]) * factor:g}", part)
    return part


def _scaled_entry(name: str, value: Any, factor: float, path: tuple[str, ...]) -> Any:
    # The width of a line or of the figure is in pixels, that of a bar is in units of its axis.
    if name in _PIXELS or (name == "width" and path and path[-1] in {"line", "layout"}):
        return _multiplied(value, factor)
    return _scaled(value, factor, (*path, name))


def _multiplied(value: Any, factor: float) -> Any:
    if isinstance(value, (list, tuple)):
        return [_multiplied(item, factor) for item in value]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value * factor if is_number else value
