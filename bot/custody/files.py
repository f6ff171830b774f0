"""Writes what only whoever asked for it may read: pages of opened cases, the recovery sheet."""

import os
from pathlib import Path

from bot.custody.offline import CustodyRefused

PRIVATE_FILE, PRIVATE_DIRECTORY, OTHERS = 0o600, 0o700, 0o077


def require_private(directory: Path) -> None:
    """Refuse a directory others can enter; one that is not there yet is made ours. Raises CustodyRefused."""
    if directory.exists() and directory.stat().st_mode & OTHERS:
        raise CustodyRefused(
            f"Others can enter {directory}: name a directory that is not there yet, or run `chmod 700 {directory}`."
        )


def write_private(path: Path, text: str, *, more: bool = False) -> None:
    """Write a file, mode 0600 in a directory nobody else can enter; with `more` at its end. Raises CustodyRefused."""
    require_private(path.parent)
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | (os.O_APPEND if more else os.O_TRUNC)
    try:
        path.parent.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, flags, PRIVATE_FILE), "a" if more else "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), PRIVATE_FILE)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        raise CustodyRefused(
            f"{path} cannot be written for your eyes only: take a directory of your own on this machine's disk."
        ) from None
