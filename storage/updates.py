"""Which updates were taken already, and the latest time that was trusted.

Law: the key of an update is (bot, update_id) and is never an order: after a quiet week Telegram begins anew at a
random number (Bot API, Update.update_id).
"""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.model import hour_of
from storage.statements import insert_into
from storage.tables import ClockRow, SeenUpdateRow

ONLY = 1
"""The id of the one row of a table of one row."""


async def fresh(connection: AsyncConnection, bot: int, updates: Collection[int], now: datetime) -> set[int]:
    """Take updates: those never seen before. One statement.

    The rows RETURNING gives are counted, never `rowcount`, which drivers fill differently after DO NOTHING.
    """
    if not updates:
        return set()
    statement = insert_into(connection, SeenUpdateRow).on_conflict_do_nothing()
    rows = [{"bot": bot, "update_id": number, "hour": hour_of(now)} for number in sorted(set(updates))]
    return set((await connection.execute(statement.returning(col(SeenUpdateRow.update_id)), rows)).scalars())


async def forget(connection: AsyncConnection, before: datetime) -> int:
    """Forget the updates taken before that hour; their number."""
    row = SeenUpdateRow
    return (await connection.execute(delete(row).where(col(row.hour) < hour_of(before)))).rowcount


async def high_water(connection: AsyncConnection) -> datetime | None:
    """The latest time that was trusted, if any."""
    query = select(col(ClockRow.high_water)).where(col(ClockRow.id) == ONLY)
    seconds = (await connection.execute(query)).scalar_one_or_none()
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


async def raise_high_water(connection: AsyncConnection, now: datetime) -> None:
    """Remember a trusted time; an earlier one changes nothing. One statement."""
    insert = insert_into(connection, ClockRow)
    statement = insert.on_conflict_do_update(
        index_elements=["id"],
        set_={"high_water": insert.excluded.high_water},
        where=col(ClockRow.high_water) < insert.excluded.high_water,
    )
    await connection.execute(statement, {"id": ONLY, "high_water": int(now.timestamp())})
