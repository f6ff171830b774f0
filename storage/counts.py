"""The counts of the statistics: how often what happened, each number sealed under the house key.

Law: a count is a sum and nothing else. No row belongs to a person, a case or a moment, so none can be taken out again.
Rows are locked in the order of their blind indexes; a row that two workers make in one moment is made once, and the
slower of them is Busy. What does not open never keeps anybody from being answered, and never passes for a number.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, replace

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.errors import VaultError
from storage.model import Cell, Count
from storage.packing import open_count, seal_count
from storage.statements import portions
from storage.tables import CountRow
from storage.vault.ring import Ring

T = CountRow
COLUMNS = (col(T.blind_index), col(T.body))


async def add(connection: AsyncConnection, ring: Ring, increments: Mapping[Cell, int]) -> None:
    """Raise the numbers of cells. Two statements, one more when there are new cells; none for no cells.

    A cell whose row does not open begins anew with its increment and says of itself from then on that it is not whole.
    """
    cells = {ring.cell_index(*astuple(cell)): cell for cell in increments}
    stored = await _locked(connection, cells)
    counts = {index: _count(ring, index, cell, stored) for index, cell in sorted(cells.items())}
    raised = {index: replace(one, number=one.number + increments[one.cell]) for index, one in counts.items()}
    rows = [{"at": index, "sealed": seal_count(ring, index, one)} for index, one in raised.items()]
    await _update(connection, [row for row in rows if row["at"] in stored])
    await _insert(connection, [row for row in rows if row["at"] not in stored])


async def _locked(connection: AsyncConnection, indexes: Collection[bytes]) -> dict[bytes, bytes]:
    """The bodies that are there, by blind index. PostgreSQL reads them when nobody else is writing them any more."""
    found: dict[bytes, bytes] = {}
    for portion in portions(indexes):
        query = select(*COLUMNS).where(col(T.blind_index).in_(portion)).order_by(col(T.blind_index)).with_for_update()
        found |= dict((await connection.execute(query)).all())
    return found


def _count(ring: Ring, index: bytes, cell: Cell, stored: Mapping[bytes, bytes]) -> Count:
    if index not in stored:
        return Count(cell)
    return _opened(ring, index, stored[index]) or Count(cell, whole=False)


def _opened(ring: Ring, index: bytes, body: bytes) -> Count | None:
    """The count; None when it does not open, and then nobody knows which cell it was."""
    try:
        return open_count(ring, index, body)
    except VaultError:
        return None


async def _update(connection: AsyncConnection, rows: Sequence[dict[str, bytes]]) -> None:
    if rows:
        chosen = update(T).where(col(T.blind_index) == bindparam("at"))
        await connection.execute(chosen.values(body=bindparam("sealed")), rows)


async def _insert(connection: AsyncConnection, rows: Sequence[dict[str, bytes]]) -> None:
    if rows:
        made = insert(T).values(blind_index=bindparam("at"), body=bindparam("sealed"))
        await connection.execute(made, rows)


async def read(connection: AsyncConnection, ring: Ring) -> dict[Cell, int]:
    """All numbers that open, whole or not. One statement."""
    return {count.cell: count.number for count in await _all(connection, ring) if count is not None}


async def lost(connection: AsyncConnection, ring: Ring) -> list[Cell | None]:
    """The cells of counts that are lower than what happened: they began anew, or, None, do not open. One statement."""
    found = await _all(connection, ring)
    return [count.cell if count is not None else None for count in found if count is None or not count.whole]


async def drop(connection: AsyncConnection, ring: Ring, cells: Collection[Cell]) -> int:
    """Delete the counts of cells, and all that do not open; how many rows. Three statements.

    They are locked in the same order as for `add`, and looked at again then: one may have begun anew meanwhile.
    """
    over = {ring.cell_index(*astuple(cell)) for cell in cells}
    rows = await connection.execute(select(*COLUMNS))
    doubted = over | {index for index, body in rows if _opened(ring, index, body) is None}
    stored = await _locked(connection, sorted(doubted))
    gone = [index for index, body in stored.items() if index in over or _opened(ring, index, body) is None]
    for portion in portions(gone):
        await connection.execute(delete(T).where(col(T.blind_index).in_(portion)))
    return len(gone)


async def _all(connection: AsyncConnection, ring: Ring) -> list[Count | None]:
    rows = await connection.execute(select(*COLUMNS))
    return [_opened(ring, index, body) for index, body in rows]
