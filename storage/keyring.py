"""The keys on disk: a house key that lives long and the daily epoch secrets, in files only we can read.

Law: a keyring is never made over another, never read when others could read it too, and a damaged line is told
from a wrong key. It does nothing with the keys but hold them: deriving and sealing is the vault's.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from storage.errors import KeyringBroken, KeyringMissing, KeyringOpen
from storage.keyfiles import HOUSE, SECRET, checked, line, read_private, write_private

EPOCHS = "epochs"


@dataclass(frozen=True, slots=True)
class Epoch:
    """One day's secret. The turn makes a new one, moves everything under it and destroys the old."""

    id: int
    day: date
    secret: bytes = field(repr=False)

    def to_line(self) -> str:
        """The stored form: version, id, day, secret, check."""
        return line(str(self.id), self.day.isoformat(), secret=self.secret)

    @classmethod
    def from_line(cls, text: str) -> Self:
        """Read the stored form. Raises ValueError."""
        (number, day), secret = checked(text, fields=2)
        return cls(int(number), date.fromisoformat(day), secret)


@dataclass(frozen=True, slots=True)
class Keyring:
    """House key and epochs, in memory. Two epochs at once mean that a turn was interrupted."""

    house: bytes = field(repr=False)
    epochs: tuple[Epoch, ...] = field(repr=False)

    @property
    def newest(self) -> Epoch:
        """The epoch new conversations are made under."""
        return max(self.epochs, key=lambda epoch: epoch.id)

    @classmethod
    def create(cls, directory: Path, elsewhere: Sequence[Path] = ()) -> Self:
        """Make a keyring in `directory`. A house key found `elsewhere` (a credential, a secret) is used and not made.

        Raises KeyringBroken when there is one already.
        """
        there = [name for name in (HOUSE, EPOCHS) if (directory / name).exists()]
        if there:
            raise KeyringBroken(f"There is already a keyring file {there[0]} in {directory}: it is never overwritten.")
        given = _first(elsewhere)
        house = _house(given) if given else secrets.token_bytes(SECRET)
        keyring = cls(house, (Epoch(1, datetime.now(UTC).date(), secrets.token_bytes(SECRET)),))
        write_private(directory / EPOCHS, "".join(epoch.to_line() for epoch in keyring.epochs))
        if given is None:
            write_private(directory / HOUSE, line(secret=house))
        return keyring

    @classmethod
    def load(cls, directory: Path, elsewhere: Sequence[Path] = ()) -> Self:
        """Read the keyring; the house key from the first of `elsewhere` that exists, else from `directory`.

        Raises KeyringMissing, KeyringOpen or KeyringBroken, each with what to do.
        """
        house = _first((*elsewhere, directory / HOUSE))
        epochs = directory / EPOCHS
        if house is None and not epochs.exists():
            raise KeyringMissing(
                f"There is no keyring in {directory}: restore it there. Only for a database yet to be made: `gza init`."
            )
        if house is None or not epochs.exists():
            raise KeyringMissing(
                f"Half a keyring in {directory}: restore the missing {EPOCHS if house else HOUSE}. "
                "Only where no database was made yet, delete the other half and start again."
            )
        if directory.stat().st_mode & 0o077:
            raise KeyringOpen(f"Others can enter the keyring directory: run `chmod 700 {directory}`.")
        return cls(_house(house), _epochs(epochs))


def _first(paths: Sequence[Path]) -> Path | None:
    return next((path for path in paths if path.exists()), None)


def _house(path: Path) -> bytes:
    try:
        _, secret = checked(read_private(path), fields=0)
    except ValueError:
        raise KeyringBroken(f"The house key {path} is damaged: restore it from your copy.") from None
    return secret


def _epochs(path: Path) -> tuple[Epoch, ...]:
    try:
        epochs = tuple(Epoch.from_line(text) for text in read_private(path).splitlines())
    except ValueError:
        raise KeyringBroken(f"The file {path} is damaged: restore it from this machine's own disk.") from None
    if not epochs or len({epoch.id for epoch in epochs}) < len(epochs):
        raise KeyringBroken(f"The file {path} holds no epoch, or one twice: restore it from this machine's own disk.")
    return epochs
