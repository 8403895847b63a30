"""Places on a slide, in EMU (914,400 to the inch, 12,700 to the point)."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["EMU_PER_INCH", "EMU_PER_POINT", "Box"]

EMU_PER_INCH = 914_400
EMU_PER_POINT = 12_700


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in EMU.

    Examples
    --------
    >>> box = Box.of_inches(1, 2, 10, 4)
    >>> box.right == 11 * EMU_PER_INCH, box.width_points, box.height_points
    (True, 720.0, 288.0)
    >>> box.cut(bottom=EMU_PER_INCH).height == 3 * EMU_PER_INCH
    True
    """

    left: int
    top: int
    width: int
    height: int

    @classmethod
    def of_inches(cls, left: float, top: float, width: float, height: float) -> Box:
        """Rectangle from inches."""
        return cls(*(round(length * EMU_PER_INCH) for length in (left, top, width, height)))

    @property
    def right(self) -> int:
        """Right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Lower edge."""
        return self.top + self.height

    @property
    def width_points(self) -> float:
        """Width in points, to compare with font sizes."""
        return self.width / EMU_PER_POINT

    @property
    def height_points(self) -> float:
        """Height in points."""
        return self.height / EMU_PER_POINT

    def cut(self, *, left: int = 0, top: int = 0, right: int = 0, bottom: int = 0) -> Box:
        """The rectangle without a strip at some of its edges."""
        return Box(self.left + left, self.top + top, self.width - left - right, self.height - top - bottom)

    def times(self, factor: float) -> Box:
        """The rectangle on a slide that is so many times as large."""
        return Box(*(round(factor * length) for length in (self.left, self.top, self.width, self.height)))

    def within(self, other: Box) -> Box:
        """What two rectangles share; of no size where they share nothing."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        width, height = min(self.right, other.right) - left, min(self.bottom, other.bottom) - top
        return Box(left, top, max(width, 0), max(height, 0))

    @property
    def area(self) -> int:
        """Width times height."""
        return self.width * self.height
