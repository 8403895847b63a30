"""Colours of a deck: places in the theme, never fixed ones, so that a company's template recolours it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.dml import MSO_THEME_COLOR

from valuemix.charts.roles import Discipline, Ground, Mark

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
    "ground_paint",
    "role_paint",
]


@dataclass(frozen=True)
class Paint:
    """A colour of the theme, lighter (to 1) or darker (to -1) by some brightness, and less saturated."""

    theme: MSO_THEME_COLOR
    brightness: float = 0.0
    saturation: float = 1.0

    def on(self, fill: Any) -> None:
        """Fill with this colour, fully saturated: the ``fill`` of a shape, a line or a series."""
        fill.solid()
        self.color(fill.fore_color)

    def xml(self) -> str:
        """The colour as an element, for what python-pptx has no words for.

        Examples
        --------
        >>> FAINT.xml()
        '<a:schemeClr val="tx1"><a:lumMod val="25000"/><a:lumOff val="75000"/></a:schemeClr>'
        """
        calmer = f'<a:satMod val="{self.saturation * 1e5:.0f}"/>' if self.saturation < 1 else ""
        lighter = f'<a:lumOff val="{self.brightness * 1e5:.0f}"/>' if self.brightness > 0 else ""
        changed = f'<a:lumMod val="{(1 - abs(self.brightness)) * 1e5:.0f}"/>' if self.brightness else ""
        return f'<a:schemeClr val="{MSO_THEME_COLOR.to_xml(self.theme)}">{calmer}{changed}{lighter}</a:schemeClr>'

    def color(self, color: Any) -> None:
        """Set a colour of a font or a line to this one."""
        color.theme_color = self.theme
        if self.brightness:
            color.brightness = self.brightness


# Lighter text colours and not darker grounds, so that they also show on a dark template.
INK = Paint(MSO_THEME_COLOR.TEXT_1)
MUTED = Paint(MSO_THEME_COLOR.TEXT_2)
CONTEXT = Paint(MSO_THEME_COLOR.TEXT_1, 0.45)
FAINT = Paint(MSO_THEME_COLOR.TEXT_1, 0.75)
GROUND = Paint(MSO_THEME_COLOR.BACKGROUND_1)
HIGHLIGHT = Paint(MSO_THEME_COLOR.TEXT_1, 0.15)

# The accents are the disciplines' in their order: what rises and what lies behind a number takes none of
# them, what falls the last, which is free up to five disciplines. Signs and lengths say both without colour.
GAIN = MUTED
LOSS = Paint(MSO_THEME_COLOR.ACCENT_6)

ON_TINT = Paint(MSO_THEME_COLOR.DARK_1)
"""Text upon a tint: dark whatever the ground of the slide is."""

CALM = 0.6
"""Saturation of tints: a lighter accent would glare."""

_ACCENTS = (
    MSO_THEME_COLOR.ACCENT_1,
    MSO_THEME_COLOR.ACCENT_2,
    MSO_THEME_COLOR.ACCENT_3,
    MSO_THEME_COLOR.ACCENT_4,
    MSO_THEME_COLOR.ACCENT_5,
    MSO_THEME_COLOR.ACCENT_6,
)

_DARKER = (0, 2, 4, 3, 1, 5)
"""Accents in the order in which they are taken darker: a dark orange is much like a sixth accent of brown."""


def discipline(place: int) -> Paint:
    """Colour of a discipline by its place: the six accents, then the same ones darker, the least alike first.

    Examples
    --------
    >>> discipline(1).theme.name, discipline(7).theme.name, discipline(7).brightness
    ('ACCENT_2', 'ACCENT_3', -0.5)
    """
    around, place = divmod(place % 12, 6)
    return Paint(_ACCENTS[_DARKER[place]], -0.5) if around else Paint(_ACCENTS[place])


def role_paint(mark: Mark) -> Paint:
    """Colour of a mark or a text by what it is there for.

    Examples
    --------
    >>> role_paint("highlight") == HIGHLIGHT, role_paint(Discipline(3)).theme.name
    (True, 'ACCENT_4')
    """
    if isinstance(mark, Discipline):
        return discipline(mark.place)
    return {
        "ink": INK, "muted": MUTED, "highlight": HIGHLIGHT, "context": CONTEXT,
        "gain": GAIN, "loss": LOSS,
    }[mark]  # fmt: skip


def ground_paint(ground: Ground) -> Paint:
    """Ground of a cell: a tint, the deeper the more; of another colour where something falls, pale where it stays.

    Examples
    --------
    >>> [round(ground_paint(Ground("depth", strength)).brightness, 2) for strength in (0, 0.3, 1)]
    [0.92, 0.8, 0.46]
    >>> [ground_paint(Ground("change", strength)).theme.name for strength in (0.5, -0.5, 0)]
    ['TEXT_2', 'ACCENT_6', 'TEXT_1']
    """
    strength = ground.strength
    if isinstance(ground.role, Discipline):
        return Paint(_ACCENTS[ground.role.place % 6], (0.85, 0.7, 0.55)[min(int(strength * 3), 2)], CALM)
    if ground.role == "depth":
        step = min(int(max(strength, 0.0) * 5), 4)
        return Paint(GAIN.theme, (0.92, 0.8, 0.68, 0.56, 0.46)[step], CALM)
    if not strength:
        return Paint(MSO_THEME_COLOR.TEXT_1, 0.92)
    return Paint(
        GAIN.theme if strength > 0 else LOSS.theme, (0.84, 0.7, 0.56)[min(int(abs(strength) * 3), 2)], CALM
    )
