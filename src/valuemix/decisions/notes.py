"""What people said of decisions on record: that a reversal was seen, that something expected came true."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from valuemix.decisions.record import Day
from valuemix.files.atomic import refusals_told, share
from valuemix.files.scenarios.folder import make_folder
from valuemix.model.parts import Part, Text

__all__ = ["NOTES", "Note", "add_note", "notes_in"]

NOTES = "notes.jsonl"
"""A line a note, beside the records; lines are added, never changed."""


class Note(Part):
    """What somebody said of a record.

    Attributes
    ----------
    decision : str
        Name of the record's file.
    on, by : str
        When, and who.
    places : sequence of str
        Segments in which the decision was seen to be reversed; blank for all of them together.
    expected : str
        What was expected, where the note is about that.
    came_true : bool, optional
        Whether it did.
    """

    decision: Text
    on: Day
    by: Text = ""
    places: Annotated[tuple[Text, ...], Field(strict=False)] = ()
    expected: Text = ""
    came_true: bool | None = None


def add_note(folder: str | Path, note: Note) -> None:
    """Add a line to the notes of a folder of decisions.

    Raises
    ------
    StorageError
        Where the system refuses.

    Examples
    --------
    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> add_note(folder, Note(decision="a.json", on="2027-06-30", places=("Families",)))
    >>> [note.places for note in notes_in(folder)]
    [('Families',)]
    """
    path = Path(folder) / NOTES
    make_folder(path.parent)
    line = note.model_dump_json(exclude_defaults=True) + "\n"
    with refusals_told(path, "cannot be written"):
        # One write at the end of the file: what two people add at once stands one below the other.
        target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            os.write(target, line.encode())
        finally:
            os.close(target)
    share(path)


def notes_in(folder: str | Path) -> tuple[Note, ...]:
    """Notes of a folder of decisions, the oldest first; lines that are none are passed over."""
    path = Path(folder) / NOTES
    if not path.is_file():
        return ()
    with refusals_told(path, "could not be read"):
        lines = path.read_bytes().decode("utf-8", "replace").splitlines()
    found = []
    for line in lines:
        try:
            found.append(Note.model_validate_json(line))
        except ValidationError:
            continue
    return tuple(found)
