"""Tables in, a scenario out: from a workbook or from csv files with the names of its sheets.

Every problem is found in one go and told with its file, sheet, row and column; nothing is
half-imported. The rules of the model stand in the model alone: what it refuses is told
here at the cell that it came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from valuemix.errors import InvalidFile, Place, Problem, StorageError, closest, shorten
from valuemix.files.tables.formats.apart import WORKBOOKS, read_sheets
from valuemix.files.tables.reading.csv_tables import read_csv
from valuemix.files.tables.reading.tables import MAX_BYTES, Table, refusal
from valuemix.files.tables.sheets.assembly import Imported, assembled
from valuemix.files.tables.sheets.cells import Draft, column_key
from valuemix.model.scenario import Scenario
from valuemix.model.sheets import SHEETS

__all__ = [
    "Imported",
    "file_bytes",
    "import_files",
    "import_folder",
    "import_path",
    "read_workbook",
    "sheet_named",
]

_REQUIRED = [sheet.name for sheet in SHEETS.values() if sheet.needed]
# The sheets that a workbook of ours has beside the inputs.
_IGNORED = ("readme", "results", "overall", "bysegment", "attributevalues", "momentmeans", "calculation")


def read_workbook(path: str | Path) -> Scenario:
    """Scenario in a workbook, or in a folder of csv files with the names of its sheets.

    Parameters
    ----------
    path : path
        As for `import_path`, which also tells the notices.

    Raises
    ------
    InvalidFile
        With every problem and its place.
    StorageError
        Where the file cannot be read.
    """
    return import_path(path).scenario


def import_path(path: str | Path) -> Imported:
    """Import a workbook, or a folder of csv files with the names of its sheets.

    Parameters
    ----------
    path : path
        A workbook (.xlsx, .xlsm, .xls or .ods), or a folder with segments.csv, scores.csv and, if wanted, others by the
        names of the sheets, such as propositions.csv or segments_later.csv.

    Returns
    -------
    Imported

    Raises
    ------
    InvalidFile
        With every problem and its place; nothing was imported.
    StorageError
        Where the file cannot be read.
    """
    source = Path(path)
    if not source.is_dir():
        return import_files({source.name: file_bytes(source)})
    found = sorted(p for p in source.iterdir() if p.suffix.casefold() == ".csv" and p.is_file())
    return import_folder({p.name: file_bytes(p) for p in found}, source.resolve().name)


def import_folder(files: Mapping[str, bytes], name: str) -> Imported:
    """Import the csv files of a folder, by the names of the sheets.

    Parameters
    ----------
    files : mapping of str to bytes
        Contents by file name; those that are no sheets are only named where one is missing.
    name : str
        What the scenario is called.

    Returns
    -------
    Imported

    Raises
    ------
    InvalidFile
        With every problem and its place; nothing was imported.
    """
    wanted = {file: data for file, data in files.items() if sheet_named(file)}
    return _import_csv(wanted, [file for file in files if file not in wanted], name)


def import_files(files: Mapping[str, bytes]) -> Imported:
    """Import what was uploaded: one workbook, or csv files with the names of its sheets.

    Parameters
    ----------
    files : mapping of str to bytes
        Contents by file name.

    Returns
    -------
    Imported

    Raises
    ------
    InvalidFile
        With every problem and its place; nothing was imported.

    Examples
    --------
    >>> header = b"segment,size,innovation,operational_excellence,social_purpose,customer_intimacy"
    >>> segments = header + b"\\nAll,1,40,30,20,10\\n"
    >>> scores = b"proposition,segment,discipline,score\\nExpress,All,innovation,8\\nGreen,All,innovation,x\\n"
    >>> import_files({"segments.csv": segments, "scores.csv": scores})
    Traceback (most recent call last):
    valuemix.errors.InvalidFile: scores.csv, row 3, column score: value 'x' is not a plain number. Write digits ...
    """
    suffixes = {Path(name).suffix.casefold() for name in files}
    if suffixes == {".csv"}:
        return import_folder(files, "Imported scenario")
    if suffixes <= {*WORKBOOKS} and len(files) == 1:
        [(name, data)] = files.items()
        return _import_workbook(data, name)
    known = suffixes <= {".csv", *WORKBOOKS}
    raise refusal(
        "FILE_TYPE",
        "tables come as one workbook (.xlsx) or as csv files",
        "Bring one workbook, or csv files alone" if known else "Save the tables as .xlsx",
        Place(file=shorten(", ".join(files))),
    )


def file_bytes(path: Path) -> bytes:
    """Bytes of a file, no more of them than any table may have and one.

    Raises
    ------
    StorageError
        Where there is no such file, or it cannot be read.
    """
    try:
        if not path.is_file():
            raise StorageError(f"there is no file or folder {path.name!r}; check the path")
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise StorageError(f"{path.name!r} cannot be read: {error.strerror}") from error


def sheet_named(title: str) -> str:
    """Which of the known sheets a sheet title or csv file name stands for, blank for none."""
    key = column_key(title.removesuffix(Path(title).suffix) if title.casefold().endswith(".csv") else title)
    return next((sheet for sheet in SHEETS if column_key(sheet) == key), "")


def _named(titles: Iterable[str], things: str, file: str = "") -> dict[str, str]:
    """Title of each of the known sheets that is there; where two are of one kind, nobody knows which counts."""
    found: dict[str, str] = {}
    problems = []
    for title in titles:
        sheet = sheet_named(title)
        if sheet in found:
            message = f"the {things} {shorten(found[sheet])!r} and {shorten(title)!r} both hold {sheet}"
            problems.append(
                Problem("DUPLICATE", message, "Delete or rename one of them", Place(file=file or title))
            )
        elif sheet:
            found[sheet] = title
    if problems:
        raise InvalidFile(problems)
    return found


def _import_csv(files: Mapping[str, bytes], others: Sequence[str], title: str) -> Imported:
    draft, tables = Draft(), dict[str, Table]()
    named = _named(files, "files")
    for sheet, file in named.items():
        data = files[file]
        try:
            tables[sheet] = read_csv(data, file)
        except InvalidFile as error:
            draft.problems += error.problems
    for sheet in _REQUIRED:
        if sheet not in named:
            listed = ", ".join(map(shorten, [*files, *others][:12])) or "none"
            message = f"there is no file {sheet}.csv; csv files found: {listed}"
            draft.problem("SHEET", message, f"Add it, or rename the file of the {sheet}", Place())
    _tell_others(draft, others, "file", Place())
    return assembled(draft, tables, title)


def _import_workbook(data: bytes, file: str) -> Imported:
    book = read_sheets(data, file, lambda titles: _named(titles, "sheets", file).values())
    draft = Draft()
    tables = {sheet_named(title): table for title, table in book.tables.items()}
    titles = _named(book.titles, "sheets", file)
    for sheet in _REQUIRED:
        if sheet not in titles:
            message = f"there is no sheet {sheet.capitalize()!r}; sheets found: {', '.join(map(shorten, book.titles))}"
            draft.problem("SHEET", message, f"Add it, or rename the sheet of the {sheet}", Place(file=file))
        elif sheet not in tables:
            place = Place(file=file, sheet=titles[sheet])
            draft.problem("EMPTY", "the sheet is blank", "Fill it in", place)
    others = [t for t in book.titles if not sheet_named(t) and column_key(t) not in _IGNORED]
    _tell_others(draft, others, "sheet", Place(file=file))
    return assembled(draft, tables, Path(file).stem)


def _tell_others(draft: Draft, others: Sequence[str], thing: str, place: Place) -> None:
    """Say which sheets were left out, unless the names were told because one is missing."""
    for title in others if not draft.is_broken else ():
        near = closest(title.removesuffix(".csv"), [*SHEETS])
        guess = f"Did you mean {near.capitalize()!r}?" if near else ""
        draft.notice("EXTRA_SHEET", f"the {thing} {shorten(title)!r} was left out", place, guess)
