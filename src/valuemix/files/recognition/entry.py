"""The door: a file or folder in, our own sheets by their strict rules, anything else recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from valuemix.errors import InvalidFile, Problem
from valuemix.files.recognition.cells.values import is_word
from valuemix.files.recognition.cells.words import Part, is_named
from valuemix.files.recognition.reading import Ends, LeftOut, Reading
from valuemix.files.recognition.recognise import Recognised, recognised
from valuemix.files.tables.formats.apart import APART, WORKBOOKS, read_sheets
from valuemix.files.tables.importer import Imported, file_bytes, import_files, import_folder, sheet_named
from valuemix.files.tables.pasted import PASTED, import_pasted
from valuemix.files.tables.reading.csv_tables import read_csv
from valuemix.files.tables.reading.tables import Table
from valuemix.files.tables.sheets.cells import column_key
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import SHEETS

__all__ = ["recognise", "recognise_files", "recognise_pasted"]

_NEEDED = {sheet.name for sheet in SHEETS.values() if sheet.needed}
_TEXTS = (".csv", ".tsv", ".txt", ".md")
_BESIDE: tuple[Part, ...] = ("weight", "total", "rank")
_MOST_SHEETS, _MOST_SKIPPED = 60, 5


def recognise(path: str | Path, map: Reading | None = None) -> Recognised:  # noqa: A002 - as the command line calls it
    """Recognise a table: a workbook, a csv, parquet or SPSS file, or a folder of csv files.

    Our own sheets are read by their strict rules; where they fail by their headers alone, by words in
    place of numbers or by raters, and wherever there are other sheets, the table is recognised.

    Parameters
    ----------
    path : path
        A file of any of the kinds in the guide, or a folder of csv files.
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
    if source.is_dir():
        files = {file.name: file_bytes(file) for file in _csv_files(source)}
        return _found(_Source(files, source.resolve().name, is_folder=True), map)
    return recognise_files({source.name: file_bytes(source)}, map)


def recognise_files(files: Mapping[str, bytes], map: Reading | None = None) -> Recognised:  # noqa: A002
    """Recognise what was uploaded: a workbook, a csv file, or several csv files.

    Parameters
    ----------
    files : mapping of str to bytes
        Contents by file name.
    map : Reading, optional
        As for `recognise`.

    Returns
    -------
    Recognised

    Raises
    ------
    InvalidFile
        With every problem and its place.

    Examples
    --------
    >>> recognise_files({"offers.csv": b",Speed,Care\\nWeight,60,40\\nA,3,5\\nB,4,2\\n"}).reading.options
    ('A', 'B')
    """
    kinds = {Path(name).suffix.casefold() for name in files}
    several = len(files) > 1
    if several and kinds != {".csv"}:
        import_files(files)  # which says what goes together
    name = "Imported scenario" if several else next(iter(files))
    return _found(_Source(files, name, is_folder=several), map)


def recognise_pasted(text: str, like: Scenario | None = None, map: Reading | None = None) -> Recognised:  # noqa: A002
    """Recognise cells that were copied from a spreadsheet.

    Parameters
    ----------
    text : str
        Cells with tabs, commas or semicolons between them.
    like : Scenario, optional
        What is open, whose names hold where the cells are about it, as for `import_pasted`.
    map : Reading, optional
        As for `recognise`.

    Returns
    -------
    Recognised

    Raises
    ------
    InvalidFile
        With every problem and its row.

    Examples
    --------
    >>> found = recognise_pasted("\\tSpeed\\tCare\\nWeight\\t60\\t40\\nA\\t3\\t5\\nB\\t4\\t2\\n")
    >>> found.scenario().weights
    array([[0.6, 0.4]])
    """
    refused: InvalidFile | None = None
    try:
        ours = import_pasted(text, like) if map is None else None
        if ours is not None and not _has_beside(ours.scenario):
            return _ours(ours, PASTED)
    except InvalidFile as error:
        refused = error
    try:
        found = recognised([read_csv(text.encode("utf-8", "replace"), PASTED)], PASTED, map)
        return replace(found, make=lambda: found.make().renamed("Pasted case"))
    except InvalidFile as error:
        # What is wrong in cells that are laid out as ours is told by the rules of ours.
        is_ours = refused and not any(p.code in ("HEADER", "SHEET") for p in refused.problems)
        raise (refused if is_ours and refused else error) from None


def _has_beside(scenario: Scenario) -> bool:
    """Whether a proposition is called as weights or totals are, so that the cells are a matrix of another kind."""
    return any(is_named(part, name) for name in scenario.proposition_names for part in _BESIDE)


@dataclass(frozen=True)
class _Source:
    """Files that are read together: one, or the csv files of a folder."""

    files: Mapping[str, bytes]
    name: str
    is_folder: bool

    @property
    def kind(self) -> str:
        """Ending of the one file, blank of a folder."""
        return "" if self.is_folder else Path(next(iter(self.files))).suffix.casefold()

    @property
    def data(self) -> bytes:
        """Bytes of the one file."""
        return next(iter(self.files.values()))


def _found(source: _Source, map: Reading | None) -> Recognised:  # noqa: A002
    if _is_ours(source):
        if map is None:
            return _ours_or_loosely(source)
        return recognised(_our_tables(source), source.name, map)
    tables, skipped = _tables(source)
    found = recognised(tables, source.name, map)
    left = tuple(LeftOut(what=title, why="it is larger than a table of scores may be") for title in skipped)
    reading = found.reading.model_copy(update={"left_out": (*found.reading.left_out, *left)})
    return replace(found, reading=reading)


def _is_ours(source: _Source) -> bool:
    """Whether a file has the sheets that a scenario needs, or is none of the kinds that are recognised."""
    if source.is_folder:
        return not source.files or any(map(sheet_named, source.files))
    if source.kind not in WORKBOOKS:
        return source.kind not in (*_TEXTS, *APART)
    titles = read_sheets(source.data, source.name, lambda _: ()).titles
    return {sheet_named(title) for title in titles} >= _NEEDED


def _csv_files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.iterdir() if p.suffix.casefold() == ".csv" and p.is_file())


def _ours_or_loosely(source: _Source) -> Recognised:
    """Our own sheets by their strict rules, else recognised where that loses nothing."""
    try:
        imported = _imported(source)
    except InvalidFile as error:
        loose = _loosely(source, error)
        if loose is None:
            raise
        return loose
    return _ours(imported, source.name)


def _imported(source: _Source) -> Imported:
    return import_folder(source.files, source.name) if source.is_folder else import_files(source.files)


def _ours(imported: Imported, name: str) -> Recognised:
    scenario = imported.scenario
    reading = Reading(
        shape=8,
        file=name,
        options=scenario.proposition_names,
        criteria=tuple(d.name for d in scenario.disciplines),
        segments=scenario.segment_names,
        scale=Ends(lowest=scenario.scale.lowest, highest=scenario.scale.highest),
    )
    return Recognised(reading, lambda: scenario, imported.notices)


def _loosely(source: _Source, error: InvalidFile) -> Recognised | None:
    """Our sheets recognised: with criteria of one's own, words for scores, or raters; None where more is wrong."""
    wrong = [problem for problem in error.problems if not problem.notice]
    codes = {"WORD" if _word_of(problem) else problem.code for problem in wrong}
    words = {*map(_word_of, wrong)} - {""}
    if not codes <= {"HEADER", "DUPLICATE", "WORD"} or words == {"-"}:
        return None
    try:
        tables = _our_tables(source)
        if "DUPLICATE" in codes and not _has_raters(tables):
            return None
        found = recognised(tables, source.name)
    except InvalidFile:
        return None
    # Without weights on the same criteria the two sheets do not speak of the same.
    return None if any(guess.startswith("No weights") for guess in found.reading.guesses) else found


def _has_raters(tables: Sequence[Table]) -> bool:
    return any(is_named("rater", column_key(text)) for table in tables for text in table.header.texts)


def _word_of(problem: Problem) -> str:
    """Word or sign that a problem of a number is about, blank where it is about something else."""
    quoted = re.match(r"value '(.*)' is not a plain number", problem.message)
    return quoted[1] if problem.code == "NUMBER" and quoted and is_word(quoted[1]) else ""


def _our_tables(source: _Source) -> list[Table]:
    if source.is_folder:
        return [read_csv(data, name) for name, data in source.files.items() if sheet_named(name) in _NEEDED]
    book = read_sheets(
        source.data, source.name, lambda titles: [t for t in titles if sheet_named(t) in _NEEDED]
    )
    return [*book.tables.values()]


def _tables(source: _Source) -> tuple[list[Table], list[str]]:
    """All tables of a file, and the sheets that are too large to be looked into."""
    if source.is_folder:
        return [read_csv(data, name) for name, data in source.files.items()], []
    if source.kind in _TEXTS:
        return [read_csv(source.data, source.name)], []
    skipped: list[str] = []
    while True:
        try:
            book = read_sheets(
                source.data,
                source.name,
                lambda titles: [t for t in titles if t not in skipped][:_MOST_SHEETS],
            )
        except InvalidFile as error:
            sheet = error.problems[0].place.sheet
            if not sheet or sheet in skipped or len(skipped) >= _MOST_SKIPPED:
                raise
            skipped.append(sheet)
            continue
        return [*book.tables.values()], skipped
