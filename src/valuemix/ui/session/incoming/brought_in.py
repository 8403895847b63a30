"""What was brought in from a file or as copied cells: what it is taken for, corrected until it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from valuemix.errors import Problem, ProblemsError, ValuemixError
from valuemix.files.recognition.entry import recognise_files, recognise_pasted
from valuemix.files.recognition.reading import Ends, Question, Reading
from valuemix.files.recognition.recognise import Recognised, UnreadTable
from valuemix.files.recognition.remembered import Mappings, Remembered, header_key, without_data
from valuemix.files.scenarios.scenario_file import loads
from valuemix.files.scenarios.store import Entry
from valuemix.files.tables.formats.apart import TABLE_ENDINGS
from valuemix.files.tables.pasted import with_pasted_scores
from valuemix.model.names import name_key
from valuemix.model.scenario import Scenario
from valuemix.ui.session.edits import Edits
from valuemix.ui.session.files import Files

__all__ = ["ENDINGS", "BroughtIn", "newest"]

ENDINGS = (*(ending.removeprefix(".") for ending in TABLE_ENDINGS), "json")
"""Endings of the files that are taken."""
_OURS = 8
_TOGETHER = ".csv"


class Named(Protocol):
    """Anything with a file name."""

    @property
    def name(self) -> str:
        """Its file name."""


File = TypeVar("File", bound=Named)
Read = Callable[[Reading | None], Recognised]


@dataclass
class BroughtIn:
    """A table that was brought in; nothing else changes until it is imported.

    Attributes
    ----------
    edits, files
        Of the browser tab.
    scenario : Scenario or None
        What comes of it; None where it cannot be read.
    found : Recognised or None
        What it was taken for; None of a scenario file.
    given : Reading
        What was answered and corrected.
    questions : list of Question
        What was asked so far, so that an answer can be changed.
    refused : tuple of Problem
        Why it cannot be read, or not as it was corrected.
    notices : tuple of Problem
        What was read otherwise than it stands.
    count : int
        How many were opened; tells one upload box from the next.
    remembered : Remembered or None
        Corrections of an earlier table with the same header that are followed.
    unread : UnreadTable or None
        The table in which no scores were found.
    doubt : str
        Why remembered corrections are not followed; mostly blank.
    """

    edits: Edits
    files: Files
    scenario: Scenario | None = None
    found: Recognised | None = None
    given: Reading = field(default_factory=Reading)
    questions: list[Question] = field(default_factory=list)
    refused: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    count: int = 0
    remembered: Remembered | None = None
    unread: UnreadTable | None = None
    doubt: str = ""
    _key: str = ""
    _read: Read | None = None
    _before: list[Reading] = field(default_factory=list)

    # ------------------------------------------------------------------ in

    def bring(self, files: Mapping[str, bytes]) -> None:
        """Read files as they were uploaded: a table of any kind, or one scenario file."""
        self.clear()
        if not files:
            return
        name = next(iter(files))
        if name.casefold().endswith(".json") and len(files) == 1:
            try:
                self.scenario = loads(files[name], name)
            except ProblemsError as error:
                self.refused = error.problems
            return
        self._start(lambda given: recognise_files(files, given))

    def paste(self, text: str) -> None:
        """Read copied cells."""
        self.clear()
        like = self.edits.scenario
        if text.strip():
            self._start(lambda given: recognise_pasted(text, like, given))

    def clear(self) -> None:
        """Forget what was brought in."""
        self.scenario = self.found = self._read = None
        self.given, self.questions, self._before = Reading(), [], []
        self.refused = self.notices = ()
        self.remembered, self.unread, self._key, self.doubt = None, None, "", ""

    def cancel(self) -> None:
        """Forget it, and empty the boxes it came from."""
        self.clear()
        self.count += 1

    def _start(self, read: Read) -> None:
        """Read it by the guess, then as a table with the same header was corrected, where one was."""
        self._read = read
        self._look()
        if self.found is None or self.is_ours:
            return
        self._key = header_key(self.found.tables)
        try:
            self.remembered = self._mappings.find(self._key) if self._key else None
        except ValuemixError as error:
            self.doubt = f"What was remembered of such a table is not followed: {error}."
            return
        if self.remembered is not None:
            self._recall(self.remembered.given)

    def _recall(self, given: Reading) -> None:
        guessed, questions = self.found, [*self.questions]
        self.given = given
        self._look()
        if self.scenario is None:
            self.given, self.remembered, self.found, self.questions = Reading(), None, guessed, questions
            self.doubt = "What was remembered of such a table does not fit this one, and is not followed."
            self._look()

    @property
    def _mappings(self) -> Mappings:
        return Mappings(self.files.store.folder)

    def forget(self) -> None:
        """Forget what was remembered of tables with this header; this one is read by the guess again."""
        try:
            self._mappings.forget(self._key)
        except ValuemixError as error:
            self.doubt = str(error)
            return
        self.given, self.remembered, self.doubt = Reading(), None, ""
        self._before.clear()
        self._look()

    def _remember(self) -> None:
        """Keep what was corrected for the next table with this header."""
        if self.found is None or not self._key or not self.is_corrected:
            return
        said = without_data(self.given, self.found)
        try:
            if said == Reading():
                self._mappings.forget(self._key)
            elif self.files.store.folder.is_dir():
                self._mappings.keep(self._key, said)
        except ValuemixError as error:
            self.edits.told.message = f"Imported, but what you corrected could not be remembered: {error}"

    # ------------------------------------------------------------------ what it is taken for

    @property
    def is_ours(self) -> bool:
        """Whether it is a scenario file or a table with our own headers, of which nothing was guessed."""
        return self.found is None or self.found.reading.shape == _OURS

    @property
    def is_corrected(self) -> bool:
        """Whether anything was answered or corrected."""
        return bool(self._before)

    def say(self, what: str, about: str, answer: Any) -> None:
        """Follow what the owner says of a field of the map, or of an entry of it; a blank answer takes it back."""
        said: Any = answer
        if about:
            entries = {**getattr(self.given, what)}
            entries.pop(about, None)
            said = entries if answer in (None, "") else {**entries, about: answer}
        self._follow(self.given.model_copy(update={what: said}))

    def say_scale(self, lowest: float, highest: float) -> None:
        """Follow the ends of the scale that the owner gives."""
        if lowest < highest:
            self._follow(self.given.model_copy(update={"scale": Ends(lowest=lowest, highest=highest)}))

    def say_anchors(self, criterion: str, lowest: float, highest: float) -> None:
        """Follow the values of a criterion that get the lowest and the highest score; they differ."""
        if lowest != highest:
            self.say("anchors", criterion, (lowest, highest))

    def take_back(self) -> None:
        """Take the last correction back."""
        if self._before:
            self.given = self._before.pop()
            self._look()

    def _follow(self, given: Reading) -> None:
        self._before.append(self.given)
        self.given = given
        self._look()

    def _look(self) -> None:
        """Read it by what was said so far; what was read before stays in sight where that cannot be followed."""
        if self._read is None:
            return
        self.refused = ()
        said = Reading() != self.given
        try:
            found = self._read(self.given if said else None)
            scenario = found.scenario(take_guesses=True)
        except ProblemsError as error:
            self.refused = error.problems
            self.unread = error if isinstance(error, UnreadTable) else None
            self.scenario = None
            return
        self.found, self.scenario, self.notices = found, scenario, found.notices
        self._ask(found.reading.questions)

    def _ask(self, questions: Iterable[Question]) -> None:
        for question in questions:
            known = [q for q in self.questions if q.key == question.key]
            if not any({*question.about} <= {*q.about} for q in known):
                self.questions.append(question)

    # ------------------------------------------------------------------ into a scenario

    def filled(self) -> Scenario | None:
        """The open scenario with the scores that were brought in; None where it does not know their names."""
        return self.scenario and with_pasted_scores(self.edits.scenario, self.scenario)

    def namesake(self) -> Entry | None:
        """The scenario of the folder that has the name of what was brought in, if there is one."""
        if self.scenario is None:
            return None
        name = name_key(self.scenario.name)
        sound = (entry for entry in self.files.entries if not entry.problem)
        return next((entry for entry in sound if name_key(entry.name) == name), None)

    def fill(self) -> bool:
        """Put the scores that were brought in into the open scenario; a step that can be undone."""
        scenario = self.filled()
        if scenario is None:
            return False
        self.edits.adopt(scenario, f"Put the scores into {scenario.name}")
        return self._taken()

    def open(self) -> bool:
        """Make what was brought in the present scenario, under a name that is free."""
        scenario = self.scenario
        if scenario is None:
            return False
        if self.namesake():
            scenario = scenario.renamed(self.files.store.free_name(scenario.name))
        self.files.import_scenario(scenario)
        return self._taken()

    def update(self, scenario_id: str) -> bool:
        """Make what was brought in an unsaved edit of a saved scenario."""
        scenario = self.scenario
        if scenario is None:
            return False
        # Tables hold no deck, so what was collected stays.
        deck = scenario.deck or self.files.store.open(scenario_id).scenario.deck
        self.files.import_over(scenario_id, scenario.replace(deck=deck))
        return self._taken()

    def _taken(self) -> bool:
        self._remember()
        self.cancel()
        return True


def newest(files: Iterable[File]) -> dict[str, File]:
    """Files that count, by name, of those brought in one after the other.

    A workbook or a scenario file replaces all before it, as a mended one does; a csv file those
    of its name.
    """
    kept: dict[str, File] = {}
    for file in files:
        if not file.name.casefold().endswith(_TOGETHER):
            kept.clear()
        kept[file.name] = file
    return kept
