"""The real store and the real wire for less: what each test would pay anew is paid once for all of them.

The desk's stories tell nothing of a disk, a driver's thread, a migration or the certificates of this machine; the
tests of the storage and the proofs do, and go without this. What stores keep they tell `ready_made` all the same.
"""

import sqlite3
import ssl
import tempfile
from contextlib import ExitStack, closing, contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

import asyncpg
from sqlalchemy import inspect
from sqlalchemy.engine import make_url

from bot.telegram.picture import draw
from storage import store
from storage.engine import PRAGMAS
from storage.migrating import migrate, upgrade
from tests.fakes.lending import connected

VERSION = "SELECT version_num FROM alembic_version"
SCHEMA = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


@contextmanager
def cheap(*, alone: bool = True):
    """Stores opened meanwhile are cheap. `alone`: nobody else has the file, so that no thread need wait for it."""
    with ExitStack() as stack:
        for saving in (
            ready_made(),
            patch("aiogram.client.session.aiohttp.ssl.create_default_context", _certificates),
            patch("bot.telegram.gateway.draw", _draw),
            patch.dict(PRAGMAS, synchronous=0),  # no test pulls the plug of this machine
            *([patch("aiosqlite.core.Connection._execute", _at_once)] if alone else []),
        ):
            stack.enter_context(saving)
        yield


def _draw(title, lines):
    """The same words give the same picture, whoever it is for."""
    return _drawn(title, tuple(lines))


@contextmanager
def ready_made():
    """Stores opened meanwhile find their schema there, and the statements that others spoke before are known."""
    with ExitStack() as stack:
        for saving in (
            patch("storage.store.migrate", _migrate),
            patch("storage.store.make_engine", _make_engine),
            patch("storage.copies.restoring.migrate", _migrate),
            patch("storage.copies.memory.upgrade", _upgrade),
        ):
            stack.enter_context(saving)
        yield


async def _at_once(connection, function, *arguments, **named):
    """What the driver's thread would do, without the thread."""
    if not connection._running or not connection._connection:
        raise ValueError("Connection closed")
    return function(*arguments, **named)


async def _migrate(url):
    """An empty file is what every other empty file became, and what has the newest schema stays as it is."""
    try:
        done = await _is_newest(url) or await _is_filled(url)
    except (sqlite3.Error, OSError, asyncpg.PostgresError):
        done = False  # whatever is wrong there, the real one says it
    if not done:
        await migrate(url)


def _upgrade(connection, to):
    """The same for a database in memory, which is empty or comes out of a backup."""
    if not _MIGRATED or not (_is_newest_there(connection) or _is_filled_there(connection)):
        upgrade(connection, to)


def _is_newest_there(connection):
    if not inspect(connection).has_table("alembic_version"):
        return False
    return [tuple(row) for row in connection.exec_driver_sql(VERSION)] == _MIGRATED["version"]


def _is_filled_there(connection):
    empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar()
    if empty:
        for statement in _MIGRATED["schema"]:
            connection.exec_driver_sql(statement)
        for version in _MIGRATED["version"]:
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", version)
    return empty


async def _is_filled(url):
    """Whether there was nothing in the file before."""
    file = _file(url)
    empty = file is not None and (not file.exists() or not file.stat().st_size)
    if empty:
        file.write_bytes(await _empty())
    return empty


async def _is_newest(url):
    await _empty()
    file = _file(url)
    if file is None:
        async with connected(url) as connection:
            return [tuple(row) for row in await connection.fetch(VERSION)] == _MIGRATED["version"]
    if not file.exists():
        return False
    with closing(sqlite3.connect(file)) as database:
        return database.execute(VERSION).fetchall() == _MIGRATED["version"]


def _file(url):
    return Path(make_url(url).database) if url.startswith("sqlite") else None


async def _empty():
    """An empty database with the newest schema, made once."""
    if not _MIGRATED:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "gza.db"
            await migrate(f"sqlite+aiosqlite:///{file}")
            with closing(sqlite3.connect(file)) as database:
                _MIGRATED["version"] = database.execute(VERSION).fetchall()
                _MIGRATED["schema"] = [statement for (statement,) in database.execute(SCHEMA)]
            _MIGRATED["file"] = file.read_bytes()
    return _MIGRATED["file"]


def _make_engine(url, make=store.make_engine):
    """Statements are compiled once for all engines of one kind."""
    engine = make(url)
    first = _FIRST.setdefault(engine.dialect.name, engine.sync_engine)
    engine.sync_engine.dialect, engine.sync_engine._compiled_cache = first.dialect, first._compiled_cache
    return engine


_MIGRATED: dict = {}
_FIRST: dict = {}
_certificates = cache(ssl.create_default_context)
_drawn = cache(draw)
