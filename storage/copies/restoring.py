"""A backup put back: into the place of a living database, or aside for a drill.

Law: the new database is whole and on the disk before the old one goes, and what lay in the old one is overwritten.
PostgreSQL has no such file: there all rows are replaced in one transaction.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from storage.copies import newfile
from storage.copies.copying import Tell, copy, empty, number_letters_from, path_of
from storage.copies.memory import Memory, in_memory
from storage.copies.returning import Fit, Wanted, made_fit
from storage.engine import make_engine
from storage.failures import reachable, translated
from storage.keyring import Keyring
from storage.migrating import migrate
from storage.store import Store
from storage.vault.ring import Ring

LOGS = ("-wal", "-shm", "-journal")
NEW = ".new"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and whatever is wrong with it, one line each."""

    fit: Fit
    archives: int
    faults: tuple[str, ...]


async def restore(wanted: Wanted, url: str, keyring: Keyring, tell: Tell) -> Restored:
    """Put the database of a backup into the place of another; of PostgreSQL's only the rows.

    Raises DatabaseDamaged, NewerDatabase, WrongKeyring, Busy, FileError; then the other is as it was.
    """
    with translated():
        async with in_memory(wanted.content) as memory:
            async with memory.engine.begin() as connection:
                fit = await made_fit(connection, Ring.of(keyring), wanted)
            filling = _Filling(memory, wanted, keyring, tell)
            path = path_of(url)
            return await (filling.database(url, fit) if path is None else filling.file(path, fit))


@dataclass(frozen=True, slots=True)
class _Filling:
    """A database in memory on its way to where it shall be."""

    memory: Memory
    wanted: Wanted
    keyring: Keyring
    tell: Tell

    async def file(self, path: Path, fit: Fit) -> Restored:
        """Into a new file, which then takes the place of the old one."""
        new = path.with_name(path.name + NEW)
        shred_database(new)  # of a restore that was killed
        try:
            done = await self.database(_url(new), fit)
            for log in LOGS:
                newfile.shred(path.with_name(path.name + log))
            newfile.replace(path, new)
        finally:
            shred_database(new)
        return done

    async def database(self, url: str, fit: Fit) -> Restored:
        """Instead of all that is in there."""
        with reachable():
            await migrate(url)
        engine = make_engine(url)
        try:
            async with self.memory.engine.begin() as source, engine.begin() as target:
                await empty(target)
                await copy(source, target, tell=self.tell)
                await number_letters_from(target, int(self.wanted.now.timestamp()))
        finally:
            await engine.dispose()
        return await self._looked_at(url, fit)

    async def _looked_at(self, url: str, fit: Fit) -> Restored:
        """Opened as it will be, and every sealed thing tried. Closing it cuts the log."""
        apart = replace(self.keyring, directory=None)  # the keyring's witness must not take this for the living one yet
        store = await Store.open(url, apart)
        try:
            async with store.transaction() as work:
                sealed = len(await work.archives())
            return Restored(fit, sealed, tuple(await store.check()))
        finally:
            await store.close()


def shred_database(path: Path) -> None:
    """Overwrite and delete a database that nobody has open, if it is there. Raises FileError."""
    for ending in ("", *LOGS):
        newfile.shred(path.with_name(path.name + ending))


def _url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path.resolve()}"
