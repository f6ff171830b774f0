"""The releases of the statistics, frozen: whatever was published once is there again byte by byte.

Law: a release is written once and never over another; of two who freeze one at once the slower is Stale. One that was
changed, or lies where another belongs, does not open and says so: it never passes for one that was not made.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import VaultError
from storage.failures import Stale
from storage.packing import open_release, seal_release
from storage.statements import insert_into
from storage.tables import ReleaseRow
from storage.vault.ring import Ring

T = ReleaseRow
COLUMNS = (col(T.blind_index), col(T.body))


async def freeze(connection: AsyncConnection, ring: Ring, name: str, content: bytes) -> None:
    """Write a release. One statement. Raises Stale when there is one of this name, whether it opens or not."""
    index = ring.release_index(name)
    row = {"blind_index": index, "body": seal_release(ring, index, content)}
    made = insert_into(connection, T).on_conflict_do_nothing().returning(col(T.blind_index))
    if (await connection.execute(made, row)).first() is None:
        raise Stale


async def frozen(connection: AsyncConnection, ring: Ring, name: str) -> bytes | None:
    """What was frozen under this name, None for nothing. One statement. Raises VaultError when it was changed."""
    index = ring.release_index(name)
    query = select(col(T.body)).where(col(T.blind_index) == index)
    body = (await connection.execute(query)).scalar_one_or_none()
    return None if body is None else open_release(ring, index, body)


async def number(connection: AsyncConnection) -> int:
    """How many releases lie there, whether they open or not. One statement."""
    return (await connection.execute(select(func.count()).select_from(T))).scalar_one()


async def lost(connection: AsyncConnection, ring: Ring) -> int:
    """How many releases do not open. One statement."""
    return sum([not _opens(ring, *row) for row in await connection.execute(select(*COLUMNS))])


async def whole(connection: AsyncConnection, ring: Ring) -> list[dict[str, Any]]:
    """The rows of those that open, as they lie there. One statement."""
    rows = await connection.execute(select(*COLUMNS).order_by(col(T.blind_index)))
    return [{"blind_index": index, "body": body} for index, body in rows if _opens(ring, index, body)]


async def indexes(connection: AsyncConnection) -> set[bytes]:
    """Where releases lie, whether they open or not. One statement."""
    return set((await connection.execute(select(col(T.blind_index)))).scalars())


async def replace_all(connection: AsyncConnection, rows: Sequence[dict[str, Any]]) -> None:
    """Have these rows of this house and no others. Two statements."""
    await connection.execute(delete(T))
    if rows:
        await connection.execute(insert_into(connection, T), rows)


def _opens(ring: Ring, index: bytes, body: bytes) -> bool:
    try:
        open_release(ring, index, body)
    except VaultError:
        return False
    return True
