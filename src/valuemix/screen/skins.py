"""Colours of figures and pages in three skins: deck, light and dark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from valuemix.charts.roles import Discipline, Ground, Mark
from valuemix.charts.table import Cell
from valuemix.exhibits.exhibit import SkinName

__all__ = ["SKINS", "Skin"]

# The four common disciplines first, then eight for disciplines of one's own, in an order that keeps
# any number of them apart: the nearest two differ by 16 in CIELAB in light and 13 in dark, under
# every kind of colour blindness (Machado, Oliveira and Fernandes 2009).
_MARKS = (
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8C6EFA", "#6E1E0A",
    "#280A8C", "#E60A50", "#5A643C", "#6E1E6E", "#003C3C", "#00140A",
)  # fmt: skip
_TWINS = (
    "#005A8E", "#A84A00", "#00704F", "#9C4377", "#6F55D0", "#6E1E0A",
    "#280A8C", "#C80A46", "#5A643C", "#6E1E6E", "#003C3C", "#00140A",
)  # fmt: skip
_DARK = (
    "#4A9FD8", "#E8793A", "#2DBE93", "#DD9CC0", "#8C6EFA", "#E6A000",
    "#BEC8FA", "#FA3C64", "#F0FA50", "#E63CB4", "#6EFABE", "#B4FA96",
)  # fmt: skip


@dataclass(frozen=True)
class Skin:
    """Colours and measures of one place where figures are shown.

    Attributes
    ----------
    marks, twins : tuple of str
        Colour of each discipline in order, and its darker (or lighter) twin for text.
    on_mark : str
        Text upon a mark.
    ink, muted, faint, ground : str
        Text, secondary text, lines, and what lies behind.
    context, highlight : str
        Marks that are no disciplines: the many and the one.
    good, bad : str
        Variance alone.
    cold, warm : str
        Ends of the ramp behind the cells of a table.
    hot : str
        End of the deeper ramp behind shares: as deep as text upon it can bear.
    deck : bool
        Whether title and foot stand inside and the size is fixed.
    """

    name: SkinName
    marks: tuple[str, ...]
    twins: tuple[str, ...]
    on_mark: str
    ink: str
    muted: str
    faint: str
    ground: str
    context: str
    highlight: str
    good: str
    bad: str
    cold: str
    warm: str
    hot: str
    font: str
    deck: bool = False

    def text_of(self, cell: Cell) -> str:
        """Colour of the text of a cell."""
        return self.ink if cell.ground is not None else self.color_of(cell.role, text=True)

    def color_of(self, mark: Mark, *, text: bool = False) -> str:
        """Colour of a mark, or of a text, by what it is there for.

        Examples
        --------
        >>> SKINS["light"].color_of("highlight"), SKINS["light"].color_of(Discipline(1), text=True)
        ('#3D4B5C', '#A84A00')
        """
        if isinstance(mark, Discipline):
            return (self.twins if text else self.marks)[mark.place % len(self.marks)]
        return {
            "ink": self.ink, "muted": self.muted, "highlight": self.highlight,
            "context": self.context, "gain": self.good, "loss": self.bad,
        }[mark]  # fmt: skip

    def ground_of(self, ground: Ground) -> str:
        """Colour behind a text: from cold to warm; what rises and falls in a trace of good and bad.

        Examples
        --------
        >>> SKINS["light"].ground_of(Ground("depth", 0.0)), SKINS["light"].ground_of(Ground("depth", 1.0))
        ('#F3F6F9', '#B3BCC7')
        """
        if isinstance(ground.role, Discipline):
            return _between(self.cold, self.color_of(ground.role), 0.12 + 0.4 * ground.strength)
        if ground.role == "depth":
            return _between(self.cold, self.warm, ground.strength)
        end = self.good if ground.strength > 0 else self.bad
        return _between(self.cold, end, 0.35 * abs(ground.strength))


def _between(start: str, end: str, part: float) -> str:
    """Colour so far on the way from one to another."""
    pairs = ((int(start[i : i + 2], 16), int(end[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * min(part, 1.0)):02X}" for a, b in pairs)


_DECK_FONT = "Inter, 'Segoe UI', 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', sans-serif"
_SCREEN_FONT = "'Source Sans', 'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Arial, sans-serif"


def _bright(name: SkinName, font: str, good: str, bad: str, *, deck: bool) -> Skin:
    return Skin(
        name=name, marks=_MARKS, twins=_TWINS, on_mark="#FFFFFF", ink="#1F2933", muted="#5F6B7A",
        faint="#C9D1D9", ground="#FFFFFF", context="#AEB8C4", highlight="#3D4B5C", good=good, bad=bad,
        cold="#F3F6F9", warm="#B3BCC7", hot="#8E9AA8", font=font, deck=deck,
    )  # fmt: skip


SKINS: Mapping[SkinName, Skin] = MappingProxyType(
    {
        # As a slide on the plain theme has them, which has no place for a green and a red of its own.
        "deck": _bright("deck", _DECK_FONT, good="#5F6B7A", bad="#6E1E0A", deck=True),
        "light": _bright("light", _SCREEN_FONT, good="#007A5E", bad="#B3261E", deck=False),
        "dark": Skin(
            name="dark",
            marks=_DARK,
            twins=_DARK,
            on_mark="#14181D",
            ink="#F0F2F5",
            muted="#A3ADB8",
            faint="#3A434E",
            ground="#0E1117",
            context="#5D6875",
            highlight="#D5DCE4",
            good="#3CC49A",
            bad="#FF7B72",
            cold="#181E26",
            warm="#3F4A57",
            hot="#556270",
            font=_SCREEN_FONT,
        ),
    }
)
