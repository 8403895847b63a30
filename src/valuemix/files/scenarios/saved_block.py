"""The block in a scenario file that says who saved it, when, and what was in it then."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from valuemix.errors import StorageError
from valuemix.model.names import MAX_NAME, clean_name, forbidden_character

__all__ = ["SavedBlock", "body_hash", "utc_now"]

_HASH = r"^[0-9a-f]{64}$"
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"


def utc_now() -> str:
    """Time now in UTC to the second, as ISO 8601: ``2026-03-09T14:05:00Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def body_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of a scenario document without its saved block, whatever its layout.

    Examples
    --------
    >>> body_hash({"name": "A", "saved": {}}) == body_hash({"name": "A"})
    True
    """
    body = {key: value for key, value in document.items() if key != "saved"}
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _readable(text: str) -> str:
    found = forbidden_character(text)
    if found:
        raise ValueError(f"it holds {found}")
    if len(text) > MAX_NAME:
        raise ValueError(f"it has {len(text)} characters, at most {MAX_NAME}")
    return text


class SavedBlock(BaseModel):
    """Who saved a scenario, when, and what was in it then.

    Attributes
    ----------
    id : str
        Name of the file without ending, fixed when the scenario was made.
    revision : int
        1 for the first save, then one more each time.
    saved_at : str
        Time in UTC to the second.
    saved_by : str
        Who saved it, as they call themselves.
    hash : str
        SHA-256 of the rest of the file; where it does not fit, someone edited the file by hand.
    base : str
        In drafts: hash of the file that the draft started from.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    id: Annotated[str, AfterValidator(_readable)]
    revision: Annotated[int, Field(ge=0)]
    saved_at: Annotated[str, Field(pattern=_TIME)]
    saved_by: Annotated[str, AfterValidator(_readable)] = ""
    hash: Annotated[str, Field(pattern=_HASH)]
    base: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""

    @classmethod
    def now(cls, scenario_id: str, revision: int, by: str, *, base: str = "") -> Self:
        """Block for a save that happens now; the hash is filled in when the file is written.

        Raises
        ------
        StorageError
            Where the author's name cannot be written.
        """
        author = clean_name(by)
        try:
            _readable(author)
        except ValueError as error:
            raise StorageError(f"your name {author[:40]!r} cannot be saved: {error}; correct it") from None
        blank = "0" * 64
        return cls(
            id=scenario_id, revision=revision, saved_at=utc_now(), saved_by=author, hash=blank, base=base
        )
