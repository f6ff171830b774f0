"""The cases: one sealed body for each conversation that a human has or shall have.

Law: whoever writes a case has read what they replace. A case that another changed, dropped or made meanwhile is Stale,
and then nothing is written. What does not open is given back without its body, never raised; who begins that case anew,
knowing of none or of the damaged one, replaces it: damage keeps nobody from a human.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.casework import StoredCase
from storage.errors import VaultError
from storage.failures import Stale
from storage.packing import open_case, seal_case
from storage.statements import insert_into, portions
from storage.tables import CaseRow
from storage.vault.ring import Ring

T = CaseRow
IN_ORDER = select(col(T.conversation), col(T.body), col(T.revision), col(T.epoch)).order_by(col(T.conversation))


async def read(connection: AsyncConnection, ring: Ring) -> list[StoredCase]:
    """All cases, in the order of their conversations' ids. One statement."""
    return [_case(ring, *row) for row in await connection.execute(IN_ORDER)]


def _case(ring: Ring, conversation: bytes, body: bytes, revision: int, epoch: int) -> StoredCase:
    try:
        text = open_case(ring, epoch, conversation, revision, body)
    except VaultError:
        return StoredCase(conversation, None, revision, epoch)
    return StoredCase(conversation, text, revision, epoch)


async def save(connection: AsyncConnection, ring: Ring, cases: Collection[StoredCase]) -> None:
    """Write cases, of twins the last. Two statements, one more when damaged ones are replaced. Raises Stale."""
    ordered = sorted({case.conversation: case for case in cases}.values(), key=lambda case: case.conversation)
    if not ordered:
        return
    stored = await _locked(connection, ring, [case.conversation for case in ordered])
    if any(case.revision not in _revisions(stored.get(case.conversation)) for case in ordered):
        raise Stale
    await drop(connection, [case.conversation for case in stored.values() if case.body is None])
    if await _upsert(connection, [_row(ring, case) for case in ordered]) < len(ordered):
        raise Stale  # another worker made one of them since we looked


async def _locked(connection: AsyncConnection, ring: Ring, conversations: Collection[bytes]) -> dict[bytes, StoredCase]:
    """What is there. PostgreSQL reads it when nobody else is writing it any more."""
    found: dict[bytes, StoredCase] = {}
    for portion in portions(conversations):
        query = IN_ORDER.where(col(T.conversation).in_(portion)).with_for_update()
        found |= {row[0]: _case(ring, *row) for row in await connection.execute(query)}
    return found


def _revisions(stored: StoredCase | None) -> tuple[int, ...]:
    """What a case that is written over this one may have for its revision."""
    if stored is None:
        return (0,)
    return (stored.revision,) if stored.body is not None else (0, stored.revision)


def _row(ring: Ring, case: StoredCase) -> dict[str, object]:
    epoch = case.epoch if case.epoch in ring.epochs else ring.newest  # only the turn moves a case from one to another
    revision = case.revision + 1
    sealed = seal_case(ring, epoch, case.conversation, revision, case.body or "")
    return {"conversation": case.conversation, "epoch": epoch, "revision": revision, "body": sealed}


async def _upsert(connection: AsyncConnection, rows: Sequence[dict[str, object]]) -> int:
    """Insert, or update what is one revision behind; how many were written."""
    insert = insert_into(connection, T)
    changed = {name: insert.excluded[name] for name in ("epoch", "revision", "body")}
    statement = insert.on_conflict_do_update(
        index_elements=["conversation"], set_=changed, where=col(T.revision) == insert.excluded.revision - 1
    ).returning(col(T.conversation))
    return len((await connection.execute(statement, rows)).all())


async def drop(connection: AsyncConnection, conversations: Collection[bytes]) -> None:
    """Delete the cases of these conversations. One statement."""
    for portion in portions(conversations):
        await connection.execute(delete(T).where(col(T.conversation).in_(portion)))


async def lost(connection: AsyncConnection, ring: Ring) -> int:
    """How many cases do not open. One statement."""
    return sum(case.body is None for case in await read(connection, ring))
