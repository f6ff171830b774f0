"""All rows of one database into another, whichever engine either of them is.

Law: what is read is one moment of the database, and nobody who works with it waits for that. Rows go over in portions,
and a table after those its rows belong to.
"""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, NullPool, Table, event, func, make_url, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.engine import BUSY_TIMEOUT, is_sqlite
from storage.failures import reachable, translated
from storage.tables import Row

PORTION = 500
"""Rows at a time: enough to be quick, too few to be felt in memory."""
NUMBERING = {
    "sqlite": (
        "DELETE FROM sqlite_sequence WHERE name = 'outbox' AND seq < :last",
        "INSERT INTO sqlite_sequence SELECT 'outbox', :last WHERE 'outbox' NOT IN (SELECT name FROM sqlite_sequence)",
    ),
    "postgresql": (
        "SELECT setval(name, greatest(nextval(name), :last)) FROM pg_get_serial_sequence('outbox', 'id') AS name",
    ),
}
"""How each engine is told the last number that is taken."""
Tell = Callable[[int, int], object]
"""Is told how many rows are over, and of how many."""


def path_of(url: str) -> Path | None:
    """The file of an SQLite database; None for a server's."""
    return Path(make_url(url).database or "") if is_sqlite(url) else None


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[AsyncConnection]:
    """A connection that sees one moment of a database and changes nothing. Raises Busy, DatabaseDamaged."""
    engine = _reader(url)
    try:
        async with AsyncExitStack() as stack:
            stack.enter_context(translated())
            with reachable():
                connection = await stack.enter_async_context(engine.connect())
            await stack.enter_async_context(connection.begin())
            yield connection
    finally:
        await engine.dispose()


async def copy(
    source: AsyncConnection, target: AsyncConnection, without: Collection[str] = (), tell: Tell = lambda *_: None
) -> None:
    """Write the rows of all tables but those named `without` into empty tables."""
    tables = [table for table in Row.metadata.sorted_tables if table.name not in without]
    total, done = sum([await rows_in(source, table) for table in tables]), 0
    for table in tables:
        async for rows in portions_of(source, table):
            await target.execute(table.insert(), rows)
            done += len(rows)
            tell(done, total)


async def portions_of(source: AsyncConnection, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    """The rows of a table, some at a time."""
    async with source.stream(select(table)) as result:
        async for rows in result.mappings().partitions(PORTION):
            yield [dict(row) for row in rows]


async def rows_in(connection: AsyncConnection, table: Table) -> int:
    """How many rows a table has. One statement."""
    return (await connection.execute(select(func.count()).select_from(table))).scalar_one()


async def empty(connection: AsyncConnection) -> None:
    """Delete all rows of all tables."""
    for table in reversed(Row.metadata.sorted_tables):
        await connection.execute(table.delete())


async def number_letters_from(connection: AsyncConnection, number: int) -> None:
    """No letter gets a number up to this one any more: an old button under a letter must not decide about another."""
    for statement in NUMBERING[connection.dialect.name]:
        await connection.execute(text(statement), {"last": number})


def _reader(url: str) -> AsyncEngine:
    if not is_sqlite(url):
        one_moment = {"isolation_level": "REPEATABLE READ", "execution_options": {"postgresql_readonly": True}}
        return create_async_engine(url, hide_parameters=True, poolclass=NullPool, **one_moment)
    settings = {"isolation_level": None, "timeout": BUSY_TIMEOUT}
    engine = create_async_engine(url, hide_parameters=True, poolclass=NullPool, connect_args=settings)

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:  # not IMMEDIATE: in WAL who only reads keeps nobody from writing
        connection.exec_driver_sql("PRAGMA temp_store=2")
        connection.exec_driver_sql("PRAGMA query_only=1")
        connection.exec_driver_sql("BEGIN")

    return engine
