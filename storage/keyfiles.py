"""How a secret lies in a file: one line of text with a check, mode 0600, on the disk before we go on.

The check is told by SHA-256 over the line, so that a typing or copying mistake is not taken for a wrong key.
"""

import base64
import hashlib
import os
from pathlib import Path

from storage.errors import KeyringBroken, KeyringOpen

FORMAT = "1"
"""First word of every line; another one is refused."""
HOUSE = "house.key"
SECRET = 32
"""Bytes in a house key and in an epoch secret."""
PRIVATE_FILE, PRIVATE_DIRECTORY, OTHERS = 0o600, 0o700, 0o077


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


def write_private(path: Path, text: str) -> None:
    """Write a new file, mode 0600 in a directory of mode 0700; both are on the disk when this returns.

    Written beside and renamed, so that a crash leaves the whole file or none. Raises KeyringBroken.
    """
    beside = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        path.parent.chmod(PRIVATE_DIRECTORY)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "w") as file:
            os.fchmod(file.fileno(), PRIVATE_FILE)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _sync_directory(path.parent)
        _sync_directory(path.parent.parent)
    except OSError:
        raise KeyringBroken(f"{path} cannot be written: look at the disk and at who owns its directory.") from None


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
