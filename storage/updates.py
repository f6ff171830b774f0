"""Which updates were taken already, and the latest time that was trusted.

Law: the key of an update is (bot, update_id) and is never an order: after a quiet week Telegram begins anew at a
random number (Bot API, Update.update_id).
"""

import hmac
from collections.abc import Collection
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.model import hour_of
from storage.statements import insert_into
from storage.tables import ClockRow, SeenUpdateRow
from storage.vault.ring import Ring

ONLY = 1
"""The id of the one row of a table of one row."""


class Told(NamedTuple):
    """What the database says of how late it was; `ours`: whether this house wrote that, None where nothing proves it.

    Nothing does where there is no time at all, and where only an older program wrote one.
    """

    moment: datetime | None = None
    ours: bool | None = None


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


async def told(connection: AsyncConnection, ring: Ring) -> Told:
    """The same, and whether it can be believed. One statement."""
    query = select(col(ClockRow.high_water), col(ClockRow.mac)).where(col(ClockRow.id) == ONLY)
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return Told()
    seconds, mac = row
    ours = None if mac is None else hmac.compare_digest(mac, ring.house.clock_mac(seconds))
    return Told(datetime.fromtimestamp(seconds, UTC), ours)


async def raise_high_water(connection: AsyncConnection, ring: Ring, now: datetime) -> None:
    """Remember a trusted time; an earlier one changes nothing. One statement."""
    seconds = int(now.timestamp())
    insert = insert_into(connection, ClockRow)
    statement = insert.on_conflict_do_update(
        index_elements=["id"],
        set_={name: insert.excluded[name] for name in ("high_water", "mac")},
        where=col(ClockRow.high_water) < insert.excluded.high_water,
    )
    row = {"id": ONLY, "high_water": seconds, "mac": ring.house.clock_mac(seconds)}
    await connection.execute(statement, row)
