"""A table of respondents in an engine: what estimates ask of it, whatever reads it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

import pyarrow as pa

from valuemix.errors import InvalidFile, Place, Problem, UnknownName, shorten

__all__ = ["Answers", "Fold", "Progress", "query_refused", "quoted"]

Progress = Callable[[int, int], None]
Part = TypeVar("Part")
Fold = Callable[[Iterable[pa.RecordBatch]], Part]
"""What a part of a table comes to: record batches in, what can be added to that of other parts out."""


@dataclass(frozen=True)
class Answers(ABC):
    """A table of respondents that was opened, as the relation ``answers`` of an engine.

    Attributes
    ----------
    name : str
        What messages and notes call it: the name of the file, or "the query".
    hash : str
        SHA-256 of the file, or of the text of the query.
    columns : tuple of str
    numeric : frozenset of str
        Columns that hold numbers; the others hold text, which may be read as numbers.
    finite : frozenset of str
        Those of them in which every number was found to be finite, so that no cell is asked again.
    """

    name: str
    hash: str
    columns: tuple[str, ...]
    numeric: frozenset[str]

    finite: frozenset[str] = field(default=frozenset(), kw_only=True)

    row_number: ClassVar[str]
    """SQL of a number that no two rows share."""

    def column(self, name: str) -> str:
        """A column of it as SQL.

        Raises
        ------
        UnknownName
            Where there is none.
        """
        if name not in self.columns:
            raise UnknownName("column", name, self.columns)
        return quoted(name)

    @abstractmethod
    def text(self, value: str) -> str:
        """Text as SQL."""

    @abstractmethod
    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Rows of a query that has few of them."""

    @abstractmethod
    def view(self, name: str, sql: str) -> None:
        """Name a query, in place of one of that name."""

    @abstractmethod
    def table(self, name: str, sql: str) -> None:
        """Keep what a query finds, in place of what was kept under that name."""

    @abstractmethod
    def codes(self, name: str, codes: Mapping[str, int]) -> None:
        """Keep codes as a table with the columns value and code."""

    @abstractmethod
    def folded(
        self, sql: str, fold: Fold[Part], progress: Progress | None = None, together: str = ""
    ) -> list[Part]:
        """What the parts of a query come to, in their order.

        Parameters
        ----------
        sql : str
        fold : callable
            A function of a module, so that it can be sent to another machine.
        progress : callable, optional
        together : str
            Column whose equal values stand together, in one part.
        """


def quoted(name: str) -> str:
    """Name of a column in SQL."""
    return '"' + name.replace('"', '""') + '"'


def query_refused(said: str) -> InvalidFile:
    """Error about a query that an engine cannot run, with what it said."""
    told = "the query cannot be run" + (f": {shorten(said.splitlines()[0], 160)}" if said else "")
    return InvalidFile([Problem("SYNTAX", told, "Correct the query", Place(file=""))])
