"""A database that lies in memory only: between the living one and the sealed file of a backup, in both directions.

Why in memory: a file of it would stand on the disk beside everything we take care to overwrite, and show in the clear
how many people there are and on which days they came; a crash would leave it there. What is not to come back from a
backup never touches a disk that way. Price: three times the size of the database for a moment; measured with 100,000
conversations, 3,000 closed cases and 120,000 lines: 220 MB, at most 730 MB of memory, 13 s of work.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiosqlite
from sqlalchemy import Connection, StaticPool, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.migrating import upgrade

ROWS = 64
"""How many rows the driver hands over at a time."""


@dataclass(frozen=True, slots=True)
class Memory:
    """A database with the newest schema; `engine` has one connection, which takes turns."""

    engine: AsyncEngine
    _raw: sqlite3.Connection = field(repr=False)

    def content(self) -> bytes:
        """All of it, as a file would hold it; outside any transaction."""
        return self._raw.serialize()


@asynccontextmanager
async def in_memory(content: bytes | bytearray | None = None) -> AsyncIterator[Memory]:
    """An empty database, or what `content` holds, migrated. Raises NewerDatabase, and a driver's error.

    Foreign keys hold from when the schema is the newest: rebuilding a table would cascade.
    """
    raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    if content is not None:
        raw.deserialize(content)
    raw.execute("PRAGMA trusted_schema=0")
    engine = _engine(raw)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade, "head")
        raw.execute("PRAGMA foreign_keys=1")
        yield Memory(engine, raw)
    finally:
        await engine.dispose()
        raw.close()


def _engine(raw: sqlite3.Connection) -> AsyncEngine:
    async def connect() -> aiosqlite.Connection:
        return await aiosqlite.Connection(lambda: raw, ROWS)

    engine = create_async_engine(
        "sqlite+aiosqlite://", async_creator=connect, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
