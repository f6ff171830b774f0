"""Sealed talks in a file of their own, read on a machine that has neither keyring nor database.

    transcript(id, commitment, archived, entries, head, until_day)   entry(transcript, sequence, author, body)

Law: the file is only read, never changed. A talk is opened whole or not at all: its key must be the one committed to,
because sealing to the archive does not say who sealed, and its head must fit every line.
"""

import hmac
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from storage.archives import Archived
from storage.errors import DatabaseDamaged, Tampered
from storage.model import Entry, date_of
from storage.proving import Head, Sealed, opened
from storage.vault.archive import ArchivePrivate
from storage.vault.dek import SIZE, Dek
from storage.vault.places import Purpose, bind

TAG = 8
"""Hexadecimal digits by which people call a sealed talk."""
BROKEN = "This file is no export of closed cases, or is damaged: make it again with `gza export cases FILE`."


class Export:
    """A file of sealed talks."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def archives(self) -> list[Archived]:
        """All of them, what ends first first. Nothing is opened. Raises DatabaseDamaged."""
        rows = self._rows("SELECT id, until_day, entries FROM transcript ORDER BY until_day, id")
        if all(_fits(row, bytes, int, int) for row in rows):
            with suppress(OverflowError):
                return [Archived(number, date_of(day), entries) for number, day, entries in rows]
        raise DatabaseDamaged(BROKEN)

    def opened(self, number: bytes, private: ArchivePrivate) -> list[Entry]:
        """One talk, proved whole. Raises VaultError when anything about it is not as it was sealed."""
        query = "SELECT commitment, archived, entries, head FROM transcript WHERE id = ?"
        (row,) = self._rows(query, number)
        lines = self._rows("SELECT sequence, author, body FROM entry WHERE transcript = ? ORDER BY sequence", number)
        if not _fits(row, bytes, bytes, int, bytes) or not all(_fits(line, int, int, bytes) for line in lines):
            raise Tampered("A talk in the archive holds something that was never written there.")
        commitment, archived, entries, head = row
        dek = _key(private, number, archived, commitment)
        try:
            return opened(dek, number, Head(entries, head), [Sealed(*line) for line in lines])
        finally:
            dek.shred()

    def _rows(self, query: str, *values: bytes) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError:
            raise DatabaseDamaged(BROKEN) from None


@contextmanager
def exported(path: Path) -> Iterator[Export]:
    """Open a file of sealed talks. Raises DatabaseDamaged."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.DatabaseError:
        raise DatabaseDamaged(BROKEN) from None
    with closing(connection):
        yield Export(connection)


def tag(archived: Archived) -> str:
    """How people call a sealed talk: the beginning of its random id."""
    return archived.id.hex()[:TAG]


def _key(private: ArchivePrivate, number: bytes, archived: bytes, commitment: bytes) -> Dek:
    """The key of a talk. Raises VaultError, also when it is not the one the talk was made with."""
    secret = private.open(archived, bind(Purpose.ARCHIVE, number))
    dek = Dek(secret)
    if len(secret) != SIZE or not hmac.compare_digest(dek.commitment(number), commitment):
        dek.shred()
        raise Tampered("A talk in the archive has another key than the one it was made with.")
    return dek


def _fits(row: tuple[object, ...], *types: type) -> bool:
    """Whether SQLite, which keeps anything in any column, gave what was asked for."""
    return all(isinstance(value, kind) for value, kind in zip(row, types, strict=True))
