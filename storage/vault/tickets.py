"""The two lines that travel when a backup is restored: the one in the file's head, and the one that opens it once.

    gza-backup  1 <suite> <base64 of id> <base64 of the sealed file key> <check>
    gza-restore 1 <base64 of id> <base64 of the file key> <check>

The custodians turn the first into the second on their own machine: the archive's private half never meets a server.
"""

from dataclasses import dataclass, field
from typing import Self

from storage.errors import ArchiveKeyError, Tampered
from storage.vault.archive import ArchivePrivate
from storage.vault.carried import bytes_of, carried, words_of, written
from storage.vault.places import Purpose, bind

BACKUP, RESTORE = "gza-backup", "gza-restore"
ID, KEY = 16, 32
"""Bytes of a backup's id and of its file key."""
HOUSE = 0
"""The suite of a backup whose file key is sealed under the house key of its server: no custodian can open it."""


@dataclass(frozen=True, slots=True)
class BackupTicket:
    """The head of a backup: which one it is, and its file key, sealed to whom `suite` says. Nothing here is secret."""

    id: bytes
    suite: int
    sealed: bytes

    def to_line(self) -> str:
        """The line, without its end."""
        return carried(BACKUP, str(self.suite), written(self.id), written(self.sealed))

    @classmethod
    def from_line(cls, text: str) -> Self:
        """Read the line. Raises ArchiveKeyError with what to do."""
        suite, number, sealed = words_of(text, BACKUP, 3)
        if not (suite.isascii() and suite.isdigit()):
            raise ArchiveKeyError("This gza-backup line names no way of sealing: take it from the backup again.")
        return cls(bytes_of(number, ID), int(suite), bytes_of(sealed))


@dataclass(frozen=True, slots=True)
class RestoreTicket:
    """What opens one backup: its file key in the clear. Whoever reads this line and has the file reads the file."""

    id: bytes
    key: bytes = field(repr=False)

    def to_line(self) -> str:
        """The line, without its end."""
        return carried(RESTORE, written(self.id), written(self.key))

    @classmethod
    def from_line(cls, text: str) -> Self:
        """Read the line. Raises ArchiveKeyError with what to do."""
        number, key = words_of(text, RESTORE, 2)
        return cls(bytes_of(number, ID), bytes_of(key, KEY))


def require_custodians(ticket: BackupTicket) -> None:
    """Refuse a line that no custodian can turn, before one is asked for a passphrase. Raises ArchiveKeyError."""
    if ticket.suite == HOUSE:
        raise ArchiveKeyError("This backup needs no custodians: `gza restore` opens it with the keyring of its server.")


def turned(ticket: BackupTicket, private: ArchivePrivate) -> RestoreTicket:
    """What the custodians make of a backup's line. Raises VaultError; ArchiveKeyError when none of them is needed."""
    require_custodians(ticket)
    key = private.open(ticket.sealed, bind(Purpose.BACKUP, ticket.id))
    if len(key) != KEY:
        raise Tampered("This backup's line holds something else than a key: take it from the backup again.")
    return RestoreTicket(ticket.id, key)
