"""The witness: how late it was when the database was last written, kept beside the keyring: it notices an older copy.

    witness = seconds since 1970 (8) · HMAC under the house key (32)

Law: it is written after the commit and never holds it up: what cannot be written is not, and after a power cut it may
be a little behind, which is no suspicion. Only a time later than the database's own is one.
"""

import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from storage.keyfiles import PRIVATE_FILE
from storage.keyring import Keyring
from storage.vault.ring import HouseKeys, Ring

NAME = "witness"
TIME, WHOLE = 8, 40


@dataclass(slots=True)
class Witness:
    """Made by `Witness.of`. `seen`: seconds since 1970; None when there is no witness, or a damaged one."""

    path: Path | None
    seen: int | None
    _keys: HouseKeys = field(repr=False)
    _handle: int | None = None

    @classmethod
    def of(cls, directory: Path | None, keys: HouseKeys) -> Self:
        """What is remembered there; without a directory nothing is."""
        path = None if directory is None else directory / NAME
        return cls(path, None if path is None else _read(path, keys), keys)

    def note(self, moment: datetime) -> bool:
        """Remember a time that was committed, unless a later one is remembered; whether that could be done."""
        return self.write(max(int(moment.timestamp()), self.seen or 0))

    def close(self) -> None:
        """Close the file."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def write(self, seconds: int) -> bool:
        """Remember that time, whatever was remembered; whether that could be done."""
        if seconds == self.seen:
            return True
        with suppress(OSError, ValueError, OverflowError):
            handle = self._opened()
            if handle is not None and os.pwrite(handle, _text(seconds, self._keys), 0) == WHOLE:
                self.seen = seconds
                return True
        return False

    def _opened(self) -> int | None:
        if self._handle is None and self.path is not None:
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
            os.ftruncate(self._handle, WHOLE)
            os.fsync(self._handle)  # once, so that the file itself outlives a power cut
        return self._handle


def reset(keyring: Keyring) -> None:
    """Believe whatever database is there now: another one was put in its place on purpose."""
    witness = Witness.of(keyring.directory, Ring.of(keyring).house)
    witness.write(0)
    witness.close()


def _text(seconds: int, keys: HouseKeys) -> bytes:
    return seconds.to_bytes(TIME, "big") + keys.witness_mac(seconds)


def _read(path: Path, keys: HouseKeys) -> int | None:
    try:
        text = path.read_bytes()
    except OSError:
        return None
    seconds = int.from_bytes(text[:TIME], "big", signed=True)
    return seconds if hmac.compare_digest(text[TIME:], keys.witness_mac(seconds)) else None
