"""A house by the clock on its wall: what runs in it every day and every night."""

from datetime import UTC, datetime, time, timedelta

from bot.desk.staff import Role, Staff
from bot.keeping import upkeep
from storage import Kind, Record
from tests.fakes.house import NOON

NINO, DATO = 7_000_000_001, 7_000_000_002
MIDNIGHT = datetime.combine(NOON.date() + timedelta(days=1), time(), UTC)


class Wall:
    """A clock on the wall that a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self):
        return self.time

    def monotonic(self):
        return self.time.timestamp()

    async def sleep(self, seconds):
        self.time += timedelta(seconds=seconds)


async def at(home, daily, moment, *, heard=True):
    """It is that time, and the house looks whether anything is due."""
    daily.clock.time = moment
    if heard:
        home.conversing.guard.see(moment, [moment])
    await daily.once()


async def numbers(home):
    async with home.store._engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT update_id FROM seen_update ORDER BY update_id")
        return list(found.scalars())


async def recalled(home):
    async with home.store.transaction() as work:
        return await upkeep.recalled(work)


async def manages(home, person=DATO, language="en"):
    async with home.store.transaction() as work:
        body = Staff(person, "tag", Role.MANAGER, "Dato", language).to_json()
        await work.keep([Record(Kind.STAFF, str(person), body)])


async def audited(home):
    async with home.store.transaction() as work:
        return sorted(record.body.split('"')[-2] for record in await work.records((Kind.AUDIT,)))
