"""Storage and dialogue joined as in the real bot, without Telegram: arrivals in, states and letters out."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.arrivals import Arrival
from bot.clock import Guard
from bot.conversing import Conversing
from bot.letters import Letter
from storage import Keyring, Outcome, Settled, Store
from tests.fakes.book import make_book
from tests.fakes.cheap import cheap

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BOT = 42


class House:
    """One store and one Conversing; `tell` is a batch, `letters` empties the outbox and reads what was in it."""

    def __init__(self, store, book):
        self.store = store
        self.conversing = Conversing(store, book, BOT, Guard(), new_nonce=lambda: 1000)
        self.farewells = []

    async def tell(self, *arrivals, now=NOON):
        taken = await self.conversing.take(arrivals, now)
        self.farewells += taken.farewells
        return taken.condemned

    async def letters(self):
        found = {}
        async with self.store.transaction() as work:
            while heads := await work.due(NOON.replace(year=2030), 1000, ()):
                for head in heads:
                    letter = Letter.from_json(head.body)
                    found.setdefault(letter.chat, []).append((head.urgency, letter))
                await work.mark_sending([head.id for head in heads])
                await work.settle([Outcome(head.id, Settled.DROPPED) for head in heads], NOON)
        return found

    async def conversation(self, person):
        async with self.store.transaction() as work:
            found = (await work.conversations([person]))[person]
            return found.state, found.footprint, found.blocked

    async def rows(self):
        """How many rows each table has."""
        tables = ("conversation", "footprint", "outbox", "entry")
        async with self.store._engine.connect() as connection:
            return {
                name: (await connection.exec_driver_sql(f"SELECT count(*) FROM {name}")).scalar() for name in tables
            }

    async def waiting(self):
        async with self.store.transaction() as work:
            return await work.waiting()


@asynccontextmanager
async def house(home, book=None):
    keys = home / "keyring"
    keyring = Keyring.load(keys) if keys.exists() else Keyring.create(keys)
    with cheap():
        store = await Store.open(f"sqlite+aiosqlite:///{home / 'gza.db'}", keyring)
        try:
            yield House(store, book or make_book())
        finally:
            await store.close()


def arrival(update, person, event, **fields):
    """What intake makes of an update, with a date that agrees with the clock."""
    return Arrival(update, person, event, sent=NOON, **fields)
