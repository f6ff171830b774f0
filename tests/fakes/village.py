"""The desk without the network: conversing, attending and the courier on a real store, and chats that lie in memory.

What people do are arrivals, taken in batches of any size; what they see is what lies in their chats. Nothing happens
by itself: `take` commits, `rest` delivers, `later` moves the time. `workers` are several bots on one store.
"""

import asyncio
import random
import time
from contextlib import AsyncExitStack, asynccontextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from itertools import count

from bot.attending import Attending
from bot.clock import Guard
from bot.conversing import Conversing
from bot.desk.desk import Group
from bot.desk.staff import Role, Staff
from bot.desk.words import plain, say
from bot.filing import read, write
from bot.forgetting import kept
from bot.telegram.courier import Courier
from storage import Busy, Keyring, Store
from tests.fakes.chats import Chats, Someone
from tests.fakes.cheap import cheap
from tests.fakes.interrupted import Locked, Read
from tests.fakes.office import BOOK, MONDAY, Free

BOT = 42
DESK_GROUP = -1000


class Seeded(Conversing):
    """Whose chance depends on what came in alone, so that who comes again comes to the same."""

    async def take(self, arrivals, now):
        self.chance = random.Random(arrivals[0].update if arrivals else 0)
        return await Conversing.take(self, arrivals, now)

    def setting(self, now, banned=frozenset()):
        return replace(Conversing.setting(self, now, banned), chance=self.chance.randrange)

    chance = random.Random(0)


@dataclass
class Worker:
    """One bot of those that work on the store."""

    store: Store
    conversing: Conversing
    attending: Attending
    courier: Courier


class Village:
    """Made by `village`."""

    def __init__(self, telegram: Chats | None = None) -> None:
        self.telegram = telegram or Chats()
        self.moment = MONDAY.astimezone(UTC)
        self.workers: list[Worker] = []
        self.updates, self.taps, self.accounts = count(1), count(1), count(7_000_000_001)
        self.people: dict[str, int] = {}
        self.condemned: list = []
        self.toasts: dict[str, str] = {}
        self.busy = 0

    def join(self, store) -> Worker:
        """One more worker, on this store."""
        guard = Guard()
        conversing = Seeded(store, BOOK(), BOT, guard, new_nonce=lambda: 1000, bot_name="gza_bot")
        attending = Attending(store, conversing)

        async def told(work, tolds):
            await attending.told(work, tolds, self.moment)

        courier = Courier(store, self.telegram, self, asyncio.Event(), guard, told)
        courier._boarding.budgets = Free()
        worker = Worker(store, conversing, attending, courier)
        self.workers.append(worker)
        return worker

    def monotonic(self):
        return time.monotonic()

    def someone(self, name):
        """Somebody new."""
        self.people[name] = next(self.accounts)
        return self.known(name)

    def known(self, name):
        """Somebody again."""
        return Someone(self, self.people[name], name)

    def memory(self):
        """All that is not in the store, to go on from in another village."""
        seen = (self.telegram.chats, self.telegram.numbers, self.updates, self.taps, self.accounts, self.people)
        return deepcopy(seen)

    def recalls(self, memory):
        """Go on from there."""
        chats, numbers, self.updates, self.taps, self.accounts, self.people = deepcopy(memory)
        self.telegram.chats, self.telegram.numbers = chats, numbers

    def locked(self, when):
        """From now on the store is busy every other time that something is taken."""
        conversing = self.workers[0].conversing
        conversing.store = Locked(conversing.store, when)

    async def take(self, *arrivals, worker=0):
        """A batch, brought again until it is taken."""
        while True:
            try:
                taken = await self.workers[worker].conversing.take(arrivals, self.moment)
            except Busy:
                self.busy += 1
                continue
            self.condemned += taken.condemned
            self.toasts.update(taken.toasts)
            late = [letter for one in await self._seen_gone(taken.unsure, worker) for letter in one.letters]
            for letter in (*taken.farewells, *late):
                await self.telegram.deliver(letter)
            return taken

    async def _seen_gone(self, unsure, worker):
        """Look again, as `bot.insisting` does, until the store can be read."""
        while True:
            try:
                return await kept(self.workers[worker].conversing.store, unsure)
            except Busy:
                self.busy += 1

    def now(self):
        return self.moment

    async def crosses(self, first, *, late):
        """One worker takes `late` on a desk it has read before another took `first`, which is committed by then."""
        conversing = self.workers[1].conversing
        store = conversing.store
        conversing.store = Read(store, lambda: self.take(first))
        try:
            await self.take(late, worker=1)
        finally:
            conversing.store = store

    async def rest(self, worker=0):
        """Everything that waits is delivered."""
        await self.workers[worker].courier.drain()

    async def does(self, *deeds):
        """People do things one after the other; all is delivered after each."""
        for deed in deeds:
            await self.take(deed())
            await self.rest()

    async def later(self, worker=0, **time_):
        """Time goes by, and the bot looks round."""
        self.moment += timedelta(**time_)
        await self.workers[worker].attending.look_round(self.moment)
        await self.rest(worker)

    @staticmethod
    def text(name, /, **values):
        """A text of the book without markup."""
        return plain(BOOK(), "en", name, **values)

    async def desk(self):
        async with self.workers[0].store.transaction() as work:
            return (await read(work)).desk

    async def case(self, person):
        return (await self.desk()).cases.get(person.id)

    async def hires(self, name, role=Role.CONSULTANT, room=None):
        """Somebody is staff."""
        one = self.someone(name)
        async with self.workers[0].store.transaction() as work:
            filed = await read(work)
            staff = Staff(one.id, f"tag{one.id}", role, name, "en", room=room)
            await write(work, filed, replace(filed.desk, staff={**filed.desk.staff, one.id: staff}), {})
        return one

    async def moves(self, one, room):
        """A member of staff has a forum group for a room."""
        async with self.workers[0].store.transaction() as work:
            filed = await read(work)
            moved = replace(filed.desk.staff[one.id], room=room)
            await write(work, filed, replace(filed.desk, staff={**filed.desk.staff, one.id: moved}), {})

    async def binds(self, chat=DESK_GROUP):
        """There is a desk group."""
        async with self.workers[0].store.transaction() as work:
            filed = await read(work)
            await write(work, filed, replace(filed.desk, group=Group(chat, "en")), {})

    async def asks(self, name="Anna"):
        """Somebody asks for a human and confirms it."""
        person = self.someone(name)
        await self.does(
            person.starts,
            lambda: person.taps("English"),
            lambda: person.says("/human"),
            lambda: person.taps("write"),
        )
        return person


def hears(one, name, chat=0, /, **values):
    """How many bubbles in a chat say this text of the book, under an alias or not."""
    words = say(BOOK(), "en", name, **values)
    return sum(words in (bubble.text, bubble.text.partition("\n")[2]) for bubble in one.sees(chat))


@asynccontextmanager
async def village(home, url=None, workers=1):
    """A village on SQLite in a folder, or on `url`; each worker has a store of its own."""
    keys = home / "keyring"
    keyring = Keyring.load(keys) if keys.exists() else Keyring.create(keys)
    async with AsyncExitStack() as stack:
        stack.enter_context(cheap(alone=workers == 1))
        made = Village()
        for _ in range(workers):
            store = await Store.open(url or f"sqlite+aiosqlite:///{home / 'gza.db'}", keyring)
            stack.push_async_callback(store.close)
            made.join(store)
        yield made
