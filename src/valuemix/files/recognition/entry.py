"""The door: a file or folder in, our own sheets by their strict rules, anything else recognised."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from valuemix.errors import InvalidFile, Problem
from valuemix.files.recognition.cells.values import is_word
from valuemix.files.recognition.cells.words import is_named
from valuemix.files.recognition.reading import Ends, LeftOut, Reading
from valuemix.files.recognition.recognise import Recognised, recognised
from valuemix.files.tables.cells import column_key
from valuemix.files.tables.csv_tables import read_csv
from valuemix.files.tables.importer import file_bytes, import_path, sheet_named
from valuemix.files.tables.tables import Table
from valuemix.files.tables.xlsx_tables import read_xlsx
from valuemix.model.sheets import SHEETS

__all__ = ["recognise"]

_NEEDED = {sheet.name for sheet in SHEETS.values() if sheet.needed}
_TEXTS = (".csv", ".tsv", ".txt")
_WORKBOOKS = (".xlsx", ".xlsm")
_MOST_SHEETS, _MOST_SKIPPED = 60, 5


def recognise(path: str | Path, map: Reading | None = None) -> Recognised:  # noqa: A002 - as the command line calls it
    """Recognise a table: a workbook, a csv file, or a folder of csv files.

    Our own sheets are read by their strict rules; where they fail by their headers alone, by words in
    place of numbers or by raters, and wherever there are other sheets, the table is recognised.

    Parameters
    ----------
    path : path
        An .xlsx or .csv file, or a folder of csv files.
    map : Reading, optional
        What the owner said of it; what is set there is followed.

    Returns
    -------
    Recognised
        Its ``reading`` says what everything was taken for; ``scenario()`` makes the scenario.

    Raises
    ------
    InvalidFile
        With every problem and its place.
    StorageError
        Where the file cannot be read.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "offers.csv"
    ...     _ = file.write_text("Criterion,Weight,A,B\\nSpeed,60,3,4\\nCare,40,5,2\\nTotal,,3.8,3.2\\n")
    ...     found = recognise(file)
    >>> print(found.reading.proof)
    Your own totals agree (2 of 2).
    >>> found.scenario().weights
    array([[0.6, 0.4]])
    """
    source = Path(path)
    if _is_ours(source):
        if map is None:
            return _ours_or_loosely(source)
        return recognised(_our_tables(source), source.resolve().name, map)
    tables, skipped = _tables(source)
    found = recognised(tables, source.resolve().name, map)
    left = tuple(LeftOut(what=title, why="it is larger than a table of scores may be") for title in skipped)
    reading = found.reading.model_copy(update={"left_out": (*found.reading.left_out, *left)})
    return replace(found, reading=reading)


def _is_ours(source: Path) -> bool:
    """Whether a file has the sheets that a scenario needs, or is none of the kinds that are recognised."""
    if source.is_dir():
        files = _csv_files(source)
        return not files or any(sheet_named(file.name) for file in files)
    if source.suffix.casefold() in _TEXTS:
        return False
    if source.suffix.casefold() not in _WORKBOOKS:
        return True
    titles = read_xlsx(file_bytes(source), source.name, lambda _: ()).titles
    return {sheet_named(title) for title in titles} >= _NEEDED


def _csv_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix.casefold() == ".csv" and p.is_file())


def _ours_or_loosely(source: Path) -> Recognised:
    """Our own sheets by their strict rules, else recognised where that loses nothing."""
    try:
        imported = import_path(source)
    except InvalidFile as error:
        loose = _loosely(source, error)
        if loose is None:
            raise
        return loose
    scenario = imported.scenario
    reading = Reading(
        shape=8,
        file=source.resolve().name,
        options=scenario.proposition_names,
        criteria=tuple(d.name for d in scenario.disciplines),
        segments=scenario.segment_names,
        scale=Ends(lowest=scenario.scale.lowest, highest=scenario.scale.highest),
    )
    return Recognised(reading, lambda: scenario, imported.notices)


def _loosely(source: Path, error: InvalidFile) -> Recognised | None:
    """Our sheets recognised: with criteria of one's own, words for scores, or raters; None where more is wrong."""
    wrong = [problem for problem in error.problems if not problem.notice]
    words = {word for problem in wrong if (word := _word_of(problem))}
    if not all(p.code in ("HEADER", "DUPLICATE") or _word_of(p) for p in wrong) or words == {"-"}:
        return None
    try:
        tables = _our_tables(source)
        heads = {column_key(text) for table in tables for text in table.header.texts}
        if any(problem.code == "DUPLICATE" for problem in wrong) and not any(
            is_named("rater", h) for h in heads
        ):
            return None
        found = recognised(tables, source.resolve().name)
    except InvalidFile:
        return None
    # Without weights on the same criteria the two sheets do not speak of the same.
    return None if any(guess.startswith("No weights") for guess in found.reading.guesses) else found


def _word_of(problem: Problem) -> str:
    """Word or sign that a problem of a number is about, blank where it is about something else."""
    quoted = re.match(r"value '(.*)' is not a plain number", problem.message)
    return quoted[1] if problem.code == "NUMBER" and quoted and is_word(quoted[1]) else ""


def _our_tables(source: Path) -> list[Table]:
    if source.is_dir():
        files = [file for file in _csv_files(source) if sheet_named(file.name) in _NEEDED]
        return [read_csv(file_bytes(file), file.name) for file in files]
    book = read_xlsx(
        file_bytes(source), source.name, lambda titles: [t for t in titles if sheet_named(t) in _NEEDED]
    )
    return [*book.tables.values()]


def _tables(source: Path) -> tuple[list[Table], list[str]]:
    """All tables of a file, and the sheets that are too large to be looked into."""
    if source.is_dir():
        return [read_csv(file_bytes(file), file.name) for file in _csv_files(source)], []
    data = file_bytes(source)
    if source.suffix.casefold() in _TEXTS:
        return [read_csv(data, source.name)], []
    skipped: list[str] = []
    while True:
        try:
            book = read_xlsx(
                data, source.name, lambda titles: [t for t in titles if t not in skipped][:_MOST_SHEETS]
            )
        except InvalidFile as error:
            sheet = error.problems[0].place.sheet
            if not sheet or sheet in skipped or len(skipped) >= _MOST_SKIPPED:
                raise
            skipped.append(sheet)
            continue
        return [*book.tables.values()], skipped
