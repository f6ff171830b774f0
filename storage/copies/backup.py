"""A backup: one file with all that is worth keeping, sealed to the custodians, or to the house while there are none.

    file = the line of its ticket · proof · chunks (storage/vault/chunks.py) of an SQLite database
    proof = version (1) · nonce (12) · AES-256-GCM tag (16) of nothing, bound to id and SHA-256 of the database

Why the proof: to seal something to the archive key one needs nothing secret, so without it anybody could make a
"backup" of this house; it hangs on the house key. Why two tables stay away: letters of the outbox would be sent a
second time, to people for whom much has changed; and the list of taken updates ends where the backup ends, so that
whatever Telegram brings again after that must be taken. The keyring is in no backup: with it in there, a backup would
be worth as much as the server.
"""

import hashlib
import secrets
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.archives import archive_key
from storage.copies.copying import Tell, copy, reading
from storage.copies.memory import Memory, in_memory
from storage.copies.newfile import FileError, new_file
from storage.errors import ArchiveKeyError, Tampered, VaultError, WrongKeyring
from storage.tables import TranscriptRow
from storage.vault.chunks import opened, sealed
from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind
from storage.vault.ring import Ring
from storage.vault.sealing import NONCE, TAG, lock, unlock
from storage.vault.tickets import BACKUP, HOUSE, ID, BackupTicket, RestoreTicket

LEFT_OUT = frozenset({"outbox", "seen_update"})
LONGEST = 8192
"""Bytes of a line: the longest there is, of the hybrid suite, has 1,700."""
PROOF = 1 + NONCE + TAG
NONE = "This file is no backup of Gza: give one that `gza backup` wrote."
BROKEN = "This backup was changed, or is not whole: take another copy of it, or another backup."


async def write_backup(url: str, ring: Ring, path: Path, tell: Tell) -> BackupTicket:
    """Write a new file with one moment of a database that may be in use; its ticket, which is its first line too.

    Raises FileError, Busy, DatabaseDamaged; then there is no file.
    """
    with new_file(path) as beside:
        async with in_memory() as memory:
            ticket, dek = await _filled(memory, url, ring, tell)
            content = memory.content()
        try:
            _write(beside, ticket, dek, ring, content)
        finally:
            dek.shred()
    return ticket


async def _filled(memory: Memory, url: str, ring: Ring, tell: Tell) -> tuple[BackupTicket, Dek]:
    async with memory.engine.begin() as target:
        async with reading(url) as source:
            await copy(source, target, LEFT_OUT, tell)
        await _close_to_custodians(target)
        key, dek, number = await archive_key(target, ring), Dek.new(), secrets.token_bytes(ID)
    place = bind(Purpose.BACKUP, number)
    if key is None:
        return BackupTicket(number, HOUSE, lock(ring.house.backup, place, dek.secret())), dek
    return BackupTicket(number, int(key.suite), key.seal(dek.secret(), place)), dek


async def _close_to_custodians(target: AsyncConnection) -> None:
    """A talk that goes on may be forgotten tomorrow: then no backup may hold what opens it to anybody."""
    open_ = col(TranscriptRow.conversation).is_not(None)
    await target.execute(update(TranscriptRow).where(open_).values(archived=None))


def _write(path: Path, ticket: BackupTicket, dek: Dek, ring: Ring, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(ticket.to_line().encode() + b"\n")
        file.write(lock(ring.house.backup, _proved(ticket, content), b""))
        file.writelines(sealed(dek, ticket.id, BytesIO(content)))


def ticket_of(path: Path) -> BackupTicket:
    """The first line of a backup. Raises FileError, ArchiveKeyError."""
    with _reading(path) as file:
        return _ticket(file)


def read_backup(path: Path, ring: Ring, line: RestoreTicket | None) -> bytearray:
    """The database in a backup, proved to be whole and of this house; `line` is what custodians made of its ticket.

    Raises FileError, WrongKeyring, ArchiveKeyError, UnknownVersion.
    """
    with _reading(path) as file:
        ticket = _ticket(file)
        dek = _key(ticket, ring, line)
        try:
            proof, content = file.read(PROOF), bytearray()
            for piece in opened(dek, ticket.id, file):
                content += piece
        except Tampered:
            raise FileError(BROKEN) from None
        finally:
            dek.shred()
    _require_ours(ring, proof, _proved(ticket, content))
    return content


def _key(ticket: BackupTicket, ring: Ring, line: RestoreTicket | None) -> Dek:
    if line is not None and line.id != ticket.id:
        raise ArchiveKeyError("This gza-restore line opens another backup: give custodians the first line of this one.")
    if line is not None:
        return Dek(line.key)
    if ticket.suite != HOUSE:
        raise ArchiveKeyError("This backup opens with a gza-restore line only: two custodians make it from its ticket.")
    try:
        return Dek(unlock(ring.house.backup, bind(Purpose.BACKUP, ticket.id), ticket.sealed))
    except Tampered:
        raise WrongKeyring(
            "This backup was sealed by a house with another house key: put that one into KEYRING_DIR."
        ) from None


def _require_ours(ring: Ring, proof: bytes, binding: bytes) -> None:
    try:
        unlock(ring.house.backup, binding, proof)
    except VaultError:
        raise WrongKeyring(
            "This backup was made by a house with another house key: put that one into KEYRING_DIR."
        ) from None


def _proved(ticket: BackupTicket, content: bytes | bytearray) -> bytes:
    return bind(Purpose.BACKUP, ticket.id, hashlib.sha256(content).digest())


def _ticket(file: BinaryIO) -> BackupTicket:
    line = file.readline(LONGEST)
    if not line.startswith(BACKUP.encode()):
        raise FileError(NONE)
    return BackupTicket.from_line(line.decode("ascii", "replace"))


def _reading(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError:
        raise FileError(f"{path} cannot be read: look at its name, and at who may read it.") from None
