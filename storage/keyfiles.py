"""How a secret lies in a file: one line of text with a check, mode 0600, on the disk before we go on.

The check is told by SHA-256 over the line, so that a typing or copying mistake is not taken for a wrong key. What a
file held before it was replaced is overwritten; a disk that keeps old blocks to itself may keep it all the same.
"""

import base64
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from storage.errors import KeyringBroken, KeyringOpen

FORMAT = "1"
"""First word of every line; another one is refused."""
HOUSE = "house.key"
SECRET = 32
"""Bytes in a house key and in an epoch secret."""
PRIVATE_FILE, PRIVATE_DIRECTORY, OTHERS = 0o600, 0o700, 0o077
NEW, OLD = ".new", ".old"
"""Endings of what a file is going to be while it is replaced, and of what it was with an earlier version."""


def line(*fields: str, secret: bytes) -> str:
    """Version, fields, secret, check."""
    text = " ".join((FORMAT, *fields, base64.b64encode(secret).decode()))
    return f"{text} {_check(text)}\n"


def checked(text: str, *, fields: int) -> tuple[tuple[str, ...], bytes]:
    """The fields and the secret of a line. Raises ValueError when anything about it is wrong."""
    stripped = text.strip()
    body, _, check = stripped.rpartition(" ")
    version, *middle, secret = body.split(" ")
    if version != FORMAT or len(middle) != fields or check != _check(body):
        raise ValueError("not a line of a keyring")
    key = base64.b64decode(secret, validate=True)
    if len(key) != SECRET:
        raise ValueError("not a key")
    return tuple(middle), key


def _check(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def read_private(path: Path) -> str:
    """The text of a file nobody else can read. Raises KeyringOpen, KeyringBroken."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & OTHERS:
                raise KeyringOpen(f"Others can read {path}: run `chmod 600 {path}`.")
            return file.read().decode("ascii", "replace")
    except OSError:
        raise KeyringBroken(f"{path} cannot be read: run as the user who owns it.") from None


def read_given(path: Path) -> str:
    """The text of a file that the system hands to us: systemd and Docker guard its directory. Raises KeyringBroken.

    Its mode says nothing: a credential comes as 0440 with an access list, a secret as 0444.
    """
    try:
        return path.read_bytes().decode("ascii", "replace")
    except OSError:
        raise KeyringBroken(f"{path} cannot be read: look at how the system hands it over.") from None


def write_private(path: Path, text: str) -> None:
    """Write a new file, mode 0600 in a directory of mode 0700; both are on the disk when this returns.

    Written beside and renamed, so that a crash leaves the whole file or none. Raises KeyringBroken.
    """
    with _told(path):
        path.parent.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        path.parent.chmod(PRIVATE_DIRECTORY)
        with _written_beside(path, text) as beside:
            beside.replace(path)
        _sync_directory(path.parent)
        _sync_directory(path.parent.parent)


def replace_private(path: Path, text: str) -> None:
    """Put a new text into a file, and zeros over the old one. Raises KeyringBroken.

    A crash leaves the old file or the new one, whole; the old one has no name from the moment the new one has it. What
    else it leaves, the new one without its name, `sweep` ends.
    """
    sweep(path)
    with _told(path), path.open("r+b") as old:  # no second name: FAT and many a network's disk know none
        with _written_beside(path, text) as beside:
            beside.replace(path)
        _sync_directory(path.parent)
        _zero(old)


def unswept(path: Path) -> bool:
    """Whether a crash while this file was replaced left something beside it."""
    return any(_named(path, ending).exists() for ending in (NEW, OLD))


def sweep(path: Path) -> None:
    """Overwrite and delete what a crash left beside a file. Raises KeyringBroken."""
    with _told(path):
        for beside in (_named(path, NEW), _named(path, OLD)):
            if beside.exists():
                _shred(beside, zeros=not beside.samefile(path))
                _sync_directory(path.parent)


def _named(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError:
        raise KeyringBroken(f"{path} cannot be written: look at the disk and at who owns its directory.") from None


@contextmanager
def _written_beside(path: Path, text: str) -> Iterator[Path]:
    """What a file is going to be, on the disk under another name; if anything fails nothing is left of it."""
    beside = _named(path, NEW)
    try:
        _write(beside, text)
        yield beside
    except OSError:
        with suppress(OSError):
            _shred(beside)
        raise


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "w") as file:
        os.fchmod(file.fileno(), PRIVATE_FILE)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _shred(path: Path, *, zeros: bool = True) -> None:
    if zeros:
        with path.open("r+b") as file:
            _zero(file)
    path.unlink()


def _zero(file: BinaryIO) -> None:
    file.write(bytes(os.fstat(file.fileno()).st_size))
    file.flush()
    os.fsync(file.fileno())


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
