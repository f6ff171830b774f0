"""The house of a made-up organisation: its folder, its keys, its staff and its campaigns."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot import filing
from bot.demo.people import CAMPAIGNS
from bot.demo.year import NOBODY
from bot.desk.desk import Upshot
from bot.desk.staff import Role, Staff
from bot.errors import GzaError
from bot.lock import prepare_directory
from bot.releasing.fixed import DEMO
from storage import Keyring, Kind, Record, Store, Transaction

ORGANISATION = "Demo organisation (made-up data)"
NAMES = ("Nino", "Giorgi", "Tamar")
DATA, KEYRING = "sandbox/data", "sandbox/keyring"
"""Where `gza sandbox` looks for its house when DATA_DIR is the folder: so one can see this one in a browser."""
ENV = f"""# A made-up organisation, by `gza demo-data`. Nobody in it ever was.
DATA_DIR=./{DATA}
KEYRING_DIR=./{KEYRING}
ORG_NAME="{ORGANISATION}"
"""


class DemoRefused(GzaError):
    """There cannot be a made-up organisation here; the text says why."""


def prepare(folder: Path) -> None:
    """An empty folder with the settings of the house in it. Raises DemoRefused when it is not empty."""
    prepare_directory(folder)
    if any(folder.iterdir()):
        raise DemoRefused(f"{folder} is not empty. Made-up data are put beside nothing else: name a new folder.")
    prepare_directory(folder / DATA)
    (folder / ".env").write_text(ENV, encoding="utf-8")


@asynccontextmanager
async def founded(folder: Path) -> AsyncIterator[Store]:
    """The store of the house, made anew and marked as made up before anything happens in it."""
    keyring = Keyring.create(folder / KEYRING)
    store = await Store.open(f"sqlite+aiosqlite:///{(folder / DATA / 'gza.db').resolve()}", keyring)
    try:
        async with store.transaction() as work:
            await mark(work)
        yield store
    finally:
        await store.close()


async def mark(work: Transaction) -> None:
    """Say for ever that everything in this house is made up.

    Raises DemoRefused where anything was ever taken in or counted: a real house never becomes a demo.
    """
    if await work.high_water() is not None or await work.counts() or await work.lost_counts():
        raise DemoRefused("Somebody has written to this house already: it cannot become a demo.")
    await work.keep([Record(Kind.SETTING, DEMO, "{}")])


async def staffed(store: Store) -> tuple[int, ...]:
    """Three consultants, by numbers of accounts that nobody has, and the campaigns people come by."""
    numbered = enumerate(NAMES, NOBODY + 1)
    staff = tuple(Staff(number, f"demo{name.lower()}", Role.CONSULTANT, name, "ka") for number, name in numbered)
    campaigns = tuple(name for name in CAMPAIGNS if name)
    async with store.transaction() as work:
        filed = await filing.read(work)
        await filing.write(work, filed, filed.desk.after(Upshot(staff=staff, campaigns=campaigns)), {})
    return tuple(one.person for one in staff)


async def left(store: Store, now: datetime) -> None:
    """Nobody is on duty any more, so whoever tries the bot out in this house is told the truth; and it is now."""
    async with store.transaction() as work:
        filed = await filing.read(work)
        staff = tuple(replace(one, on_duty=False, current=None) for one in filed.desk.staff.values())
        await filing.write(work, filed, filed.desk.after(Upshot(staff=staff)), {})
        await work.raise_high_water(now)
