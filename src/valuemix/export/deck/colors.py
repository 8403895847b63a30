"""Colours of a deck: places in the theme, never fixed ones, so that a company's template recolours it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR

__all__ = [
    "CONTEXT",
    "FAINT",
    "GROUND",
    "HIGHLIGHT",
    "INK",
    "MUTED",
    "ON_TINT",
    "Paint",
    "discipline",
    "tint",
]


@dataclass(frozen=True)
class Paint:
    """A colour of the theme, lighter (to 1) or darker (to -1) by some brightness."""

    theme: MSO_THEME_COLOR
    brightness: float = 0.0

    def on(self, fill: Any) -> None:
        """Fill with this colour: the ``fill`` of a shape, a line, a cell or a series."""
        fill.solid()
        self.color(fill.fore_color)

    def color(self, color: Any) -> None:
        """Set a colour of a font or a line to this one."""
        color.theme_color = self.theme
        if self.brightness:
            color.brightness = self.brightness


# Lighter text colours and not darker grounds, so that they also show on a dark template.
INK = Paint(MSO_THEME_COLOR.TEXT_1)
MUTED = Paint(MSO_THEME_COLOR.TEXT_2)
CONTEXT = Paint(MSO_THEME_COLOR.TEXT_1, 0.65)
FAINT = Paint(MSO_THEME_COLOR.TEXT_1, 0.75)
GROUND = Paint(MSO_THEME_COLOR.BACKGROUND_1)
HIGHLIGHT = Paint(MSO_THEME_COLOR.ACCENT_1)

ON_TINT = Paint(MSO_THEME_COLOR.DARK_1)
"""Text upon a tint: dark whatever the ground of the slide is."""

_ACCENTS = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
    MSO_THEME_COLOR.ACCENT_6,
)


def discipline(place: int) -> Paint:
    """Colour of a discipline by its place: the six accents, then the same ones darker.

    Examples
    --------
    >>> discipline(1).theme.name, discipline(7).theme.name, discipline(7).brightness
    ('ACCENT_2', 'ACCENT_2', -0.5)
    """
    return Paint(_ACCENTS[place % 6], -0.5 * (place // 6 % 2))


def tint(share: float) -> Paint:
    """Ground of a cell: the first accent in five steps, the larger the share the deeper.

    Examples
    --------
    >>> [round(tint(share).brightness, 2) for share in (0, 0.3, 1)]
    [0.92, 0.76, 0.44]
    """
    step = min(int(max(share, 0.0) * 5), 4)
    return Paint(MSO_THEME_COLOR.ACCENT_1, (0.92, 0.76, 0.66, 0.56, 0.44)[step])
