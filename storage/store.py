"""The store: opened with its keyring, used in transactions, turned once a day, closed with an empty log.

Law: this is the one place that commits. On SQLite transactions take turns inside the process, so that waiting for
the file's lock only happens between processes. A transaction works under the epoch of the house and no other: whoever
turned the keyring meanwhile, its file is read again.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.checking import belongs, faults, has_lived, require_begun
from storage.engine import BUSY_TIMEOUT, is_sqlite, make_engine
from storage.errors import Busy, DatabaseDamaged, KeyringError
from storage.failures import reachable, translated
from storage.keyring import Keyring
from storage.migrating import migrate
from storage.transaction import Transaction
from storage.turning import Turned, alone, house_epoch, move, prepare
from storage.updates import Told, told
from storage.vault.ring import Ring
from storage.witness import Witness

TRIES, PAUSE = 5, 0.05
"""How often, and seconds between two times, we try to cut the log while another program reads it."""


@dataclass(slots=True)
class Store:
    """Made by `Store.open`.

    `finished` says what an interrupted turn still had to do; `unfinished`, that the keyring could not be written for
    that: what lies there is left to the next turn. `rolled_back`: the keyring has seen a later time than the database
    knows, so an older copy was put back, or what the database knows was not written by this house.
    `witness_lost`: there is nothing to tell that by. Not `witnessed`: the last time could not be noted.
    """

    _engine: AsyncEngine
    _keyring: Keyring
    _ring: Ring
    _one_writer: asyncio.Lock | None
    witness: Witness
    finished: Turned | None = None
    unfinished: bool = False
    rolled_back: bool = False
    witness_lost: bool = False
    witnessed: bool = True

    @classmethod
    async def open(cls, url: str, keyring: Keyring) -> Self:
        """Open a database, made or migrated where needed. A turn that was interrupted is finished first.

        None is made where the keyring has lived: its own is only not there, and a turn would destroy the keys of that.
        Raises Busy, KeyringError, NewerDatabase, DatabaseMissing, WrongKeyring or DatabaseDamaged.
        """
        ring, one_writer = Ring.of(keyring), asyncio.Lock() if is_sqlite(url) else None
        witness = Witness.of(keyring.directory, ring.house)
        lived = has_lived(keyring, witness.seen)
        with translated(), reachable():
            if lived:
                await require_begun(url)
            await migrate(url)
            store = cls(make_engine(url), keyring, ring, one_writer, witness)
        try:
            await store._begin(lived=lived)
        except BaseException:
            await store._engine.dispose()
            raise
        return store

    async def _begin(self, *, lived: bool) -> None:
        async with self._connected() as connection:
            self._keyring = self._keyring.again()
            self._ring = Ring.of(self._keyring)
            await belongs(connection, self._ring, self._keyring.newest.day, lived=lived)
            self._believe(await told(connection, self._ring))
        if self._keyring.unfinished:
            await self._resume()

    async def _resume(self) -> None:
        """Finish what was interrupted; where the keyring cannot be written, everything works on as it is."""
        try:
            async with alone(self._keyring.directory):
                self._keyring = self._keyring.again()
                self._ring = Ring.of(self._keyring)
                self._keyring.swept()
                if len(self._keyring.epochs) > 1:
                    self.finished = await self._finish(self._keyring)
        except KeyringError:
            self.unfinished = True

    def _believe(self, time: Told) -> None:
        """A time that nothing proves is believed once: as long as the witness has seen none."""
        seen, known = self.witness.seen, 0 if time.moment is None else int(time.moment.timestamp())
        forged = time.ours is False or (time.ours is None and bool(seen))
        self.rolled_back = forged or (seen is not None and seen > known)
        self.witness_lost = seen is None and time.moment is not None and self.witness.path is not None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """All or nothing. Raises Busy (nothing written, bring everything again) and BadData."""
        async with self._connected() as connection:
            transaction = Transaction(connection, await self._ring_of_the_house(connection))
            try:
                yield transaction
            finally:
                transaction.shred()
        if transaction.raised is not None:
            self.witnessed = self.witness.note(transaction.raised)

    async def _ring_of_the_house(self, connection: AsyncConnection) -> Ring:
        """The keys for the epoch everything is under. Raises Busy when the keyring does not have it."""
        epoch = await house_epoch(connection)
        if epoch != self._ring.newest:
            self._ring = Ring.of(self._turned_by_another(epoch))
        return self._ring

    def _turned_by_another(self, epoch: int | None) -> Keyring:
        with suppress(KeyringError):
            self._keyring = self._keyring.again()
        there = None if epoch is None else self._keyring.only(epoch)
        if there is None:
            raise Busy("The keyring was turned by another program and cannot be read: look at KEYRING_DIR.")
        return there

    @property
    def in_file(self) -> bool:
        """Whether it is one file of SQLite, from which deleted bytes can be made to go."""
        return self._one_writer is not None

    async def turn(self, day: date) -> Turned:
        """Give that day a new secret, move everything under it and destroy all older ones, unless it has one already.

        Secrets are older and newer by their numbers; a day is what the clock said, and may have been wrong.
        Raises Busy, KeyringError or WrongKeyring; then everything works on, and the next turn goes on from there.
        """
        async with alone(self._keyring.directory):
            keyring = self._keyring.again()
            keyring.swept()
            if keyring.newest.day != day:
                keyring = keyring.with_new(day)
            turned = await self._finish(keyring) if len(keyring.epochs) > 1 else Turned()
        self.unfinished = False
        return turned

    async def _finish(self, keyring: Keyring) -> Turned:
        """Move everything under the newest of these secrets and destroy the others."""
        ring = Ring.of(keyring)
        ready = await prepare(self._connected, ring)
        async with self._connected() as connection:
            turned = await move(connection, ring, ready)
        self._keyring = keyring.without(keyring.newest.id - 1)
        self._ring = Ring.of(self._keyring)
        await self._write_anew()
        return replace(turned, log_cut=await self.cut_log())

    async def _write_anew(self) -> None:
        """Rewrite the file: a page that was split keeps bytes of what moved away, whatever `secure_delete` does.

        Where that cannot be now, the next turn does it: what lingers is sealed under a secret that is destroyed.
        """
        if self._one_writer is not None:
            async with self._one_writer, self._engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection  # VACUUM cannot be in a transaction
                assert isinstance(driver, aiosqlite.Connection)
                with suppress(sqlite3.OperationalError):
                    await driver.execute("VACUUM")

    async def cut_log(self) -> bool:
        """Empty the log of SQLite into its file and cut it, so that nothing deleted lingers in it; whether it is cut.

        Nobody waits for it: while another program reads the file, the answer is no.
        """
        if self._one_writer is None:
            return True
        for _ in range(TRIES):
            async with self._one_writer:
                if await self._log_cut(wait=False):
                    return True
            await asyncio.sleep(PAUSE)
        return False

    async def check(self) -> list[str]:
        """What is wrong with the database, one line each; nothing when it is sound."""
        try:
            async with self._connected() as connection:
                return await faults(connection, await self._ring_of_the_house(connection))
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
            self.witness.close()
            await self._engine.dispose()

    async def _log_cut(self, *, wait: bool = True) -> bool:
        async with self._engine.connect() as connection:
            raw = await connection.get_raw_connection()  # a checkpoint cannot be in a transaction
            driver = raw.driver_connection
            assert isinstance(driver, aiosqlite.Connection)
            await driver.execute(f"PRAGMA busy_timeout={int(BUSY_TIMEOUT * 1000) * wait}")
            try:
                async with driver.execute("PRAGMA wal_checkpoint(TRUNCATE)") as cursor:
                    refused, *_ = await cursor.fetchone() or (1,)
            finally:
                await driver.execute(f"PRAGMA busy_timeout={int(BUSY_TIMEOUT * 1000)}")
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
