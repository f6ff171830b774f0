"""Databases of PostgreSQL that are as new: emptied after each test instead of made before it, which costs a hundredth.

One whose schema is another afterwards is dropped, so that no test meets what another one altered.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO

import asyncpg  # type: ignore[import-untyped]  # it ships no types

SHAPE = """
SELECT md5(string_agg(part, ' ' ORDER BY part)) FROM (
  SELECT format('%s %s %s %s', attrelid, attname, atttypid, attnotnull) FROM pg_attribute WHERE attrelid >= 16384
  UNION ALL SELECT format('%s %s', oid, relname) FROM pg_class WHERE oid >= 16384
  UNION ALL SELECT oid::text FROM pg_constraint WHERE oid >= 16384
  UNION ALL SELECT format('%s %s', oid, tgenabled) FROM pg_trigger WHERE oid >= 16384
  UNION ALL SELECT oid::text FROM pg_proc WHERE oid >= 16384
  UNION ALL SELECT oid::text FROM pg_namespace WHERE oid >= 16384
  UNION ALL SELECT setconfig::text FROM pg_db_role_setting
) AS parts(part)
"""
"""All that somebody made or altered: the numbers of things are the same in a copy, and their own are from 16384 on."""
TABLES = "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
COUNTERS = "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
OTHERS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "


@dataclass(frozen=True)
class Contents:
    """What is in a database: its rows as PostgreSQL copies them, by table, and how to set its counters."""

    shape: str
    rows: dict[str, bytes]
    counters: str

    async def put_back(self, connection: asyncpg.Connection) -> bool:
        """Whether the database is as it was; whoever still works in it is thrown out."""
        await connection.execute(f"{OTHERS} {connection.get_server_pid()}")
        if await connection.fetchval(SHAPE) != self.shape:
            return False
        async with connection.transaction():
            await connection.execute("SET LOCAL session_replication_role = replica")  # rows come in any order
            await connection.execute("".join(f"DELETE FROM {table};" for table in self.rows) + self.counters)
            for table, rows in self.rows.items():
                if rows:
                    await connection.copy_to_table(table, source=BytesIO(rows), format="binary")
        return True


async def read(connection: asyncpg.Connection) -> Contents:
    """Take note of everything."""
    rows = {}
    for (table,) in await connection.fetch(TABLES):
        copied = BytesIO()
        there = await connection.fetchval(f"SELECT count(*) FROM {table}")
        if there:
            await connection.copy_from_table(table, output=copied, format="binary")
        rows[table] = copied.getvalue()
    counters = [
        f"SELECT setval('{name}', last_value, is_called) FROM (VALUES {value}) AS was(last_value, is_called);"
        for (name,) in await connection.fetch(COUNTERS)
        for (value,) in await connection.fetch(f"SELECT format('(%s, %L::boolean)', last_value, is_called) FROM {name}")
    ]
    return Contents(await connection.fetchval(SHAPE), rows, "".join(counters))


@dataclass
class Lending:
    """All copies of one template. `make` gives the address of one more, `drop` takes it away."""

    make: Callable[[], Awaitable[str]]
    drop: Callable[[str], Awaitable[None]]
    free: list[str] = field(default_factory=list)
    contents: Contents | None = None

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        """One of them."""
        url = self.free.pop() if self.free else await self.make()
        if self.contents is None:
            async with connected(url) as connection:
                self.contents = await read(connection)
        yield url
        async with connected(url) as connection:
            as_new = await self.contents.put_back(connection)
        if as_new:
            self.free.append(url)
        else:
            await self.drop(url)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection for a while."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        yield connection
    finally:
        await connection.close()
