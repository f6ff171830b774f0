"""What of a backup may come back, decided in memory, before anything of it touches a disk again.

Law: what was forgotten since then is forgotten again, and nothing is sent a second time. What lived comes back only
into the epoch it was copied in, for its keys are destroyed with that; nobody of them is written to before they write
again, for nobody knows who hid the chat or blocked the bot since. The custodians' key stays the one set last. What was
counted since is lost, and what was published since may not be known: both are noted, and releases go by it.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage import records
from storage.archives import archive_key, set_archive_key
from storage.conversations import save_footprints
from storage.copies import published as publishing
from storage.copies.copying import path_of, reading
from storage.copies.published import Kept, Published
from storage.errors import ArchiveKeyError, DatabaseDamaged, Tampered, VaultError, WrongKeyring
from storage.expiring import erase_forgotten, forgotten, note_forgotten
from storage.model import Footprint, Kind, Record
from storage.packing import open_footprint
from storage.tables import ConversationRow, FootprintRow, ForgottenRow, HouseRow, OutboxRow, SeenUpdateRow
from storage.updates import ONLY
from storage.vault.archive import ArchiveKey
from storage.vault.ring import Ring

C, F, G, H = ConversationRow, FootprintRow, ForgottenRow, HouseRow
RESTORED: Final = "restored"
"""The record of the house that says so, until the doctor has looked."""
LOST: Final = "lost_counts"
"""{"day": of the last restore}: what was counted before it may be gone."""
UNSURE: Final = "unsure_releases"
"""{"day": of the last restore after which nobody knew whether something was published since the backup}"""
BACKED: Final = "backup"
"""The record of the house that a backup was made: a database without it was begun after the one that was backed up."""
PASSING: Final = ("daily", "held", "older", "swept")
"""Records of the house that tell of the days of the backup, and of the database put back nothing that is so."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database that is replaced knows better than a backup. Not `readable`: it cannot say any more.

    Not `sure`: nothing that is there says what was published since the backup.
    """

    forgotten: Mapping[bytes, int] = field(default_factory=dict, repr=False)
    archive: ArchiveKey | None = None
    published: Published = field(default=Published(), repr=False)
    sure: bool = False
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to come back. Not `for_good`: for a drill, which leaves no mark. The day of `now` is the house's."""

    content: bytes | bytearray = field(repr=False)
    better: Known
    now: datetime
    for_good: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """What came of it: the epoch the backup is of, whether the living came too, how much was forgotten again.

    And of what was published: which files are gone, and whether it is all known.
    """

    epoch: int
    alive: bool
    forgotten: int
    published: Kept = field(default=Kept())


async def known(url: str, ring: Ring) -> Known:
    """Ask the database that is going to be replaced.

    Raises WrongKeyring when it is another house's, and Busy while it cannot be asked: then it stays.
    """
    path = path_of(url)
    if path is not None and not path.exists():
        return Known()
    try:
        async with reading(url) as connection:
            return await _known(connection, ring)
    except (DatabaseDamaged, DBAPIError):  # DBAPIError: an older program's, which had no such list
        return Known(readable=False)


async def _known(connection: AsyncConnection, ring: Ring) -> Known:
    fingerprint = (await connection.execute(select(col(H.fingerprint)))).scalar_one_or_none()
    if fingerprint is None:
        return Known()
    if fingerprint != ring.fingerprint:
        raise WrongKeyring("The database to be replaced belongs to another keyring: set DATA_DIR, or KEYRING_DIR.")
    gone, key, house = await forgotten(connection), await _last_key(connection, ring), await _house(connection, ring)
    return Known(gone, key, await publishing.published(connection, ring), BACKED in house and UNSURE not in house)


async def _last_key(connection: AsyncConnection, ring: Ring) -> ArchiveKey | None:
    """The archive key, unless it is one that somebody put there."""
    try:
        return await archive_key(connection, ring)
    except (Tampered, ArchiveKeyError):
        return None


async def made_fit(connection: AsyncConnection, ring: Ring, wanted: Wanted) -> Fit:
    """Take out of a backup's database what must not come back. Raises DatabaseDamaged, WrongKeyring."""
    epoch = await _epoch(connection, ring)
    alive = epoch == ring.newest and await _opens(connection, ring)
    for table in (OutboxRow, SeenUpdateRow, *(() if alive else (C, F))):  # what belongs to a conversation goes with it
        await connection.execute(delete(table))
    await _drop_passing(connection, ring)
    kept = await publishing.put_back(connection, ring, wanted.better.published)
    kept = replace(kept, sure=kept.sure and wanted.better.sure)
    gone = await _forget_again(connection, wanted.better.forgotten)
    await _hide_all(connection, ring)
    await connection.execute(update(H).where(col(H.id) == ONLY).values(epoch=ring.newest))
    if wanted.better.archive is not None:
        await set_archive_key(connection, ring, wanted.better.archive)
    if wanted.for_good:
        await _note(connection, ring, wanted.now, epoch, kept)
    await _require_whole(connection)
    return Fit(epoch, alive, gone, kept)


async def _epoch(connection: AsyncConnection, ring: Ring) -> int:
    house = (await connection.execute(select(col(H.fingerprint), col(H.epoch)).where(col(H.id) == ONLY))).one_or_none()
    if house is None:
        raise DatabaseDamaged("This backup does not say whose it is: take another one.")
    if house.fingerprint != ring.fingerprint:
        raise WrongKeyring("This backup is of a house with another house key: put that one into KEYRING_DIR.")
    return int(house.epoch)


async def _opens(connection: AsyncConnection, ring: Ring) -> bool:
    """Whether there is anybody alive whom this keyring knows: a keyring made anew begins with the same numbers."""
    rows = (await connection.execute(select(col(C.wrapped), col(C.id), col(C.commitment)))).all()
    return not rows or any(_unwraps(ring, *row) for row in rows)


def _unwraps(ring: Ring, wrapped: bytes, conversation: bytes, commitment: bytes) -> bool:
    try:
        ring.unwrap(wrapped, conversation, commitment).shred()
    except VaultError:
        return False
    return True


async def _forget_again(connection: AsyncConnection, since: Mapping[bytes, int]) -> int:
    """Erase whoever is on the list, which has grown since, with their footprints; how much there was."""
    await note_forgotten(connection, dict(since))
    listed = select(col(C.blind_index)).where(col(C.id).in_(select(col(G.id))))
    await connection.execute(delete(F).where(col(F.blind_index).in_(listed)))
    return await erase_forgotten(connection)


async def _hide_all(connection: AsyncConnection, ring: Ring) -> None:
    """Take every chat for hidden, as after blocking: what can still be deleted there stays known."""
    hidden: dict[tuple[int, int], Footprint] = {}
    for index, epoch, body in await connection.execute(select(col(F.blind_index), col(F.epoch), col(F.body))):
        with suppress(VaultError):
            person, footprint = open_footprint(ring, epoch, index, body)
            hidden[person, epoch] = replace(footprint, hidden=True)
    await save_footprints(connection, ring, hidden)


async def _drop_passing(connection: AsyncConnection, ring: Ring) -> None:
    house = await _house(connection, ring)
    await records.drop(connection, ring, [record for key, record in house.items() if key in PASSING])


async def _note(connection: AsyncConnection, ring: Ring, now: datetime, epoch: int, kept: Kept) -> None:
    """What the house remembers of it: that it was, that counts may be lost, and whether releases may be unknown."""
    day = {"day": now.date().isoformat()}
    said = {RESTORED: {"at": now.isoformat(timespec="seconds"), "from": epoch}, LOST: day}
    if not kept.sure:
        said[UNSURE] = day
    house = await _house(connection, ring)
    revisions = {key: house[key].revision if key in house else 0 for key in said}
    notes = [Record(Kind.HOUSE, key, json.dumps(body), revisions[key]) for key, body in said.items()]
    await records.keep(connection, ring, notes)


async def _house(connection: AsyncConnection, ring: Ring) -> dict[str, Record]:
    return {record.key: record for record in await records.read(connection, ring, (Kind.HOUSE,))}


async def _require_whole(connection: AsyncConnection) -> None:
    """Raise DatabaseDamaged unless the database is sound as SQLite sees it, and every row belongs to something."""
    answers = list((await connection.execute(text("PRAGMA integrity_check"))).scalars())
    orphans = (await connection.execute(text("PRAGMA foreign_key_check"))).all()
    if answers != ["ok"] or orphans:
        raise DatabaseDamaged("The database in this backup is damaged: take another backup.")
