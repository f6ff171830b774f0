"""What a house has published, and what it wrote down about that."""

from datetime import UTC, datetime

from bot import filing
from bot.releasing import shelf
from storage import Cell, Kind

JANUARY = datetime(2027, 1, 14, 12, tzinfo=UTC)
LATE = Cell("2026-09", "language", "ka")


async def shelved(store):
    async with store.transaction() as work:
        return await shelf.releases(work)


async def audited(store):
    async with store.transaction() as work:
        return [filing.audited(record) for record in await work.records((Kind.AUDIT,))]


async def left(store):
    """Everything a release writes."""
    async with store.transaction() as work:
        return await work.releases(), await work.records((Kind.RELEASE, Kind.AUDIT))


async def keep(store, *records):
    async with store.transaction() as work:
        await work.keep(records)


async def spoil(store, table="counts"):
    """Of all rows the first one does not open any more."""
    async with store.transaction() as work:
        run = work._connection.exec_driver_sql
        await run(f"UPDATE {table} SET body = x'01' WHERE blind_index = (SELECT min(blind_index) FROM {table})")
