"""Writing files so that a reader finds the old one or the new one, whole."""

from __future__ import annotations

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from valuemix.errors import FileIsThere, StorageError, shorten

__all__ = ["TEMPORARY_PREFIX", "check_ending", "refusals_told", "share", "sweep_temporary", "write_atomic"]

TEMPORARY_PREFIX = ".valuemix-"
_TEMPORARY_SECONDS = 3600

_REASONS = {
    errno.ENOSPC: "the disk is full; free some space and save again",
    errno.EDQUOT: "the disk quota is used up; free some space and save again",
    errno.EFBIG: "the file grew past what the system allows; free some space and save again",
    errno.EROFS: "the folder is read-only; choose another folder",
    errno.EACCES: "there is no permission for it; ask its owner, or choose another folder",
    errno.EPERM: "there is no permission for it; ask its owner, or choose another folder",
    errno.ENOENT: "the folder does not exist; make it, or choose another",
    errno.ENOTDIR: "the folder does not exist; make it, or choose another",
    errno.EISDIR: "a folder of this name is in the way; choose another name",
    errno.ENAMETOOLONG: "the file name is too long; choose a shorter one",
}


def write_atomic(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file under a temporary name beside it, flush it to disk, put it in place.

    Parameters
    ----------
    path : Path
        Where the file goes.
    data : bytes
        All of it.
    overwrite : bool
        Whether a file that is there may be replaced.

    Raises
    ------
    FileIsThere
        If there is a file and it may not be replaced.
    StorageError
        If the system refuses; what was there before is untouched then.
    """
    with refusals_told(path, "could not be saved"):
        try:
            _write(path, data, overwrite=overwrite)
        except FileExistsError:
            raise FileIsThere(str(path)) from None


def check_ending(path: Path, ending: str, thing: str) -> None:
    """Refuse a file name that promises something else than what is written.

    Raises
    ------
    StorageError
        Where the name ends otherwise, or is blank.

    Examples
    --------
    >>> check_ending(Path("base.xlsx"), ".json", "scenario file")
    Traceback (most recent call last):
    valuemix.errors.StorageError: 'base.xlsx' is no name for a scenario file, which ends in .json; ...
    """
    if path.suffix.casefold() != ending:
        raise StorageError(
            f"{shorten(path.name)!r} is no name for a {thing}, which ends in {ending}; "
            f"choose a name such as {shorten(path.stem) or 'new'}{ending}"
        )


@contextmanager
def refusals_told(path: Path, what: str) -> Iterator[None]:
    """Say what the system refuses in words: the path, what could not be done, why, the way out."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        raise StorageError(f"{path} {what}: {reason}") from error


def share(path: Path) -> None:
    """Let the group use what was made in a folder that the group may write to, as git does in a shared repository.

    A umask of 022 would keep it to the one who made it. Nothing is opened to another group than the folder's,
    and what others made is left to them.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        folder, made = path.parent.stat(), path.lstat()
        if folder.st_mode & stat.S_IWGRP and (made.st_uid, made.st_gid) == (os.geteuid(), folder.st_gid):
            taken = stat.S_IRGRP | stat.S_IWGRP
            if stat.S_ISDIR(made.st_mode):
                taken |= stat.S_IXGRP | stat.S_ISGID
            path.chmod(stat.S_IMODE(made.st_mode) | (folder.st_mode & taken))


def sweep_temporary(folder: Path) -> None:
    """Delete what a crash left behind more than an hour ago."""
    with suppress(OSError):
        for path in folder.glob(f"{TEMPORARY_PREFIX}*.tmp"):
            if path.lstat().st_mtime < time.time() - _TEMPORARY_SECONDS:
                path.unlink()


def _write(path: Path, data: bytes, *, overwrite: bool) -> None:
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        share(temporary)
        if overwrite:
            temporary.replace(path)
        else:
            _put(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    # The file is in place: from here on nothing may say that it was not saved.
    with suppress(OSError):
        _sync_folder(path.parent)


def _put(temporary: Path, path: Path) -> None:
    """Give a file its name where nothing has it; a link leaves no gap, but some disks have none."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable; systems that cannot open a folder do it by themselves."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
