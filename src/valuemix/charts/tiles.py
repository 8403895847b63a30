"""Tiles of a map over two settings, one each, numbered and coloured by who leads there."""

from __future__ import annotations

from dataclasses import dataclass

from valuemix.charts.regions import Leader

__all__ = ["Tiles"]


@dataclass(frozen=True)
class Tiles:
    """Tiles row by row, from below.

    Attributes
    ----------
    leaders : tuple of Leader
        Those that lead most first; their numbers stand on the tiles.
    rows : tuple of tuples of int
        Place of the leader at each setting.
    today : (int, int)
        Row and column of today's.
    across, up : tuple of str
        Settings as they are printed; a line break stands where they are broken.
    titles : (str, str)
        Of the settings across and up.
    now : str
        What stands on today's.

    Examples
    --------
    >>> leaders = (Leader("A", "2 of 3", 0, now=True), Leader("B", "1 of 3", 1, now=False))
    >>> chart = Tiles(leaders, ((0, 0, 1),), (0, 0), ("0", "1", "best\\nonly"), ("0",), ("Compensation", "Fairness"))
    >>> chart.texts
    [['today', '1', '2']]
    """

    leaders: tuple[Leader, ...]
    rows: tuple[tuple[int, ...], ...]
    today: tuple[int, int]
    across: tuple[str, ...]
    up: tuple[str, ...]
    titles: tuple[str, str]
    now: str = "today"

    @property
    def texts(self) -> list[list[str]]:
        """Numbers of the leaders where there are several; `now` on today's setting."""
        texts = [[str(cell + 1) if len(self.leaders) > 1 else "" for cell in row] for row in self.rows]
        texts[self.today[0]][self.today[1]] = self.now
        return texts
