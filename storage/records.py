"""The records: what the house keeps about itself, each sealed under the house key: staff, invitations, settings, audit.

Law: whoever writes or deletes a record has read what they replace. One that another changed, deleted or made meanwhile
is Stale, and then nothing is written: of two who use one invitation, one comes too late. A record that does not open is
no record: it is counted as lost, and made anew when its key is written again.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import VaultError
from storage.failures import Stale
from storage.model import Kind, Record
from storage.packing import open_record, seal_record
from storage.statements import insert_into, portions
from storage.tables import RecordRow
from storage.vault.ring import Ring

T = RecordRow
COLUMNS = (col(T.blind_index), col(T.kind), col(T.revision), col(T.body))


async def read(connection: AsyncConnection, ring: Ring, kinds: Collection[Kind]) -> list[Record]:
    """All records of these kinds that open, in the order of kind and key. One statement."""
    rows = await connection.execute(select(*COLUMNS).where(col(T.kind).in_([int(kind) for kind in kinds])))
    found = [record for row in rows if (record := _opened(ring, *row)) is not None]
    return sorted(found, key=lambda record: (record.kind, record.key))


async def lost(connection: AsyncConnection, ring: Ring) -> int:
    """How many records do not open. One statement."""
    return sum(_opened(ring, *row) is None for row in await connection.execute(select(*COLUMNS)))


def _opened(ring: Ring, index: bytes, kind: int, revision: int, body: bytes) -> Record | None:
    try:
        return open_record(ring, index, kind, revision, body)
    except VaultError:
        return None


async def keep(connection: AsyncConnection, ring: Ring, records: Collection[Record]) -> None:
    """Write records, of twins the last. Two statements, one more when lost ones are replaced. Raises Stale."""
    wanted = {ring.record_index(record.kind, record.key): record for record in records}
    if not wanted:
        return
    stored = await _locked(connection, ring, wanted)
    revisions = {index: record.revision for index, record in stored.items() if record is not None}
    if any(revisions.get(index, 0) != record.revision for index, record in wanted.items()):
        raise Stale
    await _delete(connection, [index for index, record in stored.items() if record is None])
    if await _upsert(connection, [_row(ring, index, record) for index, record in sorted(wanted.items())]) < len(wanted):
        raise Stale  # another worker made one of them since we looked


async def drop(connection: AsyncConnection, ring: Ring, records: Collection[Record]) -> None:
    """Delete records. Two statements. Raises Stale when one is not there any more as it was read."""
    unwanted = {ring.record_index(record.kind, record.key): record.revision for record in records}
    stored = await _locked(connection, ring, unwanted)
    if {index: record.revision for index, record in stored.items() if record is not None} != unwanted:
        raise Stale
    await _delete(connection, unwanted)


async def _locked(connection: AsyncConnection, ring: Ring, indexes: Collection[bytes]) -> dict[bytes, Record | None]:
    """What is there, None for what does not open. PostgreSQL reads it when nobody else is writing it any more."""
    found: dict[bytes, Record | None] = {}
    for portion in portions(indexes):
        query = select(*COLUMNS).where(col(T.blind_index).in_(portion)).order_by(col(T.blind_index)).with_for_update()
        found |= {row[0]: _opened(ring, *row) for row in await connection.execute(query)}
    return found


def _row(ring: Ring, index: bytes, record: Record) -> dict[str, object]:
    revision = record.revision + 1
    sealed = seal_record(ring, index, revision, record)
    return {"blind_index": index, "kind": int(record.kind), "revision": revision, "body": sealed}


async def _upsert(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> int:
    """Insert, or update what is one revision behind; how many were written."""
    insert = insert_into(connection, T)
    changed = {name: insert.excluded[name] for name in ("revision", "body")}
    statement = insert.on_conflict_do_update(
        index_elements=["blind_index"], set_=changed, where=col(T.revision) == insert.excluded.revision - 1
    ).returning(col(T.blind_index))
    return len((await connection.execute(statement, rows)).all())


async def _delete(connection: AsyncConnection, indexes: Collection[bytes]) -> None:
    for portion in portions(indexes):
        await connection.execute(delete(T).where(col(T.blind_index).in_(portion)))
