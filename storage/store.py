"""The store: opened with its keyring, used in transactions, closed with an empty log.

Law: this is the one place that commits. On SQLite transactions take turns inside the process, so that waiting for
the file's lock only happens between processes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Self

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.checking import belongs, faults
from storage.engine import is_sqlite, make_engine
from storage.errors import Busy, DatabaseDamaged
from storage.failures import reachable, translated
from storage.keyring import Keyring
from storage.migrating import migrate
from storage.transaction import Transaction
from storage.vault.ring import Ring


@dataclass(slots=True)
class Store:
    """Made by `Store.open`."""

    _engine: AsyncEngine
    _ring: Ring
    _one_writer: asyncio.Lock | None = field(default_factory=asyncio.Lock)

    @classmethod
    async def open(cls, url: str, keyring: Keyring) -> Self:
        """Open a database, made or migrated where needed.

        Raises Busy, NewerDatabase, WrongKeyring or DatabaseDamaged; then nothing was changed.
        """
        with translated(), reachable():
            await migrate(url)
            store = cls(make_engine(url), Ring.of(keyring), asyncio.Lock() if is_sqlite(url) else None)
        try:
            async with store._connected() as connection:
                await belongs(connection, store._ring, keyring.newest.day)
        except BaseException:
            await store._engine.dispose()
            raise
        return store

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing. Raises Busy (nothing written, bring everything again) and BadData."""
        async with self._connected() as connection:
            transaction = Transaction(connection, self._ring)
            try:
                yield transaction
            finally:
                transaction.shred()

    async def check(self) -> list[str]:
        """What is wrong with the database, one line each; nothing when it is sound."""
        try:
            async with self._connected() as connection:
                return await faults(connection, self._ring)
        except DatabaseDamaged as damage:
            return [str(damage)]

    async def close(self) -> None:
        """Close; on SQLite the log is emptied into the file and cut, so that nothing deleted lingers in it.

        Raises Busy when something else still reads the file: the data are safe, the log is not cut.
        """
        try:
            if self._one_writer is not None and not await self._log_cut():
                raise Busy("The database's log could not be cut: another program reads the file. Close that one.")
        finally:
            await self._engine.dispose()

    async def _log_cut(self) -> bool:
        async with self._engine.connect() as connection:
            driver = (
                await connection.get_raw_connection()
            ).driver_connection  # a checkpoint cannot be in a transaction
            assert isinstance(driver, aiosqlite.Connection)
            async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                refused, *_ = await cursor.fetchone() or (1,)
        return not refused

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        turn: AbstractAsyncContextManager[object] = self._one_writer or nullcontext()
        async with turn, AsyncExitStack() as stack:
            stack.enter_context(translated())
            with reachable():
                connection = await stack.enter_async_context(self._engine.connect())
            await stack.enter_async_context(connection.begin())
            yield connection
