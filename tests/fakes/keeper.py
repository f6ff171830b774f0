"""Somebody who makes backups and puts them back on the command line."""

from bot.keeping import upkeep
from bot.operating.backing import run_backup
from bot.operating.restoring import Asked, run_restore
from bot.settings import Settings
from storage import Keyring, Store
from storage.vault.archive import ArchivePrivate, Suite
from tests.fakes.house import NOON
from tests.fakes.lived import lived_in

CUSTODIANS = ArchivePrivate(Suite.X25519, b"\x07" * 32)
KEYS = (None, CUSTODIANS.public)


class Desk:
    """Somebody at the command line: what was said to them, and how they answer when asked."""

    def __init__(self, folder):
        self.folder = folder
        self.settings = Settings(_env_file=None, data_dir=folder / "data", keyring_dir=folder / "keyring")
        self.file = folder / "a.gza"
        self.said = []
        self.asked = 0

    @property
    def text(self):
        return "\n".join(self.said)

    async def opened(self):
        return await Store.open(self.settings.database, Keyring.load(self.settings.keyring_dir))

    async def lives(self, archive=None):
        """A house somebody lived in, and backed up; the bot has stopped."""
        self.settings.data_dir.mkdir()
        Keyring.create(self.settings.keyring_dir)
        store = await self.opened()
        await lived_in(store, NOON, archive)
        await store.close()
        await self.backs_up("a.gza")
        return self.folder

    async def backs_up(self, name="b.gza"):
        await run_backup(self.settings, self.folder / name, self.said.append)

    async def restores(self, *, sure=True, **asked):
        def ask(_):
            self.asked += 1
            return sure

        return await run_restore(self.settings, Asked(self.file, **asked), self.said.append, ask)

    async def does(self, deed):
        store = await self.opened()
        try:
            return await deed(store)
        finally:
            await store.close()

    async def remembers(self):
        async def recalled(store):
            async with store.transaction() as work:
                return await upkeep.recalled(work)

        return await self.does(recalled)


def names(folder):
    return sorted(path.name for path in folder.iterdir())
