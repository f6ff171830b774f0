"""Opening the database engine, so that a commit is on the disk, a deleted byte is gone, and a wait is short.

Law: on SQLite every transaction begins with our own BEGIN IMMEDIATE and the driver's `isolation_level` is None;
else the driver begins late and every released savepoint commits by itself (design §2.4).
"""

from pathlib import Path

from sqlalchemy import Connection, NullPool, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS: dict[str, int | str] = {
    "auto_vacuum": 2,  # INCREMENTAL; counts only before the first table is made, hence first
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: a commit survives a power cut
    "secure_delete": 1,  # what is deleted is overwritten
    "trusted_schema": 0,  # a changed schema calls no functions of ours
    "temp_store": 2,  # MEMORY: nothing of a sort or a subquery on the disk
    "foreign_keys": 1,
    "cache_size": -32_000,  # KiB at most: the turn writes whole tables, and a page should go to the log once
}
BUSY_TIMEOUT = 1.0
"""Seconds a statement waits for a lock. Short: the caller tries again, and counts towards SOS meanwhile."""
LOCK_TIMEOUT = "5000"
"""Milliseconds a statement waits for a row on PostgreSQL, where waiting is how workers take turns."""
FILE_MODE = 0o600


def is_sqlite(url: str) -> bool:
    """Whether the address names an SQLite file."""
    return make_url(url).get_backend_name() == "sqlite"


def make_engine(url: str) -> AsyncEngine:
    """The engine the transactions run on. SQLite has one writer, so one connection serves."""
    if not is_sqlite(url):
        settings = {"lock_timeout": LOCK_TIMEOUT, "application_name": "gza"}
        return create_async_engine(url, hide_parameters=True, connect_args={"server_settings": settings})
    _make_file(Path(make_url(url).database or ""))
    return _sqlite(create_async_engine(url, pool_size=1, max_overflow=0, **_SQLITE), PRAGMAS)


def make_migrating_engine(url: str) -> AsyncEngine:
    """An engine for changing the schema: on SQLite without foreign keys, or rebuilding a table would cascade."""
    if not is_sqlite(url):
        return create_async_engine(url, hide_parameters=True, poolclass=NullPool)
    _make_file(Path(make_url(url).database or ""))
    return _sqlite(create_async_engine(url, poolclass=NullPool, **_SQLITE), PRAGMAS | {"foreign_keys": 0})


_SQLITE = {"hide_parameters": True, "connect_args": {"isolation_level": None, "timeout": BUSY_TIMEOUT}}


def _make_file(path: Path) -> None:
    path.touch(mode=FILE_MODE)
    path.chmod(FILE_MODE)


def _sqlite(engine: AsyncEngine, pragmas: dict[str, int | str]) -> AsyncEngine:
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
