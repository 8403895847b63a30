"""How every figure looks: colours, the three skins, and the frame around a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from plotly import graph_objects as go

from valuemix.charts.roles import Discipline, Ground, Mark
from valuemix.charts.table import Cell
from valuemix.exhibits.words.lettering import balanced, escaped, foot_of, text_width, wrapped

if TYPE_CHECKING:
    from valuemix.exhibits.exhibit import Exhibit

__all__ = [
    "DECK_HEIGHT",
    "DECK_INSIDE",
    "DECK_MARGIN",
    "DECK_WIDTH",
    "SCREEN_INSIDE",
    "SKINS",
    "Skin",
    "SkinName",
    "blank",
    "deck_room",
    "deck_top",
    "figure_of",
]

SkinName = Literal["deck", "light", "dark"]

DECK_WIDTH, DECK_HEIGHT = 1280, 720
DECK_MARGIN = 44
DECK_FOOT = 74
DECK_INSIDE = DECK_WIDTH - 2 * DECK_MARGIN

SCREEN_INSIDE = 640
"""Pixels that a screen has at least for a whole chart: a narrower page scrolls those that need them."""

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
            "ink": self.ink, "muted": self.muted, "highlight": self.twins[0] if text else self.highlight,
            "context": self.context, "gain": self.good, "loss": self.bad,
        }[mark]  # fmt: skip

    def ground_of(self, ground: Ground) -> str:
        """Colour behind a text: from cold to warm; what rises and falls in a trace of good and bad.

        Examples
        --------
        >>> SKINS["light"].ground_of(Ground("depth", 0.0)), SKINS["light"].ground_of(Ground("depth", 1.0))
        ('#F3F6F9', '#A9CBE4')
        """
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


def _bright(name: SkinName, font: str, *, deck: bool) -> Skin:
    return Skin(
        name=name, marks=_MARKS, twins=_TWINS, on_mark="#FFFFFF", ink="#1F2933", muted="#5F6B7A",
        faint="#C9D1D9", ground="#FFFFFF", context="#AEB8C4", highlight="#3D4B5C", good="#007A5E",
        bad="#B3261E", cold="#F3F6F9", warm="#A9CBE4", hot="#5BA3D0", font=font, deck=deck,
    )  # fmt: skip


SKINS: Mapping[SkinName, Skin] = MappingProxyType(
    {
        "deck": _bright("deck", _DECK_FONT, deck=True),
        "light": _bright("light", _SCREEN_FONT, deck=False),
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
            warm="#24577F",
            hot="#2B6C9F",
            font=_SCREEN_FONT,
        ),
    }
)


def figure_of(
    exhibit: Exhibit, skin: Skin, traces: Sequence[dict[str, Any]], *, height: int, left: float, **layout: Any
) -> go.Figure:
    """Figure of plain traces in the frame of a skin.

    Parameters
    ----------
    exhibit : Exhibit
        Whose title and foot the deck shows.
    skin : Skin
        Where it is shown.
    traces : sequence of dict
        Plain, complete and escaped.
    height : int
        Height on a screen in pixels; a deck has its own.
    left : float
        Room for the labels of rows, in pixels.
    **layout
        The chart's own layout; `margin` and `annotations` are added to the frame's.

    Notes
    -----
    Built without plotly's validation, which takes most of the time of a small figure. The
    template is empty on purpose: importing streamlit changes the default one.
    """
    margin = {"l": left, "r": 4, "t": 8, "b": 8, "pad": 0, **layout.pop("margin", {})}
    annotations = list(layout.pop("annotations", ()))
    frame: dict[str, Any] = {"autosize": True, "height": height}
    if skin.deck:
        frame = {"width": DECK_WIDTH, "height": DECK_HEIGHT, "autosize": False}
        margin.update(l=margin["l"] + DECK_MARGIN, r=margin["r"] + DECK_MARGIN - 4)
        margin.update(t=margin["t"] + deck_top(exhibit), b=margin["b"] + DECK_FOOT)
        annotations += _title_and_foot(exhibit, skin, margin)
    ground = skin.ground if skin.deck else "rgba(0,0,0,0)"
    return go.Figure(
        {
            "data": list(traces),
            "layout": {
                "template": {},
                "paper_bgcolor": ground,
                "plot_bgcolor": "rgba(0,0,0,0)",
                "font": {"family": skin.font, "color": skin.ink, "size": 14},
                "hoverlabel": {
                    "font": {"family": skin.font, "color": skin.ink, "size": 13},
                    "bgcolor": skin.ground,
                    "bordercolor": skin.faint,
                    "align": "left",
                },
                "margin": margin,
                "annotations": annotations,
                "dragmode": False,
                **frame,
                **layout,
            },
        },
        _validate=False,
    )


def blank(exhibit: Exhibit, skin: Skin) -> go.Figure:
    """Figure of an exhibit that has nothing to draw."""
    hidden = {"visible": False}
    return figure_of(exhibit, skin, [], height=40, left=0, xaxis=hidden, yaxis=hidden)


def deck_top(exhibit: Exhibit) -> float:
    """Pixels that title and subtitle take at the top of a deck."""
    lines, size = _title(exhibit.finding)
    return 36 + len(lines) * size * 1.25 + 10 + 17 * 1.25 + 6


def deck_room(exhibit: Exhibit) -> float:
    """Pixels between subtitle and foot of a deck."""
    return DECK_HEIGHT - deck_top(exhibit) - DECK_FOOT - 16


def _title(finding: str) -> tuple[list[str], int]:
    """Lines and font size of a title: two lines at most, smaller where it is long."""
    room = DECK_INSIDE
    for size in (28, 25, 22, 19):
        if text_width(finding) * size * 1.06 <= 2 * room * 0.94:
            break
    return balanced(finding, room / size / 1.06, 2 if size > 19 else 3), size


def _title_and_foot(exhibit: Exhibit, skin: Skin, margin: Mapping[str, float]) -> list[dict[str, Any]]:
    lines, size = _title(exhibit.finding)
    room = DECK_INSIDE
    left = DECK_MARGIN - margin["l"]
    title = {
        **_corner("top", left, margin["t"] - 36),
        "text": "<br>".join(map(escaped, lines)),
        "font": {"size": size, "weight": 700, "color": skin.ink, "family": skin.font},
    }
    subtitle = {
        **_corner("top", left, margin["t"] - 36 - len(lines) * size * 1.25 - 10),
        "text": escaped(wrapped(exhibit.subtitle, room / 17, 1)[0]),
        "font": {"size": 17, "color": skin.muted, "family": skin.font},
    }
    foot = foot_of(exhibit.source, exhibit.notes, (), lambda text: len(wrapped(text, room / 12.5, 4)) <= 3)
    foot_lines = {
        **_corner("bottom", left, 20 - margin["b"]),
        "text": "<br>".join(map(escaped, wrapped(foot, room / 12.5, 3))),
        "font": {"size": 12.5, "color": skin.muted, "family": skin.font},
    }
    return [title, subtitle, foot_lines]


def _corner(edge: Literal["top", "bottom"], xshift: float, yshift: float) -> dict[str, Any]:
    """Place of a text in pixels from the left end of the plot's top or bottom edge."""
    return {
        "xref": "paper", "yref": "paper", "x": 0, "y": 1 if edge == "top" else 0,
        "xanchor": "left", "yanchor": edge, "xshift": xshift, "yshift": yshift,
        "showarrow": False, "align": "left", "borderpad": 0, "borderwidth": 0,
    }  # fmt: skip
