"""A new file for people to carry: whole or not there, ours alone, and never over another.

Law: it is written beside, under a name of its own, and on the disk before it takes its name. Not by a second link: the
stick that somebody carries a backup away on may know no links.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StorageError


class FileError(StorageError):
    """A file that cannot be written or read, or is not what it was taken for."""


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Where to write what becomes `path` when the block ends well; else nothing is left of it. Raises FileError."""
    _require_absent(path)
    with _told(path):
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)  # mode 0600
        os.close(handle)
        beside = Path(name)
        try:
            yield beside
            _sync(beside)
            _require_absent(path)
            beside.replace(path)
            _sync(path.parent)
        finally:
            beside.unlink(missing_ok=True)


def shred(path: Path) -> None:
    """Overwrite a file and delete it, if it is there. Raises FileError.

    A disk that keeps old blocks to itself may keep them all the same.
    """
    with _told(path):
        if path.exists():
            overwrite(path)
            path.unlink()
            _sync(path.parent)


def replace(path: Path, new: Path) -> None:
    """Put a whole new file into the place of another, and zeros over what was in that. Raises FileError.

    A crash leaves the one or the other under the name, and no name for the rest.
    """
    with _told(path):
        _sync(new)
        if not path.exists():
            new.replace(path)
        else:
            with path.open("r+b") as old:
                new.replace(path)
                _sync(path.parent)
                _zero(old.fileno())
        _sync(path.parent)


def overwrite(path: Path) -> None:
    """Zeros over all that a file holds."""
    with path.open("r+b") as file:
        _zero(file.fileno())


def _zero(handle: int) -> None:
    left, block = os.fstat(handle).st_size, bytes(1 << 20)
    os.lseek(handle, 0, os.SEEK_SET)
    while left > 0:
        left -= os.write(handle, block[:left])
    os.fsync(handle)


def _require_absent(path: Path) -> None:
    if path.exists():
        raise FileError(f"There is already a file {path}: give another name, nothing is overwritten.")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise FileError(f"{path} cannot be written ({reason}): look at the disk and at who owns its folder.") from None


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
