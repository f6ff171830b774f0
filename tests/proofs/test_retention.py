"""Four hundred days: nothing goes early, nothing is late by more than a day, and what is held by law stays.

People come and come back, get cases, are sealed, children too; holds are set and lifted. The date is moved by hand, the
sweeps are those of the running bot, the engine is SQLite.
"""

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.keeping.sweeping import swept
from bot.operating.holding import TAG, hold, lift
from dialogs.lifetimes import ARCHIVE, ARCHIVE_MINOR, CONVERSATION
from storage import Author, Keyring, NewEntry, Store, StoredCase
from storage.vault.archive import ArchivePrivate, Suite

DAYS = 400
BEGUN = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)
ALL = "all"
KINDS = ("conversations", "archives")
BUSY, NEW, SOME = 0.25, 8, 0.4
"""How many days somebody comes, how many come then, and how many of them get a case."""


@dataclass
class World:
    """What should be, beside what is. `touched` by person, `cases` by person the day they end, `sealed` by id."""

    store: Store
    file: sqlite3.Connection
    chance: random.Random
    now: datetime = BEGUN
    touched: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)
    cases: dict = field(default_factory=dict)
    sealed: dict = field(default_factory=dict)
    held: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    went: dict = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    people: int = 0
    kept: int = 0

    async def lives(self, day):
        """One day: perhaps people at some hour of it, orders, then what is due at midnight, then a look."""
        self.now = BEGUN + day * DAY + timedelta(minutes=self.chance.randrange(24 * 60))
        if self.chance.random() < BUSY:
            async with self.store.transaction() as work:
                await self._come(work)
                await self._end(work)
        await self._orders()
        self.now = BEGUN + (day + 1) * DAY
        for kind in KINDS:
            self.went[kind] += await swept(self.store, kind, self.now)
        self._look()

    async def _come(self, work):
        """Some who were never here, and perhaps one who was; some of them get a case."""
        known = [person for person in self.touched if person not in self.cases]
        back = self.chance.sample(known, 1) if known and self.chance.random() < 0.5 else []
        self.people += NEW
        here = await work.conversations({*range(self.people - NEW, self.people), *back})
        await work.save([replace(one, touched=self.now.date()) for one in here.values()], self.now)
        self.touched |= dict.fromkeys(here, self.now)
        self.ids |= {person: one.id for person, one in here.items()}
        with_case = [one for person, one in here.items() if person not in self.cases and self.chance.random() < SOME]
        await work.append_all([(one, [NewEntry(Author.BOT, "summary")]) for one in with_case])
        await work.save_cases([StoredCase(one.id, "{}") for one in with_case])
        ends = {one.person: self.now + timedelta(hours=self.chance.randrange(20, 24 * 12)) for one in with_case}
        self.cases |= ends

    async def _end(self, work):
        """Cases that are over are sealed; all of one day are of grown-ups, or of children."""
        over = [person for person, end in self.cases.items() if end <= self.now]
        if not over:
            return
        before = {one.id for one in await work.archives()}
        age = self.chance.choice((ARCHIVE, ARCHIVE_MINOR)).age
        here = (await work.conversations(over)).values()
        await work.entrust(here)
        await work.seal_off([(one, self.now.date() + age) for one in here])
        await work.drop_cases([one.id for one in here])
        self.sealed |= {one.id: (self.now, age) for one in await work.archives() if one.id not in before}
        self.cases = {person: end for person, end in self.cases.items() if person not in over}

    async def _orders(self):
        """Courts set holds and lift them."""
        lot = self.chance.random()
        if self.held and lot < 0.06:
            tag = self.chance.choice(list(self.held))  # by their age: tags are random, and `all` holds everything
            await lift(self.store, tag, self.now)
            self.held.pop(tag)
        elif self.sealed and lot < 0.13:
            tag = ALL if lot < 0.07 else self.chance.choice(sorted(self.sealed)).hex()[:TAG]
            await hold(self.store, tag, "order", self.now)
            self.held[tag] = self.now

    def _look(self):
        there = {key for (key,) in self.file.execute("SELECT id FROM transcript WHERE conversation IS NULL")}
        alive = {key for (key,) in self.file.execute("SELECT id FROM conversation")}
        for person, last in list(self.touched.items()):
            lives = self.ids[person] in alive
            self._judge("conversation", lives, last + CONVERSATION.age, kept=person in self.cases)
            if not lives:
                del self.touched[person]
        for key, (sealed, age) in list(self.sealed.items()):
            self._judge("archive", key in there, sealed + age, kept=self._is_held(key))
            if key not in there:
                del self.sealed[key]

    def _is_held(self, key):
        return ALL in self.held or key.hex()[:TAG] in self.held

    def _judge(self, what, there, ends, *, kept):
        self.kept += there and kept and self.now > ends + DAY
        if there and not kept and self.now > ends + DAY + timedelta(hours=1):
            self.faults.append(("late", what, self.now, ends))
        if not there and (kept or self.now < ends):
            self.faults.append(("early", what, self.now, ends))


async def test_nothing_goes_early_nothing_is_late_by_more_than_a_day_and_what_is_held_stays(tmp_path):
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/gza.db", Keyring.create(tmp_path / "keyring"))
    async with store.transaction() as work:
        await work.set_archive_key(ArchivePrivate.new(Suite.X25519).public)
    with closing(sqlite3.connect(tmp_path / "gza.db", isolation_level=None)) as file:
        world = World(store, file, random.Random(6))
        for day in range(DAYS):
            await world.lives(day)
    await store.close()
    assert world.faults == []
    assert world.went["conversations"] > 500
    assert world.went["archives"] > 100
    assert world.kept > 1000
