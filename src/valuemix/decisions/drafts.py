"""A decision in the making, kept on disk for the tab that it is typed in."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from valuemix.decisions.record import Expectation
from valuemix.errors import StorageError
from valuemix.files.atomic import refusals_told, write_atomic
from valuemix.files.scenarios.folder import make_folder
from valuemix.model.parts import Part, Text

__all__ = ["DecisionDraft", "draft_of", "keep_draft"]

_TAB = re.compile(r"[0-9a-f]{16}")


class DecisionDraft(Part):
    """What was typed of a decision.

    Attributes
    ----------
    case : str
        File of the scenario that it is about.
    typed : mapping of str to str
        What was typed, by field.
    expects : sequence of Expectation
    amends : str
        Record that it takes the place of; mostly blank.
    """

    case: Text = ""
    typed: Mapping[str, str] = Field(default_factory=dict)
    expects: Annotated[tuple[Expectation, ...], Field(strict=False)] = ()
    amends: Text = ""


def keep_draft(folder: Path, tab: str, draft: DecisionDraft) -> None:
    """Keep what was typed in a tab, in a folder ``drafts`` of the folder of decisions; a blank one is deleted.

    Raises
    ------
    StorageError
        Where the system refuses.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> keep_draft(folder, "0123456789abcdef", DecisionDraft(case="a.json", typed={"note": "They pay."}))
    >>> draft_of(folder, "0123456789abcdef").typed
    {'note': 'They pay.'}
    """
    path = _path(folder, tab)
    if path is None:
        return
    if draft.typed or draft.expects or draft.amends:
        make_folder(folder)
        make_folder(path.parent)
        write_atomic(path, draft.model_dump_json(indent=1).encode(), overwrite=True)
    else:
        with refusals_told(path, "cannot be deleted"):
            path.unlink(missing_ok=True)


def draft_of(folder: Path, tab: str) -> DecisionDraft:
    """What was typed in a tab; blank where nothing was, or it cannot be read."""
    path = _path(folder, tab)
    if path is not None and path.is_file():
        with contextlib.suppress(StorageError, ValidationError), refusals_told(path, "could not be read"):
            return DecisionDraft.model_validate_json(path.read_bytes())
    return DecisionDraft()


def _path(folder: Path, tab: str) -> Path | None:
    return folder / "drafts" / f"{tab}.json" if _TAB.fullmatch(tab) else None
