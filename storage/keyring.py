"""The keys on disk: a house key that lives long and the daily epoch secrets, in files only we can read.

Law: a keyring is never made over another, never read when others could read it too, and a damaged line is told
from a wrong key. It does nothing with the keys but hold them: deriving and sealing is the vault's.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from storage.errors import KeyringBroken, KeyringMissing, KeyringOpen
from storage.keyfiles import (
    HOUSE,
    SECRET,
    checked,
    line,
    read_given,
    read_private,
    replace_private,
    sweep,
    unswept,
    write_private,
)

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
    """House key and epochs, in memory. Two epochs at once mean that a turn was interrupted.

    `directory` None: it lies in no file, and never changes but in memory.
    """

    house: bytes = field(repr=False)
    epochs: tuple[Epoch, ...] = field(repr=False)
    directory: Path | None = field(default=None, repr=False, compare=False)
    elsewhere: tuple[Path, ...] = field(default=(), repr=False, compare=False)

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
        house = _house(given, read_given) if given else secrets.token_bytes(SECRET)
        first = Epoch(1, datetime.now(UTC).date(), secrets.token_bytes(SECRET))
        keyring = cls(house, (first,), directory, tuple(elsewhere))
        write_private(directory / EPOCHS, _text(keyring.epochs))
        if given is None:
            write_private(directory / HOUSE, line(secret=house))
        return keyring

    @classmethod
    def load(cls, directory: Path, elsewhere: Sequence[Path] = ()) -> Self:
        """Read the keyring; the house key from the first of `elsewhere` that exists, else from `directory`.

        Raises KeyringMissing, KeyringOpen or KeyringBroken, each with what to do.
        """
        given = _first(elsewhere)
        house = given or _first((directory / HOUSE,))
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
        secret = _house(house, read_private if given is None else read_given)
        return cls(secret, _epochs(epochs), directory, tuple(elsewhere))

    def again(self) -> Self:
        """The keyring as it lies on the disk now. Raises as `load` does."""
        return self if self.directory is None else self.load(self.directory, self.elsewhere)

    def with_new(self, day: date) -> Self:
        """The keyring with one more epoch; both secrets are on the disk when this returns. Raises KeyringBroken."""
        return self._written((*self.epochs, Epoch(self.newest.id + 1, day, secrets.token_bytes(SECRET))))

    def without(self, old: int) -> Self:
        """The keyring without the epoch `old` and all before it, which are destroyed. Raises KeyringBroken."""
        return self._written(tuple(epoch for epoch in self.epochs if epoch.id > old))

    def swept(self) -> None:
        """Destroy what a crash left beside the file of the epochs. Raises KeyringBroken."""
        if self.directory is not None:
            sweep(self.directory / EPOCHS)

    def only(self, epoch: int) -> Self | None:
        """The keyring in memory with that epoch alone; None when it is not there."""
        epochs = tuple(one for one in self.epochs if one.id == epoch)
        return replace(self, epochs=epochs) if epochs else None

    def _written(self, epochs: tuple[Epoch, ...]) -> Self:
        if self.directory is not None:
            replace_private(self.directory / EPOCHS, _text(epochs))
        return replace(self, epochs=epochs)

    @property
    def unfinished(self) -> bool:
        """Whether a turn was interrupted: there are two secrets, or what one left behind beside its file."""
        return len(self.epochs) > 1 or (self.directory is not None and unswept(self.directory / EPOCHS))


def _text(epochs: tuple[Epoch, ...]) -> str:
    return "".join(epoch.to_line() for epoch in epochs)


def _first(paths: Sequence[Path]) -> Path | None:
    return next((path for path in paths if path.exists()), None)


def _house(path: Path, read: Callable[[Path], str]) -> bytes:
    try:
        _, secret = checked(read(path), fields=0)
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
