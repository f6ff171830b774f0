"""A house for the doctor, healthy until a test spoils it."""

import fcntl
import json
import sqlite3
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

from pydantic import SecretStr

from bot.desk.staff import Role, Staff
from bot.doctor.running import examined
from bot.keeping import upkeep
from bot.operating.backing import BACKUP, DRILL
from bot.sandbox.clock import MovableClock
from bot.sandbox.group import ALL_RIGHTS
from bot.sandbox.standin import StandIn
from bot.settings import Settings
from storage import Keyring, Kind, Record, Store
from storage.vault.archive import ArchivePrivate, Suite

NOW = datetime.now(UTC)
PRIVATE = ArchivePrivate.new(Suite.X25519)
SWAPS = "Filename Type Size Used Priority\n"
TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


def settings_in(folder, **more):
    named = {"_env_file": None, "data_dir": folder / "data", "keyring_dir": folder / "keyring", "bot_token": None}
    return Settings(**{**named, **more})


async def build(settings):
    settings.data_dir.mkdir()
    store = await Store.open(settings.database, Keyring.create(settings.keyring_dir))
    async with store.transaction() as work:
        await work.set_archive_key(PRIVATE.public)
        await work.raise_high_water(NOW)
        for name in (upkeep.DAILY, upkeep.SWEPT, BACKUP, DRILL):
            await upkeep.remember(work, name, at=NOW.isoformat(), ok=True)
        await upkeep.remember(work, upkeep.ANCHOR, seq=3, day=NOW.date().isoformat(), hash="0" * 64)
    await store.close()


async def looked(settings, now=NOW):
    return await examined(settings, now)


async def found(settings, name, now=NOW):
    """The one finding of that name that is worst."""
    return max((one for one in await looked(settings, now) if one.name == name), key=lambda one: one.mark)


async def says(settings, name, mark, words, now=NOW):
    one = await found(settings, name, now)
    assert (one.mark, words in one.line()) == (mark, True), one.line()


async def remembers(settings, name, **said):
    store = await Store.open(settings.database, Keyring.load(settings.keyring_dir))
    async with store.transaction() as work:
        await upkeep.remember(work, name, **said)
    await store.close()


@contextmanager
def running(settings):
    """A bot holds the directory."""
    with (settings.data_dir / "gza.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def change(settings, query, *values):
    connection = sqlite3.connect(settings.data_dir / "gza.db")
    connection.execute(query, values)
    connection.commit()
    connection.close()


async def desk_in(settings, group, room=None):
    store = await Store.open(settings.database, Keyring.load(settings.keyring_dir))
    async with store.transaction() as work:
        setting = json.dumps({"chat": group, "language": "en"})
        staff = Staff(5, "tag", Role.MANAGER, "Nino", "en", room=room)
        await work.keep([Record(Kind.SETTING, "desk", setting), Record(Kind.STAFF, "5", staff.to_json())])
    await store.close()


@asynccontextmanager
async def telegram(settings, rights=ALL_RIGHTS):
    """A Bot API that knows our token, and a desk group where the bot has these rights."""
    async with StandIn(clock=MovableClock(NOW.timestamp())) as there:
        group = there.world.group("Desk", there.world.person("Nino"))
        group.takes_bot(rights=rights)
        await desk_in(settings, group.id)
        update = {"bot_token": SecretStr(there.token), "bot_api_url": there.url}
        yield settings.model_copy(update=update), there, group
