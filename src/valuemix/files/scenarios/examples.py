"""The example scenarios that come with the package."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from valuemix.files.atomic import refusals_told, write_atomic

__all__ = ["FIRST_EXAMPLE", "copy_examples"]

FIRST_EXAMPLE = "base-case"
"""Id of the example to begin with."""


def copy_examples(folder: Path, *, overwrite: bool = False) -> list[Path]:
    """Copy the examples into a folder, which is made where it is not there.

    Parameters
    ----------
    folder : Path
        Where they go.
    overwrite : bool
        Whether files that are there may be replaced.

    Returns
    -------
    list of Path
        The copies: scenarios, and a filled workbook.

    Raises
    ------
    FileIsThere
        At the first file that is there and may not be replaced.
    StorageError
        Where the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in copy_examples(Path(folder))][:2]
    ['airport-by-places.json', 'airport-survey-sfo-2017.json']
    """
    with refusals_told(folder, "could not be made"):
        folder.mkdir(parents=True, exist_ok=True)
    sources = (file for file in (files("valuemix") / "examples").iterdir() if not file.name.startswith("."))
    copies = []
    for source in sorted(sources, key=lambda file: file.name):
        copies.append(folder / source.name)
        write_atomic(copies[-1], source.read_bytes(), overwrite=overwrite)
    return copies
