"""Answers of respondents that were brought in: their columns, and what comes of them; no answer is kept."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from valuemix.errors import ProblemsError, ValuemixError
from valuemix.files.recognition.cells.words import Part, is_named
from valuemix.model.names import name_key
from valuemix.model.parts import Discipline
from valuemix.model.scenario import Scenario
from valuemix.respondents.other_files import OTHER_FILES
from valuemix.respondents.survey import read_survey
from valuemix.respondents.table import opened
from valuemix.ui.session.size_limit import fitting
from valuemix.ui.session.state import kept, value
from valuemix.ui.session.tab import Session

__all__ = ["ANSWER_ENDINGS", "AnswersIn", "Guess", "answers_in", "guessed"]

ANSWER_ENDINGS = ("csv", "parquet", *(ending.removeprefix(".") for ending in OTHER_FILES))
"""Endings of the files of respondents that are taken."""
_SAID = ("points", "importance", "weight")
"""What stands in the name of a column that says how much a discipline matters."""
_SINGLE: dict[str, Part] = {
    "id": "respondent",
    "segment": "segment",
    "weight": "survey weight",
    "offer": "option",
}
_LONGEST = 100


@dataclass(frozen=True)
class Guess:
    """What the columns of a table are by their names.

    Attributes
    ----------
    single : mapping of str to str
        Column of the respondent, the segment, the survey weight and the offer, where one is named so.
    ratings, importance : mapping of str to sequence of str
        Columns whose names hold that of a discipline, by its id.
    moments : mapping of str to mapping of str to sequence of str
        Of columns that name a moment of the scenario too: by moment and discipline, as a map of a survey holds them.
    wide : sequence of dict
        Of columns that name a proposition too: ratings as a map of a survey holds them.
    """

    single: Mapping[str, str]
    ratings: Mapping[str, Sequence[str]]
    importance: Mapping[str, Sequence[str]]
    moments: Mapping[str, Mapping[str, Sequence[str]]]
    wide: Sequence[Mapping[str, str]]


def guessed(columns: Sequence[str], scenario: Scenario) -> Guess:
    """What columns are by their names, and those of a scenario.

    Examples
    --------
    >>> case = Scenario.from_arrays([[5, 4], [3, 2]], disciplines=["innovation", "social_purpose"])
    >>> found = guessed(["Region", "Product", "Innovation", "points innovation"], case)
    >>> found.single, found.ratings["innovation"], found.importance["innovation"]
    ({'segment': 'Region', 'offer': 'Product'}, ['Innovation'], ['points innovation'])
    """
    single = {role: column for role, part in _SINGLE.items() if (column := _named(part, columns))}
    left = [column for column in columns if column not in single.values()]
    about = {each.id: [c for c in left if _is_about(each, c)] for each in scenario.disciplines}
    said = {key: [*filter(_says_what_matters, own)] for key, own in about.items()}
    rated = {key: [*itertools.filterfalse(_says_what_matters, own)] for key, own in about.items()}
    when = _moments_named(columns, scenario.moment_names)
    outside = {key: [c for c in own if c not in when] for key, own in rated.items()}
    return Guess(single, outside, said, _inside(rated, when), _wide(rated, scenario.proposition_names, when))


def _inside(rated: Mapping[str, Sequence[str]], when: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """Columns of ratings by the moment that they name and the discipline."""
    inside = dict[str, dict[str, list[str]]]()
    for key, own in rated.items():
        for column in filter(when.__contains__, own):
            inside.setdefault(when[column], {}).setdefault(key, []).append(column)
    return inside


def _moments_named(columns: Sequence[str], moments: Sequence[str]) -> dict[str, str]:
    """Moment that each column names, if it names one."""
    return {c: moment for moment in moments for c in columns if name_key(moment) in name_key(c)}


def _wide(
    rated: Mapping[str, Sequence[str]], propositions: Sequence[str], when: Mapping[str, str]
) -> list[Mapping[str, str]]:
    return [
        {"proposition": proposition, "discipline": key, "column": column}
        | ({"moment": when[column]} if column in when else {})
        for key, own in rated.items()
        for column in own
        for proposition in propositions
        if name_key(proposition) in name_key(column)
    ]


def _named(part: Part, columns: Sequence[str]) -> str:
    return next((column for column in columns if is_named(part, column)), "")


def _says_what_matters(column: str) -> bool:
    return any(word in name_key(column) for word in _SAID)


def _is_about(discipline: Discipline, column: str) -> bool:
    key = name_key(column)
    return discipline.id in key or name_key(discipline.name) in key


@dataclass
class AnswersIn:
    """A table of respondents that was brought in; nothing else changes until it is taken over.

    Attributes
    ----------
    session : Session
    columns : tuple of str
        Of the table.
    made : Scenario or None
        What comes of it by the map that was read last.
    refused : ValuemixError or None
        Why it cannot be read.
    count : int
        How many were taken over; tells one upload box from the next.
    """

    session: Session
    columns: tuple[str, ...] = ()
    made: Scenario | None = None
    refused: ValuemixError | None = None
    count: int = 0
    _by: tuple[Mapping[str, Any], Scenario | None] | None = None

    def bring(self, key: str) -> None:
        """Look at the columns of the file in an upload box."""
        self.clear()
        file = value(key)
        if file is None:
            return
        with self._told(), _on_disk(file.name, file.getvalue()) as path, opened(path) as answers:
            self.columns = answers.columns

    def read(
        self,
        file: tuple[str, bytes],
        roles: Mapping[str, Any],
        into: Scenario | None,
        wave: str,
        progress: Callable[[int, int], None],
    ) -> None:
        """Read the answers of a file by a map, into a case or as one of their own; `wave` is when they were given."""
        self.made, self.refused, self._by = None, None, (roles, into)
        with self._told(), _on_disk(*file) as path:
            self.made = fitting(read_survey(path, roles, into=into, wave=wave, progress=progress).scenario)

    def is_of(self, roles: Mapping[str, Any], into: Scenario | None) -> bool:
        """Whether what was read is what this map makes of the answers in this case."""
        return self._by == (roles, into)

    def take(self) -> None:
        """Make what was read the present scenario; a step that can be undone."""
        if self.made is None or self._by is None:
            return
        files, into = self.session.files, self._by[1]
        if into is None:
            files.import_scenario(self.made.renamed(files.store.free_name(self.made.name)))
        elif into == self.session.scenario:
            self.session.edits.adopt(self.made, f"Brought the answers into {self.made.name}")
        self.cancel()

    def clear(self) -> None:
        """Forget what was brought in."""
        self.columns, self.made, self.refused, self._by = (), None, None, None

    def cancel(self) -> None:
        """Forget it, and empty the boxes it came from."""
        self.clear()
        self.count += 1

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except ValuemixError as error:
            self.refused = error

    @property
    def problems(self) -> ProblemsError | None:
        """What is wrong with the file, where it was told place by place."""
        return self.refused if isinstance(self.refused, ProblemsError) else None


@contextmanager
def _on_disk(name: str, content: bytes) -> Iterator[Path]:
    """The file in a folder of its own that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="valuemix-") as folder:
        path = Path(folder, PurePath(name.replace("\\", "/")).name[-_LONGEST:] or "answers.csv")
        path.write_bytes(content)
        yield path


def answers_in(now: Session) -> AnswersIn:
    """What was brought in of respondents in this browser tab."""
    return kept("answers-in", lambda: AnswersIn(now))
