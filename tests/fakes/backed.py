"""Houses somebody lived in, backed up, and put back."""

import asyncio
import os
import shutil
from collections.abc import Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage import DatabaseDamaged, Keyring, Store
from storage.copies.backup import read_backup, ticket_of, write_backup
from storage.copies.copying import reading
from storage.copies.exported import exported
from storage.copies.exporting import export_cases
from storage.copies.restoring import Restored, restore
from storage.copies.returning import Wanted, known
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.ring import Ring
from storage.vault.tickets import BackupTicket, turned
from tests.fakes.house import NOON
from tests.fakes.lived import lived_in, rows

CUSTODIANS = ArchivePrivate(Suite.X25519, b"\x07" * 32)


def quietly(*_):
    pass


@dataclass
class House:
    """A house somebody lived in, with one backup `file` of it."""

    url: str
    keyring: Keyring
    now: datetime
    folder: Path
    store: Store

    @property
    def file(self) -> Path:
        return self.folder / "a.gza"

    @property
    def ring(self) -> Ring:
        return Ring.of(self.keyring)

    async def back_up(self, tell: Callable[[int, int], object] = quietly, name: str = "a.gza") -> BackupTicket:
        return await write_backup(self.url, self.ring, self.folder / name, tell)

    def opened(self, name: str = "a.gza") -> bytearray:
        """What lies in a backup, by the custodians' line where one is needed."""
        ticket = ticket_of(self.folder / name)
        return read_backup(self.folder / name, self.ring, turned(ticket, CUSTODIANS) if ticket.suite else None)

    async def put_back(self, tell: Callable[[int, int], object] = quietly) -> Restored:
        wanted = Wanted(self.opened(), await known(self.url, self.ring), self.now)
        return await restore(wanted, self.url, self.keyring, tell)

    async def contents(self) -> dict[str, list[tuple[object, ...]]]:
        async with reading(self.url) as connection:
            return await rows(connection)

    async def talks(self) -> list[list[str]]:
        """What custodians can read of an export made now."""
        export = self.folder / f"export-{os.urandom(4).hex()}.db"
        await export_cases(self.url, export)
        with exported(export) as found:
            return [[entry.body for entry in found.opened(one.id, CUSTODIANS)] for one in found.archives()]

    def next_day(self) -> None:
        """The secret of the day of the backup is destroyed."""
        day = self.keyring.newest.day + timedelta(days=1)
        self.keyring = self.keyring.with_new(day).without(self.keyring.newest.id)


def lived_houses(make_folder):
    """On SQLite: one without an archive key and one with it, to copy others from."""
    keys = {"plain": None, "home": CUSTODIANS.public}
    return {name: asyncio.run(_lived(make_folder(name), key)) for name, key in keys.items()}


async def _lived(folder, key):
    keyring = Keyring.create(folder / "keyring")
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/gza.db", keyring)
    await lived_in(store, NOON, key)
    await store.close()
    return folder


@asynccontextmanager
async def copied(lived, folder):
    """Another one like it."""
    shutil.copytree(lived, folder, dirs_exist_ok=True)
    keyring, url = Keyring.load(folder / "keyring"), f"sqlite+aiosqlite:///{folder}/gza.db"
    store = await Store.open(url, keyring)
    yield House(url, keyring, NOON, folder, store)
    with suppress(DatabaseDamaged):  # its file was replaced under its feet, which no bot's is
        await store.close()
