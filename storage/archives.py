"""What is left of a talk when it is over: sealed for the custodians, belonging to nobody, until its day comes.

Law: a transcript that never was sealed to the archive key ends with its talk. What is sealed names nobody and no day
but the last it may live on. The archive key stands in the clear, for it is public, beside a MAC under the house key:
whoever can write into the database cannot put a key of their own in its place unnoticed.
"""

import hmac
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import Tampered
from storage.model import Conversation, date_of
from storage.statements import portions
from storage.tables import HouseRow, TranscriptRow
from storage.updates import ONLY
from storage.vault.archive import ArchiveKey
from storage.vault.ring import Ring

T, H = TranscriptRow, HouseRow
UNIX = date(1970, 1, 1)


class Archived(NamedTuple):
    """A sealed transcript as far as anybody here can see it."""

    id: bytes
    until: date
    entries: int


async def archive_key(connection: AsyncConnection, ring: Ring) -> ArchiveKey | None:
    """The custodians' public key, if there is one. One statement. Raises Tampered when somebody put in another."""
    query = select(col(H.archive), col(H.archive_mac)).where(col(H.id) == ONLY)
    raw, mac = (await connection.execute(query)).one()
    if raw is None:
        return None
    if not hmac.compare_digest(mac or b"", ring.archive_mac(raw)):
        raise Tampered("The archive key in the database is not the one `gza init --archive` wrote: set it again.")
    return ArchiveKey.from_bytes(raw)


async def set_archive_key(connection: AsyncConnection, ring: Ring, key: ArchiveKey) -> None:
    """What is sealed from now on is sealed to this key. One statement."""
    raw = key.to_bytes()
    chosen = update(H).where(col(H.id) == ONLY)
    await connection.execute(chosen.values(archive=raw, archive_mac=ring.archive_mac(raw)))


async def seal_off(connection: AsyncConnection, these: Collection[tuple[Conversation, date]]) -> None:
    """Cut transcripts off from their conversations: from now on only custodians open them, until that day has passed.

    Two statements. What has no form that custodians could open is deleted.
    """
    await cut_off(connection, {conversation.id: until for conversation, until in these})


async def cut_off(connection: AsyncConnection, these: Mapping[bytes, date]) -> None:
    """As `seal_off`, for who has only the conversations' ids: nothing has to be opened for it."""
    for portion in portions(list(these)):
        await connection.execute(delete(T).where(col(T.conversation).in_(portion), col(T.archived).is_(None)))
    if not these:
        return
    chosen = update(T).where(col(T.conversation) == bindparam("whose"))
    cut = chosen.values(conversation=None, epoch=None, wrapped=None, until_day=bindparam("last"))
    await connection.execute(cut, [{"whose": number, "last": (until - UNIX).days} for number, until in these.items()])


async def archives(connection: AsyncConnection) -> list[Archived]:
    """Everything sealed, what ends first first. One statement."""
    columns = (col(T.id), col(T.until_day), col(T.entries))
    query = select(*columns).where(col(T.conversation).is_(None)).order_by(col(T.until_day), col(T.id))
    return [Archived(number, date_of(day or 0), entries) for number, day, entries in await connection.execute(query)]


async def expire(connection: AsyncConnection, today: date, held: Sequence[bytes]) -> int:
    """Delete what is sealed and whose last day is over, but for what is `held`; how much it was. One statement."""
    over = col(T.conversation).is_(None) & (col(T.until_day) < (today - UNIX).days)
    gone = await connection.execute(delete(T).where(over, col(T.id).not_in(held)))
    return gone.rowcount
