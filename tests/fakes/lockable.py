"""A house that can be locked: its bot reboots without the keyring, crashes, is unlocked, and its disk is looked at."""

from contextlib import asynccontextmanager

from bot.desk.entries import Said
from storage.copies.exported import _key
from storage.proving import Head, Sealed, opened
from storage.vault.archive import ArchivePrivate, Suite
from tests.fakes.office import Office, office

CUSTODIANS = ArchivePrivate.new(Suite.X25519)


SECRET = "he keeps my passport in a drawer"


class House(Office):
    """An office whose keyring can be taken away and put back."""

    def __init__(self, folder, made: Office) -> None:
        super().__init__(made._settings, made.telegram, made.condemned)
        self.folder = folder

    async def reboots(self) -> None:
        """The machine starts anew, and nobody has unlocked the keyring yet."""
        if hasattr(self, "app"):
            await self.stops()
        self.keyring.rename(self.folder / "away")
        await self.begins()

    async def unlocks(self) -> None:
        """Somebody puts the keyring back, and the bot finds it."""
        (self.folder / "away").rename(self.keyring)
        assert await self.app.locked.look()
        await self.stops()
        await self.begins()
        await self.settle()

    async def is_restarted_as_soon_as_unlocked(self) -> None:
        """What every operator does: mount the keyring and restart the bot, in one line."""
        (self.folder / "away").rename(self.keyring)
        await self.stops()
        await self.begins()
        await self.settle()

    async def crashes(self, *, unlocked: bool = True) -> None:
        """Everything in memory is gone."""
        await self.stops()
        if unlocked:
            (self.folder / "away").rename(self.keyring)
        await self.begins()

    @property
    def keyring(self):
        return self._settings.keyring_dir

    async def archives(self):
        async with self.app.store.transaction() as work:
            return await work.archives()

    async def sealed(self) -> list[str]:
        """All words of people in the archive, as custodians read them."""
        columns = "id, commitment, archived, entries, head, conversation, epoch, wrapped"
        async with self.app.store.transaction() as work:
            run = work._connection.exec_driver_sql
            talks = (await run(f"SELECT {columns} FROM transcript")).all()
            lines = (await run("SELECT transcript, sequence, author, body FROM entry ORDER BY sequence")).all()
        assert all(talk[5:] == (None, None, None) for talk in talks), "nothing of the house opens it"
        words = []
        for number, commitment, archived, entries, head, *_ in talks:
            dek = _key(CUSTODIANS, number, archived, commitment)
            mine = [Sealed(*line) for whose, *line in lines if whose == number]
            words += [Said.opened(entry.body).text for entry in opened(dek, number, Head(entries, head), mine)]
        return words


@asynccontextmanager
async def house(folder, *, archive=True):
    async with office(folder) as made:
        if archive:
            async with made.app.store.transaction() as work:
                await work.set_archive_key(CUSTODIANS.public)
        await made.stops()
        yet = House(folder, made)
        await yet.begins()
        try:
            yield yet
        finally:
            await yet.stops()
