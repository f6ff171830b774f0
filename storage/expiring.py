"""What goes by itself when its day has come, and the list of what went at a person's wish.

Law: nothing here knows how long anything may live; the caller says from which day on it is over. A conversation with a
case stays, however old: the case ends first; only for one that does not open nobody waits for ever. A footprint lives
as long as its conversation, or until its last message can no longer be deleted, whichever is later.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.archives import cut_off
from storage.errors import VaultError
from storage.model import Conversation, Footprint, day_of
from storage.packing import OpenFootprint, open_case, open_footprint
from storage.statements import insert_into, portions
from storage.tables import (
    CaseRow,
    ConversationRow,
    FootprintRow,
    ForgottenRow,
    LineRow,
    OutboxRow,
    TranscriptRow,
)
from storage.vault.ring import Ring

C, F, G = ConversationRow, FootprintRow, ForgottenRow
BELONGING = (TranscriptRow, OutboxRow, CaseRow, LineRow)
"""The tables whose rows belong to a conversation; entries belong to their transcript."""
UNIX = date(1970, 1, 1)
ENDED = timedelta(days=8)
"""Before the day from which on conversations are over: whose was last touched then, their case has ended for good."""
LAST = timedelta(days=37)
"""After the same day, which is a week ago: custodians have a month, as for a minor; whether it was one nobody reads."""


async def expire(connection: AsyncConnection, ring: Ring, before: date) -> int:
    """Erase the conversations last touched before that day that have no case; how many. Two statements.

    A few more where a case does not open that must have ended long ago: then its conversation goes, too, and what was
    entrusted to custodians is cut off.
    """
    lost = await _never_ending(connection, ring, before - ENDED)
    await cut_off(connection, dict.fromkeys(lost, before + LAST))
    for portion in portions(lost):
        await connection.execute(delete(CaseRow).where(col(CaseRow.conversation).in_(portion)))
    old = col(C.touched_day) < (before - UNIX).days
    busy = select(col(CaseRow.conversation))
    return (await connection.execute(delete(C).where(old, col(C.id).not_in(busy)))).rowcount


async def _never_ending(connection: AsyncConnection, ring: Ring, before: date) -> list[bytes]:
    """The conversations last touched before that day, locked, whose case does not open. One statement."""
    case = CaseRow
    query = select(col(case.epoch), col(case.conversation), col(case.revision), col(case.body))
    old = query.join(C, col(C.id) == col(case.conversation)).where(col(C.touched_day) < (before - UNIX).days)
    rows = await connection.execute(old.order_by(col(C.id)).with_for_update())
    return [row[1] for row in rows if not _opens(ring, *row)]


def _opens(ring: Ring, epoch: int, conversation: bytes, revision: int, body: bytes) -> bool:
    try:
        open_case(ring, epoch, conversation, revision, body)
    except VaultError:
        return False
    return True


async def expire_footprints(connection: AsyncConnection, ring: Ring, now: datetime) -> int:
    """Delete the footprints that belong to no conversation and name nothing that could still be deleted; how many.

    Two statements. One that does not open goes too when nobody has its conversation: nobody can ever read it.
    """
    alone = select(col(F.blind_index), col(F.epoch), col(F.body)).where(
        col(F.blind_index).not_in(select(col(C.blind_index)))
    )
    over = [row[0] for row in await connection.execute(alone) if _is_over(_opened(ring, *row), now)]
    for portion in portions(over):
        await connection.execute(delete(F).where(col(F.blind_index).in_(portion)))
    return len(over)


def _is_over(opened: OpenFootprint | None, now: datetime) -> bool:
    return opened is None or not opened.footprint.pruned(now).ids


async def vanishing(connection: AsyncConnection, ring: Ring) -> dict[int, Footprint]:
    """The footprints of everybody who wants the chat emptied day by day. One statement."""
    rows = await connection.execute(select(col(F.blind_index), col(F.epoch), col(F.body)))
    opened = (_opened(ring, *row) for row in rows)
    return {one.person: one.footprint for one in opened if one is not None and one.footprint.vanish}


def _opened(ring: Ring, index: bytes, epoch: int, body: bytes) -> OpenFootprint | None:
    try:
        return open_footprint(ring, epoch, index, body)
    except VaultError:
        return None


async def remember_forgotten(connection: AsyncConnection, these: Collection[Conversation], now: datetime) -> None:
    """Before they are erased: note the random ids of conversations and their open transcripts. Two statements."""
    ids = {conversation.id for conversation in these}
    for portion in portions(list(ids)):
        query = select(col(TranscriptRow.id)).where(col(TranscriptRow.conversation).in_(portion))
        ids |= set((await connection.execute(query)).scalars())
    await note_forgotten(connection, dict.fromkeys(ids, day_of(now)))


async def remains(connection: AsyncConnection, ring: Ring, whose: Mapping[bytes, int]) -> set[bytes]:
    """Of these conversations, by id, with the person of each: those of which anything is left. Six statements."""
    left = set[bytes]()
    for portion in portions(list(whose)):
        for column in (col(C.id), *(col(table.conversation) for table in BELONGING)):
            found = await connection.execute(select(column).where(column.in_(portion)))
            left |= {number for number in found.scalars() if number is not None}
    traces = {ring.index(epoch, person): number for number, person in whose.items() for epoch in ring.epochs}
    for portion in portions(traces):
        begun_anew = select(col(C.blind_index)).where(col(C.blind_index).in_(portion))
        query = select(col(F.blind_index)).where(col(F.blind_index).in_(portion), col(F.blind_index).not_in(begun_anew))
        left |= {traces[index] for index in (await connection.execute(query)).scalars()}
    return left


async def note_forgotten(connection: AsyncConnection, ids: dict[bytes, int]) -> None:
    """Put ids and the days they were forgotten on the list. One statement."""
    if ids:
        rows = [{"id": number, "day": day} for number, day in sorted(ids.items())]
        await connection.execute(insert_into(connection, G).on_conflict_do_nothing(), rows)


async def forgotten(connection: AsyncConnection) -> dict[bytes, int]:
    """The whole list: ids and the days they were forgotten, counted from 1970. One statement."""
    return dict((await connection.execute(select(col(G.id), col(G.day)))).all())


async def erase_forgotten(connection: AsyncConnection) -> int:
    """Erase again whatever is on the list; how much was there. Two statements."""
    listed = select(col(G.id))
    talks = await connection.execute(delete(TranscriptRow).where(col(TranscriptRow.id).in_(listed)))
    people = await connection.execute(delete(C).where(col(C.id).in_(listed)))
    return talks.rowcount + people.rowcount


async def shorten_forgotten(connection: AsyncConnection, before: date) -> int:
    """Take off the list what was forgotten before that day; how many. One statement."""
    return (await connection.execute(delete(G).where(col(G.day) < (before - UNIX).days))).rowcount
