"""Finding, opening, saving and erasing conversations and footprints, set-wise.

Law: a person is found by blind index under every epoch on the keyring, and only the turn moves anything from one
epoch to another. Rows are locked in the order of their ids, so that two workers cannot wait for each other. What
does not open is given back as damaged, never raised: one person's damage is not another's. Of whose footprint is lost
nobody knows whether they hid the chat: until they write it counts as hidden.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import BadData, VaultError
from storage.failures import Stale
from storage.model import ID, Conversation, Footprint, date_of, day_of
from storage.packing import open_footprint, seal_footprint, seal_state
from storage.statements import insert_into, portions
from storage.stored import COLUMNS, Stored, open_stored
from storage.tables import ConversationRow, FootprintRow
from storage.vault.dek import Dek
from storage.vault.ring import Ring

C, F = ConversationRow, FootprintRow
UNIX = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Trace:
    """A stored footprint; `footprint` None: it does not open."""

    epoch: int
    footprint: Footprint | None


async def load(connection: AsyncConnection, ring: Ring, people: Collection[int]) -> dict[int, Conversation]:
    """Everyone's conversation: as stored, or new. Two statements; the second sees what the locks waited for."""
    owners = {ring.index(epoch, person): person for person in people for epoch in ring.epochs}
    rows = await _rows(connection, owners)
    traces = await load_footprints(connection, ring, owners)
    return {person: _conversation(ring, person, rows.get(person), traces.get(person)) for person in people}


async def _rows(connection: AsyncConnection, owners: dict[bytes, int]) -> dict[int, Stored]:
    found: dict[int, Stored] = {}
    for portion in portions(owners):
        query = select(*COLUMNS).where(col(C.blind_index).in_(portion)).order_by(col(C.id)).with_for_update()
        stored = [Stored(*row) for row in await connection.execute(query)]
        found |= {owners[row.blind_index]: row for row in stored}
    return found


async def load_footprints(connection: AsyncConnection, ring: Ring, owners: dict[bytes, int]) -> dict[int, Trace]:
    """The footprints at these blind indexes, opened. One statement."""
    found: dict[int, Trace] = {}
    for portion in portions(owners):
        query = select(F).where(col(F.blind_index).in_(portion)).order_by(col(F.epoch))
        for row in await connection.execute(query):
            found[owners[row.blind_index]] = _trace(ring, row.epoch, row.blind_index, row.body)
    return found


def _trace(ring: Ring, epoch: int, index: bytes, body: bytes) -> Trace:
    try:
        return Trace(epoch, open_footprint(ring, epoch, index, body).footprint)
    except VaultError:
        return Trace(epoch, None)


def _conversation(ring: Ring, person: int, row: Stored | None, trace: Trace | None) -> Conversation:
    kept = Trace(ring.newest, Footprint(hidden=row is not None)) if trace is None else trace
    number = secrets.token_bytes(ID) if row is None else row.id
    if kept.footprint is None:
        return Conversation(
            number, person, Dek.new(), footprint=Footprint(hidden=True), damaged=True, epoch=ring.newest
        )
    if row is None:
        return Conversation(number, person, Dek.new(), footprint=kept.footprint, epoch=kept.epoch)
    try:
        dek, _, state = open_stored(ring, row)
    except VaultError:
        return Conversation(number, person, Dek.new(), footprint=kept.footprint, damaged=True, epoch=ring.newest)
    return Conversation(
        row.id,
        person,
        dek,
        state,
        row.revision,
        kept.footprint,
        row.blocked,
        epoch=row.epoch,
        touched=date_of(row.touched_day),
    )


async def save(connection: AsyncConnection, ring: Ring, conversations: Sequence[Conversation], now: datetime) -> None:
    """Write conversations and footprints as they are now: two statements, one more when damaged ones are replaced.

    Raises Stale when one was written since it was loaded, BadData when one is given twice.
    """
    if len({conversation.id for conversation in conversations}) < len(conversations):
        raise BadData(_twice(conversations))
    damaged = [conversation for conversation in conversations if conversation.damaged]
    if damaged:
        await erase(connection, ring, damaged)
    ordered = sorted(conversations, key=lambda conversation: conversation.id)
    written = await _upsert(connection, [_row(ring, conversation, now) for conversation in ordered])
    if written < {conversation.id for conversation in conversations}:
        raise Stale
    await save_footprints(connection, ring, {(c.person, c.epoch): c.footprint.pruned(now) for c in ordered})


def _twice(conversations: Sequence[Conversation]) -> tuple[Conversation, ...]:
    ids = [conversation.id for conversation in conversations]
    return tuple(conversation for conversation in conversations if ids.count(conversation.id) > 1)


def _row(ring: Ring, conversation: Conversation, now: datetime) -> dict[str, object]:
    dek, number, revision = conversation.dek, conversation.id, conversation.revision + 1
    return {
        "id": number,
        "blind_index": ring.index(conversation.epoch, conversation.person),
        "epoch": conversation.epoch,
        "wrapped": ring.wrap(dek, number, conversation.epoch),
        "commitment": dek.commitment(number),
        "state": seal_state(dek, number, revision, conversation.person, conversation.state),
        "revision": revision,
        "blocked": conversation.blocked,
        "touched_day": day_of(now) if conversation.touched is None else (conversation.touched - UNIX).days,
    }


async def _upsert(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> set[bytes]:
    """Insert, or update what is one revision behind; the ids written. Key and epoch are not touched."""
    insert = insert_into(connection, C)
    changed = {name: insert.excluded[name] for name in ("state", "revision", "blocked", "touched_day")}
    statement = insert.on_conflict_do_update(
        index_elements=["id"], set_=changed, where=col(C.revision) == insert.excluded.revision - 1
    ).returning(col(C.id))
    return set((await connection.execute(statement, rows)).scalars())


async def save_footprints(
    connection: AsyncConnection, ring: Ring, footprints: dict[tuple[int, int], Footprint]
) -> None:
    """Write footprints by (person, epoch). One statement."""
    if not footprints:
        return
    rows = [_footprint_row(ring, person, epoch, footprint) for (person, epoch), footprint in footprints.items()]
    insert = insert_into(connection, F)
    changed = {name: insert.excluded[name] for name in ("epoch", "body")}
    await connection.execute(insert.on_conflict_do_update(index_elements=["blind_index"], set_=changed), rows)


def _footprint_row(ring: Ring, person: int, epoch: int, footprint: Footprint) -> dict[str, object]:
    index = ring.index(epoch, person)
    return {"blind_index": index, "epoch": epoch, "body": seal_footprint(ring, epoch, index, person, footprint)}


async def erase(connection: AsyncConnection, ring: Ring, conversations: Collection[Conversation]) -> None:
    """Delete conversations with all that belongs to them, and the footprints of these people. Two statements."""
    for portion in portions([conversation.id for conversation in conversations]):
        await connection.execute(delete(C).where(col(C.id).in_(portion)))
    indexes = [ring.index(epoch, conversation.person) for conversation in conversations for epoch in ring.epochs]
    for portion in portions(indexes):
        await connection.execute(delete(F).where(col(F.blind_index).in_(portion)))
